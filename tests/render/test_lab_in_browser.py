"""JupyterLab in a real browser: run all of research_report, and find the numbers and captions of the Word file."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from tornado.websocket import websocket_connect

from prompt import typed

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
WAIT_S = 90
pytestmark = [
    pytest.mark.kernel,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium here"),
    pytest.mark.filterwarnings("ignore"),
]

WIDGET = "[...window.jupyterapp.shell.widgets('main')].find(w => w.content && w.content.model)"
KERNEL = f"{WIDGET}.sessionContext.session?.kernel?.status"
READY = f"!!(window.jupyterapp && {WIDGET} && {WIDGET}.content.model.cells.length > 20 && {KERNEL} == 'idle')"
RUN = f"(window.jupyterapp.shell.activateById({WIDGET}.id), window.jupyterapp.commands.execute('notebook:run-all-cells'), true)"
SHOWN = (
    f"JSON.stringify([...{WIDGET}.content.model.cells].filter(c => c.type == 'code')"
    ".map(c => (c.toJSON().outputs || []).map(o => (o.data || {})['text/html'] || o.evalue || '')))"
)
MENU = "[...document.querySelectorAll('.lm-MenuBar-itemLabel')].map(e => e.textContent).join(' ')"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answer(url: str) -> bytes:
    deadline = time.monotonic() + WAIT_S
    while True:
        try:
            return urllib.request.urlopen(url, timeout=2).read()
        except (urllib.error.URLError, OSError):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.5)


async def asked(port: int, address: str) -> tuple[str, str]:
    """The menu of Lab, and all that the cells of the notebook show after Run All."""
    tabs = json.loads(answer(f"http://127.0.0.1:{port}/json"))
    target = next(tab["webSocketDebuggerUrl"] for tab in tabs if tab["type"] == "page")
    browser = await websocket_connect(target, max_message_size=10**9)
    number = 0

    async def command(method: str, **given: object) -> dict:
        nonlocal number
        number += 1
        mine = number
        await browser.write_message(json.dumps({"id": mine, "method": method, "params": given}))
        while True:
            message = json.loads(await browser.read_message())
            if message.get("id") == mine:
                return message.get("result", {})

    async def value(script: str) -> object:
        result = await command("Runtime.evaluate", expression=script, returnByValue=True)
        return result.get("result", {}).get("value")

    async def until(script: str, holds) -> object:
        deadline = time.monotonic() + WAIT_S
        found = await value(script)
        while not holds(found) and time.monotonic() < deadline:
            await asyncio.sleep(1)
            found = await value(script)
        return found

    await command("Page.navigate", url=address)
    await until(READY, lambda found: found is True)
    await asyncio.sleep(3)
    await value(RUN)
    shown = await until(SHOWN, lambda found: isinstance(found, str) and "问题与措施对应表" in found)
    menu = await value(MENU)
    browser.close()
    await browser.read_message()  # until the other side has hung up
    return str(menu), str(shown)


def test_lab_shows_the_numbers_captions_and_figures_of_the_word_file(tmp_path):
    place = tmp_path / "工作区"
    assert typed("zhibi", "init", str(place), cwd=tmp_path).returncode == 0
    port, debugging = free_port(), free_port()
    own = {
        name: str(tmp_path / name)
        for name in (
            "JUPYTER_CONFIG_DIR",
            "JUPYTER_DATA_DIR",
            "JUPYTERLAB_SETTINGS_DIR",
            "JUPYTERLAB_WORKSPACES_DIR",
        )
    }
    jupyter = str(Path(sys.executable).parent / "jupyter")
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    lab = subprocess.Popen(
        [jupyter, "lab", "--no-browser", f"--port={port}", "--IdentityProvider.token=", "--ServerApp.allow_root=True",
         "--LabApp.expose_app_in_browser=True", f"--ServerApp.root_dir={place}"],
        env={**os.environ, **own}, **quiet,
    )  # fmt: skip
    browser = subprocess.Popen(
        [CHROMIUM, "--headless=new", "--no-sandbox", "--disable-gpu", f"--remote-debugging-port={debugging}",
         "--remote-allow-origins=*", f"--user-data-dir={tmp_path}/browser", "about:blank"], **quiet,
    )  # fmt: skip
    try:
        answer(f"http://127.0.0.1:{port}/api")
        address = f"http://127.0.0.1:{port}/lab/tree/notebooks/research_report.ipynb"
        menu, shown = asyncio.run(asked(debugging, address))
    finally:
        for process in (browser, lab):
            process.terminate()
            process.wait(30)

    words = re.sub(r"<[^>]+>", "", shown)
    assert "文件" in menu
    wanted = ["一、调研概况", "（一）单位与人员", "表1　各单位党组织和党员情况", "图1　党员年龄分布", "附表3　问题与措施对应表",
              "在册党员598名", "党员情况见表1", "队伍结构见表3、图1"]  # fmt: skip
    assert [each for each in wanted if each not in words] == []

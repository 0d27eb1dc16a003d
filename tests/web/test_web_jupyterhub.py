"""Two people on one server: each has the workbench of the own folder, and sees nothing of the other's."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
import requests
from playwright.sync_api import Browser, Page, sync_playwright
from test_web_story import CASES, CHROMIUM, made_report

PROXY = os.environ.get("HTTP_PROXY_OF_HUB") or shutil.which("configurable-http-proxy") or ""
SAMPLE = Path(__file__).resolve().parents[2] / "packaging/jupyterhub/jupyterhub_config.py"
PEOPLE = ("zhang", "li")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not find_spec("jupyterhub"), reason="没有装 JupyterHub（zhibi[hub]）"),
    pytest.mark.skipif(not PROXY, reason="没有 configurable-http-proxy；npm install -g 安装"),
    pytest.mark.skipif(not CHROMIUM, reason="没有 Chromium；Debian 上是 apt install chromium"),
    pytest.mark.timeout(600),
]
CONFIG = """
load_subconfig({sample!r})
from pathlib import Path

def own_folder(spawner):
    Path({homes!r}, spawner.user.name, "我的工作区").mkdir(parents=True, exist_ok=True)

c.JupyterHub.bind_url = "http://127.0.0.1:{port}"
c.JupyterHub.hub_bind_url = "http://127.0.0.1:{hub}"
c.JupyterHub.authenticator_class = "dummy"
c.DummyAuthenticator.password = "口令123456口令"
c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = {homes!r} + "/{{username}}"
c.Spawner.pre_spawn_hook = own_folder
c.Spawner.args = ["--allow-root"]
c.ConfigurableHTTPProxy.command = [{proxy!r}]
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{api}"
"""


def free() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@pytest.fixture(scope="module")
def hub(tmp_path_factory) -> Iterator[tuple[str, Path]]:
    """Its address, and the folder of everybody's home."""
    place = tmp_path_factory.mktemp("hub")
    homes, port = place / "homes", free()
    words = {"sample": str(SAMPLE), "homes": str(homes), "proxy": PROXY}
    ports = {"port": port, "hub": free(), "api": free()}
    (place / "config.py").write_text(CONFIG.format(**words, **ports), "utf-8")
    with (place / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "jupyterhub", "-f", "config.py"],
            cwd=place,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    address = f"http://127.0.0.1:{port}"
    until = time.monotonic() + 90
    while time.monotonic() < until and not answers(address):
        time.sleep(0.5)
    assert answers(address), (place / "log").read_text("utf-8")[-3000:]
    yield address, homes
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)


def answers(address: str) -> bool:
    try:
        return requests.get(f"{address}/hub/login", timeout=5).ok
    except requests.RequestException:
        return False


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def pages(hub, browser) -> dict[str, Page]:
    """Everybody's browser: logged in, the own workspace laid out."""
    return {name: entered(browser, hub[0], name) for name in PEOPLE}


def entered(browser: Browser, address: str, name: str) -> Page:
    page = browser.new_context(viewport={"width": 1366, "height": 768}).new_page()
    page.set_default_timeout(120_000)
    page.goto(address)
    page.fill("#username_input", name)
    page.fill("#password_input", "口令123456口令")
    page.click("#login_submit")
    page.wait_for_url(f"**/user/{name}/zhibi**")
    page.click("text=在这里新建工作区")
    page.wait_for_url("**/zhibi/data")
    return page


def test_after_the_login_everybody_stands_in_the_own_workbench(pages, hub):
    for name, page in pages.items():
        assert f"/user/{name}/zhibi/data" in page.url
        assert (hub[1] / name / "我的工作区/zhibi.toml").is_file()


def test_what_one_drops_the_other_does_not_see(pages, hub):
    pages["zhang"].set_input_files("input[multiple]", CASES / "青禾县.xlsx")
    pages["zhang"].wait_for_selector("#faults h2:has-text('青禾县.xlsx')")
    pages["li"].reload()

    assert "青禾县" not in pages["li"].inner_text("main")
    assert not (hub[1] / "li/我的工作区/data/青禾县.xlsx").exists()


def test_both_make_their_reports_at_the_same_time(pages, hub):
    for name, page in pages.items():
        page.goto(f"{hub[0]}/user/{name}/zhibi/report?name=research_report")
        page.wait_for_selector("#make")
    pages["li"].click("#make button.primary")
    made_report(pages["zhang"])
    pages["li"].wait_for_selector("#pages[data-drawn]")

    for name in PEOPLE:
        assert [*(hub[1] / name / "我的工作区/outputs").rglob("报告.docx")]


def test_the_address_of_another_is_refused(pages, hub):
    page = pages["li"].context.new_page()
    answer = page.goto(f"{hub[0]}/user/zhang/zhibi/data")

    assert answer is not None
    assert answer.status in {403, 404}
    assert "青禾县" not in page.inner_text("body")
    page.close()

"""How long a clerk waits in the workbench: to the first page, to the preview, to a preview after one cell was saved.

python benchmarks/workbench.py [工作区]: a fresh workspace of the example county, or the one given. Needs Chromium.
"""

from __future__ import annotations

import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import openpyxl
from playwright.sync_api import sync_playwright

BIN = Path(sys.executable).parent
CHROMIUM = "/usr/bin/chromium"
DRAWN = "#pages[data-drawn]"


def measure(root: Path) -> None:
    began = time.perf_counter()
    server = subprocess.Popen(
        [BIN / "zhibi", "web", "--no-browser", "--port", "0"],
        cwd=root,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    lines = iter(server.stdout or ())
    address = next(
        found[1] for line in lines if (found := re.search(r"请在浏览器打开：(\S+)", line))
    )
    told("server listens", began)
    try:
        with sync_playwright() as play:
            browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            page = browser.new_page()
            page.set_default_timeout(600_000)
            page.goto(address)
            told("start to first page", began)
            base = address.partition("/zhibi")[0]
            page.goto(f"{base}/zhibi/report?name=research_report")
            time.sleep(15)  # the processes have imported everything
            for turn in ("first", "second"):
                began = time.perf_counter()
                drawn = page.get_attribute("#pages", "data-drawn")
                page.click("#make button.primary")
                page.wait_for_selector(f'{DRAWN}:not([data-drawn="{drawn}"])')
                told(f"click to preview, {turn}", began)
            workbook = root / page.input_value("#p-workbook")
            book = openpyxl.load_workbook(workbook)
            book["设置"]["B2"] = book["设置"]["B2"].value
            drawn = page.get_attribute("#pages", "data-drawn")
            book.save(workbook)
            began = time.perf_counter()
            page.wait_for_selector(f'{DRAWN}:not([data-drawn="{drawn}"])')
            told("saved workbook to preview", began)
            browser.close()
    finally:
        server.terminate()


def machine() -> str:
    """What the figures were measured on, and how busy it was."""
    model = re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text("utf-8"))
    load = "/".join(f"{each:.1f}" for each in os.getloadavg())
    return f"{model[1] if model else platform.machine()}, {os.cpu_count()} cores, load {load}"


def told(what: str, began: float) -> None:
    print(f"{what}: {time.perf_counter() - began:.2f} s", flush=True)


if __name__ == "__main__":
    print(machine(), flush=True)
    if sys.argv[1:]:
        measure(Path(sys.argv[1]).resolve())
    else:
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run([BIN / "zhibi", "init", f"{folder}/w"], check=True, capture_output=True)
            measure(Path(folder) / "w")
    print(machine(), flush=True)

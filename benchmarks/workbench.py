"""How long a clerk waits in the workbench: to the first page, to the preview, to a preview after one cell was saved.

The preview is there when the pages in view are drawn; until all pages are drawn is told beside it.

python benchmarks/workbench.py [--branches N] [--report NAME] [-p 参数=值 …]: a fresh workspace of the example county,
with N its workbook made anew for so many organisations. Needs Chromium. Beside the seconds waited stand the seconds of
CPU that the server with its processes, and the browser, took meanwhile: on a busy machine only these can be compared.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Self

import openpyxl
from playwright.sync_api import Page, sync_playwright

from zhibi.data.sources.grid import letters

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
CHROMIUM = "/usr/bin/chromium"
TICKS = os.sysconf("SC_CLK_TCK")
PATIENCE_MS = 600_000
MARK = "workbench-benchmark"


class Wait:
    """One wait: seconds on the clock, and seconds of CPU of the server's processes and of the browser's."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __enter__(self) -> Self:
        self._began, self._cpu = time.perf_counter(), cpu_taken()
        return self

    def __exit__(self, *_: object) -> None:
        seconds = time.perf_counter() - self._began
        server, browser = (now - then for now, then in zip(cpu_taken(), self._cpu, strict=True))
        cpu = f"CPU of the server {server:.2f} s, of the browser {browser:.2f} s"
        print(f"{self._name}: {seconds:.2f} s, {cpu}, load {os.getloadavg()[0]:.1f}", flush=True)


def cpu_taken() -> tuple[float, float]:
    """Seconds of CPU of all Python processes below this one, and of all others, those that ended included."""
    stats = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            head, _, rest = path.read_text().rpartition(")")
        except OSError:
            continue
        words = rest.split()
        ours = any(name in head for name in ("python", "zhibi"))
        stats[int(path.parent.name)] = int(words[1]), sum(map(int, words[11:15])), ours
    below = [stats[pid] for pid in _below(os.getpid(), stats)]
    server = sum(ticks for _, ticks, ours in below if ours)
    return server / TICKS, (sum(ticks for _, ticks, _ in below) - server) / TICKS


def _below(pid: int, stats: dict[int, tuple[int, int, bool]]) -> Iterator[int]:
    for child, (parent, _, _) in stats.items():
        if parent == pid:
            yield child
            yield from _below(child, stats)


def measure(root: Path, report: str) -> None:
    """Every wait, in the order of an evening."""
    with Wait("server listens"):
        server = subprocess.Popen(
            [BIN / "zhibi", "web", "--no-browser", "--port", "0"],
            cwd=root,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        lines = (re.search(r"请在浏览器打开：(\S+)", line) for line in server.stdout or ())
        address = next(found[1] for found in lines if found)
    try:
        with sync_playwright() as play:
            browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            page = browser.new_page()
            page.set_default_timeout(PATIENCE_MS)
            with Wait("listening to first page"):
                page.goto(address)
            page.goto(f"{address.partition('/zhibi')[0]}/zhibi/report?name={report}")
            page.wait_for_load_state("load")
            settle()
            for turn in ("first", "second"):
                with Wait(f"click to all pages drawn, {turn}"):
                    whole = page.get_attribute("#pages", "data-whole")
                    with Wait(f"click to preview, {turn}"):
                        clicked(page)
                    _whole_after(page, whole)
                settle()
            _save_and_wait(root, page)
            browser.close()
    finally:
        server.terminate()
        server.wait(20)


def _save_and_wait(root: Path, page: Page) -> None:
    workbook = root / page.input_value("#p-workbook")
    for turn in ("first", "second"):
        ready = changed(workbook)
        before = page.get_attribute("#pages", "data-drawn")
        with Wait(f"saved workbook to all pages drawn, {turn}"):
            whole = page.get_attribute("#pages", "data-whole")
            with Wait(f"saved workbook to preview, {turn}"):
                ready.replace(workbook)
                _drawn_after(page, before)
            _whole_after(page, whole)
        settle()


def clicked(page: Page) -> None:
    """The report asked for, until its pages are there."""
    before = page.get_attribute("#pages", "data-drawn")
    page.click("#make button.primary")
    _drawn_after(page, before)


def _drawn_after(page: Page, before: str | None) -> None:
    page.wait_for_selector(f'#pages[data-drawn]:not([data-drawn="{before}"])')


def _whole_after(page: Page, before: str | None) -> None:
    page.wait_for_selector(f'#pages[data-whole]:not([data-whole="{before}"])')


def settle() -> None:
    """Wait until nothing below this process works any more."""
    while True:
        before = sum(cpu_taken())
        time.sleep(2)
        if sum(cpu_taken()) - before < 0.1:  # noqa: PLR2004  # idle
            return


def changed(workbook: Path) -> Path:
    """A copy of the workbook with one cell changed, as Excel would leave the rest: the first unit has one more of staff."""
    book = openpyxl.load_workbook(workbook, read_only=True)
    sheet = book["单位"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(max_row=20)]
    headers = [str(cell or "").strip("*†") for cell in rows[0]]
    column = next(at for at, header in enumerate(headers) if header.startswith("职工总数"))
    row = next(at for at, cells in enumerate(rows, 1) if isinstance(cells[column], int))
    address, part = f"{letters(column)}{row}", sheet._worksheet_path  # noqa: SLF001
    book.close()
    copy = workbook.with_name(f".{MARK}.xlsx")
    with zipfile.ZipFile(workbook) as old, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == part:
                content = _one_more(content, address)
            new.writestr(entry.filename, content)
    return copy


def _one_more(xml: bytes, address: str) -> bytes:
    cell = re.compile(rb'(<c r="' + address.encode() + rb'"[^>]*><v>)(\d+)')
    return cell.sub(lambda found: found[1] + str(int(found[2]) + 1).encode(), xml, count=1)


def machine() -> str:
    """What the figures were measured on, and how busy it was."""
    model = re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text("utf-8"))
    load = "/".join(f"{each:.1f}" for each in os.getloadavg())
    return f"{model[1] if model else platform.machine()}, {os.cpu_count()} cores, load {load}"


def main() -> None:
    """A workspace of its own, gone afterwards."""
    parser = argparse.ArgumentParser(description="How long a clerk waits in the workbench.")
    parser.add_argument("--branches", type=int, default=0, help="organisations; 0: as committed")
    parser.add_argument("--workbook", type=Path, help="an existing workbook of the contract")
    parser.add_argument("--report", default="research_report")
    asked = parser.parse_args()
    print(machine(), flush=True)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "w"
        subprocess.run([BIN / "zhibi", "init", root], check=True, capture_output=True)
        workbook = next((root / "data").glob("*.xlsx"))
        if asked.workbook:
            shutil.copy(asked.workbook, workbook)
        elif asked.branches:
            generate = [ROOT / "data/generate.py", "--branches", asked.branches, "--out", workbook]
            subprocess.run([sys.executable, *map(str, generate)], check=True)
        measure(root, asked.report)
    print(machine(), flush=True)


if __name__ == "__main__":
    main()

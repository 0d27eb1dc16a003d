"""An evening at the workbench: 200 reports made in the kept process -> its memory after 20, 60, 100, 150 and 200.

python benchmarks/evening.py [reports]: a fresh workspace of the example county; before every tenth report a cell of
the workbook is changed and saved, and each report is looked at after it was made, as the page does.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import openpyxl

PYTHON = Path(sys.executable)
REPORTS = ("research_report", "annual_review", "annual_rollup", "experience_exchange")
TOLD_AT = (20, 60, 100, 150, 200)


class Desk:
    """The kept process of the workbench, spoken to as the server does."""

    def __init__(self, root: Path) -> None:
        self._process = subprocess.Popen(
            [PYTHON, "-m", "zhibi.doors.web.desk", "report"],
            cwd=root,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def ask(self, action: str, **arguments: Any) -> dict[str, Any]:
        """What an action gives; progress is not looked at."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        asked = {"action": action, "arguments": arguments}
        self._process.stdin.write(json.dumps(asked).encode() + b"\n")
        self._process.stdin.flush()
        while "progress" in (answer := json.loads(self._process.stdout.readline())):
            continue
        return answer

    def resident_mib(self) -> float:
        """What it keeps in memory, in MiB."""
        status = Path(f"/proc/{self._process.pid}/status").read_text("utf-8")
        kib = re.search(r"VmRSS:\s*(\d+)", status)
        assert kib is not None
        return int(kib[1]) / 1024

    def end(self) -> None:
        """It ends when nobody speaks to it any more."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(20)


def change(workbook: Path, number: int) -> None:
    """Save the workbook with one other cell: a note nobody counts, so that no check fails."""
    book = openpyxl.load_workbook(workbook)
    sheet = book["设置"]
    sheet["D1"] = f"第{number}次保存"
    book.save(workbook)


def evening(root: Path, reports: int) -> None:
    """Make the reports and print the memory on the way."""
    workbook = next((root / "data").glob("*.xlsx"))
    desk = Desk(root)
    for number in range(1, reports + 1):
        if number % 10 == 0:
            change(workbook, number)
        report = REPORTS[number % len(REPORTS)]
        made = desk.ask("report.make", report=report, fields={}, stage="draft", keep=True)
        if "trouble" in made:
            raise SystemExit(made["trouble"])
        desk.ask("report.shown", folder=made["folder"])
        if number in TOLD_AT or number == 1:
            print(f"after {number}: {desk.resident_mib():.0f} MiB", flush=True)
    desk.end()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        top = Path(folder) / "w"
        subprocess.run([PYTHON.parent / "zhibi", "init", top], check=True, capture_output=True)
        evening(top, int(sys.argv[1]) if sys.argv[1:] else TOLD_AT[-1])

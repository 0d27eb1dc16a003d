"""What a clerk does at the command line, and what she then finds in the folder."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import openpyxl

from prompt import typed as command

sys.path.append(str(Path(__file__).resolve().parents[1] / "word"))
from package_check import faults

TOP = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class BatchResult:
    """A folder of outputs and what 数据出处.xlsx says was printed."""

    folder: Path

    @property
    def docx(self) -> Path:
        return self.folder / "报告.docx"

    @property
    def faults(self) -> list[str]:
        """Everything in the Word file that would make Word repair or refuse it."""
        return faults(self.docx.read_bytes(), schema=False)

    @property
    def printed(self) -> list[dict[str, object]]:
        sheet = openpyxl.load_workbook(self.folder / "数据出处.xlsx")["数据出处"]
        head, *rows = sheet.iter_rows(values_only=True)
        return [dict(zip(head, row, strict=True)) for row in rows]

    @property
    def figures(self) -> dict[str, set[object]]:
        """What was printed under each 指标, as (数值, 单位)."""
        found: dict[str, set[object]] = {}
        for row in self.printed:
            found.setdefault(str(row["指标"]), set()).add((row["数值"], row["单位"]))
        return found


def run(workspace: Path, out: str, *options: str) -> BatchResult:
    done = command(
        "zhibi", "run", "research_report", "--final", "--out", out, *options, cwd=workspace
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return BatchResult(workspace / out)


def lay_out(folder: Path) -> Path:
    done = command("zhibi", "init", str(folder), cwd=TOP)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


__all__ = ["TOP", "BatchResult", "command", "lay_out", "run"]

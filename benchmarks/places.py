"""A number of branches -> a workspace with the slice of each, the same for every contestant."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from dangjian import DOMAIN
from zhibi.data import read as tables
from zhibi.data.snapshot import columnar
from zhibi.workspace.workspace import shipped

ROOT = Path(__file__).resolve().parents[1]
REPORT = "annual_review"


def workspace(folder: Path, branches: int) -> tuple[Path, list[str]]:
    """The workspace and the codes of (at least) so many branches that owe a report."""
    place = folder / f"county-{branches}"
    if not (place / "done").is_file():
        shutil.rmtree(place, ignore_errors=True)
        for name in ("notebooks", "params", "templates"):
            home = shipped("zhibi" if name == "templates" else "dangjian") / name
            shutil.copytree(home, place / name)
        (place / "zhibi.toml").write_text(
            'domain = "dangjian"\nprofile = "classic"\n', encoding="utf-8"
        )
        book = place / "county.xlsx"
        size = str(max(10, round(branches * 1.4)))  # committees and closed organisations owe none
        generate = [
            sys.executable,
            str(ROOT / "data/generate.py"),
            "--branches",
            size,
            "--out",
            str(book),
        ]
        subprocess.run(generate, check=True)
        _cut(place, book, branches)
        (place / "done").touch()
    codes = sorted(each.name for each in (place / "slices").iterdir())
    return place, codes[:branches]


def _cut(place: Path, book: Path, branches: int) -> None:
    data, _ = tables.read(book, DOMAIN.contract)
    assert data is not None and DOMAIN.divide is not None  # noqa: PT018
    division = DOMAIN.divide(data)
    owing = [org.code for org in division.organisations if org.reports][:branches]
    for code in owing:
        columnar.save(place / "slices" / code, columnar.pack(division.slice(code)))


def parameters(code: str) -> dict[str, str]:
    """What the notebook is given for a branch; paths count from the workspace."""
    return {"branch": code, "workbook": f"slices/{code}", "issued_on": "2026-12-10"}

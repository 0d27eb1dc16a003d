"""A workbook of the workspace -> its faults by sheet and kind with the rows they are in, and the copy to send back."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, groupby
from pathlib import Path
from typing import Any

from gongwen import atomic_files
from gongwen.findings import Finding, Level, counts_by_level
from zhibi.data.contract import Contract
from zhibi.data.read import is_several, read
from zhibi.data.snapshot.memory import Memory
from zhibi.data.sources.grid import Book, Grid, plain, split_address
from zhibi.data.writing.annotate import mark as annotate
from zhibi.doors.web.desk.place import inside, relative
from zhibi.doors.web.desk.workbooks import tables
from zhibi.doors.web.desk.workbooks.intake import domain_of
from zhibi.doors.web.work.listing import ROSTERS

RETURNED = "退回"
_ORDER = list(Level)


def check(root: Path, file: str, *, progress: Any) -> dict[str, Any]:
    """Everything that is wrong with it, as `zhibi data check` finds it."""
    path = inside(root, file)
    if path.suffix.lower() in ROSTERS:
        return _roster(root, path)
    memory = Memory()  # until the faults are shown: what is read for them is shown beside them
    findings, contract = _findings(root, path, memory)
    books = tables.books(path, memory)
    groups = [_group(books, contract, list(group)) for group in _grouped(findings)]
    sheets: dict[str, list[dict[str, Any]]] = {}
    for group in groups:
        sheets.setdefault(group["sheet"], []).append(group)
    counts = counts_by_level(findings)
    return {
        "file": relative(root, path),
        "name": path.name,
        "sheets": [{"title": title, "groups": each} for title, each in sheets.items()],
        "counts": counts,
        "usable": not counts[str(Level.ERROR)],
        "can_mark": not is_several(path),
        "sheet_titles": [sheet.title for sheet in contract.sheets],
        "foreign": _foreign(books, contract),
    }


def _roster(root: Path, path: Path) -> dict[str, Any]:
    """A roster in a form that only an import reads: nothing is found in it before."""
    return {
        "file": relative(root, path),
        "name": path.name,
        "sheets": [],
        "counts": dict.fromkeys(map(str, Level), 0),
        "usable": False,
        "can_mark": False,
        "sheet_titles": [sheet.title for sheet in contract_of(root).sheets],
        "foreign": True,
        "roster": True,
    }


def mark(root: Path, file: str, *, progress: Any) -> dict[str, Any]:
    """The copy to send back, as `zhibi data check --mark` writes it."""
    path = inside(root, file)
    findings, _ = _findings(root, path)
    name = atomic_files.safe_name(f"{path.stem}-{RETURNED}.xlsx")
    saved = atomic_files.save(root / "outputs" / RETURNED, {name: annotate(path, findings)})
    return {"path": relative(root, saved[0])}


def contract_of(root: Path) -> Contract:
    """The contract of the workspace's domain."""
    return domain_of(root).contract


def _findings(
    root: Path, path: Path, memory: Memory | None = None
) -> tuple[tuple[Finding, ...], Contract]:
    own = domain_of(root)
    dataset, findings = read(path, own.contract, memory=memory)
    if dataset is not None:
        findings += tuple(chain.from_iterable(audit(dataset) for audit in own.audits))
    return findings, own.contract


def _grouped(findings: Iterable[Finding]) -> Iterable[Iterable[Finding]]:
    """Findings of one sheet, kind and column together.

    Sheets with errors first, in each sheet the worst first.
    """
    listed = list(findings)
    worst_first = sorted(listed, key=lambda finding: _ORDER.index(finding.level))
    sheets = list(dict.fromkeys(finding.place.sheet for finding in worst_first))

    def key(finding: Finding) -> tuple[int, int, str, str, str]:
        place = finding.place
        return (
            sheets.index(place.sheet),
            _ORDER.index(finding.level),
            finding.code,
            place.column,
            finding.hint,
        )

    return (group for _, group in groupby(sorted(listed, key=key), key=key))


def _group(books: Iterable[Book], contract: Contract, findings: list[Finding]) -> dict[str, Any]:
    first = findings[0]
    grid = tables.grid_of(books, first.place.file, first.place.sheet) if first.place.sheet else None
    return {
        "sheet": first.place.sheet or "整个文件",
        "code": first.code,
        "level": str(first.level),
        "column": first.place.column,
        "count": len(findings),
        "says": [{"where": _where(finding), "says": finding.message} for finding in findings],
        "remedy": first.hint,
        "table": _table(grid, contract, findings) if grid else None,
    }


def _foreign(books: Iterable[Book], contract: Contract) -> bool:
    """Whether it looks like a roster or ledger: no sheet of it is one of the contract's."""
    known = {plain(sheet.title) for sheet in contract.sheets}
    grids = chain.from_iterable(book.grids for book in books)
    return not any(plain(grid.title) in known for grid in grids)


def _where(finding: Finding) -> str:
    return finding.place.cell or finding.place.spot


def _table(grid: Grid, contract: Contract, findings: Iterable[Finding]) -> dict[str, Any] | None:
    marked: dict[int, set[int]] = {}
    for finding in findings:
        for row, column in _cells(finding.place.cell):
            marked.setdefault(row, set()).add(column)
    if not marked:
        return None
    head = tables.head_row(grid, contract)
    return tables.excerpt(grid, head, marked, marked)


def _cells(place: str) -> Iterable[tuple[int, int]]:
    """Every cell of D14:D16、D20."""
    for area in (part for part in place.split("、") if part):
        first, _, last = area.partition(":")
        try:
            (top, left), (bottom, right) = split_address(first), split_address(last or first)
        except ValueError:
            continue
        for row in range(top, min(bottom, top + tables.MOST_ROWS) + 1):
            yield from ((row, column) for column in range(left, right + 1))

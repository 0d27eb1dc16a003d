"""What is wrong with single cells -> findings with Excel addresses, the same fault in hundreds of cells told once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from gongwen.findings import Finding, Level, Location, sentence
from zhibi.data.reading.cells import Issue
from zhibi.data.sources.grid import addresses

TOLD_SINGLY = 20  # equal faults in one column; above that they are told once, with every address


@dataclass
class Faults:
    """Faults of the cells of one sheet, in the order found."""

    file: str
    sheet: str
    _found: dict[tuple[str, str, str, str, str], list[tuple[int, Issue]]] = field(
        default_factory=dict
    )

    def add(self, letters: str, header: str, row: int, issue: Issue, file: str = "") -> None:
        """One cell, `row` as Excel counts; `file` where the sheet was gathered from several."""
        self._found.setdefault(
            (file or self.file, letters, header, issue.code, issue.gist), []
        ).append((row, issue))

    def findings(self) -> tuple[Finding, ...]:
        """Every fault. Equal 提示 of a column are always told together."""
        return tuple(finding for group in self._found.items() for finding in self._told(*group))

    def _told(
        self, key: tuple[str, str, str, str, str], cells: list[tuple[int, Issue]]
    ) -> Iterable[Finding]:
        file, letters, header, code, gist = key
        most = 1 if cells[0][1].level is Level.NOTE else TOLD_SINGLY
        if len(cells) <= most:
            for row, issue in cells:
                place = Location(file, self.sheet, f"{letters}{row}", header)
                yield Finding(code, issue.level, place, sentence(issue.message), issue.hint)
            return
        first = cells[0][1]
        place = Location(file, self.sheet, addresses(letters, (row for row, _ in cells)), header)
        hint = (
            first.hint
            if all(issue.hint == first.hint for _, issue in cells)
            else "请逐一核对后改正。"
        )
        yield Finding(code, first.level, place, f"{gist}（共{len(cells)}处）。", hint)

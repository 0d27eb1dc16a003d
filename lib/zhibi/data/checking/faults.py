"""What is wrong with single cells -> findings with Excel addresses, the same fault in hundreds of cells told once."""

from __future__ import annotations

from dataclasses import dataclass, field

from gongwen.findings import Finding, Level, Location, sentence
from zhibi.data.reading.cells.parsed import Issue
from zhibi.data.sources.grid import addresses

SEVERAL = "涉及几个组织"  # where a finding stands that speaks of more than one of them
_QUOTED = 6  # cells of a group whose own words are told; the address tells where the others are


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
        """Every fault; equal faults of a column are one, with all their cells."""
        return tuple(self._told(*group) for group in self._found.items())

    def _told(self, key: tuple[str, str, str, str, str], cells: list[tuple[int, Issue]]) -> Finding:
        file, letters, header, code, gist = key
        first = cells[0][1]
        place = Location(file, self.sheet, addresses(letters, (row for row, _ in cells)), header)
        if len(cells) == 1:
            return Finding(code, first.level, place, sentence(first.message), first.hint)
        message = f"{gist}（共{len(cells)}处）"
        if first.level is not Level.NOTE:
            message += _quoted(letters, gist, cells)
        hint = first.hint if all(i.hint == first.hint for _, i in cells) else "请逐一核对后改正。"
        return Finding(code, first.level, place, sentence(message), hint)


def _quoted(letters: str, gist: str, cells: list[tuple[int, Issue]]) -> str:
    """What is the matter with the first cells of a group, where the gist does not say it."""
    differing = [(row, issue) for row, issue in cells if issue.message != gist]
    if not differing:
        return ""
    words = "；".join(f"{letters}{row} {_with_answer(issue)}" for row, issue in differing[:_QUOTED])
    return f"：{words}{'；等等' if len(differing) > _QUOTED else ''}"


def _with_answer(issue: Issue) -> str:
    words = issue.message.removesuffix(issue.gist)
    return f"{words}应为“{issue.answer}”" if issue.answer and words else words

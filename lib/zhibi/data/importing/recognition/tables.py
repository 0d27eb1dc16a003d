"""A sheet as somebody made it -> its table.

What stands above it, one name a column, and the rows that are data.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from zhibi.data.importing.recognition.data_rows import NonDataMarks, data_rows, text_of
from zhibi.data.importing.recognition.lexicon import bare
from zhibi.data.sources.grid import Grid, Raw, letters, split_address, words

_FEW = 3
_LONGEST_NAME = 30  # characters of the name of a column
SEARCHED = 20  # rows in which a header is looked for
LEAST_KNOWN = 2  # names in a row that make it a header
MONTHS = {f"{n}月": n for n in range(1, 13)} | {
    f"{name}月": n
    for n, name in enumerate(
        ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"], 1
    )
}
QUARTERS = {f"{name}季度": n for n, name in enumerate("一二三四", 1)} | {
    f"{n}季度": n for n in range(1, 5)
}


@dataclass(frozen=True)
class RecognisedTable:
    """Where it stands, the lines above it, the names of its columns, their cells, and the Excel numbers of its rows.

    `sections` gives for each row the line that stands alone above its block (the name of an organisation), or an empty string.
    `left_out` are rows that hold no data, and why. A column's `parents` is the upper of two header rows.
    """

    file: str
    sheet: str
    titles: tuple[str, ...]
    headers: tuple[str, ...]
    parents: tuple[str, ...]
    header_row: int
    numbers: list[int]
    columns: list[tuple[Raw, ...]]
    sections: list[str]
    left_out: tuple[tuple[int, str], ...] = ()
    title_rows: tuple[int, ...] = ()  # where each of the titles stands

    def values(self, at: int) -> tuple[Raw, ...]:
        """The cells of a column from top to bottom."""
        return self.columns[at] if self.columns else ()

    def letters(self, at: int) -> str:
        """The Excel letters of a column."""
        return letters(at)

    def called(self, at: int) -> str:
        """The name of a column as a message may quote it."""
        return self.headers[at] or f"{letters(at)}列"


Knows = Callable[[str], bool]


def table_of(
    grid: Grid, knows: Knows, organisation: str, keys: frozenset[str] = frozenset()
) -> RecognisedTable | None:
    """The table of a sheet; None where no row looks like a header.

    `keys` are names of columns used by programs.

    `organisation` is the pattern of a name that may stand alone above its rows.
    """
    rows = grid.rows
    if not rows:
        return None
    spans = _spans(grid)
    at = _header(rows, knows)
    if at is None:
        return None
    first, last = _header_rows(rows, at, spans, knows)
    parents, headers = _names(rows, first, last, spans, knows)
    _fill_down(rows, last, grid.merged)
    numbers, data, sections, left_out = data_rows(
        grid, last + 1, headers, NonDataMarks(organisation, keys)
    )
    lines = enumerate(map(_line, rows[:first]))
    titles = {grid.number(at): line for at, line in lines if line}
    columns = [_once(cells) for cells in zip(*data, strict=True)] if data else []
    return RecognisedTable(
        grid.file,
        grid.title,
        tuple(titles.values()),
        headers,
        parents,
        last + 1,
        numbers,
        columns,
        sections,
        left_out,
        tuple(titles),
    )


def _once(cells: tuple[Raw, ...]) -> tuple[Raw, ...]:
    """The cells with equal words as one word: a column says few different things, and a county has many rows."""
    words_met: dict[str, str] = {}
    return tuple([words_met.setdefault(c, c) if isinstance(c, str) else c for c in cells])


def _spans(grid: Grid) -> dict[tuple[int, int], tuple[int, int]]:
    """Merged ranges by their first cell: the last row and column, counted from 0."""
    spans = {}
    for area in grid.merged:
        (top, left), (bottom, right) = (split_address(corner) for corner in area.split(":"))
        spans[(top - 1, left)] = (bottom - 1, right)
    return spans


def _known(row: Sequence[Raw], knows: Knows) -> int:
    names = {bare(cell) for cell in map(text_of, row) if cell and len(cell) <= _LONGEST_NAME}
    return sum(name in MONTHS or name in QUARTERS or knows(name) for name in names)


def _header(rows: Sequence[Sequence[Raw]], knows: Knows) -> int | None:
    """The first row that is mostly names people use, else the one with most of them."""
    best, most = None, LEAST_KNOWN - 1
    for at, row in enumerate(rows[:SEARCHED]):
        hits = _known(row, knows)
        if hits > most:
            best, most = at, hits
        if hits > _FEW and hits * 2 > len(row) - row.count(""):
            break
    return best


def _header_rows(
    rows: Sequence[Sequence[Raw]],
    at: int,
    spans: dict[tuple[int, int], tuple[int, int]],
    knows: Knows,
) -> tuple[int, int]:
    """First and last row of the header: one, or two where names stand under a common one."""
    if at + 1 < len(rows) and _is_below(rows, at, spans, knows):
        return at, at + 1
    if at and _is_below(rows, at - 1, spans, knows) and _known(rows[at - 1], knows):
        return at - 1, at
    return at, at


def _line(row: Sequence[Raw]) -> str:
    """The words of a row, each once."""
    return " ".join(filter(None, dict.fromkeys(words(cell).strip() for cell in row)))


def _is_below(
    rows: Sequence[Sequence[Raw]],
    at: int,
    spans: dict[tuple[int, int], tuple[int, int]],
    knows: Knows,
) -> bool:
    """True if the row after `at` goes on with its header.

    Names where the upper one has a common name or none.
    """
    upper, lower = rows[at], rows[at + 1]
    filled = [place for place, cell in enumerate(lower) if words(cell).strip()]
    if not filled or any(not isinstance(lower[place], str) for place in filled):
        return False
    joint: set[int] = set()
    for (top, left), (bottom, right) in spans.items():
        if top == bottom == at and right > left:
            joint.update(range(left, right + 1))
    if joint and right_of(spans, at) >= len(upper) - 1 and len(_distinct(upper)) == 1:
        return False  # a title across the whole width
    under = [place for place in filled if place in joint or not words(upper[place]).strip()]
    beside = [
        place for place, cell in enumerate(upper) if words(cell).strip() and place not in joint
    ]
    if len(under) < len(filled) or len(_distinct(upper)) <= 1:
        return False
    return _known([lower[place] for place in under], knows) * 2 >= len(under) and bool(
        joint or beside
    )


def right_of(spans: dict[tuple[int, int], tuple[int, int]], row: int) -> int:
    """How far to the right the merged ranges of a row reach."""
    return max((right for (top, _), (_, right) in spans.items() if top == row), default=-1)


def _distinct(row: Sequence[Raw]) -> set[str]:
    return {words(cell).strip() for cell in row if words(cell).strip()}


def _names(
    rows: Sequence[Sequence[Raw]],
    first: int,
    last: int,
    spans: dict[tuple[int, int], tuple[int, int]],
    knows: Knows,
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The upper name of each column and its own; joined where the join is a name people use."""
    own = [text_of(cell) or words(cell).strip() for cell in rows[last]]
    if first == last:
        return ("",) * len(own), tuple(own)
    upper, running, end = [], "", -1
    for place, cell in enumerate(rows[first]):
        if words(cell).strip():
            running = words(cell).strip()
            end = spans.get((first, place), (first, len(own)))[1]
        upper.append(running if place <= end and (own[place] or words(cell).strip()) else "")
    names = []
    for above, name in zip(upper, own, strict=True):
        joined = above + name
        names.append(joined if not name or (above and knows(bare(joined))) else name)
    parents = tuple(above if name else "" for above, name in zip(upper, own, strict=True))
    return parents, tuple(names)


def _fill_down(rows: list[list[Raw]], last: int, merged: Sequence[str]) -> None:
    """A cell merged over several rows of data says the same of each."""
    for area in merged:
        (top, left), (bottom, right) = (split_address(corner) for corner in area.split(":"))
        if top - 1 <= last or left != right:
            continue
        for number in range(top, min(bottom, len(rows))):
            if left < len(rows[number]) and rows[number][left] == "":
                rows[number][left] = rows[top - 1][left]

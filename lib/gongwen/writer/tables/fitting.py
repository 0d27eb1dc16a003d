"""Table -> how it goes on paper: as it is, in smaller type, on turned pages, or in parts that repeat its first columns."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from gongwen.document import Cell, Table
from gongwen.profile import Profile, Style
from gongwen.writer.layout.identity_cache import IdentityCache
from gongwen.writer.layout.page import text_area, twips
from gongwen.writer.layout.text_metrics import width
from gongwen.writer.tables.columns import divided, held, room_for
from gongwen.writer.tables.slots import Slot, numeric_columns, slots, width_of

_WORTH_SMALL = 1 / 3  # of the rows; if small type keeps so many from breaking, it is taken
_FEWEST_FOR_SMALL = 10  # rows; a shorter table need not be shorter still
_ENOUGH = 200  # rows looked at for that
_MOST_KEYS = 2  # columns at the left that name the row, at most


@dataclass(frozen=True, slots=True)
class Fit:
    """The table, or the parts it was cut into, and the page and type that hold them."""

    parts: tuple[Table, ...]
    landscape: bool = False
    small: bool = False


def fitted(block: Table, profile: Profile) -> Fit:
    """Upright pages and the usual type if every column is readable so.

    Else small type, turned pages, both, parts.

    Small type too where it sets on one line many rows that would break.
    """
    return _FITTED.of(block, profile, ask=lambda: _fitted(block, profile))


_FITTED: IdentityCache[Fit] = IdentityCache(
    64
)  # tables of one document, asked for when it is written and when it is spoken of


def _fitted(block: Table, profile: Profile) -> Fit:
    grid = grid_of(block)
    for landscape in (False, True):
        for small in (False, True):
            room = text_area(profile, landscape=landscape)[0]
            if sum(_needs(grid.held.eased, profile, small=small)) <= room:
                return Fit(
                    (block,), landscape, small or _better_small(grid, profile, landscape=landscape)
                )
    room = text_area(profile, landscape=True)[0]
    groups = _groups(_needs(grid.held.eased, profile, small=True), _keys(grid.body), room)
    parts = [
        replace(block, head=_cut(grid.head, group), body=_cut(grid.body, group), note="", source="")
        for group in groups
    ]
    parts[-1] = replace(parts[-1], note=block.note, source=block.source)
    return Fit(tuple(parts), landscape=True, small=True)


def _better_small(grid: TableGrid, profile: Profile, *, landscape: bool) -> bool:
    if len(grid.body) < _FEWEST_FOR_SMALL:
        return False
    if len(grid.body) > _ENOUGH:
        grid = TableGrid(grid.count, grid.head, grid.body[:_ENOUGH])
    worth = _WORTH_SMALL * (len(grid.head) + len(grid.body))
    usual = _broken(grid, profile, landscape=landscape, small=False)
    return (
        usual >= worth and usual - _broken(grid, profile, landscape=landscape, small=True) >= worth
    )


def _broken(grid: TableGrid, profile: Profile, *, landscape: bool, small: bool) -> int:
    """How many rows are higher than a line."""
    return sum(depth > 1 for depth in depths(grid, profile, landscape=landscape, small=small))


class TableGrid:
    """The rows of a table as slots of so many columns.

    Its identity is what answers about it are kept by.
    """

    def __init__(
        self, count: int, head: Sequence[Sequence[Slot]], body: Sequence[Sequence[Slot]]
    ) -> None:
        self.count, self.head, self.body = count, head, body
        self.held = held([*head, *body], count)


def grid_of(block: Table) -> TableGrid:
    """The grid of a table, made once."""
    return _GRIDS.of(block, ask=lambda: _grid(block))


_GRIDS: IdentityCache[TableGrid] = IdentityCache(64)


def _grid(block: Table) -> TableGrid:
    count = max(width_of(block.head), width_of(block.body))
    return TableGrid(count, slots(block.head, count), slots(block.body, count))


def set_columns(grid: TableGrid, profile: Profile, *, landscape: bool, small: bool) -> list[int]:
    """Widths of the columns in twips."""
    return _WIDTHS.of(
        grid,
        profile,
        landscape,
        small,
        ask=lambda: _set_columns(grid, profile, landscape=landscape, small=small),
    )


_WIDTHS: IdentityCache[list[int]] = IdentityCache(
    128
)  # asked for to choose the type, to set the table and to say how high it is


def _set_columns(grid: TableGrid, profile: Profile, *, landscape: bool, small: bool) -> list[int]:
    room, style = text_area(profile, landscape=landscape)[0], body_style(profile, small=small)
    return divided(grid.held, room, style.char_twips / 2, 2 * twips(profile.tables.side_margin_mm))


def depths(grid: TableGrid, profile: Profile, *, landscape: bool, small: bool) -> list[int]:
    """How many lines of text each row is high."""
    columns = set_columns(grid, profile, landscape=landscape, small=small)
    style, margins = body_style(profile, small=small), 2 * twips(profile.tables.side_margin_mm)
    return [_depth(line, columns, style, margins) for line in (*grid.head, *grid.body)]


def _depth(line: Sequence[Slot], columns: Sequence[int], style: Style, margins: int) -> int:
    at, deepest = 0, 1
    for slot in line:
        room = max(sum(columns[at : at + slot.columns]) - margins, style.char_twips)
        at += slot.columns
        if slot.text:
            lines = -(-round(width(slot.text, style)) // round(room))
            deepest = max(deepest, -(-lines // slot.rows))
    return deepest


def body_style(profile: Profile, *, small: bool) -> Style:
    """The style of the words in a table."""
    return profile.styles.table_body_small if small else profile.styles.table_body


def _needs(units: Sequence[float], profile: Profile, *, small: bool) -> list[float]:
    half = body_style(profile, small=small).char_twips / 2
    return [room_for(each, half, 2 * twips(profile.tables.side_margin_mm)) for each in units]


def _keys(body: Sequence[Sequence[Slot]]) -> int:
    """How many columns at the left name the row.

    Those before the first figures, the first one at least.
    """
    return max(1, min(min(numeric_columns(body), default=1), _MOST_KEYS))


def _groups(needs: Sequence[float], keys: int, room: float) -> list[tuple[int, ...]]:
    """Columns of each part: the keys, then of the others what there is room for, in parts about as wide as another."""
    others, left = range(keys, len(needs)), room - sum(needs[:keys])
    parts = _filled(needs, others, left, len(needs))
    even = _filled(needs, others, left, -(-len(others) // len(parts)))
    return [tuple(range(keys)) + group for group in (even if len(even) == len(parts) else parts)]


def _filled(
    needs: Sequence[float], columns: Sequence[int], room: float, most: int
) -> list[tuple[int, ...]]:
    """The columns in groups of at most so many that have room beside one another."""
    groups: list[tuple[int, ...]] = [()]
    for column in columns:
        wide = sum(needs[each] for each in groups[-1]) + needs[column] > room
        if groups[-1] and (wide or len(groups[-1]) == most):
            groups.append(())
        groups[-1] += (column,)
    return groups


def _cut(lines: Sequence[Sequence[Slot]], columns: Collection[int]) -> tuple[tuple[Cell, ...], ...]:
    """The rows with these columns only; a merged cell keeps what of it is left."""
    rows = []
    for line in lines:
        at, cells = 0, []
        for slot in line:
            remaining = sum(column in columns for column in range(at, at + slot.columns))
            if remaining and slot.cell is not None:
                cells.append(replace(slot.cell, columns=remaining))
            at += slot.columns
        rows.append(tuple(cells))
    return tuple(rows)

"""The body of a Word file -> on which page, and how far down, each of its parts ends.

Word files do not say where pages end. But our lines are all of a given height and our characters of a known width, so
it can be counted. 版记 needs it (which page is the last, and is there room), and so does 目录. Tests hold the count
against LibreOffice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from zhibi.profile import Profile, Style
from zhibi.word.advance import lines
from zhibi.word.oxml import qualified
from zhibi.word.page import twips

_EMU_PER_TWIP = 635
_SINGLE = 1.15  # a line of automatic height, in sizes of its font; fonts differ
_ROUNDING = 1


@dataclass(frozen=True, slots=True)
class Unit:
    """Something set as a whole or line by line: heights of its lines, and what keeps it with others."""

    element: etree._Element
    heights: tuple[float, ...]
    before: float = 0
    after: float = 0
    keep_next: bool = False
    new_page: bool = False
    repeated: float = 0  # head rows that a table prints again on each page


@dataclass(frozen=True, slots=True)
class End:
    """Where something ends: its page (from 1) and how far below the top of the text area, in twips."""

    page: int
    used: float


def ends(body: etree._Element, profile: Profile, ids: Mapping[str, str]) -> list[tuple[Unit, int, End]]:
    """For every unit in order: the page it begins on, and where it ends."""
    measure = _Measure(
        profile, {style: profile.styles.of(role) for role, style in ids.items() if _is_role(profile, role)}
    )
    room = twips(profile.page.text_height_mm)
    units = [unit for element in body for unit in measure.units(element)]
    page, used = 1, 0.0
    found = []
    for place, unit in enumerate(units):
        fresh = used == 0
        group = _kept_height(units, place)
        if (unit.new_page and not fresh) or (not fresh and used + group > room + _ROUNDING >= group):
            page, used = page + 1, unit.repeated
        begins, (page, used) = _set(unit, page, used, room)
        found.append((unit, begins, End(page, min(used, room))))
    return found


def _set(unit: Unit, page: int, used: float, room: float) -> tuple[int, tuple[int, float]]:
    """The page on which a unit begins, and the page and height at which it ends."""
    used += unit.before
    begins = 0
    for height in unit.heights:
        if used + height > room + _ROUNDING and used > unit.repeated:
            page, used = page + 1, unit.repeated
        begins = begins or page
        used += height
    return begins or page, (page, used + unit.after)


def _kept_height(units: Sequence[Unit], place: int) -> float:
    """Height that must find room together: a unit, those it is kept with, and the first line after them."""
    total = units[place].before
    for unit in units[place:]:
        if not unit.keep_next:
            return total + (unit.before if unit is not units[place] else 0) + (unit.heights[0] if unit.heights else 0)
        total += sum(unit.heights) + unit.after + (unit.before if unit is not units[place] else 0)
        if unit.new_page and unit is not units[place]:
            return total
    return total


def _is_role(profile: Profile, name: str) -> bool:
    return isinstance(getattr(profile.styles, name, None), Style)


class _Measure:
    """Heights by the styles of one profile."""

    def __init__(self, profile: Profile, styles: Mapping[str, Style]) -> None:
        self.profile, self.styles = profile, styles
        self.room = twips(profile.page.text_width_mm)

    def units(self, element: etree._Element) -> Iterator[Unit]:
        """A paragraph as one unit, a table as one for each row."""
        if element.tag == qualified("w:p"):
            yield self.paragraph(element, self.room)
        elif element.tag == qualified("w:tbl") and element.find(f".//{qualified('w:tblpPr')}") is None:
            yield from self.table(element)

    def paragraph(self, element: etree._Element, room: float) -> Unit:
        """A paragraph by its style and what it says of its own."""
        marks = element.find(qualified("w:pPr"))
        named = _child(marks, "pStyle")
        style = self.styles.get(_value(named, "val"), self.profile.styles.normal)
        own_size = element.find(f"{qualified('w:r')}/{qualified('w:rPr')}/{qualified('w:sz')}")
        if own_size is not None:
            style = replace(style, size_pt=_number(own_size, "val", 0) / 2)
        spacing = _child(marks, "spacing")
        height = _number(spacing, "line", style.line_twips or style.size_pt * 20 * _SINGLE)
        left, right, first = self._indents(_child(marks, "ind"), style)
        extents = [int(item.get("cy", 0)) / _EMU_PER_TWIP for item in element.iter(qualified("wp:extent"))]
        if extents and not style.line_twips:
            heights: tuple[float, ...] = (max(extents) + style.size_pt * 20 * 0.25,)
        else:
            heights = (height,) * lines(_text(element), style, room - left - right, first)
        keep = _child(marks, "keepNext")
        return Unit(
            element, heights, _number(spacing, "before", style.before_twips), _number(spacing, "after", style.after_twips),
            keep_next=_on(keep) if keep is not None else style.keep_next,
            new_page=_on(_child(marks, "pageBreakBefore")),
        )  # fmt: skip

    @staticmethod
    def _indents(ind: etree._Element | None, style: Style) -> tuple[float, float, float]:
        char = style.char_twips
        left, right = _number(ind, "left", style.left_chars * char), _number(ind, "right", style.right_chars * char)
        hanging = _number(ind, "hanging", 0)
        return left, right, -hanging if hanging else _number(ind, "firstLine", style.first_line_chars * char)

    def table(self, element: etree._Element) -> Iterator[Unit]:
        """Rows; the head rows are repeated at the top of each page that follows."""
        margin = twips(self.profile.tables.top_margin_mm) * 2 + self.profile.tables.border_pt * 20
        side = twips(self.profile.tables.side_margin_mm) * 2
        head = 0.0
        for row in element.findall(qualified("w:tr")):
            cells = [self._cell(cell, side) for cell in row.findall(qualified("w:tc"))]
            tall = max(
                (sum(unit.before + sum(unit.heights) + unit.after for unit in cell) for cell in cells), default=0
            )
            keep = any(unit.keep_next for cell in cells for unit in cell)
            new_page = any(unit.new_page for cell in cells for unit in cell)
            is_head = row.find(f"{qualified('w:trPr')}/{qualified('w:tblHeader')}") is not None
            yield Unit(
                row, (tall + margin,), keep_next=keep or is_head, new_page=new_page, repeated=0 if is_head else head
            )
            head += tall + margin if is_head else 0

    def _cell(self, cell: etree._Element, side: float) -> list[Unit]:
        wide = _number(cell.find(f"{qualified('w:tcPr')}/{qualified('w:tcW')}"), "w", self.room) - side
        return [self.paragraph(paragraph, wide) for paragraph in cell.findall(qualified("w:p"))]


def _child(parent: etree._Element | None, name: str) -> etree._Element | None:
    return None if parent is None else parent.find(qualified(f"w:{name}"))


def _value(element: etree._Element | None, name: str) -> str:
    return "" if element is None else element.get(qualified(f"w:{name}"), "")


def _number(element: etree._Element | None, name: str, default: float) -> float:
    value = _value(element, name)
    return float(value) if value else default


def _on(element: etree._Element | None) -> bool:
    return element is not None and _value(element, "val") not in ("0", "false")


def _text(paragraph: etree._Element) -> str:
    """The printed words of a paragraph; a line break counts, a tab is taken for a character."""
    parts = {qualified("w:br"): "\n", qualified("w:tab"): "　"}
    runs = paragraph.iter(qualified("w:r"))
    wanted = {qualified("w:t"), *parts}
    return "".join(
        parts.get(str(element.tag), element.text or "") for run in runs for element in run if element.tag in wanted
    )

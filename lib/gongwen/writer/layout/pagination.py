"""The body of a Word file -> on which page, and how far down, each of its parts ends.

Word files do not say where pages end. But our lines are all of a given height and our characters of
a known width, so it can be counted. 版记 needs it (which page is the last, and is there room), and
so does 目录. Footnotes take their room from the page of their mark; a landscape section has pages
of its own. Tests hold the count against LibreOffice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from lxml import etree

from gongwen.oxml import parse, qualified
from gongwen.profile import Profile, Style
from gongwen.writer.layout.page import is_landscape, text_area, twips
from gongwen.writer.layout.text_metrics import line_starts, lines

_EMU_PER_TWIP = 635
_SINGLE = 1.15  # a line of automatic height, in sizes of its font; fonts differ
_ROUNDING = 1
_NOTE_RULE = 170  # twips between the text and the first footnote; measured in LibreOffice 7.4


@dataclass(frozen=True, slots=True)
class Unit:
    """Something set as a whole or line by line.

    Heights of its lines, and what keeps it with others.
    """

    element: etree._Element
    heights: tuple[float, ...]
    before: float = 0
    after: float = 0
    keep_next: bool = False
    keep_lines: bool = False
    new_page: bool = False
    repeated: float = 0  # head rows that a table prints again on each page
    notes: tuple[
        tuple[int, float], ...
    ] = ()  # footnotes: on which of its lines they are called, and their height
    room: float = 0  # height of the text area it stands in
    new_section: bool = False
    starts: tuple[int, ...] = ()  # the character that each line begins with


@dataclass(frozen=True, slots=True)
class End:
    """Where something ends: its page (from 1) and how far below the top of the text area, in twips."""

    page: int
    used: float
    noted: float = 0  # what footnotes take from this page


def ends(
    body: etree._Element,
    profile: Profile,
    ids: Mapping[str, str],
    notes: Sequence[str] = (),
    last: etree._Element | None = None,
) -> list[tuple[Unit, int, End]]:
    """For every unit in order: the page it begins on, and where it ends.

    `notes` are the footnotes by id less 1. `last`: the units after this paragraph, and after what it
    is kept with, are left out.
    """
    spots = []
    for unit, _, turned, at in _laid_out(body, profile, ids, notes, last):
        begins = at.page - sum(line > 0 for line in turned)
        spots.append((unit, begins, replace(at, used=min(at.used, unit.room))))
    return spots


def turns(
    body: etree._Element, profile: Profile, ids: Mapping[str, str], notes: Sequence[str] = ()
) -> list[tuple[Unit, bool, tuple[int, ...]]]:
    """For every unit: whether a page ends before it, and the lines of it (from 0) that begin a page."""
    pages, last = [], 1
    for unit, page, turned, at in _laid_out(body, profile, ids, notes):
        pages.append((unit, page > last or 0 in turned, tuple(line for line in turned if line)))
        last = at.page
    return pages


def _laid_out(
    body: etree._Element,
    profile: Profile,
    ids: Mapping[str, str],
    notes: Sequence[str],
    last: etree._Element | None = None,
) -> Iterator[tuple[Unit, int, tuple[int, ...], End]]:
    """Every unit with the page it is put on, its lines that turn the page, and where it ends."""
    styles = {
        style: profile.styles.of(role) for role, style in ids.items() if _is_role(profile, role)
    }
    units = list(_through(_units(body, _Measure(profile, styles, notes)), last))
    at = End(1, 0.0)
    for number, unit in enumerate(units):
        fresh, group = at.used == 0, kept_height(units, number)
        too_much = at.used + group + at.noted > unit.room + _ROUNDING >= group
        if not fresh and (unit.new_section or unit.new_page or too_much):
            at = End(at.page + 1, 0.0 if unit.new_section else unit.repeated)
        page = at.page
        turned, at = _set(unit, at)
        yield unit, page, turned, at


def _units(body: etree._Element, measure: _Measure) -> Iterator[Unit]:
    """All units, each knowing the height of its section's pages and whether it opens the section."""
    sections = list(body.iter(qualified("w:sectPr")))
    place, opened = 0, True
    for element in body:
        landscape = place < len(sections) and is_landscape(sections[place])
        wide, tall = text_area(measure.profile, landscape=landscape)
        for unit in measure.units(element, wide):
            yield replace(unit, room=tall, new_section=opened and place > 0)
            opened = False
        if element.find(f"{qualified('w:pPr')}/{qualified('w:sectPr')}") is not None:
            place, opened = place + 1, True


def _through(units: Iterable[Unit], last: etree._Element | None) -> Iterator[Unit]:
    """The units up to that of an element and those it is kept with; all of them where none is named."""
    passed = False
    for unit in units:
        yield unit
        passed = passed or unit.element is last
        if passed and not unit.keep_next:
            return


def _set(unit: Unit, at: End) -> tuple[tuple[int, ...], End]:
    """The lines of a unit (from 0) that begin a page, and where it ends."""
    page, used, noted = at.page, at.used + unit.before, at.noted
    turned = []
    for number, height in enumerate(unit.heights):
        asked = sum(tall for line, tall in unit.notes if line == number)
        own = asked + (_NOTE_RULE if asked and not noted else 0)
        if used + height + noted + own > unit.room + _ROUNDING and used > unit.repeated:
            page, used, noted = page + 1, unit.repeated, 0.0
            own = asked + (_NOTE_RULE if asked else 0)
            turned.append(number)
        used, noted = used + height, noted + own
    return tuple(turned), End(page, used + unit.after, noted)


def kept_height(units: Sequence[Unit], place: int) -> float:
    """Height that must find room together: a unit, those it is kept with, and what must stand after them: one line."""
    total = units[place].before
    for unit in units[place:]:
        if not unit.keep_next:
            asked = sum(unit.heights) if unit.keep_lines else sum(unit.heights[:1])
            return total + (unit.before if unit is not units[place] else 0) + asked
        total += sum(unit.heights) + unit.after + (unit.before if unit is not units[place] else 0)
        if unit.new_page and unit is not units[place]:
            return total
    return total


def _is_role(profile: Profile, name: str) -> bool:
    return isinstance(getattr(profile.styles, name, None), Style)


class _Measure:
    """Heights by the styles of one profile."""

    def __init__(self, profile: Profile, styles: Mapping[str, Style], notes: Sequence[str]) -> None:
        self.profile, self.styles = profile, styles
        self.room = text_area(profile)[0]
        self.notes: list[float] = []
        self.notes += [sum(self.paragraph(parse(note), self.room).heights) for note in notes]

    def units(self, element: etree._Element, room: float) -> Iterator[Unit]:
        """A paragraph as one unit, a table as one for each row."""
        if element.tag == qualified("w:p"):
            yield self.paragraph(element, room)
        elif (
            element.tag == qualified("w:tbl")
            and element.find(f".//{qualified('w:tblpPr')}") is None
        ):
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
        extents = [
            int(item.get("cy", 0)) / _EMU_PER_TWIP for item in element.iter(qualified("wp:extent"))
        ]
        starts: list[int] = []
        if extents and not style.line_twips:
            heights: tuple[float, ...] = (max(extents) + style.size_pt * 20 * 0.25,)
        else:
            words = _text(element.iter(qualified("w:r")))
            starts = line_starts(words, style, room - left - right, first)
            heights = (height,) * len(starts)
        keep = _child(marks, "keepNext")
        return Unit(
            element, heights, _number(spacing, "before", style.before_twips), _number(spacing, "after", style.after_twips),
            keep_next=_on(keep) if keep is not None else style.keep_next,
            keep_lines=_on(_child(marks, "keepLines")),
            new_page=_on(_child(marks, "pageBreakBefore")),
            notes=tuple(self._noted(element, style, room - left - right, first)),
            starts=tuple(starts),
        )  # fmt: skip

    def _noted(
        self, element: etree._Element, style: Style, room: float, first: float
    ) -> Iterator[tuple[int, float]]:
        """The line of each footnote mark, and the height of its note."""
        before: list[etree._Element] = []
        for run in element.iter(qualified("w:r")):
            mark = run.find(qualified("w:footnoteReference"))
            if mark is not None:
                yield (
                    lines(_text(before), style, room, first) - 1,
                    self.notes[int(_value(mark, "id")) - 1],
                )
            before.append(run)

    @staticmethod
    def _indents(ind: etree._Element | None, style: Style) -> tuple[float, float, float]:
        char = style.char_twips
        left, right = (
            _number(ind, "left", style.left_chars * char),
            _number(ind, "right", style.right_chars * char),
        )
        hanging = _number(ind, "hanging", 0)
        return (
            left,
            right,
            -hanging if hanging else _number(ind, "firstLine", style.first_line_chars * char),
        )

    def table(self, element: etree._Element) -> Iterator[Unit]:
        """Rows; the head rows are repeated at the top of each page that follows."""
        margin = twips(self.profile.tables.top_margin_mm) * 2 + self.profile.tables.border_pt * 20
        side = twips(self.profile.tables.side_margin_mm) * 2
        head = 0.0
        for row in element.findall(qualified("w:tr")):
            cells = [self._cell(cell, side) for cell in row.findall(qualified("w:tc"))]
            tall = max(map(_depth, cells), default=0)
            units = list(chain.from_iterable(cells))
            keep = any(unit.keep_next for unit in units)
            called = chain.from_iterable(unit.notes for unit in units)
            notes = tuple((0, height) for _, height in called)
            new_page = any(unit.new_page for unit in units)
            is_head = row.find(f"{qualified('w:trPr')}/{qualified('w:tblHeader')}") is not None
            yield Unit(
                row, (tall + margin,), keep_next=keep or is_head, new_page=new_page, repeated=0 if is_head else head,
                notes=notes,
            )  # fmt: skip
            head += tall + margin if is_head else 0

    def _cell(self, cell: etree._Element, side: float) -> list[Unit]:
        wide = (
            _number(cell.find(f"{qualified('w:tcPr')}/{qualified('w:tcW')}"), "w", self.room) - side
        )
        return [self.paragraph(paragraph, wide) for paragraph in cell.findall(qualified("w:p"))]


def _depth(cell: Sequence[Unit]) -> float:
    """How far down the paragraphs of a cell reach."""
    return sum(unit.before + sum(unit.heights) + unit.after for unit in cell)


def _child(parent: etree._Element | None, name: str) -> etree._Element | None:
    return None if parent is None else parent.find(qualified(f"w:{name}"))


def _value(element: etree._Element | None, name: str) -> str:
    return "" if element is None else element.get(qualified(f"w:{name}"), "")


def _number(element: etree._Element | None, name: str, default: float) -> float:
    value = _value(element, name)
    return float(value) if value else default


def _on(element: etree._Element | None) -> bool:
    return element is not None and _value(element, "val") not in ("0", "false")


def _text(runs: Iterable[etree._Element]) -> str:
    """The printed words of runs; a line break counts, a tab is taken for a character."""
    parts = {qualified("w:br"): "\n", qualified("w:tab"): "　"}
    wanted = {qualified("w:t"), *parts}
    printed = (element for element in chain.from_iterable(runs) if element.tag in wanted)
    return "".join(parts.get(str(element.tag), element.text or "") for element in printed)

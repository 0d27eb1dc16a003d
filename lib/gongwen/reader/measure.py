"""Any .docx -> what Word will apply to each paragraph and run.

Pages, fonts, sizes, spacing, indents, fields, tables.

Read only: nothing in the file is run or followed, no entity is expanded, and a part beyond all
measure is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import Any

from lxml import etree

from gongwen.errors import UnreadableFile
from gongwen.reader import stories
from gongwen.reader.formatting import CellPosition, Measured, MeasuredParagraph, Run, Settings
from gongwen.reader.numbering import ListCounter
from gongwen.reader.paragraphs import CellLocation, Spot, Walk
from gongwen.reader.parts import Package, W
from gongwen.reader.sections import number, sections, table
from gongwen.reader.style_resolver import Inheritance, Marks, Signature, on, signature

__all__ = ["Measured", "MeasuredParagraph", "Run", "measure"]

_MOST_PARAGRAPHS = 300_000
_EMU_PER_TWIP = 635
_SHORT = 8  # characters of a run that comes again in other cells
_TEXT_LEVEL = 9  # an outline level that is none
_SHARED_BYTES, _SHARED_FILES = 1_000_000, 4
_MOST_LOOKS = 20_000  # that are remembered for files of the same styles


def measure(content: bytes, name: str = "文件") -> Measured:
    """The file as it will look.

    Raises UnreadableFile in plain words for anything that is no Word file.
    """
    package = Package(content, name)
    reader = Reader(package)
    body, walk = stories.body(package), Walk()
    paragraphs: list[MeasuredParagraph] = []
    ends: list[etree._Element] = []  # of the sections
    tables_in: dict[int, int] = {}
    for spot in walk.spots(body):
        if len(paragraphs) >= _MOST_PARAGRAPHS:
            raise UnreadableFile(name, "段落多得不合常理，不予打开", "请确认文件来源。")
        paragraphs.append(reader.paragraph(spot, len(ends), "文本框" if spot.box else "正文"))
        if spot.cell:
            tables_in.setdefault(spot.cell.table, len(ends))
        end = spot.element.find(f"{W}pPr/{W}sectPr")
        if end is not None:
            ends.append(end)
    last = body.find(f"{W}sectPr")
    ends += [last] if last is not None else []
    for kind, story in stories.NOTES:
        paragraphs += [
            reader.paragraph(spot, 0, story) for spot in stories.notes(package.related(kind))
        ]
    return Measured(
        paragraphs=tuple(paragraphs),
        sections=tuple(sections(package, reader, ends)),
        tables=tuple(
            table(each, tables_in.get(place, 0)) for place, each in enumerate(walk.tables)
        ),
        settings=_settings(package, body),
    )


class Reader:
    """The styles and lists of one file, turning what stands in it into what Word will apply.

    Most paragraphs and runs of a document are set alike: what one set of properties comes to is
    worked out once.
    """

    def __init__(self, package: Package) -> None:
        numbering = package.target("numbering")
        self.numbering = ListCounter(package.xml(numbering))
        self._looks = (
            _Looks(Inheritance(package.related("styles"), package.related("theme"), self.numbering))
            if package.has(numbering)
            else _looks_of(package)
        )
        self.inheritance = self._looks.inheritance
        self._table_styles: dict[int, str] = {}  # by the number of the table

    def paragraph(self, spot: Spot, section_number: int, story: str) -> MeasuredParagraph:
        """One paragraph; lists count on, so paragraphs are to be asked for in order."""
        own = next(spot.element.iterchildren(_SET), None)
        styled = self._table_style(spot.cell)
        key = (styled, signature(own))
        known = self._looks.paragraphs
        found = known[key] if key in known else self._worked_out(own, styled)
        if len(known) < _MOST_LOOKS:
            known[key] = found
        runs = tuple(
            self._run(piece.element, piece.text, found.style, styled) for piece in spot.pieces
        )
        inline = list(chain.from_iterable(each.iter(_INLINE) for each in spot.pictures))
        cell = spot.cell
        return MeasuredParagraph(
            text="".join(run.text for run in runs),
            in_table=cell is not None,
            section=section_number,
            runs=runs,
            fields=tuple(code.strip() for code in spot.fields),
            label=self.numbering.label(*found.listed) if found.listed else "",
            cell=CellPosition(cell.table, cell.row, cell.column, cell.span) if cell else None,
            story=story,
            page_breaks=spot.page_breaks,
            pictures=len(inline),
            formulas=tuple(stories.formula_text(formula) for formula in spot.formulas),
            tallest_twips=max((_tall(each) for each in inline), default=0.0),
            **found.looks,
        )

    def _worked_out(self, own: etree._Element | None, styled: str) -> _Set:
        marks = self.inheritance.paragraph(own, styled)
        style = marks.get("pStyle", {}).get("val", "")
        numbers = marks.get("numPr", {})
        number_id = numbers.get("numId.val", "0")
        listed = (number_id, self.inheritance.depth(numbers, style)) if number_id != "0" else None
        return _Set(
            style,
            listed,
            {"style": self.inheritance.name(style), "direct": _names(own), **_set(marks)},
        )

    def _run(self, element: etree._Element, text: str, style: str, styled: str) -> Run:
        own = next(element.iterchildren(_LOOK), None)
        key = (style, styled, signature(own))
        known, runs = self._looks.runs, self._looks.short
        if (text, key) in runs:
            return runs[text, key]
        look = known.get(key) or {
            **_look(self.inheritance.run(style, own, styled)),
            "direct": _names(own),
        }
        if len(known) < _MOST_LOOKS:
            known[key] = look
        run = Run(text=text, **look)
        if len(text) <= _SHORT and len(runs) < _MOST_LOOKS:
            runs[text, key] = run
        return run

    def _table_style(self, cell: CellLocation | None) -> str:
        """The style of the table a cell stands in; empty where it names none."""
        if cell is None:
            return ""
        if cell.table not in self._table_styles:
            style = cell.element.find(f"{W}tblPr/{W}tblStyle")
            self._table_styles[cell.table] = "" if style is None else style.get(f"{W}val", "")
        return self._table_styles[cell.table]


class _Looks:
    """What the styles of a file, and all sets of properties met so far, come to."""

    def __init__(self, inheritance: Inheritance) -> None:
        self.inheritance = inheritance
        self.paragraphs: dict[tuple[str, Signature], _Set] = {}
        self.runs: dict[tuple[str, str, Signature], dict[str, Any]] = {}
        self.short: dict[tuple[str, tuple[str, str, Signature]], Run] = {}


_LOOKS: dict[tuple[bytes, ...], _Looks] = {}  # by the bytes of styles and theme


def _looks_of(package: Package) -> _Looks:
    """The looks of a file without lists; worked out once for all files that have the same styles.

    Those of a batch have: reading the styles takes a tenth of checking a report.
    """
    parts = [package.read(package.target(kind)) or b"" for kind in ("styles", "theme")]
    if sum(map(len, parts)) > _SHARED_BYTES:
        return _Looks(Inheritance(package.related("styles"), package.related("theme")))
    key = tuple(parts)
    if key not in _LOOKS:
        if len(_LOOKS) >= _SHARED_FILES:
            _LOOKS.clear()
        _LOOKS[key] = _Looks(Inheritance(package.related("styles"), package.related("theme")))
    return _LOOKS[key]


@dataclass(frozen=True, slots=True)
class _Set:
    """What one set of paragraph properties comes to.

    The style, the list and level, and all fields of the look.
    """

    style: str
    listed: tuple[str, int] | None
    looks: dict[str, Any]


def _set(marks: Marks) -> dict[str, Any]:
    spacing, ind = marks.get("spacing", {}), marks.get("ind", {})
    level = number(marks.get("outlineLvl", {}), "val", _TEXT_LEVEL)
    align = _value(marks, "jc", "left")
    return {
        "align": _ALIGNED.get(align, align),
        "line_twips": number(spacing, "line", 240),
        "line_rule": spacing.get("lineRule", "auto"),
        "before_twips": number(spacing, "before"),
        "after_twips": number(spacing, "after"),
        "left_twips": number(ind, "left"),
        "right_twips": number(ind, "right"),
        "first_line_twips": -number(ind, "hanging")
        if "hanging" in ind
        else number(ind, "firstLine"),
        "first_line_chars": _first_chars(ind),
        "outline": int(level) + 1 if 0 <= level < _TEXT_LEVEL else 0,
        "keep_next": on(marks, "keepNext"),
        "left_chars": _chars(ind, "leftChars"),
        "right_chars": _chars(ind, "rightChars"),
        "page_break_before": on(marks, "pageBreakBefore"),
        "borders": _borders(marks.get("pBdr", {})),
        "snap_to_grid": on(marks, "snapToGrid") or "snapToGrid" not in marks,
    }


def _look(marks: Marks) -> dict[str, Any]:
    fonts = marks.get("rFonts", {})
    return {
        "east_asian": fonts.get("eastAsia", ""),
        "latin": fonts.get("ascii", ""),
        "size_pt": number(marks.get("sz", {}), "val", 20) / 2,
        "bold": on(marks, "b"),
        "italic": on(marks, "i"),
        "color": _value(marks, "color", "auto"),
        "spacing_twips": number(marks.get("spacing", {}), "val"),
        "position": _value(marks, "vertAlign", "baseline"),
        "hint": fonts.get("hint", ""),
        "highlight": _value(marks, "highlight", ""),
        "underline": _value(marks, "u", ""),
        "theme": fonts.get("eastAsia.theme", ""),
        "beaten": fonts.get("eastAsia.beaten", ""),
    }


_SET = f"{W}pPr"
_LOOK = f"{W}rPr"
_INLINE = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}inline"
# Strict names of the same alignments
_ALIGNED = {"start": "left", "end": "right"}


def _tall(inline: etree._Element) -> float:
    """The height of a picture in its line, in twips."""
    extent = inline.find(f"{_INLINE.removesuffix('inline')}extent")
    return 0.0 if extent is None else number({"cy": extent.get("cy", "")}, "cy") / _EMU_PER_TWIP


def _first_chars(ind: dict[str, str]) -> float | None:
    hanging = _chars(ind, "hangingChars")
    return -hanging if hanging is not None else _chars(ind, "firstLineChars")


def _chars(ind: dict[str, str], name: str) -> float | None:
    return number(ind, name) / 100 if name in ind else None


def _borders(marks: dict[str, str]) -> tuple[tuple[str, str, str], ...]:
    lines = {key.partition(".")[0]: line for key, line in marks.items() if key.endswith(".val")}
    return tuple(
        (side, line, marks.get(f"{side}.color", "auto"))
        for side, line in lines.items()
        if line not in ("nil", "none")
    )


def _names(own: etree._Element | None) -> frozenset[str]:
    """Names of the properties given by hand.

    Revision marks and the paragraph mark's own look are none.
    """
    if own is None:
        return frozenset()
    return frozenset(str(each.tag).rpartition("}")[2] for each in own) - _NO_LOOK


_NO_LOOK = frozenset(
    {"rPr", "pPrChange", "rPrChange", "sectPr", "pStyle", "rStyle", "lang", "ins", "del"}
)


def _settings(package: Package, body: etree._Element) -> Settings:
    part = package.related("settings")

    def holds(name: str) -> bool:
        element = None if part is None else part.find(f"{W}{name}")
        return element is not None and element.get(f"{W}val", "1") not in ("0", "false", "off")

    tracked = next(body.iter(f"{W}ins", f"{W}del", f"{W}moveFrom"), None) is not None
    pages = package.property("Pages")
    counted = int(pages) if pages.isascii() and pages.isdigit() and len(pages) < 6 else 0  # noqa: PLR2004
    return Settings(
        even_and_odd=holds("evenAndOddHeaders"),
        mirrored=holds("mirrorMargins"),
        pages=counted or None,
        tracked=tracked,
    )


def _value(marks: Marks, name: str, default: str) -> str:
    return marks.get(name, {}).get("val", default)

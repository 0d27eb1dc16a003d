"""A story of a Word file -> its paragraphs in reading order, each with the runs that will be printed.

One walk serves measuring, comments and repairs, so that all three mean the same by "paragraph 12,
characters 3–5": insertions are in, deletions are out, of two branches of AlternateContent the first
that says anything counts, the paragraphs of a text box follow the one it hangs on, the code of a
field is not text and its result is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from gongwen.reader.parts import W

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
STAND_IN = "\N{OBJECT REPLACEMENT CHARACTER}"  # a formula or a symbol of a private font
_P, _R, _T, _TBL, _SDT = (f"{W}{name}" for name in ("p", "r", "t", "tbl", "sdt"))
_ROW, _COLUMN, _STRUCK = f"{W}tr", f"{W}tc", f"{W}trPr/{W}del"
_SPAN = f"{W}tcPr/{W}gridSpan"
_LOOK, _VANISH = f"{W}rPr", f"{W}vanish"
_BOX, _CHOICE, _FALLBACK = f"{W}txbxContent", f"{_MC}Choice", f"{_MC}Fallback"
_ALTERNATE, _MATH = f"{_MC}AlternateContent", frozenset({f"{_M}oMath", f"{_M}oMathPara"})
# what only wraps: paragraphs, rows or runs inside it are as if it were not there; w:del and
# w:moveFrom are not among them
_WRAPS = frozenset(
    f"{W}{name}"
    for name in ("ins", "moveTo", "hyperlink", "smartTag", "customXml", "sdtContent", "dir", "bdo")
)
_DRAWN = frozenset({f"{W}drawing", f"{W}pict", f"{W}object"})
_SIGNS = {
    f"{W}br": "\n", f"{W}cr": "\n", f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}noBreakHyphen": "-",
}  # fmt: skip
_PRIVATE = 0xF000


@dataclass(slots=True)
class Piece:
    """One run that is printed: its element, and each child that prints with what it prints."""

    element: etree._Element
    atoms: list[tuple[etree._Element, str]] = field(default_factory=list)
    computed: bool = False  # the result of a field: Word writes it anew

    @property
    def text(self) -> str:
        """What the run prints."""
        return "".join(text for _, text in self.atoms)


@dataclass(frozen=True, slots=True)
class CellLocation:
    """A place in a table: which table of the file, row and column from 0, and the table it stands in."""

    table: int
    row: int
    column: int
    span: int
    element: etree._Element


@dataclass(slots=True)
class Spot:
    """One paragraph where it stands."""

    element: etree._Element
    cell: CellLocation | None
    box: bool
    pieces: list[Piece] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)
    pictures: list[etree._Element] = field(default_factory=list)
    page_breaks: int = 0
    boxes: list[etree._Element] = field(default_factory=list)
    formulas: list[etree._Element] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What the paragraph prints, numbering apart."""
        return "".join(piece.text for piece in self.pieces)


class Walk:
    """One walk through one story (body, footnote, header …); fields may go on over paragraphs.

    Use it once.
    """

    def __init__(self) -> None:
        self.tables: list[etree._Element] = []
        self._fields: list[bool] = []  # of the open fields: is its result being shown?

    def spots(
        self, story: etree._Element, cell: CellLocation | None = None, *, box: bool = False
    ) -> Iterator[Spot]:
        """The paragraphs below an element in reading order."""
        for child in story:
            name = child.tag
            if name == _P:
                spot = Spot(child, cell, box)
                self._runs(child, spot)
                self._fields = [True] * len(
                    self._fields
                )  # code that is never ended would hide all that follows
                yield spot
                for content in spot.boxes:
                    yield from self.spots(content, cell, box=True)
            elif name == _TBL:
                yield from self._table(child, box=box)
            elif name == _SDT or name in _WRAPS:
                yield from self.spots(child, cell, box=box)
            elif name == _ALTERNATE:
                yield from self.spots(_branch(child), cell, box=box)

    def _table(self, table: etree._Element, *, box: bool) -> Iterator[Spot]:
        number = len(self.tables)
        self.tables.append(table)
        for row, each in enumerate(_unwrapped(table, _ROW)):
            column = 0
            for cell in _unwrapped(each, _COLUMN):
                span = cell.find(_SPAN)
                wide = max(1, whole(span.get(f"{W}val", ""), 1)) if span is not None else 1
                yield from self.spots(cell, CellLocation(number, row, column, wide, table), box=box)
                column += wide

    def _runs(self, parent: etree._Element, spot: Spot) -> None:
        for child in parent:
            name = child.tag
            if name == _R:
                self._run(child, spot)
            elif name == f"{W}fldSimple":
                spot.fields.append(child.get(f"{W}instr", "").strip())
                self._fields.append(True)
                self._runs(child, spot)
                self._fields.pop()
            elif name in _WRAPS or name == _SDT:
                self._runs(child, spot)
            elif name == _ALTERNATE:
                self._runs(_branch(child), spot)
            elif name in _MATH:
                spot.pieces.append(Piece(child, [(child, STAND_IN)]))
                spot.formulas.append(child)

    def _run(self, run: etree._Element, spot: Spot) -> None:
        piece = Piece(run, computed=bool(self._fields))
        shown = True
        for child in run:
            if child.tag == _LOOK:
                hidden = next(child.iterchildren(_VANISH), None)
                shown = hidden is None or hidden.get(f"{W}val", "1") in ("0", "false", "off")
            else:
                self._child(child, piece, spot, shown=shown)
        if piece.atoms:
            spot.pieces.append(piece)

    def _child(self, child: etree._Element, piece: Piece, spot: Spot, *, shown: bool) -> None:
        name = child.tag
        if name == _T:
            if shown and child.text and all(self._fields):
                piece.atoms.append((child, child.text))
        elif name == f"{W}fldChar":
            self._field(child.get(f"{W}fldCharType", ""), spot)
        elif name == f"{W}instrText":
            spot.fields[-1:] = [(spot.fields[-1] if spot.fields else "") + (child.text or "")]
        elif name in _DRAWN:
            _drawn(child, spot)
        elif name == _ALTERNATE:
            _drawn(_branch(child), spot)
        elif name == f"{W}br" and child.get(f"{W}type") in ("page", "column"):
            spot.page_breaks += 1
        elif shown and all(self._fields):
            self._printed(child, piece, spot)

    def _printed(self, child: etree._Element, piece: Piece, spot: Spot) -> None:
        name = child.tag
        if name in _SIGNS:
            piece.atoms.append((child, _SIGNS[str(name)]))
        elif name == f"{W}sym":
            piece.atoms.append((child, _symbol(child.get(f"{W}char", ""))))
        elif name == f"{W}ruby":
            for base in child.findall(f"{W}rubyBase"):
                self._runs(base, spot)

    def _field(self, kind: str, spot: Spot) -> None:
        if kind == "begin":
            self._fields.append(False)
            spot.fields.append("")
        elif kind == "separate" and self._fields:
            self._fields[-1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()


def _drawn(element: etree._Element, spot: Spot) -> None:
    """Text boxes of a drawing, or else the drawing itself as a picture."""
    boxes = list(_boxes(element))
    spot.boxes += boxes
    if not boxes:
        spot.pictures.append(element)


def _boxes(element: etree._Element) -> Iterator[etree._Element]:
    """The outermost text boxes below an element, those of one branch where there are two."""
    for child in element:
        if child.tag == _BOX:
            yield child
        elif child.tag == _ALTERNATE:
            yield from _boxes(_branch(child))
        elif isinstance(child.tag, str):
            yield from _boxes(child)


def _branch(alternate: etree._Element) -> etree._Element:
    """The first choice that holds anything, else the fallback; one of them is shown, never both."""
    for name in (_CHOICE, _FALLBACK):
        for branch in alternate.findall(name):
            if len(branch):
                return branch
    return etree.Element("none")


def _unwrapped(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """Rows of a table or cells of a row, those inside content controls too, those struck out not."""
    for child in parent:
        if child.tag == name:
            if name != _ROW or child.find(_STRUCK) is None:
                yield child
        elif child.tag == _SDT or child.tag in _WRAPS:
            yield from _unwrapped(child, name)


def _symbol(code: str) -> str:
    try:
        number = int(code, 16)
    except ValueError:
        return STAND_IN
    return chr(number) if 0x20 <= number < 0xD800 else STAND_IN  # noqa: PLR2004


def whole(text: str, default: int) -> int:
    """A whole number of sane size; the default for what is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 6 else default  # noqa: PLR2004

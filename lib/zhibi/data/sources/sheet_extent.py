"""A sheet's XML -> the cell so far out that the sheet must not be laid out, if there is one.

The reader of cells lays out the whole rectangle up to the last one, and what it cannot allocate
ends the process. So every address is known before it is asked to. Almost all sheets write addresses
in one way, which a pattern proves; any other is read by a real parser, in whatever way it is
written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.parsers import expat

from zhibi.data.sources.grid import letters, split_address

MOST_COLUMNS = 300
MOST_ROWS = 1_048_576  # of Excel
MOST_CELLS = 20_000_000  # of the rectangle that is laid out
STRAY_ROWS = 20_000  # a few cells further down than this are a slip of the hand, not data

# anything but <c r="AB123" …>; another encoding, a comment or a section of text could hide one
_UNUSUAL = re.compile(
    rb'<c(?! r="[A-Z]{1,2}[1-9][0-9]{0,5}"[ />])[\s/>]|:c[\s/>]|<!|\x00'
    rb'|<row\s[^>]*\br\s*=(?!"[1-9][0-9]{0,6}")'
)
_CONTENT_CELL = rb'<c r="(%s)"(?:[^>]*[^/>])?>'
_FIVE_DIGITS = 10_000  # rows before this one are never too far out
_MOST_DIGITS = 6  # of a row's number that the pattern proves
_TAIL = 100_000  # bytes at the end of a sheet, where its last rows stand
_MOST_STEPS = 50  # after so many later rows found one after another they are in no usual order
_ROW = re.compile(rb'<c r="([A-Z]{1,2}[0-9]{5,6})"(?:[^>]*[^/>])?>')
_ROW = re.compile(rb"<row[\s/>]")
_ADDRESS = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_CONTENT = frozenset({"v", "is", "f"})
_SHOWN = 12


class NoSuchAddress(ValueError):
    """A cell says that it stands where no cell can stand."""


@dataclass(slots=True)
class Extent:
    """The last row and column with anything in them, and how many rows are written."""

    row: int = 0
    column: int = 0  # from 1
    rows_written: int = 0
    last: str = ""  # the address of a cell in the last row

    @property
    def stray(self) -> str:
        """The column or cell that lies too far out, or an empty string."""
        if self.column > MOST_COLUMNS + 1:
            return f"{letters(self.column - 1)}列"
        too_far = self.row > self.rows_written * 10 + STRAY_ROWS
        too_much = self.row * self.column > MOST_CELLS
        return self.last if too_far or too_much else ""


def extent_of(xml: bytes) -> Extent:
    """How far the cells of a sheet reach.

    Raises NoSuchAddress, or ValueError for XML that is none.
    """
    return _parsed(xml) if _UNUSUAL.search(xml) else _matched(xml)


def _matched(xml: bytes) -> Extent:
    column = _last_column(xml)
    row = _last_row(xml)
    last = ""
    if row:
        of_row = re.compile(_CONTENT_CELL % (b"[A-Z]{1,2}%d" % row))
        last = max(cell[1] for cell in of_row.finditer(xml)).decode()
    return Extent(row, column, sum(1 for _ in _ROW.finditer(xml)), last)


def _last_column(xml: bytes) -> int:
    """From 1; of one letter's columns only that they are no more than 26."""
    column, start = 26, 0
    while match := _cell(_later_columns(column), b"[0-9]+").search(xml, start):
        column, start = split_address(match[1].decode())[1] + 1, match.end()
    return column


def _last_row(xml: bytes) -> int:
    """The last row of five digits or more; 0 without one.

    Rows stand in order almost always: after the last one only a search for a later one is left.
    """
    row = start = 0
    tail = _cell(b"[A-Z]{1,2}", _later_rows(_FIVE_DIGITS - 1))
    for match in tail.finditer(xml, max(0, len(xml) - _TAIL)):
        row = max(row, split_address(match[1].decode())[0])
    for _ in range(_MOST_STEPS):
        later = _later_rows(max(row, _FIVE_DIGITS - 1))
        further = _cell(b"[A-Z]{1,2}", later).search(xml, start)
        if not further:
            return row
        row, start = split_address(further[1].decode())[0], further.end()
    rest = (split_address(match[1].decode())[0] for match in tail.finditer(xml, start))
    return max(row, max(rest, default=0))


def _cell(letter: bytes, digits: bytes) -> re.Pattern[bytes]:
    """A cell with content of such a column and row."""
    return re.compile(_CONTENT_CELL % (letter + digits))


def _later_columns(column: int) -> bytes:
    """Two letters that stand for a column after this one, as a pattern."""
    name = letters(column - 1).rjust(2, "@")  # which stands before A
    first, second = name[0], name[1]
    ways = [f"[{chr(ord(first) + 1)}-Z][A-Z]"] if first < "Z" else []
    if second < "Z":
        ways.append(f"{first}[{chr(ord(second) + 1)}-Z]")
    return f"(?:{'|'.join(ways) or '(?!)'})".encode()


def _later_rows(row: int) -> bytes:
    """The digits of a row after this one, of at most six, as a pattern."""
    digits = str(row)
    ways = [f"[1-9][0-9]{{{len(digits)},5}}"] if len(digits) < _MOST_DIGITS else []
    for at, digit in enumerate(digits):
        if digit < "9":
            rest = len(digits) - at - 1
            ways.append(f"{digits[:at]}[{int(digit) + 1}-9][0-9]{{{rest}}}")
    return f"(?:{'|'.join(ways) or '(?!)'})".encode()


def _parsed(xml: bytes) -> Extent:
    reader = _CellReader()
    parser = expat.ParserCreate()
    parser.StartElementHandler = reader.start
    parser.StartDoctypeDeclHandler = reader.refuse
    try:
        parser.Parse(xml, True)  # noqa: FBT003  (of the library)
    except expat.ExpatError as trouble:
        raise ValueError(str(trouble)) from None
    return reader.extent


class _CellReader:
    """Follows the cells of a sheet; one without an address stands after the one before."""

    def __init__(self) -> None:
        self.extent = Extent()
        self._row = self._column = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        kind = name.rpartition(":")[2]
        if kind == "row":
            self.extent.rows_written += 1
            self._row = _row_number(attributes["r"]) if "r" in attributes else self._row + 1
            self._column = 0
        elif kind == "c":
            self._stand_at(attributes.get("r"))
        elif kind in _CONTENT:
            self._stand_out()

    def _stand_out(self) -> None:
        """There is something in the cell."""
        self.extent.column = max(self.extent.column, self._column)
        if self._row >= self.extent.row:
            self.extent.row = self._row
            self.extent.last = f"{letters(max(self._column, 1) - 1)}{self._row}"

    def refuse(self, *_: object) -> None:
        """A document type is declared."""
        raise ValueError("document type")

    def _stand_at(self, address: str | None) -> None:
        if address is None:
            self._column += 1
            return
        match = _ADDRESS.fullmatch(address)
        if not match:
            raise NoSuchAddress(address[:_SHOWN])
        row, column = split_address(address.upper())
        self._row, self._column = _row_number(str(row)), column + 1


def _row_number(text: str) -> int:
    if not (text.isdecimal() and len(text) <= len(str(MOST_ROWS)) and 0 < int(text) <= MOST_ROWS):
        raise NoSuchAddress(text[:_SHOWN])
    return int(text)

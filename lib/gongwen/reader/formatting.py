"""What Word will apply, as frozen values: runs, paragraphs, tables, sections and the whole file.

Lengths in twips unless the name says otherwise; `direct` holds the names of properties a run or
paragraph was given by hand, over and above its style.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one look. Sizes are points, spacing between characters twips."""

    text: str
    east_asian: str
    latin: str
    size_pt: float
    bold: bool
    italic: bool
    color: str
    spacing_twips: float
    position: str  # superscript, subscript or baseline
    hint: str
    highlight: str = ""
    underline: str = ""
    theme: str = (
        ""  # minorEastAsia …: the East Asian font is the theme's, whatever name stands beside it
    )
    beaten: str = ""  # the name that stands beside the theme and does not count
    direct: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class CellPosition:
    """A place in a table: which table of the file, row and column, all from 0."""

    table: int
    row: int
    column: int
    span: int = 1


@dataclass(frozen=True, slots=True)
class MeasuredParagraph:
    """One paragraph as Word sets it.

    Lengths in twips, indents in characters where the file counts so (else None).
    """

    text: str
    style: str
    align: str
    line_twips: float
    line_rule: str
    before_twips: float
    after_twips: float
    left_twips: float
    right_twips: float
    first_line_twips: float  # negative: hanging
    first_line_chars: float | None
    outline: int  # 1–9, 0 for text
    keep_next: bool
    in_table: bool
    section: int
    runs: tuple[Run, ...]
    fields: tuple[str, ...]  # instructions
    label: str = ""  # the automatic number as Word prints it
    left_chars: float | None = None
    right_chars: float | None = None
    cell: CellPosition | None = None
    story: str = "正文"  # or 文本框, 脚注, 尾注
    page_break_before: bool = False
    page_breaks: int = 0  # typed into it
    pictures: int = 0  # set in its lines, not floating beside them
    tallest_twips: float = 0.0  # of those pictures
    borders: tuple[tuple[str, str, str], ...] = ()  # side, line, colour
    snap_to_grid: bool = True
    direct: frozenset[str] = frozenset()
    formulas: tuple[str, ...] = ()  # their words, in the order of their stand-ins in the text

    @property
    def char_twips(self) -> float:
        """The advance of one full-width character of its first run."""
        return self.runs[0].size_pt * 20 + self.runs[0].spacing_twips if self.runs else 0.0

    @property
    def first_line_in_chars(self) -> float | None:
        """The first-line indent counted in its own characters.

        Nothing for a paragraph without words.
        """
        if self.first_line_chars is not None:
            return self.first_line_chars
        return self.first_line_twips / self.char_twips if self.char_twips > 0 else None


@dataclass(frozen=True, slots=True)
class Margin:
    """A header or footer: where it stands (header, footer), on which pages (default, first, even), and what it says."""

    kind: str
    pages: str
    paragraphs: tuple[MeasuredParagraph, ...]
    framed: bool = (
        False  # its number stands in a frame or text box, so alignment says nothing of its place
    )


@dataclass(frozen=True, slots=True)
class Section:
    """Paper, margins and grid of a section, in millimetres; grid pitch in twips."""

    width_mm: float
    height_mm: float
    top_mm: float
    bottom_mm: float
    left_mm: float
    right_mm: float
    footer_mm: float
    landscape: bool
    header_mm: float = 0.0
    gutter_mm: float = 0.0
    title_page: bool = False  # the first page has a header and footer of its own
    grid: str = ""  # lines, linesAndChars, snapToChars
    line_pitch_twips: float = 0.0
    char_space: float = 0.0
    columns: int = 1
    number_format: str = "decimal"
    starts_at: int | None = None
    kind: str = "nextPage"  # how the section begins
    margins: tuple[Margin, ...] = ()


@dataclass(frozen=True, slots=True)
class MeasuredTable:
    """A table: rows, grid columns, and how many rows are repeated on each page."""

    rows: int
    columns: int
    head_rows: int
    width_twips: float = 0.0  # of its grid
    indent_twips: float = 0.0
    side_twips: float = 0.0  # inner margin on the left
    align: str = "left"
    floating: bool = False
    at_bottom: bool = False  # pinned to the foot of its page
    bordered: bool = True
    nested: bool = False
    autofit: bool = True
    section: int = 0


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for the whole file."""

    even_and_odd: bool = False
    mirrored: bool = False
    pages: int | None = None  # as the program that saved it last counted them
    tracked: bool = False  # there are insertions or deletions nobody has accepted


@dataclass(frozen=True, slots=True)
class Measured:
    """A whole file."""

    paragraphs: tuple[MeasuredParagraph, ...]
    sections: tuple[Section, ...]
    tables: tuple[MeasuredTable, ...]
    settings: Settings = field(default_factory=Settings)

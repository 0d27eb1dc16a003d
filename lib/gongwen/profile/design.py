"""How a page looks, as frozen typed values in named units; nothing here knows a single value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field
from typing import Any, Literal

from gongwen.errors import UnknownName

Strength = Literal["必须", "一般", "惯例"]
Align = Literal["both", "left", "right", "center"]

TWIPS_PER_POINT = 20


def between(low: float, high: float, default: Any = MISSING) -> Any:
    """A dataclass field whose number must lie in low…high."""
    return field(default=default, metadata={"range": (low, high)})


@dataclass(frozen=True, slots=True)
class Rule:
    """Why a value is what it is: clause, how strongly it binds, and who says so."""

    clause: str
    strength: Strength
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Paper and margins."""

    width_mm: float = between(50, 1200)
    height_mm: float = between(50, 1200)
    top_mm: float = between(0, 200)
    bottom_mm: float = between(0, 200)
    left_mm: float = between(0, 200)
    right_mm: float = between(0, 200)

    @property
    def text_width_mm(self) -> float:
        """Width of the text area (版心)."""
        return self.width_mm - self.left_mm - self.right_mm

    @property
    def text_height_mm(self) -> float:
        """Height of the text area (版心)."""
        return self.height_mm - self.top_mm - self.bottom_mm


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """How many lines and characters fill the text area, and the line pitch that makes it so."""

    lines: int = between(1, 200)
    chars: int = between(1, 200)
    line_twips: int = between(100, 4000)
    # 空一行: "line" leaves one line of the grid empty; "gap" leaves one line's height between the
    # characters themselves
    blank_line: Literal["line", "gap"] = "line"
    compress_punctuation: bool = False
    # written into the file as its line grid; LibreOffice then moves the text down by half of what
    # the lines leave
    document_grid: bool = True


@dataclass(frozen=True, slots=True)
class Fonts:
    """A typeface as Word wants it: one font name for each of its four slots."""

    ascii: str
    h_ansi: str
    east_asian: str
    cs: str
    rare: str = (
        ""  # the font for hanzi that one of GB 2312 lacks; empty where `east_asian` has them
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """The look of one role. Indents are counted in characters of this style.

    A line of 0 twips is single spacing.
    """

    name: str
    font: Fonts
    size_pt: float = between(5, 72)
    align: Align
    line_twips: int = between(0, 4000)
    spacing_twips: int = between(-100, 400, 0)
    first_line_chars: float = between(-20, 20, 0)
    left_chars: float = between(0, 40, 0)
    right_chars: float = between(0, 40, 0)
    before_twips: int = between(0, 4000, 0)
    after_twips: int = between(0, 4000, 0)
    bold: bool = False
    keep_next: bool = False
    snap_to_grid: bool = True
    highlight: Literal["", "yellow", "cyan", "green", "lightGray"] = ""
    color: Literal["", "FF0000"] = ""

    @property
    def half_leading_twips(self) -> float:
        """What stays white above and below a full-width character in its line."""
        return (self.line_twips - self.size_pt * TWIPS_PER_POINT) / 2

    @property
    def char_twips(self) -> float:
        """Advance of one full-width character."""
        return self.size_pt * TWIPS_PER_POINT + self.spacing_twips


@dataclass(frozen=True, slots=True, kw_only=True)
class Styles:
    """One style for each role on the page."""

    normal: Style
    title: Style
    byline: Style
    heading1: Style
    heading2: Style
    heading3: Style
    heading4: Style
    body: Style
    quote: Style
    items: Style
    table_head: Style
    table_body: Style
    table_head_small: Style
    table_body_small: Style
    caption: Style
    unit: Style
    note: Style
    figure: Style
    gap: Style
    page_number: Style
    todo: Style
    verbatim: Style
    comment: Style
    footnote: Style
    work: Style
    copy_number: Style
    secrecy: Style
    mark: Style
    doc_number: Style
    red_line: Style
    addressee: Style
    enclosures: Style
    signature: Style
    issued_on: Style
    remark: Style
    attendance: Style
    attachment_label: Style
    attachment_title: Style
    imprint: Style
    contents_title: Style
    contents1: Style
    contents2: Style

    def of(self, role: str) -> Style:
        """The style of a role by its name."""
        style: Style = getattr(self, role)
        return style


@dataclass(frozen=True, slots=True, kw_only=True)
class PageNumber:
    """Where the page number stands: foot of the footer above the paper edge, and which side on odd and even pages."""

    footer_mm: float = between(0, 100)
    indent_chars: float = between(0, 20)
    odd: Align
    even: Align
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbering:
    """Patterns of heading and list numbers by level.

    一 stands for a Chinese numeral, 1 for a digit.
    """

    headings: tuple[str, ...]
    ordered: tuple[str, ...]
    bullets: tuple[str, ...]
    indent_chars: float = between(0, 10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """版头: where the 发文机关标志 stands, how large it may be, and what lies below it.

    Blank lines are body lines.
    """

    mark_top_mm: float = between(0, 200)  # from the top of the text area to the ink of the mark
    mark_largest_pt: float = between(10, 100)
    mark_smallest_pt: float = between(10, 100)
    mark_ink_share: float = between(
        0, 1
    )  # of the size: white between the top of the line and the ink
    mark_ink_height: float = between(0, 2)  # of the size: height of the ink
    number_blank_lines: float = between(0, 10)
    side_indent_chars: float = between(0, 10)
    line_gap_mm: float = between(0, 50)
    line_pt: float = between(0.25, 6)
    title_blank_lines: float = between(0, 10)
    signers_a_line: int = between(1, 4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """信函格式: two double lines wider than the text, the mark counted from the edge of the paper."""

    mark_top_mm: float = between(0, 200)
    line_gap_mm: float = between(0, 50)
    line_width_mm: float = between(10, 300)
    foot_line_mm: float = between(0, 100)
    thick_pt: float = between(0.25, 6)
    thin_pt: float = between(0.25, 6)
    between_pt: float = between(0.25, 6)
    element_gap_mm: float = between(0, 50)


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """After the text: blank lines before an element, and how far 署名 and 成文日期 keep from the right."""

    blank_lines: float = between(0, 10)
    name_indent_chars: float = between(0, 20)
    date_indent_chars: float = between(0, 20)
    sealed_date_indent_chars: float = between(0, 20)
    sealed_blank_lines: float = between(0, 10)
    seal_mm: float = between(10, 80)
    seals_a_row: int = between(1, 6)
    attachment_title_blank_lines: float = between(0, 10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Foot:
    """版记: thickness of its rules and how far its words keep from the sides."""

    above_margin_mm: float = between(
        0, 20, 0
    )  # from the last rule to the margin, where that is not the text area's
    outer_pt: float = between(0.25, 6)
    inner_pt: float = between(0.25, 6)
    indent_chars: float = between(0, 10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """Rules and inner margins of tables."""

    border_pt: float = between(0.25, 6)
    side_margin_mm: float = between(0, 10)
    top_margin_mm: float = between(0, 10)
    caption_gap: str


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class Profile:
    """A whole page design. `base` is the .docx the text is poured into.

    Empty means the one built from this profile.
    """

    name: str
    title: str
    page: Page
    grid: Grid
    styles: Styles
    page_number: PageNumber
    numbering: Numbering
    tables: Tables
    header: Header
    letter: Letter
    closing: Closing
    imprint: Foot
    rules: Mapping[str, Rule]
    fonts: Mapping[str, Fonts]
    base: bytes = b""
    base_styles: bool = False  # the styles of the base file stand, and only those it lacks are made
    ignored: tuple[str, ...] = ()  # codes of rules this house does not hold to (`[profile] ignore`)

    def __repr__(self) -> str:
        return f"Profile({self.name!r})"

    def rule(self, path: str) -> Rule:
        """Why `styles.body.size_pt` (or any other value) is what it is."""
        if path not in self.rules:
            raise UnknownName("版式取值", path, self.rules)
        return self.rules[path]

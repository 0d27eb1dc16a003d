"""A paragraph -> the signs by which its role is told.

Form of its words, alignment, size, typeface, colour, style.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from gongwen.reader.formatting import MeasuredParagraph
from gongwen.reader.roles.typefaces import Face, face_of

Role = Literal[
    "title", "subtitle", "byline", "document_number", "addressee", "heading", "body", "list_item", "quote", "signature", "date",
    "attachment_note", "attachment_label", "attachment_title", "caption", "table_cell", "table_note", "remark",
    "imprint", "masthead", "contents", "reference", "footnote", "textbox", "page_header", "page_footer",
]  # fmt: skip
Certainty = Literal["certain", "likely", "guess"]

_FAR_IN = 6  # characters from the left: no indent of text
LARGE_PT = 18.0  # 小二 and above: no size of running text
_RED = re.compile(r"[C-F][0-9A-F][0-4][0-9A-F][0-4][0-9A-F]\Z", re.IGNORECASE)
_DIGITS = "〇○零一二三四五六七八九十"
DATE = re.compile(
    rf"[（(]?\s*(?:(?:19|20)\d\d|[{_DIGITS}]{{4}})\s*年\s*[\d{_DIGITS}]{{1,3}}\s*月(?:\s*[\d{_DIGITS}]{{1,3}}\s*[日号])?\s*[)）]?\Z"
)
ENDED = re.compile(r"[。！？；…，：,;!?.][”’）》」』\"')]*\Z")
SENTENCE = re.compile(r"[。！？；]")
LADDER = (
    re.compile(r"(?:[一二三四五六七八九十百]{1,4}\s?[、.．,，]|第[一二三四五六七八九十百]{1,4}[章篇部])(?![”’）])"),
    re.compile(r"[（(]\s*[一二三四五六七八九十百]{1,4}\s*[)）]|第[一二三四五六七八九十百]{1,4}节"),
    re.compile(r"\d{1,2}\s?(?:[.．](?!\d)|、)"),
    re.compile(r"[（(]\s*\d{1,2}\s*[)）]"),
)  # fmt: skip
_HEADING_STYLE = re.compile(r"(?:heading|标题)\s*([1-9])\b", re.IGNORECASE)


class Line(Protocol):
    """A paragraph to be recognised.

    `measured` is known for Word files only, `cell` for words in a table.
    """

    @property
    def text(self) -> str:
        """Its words."""
        ...

    @property
    def label(self) -> str:
        """Its automatic number."""
        ...

    @property
    def cell(self) -> object | None:
        """Where it stands in a table."""
        ...

    @property
    def measured(self) -> MeasuredParagraph | None:
        """How it looks."""
        ...

    @property
    def role(self) -> Role:
        """What the file's own markup says it is; body where it says nothing."""
        ...

    @property
    def level(self) -> int:
        """The level that the markup says."""
        ...


@dataclass(slots=True)
class Sign:
    """What one paragraph shows. `role` is empty until a pass has settled it."""

    para: Line
    text: str  # without white space at its ends
    full: str  # with its automatic number
    style: str
    align: str
    size_pt: float
    face: Face
    bold: bool
    red: bool
    outline: int
    indent: float  # from the left, in characters, of the first line
    role: Role | None = None
    level: int = 0
    reason: str = ""
    certainty: Certainty = "certain"

    def settle(self, role: Role, reason: str, certainty: Certainty = "certain") -> None:
        """The paragraph is this, for that reason."""
        self.role, self.reason, self.certainty = role, reason, certainty

    @property
    def centred(self) -> bool:
        """True if it stands in the middle of its line."""
        return self.align in ("center", "distribute")

    @property
    def far_in(self) -> bool:
        """True if blanks or an indent push it to where no text begins, as typists centre and right-align."""
        typed = len(self.para.text) - len(self.para.text.lstrip())
        return max(self.indent, typed) > _FAR_IN

    @property
    def ended(self) -> bool:
        """True if its words close with a mark, as sentences do and titles do not."""
        return bool(ENDED.search(self.text))

    @property
    def ladder(self) -> int:
        """The level its number stands for: 1 一、 2 （一） 3 1. 4 （1）; 0 for none."""
        return next((level for level, form in enumerate(LADDER, 1) if form.match(self.full)), 0)


@dataclass(slots=True)
class Sheet:
    """All paragraphs with their signs, and what running text looks like here."""

    signs: list[Sign]
    body_size: float
    body_face: Face
    measured: bool  # the look is known, not only the words

    def open(self, first: int = 0, last: int | None = None) -> Iterator[tuple[int, Sign]]:
        """Places whose role is not settled and that hold words."""
        for place in range(first, len(self.signs) if last is None else last):
            sign = self.signs[place]
            if sign.role is None and sign.text:
                yield place, sign

    def stands_out(self, sign: Sign) -> bool:
        """True if it looks unlike running text: larger, bold, or in another typeface."""
        another = bool(sign.face and self.body_face and sign.face != self.body_face)
        return sign.bold or another or sign.size_pt > self.body_size + 0.5


def sheet(paras: Sequence[Line]) -> Sheet:
    """The signs of every paragraph.

    Running text is what most characters outside tables look like.
    """
    signs = [_sign(para) for para in paras]
    sizes: Counter[float] = Counter()
    faces: Counter[Face] = Counter()
    texts = [para for para in paras if para.cell is None and para.measured is not None]
    for para in [para for para in texts if SENTENCE.search(para.text)] or texts:
        if para.measured is not None:
            for run in para.measured.runs:
                sizes[run.size_pt] += len(run.text)
                faces[face_of(run.east_asian)] += len(run.text)
    size = sizes.most_common(1)[0][0] if sizes else 0.0
    face = faces.most_common(1)[0][0] if faces else ""
    return Sheet(signs, size, face, measured=any(para.measured is not None for para in paras))


def _sign(para: Line) -> Sign:
    text, seen = para.text.strip(), para.measured
    full = f"{para.label}{text}"
    if seen is None:
        return Sign(para, text, full, "", "", 0, "", bold=False, red=False, outline=0, indent=0,
                    role=None if para.role == "body" else para.role, level=para.level,
                    reason="" if para.role == "body" else "文件里标明的")  # fmt: skip
    inked = [run for run in seen.runs if run.text.strip()]
    runs = inked or seen.runs
    first = runs[0] if runs else None
    char = seen.char_twips or 320
    left = seen.left_chars if seen.left_chars is not None else seen.left_twips / char
    return Sign(
        para, text, full, seen.style.lower(), seen.align,
        max((run.size_pt for run in inked), default=0),
        face_of(first.east_asian) if first else "",
        bold=bool(inked) and all(run.bold for run in inked),
        red=bool(inked) and all(_RED.match(run.color) for run in inked),
        outline=seen.outline or _outline(seen.style),
        indent=left + (seen.first_line_in_chars or 0),
    )  # fmt: skip


def _outline(style: str) -> int:
    match = _HEADING_STYLE.match(style)
    return int(match[1]) if match else 0


def spaced(text: str) -> str:
    """The text without any white space: 目　录 is 目录."""
    return "".join(text.split())

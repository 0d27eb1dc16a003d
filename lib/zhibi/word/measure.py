"""Any .docx -> what Word will apply to each paragraph and run: pages, fonts, sizes, spacing, indents, fields, tables.

Read only: nothing in the file is run or followed, no entity is expanded, and a part beyond all measure is refused.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from zhibi.errors import UnreadableFile
from zhibi.word.effective import Inheritance, Marks, on, runs_of

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LARGEST_PART = 200_000_000
_MM_PER_TWIP = 25.4 / 1440


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


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph as Word sets it; lengths in twips, indents in characters where the file counts so (else None)."""

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


@dataclass(frozen=True, slots=True)
class Section:
    """Paper and margins of a section, in millimetres."""

    width_mm: float
    height_mm: float
    top_mm: float
    bottom_mm: float
    left_mm: float
    right_mm: float
    footer_mm: float
    landscape: bool


@dataclass(frozen=True, slots=True)
class Table:
    """A table: rows, grid columns, and how many rows are repeated on each page."""

    rows: int
    columns: int
    head_rows: int


@dataclass(frozen=True, slots=True)
class Measured:
    """A whole file."""

    paragraphs: tuple[Paragraph, ...]
    sections: tuple[Section, ...]
    tables: tuple[Table, ...]


def measure(content: bytes, name: str = "文件") -> Measured:
    """The file as it will look; raises UnreadableFile in plain words for anything that is no Word file."""
    parts = _parts(content, name)
    root = parts["word/document.xml"]
    body = None if root is None else root.find(f"{_W}body")
    if body is None:
        raise UnreadableFile(name, "不是 Word 文件（没有正文）", "请用 Word 打开后另存为 .docx。")
    themes = (parts["word/theme/theme1.xml"], parts["word/theme.xml"])
    inheritance = Inheritance(parts["word/styles.xml"], next((theme for theme in themes if theme is not None), None))
    paragraphs = tuple(_paragraphs(body, inheritance))
    tables = tuple(_table(table) for table in body.iter(f"{_W}tbl"))
    return Measured(paragraphs, tuple(_section(each) for each in body.iter(f"{_W}sectPr")), tables)


def _parts(content: bytes, name: str) -> dict[str, etree._Element | None]:
    wanted = ("word/document.xml", "word/styles.xml", "word/theme/theme1.xml", "word/theme.xml")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            known = {entry.filename: entry.file_size for entry in package.infolist()}
            if any(known.get(part, 0) > _LARGEST_PART for part in wanted):
                raise UnreadableFile(name, "大得不合常理，不予打开", "请确认文件来源。")
            return {part: _parsed(package.read(part)) if part in known else None for part in wanted}
    except (zipfile.BadZipFile, zipfile.LargeZipFile, RuntimeError, etree.XMLSyntaxError, OSError) as trouble:
        raise UnreadableFile(
            name, "不是 Word 文件（.docx），或已损坏、加密", "请用 Word 打开后另存为 .docx。"
        ) from trouble


def _parsed(xml: bytes) -> etree._Element:
    return etree.fromstring(
        xml, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    )


def _paragraphs(body: etree._Element, inheritance: Inheritance) -> Iterator[Paragraph]:
    section = 0
    for element in body.iter(f"{_W}p"):
        if any(ancestor.tag == f"{_W}txbxContent" for ancestor in element.iterancestors()):
            continue
        yield _paragraph(element, inheritance, section)
        section += element.find(f"{_W}pPr/{_W}sectPr") is not None


def _paragraph(element: etree._Element, inheritance: Inheritance, section: int) -> Paragraph:
    own = element.find(f"{_W}pPr")
    marks = inheritance.paragraph(own)
    spacing, ind = marks.get("spacing", {}), marks.get("ind", {})
    runs = tuple(_run(run, own, inheritance) for run in runs_of(element))
    rule = spacing.get("lineRule", "auto")
    first = -_number(ind, "hanging") if "hanging" in ind else _number(ind, "firstLine")
    chars = -_number(ind, "hangingChars") if "hangingChars" in ind else _number(ind, "firstLineChars")
    counted = any(name in ind for name in ("firstLineChars", "hangingChars"))
    level = marks.get("outlineLvl", {}).get("val", "9")
    return Paragraph(
        text="".join(run.text for run in runs),
        style=inheritance.name(marks.get("pStyle", {}).get("val", "")),
        align=marks.get("jc", {}).get("val", "left"),
        line_twips=_number(spacing, "line", 240),
        line_rule=rule,
        before_twips=_number(spacing, "before"),
        after_twips=_number(spacing, "after"),
        left_twips=_number(ind, "left", _number(ind, "start")),
        right_twips=_number(ind, "right", _number(ind, "end")),
        first_line_twips=first,
        first_line_chars=chars / 100 if counted else None,
        outline=int(level) + 1 if level.isdigit() and int(level) < 9 else 0,  # noqa: PLR2004  # 9 is body text
        keep_next=on(marks, "keepNext"),
        in_table=any(ancestor.tag == f"{_W}tc" for ancestor in element.iterancestors()),
        section=section,
        runs=tuple(run for run in runs if run.text),
        fields=tuple((code.text or "").strip() for code in element.iter(f"{_W}instrText")),
    )


def _run(element: etree._Element, paragraph: etree._Element | None, inheritance: Inheritance) -> Run:
    marks = inheritance.run(paragraph, element.find(f"{_W}rPr"))
    fonts = marks.get("rFonts", {})
    return Run(
        text=_text(element),
        east_asian=fonts.get("eastAsia", ""),
        latin=fonts.get("ascii", ""),
        size_pt=_number(marks.get("sz", {}), "val", 20) / 2,
        bold=on(marks, "b"),
        italic=on(marks, "i"),
        color=_value(marks, "color", "auto"),
        spacing_twips=_number(marks.get("spacing", {}), "val"),
        position=_value(marks, "vertAlign", "baseline"),
        hint=fonts.get("hint", ""),
    )


def _text(run: etree._Element) -> str:
    special = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": "\t", f"{_W}noBreakHyphen": "-"}
    return "".join(special.get(str(child.tag), child.text or "") for child in run
                   if child.tag == f"{_W}t" or child.tag in special)  # fmt: skip


def _section(element: etree._Element) -> Section:
    size, margins = element.find(f"{_W}pgSz"), element.find(f"{_W}pgMar")

    def mm(found: etree._Element | None, name: str) -> float:
        return 0.0 if found is None else _float(found.get(f"{_W}{name}", "0")) * _MM_PER_TWIP

    return Section(
        mm(size, "w"), mm(size, "h"), mm(margins, "top"), mm(margins, "bottom"), mm(margins, "left"),
        mm(margins, "right"), mm(margins, "footer"),
        size is not None and size.get(f"{_W}orient") == "landscape",
    )  # fmt: skip


def _table(element: etree._Element) -> Table:
    rows = element.findall(f"{_W}tr")
    head = sum(row.find(f"{_W}trPr/{_W}tblHeader") is not None for row in rows)
    return Table(len(rows), len(element.findall(f"{_W}tblGrid/{_W}gridCol")), head)


def _value(marks: Marks, name: str, default: str) -> str:
    return marks.get(name, {}).get("val", default)


def _number(attributes: dict[str, str], name: str, default: float = 0) -> float:
    return _float(attributes[name]) if name in attributes else default


def _float(text: str) -> float:
    """A measure of the file; nothing for what is none (12.5cm and other words of newer writers)."""
    try:
        return float(text)
    except ValueError:
        return 0.0

"""A written Word file -> the same as a person would leave it after a few changes in Word.

A paragraph more, a row more in each table, a section less, and a longer title; made with python-docx,
which knows nothing of how the file was written.
"""

from __future__ import annotations

import copy
import io
from collections.abc import Iterator

import docx
from docx.document import Document as WordFile
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

INSERTED = (
    "补充一段：会后由办公室逐项对照清单核实进度，对没有按期完成的，说明原因并重新确定时限；" * 2
)
ROW = "补记"
TITLE = "关于进一步加强和改进新时代全县基层党组织规范化建设工作并做好年度考核准备的情况说明"
_HEADINGS = ("Heading 1", "heading 1")
_TEXT = {
    "Body Text", "List Paragraph", "Caption", "zhibi gap", "zhibi table note", "zhibi table unit", "zhibi figure",
    *(f"{word} {level}" for word in ("Heading", "heading") for level in (2, 3, 4)),
}  # fmt: skip


def edited(content: bytes) -> bytes:
    """The file with all four changes."""
    file = docx.Document(io.BytesIO(content))
    _title(file)
    _section_less(file)
    _paragraph_more(file)
    for table in file.tables:
        if _is_data(table):
            _row_more(table)
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def _title(file: WordFile) -> None:
    """The title retyped: one paragraph, the rest of its lines deleted."""
    titles = [each for each in file.paragraphs if each.style.name == "Title"]
    _retype(titles[0], TITLE)
    for each in _following(titles[0], "Title"):
        _delete(each)


def _following(paragraph: Paragraph, style: str) -> Iterator[Paragraph]:
    """The paragraphs of the same style that stand right below."""
    element = paragraph._p.getnext()
    while element is not None and element.tag.endswith("}p"):
        below = Paragraph(element, paragraph._parent)
        if below.style.name != style:
            return
        element = element.getnext()
        yield below


def _retype(paragraph: Paragraph, words: str) -> None:
    """The words of a paragraph replaced; its first run keeps its look."""
    first, *others = paragraph.runs
    first.text = words
    for run in others:
        run._r.getparent().remove(run._r)


def _delete(paragraph: Paragraph) -> None:
    paragraph._p.getparent().remove(paragraph._p)


def _section_less(file: WordFile) -> None:
    """The second chapter deleted: from its heading to the next one, or to what is no text any more."""
    heads = [each for each in file.paragraphs if each.style.name in _HEADINGS]
    if len(heads) < 2:
        return
    element = heads[1]._p
    while True:
        after = element.getnext()
        element.getparent().remove(element)
        if after is None or _ends_the_chapter(after, heads[1]):
            return
        element = after


def _ends_the_chapter(element, head: Paragraph) -> bool:
    """True for the next heading of the same level, a turned page, and the elements of an official document."""
    if element.tag.endswith("}tbl"):
        return False
    if not element.tag.endswith("}p") or element.find(".//" + qn("w:sectPr")) is not None:
        return True
    style = Paragraph(element, head._parent).style.name
    return style in _HEADINGS or style not in _TEXT


def _paragraph_more(file: WordFile) -> None:
    """Enter at the end of the second paragraph of text, and a few words typed."""
    texts = [each for each in file.paragraphs if each.style.name == "Body Text"]
    above = texts[min(1, len(texts) - 1)]
    added = copy.deepcopy(above._p)
    above._p.addnext(added)
    _retype(Paragraph(added, above._parent), INSERTED)


def _is_data(table: Table) -> bool:
    """A table of the report, not 版记 or what only holds things in place."""
    return table.style is not None and table.style.name == "Table Grid"


def _row_more(table: Table) -> None:
    """The last row copied below itself, as Tab in the last cell does, and filled in."""
    last = table.rows[-1]._tr
    added = copy.deepcopy(last)
    last.addnext(added)
    for cell in table.rows[-1].cells:
        for paragraph in cell.paragraphs:
            if paragraph.runs:
                _retype(paragraph, ROW)

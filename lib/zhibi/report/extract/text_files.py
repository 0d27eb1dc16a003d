"""A .md or .txt file -> the Word file that says the same, and what each of its paragraphs is."""

from __future__ import annotations

import re
from collections import Counter
from itertools import zip_longest

from nbformat.v4 import new_markdown_cell, new_notebook

from gongwen.document import Document, Paragraph, Text
from gongwen.errors import TextChanged
from gongwen.findings import Finding
from gongwen.profile import Profile
from gongwen.reader.measure import measure
from gongwen.reader.roles import Recognised, recognise
from gongwen.writer.write import write
from gongwen_lint.manuscript.manuscript import Manuscript, Para
from gongwen_lint.manuscript.masking import BLANK
from gongwen_lint.manuscript.reading import from_bytes
from gongwen_lint.manuscript.reading.plain import decoded
from zhibi.report.extract.document import read

SUFFIXES = (".md", ".txt")
_NUMBER = re.compile(
    r"(?m)^\s*(?:[一二三四五六七八九十百]+[、．.]|[（(][一二三四五六七八九十百\d]+[）)]、?"
    r"|\d{1,3}(?:[、．]|\.(?!\d))|[①-⑳●○■])\s*"
)
_CALL = re.compile(r"\[\^[^\]\s]+\]:?")  # of a footnote, whose number Word writes
_NO_LETTER = re.compile(rf"[\s{BLANK}*_`#>|\\-]+")


def as_word(
    content: bytes, name: str, profile: Profile
) -> tuple[bytes, tuple[Recognised, ...], tuple[Finding, ...]]:
    """The Word file, roles of its paragraphs where the text tells them, and remarks.

    Raises UnreadableFile for what is no text, and TextChanged where Markdown would lose a letter.
    """
    if name.lower().endswith(".md"):
        made, remarks = _of_markdown(content, name, profile)
        return made, (), remarks
    manuscript = from_bytes(content, name)
    blocks = tuple(Paragraph((Text(_flat(para.text)),)) for para in _lines(manuscript))
    made = write(Document(blocks), profile)
    shown = [each.text for each in measure(made, name).paragraphs if each.text.strip()]
    for place, (before, after) in enumerate(
        zip_longest(_texts(manuscript), shown, fillvalue=""), 1
    ):
        if before != after:
            raise TextChanged(name, f"第{place}段", before, after)
    return made, recognise(_lines(manuscript)), manuscript.notes


def _texts(manuscript: Manuscript) -> list[str]:
    return [_flat(para.text) for para in _lines(manuscript)]


def _lines(manuscript: Manuscript) -> tuple[Para, ...]:
    return tuple(para for para in manuscript.paras if para.text.strip())


def _flat(text: str) -> str:
    return text.replace("\n", " ")


def _of_markdown(content: bytes, name: str, profile: Profile) -> tuple[bytes, tuple[Finding, ...]]:
    source, notes = decoded(content, name)
    notebook = new_notebook(cells=[new_markdown_cell(source)])
    document, remarks = read(notebook, None)
    made = write(document, profile)
    before = "\n".join(from_bytes(content, name).words)
    after = "\n".join(f"{each.label}{each.text}" for each in measure(made, name).paragraphs)
    lost = _letters(before) - _letters(after)
    if lost:
        raise TextChanged(name, "全文", "".join(lost)[:40], "")
    return made, (*notes, *remarks)


def _letters(text: str) -> Counter[str]:
    """Every sign but blanks, markup and the numbers before headings and items."""
    return Counter(_NO_LETTER.sub("", _NUMBER.sub("", _CALL.sub("", text))))

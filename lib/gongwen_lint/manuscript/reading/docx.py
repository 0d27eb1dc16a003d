"""The bytes of a .docx -> a Manuscript: every paragraph with its words, its place, its look and its role."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from gongwen.reader.formatting import Measured, MeasuredParagraph
from gongwen.reader.measure import measure
from gongwen_lint.manuscript.manuscript import Manuscript, Para, Role
from gongwen_lint.manuscript.roles import recognised

_DATE = re.compile(
    r"(\d{4}|[〇○零一二三四五六七八九]{4})\s*年\s*(\d{1,2}|[一二三四五六七八九十]{1,3})\s*月\s*(\d{1,2}|[一二三四五六七八九十]{1,3})\s*日"
)
_DIGITS = {sign: digit for digit, sign in enumerate("〇一二三四五六七八九")} | {"○": 0, "零": 0}


def read(content: bytes, name: str) -> Manuscript:
    """The manuscript in a Word file; raises UnreadableFile in plain words for what is none."""
    measured = measure(content, name)
    paras = recognised(_paras(measured))
    return Manuscript(name, "docx", paras, measured, issued_on(paras))


def _paras(measured: Measured) -> Iterator[Para]:
    counts = {"正文": 0, "脚注": 0, "尾注": 0}
    for number, each in enumerate(measured.paragraphs, 1):
        if each.story in counts and each.cell is None and each.text.strip():
            counts[each.story] += 1
        role: Role = "body" if each.cell is None else "table_cell"
        yield Para(
            number, each.text, role, label=each.label, where=_where(each, counts), cell=_cell(each), measured=each
        )  # fmt: skip


def _where(each: MeasuredParagraph, counts: dict[str, int]) -> str:
    """The place in words a reader of the page can follow: empty paragraphs are not counted."""
    if each.cell is not None:
        return f"表{each.cell.table + 1}第{each.cell.row + 1}行第{each.cell.column + 1}列"
    if each.story == "正文":
        return f"第{max(1, counts['正文'])}段"
    return (
        f"{each.story}{counts[each.story]}"
        if each.story in counts
        else f"第{max(1, counts['正文'])}段旁的文本框"
    )


def _cell(each: MeasuredParagraph) -> tuple[int, int, int] | None:
    return (each.cell.table + 1, each.cell.row + 1, each.cell.column + 1) if each.cell else None


def issued_on(paras: Sequence[Para]) -> date | None:
    """The date under the text, or else the one under the title.

    Nothing if there is none or it is no day.
    """
    for role in ("date", "signature", "byline"):
        for para in paras:
            match = _DATE.search(para.text) if para.role == role else None
            if match:
                return _day(*match.groups())
    return None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(_digits(year), _counted(month), _counted(day))
    except ValueError:
        return None


def _digits(text: str) -> int:
    return int("".join(str(_DIGITS.get(sign, sign)) for sign in text))


def _counted(text: str) -> int:
    """十二 or 12 as a number."""
    if text.isdigit():
        return int(text)
    tens, found, ones = text.rpartition("十")
    return (_DIGITS.get(tens, 1) * 10 if found else 0) + _DIGITS.get(ones, 0)

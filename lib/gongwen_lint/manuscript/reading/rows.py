"""Paragraphs of a text -> the same with tables that are set with blanks read as cells.

水泥（散装）　万吨　412.6　3.1.

A line is a row if it begins with words and ends with a number, or holds numbers between wide gaps;
the line of heads above rows belongs to them. Fields are counted from the right, since the first
head is often left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from gongwen_lint.manuscript.manuscript import Para

_FEWEST, _LONGEST = 3, 24  # fields of a row, characters of a field
_STOP = re.compile(r"[。；！？;!?]|[，,] ?[\u4e00-\u9fff]")
_NUMBER = re.compile(r"[-+－]?\d[\d,.]*[%％‰]?|[—－-]+|…+")
_WIDE = re.compile(r"(?:[ \u00a0]{2,}|[ \u00a0]*[\u3000\t][ \u00a0\u3000\t]*)")
_NARROW = re.compile(r"[ \u00a0\u3000\t]+")
_SERIAL = re.compile(r"\d{1,3}|[—－-]+")  # a number in order, or nothing, before the name
_HANZI = re.compile(r"[\u4e00-\u9fff]")


def fields(line: str) -> list[tuple[int, int]]:
    """Where each field of a line starts and ends.

    Between wide gaps, or between blanks where there is no wide one.
    """
    gap = _WIDE if _WIDE.search(line.strip()) else _NARROW
    ends = [(0, 0), *(match.span() for match in gap.finditer(line)), (len(line), len(line))]
    spans = ((one[1], other[0]) for one, other in pairwise(ends))
    found = [(start, end) for start, end in spans if line[start:end].strip()]
    return _closed(line, found) if len(found) > 2 else found  # noqa: PLR2004  two fields have one gap


def _closed(line: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The fields with 合　计 read as one word, where other gaps are wider than one blank."""
    gaps = [other[0] - one[1] for one, other in pairwise(spans)]
    if max(gaps) == 1:
        return list(spans)
    made = [spans[0]]
    for gap, (start, end) in zip(gaps, spans[1:], strict=True):
        before = line[made[-1][0] : made[-1][1]]
        spread = gap == 1 and _HANZI.fullmatch(line[start:end])
        if spread and _HANZI.fullmatch(before):
            made[-1] = (made[-1][0], end)
        else:
            made.append((start, end))
    return made


def is_row(line: str) -> bool:
    """True for a line that is a row of figures, not a sentence."""
    if not any(blank in line for blank in " \u3000\t") or _STOP.search(line):
        return False
    words = [line[start:end].strip() for start, end in fields(line)]
    if len(words) < _FEWEST - bool(_WIDE.search(line)) or max(map(len, words)) > _LONGEST:
        return False
    numbers = [bool(_NUMBER.fullmatch(each)) for each in words]
    named = bool(_HANZI.search(words[0])) and not numbers[0]
    if _SERIAL.fullmatch(words[0]) and len(words) >= _FEWEST and _WIDE.search(line):
        named = bool(_HANZI.search(words[1])) and (len(words) > _FEWEST or words[0][0] in "—－-")
    return named and numbers[-1] and (sum(numbers) > 1 or bool(_WIDE.search(line)))


def as_tables(paras: Sequence[Para]) -> tuple[Para, ...]:
    """The paragraphs with rows split into cells, numbered anew.

    As they are where there is no row.
    """
    rows = [is_row(para.text) and para.role == "body" and not para.masked for para in paras]
    if not any(rows):
        return tuple(paras)
    made: list[Para] = []
    table = max((para.cell[0] for para in paras if para.cell), default=0)
    for group in _groups(paras, rows):
        if group.rows:
            table += 1
            made.extend(_cells(group.paras, table))
        else:
            made.extend(group.paras)
    return tuple(replace(para, number=number) for number, para in enumerate(made, 1))


class _Group:
    """Paragraphs that stand together: rows of one table, or none."""

    def __init__(self, *, rows: bool) -> None:
        self.rows = rows
        self.paras: list[Para] = []


def _groups(paras: Sequence[Para], rows: Sequence[bool]) -> Iterator[_Group]:
    group = _Group(rows=False)
    for at, para in enumerate(paras):
        heads = not rows[at] and at + 1 < len(paras) and rows[at + 1] and _is_head(para)
        row = rows[at] or heads
        if row != group.rows:
            if group.paras:
                yield group
            group = _Group(rows=row)
        group.paras.append(para)
    yield group


def _is_head(para: Para) -> bool:
    """A line of heads: words between wide gaps, and no number alone."""
    words = [para.text[start:end].strip() for start, end in fields(para.text)]
    wide = _WIDE.search(para.text.strip()) or _WIDE.match(para.text)
    return bool(para.role == "body" and wide and len(words) > 1 and not _STOP.search(para.text))


def _cells(paras: Sequence[Para], table: int) -> Iterator[Para]:
    columns = max(len(fields(para.text)) for para in paras)
    for row, para in enumerate(paras, 1):
        spans = fields(para.text)
        for place, (start, end) in enumerate(spans):
            column = columns - len(spans) + place + 1
            text = para.text[start:end]
            offset = para.offset + start if para.offset >= 0 else -1
            yield replace(
                para, text=text, cell=(table, row, column), role="table_cell", offset=offset
            )

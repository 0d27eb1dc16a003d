"""Document -> 数据出处.xlsx: one row a printed figure, and a second sheet with everything the figures rest on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from gongwen.chinese.pseudonyms import Pseudonyms
from gongwen.document import (
    Document,
    Figure,
    Formula,
    Inline,
    Reference,
    Table,
    Text,
    lines_of,
    plain,
    spots,
)
from gongwen.facts.row_runs import text_of
from gongwen.facts.value import Cited, Derived, Fact, Read, Rows, lineage_of
from gongwen.writer.text.captions import Label, labels
from zhibi.data.writing import spreadsheet
from zhibi.data.writing.spreadsheet import PlainSheet

PRINTED = (
    "序号",
    "段落",
    "句子",
    "显示",
    "数值",
    "单位",
    "指标",
    "截至",
    "算式",
    "文件",
    "工作表",
    "行列",
)
RESTING = (
    "编号",
    "指标",
    "数值",
    "单位",
    "截至",
    "算式",
    "由哪些编号算出",
    "文件",
    "工作表",
    "行列",
    "空白未计",
)
WIDTHS = {
    "代称": 24,
    "原名": 48,
    "段落": 24,
    "句子": 60,
    "指标": 28,
    "算式": 44,
    "文件": 18,
    "工作表": 12,
    "行列": 30,
    "由哪些编号算出": 22,
}
_LONGEST_ROWS = 2_000  # characters of row numbers beside a figure
_SENTENCE = re.compile(r"[^。！？；]*[。！？；]?")
_WHOLE = {"", "题目", "署名", "标题"}  # parts that the words for the block already say

Entry = tuple[Any, ...]


def write(document: Document) -> bytes:
    """The workbook; the same document gives the same bytes."""
    everything = _everything(document)
    numbers = {fact.id: number for number, fact in enumerate(everything, 1)}
    printed = ((number, *entry) for number, entry in enumerate(_printed(document), 1))
    resting = (_resting(fact, numbers) for fact in everything)
    return spreadsheet.write(
        [PlainSheet("数据出处", PRINTED, printed), PlainSheet("指标及其来源", RESTING, resting)],
        WIDTHS,
    )


def key(names: Pseudonyms) -> bytes:
    """代称对照.xlsx of an anonymous report: which name every stand-in stands for."""
    entries = (
        (replacement, name, names.kinds.get(name, "")) for name, replacement in names.names.items()
    )
    return spreadsheet.write([PlainSheet("代称对照", ("代称", "原名", "类别"), entries)], WIDTHS)


def count(document: Document) -> int:
    """How many figures the document prints, charts included."""
    drawn = sum(name in document.facts for name in _drawn(document))
    return drawn + sum(len(_facts_of(inline, document)) for inline in _inlines(document))


def _printed(document: Document) -> Iterator[Entry]:
    """One entry for each place where a fact is printed or drawn."""
    by_place, by_key = labels(document.blocks)
    entries: dict[str, Entry] = {}
    for place, (spot, block) in enumerate(spots(document.blocks)):
        label = by_place.get(place)
        where = f"{label}“{block.caption}”" if label and isinstance(block, Table | Figure) else spot
        rows = _rows_of(block) if isinstance(block, Table) else {}
        for part, line in lines_of(block):
            said = [_said(inline, by_key) for inline in line]
            for number, inline in enumerate(line):
                for fact in _facts_of(inline, document):
                    sentence = (
                        rows.get(id(line), "")
                        if isinstance(block, Table)
                        else _sentence(said, number)
                    )
                    spot_in = where if part in _WHOLE else f"{where} {part}"
                    yield (
                        spot_in,
                        sentence,
                        inline.text if isinstance(inline, Text) else said[number],
                        *_figure(fact, entries),
                    )
        if isinstance(block, Figure):
            drawn = (document.facts[fact] for fact in block.facts if fact in document.facts)
            yield from (
                (where, block.caption, str(fact), *_figure(fact, entries)) for fact in drawn
            )


def _facts_of(inline: Inline, document: Document) -> list[Fact]:
    """The facts whose values an inline prints."""
    names: tuple[str, ...] = ()
    if isinstance(inline, Text):
        names = (inline.fact,)
    elif isinstance(inline, Formula):
        names = inline.facts
    return [document.facts[name] for name in names if name in document.facts]


def _said(inline: Inline, by_key: Mapping[str, Label]) -> str:
    """What an inline prints: a mention of a table prints its number."""
    return (
        str(by_key.get(inline.key, inline.key))
        if isinstance(inline, Reference)
        else plain((inline,))
    )


def _sentence(said: list[str], number: int) -> str:
    """The sentence that the inline of this number stands in."""
    text, at = "".join(said), len("".join(said[:number]))
    around = (match for match in _SENTENCE.finditer(text) if match.start() <= at < match.end())
    return next((match[0].strip() for match in around), text)


def _rows_of(table: Table) -> dict[int, str]:
    """The row that a cell's line stands in, by the line's identity.

    In a table it tells more than the figure alone.
    """
    found: dict[int, str] = {}
    for row in (*table.body, *table.head):
        words = " | ".join(filter(None, (plain(cell.line) for cell in row)))
        for cell in row:
            found.setdefault(id(cell.line), words)
    return found


def _figure(fact: Fact, entries: dict[str, Entry]) -> Entry:
    """What is told of a fact wherever it is printed; worked out where it is printed first."""
    if fact.id not in entries:
        own = (_value(fact), fact.unit, fact.label, fact.as_of, _formula(fact))
        files, sheets, rows = _columns(fact.cells())
        entries[fact.id] = (*own, files, sheets, _shortened(rows))
    return entries[fact.id]


def _shortened(rows: str) -> str:
    """Row numbers as they go into the first sheet; the second has all of them, once."""
    if len(rows) <= _LONGEST_ROWS:
        return rows
    end = rows.rfind(",", 0, _LONGEST_ROWS)
    return f"{rows[: end if end > 0 else _LONGEST_ROWS]}……（行号太多，其余见“指标及其来源”）"


def _resting(fact: Fact, numbers: dict[str, int]) -> Entry:
    parents = fact.origin.parents if isinstance(fact.origin, Derived) else ()
    own = fact.origin.cells if isinstance(fact.origin, Read) else ()
    return (
        numbers[fact.id], fact.label, _value(fact), fact.unit, fact.as_of, _formula(fact),
        "、".join(str(numbers[parent.id]) for parent in parents), *_columns(own), _columns(fact.gaps)[2],
    )  # fmt: skip


def _everything(document: Document) -> list[Fact]:
    """Every printed fact and what it was computed from, each once, parents first."""
    printed = (inline.fact for inline in _inlines(document))
    names = chain(printed, _drawn(document))
    named = (document.facts[name] for name in names if name in document.facts)
    return list(lineage_of(named).values())


def _drawn(document: Document) -> Iterator[str]:
    """The names of the facts that figures draw."""
    return chain.from_iterable(block.facts for block in _figures(document))


def _inlines(document: Document) -> Iterator[Text]:
    """Every piece of text that prints a fact."""
    for block in document.blocks:
        for _, line in lines_of(block):
            yield from (inline for inline in line if isinstance(inline, Text) and inline.fact)


def _figures(document: Document) -> Iterator[Figure]:
    return (block for block in document.blocks if isinstance(block, Figure))


def _formula(fact: Fact) -> str:
    match fact.origin:
        case Derived(operation=operation, parents=parents):
            return (
                f"{operation}（{'；'.join(f'{parent.label}：{parent}' for parent in parents)}）"
                if parents
                else operation
            )
        case Cited(source=source, article=article, verified=verified):
            return f"依据{source}{article}{'' if verified else '（待核实）'}"
        case Read(operation=operation):
            return operation


def _value(fact: Fact) -> Any:
    return "未填报" if fact.value is None else fact.value


def _columns(cells: Iterable[Rows]) -> tuple[str, str, str]:
    """Files, sheets and rows, one line for each group of cells."""
    groups = [(group.file, group.sheet, _rows(group)) for group in cells]
    if len(groups) == 1:
        return groups[0]
    files, sheets, rows = (
        ("\n".join(each) for each in zip(*groups, strict=True)) if groups else ("", "", "")
    )
    return files, sheets, rows


def _rows(group: Rows) -> str:
    column = f"“{group.column}”列 " if group.column else ""
    return f"{column}第{text_of(group.rows)}行" if group.rows else f"{column}无符合的行"

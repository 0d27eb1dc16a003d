"""Blocks of a plain notebook -> the same as an official document is built.

One title, a ladder of headings without gaps.

Numbers typed before headings go where the layout sets its own; a mention of a numbered formula gets
that number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import chain

from gongwen.document import (
    Block,
    Cell,
    Equation,
    Heading,
    Inline,
    Items,
    Line,
    Note,
    Paragraph,
    Reference,
    Table,
    Text,
    Title,
    plain,
)
from zhibi.notebook.prose.markdown import unnumbered

DEEPEST = 4
_DOTTED = re.compile(r"^\s*\d{1,2}(?:\.\d{1,2})+[.、．]?(?:\s+|(?=[\u4e00-\u9fff]))")
# 3.5万人, 2.0版: alone, such a number says something
_AMOUNT = re.compile(
    r"^\s*[\d.]+\s*(?:[万亿千百倍个名版级成元吨米年月日]|[%％‰]|(?:million|billion|times|percent|[A-Za-z]{1,2})\b)"
)
_ENOUGH_DOTTED = 2


def arranged(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks in the ladder, with formulas numbered and mentioned."""
    return _mentioned(_ladder(_one_title(blocks)))


def _one_title(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Plain notebooks often use `#` for chapters.

    The first stays the title, the others and all below move down.
    """
    titles = [block for block in blocks if isinstance(block, Title)]
    if len(titles) <= 1:
        return blocks
    return tuple(block if block is titles[0] else _moved_down(block) for block in blocks)


def _moved_down(block: Block) -> Block:
    match block:
        case Title(lines=lines):
            return Heading(1, tuple(chain.from_iterable(lines)))
        case Heading(level=level):
            return replace(block, level=level + 1)
        case _:
            return block


def _ladder(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Headings one step below the heading they stand under, however many steps their author left out."""
    headings = [block for block in blocks if isinstance(block, Heading)]
    numbered = [plain(each.line) for each in headings if _DOTTED.match(plain(each.line))]
    dotted = len(numbered) >= _ENOUGH_DOTTED or not any(map(_AMOUNT.match, numbered))
    above: list[int] = []
    made: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading):
            while above and above[-1] >= block.level:
                above.pop()
            above.append(block.level)
            line = _undotted(block.line) if dotted else block.line
            block = Heading(min(len(above), DEEPEST), unnumbered(line))  # noqa: PLW2901
        made.append(block)
    return tuple(made)


def _undotted(line: Line) -> Line:
    if not line or not isinstance(line[0], Text):
        return line
    rest = _DOTTED.sub("", line[0].text)
    return (replace(line[0], text=rest), *line[1:]) if rest or len(line) > 1 else line


def _mentioned(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """References to formulas as their numbers; a key used twice numbers its first formula only."""
    numbers: dict[str, int] = {}
    made: list[Block] = []
    for block in blocks:
        if isinstance(block, Equation) and block.key:
            again = block.key in numbers
            numbers.setdefault(block.key, len(numbers) + 1)
            block = replace(block, key="") if again else block  # noqa: PLW2901
        made.append(block)

    def spoken(line: Line) -> Line:
        return tuple(_spoken(inline, numbers) for inline in line)

    return tuple(_with_lines(block, spoken) for block in made)


def _spoken(inline: Inline, numbers: dict[str, int]) -> Inline:
    if isinstance(inline, Reference):
        number = numbers.get(inline.key)
        return Text(f"（{number}）" if number else inline.key)
    return (
        replace(inline, line=tuple(_spoken(each, numbers) for each in inline.line))
        if isinstance(inline, Note)
        else inline
    )


def _with_lines(block: Block, spoken: Callable[[Line], Line]) -> Block:
    match block:
        case Paragraph(line=line) | Heading(line=line):
            return replace(block, line=spoken(line)) if _mentions(line) else block
        case Items(items=items) if any(_mentions(line) for _, line in items):
            return replace(block, items=tuple((depth, spoken(line)) for depth, line in items))
        case Table(head=head, body=body) if any(
            _mentions(cell.line) for cell in chain(*head, *body)
        ):
            return replace(block, head=_rows(head, spoken), body=_rows(body, spoken))
        case _:
            return block


def _rows(
    rows: Iterable[tuple[Cell, ...]], spoken: Callable[[Line], Line]
) -> tuple[tuple[Cell, ...], ...]:
    def with_line(cell: Cell) -> Cell:
        return replace(cell, line=spoken(cell.line))

    return tuple(tuple(map(with_line, row)) for row in rows)


def _mentions(line: Line) -> bool:
    return any(isinstance(inline, Reference | Note) for inline in line)

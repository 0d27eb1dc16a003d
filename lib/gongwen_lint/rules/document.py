"""Document that is not yet written -> findings W01–W07, W10 and W11, one function a rule. Errors stop a final document."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import chain

from gongwen.chinese.numbers.numerals import untraced
from gongwen.document import (
    Bibliography,
    Block,
    Document,
    Equation,
    Figure,
    Formula,
    Inline,
    Line,
    Reference,
    Table,
    Text,
    Todo,
    inlines_of,
    lines_of,
    plain,
    sections,
    spots,
)
from gongwen.facts.value import Cited, Fact, Read, Rows
from gongwen.findings import Finding, Level, Location

Rule = Callable[[Document], Iterator[Finding]]

COUNTED = "计数"
_WAY_OUT = (
    "请填进工作簿的“补充数据”表，正文写 {{ 补充.名称 }}；别的表里算得出来的，写 {{ 指标 }}；"
    "口号、专名里的数，请把整个口号或专名加上引号。"
)
_NOTE = "脚注"  # what `lines_of` calls the line of a footnote
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?=$|[年，。、：；,.:;（）()\s])")
STAND_IN = (
    "\N{OBJECT REPLACEMENT CHARACTER}"  # for a span that prints a fact: neither digit nor letter
)

# in a formula: commands, exponents and indices, numbers of one digit, and the hundred of a
# percentage
_STRUCTURAL = re.compile(
    r"\\[A-Za-z]+|[_^]\s*(?:\{[^{}]*\}|\S)|(?<![\d.])(?:\d|100)(?![\d.])\s*(?:\\?[%％])?"
)
_UNCHECKED = re.compile(r"〔待核：原文“([^”]*)”〕")
_MOST_TOLD = 8  # numbers in one message


def check(document: Document, *, traced: bool = True) -> tuple[Finding, ...]:
    """All findings in the order of the rules. `traced`: figures must be facts (not so in plain notebooks)."""
    own = (untraced_number, empty_section)  # plain notebooks are what they are
    rules = RULES if traced else tuple(rule for rule in RULES if rule not in own)
    return tuple(chain.from_iterable(rule(document) for rule in rules))


def untraced_number(document: Document) -> Iterator[Finding]:
    """W01：正文中的数字须来自数据。

    好：全县有职工{{ 职工数 }}。    差：全县有职工598名。（日期、文号、条款号、引号内的口号、参考文献除外）
    """
    for spot, block in spots(document.blocks):
        if isinstance(block, Bibliography):
            continue  # years, volumes and pages are the cited works' own
        typed = [
            _cited(_typed(line)) if part == _NOTE else _typed(line)
            for part, line in lines_of(block)
        ]
        if isinstance(block, Table | Figure):
            typed += [block.caption, block.note]
        texts = (_UNCHECKED.sub("", text) for text in dict.fromkeys(typed))
        numbers = chain.from_iterable(map(untraced, texts))
        words = list(dict.fromkeys(word for _, _, word in numbers))
        if words:
            some = "、".join(f"“{word}”" for word in words[:_MOST_TOLD])
            rest = f"等{len(words)}处" if len(words) > _MOST_TOLD else ""
            message = f"数字{some}{rest}是手写的，查不到出处"
            yield Finding(
                "W01",
                Level.ERROR,
                Location(spot=spot),
                message,
                _WAY_OUT,
            )


def placeholder_left(document: Document) -> Iterator[Finding]:
    """W02：定稿中不得留有待撰写的段落。

    好：由人写好的文字。    差：【待撰写：……】
    """
    for spot, block in spots(document.blocks):
        if isinstance(block, Todo):
            yield Finding(
                "W02",
                Level.ERROR,
                Location(spot=spot),
                f"还没有撰写：{block.hint}",
                "请在参数文件或者工作簿的“撰写”表中写好这一段。",
            )


def unchecked_left(document: Document) -> Iterator[Finding]:
    """W10：定稿中不得留有待核的数。

    好：全县有职工{{ 职工数 }}。    差：全县有职工〔待核：原文“598名”〕。
    """
    for spot, block in spots(document.blocks):
        lines = (plain(line) for _, line in lines_of(block))
        words = list(chain.from_iterable(map(_UNCHECKED.findall, lines)))
        if words:
            some = "、".join(f"“{word}”" for word in dict.fromkeys(words[:_MOST_TOLD]))
            rest = f"等{len(words)}处" if len(words) > _MOST_TOLD else ""
            yield Finding(
                "W10",
                Level.ERROR,
                Location(spot=spot),
                f"旧报告里的数{some}{rest}还没有核对",
                "请查清它是哪个指标，把〔待核：…〕换成【】里的名字。",
            )


def not_reported(document: Document) -> Iterator[Finding]:
    """W03：没有填报的数据印作“未填报”，不得写成0；印出来的要有人知道。

    好：补齐工作簿。    差：未填报留在上报的材料里。
    """
    for spot, block in spots(document.blocks):
        missing = [
            document.facts[fact]
            for fact in _printed(block)
            if fact in document.facts and document.facts[fact].missing
        ]
        if missing:
            labels = "、".join(dict.fromkeys(f"“{fact.label}”" for fact in missing))
            message = f"印有{len(missing)}处“未填报”：{_shortened(labels)}"
            yield Finding(
                "W03",
                Level.WARNING,
                Location(spot=spot),
                message,
                "请向填报单位补要数据，或确认可以这样上报。",
            )


def partly_reported(document: Document) -> Iterator[Finding]:
    """W04：合计、计数时有人没有填报，数是对的，但不是全部。

    好：补齐工作簿，或在正文中写明几家未填报。    差：按已填报的算出来，当成全部上报。
    """
    for spot, block in spots(document.blocks):
        printed = [document.facts[fact] for fact in _printed(block) if fact in document.facts]
        told = {
            _rows(fact.origin.cells)
            for fact in printed
            if isinstance(fact.origin, Read) and fact.origin.operation == COUNTED
        }
        partial = dict.fromkeys(
            fact
            for fact in printed
            if fact.gaps and not fact.missing and _rows(fact.gaps) not in told
        )
        if partial:
            labels = "、".join(map(_blanks, partial))
            message = f"有人没有填报，未计入：{_shortened(labels)}"
            hint = "请补齐工作簿，或在文中写明有几家未填报。"
            yield Finding("W04", Level.NOTE, Location(spot=spot), message, hint)


def unverified_rule(document: Document) -> Iterator[Finding]:
    """W05：引用的规定，条款没有对照原文核实过。

    好：核对原文后引用。    差：凭记忆写条款。（没有核实的，报告只写规定名称，不写第几条）
    """
    for spot, block in spots(document.blocks):
        facts = (document.facts[fact] for fact in _printed(block) if fact in document.facts)
        cited = (fact.origin for fact in facts if isinstance(fact.origin, Cited))
        sources = dict.fromkeys(origin.source for origin in cited if not origin.verified)
        if sources:
            message = f"{'、'.join(sources)}的条款待核实，文中没有写第几条"
            yield Finding("W05", Level.NOTE, Location(spot=spot), message, "上报前请对照原文核实。")


def missing_target(document: Document) -> Iterator[Finding]:
    """W06：提到的图表必须在文中。

    好：见{{ 表("age") }}，文中有代号为 age 的表。    差：文中没有这张表。
    """
    keys = {
        block.key
        for block in document.blocks
        if isinstance(block, Table | Figure | Equation) and block.key
    }
    for spot, block in spots(document.blocks):
        for key in dict.fromkeys(_mentions(block)):
            if key not in keys:
                known = f"现有：{'、'.join(sorted(keys))}。" if keys else "文中没有带代号的图表。"
                message = f"提到代号为“{key}”的图表，文中没有"
                yield Finding("W06", Level.ERROR, Location(spot=spot), message, known)


def not_mentioned(document: Document) -> Iterator[Finding]:
    """W07：表和图应在正文中提到。

    好：职工年龄结构见表1。    差：表1放在那里，正文只字不提。
    """
    mentioned = set(chain.from_iterable(map(_mentions, document.blocks)))
    for spot, block in spots(document.blocks):
        captioned = isinstance(block, Table | Figure) and (block.caption or block.key)
        if isinstance(block, Table | Figure) and captioned and block.key not in mentioned:
            yield Finding(
                "W07",
                Level.NOTE,
                Location(spot=spot),
                "正文中没有提到",
                "请在正文中用 {{ 表(代号) }} 或 {{ 图(代号) }} 提到它。",
            )


def empty_section(document: Document) -> Iterator[Finding]:
    """W11：小标题下面要有内容。

    好：有内容可写的一节才有小标题。    差：“五、获得荣誉”下面什么也没有。
    """
    for heading in sections.empty(document.blocks):
        yield Finding(
            "W11",
            Level.ERROR,
            Location(spot=f"标题“{plain(heading.line)}”"),
            "下面没有内容",
            "请写上这一节，或者把标题和〖〗里的话放在同一格，没有可写的就一起不印。",
        )


RULES: tuple[Rule, ...] = (
    untraced_number,
    placeholder_left,
    unchecked_left,
    not_reported,
    partly_reported,
    unverified_rule,
    missing_target,
    not_mentioned,
    empty_section,
)


def _printed(block: Block) -> list[str]:
    """The ids of the facts a block prints, in order."""
    return list(chain.from_iterable(map(_facts, inlines_of(block))))


def _facts(inline: Inline) -> tuple[str, ...]:
    if isinstance(inline, Formula):
        return inline.facts
    return (inline.fact,) if isinstance(inline, Text) and inline.fact else ()


def _rows(cells: tuple[Rows, ...]) -> frozenset[tuple[str, str, int]]:
    """The rows of cells, whichever column was read."""
    rows: set[tuple[str, str, int]] = set()
    for each in cells:
        rows.update((each.file, each.sheet, row) for row in each.rows)
    return frozenset(rows)


def _blanks(fact: Fact) -> str:
    return f"“{fact.label}”有{sum(len(gap.rows) for gap in fact.gaps)}格空白"


def _typed(line: Line) -> str:
    """The words of a line that were typed, with a stand-in for each printed fact."""
    return "".join([_typed_words(inline) for inline in line])


def _typed_words(inline: Inline) -> str:
    if isinstance(inline, Formula):
        return STAND_IN if inline.facts else _STRUCTURAL.sub(STAND_IN, inline.tex)
    printed = isinstance(inline, Reference) or (isinstance(inline, Text) and inline.fact)
    return STAND_IN if printed else plain((inline,))


def _cited(words: str) -> str:
    """A footnote's words with the years of what it cites stood in for."""
    return _YEAR.sub(STAND_IN, words)


def _mentions(block: Block) -> list[str]:
    """The keys of the tables and figures a block mentions, in order."""
    return [inline.key for inline in inlines_of(block) if isinstance(inline, Reference)]


def _shortened(text: str, most: int = 60) -> str:
    return text if len(text) <= most else f"{text[:most]}……"

"""Document and profile -> findings about what the layout does with it.

What is turned, cut, or has no glyph.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import chain

from gongwen.document import Document, Formula, Table, Text, Title, inlines_of, plain, spots
from gongwen.findings import Finding, Level, Location
from gongwen.profile import Profile
from gongwen.writer.formulas import converted
from gongwen.writer.layout.page import twips
from gongwen.writer.official.titles import title_lines
from gongwen.writer.tables.fitting import fitted
from gongwen.writer.text.runs import is_hanzi_of, script_of

_MOST_TITLE_LINES = 3
_MARKUP = re.compile(r"</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>]*)?/?>|\[\^[^\]\s]+\]")

_TABLE_MARK = re.compile(r"</?(?:table|t[rhd]|img)\b", re.IGNORECASE)
_INSTEAD_OF_MARKUP = "网页标记请删去；脚注要有“[^1]: 内容”一行。"
_INSTEAD_OF_TABLE = "正文里的表请用 table(…)，或者每行写成“| 甲 | 乙 |”；图片请用 ![说明](文件) 放在 Markdown 格里。"


def remarks(document: Document, profile: Profile) -> tuple[Finding, ...]:
    """All of them, kind by kind."""
    return tuple(chain.from_iterable(rule(document, profile) for rule in _RULES))


def _tables(document: Document, profile: Profile) -> Iterator[Finding]:
    for spot, block in spots(document.blocks):
        if not isinstance(block, Table):
            continue
        fit = fitted(block, profile)
        if len(fit.parts) > 1:
            message = f"列太多，横页也排不下，已分成{len(fit.parts)}段，每段重复左边的列"
            yield Finding(
                "L08", Level.WARNING, Location(spot=spot), message, "请减少列，或把表拆成几张。"
            )
        elif fit.landscape:
            yield Finding(
                "L07",
                Level.NOTE,
                Location(spot=spot),
                "列较多，已排在横页上",
                "如要竖排，请减少列或缩短文字。",
            )


def _glyphs(document: Document, _: Profile) -> Iterator[Finding]:
    for spot, block in spots(document.blocks):
        words = "".join(
            [plain((inline,)) for inline in inlines_of(block) if not isinstance(inline, Formula)]
        )
        lacking = "".join([each for each in dict.fromkeys(words) if _without_glyph(each)])
        if lacking:
            message = f"公文字体里没有“{lacking[:20]}”，印出来会换成别的字体或方框"
            yield Finding(
                "L09",
                Level.WARNING,
                Location(spot=spot),
                message,
                "表情符号请删去；生僻字请安装收字更多的字体后查看。",
            )


def _without_glyph(character: str) -> bool:
    """Emoji and hanzi beyond what Chinese office fonts hold (GB 18030's first two planes of GBK)."""
    return script_of(character) == "chinese" and not is_hanzi_of(character, "gbk")


def _titles(document: Document, profile: Profile) -> Iterator[Finding]:
    room = twips(profile.page.text_width_mm)
    for spot, block in spots(document.blocks):
        if isinstance(block, Title):
            count = sum(len(title_lines(line, profile.styles.title, room)) for line in block.lines)
            if count > _MOST_TITLE_LINES:
                yield Finding(
                    "L10",
                    Level.NOTE,
                    Location(spot=spot),
                    f"题目排了{count}行",
                    "题目一般不超过三行，请缩短。",
                )


def _markup(document: Document, _: Profile) -> Iterator[Finding]:
    for spot, block in spots(document.blocks):
        words = "".join([inline.text for inline in inlines_of(block) if isinstance(inline, Text)])
        marks = list(dict.fromkeys(_MARKUP.findall(words)))
        if marks:
            message = f"“{'”“'.join(marks[:5])}”原样印在文中"
            yield Finding(
                "L11",
                Level.WARNING,
                Location(spot=spot),
                message,
                _INSTEAD_OF_TABLE if _TABLE_MARK.search(message) else _INSTEAD_OF_MARKUP,
            )


def _formulas(document: Document, _: Profile) -> Iterator[Finding]:
    for spot, block in spots(document.blocks):
        typed = [inline.tex for inline in inlines_of(block) if isinstance(inline, Formula)]
        unread = [tex for tex in dict.fromkeys(typed) if not converted(tex)]
        if unread:
            message = (
                f"公式“{'”“'.join(tex[:40] for tex in unread[:3])}”不能转成 Word 公式，原样印在文中"
            )
            yield Finding(
                "L12",
                Level.WARNING,
                Location(spot=spot),
                message,
                "请改用常用的 LaTeX 写法，或在 Word 里另行录入。",
            )


_RULES: tuple[Callable[[Document, Profile], Iterator[Finding]], ...] = (
    _tables, _glyphs, _titles, _markup, _formulas,
)  # fmt: skip

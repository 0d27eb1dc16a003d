"""S01–S07, S11–S13: how a sequence label is written (一、 （一） 1. （1） ①, 第一，, 一是)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from gongwen.findings import Level
from gongwen_lint.manuscript.manuscript import Manuscript
from gongwen_lint.rules.context import CheckContext
from gongwen_lint.rules.prose.substitution import CUSTOM, FORMAT, PUNCTUATION, swap
from gongwen_lint.rules.rule import Rule, Violation

_ONES = "[一二三四五六七八九十]"
_LADDER = f"{FORMAT} 7.3.3、{PUNCTUATION} 附录B"
_ARABIC = re.compile(r"^\d{1,2}([.．、])(?=[\u4e00-\u9fff“《])")


def mixed_labels(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """S12：同一层次的序号写法一致。

    阿拉伯数字序号用下脚点（1.）；与多数写法不同的那几处由 --fix 改正。

    好：1.甲 2.乙    差：1.甲 2．乙
    """
    del against
    found = [
        (para, match) for para, words in manuscript.read_by_prose if (match := _ARABIC.match(words))
    ]
    marks = Counter(match[1] for _, match in found if match[1] != "、")  # S03 speaks of 1、
    if len(marks) > 1:
        usual = "." if marks["."] >= marks["．"] else "．"
        for para, match in found:
            if match[1] not in {usual, "、"}:
                yield Violation(
                    para.number,
                    match.start(1),
                    match.end(1),
                    "序号的写法与其他处不一致",
                    usual,
                    fix="A",
                )


def automatic_number(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """S13：送审稿的标题序号最好是文字，不用自动编号。

    自动编号换一台电脑、复制一段就可能变；这里只提示。

    好：“一、”是敲出来的文字    差：“一、”是 Word 自动编号
    """
    del against
    numbered = [para for para in manuscript.paras if para.label and para.role == "heading"]
    for para in numbered[:1]:
        message = f"标题序号“{para.label}”等{len(numbered)}处是自动编号"
        yield Violation(para.number, 0, 0, message, hint="定稿前请核对显示的序号，或转为文字。")


RULES: tuple[Rule, ...] = (
    swap(
        "S01", "汉字序号后应为顿号", (rf"^{_ONES}{{1,3}}(?P<x>[.．,，])[␣]*(?=[汉“《])(?!{_ONES})", "、"),
        fix="A", basis=_LADDER, bad="一.总体要求", good="一、总体要求",
    ),
    swap(
        "S02", "带括号的汉字序号写法不对", (rf"^[（(]({_ONES}{{1,3}})[)）](?:[、.．，,]|[␣]+)?(?=[汉“《])", r"（\1）"),
        fix="A", basis=_LADDER, message="带括号的序号用全角括号，后面不加点号", bad="(一)、基本情况", good="（一）基本情况",
    ),
    swap(
        "S03", "阿拉伯数字序号后应为下脚点", (r"^\d{1,2}(?P<x>[、，])(?=[汉“《])", "."),
        fix="A", basis=_LADDER, never=("table_cell",), bad="1、加强学习", good="1.加强学习",
    ),
    swap(
        "S04", "带括号的阿拉伯数字序号写法不对", (r"^[（(](\d{1,2})[)）](?:[、.．，,]|[␣]+)?(?=[汉“《])", r"（\1）"),
        fix="A", basis=_LADDER, never=("table_cell",), message="带括号的序号用全角括号，"
                                                               "后面不加点号", bad="(1)、甲", good="（1）甲",
    ),
    swap(
        "S05", "带圈序号后加了点号", (r"^[①-⑳](?P<x>[、.．，,])", ""), fix="A", basis=_LADDER, bad="①、甲", good="①甲",
    ),
    swap(
        "S06", "“第一、首先”等之后应为逗号",
        (rf"(?:^|(?<=[。；：，]))(?:第{_ONES}|首先|其次|再次|最后)(?P<x>、)(?![第一二三四五六七八九十])", "，"),
        fix="A", basis=_LADDER, bad="第一、加强学习", good="第一，加强学习；第一、第二产业",
    ),
    swap(
        "S07", "“一是、二是”之后加了点号", (rf"(?:^|(?<=[。；：，])){_ONES}是(?P<x>[，、：:])(?=[汉])", ""),
        fix="A", level=Level.NOTE, basis=f"{PUNCTUATION} 附录B", bad="一是，加强学习", good="一是加强学习",
    ),
    swap(
        "S11", "“第×章、第×条”之后应空一字，不用点号",
        (r"^(第[一二三四五六七八九十百]{1,5}[编章节条])[、，：:.．][␣]*(?=[汉“《])", "\\1\u3000"),
        fix="G", basis=CUSTOM, bad="第一章、总则", good="第一章　总则",
    ),
    Rule("S12", "同级序号写法不一", "文字", Level.NOTE, _LADDER, mixed_labels, fix="A"),
    Rule("S13", "标题用了自动编号", "文字", Level.NOTE, CUSTOM, automatic_number),
)  # fmt: skip

"""K16, K17: titles of regulations, and set phrases, against what the domain holds for certain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from rapidfuzz.distance import Levenshtein

from gongwen.findings import Level
from gongwen_lint.manuscript.manuscript import Manuscript, Para
from gongwen_lint.reference_data import Phrasebook
from gongwen_lint.rules.content.reference.dates import issued_on
from gongwen_lint.rules.context import CheckContext
from gongwen_lint.rules.rule import Rule, Violation

_TITLE = re.compile(r"《([^《》]{4,60})》")
_PREFIX = re.compile(r"^中国共产党|^中共中央|^关于")
_SUFFIX = re.compile(r"[（(〈](?:试行|暂行|修订|\d{4}年修订)[）)〉]|（试行|\s")
_OWN_NAME = re.compile(r"”[^。；]{0,16}，?(?:即|是指|指的是|包括)|”[：:]")
_SHORT, _LONG = (
    6,
    12,
)  # one character wrong from six on, two from twelve; anything else is another text


def regulations(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """K16：引用的规定名称准确，引用时已经印发。

    只对照核实过名称的规定；“（试行）”和“中国共产党”可以省。

    好：《整治形式主义为基层减负若干规定》    差：《整治形式主义为基层减负的若干规定》
    """
    if against.lore is None:
        return
    issued = issued_on(manuscript)
    for para in manuscript.paras:
        for match in _TITLE.finditer(para.text):
            yield from _cited(para, match, against.lore, issued)


def _cited(
    para: Para, match: re.Match[str], lore: Phrasebook, issued: date | None
) -> Iterator[Violation]:
    bare = _core(match[1])
    same = next((each for each in lore.regulations if _core(each.title) == bare), None)
    if same is None:
        near = next((each for each in lore.regulations if _slip(bare, _core(each.title))), None)
        if near:
            message = f"规范名称是《{near.title}》"
            yield Violation(
                para.number,
                match.start(),
                match.end(),
                message,
                hint="请核对名称。",
                level=Level.WARNING,
            )
        return
    if same.issued and issued and issued < same.issued:
        day = same.issued
        message = f"成文时这份规定还没有印发（{day.year}年{day.month}月{day.day}日印发）"
        yield Violation(
            para.number, match.start(), match.end(), message, hint="请核对日期和所引规定。"
        )


def _core(title: str) -> str:
    return _PREFIX.sub("", _SUFFIX.sub("", title))


def _slip(bare: str, core: str) -> bool:
    """True for a title a character or two off; a short form or a text about another has the whole in it."""
    if bare in core or core in bare or len(core) < _SHORT:
        return False
    most = 2 if len(core) >= _LONG else 1
    return Levenshtein.distance(bare, core, score_cutoff=most) <= most


def formulas(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """K17：固定提法照原样写。

    好：“三会一课”    差：“三课一会”
    """
    if against.lore is None:
        return
    for para, words in zip(manuscript.paras, manuscript.words, strict=True):
        for formula in against.lore.formulas:
            for match in re.finditer(formula.wrong, words):
                if _OWN_NAME.match(words, match.end()):
                    continue  # a name of their own, explained on the spot
                message = f"固定提法是“{formula.right}”"
                yield Violation(para.number, match.start(), match.end(), message, formula.right)


RULES = (
    Rule("K16", "规定的名称或时间有误", "内容", Level.ERROR, "所引规定", regulations),
    Rule("K17", "固定提法有误", "内容", Level.WARNING, "通行做法", formulas),
)

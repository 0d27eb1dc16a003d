"""The labels of listed parts -> whether they exclude one another, and whether they leave nothing out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from functools import lru_cache
from itertools import pairwise

from gongwen.chinese.offices import kind, pattern

REACH = 2_000  # quantities: a whole that was told longer ago is not looked for


class Makeup(Enum):
    """What can be told of parts from their names alone."""

    WHOLE = "不重不漏"
    APART = "不重"
    UNKNOWN = "看不出"


# kinds that exclude one another; those of a family marked True leave nothing out when all of them
# are listed
_FAMILIES: tuple[tuple[bool, tuple[str, ...]], ...] = (
    (True, (kind("male"), kind("female"))),
    (True, (kind("regular"), kind("candidate"))),
    (True, (kind("away"), kind("came"))),
    (True, (kind("at_work"), kind("retired"))),
    (True, (kind("full_time"), kind("part_time"))),
    (True, (r"第一产业(?:增加值)?", r"第二产业(?:增加值)?", r"第三产业(?:增加值)?")),
    (True, (r"(?:全部)?工业(?:增加值)?(?:完成|实现)?", r"建筑业(?:增加值)?(?:完成|实现)?")),
    (True, (r"城镇(?:人口|户籍人口)?", r"(?:乡村|农村)(?:人口|户籍人口)?")),
    (True, (r"公办[园校]?", r"民办[园校]?")),
    (True, (r"(?:城镇)?职工(?:基本)?(?:医保|医疗保险|养老保险)", r"(?:城乡)?居民(?:基本)?(?:医保|医疗保险|养老保险)")),
    (True, (r"采纳", r"部分采纳", r"[未不]采纳")),
    (False, (r"自查(?:发现)?", r"(?:上级|市级|省级)?(?:交办|反馈|督查发现)")),
    (True, (r"省道|国道", r"县道", r"乡道", r"村道")),
    (True, (r"县道", r"乡道", r"村道")),
    (True, (r"任命", r"免职|免去")),
    (True, (r"续建(?:项目)?", r"新(?:开工|建)(?:项目)?")),
    (True, (r"正向加分", r"反向扣分")),
    (True, (r"(?:已经?)?完成整改", r"(?:正在|尚在|持续)(?:推进)?整改|正在推进")),
    (True, (r"(?:县级|中央|省级)?税收(?:收入)?", r"非税(?:收入)?")),
    (False, (r"已?完成(?:整改)?", r"基本完成(?:整改)?", r"(?:正在|持续)推进", r"(?:达到|符合)(?:序时)?进度", r"滞后|未完成(?:整改)?|未启动")),
    (True, (r"(?:已经?)完成(?:整改)?", r"(?:未|尚未|没有)完成(?:整改)?")),
    (True, (r"(?:立行立改|立即整改|当场整改)", r"限期整改")),
    (True, (r"(?:已经?)销号", r"(?:未|尚未)销号")),
    (False, (kind("committee"), kind("general"), kind("branch"), kind("joint"), kind("temporary"))),
    (False, (r"“?优秀”?(?:等次)?", r"“?(?<!基本)(?<!不)合格”?", r"“?基本合格”?", r"“?不合格”?", r"“?不称职”?", r"“?(?<!基本)称职”?")),
    (False, (r"“?(?<!较)好”?", r"“?较好”?", r"“?一般”?", r"“?差”?")),
    (False, (r"五星级?", r"四星级?", r"三星级?", r"二星级?", r"一星级?")),
    (False, (r"“?(?<!基本)(?<!不)(?<!比较)满意”?", r"“?基本满意”?", r"“?比较满意”?", r"“?不满意”?")),
    (True, (r"(?:偿还|支付)?本金", r"(?:偿还|支付)?利息")),
    (False, (r"一季度", r"二季度", r"三季度", r"四季度")),
    (False, (r"一等奖?", r"二等奖?", r"三等奖?")),
)  # fmt: skip


def _label(kind_words: str) -> re.Pattern[str]:
    """What a label of one kind looks like, with the words that may stand around it."""
    before = "有|评定?为|被评为|获得?|占|其中|和|及|认为|选择|表示"
    return re.compile(rf"^(?:{before})*(?:{kind_words})(?:{pattern('after_kind')})*$")


_COMPILED = tuple((whole, tuple(map(_label, kinds))) for whole, kinds in _FAMILIES)
_DIMENSIONS = tuple(
    re.compile(words)
    for words in (
        "岁|年龄|青年|中年|老年", "学历|文化|大专|本科|硕士|博士|研究生|高中|初中|小学|中专", "男|女", "族",
        pattern("standing"), "在职|退休", "职称|高级(?!中学)|中级|初级(?!中学)",
    )
)  # fmt: skip
_BIN = re.compile(
    r"(\d+(?:\.\d+)?)(岁|分|年|名|人|万元)?(?:(及)?以([上下])|[至到—～-](\d+(?:\.\d+)?))"
)


def makeup(labels: Sequence[str]) -> Makeup:
    """Whether these parts are a family of kinds, or age and score bands that follow on one another."""
    return _makeup(tuple(labels))


@lru_cache(maxsize=4096)
def _makeup(labels: tuple[str, ...]) -> Makeup:
    bare = [re.sub(r"^[、，,；和及与]+", "", label).strip() for label in labels]
    by_family = zip(*map(_places, bare), strict=True)
    for (whole, kinds), places in zip(_COMPILED, by_family, strict=False):
        if None not in places and len(set(places)) == len(places) > 1:
            return Makeup.WHOLE if whole and len(places) == len(kinds) else Makeup.APART
    return Makeup.WHOLE if _bands(bare) else Makeup.UNKNOWN


@lru_cache(maxsize=4096)
def _places(label: str) -> tuple[int | None, ...]:
    """Which kind of each family a label is, None where it is none of it."""
    return tuple(_place(label, kinds) for _, kinds in _COMPILED)


def _place(label: str, kinds: Sequence[re.Pattern[str]]) -> int | None:
    return next((place for place, kind in enumerate(kinds) if kind.match(label)), None)


def crossing(labels: Sequence[str]) -> bool:
    """True if the labels divide by more than one thing (35岁及以下、大专及以上): one member may be in several."""
    return len(set(map(_dimensions, labels)) - {frozenset()}) > 1


def _dimensions(label: str) -> frozenset[int]:
    return frozenset(place for place, words in enumerate(_DIMENSIONS) if words.search(label))


def one_dimension(labels: Sequence[str]) -> bool:
    """True if all labels divide by the same one thing: 本科、硕士 by schooling."""
    told = set(map(_dimensions, labels))
    return len(told) == 1 and len(*told) == 1


def _bands(labels: Sequence[str]) -> bool:
    """True for 35岁及以下、36岁至50岁、51岁及以上 in either direction, without gap or overlap."""
    bands = [_band(label) for label in labels]
    known = [band for band in bands if band]
    if len(known) != len(labels) or len(known) < 2:  # noqa: PLR2004  one band divides nothing
        return False
    ordered = sorted(known)
    joined = all(0 <= after[0] - before[1] <= 1 for before, after in pairwise(ordered))
    return joined and ordered[0][0] == float("-inf") and ordered[-1][1] == float("inf")


def _band(label: str) -> tuple[float, float] | None:
    match = _BIN.search(label)
    if not match:
        return None
    first = float(match[1])
    if match[5]:
        return first, float(match[5])
    return (first, float("inf")) if match[4] == "上" else (float("-inf"), first)

"""Prose -> the quantities in it: value, unit, the words that make it approximate, and what it may stand for.

Dates, document numbers, articles, clock times, ordinals and slogans are no quantities. 万 and 亿
are part of the value, so 1.36亿元 is 136000000 元; per cent, per mille, 成 and fractions are all in
%.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from itertools import chain, pairwise, product

from gongwen.chinese.numbers.bounds import (
    ABOUT,
    ABOVE,
    BELOW,
    CEILING,
    FLOOR,
    NEARLY,
    Bounds,
    spoken,
)
from gongwen.chinese.numbers.numerals import from_chinese

BLANK = "\N{OBJECT REPLACEMENT CHARACTER}"
PERCENT, POINTS, TIMES = "%", "个百分点", "倍"
# things that come whole: an integer of them is exact
COUNTED = frozenset(
    """
    人次 个次 台次 辆次 车次 架次 册次 件次 场次 班次 户次 批次 篇次 标箱 个月 个工作日 工作日 名 人 位
    个 家 户 项 件 篇 条 次 场 期 批 张 台 套 辆 所 处 座 支
    份 票 卷 瓶 箱 袋 盒 趟 只 头 棵 株 门 节 堂 组 块 本 册 间 栋 幢 根 眼 片
    羽 尾 对 幅 艘 架 例 起 宗 笔 款 类 种 步 站 封 面 盏 口 枚 单 字 道 股 届 TEU
    """.split()  # noqa: SIM905  # eighty quoted words could not be read
)
MEASURED = frozenset(
    """
    平方公里 平方千米 平方米 立方米 平米 千瓦时 千瓦 兆瓦 吨公里 人公里 亩次 公里 千米 厘米 毫米 公顷 公斤 千克 学时 课时 小时 分钟
    美元 元 吨 米 亩 斤 升 度 岁 天 周 分 秒 年
    """.split()  # noqa: SIM905  # same
)
_UNIT = "|".join(sorted((*COUNTED, *MEASURED), key=lambda unit: (-len(unit), unit)))
_HAN = "零〇一二两三四五六七八九十百千万亿"
_BEFORE = "|".join(
    sorted(
        (*ABOVE, *FLOOR[:-1], *NEARLY, *BELOW, *CEILING[:-2], *ABOUT[:-2]), key=len, reverse=True
    )
)
_AFTER = "及?以上|及?以下|以内|左右|上下"
_SCALES = {"百": 10**2, "千": 10**3, "万": 10**4, "亿": 10**8, "万亿": 10**12}
_SCALES |= {few + many: _SCALES[few] * _SCALES[many] for few, many in product("百千", "万亿")}

_DIGITS = re.compile(
    rf"""
    (?<![\d.A-Za-z+·/×])(?:(?<![节签预履违制集续邀契])(?P<before>{_BEFORE})(?:有|了|达|为|是)?)?
    (?P<number>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?(?!,?\d)|\d+(?:\.\d+)?)
    (?P<odd>[余多]?)(?P<scale>万亿|[百千][万亿]|[万亿]|[百千](?![克米瓦]))?(?P<odd2>[余多]?)
    (?:(?P<points>个百分点)|(?P<percent>[%％‰])|(?P<times>倍)|(?P<unit>{_UNIT})(?P<odd3>多(?![的出于了\d]))?|(?![\d.A-Za-z+·/×]))
    (?P<after>{_AFTER})?
    """,
    re.VERBOSE,
)
_WORDS = re.compile(
    rf"""
    (?:(?<![节签预履违制集续邀契])(?P<before>{_BEFORE})(?:有|了|达|为|是)?)?
    (?:
      (?P<parts>百|千|[二两三四五六七八九十]{{1,3}})分之(?P<over>[零一二三四五六七八九十百]{{1,8}}(?:点[零〇一二三四五六七八九]{{1,8}})?|\d{{1,8}}(?:\.\d{{1,8}})?)
    | (?<![第{_HAN}])(?P<tenths>[一二两三四五六七八九])成(?P<half>半?)(?![为立员果绩就熟功长效本都型套人品分语])
    | (?<![第每{_HAN}几数]) (?P<spelt>[{_HAN}]+)(?P<odd>[余多]?)(?:(?P<times>倍)|(?P<unit>{_UNIT}))
    )
    (?P<after>{_AFTER})?
    """,
    re.VERBOSE,
)
_YEAR = r"(?<!\d)(?:19|20)\d{2}"
_OTHERWISE = re.compile(  # digits that count nothing
    rf"{_YEAR}年?[-—–～~至]{_YEAR}年?|{_YEAR}年度?(?:\d{{1,2}}月(?:\d{{1,2}}[日号])?)?"
    rf"|{_YEAR}[-./]\d{{1,2}}[-./]\d{{1,2}}(?!\d)|{_YEAR}[-/]\d{{1,2}}(?!\d)"
    r"|(?<![\d.])\d{1,2}月(?:\d{1,2}[日号])?|(?<![\d.])\d{1,2}[日号](?!常|均)"
    rf"|[〔\[（(﹝【]{_YEAR}[〕\]）)﹞】]第?\d+号|\d{{1,2}}[时点](?:\d{{1,2}}分|整|半)?(?=[，。、至到—上起许开下前后]|$)"
    r"|进一步|第[\d零〇一二三四五六七八九十百]+|(?<![A-Za-z])[A-Za-z]{1,16}[\d.]+|(?<![A-Za-z\d])[A-Za-z\d]{0,8}\+[A-Za-z\d+]{0,16}"
    r"|[“\"]\d[\d·.]*[”\"]|《[^《》]*》|\[\d+\]|^\s*[（(]?\d{1,2}[）)．.、](?!\d)|(?<!\d)\d{1,4}路(?!\w{0,4}名)"
)
_RANGE = re.compile(r"[至到—–～~-]")
_PEOPLE = frozenset("人名位")
_LONGEST = 16  # characters of a number
_MANY_ZEROS = 3  # 140000人: so many zeros say that it was rounded


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number at [start:end) of the text. `value` is in `unit`.

    `step` is one unit of the last place shown.
    """

    start: int
    end: int
    text: str
    value: Fraction
    unit: str
    step: Fraction
    bounds: Bounds
    hedge: str = ""  # 近, 余, 超过, 约 …
    spelt: bool = False  # 三个, 七成
    ranged: bool = False  # an end of 7名至19名
    size: float = 0.0  # the value, near enough to see that two are far apart

    @property
    def percent(self) -> bool:
        """True for %, ‰, 成 and fractions."""
        return self.unit == PERCENT

    @property
    def thing(self) -> str:
        """The unit with those that count the same taken as one: 名, 人 and 位 are all people."""
        return "人" if self.unit in _PEOPLE else self.unit

    @property
    def plain(self) -> bool:
        """True for digits that stand for one figure.

        Not an approximation, not an end of a range.
        """
        return not (self.hedge or self.spelt or self.ranged)


@lru_cache(maxsize=8192)
def quantities(text: str) -> tuple[Quantity, ...]:
    """Every quantity of the text, in order."""
    masked = _OTHERWISE.sub(lambda match: BLANK * len(match[0]), text)
    listed = [read for match in _DIGITS.finditer(masked) if (read := _of_digits(match))]
    taken = set(chain.from_iterable(range(each.start, each.end) for each in listed))
    words = (read for match in _WORDS.finditer(masked) if (read := _of_words(match)))
    listed += [each for each in words if taken.isdisjoint(range(each.start, each.end))]
    return tuple(_ranged(masked, sorted(listed, key=lambda each: each.start)))


def number(text: str) -> Fraction | None:
    """The value of a numeral of digits or Chinese words: 1.2万, 三百二十, 两千, 十六点五.

    None where it is none.
    """
    match = re.fullmatch(r"(\d+(?:,\d{3})*(?:\.\d+)?)([百千万亿]*)", text)
    if match and (not match[2] or match[2] in _SCALES):
        return Fraction(match[1].replace(",", "")) * _SCALES.get(match[2], 1)
    whole, _, decimals = text.partition("点")
    try:
        value = Fraction(from_chinese(whole.replace("两", "二").replace("〇", "零")))
        digits = [from_chinese(each.replace("〇", "零")) for each in decimals]
    except ValueError:
        return None
    return value + sum(
        (Fraction(digit, 10**place) for place, digit in enumerate(digits, 1)), Fraction(0)
    )


def _of_digits(match: re.Match[str]) -> Quantity | None:
    digits = match["number"].replace(",", "")
    if len(digits) > _LONGEST:
        return None  # a code or an account
    bare = not any(match[name] for name in ("unit", "percent", "points", "times", "scale"))
    if bare and re.fullmatch(r"0\d+", digits):
        return None  # a code: 0012
    scale = Fraction(_SCALES.get(match["scale"] or "", 1)) / (10 if match["percent"] == "‰" else 1)
    unit = match["points"] or (
        PERCENT if match["percent"] else match["times"] or match["unit"] or ""
    )
    odd = match["odd"] or match["odd2"] or match["odd3"] or ""
    whole = "." not in digits and not match["scale"] and (unit in COUNTED or not unit)
    step = _step(digits, round_too=bool(odd) or whole) * scale
    if whole and step < 10**_MANY_ZEROS and not odd:
        step = Fraction(1)
    exact = whole and step == 1
    return _made(
        match,
        Fraction(digits) * scale,
        unit,
        step,
        odd or match["before"] or match["after"] or "",
        exact,
    )


def _step(digits: str, *, round_too: bool) -> Fraction:
    """One unit of the last place: 0.1 for 20.2.

    For 600余 the hundred, since 余 speaks of the round number.
    """
    if "." in digits:
        return Fraction(1, 10 ** len(digits.partition(".")[2]))
    zeros = len(digits) - len(digits.rstrip("0"))
    return Fraction(10**zeros if round_too and zeros < len(digits) else 1)


def _of_words(match: re.Match[str]) -> Quantity | None:
    hedge = match["odd"] or match["before"] or match["after"] or ""
    if match["tenths"]:
        value = number(match["tenths"])
        assert value is not None  # one of the nine words
        return _made(
            match, value * 10 + 5 * bool(match["half"]), PERCENT, Fraction(10), hedge, whole=False
        )
    if match["parts"]:
        below, above = (
            number(match["parts"].replace("百", "一百").replace("千", "一千")),
            number(match["over"]),
        )
        if not below or above is None:
            return None
        value = above * 100 / below
        step = (
            Fraction(1, 10 ** len(match["over"].replace(".", "点").partition("点")[2]))
            * 100
            / below
        )
        return _made(
            match,
            value,
            PERCENT,
            step if match["parts"] in "百千" else Fraction(10),
            hedge,
            whole=False,
        )
    value = number(match["spelt"]) if len(match["spelt"]) <= _LONGEST else None
    return None if value is None else _made(
        match, value, match["times"] or match["unit"], _step(str(int(value)), round_too=True), hedge, whole=True
    )  # fmt: skip


def _made(
    match: re.Match[str], value: Fraction, unit: str, step: Fraction, hedge: str, whole: bool
) -> Quantity:
    start, end = match.span()
    bounds = spoken(value, step, hedge.removeprefix("及"), whole=whole)
    return Quantity(
        start,
        end,
        match[0],
        value,
        unit,
        step,
        bounds,
        hedge,
        "number" not in match.re.groupindex,
        size=float(value),
    )


def _ranged(text: str, listed: list[Quantity]) -> Iterator[Quantity]:
    """The same with both ends of 7名至19名 and 3～5天 marked."""
    ends: set[int] = set()
    for position, (one, next_) in enumerate(pairwise(listed)):
        if _RANGE.fullmatch(text[one.end : next_.start].strip()):
            ends |= {position, position + 1}
    for position, each in enumerate(listed):
        yield replace(each, ranged=True) if position in ends else each

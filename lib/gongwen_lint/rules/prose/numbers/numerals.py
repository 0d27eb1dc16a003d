"""N01–N09, N11–N16, N25, N26: how a quantity is written, and quantities said twice or the wrong way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from gongwen.chinese.numbers.digits import decimal_text
from gongwen.findings import Level
from gongwen_lint.manuscript.manuscript import Manuscript
from gongwen_lint.rules.context import CheckContext
from gongwen_lint.rules.prose.substitution import CUSTOM, NUMERALS, swap
from gongwen_lint.rules.rule import Rule, Violation

_ITEM = re.compile(r"(?:^[\s\u3000]*|附件[:：][\s\u3000]*)[1-9]\d?$")  # the number of an item
_ITEM_WORDS = 12  # characters in which the words of an item begin
_ORDER = "一二三四五六七八九"
_TEN = {"十": 10, "百": 100, "千": 1000}
_LINK = r"[␣]*[～~—至－–-][␣]*"
_NUMBER = r"\d+(?:\.\d+)?"
_COUNTED = r"(?=个(?!季|年级)|[名人次件家天种条岁户]|年[来间前后内，。]|周)"
_MANY = r"[\d.,]*[十百千万亿]*"
_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d,])")
_BARE = re.compile(r"(?<![\d.,A-Za-z〔第])\d{5,}(?=(?:\.\d+)?[元人名吨户])")


def _in_full(match: re.Match[str]) -> str:
    """4千 -> 4000, 2千万 -> 2000万."""
    return decimal_text(Decimal(match[1]) * _TEN[match[2]])


def _in_hundred_millions(match: re.Match[str]) -> str:
    value = Decimal(match[0])
    return (
        decimal_text(value / 10**8) + "亿" if value >= 10**8 else decimal_text(value / 10**4) + "万"
    )


def _nested(match: re.Match[str]) -> str:
    return decimal_text(Decimal(match[1]) + Decimal(match[2]) / 10**4) + "亿"


def _consecutive(match: re.Match[str]) -> str | None:
    """三、四 -> 三四 where the second follows the first."""
    first, second = match[1], match[2]
    digits = first.isdigit()
    step = int(second) - int(first) if digits else _ORDER.index(second) - _ORDER.index(first)
    return (
        None
        if step != 1
        else f"{_ORDER[int(first) - 1]}{_ORDER[int(second) - 1]}"
        if digits
        else first + second
    )


def _tens(match: re.Match[str]) -> str:
    tens = int(match[1])
    return f"{_ORDER[tens - 1] if tens > 1 else ''}十几"


def grouping(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """N08：数字分节全文一种写法；分节号用半角逗号。

    全角逗号夹在数字中间的由 --fix=guarded 改正；有的分节、有的不分节的，只指出。

    好：1,234元、56,789元    差：1，234元；有的写12,345元，有的写56789元
    """
    del against
    for match in re.finditer(
        r"(?<![\d，,.])[1-9]\d{0,2}(?P<x>，)(?=\d{3}(?:元|万元|亿元|吨|平方米))", manuscript.whole
    ):
        para, start = manuscript.at(match.start("x"))
        yield Violation(para.number, start, start + 1, "数字分节用了全角逗号", ",", fix="G")
    if _GROUPED.search(manuscript.whole) and (bare := _BARE.search(manuscript.whole)):
        para, start = manuscript.at(bare.start())
        message = "有的数字分节，有的不分节"
        yield Violation(para.number, start, start + len(bare[0]), message, level=Level.NOTE)


_BY_HUNDREDS = r"\d{2,}(?:\.\d+)?百(?:公斤|[只头斤盒件枚亩])"  # 860百只: a unit of statistics


def _point(match: re.Match[str]) -> str | None:
    """A decimal point, except after the number of an item: 附件：1．2025年度名额表."""
    before = match.string[match.string.rfind("\n", 0, match.start()) + 1 : match.start()]
    behind = match.string[match.end() : match.end() + _ITEM_WORDS].partition("\n")[0]
    numbered = _ITEM.search(before) and re.match(r"\d+(?![\d%％])[^%％]*[\u4e00-\u9fff]{2}", behind)
    return None if numbered else "."


RULES: tuple[Rule, ...] = (
    swap(
        "N01", "阿拉伯数字与“百、千”混用",
        (rf"(?<![\d.])(?!{_BY_HUNDREDS})({_NUMBER})([百千])(?!公顷|[克米瓦伏帕赫焦卡安字分里千百羽头升牛]|\d|[万亿]亿)", _in_full),
        fix="S", basis=f"{NUMERALS} 5.3", message="阿拉伯数字只与“万、亿”连用", bad="4千人、2千万元", good="4000人、2000万元；5千克",
    ),
    swap(
        "N02", "数值范围的前一个数少了“万、亿”", (rf"(?<![\d.年])({_NUMBER}){_LINK}{_NUMBER}([万亿])", None),
        fix="S", level=Level.NOTE, basis=NUMERALS, message="前一个数是不是也以“万、亿”计？"
                                                           "写全才没有歧义",
        bad="9～16亿元", good="9亿～16亿元",
    ),
    swap(
        "N03", "数值范围的前一个数少了百分号", (rf"(?<![\d.])(?P<x>{_NUMBER})(?={_LINK}{_NUMBER}[␣]*[%％])", r"\g<x>%"),
        fix="A", basis=NUMERALS, bad="15～30%", good="15%～30%",
    ),
    swap(
        "N04", "“百分之”后用了阿拉伯数字", (rf"百分之({_NUMBER})(?![\d.万])", r"\1%"),
        fix="A", basis=NUMERALS, bad="百分之15", good="15%；百分之十五",
    ),
    swap(
        "N05", "小数少了整数位的0", (r"(?<=[汉：（～])\.(?=\d+[%％万亿元个吨米倍])", "0."),
        fix="A", basis=NUMERALS, bad="提高.5%", good="提高0.5%",
    ),
    swap(
        "N06", "小数点用了别的字符", (r"(?<=\d)．(?=\d)|(?<=\d)·(?=\d+[%％万亿元])", _point),
        if_any=("．", "·"), fix="A", basis=NUMERALS, bad="0·5%", good="0.5%；“3·15”；附件：1．2025年度名额表",
    ),
    swap(
        "N07", "大数没有以“万、亿”计", (r"(?<![\d.,A-Za-z])[1-9]\d*0000(?=[元人吨])", _in_hundred_millions),
        fix="S", level=Level.NOTE, basis=NUMERALS, never=("table_cell", "masthead"), bad="150000000元", good="1.5亿元",
    ),
    Rule("N08", "数字分节", "文字", Level.WARNING, NUMERALS, grouping, fix="G"),
    swap(
        "N09", "“亿”与“万”套用", (rf"({_NUMBER})亿(\d+)万(?!分)", _nested),
        fix="S", level=Level.NOTE, basis=NUMERALS, bad="1亿2000万元", good="1.2亿元",
    ),
    swap(
        "N11", "概数用了阿拉伯数字", (rf"(?<![\d、第.．表图])([1-9])、([1-9]){_COUNTED}", _consecutive),
        fix="S", level=Level.NOTE, basis=NUMERALS, message="相邻的数连用表示概数，用汉字，"
                                                           "中间不用顿号", bad="3、4个", good="三四个",
    ),
    swap(
        "N12", "概数中间用了顿号", (rf"(?<![第、一二三四五六七八九十])([{_ORDER}])、([{_ORDER}]){_COUNTED}", _consecutive),
        fix="G", basis=NUMERALS, bad="三、四天", good="三四天；第三、四季度",
    ),
    swap(
        "N13", "“几”与阿拉伯数字连用", (r"(?<!\d)([1-9])0几(?=[个名人次项家年天岁户件万])", _tens),
        if_any=("几",), fix="G", basis=NUMERALS, bad="20几个", good="二十几个",
    ),
    swap(
        "N14", "概数说了两遍",
        (rf"(?:约|大约|大概|将近|近|逾|超过)\d{_MANY}[多余](?=[汉])", None),
        (r"(?:约|大约|大概)\d[\d.,]*[万亿]?[汉%％]{0,2}(?:左右|上下)", None),
        (r"(?:超过|逾|多达|高达)\d[\d.,]*[万亿]?[汉%％]{0,2}以上", None),
        (r"(?:约|近|逾|超过)[一二三四五六七八九十百千万]{1,4}[多余](?=[名人个次家户])", None),
        fix="S", basis=NUMERALS, message="约数只表示一次", bad="约100多人、近200余人", good="约100人、200余人",
    ),
    swap(
        "N15", "减少用了倍数", (r"(?:减少|下降|降低|缩短)了?(?:\d+(?:\.\d+)?|[一二三四五六七八九十两]+)倍", None),
        fix="S", level=Level.ERROR, basis=CUSTOM, message="减少、下降不能用倍数，用百分数或分数", bad="下降了2倍", good="下降了50%",
    ),
    swap(
        "N16", "百分号与百分点连用", (r"[%％](?=[␣]*个?百分点)", ""),
        fix="S", level=Level.ERROR, basis=CUSTOM, bad="提高5%个百分点", good="提高5个百分点",
    ),
    swap(
        "N25", "增减之后用了负号", (r"(?:增长|上升|提高|增加)了?(?P<x>[-－−])(?=\d)", None), (r"(?:下降|减少|降低)了?(?P<x>[-－−])(?=\d)", ""),
        fix="S", basis=CUSTOM, message="增、减已有方向，后面不再用负号", bad="增长-5%", good="下降5%；增长率为-5%",
    ),
    swap(
        "N26", "金额少了“元”", (rf"人民币{_NUMBER}[万亿]+(?![\d元余多美港欧])", None),
        fix="S", basis=CUSTOM, bad="人民币5万", good="5万元",
    ),
)  # fmt: skip

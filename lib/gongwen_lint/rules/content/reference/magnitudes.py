"""K31: amounts that cannot be, and a unit that is ten thousand times off (亿元 for 万元)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from math import log10

from gongwen.chinese import offices
from gongwen.chinese.numbers.quantity import Quantity
from gongwen.findings import Level
from gongwen_lint.manuscript.manuscript import Manuscript
from gongwen_lint.rules.content.reading.scopes import breakdowns, label, with_wholes
from gongwen_lint.rules.content.reference.unit_slips import wrong_units
from gongwen_lint.rules.content.sentences import Sentence, figure, of, paragraphs
from gongwen_lint.rules.context import CheckContext
from gongwen_lint.rules.rule import Rule, Violation

_WAN, _YI = 10**4, 10**8
# what an amount of a county or more is at least, what one person's or one village's is at most, in
# yuan
_LEAST: tuple[tuple[str, int], ...] = (
    (r"生产总值|GDP", _YI),
    (
        r"(?:固定资产投资|零售总额|预算收入|预算支出|财政收入|财政支出|存款余额|贷款余额|总产值)",
        1000 * _WAN,
    ),
)
_MOST: tuple[tuple[str, int], ...] = (
    (r"(?:人均|每人)[^，。；]{0,14}", 1000 * _WAN),
    (r"(?:户均|每户|村均|每村)[^，。；]{0,14}", _YI),
    (
        rf"(?:{offices.pattern('small_sums')})[^，。；]{{0,6}}",
        _YI,
    ),
    (r"(?:补贴|津贴|救助金|慰问金|奖励|工作经费|租金|资金)[^，。；]{0,6}", 100 * _YI),
)


def _limit(words: str, limit: int, *, least: bool) -> tuple[re.Pattern[str], Fraction, bool]:
    return re.compile(rf"(?:{words})[^，。；、\d]{{0,6}}$"), Fraction(limit), least


_GROUPS = (
    *(_limit(words, limit, least=True) for words, limit in _LEAST),
    *(_limit(words, limit, least=False) for words, limit in _MOST),
)
_FROM_ABOVE = re.compile(r"上级|中央|省级|市级|转移支付|财政|各类|各项|到位|引进|[市省县]外|社会")
_COUNTRY = re.compile(r"中华人民共和国[12]|全国|国内|世界|全球|我国|中国|全省|资产|市值")
_ENDLESS, _BARE, _SMALL = 6, 40, 10**8  # digits; a bare number of 亿元 beside small sums; yuan
_OPENING = 400  # characters that tell of what the document speaks
_SHOWN = re.compile(r"(?P<digits>\d[\d.,]*)(?P<scale>[万亿])元")


def magnitudes(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """K31：金额的单位合情合理，不差一万倍。

    好：地区生产总值286.4亿元    差：地区生产总值286.4万元；总投资2000亿元，其中甲780万元、乙1220万元
    """
    del against
    wide = bool(_COUNTRY.search(manuscript.whole[:_OPENING]))
    wide = wide or len(_PROVINCE.findall(manuscript.whole)) >= _OFTEN
    for para, words in paragraphs(manuscript):
        if "元" not in words:
            continue
        for sentence in with_wholes(of(para, words), words):
            yield from list(_of_sentence(sentence, wide=wide))[:1]


def _of_sentence(sentence: Sentence, *, wide: bool) -> Iterator[Violation]:
    """What is wrong with the amounts of a sentence; `wide`: the document speaks of a province or the country."""
    for quantity in sentence.quantities:
        if quantity.unit == "元" and quantity.plain and _SHOWN.fullmatch(quantity.text):
            yield from _beyond(sentence, quantity, wide=wide)
    yield from _apart(sentence)
    yield from () if wide else _beside(sentence)
    yield from _ranges(sentence)
    yield from _bands(sentence)
    yield from _linked(sentence)
    yield from _odd_one(sentence)
    yield from wrong_units(sentence)


def _beyond(sentence: Sentence, quantity: Quantity, *, wide: bool) -> Iterator[Violation]:
    lead = sentence.before(quantity)
    if re.search(r"增加|减少|增长|下降|提高|降低|新增|其中", lead):
        return
    each = bool(_EACH.search(lead) or _EACH.search(sentence.text[: quantity.start][-_HEAD:]))
    for words, limit, least in _GROUPS:
        if (least and each) or (wide and not least and not each):
            continue  # 人均地区生产总值5.6万元; a province's 补贴169亿元
        if not least and (_FROM_ABOVE.search(lead) or _of_firms(sentence, quantity)):
            continue  # 到位上级各类补助资金39.75亿元
        wrong = quantity.value < limit if least else quantity.value > limit
        if wrong and words.search(lead):
            message = f"{figure(quantity)}{'太小' if least else '太大'}，单位是不是差了一万倍"
            yield sentence.hit(quantity.start, quantity.end, message, "请核对“万元”“亿元”。")
            return


def _of_firms(sentence: Sentence, quantity: Quantity) -> bool:
    """True for 户均3.30亿元 of 工业企业: a firm is no household."""
    lead = sentence.text[: quantity.start]
    return bool(re.search(r"户均|每户", lead) and re.search(r"企业|公司|产值|营业|主体", lead))


def _apart(sentence: Sentence) -> Iterator[Violation]:
    """A whole that its parts would make up, were one of the units another."""
    for each in breakdowns(sentence):
        if each.whole.unit != "元" or len(each.parts) < 2:  # noqa: PLR2004  one part makes no sum
            continue
        amounts = (each.whole, *each.parts)
        whole, *parts = (amount.value for amount in amounts)
        if abs(sum(parts) - whole) <= each.whole.step:
            continue
        if any(
            abs(sum(parts[:count]) - whole) <= each.whole.step for count in range(2, len(parts))
        ):
            continue  # the first of them are all
        for place, amount in enumerate(amounts):
            scale = Fraction(1, _WAN) if "亿" in amount.text else Fraction(_WAN)
            tried = [
                value * scale if at == place else value for at, value in enumerate((whole, *parts))
            ]
            if abs(sum(tried[1:]) - tried[0]) <= max(each.whole.step, tried[0] / 1000):
                message = f"{figure(amount)}的单位差了一万倍，换过来各部分才合得上总数"
                yield sentence.hit(amount.start, amount.end, message, "请核对“万元”“亿元”。")
                return


def _amounts(sentence: Sentence) -> list[tuple[Quantity, str, str]]:
    """The sums of a sentence with their digits and their scale."""
    shown = [(each, _SHOWN.fullmatch(each.text)) for each in sentence.quantities]
    return [
        (each, match["digits"].replace(",", ""), match["scale"])
        for each, match in shown
        if each.unit == "元" and each.plain and match
    ]


def _beside(sentence: Sentence) -> Iterator[Violation]:
    """A bare 600亿元 among hundreds of 万元, 512430亿元, and 6.83万元 that grows to 9.57亿元."""
    sums = _amounts(sentence)
    if _COUNTRY.search(sentence.text):
        return
    for amount, digits, scale in sums:
        others = [each for each, _, other in sums if other == "万" and each is not amount]
        small = others and all(each.value < _SMALL for each in others)
        bare = "." not in digits and int(digits) >= _BARE
        endless = len(digits.partition(".")[0]) >= _ENDLESS
        if scale == "亿" and (endless or (len(sums) == len(others) + 1 and small and bare)):
            message = f"{figure(amount)}太大，单位是不是差了一万倍"
            yield sentence.hit(amount.start, amount.end, message, "请核对“万元”“亿元”。")


def _ranges(sentence: Sentence) -> Iterator[Violation]:
    """20万元至50亿元, 由6.83万元增加到9.57亿元: from one to the other in one breath."""
    sums = _told(sentence)
    for (one, first, scale), (other, second, wider) in pairwise(sums):
        between = sentence.text[one.end : other.start]
        near = 0.1 < float(first) / (float(second) or 1) < 10  # noqa: PLR2004  alike but for the unit
        if scale != wider and near and _FROM_TO.fullmatch(between):
            yield _unit(sentence, one, other)


def _told(sentence: Sentence) -> list[tuple[Quantity, str, str]]:
    """Every sum of a sentence with its digits and its scale, ends of ranges and bounds too."""
    money = [each for each in sentence.quantities if each.unit == "元"]
    shown = [(each, _ANYHOW.search(each.text)) for each in money]
    return [
        (each, match["digits"].replace(",", ""), match["scale"]) for each, match in shown if match
    ]


def _unit(sentence: Sentence, one: Quantity, other: Quantity) -> Violation:
    message = f"{figure(one)}与{figure(other)}的单位差了一万倍"
    return sentence.hit(one.start, other.end, message, "请核对“万元”“亿元”。", Level.WARNING)


def _bands(sentence: Sentence) -> Iterator[Violation]:
    """50万元以上的、20万元至50万元的、10亿元以下的: one bound of another unit."""
    bounds = [each for each in _told(sentence) if each[0].ranged or "以" in each[0].hedge]
    scales = Counter(scale for _, _, scale in bounds)
    if len(bounds) < _THREE or len(scales) != 2:  # noqa: PLR2004  万 and 亿
        return
    (_, many), (rare, once) = scales.most_common()
    if once == 1 and many >= once:
        odd = next(each for each, _, scale in bounds if scale == rare)
        other = next(each for each, _, scale in bounds if scale != rare)
        yield _unit(sentence, *sorted((odd, other), key=lambda each: each.start))


def _linked(sentence: Sentence) -> Iterator[Violation]:
    """余额3105.7亿元，比年初增加231.4万元; 授信7.3万元，已放款5.84亿元; 出口152.18亿元，进口34.24万元."""
    for (one, _, scale), (other, _, wider) in pairwise(_told(sentence)):
        lead = sentence.before(other)
        if scale == wider or _is_each(sentence, one) or _is_each(sentence, other):
            continue
        if not _thousandfold(one, other):
            continue
        between = sentence.text[one.end : other.start]
        if (_LINK.search(lead) and len(between) <= _BREATH) or (
            len(between) <= _LONGER and _siblings(label(sentence, one), label(sentence, other))
        ):
            yield _unit(sentence, one, other)


def _thousandfold(one: Quantity, other: Quantity) -> bool:
    """True if two sums are a thousandfold apart, and would be of one size were one of the units the other."""
    apart = log10(max(one.size, 1)) - log10(max(other.size, 1))
    return abs(apart) >= _APART and abs(abs(apart) - _SCALE) <= _LIKE


def _is_each(sentence: Sentence, quantity: Quantity) -> bool:
    """True for what one person, one household or one thing costs or gets."""
    lead = re.split(r"[，。；]", sentence.text[: quantity.start])[-1]
    return bool(_EACH.search(lead)) or "以" in quantity.hedge or quantity.ranged


def _siblings(one: str, other: str) -> bool:
    """True for 出口 and 进口."""
    return len(one) == len(other) == 2 and one != other and one[-1] == other[-1]  # noqa: PLR2004


def _odd_one(sentence: Sentence) -> Iterator[Violation]:
    """1.39万元，0.52亿元，0.27亿元: one of another unit among three or more that are written alike."""
    sums = [each for each in _told(sentence) if "." in each[1]]
    scales = Counter(scale for _, _, scale in sums)
    if len(sums) < _THREE or len(scales) != 2 or _COUNTRY.search(sentence.text):  # noqa: PLR2004
        return
    if _EACH.search(sentence.text):
        return  # 按增加值13.4亿元计算，人均达到50万元
    (_, many), (rare, once) = scales.most_common()
    odd = next(each for each in sums if each[2] == rare)
    rest = [each for each in sums if each[2] != rare]
    if once != 1 or many < 2 or any(_is_each(sentence, each) for each, _, _ in sums):  # noqa: PLR2004
        return
    places = {len(digits.partition(".")[2]) for _, digits, _ in sums}
    if len(places) == 1 and all(_thousandfold(odd[0], each) for each, _, _ in rest):
        message = f"{figure(odd[0])}与同一句里别的金额差了一万倍"
        yield sentence.hit(odd[0].start, odd[0].end, message, "请核对“万元”“亿元”。", Level.WARNING)


_ANYHOW = re.compile(r"(?P<digits>\d[\d.,]*)(?P<scale>[万亿])元")
_PROVINCE = re.compile(rf"全省|全区(?=各族|经济|上下|地区)|{offices.pattern('of_province')}|全国")
_OFTEN, _HEAD = 3, 12  # times; characters
_EACH = re.compile(
    r"[人户村每各亩校院]均|每[人户村亩个名家户年次]|人均|户均|单价|工资|薪|标准|奖励|罚款|租金|补助(?!资金)|赔偿|保费|月|最高|限额"
)
_LINK = re.compile(
    r"[比较](?:上年|去年|年初|上年末|年底|同期)?[^，]{0,6}(?:增加|减少|增长|下降)|^[，,（]?(?:净)?(?:增加|减少|增长|下降)|"
    r"^[，,；]?(?:上年|去年|上年同期)(?:同期)?[为是]?$|^[，,；]?(?:其中|其余|剩余|结余|余额?|尚有|已|实际|占)"
)
_FROM_TO = re.compile(
    r"(?:至|到|—|～|-)|(?:增加|增长|提高|减少|下降|上升|扩大|降低)(?:到|至)(?:20\d\d年的?)?"
)
_THREE, _BREATH, _LONGER = 3, 24, 30
_APART, _SCALE, _LIKE = 2.6, 4, 1.4  # powers of ten


RULES = (Rule("K31", "金额的单位不合情理", "内容", Level.WARNING, "算术", magnitudes),)

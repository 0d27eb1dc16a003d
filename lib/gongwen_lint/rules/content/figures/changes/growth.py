"""A sentence -> changes recomputed (for K18, K19): from A to B by C, in per cent, in points, in amounts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from gongwen.chinese.numbers.bounds import Bounds, difference, exactly, growth, quotient
from gongwen.chinese.numbers.quantity import PERCENT, POINTS, TIMES, Quantity
from gongwen.findings import Level
from gongwen_lint.rules.content.reading.scopes import priced, stretch, valued
from gongwen_lint.rules.content.sentences import Sentence, figure, in_scale_of, shown
from gongwen_lint.rules.rule import Violation

_UP = "增长|增加|提高|上升|提升|扩大|增至|升|上涨|上调|发展|壮大|[增多][收支产缴]|增|涨"
_DOWN = (
    "下降|降低|减少|节约|节省|压减|压缩|精简|缩短|缩小|回落|下滑|下调|[减少短][收支产缴]|降|减|降到"
)
_FROM_TO = re.compile(
    rf"(?P<way>{_UP}|{_DOWN})(?:了)?(?:到|至|为)(?:了)?(?:20\d\d年(?:底|末)?的?|第?[一二三四]季度的?|今年的?|目前的?|现在的?|如今的?)?$"
)
_BY = re.compile(
    rf"^[，,、（(]?(?:累计|共|同比|净|合计|总数|比例|占比|三年|两年|五年|绝对值|增幅|降幅|比上年|较上年)?(?P<way>{_UP}|{_DOWN}|[增降]幅|[多少])(?:了|约|近|为|达到?)?$"
)
_THAN = re.compile(
    r"^[，,（(]?(?:同?比|较)(?:上年|去年|上年同期|去年同期|20\d\d年|上半年|年初|上季度|第?[一二三四]季度|上个?月|\d{1,2}月份?|上一?[届轮期次年]|换届前|改革前|(?:年初)?预算数?|概算|“[^”]{2,4}”)"
    r"(?:的|同期的?|末的?|底的?|初的?|(?:年初)?[预决]算数?|执行数?|完成数?|实绩)?$"
)
# 31件，而上年为47件 · 19件，与上届52件相比
_AGO_BEHIND = re.compile(
    r"^(?:（[\u4e00-\u9fff]{1,3}）)?[\u4e00-\u9fff]{0,3}[，,（(；]?(?:而|，)?"
    r"(?:(?:上年|去年|上年度)(?:同期|末|底|全年)?(?:仅|只)?[为是有]?"
    r"|[与同和](?:上年|去年|上年同期|去年同期|上一?[届轮期次]|年初)的?)$"
)
_THAN_IN_BRACKETS = re.compile(
    r"^[，,]?(?:同?比|较)(?:上年|去年|上年同期|去年同期|20\d\d年|上半年|年初|上季度|上月|上次)(?:同期)?的?（$"
)
# 2023年为61.3%，2024年为62.1% · 98.6%，去年同期为95.1%
_BESIDE_YEAR = re.compile(
    r"^[，,；]?(?:(?:上年|去年|今年)(?:同期|底|末)?|20\d\d年(?:同期|底|末)?)(?:[\u4e00-\u9fff]{0,8}?(?:为|是|达到?))?$"
)
_RATE_OF = re.compile(
    rf"^[，,、（(]?(?:同比)?(?:{_UP}|{_DOWN}|增幅|降幅|涨幅|节约率|节支率|增长率|增速)(?:了|约|近|为|达)?$"
)
_AMOUNT_BY = re.compile(
    rf"^[，,]?(?:同比|环比|[比较](?:上年|去年|上年同期|去年同期|年初))?(?:{_UP}|{_DOWN})(?:了|约)?$"
)
_YEAR_AGO = re.compile(r"上年|去年|20\d\d年|同比")
_SINCE = re.compile(r"[比较](?:上年|去年|上年同期|去年同期|20\d\d年)的?$")
# 去年A，今年B · 2023年A，2024年B
_YEAR_BEFORE = re.compile(r"(?:上年|去年|20\d\d年)(?:同期)?(?P<of>[^，。；、\d]{0,10})$")
_THIS_YEAR = re.compile(
    r"^[^，。；、\d]{0,4}[，；](?:今年|本年|20\d\d年)(?P<of>[^，。；、\d]{0,10})$"
)
_OF_TWO_KINDS = r"(?:（[\u4e00-\u9fff]{1,3}）[\u4e00-\u9fff]?)?"  # 1126件（批）次
_MORE = re.compile(rf"^(?:{_UP}|{_DOWN})(?:了)?$")
_OTHER_SCALE = 50  # times: numbers so far apart are of different things
_TWICE = 2  # times as much: below it, 增长1.5倍 is said of both
_GAP = re.compile(r"(?:两者|二者|前后|首尾|之间)?(?:相差|差距为?|相距)(?:了)?$")
_NOT_HERE = "其中|分别|年均|月均|平均"
_DOUBLED = re.compile(r"^[，,]?(?:实现)?(?:(?P<once>翻(?:了)?(?:一)?番)|翻(?:了)?两番)")


def changes(sentence: Sentence) -> Iterator[Violation]:
    """Every triple of numbers that says from what, to what and by how much."""
    found = [each for each in sentence.quantities if not each.ranged]
    for place, (one, two) in enumerate(pairwise(found)):
        between = sentence.text[one.end : two.start]
        third = found[place + 2] if place + 2 < len(found) else None
        lead = sentence.text[max(0, one.start - 8) : one.start]
        stated = "分别" not in lead and re.search(
            r"[由从](?:原来的?|平均)?$", lead
        )  # 平均环节由A个减至B个
        named = stated or (one.thing == two.thing and _THAN.match(_dated(sentence, one, two)))
        if re.search(_NOT_HERE, between if named else lead + between) or "；" in between:
            continue
        if one.thing == two.thing and _FROM_TO.search(between) and len(between) < 18:  # noqa: PLR2004  由A提高到B
            yield from _from_to(sentence, one, two, third)
            yield from _rate_too(sentence, one, third, found[place + 3 : place + 4])
        elif one.thing == two.thing and (
            _THAN.match(_dated(sentence, one, two)) or _AGO_BEHIND.match(between)
        ):
            yield from _by(sentence, two, one, third)
        elif one.thing == two.thing and _year_on_year(sentence, one, between):
            yield from _by(sentence, one, two, third)
        elif (
            one.thing == two.thing
            and _MORE.match(between)
            and _SINCE.search(sentence.text[: one.start])
        ):
            yield from _rate_too(sentence, one, two, found[place + 2 : place + 3])
        if one.thing == two.thing and _THAN.match(_dated(sentence, one, two)):
            yield from _rate_too(sentence, two, third, found[place + 3 : place + 4])
    yield from _amount_and_rate(sentence, found)
    yield from _rate_and_amount(sentence, found)
    yield from _gaps(sentence, found)


def _year_on_year(sentence: Sentence, one: Quantity, between: str) -> bool:
    """True for 去年缴费A人，今年缴费B人: the same of two years that follow one another."""
    before = _YEAR_BEFORE.search(sentence.text[: one.start])
    now = _THIS_YEAR.match(between)
    if before is None or now is None:
        return False
    return before["of"].startswith(now["of"].rstrip("为是达到有"))


def _dated(sentence: Sentence, one: Quantity, two: Quantity) -> str:
    """The words between two numbers without what counts nothing: 件，比2024年的."""
    words = sentence.text[one.end : two.start]
    return re.sub(r"^[\u4e00-\u9fff]{0,6}(?=[，,])", "", words)


def _from_to(
    sentence: Sentence, before: Quantity, now: Quantity, by: Quantity | None
) -> Iterator[Violation]:
    doubled = _DOUBLED.match(sentence.text[now.end :])
    if doubled and before.plain and now.plain:
        yield from _doubled(sentence, before, now, doubled)
    yield from _by(sentence, before, now, by)


def _by(
    sentence: Sentence, before: Quantity, now: Quantity, by: Quantity | None
) -> Iterator[Violation]:
    """The change a text gives against the change between its two numbers."""
    last = now if now.start > before.start else before
    match = by and _BY.match(
        re.sub(r"^[^，。；、\d]{0,8}(?=[，,])", "", sentence.text[last.end : by.start])
    )
    if by is None or not match or not (before.plain and now.plain and by.plain) or "均" in match[0]:
        return
    sign = -1 if re.fullmatch(f"{_DOWN}|降幅|少", match["way"]) else 1
    if max(before.size, now.size) > _OTHER_SCALE * min(before.size, now.size):
        return  # 每万人拥有21.8件，较年初的2718件净增408件
    if before.percent and now.percent:
        yield from _points(sentence, before, now, by, sign)
        return
    moved = _moved(before, now, by, sign)
    if moved is None or any(each.meets(by.bounds) for each in moved):
        return
    if not by.percent and _of_another(sentence, before, by, sign):
        return
    if by.percent and priced(sentence, by.start):
        return
    level: Level | None = None
    if by.percent and _real_growth(sentence, by.start):
        level = Level.NOTE
    elif any(each.meets(by.bounds.widened(by.step / 2)) for each in moved):
        level = Level.WARNING
    message = f"从{figure(before)}到{figure(now)}，{_truth(before, now, by)}，文中写{figure(by)}{_tried(before, now, by)}"
    yield sentence.hit(
        min(before.start, now.start), by.end, message, "请核对两个数和所用的基数。", level
    )


def _of_another(sentence: Sentence, before: Quantity, by: Quantity, sign: int) -> bool:
    """True if another number of the sentence differs by so much: 完成45.18亿元，其中…2.68亿元，比上年的39.76亿元多5.42亿元."""
    others = [each for each in sentence.quantities if each.end <= by.start]
    same = [each for each in others if each.thing == before.thing == by.thing]
    return any(
        _turned(difference(each.bounds, before.bounds), sign).meets(by.bounds) for each in same
    )


def _rate_too(
    sentence: Sentence, before: Quantity, by: Quantity | None, rates: list[Quantity]
) -> Iterator[Violation]:
    """A，比上年的B增加C，增长P%: P is C of B."""
    for rate in rates:
        plain = (
            by is not None
            and by.plain
            and before.plain
            and rate.plain
            and rate.percent
            and not before.percent
        )
        if (
            by is None
            or not plain
            or by.thing != before.thing
            or not _RATE_OF.match(sentence.text[by.end : rate.start])
        ):
            continue
        true = quotient(by.bounds, before.bounds, 100)
        if true and not true.meets(rate.bounds.widened(rate.step / 2)):
            message = f"{figure(by)}是{figure(before)}的{shown(by.value * 100 / before.value)}%，文中写{figure(rate)}"
            level = Level.NOTE if _real_growth(sentence, rate.start) else Level.WARNING
            yield sentence.hit(min(before.start, by.start), rate.end, message, "请核对。", level)


def _moved(before: Quantity, now: Quantity, by: Quantity, sign: int) -> list[Bounds] | None:
    """The changes that may be meant, in the unit the text gives them in; None if that cannot be told."""
    if by.percent:
        found = growth(now.bounds, before.bounds)
        return [_turned(found, sign)] if found else None
    if by.unit == TIMES:
        ratio = quotient(now.bounds, before.bounds)
        if ratio and sign > 0 and ratio.high is not None and ratio.high > _TWICE:
            return [difference(ratio, exactly(1))]  # 增长3倍 is to four times as much
        return [ratio, difference(ratio, exactly(1))] if ratio and sign > 0 else None
    if by.thing == before.thing:
        return [_turned(difference(now.bounds, before.bounds), sign)]
    return None


def _turned(bounds: Bounds, sign: int) -> Bounds:
    return bounds if sign > 0 else difference(exactly(0), bounds)


def _points(
    sentence: Sentence, before: Quantity, now: Quantity, by: Quantity, sign: int
) -> Iterator[Violation]:
    """由61.4%提高到83.9%，提高22.5个百分点."""
    apart = _turned(difference(now.bounds, before.bounds), sign)
    if by.unit == POINTS and not apart.meets(by.bounds):
        message = f"从{figure(before)}到{figure(now)}，相差{shown(abs(now.value - before.value))}个百分点，文中写{figure(by)}"
        yield sentence.hit(before.start, by.end, message, "请核对。")


def points_as_percent(sentence: Sentence) -> Iterator[Violation]:
    """由61.4%提高到83.9%，提高22.5%: the difference of two shares is in points."""
    found = [each for each in sentence.quantities if not each.ranged]
    for before, now, by in zip(found, found[1:], found[2:], strict=False):
        if not (
            before.percent
            and now.percent
            and by.percent
            and before.plain
            and now.plain
            and by.plain
        ):
            continue
        between = sentence.text[before.end : now.start]
        bracket = _THAN_IN_BRACKETS.match(between)
        behind = bool(_THAN.match(between) or bracket or re.search(r"上年|去年", between))
        said = behind or _FROM_TO.search(between) or _BESIDE_YEAR.match(between)
        match = _BY.match(sentence.text[now.end : by.start].removeprefix("）" if bracket else ""))
        if not said or not match or re.match(r"个?百分点", sentence.text[by.end :]):
            continue
        relative = (
            growth(before.bounds, now.bounds) if behind else growth(now.bounds, before.bounds)
        )
        apart = difference(now.bounds, before.bounds)
        sizes = (by.bounds, difference(exactly(0), by.bounds))
        base = now if behind else before
        change = abs(now.value - before.value) * 100 / (base.value or 1)
        if any(apart.meets(size) for size in sizes) and abs(change - by.value) > by.step / 2:
            unsure = relative and any(relative.meets(size) for size in sizes)
            message = (
                f"两个百分数相差{shown(abs(now.value - before.value))}个百分点，不是{figure(by)}"
            )
            number = by.text.rstrip("%％")
            level = Level.WARNING if unsure else None
            yield sentence.hit(by.start, by.end, message, f"请改为“{number}个百分点”。", level)


def amount_in_points(sentence: Sentence) -> Iterator[Violation]:
    """收入3.86亿元，同比增长5.2个百分点: an amount grows by per cent, only a share by points."""
    found = [each for each in sentence.quantities if not each.ranged]
    for amount, by in pairwise(found):
        if (
            by.unit != POINTS
            or amount.unit in ("", PERCENT, POINTS, TIMES, "年", "个月", "天")
            or not (amount.plain and by.plain)
        ):
            continue
        if _AMOUNT_BY.match(sentence.text[amount.end : by.start]):
            message = f"{figure(amount)}是数量，增减用“%”，不用“个百分点”"
            yield sentence.hit(
                by.start,
                by.end,
                message,
                "请核对：是增长百分之几，还是占比提高几个百分点。",
                Level.WARNING,
            )


def _amount_and_rate(sentence: Sentence, found: list[Quantity]) -> Iterator[Violation]:
    """现A，比上年增加B，增长P%: last year was A less B."""
    for now, by, rate in zip(found, found[1:], found[2:], strict=False):
        if (
            not (now.plain and by.plain and rate.percent)
            or rate.ranged
            or rate.spelt
            or now.thing != by.thing
            or now.percent
            or not now.unit
        ):
            continue
        first = re.match(
            rf"^{_OF_TWO_KINDS}(?:[，,][^，。；、\d]{{0,8}}|[，,])?(?:同比|环比|(?:同?比|较)(?:上年[末底]?|去年[末底]?|上年同期|去年同期|20\d\d年[末底]?|年初|上季度|上月|上半年|上一?[届轮期次年]|前一?年|改革前)(?:实绩|执行数|完成数|决算数|实际|水平)?)的?(?:净|共)?(?P<way>{_UP}|{_DOWN}|[多少增减][\u4e00-\u9fff]{{0,3}})(?:了)?$",
            sentence.text[now.end : by.start],
        )
        behind = re.sub(rf"^{_OF_TWO_KINDS}", "", sentence.text[by.end : rate.start])
        second = _RATE_OF.match(behind) or _BY.match(behind)
        if not first or not second:
            continue
        lead = re.sub(rf"^{_OF_TWO_KINDS}[，,]?", "", first[0])
        if first["way"][0] in "多少" and lead[0] not in "同环比较":
            continue  # 兼职214名，专职教师比上年末多配18名
        if "同比" in second[0] and not _YEAR_AGO.search(first[0]):
            continue  # 比年初增加27.2亿元，同比增长10%: of another day
        sign = -1 if re.fullmatch(f"{_DOWN}|[少减].*", first["way"]) else 1
        before = difference(now.bounds, _turned(by.bounds, sign))
        true = quotient(by.bounds, before, 100)
        if true is None or true.meets(rate.bounds.widened(rate.step / 2)):
            continue
        base = now.value - sign * by.value
        wrong_base = abs(by.value * 100 / now.value - rate.value) <= rate.step
        tail = f"（看来是除以了本期的{figure(now)}）" if wrong_base else ""
        message = f"增减{figure(by)}，上期应为{in_scale_of(base, now)}，变动{shown(by.value * 100 / base)}%，文中写{figure(rate)}{tail}"
        if priced(sentence, rate.start):
            continue
        sure = _YEAR_AGO.search(first[0]) and not valued(sentence, rate.start)
        level = None if sure else Level.WARNING  # 比年初增加…，增长…: often of the year before
        yield sentence.hit(now.start, rate.end, message, "增长率以上期数为基数。", level)


def _rate_and_amount(sentence: Sentence, found: list[Quantity]) -> Iterator[Violation]:
    """现A，同比增长P%，增加B: the same the other way round."""
    for now, rate, by in zip(found, found[1:], found[2:], strict=False):
        plain = now.plain and by.plain and rate.plain and rate.percent and not now.percent
        if not plain or now.thing != by.thing or not now.unit or by.value >= now.value:
            continue
        first = _GREW.match(sentence.text[now.end : rate.start])
        second = _RATE_OF.match(sentence.text[rate.end : by.start])
        if not first or not second or priced(sentence, rate.start):
            continue
        sign = -1 if re.search(_DOWN, first[0]) else 1
        before = difference(now.bounds, _turned(by.bounds, sign))
        true = quotient(by.bounds, before, 100)
        if true is None or true.meets(rate.bounds.widened(rate.step / 2)):
            continue
        base = now.value - sign * by.value
        message = f"增减{figure(by)}，上期应为{in_scale_of(base, now)}，变动{shown(by.value * 100 / base)}%，文中写{figure(rate)}"
        level = Level.NOTE if valued(sentence, rate.start) else Level.WARNING
        yield sentence.hit(now.start, by.end, message, "增长率以上期数为基数。", level)


_GREW = re.compile(
    rf"^[，,](?:同比|(?:同?比|较)(?:上年|去年|上年同期|去年同期))(?:{_UP}|{_DOWN})(?:了)?$"
)


def _real_growth(sentence: Sentence, at: int) -> bool:
    """True where growth is commonly told at constant prices."""
    return valued(sentence, at) and not re.search(r"可支配收入|纯收入", stretch(sentence, at))


def _gaps(sentence: Sentence, found: list[Quantity]) -> Iterator[Violation]:
    """A…，B…，两者相差C."""
    for one, two, apart in zip(found, found[1:], found[2:], strict=False):
        same = one.thing == two.thing == apart.thing and one.plain and two.plain and apart.plain
        lead = sentence.text[two.end : apart.start]
        if (
            same
            and _GAP.search(lead)
            and "与" not in lead
            and "比" not in lead
            and len(lead) < 8  # noqa: PLR2004
            and len(sentence.text[one.end : two.start]) < 24  # noqa: PLR2004
        ):
            size = abs(one.value - two.value)
            bounds = difference(one.bounds, two.bounds)
            if not (bounds.meets(apart.bounds) or _turned(bounds, -1).meets(apart.bounds)):
                message = f"{figure(one)}与{figure(two)}相差{shown(size)}，文中写{figure(apart)}"
                yield sentence.hit(one.start, apart.end, message, "请核对。")


def _doubled(
    sentence: Sentence, before: Quantity, now: Quantity, words: re.Match[str]
) -> Iterator[Violation]:
    ratio = quotient(now.bounds, before.bounds)
    wanted = 2 if words["once"] else 4
    if ratio and ratio.high is not None and ratio.high < Fraction(wanted * 95, 100):
        message = f"从{figure(before)}到{figure(now)}是{shown(now.value / before.value, 2)}倍，不到{wanted}倍，不能说“{words[0].lstrip('，,')}”"
        yield sentence.hit(before.start, now.end + words.end(), message, "请核对。")


def _truth(before: Quantity, now: Quantity, by: Quantity) -> str:
    if by.percent and before.value:
        change = (now.value - before.value) * 100 / before.value
        return f"{'增长' if change >= 0 else '下降'}{shown(abs(change))}%"
    if by.unit == TIMES and before.value:
        return f"是{shown(now.value / before.value, 2)}倍"
    return f"相差{in_scale_of(abs(now.value - before.value), by)}"


def _tried(before: Quantity, now: Quantity, by: Quantity) -> str:
    """The wrong base, where one explains the number."""
    if not by.percent or not now.value or not before.value:
        return ""
    if abs(abs(now.value - before.value) * 100 / now.value - by.value) <= by.step:
        return f"（看来是除以了{figure(now)}）"
    if abs(now.value * 100 / before.value - by.value) <= by.step:
        return f"（这是{figure(now)}占{figure(before)}的比例）"
    return ""

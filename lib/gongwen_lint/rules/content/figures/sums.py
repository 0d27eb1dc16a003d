"""A sentence -> its sums recomputed (for K03, K19): what is left over, so much for each, shares of 其中, proportions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product, takewhile

from gongwen.chinese.numbers.bounds import HUNDRED, exactly, share, total
from gongwen.chinese.numbers.quantity import Quantity, quantities
from gongwen.findings import Level
from gongwen_lint.rules.content.figures.kinds import Makeup, makeup
from gongwen_lint.rules.content.sentences import Sentence, figure, label_of, shown
from gongwen_lint.rules.rule import Violation

_REST = re.compile(r"(?P<all>其余|剩余|余下|剩下)(?:的)?[^，。；、\d]{0,6}$|[，；]其[他它]$")
_OF_BASE = re.compile(r"的\d[\d.]*[%％]")
_AIM = re.compile(r"目标|计划|任务|预算|限额")
_STILL = re.compile(r"(?:仍有|尚有|还有)[^，。；、\d]{0,4}$")
_UNDONE = re.compile(r"^[^，。；\d]{0,6}(?:未|没有|待|正在)")
_SURPLUS = "(?:结余|结存|结转|净增|净结余|盈余|节余)"
_NO_BALANCE = re.compile(r"新增|新建|撤|合并|增加|减少|比上年|同比|累计|每|另|分别")
_EACH = re.compile(
    r"(?:每(?P<of>[人名户个家村件场期台张])|各(?:补助|奖励|补贴|安排|发放|慰问|奖补|拨付|投入))[^，。；、\d]{0,8}$"
)
_IN_ALL = re.compile(r"^[^，。；、\d]{0,4}[，,](?:共计|合计|总计|共)[^，。；、\d]{0,4}$")
_OF_EACH = {
    "人": "人",
    "名": "人",
    "户": "户",
    "个": "个",
    "家": "家",
    "村": "个",
    "件": "件",
    "场": "场",
    "期": "期",
    "台": "台",
    "张": "张",
}
_SHARE_OF = re.compile(r"(?P<what>[\u4e00-\u9fff]{2,3}?)(?:化?率|占比)(?:[为是达]到?)?$")
_PROPORTION = re.compile(
    r"(?:结构|比重|比例|占比|构成|(?:调整|优化|演变|转变|变化|提升)?[为到])[^。；\d]{0,12}?(?<![\d.:：∶︰])(?P<parts>\d{1,2}(?:\.\d+)?(?:\s*[:：∶︰]\s*\d{1,2}(?:\.\d+)?){2,3})(?![\d.:：∶︰%％])"
)
_DEBTS = re.compile(
    r"资产总额(?:为|达)?(?P<assets>\d[\d.,]*)[^，。；]{0,3}，负债总额(?:为|达)?(?P<debts>\d[\d.,]*)[^，。；]{0,3}，资产负债率(?:为|达)?(?P<rate>\d)"
)
_FAR_OFF = 20  # points: the rate is of another base
_FEW = 12  # quantities before a sentence: what it divides was told not long ago
_NEARLY_ALL = 1  # per cent
_NEAR_HUNDRED = 8  # farther off, the numbers are no shares


def _adds_up(whole: Quantity, parts: Sequence[Quantity]) -> bool:
    return total(each.bounds for each in parts).meets(whole.bounds)


def in_brackets(sentence: Sentence, at: int) -> bool:
    """True for a place inside （）: 484项（重大隐患2项、一般隐患482项）."""
    return sentence.text.count("（", 0, at) > sentence.text.count("）", 0, at)


def left_over(sentence: Sentence, told: Sequence[Quantity]) -> Iterator[Violation]:
    """A个，B、C，其余D: A less B and C is D, whichever number before it is meant for the whole.

    `told` are the numbers of the text so far: all parts may make one of them.
    """
    for place, rest in enumerate(sentence.quantities):
        lead = sentence.text[: rest.start]
        still = _STILL.search(lead)
        if not rest.plain or not rest.unit or rest.percent or not (still or _REST.search(lead)):
            continue
        same = [
            each
            for each in sentence.quantities[:place]
            if each.thing == rest.thing and not in_brackets(sentence, each.start)
        ]
        wholes = [at for at, each in enumerate(same[:-1]) if each.value > rest.value]
        if still:  # 已整改169个，仍有18个未整改
            done = same[-1:] and re.search(r"已|完成|办结", sentence.before(same[-1]))
            wholes = (
                [len(same) - 2]
                if done and len(same) > 1 and _UNDONE.match(sentence.text[rest.end :])
                else []
            )
        stretch = sentence.text[same[wholes[0]].end : rest.start] if wholes else ""
        if not wholes or not all(each.plain for each in same) or _NO_BALANCE.search(stretch):
            continue
        if any(_adds_up(same[at], (*same[at + 1 :], rest)) for at in wholes):
            continue
        if _is_rest_of(sentence, same, rest):
            continue
        cut = lead.rfind("；")  # 1254个，其中…；已解决1138个，其余116个
        stretch_parts = [each for each in same if each.start > cut >= 0]
        every = total(each.bounds for each in (*same, rest))
        alone = total(each.bounds for each in (*stretch_parts, rest))
        beside = quantities(sentence.para.text[: sentence.start])[-_FEW:]
        earlier = [*told, *beside, *sentence.quantities[place + 1 :]]
        if any(every.meets(each.bounds) for each in earlier if each.thing == rest.thing) or any(
            alone.meets(each.bounds)
            for each in (*same, *earlier)
            if stretch_parts and each.thing == rest.thing
        ):
            continue
        whole = max((same[at] for at in wholes), key=lambda each: each.value)
        parts = (*same[same.index(whole) + 1 :], rest)
        summed = sum((each.value for each in parts), Fraction(0))
        if 2 * summed < whole.value or summed > 2 * whole.value:  # something else is told of
            continue
        listed = "+".join(each.text for each in parts)
        message = f"{listed}，与{figure(whole)}对不上"
        yield sentence.hit(whole.start, rest.end, message, "请核对总数和余数。", Level.WARNING)


def _is_rest_of(sentence: Sentence, same: Sequence[Quantity], rest: Quantity) -> bool:
    """True if the rest is what a number of the sentence lacks to an aim, to the first, or to a whole not told."""
    aims = [
        each
        for each in same
        if each is same[0]
        or _AIM.search(sentence.before(each))
        or _OF_BASE.match(sentence.text, each.end)
    ]
    if any(_adds_up(aim, (part, rest)) for aim, part in product(aims, same)):
        return True  # 到位286.35亿元，目标为370亿元，余下83.65亿元
    return _has_share(sentence, same[-1], rest)  # 净盈利798万元，占79.2%，其余210万元


def _has_share(sentence: Sentence, part: Quantity, rest: Quantity) -> bool:
    """True if a share told in the sentence is that of a part in it and the rest."""
    found = share(part.bounds, total((part.bounds, rest.bounds)))
    rates = [each for each in sentence.quantities if each.percent and each.plain]
    return found is not None and any(found.meets(each.bounds) for each in rates)


def balance(sentence: Sentence) -> Iterator[Violation]:
    """总收入A，总支出B，结余C: A is B and C."""
    for income, spent, rest in zip(
        sentence.quantities, sentence.quantities[1:], sentence.quantities[2:], strict=False
    ):
        words = [sentence.before(each) for each in (income, spent, rest)]
        said = all(
            re.search(f"{word}[^，。；、\\d]{{0,4}}$", each)
            for word, each in zip(("收入", "支出", _SURPLUS), words, strict=True)
        )
        plain = income.plain and spent.plain and rest.plain
        if not said or not plain or not income.thing == spent.thing == rest.thing:
            continue
        brought = [
            each
            for each in sentence.quantities
            if each.end <= income.start and each.thing == income.thing
            if re.search(r"结转|结余|结存", sentence.before(each))
        ]
        had = total(each.bounds for each in (income, *brought[-1:]))
        if not total((spent.bounds, rest.bounds)).meets(had):
            message = f"{figure(spent)}与{figure(rest)}相加不是{figure(income)}"
            yield sentence.hit(
                income.start, rest.end, message, "请核对收入、支出和结余。", Level.WARNING
            )


def done_and_left(sentence: Sentence) -> Iterator[Violation]:
    """A个项目中，B个已完工，C个预计年底前完工; 应到A人，请假B人，实到C人: what is done and what is left make the whole."""
    for whole, one, other in zip(
        sentence.quantities, sentence.quantities[1:], sentence.quantities[2:], strict=False
    ):
        if (
            not (whole.plain and one.plain and other.plain)
            or not whole.thing == one.thing == other.thing
            or not whole.unit
            or whole.percent
            or one.value + other.value == whole.value
        ):
            continue
        between = sentence.text[whole.end : one.start]
        stretch = sentence.text[whole.end : other.start]
        among = "中" in between and "其中" not in between
        told = [sentence.before(each) + sentence.after(each) for each in (one, other)]
        left = [bool(_LEFT.search(words)) for words in told]
        if among and not left[1] and not (left[0] and _DONE.search(told[1])):
            continue
        if not among and not _halves(sentence, whole, told, left, stretch):
            continue
        if not among and not _slip(whole, one, other):
            continue
        if (among and not _DONE.search(stretch)) or _more_parts(sentence, other):
            continue
        message = f"{figure(one)}与{figure(other)}相加不是{figure(whole)}"
        yield sentence.hit(whole.start, other.end, message, "请核对。", Level.WARNING)


def _more_parts(sentence: Sentence, last: Quantity) -> bool:
    """True if one more number of the unit follows in the list: 已完成39项，正在推进6项，未启动1项."""
    after = next((each for each in sentence.quantities if each.start >= last.end), None)
    if after is None or after.thing != last.thing:
        return False
    return not re.search(r"[；。]|其中", sentence.text[last.end : after.start])


def _halves(
    sentence: Sentence, whole: Quantity, told: Sequence[str], left: Sequence[bool], stretch: str
) -> bool:
    """True if one of two numbers is what is done and the other what is missing of what was due."""
    due = _DUE.search(sentence.before(whole) + sentence.after(whole))
    done = [bool(_DONE.search(words)) for words in told]
    balanced = (done[0] and left[1]) or (left[0] and done[1])
    return bool(balanced and (due or "已" in stretch)) and not _NO_BALANCE.search(stretch)


def _slip(whole: Quantity, one: Quantity, other: Quantity) -> bool:
    """True if the two come so near to the whole that they were meant to make it."""
    return (
        abs(one.value + other.value - whole.value) * 5 <= whole.value > max(one.value, other.value)
    )


_LEFT = re.compile(
    r"正在|预计|尚|未|缺训|缺勤|缺课|缺考|漏|仍|在建|持续|请假|缺席|缺编|空编|不合格|不达标|不符合|不属实|空缺|节约|节省|核减|审减|结余|剩余|欠|待|退回"
)
_DONE = re.compile(
    r"已|完成|实|合格|达标|符合|通过|建立|审定|采购|到位|支出|办结|采纳|整改|使用|中标|成交"
)
_DUE = re.compile(
    r"应|核定|预算|送审|计划|问题|总|共|任务|抽查|报名|检查|受理|申请|下发|下达|控制价|概算"
)


_BOUND = re.compile(r"至少|最少|不少于|不低于|最多|不超过")  # 每人至少2场


def so_much_each(sentence: Sentence) -> Iterator[Violation]:
    """320名，每人1000元，共32万元."""
    found = sentence.quantities
    for heads, each, whole in zip(found, found[1:], found[2:], strict=False):
        match = _EACH.search(sentence.text[heads.end : each.start])
        if (
            not match
            or not (heads.plain and each.plain and whole.plain)
            or each.thing != whole.thing
            or not each.unit
            or _BOUND.search(sentence.before(each))
        ):
            continue
        if match["of"] and match["of"] in "个村" and not _same_thing(sentence, heads, match["of"]):
            continue
        if heads.thing != _OF_EACH.get(match["of"], heads.thing) or not _IN_ALL.match(
            sentence.text[each.end : whole.start]
        ):
            continue
        amount = heads.value * each.value
        if exactly(amount).meets(whole.bounds):
            continue
        message = (
            f"{figure(heads)}乘以{figure(each)}是{shown(amount)}{whole.unit}，文中写{figure(whole)}"
        )
        yield sentence.hit(
            heads.start, whole.end, message, "请核对数量、标准和总数。", Level.WARNING
        )


def _same_thing(sentence: Sentence, heads: Quantity, of: str) -> bool:
    """14个乡镇，每个乡镇: 个 counts anything, so the noun must come again."""
    noun = re.match(r"[\u4e00-\u9fff]{1,8}", sentence.text[heads.end :])
    if noun is None:
        return False
    return "村" in noun[0] if of == "村" else f"每个{noun[0][:2]}" in sentence.text[heads.end :]


def rates_of_which(sentence: Sentence) -> Iterator[Violation]:
    """478份，其中有效462份，有效率为96.7% · 收入17.36亿元，其中税收10.94亿元，税收占比63.0%."""
    end = sentence.text.rfind("其中")
    if end < 0 or sentence.text.count("其中") > 1:
        return
    before = [
        each for each in sentence.quantities if each.end <= end and each.plain and not each.percent
    ]
    after = [each for each in sentence.quantities if each.start > end]
    for place, percent in enumerate(after):
        match = _SHARE_OF.search(sentence.text[: percent.start])
        part = next((each for each in reversed(after[:place]) if not each.percent), None)
        if match is None or part is None or not (percent.percent and percent.plain and part.plain):
            continue
        label = sentence.before(part).removeprefix("其中") + sentence.after(part)
        whole = next(
            (each for each in reversed(before) if each.thing == part.thing and each.unit), None
        )
        if whole is None or whole.value < part.value or match["what"] not in label:
            continue
        found = share(part.bounds, whole.bounds)
        told = sum(f"{match['what']}率" in sentence.before(each) for each in after)
        if told > 1 or abs(part.size * 100 / whole.size - percent.size) > _FAR_OFF:
            continue  # 重大隐患整改129条，整改率93.5%；一般隐患整改7319条，整改率98.08%: each has its own
        bases = [
            each
            for each in (*before, *after)
            if each.thing == part.thing and each.value and each is not part
            if each is whole
            or each.step == 1
            or each.step * 20 < each.value  # 2000份: anything near
        ]
        others = [share(part.bounds, each.bounds) for each in bases]
        if found is None or any(
            each and each.meets(percent.bounds.widened(percent.step / 2)) for each in others
        ):
            continue
        message = f"{figure(part)}除以{figure(whole)}是{shown(part.value * 100 / whole.value)}%，文中写{figure(percent)}"
        yield sentence.hit(part.start, percent.end, message, "请核对两个数和比率。", Level.WARNING)


def shares_in_turn(sentence: Sentence) -> Iterator[Violation]:
    """A名、B名、C名，分别占a%、b%和c%: shares of their sum where half of them or more say so."""
    lead = _IN_TURN.search(sentence.text)
    if lead is None or len(_IN_TURN.findall(sentence.text)) > 1:
        return
    told = [each for each in sentence.quantities if each.start >= lead.end()]
    shares = list(takewhile(lambda each: each.percent and each.plain, told))
    before = [each for each in sentence.quantities if each.end <= lead.start()]
    before = [each for each in before if each.thing == before[-1].thing]  # 6岁及以下的27人
    parts = before[-len(shares) :] if shares else []
    if len(shares) < 2 or len(parts) < len(shares) or len({each.thing for each in parts}) > 1:  # noqa: PLR2004
        return
    if not all(each.plain and each.unit for each in parts) or parts[0].percent:
        return
    whole = total(each.bounds for each in parts)
    wrong = [
        (part, percent)
        for part, percent in zip(parts, shares, strict=True)
        if (found := share(part.bounds, whole))
        and not found.meets(percent.bounds.widened(percent.step / 2))
    ]
    off = abs(sum((each.value for each in shares), Fraction(0)) - HUNDRED)
    if 2 * len(wrong) > len(shares) and off > _NEARLY_ALL:
        return
    for part, percent in wrong[:1]:
        summed = sum((each.value for each in parts), Fraction(0))
        message = f"{figure(part)}占{len(parts)}项之和的{shown(part.value * 100 / summed)}%，文中写{figure(percent)}"
        yield sentence.hit(part.start, percent.end, message, "请核对各项和比例。", Level.WARNING)


_IN_TURN = re.compile(
    r"(?:分别|依次)占|占(?=[\d.]+[%％]、)|(?:占比|比例|比重)(?:分别|依次)?为|各占"
)


def debts(sentence: Sentence) -> Iterator[Violation]:
    """资产总额A，负债总额B，资产负债率P%: the one rate whose two numbers its name tells."""
    match = _DEBTS.search(sentence.text)
    at = {each.start: each for each in sentence.quantities} if match else {}
    found = [at.get(match.start(name)) for name in ("assets", "debts", "rate")] if match else []
    if len(found) == 3 and all(found):  # noqa: PLR2004  all three were read
        assets, owed, rate = (each for each in found if each)
        true = share(owed.bounds, assets.bounds)
        plain = (
            assets.plain
            and owed.plain
            and rate.plain
            and rate.percent
            and assets.thing == owed.thing
        )
        if plain and true and not true.meets(rate.bounds.widened(rate.step / 2)):
            message = f"{figure(owed)}除以{figure(assets)}是{shown(owed.value * 100 / assets.value)}%，文中写{figure(rate)}"
            yield sentence.hit(assets.start, rate.end, message, "请核对。", Level.WARNING)


def proportions(sentence: Sentence) -> Iterator[Violation]:
    """三次产业结构为13.5:41.7:44.8: the parts of a hundred."""
    text = sentence.para.text[sentence.start : sentence.end]  # 5:41 is masked as a clock time
    for match in _PROPORTION.finditer(text):
        numbers = re.findall(r"\d+(?:\.\d+)?", match["parts"])
        step = max(Fraction(1, 10 ** len(each.partition(".")[2])) for each in numbers)
        summed = sum((Fraction(each) for each in numbers), Fraction(0))
        off = abs(summed - HUNDRED)
        if step * len(numbers) / 2 < off <= _NEAR_HUNDRED:
            message = f"{'+'.join(numbers)}={shown(summed, 2)}，不是100"
            start = match.start("parts")
            yield Violation(
                sentence.para.number,
                sentence.start + start,
                sentence.start + match.end(),
                message,
                hint="请核对各部分的比例。",
                level=Level.WARNING,
            )


def bands_of(sentence: Sentence, earlier: Sequence[Quantity]) -> Iterator[Violation]:
    """30岁及以下A名，31至50岁B名，51岁及以上C名: bands that leave nothing out come to a number told before."""
    counted = [
        each
        for each in sentence.quantities
        if each.plain and each.unit not in ("", "岁") and not each.percent
    ]
    if len(counted) < 3 or len({each.thing for each in counted}) > 1:  # noqa: PLR2004  one whole and a part make no bands
        return
    labels = [label_of(sentence, each) for each in counted]
    if makeup(labels) is not Makeup.WHOLE:
        return
    thing = counted[0].thing
    told = [each for each in earlier if each.size and each.thing == thing]
    if not told:
        return
    summed = total(each.bounds for each in counted)
    size = sum(each.size for each in counted)
    near = [each for each in told if abs(each.size - size) * 20 < each.size]
    if near and not any(summed.meets(each.bounds) for each in told):
        listed = "+".join(each.text for each in counted)
        message = (
            f"{listed}={shown(sum(each.value for each in counted))}，与前文的{figure(near[-1])}不符"
        )
        yield sentence.hit(
            counted[0].start, counted[-1].end, message, "请核对各部分和总数。", Level.WARNING
        )

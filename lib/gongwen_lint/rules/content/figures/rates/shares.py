"""A sentence -> shares, rates, means recomputed (for K19) from the numbers beside them, with the rounding the text shows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise, permutations

from gongwen.chinese.numbers.bounds import ABOVE, HUNDRED, difference, exactly, quotient, total
from gongwen.chinese.numbers.bounds import share as share_of
from gongwen.chinese.numbers.quantity import Quantity
from gongwen.findings import Level
from gongwen_lint.rules.content.figures.kinds import Makeup, crossing, makeup
from gongwen_lint.rules.content.listing import value
from gongwen_lint.rules.content.reading import wholes
from gongwen_lint.rules.content.reading.bases import Share, base_of
from gongwen_lint.rules.content.reading.rates import of_two
from gongwen_lint.rules.content.reading.scopes import elsewhere, rate_name, removed, segment
from gongwen_lint.rules.content.sentences import Sentence, figure, shown
from gongwen_lint.rules.rule import Violation

_RATE = re.compile(r"(?P<what>[\u4e00-\u9fff]{2,4}?)率(?:[为是达]到?|分别为)?$")
_MEAN_OF = re.compile(
    r"平均(?:每|一)(?P<of>[个名人户家村场次期所支项处件笔台套亩间])[^，。；、\d]{0,8}?(?:有|约|达|为|接待|接近|超过)?$|(?P<per>[户人村场期次件项笔亩校])均[^，。；\d]{0,4}$"
)
_A_MONTH = re.compile(r"每?[月天日季周]")  # 人均每月: of six months
_MEAN_NOUN = re.compile(r"(?:[为是约达有]|达到|仅|超过|接近|补助|投入|拿到|收入|增收)+$")
_PERS = {
    "户": ("户",), "人": ("人", "名"), "村": ("个",), "场": ("场", "场次"), "期": ("期",), "次": ("次",), "件": ("件",), "项": ("项",),
    "笔": ("笔",), "亩": ("亩",), "校": ("所",),
}  # fmt: skip
# rates that are of a part of all there are, and of nothing planned
_OF_ALL = re.compile(
    r"(?:合格|到课|到会|出勤|出席|参训|参会|办结|满意|达标|整改|化解|采纳|通过|优良|优秀|知晓|治愈|销号|响应|答复|检出)率(?:[为是达]到?|高达)?$"
)
_A_VILLAGE = re.compile(r"(?:建制|行政|自然|薄弱|试点|示范)?村")
# per cent: kinds that exclude one another and come this near to the whole were meant to be all of
# it
_ALMOST = 5


def shares(
    told: Sequence[Share], here: Sequence[Quantity], earlier: Sequence[Quantity]
) -> Iterator[Violation]:
    """Every share of a paragraph against its base: `here` the paragraph's quantities, `earlier` those before it."""
    for share in told:
        if base := base_of(share, told, here, earlier):
            yield from _against(share, base.quantity, sure=base.sure)


def _against(share: Share, base: Quantity, *, sure: bool) -> Iterator[Violation]:
    found = share_of(share.part.bounds, base.bounds)
    if found is None or found.meets(share.percent.bounds):
        return
    part, percent = share.part, share.percent
    places = max(len(percent.text.rstrip("%％").partition(".")[2]), 1)
    message = f"{figure(part)}占{figure(base)}的{shown(part.value * 100 / base.value, places)}%，文中写{figure(percent)}"
    close = found.meets(percent.bounds.widened(percent.step / 2))
    level = None if sure and not close else Level.WARNING
    yield share.sentence.hit(
        part.start, percent.end, message, "请核对人数、比例和所用的基数。", level
    )


def whole(sentence: Sentence) -> Iterator[Violation]:
    """A占a%，B占b%，其他占c%: kinds that leave nothing out come to 100%."""
    ends = [match.start() for match in re.finditer("；", sentence.text)]
    for start, end in pairwise((0, *ends, len(sentence.text))):
        told = [each for each in sentence.quantities if start <= each.start < end]
        yield from _whole(sentence, told, alone=not ends)
    shares = [each for each in sentence.quantities if each.percent]
    apart = {sentence.text.count("；", 0, each.start) for each in shares}
    if len(shares) > 1 and len(apart) == len(shares):  # one to each stretch
        yield from _whole(sentence, sentence.quantities, alone=False)


def in_turn(sentence: Sentence) -> Iterator[Violation]:
    """三次产业比重分别为a、b和c: as many shares as there are kinds, near to all, that do not come to all."""
    for match in _OF_ALL_KINDS.finditer(sentence.text):
        told = [each for each in sentence.quantities if each.start >= match.end()]
        count = value(match["number"])
        shares = told[:count]
        if len(shares) < count or not all(each.percent and each.plain for each in shares):
            continue
        words = sentence.text[match.end() : shares[-1].start]
        off = abs(sum((each.value for each in shares), Fraction(0)) - HUNDRED)
        if re.search(r"[，；。]", words) or off > _A_LITTLE:
            continue
        if not total(each.bounds for each in shares).meets(exactly(HUNDRED)):
            listed = "+".join(each.text for each in shares)
            message = f"{listed}={shown(sum(each.value for each in shares), 2)}%，不是100%"
            yield sentence.hit(
                shares[0].start, shares[-1].end, message, "请核对各项比例。", Level.WARNING
            )


def over_hundred(sentence: Sentence) -> Iterator[Violation]:
    """A占a%，B占b%，C占c%: three shares or more in one list that come to a little more than 100%."""
    if _MANY_CHOICES.search(sentence.para.text):
        return
    for run in _runs(sentence):
        if crossing(_names(sentence, run)):
            continue  # 女职工占15%；35岁及以下占15%；大专及以上占75%: one person may be in all three
        shown_sum = sum((each.value for each in run), Fraction(0))
        off = shown_sum - HUNDRED
        slack = sum((each.step for each in run), Fraction(0)) / 2
        if slack < off <= _A_LITTLE:
            listed = "+".join(each.text for each in run)
            message = f"{listed}={shown(shown_sum, 2)}%，超过100%"
            yield sentence.hit(
                run[0].start, run[-1].end, message, "请核对各项比例。", Level.WARNING
            )


def _names(sentence: Sentence, run: Sequence[Quantity]) -> list[str]:
    """The words before each share of a list, back to the share before it."""
    first = max(run[0].start - _ITEM, 0)
    starts = [first, *(each.end for each in run[:-1])]
    spans = zip(starts, run, strict=True)
    return [sentence.text[start : each.start] for start, each in spans]


def _runs(sentence: Sentence) -> Iterator[Sequence[Quantity]]:
    """The lists of three shares or more that are told in the same words, one after another."""
    percents = [each for each in sentence.quantities if each.percent]
    stretches = Counter(segment(sentence, each.start) for each in percents)
    run: list[Quantity] = []
    form = ""
    for each in percents:
        how = _share_told(sentence, each)
        apart = bool(run) and _apart(sentence, run[-1], each, stretches)
        if not how or how != form or apart:
            yield from [run] if len(run) > 2 else []  # noqa: PLR2004  two are no list
            run = []
        if how:
            run, form = [*run, each], how
    yield from [run] if len(run) > 2 else []  # noqa: PLR2004


def _share_told(sentence: Sentence, percent: Quantity) -> str:
    """占 or （, the words a share is told in; nothing where it is none."""
    match = _SHARED.search(sentence.text[: percent.start])
    if match is None or not percent.plain:
        return ""
    return "占" if match["how"] else "（"


def _apart(sentence: Sentence, before: Quantity, after: Quantity, stretches: Counter[int]) -> bool:
    """True where another list begins: after 其中, after other numbers of length, and at a ； unless one share stands in each stretch."""
    lead = sentence.text[before.end : after.start]
    counts = {stretches[segment(sentence, each.start)] for each in (before, after)}
    return "其中" in lead or len(lead) > _ITEM or ("；" in lead and counts != {1})


_OF_ALL_KINDS = re.compile(
    r"(?P<number>[三四五六])(?:次产业|类|者|项|部分|种|个)[^，。；：\d]{0,14}?(?:占比|比重|比例|占[^，。；\d]{0,12})(?:分别|依次)(?:为|是|达)?"
)
_MANY_CHOICES = re.compile(r"多选|可选|不止一|重复|交叉|同时")
_A_LITTLE, _ITEM = 10, 40  # per cent; characters
_SHARED = re.compile(
    r"(?:(?P<how>占(?:比|总[数量额]的?|[^，。；、\d]{0,10}的)?(?:为|达)?)|(?<=[^，。；：、\d])（占?)$"
)


def _whole(sentence: Sentence, told: Sequence[Quantity], *, alone: bool) -> Iterator[Violation]:
    """The shares of one clause between semicolons; `alone` where there is no other."""
    shares = [each for each in told if each.percent]
    listed = [each for each in shares if each.plain and _LISTED.search(sentence.text[: each.start])]
    if len(listed) < 2 or len(listed) != len(shares):  # noqa: PLR2004  one share is no list
        return
    labels = [_LISTED.search(sentence.text[: each.start])["label"] for each in listed]  # type: ignore[index]  # all of them match
    summed = total(each.bounds for each in listed)
    off = abs(sum((each.value for each in listed), Fraction(0)) - HUNDRED)
    kind = makeup(labels)
    rounded = kind is Makeup.APART and len(listed) > 3 and off <= _ALMOST  # noqa: PLR2004  好、较好、一般、差
    over = kind is Makeup.APART and sum((each.value for each in listed), Fraction(0)) > HUNDRED
    if (
        kind is not Makeup.WHOLE
        and not rounded
        and not over
        and not (alone and re.search(r"其他|其它|其余", labels[-1]))
    ):
        return
    if summed.meets(exactly(HUNDRED)):
        return
    found = "+".join(each.text for each in listed)
    message = f"{found}={shown(sum(each.value for each in listed), 2)}%，不是100%"
    yield sentence.hit(listed[0].start, listed[-1].end, message, "请核对各项比例。", Level.WARNING)


def named_rates(sentence: Sentence, earlier: Sequence[Sentence]) -> Iterator[Violation]:
    """应A，实B，到会率P%: a rate that is of two numbers by its name, and not what they make."""
    for quantity in sentence.quantities:
        if not quantity.percent:
            continue
        yield from _above_all(sentence, quantity)
        rate = of_two(sentence, quantity, earlier) or wholes.before(sentence, quantity, earlier)
        if rate is None:
            continue
        true = shown(rate.part.value * 100 / rate.whole.value)
        message = f"{figure(rate.part)}除以{figure(rate.whole)}是{true}%，文中写{figure(quantity)}"
        yield sentence.hit(
            quantity.start, quantity.end, message, "请核对两个数和比率。", Level.WARNING
        )


def _above_all(sentence: Sentence, rate: Quantity) -> Iterator[Violation]:
    """合格率104%: a part of all that there are is not more than all."""
    if rate.plain and rate.value > HUNDRED and _OF_ALL.search(sentence.text[: rate.start]):
        message = f"比率{figure(rate)}超过100%"
        yield sentence.hit(rate.start, rate.end, message, "请核对比率。", Level.WARNING)


def _any_pair_meets(quantities: Sequence[Quantity], rate: Quantity) -> bool:
    """True if two of the quantities, a part and its whole, come to the rate."""
    pairs = permutations(quantities, 2)
    alike = (pair for pair in pairs if pair[0].thing == pair[1].thing)
    return any(part.value <= whole.value and _meets(part, whole, rate) for part, whole in alike)


def rates(sentence: Sentence) -> Iterator[Violation]:
    """应A，已B，完成率P%: the two numbers before a rate, where the second does what the rate is named for."""
    for quantity in sentence.quantities:
        match = _RATE.search(sentence.text[: quantity.start])
        if not quantity.percent or quantity.hedge or quantity.ranged or not match:
            continue
        if elsewhere(rate_name(sentence, quantity), quantity):
            continue
        if removed(match["what"]):
            yield from _taken_away(sentence, quantity, match)
            continue
        before = [
            each for each in sentence.quantities if each.end <= match.start() and not each.percent
        ]
        told = _beside(sentence, before, match) or _told_before(sentence, before, match["what"])
        if told is None or _any_pair_meets(before, quantity):
            continue
        whole, part = told
        true = shown(part.value * 100 / whole.value)
        message = f"{figure(part)}除以{figure(whole)}是{true}%，文中写{figure(quantity)}"
        yield sentence.hit(whole.start, quantity.end, message, "请核对两个数和比率。")


def _beside(
    sentence: Sentence, before: Sequence[Quantity], match: re.Match[str]
) -> tuple[Quantity, Quantity] | None:
    """The whole and the part that stand just before the rate."""
    if len(before) < 2 or not (before[-1].plain and before[-2].plain):  # noqa: PLR2004  a part and its whole
        return None
    whole, part = sorted(before[-2:], key=lambda each: -each.value)
    if whole.thing != part.thing or not part.value or _named(sentence, before) is False:
        return None
    if "；" in sentence.text[before[-2].end : match.start()]:
        return None
    done = sentence.text[sentence.clause_start(before[-1].start) : match.start()]
    next_to = sentence.text[before[-1].end : match.start()] in _NEXT
    return (whole, part) if _does(match["what"], done) and whole is before[-2] and next_to else None


def _told_before(
    sentence: Sentence, before: Sequence[Quantity], what: str
) -> tuple[Quantity, Quantity] | None:
    """86个问题中，已完成整改61个，正在整改25个，整改完成率: the part that says what the rate is named for."""
    for whole, part in pairwise(before):
        label = sentence.before(part)
        same = whole.thing == part.thing and whole.unit and whole.plain and part.plain
        near = whole.value > part.value > 0 and _AMONG.search(sentence.text[whole.end : part.start])
        if same and near and re.search(r"已|完成", label) and set(what) <= set(label):
            return whole, part
    return None


def _taken_away(
    sentence: Sentence, quantity: Quantity, match: re.Match[str]
) -> Iterator[Violation]:
    """由5200项精简到2340项，精简率达到55%: what went, of what there was."""
    before = [each for each in sentence.quantities if each.end <= match.start()][-2:]
    if len(before) < 2 or not all(each.plain for each in before):  # noqa: PLR2004  from one to another
        return
    one, other = before
    between = sentence.text[one.end : other.start]
    near = sentence.text[other.end : match.start("what")] in _NEXT
    if (
        one.thing != other.thing
        or one.value <= other.value
        or not near
        or not re.search(r"[到至为]$", between)
    ):
        return
    true = share_of(difference(one.bounds, other.bounds), one.bounds)
    if true is not None and not true.meets(quantity.bounds.widened(quantity.step / 2)):
        gone = shown((one.value - other.value) * 100 / one.value)
        message = f"从{figure(one)}到{figure(other)}减去了{gone}%，文中写{figure(quantity)}"
        yield sentence.hit(one.start, quantity.end, message, "请核对。", Level.WARNING)


# the label of a share: from the last stop or number, across the number it may follow (35岁及以下159
# 名，占)
_LISTED = re.compile(
    r"(?:^|[，。；：、])(?:其中)?(?P<label>[^，。；：、]{2,16}?)(?:的)?(?:\d[\d.]*[万亿]?[名人个家户件项元亩吨]?[，、])?"
    r"(?:占(?:比)?(?:总数的)?|占[^，。；、\d]{1,12}?的?(?:比重|比例)(?:为|达)?|(?:所占)?(?:比重|占比|比例)(?:为|达))$"
)
_AMONG = re.compile(r"^[^，。；]{0,8}中[，,]")
_NEXT = frozenset({"，", "、", "，有效", "，按时", "，按期", "，群众", "的"})


def _does(what: str, done: str) -> bool:
    """True if the second number is of what the rate is named for: 办结 of 办结率, not of 及时办结率."""
    if re.search(rf"[不未]{what[-2:]}", done):
        return False  # 不合格12批次 for 合格率
    return (
        set(what) <= set(done)
        or ("已" in done and len(what) > 2 and set(what.removesuffix("完成")) <= set(done))  # noqa: PLR2004  整改完成率 after 已整改
        or ("结案" in what and "结" in done)
        or (what in {"到会", "参会", "参训", "出席", "出勤"} and bool(set("到参") & set(done)))
    )


def _named(sentence: Sentence, before: Sequence[Quantity]) -> bool:
    """False where a 其中, a change or a mean stands between the two numbers: then they are no part and whole."""
    words = sentence.text[before[-2].start : before[-1].start]
    return not re.search(r"其中|增加|减少|比(?!例)|较|平均|每|另", words)


def _meets(part: Quantity, whole: Quantity, percent: Quantity) -> bool:
    found = share_of(part.bounds, whole.bounds)
    return found is not None and found.meets(percent.bounds.widened(percent.step / 2))


def means(sentence: Sentence) -> Iterator[Violation]:
    """A户，B元，户均C元: one amount and one number of those who share it in the sentence."""
    for mean in sentence.quantities:
        match = _MEAN_OF.search(sentence.text[: mean.start])
        if (
            not match
            or mean.ranged
            or mean.hedge in ABOVE
            or mean.spelt
            or not mean.unit
            or mean.percent
            or _A_MONTH.search(match[0])
        ):
            continue
        counts = _PERS[match["per"]] if match["per"] else (match["of"],)
        here = segment(sentence, mean.start)
        told = [each for each in sentence.quantities if segment(sentence, each.start) == here]
        before = [each for each in told if each.end <= match.start() and each.plain]
        amounts = [
            each
            for each in before
            if each.thing == mean.thing or {each.thing, mean.thing} == {"人", "人次"}
        ]
        noun = _MEAN_NOUN.sub("", re.split("均", match[0])[-1])
        if match["per"] and noun and not any(noun in sentence.before(each) for each in amounts):
            continue  # 上缴税费23.7亿元，职工3.16万人，人均营业收入130.6万元
        heads = [each for each in before if each.unit in counts and each not in amounts]
        if match["per"] == "村":  # 个 counts anything
            heads = [each for each in heads if _A_VILLAGE.match(sentence.text[each.end :])]
        if len(amounts) != 1 or len(heads) != 1 or not heads[0].value:
            continue
        found = quotient(amounts[0].bounds, heads[0].bounds)
        if found and not found.meets(mean.bounds.widened(mean.step / 2)):
            message = f"{figure(amounts[0])}除以{figure(heads[0])}是{_mean(amounts[0].value / heads[0].value)}，文中写{figure(mean)}"
            yield sentence.hit(
                mean.start, mean.end, message, "请核对平均数和所用的基数。", Level.WARNING
            )


def _mean(value: Fraction) -> str:
    return shown(value, 0 if value > 100 else 1)  # noqa: PLR2004  as many figures as such a mean is printed with

"""K03, K04: a total and its parts, a part and its whole, those due and those there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import chain, combinations, pairwise

from gongwen.chinese.numbers.bounds import total
from gongwen.chinese.numbers.quantity import Quantity
from gongwen.findings import Level
from gongwen_lint.manuscript.manuscript import Manuscript
from gongwen_lint.rules.content.figures import sums
from gongwen_lint.rules.content.figures.divisions import named_alike
from gongwen_lint.rules.content.figures.kinds import REACH, Makeup, crossing, makeup
from gongwen_lint.rules.content.figures.rates.near_rates import shares_fit
from gongwen_lint.rules.content.reading.scopes import breakdowns, with_wholes
from gongwen_lint.rules.content.sentences import (
    Sentence,
    figure,
    label_of,
    of,
    paragraphs,
    shown,
)
from gongwen_lint.rules.context import CheckContext
from gongwen_lint.rules.rule import Rule, Violation

_CHANGE = re.compile(
    r"(?:增加|减少|增长|下降|提高|降低|提升|上升|压减|压缩|精简|缩短|新增|净增|多|少|高出|低于)(?:了|约|近)?$|[每均]|各(?![类种级项界方式层])"
)
_APART_FROM = re.compile(r"(?:低于|高于|少于|多于|高出|超出)[^，。；、\d]{0,6}$")  # 低于限额1.5亿元
_THAN_BEFORE = re.compile(r"[比较](?:上年|去年|上届|年初|上次|上季度|上月)")
_OTHERS = re.compile(r"(?:其中|和|及|以及|、)?其[他它余]")
_FIFTIETH = 50  # two kinds of the whole that come so near to it are all there are
_SCALE = re.compile(r"[百千万亿]")
_LINKS = re.compile(r"[^，、；]{0,14}[，、和及与]")
_SUM = re.compile(r"[，、,（(；]?(?:共计|合计|总计|一共)[有为达]?$")
_SUM_OF_ALL = re.compile(
    r"(?:(?:共计|合计|总计|一共|累计)|[，；、][^，。；、\d]{0,8}[共总])[^，。；、\d]{0,5}$"
)
_BASE = re.compile(r"占[^，。；]*$|[由从]$")
_LAST = 6  # amounts before a total that may be added up two by two
_SUMMED_GAP = 20  # characters between two numbers that are summed up behind them
_BESIDE = 14  # characters: between the total and 其中 nothing else was told of
_LEFT = re.compile(r"(?:尚|仍|还)[有余]$")  # 整改129条，尚有9条
_CLOSE, _MANY = (
    Fraction(1, 200),
    200,
)  # parts of so many that come this close were meant as the whole of it
_NEAR, _FAR = (
    Fraction(1, 10),
    Fraction(1, 4),
)  # parts this near to their total were meant to make it up
_IN_TURN = re.compile(r"分别[是为]")
_LABEL = 20  # characters of a label
_GENERIC = frozenset(
    "个项处条件次场"
)  # classifiers of anything: two of them may count different things
_DUE = r"应(?:当|该)?(?P<verb>到会|到|参加|参会|参训|参评|出席|交纳|缴纳|收缴|交|缴|收|完成|销号|整改|检查|检)[^，。；、\d]{0,10}$"
_DONE = r"(?:实际?|已经?)(?:{verb}|到|参加|参会|参训|参评|出席|交|缴|收)[^，。；、\d]{{0,10}}$"
_AMONG = re.compile(r"^[^，。；、]{0,14}中[，,]?(?:已?有|已)?$")


def parts_and_total(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """K03：总数等于各部分之和。

    各部分是不是不重不漏，看得出来的（正式与预备、男与女、合计、前后相接的年龄段）作错误；看不出来而相差不多的，作警告。

    好：共有职工598名，其中在职职工560名、离退休职工38名    差：共有职工612名，其中在职职工588名、离退休职工26名
    """
    del against
    earlier: list[Quantity] = []
    for para, words in paragraphs(manuscript):
        for sentence in with_wholes(of(para, words), words):
            found = _each_place_once(_wrong_sums(sentence, earlier))
            yield from (each for each in found if not shares_fit(sentence, each))
            earlier = [*earlier, *sentence.quantities][-REACH:]


def _wrong_sums(sentence: Sentence, earlier: Sequence[Quantity]) -> Iterator[Violation]:
    """What every way of reading a sum says of a sentence, the surest first."""
    yield from list(_of_which(sentence)) or list(_graded(sentence)) or named_alike(sentence)
    yield from list(_summed(sentence)) or _summed_behind(sentence)
    yield from sums.left_over(sentence, earlier)
    yield from sums.balance(sentence)
    yield from sums.done_and_left(sentence)
    yield from sums.bands_of(sentence, earlier)


def _each_place_once(found: Iterable[Violation]) -> Iterator[Violation]:
    """The first of those that speak of the same numbers."""
    spans: set[tuple[int, int]] = set()
    for each in found:
        if (each.start, each.end) not in spans:
            spans.add((each.start, each.end))
            yield each


def part_and_whole(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """K04：部分不大于整体，实到不大于应到，抽查的不多于全部。

    好：应参训职工8420名，实际参训8215名    差：应参训职工8420名，实际参训8615名
    """
    del against
    for para, words in paragraphs(manuscript):
        for sentence in with_wholes(of(para, words), words):
            yield from _due_and_done(sentence)
            yield from _larger_part(sentence)
            yield from _among(sentence)


def _of_which(sentence: Sentence) -> Iterator[Violation]:
    """共A，其中B、C."""
    for each in breakdowns(sentence):
        pairs = zip(each.parts, each.joined, strict=True)
        told = [pair for pair in pairs if not _LEFT.search(sentence.before(pair[0]))]
        whole, parts, joined = each.whole, [part for part, _ in told], [words for _, words in told]
        if len(parts) > 1 and (  # one part makes no sum
            all(part.value <= whole.value for part in parts) or _kinds_of(sentence, whole, parts)
        ):
            yield from _weigh(sentence, whole, parts, joined)


def _kinds_of(sentence: Sentence, whole: Quantity, parts: Sequence[Quantity]) -> bool:
    """True if the parts are named as kinds of the whole, so that even one larger than it was meant as a part."""
    alike = makeup([label_of(sentence, part) for part in parts]) is not Makeup.UNKNOWN
    return alike and all(part.value < 2 * whole.value for part in parts)


def _graded(sentence: Sentence) -> Iterator[Violation]:
    """A名参加评议，优秀的B名、合格的C名: kinds that exclude one another need no 其中."""
    things = dict.fromkeys(
        each.thing for each in sentence.quantities if each.plain and each.unit and not each.percent
    )
    for thing in things:
        same = [each for each in sentence.quantities if each.thing == thing and each.plain]
        if len(same) > 2 and not _CHANGE.search(sentence.before(same[0])):  # noqa: PLR2004  a whole and two parts
            whole, parts = same[0], same[1:]
            labels = [label_of(sentence, part) for part in parts]
            alone = (
                makeup([label_of(sentence, whole), *labels]) is Makeup.UNKNOWN
                and "其中" not in sentence.text
            )
            if (
                alone
                and makeup(labels) is not Makeup.UNKNOWN
                and all(part.value <= whole.value for part in parts)
            ):
                yield from _weigh(sentence, whole, parts)


def _weigh(
    sentence: Sentence, whole: Quantity, parts: Sequence[Quantity], joined: Sequence[str] = ()
) -> Iterator[Violation]:
    parts = [part for part in parts if not _THAN_BEFORE.search(sentence.before(part))]
    bracketed = sentence.text[whole.end : parts[0].start].startswith("）") if parts else True
    if bracketed or len(parts) < 2:  # noqa: PLR2004  one part makes no sum
        return
    ends = list(_list_ends(sentence, parts))
    if any(_come_to(whole, parts[:count]) for count in ends):
        return
    parts = parts[: ends[0]]
    others = [each for each in sentence.quantities if each.end <= whole.start]
    if any(_come_to(each, parts) for each in others if each.thing == whole.thing):
        return  # 纠纷218起，调处成功209起，其中…: of all of them
    amount = sum((part.value for part in parts), Fraction(0))
    labels = [label_of(sentence, part) for part in parts]
    kind = makeup(labels)
    certain = kind is Makeup.WHOLE or (kind is Makeup.APART and amount > whole.value)
    after = sentence.text[parts[-1].end :]
    rest = re.match(r"[^，。；、]{0,6}(?:等|[，、]其[余他]|以外)|、[^，。；]{2,20}各\d", after)
    rest = rest or re.match(r"[^。；]{0,30}(?:另有|另外|其余|剩余|尚有|还有)", after)
    rest = rest or re.match(
        r"[^，。；、]{0,6}[（(，][^）)。；]{0,8}(?:重复|交叉|重叠|不含|另有)", after
    )
    if certain or (
        not rest and not crossing(labels) and _meant_as_all(sentence, whole, parts, joined)
    ):
        scaled = whole.unit == "元" or bool(_SCALE.search(whole.text))  # 12.6万千瓦
        listed = "+".join(part.text if scaled else shown(part.value) for part in parts)
        summed = _as_shown(amount, whole) if scaled else shown(amount)
        message = f"各部分之和是{listed}={summed}，与总数{figure(whole)}不符"
        level = Level.ERROR if certain else Level.WARNING
        yield sentence.hit(whole.start, parts[-1].end, message, "请核对总数和各部分。", level)


def _list_ends(sentence: Sentence, parts: Sequence[Quantity]) -> Iterator[int]:
    """How many of the parts may be all: every one, and those before a 、 gives way to a ，."""
    links = [sentence.text[one.end : other.start] for one, other in pairwise(parts)]
    signs = [re.sub(r"[^，、；和]", "", words)[:1] for words in links]
    for place, (one, other) in enumerate(pairwise(signs), start=2):
        if one in "、和" and other == "，":
            yield place
    yield len(parts)


def _meant_as_all(
    sentence: Sentence, whole: Quantity, parts: Sequence[Quantity], joined: Sequence[str]
) -> bool:
    """True if parts of unknown kinds were plainly meant to make up the whole, so that a difference is a slip."""
    labels = [label_of(sentence, part) for part in parts]
    amount = sum((part.value for part in parts), Fraction(0))
    apart = abs(amount - whole.value)
    near = apart <= whole.value * _NEAR
    if 0 < apart <= whole.value * _CLOSE and whole.value >= _MANY:
        return True
    if _slip(amount, whole) or any(_OTHERS.match(label) for label in labels):
        return apart <= whole.value * _FAR
    if len(parts) > 2:  # noqa: PLR2004  two may be examples
        listed = all(_LINKS.match(words) and "；" not in words for words in joined[1:])
        over = amount > whole.value and (near or (listed and apart <= whole.value * _FAR))
        return over or (near and (listed or makeup(labels) is Makeup.APART))
    same = _sub_kinds(sentence, whole, parts)
    slip = apart == 1 or apart * _FIFTIETH <= whole.value
    return (same and (slip or amount > whole.value)) or (
        near
        and amount > whole.value
        and (whole.unit == "元" or _LINKS.match(joined[-1] if joined else "") is not None)
    )


def _slip(amount: Fraction, whole: Quantity) -> bool:
    """True if the sum and the total differ in one figure, or in two that changed places."""
    one, other = _as_shown(amount, whole), whole.text
    if len(one) != len(other) or len(re.sub(r"\D", "", one)) < 3:  # noqa: PLR2004  of two figures any is one apart
        return False
    places = [at for at, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    pair = [one[at] for at in places], [other[at] for at in reversed(places)]
    swapped = len(places) == 2 and pair[0] == pair[1]  # noqa: PLR2004  two that changed places
    return len(places) == 1 or swapped


def _summed(sentence: Sentence) -> Iterator[Violation]:
    """A、B、C，共计D."""
    found = [each for each in sentence.quantities if not each.ranged]
    for place, whole in enumerate(found):
        lead = sentence.text[found[place - 1].end : whole.start] if place else ""
        if not place or not whole.plain or not _SUM.search(lead) or len(lead) > 12:  # noqa: PLR2004  the words 共计 and a noun
            continue
        parts = _backwards(sentence, found[:place], whole)
        some = chain(combinations(parts, 2), _stretches(parts))
        if any(_come_to(whole, each) for each in some):
            continue  # 中央补助、县级配套、专项债券、贷款，补助及配套合计
        amount = total(part.bounds for part in parts)
        if (
            len(parts) > 1
            and not amount.meets(whole.bounds)
            and whole.value not in {part.value for part in parts}
        ):
            value = sum((part.value for part in parts), Fraction(0))
            listed = "+".join(part.text for part in parts)
            message = f"{listed}，各项之和是{_as_shown(value, whole)}，文中写{figure(whole)}"
            yield sentence.hit(parts[0].start, whole.end, message, "请核对合计数。")


def _summed_behind(sentence: Sentence) -> Iterator[Violation]:
    """上半年A，下半年B，全年累计C: what is added up behind, where no list with 、 is."""
    found = [each for each in sentence.quantities if each.plain and each.unit and not each.percent]
    for place, whole in enumerate(found):
        lead = sentence.text[: whole.start]
        if not _SUM_OF_ALL.search(lead) or _BASE.search(lead):
            continue
        parts = _told_before(sentence, found[:place], whole)
        sums = [parts[start:] for start in range(len(parts) - 1)]
        last = _same(found[:place], whole)[-_LAST:]
        pairs = chain(combinations(last, 2), _stretches(last))
        if not sums or any(_come_to(whole, each) for each in (*sums, *pairs)):
            continue
        amounts = list(map(_amount, sums))
        apart, nearest = min((abs(each - whole.value), at) for at, each in enumerate(amounts))
        if apart <= whole.value / 5:
            listed = "+".join(part.text for part in sums[nearest])
            message = (
                f"{listed}，各项之和是{_as_shown(amounts[nearest], whole)}，文中写{figure(whole)}"
            )
            yield sentence.hit(
                sums[nearest][0].start, whole.end, message, "请核对合计数。", Level.WARNING
            )


def _stretches(amounts: Sequence[Quantity]) -> Iterator[Sequence[Quantity]]:
    """Every run of three or more: 3个，6个，22个 of 3个，6个，22个，12个."""
    for start, end in combinations(range(len(amounts) + 1), 2):
        if end - start > 2:  # noqa: PLR2004  two are pairs
            yield amounts[start:end]


def _come_to(whole: Quantity, parts: Sequence[Quantity]) -> bool:
    return total(part.bounds for part in parts).meets(whole.bounds)


def _amount(parts: Sequence[Quantity]) -> Fraction:
    return sum((part.value for part in parts), Fraction(0))


def _same(before: Sequence[Quantity], whole: Quantity) -> list[Quantity]:
    """Those of the same unit."""
    return [each for each in before if each.thing == whole.thing]


def _told_before(sentence: Sentence, before: Sequence[Quantity], whole: Quantity) -> list[Quantity]:
    """The amounts of the same unit before a total, smaller than it, as far as they stand near one another."""
    parts: list[Quantity] = []
    later = whole.start
    for each in reversed(_same(before, whole)):
        words = sentence.text[each.end : later]
        if len(words) > _SUMMED_GAP or each.value * 5 > whole.value * 6:
            break
        if re.search(r"其中|[（(；]|比|较|每|另", words) or _CHANGE.search(sentence.before(each)):
            break
        parts.append(each)
        later = each.start
    return parts[::-1]


def _backwards(sentence: Sentence, before: Sequence[Quantity], whole: Quantity) -> list[Quantity]:
    """The list that ends at 共计: same unit, separated by 、 with short labels and nothing else between."""
    parts: list[Quantity] = []
    later = whole.start
    for each in reversed(before):
        words = sentence.text[each.end : later]
        if (
            each.thing != whole.thing
            or not each.plain
            or (parts and not re.fullmatch(r"[的]?[、和及][^，。；、]{0,16}", words))
        ):
            break
        parts.append(each)
        later = each.start
    stretch = sentence.text[parts[-1].start : whole.start] if parts else ""
    return [] if re.search(r"其中|[（(]|累计", stretch) else parts[::-1]


def _due_and_done(sentence: Sentence) -> Iterator[Violation]:
    for due, done in pairwise([each for each in sentence.quantities if each.plain]):
        match = re.search(_DUE, sentence.before(due))
        if not match or due.thing != done.thing or done.value <= due.value:
            continue
        if re.search(_DONE.format(verb=match["verb"]), sentence.before(done)):
            money = due.unit == "元"  # dues may be paid beyond what is owed
            message = f"{figure(done)}多于应{match['verb']}的{figure(due)}"
            yield sentence.hit(
                due.start, done.end, message, "请核对。", Level.WARNING if money else None
            )


def _larger_part(sentence: Sentence) -> Iterator[Violation]:
    for each in breakdowns(sentence):
        part, whole = each.parts[0], each.whole
        if whole.hedge or part.value <= whole.value or len(each.joined[0]) > _LABEL:
            continue
        if _APART_FROM.search(sentence.text[: whole.start]):
            continue
        between = sentence.text[whole.end : part.start]
        if part.unit in _GENERIC and _IN_TURN.search(between):
            continue  # 专班有4个，分别是新能源材料专班9个
        beside = part.start - whole.end <= _BESIDE + _LABEL
        sure = beside and (part.unit not in _GENERIC or sentence.before(part).endswith("的"))
        message = f"部分{figure(part)}大于整体{figure(whole)}"
        yield sentence.hit(
            whole.start, part.end, message, "请核对。", None if sure else Level.WARNING
        )


def _among(sentence: Sentence) -> Iterator[Violation]:
    """在A名职工中，有B名."""
    for whole, part in pairwise(sentence.quantities):
        between = sentence.text[whole.end : part.start]
        same = whole.thing == part.thing and whole.plain and part.plain and not whole.percent
        if same and whole.unit and _AMONG.match(between) and part.value > whole.value:
            yield sentence.hit(
                whole.start, part.end, f"部分{figure(part)}大于整体{figure(whole)}", "请核对。"
            )


def _sub_kinds(sentence: Sentence, whole: Quantity, parts: Sequence[Quantity]) -> bool:
    """True if every part is named as a kind of what the total counts: 学校6所，其中城区学校、农村学校."""
    for words in (
        re.sub(r"^.*(?:共有|现有|有|设|下设|设立|建立)", "", sentence.before(whole)),
        sentence.after(whole),
    ):
        noun = re.sub(r"总(?:人)?[数量额]$|中$", "", words)
        if len(noun) > 1 and all(label_of(sentence, part).endswith(noun[-2:]) for part in parts):
            return True
    return False


def _as_shown(value: Fraction, like: Quantity) -> str:
    """A computed value in the scale of a quantity: 160.4万元 beside 167.4万元."""
    digits = re.search(r"[\d.,]+", like.text)
    scale = like.value / Fraction(digits[0].replace(",", "")) if digits else Fraction(1)
    places = len(digits[0].partition(".")[2]) if digits else 0
    return f"{float(value / scale):.{places}f}{like.text[digits.end() :] if digits else ''}"


RULES = (
    Rule("K03", "总数与各部分之和不符", "内容", Level.ERROR, "算术", parts_and_total),
    Rule("K04", "部分大于整体", "内容", Level.ERROR, "算术", part_and_whole),
)

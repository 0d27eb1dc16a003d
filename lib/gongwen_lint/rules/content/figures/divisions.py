"""A sentence -> a whole and the parts told after it, where only their names say that they divide it (for K03).

全县有工作队73支，省派8支、市派21支、县派44支: no 其中, no known family of kinds. The parts are named alike, and their sum comes
near to the whole without being it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from gongwen.chinese.numbers.bounds import Bounds, total
from gongwen.chinese.numbers.quantity import PERCENT, POINTS, TIMES, Quantity
from gongwen.findings import Level
from gongwen_lint.rules.content.figures.kinds import Makeup, crossing, makeup, one_dimension
from gongwen_lint.rules.content.figures.sums import in_brackets
from gongwen_lint.rules.content.reading.scopes import Reading, Sense, beside, readings, segment
from gongwen_lint.rules.content.sentences import Sentence, figure, shown
from gongwen_lint.rules.rule import Violation

_NO_AMOUNT = frozenset({"", PERCENT, POINTS, TIMES, "岁", "年", "个月", "天", "分"})
_GAP = 24  # characters between two parts: no longer a list
_MARK = re.compile(r"其中|包括|分别[为是有]|中[，,]|[：:（(]$")
_ENDS_LIST = re.compile(r"其中|另|此外|累计|比|较|每|平均|共计|合计|总计|再|还")
_OPEN = re.compile(
    r"[^，。；、]{0,6}(?:等|[，、]其[余他]|以外)|、[^，。；]{2,20}各\d|[^。；]{0,30}(?:另有|另外|尚有|还有)|[^，。；、]{0,6}[（(，][^）)。；]{0,8}(?:重复|交叉|重叠|不含|另有)"
)
_AROUND = re.compile(
    r"^(?:[、，,；;：:（(和及与其中为有按是]|包括)+|(?:的|有|共|为|达到?|已|约|各|是)+$"
)
_CUMULATIVE = re.compile(r"超过|以上|不低于|突破|不少于")  # 超过10%的44种、超过20%的23种
_OTHERS = re.compile(r"其[他它余]|另外")
_NAMED_CHANGE = re.compile(
    r"[\u4e00-\u9fff]{2,}(?<![比较上去])(?:压减|压降|节约|减少|增加|新增)$"
)  # 管理费用压减
_LONGEST = 14  # characters of the name of a part
_SAME_LENGTH = 6  # names of so many characters and alike in number are made alike
_FAR, _NEAR = Fraction(1, 4), Fraction(1, 8)
_LEAST, _SMALL, _FEW = (
    5,
    20,
    3,
)  # a whole of fewer is divided in too many ways; small ones may be so few off
_SOME, _TWENTIETH = 10, 20
_TAKEN_OFF = re.compile(r"当年|当月|剔除|扣除|其中|比|较|每|平均|累计|合计|共计|总计|超|新增|减")
_THAN = re.compile(r"累计|当年|剔除|扣除|比|较|每|平均|超|减")
_IN_TURN = re.compile(r"分别[为是有]?$")
_PERIODS = re.compile(r"\d年|月|季度|上年|去年|前年|今年|期末|年初|年末|天|日")
_STOP = re.compile(r"[，、；：。（）]")


@dataclass(frozen=True, slots=True)
class Division:
    """A whole and all that is told after it of the same unit, up to the end of the list."""

    whole: Quantity
    parts: tuple[Quantity, ...]
    marked: bool  # by 其中, 包括, 分别为


def named_alike(sentence: Sentence) -> Iterator[Violation]:
    """Parts that are named alike and nearly make up the whole before them."""
    if len(sentence.quantities) < 3:  # noqa: PLR2004  a whole and two parts
        return
    found = list(_divisions(sentence))
    right = {segment(sentence, each.whole.start) for each in found if _fits(each)}
    for each in found:
        if segment(sentence, each.whole.start) in right or _of_another(sentence, each):
            continue
        wrong = each if _meant(sentence, each) else _all_but(sentence, each)
        if wrong is not None:
            yield _unlike(sentence, wrong)
            return


def _ends_at(sentence: Sentence, division: Division, count: int) -> bool:
    """True if a list may end with so many of the parts: what follows is linked by another sign."""
    if count == len(division.parts):
        return True
    pairs = list(pairwise((division.whole, *division.parts)))
    words = [sentence.text[one.end : other.start] for one, other in pairs[count - 1 : count + 1]]
    inside, behind = (re.sub(r"[^，、；和]", "", each)[:1] for each in words)
    return inside != behind


def _of_another(sentence: Sentence, division: Division) -> bool:
    """True if the parts make up a number told before the whole: 纠纷218起，调处成功209起，其中…."""
    others = [each for each in sentence.quantities if each not in (division.whole, *division.parts)]
    same = [each for each in others if each.thing == division.whole.thing]
    return any(_fits(replace(division, whole=each)) for each in same)


def _all_but(sentence: Sentence, division: Division) -> Division | None:
    """The division, or its first parts, where their sum all but makes up the whole."""
    for count in range(len(division.parts), 1, -1):
        shorter = replace(division, parts=division.parts[:count])
        listed = shorter.marked and count > 2  # noqa: PLR2004  two may be examples
        listed = listed and _ends_at(sentence, division, count)
        if _close(sentence, shorter) or (listed and _meant(sentence, shorter)):
            return shorter
    return None


def _close(sentence: Sentence, division: Division) -> bool:
    """True if the parts stand in one list right behind the whole and come so near to it by no chance."""
    whole, parts = division.whole, division.parts
    if not _all_but_whole(division) or _OPEN.match(sentence.text, parts[-1].end):
        return False
    examples = division.marked and len(parts) == 2 and _sum_of(parts) < whole.value  # noqa: PLR2004
    if sentence.text.startswith("、", whole.end) or examples or _is_item(sentence, division):
        return False
    links = [beside(sentence, one.end, other.start) for one, other in pairwise((whole, *parts))]
    if any(_TAKEN_OFF.search(words) for words in links[1:]) or _THAN.search(links[0]):
        return False
    if any(in_brackets(sentence, part.start) for part in parts):
        return False
    if _IN_TURN.search(links[0]):
        return not _PERIODS.search(sentence.text[whole.end : parts[0].start])
    return _in_one_list(sentence, division, links)


def _is_item(sentence: Sentence, division: Division) -> bool:
    """True if the whole is itself an item of the list: 高速28亿元，国道16亿元，农村公路9亿元."""
    whole = division.whole
    before = [each for each in sentence.quantities if each.end <= whole.start]
    if division.marked or not before or before[-1].thing != whole.thing:
        return False
    words = sentence.text[before[-1].end : whole.start]
    return len(words) <= _LONGEST and words[:1] in {"，", "、"} and not _TAKEN_OFF.search(words)


def _sum_of(parts: Sequence[Quantity]) -> Fraction:
    return sum((part.value for part in parts), Fraction(0))


def _all_but_whole(division: Division) -> bool:
    """True if the parts come within a twentieth of the whole, and nearer than any of them is large."""
    whole, values = division.whole.value, [part.value for part in division.parts]
    apart = abs(sum(values, Fraction(0)) - whole)
    return (
        whole >= _SOME
        and 0 < apart * _TWENTIETH <= whole
        and max(values) < whole
        and 2 * apart <= min(values)
    )


def _in_one_list(sentence: Sentence, division: Division, links: Sequence[str]) -> bool:
    """True if one sign links the parts, each has a name, and the whole is not one more of them."""
    first, *signs = (re.sub(r"[^，、和]", "", words)[:1] for words in links)
    names = [_name(sentence, part) for part in division.parts]
    if not _names(names) or crossing(names):
        return False
    if not division.marked and {first} == set(signs) and _sibling(sentence, division, names):
        return False
    return set(signs) <= {"、", "和"} or set(signs) == {"，"}


def _divisions(sentence: Sentence) -> Iterator[Division]:
    """Every amount with those of its unit that follow it in the same stretch between semicolons."""
    known = [each for each in readings(sentence) if each.quantity.plain]
    known = [each for each in known if each.quantity.unit not in _NO_AMOUNT]
    for place, first in enumerate(known):
        if first.sense not in {Sense.AMOUNT, Sense.CHANGE}:
            continue
        if sentence.text[first.quantity.end :].startswith("）"):
            continue  # 初中21所（含九年一贯制学校8所）、普通高中7所
        parts = _following(sentence, first, known[place + 1 :])
        if len(parts) < 2:  # noqa: PLR2004  one part makes no sum
            continue
        marked = bool(_MARK.search(sentence.text[first.quantity.end : parts[0].start]))
        if marked or first.sense is Sense.AMOUNT:
            yield Division(first.quantity, parts, marked)


def _following(
    sentence: Sentence, first: Reading, later: Sequence[Reading]
) -> tuple[Quantity, ...]:
    """The amounts of one unit after the first, until the words between them are those of no list."""
    parts: list[Quantity] = []
    for each in later:
        if each.segment != first.segment:
            break
        if each.quantity.thing != first.quantity.thing:
            continue
        if parts and _is_inside(sentence, parts[-1], each.quantity):
            continue
        end = parts[-1].end if parts else first.quantity.end
        words = beside(sentence, end, each.quantity.start)
        of_change = (
            first.sense is Sense.CHANGE
            and "其中" in sentence.text[first.quantity.end : end + _LONGEST]
        )
        alike = each.sense is first.sense or (of_change and each.sense is Sense.AMOUNT)
        alike = alike or (
            bool(parts) and bool(_NAMED_CHANGE.search(sentence.before(each.quantity)))
        )
        if not alike or len(words) > _GAP:
            break
        if parts and _ENDS_LIST.search(words):
            break
        parts.append(each.quantity)
    return tuple(parts)


def _is_inside(sentence: Sentence, part: Quantity, other: Quantity) -> bool:
    """True for 8所 of 初中21所（含九年一贯制学校8所）: it divides the part and not the whole."""
    return in_brackets(sentence, other.start) and not in_brackets(sentence, part.start)


def _fits(division: Division) -> bool:
    """True if the parts, or the first of them, make up the whole."""
    parts, whole = division.parts, division.whole.bounds
    return any(_sum(parts[:count]).meets(whole) for count in range(2, len(parts) + 1))


def _sum(parts: Sequence[Quantity]) -> Bounds:
    return total(part.bounds for part in parts)


def _meant(sentence: Sentence, division: Division) -> bool:
    """True if the parts were plainly meant to make up the whole."""
    whole, parts = division.whole, division.parts
    most = max(part.value for part in parts)
    if whole.value < _LEAST or most > whole.value or (most == whole.value and not division.marked):
        return False
    labels = [_name(sentence, part) for part in parts]
    if not _names(labels) or crossing(labels) or _OPEN.match(sentence.text, parts[-1].end):
        return False
    if all(_CUMULATIVE.search(label) for label in labels):
        return False
    if not division.marked and _sibling(sentence, division, labels):
        return False
    return _alike(sentence, division, labels) and _near(division, labels)


def _name(sentence: Sentence, quantity: Quantity) -> str:
    """The words of the clause before a number; those behind it where there are none."""
    lead = _STOP.split(sentence.text[: quantity.start])[-1]
    return _AROUND.sub("", lead) or sentence.after(quantity)


def _names(labels: Sequence[str]) -> bool:
    """True if every part has a short name of its own."""
    return len(set(labels)) == len(labels) and all(0 < len(each) <= _LONGEST for each in labels)


def _sibling(sentence: Sentence, division: Division, labels: Sequence[str]) -> bool:
    """True if the first is one more of the list: 本科318名，大专204名，高中及以下96名."""
    whole = division.whole
    if sentence.text.startswith("、", whole.end):
        return True
    every = [_name(sentence, whole), *labels]
    return makeup(every) is not Makeup.UNKNOWN or one_dimension(every) or _share_an_end(every)


def _near(division: Division, labels: Sequence[str]) -> bool:
    """True if the sum comes so near that a slip explains the difference; a list of two or one less alike must be nearer."""
    whole, count = division.whole.value, len(division.parts)
    amount = sum((part.value for part in division.parts), Fraction(0))
    apart = abs(amount - whole)
    if whole < _SMALL and whole == int(whole) and apart <= _FEW and division.marked:
        return True
    if count == 2 and amount < whole and 2 * apart > min(part.value for part in division.parts):  # noqa: PLR2004
        return False  # 4210张，其中护理床位3986张，日托床位95张: there are others
    sure = division.marked and count > 2 and _share_an_end(labels)  # noqa: PLR2004  a list
    wide = amount > whole or sure or bool(_OTHERS.search(labels[-1]))
    return apart <= whole * (_FAR if wide else _NEAR)


def _alike(sentence: Sentence, division: Division, labels: Sequence[str]) -> bool:
    """True if the names of the parts are made alike, or are kinds of one thing."""
    if makeup(labels) is not Makeup.UNKNOWN or one_dimension(labels):
        return True
    if len(labels) == 2:  # noqa: PLR2004  a pair of names
        return _pair(sentence, division, labels)
    return _share_an_end(labels) or _of_one_length(labels) or _one_list(sentence, division)


def _pair(sentence: Sentence, division: Division, labels: Sequence[str]) -> bool:
    """True for two names of one kind: 编制内、编制外 after 其中; 由城区向乡村交流、乡村之间交流 after 交流教师."""
    if division.marked:
        return _share_an_end(labels)
    ends = {label[-2:] for label in labels}
    return len(ends) == 1 and next(iter(ends)) in _name(sentence, division.whole)


def _share_an_end(labels: Sequence[str]) -> bool:
    """True for 省派、市派 and 编制内、编制外."""
    ends = {label[-1] for label in labels if label}, {label[0] for label in labels if label}
    return any(len(end) == 1 for end in ends) and min(map(len, labels)) > 1


def _of_one_length(labels: Sequence[str]) -> bool:
    """True for 谈话函询、初步核实、暂存待查."""
    lengths = {len(label) for label in labels}
    return len(lengths) == 1 and max(lengths) <= _SAME_LENGTH


def _one_list(sentence: Sentence, division: Division) -> bool:
    """True if the parts stand in one list with 、 between them, or one sign and 其中 before them."""
    joined = [sentence.text[one.end : other.start] for one, other in pairwise(division.parts)]
    signs = {re.sub(r"[^，、和]", "", words)[-1:] for words in joined}
    return signs <= {"、", "和"} or (division.marked and len(signs) == 1)


def _unlike(sentence: Sentence, division: Division) -> Violation:
    whole, parts = division.whole, division.parts
    listed = "+".join(part.text for part in parts)
    scale = whole.value / Fraction(re.sub(r"[^\d.]", "", whole.text) or 1)
    amount = sum((part.value for part in parts), Fraction(0)) / (scale or 1)
    message = f"各部分之和是{listed}={shown(amount, 2)}，与总数{figure(whole)}不符"
    return sentence.hit(whole.start, parts[-1].end, message, "请核对总数和各部分。", Level.WARNING)

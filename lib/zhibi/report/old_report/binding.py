"""A paragraph of the old report -> the same with its numbers as figures, or as places to be checked where that is unsure.

A number is bound only if value, unit and words agree and no second figure does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from gongwen.chinese.numbers.numerals import untraced
from gongwen.chinese.numbers.quantity import PERCENT, Quantity, quantities
from gongwen.errors import ReportError
from gongwen.facts.value import Fact
from gongwen_lint.reference_data import ReferenceData
from gongwen_lint.rules.content.sentences import split
from zhibi.data.figures.offers import Catalogue, Offer
from zhibi.notebook.authoring.prose import prose
from zhibi.report.checking.edits.passages import bare
from zhibi.report.old_report import speaking
from zhibi.report.old_report.naming import Ledger
from zhibi.report.old_report.printing import KEPT, NEAR, Written

_STOPS = "，。；：、（）！？,;:()\n"
_OTHER_TIME = re.compile(
    r"去年|上年|上一年|前年|同期|年初|基期|往年|历年|近\w年|上半年|下半年|季度|\d{1,2}月(?!底|末)"
)
_INTENDED = re.compile(r"计划|打算|力争|目标|拟|预计|争取|不少于|不低于|应当|必须|要求|标准")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})年(?!度?[-—–～至]\d)")
_DAY = re.compile(r"(?<!\d)((?:19|20)\d{2})年(\d{1,2})月(\d{1,2})日")
_MONTH = re.compile(r"(?<!\d)\d{1,2}月(?:\d{1,2}日)?(?!底|末)")
_MONTH_END = re.compile(r"(\d{1,2})月(?:底|末)")
_BAND = re.compile(r"\d{1,2}岁及?以[上下]|\d{1,2}岁?[至—～-]\d{1,2}岁")  # part of a name
_QUOTED = re.compile(r"【[^【】]*】|《[^《》]*》|〔[^〔〕]*〕\d*号?|“[^“”]{1,12}”")
_AMONG = re.compile(r"([\u4e00-\u9fff]+)中[，,]$")


@dataclass(frozen=True, slots=True)
class Bound:
    """A number that became a figure."""

    where: str
    words: str
    label: str


@dataclass(frozen=True, slots=True)
class Open:
    """A number that stays to be checked: why, and the figures that it might be."""

    where: str
    words: str
    reason: str
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Subject:
    """What a paragraph is about. `foreign`: names of organisations that its numbers may be of.

    `shut`: why none is bound.
    """

    foreign: tuple[str, ...] = ()
    shut: str = ""
    strange: bool = False  # it is about a body that the workbook does not know


@dataclass
class Binder:
    """A catalogue and what the workbook knows, and what was bound so far."""

    catalogue: Catalogue
    known: ReferenceData
    ledger: Ledger
    facts: dict[str, Fact]
    shut: str = ""
    bound: list[Bound] = field(default_factory=list)
    open: list[Open] = field(default_factory=list)

    @cached_property
    def nouns(self) -> frozenset[str]:
        """What the figures of the catalogue count."""
        return frozenset(noun for offer in self.catalogue.offers for noun in offer.nouns)

    @cached_property
    def numerals(self) -> tuple[str, ...]:
        """The words of figures that have a numeral in them: 三单事项."""
        offers = self.catalogue.offers
        words = {
            word for offer in offers for group in (offer.nouns, *offer.kinds) for word in group
        }
        return tuple(word for word in words if quantities(word))

    def paragraph(self, text: str, where: str, subject: Subject) -> str:
        """The paragraph as it goes into a cell.

        A sentence that would print otherwise keeps its numbers open.
        """
        found = split(text) or ((0, text),)
        said: list[str] = []
        last: tuple[Offer, str, int] | None = None
        lost, words = False, ""
        for start, sentence in found:
            told = _Reading(self, where, subject, said)
            told.last, told.lost = last, lost
            written = told.sentence(sentence, text[:start])
            if not self._prints(written, sentence):
                told = _Reading(self, where, Subject(shut="换成指标以后，这句话印出来会变"), [])
                written = told.sentence(sentence, text[:start])
            self.bound += told.bound
            self.open += told.open
            said, last, lost, words = told.said, told.last, told.lost, words + written
        return words

    def matching(
        self, quantity: Quantity, label: str, heading: str, said: Sequence[str]
    ) -> tuple[Offer, ...]:
        """The figures that a cell of a table may be, by the label of its row and the head of its column."""
        names = [name for name in self.known.names if name in label]
        found = [
            offer
            for offer in self.catalogue.offers
            if not offer.after
            and agrees(quantity, offer)
            and (not names or _of(names, offer))
            and speaking.speaks_of(f"{label}{heading}", "", offer, said)
        ]
        distinct = {(str(each.fact.value), each.fact.cells()): each for each in found}
        return tuple(distinct.values())

    def _prints(self, words: str, text: str) -> bool:
        """True if the cell prints the very words of the old report, places to be checked aside."""
        try:
            shown = prose(words, {**self.facts, **self.ledger.values}).text
        except ReportError:
            return False
        return bare(_PLACE.sub(r"\1", shown)) == bare(_TABLE.sub(r"\1", text))


_TABLE = re.compile(r"【表：(表\d+)】")
_PLACE = re.compile(r"〔待核：原文“([^”]*)”〕")


def place(words: str) -> str:
    """A number that has to be checked, as it stands in a draft."""
    return f"〔待核：原文“{words.replace('“', '').replace('”', '')}”〕"


class _Reading:
    """One paragraph being read: what was bound in the sentence so far."""

    def __init__(
        self, binder: Binder, where: str, subject: Subject, said: Sequence[str] = ()
    ) -> None:
        self.binder, self.where, self.subject = binder, where, subject
        self.bound: list[Bound] = []
        self.open: list[Open] = []
        self.last: tuple[Offer, str, int] | None = (
            None  # the figure just bound, its unit, where it ended
        )
        self.lost = False  # a number before it in the sentence could not be bound
        self.base: Offer | None = None  # what 其中 speaks of parts of
        self.within = False
        self.said = [*said]  # what the figures so far counted

    def sentence(self, text: str, before: str) -> str:
        if not text.startswith("其中"):
            self.last, self.said, self.lost = None, [], False
        self.base, self.within = None, False
        pieces: list[tuple[int, int, str]] = [*self._days(text)]
        taken = {at for start, end, _ in pieces for at in range(start, end)}
        quoted = {at for match in _QUOTED.finditer(text) for at in range(*match.span())}
        quoted |= {at for match in _BAND.finditer(text) for at in range(*match.span())}
        for quantity in counted(text, self.binder.numerals):
            span = range(quantity.start, quantity.end)
            if taken.isdisjoint(span) and quoted.isdisjoint(span):
                pieces.append(self._quantity(text, quantity, before))
                taken.update(range(pieces[-1][0], pieces[-1][1]))
        masked = "".join(
            "\0" if at in taken or at in quoted else sign for at, sign in enumerate(text)
        )
        pieces += [self._loose(start, end, words) for start, end, words in untraced(masked)]
        for start, end, words in sorted(pieces, reverse=True):
            text = text[:start] + words + text[end:]
        return text

    def _days(self, text: str) -> Iterator[tuple[int, int, str]]:
        """The day of the data, the year and the region under their names.

        Other years and days are to be checked.
        """
        known, settings = self.binder.known, self.binder.catalogue.settings
        taken: set[int] = set()
        quoted = {at for match in _QUOTED.finditer(text) for at in range(*match.span())}
        for match in _DAY.finditer(text):
            if not quoted.isdisjoint(range(*match.span())):
                continue
            taken.update(range(*match.span()))
            if _date(match) == known.as_of and "截至" in settings and not self._shut:
                self._bind(match[0], "数据截止日")
                yield *match.span(), f"【{settings['截至']}】"
            else:
                yield self._unsure(match, "日期不是工作簿的截止日")
        for match in (*_YEAR.finditer(text), *_MONTH.finditer(text)):
            if not (taken | quoted).isdisjoint(range(*match.span())):
                continue
            taken.update(range(*match.span()))
            year = match[1] if match.re is _YEAR else ""
            if (
                year
                and known.year
                and int(year) == known.year
                and "年度" in settings
                and not self._shut
            ):
                self._bind(match[0], "年度")
                yield match.start(), match.end() - 1, f"【{settings['年度']}】"
            else:
                yield self._unsure(match, "年份、日期" if year else "日期")
        if known.region and "地区" in settings and not self._shut:
            for match in re.finditer(re.escape(known.region), text):
                yield *match.span(), f"【{settings['地区']}】"

    @property
    def _shut(self) -> str:
        return self.subject.shut or self.binder.shut

    def _unsure(self, match: re.Match[str], reason: str) -> tuple[int, int, str]:
        self.open.append(Open(self.where, match[0], self._shut or reason))
        return match.start(), match.end(), place(match[0])

    def _loose(self, start: int, end: int, words: str) -> tuple[int, int, str]:
        self.open.append(Open(self.where, words, self._shut or "认不出它数的是什么"))
        return start, end, place(words)

    def _quantity(self, text: str, quantity: Quantity, before: str) -> tuple[int, int, str]:
        start, end = quantity.start, quantity.end
        left = max((text.rfind(stop, 0, start) for stop in _STOPS), default=-1) + 1
        previous = [each.end for each in counted(text, self.binder.numerals) if each.end <= start]
        left = max([left, *previous])
        stops = [at for at in (text.find(stop, end) for stop in _STOPS) if at >= 0]
        following = [
            each.start for each in counted(text, self.binder.numerals) if each.start >= end
        ]
        right = min([*stops, *following, len(text)])
        lead, tail = text[left:start], text[end:right]
        self.said += self._among(text[:left])
        reason = self._shut or self._untold(text, quantity)
        if reason:
            return self._left(quantity, reason, ())
        return self._sought(quantity, lead, tail, before + text[:start])

    def _among(self, before: str) -> list[str]:
        """The nouns of 全县职工中， right before a clause."""
        match = _AMONG.search(before)
        return [noun for noun in self.binder.nouns if match and match[1].endswith(noun)]

    def _untold(self, text: str, quantity: Quantity) -> str:
        """Why a number is not looked for at all."""
        known = self.binder.known
        years = {int(match[1]) for match in _YEAR.finditer(text)} - {known.year}
        if quantity.ranged:
            return "是一个范围"
        if quantity.hedge and quantity.hedge.removeprefix("及") not in (*KEPT, *NEAR):
            return f"“{quantity.hedge}”要由人判断"
        if self._other_day(text):
            return "这句话里写的不是工作簿的截止日"
        if years or _OTHER_TIME.search(speaking.GROWING.sub("", _DAY.sub("", text))):
            return "这句话里说到别的时间"
        if _INTENDED.search(text):
            return "说的是打算或者要求"
        return ""

    def _other_day(self, text: str) -> bool:
        """True if the sentence speaks of a day or the end of a month that is not the workbook's."""
        day = self.binder.known.as_of
        ends = [int(match[1]) for match in _MONTH_END.finditer(text)]
        return any(_date(match) != day for match in _DAY.finditer(text)) or any(
            day is None or end != day.month for end in ends
        )

    def _sought(
        self, quantity: Quantity, lead: str, tail: str, before: str
    ) -> tuple[int, int, str]:
        found = [*self._offers(quantity, lead, tail, before)]
        distinct = {(str(each.fact.value), each.fact.cells(), each.after): each for each in found}
        if len(distinct) > 1:
            labels = tuple(dict.fromkeys(each.fact.label for each in distinct.values()))
            return self._left(quantity, "有不止一个指标都对得上", labels)
        if not found:
            return self._left(quantity, *self._near(quantity))
        return self._printed(quantity, found[0], lead)

    def _offers(self, quantity: Quantity, lead: str, tail: str, before: str) -> Iterator[Offer]:
        known = self.binder.known
        places = speaking.wholes(known.region)
        owners = self._owners(before)
        whole = any(place in lead for place in places)
        if "其中" in lead:
            self.base = self.last[0] if self.last else None
            self.within = True
        strange = not owners and self._strange(before) and not whole
        loose = (self.lost or (self.within and self.base is None)) and not whole
        for offer in self.binder.catalogue.offers:
            if not agrees(quantity, offer):
                continue
            if offer.after:
                grows = speaking.growth(lead, tail)
                own = self.last is not None and self.last[0].name == offer.after
                shares = speaking.is_share(lead, tail, offer, places)
                if own and (_fits(grows, offer) if "增长" in offer.name else shares):
                    yield offer
                continue
            if strange or loose or (owners and not _of(owners, offer)):
                continue
            if self.within and not _part_of(offer, self.base):
                continue
            implied = owners[-1] if owners and owners[-1] not in lead else ""
            if speaking.speaks_of(lead + implied, tail, offer, self.said, places):
                yield offer

    def _owners(self, before: str) -> tuple[str, ...]:
        """The organisations that the words so far name since they last spoke of the whole."""
        known = self.binder.known
        reset = max((before.rfind(each) for each in speaking.wholes(known.region)), default=-1)
        found = {name: before.rfind(name) for name in (*known.names, *self.subject.foreign)}
        named = [name for name, at in found.items() if at > reset]
        if not named and reset < 0:
            named = list(self.subject.foreign)
        longest = [
            each for each in named if not any(each != other and each in other for other in named)
        ]
        return tuple(sorted(longest, key=lambda name: found[name]))

    def _strange(self, before: str) -> bool:
        """True if the words since they last spoke of the whole begin with a body that the workbook does not know."""
        places = speaking.wholes(self.binder.known.region)
        if self.subject.strange and not any(place in before for place in places):
            return True
        reset = max(
            (before.rfind(each) + len(each) for each in places if each in before), default=0
        )
        begun = (words for _, words in split(before[reset:]))
        nouns = self.binder.nouns
        return reset == 0 and any(
            speaking.names_a_body(words, nouns, speaking.BEGUN) for words in begun
        )

    def _printed(self, quantity: Quantity, offer: Offer, lead: str) -> tuple[int, int, str]:
        start, end = quantity.start, quantity.end
        match = speaking.growth(lead, "") if offer.after and "增长" in offer.name else None
        written = Written(quantity, offer, self.binder.ledger)
        words = written.words(match)
        if words is None:
            return self._left(quantity, "这种写法还不能照印", (offer.fact.label,))
        if match:
            kept = match["against"] if match["against"] and match["against"][0] == "比" else ""
            start -= len(match["verb"]) + len(match["against"] or "") - len(kept)
        self._bind(quantity.text, offer.fact.label)
        self.last = offer, quantity.unit, end
        self.said += [*offer.nouns, *(word for kind in offer.kinds for word in kind if offer.bare)]
        return start, end, words

    def _near(self, quantity: Quantity) -> tuple[str, tuple[str, ...]]:
        """Why nothing was found, and the figures of that value whose words are others."""
        equal = [each for each in self.binder.catalogue.offers if agrees(quantity, each)]
        labels = tuple(dict.fromkeys(each.fact.label for each in equal))[:_MOST]
        if labels:
            return "数相等，但字句对不上", labels
        return "工作簿里算不出这个数", ()

    def _left(
        self, quantity: Quantity, reason: str, candidates: Sequence[str]
    ) -> tuple[int, int, str]:
        self.last = None
        self.lost = self.lost or quantity.unit != PERCENT
        self.open.append(Open(self.where, quantity.text, reason, tuple(candidates)))
        return quantity.start, quantity.end, place(quantity.text)

    def _bind(self, words: str, label: str) -> None:
        self.bound.append(Bound(self.where, words, label))


_MOST = 4


def counted(text: str, names: Iterable[str] = ()) -> list[Quantity]:
    """The quantities of a sentence but for numerals in names.

    The ends of an age group, 三单事项.
    """
    spans = [match.span() for match in _BAND.finditer(text)]
    spans += [match.span() for name in names for match in re.finditer(re.escape(name), text)]
    named = {at for start, end in spans for at in range(start, end)}
    return [
        each for each in quantities(text) if each.start not in named and each.end - 1 not in named
    ]


def _date(match: re.Match[str]) -> date | None:
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def _fits(grows: re.Match[str] | None, offer: Offer) -> bool:
    """True if the verb goes the way the figure goes."""
    if grows is None or not isinstance(offer.fact.value, int | Decimal):
        return False
    return (offer.fact.value >= 0) == (grows["verb"] == "增长")


def _of(owners: Iterable[str], offer: Offer) -> bool:
    """True if an offer is of the organisation named last."""
    last = [*owners][-1:]
    return any(name in kind for name in last for kind in offer.kinds)


def agrees(quantity: Quantity, offer: Offer) -> bool:
    """Value and unit agree, at the rounding that is shown."""
    value = offer.fact.value
    if not isinstance(value, int | Decimal):
        return False
    exact = Fraction(value)
    unit = offer.fact.unit
    if PERCENT in {unit, quantity.unit}:
        same = unit == quantity.unit
        return same and _within(abs(exact), quantity)
    if unit[:1] in ("万", "亿") and len(unit) > 1 and quantity.unit == unit[1:]:
        return _within(exact * {"万": 10**4, "亿": 10**8}[unit[0]], quantity)
    return speaking.same_amount(quantity.unit, unit) and _within(exact, quantity)


def _within(value: Fraction, quantity: Quantity) -> bool:
    low, high = quantity.bounds.low, quantity.bounds.high
    if low is None or high is None:
        return False
    return low <= value <= high


def _part_of(offer: Offer, base: Offer | None) -> bool:
    """True if what is counted can be a part of the base: its kinds are said of it too."""
    return base is None or base.bare or {*base.kinds} <= {*offer.kinds}

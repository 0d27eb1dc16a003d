"""A sentence of the old report -> the same with names for the numbers that are figures of the workbook."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from itertools import chain

from gongwen.chinese.numbers.bounds import ABOVE, BELOW, spoken
from gongwen.chinese.numbers.numerals import untraced
from gongwen.chinese.numbers.quantity import PERCENT, Quantity, quantities
from zhibi.data.figures.offers import Offer
from zhibi.report.old_report.binding import from_to, speaking
from zhibi.report.old_report.binding.agreement import agrees
from zhibi.report.old_report.binding.binder import Binder, Bound, Open, Subject, distinct, place
from zhibi.report.old_report.binding.candidates import Candidates, Context, Words
from zhibi.report.old_report.binding.printing import KEPT, NEAR, PrintedNumber

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
_HALF = re.compile(
    r"(?<=占)(?:比)?(?P<hedge>约|近|将近|接近|超过|超|不到|不足)?(?P<half>一半|半数)"
)
_TWO_HALVES, _TENTH = Fraction(50), Fraction(10)
_MOST = 4

Piece = tuple[int, int, str]  # from, to, the words in its place


@dataclass
class Sentence:
    """One sentence being read: what was bound in it so far."""

    binder: Binder
    where: str
    subject: Subject
    said: list[str] = field(default_factory=list)  # what the figures so far counted
    last: Offer | None = None  # the figure just bound
    lost: bool = False  # a number before it in the sentence could not be bound
    base: Offer | None = None  # what 其中 speaks of parts of
    within: bool = False
    bound: list[Bound] = field(default_factory=list)
    open: list[Open] = field(default_factory=list)

    def written(self, text: str, before: str) -> str:
        """The sentence as it goes into a cell; `before` is what the paragraph says before it."""
        if not text.startswith("其中"):
            self.last, self.said, self.lost = None, [], False
        self.base, self.within = None, False
        pieces = [*self._days(text)]
        taken = _places((start, end) for start, end, _ in pieces)
        quoted = _places_of(_QUOTED, text) | _places_of(_BAND, text)
        for quantity in counted(text, self.binder.numerals):
            span = range(quantity.start, quantity.end)
            if taken.isdisjoint(span) and quoted.isdisjoint(span):
                found = self._pair(text, quantity, before) or self._quantity(text, quantity, before)
                pieces.append(found)
                taken.update(range(found[0], found[1]))
        masked = "".join(
            "\0" if at in taken or at in quoted else sign for at, sign in enumerate(text)
        )
        pieces += [self._loose(start, end, words) for start, end, words in untraced(masked)]
        for start, end, words in sorted(pieces, reverse=True):
            text = text[:start] + words + text[end:]
        return text

    def _days(self, text: str) -> Iterator[Piece]:
        """The day of the data, the year and the region under their names.

        Other years and days are to be checked.
        """
        known, settings = self.binder.known, self.binder.catalogue.settings
        taken: set[int] = set()
        quoted = _places_of(_QUOTED, text)
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
            if self._is_the_year(year):
                self._bind(match[0], "年度")
                yield match.start(), match.end() - 1, f"【{settings['年度']}】"
            else:
                yield self._unsure(match, "年份、日期" if year else "日期")
        if known.region and "地区" in settings and not self._shut:
            for match in re.finditer(re.escape(known.region), text):
                yield *match.span(), f"【{settings['地区']}】"

    def _is_the_year(self, year: str) -> bool:
        known, settings = self.binder.known, self.binder.catalogue.settings
        return (
            bool(year and known.year)
            and int(year) == known.year
            and "年度" in settings
            and not self._shut
        )

    @property
    def _shut(self) -> str:
        return self.subject.shut or self.binder.shut

    @property
    def _context(self) -> Context:
        return Context(self.last, self.base, self.within, self.lost, tuple(self.said))

    def _unsure(self, match: re.Match[str], reason: str) -> Piece:
        self.open.append(Open(self.where, match[0], self._shut or reason))
        return match.start(), match.end(), place(match[0])

    def _loose(self, start: int, end: int, words: str) -> Piece:
        self.open.append(Open(self.where, words, self._shut or "认不出它数的是什么"))
        return start, end, place(words)

    def _pair(self, text: str, was: Quantity, before: str) -> Piece | None:
        """由46户升至68户 as one: bound together where exactly one pair of figures is meant, else left alone."""
        movement = from_to.movement(text, was, counted(text, self.binder.numerals))
        if movement is None or self._shut:
            return None
        rest = text[: movement.start] + text[movement.end :]
        if self._untold(rest, movement.now) or self._untold(rest, was):
            return None
        words = self._words(text, movement.start, movement.end, before)
        candidates = Candidates(self.binder, self.subject)
        self._enter(words)
        found = [*candidates.pairs(was, movement.now, words, self._context)]
        if len(distinct(now for _, now in found)) != 1:
            return None
        written = from_to.written(movement, *found[0], self.binder.ledger)
        if written is None:
            return None
        for quantity, offer in ((was, found[0][0]), (movement.now, found[0][1])):
            self._bind(quantity.text, offer.fact.label)
        self._passed(found[0][1])
        return movement.start, movement.end, written

    def _quantity(self, text: str, quantity: Quantity, before: str) -> Piece:
        words = self._words(text, quantity.start, quantity.end, before)
        self.said += self._among(text[: quantity.start - len(words.lead)])
        reason = self._shut or self._untold(text, quantity)
        if reason:
            return self._left(quantity, reason, ())
        self._enter(words)
        candidates = Candidates(self.binder, self.subject)
        found = distinct(candidates.of(quantity, words, self._context))
        if len(found) > 1:
            labels = tuple(dict.fromkeys(each.fact.label for each in found))
            return self._left(quantity, "有不止一个指标都对得上", labels)
        if not found:
            return self._left(quantity, *self._near(quantity))
        return self._printed(quantity, found[0], words)

    def _words(self, text: str, start: int, end: int, before: str) -> Words:
        """The words of the clause on either side, up to the next number."""
        numbers = counted(text, self.binder.numerals)
        left = max((text.rfind(stop, 0, start) for stop in _STOPS), default=-1) + 1
        left = max([left, *(each.end for each in numbers if each.end <= start)])
        found = (text.find(stop, end) for stop in _STOPS)
        stops = [at for at in found if at >= 0]
        following = [each.start for each in numbers if each.start >= end]
        right = min([*stops, *following, len(text)])
        return Words(text[left:start], text[end:right], before + text[:start])

    def _enter(self, words: Words) -> None:
        if "其中" in words.lead:
            self.base = self.last
            self.within = True

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
        if not _is_worded(quantity):
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

    def _printed(self, quantity: Quantity, offer: Offer, words: Words) -> Piece:
        start, end = quantity.start, quantity.end
        match = speaking.growth(words.lead, "") if offer.grows else None
        printed = PrintedNumber(quantity, offer, self.binder.ledger).words(match)
        if printed is None:
            return self._left(quantity, "这种写法还不能照印", (offer.fact.label,))
        if match:
            comparison = (
                match["against"] if match["against"] and match["against"][0] == "比" else ""
            )
            start -= len(match["verb"]) + len(match["against"] or "") - len(comparison)
        self._bind(quantity.text, offer.fact.label)
        self._passed(offer)
        return start, end, printed

    def _passed(self, offer: Offer) -> None:
        self.last = offer
        self.said += chain(offer.nouns, *(offer.kinds if offer.bare else ()))

    def _near(self, quantity: Quantity) -> tuple[str, tuple[str, ...]]:
        """Why nothing was found, and the figures of that value whose words are others."""
        equal = [each for each in self.binder.catalogue.offers if agrees(quantity, each)]
        labels = tuple(dict.fromkeys(each.fact.label for each in equal))[:_MOST]
        if labels:
            return "数相等，但字句对不上", labels
        return "工作簿里算不出这个数", ()

    def _left(self, quantity: Quantity, reason: str, candidates: Sequence[str]) -> Piece:
        self.last = None
        self.lost = self.lost or quantity.unit != PERCENT
        self.open.append(Open(self.where, quantity.text, reason, tuple(candidates)))
        return quantity.start, quantity.end, place(quantity.text)

    def _bind(self, words: str, label: str) -> None:
        self.bound.append(Bound(self.where, words, label))


def counted(text: str, names: Iterable[str] = ()) -> list[Quantity]:
    """The quantities of a sentence and 一半 of a share, but for numerals in names.

    The ends of an age group, 三单事项.
    """
    named = _places_of(_BAND, text)
    for name in names:
        named |= _places_of(re.compile(re.escape(name)), text)
    found = [*quantities(text), *map(_half, _HALF.finditer(text))]
    return sorted(
        (each for each in found if each.start not in named and each.end - 1 not in named),
        key=lambda each: each.start,
    )


def _places_of(pattern: re.Pattern[str], text: str) -> set[int]:
    """The characters that a pattern finds, by their place."""
    return _places(match.span() for match in pattern.finditer(text))


def _places(spans: Iterable[tuple[int, int]]) -> set[int]:
    return set(chain.from_iterable(range(start, end) for start, end in spans))


def _half(match: re.Match[str]) -> Quantity:
    hedge = match["hedge"] or ""
    start = match.start("hedge") if hedge else match.start("half")
    bounds = spoken(_TWO_HALVES, _TENTH, hedge, whole=False)
    words = match.string[start : match.end()]
    return Quantity(
        start, match.end(), words, _TWO_HALVES, PERCENT, _TENTH, bounds, hedge, spelt=True
    )


def _is_worded(quantity: Quantity) -> bool:
    """True where there are words for what stands beside the number: 近, 余, 超过, 约 …"""
    hedge = quantity.hedge.removeprefix("及")
    tenths = hedge == "以上" and quantity.spelt and quantity.unit == PERCENT
    return not hedge or tenths or hedge in (*KEPT, *NEAR, *ABOVE, *BELOW)


def _date(match: re.Match[str]) -> date | None:
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None

"""Characters that read better as a word of the same sound or look -> that word.

部暑 sounds as 部署 does and is no word; 出发站 holds 发站, but 出发 and 站 read as well. Both readings are weighed by the
words they are made of, and only where the other reading is far likelier something is said. Words, weights and sounds stand
in lexicon/.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain
from math import log

from gongwen_lint.rules.prose.words.evidence import SAYABLE, Slip, is_sure, sound_alike, standing
from gongwen_lint.rules.prose.words.lexicon.tables import (
    Lexicon,
    lexicon,
    usual,
)
from gongwen_lint.rules.prose.words.names import (
    NUMERALS,
    PERSON,
    in_number_of_document,
    in_place_name,
    is_listed_name,
    may_be_coined,
    ordinal_at,
)
from gongwen_lint.rules.prose.words.phrases import wrong_phrases
from gongwen_lint.rules.prose.words.segmentation import UNKNOWN, Segmenter

_RUN = re.compile(r"[\u4e00-\u9fff]{2,}")
# logarithms that are taken off: sounds nearly, looks so, met in right text, made parallel to words close by, a
# particle, a word
# that ends or begins in the middle
_NEARLY, _LOOKS, _MET, _PARALLEL, _PARTICLE, _CROSSED = 3.5, 4.0, 3.0, 3.0, 2.0, 1.0
_PARTICLES = frozenset("以与及而或和共约仅各每")
_RATIO = log(
    500
)  # a word so many times likelier than the two characters side by side is worth a look
_NUMBER = "号"
_READINGS = 2  # of a character, the usual first; nobody types 听 who means a word that sounds yi
_STEMS = frozenset("甲乙丙丁")  # 乙项, 丙类: they number whatever there is
_DONE_HOW = re.compile("得[不很更最太少多好快急实细准透深严紧慢远高低早晚]")  # 事议得少
# 一页纸能, 一张纸能: a thing that is counted, and what it can do
_COUNTED = re.compile(
    r"[一二三四五六七八九十两几每][个页张本份条项件句家户名位道把根块]\w[能会要可应须]\Z"
)
_FEW = 4  # words that are weighed at one place
_BEFORE, _BEHIND = 3, 5  # characters around a pair that are read with it
_AROUND = 8
_THEN = frozenset("则即尽就")
_PAIR = 2
_TEXTS = 4096  # whose readings are remembered: the cells of a table repeat themselves
_RUNS = 16384


@dataclass(frozen=True, slots=True)
class _Likelier:
    """A likelier reading of a text, with what decides how sure it is wherever the text stands."""

    slip: Slip
    run: int  # characters of the run it stands in
    alike: bool  # it sounds the same
    named: bool  # it may be a name or a coined word

    def judged(self, text: str, document: str) -> Slip:
        """The slip as sure as it is in this document."""
        sure = is_sure(
            self.slip.gain,
            standing(text, self.slip, document),
            alike=self.alike,
            run=self.run,
        )
        return replace(self.slip, sure=sure and not self.named)


class _Reader:
    """A lexicon and what was worked out with it."""

    def __init__(self, book: Lexicon) -> None:
        self.book = book
        self.segmenter = Segmenter(book)
        self.meant = lru_cache(maxsize=65536)(self._meant)
        self.readings = lru_cache(maxsize=_TEXTS)(self._readings)
        self.slips_in = lru_cache(maxsize=_RUNS)(self._slips_in)
        self.listed_in = lru_cache(maxsize=_RUNS)(self._listed_in)

    def _meant(self, pair: str) -> tuple[tuple[str, float], ...]:
        """The words that two characters may be meant for, the likeliest first, and what each costs."""
        book, one, other = self.book, pair[0], pair[1]
        costs: dict[str, float] = {}
        if other in book.typed:
            self._sounding(costs, one, other, 1)
        if one in book.typed:
            self._sounding(costs, other, one, 0)
        for look in book.looks.get(other, ""):
            if one + look in book.common:
                costs.setdefault(one + look, _LOOKS)
        for look in book.looks.get(one, ""):
            if look + other in book.common:
                costs.setdefault(look + other, _LOOKS)
        by_chance = book.likely.get(one, UNKNOWN) + book.likely.get(other, UNKNOWN)
        floor = max(by_chance, book.likely.get(pair, by_chance)) + _RATIO
        extra = (_MET if pair in book.met else 0.0) + (_PARTICLE if one in _PARTICLES else 0.0)
        able = [(word, cost + extra) for word, cost in costs.items() if book.likely[word] > floor]
        able.sort(key=lambda each: (each[1] - book.likely[each[0]], each[0]))
        return tuple(each for each in able if each[0] != pair)[:_FEW]

    def _sounding(self, costs: dict[str, float], right: str, wrong: str, place: int) -> None:
        for sound in self.book.sounds.get(wrong, ())[:_READINGS]:
            for word in self.book.same.with_sound(right, sound, place):
                costs[word] = 0.0
        for sound in self.book.nearly.get(wrong, ())[:_READINGS]:
            for word in self.book.near.with_sound(right, sound, place):
                costs.setdefault(word, _NEARLY)

    def _pairs(self, run: str) -> Iterator[Slip]:
        """Two characters of a run that read better as a common word."""
        alone: frozenset[int] | None = None
        for at in range(len(run) - 1):
            meant = self.meant(run[at : at + 2])
            if not meant:
                continue
            alone = self.segmenter.alone(run) if alone is None else alone
            whole = self.book.is_word(run[at : at + 2])  # a rare one
            if at not in alone and at + 1 not in alone and not whole:
                continue
            if run[at] in _STEMS or _DONE_HOW.match(run, at + 2):
                continue
            if ordinal_at(run, at + 1):
                continue  # 教育暨第六届
            if run[at + 1] == _NUMBER or _COUNTED.search(run, 0, at + 2):
                continue  # 学号, 工号, 警号: anything may have a number; 一页|纸|能: not one word
            if run[at] in NUMERALS and run[at + 1] == "是":
                continue  # 九是: one of a ladder
            words = [each for each in meant if not in_place_name(run, at, each[0])]
            if not words or _twice(run, at):
                continue
            low, high = max(0, at - _BEFORE), at + _BEHIND
            here = self.segmenter.likelihood(run[low:high])
            gain, right = max(
                (self._read(run, low, at, word, high) - here - cost, word) for word, cost in words
            )
            gain -= _CROSSED if _bordering(run, at, self.book) else 0.0
            if gain > SAYABLE:
                yield Slip(at, at + 2, right, sure=False, gain=gain)

    def _read(self, run: str, low: int, at: int, word: str, high: int) -> float:
        return self.segmenter.likelihood(run[low:at] + word + run[at + len(word) : high])

    def _readings(self, text: str) -> tuple[tuple[Slip, ...], tuple[_Likelier, ...]]:
        """The slips of the table, and the likelier readings that no slip or name overlaps."""
        listed = sorted(_listed(text, self), key=lambda each: each.start)
        spans = [(each.start, each.end) for each in listed]
        spans += [match.span("name") for match in PERSON.finditer(text)]
        taken = set(chain.from_iterable(range(*span) for span in spans))
        likelier: list[_Likelier] = []
        for match in _RUN.finditer(text):
            for slip in self._in_run(text, match):
                span = range(slip.start, slip.end)
                if taken.isdisjoint(span) and not in_number_of_document(text, slip.end):
                    taken.update(span)
                    likelier.append(self._likelier(text, match, slip))
        return tuple(listed), tuple(likelier)

    def _in_run(self, text: str, match: re.Match[str]) -> list[Slip]:
        """The likelier readings of one run by their places in the text, the likeliest first."""
        first = match.start()
        pairs, phrases = self.slips_in(match[0])
        beside = (_beside_likes(text, first, each) for each in pairs)
        slips = [*(each for each in beside if each.gain > SAYABLE), *phrases]
        slips.sort(key=lambda each: -each.gain)
        return [replace(each, start=first + each.start, end=first + each.end) for each in slips]

    def _slips_in(self, run: str) -> tuple[tuple[Slip, ...], tuple[Slip, ...]]:
        """The pairs and the phrases of a run that read better otherwise."""
        phrases = wrong_phrases(run, self.book, self.segmenter)
        return tuple(self._pairs(run)), tuple(phrases)

    def _listed_in(self, run: str) -> tuple[Slip, ...]:
        """The slips of a run that are often made."""
        return tuple(_usual_in(run, self.book))

    def _likelier(self, text: str, match: re.Match[str], slip: Slip) -> _Likelier:
        words = text[slip.start : slip.end]
        coined = may_be_coined(text, slip.start, slip.end, slip.right)
        return _Likelier(
            slip,
            len(match[0]),
            alike=sound_alike(words, slip.right, self.book),
            named=coined or is_listed_name(text, match, slip.end),
        )


@lru_cache(maxsize=2)
def _reader(book: Lexicon) -> _Reader:
    return _Reader(book)


def _twice(run: str, at: int) -> bool:
    """True for 审边 in 边审边改, 宜工 in 宜工则工: a character comes again at a short step."""
    around = run[at - 1 : at] or "^", run[at : at + 2], run[at + 2 : at + 4]
    return (
        around[1][0] == around[2][:1]
        or around[0] == around[1][1]
        or (around[1][1] == around[2][1:] and around[2][0] in _THEN)
    )


def _parallel(text: str, at: int) -> bool:
    """True where a character of the pair stands close by again: 边审边改, 多谋民生之利、多解民生之忧."""
    around = text[max(0, at - _AROUND) : at] + text[at + 2 : at + 2 + _AROUND]
    return text[at] in around or text[at + 1] in around


def slips(text: str, book: Lexicon | None = None, document: str = "") -> Iterator[Slip]:
    """Every slip of a text, those of the table first; where two speak of one place, the likelier.

    What was meant is surer where it stands elsewhere in the document.
    """
    listed, likelier = _reader(book or lexicon()).readings(text)
    yield from listed
    for each in likelier:
        yield each.judged(text, document or text)


def _beside_likes(text: str, first: int, slip: Slip) -> Slip:
    """A pair of a run that begins at `first` of a text, less sure where its characters come again close by."""
    again = _parallel(text, first + slip.start)
    return replace(slip, gain=slip.gain - _PARALLEL) if again else slip


def _listed(text: str, reader: _Reader) -> Iterator[Slip]:
    """The slips that are often made."""
    for match in _RUN.finditer(text):
        for slip in reader.listed_in(match[0]):
            start = match.start() + slip.start
            yield replace(slip, start=start, end=match.start() + slip.end)


def _usual_in(run: str, book: Lexicon) -> Iterator[Slip]:
    table = usual()
    for at in range(len(run) - 1):
        pair = run[at : at + 2]
        right = table.pairs.get(pair)
        bordered = pair in table.bordered and _bordering(run, at, book)
        if right and not bordered and not _between_words(run, at, book):
            yield Slip(at, at + 2, right, sure=True, usual=True)
        for wrong, meant in table.longer.get(pair, {}).items():
            inside = at and book.is_word(run[at - 1 : at + 1])  # 工作｜到位
            if run.startswith(wrong, at) and not inside:
                yield Slip(at, at + len(wrong), meant, sure=True, usual=True)


def _bordering(run: str, at: int, book: Lexicon) -> bool:
    """True if the pair is met where two words meet: the first ends a word, or the second begins one."""
    before = run[at - 1 : at + 1] if at else ""
    behind = run[at + 1 : at + 3]
    return any(len(each) > 1 and book.is_word(each) for each in (before, behind))


def _between_words(run: str, at: int, book: Lexicon) -> bool:
    """True for 计化 in 累计化解: the first ends one word, the second begins another."""
    before, behind = run[max(0, at - 1) : at + 1], run[at + 1 : at + 3]
    return len(before) == len(behind) == _PAIR and book.is_word(before) and book.is_word(behind)

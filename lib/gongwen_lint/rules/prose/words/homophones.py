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
from math import log

from gongwen_lint.rules.prose.words.lexicon.tables import (
    Lexicon,
    lexicon,
    usual,
)
from gongwen_lint.rules.prose.words.segmentation import UNKNOWN, Segmenter

_RUN = re.compile(r"[\u4e00-\u9fff]{2,}")
_PLACES = "县镇乡村市区街寨屯庄坪沟岭河江湖山"
_GOES_TO, _TOWNS = frozenset("赴到在至往向从自抵经与和"), "县镇乡村市区"
_SAYABLE, _SURE = 6.0, 7.3  # logarithms: so much likelier is the other reading
# what is taken off: sounds nearly, looks so, met in right text, made parallel to words close by, a
# particle, a word
# that ends or begins in the middle
_NEARLY, _LOOKS, _MET, _PARALLEL, _PARTICLE, _CROSSED = 3.5, 4.0, 3.0, 3.0, 2.0, 1.0
_PARTICLES, _NUMERALS = (
    frozenset("以与及而或和共约仅各每"),
    frozenset("一二三四五六七八九十百千万两"),
)
_SURNAMES = (
    "赵钱孙李周吴郑王冯陈卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛范彭郎鲁韦马苗方"
    "俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元顾孟黄穆萧尹姚邵汪祁毛禹狄米贝"
    "明臧成戴谈宋庞熊纪舒屈项祝董梁杜阮蓝闵席季强贾路娄江童颜郭梅盛林钟徐邱骆高夏蔡田樊胡凌霍虞万柯管卢"
    "莫房缪解应宗丁宣邓洪包石崔吉龚程邢裴陆荣翁荀羊惠曲封储靳段焦巴牧山谷车侯全班仰仲宁仇甘武符刘景詹龙叶"
    "司黎薄白蒲邰从索赖卓屠蒙池乔翟谭贡申冉牛尚温庄晏柴瞿阎慕连习艾鱼容古易慎廖居衡步都耿满匡文寇欧沃"
    "敖冷辛那简饶曾关查游权盖肖付闫佟聂褚岳覃农甄鞠丛佘尉冼苟芦隆楚"
)
# 会议主持人为廖春生: a person's name may be any characters
_PERSON = re.compile(
    rf"(?:书记|主任|[班组队会校院局部处科所站厂社县镇乡村]长|主席|委员|经理|负责人|联系人|召集人|牵头人)"
    rf"(?P<name>(?:[为由是系](?:[{_SURNAMES}]某*|(?=[{_SURNAMES}])[\u4e00-\u9fff]{{2,3}}))|[{_SURNAMES}][\u4e00-\u9fff]{{1,2}})"
    r"(?=[^\u4e00-\u9fff]|$|同志|担任|任|兼|等)"
)
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
_PHRASE, _MOST_APART = 4, 2  # characters


@dataclass(frozen=True, slots=True)
class Slip:
    """[start:end) of a text is no word; `right` is the word that was meant, `sure` where little speaks against it."""

    start: int
    end: int
    right: str
    sure: bool
    usual: bool = False  # a slip that is often made, from the table
    gain: float = 0.0


class _Reader:
    """A lexicon and what was worked out with it."""

    def __init__(self, book: Lexicon) -> None:
        self.book = book
        self.segmenter = Segmenter(book)
        self.meant = lru_cache(maxsize=65536)(self._meant)

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

    def pairs(self, text: str, start: int, run: str) -> Iterator[Slip]:
        """Two characters of a run, which begins at `start` of a text, that read better as a common word."""
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
            if run[at + 1] == _NUMBER or _COUNTED.search(run, 0, at + 2):
                continue  # 学号, 工号, 警号: anything may have a number; 一页|纸|能: not one word
            words = [each for each in meant if not _in_place_name(run, at, each[0])]
            if not words or _twice(run, at):
                continue
            low, high = max(0, at - _BEFORE), at + _BEHIND
            here = self.segmenter.likelihood(run[low:high])
            gain, right = max(
                (self._read(run, low, at, word, high) - here - cost, word) for word, cost in words
            )
            gain -= _PARALLEL if _parallel(text, start + at) else 0.0
            gain -= _CROSSED if _bordering(run, at, self.book) else 0.0
            if gain > _SAYABLE:
                yield Slip(at, at + 2, right, sure=gain > _SURE, gain=gain)

    def _read(self, run: str, low: int, at: int, word: str, high: int) -> float:
        return self.segmenter.likelihood(run[low:at] + word + run[at + len(word) : high])

    def phrases(self, run: str) -> Iterator[Slip]:
        """Four characters that sound like a set phrase and are none: 名声实事 for 民生实事."""
        sounds = run.translate(self.book.codes)
        for at in range(len(run) - _PHRASE + 1):
            found = self.book.fixed.get(sounds[at : at + _PHRASE])
            if found is None:
                continue
            words = run[at : at + _PHRASE]
            if words in self.book.likely or all(
                _apart(words, each) > _MOST_APART for each in found
            ):
                continue
            low, high = max(0, at - _BEFORE), at + _PHRASE + _BEFORE
            here = self.segmenter.likelihood(run[low:high])
            gain, right = max(
                (self._read(run, low, at, each, high) - here, each)
                for each in found
                if _apart(words, each) <= _MOST_APART
            )
            if gain > _SAYABLE:
                yield Slip(at, at + _PHRASE, right, sure=gain > _SURE, gain=gain)


def _apart(one: str, other: str) -> int:
    """How many characters differ; more than any if a number does, which is no slip."""
    pairs = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    numbers = any(a in _NUMERALS or b in _NUMERALS for a, b in pairs)
    return _PHRASE + 1 if numbers else len(pairs)


@lru_cache(maxsize=2)
def _reader(book: Lexicon) -> _Reader:
    return _Reader(book)


def _in_place_name(run: str, at: int, right: str) -> bool:
    """True where the pair may be the name of a place, which may be any two characters: 青岭县."""
    named = run[at + 2 : at + 3]
    if run[at] in _GOES_TO and run[at + 3 : at + 4] in tuple(_TOWNS):
        return True  # 赴安丰县
    return bool(named and named in _PLACES) or (run[at + 1] in _PLACES and run[at + 1] != right[1])


def _twice(run: str, at: int) -> bool:
    """True for 审边 in 边审边改: every other character is the same."""
    return run[at : at + 1] == run[at + 2 : at + 3] or (at > 0 and run[at - 1] == run[at + 1])


def _parallel(text: str, at: int) -> bool:
    """True where a character of the pair stands close by again: 边审边改, 多谋民生之利、多解民生之忧."""
    around = text[max(0, at - _AROUND) : at] + text[at + 2 : at + 2 + _AROUND]
    return text[at] in around or text[at + 1] in around


def slips(text: str, book: Lexicon | None = None) -> Iterator[Slip]:
    """Every slip of a text, those of the table first; where two speak of one place, the likelier."""
    reader = _reader(book or lexicon())
    listed = sorted(_listed(text, reader), key=lambda each: each.start)
    yield from listed
    taken = {at for each in listed for at in range(each.start, each.end)}
    taken |= {at for match in _PERSON.finditer(text) for at in range(*match.span("name"))}
    for match in _RUN.finditer(text):
        found = (*reader.pairs(text, match.start(), match[0]), *reader.phrases(match[0]))
        for slip in sorted(found, key=lambda each: -each.gain):
            start, end = match.start() + slip.start, match.start() + slip.end
            if taken.isdisjoint(range(start, end)):
                taken.update(range(start, end))
                yield replace(slip, start=start, end=end)


def _listed(text: str, reader: _Reader) -> Iterator[Slip]:
    """The slips that are often made."""
    for match in _RUN.finditer(text):
        for slip in _listed_in(match[0], reader):
            start = match.start() + slip.start
            yield replace(slip, start=start, end=match.start() + slip.end)


def _listed_in(run: str, reader: _Reader) -> Iterator[Slip]:
    table = usual()
    for at in range(len(run) - 1):
        pair = run[at : at + 2]
        right = table.pairs.get(pair)
        if right and not (pair in table.bordered and _bordering(run, at, reader.book)):
            yield Slip(at, at + 2, right, sure=True, usual=True)
        for wrong, meant in table.longer.get(pair, {}).items():
            if run.startswith(wrong, at):
                yield Slip(at, at + len(wrong), meant, sure=True, usual=True)


def _bordering(run: str, at: int, book: Lexicon) -> bool:
    """True if the pair is met where two words meet: the first ends a word, or the second begins one."""
    before = run[at - 1 : at + 1] if at else ""
    behind = run[at + 1 : at + 3]
    return any(len(each) > 1 and book.is_word(each) for each in (before, behind))

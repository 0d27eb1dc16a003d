"""Names and what is written in their place -> text in which none of those names is left.

Longer names go before shorter ones. A name that is often part of an ordinary word is replaced only
where its neighbours show that it stands by itself; where they do not it stays, and `left_in` tells
of it, because mangling a word and letting a name slip are both worse than asking a person.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, combinations

STEMS = "甲乙丙丁戊己庚辛壬癸"
BRANCHES = "子丑寅卯辰巳午未申酉戌亥"

# before or after a careful name these characters begin or end another word, so that the name stands
# by itself
_OPEN_BEFORE = frozenset("由和与及对向请让给是为的了在把被将同跟经以")
_OPEN_AFTER = frozenset("和与及的等为是在任将于对向同把被负带主说")
_LIST_BEFORE = _OPEN_BEFORE | frozenset("有叫名括含员")  # before the first of a list of names
_LIST_MARKS = frozenset("、，,和与及 ")
# what a word that is also a name needs beside it to be a name: 由高峰负责, not 高峰的客流
_BEFORE_SOMEBODY = frozenset("由请让给经")
_AFTER_SOMEBODY = ("负责", "带领", "带头", "牵头", "主持", "主讲", "担任", "表示", "介绍", "等人")
_NEAR = 24  # characters either side that show what is meant
_TITLES = (
    "同志",
    "先生",
    "女士",
    "师傅",
    "主任",
    "经理",
    "局长",
    "组长",
    "队长",
    "班长",
    "厂长",
    "站长",
    "校长",
    "医生",
)


@dataclass(frozen=True)
class Pseudonyms:
    """`names` gives the stand-in of each name.

    `careful` are those that also occur inside ordinary words.

    `before` and `after` are words that show, beside a careful name, that a name is meant (titles and the like). `beside`
    are careful names that are no word themselves, with the characters that make one with their first and with their
    last; `words` are those that are words too (高峰). A name that stands for itself is left alone on purpose.
    """

    names: Mapping[str, str]
    careful: Collection[str] = ()
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    kinds: Mapping[str, str] = field(default_factory=dict)  # what each name is, for the key
    beside: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    words: Collection[str] = ()

    @cached_property
    def _by_first(self) -> Mapping[str, tuple[tuple[str, str], ...]]:
        """By the first character as it is sought: what is sought, and the name.

        Longer ones before shorter ones.
        """
        names: dict[str, list[tuple[str, str]]] = {}
        sought = [(folded(name).text, name) for name in filter(str.strip, self.names)]
        for plain, name in sorted(sought, key=lambda pair: len(pair[0]), reverse=True):
            if plain:
                names.setdefault(plain[0], []).append((plain, name))
        return {first: tuple(pairs) for first, pairs in names.items()}

    @cached_property
    def _all(self) -> tuple[str, ...]:
        return tuple(filter(str.strip, self.names))

    def mask(self, text: str) -> str:
        """The text with every name replaced, however it is written.

        A text that is nothing but a name always is.
        """
        if text in self.names:
            return self.names[text]
        seen = folded(text)
        written, at = [], 0
        for start, end, name in self._names_in(seen):
            written += [seen.source[at:start], self.names[name]]
            at = end
        return "".join([*written, seen.source[at:]]) if written else text

    def left_in(self, text: str) -> tuple[str, ...]:
        """Names whose characters still stand in a text, each once."""
        if text in self.names:
            return ()
        plain = folded(text).text
        pairs = chain.from_iterable(self._by_first.values())
        here = {name for sought, name in pairs if sought in plain}
        return tuple(name for name in self.names if name in here and self._hides(name))

    def still_in(self, text: str) -> tuple[str, ...]:
        """Names that a reader of a text would know somebody by, each once.

        Numbers alone name nobody.
        """
        if text in self.names:
            return (text,) if self._hides(text) else ()
        names = dict.fromkeys(name for _, _, name in self._names_in(folded(text)))
        return tuple(filter(self._hides, names))

    def _hides(self, name: str) -> bool:
        """False of a name that stands for itself, and of a number.

        Figures are printed as they are.
        """
        return self.names[name] != name and not name.strip().isdecimal()

    def _names_in(self, seen: Folded) -> Iterator[tuple[int, int, str]]:
        """Where names stand in the text as it was written."""
        at = 0
        while at < len(seen.text):
            hit = next(
                (
                    (sought, name)
                    for sought, name in self._by_first.get(seen.text[at], ())
                    if seen.text.startswith(sought, at) and self._meant(name, len(sought), seen, at)
                ),
                None,
            )
            if hit:
                yield seen.starts[at], seen.ends[at + len(hit[0]) - 1], hit[1]
            at += len(hit[0]) if hit else 1

    def _meant(self, name: str, length: int, seen: Folded, at: int) -> bool:
        """True if the name stands by itself at this place."""
        start, end = seen.starts[at], seen.ends[at + length - 1]
        before = seen.source[max(start - _NEAR, 0) : start]
        after = seen.source[end : end + _NEAR]
        if _joined(before[-1:], name[0]) or _joined(name[-1], after[:1]):
            return False
        if name not in self.careful:
            return True
        if before.endswith((*_TITLES, *self.before)) or after.startswith((*_TITLES, *self.after)):
            return True
        return self._by_itself(name, before, after) or self._listed(before, after)

    def _by_itself(self, name: str, before: str, after: str) -> bool:
        """True if what stands at both sides of a careful name begins or ends something else."""
        if name in self.words:
            return _open(before[-1:], _BEFORE_SOMEBODY) and (
                _open(after[:1], frozenset()) or after.startswith(_AFTER_SOMEBODY)
            )
        fronts, backs = self.beside.get(name, ("", ""))
        return _parted(before[-1:], _OPEN_BEFORE, fronts) and _parted(after[:1], _OPEN_AFTER, backs)

    def _listed(self, before: str, after: str) -> bool:
        """True beside another name of a list: 参加的有赵静、孙丽."""
        if after[:1] in _LIST_MARKS and after[1:].startswith(self._all):
            return _open(before[-1:], _LIST_BEFORE)
        if before[-1:] in _LIST_MARKS and before[:-1].endswith(self._all):
            return _open(after[:1], _OPEN_AFTER)
        return False


@dataclass(frozen=True, slots=True)
class Folded:
    """A text as names are sought in it, and where each of its characters stands in `source` (the text composed)."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    source: str


def folded(text: str) -> Folded:
    """Width, case, dots and composition levelled.

    What nobody sees, and blanks between hanzi, left out.
    """
    source = unicodedata.normalize("NFC", text)
    if source.isascii():
        places = tuple(range(len(source)))
        return Folded(source.casefold(), places, tuple(place + 1 for place in places), source)
    letters: list[tuple[str, int]] = []
    for place, character in enumerate(source):
        if character in _DOTS:
            letters.append(("·", place))
        elif not _unseen(character):
            plain = unicodedata.normalize("NFKC", character).casefold()
            letters += [(each, place) for each in plain]
    pairs = [pair for at, pair in enumerate(letters) if not _between_hanzi(letters, at)]
    starts = tuple(place for _, place in pairs)
    return Folded(
        "".join(each for each, _ in pairs), starts, tuple(at + 1 for at in starts), source
    )


_DOTS = frozenset("·•‧∙⋅・･•᛫⸱")
_BLANKS = frozenset(" \t\n\u3000\xa0\u2002\u2003\u2009")
_UNSEEN_KINDS = frozenset({"Cf", "Mn", "Me"})


def _unseen(character: str) -> bool:
    return not character.isascii() and unicodedata.category(character) in _UNSEEN_KINDS


def _between_hanzi(letters: list[tuple[str, int]], at: int) -> bool:
    """True of a blank with a hanzi on both sides, other blanks not counted."""
    if letters[at][0] not in _BLANKS:
        return False
    left = next(
        (each for each, _ in reversed(letters[max(at - _NEAR, 0) : at]) if each not in _BLANKS), ""
    )
    right = next((each for each, _ in letters[at + 1 : at + _NEAR] if each not in _BLANKS), "")
    return _is_hanzi(left) and _is_hanzi(right)


def _is_hanzi(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"


def _joined(left: str, right: str) -> bool:
    """True inside a Latin word or a number: AI in MAIN."""
    return left.isascii() and right.isascii() and left.isalnum() and right.isalnum()


def _open(neighbour: str, allowed: frozenset[str]) -> bool:
    return not neighbour or not _is_hanzi(neighbour) or neighbour in allowed


def _parted(neighbour: str, allowed: frozenset[str], making_words: str) -> bool:
    """True beside a mark, a word of its own, or (where it is known) a character that makes no word with the name."""
    return _open(neighbour, allowed) or (bool(making_words) and neighbour not in making_words)


def letters(number: int) -> str:
    """1 -> A, 26 -> Z, 27 -> AA."""
    text = ""
    while number:
        number, rest = divmod(number - 1, len("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
        text = chr(ord("A") + rest) + text
    return text


def stem(number: int) -> str:
    """1 -> 甲, 10 -> 癸, 11 -> 子, 22 -> 亥, 23 -> 甲子: Chinese counters that never run out."""
    single = STEMS + BRANCHES
    if number <= len(single):
        return single[number - 1]
    high, low = divmod(number - len(single) - 1, len(BRANCHES))
    return stem(high % len(STEMS) + 1) * (high // len(STEMS) + 1) + BRANCHES[low]


def apart(stand_in: str, names: Collection[str]) -> bool:
    """True if a stand-in holds none of the names, so that it cannot be taken for one.

    A set is searched fastest.
    """
    spans = combinations(range(len(stand_in) + 1), 2)
    return not any(stand_in[start:end] in names for start, end in spans)

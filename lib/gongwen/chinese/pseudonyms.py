"""Names and what is written in their place -> text in which none of those names is left.

Longer names go before shorter ones. A name that is often part of an ordinary word is replaced only where its neighbours
show that it stands by itself; where they do not it stays, and `left_in` tells of it, because mangling a word and
letting a name slip are both worse than asking a person.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

STEMS = "甲乙丙丁戊己庚辛壬癸"
BRANCHES = "子丑寅卯辰巳午未申酉戌亥"

# before or after a careful name these characters begin or end another word, so that the name stands by itself
_OPEN_BEFORE = frozenset("由和与及对向请让给是为的了在把被将同跟经以")
_OPEN_AFTER = frozenset("和与及的等为是在任将于对向同把被负带主说")
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
    """`names` gives the stand-in of each name; `careful` are those that also occur inside ordinary words.

    `before` and `after` are words that show, beside a careful name, that a name is meant (titles and the like). A name
    that stands for itself is left alone on purpose.
    """

    names: Mapping[str, str]
    careful: Collection[str] = ()
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    kinds: Mapping[str, str] = field(default_factory=dict)  # what each name is, for the key

    @cached_property
    def _by_first(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for name in sorted(filter(str.strip, self.names), key=len, reverse=True):
            found.setdefault(name[0], []).append(name)
        return {first: tuple(names) for first, names in found.items()}

    def mask(self, text: str) -> str:
        """The text with every name replaced; a text that is nothing but a name always is."""
        if text in self.names:
            return self.names[text]
        written, at = [], 0
        for start, name in self._names_in(text):
            written += [text[at:start], self.names[name]]
            at = start + len(name)
        return "".join([*written, text[at:]])

    def left_in(self, text: str) -> tuple[str, ...]:
        """Names whose characters still stand in a text, each once."""
        if text in self.names:
            return ()
        return tuple(name for name, own in self.names.items() if own != name and name in text)

    def _names_in(self, text: str) -> Iterator[tuple[int, str]]:
        at = 0
        while at < len(text):
            candidates = self._by_first.get(text[at], ())
            name = next(
                (
                    each
                    for each in candidates
                    if text.startswith(each, at) and self._meant(each, text, at)
                ),
                "",
            )
            if name:
                yield at, name
            at += len(name) or 1

    def _meant(self, name: str, text: str, at: int) -> bool:
        """True if the name stands by itself at this place."""
        before, after = text[:at], text[at + len(name) :]
        if _joined(before[-1:], name[0]) or _joined(name[-1], after[:1]):
            return False
        if name not in self.careful:
            return True
        if before.endswith((*_TITLES, *self.before)) or after.startswith((*_TITLES, *self.after)):
            return True
        return _open(before[-1:], _OPEN_BEFORE) and _open(after[:1], _OPEN_AFTER)


def _joined(left: str, right: str) -> bool:
    """True inside a Latin word or a number: AI in MAIN."""
    return left.isascii() and right.isascii() and left.isalnum() and right.isalnum()


def _open(neighbour: str, allowed: frozenset[str]) -> bool:
    return not neighbour or not "\u4e00" <= neighbour <= "\u9fff" or neighbour in allowed


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
    """True if a stand-in holds none of the names, so that it cannot be taken for one. A set is searched fastest."""
    ends = range(1, len(stand_in) + 1)
    return not any(stand_in[start:end] in names for end in ends for start in range(end))

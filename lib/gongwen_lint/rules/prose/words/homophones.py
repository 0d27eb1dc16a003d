"""Two characters that make no word and sound or look like a word of official language -> that word.

部暑 sounds as 部署 does and is no word; 出发站 holds 发站, but 出发 is a word there, and so nothing is said. What characters
sound like, which words they begin and end, and which of them were met side by side in right text stands in lexicon/.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

_RUN = re.compile(r"[\u4e00-\u9fff]{2,}")
_COUNTING = "余多几数第各每某单双本该这那两"
_PLACES = "县镇乡村市区街寨屯庄坪沟岭河江湖山"
_LIKELY, _SURE = 500.0, 3000.0  # so many times likelier than that the two met by chance


@dataclass(frozen=True, slots=True)
class Character:
    """A character: how it sounds, how often it is a word alone, what it looks like, and its neighbours.

    `ends` are the characters it makes the end of a word with, `starts` those it makes the beginning of one with, `met`
    those that were met behind it in right text though the two are no word.
    """

    sounds: tuple[str, ...]
    alone: int
    looks: str
    ends: str
    starts: str
    met: str


@dataclass(frozen=True, slots=True)
class Slip:
    """[start:end) of a text is no word; `right` is the word that was meant, `sure` where little speaks against it."""

    start: int
    end: int
    right: str
    sure: bool
    usual: bool = False  # a slip that is often made, from the table


@dataclass(frozen=True)
class Lexicon:
    """Characters by themselves; words by one of their characters and the sound of the other."""

    characters: Mapping[str, Character]
    words: Mapping[str, int]
    by_sound: Mapping[
        tuple[str, str, int], tuple[str, ...]
    ]  # the right character, the sound, where it is
    total: int

    def meant(self, pair: str) -> tuple[str, bool]:
        """The word that two characters were meant for, and whether that is sure; empty where they may stand together."""
        one, other = (self.characters.get(sign) for sign in pair)
        if (
            one is None
            or other is None
            or pair in self.words
            or pair[1] in one.starts
            or pair[1] in one.met
        ):
            return "", False
        chance = 0.02 + max(one.alone, 20) * max(other.alone, 20) / self.total
        found = {*self._like(one, pair[1], 0), *self._like(other, pair[0], 1)}
        best = max(found, key=lambda word: self.words[word], default="")
        odds = self.words[best] / chance if best else 0.0
        return (best, odds > _SURE) if odds > _LIKELY else ("", False)

    def _like(self, wrong: Character, right: str, place: int) -> Iterator[str]:
        """The words with the right character that a wrong one beside it sounds or looks like."""
        for sound in wrong.sounds:
            yield from self.by_sound.get((right, sound, place), ())
        for look in wrong.looks:
            word = look + right if place == 0 else right + look
            if word in self.words:
                yield word


@cache
def lexicon() -> Lexicon:
    """The tables, read once, when the first text is checked."""
    characters: dict[str, Character] = {}
    for line in _lines("characters.tsv"):
        sign, sounds, alone, looks, ends, starts, met = line.split("\t")
        characters[sign] = Character(tuple(sounds.split()), int(alone), looks, ends, starts, met)
    words = {word: int(score) for word, score in (line.split("\t") for line in _lines("words.tsv"))}
    by_sound: dict[tuple[str, str, int], list[str]] = defaultdict(list)
    for word in words:
        for place, (sign, right) in enumerate((tuple(word), tuple(reversed(word)))):
            for sound in characters[sign].sounds:
                by_sound[right, sound, place].append(word)
    total = sum(each.alone for each in characters.values())
    return Lexicon(characters, words, {key: tuple(each) for key, each in by_sound.items()}, total)


def _lines(name: str) -> list[str]:
    text = files("gongwen_lint.rules.prose.words.lexicon").joinpath(name).read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@cache
def usual() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Slips that are often made and what was meant: those of two characters, and longer ones."""
    rows = {wrong: right for wrong, right, _ in _slip_rows()}
    short = {wrong: right for wrong, right in rows.items() if len(wrong) == 2}  # noqa: PLR2004
    return short, {wrong: right for wrong, right in rows.items() if wrong not in short}


@cache
def _bordered() -> frozenset[str]:
    """Usual slips that are met by chance where two words meet."""
    return frozenset(wrong for wrong, _, border in _slip_rows() if border)


def _slip_rows() -> list[tuple[str, str, str]]:
    rows = (line.split("\t") for line in _lines("slips.tsv"))
    return [(wrong, right, border) for wrong, right, border in rows]


def slips(text: str) -> Iterator[Slip]:
    """Every pair of characters of a text that is no word but sounds or looks like one, and the usual slips."""
    book, (short, long) = lexicon(), usual()
    for run in _RUN.finditer(text):
        words = run[0]
        for at in range(len(words) - 1):
            pair = words[at : at + 2]
            listed = short.get(pair, "")
            right, sure = (listed, True) if listed else _meant(pair)
            trusted = bool(listed) and pair not in _bordered()
            if right and (trusted or not _crossed(book, words, at)):
                start = run.start() + at
                yield Slip(start, start + 2, right, sure=sure, usual=bool(listed))
    for wrong, right in long.items():
        at = text.find(wrong)
        while at >= 0:
            yield Slip(at, at + len(wrong), right, sure=True, usual=True)
            at = text.find(wrong, at + len(wrong))


@lru_cache(maxsize=65536)
def _meant(pair: str) -> tuple[str, bool]:
    """As `meant`, each pair asked once: a text has few."""
    return lexicon().meant(pair)


def _crossed(book: Lexicon, words: str, at: int) -> bool:
    """True if the first character ends a word, or the second begins one: the pair is met across a border of words."""
    before, after = words[at - 1 : at] if at else "", words[at + 2 : at + 3]
    if words[at] in _COUNTING or words[at + 1] in _PLACES or (after and after in _PLACES):
        return True  # a number and what it counts; the name of a place may be any two characters
    one, other = book.characters.get(words[at]), book.characters.get(words[at + 1])
    ends = bool(before and one and before in one.ends)
    return ends or bool(after and other and after in other.starts)

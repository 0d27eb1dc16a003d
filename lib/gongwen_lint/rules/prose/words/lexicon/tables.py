"""The files of this folder -> a lexicon: words with their weights, how characters sound and look, slips often made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files

from gongwen_lint.rules.prose.words.lexicon.lookup import (
    BySound,
    Likelihoods,
    Neighbours,
    WordTable,
)

_RETROFLEX, _NASAL = ("zh", "ch", "sh"), ("ing", "eng")
_PAIR = 2  # characters

_FREE = 0xE000  # private characters stand for sounds


@dataclass(frozen=True, eq=False)
class Lexicon:
    """Words by their likelihood, and characters.

    `sounds` are how a character is read, `nearly` the same for those who do not tell zh from z; `typed` are characters that
    somebody may type by mistake, `met` pairs that were met in right text. `common` words of two characters are what a slip
    may be meant for; `same` and `near` find them by one character and the sound of the other, `fixed` finds phrases of four
    characters by the `codes` of all four sounds.
    """

    likely: Likelihoods
    beside: Neighbours
    sounds: Mapping[str, tuple[str, ...]]
    nearly: Mapping[str, tuple[str, ...]]
    looks: Mapping[str, str]
    typed: frozenset[str]
    common: frozenset[str]
    met: frozenset[str]
    same: BySound
    near: BySound
    codes: Mapping[int, str]
    fixed: Mapping[str, tuple[str, ...]]

    def complete(self) -> None:
        """Make all that is made when it is first asked for, for the processes forked from this one."""
        self.beside.complete()
        self.same.complete()
        self.near.complete()

    def is_word(self, words: str) -> bool:
        """True for a word of the dictionary."""
        return words in self.likely

    def neighbours(self, sign: str) -> tuple[str, str]:
        """The characters that make a well-known word of two with this one behind them, and with this one before them."""
        return self.beside.of(sign)


@cache
def near(sound: str) -> str:
    """A sound as those say it who do not tell zh from z, ing from in."""
    begun = sound[0] + sound[2:] if sound.startswith(_RETROFLEX) else sound
    return begun[:-1] if begun.endswith(_NASAL) else begun


@cache
def lexicon() -> Lexicon:
    """The tables, read once, when the first text is checked."""
    return parsed(_read("characters.tsv"), _content("words.tsv"), _read("met.txt"))


def parsed(characters: str, words: bytes, met: str) -> Lexicon:
    """A lexicon from the contents of its files."""
    signs = [row.split("\t") for row in rows(characters)]
    sounds = {sign: tuple(read.split()) for sign, read, _, _ in signs}
    nearly = {sign: tuple(dict.fromkeys(map(near, read))) for sign, read in sounds.items()}
    codes = _codes(nearly)
    table = WordTable(words)
    likely, common = Likelihoods(table), table.marked("常")
    fixed: dict[str, list[str]] = defaultdict(list)
    phrases = table.marked("定")
    for word, code in zip(phrases, "\n".join(phrases).translate(codes).split("\n"), strict=True):
        fixed[code].append(word)
    return Lexicon(
        likely,
        Neighbours(table, likely),
        sounds,
        nearly,
        {sign: alike for sign, _, alike, _ in signs if alike},
        frozenset(sign for sign, _, _, often in signs if often),
        frozenset(common),
        frozenset(rows(met)),
        BySound(common, sounds),
        BySound(common, nearly),
        codes,
        {key: tuple(each) for key, each in fixed.items()},
    )


def _codes(nearly: Mapping[str, tuple[str, ...]]) -> dict[int, str]:
    """One private character for each sound, to translate a text by: what sounds alike reads alike."""
    usual = {sign: read[0] if read else sign for sign, read in nearly.items()}
    codes = {
        sound: chr(_FREE + number) for number, sound in enumerate(dict.fromkeys(usual.values()))
    }
    return {ord(sign): codes[sound] for sign, sound in usual.items()}


def seal(body: str) -> str:
    """What the third line of a generated table says of the lines below it, so that no hand changes one unseen."""
    return sha256(body.encode()).hexdigest()


def rows(content: str) -> list[str]:
    """The lines of a table without its head."""
    return [line for line in content.split("\n") if line and line[0] != "#"]


def _read(name: str) -> str:
    return _content(name).decode()


def _content(name: str) -> bytes:
    return files(__package__).joinpath(name).read_bytes()


@dataclass(frozen=True)
class UsualSlips:
    """Slips that are often made and what was meant; `bordered` are met by chance where two words meet."""

    pairs: Mapping[str, str]
    longer: Mapping[str, Mapping[str, str]]  # by their first two characters
    bordered: frozenset[str]


@cache
def usual() -> UsualSlips:
    """The table of slips.tsv."""
    entries = [row.split("\t") for row in rows(_read("slips.tsv"))]
    pairs = {wrong: right for wrong, right, _ in entries if len(wrong) == _PAIR}
    longer: dict[str, dict[str, str]] = defaultdict(dict)
    for wrong, right, _ in entries:
        if len(wrong) != _PAIR:
            longer[wrong[:_PAIR]][wrong] = right
    return UsualSlips(pairs, longer, frozenset(wrong for wrong, _, border in entries if border))

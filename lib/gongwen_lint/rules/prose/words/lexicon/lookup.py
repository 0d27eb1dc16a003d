"""The lines of the table of words -> a word's likelihood; common words -> those with a character and a sound.

To make dictionaries of 235,000 words takes a third of a second, which one page does not need: it
asks for some thousand of them. They are found in the sorted lines; who asks for many gets the
dictionary.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import log
from typing import Protocol, cast, overload

_ALL = log(1e9)  # weights are occurrences in so many words
_MANY = 30_000  # words asked for: to look up more takes longer than to make the dictionary
_PAIR = 2  # characters


class _Get(Protocol):
    @overload
    def __call__(self, word: str, /) -> float | None: ...
    @overload
    def __call__(self, word: str, default: float, /) -> float: ...


class Likelihoods:
    """Words by the logarithm of their share of all words, from sorted lines: word, weight, mark.

    `get` is that of a dictionary.
    """

    get: _Get

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._asked: dict[str, float | None] = {}
        self._all: dict[str, float] = {}
        self.get = cast("_Get", self._get)

    def __contains__(self, word: str) -> bool:
        return self.get(word) is not None

    def __getitem__(self, word: str) -> float:
        likely = self.get(word)
        if likely is None:
            raise KeyError(word)
        return likely

    def all(self) -> Mapping[str, float]:
        """Every word: a dictionary that is made when it is first asked for."""
        if not self._all:
            entries = [line.split("\t") for line in self._lines]
            self._all = {word: log(int(weight)) - _ALL for word, weight, _ in entries}
            self.get = cast("_Get", self._all.get)
        return self._all

    def _get(self, word: str, default: float | None = None) -> float | None:
        if word in self._asked:
            likely = self._asked[word]
        else:
            likely = self._asked[word] = self._found(word)
            if len(self._asked) > _MANY:
                self.all()
        return default if likely is None else likely

    def _found(self, word: str) -> float | None:
        """Its line is the first that does not stand before the word and a tab.

        A tab comes before every character of a word.
        """
        begun = f"{word}\t"
        at = bisect_left(self._lines, begun)
        if at == len(self._lines) or not self._lines[at].startswith(begun):
            return None
        return log(int(self._lines[at].split("\t")[1])) - _ALL


class BySound:
    """Words of two characters by one of them, a sound of the other, and which of the two it is."""

    def __init__(self, words: Sequence[str], sounds: Mapping[str, tuple[str, ...]]) -> None:
        self._words, self._sounds = words, sounds
        self._begun: dict[tuple[str, int], list[str]] = {}
        self._asked: dict[tuple[str, str, int], tuple[str, ...]] = {}

    def with_sound(self, right: str, sound: str, place: int) -> tuple[str, ...]:
        """The words whose character at `place` may sound so, and whose other is `right`."""
        key = right, sound, place
        if key not in self._asked:
            having = self._having().get((right, place), ())
            self._asked[key] = tuple(word for word in having if sound in self._sounds[word[place]])
        return self._asked[key]

    def complete(self) -> None:
        """Sort the words now."""
        self._having()

    def _having(self) -> Mapping[tuple[str, int], list[str]]:
        """The words by the character that is right, and the place of the other."""
        if not self._begun:
            begun = defaultdict[tuple[str, int], list[str]](list)
            for word in self._words:
                begun[word[1], 0].append(word)
                begun[word[0], 1].append(word)
            self._begun = dict(begun)
        return self._begun

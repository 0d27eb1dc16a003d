"""A run of characters + a lexicon -> how likely it is at best, as words, and which characters stand alone in it."""

from __future__ import annotations

from functools import lru_cache
from math import log

from gongwen_lint.rules.prose.words.lexicon.tables import Lexicon

_LONGEST = 5  # characters of a word
UNKNOWN = log(20 / 1e9)  # a character that no table knows


class Segmenter:
    """The words of a lexicon by their likelihood; answers are kept, as texts repeat themselves."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._logs = lexicon.likely
        self.likelihood = lru_cache(maxsize=32768)(self._likelihood)

    def log_of(self, word: str) -> float:
        """The logarithm of a word's share of all words."""
        likely = self._logs.get(word)
        return UNKNOWN if likely is None else likely

    def _likelihood(self, run: str) -> float:
        """The logarithm of the likelihood of the best words."""
        return self._best(run)[0]

    def alone(self, run: str) -> frozenset[int]:
        """Where characters stand that belong to no longer word in the best reading."""
        _, lengths = self._best(run)
        found, at = set[int](), len(run)
        while at > 0:
            if lengths[at] == 1:
                found.add(at - 1)
            at -= lengths[at]
        return frozenset(found)

    def _best(self, run: str) -> tuple[float, list[int]]:
        """The best likelihood, and for every place the length of the word that ends there."""
        known = self._logs.get
        best, lengths = [0.0], [0]
        for end in range(1, len(run) + 1):
            top, length = best[end - 1] + (known(run[end - 1]) or UNKNOWN), 1
            for size in range(2, min(_LONGEST, end) + 1):
                word = known(run[end - size : end])
                if word is not None and best[end - size] + word > top:
                    top, length = best[end - size] + word, size
            best.append(top)
            lengths.append(length)
        return best[-1], lengths

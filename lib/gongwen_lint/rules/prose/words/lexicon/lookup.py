"""The table of words as it stands in its file -> a word's likelihood, its neighbours, the words of a sound.

To make dictionaries of 235,000 words takes a third of a second, which one page does not need: it
asks for some thousand of them. They are found in the sorted text; who asks for many gets the
dictionary.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from math import log
from typing import Protocol, cast, overload

_ALL = log(1e9)  # weights are occurrences in so many words
_MANY = 30_000  # words asked for: to look up more takes longer than to make the dictionary
_KNOWN = log(3e-7)  # a word that everybody knows
_PAIR = 2  # characters
_PAGE = 2048  # bytes that are searched through for a word


class _Get(Protocol):
    @overload
    def __call__(self, word: str, /) -> float | None: ...
    @overload
    def __call__(self, word: str, default: float, /) -> float: ...


class WordTable:
    """The sorted lines of a table, each a word, its weight and a mark, as one text that is searched.

    A line of the text begins and ends with a line feed.
    """

    def __init__(self, content: bytes) -> None:
        while content.startswith(b"#"):  # comments stand in its head only
            content = content.partition(b"\n")[2]
        self._text = b"\n" + content
        self._pages: list[int] = []
        self._first_words: list[bytes] = []

    def weight(self, word: str) -> int | None:
        """The weight of a word, or None if the table has no such word."""
        if not self._pages:
            self._open()
        encoded = word.encode(errors="replace")
        page = bisect_right(self._first_words, encoded) - 1
        if page < 0:
            return None
        begun = b"\n%b\t" % encoded
        at = self._text.find(begun, self._pages[page], self._pages[page + 1])
        if at < 0:
            return None
        at += len(begun)
        return int(self._text[at : self._text.index(b"\t", at)])

    def marked(self, mark: str) -> list[str]:
        """The words of the lines that end with a mark."""
        *lines, _ = self._text.split(f"\t{mark}\n".encode())
        return [line[line.rfind(b"\n") + 1 : line.rfind(b"\t")].decode() for line in lines]

    def weights(self) -> Iterator[tuple[str, int]]:
        """Every word and its weight."""
        fields = self._text[1:].decode().replace("\n", "\t").split("\t")
        return zip(fields[0:-1:3], map(int, fields[1::3]), strict=True)

    def before(self, sign: str) -> Iterator[tuple[str, int]]:
        """The characters that stand before one in words of two, and the weights of the words."""
        ending = f"{sign}\t".encode()
        at = self._text.find(ending)
        while at >= 0:
            other = self._text[self._text.rfind(b"\n", 0, at) + 1 : at].decode()
            if len(other) == 1:
                yield other, self._weight_at(at + len(ending))
            at = self._text.find(ending, at + 1)

    def behind(self, sign: str) -> Iterator[tuple[str, int]]:
        """The characters that stand behind one in words of two, and the weights of the words."""
        begun = f"\n{sign}".encode()
        at = self._text.find(begun)
        while at >= 0:
            tab = self._text.index(b"\t", at)
            other = self._text[at + len(begun) : tab].decode()
            if len(other) == 1:
                yield other, self._weight_at(tab + 1)
            at = self._text.find(begun, tab)

    def _weight_at(self, place: int) -> int:
        return int(self._text[place : self._text.index(b"\t", place)])

    def _open(self) -> None:
        """Note where each page begins, at the line feed before a line, and which word is its first."""
        text, last = self._text, len(self._text) - 1
        found = (text.find(b"\n", place) for place in range(0, last, _PAGE))
        begun = list(dict.fromkeys(place for place in found if place < last))
        self._first_words = [text[place + 1 : text.index(b"\t", place)] for place in begun]
        self._pages = [*begun, last]


class Likelihoods:
    """Words by the logarithm of their share of all words, from their table.

    `get` is that of a dictionary.
    """

    get: _Get

    def __init__(self, words: WordTable) -> None:
        self._words = words
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
            self._all = {word: log(weight) - _ALL for word, weight in self._words.weights()}
            self.get = cast("_Get", self._all.get)
        return self._all

    def _get(self, word: str, default: float | None = None) -> float | None:
        if word in self._asked:
            likely = self._asked[word]
        else:
            weight = self._words.weight(word)
            likely = self._asked[word] = None if weight is None else log(weight) - _ALL
            if len(self._asked) > _MANY:
                self.all()
        return default if likely is None else likely


class Neighbours:
    """What stands before and behind a character in well-known words of two."""

    def __init__(self, words: WordTable, likely: Likelihoods) -> None:
        self._words, self._likely = words, likely
        self._asked: dict[str, tuple[str, str]] = {}
        self._complete = False

    def of(self, sign: str) -> tuple[str, str]:
        """The characters before it, those behind it."""
        if sign not in self._asked:
            found = ("", "") if self._complete else self._found(sign)
            self._asked[sign] = found
        return self._asked[sign]

    def complete(self) -> None:
        """Find those of every character now."""
        before: dict[str, list[str]] = defaultdict(list)
        behind: dict[str, list[str]] = defaultdict(list)
        for word, likely in self._likely.all().items():
            if len(word) == _PAIR and likely >= _KNOWN:
                before[word[1]].append(word[0])
                behind[word[0]].append(word[1])
        self._asked = {
            sign: ("".join(before[sign]), "".join(behind[sign])) for sign in {*before, *behind}
        }
        self._complete = True

    def _found(self, sign: str) -> tuple[str, str]:
        return _well_known(self._words.before(sign)), _well_known(self._words.behind(sign))


def _well_known(weighed: Iterator[tuple[str, int]]) -> str:
    return "".join(sign for sign, weight in weighed if log(weight) - _ALL >= _KNOWN)


class BySound:
    """Words of two characters by one of them, a sound of the other, and which of the two it is."""

    def __init__(self, words: Sequence[str], sounds: Mapping[str, tuple[str, ...]]) -> None:
        self._words, self._sounds = words, sounds
        self._by_character: dict[tuple[str, int], list[str]] = {}
        self._by_sound: dict[tuple[str, int], Mapping[str, tuple[str, ...]]] = {}

    def with_sound(self, right: str, sound: str, place: int) -> tuple[str, ...]:
        """The words whose character at `place` may sound so, and whose other is `right`."""
        key = right, place
        if key not in self._by_sound:
            words = self._sorted().get(key, ())
            self._by_sound[key] = self._sounding(words, place)
        return self._by_sound[key].get(sound, ())

    def complete(self) -> None:
        """Sort the words now, by character and by sound."""
        for right, place in self._sorted():
            self.with_sound(right, "", place)

    def _sounding(self, words: Sequence[str], place: int) -> Mapping[str, tuple[str, ...]]:
        """The words by each sound of their character at `place`."""
        words_of = defaultdict[str, list[str]](list)
        for word in words:
            for sound in self._sounds[word[place]]:
                words_of[sound].append(word)
        return {sound: tuple(each) for sound, each in words_of.items()}

    def _sorted(self) -> Mapping[tuple[str, int], list[str]]:
        """The words by the character that is right, and the place of the other."""
        if not self._by_character:
            words_of = defaultdict[tuple[str, int], list[str]](list)
            for word in self._words:
                words_of[word[1], 0].append(word)
                words_of[word[0], 1].append(word)
            self._by_character = dict(words_of)
        return self._by_character

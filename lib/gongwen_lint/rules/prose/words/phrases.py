"""Three or four characters that sound like a set phrase and are none: 名声实事 for 民生实事, 进一部 for 进一步."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gongwen_lint.rules.prose.words.evidence import SAYABLE, Slip
from gongwen_lint.rules.prose.words.lexicon.tables import Lexicon
from gongwen_lint.rules.prose.words.names import NUMERALS, ordinal_at
from gongwen_lint.rules.prose.words.segmentation import Segmenter

_WRONG = {3: 1, 4: 2}  # by the length of a phrase: so many of its characters may be wrong
_AROUND = 3  # characters on either side that are read with it
_INSIDE = 4.0  # taken off where what is wrong belongs to a word: 其他违犯 is no 其他违反
_ENDING = 3.0  # taken off where the rest is a word by itself: 产业联 is 产业 and what follows


def wrong_phrases(run: str, book: Lexicon, segmenter: Segmenter) -> Iterator[Slip]:
    """Every such place of a run of characters; how sure one may be is left open."""
    sounds = run.translate(book.codes)
    for size in _WRONG:
        for at in range(len(run) - size + 1):
            sounding = book.fixed.get(sounds[at : at + size], ())
            slip = _read(run, at, sounding, book, segmenter) if sounding else None
            if slip is not None:
                yield slip


def _read(
    run: str, at: int, sounding: Sequence[str], book: Lexicon, segmenter: Segmenter
) -> Slip | None:
    size = len(sounding[0])
    words = run[at : at + size]
    meant = [each for each in sounding if _may_stand_for(words, each)]
    known = words in book.likely or words in book.met
    if not meant or known or ordinal_at(run, at + size - 1):
        return None
    low, high = max(0, at - _AROUND), at + size + _AROUND
    here = segmenter.likelihood(run[low:high])
    gain, right = max(
        (
            segmenter.likelihood(run[low:at] + each + run[at + size : high])
            - here
            - _cost(run, at, each, book),
            each,
        )
        for each in meant
    )
    return Slip(at, at + size, right, sure=False, gain=gain) if gain > SAYABLE else None


def _may_stand_for(words: str, phrase: str) -> bool:
    """True where few characters differ, none of them a number."""
    wrong = _wrong_places(words, phrase)
    if not 0 < len(wrong) <= _WRONG[len(phrase)]:
        return False
    return not any(words[each] in NUMERALS or phrase[each] in NUMERALS for each in wrong)


def _wrong_places(words: str, phrase: str) -> list[int]:
    return [place for place, sign in enumerate(words) if sign != phrase[place]]


def _in_a_word(run: str, place: int, book: Lexicon) -> bool:
    """True where the character makes a word with one beside it."""
    pairs = (run[max(0, place - 1) : place + 1], run[place : place + 2])
    return any(len(pair) > 1 and book.is_word(pair) for pair in pairs)


def _cost(run: str, at: int, phrase: str, book: Lexicon) -> float:
    """What speaks against a phrase: it would tear a word apart, or what is wrong of it stands at one end, and the rest is a word by itself."""
    words = run[at : at + len(phrase)]
    wrong = _wrong_places(words, phrase)
    halves = words[: len(words) // 2], words[len(words) // 2 :]
    if len(wrong) == 1 and _in_a_word(run, at + wrong[0], book):
        return _INSIDE
    if len(wrong) > 1 and all(book.is_word(each) for each in halves):
        return _INSIDE  # 整治权力 is no 政治权利
    begins, ends = wrong == list(range(len(wrong))), wrong[-1] == len(words) - 1
    if len(wrong) == 1 and len(words) > min(_WRONG):
        return 0.0
    rest = words[len(wrong) :] if begins else words[: -len(wrong)]
    at_an_end = begins or (ends and wrong[0] == len(words) - len(wrong))
    return _ENDING if at_an_end and book.is_word(rest) else 0.0

"""A likelier reading of some characters, and where they stand -> how sure it is that another word was meant."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from gongwen_lint.rules.prose.words.lexicon.tables import Lexicon

# Logarithms: so much likelier must the other reading be. Measured on public texts with planted slips: what was meant
# stands elsewhere in its document six times in seven, what is said wrongly one time in four.
SAYABLE = 6.0
_ASKED = {"beside": 6.3, "elsewhere": 7.3, "nowhere": 10.0}
_SOUNDS_OTHERWISE = 5.0  # a keyboard offers what sounds the same
_SHORT = 1.5  # an item of a list, a name
_FEW = 4  # characters of a short run
_PAIR = 2
_HAN = re.compile("[\u4e00-\u9fff]")

Standing = Literal["beside", "elsewhere", "nowhere"]


@dataclass(frozen=True, slots=True)
class Slip:
    """[start:end) of a text is no word; `right` is the word that was meant, `sure` where little speaks against it."""

    start: int
    end: int
    right: str
    sure: bool
    usual: bool = False  # a slip that is often made, from the table
    gain: float = 0.0


def is_sure(gain: float, standing: Standing, *, alike: bool, run: int) -> bool:
    """True where a reading is likelier by enough, by where its word stands, its sound, and the length of the run."""
    asked = _ASKED[standing]
    asked += 0.0 if alike else _SOUNDS_OTHERWISE
    asked += _SHORT if run <= _FEW else 0.0
    return gain > asked


def standing(text: str, slip: Slip, document: str) -> Standing:
    """Where the document has the word that was meant: with the character that is beside it here, elsewhere, nowhere."""
    before, behind = text[slip.start - 1 : slip.start], text[slip.end : slip.end + 1]
    beside = [each for each in (before + slip.right, slip.right + behind) if _all_han(each)]
    if any(len(each) > len(slip.right) and each in document for each in beside):
        return "beside"
    return "elsewhere" if len(slip.right) > _PAIR or slip.right in document else "nowhere"


def _all_han(words: str) -> bool:
    return all(_HAN.match(sign) for sign in (words[0], words[-1]))


def sound_alike(words: str, right: str, book: Lexicon) -> bool:
    """True where every character may be read as the one in its place."""
    pairs = zip(words, right, strict=True)
    return all(
        one == other or not set(book.sounds.get(one, ())).isdisjoint(book.sounds.get(other, ()))
        for one, other in pairs
    )

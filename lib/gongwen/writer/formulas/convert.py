"""TeX -> OMML by way of MathML, checked: a formula of which anything would be lost is not converted at all.

latex2mathml never refuses: a command it does not know comes out as an identifier with a backslash.
Such a formula, and one whose letters and digits are not all there, gives None, and the writer
prints its source.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache

from latex2mathml.converter import convert_to_element
from latex2mathml.exceptions import (
    DenominatorNotFoundError,
    DoubleSubscriptsError,
    DoubleSuperscriptsError,
    ExtraLeftOrMissingRightError,
    InvalidAlignmentError,
    InvalidStyleForGenfracError,
    InvalidWidthError,
    LimitsMustFollowMathOperatorError,
    MissingEndError,
    MissingSuperScriptOrSubscriptError,
    NoAvailableTokensError,
    NumeratorNotFoundError,
)

from gongwen.writer.formulas import omml, tex

_REFUSALS = (
    DenominatorNotFoundError, DoubleSubscriptsError, DoubleSuperscriptsError, ExtraLeftOrMissingRightError,
    InvalidAlignmentError, InvalidStyleForGenfracError, InvalidWidthError, LimitsMustFollowMathOperatorError,
    MissingEndError, MissingSuperScriptOrSubscriptError, NoAvailableTokensError, NumeratorNotFoundError,
    IndexError, ValueError, KeyError, AttributeError, RecursionError,
)  # fmt: skip
_MOST = 20_000  # characters: longer is no formula but a mistake
_SIGNS = re.compile(r"[0-9A-Za-z\u4e00-\u9fff]")


@lru_cache(maxsize=2048)  # asked once for the finding and once for the page
def converted(source: str, *, display: bool = False) -> str | None:
    """The m:oMath element of a formula; None where it cannot be set without loss."""
    plain = tex.prepared(source)
    if not plain or len(plain) > _MOST:
        return None
    try:
        root = convert_to_element(plain, display="block" if display else "inline")
    except _REFUSALS:
        return None
    made = omml.of(root)
    if made is None or _signs(tex.printed(plain)) - _signs(omml.words(made)):
        return None
    return made


def _signs(text: str) -> Counter[str]:
    """How often each letter and digit stands there, whatever its cut."""
    return Counter(_SIGNS.findall(unicodedata.normalize("NFKD", text)))

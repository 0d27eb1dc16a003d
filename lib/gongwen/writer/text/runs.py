"""A line of words -> runs, each in one script, so that Word and LibreOffice give every character its proper font."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby

from gongwen.document import Text
from gongwen.oxml import escaped, flag, fonts, legal, properties, tag
from gongwen.profile import Fonts

CHINESE = tag("rFonts", hint="eastAsia")
_BREAKS = {"\n": "<w:br/>", "\t": "<w:tab/>"}


def runs(text: str, face: Fonts, look: str = "", marks: dict[str, str] | None = None) -> str:
    """Runs for `text` in a style whose fonts are `face`.

    `marks` are further run properties by name.
    """
    return _runs(text, face, look, tuple((marks or {}).items()))


@lru_cache(maxsize=4096)  # the same words stand in many cells
def _runs(text: str, face: Fonts, look: str, marks: tuple[tuple[str, str], ...]) -> str:
    made = []
    for script, words in _scripts(legal(text), rare=bool(face.rare)):
        own = dict(marks)
        if script == "rare":
            own["rFonts"] = _all_chinese(face.rare)
        elif script == "chinese":
            own["rFonts"] = (
                own["rFonts"].replace("<w:rFonts", '<w:rFonts w:hint="eastAsia"')
                if own.get("rFonts")
                else CHINESE
            )
        elif script == "shared":
            own["rFonts"] = _all_chinese(face.east_asian)
        made.append(f"<w:r>{properties('rPr', own)}{look}{_words(words)}</w:r>")
    return "".join(made)


def field(instruction: str, result: str) -> str:
    """A complex field with its result (runs) already in it.

    W:dirty and updateFields would make Word ask a question.
    """
    code = f'<w:instrText xml:space="preserve">{escaped(instruction)}</w:instrText>'
    begin, separate, end = (
        f"<w:r>{tag('fldChar', fldCharType=kind)}</w:r>" for kind in ("begin", "separate", "end")
    )
    return f"{begin}<w:r>{code}</w:r>{separate}{result}{end}"


def marks_of(text: Text) -> dict[str, str]:
    """The run properties of a span's own look."""
    marks: dict[str, str] = {}
    if text.bold:
        marks |= {"b": flag("b"), "bCs": flag("bCs")}
    if text.italic:
        marks |= {"i": flag("i"), "iCs": flag("iCs")}
    if text.struck:
        marks["strike"] = flag("strike")
    if text.superscript or text.subscript:
        marks["vertAlign"] = tag(
            "vertAlign", val="superscript" if text.superscript else "subscript"
        )
    return marks


def _scripts(text: str, *, rare: bool) -> Iterator[tuple[str, str]]:
    """Stretches of latin, chinese and shared characters; a blank stays with what stands before it.

    `rare`: hanzi that a font of GB 2312 lacks (镕, 喆, 堃) are stretches of their own.
    """
    kinds = text.translate(_RARE if rare else _USUAL)
    for stretch in _STRETCH.finditer(kinds):
        yield str(stretch.lastgroup), text[stretch.start() : stretch.end()]


class _Letters(dict[int, str]):
    """A letter for the kind of each character, as `_STRETCH` reads them.

    Found out when first met.
    """

    def __init__(self, *, rare: bool) -> None:
        super().__init__({ord(blank): "_" for blank in " \n\t\xa0"})
        self._rare = rare
        if rare:
            self[0xA0] = "n"  # the blank that GB 2312 lacks

    def __missing__(self, code: int) -> str:
        character = chr(code)
        kind = script_of(character)
        rare = self._rare and kind == "chinese" and not is_hanzi_of(character, "gb2312")
        letter = self[code] = "r" if rare else kind[0]
        return letter


_USUAL, _RARE = _Letters(rare=False), _Letters(rare=True)
_STRETCH = re.compile(
    r"(?P<latin>(?:\A[_n]|l)[l_n]*)|(?P<chinese>c[c_]*)|(?P<shared>s[s_n]*)|(?P<rare>[rn][r_n]*)"
)


@lru_cache(maxsize=8192)
def script_of(character: str) -> str:
    """Whose font a character belongs to.

    “ ” ‘ ’ — … · and the like are shared: Word takes them from the Latin font unless hinted,
    LibreOffice ignores the hint at the start of a paragraph (docs/notes/captions-and-fields.md), so
    they are told their font outright.
    """
    width = unicodedata.east_asian_width(character)
    if width in "WF":
        return "chinese"
    if width == "A" and unicodedata.category(character)[0] in "PSN":
        return "shared"
    return "latin"


@lru_cache(maxsize=8192)
def is_hanzi_of(character: str, repertoire: str) -> bool:
    """Whether a character belongs to gb2312 or gbk, which is what fonts named after them hold."""
    try:
        character.encode(repertoire)
    except UnicodeEncodeError:
        return False
    return True


@lru_cache(maxsize=64)
def _all_chinese(name: str) -> str:
    return fonts(Fonts(name, name, name, name)).replace("<w:rFonts", '<w:rFonts w:hint="eastAsia"')


def _words(text: str) -> str:
    """The content of a run: text elements, with line breaks and tabs as their own elements."""
    made = []
    for special, members in groupby(text, key=lambda character: character in _BREAKS):
        words = "".join(members)
        if special:
            made.append("".join(_BREAKS[character] for character in words))
        else:
            made.append(f'<w:t xml:space="preserve">{escaped(words)}</w:t>')
    return "".join(made)

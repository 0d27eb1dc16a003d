"""Paragraphs as they look and read -> the same paragraphs with their roles, with or without styles in the file.

Three kinds of evidence, strongest first: place (in a table, before the title, after the last sentence), form of the words
(一、 附件： 抄送： a date alone on its line), look (centred, larger, another typeface, outline level). A style's name is one
sign among them: it is believed where nothing speaks against it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from gongwen_lint.manuscript.manuscript import Para
from gongwen_lint.manuscript.roles import closing, front, ladder
from gongwen_lint.manuscript.roles import position as place
from gongwen_lint.manuscript.roles.features import Sheet, sheet

__all__ = ["recognised"]

_PASSES = (place.apply, front.apply, closing.apply, ladder.apply)


def recognised(paras: Iterable[Para]) -> tuple[Para, ...]:
    """The paragraphs with role and level set; their words, numbers and places are left as they are."""
    made = sheet(tuple(paras))
    for settle in _PASSES:
        settle(made)
    return tuple(_settled(made))


def _settled(made: Sheet) -> Iterable[Para]:
    for sign in made.signs:
        role = sign.role or "body"
        changed = role != sign.para.role or sign.level != sign.para.level
        yield replace(sign.para, role=role, level=sign.level) if changed else sign.para

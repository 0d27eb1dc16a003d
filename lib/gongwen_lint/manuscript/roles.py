"""Paragraphs of a manuscript -> the same paragraphs with their roles."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from gongwen.reader.roles import recognise
from gongwen_lint.manuscript.manuscript import Para


def recognised(paras: Iterable[Para]) -> tuple[Para, ...]:
    """The paragraphs with role and level set.

    Their words, numbers and places are left as they are.
    """
    lines = tuple(paras)
    return tuple(
        para
        if (para.role, para.level) == (found.role, found.level)
        else replace(para, role=found.role, level=found.level)
        for para, found in zip(lines, recognise(lines), strict=True)
    )

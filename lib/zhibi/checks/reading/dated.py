"""Paragraphs with their roles -> 成文日期."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from zhibi.checks.manuscript import Para

_DAY = re.compile(r"((?:19|20)\d{2})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")


def issued_on(paras: Iterable[Para]) -> date | None:
    """The first day in a paragraph that is a date."""
    for para in paras:
        if para.role == "date" and (found := _DAY.search(para.text)):
            try:
                return date(int(found[1]), int(found[2]), int(found[3]))
            except ValueError:
                continue
    return None

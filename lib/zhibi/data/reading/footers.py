"""Rows of a sheet -> which of them are no records.

Totals, and lines that say who filled the sheet in.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from zhibi.data.sources.grid import Raw, plain

TOTAL, SIGNATURE = "合计行", "落款行"
_TOTAL = re.compile(r"(?:本页|全县|全区|总)?(?:合计|总计|小计|共计|累计|汇总)(?:数|人数)?[:：]?")
_SIGNATURE = re.compile(
    r"(?:填表人?|填报人?|制表人?|审核人?|复核人?|经办人?|负责人|主要负责人|分管领导|联系人|单位盖章|盖章"
    r"|填报单位|填表单位|制表单位|填报日期|填表日期|填报时间|填表时间|制表日期|备注|说明|注)[^:：]{0,8}[:：]"
)
_FIRST = 2  # a total is named in one of the first cells that hold anything
_FEW = 4  # a line under a table fills at most so many cells


def footer(row: Sequence[Raw]) -> str:
    """What a row is instead of a record; an empty string for a record."""
    filled = [cell for cell in row if cell != ""]
    words = [plain(cell) for cell in filled[:_FIRST] if isinstance(cell, str)]
    if any(_TOTAL.fullmatch(word) for word in words):
        return TOTAL
    if len(filled) <= _FEW and words and isinstance(filled[0], str) and _SIGNATURE.match(words[0]):
        return SIGNATURE
    return ""

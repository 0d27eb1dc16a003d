"""The sheets of the contract -> which column says whose a row is.

An organisation's, or one of its members'.
"""

from __future__ import annotations

from collections.abc import Mapping

from dangjian.workbook.sheets import MEMBER, ORG, SHEETS
from zhibi.data.contract import Sheet


def _refers(sheet: Sheet, header: str, key: str) -> bool:
    """Whether a column names rows of the sheet with this key (`表.列`), or is that key itself."""
    if f"{sheet.title}.{header}" == key:
        return True
    return any(column.refers == key for column in sheet.columns if column.header == header)


def _owners(key: str) -> Mapping[str, str]:
    """By sheet, the owner column that refers to this key."""
    columns: dict[str, str] = {}
    for sheet in SHEETS:
        for header in sheet.owner:
            if _refers(sheet, header, key):
                columns[sheet.title] = header
    return columns


BY_ORG = _owners(ORG)
BY_MEMBER = _owners(MEMBER)

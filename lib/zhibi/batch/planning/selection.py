"""Organisations and what was asked -> those a report is made for, in the order of the workbook."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from gongwen.errors import InvalidInput, UnknownCode, UnknownName
from gongwen.findings import Finding, Level, Location
from zhibi.batch.request import BatchRequest, Shard
from zhibi.domain import Organisation

_CONDITION = re.compile(r"\s*(.+?)\s*(!=|>=|<=|=|≠|≥|≤|~|>|<)\s*(.*?)\s*", re.DOTALL)
_SAME = {"≠": "!=", "≥": ">=", "≤": "<="}


@dataclass(frozen=True, slots=True)
class Condition:
    """`列=值`, `列=甲|乙`, `列!=值`, `列~部分`, or > < >= <= for numbers and dates (2026-01-31)."""

    column: str
    sign: str
    values: tuple[str, ...]

    def holds(self, org: Organisation) -> bool:
        """Whether an organisation's line fulfils it.

        A blank cell is greater or less than nothing.
        """
        cell = org.fields.get(self.column, "")
        match self.sign:
            case "=":
                return cell in self.values
            case "!=":
                return cell not in self.values
            case "~":
                return any(value in cell for value in self.values)
            case _:
                return bool(cell) and _compare(cell, self.sign, self.values[0])


def chosen(
    organisations: Sequence[Organisation], request: BatchRequest
) -> tuple[Organisation, ...]:
    """Those asked for by code, else those that report.

    Of them, those that fulfil every condition and are ours.
    """
    known = {org.code: org for org in organisations}
    strange = [code for code in request.only if code not in known]
    if strange:
        raise UnknownCode("组织代码", strange[0], known)
    wanted = (
        [known[code] for code in dict.fromkeys(request.only)]
        if request.only
        else [o for o in organisations if o.reports]
    )
    conditions = [parsed(text, organisations) for text in request.where]
    for condition in conditions:
        wanted = [org for org in wanted if condition.holds(org)]
    return tuple(shard(wanted, request.shard))


def shard(organisations: Iterable[Organisation], part: Shard) -> list[Organisation]:
    """Every n-th organisation: each belongs to exactly one part, the same on every machine with the same data."""
    return [
        org for position, org in enumerate(organisations) if position % part.of == part.index - 1
    ]


def parsed(text: str, organisations: Sequence[Organisation]) -> Condition:
    """A condition as it was typed.

    Raises for one that is none, or on a column that is not there.
    """
    match = _CONDITION.fullmatch(text)
    if not match:
        message = f"条件“{text}”写法不对"
        hint = "请写成 列名=值（多个值用 | 隔开），也可用 != ~（包含）> < >= <=，如 --where 类型=甲类。"
        raise InvalidInput(
            "--where", [Finding("C08", Level.ERROR, Location(spot="--where"), message, hint)]
        )
    columns = organisations[0].fields if organisations else {}
    if match[1] not in columns:
        raise UnknownName("列（--where）", match[1], columns)
    return Condition(
        match[1], _SAME.get(match[2], match[2]), tuple(part.strip() for part in match[3].split("|"))
    )


def _compare(cell: str, sign: str, value: str) -> bool:
    try:
        left, right = Decimal(cell), Decimal(value)
        order = (left > right) - (left < right)
    except InvalidOperation:
        order = (cell > value) - (cell < value)  # dates are written year first
    return {">": order > 0, "<": order < 0, ">=": order >= 0, "<=": order <= 0}[sign]

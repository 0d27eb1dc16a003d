"""计分方式, 参数 and 数据来源表 of an indicator, or 星级分数线 -> what they mean, or what is wrong with them.

This page is the whole grammar of the scheme. What is wrong is raised as BadTerms with a sentence a
clerk can act on; a blank 参数 is no fault: such an indicator is scored by people and not
recomputed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import pairwise

FULL = Decimal(100)
VETO, HAPPENED = "一票否决", "是"
ANSWERS = (HAPPENED, "否")  # 等次 of a score under 一票否决
STARS, EXCELLENT = "星级", "优秀"  # what it can take away


class BadTerms(ValueError):
    """A parameter or a line of stars that cannot be understood; the words say what is expected."""


@dataclass(frozen=True, slots=True)
class Terms:
    """The numbers of an indicator; those its method does not use are missing.

    按次扣分 `needed;each`: so many a year, so many points off for each one missed. 比例 `needed`:
    what one must reach. 加分 `each;cap`. 分档: from a number (`lines`, `percent` where each line
    has a %) or from a grade (`grades`) to the points it brings, best first. 一票否决: what it takes
    away (`voids`).
    """

    needed: Decimal | None = None
    each: Decimal | None = None
    cap: Decimal | None = None
    lines: tuple[tuple[Decimal, Decimal], ...] = ()
    grades: tuple[tuple[str, Decimal], ...] = ()
    percent: bool = False
    voids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """Where an indicator's figure stands: a sheet.

    A column of it, and the column it is a share of, where they are named.
    """

    sheet: str
    column: str = ""
    whole: str = ""


@dataclass(frozen=True, slots=True)
class Band:
    """A star, the rate from which it is given, and the share of branches that may have it (None: as many as there are)."""

    name: str
    line: Decimal
    quota: Decimal | None = None


def terms(method: str, text: str, most: Decimal) -> Terms:
    """What a 参数 says, for an indicator of `most` points; raises BadTerms."""
    parts = _parts(text)
    if not parts or method not in ("按次扣分", "比例", "分档", "加分", VETO):
        return Terms()
    if method == VETO:
        return Terms(voids=_voided(parts))
    if method == "按次扣分":
        needed, each = _numbers(parts, 2, "应开展次数;每少一次扣的分，如“4;0.5”")
        return Terms(needed=needed, each=each)
    if method == "比例":
        (needed,) = _numbers(parts, 1, "一个数，达到它的算完成，如“32”")
        return Terms(needed=needed)
    if method == "加分":
        each, cap = _numbers(parts, 2, "每项加的分;封顶，如“1;3”")
        if cap > most:
            raise BadTerms(f"封顶{cap}分超过分值{most}")
        return Terms(each=each, cap=cap)
    return _bands(parts, most)


def source(text: str) -> Source:
    """What a 数据来源表 says: “组织生活台账”, “党员年度.评议等次” or “组织生活台账.实到/应到”."""
    sheet, _, columns = text.strip().partition(".")
    column, _, whole = columns.partition("/")
    return Source(sheet.strip(), column.strip(), whole.strip())


def _voided(parts: Sequence[str]) -> tuple[str, ...]:
    if any(part not in (STARS, EXCELLENT) for part in parts):
        raise BadTerms(
            f"应写成取消什么：“{STARS}”“{EXCELLENT}”，两样都取消的写“{STARS};{EXCELLENT}”"
        )
    return tuple(dict.fromkeys(parts))


def _bands(parts: Sequence[str], most: Decimal) -> Terms:
    pairs = [
        _pair(part, "“等次:得分”“数:得分”或“百分比:得分”，各档之间用分号隔开，如“好:5;较好:4”")
        for part in parts
    ]
    over = next((points for _, points in pairs if points > most), None)
    if over is not None:
        raise BadTerms(f"有一档得{over}分，超过分值{most}")
    names = [name for name, _ in pairs]
    percent = [name.endswith("%") for name in names]
    numeric = [_decimal(name.removesuffix("%")) for name in names]
    if any(line is not None for line in numeric) and (None in numeric or len(set(percent)) > 1):
        raise BadTerms("各档要么都按等次，要么都按数，要么都按百分比")
    if all(line is not None for line in numeric):
        lines = tuple(
            (line, points)
            for line, (_, points) in zip(numeric, pairs, strict=True)
            if line is not None
        )
        if any(high <= low for (high, _), (low, _) in pairwise(lines)):
            raise BadTerms("各档分数线应当由高到低，不能相同或者交叉")
        return Terms(lines=lines, percent=percent[0])
    if len(set(names)) < len(names):
        raise BadTerms("有两档是同一个等次")
    return Terms(grades=tuple(pairs))


def star_lines(text: str) -> tuple[Band, ...]:
    """“五星:95;四星:90:30%” -> bands from high to low.

    Raises BadTerms with everything that is wrong.
    """
    bands = [_star(part) for part in _parts(text)]
    faults = []
    if len({band.name for band in bands}) < len(bands):
        faults.append("有两档是同一个星级")
    if any(high.line <= low.line for high, low in pairwise(bands)):
        faults.append("各档分数线应当由高到低，不能相同或者交叉")
    if any(band.line > FULL for band in bands):
        faults.append("分数线不能超过100")
    quotas = [band.quota for band in bands if band.quota is not None]
    if any(quota > FULL for quota in quotas):
        faults.append("名额不能超过100%")
    elif sum(quotas, Decimal(0)) > FULL:
        faults.append(f"各档名额合计{sum(quotas)}%，超过100%")
    if faults:
        raise BadTerms("；".join(faults))
    return tuple(bands)


def _star(part: str) -> Band:
    fields = [field.strip() for field in part.split(":")]
    expected = "应写成“五星:95”，有名额的写“五星:95:10%”，各档之间用分号隔开"
    if len(fields) not in (2, 3) or not fields[0]:
        raise BadTerms(f"“{part}”{expected}")
    line = _decimal(fields[1])
    quota = _decimal(fields[2].removesuffix("%")) if len(fields) > 2 else None  # noqa: PLR2004
    if line is None or (len(fields) > 2 and (quota is None or not fields[2].endswith("%"))):  # noqa: PLR2004
        raise BadTerms(f"“{part}”{expected}")
    return Band(fields[0], line, quota)


def _parts(text: str) -> list[str]:
    """What stands between semicolons, of either width."""
    plain = text.replace("；", ";").replace("：", ":").replace("％", "%")
    return (
        [part.strip() for part in plain.strip().removesuffix(";").split(";")]
        if plain.strip()
        else []
    )


def _numbers(parts: Sequence[str], how_many: int, expected: str) -> list[Decimal]:
    numbers = [_decimal(part) for part in parts]
    if len(numbers) != how_many or any(number is None or number <= 0 for number in numbers):
        raise BadTerms(f"应写成{expected}")
    return [number for number in numbers if number is not None]


def _pair(part: str, expected: str) -> tuple[str, Decimal]:
    name, colon, points = part.partition(":")
    value = _decimal(points.strip())
    if not colon or not name.strip() or value is None:
        raise BadTerms(f"“{part}”应写成{expected}")
    return name.strip(), value


def _decimal(text: str) -> Decimal | None:
    """A plain number, 0 or more; nothing for anything else (signs, exponents, NaN)."""
    try:
        return Decimal(text) if re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", text) else None
    except InvalidOperation:
        return None

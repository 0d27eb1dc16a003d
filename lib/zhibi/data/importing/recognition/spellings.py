"""A pattern of a word list, or a header -> the spellings that people use for it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product

from zhibi.data.contract import Column, Kind, Sheet

_MOST_CORES = 400  # of one line


def cores(pattern: str) -> tuple[str, ...]:
    """The shortest spellings of a pattern: what may be missing is left out."""
    try:
        choices, rest = _choices(pattern, 0)
    except ValueError:
        return ()
    return (
        tuple(dict.fromkeys(word for word in choices if len(word) > 1))
        if rest == len(pattern)
        else ()
    )


def _choices(pattern: str, at: int) -> tuple[list[str], int]:
    """The spellings of choices up to the closing bracket, and where that stands."""
    choices: list[str] = []
    prefixes = [""]
    while at < len(pattern) and pattern[at] != ")":
        if pattern[at] == "|":
            choices += prefixes
            prefixes, at = [""], at + 1
        elif pattern[at] == "(":
            inner, at = _choices(pattern, at + 1)
            missing = pattern[at + 1 : at + 2] == "?"
            at += 1 + missing
            if not missing:
                prefixes = [*map("".join, product(prefixes, inner))][:_MOST_CORES]
        else:
            prefixes = [before + pattern[at] for before in prefixes]
            at += 1
    return (choices + prefixes)[:_MOST_CORES], at


_DAY = ("日期", "时间", "日", "年月日", "年月", "之日", "时")
_KINDS = ("类型", "类别", "种类")
_NUMBERS = ("数", "个数", "数量", "总数")


def usual(name: str, column: Column, sheet: Sheet) -> Iterable[str]:
    """A header with the endings people put for its own: 申请日 -> 申请时间, 小组数 -> 小组个数."""
    endings: tuple[str, ...] = ()
    stems = [name]
    if column.kind is Kind.DATE:
        stems, endings = _stems(name, ("日期", "日")), _DAY
    elif column.kind is Kind.INTEGER and name.endswith("数"):
        stems, endings = _stems(name, ("总数", "数")), _NUMBERS
    elif name.endswith(("类型", "类别")):
        stems, endings = _stems(name, _KINDS), _KINDS
    yield name
    for stem in stems:
        if len(stem) > 1:
            yield from (stem + ending for ending in endings)
    if name in ("名称", "类型", "简称", "代码", "状态"):
        yield from (f"{sheet.title}{name}", f"{sheet.title}的{name}")


def _stems(name: str, endings: Iterable[str]) -> list[str]:
    return [name.removesuffix(ending) for ending in endings if name.endswith(ending)][:1] or [name]

"""Checked files -> plain lines: by file, then by rule, the most serious first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from gongwen.findings import Level
from gongwen_lint.check import Outcome
from gongwen_lint.runner import Diagnostic

_ORDER = list(Level)
_PLACES_PER_RULE = 10


def lines(outcome: Outcome, *, everything: bool = False) -> Iterator[str]:
    """The lines that tell one file's findings; with `everything`, every place of every rule."""
    name = outcome.path.as_posix()
    if outcome.trouble:
        yield f"{name}：不能检查。{outcome.trouble}"
        return
    counts = [f"{level}{outcome.count(level)}处" for level in _ORDER if outcome.count(level)]
    yield f"{name}：{'，'.join(counts) or '没有发现问题'}"
    yield from (f"  {note}" for note in outcome.notes)
    for _, group in groupby(sorted(outcome.found, key=_rank), key=_rank):
        yield from _rule_lines(tuple(group), everything=everything)


def _rank(found: Diagnostic) -> tuple[int, str]:
    return _ORDER.index(found.level), found.code


def _rule_lines(group: tuple[Diagnostic, ...], *, everything: bool) -> Iterator[str]:
    first = group[0]
    yield f"  {first.level} {first.code} {first.title}（{first.basis}）"
    most = len(group) if everything else _PLACES_PER_RULE
    yield from (_place_line(each) for each in group[:most])
    if len(group) > most:
        yield f"    ……另有{len(group) - most}处（--all 全部列出）"


def _place_line(found: Diagnostic) -> str:
    parts = [f"    {found.where}"]
    if found.para:
        parts.append(_one_line(f"{found.before}【{found.text}】{found.after}"))
    if found.message != found.title:
        parts.append(found.message)
    if found.replacement is not None:
        parts.append(f"→ {_one_line(found.replacement)}" if found.replacement else "→ 删去")
    elif found.hint:
        parts.append(found.hint)
    return "  ".join(parts)


def _one_line(text: str, most: int = 120) -> str:
    flat = " ".join(text.split("\n"))
    return flat if len(flat) <= most else f"{flat[:most]}……"


def count_errors(outcomes: Iterable[Outcome]) -> int:
    """How many findings of level 错误 there are in all files."""
    return sum(outcome.count(Level.ERROR) for outcome in outcomes)

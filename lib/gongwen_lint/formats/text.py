"""Checked files -> plain lines: by file, then by cause, what would embarrass first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gongwen.findings import Level
from gongwen_lint.check import Outcome
from gongwen_lint.formats.first_screen import Cause, causes, first_screen
from gongwen_lint.runner import Diagnostic

_ORDER = list(Level)


def lines(outcome: Outcome, *, everything: bool = False) -> Iterator[str]:
    """The lines that tell one file's findings; with `everything`, every place of every rule."""
    name = outcome.name
    if outcome.trouble:
        yield f"{name}：不能检查。{outcome.trouble}"
        return
    counts = [f"{level}{outcome.count(level)}处" for level in _ORDER if outcome.count(level)]
    yield f"{name}：{'，'.join(counts) or '没有发现问题'}"
    yield from (f"  {note}" for note in outcome.notes)
    told, kinds, places = causes(outcome.found), 0, 0
    if not everything:
        told, kinds, places = first_screen(outcome.found, used=1 + len(outcome.notes))
    for cause in told:
        yield from _cause_lines(cause)
    if kinds:
        yield f"  ……另有{kinds}类{places}处（--all 全部列出）"


def _cause_lines(cause: Cause) -> Iterator[str]:
    yield f"  {cause.first.level} {cause.first.code} {cause.title}（{cause.first.basis}）"
    yield from (_place_line(each) for each in cause.shown)
    if cause.hidden:
        yield f"    ……另有{cause.hidden}处（--all 全部列出）"


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

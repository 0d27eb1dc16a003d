"""Checked files -> coloured lines for a console: by file, then by rule; where, the words, what to write instead."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path

from rich.console import Console
from rich.text import Text

from gongwen.findings import Level
from gongwen_lint.check import Outcome
from gongwen_lint.runner import Diagnostic
from zhibi.doors.cli.console.exit import shown

_COLOURS = {Level.ERROR: "bold red", Level.WARNING: "yellow", Level.NOTE: "cyan"}
_ORDER = list(Level)
_MOST = 10  # places told a rule; --all tells every one


def tell(outcomes: Sequence[Outcome], here: Path, *, everything: bool) -> None:
    """Each file with what was found, then the sum of them all."""
    console = Console(file=sys.stdout, highlight=False, soft_wrap=True)
    for outcome in outcomes:
        console.print(_head(outcome, here))
        for note in outcome.notes:
            console.print(Text(f"  {note}"))
        for group in _by_rule(outcome.found):
            _tell_rule(console, group, _MOST if not everything else len(group))
    if len(outcomes) > 1:
        console.print(_sum(outcomes))


def _head(outcome: Outcome, here: Path) -> Text:
    name = shown(outcome.path.resolve(), here)
    if outcome.trouble:
        return Text(f"{name}：不能检查。{outcome.trouble}", style=_COLOURS[Level.ERROR])
    counts = [f"{level}{outcome.count(level)}处" for level in _ORDER if outcome.count(level)]
    return Text(f"{name}：{'，'.join(counts) or '没有发现问题'}", style="bold")


def _by_rule(found: Iterable[Diagnostic]) -> list[list[Diagnostic]]:
    """The findings of each rule together, worst first."""

    def key(each: Diagnostic) -> tuple[int, str]:
        return _ORDER.index(each.level), each.code

    return [list(group) for _, group in groupby(sorted(found, key=key), key=key)]


def _tell_rule(console: Console, group: Sequence[Diagnostic], most: int) -> None:
    first = group[0]
    head = Text.assemble(
        "  ",
        (f"{first.level} {first.code}", _COLOURS[first.level]),
        f" {first.title}",
        (f"（{first.basis}）", "dim"),
    )
    console.print(head)
    for each in group[:most]:
        console.print(_line(each))
    if len(group) > most:
        console.print(Text(f"    ……另有{len(group) - most}处（--all 全部列出）", style="dim"))


def _line(found: Diagnostic) -> Text:
    """第12段  改革【,】服务  → ，"""
    text = Text.assemble("    ", (found.where, "bold"), "  ")
    if found.para:
        marked = f"【{_one_line(found.text)}】"
        text.append_text(
            Text.assemble(
                _one_line(found.before),
                (marked, _COLOURS[found.level]),
                _one_line(found.after),
                "  ",
            )
        )
    if found.message != found.title:
        text.append(f"{found.message}  ")
    if found.replacement is not None:
        text.append(
            f"→ {_one_line(found.replacement)}" if found.replacement else "→ 删去", style="green"
        )
    elif found.hint:
        text.append(found.hint, style="green")
    return text


def _one_line(text: str, most: int = 60) -> str:
    flat = text.replace("\n", " ").replace("\r", "").replace("\t", " ")
    return flat if len(flat) <= most else f"{flat[:most]}……"


def _sum(outcomes: Sequence[Outcome]) -> Text:
    levels = [f"{level}{sum(each.count(level) for each in outcomes)}处" for level in _ORDER]
    unread = sum(bool(outcome.trouble) for outcome in outcomes)
    tail = f"；{unread}个文件不能检查" if unread else ""
    return Text(f"共{len(outcomes)}个文件：{'，'.join(levels)}{tail}", style="bold")

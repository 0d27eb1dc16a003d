"""Checked files -> coloured lines for a console: by file, then by cause.

Where, the words, what to write instead.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.text import Text

from gongwen.findings import Level
from gongwen_lint.check import Outcome
from gongwen_lint.formats.first_screen import Cause, causes, first_screen
from gongwen_lint.runner import Diagnostic
from zhibi.doors.cli.console.exit import shown

_COLOURS = {Level.ERROR: "bold red", Level.WARNING: "yellow", Level.NOTE: "cyan"}
_ORDER = list(Level)


def tell(outcomes: Sequence[Outcome], here: Path, *, everything: bool) -> None:
    """Each file with what was found, then the sum of them all."""
    console = Console(file=sys.stdout, highlight=False, soft_wrap=True)
    for outcome in outcomes:
        console.print(_head(outcome, here))
        for note in outcome.notes:
            console.print(Text(f"  {note}"))
        listed, kinds, places = causes(outcome.found), 0, 0
        if not everything:
            listed, kinds, places = first_screen(outcome.found, used=1 + len(outcome.notes))
        for cause in listed:
            _tell_cause(console, cause)
        if kinds:
            console.print(Text(f"  ……另有{kinds}类{places}处（--all 全部列出）", style="dim"))
        if outcome.path.suffix.lower() == ".docx" and any(
            each.family == "版式" for each in outcome.found
        ):
            name = shown(outcome.path.resolve(), here)
            console.print(Text(f"  版式可以一次排好，文字不动：zhibi format {name}", style="dim"))
    if len(outcomes) > 1:
        console.print(_sum(outcomes))


def _head(outcome: Outcome, here: Path) -> Text:
    name = shown(outcome.path.resolve(), here)
    if outcome.trouble:
        return Text(f"{name}：不能检查。{outcome.trouble}", style=_COLOURS[Level.ERROR])
    counts = [f"{level}{outcome.count(level)}处" for level in _ORDER if outcome.count(level)]
    return Text(f"{name}：{'，'.join(counts) or '没有发现问题'}", style="bold")


def _tell_cause(console: Console, cause: Cause) -> None:
    first = cause.first
    head = Text.assemble(
        "  ",
        (f"{first.level} {first.code}", _COLOURS[first.level]),
        f" {cause.title}",
        (f"（{first.basis}）", "dim"),
    )
    console.print(head)
    for each in cause.shown:
        console.print(_line(each))
    if cause.hidden:
        console.print(Text(f"    ……另有{cause.hidden}处（--all 全部列出）", style="dim"))


def _line(diagnostic: Diagnostic) -> Text:
    """第12段  改革【,】服务  → ，"""
    text = Text.assemble("    ", (diagnostic.where, "bold"), "  ")
    if diagnostic.para:
        marked = f"【{_one_line(diagnostic.text)}】"
        text.append_text(
            Text.assemble(
                _one_line(diagnostic.before),
                (marked, _COLOURS[diagnostic.level]),
                _one_line(diagnostic.after),
                "  ",
            )
        )
    if diagnostic.message != diagnostic.title:
        text.append(f"{diagnostic.message}  ")
    if diagnostic.replacement is not None:
        text.append(
            f"→ {_one_line(diagnostic.replacement)}" if diagnostic.replacement else "→ 删去",
            style="green",
        )
    elif diagnostic.hint:
        text.append(diagnostic.hint, style="green")
    return text


def _one_line(text: str, most: int = 60) -> str:
    flat = text.replace("\n", " ").replace("\r", "").replace("\t", " ")
    return flat if len(flat) <= most else f"{flat[:most]}……"


def _sum(outcomes: Sequence[Outcome]) -> Text:
    counts = Counter[Level]()
    for outcome in outcomes:
        counts.update({level: outcome.count(level) for level in _ORDER})
    levels = [f"{level}{counts[level]}处" for level in _ORDER]
    unread = sum(bool(outcome.trouble) for outcome in outcomes)
    tail = f"；{unread}个文件不能检查" if unread else ""
    return Text(f"共{len(outcomes)}个文件：{'，'.join(levels)}{tail}", style="bold")

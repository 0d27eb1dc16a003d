"""What the cells of a live notebook have shown -> the numbers their page will have: 一、（一）, 表1, 图1.

Only a front end that tells which cell it runs (JupyterLab does) has a page; a report run numbers in Word.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import chain
from typing import Protocol

from gongwen.chinese.numbers.numerals import ordinal
from gongwen.document import Block, Figure, Heading, Table, Title, sections
from zhibi.notebook.authoring.html import Numbers, block_html

_LEVELS = 4


class Updatable(Protocol):
    """A display that can be shown anew."""

    @property
    def blocks(self) -> tuple[Block, ...]:
        """What it shows."""


@dataclass
class Page:
    """The cells in the order they first ran; `running` tells the cell and the run at hand, empty where unknown."""

    running: Callable[[], tuple[str, str]] = lambda: ("", "")
    cells: dict[str, tuple[str, list[Block]]] = field(default_factory=dict)
    watched: dict[str, list[tuple[Updatable, Callable[[], None], str]]] = field(
        default_factory=dict
    )
    updating: bool = False

    @property
    def live(self) -> bool:
        """True if the front end tells its cells apart."""
        return bool(self.running()[0])

    def place(self, blocks: tuple[Block, ...]) -> Numbers:
        """Put blocks on the page where their cell stands; gives the numbers of the whole page."""
        cell, run = self.running()
        if not cell:
            return Numbers()
        if not self.updating:
            if cell not in self.cells or self.cells[cell][0] != run:
                self.cells[cell] = (run, [])
                self.watched.pop(cell, None)
            self.cells[cell][1].extend(blocks)
        return self.numbers()

    def numbers(self) -> Numbers:
        """The numbers of everything shown so far."""
        counters, counts = [0] * _LEVELS, Counter[str]()
        blocks: dict[int, str] = {}
        mentions: dict[str, str] = {}
        shown = list(chain.from_iterable(blocks for _, blocks in self.cells.values()))
        printed = sections.settled(shown)
        left_out = {id(block) for block in shown} - {id(block) for block in printed}
        for block in printed:
            match block:
                case Title():
                    counters = [0] * _LEVELS
                case Heading(level=level, unnumbered=False):
                    counters[level:] = [0] * (_LEVELS - level)
                    counters[level - 1] += 1
                    blocks[id(block)] = ordinal(counters[level - 1], level)
                case Table() | Figure() if block.caption or block.key:
                    counts[block.series] += 1
                    blocks[id(block)] = number = f"{block.series}{counts[block.series]}"
                    mentions[block.key] = number
        return Numbers(blocks, mentions, frozenset(left_out))

    def watch(self, shown: Updatable, update: Callable[[], None]) -> None:
        """Show this again whenever a number in it changes: a table that it mentions may come later."""
        self.watched.setdefault(self.running()[0], []).append((shown, update, self._html(shown)))

    def refresh(self) -> None:
        """Show again what reads otherwise by now."""
        if self.updating:
            return
        self.updating = True
        try:
            for cell, entries in self.watched.items():
                self.watched[cell] = [self._refreshed(*entry) for entry in entries]
        finally:
            self.updating = False

    def _refreshed(
        self, shown: Updatable, update: Callable[[], None], before: str
    ) -> tuple[Updatable, Callable[[], None], str]:
        now = self._html(shown)
        if now != before:
            update()
        return shown, update, now

    def _html(self, shown: Updatable) -> str:
        numbers = self.numbers()
        return "".join(block_html(block, {}, numbers) for block in shown.blocks)


PAGE = Page()

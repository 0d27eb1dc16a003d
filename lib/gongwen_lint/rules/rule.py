"""A rule of the checker and what it returns: values only, so that registry, documents and reports speak of the same."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from gongwen.findings import Level
from gongwen_lint.manuscript.manuscript import Manuscript
from gongwen_lint.rules.context import CheckContext

Family = Literal["版式", "文字", "内容"]
Need = Literal["text", "page", "data", "last", "peers"]
# A: safe, repaired by --fix · G: repaired by --fix=guarded only · S: said, never repaired
Fix = Literal["A", "G", "S"]


@dataclass(frozen=True, slots=True)
class Violation:
    """One place a rule speaks of: [start:end) of a paragraph's text, by its number; 0 is the document as a whole."""

    para: int
    start: int = 0
    end: int = 0
    message: str = ""
    replacement: str | None = None  # what to put for exactly [start:end)
    hint: str = ""
    fix: Fix = "S"
    level: Level | None = None  # where milder than the rule's


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: a stable code, what it is called, how bad, on whose word, and the function that looks."""

    code: str
    title: str
    family: Family
    level: Level
    basis: str  # clause, or 通行做法
    check: Callable[[Manuscript, CheckContext], Iterable[Violation]]
    needs: frozenset[Need] = frozenset({"text"})
    page: str = ""  # its documentation; empty: the docstring of `check`
    fix: Fix = "S"  # the most that is repaired

    @property
    def explained(self) -> str:
        """The rule's documentation page, with 好 and 差 examples."""
        return self.page or inspect.cleandoc(self.check.__doc__ or "")

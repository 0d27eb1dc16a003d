"""Manuscript + rules -> what was found, in reading order, less what the author asked not to be told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Any

from gongwen.findings import Finding, Level, Location
from gongwen_lint.manuscript.manuscript import Manuscript, Para
from gongwen_lint.manuscript.private_spans import without_pieces
from gongwen_lint.rules.context import CheckContext
from gongwen_lint.rules.rule import Fix, Need, Rule, Violation

WHOLE = "全文"
_AROUND = 12  # characters of context either side


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One hit with what the rule and the paragraph say of it.

    Plain values, so that it travels between processes.
    """

    code: str
    title: str
    family: str
    level: Level
    basis: str
    where: str
    text: str  # the words at the place
    message: str
    hint: str
    fix: Fix
    replacement: str | None
    para: int
    start: int
    end: int
    line: int = 0
    before: str = ""  # the words before the place, and after it
    after: str = ""

    def as_json(self) -> dict[str, Any]:
        """The object `--json` prints; `fix` is what to write for `text`, or null."""
        return {
            "code": self.code, "level": str(self.level), "where": self.where, "text": self.text, "message": self.message,
            "fix": self.replacement, "fix_class": self.fix, "hint": self.hint, "title": self.title,
            "basis": self.basis, "paragraph": self.para, "start": self.start, "end": self.end, "line": self.line,
            "context": f"{self.before}{self.text}{self.after}",
        }  # fmt: skip

    def as_finding(self, file: str = "") -> Finding:
        """The same as the rest of the product speaks of what is imperfect."""
        words = f"“{self.text}”" if self.text else ""
        hint = self.hint or (f"请改为“{self.replacement}”。" if self.replacement else "")
        return Finding(
            self.code,
            self.level,
            Location(file=file, spot=self.where),
            f"{words}{self.message}",
            hint,
        )


def examine(
    manuscript: Manuscript, rules: Iterable[Rule], against: CheckContext | None = None
) -> tuple[Diagnostic, ...]:
    """Everything the rules say, by paragraph and place.

    Rules whose needs are not met are not run.
    """
    held = against or CheckContext()
    met = given(manuscript, held)
    shown = _Shown(manuscript, held)
    found: list[Diagnostic] = []
    for rule in rules:
        if rule.needs <= met:
            hits = rule.check(manuscript, held)
            heard = (hit for hit in hits if not _is_suppressed(manuscript, rule, hit))
            found += [_found(manuscript, rule, hit, shown) for hit in heard]
    return in_order(found)


def _is_suppressed(manuscript: Manuscript, rule: Rule, hit: Violation) -> bool:
    """True where the author asked not to hear of this rule."""
    if not hit.para:
        return False
    return bool(manuscript.para(hit.para).ignored & {rule.code, "*"})


def in_order(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """As a reader meets them."""
    return tuple(sorted(found, key=lambda each: (each.para, each.start, each.end, each.code)))


def given(manuscript: Manuscript, against: CheckContext) -> frozenset[Need]:
    """What there is for rules to read."""
    there: dict[Need, bool] = {
        "text": True,
        "page": manuscript.measured is not None and against.profile is not None,
        "data": against.data is not None,
        "last": against.last is not None,
        "peers": bool(against.peers),
    }
    return frozenset(need for need, met in there.items() if met)


class _Shown:
    """What may be shown of a manuscript and of the texts that rules hold it against."""

    def __init__(self, manuscript: Manuscript, against: CheckContext) -> None:
        texts = [manuscript, *([against.last] if against.last else ()), *against.peers]
        self._numbers = "/".join(chain.from_iterable(text.personal_digits for text in texts))
        self._paras: dict[int, str] = {}

    def para(self, para: Para) -> str:
        """Its text, as long as it is, with what is private starred."""
        if para.number not in self._paras:
            self._paras[para.number] = self.message(para.text)
        return self._paras[para.number]

    def message(self, text: str) -> str:
        """What a rule says, without what it may have quoted of it."""
        return without_pieces(text, self._numbers)


def _found(manuscript: Manuscript, rule: Rule, hit: Violation, shown: _Shown) -> Diagnostic:
    """The hit as it may be shown: nothing private is in it, wherever it goes from here."""
    para = manuscript.para(hit.para) if hit.para else None
    text = shown.para(para) if para else ""
    fix, replacement = _repair(hit, para, shown)
    return Diagnostic(
        rule.code, rule.title, rule.family, hit.level or rule.level, rule.basis,
        para.where if para else WHOLE,
        text[hit.start : hit.end],
        shown.message(hit.message or rule.title), shown.message(hit.hint),
        fix, replacement, hit.para, hit.start, hit.end,
        _line(para, hit.start) if para else 0,
        text[max(hit.start - _AROUND, 0) : hit.start],
        text[hit.end : hit.end + _AROUND],
    )  # fmt: skip


def _repair(hit: Violation, para: Para | None, shown: _Shown) -> tuple[Fix, str | None]:
    """What to write instead.

    Nothing where that would repeat what must not be shown: a person looks at it.
    """
    if hit.replacement is None or para is None:
        return hit.fix, hit.replacement
    there = shown.para(para)[hit.start : hit.end] == para.text[hit.start : hit.end]
    if there and shown.message(hit.replacement) == hit.replacement:
        return hit.fix, hit.replacement
    return "S", None


def _line(para: Para, start: int) -> int:
    """The line of the source file, where there is one."""
    return para.line + para.text.count("\n", 0, start) if para.line else 0

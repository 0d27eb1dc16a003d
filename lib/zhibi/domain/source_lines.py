"""The Python files of a domain's folder and a word of its contract -> the file and line where it is written."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import product
from pathlib import Path

from gongwen.findings import Location

_At = tuple[str, ast.expr]


class SourceLines:
    """Where words stand in the code of a folder; its first file where they cannot be found."""

    def __init__(self, folder: Path, only: Path | None = None) -> None:
        self._name = folder.name
        self._folder, self._only = folder, only

    @cached_property
    def _trees(self) -> dict[str, ast.Module]:
        """Read when the first fault is to be told: a domain that can be used costs nothing here."""
        return {
            path.relative_to(self._folder).as_posix(): ast.parse(path.read_text("utf-8-sig"))
            for path in ([self._only] if self._only else sorted(self._folder.rglob("*.py")))
        }

    def call(self, word: str, *, sheet: str = "", last: bool = False) -> Location:
        """The call of this name, or the first (or last) that has the word as an argument.

        Of a sheet's, within it.
        """
        calls = [each for each in self._calls if _names(each[1], word) or _gets(each[1], word)]
        return self._shown(self._within(calls, sheet), last=last)

    def word(self, word: str, *, sheet: str = "") -> Location:
        """The last place where the word is written; of a sheet's, within it."""
        words = [
            (file, node)
            for file, node in self._nodes()
            if isinstance(node, ast.Constant) and node.value == word
        ]
        return self._shown(self._within(words, sheet), last=True)

    @cached_property
    def _calls(self) -> tuple[tuple[str, ast.Call], ...]:
        return tuple((file, node) for file, node in self._nodes() if isinstance(node, ast.Call))

    def _nodes(self) -> Iterator[tuple[str, ast.AST]]:
        for file, tree in self._trees.items():
            for node in ast.walk(tree):
                yield file, node

    def _within(self, calls: Sequence[tuple[str, ast.expr]], sheet: str) -> list[_At]:
        """Those inside a call that has the sheet's title; all of them where there is none."""
        whole = [each for each in self._calls if sheet and _gets(each[1], sheet)]
        inside = [each for each, outer in product(calls, whole) if _stands_in(outer, each)]
        return inside or list(calls)

    def _shown(self, lines: list[_At], *, last: bool) -> Location:
        if not lines:
            return Location(file=f"{self._name}/{next(iter(self._trees), '')}")
        ordered = sorted(lines, key=lambda each: (each[0], each[1].lineno))
        file, node = ordered[-1 if last else 0]
        return Location(file=f"{self._name}/{file}", spot=f"第{node.lineno}行")


def _names(call: ast.Call, word: str) -> bool:
    return isinstance(call.func, ast.Name) and call.func.id == word


def _gets(call: ast.Call, word: str) -> bool:
    """True if the word itself is an argument of the call."""
    values = [*call.args, *(keyword.value for keyword in call.keywords)]
    return any(isinstance(value, ast.Constant) and value.value == word for value in values)


def _stands_in(outer: _At, inner: _At) -> bool:
    return outer[0] == inner[0] and _encloses(outer[1], inner[1])


def _encloses(outer: ast.expr, inner: ast.expr) -> bool:
    if outer is inner:
        return False
    end = outer.end_lineno or outer.lineno
    return (outer.lineno, outer.col_offset) <= (inner.lineno, inner.col_offset) and (
        inner.lineno <= end
    )

"""Texts a person wrote for one report -> those texts, and never for another report.

A parameter file with last year's 体会与建议 must not print them this year: every set of texts says whom it was meant
for, and where that is not the report at hand the place stays 待撰写 and says why.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from gongwen.chinese.text import clean
from gongwen.document import Todo
from gongwen.errors import BadExpression
from zhibi.notebook.authoring.display import Shown
from zhibi.notebook.authoring.prose import prose


class Withheld(str):
    """Empty text that stands for one that was written for another report, with the reason."""

    __slots__ = ("reason",)

    reason: str

    def __new__(cls, reason: str) -> Self:  # noqa: D102 — the class says it
        made = super().__new__(cls, "")
        made.reason = reason
        return made


@dataclass(frozen=True)
class Written:
    """Texts by name; a name without a text gives None."""

    texts: Mapping[str, Any]
    meant_for: str
    this: str

    def __getitem__(self, name: str) -> str | None:
        text = self.texts.get(name)
        if text is None or not str(text).strip():
            return None
        if not isinstance(text, str):
            raise BadExpression(
                name, f"参数文件里的“{name}”应是一段文字，这里是 {type(text).__name__}"
            )
        if self.meant_for.strip() != self.this.strip():
            meant = self.meant_for.strip() or "（没有写明）"
            return Withheld(f"参数文件中的文字是为“{meant}”写的，与本次数据“{self.this}”不符")
        return text

    def __getattr__(self, name: str) -> str | None:
        if name.startswith("_"):
            raise AttributeError(name)
        return self[name]


def written(texts: Mapping[str, Any] | None, meant_for: str, this: str) -> Written:
    """Texts from the parameter file, printed only if they were written for the report at hand."""
    return Written(dict(texts or {}), str(meant_for), str(this))


def to_write(text: object, hint: str, namespace: Mapping[str, Any]) -> Shown:
    """The written text as prose; without one a place to write, with the hint for the writer."""
    if isinstance(text, str) and text.strip():
        return prose(text, namespace)
    if text is not None and not isinstance(text, str):
        raise BadExpression("待撰写", f"应是一段文字或 None，这里是 {type(text).__name__}")
    words = " ".join(clean(line) for line in hint.splitlines() if line.strip()) or "此处由人撰写"
    reason = f"（{text.reason}）" if isinstance(text, Withheld) else ""
    return Shown((Todo(clean(words + reason)),))

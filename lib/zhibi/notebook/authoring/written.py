"""Texts a person wrote for one report -> those texts, and never for another report.

They stand in rows of the workbook or in a parameter file; where both hold one, the row is printed. Last year's
体会与建议 must not be printed this year: every text says whom it was meant for, and where that is not the report
at hand the place stays 待撰写 and says why.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from gongwen.chinese.text import clean
from gongwen.document import Todo
from gongwen.errors import BadExpression
from zhibi.notebook.authoring.display import Shown
from zhibi.notebook.authoring.prose import prose
from zhibi.notebook.parameters.texts import name_for


class Withheld(str):
    """Empty text that stands for one that was written for another report, with the reason."""

    __slots__ = ("reason",)

    reason: str

    def __new__(cls, reason: str) -> Self:  # noqa: D102 — the class says it
        made = super().__new__(cls, "")
        made.reason = reason
        return made


class RowText(str):
    """A text that stands in a row of the workbook; `location` says where."""

    __slots__ = ("location",)

    location: str

    def __new__(cls, text: str, location: str) -> Self:  # noqa: D102 — the class says it
        made = super().__new__(cls, text)
        made.location = location
        return made


@dataclass(frozen=True)
class WrittenTexts:
    """Texts by name; a name without a text gives None. `rows` are texts chosen for this report already.

    One under the name with the report behind it, 特色做法（某支部2026年度）, is for that report alone.
    """

    texts: Mapping[str, Any]
    meant_for: str
    this: str
    rows: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str | None:
        row = self.rows.get(name)
        if row:
            return row
        text = self._parameter(name)
        return row if text is None else text

    def _parameter(self, name: str) -> str | None:
        own = self.texts.get(name_for(name, self.this))
        if isinstance(own, str) and own.strip():
            return own
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


def written(
    texts: Mapping[str, Any] | None,
    meant_for: str,
    this: str,
    rows: Mapping[str, str] | None = None,
) -> WrittenTexts:
    """Texts from the parameter file, printed only if they were written for the report at hand.

    `rows` are the texts that the workbook has for it; they come before those of the parameter file.
    """
    return WrittenTexts(dict(texts or {}), str(meant_for), str(this), dict(rows or {}))


def to_write(text: object, hint: str, namespace: Mapping[str, Any]) -> Shown:
    """The written text as prose; without one a place to write, with the hint for the writer.

    True says that nothing has to be written here, because figures tell it already; False is like no text.
    """
    if text is True:
        return Shown(())
    if isinstance(text, RowText):
        return _row_prose(text, namespace)
    if isinstance(text, str) and text.strip():
        return prose(text, namespace)
    if text is not None and text is not False and not isinstance(text, str):
        raise BadExpression("待撰写", f"应是一段文字或 None，这里是 {type(text).__name__}")
    words = " ".join(clean(line) for line in hint.splitlines() if line.strip()) or "此处由人撰写"
    reason = f"（{text.reason}）" if isinstance(text, Withheld) else ""
    return Shown((Todo(clean(words + reason)),))


def _row_prose(text: RowText, namespace: Mapping[str, Any]) -> Shown:
    try:
        return prose(str(text), namespace)
    except BadExpression as fault:
        raise BadExpression(fault.expression, f"{fault.reason}（{text.location}）") from None

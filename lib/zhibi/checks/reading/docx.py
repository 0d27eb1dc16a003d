"""The bytes of a .docx -> a Manuscript."""

from __future__ import annotations

from zhibi.checks.manuscript import Manuscript, Para
from zhibi.word.measure import measure


def read(content: bytes, name: str) -> Manuscript:
    """Every paragraph of the body, with what Word will apply to it."""
    measured = measure(content, name)
    paras = tuple(
        Para(number, each.text, "table_cell" if each.in_table else "body", where=f"第{number}段", measured=each)
        for number, each in enumerate(measured.paragraphs, 1)
    )
    return Manuscript(name, "docx", paras, measured)

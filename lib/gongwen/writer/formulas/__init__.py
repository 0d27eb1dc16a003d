"""A formula in TeX -> the native formula of Word (OMML), or nothing where a command is not known.

What converts it is imported with the first formula: few documents have one.
"""

from __future__ import annotations

from importlib import import_module


def converted(source: str, *, display: bool = False) -> str | None:
    """The m:oMath element of a formula; None where it cannot be set without loss."""
    made: str | None = import_module("gongwen.writer.formulas.convert").converted(
        source, display=display
    )
    return made


__all__ = ["converted"]

"""A Word file and what was found in it -> the same file with comments at the places."""

from __future__ import annotations

from collections.abc import Iterable

from gongwen.findings import sentence
from gongwen.reader.edit.comments import Comment, review
from gongwen_lint.runner import Diagnostic


def commented(content: bytes, found: Iterable[Diagnostic], name: str = "文件") -> bytes:
    """A Word file with a comment for everything found; comments it has stay.

    Raises UnreadableFile.
    """
    return review(
        content, [Comment(each.para, each.start, each.end, message(each)) for each in found], name
    )


def message(found: Diagnostic) -> str:
    """What a comment says: code and level, what is the matter, what to write instead, on whose word."""
    lines = [f"[{found.level} {found.code}] {sentence(found.message)}"]
    if found.replacement is not None:
        lines.append(f"改为：{found.replacement}" if found.replacement else "删去。")
    if found.hint:
        lines.append(sentence(found.hint))
    return "\n".join([*lines, f"依据：{found.basis}"])

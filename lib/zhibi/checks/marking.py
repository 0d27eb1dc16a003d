"""A Word file and what was found in it -> the same file with comments at the places, or with the repairs made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from zhibi.checks.examine import Found
from zhibi.checks.fixes import Repair
from zhibi.findings import sentence
from zhibi.word.repair import Edit, repair
from zhibi.word.review import Remark, review


@dataclass(frozen=True, slots=True)
class Mended:
    """The repaired file, and the repairs that could not be made without touching more than their words."""

    content: bytes
    left: tuple[Repair, ...]


def commented(content: bytes, found: Iterable[Found], name: str = "文件") -> bytes:
    """A Word file with a comment for everything found; comments it has stay. Raises UnreadableFile."""
    return review(content, [Remark(each.para, each.start, each.end, says(each)) for each in found], name)


def says(found: Found) -> str:
    """What a comment says: code and level, what is the matter, what to write instead, on whose word."""
    lines = [f"[{found.level} {found.code}] {sentence(found.says)}"]
    if found.instead is not None:
        lines.append(f"改为：{found.instead}" if found.instead else "删去。")
    if found.remedy:
        lines.append(sentence(found.remedy))
    return "\n".join([*lines, f"依据：{found.basis}"])


def mended(content: bytes, repairs: Iterable[Repair], name: str = "文件", *, accepted: bool = False) -> Mended:
    """A Word file with the repairs as tracked changes, or made outright. Raises UnreadableFile."""
    edits = {Edit(each.para, edit.start, edit.end, edit.new): each for each in repairs for edit in each.edits}
    done = repair(content, edits, name, accepted=accepted)
    return Mended(done.content, tuple(dict.fromkeys(edits[edit] for edit in done.left)))

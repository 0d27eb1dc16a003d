"""A Word file and what was found in it -> the same file with comments at the places, or with the repairs made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from zhibi.checks.examine import Found
from zhibi.findings import sentence
from zhibi.word.repair import Edit, repair
from zhibi.word.review import Remark, review


@dataclass(frozen=True, slots=True)
class Mended:
    """The repaired file, what was repaired, and what could not be without touching more than its words."""

    content: bytes
    made: tuple[Found, ...]
    left: tuple[Found, ...]


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


def mended(
    content: bytes, found: Iterable[Found], name: str = "文件", *, accepted: bool = False, guarded: bool = False
) -> Mended:
    """A Word file with class A repairs (and G where `guarded`) as tracked changes, or made outright.

    Where two repairs want the same words, the first is made; checking the result again finds the other.
    """
    wanted = [
        each for each in found if each.instead is not None and each.para and each.fix in ("AG" if guarded else "A")
    ]
    edits = {Edit(each.para, each.start, each.end, each.instead or ""): each for each in wanted}
    done = repair(content, edits, name, accepted=accepted)
    left = set(done.left)
    return Mended(
        done.content,
        tuple(each for edit, each in edits.items() if edit not in left),
        tuple(each for edit, each in edits.items() if edit in left),
    )

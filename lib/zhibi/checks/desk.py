"""Paths of files -> one outcome a file: what was found in it, or why it cannot be read. One file's trouble is its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from zhibi.checks import registry
from zhibi.checks.against import Against
from zhibi.checks.examine import Found, examine
from zhibi.checks.manuscript import Manuscript
from zhibi.checks.reading import READERS, read
from zhibi.errors import ReportError, UnreadableFile
from zhibi.findings import Finding, Level

_CHUNK = 4  # files a worker takes at once: what they are held against travels once a chunk


@dataclass(frozen=True, slots=True)
class Outcome:
    """One file checked; `trouble` says why it could not be."""

    path: Path
    found: tuple[Found, ...] = ()
    notes: tuple[Finding, ...] = ()
    trouble: str = ""

    def count(self, level: Level) -> int:
        """How many findings of a level."""
        return sum(each.level is level for each in self.found)


def files(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The files named, and in folders all that can be read, in order; hidden ones and Word's lock files left out."""
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            inside = sorted(each for each in path.rglob("*") if each.suffix.lower() in READERS and each.is_file())
            found.update((each, None) for each in inside if not _hidden(each.relative_to(path)))
        elif path.exists():
            found[path] = None
        else:
            raise UnreadableFile(path, "没有这个文件或文件夹", "请检查路径。")
    if not found:
        raise UnreadableFile(
            "、".join(map(str, paths)), "里面没有可以检查的文件", f"可以检查的有：{'、'.join(READERS)}。"
        )
    return tuple(found)


def check(path: Path, codes: Sequence[str], against: Against) -> Outcome:
    """One file, held against what is given; trouble with the file is an outcome."""
    try:
        manuscript = read(path)
    except ReportError as trouble:
        return Outcome(path, trouble=str(trouble))
    return Outcome(path, look(manuscript, codes, against), manuscript.notes)


def look(manuscript: Manuscript, codes: Sequence[str], against: Against) -> tuple[Found, ...]:
    """What the rules of these codes find."""
    return examine(manuscript, [registry.BY_CODE[code] for code in codes], against)


def check_all(
    paths: Sequence[Path],
    codes: Sequence[str],
    against: Against,
    executor: Executor | None = None,
    told: Callable[[], None] = lambda: None,
) -> Iterator[Outcome]:
    """All files in the order given; `told` is called after each."""
    one = partial(check, codes=tuple(codes), against=against)
    outcomes = map(one, paths) if executor is None else executor.map(one, paths, chunksize=_CHUNK)
    for outcome in outcomes:
        told()
        yield outcome


def _hidden(path: Path) -> bool:
    return any(part.startswith((".", "~$")) for part in path.parts)

"""What a batch is asked to make, what one of its reports is, and what came of that -> frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from gongwen.findings import Finding
from zhibi.engines.engine import Limits

ATTEMPTS = 3  # for a process that died; a notebook that failed fails again


@dataclass(frozen=True, slots=True)
class Shard:
    """The part of a batch that this machine makes: number `index` (from 1) of `of`."""

    index: int = 1
    of: int = 1


@dataclass(frozen=True, slots=True)
class Order:
    """A whole batch. `here` and `asked_at` as in Job; `only` are codes of organisations, `where` conditions on them."""

    report: str
    here: Path
    asked_at: datetime
    options: tuple[str, ...] = ()
    data: str | None = None
    out: Path | None = None
    where: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    shard: Shard = field(default_factory=Shard)
    final: bool = False
    review: bool = False
    fresh: bool = False
    keep_going: bool = True
    engine: str = "zhibi"
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True)
class Task:
    """One report to be made, as a process is told of it: small, picklable, all data by path.

    `apart`: the notebook runs in one more process, so that whatever kills it leaves one that tells which cell it was.
    """

    report: str
    root: Path
    asked_at: datetime
    options: tuple[str, ...]
    folder: Path
    place: Path
    final: bool
    review: bool
    engine: str
    limits: Limits
    apart: bool = False


class State(StrEnum):
    """How a report of a batch stands."""

    DONE = "完成"
    FAILED = "失败"


@dataclass(frozen=True, slots=True)
class File:
    """A file that was made, recognisable later: its content and what the disk says of it."""

    size: int
    mtime_ns: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one attempt. `cause` is the kind of trouble, `message` its Chinese sentence."""

    state: State
    files: Mapping[str, File] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    figures: int = 0
    cause: str = ""
    message: str = ""
    kept: str = ""
    edited: tuple[str, ...] = ()  # names of copies of what people had changed

    @property
    def done(self) -> bool:
        """Whether the report was made."""
        return self.state is State.DONE

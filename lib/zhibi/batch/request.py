"""Frozen values: the request for a batch, and the result of one of its reports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from gongwen.findings import Finding
from zhibi.report.request import Request

ATTEMPTS = 3  # for a process that died; a notebook that failed fails again


@dataclass(frozen=True, slots=True)
class Shard:
    """The part of a batch that this machine makes: number `index` (from 1) of `of`."""

    index: int = 1
    of: int = 1


@dataclass(frozen=True, slots=True)
class BatchRequest:
    """The same report for many organisations.

    `each` is the request of one of them, still without an organisation; its `out` is the folder of
    the batch. `only` are codes of organisations, `where` conditions on them.
    """

    each: Request
    where: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    shard: Shard = field(default_factory=Shard)
    fresh: bool = False
    keep_going: bool = True


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

"""What happened to each report -> one line of a file, on the disk before anything else goes on.

A line is written after the documents it speaks of are in place. Whoever is killed in the middle of a line leaves a
piece of one, which is skipped; what it spoke of is made again. Lines are believed in the order they stand, never by
their times: clocks are set back.
"""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from gongwen import atomic_files
from gongwen.findings import from_json
from zhibi.batch.order import File, Result, State

BEGUN = "开始"


@dataclass(frozen=True, slots=True)
class Entry:
    """The last that is known of an organisation's report. `interrupted`: a later attempt began and was never heard of."""

    key: Mapping[str, str]
    result: Result
    attempts: int
    interrupted: bool = False


class Reading:
    """Lines of a ledger -> the last that is known of each organisation."""

    def __init__(self, content: bytes) -> None:
        self.entries: dict[str, Entry] = {}
        for line in content.splitlines():
            self._hear(line)

    def _hear(self, line: bytes) -> None:
        try:
            told = json.loads(line)
            org, state = told["org"], told["state"]
            if state == BEGUN:
                known = self.entries.get(org, Entry({}, Result(State.FAILED), 0))
                self.entries[org] = Entry(known.key, known.result, known.attempts, interrupted=True)
            else:
                self.entries[org] = Entry(told["key"], _result(told), told["attempts"])
        except (ValueError, KeyError, TypeError):  # torn, or not ours
            return


class Ledger:
    """The file of one batch folder (or of one shard of it). Only its one writer appends."""

    def __init__(self, path: Path) -> None:
        content = path.read_bytes() if path.exists() else b""
        self.entries = Reading(content).entries
        self._path = path
        with atomic_files.blocked(path):
            self._file = path.open(
                "ab", buffering=0
            )  # what could not be written must not be tried again on closing
            if content and not content.endswith(b"\n"):  # a torn line must not swallow the next
                self._file.write(b"\n")

    def begin(self, org: str, at: datetime) -> None:
        """An attempt begins. Not forced to the disk: if it is lost with the machine, so is what was begun."""
        self._append({"org": org, "state": BEGUN, "at": at.isoformat(timespec="seconds")})

    def end(
        self, org: str, key: Mapping[str, str], result: Result, attempts: int, at: datetime
    ) -> None:
        """An attempt ended and its files, if any, are in place."""
        self.entries[org] = Entry(key, result, attempts)
        self._append(
            {
                "org": org,
                "state": str(result.state),
                "at": at.isoformat(timespec="seconds"),
                "attempts": attempts,
                "key": dict(key),
                "files": {
                    name: [file.size, file.mtime_ns, file.sha256]
                    for name, file in result.files.items()
                },
                "findings": [finding.as_json() for finding in result.findings],
                "figures": result.figures,
                "cause": result.cause,
                "message": result.message,
                "kept": result.kept,
            }
        )
        with atomic_files.blocked(self._path):
            os.fsync(self._file.fileno())

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def _append(self, entry: Mapping[str, Any]) -> None:
        line = json.dumps(entry, ensure_ascii=False).encode() + b"\n"
        with atomic_files.blocked(self._path):
            if self._file.write(line) < len(line):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _result(told: Mapping[str, Any]) -> Result:
    return Result(
        state=State(told["state"]),
        files={name: File(*file) for name, file in told["files"].items()},
        findings=tuple(from_json(each) for each in told["findings"]),
        figures=told["figures"],
        cause=told["cause"],
        message=told["message"],
        kept=told["kept"],
    )


def read_others(ledger: Ledger, folder: Path, stem: str) -> None:
    """Let a whole batch know what its shards did in the same folder; what it knows itself is the stronger."""
    for path in sorted(folder.glob(f"{stem}-*.jsonl")):
        other = Reading(path.read_bytes())
        for org, entry in other.entries.items():
            if org not in ledger.entries or not ledger.entries[org].result.done:
                ledger.entries[org] = entry

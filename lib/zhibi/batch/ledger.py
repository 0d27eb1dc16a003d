"""The state of each report -> one line of a journal file, synced to disk before the batch goes on.

A line is written after the documents it speaks of are in place. Whoever is killed in the middle of
a line leaves a piece of one, which is skipped; what it spoke of is made again. Lines are believed
in the order they stand, never by their times: clocks are set back.
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
from zhibi.batch.request import File, Result, Shard, State
from zhibi.report import outputs

LEDGER = "账本"
BEGUN = "开始"


@dataclass(frozen=True, slots=True)
class Entry:
    """The last that is known of an organisation's report.

    `interrupted`: a later attempt began and was never heard of.
    """

    key: Mapping[str, str]
    result: Result
    attempts: int
    interrupted: bool = False


# a line that is torn, JSON of another kind, or nested without end
_NOT_OURS = (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError)


class Reading:
    """Lines of a ledger -> the last that is known of each organisation."""

    def __init__(self, content: bytes) -> None:
        self.entries: dict[str, Entry] = {}
        self.owner = ""
        for line in content.splitlines():
            self._hear(line)

    def _hear(self, line: bytes) -> None:
        try:
            line_content = json.loads(line)
            owner = line_content.get("owner")
            self.owner = owner if isinstance(owner, str) else self.owner
            org, state = str(line_content["org"]), line_content["state"]
            if state == BEGUN:
                known = self.entries.get(org, Entry({}, Result(State.FAILED), 0))
                self.entries[org] = Entry(known.key, known.result, known.attempts, interrupted=True)
            else:
                key = {str(part): str(value) for part, value in line_content["key"].items()}
                self.entries[org] = Entry(key, _result(line_content), int(line_content["attempts"]))
        except _NOT_OURS:
            return


class Ledger:
    """The file of one batch folder (or of one shard of it). Only its one writer appends.

    Raises OutputBlocked where it cannot be written, or speaks of another owner's reports.
    """

    def __init__(self, path: Path, owner: str = "") -> None:
        self._path = path
        with atomic_files.blocked(path):
            content = path.read_bytes() if path.exists() else b""
            reading = Reading(content)
            outputs.refuse_other(path.parent, reading.owner, owner)
            self.entries = reading.entries
            self._file = path.open(
                "ab", buffering=0
            )  # what could not be written must not be tried again on closing
            if content and not content.endswith(b"\n"):  # a torn line must not swallow the next
                self._file.write(b"\n")
        if owner and reading.owner != owner:
            self._append({"owner": owner})

    def begin(self, org: str, at: datetime) -> None:
        """An attempt begins.

        Not forced to the disk: if it is lost with the machine, so is what was begun.
        """
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


def _result(content: Mapping[str, Any]) -> Result:
    return Result(
        state=State(content["state"]),
        files={name: _file(*file) for name, file in content["files"].items()},
        findings=tuple(from_json(each) for each in content["findings"]),
        figures=int(content["figures"]),
        cause=str(content["cause"]),
        message=str(content["message"]),
        kept=str(content["kept"]),
    )


def _file(size: int, mtime_ns: int, sha256: str) -> File:
    return File(int(size), int(mtime_ns), str(sha256))


def read_others(ledger: Ledger, folder: Path, stem: str) -> None:
    """Let a whole batch know what its shards did in the same folder.

    What it knows itself is the stronger.
    """
    for path in sorted(folder.glob(f"{stem}-*.jsonl")):
        with atomic_files.blocked(path):
            other = Reading(path.read_bytes())
        for org, entry in other.entries.items():
            if org not in ledger.entries or not ledger.entries[org].result.done:
                ledger.entries[org] = entry


def ledger_path(folder: Path, shard: Shard) -> Path:
    """The ledger of a batch folder, or of one shard of it."""
    return folder / named(f"{LEDGER}.jsonl", shard)


def named(name: str, shard: Shard) -> str:
    """A file of a whole batch, or of one shard of it."""
    stem, _, ending = name.rpartition(".")
    return name if shard.of == 1 else f"{stem}-{shard.index}-{shard.of}.{ending}"

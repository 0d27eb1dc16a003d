"""The files of one report -> its folder, nothing that a person changed there lost.

What was made is on record in run.json by its content, so that an edit is seen whoever makes the
report again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gongwen import atomic_files
from gongwen.errors import OutputBlocked

REPORT = "报告.docx"
NOTEBOOK = "run.ipynb"
PROVENANCE = "数据出处.xlsx"
RECORD = "run.json"
BROKEN = "出错.ipynb"
KEY = "代称对照（内部）.xlsx"  # the only file of an anonymous report that holds real names
WORKED_ON = (REPORT, PROVENANCE)  # what people open and write into


@dataclass(frozen=True, slots=True)
class Saved:
    """The files of a report in place, and copies of those that people had changed."""

    files: tuple[Path, ...]
    edited: tuple[Path, ...]


def ready(folder: Path, owner: str = "") -> None:
    """Make sure that a folder can be written, none of its report files is open, and it is not somebody else's.

    Raises OutputBlocked.
    """
    refuse_other(folder, str(_record(folder).get("owner") or ""), owner)
    atomic_files.ready(folder, (REPORT, PROVENANCE, NOTEBOOK, RECORD, KEY))


def refuse_other(folder: Path, found: str, owner: str) -> None:
    """Raise OutputBlocked for a folder that holds what was made from the data of another owner."""
    if found and owner and found != owner:
        reason = f"这个文件夹里是“{found}”的报告，这次的数据是“{owner}”的，没有改动它"
        raise OutputBlocked(folder, reason, "请换一个文件夹（--out），或先把原来的移走。")


def save(folder: Path, files: Mapping[str, bytes]) -> Saved:
    """Put the files in place, beside them a copy of what people changed; all of it or nothing.

    The notebook that an edited report came from goes beside its copy, so that the two can be held
    against each other.
    """
    edited = dict(_edited(folder))
    atomic_files.save(
        folder, {**edited, **_origins(folder, edited), **files}, without=(BROKEN, KEY)
    )
    return Saved(tuple(folder / name for name in files), tuple(folder / name for name in edited))


def _edited(folder: Path) -> Iterator[tuple[str, bytes]]:
    """What is no longer as it was made, under the names of the copies.

    One that is kept already stays the only one.
    """
    made = _record(folder).get("files")
    for name in WORKED_ON:
        path = folder / name
        known = made.get(name) if isinstance(made, dict) else None
        unheard_of = known is None and name != REPORT
        if unheard_of or not path.is_file():
            continue
        content = path.read_bytes()
        if fingerprint(content) != known:
            yield _copy_of(path, content), content


def _origins(folder: Path, edited: Mapping[str, bytes]) -> dict[str, bytes]:
    """The executed notebook of each copy of a report, under the name of the copy."""
    made = folder / NOTEBOOK
    names = [name for name in edited if name.endswith(Path(REPORT).suffix)]
    origins = {Path(name).with_suffix(made.suffix).name for name in names}
    if not made.is_file():
        return {}
    return {name: made.read_bytes() for name in origins if not (folder / name).exists()}


def _copy_of(path: Path, content: bytes) -> str:
    number = 1
    while (copy := path.with_name(f"{path.stem}-改动稿-{number}{path.suffix}")).exists():
        if copy.is_file() and copy.read_bytes() == content:
            break
        number += 1
    return copy.name


def made(folder: Path) -> Mapping[str, str]:
    """What the files that people work on were when they were made, by name."""
    files = _record(folder).get("files")
    return files if isinstance(files, dict) else {}


def edited_report(folder: Path) -> Path | None:
    """The report in a folder, if people changed it since it was made."""
    path, known = folder / REPORT, made(folder).get(REPORT)
    if known is None or not path.is_file():
        return None
    return path if fingerprint(path.read_bytes()) != known else None


def fingerprint(content: bytes) -> str:
    """What a file is known by in the record."""
    return hashlib.sha256(content).hexdigest()


def _record(folder: Path) -> Mapping[str, Any]:
    """The record of what lies in a folder; empty where there is none that can be read."""
    try:
        record = json.loads((folder / RECORD).read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return record if isinstance(record, dict) else {}

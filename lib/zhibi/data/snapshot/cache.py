"""A source -> its dataset, read and checked once.

Kept as Arrow files under the content of all that it depends on.

The key is the bytes of the source, the code of zhibi and of the domain (its contract is code), and
the packages that read. An entry is therefore never stale, and the whole folder may be deleted at
any time.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import platform
import shutil
import sys
import tempfile
from collections.abc import Iterable
from functools import lru_cache
from importlib.metadata import entry_points, version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gongwen.findings import Finding, from_json
from zhibi.data.snapshot.access_scope import refuse_from_within, refuse_other_folder
from zhibi.workspace.address import address, is_address

if TYPE_CHECKING:
    from zhibi.data.contract import Contract
    from zhibi.data.dataset import Dataset
    from zhibi.data.snapshot.memory import Memory

READERS = ("pandas", "pyarrow", "python-calamine")
PACKAGES = (
    "zhibi",
    "papermill",
    "nbclient",
    "ipykernel",
    "pandas",
    "matplotlib",
    "python-docx",
    "openpyxl",
)  # run.json
FINDINGS = "findings.json"
KEPT = 8  # entries; older ones are dropped


def read(
    source: Path | str,
    contract: Contract,
    domain: str,
    folder: Path,
    memory: Memory | None = None,
) -> tuple[Dataset | None, tuple[Finding, ...]]:
    """What `zhibi.data.read.read` gives, from the folder where an equal source was read before.

    Faulty data are not kept. `memory` is that of a process that stays.
    """
    from gongwen.errors import UnreadableFile  # noqa: PLC0415
    from zhibi.data import read as reading  # noqa: PLC0415  # pandas: who only asks for a key does not wait for it
    from zhibi.data.snapshot import columnar  # noqa: PLC0415

    place = str(source)
    refuse_from_within(address(place).shown if is_address(place) else Path(place).name)
    key = key_of(source, domain)
    if key is None:
        return reading.read(source, contract)
    entry = folder / key
    if (entry / FINDINGS).is_file():
        with contextlib.suppress(UnreadableFile, OSError, ValueError, KeyError, TypeError):
            return columnar.load(entry, contract), findings_in(entry)
    data, findings = reading.read(source, contract, memory=memory)
    if (
        data is not None and key_of(source, domain) == key
    ):  # else it changed while it was being read
        with contextlib.suppress(OSError):
            files = memory.packed(data) if memory else columnar.pack(data)
            _keep(entry, files | {FINDINGS: encoded(findings)})
    return data, findings


def key_of(source: Path | str, domain: str) -> str | None:
    """The key of a source as it stands now; None for one that is no file or folder."""
    path = Path(source)
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    try:
        content = [(file.name, _sha256(file)) for file in files if file.is_file()]
    except OSError:
        return None
    return fingerprint([path.name, content, code(domain), packages(READERS)]) if content else None


def code(domain: str) -> str:
    """The sha256 of the program: gongwen, zhibi and the domain's package."""
    specs = (find_spec(name) for name in ("gongwen", "zhibi", _package(domain)) if name)
    return _code_in(tuple(Path(spec.origin) for spec in specs if spec and spec.origin))


@lru_cache(maxsize=8)
def _code_in(homes: tuple[Path, ...]) -> str:
    """What runs in this process is what was there when it was first asked for."""
    digest = hashlib.sha256()
    for home in homes:
        for file in sorted(home.parent.rglob("*.py")) if home.name == "__init__.py" else [home]:
            digest.update(f"{file.relative_to(home.parent)}\0".encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()


def packages(names: Iterable[str]) -> dict[str, str]:
    """The installed versions, Python's among them."""
    return {"python": platform.python_version(), **{name: version(name) for name in names}}


def fingerprint(value: Any) -> str:
    """The sha256 of plain JSON values."""
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()


def _package(domain: str) -> str:
    entries = entry_points(group="zhibi.domains")
    if domain in sys.modules:  # a folder of the workspace, which is imported by its name
        return domain
    return entries[domain].value.partition(":")[0] if domain in entries.names else ""


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _keep(entry: Path, files: dict[str, bytes]) -> None:
    """Put an entry in place whole; one that another process put there meanwhile is as good."""
    entry.parent.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(dir=entry.parent, prefix=".new-"))
    try:
        for name, content in files.items():
            (staging / name).write_bytes(content)
        with contextlib.suppress(OSError):
            staging.rename(entry)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    entries = sorted(
        (each for each in entry.parent.iterdir() if not each.name.startswith(".")),
        key=lambda each: each.stat().st_mtime,
    )
    for old in entries[:-KEPT]:
        shutil.rmtree(old, ignore_errors=True)


def encoded(findings: Iterable[Finding]) -> bytes:
    """Findings as the bytes of a file."""
    return json.dumps([finding.as_json() for finding in findings], ensure_ascii=False).encode()


def findings_in(folder: Path) -> tuple[Finding, ...]:
    """The findings kept in a folder. Raises NotYours for another's."""
    refuse_other_folder(folder)
    return tuple(from_json(each) for each in json.loads((folder / FINDINGS).read_bytes()))

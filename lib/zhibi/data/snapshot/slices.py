"""A source and an organisation's code -> the slice its report reads, in a folder of the run's own.

The slice is the one this run was given, one on disk, or cut from the whole: its content is the
same.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import socket
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path

from gongwen.chinese.pseudonyms import Pseudonyms
from gongwen.errors import NotYours, OutputBlocked, UnknownCode
from gongwen.findings import Finding, Location
from zhibi.data.checking.faults import SEVERAL
from zhibi.data.contract import Contract
from zhibi.data.dataset import Dataset
from zhibi.data.read import open_dataset
from zhibi.data.snapshot import cache, columnar
from zhibi.data.snapshot.access_scope import FOLDER, AccessScope, held, write_pass
from zhibi.data.snapshot.memory import Memory
from zhibi.workspace.workspace import Workspace, resolve

NAMES = "names.json"  # of a masked subtree: what is replaced by what
_ADDRESS = re.compile(
    r"(?:[A-Z]{1,3}|行)(\d+)(?::(?:[A-Z]{1,3}|行)(\d+))?"
)  # 行: a database has no columns of letters


def open_slice(
    source: str, code: str, contract: Contract, cut: Callable[[Dataset], Dataset]
) -> Dataset:
    """One organisation's data: the slice of this run, a slice on disk, or the piece that `cut` makes of a workbook.

    Raises NotYours where the run is held to another organisation or another source.
    """
    scope = held()
    if scope is not None and not scope.code:
        return cut(open_whole(source, contract))
    if scope is not None:
        return _own(scope, source, code, contract)
    place = resolve(source)
    if isinstance(place, Path) and columnar.is_packed(place):
        data = columnar.load(place, contract)
        if data.slice_of != code:
            raise UnknownCode("组织代码（这个切片里只有一个组织）", code, (data.slice_of,))
        return data
    return cut(open_dataset(place, contract))


def open_whole(source: str | Path, contract: Contract) -> Dataset:
    """All data of a source: those packed for this run where they are of this source, else read anew.

    Raises NotYours where the run is about one organisation or subtree, and InvalidInput.
    """
    scope = held()
    if scope is not None and scope.code:
        raise NotYours(str(source), scope.code)
    if scope is not None and str(source) == scope.stands_for:
        return columnar.load(scope.folder, contract)
    return open_dataset(resolve(source), contract)


def packed_subtree(
    source: str | Path, code: str, contract: Contract
) -> tuple[Dataset, Pseudonyms | None] | None:
    """The rows packed for a report on an organisation and all below it, with the names a masked one replaces.

    None where nothing was packed for one organisation (in JupyterLab, or in a county's report).
    Raises NotYours where the run is about another organisation or another source.
    """
    scope = held()
    if scope is None or not scope.code:
        return None
    return _own(scope, str(source), code, contract), _packed_names(scope.folder)


def _packed_names(folder: Path) -> Pseudonyms | None:
    path = folder / NAMES
    return Pseudonyms(**json.loads(path.read_bytes())) if path.is_file() else None


def _own(to: AccessScope, source: str, code: str, contract: Contract) -> Dataset:
    if source != to.stands_for:
        raise NotYours(source, to.code)
    if code != to.code:
        raise NotYours(f"{source} 里的 {code}", to.code)
    return columnar.load(to.folder, contract)


@dataclass(frozen=True, slots=True)
class Packed:
    """What a notebook may see: the files of a dataset, whose it is (empty: a county), what the notebook calls it."""

    files: Mapping[str, bytes]
    code: str
    stands_for: str


def packed(
    data: Dataset,
    code: str,
    stands_for: str,
    names: Pseudonyms | None = None,
    memory: Memory | None = None,
) -> Packed:
    """A dataset as it is handed to a notebook; with `names`, what a masked report replaces."""
    files = dict(memory.packed(data) if memory else columnar.pack(data))
    if names is not None:
        values = {each.name: getattr(names, each.name) for each in fields(names)}
        files[NAMES] = json.dumps(values, ensure_ascii=False, default=list).encode()
    return Packed(files, code, stands_for)


@contextlib.contextmanager
def workplace(place: Workspace, packed: Packed | None, ready: Path | None) -> Iterator[Path]:
    """Where a notebook runs: a folder that is `ready`, else a new one that holds the packed data and nothing else.

    Without data it is the top of the workspace. A new folder is gone afterwards; it lies inside the
    workspace, so that relative paths count from there as ever.
    """
    if ready is not None or packed is None:
        yield ready or place.root
        return
    with tempfile.TemporaryDirectory(
        prefix="job-", dir=scratch(place), ignore_cleanup_errors=True
    ) as folder:
        hand_out(Path(folder), packed.files, packed.code, packed.stands_for)
        yield Path(folder)


def hand_out(folder: Path, files: Mapping[str, bytes], code: str, stands_for: str) -> Path:
    """Make a run's folder ready: the packed slice in it, and what the notebook calls the source it was cut from.

    Raises OutputBlocked where the disk is full.
    """
    try:
        return columnar.save(write_pass(folder, code, stands_for), files)
    except OSError as trouble:
        reason = f"写不进去（{trouble.strerror}）"
        raise OutputBlocked(folder.parent, reason, "请清理磁盘再试，已有的文件没有改动。") from None


def given(folder: Path, contract: Contract) -> tuple[Dataset, tuple[Finding, ...]]:
    """The slice in a folder that was made ready, and what was found in its rows."""
    inside = folder / FOLDER
    return columnar.load(inside, contract), cache.findings_in(inside)


def scratch(place: Workspace) -> Path:
    """A folder for what may be deleted at any time.

    The system's own where the workspace cannot be written.
    """
    own = Path(tempfile.gettempdir())
    if own.is_relative_to(place.root):
        return own  # of a process that was given a folder of its own
    with contextlib.suppress(OSError):
        place.scratch.mkdir(parents=True, exist_ok=True)
    return place.scratch if os.access(place.scratch, os.W_OK) else own


@contextlib.contextmanager
def places(place: Workspace) -> Iterator[Path]:
    """A folder for the runs of one batch, gone afterwards.

    Those of batches that were killed on this machine go too.
    """
    mine = f"batch-{socket.gethostname()}-"
    for left in place.scratch.glob(f"{mine}*"):
        owner = left.name.removeprefix(mine).partition("-")[0]
        if owner.isdecimal() and not _lives(int(owner)):
            shutil.rmtree(left, ignore_errors=True)
    prefix = f"{mine}{os.getpid()}-"
    with tempfile.TemporaryDirectory(
        prefix=prefix, dir=scratch(place), ignore_cleanup_errors=True
    ) as folder:
        yield Path(folder)


def _lives(pid: int) -> bool:
    if os.name != "posix":  # there, signal 0 is Ctrl-C
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def own_findings(data: Dataset, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """What was found in the rows of a slice or in the settings.

    The rest is not for this organisation's report.
    """
    visible: dict[tuple[str, str], frozenset[int]] = {}
    return tuple(finding for finding in findings if _is_own(data, finding.place, visible))


def _is_own(data: Dataset, place: Location, visible: dict[tuple[str, str], frozenset[int]]) -> bool:
    if place.sheet == data.contract.settings_title:
        return True
    rows = _rows(place.cell)
    if place.spot == SEVERAL:
        return False
    if place.sheet not in data.frames or not rows:
        return False
    where = place.sheet, place.file
    if where not in visible:
        visible[where] = columnar.rows_in(data, place.sheet, place.file)
    return rows <= visible[where]


@lru_cache(maxsize=100_000)  # every slice of a county is held against the same findings
def _rows(cells: str) -> frozenset[int]:
    """The rows of addresses as findings write them: D14:D16、D20."""
    numbers: set[int] = set()
    for first, last in _ADDRESS.findall(cells):
        numbers.update(range(int(first), int(last or first) + 1))
    return frozenset(numbers)

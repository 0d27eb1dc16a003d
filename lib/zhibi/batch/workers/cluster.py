"""Requests -> parcels in a place every machine reaches -> results, over a Dask cluster.

What a report needs goes into a parcel (its slice), with the workspace in one parcel for all; what
it becomes comes back as a parcel. The place is a shared folder or any address fsspec knows. A
worker keeps nothing between reports but the unpacked workspace, and makes each report in a process
to throw away, as everywhere else.
"""

from __future__ import annotations

import contextlib
import io
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

from gongwen import atomic_files
from gongwen.errors import MissingExtra, ReportError
from zhibi.batch.request import BatchRequest, Result, State
from zhibi.batch.workers import executors
from zhibi.batch.workers.executors import ReportExecutor
from zhibi.batch.workers.worker import LOST, recognised
from zhibi.data.snapshot import cache
from zhibi.report import outputs
from zhibi.report.request import Request
from zhibi.workspace import workspace
from zhibi.workspace.workspace import MARK, Workspace

EXTRA = ("集群所需的软件", "请运行：pip install 'zhibi[cluster]'")
CONNECT_S = 30


@dataclass(frozen=True, slots=True)
class Parcels:
    """What a report is made from and where its files go, by name in the shared place.

    Whose program packed them.
    """

    shared: str
    workspace: str
    slice: str
    result: str
    program: str
    domain: str


class Remote(ReportExecutor):
    """A cluster as an executor: it packs, submits a request with its parcels, and unpacks what comes back."""

    def __init__(self, client: Any, shared: str, place: Workspace) -> None:
        self._pool = client.get_executor(pure=False)
        self._shared, self._place = shared.rstrip("/"), place
        self._domain = place.settings.domain
        self._program = cache.code(self._domain)
        content = zipped(_of_workspace(place))
        self._workspace = f"workspace-{cache.fingerprint(content.hex())[:24]}.zip"
        put(f"{self._shared}/{self._workspace}", content)
        self._open: dict[Future[Any], str] = {}

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Send a request out; its future is done when its files are in place here."""
        (request,) = args
        del fn, kwargs
        name = request.place.name
        parcels = Parcels(
            self._shared,
            self._workspace,
            f"{name}-in.zip",
            f"{name}-out.zip",
            self._program,
            self._domain,
        )
        put(f"{self._shared}/{parcels.slice}", zipped(_files(request.place)))
        sent = self._pool.submit(run_remote, request, parcels)
        answer: Future[Any] = Future()
        sent.add_done_callback(lambda done: answer.set_result(_received(request, parcels, done)))
        return answer

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take back what has not begun; the cluster itself lives on."""
        self._pool.shutdown(
            wait=wait and not cancel_futures
        )  # Dask's takes back all that is not waited for


@contextlib.contextmanager
def connected(
    address: str, shared: str, request: BatchRequest
) -> Iterator[tuple[int, Callable[[int, Path], ReportExecutor]]]:
    """How many reports a cluster can make at once, and how to make an executor of it.

    Raises ReportError if unreachable.
    """
    try:
        from distributed import Client  # noqa: PLC0415  # an extra
    except ImportError:
        raise MissingExtra(*EXTRA) from None
    place = workspace.require(request.each.here)
    meet = shared or str(place.scratch / "cluster")
    try:
        client = Client(address, timeout=CONNECT_S, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as trouble:
        raise Unreachable(address, str(trouble)) from trouble
    with client:
        threads = sum(client.nthreads().values())
        yield max(1, threads), lambda _workers, _scratch: Remote(client, meet, place)


class Unreachable(ReportError):
    """A cluster does not answer."""

    def __init__(self, address: str, reason: str) -> None:
        super().__init__(address, reason)
        self.address, self.reason = address, reason

    def __str__(self) -> str:
        return f"连不上集群 {self.address}（{self.reason}）。请检查地址、防火墙，以及 dask scheduler 是否已启动。"


def run_remote(request: Request, parcels: Parcels) -> Result:
    """On a worker: fetch, make the report, leave the result.

    The small value that goes back is the result without files.
    """
    if cache.code(parcels.domain) != parcels.program:
        return Result(
            State.FAILED,
            cause="Version",
            message="这台机器上的执笔版本与派活的机器不同，请装成同一版本",
        )
    with tempfile.TemporaryDirectory(prefix="zb-remote-", ignore_cleanup_errors=True) as folder:
        root = Path(folder) / "workspace"
        unpack(get(f"{parcels.shared}/{parcels.workspace}"), root)
        place, out = root / "outputs" / ".zhibi" / "place", root / "outputs" / "made"
        unpack(get(f"{parcels.shared}/{parcels.slice}"), place)
        result = executors.run(replace(request, here=root, place=place, out=out))
        put(f"{parcels.shared}/{parcels.result}", zipped(_files(out) if out.is_dir() else {}))
        return result


def _received(request: Request, parcels: Parcels, done: Future[Any]) -> Result:
    """Here: put the files in place. A worker that died for good is a process that died."""
    if done.cancelled():
        return Result(State.FAILED, cause=LOST, message="没有轮到就停止了")
    error = done.exception()
    if error is not None:
        return Result(
            State.FAILED, cause=LOST, message=f"集群上的进程意外结束（{type(error).__name__}）"
        )
    result: Result = done.result()
    try:
        return _in_place(request, parcels, result)
    except (ReportError, OSError, zipfile.BadZipFile) as trouble:
        return Result(State.FAILED, cause=type(trouble).__name__, message=str(trouble))
    finally:
        for name in (parcels.slice, parcels.result):
            drop(f"{parcels.shared}/{name}")


def _in_place(request: Request, parcels: Parcels, result: Result) -> Result:
    with zipfile.ZipFile(io.BytesIO(get(f"{parcels.shared}/{parcels.result}"))) as archive:
        files = {
            name: archive.read(name)
            for name in archive.namelist()
            if name == PurePosixPath(name).name
        }
    assert request.out is not None  # a batch says where each report goes
    folder = request.out
    if not result.done:
        broken = {name: content for name, content in files.items() if name == outputs.BROKEN}
        atomic_files.save(folder, broken)
        return result
    ours = {name: files[name] for name in result.files}
    saved = outputs.save(folder, ours)
    return replace(
        result,
        files={path.name: recognised(path) for path in saved.files},
        edited=tuple(path.name for path in saved.edited),
    )


def _of_workspace(place: Workspace) -> dict[str, bytes]:
    """What a report needs of the workspace: everything but data and outputs."""
    files = {MARK: (place.root / MARK).read_bytes()}
    for folder in ("notebooks", "params", "templates"):
        for name, content in _files(place.root / folder).items():
            files[f"{folder}/{name}"] = content
    return files


def _files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Files as one parcel; the same files give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def unpack(parcel: bytes, folder: Path) -> None:
    """A parcel as files below a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(io.BytesIO(parcel)) as archive:
        archive.extractall(folder)


def put(where: str, content: bytes) -> None:
    """Leave a parcel, whole: under another name first where the place is a file system."""
    system, path = _place(where)
    system.makedirs(system._parent(path), exist_ok=True)  # noqa: SLF001  # fsspec's own way to say it
    system.pipe_file(f"{path}.part", content)
    system.mv(f"{path}.part", path)


def get(where: str) -> bytes:
    """Fetch a parcel."""
    system, path = _place(where)
    content: bytes = system.cat_file(path)
    return content


def drop(where: str) -> None:
    """Remove a parcel that was used."""
    system, path = _place(where)
    with contextlib.suppress(OSError):
        system.rm_file(path)


def _place(where: str) -> tuple[Any, str]:
    from fsspec.core import url_to_fs  # noqa: PLC0415  # comes with the extra

    system, path = url_to_fs(where)
    return system, path

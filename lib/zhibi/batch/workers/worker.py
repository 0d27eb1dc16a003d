"""A request -> the result of making its report in this process.

Every exception becomes a result.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import traceback
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from gongwen.errors import ReportError
from zhibi import engines
from zhibi.batch.request import File, Result, State
from zhibi.engines import Limits
from zhibi.engines.fork import engine as fork_engine
from zhibi.engines.fork import limits as process_limits
from zhibi.engines.fork.channel import Cause, Died
from zhibi.report import pipeline
from zhibi.report.request import Request

if TYPE_CHECKING:
    from zhibi.engines.fork.channel import Line

BUG, LOST, LIMIT = "Bug", "ProcessDied", "Limit"
SPARE_S = 60.0  # what reading and writing may take beyond the notebook


def make(request: Request, line: Line) -> Result:
    """The work of one process: make the report, and tell the line which cell has begun."""
    return attempted(request, lambda begun, _total: line.pulse(begun))


def limits_of(request: Request) -> Limits:
    """Limits of the process; those of a notebook in its own process lie inside and say more."""
    own = request.limits
    if not request.own_process:
        return own
    return Limits(own.cell_s + SPARE_S, own.run_s + SPARE_S, own.memory_bytes * 2)


def attempted(request: Request, progress: engines.Progress = engines.silent) -> Result:
    """Make the report; every trouble becomes a result that says so."""
    try:
        outcome = pipeline.run(request, engine=_engine(request), progress=progress)
    except ReportError as trouble:
        notebook = str(getattr(trouble, "kept", "") or "")
        message = str(replace_kept(trouble, notebook))
        findings = tuple(getattr(trouble, "findings", ()))
        cause = LOST if getattr(trouble, "killed", False) else type(trouble).__name__
        return Result(State.FAILED, findings=findings, cause=cause, message=message, kept=notebook)
    except MemoryError:
        return died(Died(Cause.MEMORY, 1))
    except Exception as trouble:  # noqa: BLE001  # the edge of a process
        if request.place is not None and not request.place.exists():
            return Result(State.FAILED, cause=LOST, message=_PLACE_GONE)
        message = f"程序内部出错（{type(trouble).__name__}），详情见 {_log(request)}"
        return Result(State.FAILED, cause=BUG, message=message)
    files = {path.name: recognised(path) for path in outcome.files}
    edited = tuple(path.name for path in outcome.edited)
    return Result(State.DONE, files, outcome.findings, outcome.figures, edited=edited)


def _engine(request: Request) -> engines.Engine:
    forked = (
        request.own_process
        and request.engine == fork_engine.Zhibi.name
        and fork_engine.FORKING_IS_SAFE
        and process_limits.threads() == 1
    )
    return (
        fork_engine.Zhibi(fork_engine.StartMethod.FORK) if forked else engines.named(request.engine)
    )


def replace_kept(trouble: ReportError, kept: str) -> str:
    """The first sentence of a failure, without the line that names the kept notebook.

    The summary has a column for it.
    """
    return (
        str(trouble).replace(f"\n运行到出错处的笔记本保存在：{kept}", "") if kept else str(trouble)
    )


def died(death: Died) -> Result:
    """The result of a process that gave none."""
    limit = death.cause in {Cause.RUN_TIME, Cause.CELL_TIME, Cause.MEMORY}
    message = _DEATHS.get(death.cause, _OTHER).format(code=death.code)
    return Result(State.FAILED, cause=LIMIT if limit else LOST, message=message)


def recognised(path: Path) -> File:
    """A file as it stands on the disk."""
    with path.open("rb") as opened:
        digest = hashlib.file_digest(opened, "sha256").hexdigest()
        status = os.fstat(opened.fileno())
    return File(status.st_size, status.st_mtime_ns, digest)


def unchanged(folder: Path, files: Mapping[str, File]) -> tuple[str, ...]:
    """Those of the files that are still as they were made.

    Only what the disk says is different is read.
    """
    return tuple(name for name, file in files.items() if _is(folder / name, file))


def _is(path: Path, file: File) -> bool:
    try:
        status = path.stat()
        same = (status.st_size, status.st_mtime_ns) == (file.size, file.mtime_ns)
        return same or replace(recognised(path), mtime_ns=file.mtime_ns) == file
    except OSError:
        return False


def _log(request: Request) -> str:
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", prefix="zhibi-", suffix=".log", dir=_logs(request), delete=False
    ) as file:
        file.write(f"{request}\n\n{traceback.format_exc()}")
    return (
        str(Path(file.name).relative_to(request.here))
        if Path(file.name).is_relative_to(request.here)
        else file.name
    )


def _logs(request: Request) -> Path | None:
    """Where a log outlives this process' own temporary folder."""
    folder = request.here / "outputs" / ".zhibi" / "logs"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return folder


_PLACE_GONE = "临时文件夹（outputs/.zhibi）在运行中被删去了"
_OTHER = "生成报告的进程意外结束（代码 {code}）"
_DEATHS = {
    Cause.RUN_TIME: "整份报告超过了时限，已停止",
    Cause.CELL_TIME: "一个单元格超过了时限，已停止",
    Cause.MEMORY: "占用的内存超过了限额，已停止",
    Cause.SIGNAL: "生成报告的进程被系统强行结束（信号 {code}），多半是内存不足",
    Cause.KILLED: "生成报告的进程被停止",
}

"""A batch request -> everything looked up for it.

The organisations, the slice of each, the folder, and what is to be made.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path

from gongwen import atomic_files
from gongwen.errors import InvalidInput
from gongwen.findings import Finding, Level, Location
from zhibi.batch.ledger import Entry
from zhibi.batch.planning import keys
from zhibi.batch.planning.selection import chosen
from zhibi.batch.request import BatchRequest
from zhibi.batch.workers import data_server
from zhibi.batch.workers.worker import unchanged
from zhibi.data.snapshot import cache, columnar, slices
from zhibi.domain import Division, Organisation
from zhibi.report import outputs, pipeline
from zhibi.report.planning import domain_name, own_tables, owner_of, period, period_folder
from zhibi.report.request import Plan

Files = Mapping[str, bytes]


class Need(StrEnum):
    """Whether and why a report is made."""

    NEW = "还没有做过"
    CHANGED = "内容变了"
    FAILED = "上次没有做成"
    MISSING = "文件不见了或被改动"
    CURRENT = "没有变化"
    EDITED = "文件被人改过"


@dataclass(frozen=True)
class BatchPlan:
    """What is to be done: nothing has run yet. `key` and `slice` are asked for by code."""

    request: BatchRequest
    plan: Plan
    folder: Path
    title: str
    organisations: tuple[Organisation, ...]
    folders: Mapping[str, Path]
    remarks: tuple[Finding, ...]
    slice: Callable[[str], Files]
    common: Mapping[str, str]
    source_key: str | None
    owner: str = ""

    def key(self, files: Files) -> dict[str, str]:
        """What the document of a slice depends on."""
        return {**self.common, "slice": columnar.digest(files)}

    def stands(self, key: Mapping[str, str], code: str) -> bool:
        """Whether a document with this key would be the same today.

        Cut only if everything else is.
        """
        shared = {part: value for part, value in key.items() if part != "slice"}
        return shared == dict(self.common) and dict(key) == self.key(self.slice(code))


@contextlib.contextmanager
def prepared(request: BatchRequest) -> Iterator[BatchPlan]:
    """Have the data read once and look everything up; raises what a single report would raise.

    The data are kept by another process, of which the slices are asked (`keeper`).
    """
    plan = pipeline.prepare(request.each)
    before = cache.key_of(plan.source, domain_name(plan.workspace)) if plan.source else None
    with data_server.kept(partial(_read, request, plan)) as (known, sliced):
        folder = (
            (request.each.here / request.each.out).resolve() if request.each.out else known.folder
        )
        title = f"{known.period}年度" if known.period.isdigit() else known.period
        title += plan.about.title if plan.about and plan.about.title else plan.report.name
        yield BatchPlan(
            request, plan, folder, title, known.chosen, folders(folder, known.organisations), known.remarks, sliced,
            keys.common(plan), before, known.owner,
        )  # fmt: skip


@dataclass(frozen=True)
class _Known:
    """What a batch knows of its data: the organisations, those that are meant, the period, what was found.

    `folder` is where their reports lie, `owner` whose they are.
    """

    organisations: tuple[Organisation, ...]
    chosen: tuple[Organisation, ...]
    period: str
    folder: Path
    owner: str
    remarks: tuple[Finding, ...]


def _read(request: BatchRequest, plan: Plan) -> tuple[_Known, Callable[[str], Files]]:
    data, remarks = pipeline.read_everything(plan)
    if data is None or plan.divide is None or not plan.org:
        message = "这种报告不是一个组织一份，不能成批生成"
        hint = "请用 zhibi run；一个组织一份的报告，笔记本元数据 zhibi 的 scope 是 branch，org 写明哪个参数是组织代码。"
        raise InvalidInput(
            plan.report.name,
            [Finding("C09", Level.ERROR, Location(plan.report.notebook.name), message, hint)],
        )
    division: Division = plan.divide(data)
    tables = own_tables(plan, division)

    def packed(code: str) -> Files:
        piece = pipeline.with_own_tables(division.slice(code), tables)
        own = slices.own_findings(piece, remarks)
        return {**columnar.pack(piece), cache.FINDINGS: cache.encoded(own)}

    everyone = tuple(division.organisations)
    return _Known(
        everyone,
        chosen(everyone, request),
        period(plan, data),
        period_folder(plan, data),
        owner_of(plan, data),
        remarks,
    ), packed


def folders(root: Path, organisations: Iterable[Organisation]) -> dict[str, Path]:
    """The folder of each organisation: its code made safe.

    Two codes that would share one are told apart.
    """
    names = apart(atomic_files.safe_name(org.code) for org in organisations)
    return {org.code: root / name for org, name in zip(organisations, names, strict=True)}


def apart(names: Iterable[str]) -> list[str]:
    """The same names, a number added to each that a file system could take for an earlier one."""
    seen: set[str] = set()
    tasks = []
    for name in names:
        stem, dot, ending = name.rpartition(".docx")
        stem, ending = (stem, dot + ending) if dot else (name, "")
        number, unlike = 1, name
        while unlike.casefold() in seen:
            number += 1
            unlike = f"{stem}（{number}）{ending}"
        seen.add(unlike.casefold())
        tasks.append(unlike)
    return tasks


def need(planned: BatchPlan, entry: Entry | None, code: str) -> Need:
    """Whether a report must be made, by what the ledger knows and what lies in its folder."""
    if entry is None:
        return Need.NEW
    if not entry.result.done or entry.interrupted:
        return Need.FAILED
    if planned.request.fresh or not planned.stands(entry.key, code):
        return Need.CHANGED
    folder = planned.folders[code]
    changed = set(entry.result.files) - set(unchanged(folder, entry.result.files))
    if not changed:
        return Need.CURRENT
    by_hand = changed <= set(outputs.WORKED_ON) and all(
        (folder / name).is_file() for name in changed
    )
    return Need.EDITED if by_hand else Need.MISSING

"""A small county, a notebook about one branch of it that can be told to misbehave, and batches as real processes."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from pathlib import Path

import nbformat
import openpyxl
from nbformat.v4 import new_code_cell, new_notebook

import prompt
from dangjian.workbook.sheets import SETTINGS, SHEETS
from zhibi.batch import service as door
from zhibi.batch.request import BatchRequest
from zhibi.batch.workers import executors
from zhibi.report.request import Request

ZHIBI = str(Path(sys.executable).parent / "zhibi")
SETTLED = {
    "年度": 2026,
    "数据截止日": date(2026, 11, 30),
    "地区": "小县",
    "编制单位": "小县委组织部",
}
CODES = tuple(f"B{number:03}" for number in range(1, 9))
SPEC = {"name": "python3", "display_name": "Python 3", "language": "python"}
NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
ABOUT = {
    "title": "工作总结",
    "scope": "branch",
    "data": "workbook",
    "org": "branch",
    "period": "年度",
}
PARAMETERS = (
    'workbook: str = "data/县.xlsx"\nbranch: str = "B001"\nmischief: dict = {}  # 代码 -> 坏事\n'
)
OPEN = """%load_ext zhibi
import ctypes, os, sys, time
from dangjian import open_branch
支部 = open_branch(workbook, branch)
党员数, 名称 = 支部.size, 支部.named
坏事 = mischief.get(branch, "")
"""
MISCHIEF = """if 坏事:
    exec(坏事)
"""
TEXT = "%%正文\n# {{ 名称 }}工作总结\n\n## 基本情况\n\n截至{{ 支部.as_of }}，{{ 名称 }}有党员{{ 党员数 }}。"


def workbook(
    path: Path,
    names: dict[str, str] | None = None,
    superiors: Iterable[str] = ("小县一家公司党委",),
) -> Path:
    """A county with a branch for each of CODES, four members each."""
    above = {f"D{number:03}": name for number, name in enumerate(superiors, 1)}
    orgs = [
        {"党组织代码": code, "名称": name, "类型": "党委", "所属单位": "U001"}
        for code, name in above.items()
    ]
    orgs += [
        {"党组织代码": code, "名称": (names or {}).get(code, f"第{code}党支部"), "类型": "党支部", "所属单位": "U001",
         "上级代码": list(above)[number % len(above)]}
        for number, code in enumerate(CODES)
    ]  # fmt: skip
    rows = {
        "单位": [{"单位代码": "U001", "单位全称": "小县一家公司", "单位类别": "县属国企"}],
        "党组织": [{**org, "成立日期": date(2020, 1, 1)} for org in orgs],
        "党员": [
            {"党员代码": f"M{code}{number}", "姓名": "张三", "所属党组织": code, "党员类别": "正式",
             "入党日期": date(2010, 1, 1), "转正日期": date(2011, 1, 2)}
            for code in CODES for number in range(4)
        ],
    }  # fmt: skip
    book = openpyxl.Workbook()
    settings = book.active
    settings.title = "设置"
    settings.append(["项目", "内容"])
    for column in SETTINGS:
        settings.append([column.header, SETTLED.get(column.header)])
    for sheet in SHEETS:
        made = book.create_sheet(sheet.title)
        made.append(list(sheet.headers))
        for row in rows.get(sheet.title, []):
            made.append([row.get(header) for header in sheet.headers])
        for cell in (
            cell for row in made.iter_rows() for cell in row if str(cell.value).startswith("=")
        ):
            cell.data_type = "s"  # words, not a formula
    book.save(path)
    return path


def workspace(root: Path, *, mischief: dict[str, str] | None = None, **county: object) -> Path:
    """A workspace with that county and that notebook, called 总结."""
    for folder in ("notebooks", "params", "data", "outputs"):
        (root / folder).mkdir(parents=True, exist_ok=True)
    (root / "zhibi.toml").write_text('domain = "dangjian"\n', encoding="utf-8")
    cells = [
        new_code_cell(PARAMETERS, metadata={"tags": ["parameters"]}),
        *map(new_code_cell, (OPEN, MISCHIEF, TEXT)),
    ]
    for number, cell in enumerate(cells):
        cell["id"] = f"c{number}"
    nbformat.write(
        new_notebook(cells=cells, metadata={"kernelspec": SPEC, "zhibi": ABOUT}),
        root / "notebooks/总结.ipynb",
    )
    (root / "params/总结.yaml").write_text(
        json.dumps({"mischief": mischief or {}}, ensure_ascii=False), encoding="utf-8"
    )
    workbook(root / "data/县.xlsx", **county)  # type: ignore[arg-type]
    return root


def asked(place: Path, **changes: object) -> BatchRequest:
    """What a batch is asked: by fields of the batch and of the request that all its reports share."""
    names = {field.name for field in fields(BatchRequest)}
    of_batch = {name: value for name, value in changes.items() if name in names}
    of_each = {name: value for name, value in changes.items() if name not in names}
    return BatchRequest(replace(Request("总结", place, NOW), **of_each), **of_batch)  # type: ignore[arg-type]


def make(
    place: Path, *, executor: object = lambda _w, _s: executors.Here(), **changes: object
) -> door.BatchResult:
    """A batch in this process, each notebook in one to throw away."""
    request = asked(place, **changes)
    return door.make(request, lambda _: None, workers=1, executor=executor)


def start(place: Path, *words: str) -> prompt.Running:
    """A batch under way."""
    return prompt.start("zhibi", "batch", "总结", "--json", *words, cwd=place)


def finish(process: prompt.Running) -> tuple[int, dict]:
    """Its exit code and what it said."""
    said, trouble = process.communicate()
    assert said.strip(), trouble
    return process.wait(0), json.loads(said)


def batch(place: Path, *words: str) -> tuple[int, dict]:
    return finish(start(place, *words))


def documents(folder: Path) -> dict[str, bytes]:
    """Every document by the code of its branch."""
    found = [path for path in sorted(folder.glob("*/报告.docx")) if path.parent.name[0] != "."]
    return {path.parent.name: path.read_bytes() for path in found}


def litter(folder: Path) -> list[str]:
    """Files that a dead process left half-made among the documents."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob(".zhibi-*"))


def below(pid: int) -> list[int]:
    """All processes a process started, and theirs."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = [int(word) for word in task.read_text().split()]
        except OSError:
            continue
        for child in children:
            found += [child, *below(child)]
    return found


def kill(pid: int) -> bool:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


def until(true, seconds: float = 120.0) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.05)

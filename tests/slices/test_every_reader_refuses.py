"""In the run of one organisation every function that reads data opens its own slice and nothing else: tried one by one."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

import pandas as pd
import pytest

from dangjian import DOMAIN
from dangjian.model.county import open_county
from dangjian.model.subtree import open_system
from dangjian.scoring.partition import Division, open_branch
from dangjian.workbook.contract import CONTRACT
from gongwen.errors import NotYours
from zhibi.data import read as reading
from zhibi.data.snapshot import cache, columnar, own_tables, slices
from zhibi.data.snapshot.access_scope import VARIABLE, write_pass
from zhibi.data.sources import container, folder, workbooks, xlsx
from zhibi.data.sources.any_file import read_file, read_sources
from zhibi.data.writing.annotate.marking import mark
from zhibi.data.writing.corrections.corrected import corrected
from zhibi.notebook.own_table import open_table
from zhibi.report import pipeline

pytestmark = pytest.mark.slow

TOP = Path(__file__).resolve().parents[2]
BOOK = TOP / "data/示例县.xlsx"


@pytest.fixture(scope="module")
def others(tmp_path_factory) -> Path:
    """What lies about beside a run: the workbook, a folder of CSV, another's slice, the cache of the whole county."""
    place = tmp_path_factory.mktemp("别人")
    shutil.copy(BOOK, place / "县.xlsx")
    (place / "表").mkdir()
    (place / "表/党员.csv").write_text("姓名,党员代码\n张三,M0001\n", "utf-8")
    (place / "各支部").mkdir()
    shutil.copy(BOOK, place / "各支部/B013.xlsx")
    shutil.copy(BOOK, place / "各支部/B014.xlsx")
    division = Division(open_county(BOOK).data)
    columnar.save(place / "B013", columnar.pack(division.slice("B013")))
    columnar.save(place / "B012", columnar.pack(division.slice("B012")))
    cache.read(place / "县.xlsx", CONTRACT, "dangjian", place / "cache")
    return place


@pytest.fixture
def held(others, tmp_path, monkeypatch) -> Path:
    """This process as the run of B012's report."""
    inside = write_pass(tmp_path, "B012", "data/示例县.xlsx")
    shutil.copytree(others / "B012", inside, dirs_exist_ok=True)
    monkeypatch.setenv(VARIABLE, str(inside))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def plan(workbook: Path):
    request = pipeline.Request(
        report="annual_review", here=TOP, asked_at=datetime.now().astimezone(), data=workbook,
        options=("branch=B013",),
    )  # fmt: skip
    return pipeline.prepare(request)


def cached(place: Path) -> Path:
    return next(each for each in (place / "cache").iterdir() if each.is_dir())


READERS = {
    "open_branch": lambda at: open_branch(str(at / "县.xlsx"), "B012"),
    "open_branch of another": lambda _: open_branch("data/示例县.xlsx", "B013"),
    "open_branch of another's slice": lambda at: open_branch(str(at / "B013"), "B013"),
    "open_county": lambda at: open_county(at / "县.xlsx"),
    "open_county by its own name": lambda _: open_county("data/示例县.xlsx"),
    "open_system": lambda at: open_system(str(at / "县.xlsx"), "B016"),
    "open_table": lambda at: open_table(str(at / "县.xlsx"), "党员"),
    "open_dataset": lambda at: reading.open_dataset(at / "县.xlsx", CONTRACT),
    "read": lambda at: reading.read(at / "县.xlsx", CONTRACT),
    "read of a database": lambda _: reading.read("postgresql://u@127.0.0.1:1/x", CONTRACT),
    "examine": lambda at: reading.examine(at / "县.xlsx", CONTRACT),
    "cache.read": lambda at: cache.read(at / "县.xlsx", CONTRACT, "dangjian", at / "cache"),
    "cache.findings_in": lambda at: cache.findings_in(cached(at)),
    "columnar.load": lambda at: columnar.load(at / "B013", CONTRACT),
    "columnar.load of the cache": lambda at: columnar.load(cached(at), CONTRACT),
    "columnar.opened": lambda at: columnar.opened(at / "B013", CONTRACT.sheets[0], {}),
    "slices.given": lambda at: slices.given(at / "B013", CONTRACT),
    "slices.open_whole": lambda at: slices.open_whole(at / "县.xlsx", CONTRACT),
    "slices.open_slice": lambda at: slices.open_slice(str(at / "B013"), "B013", CONTRACT, DOMAIN.divide),
    "own_tables.read_table": lambda at: own_tables.read_table(own_tables.TableRequest(str(at / "县.xlsx"), "党员")),
    "own_tables.unpacked": lambda at: own_tables.unpacked(at / "B013", own_tables.TableRequest("县.xlsx", "党员")),
    "read_xlsx": lambda at: xlsx.read_xlsx(at / "县.xlsx"),
    "read_folder": lambda at: folder.read_folder(at / "表"),
    "read_csv": lambda at: folder.read_csv(at / "表/党员.csv"),
    "read_workbooks": lambda at: workbooks.read_workbooks(at / "各支部"),
    "open_package": lambda at: container.open_package(at / "县.xlsx"),
    "file_bytes": lambda at: container.file_bytes(at / "县.xlsx"),
    "read_sources": lambda at: list(read_sources([at / "县.xlsx"], [])),
    "read_file": lambda at: read_file(at / "县.xlsx"),
    "mark": lambda at: mark(at / "县.xlsx", ()),
    "corrected": lambda at: corrected(at / "县.xlsx", CONTRACT),
    "pipeline.read_data": lambda at: pipeline.read_data(plan(at / "县.xlsx")),
}  # fmt: skip


@pytest.mark.parametrize("reader", READERS)
def test_what_is_not_its_own_is_refused(held, others, reader):
    with pytest.raises(NotYours):
        READERS[reader](others)


def test_outside_of_a_run_the_same_calls_read(others):
    for name in ("read", "cache.read", "columnar.load", "read_xlsx", "open_package", "mark"):
        assert READERS[name](others)


def test_its_own_slice_is_opened(held):
    assert open_branch("data/示例县.xlsx", "B012").code == "B012"


def test_what_the_page_on_slices_says_of_other_ways_is_so(held, others):
    """无意中绕开的: not found by its relative path in a run's folder, found by an absolute one."""
    with pytest.raises(FileNotFoundError):
        pd.read_excel("data/示例县.xlsx", engine="openpyxl")
    assert len(pd.read_excel(others / "县.xlsx", sheet_name="党员", engine="openpyxl")) > 500
    page = (TOP / "docs/切片.md").read_text("utf-8")
    assert "| 无意中绕开的（`pd.read_excel(workbook)` 等） | 工作簿在工作区里的：在自己的文件夹里按相对路径找不到 | 参数里是绝对路径的工作簿 |" in page  # fmt: skip

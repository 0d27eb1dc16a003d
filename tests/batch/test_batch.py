"""What a batch makes, what it makes again and what it leaves alone; whom it is for; what goes out."""

from __future__ import annotations

import io
import os
import re
import shutil
import signal
import subprocess
import threading
import zipfile
from concurrent.futures import Future
from contextlib import nullcontext
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Event
from types import SimpleNamespace

import openpyxl
import pytest
from rich.cells import cell_len
from rich.console import Console
from small_county import CODES, NOW, ZHIBI, asked, documents, litter, make, workspace

from dangjian.scoring.partition import Division
from gongwen.errors import InvalidInput, UnknownName
from zhibi.batch import service as door
from zhibi.batch.planning import up_to_date
from zhibi.batch.planning.plan import apart, prepared
from zhibi.batch.planning.selection import chosen
from zhibi.batch.request import Result, Shard, State
from zhibi.batch.results import archive as sending
from zhibi.batch.results.failures import grouped
from zhibi.batch.run import BatchProgress
from zhibi.batch.workers import executors
from zhibi.batch.workers.worker import died
from zhibi.domain import Organisation
from zhibi.doors.cli.console.batch_progress import bar_on, said
from zhibi.engines import Limits
from zhibi.engines.fork.channel import Cause, Died

pytestmark = pytest.mark.kernel
MADE = "outputs/总结/2026/小县"


def codes(organisations) -> list[str]:
    return [org.code for org in organisations]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory) -> tuple[Path, door.BatchResult]:
    """A county whose names are no file names, two of them alike."""
    names = {
        "B001": "../../x",
        "B002": "=cmd|' /C calc'!A0",
        "B003": "同名党支部",
        "B004": "同名党支部",
        "B005": "a/b\\c:d",
    }
    place = workspace(
        tmp_path_factory.mktemp("名") / "工作区", names=names, superiors=("../../上级", "CON")
    )
    return place, make(place)


def test_every_branch_has_its_document_in_its_folder(hostile):
    place, made = hostile

    assert codes(made.outcome.made) == list(CODES)
    assert sorted(documents(place / MADE)) == list(CODES)


def test_the_zip_has_a_folder_for_each_superior_and_names_anyone_can_read(hostile):
    with zipfile.ZipFile(hostile[1].zip) as archive:
        names = archive.namelist()

    assert "_/2026年度工作总结-第B006党支部.docx" not in names
    assert {name.split("/")[0] for name in names} == {"_.._上级", "_CON"}
    assert "_.._上级/2026年度工作总结-第B007党支部.docx" in names
    assert len({name.casefold() for name in names}) == len(CODES)
    assert [
        name
        for name in names
        if ".." in Path(name).parts or name.startswith("/") or "\\" in name or ":" in name
    ] == []


def test_nothing_is_written_outside_the_batch_folder_but_scratch(hostile):
    place, _ = hostile
    outside = {path.name for path in (place / "outputs").iterdir()} | {
        path.name for path in place.parent.iterdir()
    }

    assert outside == {"总结", ".zhibi", "工作区"}


def test_a_name_that_looks_like_a_formula_is_text_in_the_summary(hostile):
    book = openpyxl.load_workbook(hostile[1].summary)
    row = next(row for row in book["各份报告"].iter_rows(min_row=2) if row[0].value == "B002")

    assert (row[1].value, row[1].data_type) == ("=cmd|' /C calc'!A0", "s")
    assert book.sheetnames == ["各份报告", "没有做成的", "提示汇总"]


@pytest.fixture(scope="module")
def kept(tmp_path_factory) -> tuple[Path, Path]:
    """A batch of three that was just made, and a copy of all of it to put back."""
    place = workspace(tmp_path_factory.mktemp("三") / "工作区")
    make(place, only=("B001", "B002", "B003"))
    return place, Path(shutil.copytree(place, place.parent / "原样"))


@pytest.fixture
def made(kept) -> Path:
    """That batch as if nothing had happened since."""
    place, copy = kept
    shutil.rmtree(place)
    shutil.copytree(copy, place)
    return place


def again(place: Path, **changes: object) -> door.BatchResult:
    return make(place, only=("B001", "B002", "B003"), **changes)


def rename(place: Path, code: str, sheet: str = "党员", column: int = 2) -> None:
    """Change one cell of one organisation's rows in the workbook."""
    book = openpyxl.load_workbook(place / "data/县.xlsx")
    key = 3 if sheet == "党员" else 1
    row = next(row for row in book[sheet].iter_rows(min_row=2) if row[key - 1].value == code)
    row[column - 1].value = "李四"
    book.save(place / "data/县.xlsx")


def test_what_is_there_is_not_made_again(made):
    assert codes(again(made).outcome.made) == []


def test_a_cell_of_one_branch_makes_one_document_again(made):
    rename(made, "B002")

    assert codes(again(made).outcome.made) == ["B002"]


def test_another_parameter_makes_all_again_and_another_day_none(made, monkeypatch):
    assert codes(again(made, asked_at=NOW - timedelta(days=800)).outcome.made) == []
    cut, true_slice = [], Division.slice
    monkeypatch.setattr(
        Division, "slice", lambda self, code: cut.append(code) or true_slice(self, code)
    )

    assert codes(again(made, options=("mischief={X: x}",)).outcome.made) == ["B001", "B002", "B003"]
    assert cut == [
        "B001",
        "B002",
        "B003",
    ]  # when its turn comes, not once more to see whether it must be made


def test_a_document_that_is_gone_or_torn_is_made_again(made):
    before = documents(made / MADE)
    (made / MADE / "B001/报告.docx").unlink()
    (made / MADE / "B003/run.json").write_bytes(b"{")

    assert codes(again(made).outcome.made) == ["B001", "B003"]
    assert documents(made / MADE) == before


def test_a_document_that_people_changed_is_left_alone_and_goes_out_as_it_is(made):
    path = made / MADE / "B002/报告.docx"
    path.write_bytes(b"PK by hand")
    done = again(made)

    assert codes(done.outcome.made) == []
    assert done.outcome.needs["B002"].name == "EDITED"
    assert path.read_bytes() == b"PK by hand"
    with zipfile.ZipFile(done.zip) as archive:
        assert b"PK by hand" in {archive.read(name) for name in archive.namelist()}


def test_a_changed_document_that_must_be_made_again_is_kept_beside(made):
    (made / MADE / "B002/报告.docx").write_bytes(b"PK by hand")
    rename(made, "B002")
    done = again(made)

    assert codes(done.outcome.made) == ["B002"]
    assert [path.name for path in done.outcome.edited] == ["报告-改动稿-1.docx"]
    assert (made / MADE / "B002/报告-改动稿-1.docx").read_bytes() == b"PK by hand"


def test_a_lost_cache_changes_nothing(made):
    subprocess.run(["rm", "-rf", made / "outputs/.zhibi"], check=True)

    assert codes(again(made).outcome.made) == []


def test_the_second_run_says_so_without_loading_pandas(made):
    request = asked(made, only=("B001", "B002", "B003"))
    assert up_to_date.nothing_to_do(request) == up_to_date.Recent(made / MADE, 3)
    told = subprocess.run(
        [ZHIBI, "batch", "总结", "--only", "B001,B002,B003"],
        cwd=made, env={**os.environ, "PYTHONPROFILEIMPORTTIME": "1"}, capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert "没有需要做的：3份都在" in told.stdout
    assert [
        name for name in ("pandas", "nbformat", "papermill") if f" {name}\n" in told.stderr
    ] == []


@pytest.mark.parametrize("change", ["workbook", "notebook", "fonts", "document", "fresh"])
def test_the_second_run_looks_closer_when_anything_is_different(made, change):
    request = asked(made, only=("B001", "B002", "B003"))
    assert up_to_date.nothing_to_do(request) is not None
    match change:
        case "workbook":
            rename(made, "B008")
        case "notebook":
            path = made / "notebooks/总结.ipynb"
            path.write_bytes(path.read_bytes() + b"\n")
        case "fonts":
            (made / "templates/fonts").mkdir(parents=True, exist_ok=True)
            (made / "templates/fonts/own.toml").write_text("", encoding="utf-8")
        case "document":
            (made / MADE / "B001/报告.docx").write_bytes(b"")
        case "fresh":
            request = replace(request, fresh=True)

    assert up_to_date.nothing_to_do(request) is None


def test_the_second_run_looks_closer_at_what_tells_no_change(made, monkeypatch):
    monkeypatch.setattr(up_to_date.cache, "key_of", lambda *_: None)  # as for a database
    again(made, fresh=True)

    assert up_to_date.nothing_to_do(asked(made, only=("B001", "B002", "B003"))) is None


def test_shards_are_made_apart_and_a_whole_batch_knows_of_them(tmp_path):
    place = workspace(tmp_path / "工作区")
    parts = [
        codes(make(place, shard=Shard(index, 3), only=CODES[:5]).outcome.made)
        for index in (1, 2, 3)
    ]
    whole = make(place, only=CODES[:5])

    assert parts == [["B001", "B004"], ["B002", "B005"], ["B003"]]
    assert codes(whole.outcome.made) == []
    assert whole.zip is not None


def test_a_failure_stops_a_batch_that_is_to_stop(tmp_path):
    place = workspace(tmp_path / "工作区", mischief={"B001": "1 / 0"})
    done = make(place, keep_going=False, only=CODES[:4])

    assert codes(done.outcome.failed) == ["B001"]
    assert len(done.outcome.left) >= 1
    assert done.outcome.entries["B001"].result.kept


class Deadly(executors.Here):
    """Every process dies while it writes its files."""

    def submit(self, fn, /, *args, **kwargs):
        (request,) = args
        (request.out / ".zhibi-half").mkdir(parents=True)
        future = Future()
        future.set_result(died(Died(Cause.SIGNAL, -9)))
        return future


def test_what_died_for_good_leaves_nothing_half_made(tmp_path):
    place = workspace(tmp_path / "工作区")
    request = asked(place, only=("B001",))
    done = door.make(request, lambda _: None, workers=1, executor=lambda _w, _s: Deadly())

    assert codes(done.outcome.failed) == ["B001"]
    assert litter(place / MADE) == []


class Slow:
    """A helper that writes until it is ended."""

    def __init__(self) -> None:
        self.begun, self.ended = Event(), Event()

    def perform(self, work, limits, told):
        (request,) = work.args
        (request.out / ".zhibi-half").mkdir(parents=True)
        self.begun.set()
        assert self.ended.wait(60)
        return Died(Cause.SIGNAL, -9)

    def close(self) -> None:
        self.ended.set()


def test_an_interrupt_ends_the_helpers_before_it_cleans_up(tmp_path, monkeypatch):
    place, helper = workspace(tmp_path / "工作区"), Slow()
    monkeypatch.setattr(executors.fork_client, "helper", lambda *_: nullcontext(helper))

    def interrupt(_standing) -> None:
        assert helper.begun.wait(60)
        raise KeyboardInterrupt

    request = asked(place, only=CODES[:2])
    with pytest.raises(KeyboardInterrupt):
        door.make(
            request, interrupt, workers=1, executor=lambda workers, _: executors.Waiting(workers)
        )

    assert helper.ended.is_set()
    assert litter(place / MADE) == []


def test_what_the_system_killed_is_tried_again_and_what_only_says_so_is_not(tmp_path):
    mischief = {
        "B001": f"os.chdir({str(tmp_path)!r}); there = os.path.exists('killed'); open('killed', 'w').close()\n"
        "there or os.kill(os.getpid(), 9)",
        "B002": "raise ValueError('内核被系统强行结束，多半是内存不足。请关闭其他程序后重试。')",
    }
    done = make(workspace(tmp_path / "工作区", mischief=mischief), only=("B001", "B002"))
    entries = done.outcome.entries

    assert {code: (entry.result.done, entry.attempts) for code, entry in entries.items()} == {
        "B001": (True, 2), "B002": (False, 1),
    }  # fmt: skip


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_an_interrupt_amid_a_fork_waits_until_the_child_is_known(tmp_path, monkeypatch):
    def start(*_given, **_more) -> str:
        signal.raise_signal(signal.SIGINT)
        return "child"

    monkeypatch.setattr(executors.process, "start", start)
    pool = executors.Forking(1, tmp_path)
    pool.submit(executors.run, SimpleNamespace(limits=Limits(), own_process=False))
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            pool.turn(0)
    finally:
        signal.signal(signal.SIGINT, before)

    assert list(pool._running) == ["child"]


def test_a_report_about_the_whole_county_is_refused(made):
    text = (
        (made / "notebooks/总结.ipynb")
        .read_text("utf-8")
        .replace('"scope": "branch"', '"scope": "county"')
    )
    (made / "notebooks/总结.ipynb").write_text(text, encoding="utf-8")

    with pytest.raises(InvalidInput, match="不是一个组织一份"), prepared(asked(made)):
        pass


ORGS = (
    Organisation("B001", "甲", "上", {"类型": "党支部", "成立日期": "2019-01-02", "党小组数": "2"}),
    Organisation(
        "B002", "乙", "上", {"类型": "联合党支部", "成立日期": "2026-03-01", "党小组数": "10"}
    ),
    Organisation("B003", "丙", "下", {"类型": "党支部", "成立日期": "", "党小组数": ""}),
    Organisation(
        "D001", "丁", "", {"类型": "党委", "成立日期": "2010-01-01", "党小组数": ""}, reports=False
    ),
)


@pytest.mark.parametrize(
    ("where", "only", "expected"),
    [
        ((), (), "B001 B002 B003"),
        ((), ("D001", "B001", "D001"), "D001 B001"),
        (("类型=党支部",), (), "B001 B003"),
        (("类型=党支部|联合党支部", "成立日期>=2020-01-01"), (), "B002"),
        (("类型!=党支部",), (), "B002"),
        (("类型~联合",), (), "B002"),
        (("党小组数>9",), (), "B002"),
        (("党小组数 ≤ 2",), (), "B001"),
        (("成立日期=",), (), "B003"),
    ],
)
def test_conditions_choose(where, only, expected):
    assert " ".join(codes(chosen(ORGS, asked(Path(), where=where, only=only)))) == expected


@pytest.mark.parametrize(
    ("conditions", "error", "words"),
    [
        ({"where": ("类型",)}, InvalidInput, "列名=值"),
        ({"where": ("类形=党支部",)}, UnknownName, "类型"),
        ({"only": ("B0011",)}, UnknownName, "B001"),
    ],
)
def test_a_wrong_condition_is_refused_with_advice(conditions, error, words):
    with pytest.raises(error, match=words):
        chosen(ORGS, asked(Path(), **conditions))


def test_shards_leave_nobody_out_and_take_nobody_twice():
    parts = [codes(chosen(ORGS, asked(Path(), shard=Shard(index, 2)))) for index in (1, 2)]

    assert parts == [["B001", "B003"], ["B002"]]


def test_names_that_differ_in_case_only_are_told_apart():
    assert apart(["A.docx", "a.docx", "b", "A.docx"]) == [
        "A.docx",
        "a（2）.docx",
        "b",
        "A（3）.docx",
    ]
    assert list(
        sending.names("总结", [Organisation("1", "甲"), Organisation("2", "甲")]).values()
    ) == [
        "没有上级的/总结-甲.docx",
        "没有上级的/总结-甲（2）.docx",
    ]


def test_failures_of_one_cause_are_told_once_with_everyone_named():
    failed = Result(
        State.FAILED, cause="NotebookFailed", message="总结.ipynb 第3个单元格：除数为零。"
    )
    groups = grouped(
        [(ORGS[0], failed), (ORGS[2], failed), (ORGS[1], replace(failed, cause="OutputBlocked"))]
    )

    assert [(group.heading, codes(group.organisations)) for group in groups] == [
        ("笔记本运行出错", ["B001", "B003"]), ("文件写不进去", ["B002"]),
    ]  # fmt: skip
    assert "2份：甲、丙" in str(groups[0])


@pytest.mark.parametrize("width", [80, 60])
def test_on_a_terminal_the_bar_is_one_line_in_which_long_names_give_way(width):
    console = Console(file=io.StringIO(), force_terminal=True, color_system=None, width=width)
    name = "中共小县城市建设投资集团有限责任公司第一党支部委员会"
    before = threading.active_count()
    with bar_on(console) as told:
        told(BatchProgress(8, 3, 1, (name, name)))
        threads = threading.active_count()
    lines = [
        line
        for line in re.split(r"[\r\n]|\x1b\[[?0-9;]*[a-zA-Z]", console.file.getvalue())
        if "4/8" in line
    ]

    assert threads == before  # a process with threads must not fork
    assert lines
    assert all(line.startswith("成批生成 ━━━") and "4/8 失败1，" in line for line in lines)
    assert max(map(cell_len, lines)) <= width


def test_how_a_batch_stands_is_one_line():
    now = BatchProgress(32, 10, 2, ("甲", "乙", "丙", "丁"))

    assert said(now, 6.0) == "失败2，2.0份/秒，约剩10秒，正在做：甲、乙、丙等4份"
    assert said(BatchProgress(3), 0.0) == ""

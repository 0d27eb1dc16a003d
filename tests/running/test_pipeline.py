"""One job from notebook to files: whole, repeatable, and the last good report safe from the next bad run."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime

import nbformat
import pytest
from notebooks import SMALL, SMALL_ABOUT, book, code, new_markdown_cell
from notebooks import workspace as made

from gongwen.errors import (
    NotebookFailed,
    NotEveryCellRan,
    NotFinal,
    OutputBlocked,
    ReportError,
    UnknownName,
)
from prompt import typed
from zhibi.engines import Zhibi
from zhibi.report import outputs, pipeline
from zhibi.report.pipeline import Request

pytestmark = pytest.mark.kernel
NOW = datetime(2026, 12, 8, 9, tzinfo=UTC)
YAML = 'org: "../县"\n'


def job(root, report="small", **kw):
    return Request(report, root, NOW, **kw)


def run(asked):
    return pipeline.run(asked, engine=Zhibi())


def small(tmp_path, *more, about=SMALL_ABOUT):
    return made(tmp_path, yaml=YAML, small=book(*SMALL, *more, zhibi=about))


def tree(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def fails(root, kind, message, report="small", **kw):
    with pytest.raises(kind) as caught:
        run(job(root, report, **kw))
    assert message in str(caught.value)


def test_a_job_ends_with_four_files_in_their_folder(tmp_path):
    outcome = run(job(small(tmp_path), options=("year=2026",)))

    assert outcome.folder == tmp_path / "outputs" / "small" / "2026" / "_县"
    assert sorted(path.name for path in outcome.files) == [
        "run.ipynb",
        "run.json",
        "报告.docx",
        "数据出处.xlsx",
    ]
    assert outcome.findings == ()
    assert outcome.figures == 7


def test_the_record_says_what_went_in_and_what_came_out(tmp_path):
    root = small(tmp_path)
    outcome = run(job(root))
    record = json.loads((outcome.folder / outputs.RECORD).read_text("utf-8"))
    digest = hashlib.sha256((root / "notebooks" / "small.ipynb").read_bytes()).hexdigest()

    assert record["parameters"] == {"year": 2025, "org": "../县"}
    assert record["inputs"]["notebook"] == {"path": "notebooks/small.ipynb", "sha256": digest}
    assert (record["asked_at"], record["figures"], record["title"]) == (
        "2026-12-08T09:00:00+00:00",
        7,
        "关于测试的报告",
    )
    assert set(record["versions"]) >= {"python", "zhibi", "papermill"}


def test_the_same_job_gives_the_same_bytes(tmp_path):
    root = small(tmp_path)
    first = tree(run(job(root)).folder)
    second = tree(run(job(root)).folder)

    assert {name for name in first if first[name] == second[name]} >= {
        outputs.REPORT,
        outputs.PROVENANCE,
        outputs.RECORD,
    }


def test_papermill_and_nbconvert_give_the_same_document(tmp_path):
    root = small(tmp_path)
    ours = (run(job(root)).folder / outputs.REPORT).read_bytes()
    for words in (
        ["papermill", "notebooks/small.ipynb", "out.ipynb", "-f", "params/small.yaml"],
        ["jupyter", "nbconvert", "--to", "gongwen", "out.ipynb"],
    ):
        assert typed(*words, cwd=root).returncode == 0

    assert (root / "out.docx").read_bytes() == ours


def test_a_run_that_fails_keeps_the_last_good_report_and_what_ran(tmp_path):
    root = small(tmp_path)
    good = tree(run(job(root)).folder)
    small(tmp_path, "1 / 0")

    fails(root, NotebookFailed, "small.ipynb 第5个单元格：除数为零")

    now = tree(root / "outputs" / "small" / "2025" / "_县")
    broken = nbformat.reads(now.pop(outputs.BROKEN).decode(), as_version=4)
    assert now == good
    assert broken.cells[-1].outputs[0].ename == "ZeroDivisionError"


def test_the_next_good_run_clears_the_broken_one_away(tmp_path):
    root = small(tmp_path, "1 / 0")
    fails(root, NotebookFailed, "出错.ipynb")
    small(tmp_path)

    assert outputs.BROKEN not in tree(run(job(root)).folder)


def test_a_notebook_that_leaves_early_is_no_report(tmp_path):
    root = small(tmp_path, "import sys; sys.exit(0)", "3")

    fails(root, NotEveryCellRan, "第6个单元格没有运行")
    assert list(tree(root / "outputs")) == [f"small/2025/_县/{outputs.BROKEN}"]


def test_a_final_report_has_nothing_left_to_write(tmp_path):
    root = small(tmp_path, "%%待撰写 None\n写清原因", "%%正文\n手写598名。")
    draft = run(job(root))
    before = tree(draft.folder)

    assert [finding.code for finding in draft.findings][:2] == ["W01", "W02"]
    fails(root, NotFinal, "有2处需要处理", final=True)
    assert tree(draft.folder) == before


def test_a_final_report_passes_the_checker_as_any_other_word_file(tmp_path):
    root = small(tmp_path, "%%正文\n完成任务，，推进改革。")

    assert "P26" in [finding.code for finding in run(job(root)).findings]  # a draft: told, made
    kept = tree(root / "outputs")
    fails(root, NotFinal, "[错误 P26] 报告.docx 第", final=True)
    assert tree(root / "outputs") == kept


def test_a_report_without_errors_is_final(tmp_path):
    assert run(job(small(tmp_path), final=True)).findings == ()


def test_a_review_copy_has_comments(tmp_path):
    root = small(tmp_path)
    plain = (run(job(root)).folder / outputs.REPORT).read_bytes()

    assert len((run(job(root, review=True)).folder / outputs.REPORT).read_bytes()) > len(plain)


def test_nothing_runs_when_a_parameter_is_wrong(tmp_path):
    root = small(tmp_path, "open('ran', 'w')")

    fails(root, ReportError, "是否想写“year”？", options=("yer=1",))
    assert not (root / "ran").exists()


def test_nothing_runs_when_the_report_is_open_in_word(tmp_path):
    root = small(tmp_path, "open('ran', 'w')")
    (root / "out").mkdir()
    (root / "out" / "~$报告.docx").write_bytes(b"")

    fails(root, OutputBlocked, "打开", out=root / "out")
    assert not (root / "ran").exists()


def test_the_folder_asked_for_is_the_folder_written(tmp_path):
    root = small(tmp_path)

    assert outputs.REPORT in tree(run(job(root, out=root / "甲" / "乙")).folder)
    assert outputs.REPORT in tree(root / "甲" / "乙")


def test_the_metadata_may_only_name_what_is_there(tmp_path):
    fails(small(tmp_path, about={"period": "yaer"}), UnknownName, "是否想写“year”？")


def test_the_data_option_needs_a_notebook_that_reads_data(tmp_path):
    fails(small(tmp_path), UnknownName, "--data", data=tmp_path / "a.xlsx")


def test_a_plain_notebook_outside_of_a_workspace_becomes_a_document(tmp_path):
    nb = book(
        new_markdown_cell("# 题目\n\n有党员598名"),
        "import pandas as pd\npd.DataFrame({'单位': ['甲']})",
        kernel=None,
    )
    nbformat.write(nb, tmp_path / "plain.ipynb")
    outcome = run(job(tmp_path, "plain.ipynb"))

    assert outcome.folder == tmp_path / "outputs" / "plain" / "不分期" / "未指明组织"
    assert outcome.findings == ()


def test_a_run_sees_the_workspace_from_wherever_it_is_asked_for(tmp_path):
    root = small(tmp_path, code("import os; assert sorted(os.listdir('.'))[-1] == 'zhibi.toml'"))

    assert run(Request("small", root / "notebooks", NOW)).folder.is_relative_to(root / "outputs")

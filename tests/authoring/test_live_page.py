"""A kernel that is told which cell it runs, as JupyterLab tells it, shows what the page will say."""

from __future__ import annotations

import os
import queue

import pytest
from jupyter_client.manager import start_new_kernel

from prompt import typed
from zhibi.doors.lab import without_outputs

pytestmark = [
    pytest.mark.kernel,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]

SET_UP = """%load_ext zhibi
from zhibi import count, table
import pandas as pd
index = pd.MultiIndex.from_tuples([("县.xlsx", "党员", row) for row in range(2, 12)], names=["file", "sheet", "row"])
党员 = pd.DataFrame({"姓名": list("甲乙丙丁戊己庚辛壬癸")}, index=index)
党员总数 = count(党员, "党员总数", "名")"""


class Lab:
    """One kernel, asked cell by cell."""

    def __init__(self, client) -> None:
        self.client = client

    def run(self, cell: str, source: str) -> list[tuple[str, str]]:
        """What the cell shows: the kind of message, and its HTML, text or error."""
        content = {
            "code": source,
            "silent": False,
            "store_history": True,
            "user_expressions": {},
            "allow_stdin": False,
            "stop_on_error": True,
        }
        asked = self.client.session.msg("execute_request", content, metadata={"cellId": cell})
        self.client.shell_channel.send(asked)
        shown = []
        while True:
            try:
                message = self.client.get_iopub_msg(timeout=60)
            except queue.Empty:
                pytest.fail("the kernel said nothing for a minute")
            if message["parent_header"].get("msg_id") != asked["header"]["msg_id"]:
                continue
            said = message["content"]
            if message["msg_type"] == "status" and said["execution_state"] == "idle":
                return shown
            if message["msg_type"] == "error":
                shown.append(("error", "\n".join(said["traceback"])))
            elif "data" in said:
                shown.append(
                    (message["msg_type"], said["data"].get("text/html", said["data"]["text/plain"]))
                )


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    place = tmp_path_factory.mktemp("县") / "工作区"
    assert typed("zhibi", "init", str(place), cwd=place.parent).returncode == 0
    own = place / "params/annual_review.yaml"
    own.write_text('branch: "B003"\ntexts: {导语: 写在文件里的话。}\n', encoding="utf-8")
    named = {"JPY_SESSION_NAME": "notebooks/annual_review.ipynb"}  # as Jupyter Server names it
    manager, client = start_new_kernel(
        kernel_name="python3", cwd=str(place / "notebooks"), env={**os.environ, **named}
    )
    page = Lab(client)
    ((_, told),) = page.run("set-up", SET_UP)
    assert "参数取自 params/annual_review.yaml：branch、texts。" in told
    yield page
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def test_a_figure_alone_is_one_line_of_chinese(lab):
    ((_, shown),) = lab.run("fact", "党员总数")
    assert shown == "10名　党员总数（计数，党员表第2—11行）"


def test_the_parameters_file_counts_as_in_a_report_run(lab):
    assert lab.run("look", "branch, texts")[0][1] == "('B003', {'导语': '写在文件里的话。'})"
    cell = (
        "workbook: str = 'a.xlsx'\nbranch: str = 'B012'\nissued_on: str = ''\ntexts_for: str = ''\n"
        "texts: dict = {}"
    )
    lab.run("parameters", cell)
    assert lab.run("look", "branch, workbook")[0][1] == "('B003', 'a.xlsx')"
    lab.run("own", "branch = 'B014'")
    assert lab.run("look", "branch")[0][1] == "'B014'"


def test_the_extension_may_be_loaded_twice_in_one_cell(lab):
    (_, told) = lab.run("twice", "%load_ext zhibi\n%load_ext zhibi")
    assert "already" not in told[1]


def test_headings_and_mentions_carry_the_numbers_of_the_page(lab):
    ((_, first),) = lab.run("one", "%%正文\n## 情况\n\n### 小\n\n见【表：单】。")
    assert "一、情况" in first
    assert "（一）小" in first
    assert "〔单〕" in first

    again, (_, table) = lab.run(
        "two", "table([{'甲': '乙'}], caption='各单位', key='单', unit='个')"
    )
    assert again[0] == "update_display_data"
    assert "见<span>表1</span>。" in again[1]
    assert "<caption>表1　各单位" in table
    assert table.index("表1") < table.index("单位：个") < table.index("<thead>")

    ((_, third),) = lab.run("three", "%%正文\n## 问题\n\n见【表：单】。")
    assert "二、问题" in third
    assert "表1" in third
    ((_, once_more),) = lab.run("one", "%%正文\n## 情况\n\n改过。")
    assert "一、情况" in once_more


def test_a_typed_figure_is_marked_in_its_cell_at_once(lab):
    ((_, shown),) = lab.run(
        "typed", "%%正文\n共有【党员总数】，走访15个支部，依据〔2025〕3号文件。"
    )
    assert 'title="手写的数，查不到出处' in shown
    assert ">15个</mark>" in shown
    assert shown.count("<mark") == 1


def test_an_error_is_one_chinese_sentence_with_its_line(lab):
    ((kind, said),) = lab.run("wrong", "x = 1\n党员['姓']")
    assert (kind, said) == ("error", "第2行：找不到名为 '姓' 的列或键。请检查拼写和数据的表头。")


def test_outputs_are_not_saved_in_report_notebooks():
    def saved(about: dict[str, object]) -> list[object]:
        cell = {"cell_type": "code", "outputs": ["名单"], "execution_count": 3, "source": ""}
        content = {"metadata": about, "cells": [cell]}
        without_outputs(model={"type": "notebook", "content": content}, path="x.ipynb")
        return cell["outputs"]

    assert saved({"zhibi": {"title": "调研报告"}}) == []
    assert saved({"zhibi": {"title": "调研报告", "outputs": True}}) == ["名单"]
    assert saved({}) == ["名单"]

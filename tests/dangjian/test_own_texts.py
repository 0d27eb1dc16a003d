"""撰写: texts people wrote in the workbook are printed where they belong, and what is wrong with them is said."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from dangjian.model.branch import branch_of
from dangjian.model.county import County
from dangjian.model.subtree import system_of
from dangjian.scoring.partition import Division
from dangjian.workbook.contract import CONTRACT
from gongwen.document import Todo
from gongwen.errors import BadExpression
from zhibi.data.read import read
from zhibi.notebook.authoring.written import to_write, written

sys.path.append(str(Path(__file__).resolve().parents[1] / "tables"))
import workbooks

REVIEW = ("年度总结", "B002", 2026, "下一步", "把主题党日同岗位练兵结合起来。")


def county_with(folder: Path, *lines: tuple[object, ...], sheet: bool = True):
    data = workbooks.county()
    data["撰写"] = workbooks.rows("报告 党组织代码 年度 段落 文字", *lines)
    book = workbooks.workbook(data)
    if not sheet:
        del book["撰写"]
    book.save(folder / "县.xlsx")
    return read(folder / "县.xlsx", CONTRACT)


def findings_of(folder: Path, *lines: tuple[object, ...]) -> list[str]:
    _, findings = county_with(folder, *lines)
    return [
        f"{each.code} {each.place.cell} {each.message}"
        for each in findings
        if each.place.sheet == "撰写"
    ]


def test_a_text_is_its_own_organisations_and_nobody_elses(tmp_path):
    data, _ = county_with(tmp_path, REVIEW)
    division = Division(data)

    assert branch_of(division.slice("B002")).texts("年度总结") == {"下一步": REVIEW[4]}
    assert branch_of(division.slice("B003")).texts("年度总结") == {}
    assert len(division.slice("B003")["撰写"]) == 0
    assert system_of(data, "B002").texts("经验交流") == {}
    assert County(data).texts("年度总结") == {}


def test_a_text_without_an_organisation_is_the_countys(tmp_path):
    data, _ = county_with(tmp_path, ("调研报告", None, 2026, "导语", "现将情况报告如下。"))

    assert County(data).texts("调研报告") == {"导语": "现将情况报告如下。"}


def test_a_new_line_in_a_cell_begins_a_paragraph(tmp_path):
    data, _ = county_with(tmp_path, (*REVIEW[:4], "先说做法。\n再说打算。"))
    text = branch_of(Division(data).slice("B002")).texts("年度总结")["下一步"]

    assert len(to_write(text, "", {}).blocks) == 2


def test_a_text_of_another_year_is_withheld_and_the_reason_given(tmp_path):
    data, _ = county_with(tmp_path, (*REVIEW[:2], 2025, *REVIEW[3:]))
    texts = branch_of(Division(data).slice("B002")).texts("年度总结")
    shown = to_write(written({}, "", "", texts)["下一步"], "下一步怎么做", {})

    assert isinstance(shown.blocks[0], Todo)
    assert "“撰写”表第2行的文字是为2025年度写的，与本次的2026年度不符" in shown.blocks[0].hint


def test_the_workbook_comes_before_the_parameter_file_and_last_years_row_does_not():
    texts = written({"体会": "参数里写的。"}, "甲2026年度", "甲2026年度", {"体会": "表里写的。"})
    other = written({"体会": "参数里写的。"}, "甲2026年度", "甲2026年度", {"体会": ""})

    assert texts.体会 == "表里写的。"
    assert other.体会 == "参数里写的。"


def test_a_fault_in_a_text_names_its_row(tmp_path):
    data, _ = county_with(tmp_path, (*REVIEW[:4], "共有{{ 党员总数 }}。"))
    text = branch_of(Division(data).slice("B002")).texts("年度总结")["下一步"]

    with pytest.raises(BadExpression, match="“撰写”表第2行"):
        to_write(text, "", {"党员数": 1})


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ((*REVIEW[:1], "B009", *REVIEW[2:]), "V02 B2 “B009”在“党组织”表的“党组织代码”中不存在"),
        ((*REVIEW[:4], "走访群众46户。"), "V36 E2 数字“46户”是手写的，查不到出处，不能定稿"),
        ((*REVIEW[:4], "走访群众四十六户。"), "V36 E2 数字“四十六户”是手写的"),
        ((*REVIEW[:3], "下一部", REVIEW[4]), "V37 D2 “年度总结”没有名为“下一部”的段落；是否想写“下一步”？"),
        (("年度总节", *REVIEW[1:]), "V37 A2 没有名为“年度总节”的报告；是否想写“年度总结”？"),
        (("年度总结", None, *REVIEW[2:]), "V37 B2 “年度总结”是一个党组织一份，没有填党组织代码"),
        (("调研报告", "B002", 2026, "导语", "如下。"), "V37 B2 “调研报告”写的是全县，却填了党组织代码B002"),
        ((*REVIEW[:2], 2025, *REVIEW[3:]), "V37 C2 是为2025年度写的，报告年度是2026年"),
    ],
)  # fmt: skip
def test_a_text_that_is_wrong_is_told_in_one_sentence_with_its_cell(tmp_path, line, message):
    found = findings_of(tmp_path, line)

    assert len(found) == 1
    assert found[0].startswith(message)


def test_a_text_written_twice_for_one_place_is_told(tmp_path):
    assert ["V01" in found for found in findings_of(tmp_path, REVIEW, REVIEW)] == [True]


def test_names_in_a_text_and_sections_of_other_notebooks_are_no_faults(tmp_path):
    lines = (
        (*REVIEW[:4], "现有【党员数】，其中{{ 女党员 }}。"),
        ("季度通报", "B002", 2026, "情况", "已经办结。"),
    )

    assert findings_of(tmp_path, *lines) == []


def test_a_workbook_sent_out_before_the_sheet_was_there_is_read_with_a_note(tmp_path):
    data, findings = county_with(tmp_path, sheet=False)
    noted = [each for each in findings if "撰写" in each.message]

    assert data is not None
    assert [(each.code, str(each.level)) for each in noted] == [("B01", "提示")]
    assert len(data["撰写"]) == 0
    assert branch_of(Division(data).slice("B002")).texts("年度总结") == {}

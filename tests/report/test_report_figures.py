"""What the research report prints equals what anyone can count in the workbook, and nothing else is printed."""

from __future__ import annotations

import re
from collections import Counter

import docx
import openpyxl
import pytest
from clerk import run
from recount import everything

pytestmark = pytest.mark.kernel


def close(one: object, other: object) -> bool:
    if isinstance(one, str) or isinstance(other, str):
        return one == other
    return abs(float(one) - float(other)) < 1e-9  # type: ignore[arg-type]


def test_word_opens_a_report_without_repairing_it(made):
    assert made.faults == []


def test_every_figure_equals_an_independent_count_of_the_workbook(made, workspace):
    counted = everything(workspace / "data/示例县.xlsx")
    printed = made.figures

    unlike = {
        label: (printed[label], expected)
        for label, expected in counted.items()
        if label in printed
        and not any(
            close(value, expected[0]) and unit == expected[1] for value, unit in printed[label]
        )
    }

    assert unlike == {}


def test_the_independent_count_covers_all_figures_but_those_that_are_cells_or_rules(
    made, workspace
):
    counted = everything(workspace / "data/示例县.xlsx")
    computed = {
        str(row["指标"])
        for row in made.printed
        if "取值" not in str(row["算式"]) and "依据" not in str(row["算式"])
    }

    left = computed - set(counted)

    assert {label for label in left if "占" not in label and "平均" not in label} == {
        "企业数", "党支部数", "党委数", "党总支数", "联合党支部数", "临时党支部数", "配齐的党支部书记数", "登记了主题党日的党支部数", "党支部（不含联合、临时）数", "党支部（不含联合、临时）所属党员数",
        "联合党支部所属党员数", "临时党支部所属党员数", "机制做法依据的本级文件数", "覆盖率", "填报资产总额的企业数",
        "有数据可以比对的指标数", "填报党建入章情况的企业数", "落实“双向进入、交叉任职”的企业数", "制定党组织前置研究讨论重大经营管理事项清单的企业数",
    }  # fmt: skip


def test_every_numeral_on_the_page_is_a_printed_fact_or_one_of_the_few_allowed(made):
    document = docx.Document(made.docx)
    texts = [paragraph.text for paragraph in document.paragraphs]
    texts += [
        cell.text for table in document.tables for row in table.rows for cell in unmerged(row)
    ]
    numeral = re.compile(r"\d+(?:\.\d+)?")
    on_page = Counter(found for text in texts for found in numeral.findall(text))
    facts = Counter(
        found
        for row in made.printed
        if not str(row["段落"]).startswith("图")
        for found in numeral.findall(str(row["显示"]))
    )
    asked = re.compile(r"(?:表|图|附表)\d+|[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日")
    allowed = Counter(
        found for text in texts for words in asked.findall(text) for found in numeral.findall(words)
    )
    ages = Counter({"35": 3, "36": 1, "45": 1, "46": 1, "55": 1, "56": 3})

    assert on_page - facts - allowed - ages == Counter()


def unmerged(row) -> list:
    return list({id(cell._tc): cell for cell in row.cells}.values())


def test_every_printed_figure_names_file_sheet_and_rows_or_the_rule(made):
    nameless = [row for row in made.printed if not row["行列"] and "依据" not in str(row["算式"])]

    assert nameless == []


def test_the_rows_named_are_the_rows_counted(made, workspace):
    sheet = openpyxl.load_workbook(workspace / "data/示例县.xlsx")["党员"]
    women = [
        row[0].row
        for row in sheet.iter_rows(min_row=3)
        if row[3].value == "女" and row[15].value == "是"
    ]
    (named,) = {str(row["行列"]) for row in made.printed if row["指标"] == "女党员数"}

    assert rows_in(named) == women


def rows_in(words: str) -> list[int]:
    found: list[int] = []
    for first, last in re.findall(r"(\d+)(?:[-—～](\d+))?", words):
        found += range(int(first), int(last or first) + 1)
    return found


def test_changing_one_member_changes_exactly_the_figures_that_rest_on_it(made, workspace, altered):
    sheet = openpyxl.load_workbook(workspace / "data/示例县.xlsx")["党员"]
    row = next(
        row for row in sheet.iter_rows(min_row=3) if row[3].value == "男" and row[15].value == "是"
    )
    path = altered({("党员", row[3].coordinate): "女"})

    changed = run(workspace, "outputs/changed", "--data", str(path)).figures
    before = made.figures
    differing = {label for label in before | changed if before.get(label) != changed.get(label)}

    assert differing == {
        "女党员数", "女党员数占比",
        "性别为女的党员数", "性别为女的党员数占在册党员数的比重", "性别为男的党员数", "性别为男的党员数占在册党员数的比重",
    }  # fmt: skip

"""A compilation of cases: each one told from its row, found in the contents and in the index by unit."""

from __future__ import annotations

import io
import re
from pathlib import Path

import docx
import openpyxl
import pytest
from clerk import BatchResult, command
from PIL import Image

pytestmark = [pytest.mark.kernel, pytest.mark.slow]
MANY = 100
SHEET = "案例品牌"


def header(sheet) -> dict[str, int]:
    return {cell.value: cell.column for cell in sheet[1] if cell.value}


def enlarged(source: Path, target: Path, *, older: bool = False) -> Path:
    """The example workbook with a hundred selected cases; `older`: without the columns that came with this report."""
    book = openpyxl.load_workbook(source)
    sheet = book[SHEET]
    at = header(sheet)
    rows = [row for row in range(3, sheet.max_row + 1) if sheet.cell(row, at["案例编号"]).value]
    model = {name: [sheet.cell(row, at[name]).value for row in rows] for name in at}
    for number in range(MANY):
        row = 3 + number
        for name in at:
            sheet.cell(row, at[name]).value = model[name][number % len(rows)]
        sheet.cell(row, at["案例编号"]).value = f"C{number + 1:03d}"
        sheet.cell(row, at["名称"]).value = f"{model['名称'][number % len(rows)]}之{number + 1}"
        sheet.cell(row, at["入选"]).value = "是"
        if not older:
            sheet.cell(row, at["图片"]).value = (
                "data/图.png；data/没有.png" if number == 0 else None
            )
            sheet.cell(row, at["启示"]).value = None if number == 1 else "管用的办法要学得会。"
    if older:
        for name in ("图片", "附录", "启示"):
            sheet.delete_cols(header(sheet)[name])
    book.save(target)
    return target


def compiled(workspace: Path, name: str, *options: str) -> BatchResult:
    done = command(
        "zhibi", "run", "case_compilation", "--out", f"outputs/{name}", *options, cwd=workspace
    )
    assert done.returncode in {0, 1}, done.stdout + done.stderr
    return BatchResult(workspace / "outputs" / name)


def lines(made: BatchResult) -> list[tuple[str, str]]:
    file = docx.Document(made.folder / "报告.docx")
    return [(each.style.name, each.text) for each in file.paragraphs if each.text.strip()]


@pytest.fixture(scope="module")
def hundred(workspace) -> BatchResult:
    out = io.BytesIO()
    Image.new("RGB", (640, 480), (200, 30, 30)).save(out, "PNG")
    (workspace / "data/图.png").write_bytes(out.getvalue())
    book = enlarged(workspace / "data/示例县.xlsx", workspace / "data/百例.xlsx")
    return compiled(workspace, "hundred", "--data", str(book))


def test_a_hundred_cases_are_told_and_stand_in_the_contents(hundred):
    told = [text for style, text in lines(hundred) if style == "Heading 2"]
    entries = [text for style, text in lines(hundred) if style.lower() == "toc 2"]

    assert len(told) == MANY
    assert [entry.split("\t")[0] for entry in entries] == told
    assert all(re.fullmatch(r"\d+", entry.split("\t")[1]) for entry in entries)
    pages = [int(entry.split("\t")[1]) for entry in entries]
    assert pages == sorted(pages)


def test_the_index_by_unit_names_every_case_with_its_place(hundred):
    index = docx.Document(hundred.folder / "报告.docx").tables[-1]
    rows = [[cell.text for cell in row.cells] for row in index.rows[1:]]
    told = {text for style, text in lines(hundred) if style == "Heading 2"}

    assert len(rows) == MANY
    assert {f"{place.partition('（')[1]}{place.partition('（')[2]}{name}（{org}）"
            for _, org, name, place in rows} == told  # fmt: skip


def test_a_picture_is_printed_and_a_lost_one_is_a_place_to_fill(hundred):
    words = lines(hundred)
    captions = [text for style, text in words if style == "Caption"]

    assert captions[0].startswith("图1")
    assert any("data/没有.png" in text for style, text in words if style == "zhibi todo")


def test_what_the_row_leaves_blank_is_not_printed(hundred):
    first, second = (
        [text for _, text in lines(hundred) if text.startswith("启示。")],
        [text for style, text in lines(hundred) if style == "Heading 2"],
    )

    assert len(first) == len(second) - 1


def test_a_workbook_of_an_older_contract_is_read(workspace):
    book = enlarged(workspace / "data/示例县.xlsx", workspace / "data/旧表.xlsx", older=True)
    made = compiled(workspace, "older", "--data", str(book))

    assert sum(style == "Heading 2" for style, _ in lines(made)) == MANY
    assert not any(text.startswith("启示。") for _, text in lines(made))


def test_the_figures_of_the_example_are_those_of_its_rows(workspace):
    made = compiled(workspace, "example", "--final")
    words = "\n".join(text for _, text in lines(made))

    assert made.faults == []
    assert "单次平均抢通由9小时降至6小时，受益1500人次。" in words
    assert "本汇编收录典型案例11个" in words
    assert "“颗粒归仓”案例。收购服务流程：引导员迎门取号" in words
    colons = [sentence.count("：") for sentence in re.split("[。\n]", words)]
    assert max(colons) == 1


def test_a_workbook_without_a_case_makes_no_sentence_of_the_cases(workspace):
    book = openpyxl.load_workbook(workspace / "data/示例县.xlsx")
    sheet = book[SHEET]
    column = header(sheet)["做法"]
    for row in range(3, sheet.max_row + 1):
        sheet.cell(row, column).value = None
    book.save(workspace / "data/无例.xlsx")

    made = compiled(workspace, "none", "--data", str(workspace / "data/无例.xlsx"))
    words = "\n".join(text for _, text in lines(made))

    assert "待撰写：典型案例" in words
    assert "收录典型案例" not in words
    assert "填报的原话" not in words

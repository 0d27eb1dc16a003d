"""A contract -> a blank workbook that can be filled in and read back."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
from workbooks import SETTINGS, county

from dangjian.workbook.contract import CONTRACT
from zhibi.data.contract import Kind
from zhibi.data.read import read
from zhibi.data.writing.template import template


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("模板") / "模板.xlsx"
    path.write_bytes(template(CONTRACT))
    return path


def test_equal_contracts_give_equal_bytes(blank: Path) -> None:
    assert template(CONTRACT) == blank.read_bytes()


def test_sheets_stand_in_the_order_of_the_contract(blank: Path) -> None:
    assert openpyxl.load_workbook(blank).sheetnames == [
        "填表说明",
        "设置",
        *(sheet.title for sheet in CONTRACT.sheets),
    ]


def test_every_header_is_explained_and_frozen_above_a_hidden_row(blank: Path) -> None:
    book = openpyxl.load_workbook(blank)
    for sheet in CONTRACT.sheets:
        page = book[sheet.title]
        assert [cell.value for cell in page[1]] == list(sheet.headers)
        assert [cell.value for cell in page[2]] == [column.key for column in sheet.columns]
        assert all(cell.comment is not None for cell in page[1])
        assert page.row_dimensions[2].hidden
        assert page.freeze_panes == "B3"


def test_choices_numbers_and_dates_are_checked_while_typing(blank: Path) -> None:
    book = openpyxl.load_workbook(blank)
    for sheet in CONTRACT.sheets:
        rules = {
            str(rule.sqref).split("3:")[0]: rule
            for rule in book[sheet.title].data_validations.dataValidation
        }
        for at, column in enumerate(sheet.columns):
            rule = rules.get(openpyxl.utils.get_column_letter(at + 1))
            wanted = {
                Kind.CHOICE: "list",
                Kind.YES_NO: "list",
                Kind.DATE: "date",
                Kind.CODE: "textLength",
                Kind.INTEGER: "whole",
                Kind.YEAR: "whole",
                Kind.NUMBER: "decimal",
                Kind.MONEY: "decimal",
            }.get(column.kind)
            assert (rule.type if rule else None) == wanted
            assert rule is None or (rule.error and len(rule.error) <= 225)


def test_codes_are_formatted_as_text(blank: Path) -> None:
    book = openpyxl.load_workbook(blank)
    assert book["党员"]["A3"].number_format == "@"
    assert book["党员"].column_dimensions["A"].number_format == "@"
    assert book["党员"]["J3"].value == dt.datetime(2005, 6, 20)


def test_a_blank_template_lacks_only_what_must_be_filled_in(blank: Path) -> None:
    codes = [f.code for f in read(blank, CONTRACT)[1]]
    assert codes == ["B09"] * 3 + ["V00", "B08"]  # errors first; all example rows are one note


def filled(blank: Path, path: Path) -> Path:
    book = openpyxl.load_workbook(blank)
    for row in book["设置"].iter_rows(min_row=2):
        row[1].value = SETTINGS.get(row[0].value)
    for sheet in CONTRACT.sheets:
        for at, line in enumerate(county().get(sheet.title, []), 4):
            for column, header in enumerate(sheet.headers, 1):
                book[sheet.title].cell(at, column).value = line.get(header)
    book.save(path)
    return path


def test_a_filled_template_is_read_with_the_examples_left_out(blank: Path, tmp_path: Path) -> None:
    dataset, findings = read(filled(blank, tmp_path / "县.xlsx"), CONTRACT)
    assert {f.code for f in findings} == {"B08"}
    assert dataset is not None
    assert dataset["单位"].index.get_level_values("row").tolist() == [4, 5]


@pytest.mark.render
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_and_saves_it_unharmed(blank: Path, tmp_path: Path) -> None:
    source = filled(blank, tmp_path / "县.xlsx")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    done = subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path / "out"), str(source)],
        capture_output=True, text=True, timeout=200, check=False,
    )  # fmt: skip
    if "could not be loaded" in done.stdout + done.stderr:
        pytest.skip("LibreOffice is installed without Calc")
    assert [str(f) for f in read(tmp_path / "out" / "县.xlsx", CONTRACT)[1]] == [
        str(f) for f in read(source, CONTRACT)[1]
    ]

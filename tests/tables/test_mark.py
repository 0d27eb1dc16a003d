"""A workbook and its findings -> a marked copy that can be sent back."""

from __future__ import annotations

import hashlib
from pathlib import Path

import openpyxl
from workbooks import county, workbook, write_folder

from dangjian.workbook.contract import CONTRACT
from gongwen.findings import Finding, Level, Location
from zhibi.data.read import read
from zhibi.data.writing.annotate import COLOURS, HEADERS, mark

MOBILE = "13800138000"


def marked(source: Path, findings: tuple[Finding, ...], out: Path) -> openpyxl.Workbook:
    out.write_bytes(mark(source, findings))
    return openpyxl.load_workbook(out)


def faulty(path: Path) -> tuple[Finding, ...]:
    data = county()
    data["单位"][0].update({"职工总数(人)": "34人", "简称": f"电话{MOBILE}"})
    data["单位"][1]["职工总数(人)"] = "８０"
    data["党员年度"][2]["集中学时"] = None
    workbook(data).save(path)
    return read(path, CONTRACT)[1]


def test_cells_are_coloured_by_level_and_commented(tmp_path: Path) -> None:
    book = marked(tmp_path / "县.xlsx", faulty(tmp_path / "县.xlsx"), tmp_path / "标注.xlsx")
    for title, address, level in (
        ("单位", "F2", Level.ERROR),
        ("单位", "F3", Level.NOTE),
        ("党员年度", "C4", Level.WARNING),
    ):
        cell = book[title][address]
        assert cell.fill.start_color.rgb == COLOURS[level]
        assert cell.comment.text.startswith(level)
    assert book["单位"]["A2"].comment is None


def test_the_original_is_untouched_and_the_copy_is_reproducible(tmp_path: Path) -> None:
    findings = faulty(tmp_path / "县.xlsx")
    before = hashlib.sha256((tmp_path / "县.xlsx").read_bytes()).hexdigest()
    assert mark(tmp_path / "县.xlsx", findings) == mark(tmp_path / "县.xlsx", findings)
    assert hashlib.sha256((tmp_path / "县.xlsx").read_bytes()).hexdigest() == before


def test_a_person_is_blanked_in_the_copy_even_if_nobody_asked(tmp_path: Path) -> None:
    findings = faulty(tmp_path / "县.xlsx")
    for told in (findings, ()):
        book = marked(tmp_path / "县.xlsx", told, tmp_path / "标注.xlsx")
        assert book["单位"]["C2"].value is None
        assert MOBILE not in "".join(
            str(cell.value) for page in book for row in page.iter_rows() for cell in row
        )


def test_a_forbidden_column_is_emptied(tmp_path: Path) -> None:
    book = workbook()
    book["单位"]["L1"], book["单位"]["L2"] = "手机号", 13800138000
    book.save(tmp_path / "县.xlsx")
    copy = marked(
        tmp_path / "县.xlsx", read(tmp_path / "县.xlsx", CONTRACT)[1], tmp_path / "标注.xlsx"
    )
    assert [copy["单位"]["L1"].value, copy["单位"]["L2"].value] == ["手机号", None]


def test_every_finding_is_listed_with_a_link(tmp_path: Path) -> None:
    findings = faulty(tmp_path / "县.xlsx")
    page = marked(tmp_path / "县.xlsx", findings, tmp_path / "标注.xlsx")["问题清单"]
    assert [cell.value for cell in page[1]] == list(HEADERS)
    assert [row[7].value for row in page.iter_rows(min_row=2)] == [f.message for f in findings]
    assert page["F2"].hyperlink.location.startswith("'单位'!")


def test_listed_text_never_becomes_a_formula(tmp_path: Path) -> None:
    workbook().save(tmp_path / "县.xlsx")
    finding = Finding(
        "B11", Level.ERROR, Location("县.xlsx", "单位", "D2", "=1+1"), "=HYPERLINK(1)", "\x07@cmd"
    )
    page = marked(tmp_path / "县.xlsx", (finding,), tmp_path / "标注.xlsx")["问题清单"]
    assert [page["H2"].value, page["H2"].data_type, page["G2"].data_type] == [
        "=HYPERLINK(1)",
        "s",
        "s",
    ]
    assert page["I2"].value == "@cmd"


def test_a_marked_copy_that_was_corrected_is_clean(tmp_path: Path) -> None:
    book = marked(tmp_path / "县.xlsx", faulty(tmp_path / "县.xlsx"), tmp_path / "标注.xlsx")
    book["单位"]["F2"], book["单位"]["F3"], book["党员年度"]["C4"] = 34, 80, 33
    book.save(tmp_path / "改好.xlsx")
    findings = read(tmp_path / "改好.xlsx", CONTRACT)[1]
    assert findings == ()
    again = marked(tmp_path / "改好.xlsx", findings, tmp_path / "再标.xlsx")
    assert again["单位"]["F2"].comment is None
    assert again["单位"]["F2"].fill.start_color.rgb not in COLOURS.values()


def test_a_folder_of_csv_becomes_one_marked_workbook(tmp_path: Path) -> None:
    data = county()
    data["单位"][0].update({"职工总数(人)": "34人", "简称": "=1+1"})
    folder = write_folder(tmp_path / "表", "gb18030", data)
    book = marked(folder, read(folder, CONTRACT)[1], tmp_path / "标注.xlsx")
    assert book["单位"]["F2"].comment is not None
    assert [book["单位"]["C2"].value, book["单位"]["C2"].data_type] == ["=1+1", "s"]

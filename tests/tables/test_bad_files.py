"""A file that is not a sound workbook -> one clear sentence; a workbook of another shape -> findings."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from workbooks import county, workbook, write_folder

from dangjian.workbook.contract import CONTRACT
from gongwen.errors import UnreadableFile
from zhibi.data.read import read
from zhibi.data.reading.data_rows import EXAMPLE_MARK

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def packed(**parts: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(
                name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"), data
            )
    return target.getvalue()


def saved() -> bytes:
    target = io.BytesIO()
    workbook().save(target)
    return target.getvalue()


def rewritten(part: str, old: bytes, new: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved())) as source, zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist():
            data = source.read(name)
            archive.writestr(name, data.replace(old, new, 1) if name == part else data)
    return target.getvalue()


BAD = {
    "empty": (b"", "文件是空的"),
    "text": ("党员名册".encode(), "不是 Excel 工作簿"),
    "pdf": (b"%PDF-1.7 ...", "而是 PDF"),
    "web page": (b"<html><table></table></html>", "而是网页"),
    "old format": (OLE + "Workbook".encode("utf-16-le"), "旧格式的 Excel 文件(.xls)"),
    "password": (OLE + "EncryptedPackage".encode("utf-16-le"), "加了打开密码"),
    "word renamed": (packed(word__document_xml=b"<w/>"), "这是 Word 文档"),
    "slides renamed": (packed(ppt__presentation_xml=b"<p/>"), "PowerPoint"),
    "binary workbook": (packed(xl__workbook_bin=b""), ".xlsb"),
    "some zip": (packed(readme_xml=b""), "压缩包"),
    "truncated": (saved()[:4000], "不完整或已损坏"),
    "damaged": (saved()[:3000] + bytes(500) + saved()[3500:], "损坏"),
    "broken sheet": (rewritten("xl/worksheets/sheet2.xml", b"</sheetData>", b"<row></sheetData"), "损坏"),
    "zip bomb": (packed(xl__workbook_xml=b"<workbook/>", xl__worksheets__sheet1_xml=bytes(80 * 2**20)), "大得不正常"),
    "external entity": (rewritten("xl/workbook.xml", b"<workbook", b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><workbook'),
                        "外部实体"),
}  # fmt: skip


@pytest.mark.parametrize("kind", BAD)
def test_a_file_that_cannot_be_read_is_one_sentence(tmp_path: Path, kind: str) -> None:
    data, message = BAD[kind]
    (tmp_path / "县.xlsx").write_bytes(data)
    with pytest.raises(UnreadableFile) as caught:
        read(tmp_path / "县.xlsx", CONTRACT)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_file_suggests_its_neighbour(tmp_path: Path) -> None:
    workbook().save(tmp_path / "示例县2026.xlsx")
    with pytest.raises(UnreadableFile, match=r"文件不存在.*“示例县2026.xlsx”"):
        read(tmp_path / "示例县.xlsx", CONTRACT)


def test_a_folder_without_csv_and_a_single_csv_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="没有 CSV 文件"):
        read(tmp_path, CONTRACT)
    (tmp_path / "党员.csv").write_text("党员代码,姓名", "utf-8")
    with pytest.raises(UnreadableFile, match="单个 CSV 文件"):
        read(tmp_path / "党员.csv", CONTRACT)


def test_a_folder_with_one_workbook_is_read(tmp_path: Path) -> None:
    workbook().save(tmp_path / "县.xlsx")
    data, _ = read(tmp_path, CONTRACT)
    assert data is not None
    assert len(data["党员"]) == len(county()["党员"])


def test_a_workbook_beside_csv_is_told_and_not_read(tmp_path: Path) -> None:
    write_folder(tmp_path / "表", "utf-8")
    workbook().save(tmp_path / "表" / "县.xlsx")
    data, findings = read(tmp_path / "表", CONTRACT)
    assert data is not None
    assert [(one.place.file, one.level) for one in findings if one.code == "M08"] == [
        ("县.xlsx", "警告")
    ]


@pytest.mark.parametrize(
    ("lock", "real"), [("~$县.xlsx", "县.xlsx"), ("~$例县工作簿.xlsx", "示范例县工作簿.xlsx")]
)
def test_the_lock_file_of_excel_names_the_workbook(tmp_path: Path, lock: str, real: str) -> None:
    for name in (lock, real):
        (tmp_path / name).write_bytes(b"x")
    with pytest.raises(UnreadableFile, match=f"临时锁定文件，不是工作簿。请给出“{real}”"):
        read(tmp_path / lock, CONTRACT)


def test_a_workbook_open_in_excel_is_read(tmp_path: Path) -> None:
    (tmp_path / "~$县.xlsx").write_bytes(b"\x05clerk")
    workbook().save(tmp_path / "县.xlsx")
    assert read(tmp_path / "县.xlsx", CONTRACT)[1] == ()


def findings(tmp_path: Path, change: Any) -> list[tuple[str, str, str]]:
    book = workbook()
    change(book)
    book.save(tmp_path / "县.xlsx")
    return [
        (f.code, str(f.level), f"{f.place.sheet}!{f.place.cell}")
        for f in read(tmp_path / "县.xlsx", CONTRACT)[1]
    ]


def cell(title: str, address: str, value: object) -> Any:
    return lambda book: book[title].__setitem__(address, value)


def renamed(title: str, name: str) -> Any:
    return lambda book: setattr(book[title], "title", name)


def example_row(*, touched: bool) -> Any:
    def write(book: openpyxl.Workbook) -> None:
        sheet = next(s for s in CONTRACT.sheets if s.title == "荣誉")
        page = book["荣誉"]
        page.append([c.example or None for c in sheet.columns])
        page.cell(page.max_row, 1).value = EXAMPLE_MARK + sheet.columns[0].example
        if touched:
            page.cell(page.max_row, 2).value = "先进集体"

    return write


STRUCTURE = {
    "a sheet missing": (lambda book: book.remove(book["案例品牌"]), [("B01", "提示", "!")]),
    "a sheet renamed": (renamed("案例品牌", "品牌案例"), [("B01", "错误", "案例品牌!")]),
    "a sheet spelled with a space": (renamed("荣誉", " 荣誉 "), []),
    "a sheet doubled": (lambda book: book.create_sheet("荣誉 (2)").append(["荣誉代码"]), [("B02", "错误", "荣誉 (2)!")]),
    "a sheet of somebody's own": (lambda book: book.create_sheet("草稿").append(["想法"]), [("B03", "提示", "草稿!")]),
    "a column missing": (lambda book: book["荣誉"].delete_cols(9), [("B04", "提示", "荣誉!")]),
    "a column renamed": (cell("荣誉", "I1", "连续届"), [("B04", "警告", "荣誉!I1")]),
    "a column doubled": (cell("荣誉", "K1", "级别"), [("B05", "错误", "荣誉!K1")]),
    "a column of somebody's own": (cell("荣誉", "K1", "经办"), [("B06", "提示", "荣誉!K1")]),
    "a forbidden column": (cell("荣誉", "K1", "联系人手机号"), [("V21", "错误", "荣誉!K1")]),
    "a forbidden column elsewhere": (lambda book: book.create_sheet("草稿").append(["身份证号码"]),
                                     [("B03", "提示", "草稿!"), ("V21", "错误", "草稿!A1")]),
    "a person elsewhere": (lambda book: book.create_sheet("草稿").append(["打给13800138000"]),
                           [("B03", "提示", "草稿!"), ("V20", "错误", "草稿!A1")]),
    "a title above the header": (lambda book: book["荣誉"].insert_rows(1), [("B07", "提示", "荣誉!A2")]),
    "the example row as it was sent": (example_row(touched=False), [("B08", "提示", "荣誉!A3")]),
    "the example row written over": (example_row(touched=True), [("B08", "错误", "荣誉!A3")]),
    "a slip at the last row": (cell("荣誉", "B1048576", "x"), [("B16", "错误", "荣誉!B1048576")]),
    "a slip at the last column": (cell("荣誉", "XFD3", "x"), [("B16", "错误", "荣誉!XFD列")]),
    "ten megabytes in a cell": (cell("机制做法", "O2", "长" * 10_000_000), [("B12", "错误", "机制做法!O2")]),
    "a setting misspelt": (cell("设置", "A5", "编制单"), [("B15", "错误", "设置!A5")]),
    "a setting doubled": (cell("设置", "A16", "年度"), [("B15", "错误", "设置!A16")]),
    "a setting blank": (cell("设置", "B5", None), [("B09", "错误", "设置!B5")]),
}  # fmt: skip


@pytest.mark.parametrize("kind", STRUCTURE)
def test_a_workbook_of_another_shape_is_told_where(
    tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    change, expected = STRUCTURE[kind]
    assert findings(tmp_path, change) == expected


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("荣誉代码,名称".encode("utf-16"), "B18"),
        (b"\xff\xff\xff", "B18"),
        (b'a,"b\n' + b"x" * 200_000, "B12"),
    ],
)
def test_a_bad_csv_does_not_hide_the_faults_of_the_others(
    tmp_path: Path, data: bytes, code: str
) -> None:
    broken = county()
    broken["单位"][0]["单位类别"] = "国企"
    folder = write_folder(tmp_path / "表", "utf-8", broken)
    (folder / "荣誉.csv").write_bytes(data)
    assert [(f.code, f.place.file) for f in read(folder, CONTRACT)[1]] == [
        (code, "荣誉.csv"),
        ("B11", "单位.csv"),
    ]

"""A workbook made to kill its reader -> a sentence or a finding: no process ends, no gigabytes are laid out."""

from __future__ import annotations

import contextlib
import io
import os
import re
import struct
import zipfile
from pathlib import Path
from random import Random

import pytest
from workbooks import workbook

from dangjian.workbook.contract import CONTRACT
from gongwen.errors import ReportError, UnreadableFile
from gongwen_lint.manuscript.reading import read as read_manuscript
from zhibi.data.read import read
from zhibi.data.sources.sheet_extent import NoSuchAddress, extent_of

ONE = "<v>1</v>"
FAR = {
    "a row of ten digits": f'<row r="4294967295"><c r="A4294967295">{ONE}</c></row>',
    "a row of twenty-three digits": f'<row r="{"9" * 23}"><c r="A{"9" * 23}">{ONE}</c></row>',
    "single quotes": f"<row r='1048576'><c r='XFD1048576'>{ONE}</c></row>",
    "a blank before the sign": f'<row r ="1048576"><c r ="XFD1048576">{ONE}</c></row>',
    "line ends round the sign": f'<row r\n=\n"1048576"><c\nr\n=\n"XFD1048576">{ONE}</c></row>',
    "columns of six letters": f'<row r="5"><c r="ZZZZZZ5">{ONE}</c></row>',
    "a far cell that Excel could have": f'<row r="200000"><c r="ZZ200000">{ONE}</c></row>',
    "the same in single quotes": f"<row r='200000'><c r='ZZ200000'>{ONE}</c></row>",
    "another attribute first": f'<row r="900000"><c s="0" r="XFD900000">{ONE}</c></row>',
    "no address in a far row": f'<row r="900000"><c>{ONE}</c></row>',
    "small letters": f'<row r="900000"><c r="xfd900000">{ONE}</c></row>',
    "an inline text": '<row r="900000"><c r="XFD900000" t="inlineStr"><is><t>x</t></is></c></row>',
    "row nought": f'<row r="0"><c r="A0">{ONE}</c></row>',
    "a number below nought": f'<row r="-1"><c r="A-1">{ONE}</c></row>',
    "an entity in the address": f'<row r="900000"><c r="XFD&#57;00000">{ONE}</c></row>',
    "far before near": f'<row r="900000"><c r="KA900000">{ONE}</c></row><row r="3"><c r="B3">{ONE}</c></row>',
    "a full rectangle": "".join(f'<row r="{n}"/>' for n in range(10, 9_000)) + f'<row r="99999"><c r="KM99999">{ONE}</c></row>',
}  # fmt: skip


def saved() -> bytes:
    target = io.BytesIO()
    workbook().save(target)
    return target.getvalue()


GOOD = saved()


def changed(path: Path, change) -> Path:
    """The good workbook with its last sheet changed."""
    with (
        zipfile.ZipFile(io.BytesIO(GOOD)) as source,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        sheets = [name for name in source.namelist() if "worksheets/sheet" in name]
        last = max(sheets, key=lambda name: int(re.sub(r"\D", "", name)))
        for name in source.namelist():
            data = source.read(name)
            archive.writestr(name, change(data) if name == last else data)
    return path


def with_row(row: str):
    return lambda xml: xml.replace(b"</sheetData>", f"{row}</sheetData>".encode())


@pytest.mark.parametrize("kind", FAR)
def test_a_cell_that_lies_too_far_out_is_told(tmp_path: Path, kind: str) -> None:
    path = changed(tmp_path / "县.xlsx", with_row(FAR[kind]))
    dataset, findings = read(path, CONTRACT)
    assert dataset is None
    assert [(f.code, f.level) for f in findings if f.code == "B16"] == [("B16", "错误")]


def test_formatted_cells_without_content_may_lie_anywhere(tmp_path: Path) -> None:
    path = changed(
        tmp_path / "县.xlsx", with_row('<row r="1048576"><c r="XFD1048576" s="0"/></row>')
    )
    dataset, findings = read(path, CONTRACT)
    assert dataset is not None
    assert [f for f in findings if f.code == "B16"] == []


def test_both_ways_of_looking_see_the_same_extent() -> None:
    rows = "".join(
        f'<row r="{n}"><c r="A{n}">{ONE}</c><c r="AB{n}" s="1"/><c r="AC{n}">{ONE}</c></row>'
        for n in range(9_990, 10_020)
    )
    plain = f"<sheetData>{rows}</sheetData>".encode()
    quoted = plain.replace(b'r="A', b"r ='A", 1).replace(b'">', b"'>", 1)
    quoted = f"<sheetData>{rows}<!-- a comment --></sheetData>".encode()
    fast, parsed = extent_of(plain), extent_of(quoted)
    assert (fast.row, fast.column, fast.rows_written) == (parsed.row, parsed.column, 30)
    assert fast.stray == parsed.stray == ""


@pytest.mark.parametrize("step", [1, -1, 7_919])
def test_rows_in_any_order_have_the_extent_that_a_parser_finds(step: int) -> None:
    numbers = [9_990 + at * step % 99_999 for at in range(200)]
    names = ["A", "ZZ", "AB", "Z"]
    rows = "".join(
        f'<row r="{n}"><c r="A{n}">{ONE}</c><c r="{names[n % 4]}{n}">{ONE}</c></row>'
        for n in numbers
    )
    plain = f"<sheetData>{rows}</sheetData>".encode()
    parsed = extent_of(plain.replace(b"</sheetData>", b"<!-- a comment --></sheetData>"))
    fast = extent_of(plain)

    assert (fast.row, fast.column, fast.rows_written) == (parsed.row, parsed.column, 200)
    assert fast.last.endswith(str(max(numbers)))


def test_a_sheet_in_another_encoding_is_looked_at() -> None:
    xml = (
        f'<?xml version="1.0" encoding="utf-16"?><d><row r="9"><c r="A99999999">{ONE}</c></row></d>'
    )
    with pytest.raises(NoSuchAddress):
        extent_of(xml.encode("utf-16"))


def test_in_a_folder_the_workbook_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    changed(tmp_path / "坏.xlsx", with_row(FAR["a row of ten digits"]))
    (tmp_path / "好.xlsx").write_bytes(GOOD)
    _, findings = read(tmp_path, CONTRACT)
    assert [f.place.file for f in findings if f.code == "B16"] == ["坏.xlsx"]


def test_random_damage_of_a_sheet_never_ends_the_process(tmp_path: Path) -> None:
    dice = Random(11)

    def damaged(xml: bytes) -> bytes:
        content = bytearray(xml)
        for _ in range(dice.randint(1, 6)):
            content[dice.randrange(len(content))] = dice.choice(b"0123456789ABCXYZ\"'<>/=&; ")
        return bytes(content)

    for _ in range(25):
        path = changed(tmp_path / "县.xlsx", damaged)
        with contextlib.suppress(ReportError):
            read(path, CONTRACT)


def with_false_size(content: bytes, part: str, size: int) -> bytes:
    """The archive with a smaller size written for a part, in both its headers."""
    data = bytearray(content)
    name = part.encode()
    for signature, at_size, at_name in ((b"PK\x03\x04", 22, 30), (b"PK\x01\x02", 24, 46)):
        start = data.find(signature)
        while start >= 0:
            if data[start + at_name : start + at_name + len(name)] == name:
                data[start + at_size : start + at_size + 4] = struct.pack("<I", size)
            start = data.find(signature, start + 4)
    return bytes(data)


@pytest.mark.parametrize("suffix", ["xlsx", "docx"])
def test_a_part_that_is_longer_than_it_says_is_not_unpacked(tmp_path: Path, suffix: str) -> None:
    part = "xl/worksheets/sheet1.xml" if suffix == "xlsx" else "word/document.xml"
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml" if suffix == "xlsx" else "[Content_Types].xml", "<a/>")
        archive.writestr(part, b" " * 50_000_000)
    path = tmp_path / f"甲.{suffix}"
    path.write_bytes(with_false_size(target.getvalue(), part, 1000))
    with pytest.raises(UnreadableFile):
        read(path, CONTRACT) if suffix == "xlsx" else read_manuscript(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes in folders are of Unix")
@pytest.mark.parametrize("kind", ["pipe", "endless"])
@pytest.mark.parametrize("name", ["县.xlsx", "稿.docx", "稿.txt"])
def test_pipes_and_endless_devices_are_not_waited_for(tmp_path: Path, kind: str, name: str) -> None:
    path = tmp_path / name
    if kind == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to("/dev/zero")
    with pytest.raises(UnreadableFile, match="不是普通文件"):
        read(path, CONTRACT) if name.endswith("xlsx") else read_manuscript(path)

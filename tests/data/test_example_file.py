"""The committed file is what the generator writes, in the contract's own headers, and carries nothing private."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
import zlib
from datetime import datetime
from io import BytesIO

import pytest
from county_file import DATA, Example

from dangjian.workbook.sheets import SETTINGS, SHEETS


@pytest.fixture(scope="module")
def again() -> bytes:
    import generate
    from county.structure import Size

    return generate.generate(Size())


def members(content: bytes) -> dict[str, tuple[bytes, tuple[int, ...]]]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {
            entry.filename: (archive.read(entry), entry.date_time) for entry in archive.infolist()
        }


def test_generating_again_gives_the_committed_parts(again):
    assert members(again) == members((DATA / "示例县.xlsx").read_bytes())


@pytest.mark.skipif(
    "ng" in zlib.ZLIB_RUNTIME_VERSION, reason="another zlib packs the same parts in other bytes"
)
@pytest.mark.skipif(
    sys.version_info < (3, 11, 4), reason="3.11.2 writes other zip64 marks around the same parts"
)
def test_generating_again_gives_the_committed_bytes(again):
    assert again == (DATA / "示例县.xlsx").read_bytes()


def test_another_process_gives_the_committed_parts(tmp_path):
    out = tmp_path / "deep" / "county.xlsx"
    subprocess.run(
        [sys.executable, "-W", "error", str(DATA / "generate.py"), "--out", str(out)], check=True
    )
    assert members(out.read_bytes()) == members((DATA / "示例县.xlsx").read_bytes())
    assert [path.name for path in out.parent.iterdir()] == ["county.xlsx"]


def test_another_seed_gives_another_county():
    import generate
    from county.structure import Size

    assert generate.generate(Size(seed=1)) != generate.generate(Size(seed=2))


def test_sheets_stand_in_the_order_of_the_contract(example: Example):
    assert example.book.sheetnames == ["设置", *(sheet.title for sheet in SHEETS)]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.title)
def test_headers_and_hidden_identifiers_are_the_contracts(example: Example, sheet):
    page = example.book[sheet.title]
    header, identifiers = page.iter_rows(min_row=1, max_row=2, values_only=True)
    assert header == sheet.headers
    assert identifiers == tuple(column.key for column in sheet.columns)
    assert page.row_dimensions[2].hidden
    assert not page.row_dimensions[1].hidden


def test_settings_are_one_a_row(example: Example):
    rows = list(example.book["设置"].iter_rows(values_only=True))
    assert rows[0] == ("项目", "内容")
    assert [row[0] for row in rows[1:]] == [setting.header for setting in SETTINGS]
    told = dict(rows[1:])
    assert told["数据截止日"] == datetime(2026, 11, 30)
    assert told["月权重"] + told["季权重"] + told["年权重"] == pytest.approx(1)


TYPES = {"日期": datetime, "整数": int, "年份": int, "数值": int | float, "金额": int | float}


def tidy(value: object) -> object:
    return value.strip() if isinstance(value, str) else value


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.title)
def test_cells_hold_what_their_column_says(example: Example, sheet):
    wrong = []
    for row in example[sheet.title]:
        for column in sheet.columns:
            value = row[column.header]
            if value is None:
                wrong += [(column.header, "blank")] if column.required else []
            elif (
                not isinstance(value, TYPES.get(column.kind, str))
                or value != tidy(value)
                or (column.choices and not column.open_choices and value not in column.choices)
            ):
                wrong.append((column.header, value))
    assert wrong == []


def test_dates_are_shown_as_dates(example: Example):
    assert example.book["党员"]["J3"].number_format == r"yyyy\-mm\-dd"


def test_no_cell_could_be_a_telephone_or_an_identity_number(example: Example):
    found = [
        cell.coordinate
        for page in example.book
        for row in page.iter_rows()
        for cell in row
        if re.search(r"\d{7,}", re.sub(r"[-./]", "", str(cell.value)))
        and not isinstance(cell.value, datetime)
        if not re.fullmatch(r"A2026-\d{4}", str(cell.value))
        and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", str(cell.value))
    ]
    assert found == []


def test_rows_number_about_what_a_county_has(example: Example):
    assert {title: len(rows) for title, rows in example.sheets.items()} == {
        "单位": 12, "党组织": 40, "党员": 606, "党员年度": 1204, "组织生活台账": 1284, "发展党员": 28,
        "机制做法": 12, "文件文献": 16,
        "考核指标": 39, "考核得分": 2676, "三单台账": 80,
        "案例品牌": 14, "荣誉": 25, "年度指标": 90, "撰写": 12, "补充数据": 3,
    }  # fmt: skip

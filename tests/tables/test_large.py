"""A sheet as long as Excel lets it be is data; only a cell far below the rest is a slip."""

import io
import zipfile

from openpyxl import Workbook

from zhibi.data.sources.xlsx import read_xlsx

LONGEST = 1_048_576  # rows of a sheet in Excel


def book(path, rows):
    plain = io.BytesIO()
    Workbook().save(plain)
    with (
        zipfile.ZipFile(plain) as source,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            part = source.read(name)
            if name.endswith("sheet1.xml"):
                part = part.replace(b"<sheetData/>", b"").replace(b"<sheetData></sheetData>", b"")
                body = "".join(
                    f'<row r="{row}"><c r="A{row}"><v>{row}</v></c></row>' for row in rows
                )
                part = part.replace(
                    b"<pageMargins", f"<sheetData>{body}</sheetData><pageMargins".encode()
                )
            target.writestr(name, part)
    return path


def test_a_full_sheet_is_read_to_its_last_row(tmp_path):
    read, findings = read_xlsx(book(tmp_path / "长.xlsx", range(1, LONGEST + 1, 2)))

    assert findings == ()
    assert read.grids[0].rows[-1] == [LONGEST - 1]


def test_a_cell_far_below_the_rest_is_told(tmp_path):
    _, findings = read_xlsx(book(tmp_path / "误.xlsx", [*range(1, 101), LONGEST]))

    assert [(each.code, each.place.cell) for each in findings] == [("B16", f"A{LONGEST}")]

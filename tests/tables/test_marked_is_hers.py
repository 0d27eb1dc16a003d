"""A marked copy differs from the workbook in fills and comments only, whatever the workbook holds."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as law
from hypothesis import strategies as st
from marked_proof import unlike
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from PIL import Image as Picture

from gongwen.findings import Finding, Level, Location
from prompt import typed
from zhibi.data.writing.annotate import COLOURS, mark

SHEET = "党员"
KINDS = (
    "文字", " 前后有空格 ", "0012", 7, 3.5, 1e300, True, False, "=A1+1", '=IF(A1="","空",A1)',
    dt.date(2026, 3, 15), dt.datetime(2026, 3, 15, 8, 30), dt.time(8, 30), "#N/A", "第一行\n第二行", None, "-2+3+cmd|x",
    CellRichText("粗", TextBlock(InlineFont(b=True), "体")),
)  # fmt: skip
RAW = (  # what openpyxl does not write: typed into a date cell, errors, ISO dates, shared formulas
    '<c r="B2" s="1"><v>20021121</v></c>',
    '<c r="B2" t="e"><v>#DIV/0!</v></c>',
    '<c r="B2" t="d"><v>2026-03-15T00:00:00</v></c>',
    '<c r="B2"><f t="shared" ref="B2:B4" si="0">A2*2</f><v>4</v></c>',
    '<c r="B2" t="str"><f>"甲"&amp;"乙"</f><v>甲乙</v></c>',
    '<c r="B2" t="inlineStr"><is><r><rPr><b/></rPr><t xml:space="preserve"> 粗 </t></r></is></c>',
)


@st.composite
def workbooks(draw: st.DrawFn) -> bytes:
    """A workbook of cells of all kinds, with some of what else a workbook may hold."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = SHEET
    for row in range(1, draw(st.integers(2, 6))):
        for column in range(1, 5):
            page.cell(row, column).value = draw(st.sampled_from(KINDS))
    page["B2"].number_format = "yyyy-mm-dd"
    page["A1"].fill, page["A1"].font = PatternFill("solid", start_color="FF00B050"), Font(b=True)
    page.column_dimensions["D"].fill = PatternFill("solid", start_color="FFFFFF00")
    other = book.create_sheet("别的")
    other["A1"] = f"={SHEET}!A1"
    for add in draw(st.lists(st.sampled_from(EXTRAS), unique=True)):
        add(book, page)
    out = io.BytesIO()
    book.save(out)
    return _raw(out.getvalue(), draw(st.sampled_from(("", *RAW))), draw(st.booleans()))


def _raw(content: bytes, cell: str, macros: bool) -> bytes:
    """The workbook with a cell written by hand, and parts that no library reads."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name == "xl/worksheets/sheet1.xml" and cell:
                part = re.sub(rb'<c r="B2"[^>]*?(/>|>.*?</c>)', lambda _: cell.encode(), part)
            target.writestr(name, part)
        if macros:
            target.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 macros")
            target.writestr("customXml/item1.xml", "<own xmlns='urn:x'>她的</own>")
    return out.getvalue()


def _merged(_book, page):
    page.merge_cells("A3:B4")


def _validated(_book, page):
    rule = DataValidation(type="list", formula1='"是,否"')
    page.add_data_validation(rule)
    rule.add("C1:C9")


def _conditional(_book, page):
    page.conditional_formatting.add(
        "D1:D9", CellIsRule("greaterThan", ["3"], fill=PatternFill(bgColor="FFFF0000"))
    )


def _pictured(_book, page):
    picture = io.BytesIO()
    Picture.new("RGB", (3, 3), "red").save(picture, "PNG")
    page.add_image(Image(picture), "F2")


def _commented(_book, page):
    page["A2"].comment = Comment("她的批注", "她")
    page["D4"].comment = Comment("另一处", "她")


def _linked(_book, page):
    page["C2"].hyperlink = "https://example.org/"


def _mac(book, _page):
    book.epoch = CALENDAR_MAC_1904


def _named(book, _page):
    book.defined_names["范围"] = DefinedName("范围", attr_text=f"{SHEET}!$A$1:$B$2")


EXTRAS = (_merged, _validated, _conditional, _pictured, _commented, _linked, _mac, _named)
CELLS = st.sampled_from(
    ["A1", "A2", "B2", "B3:C4", "A1:A3、D4", "D9", "Z40", "XFD1048576", "B4", ""]
)
FINDINGS = st.lists(st.tuples(st.sampled_from(list(Level)), CELLS), min_size=1, max_size=5)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@law(workbooks(), FINDINGS)
def test_nothing_but_fills_and_comments_differs(tmp_path_factory, content, places):
    path = tmp_path_factory.mktemp("标") / "县.xlsx"
    path.write_bytes(content)
    findings = [
        Finding("V28", level, Location("县.xlsx", SHEET, at), "某处") for level, at in places
    ]
    copy = mark(path, findings)

    assert unlike(content, copy) == []
    path.write_bytes(copy)
    assert unlike(content, mark(path, findings[:1])) == []  # marked again: no more than that


@pytest.mark.filterwarnings("ignore:Cell B2 is marked as a date")
@pytest.mark.parametrize("cell", RAW)
def test_a_cell_written_by_hand_is_what_it_was_and_coloured(tmp_path, cell):
    book = openpyxl.Workbook()
    book.active.title = SHEET
    book.active["B2"] = 1
    book.active["B2"].number_format = "yyyy-mm-dd"
    book.save(tmp_path / "原.xlsx")
    (tmp_path / "县.xlsx").write_bytes(_raw((tmp_path / "原.xlsx").read_bytes(), cell, True))
    finding = Finding("V28", Level.ERROR, Location("县.xlsx", SHEET, "B2"), "某处")
    copy = mark(tmp_path / "县.xlsx", (finding,))
    with zipfile.ZipFile(io.BytesIO(copy)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()

    inside = re.search(r"(?<=>).*(?=</c>)", cell, re.DOTALL)[0]
    assert inside in sheet
    styles = openpyxl.load_workbook(io.BytesIO(copy))[SHEET]["B2"]
    assert styles.fill.start_color.rgb == COLOURS[Level.ERROR]
    assert styles.comment.author == "执笔检查"


def test_the_proof_sees_a_copy_that_was_written_anew(tmp_path):
    book = openpyxl.Workbook()
    book.active["A1"] = 1
    book.save(tmp_path / "县.xlsx")
    before = (tmp_path / "县.xlsx").read_bytes()
    book.active["A1"] = 2
    book.save(tmp_path / "县.xlsx")

    assert unlike(before, before) == []
    assert unlike(before, (tmp_path / "县.xlsx").read_bytes()) != []


def test_her_comment_stays_hers_and_ours_goes_when_it_is_put_right(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = SHEET
    book.active["A2"].comment = Comment("她的批注", "她")
    book.save(tmp_path / "县.xlsx")
    finding = Finding("V28", Level.ERROR, Location("县.xlsx", SHEET, "A2"), "某处")
    (tmp_path / "退回.xlsx").write_bytes(mark(tmp_path / "县.xlsx", (finding,)))
    comment = openpyxl.load_workbook(tmp_path / "退回.xlsx")[SHEET]["A2"].comment
    again = openpyxl.load_workbook(io.BytesIO(mark(tmp_path / "退回.xlsx", ())))[SHEET]["A2"]

    assert (comment.author, comment.text.startswith("她的批注\n〔执笔检查〕错误 V28")) == (
        "她",
        True,
    )
    assert (again.comment.author, again.comment.text) == ("她", "她的批注")


def test_a_cell_far_out_costs_no_time(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = SHEET
    book.active["XFD1048576"] = 1
    book.save(tmp_path / "县.xlsx")
    finding = Finding("B16", Level.ERROR, Location("县.xlsx", SHEET, "XFD1048576"), "某处")

    assert unlike((tmp_path / "县.xlsx").read_bytes(), mark(tmp_path / "县.xlsx", (finding,))) == []


def test_a_workbook_with_macros_wants_the_ending_of_one(tmp_path: Path) -> None:
    done = typed("zhibi", "data", "template", "空白.xlsx", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    (tmp_path / "空白.xlsm").write_bytes(_macro_enabled((tmp_path / "空白.xlsx").read_bytes()))
    wrong = typed("zhibi", "data", "check", "空白.xlsm", "--mark", "退回.xlsx", cwd=tmp_path)
    right = typed("zhibi", "data", "check", "空白.xlsm", "--mark", "退回.xlsm", cwd=tmp_path)

    assert wrong.returncode == 2
    assert "带宏" in wrong.stderr
    assert right.returncode in {0, 1}
    assert (tmp_path / "退回.xlsm").is_file()


def _macro_enabled(content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name == "[Content_Types].xml":
                part = part.replace(
                    b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
                    b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
                )
            target.writestr(name, part)
    return out.getvalue()

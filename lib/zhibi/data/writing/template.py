"""A contract -> the blank workbook a county sends out.

Drop-downs, checks while typing, a comment on every header.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Literal

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties

from zhibi.data.contract import Column, Contract, Kind, Sheet
from zhibi.data.reading.data_rows import EXAMPLE_MARK, example_cells
from zhibi.data.reading.layout import OWN_SHEETS
from zhibi.data.reading.settings import SETTINGS_HEADERS
from zhibi.data.sources.grid import letters
from zhibi.data.writing.xlsx_save import xlsx_bytes

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

AUTHOR = "执笔"
LAST_ROW = 100_000  # how far down the checks while typing reach
FIRST_ROW = 3  # below the header and the hidden row of identifiers
LONGEST_LIST = 255  # characters; Excel takes no longer list into a drop-down

REQUIRED_FILL = PatternFill("solid", start_color="FFF8CBAD")
OPTIONAL_FILL = PatternFill("solid", start_color="FFDDEBF7")
EXAMPLE_FILL = PatternFill("solid", start_color="FFEDEDED")
_LINE = Side("thin", color="FFBFBFBF")
FORMATS = {
    Kind.DATE: "yyyy-mm-dd",
    Kind.INTEGER: "0",
    Kind.YEAR: "0",
    Kind.NUMBER: "General",
    Kind.MONEY: "0.00",
}

GUIDE = (
    (
        "每张工作表第1行是表头，请不要改动、移动或合并；一行填一个对象，中间不要空行，"
        "不要写标题和合计。"
    ),
    "橙色表头必填，蓝色表头选填。鼠标停在表头上，可以看到这一列怎样填。",
    (
        f"带“{EXAMPLE_MARK}”的灰色行是示例：可以留着（程序不读取），也可以整行删除；"
        "请不要在示例行上改写，从下一行填起。"
    ),
    "代码{examples}是文字，前面的0不会丢；被引用的代码须在相应的表中存在。",
    (
        "日期写成2026-03-15；数字只填数字，不带单位；没有发生填0，不清楚就留空，"
        "留空在报告中写作“未填报”。"
    ),
    "任何地方都不要填写身份证号、手机号、住址、银行卡号和工资。",
    "填好后请运行：zhibi data check 文件名.xlsx，会一次列出所有需要改的地方。",
)


_CODES_SHOWN = 3


def guide(contract: Contract) -> tuple[str, ...]:
    """What stands on the first sheet, with codes of this workbook as examples."""
    codes = chain.from_iterable(map(_example_codes, contract.sheets))
    shown = "、".join(dict.fromkeys(islice(codes, _CODES_SHOWN)))
    return tuple(line.replace("{examples}", f"（如{shown}）" if shown else "") for line in GUIDE)


def _example_codes(sheet: Sheet) -> Iterator[str]:
    """The examples of the codes in its key."""
    for column in sheet.columns:
        if column.kind is Kind.CODE and column.example and column.header in sheet.primary_key:
            yield column.example


def template(contract: Contract) -> bytes:
    """The blank workbook; equal contracts give equal bytes."""
    return xlsx_bytes(blank(contract))


def blank(contract: Contract, *, examples: bool = True) -> Workbook:
    """The same, not yet saved; without `examples` there is no row below the header."""
    book = Workbook()
    book.properties.creator = AUTHOR
    book.properties.title = contract.title
    book.properties.version = str(contract.version)
    guide = book.active
    assert guide is not None
    _write_guide(guide, contract)
    _write_settings(book.create_sheet(contract.settings_title), contract)
    for sheet in contract.sheets:
        _write_sheet(book.create_sheet(sheet.title), sheet, examples=examples)
    for page in book.worksheets:
        _make_printable(page)
    return book


def _make_printable(page: Worksheet) -> None:
    """A sheet that is printed comes on A4 across, as wide as the paper, its headers on every page."""
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_title_rows = "1:1"


def _write_guide(page: Worksheet, contract: Contract) -> None:
    page.title = OWN_SHEETS[0]
    page["A1"] = f"{contract.title}填表说明"
    page["A1"].font = Font(bold=True, size=16)
    row = 3
    for number, line in enumerate(guide(contract), 1):
        page.cell(row, 1, f"{number}. {line}").alignment = Alignment(wrap_text=True, vertical="top")
        page.merge_cells(start_row=row, start_column=1, end_row=row, end_column=3)
        page.row_dimensions[row].height = 32
        row += 1
    row += 1
    for at, title in enumerate(("工作表", "内容", "必填的列"), 1):
        _head(page.cell(row, at, title), required=False)
    for sheet in contract.sheets:
        row += 1
        required = "、".join(column.header for column in sheet.columns if column.required)
        for at, text in enumerate((sheet.title, sheet.purpose, required), 1):
            page.cell(row, at, text).alignment = Alignment(wrap_text=True, vertical="top")
    for at, width in enumerate((18, 52, 60)):
        page.column_dimensions[letters(at)].width = width


def _write_settings(page: Worksheet, contract: Contract) -> None:
    for at, title in enumerate(SETTINGS_HEADERS, 1):
        _head(page.cell(1, at, title), required=False)
    for row, column in enumerate(contract.settings, 2):
        name = page.cell(row, 1, column.header)
        name.fill = REQUIRED_FILL if column.required else OPTIONAL_FILL
        name.comment = _comment(column)
        value = page.cell(row, 2)
        value.number_format = FORMATS.get(column.kind, "@")
        value.border = Border(_LINE, _LINE, _LINE, _LINE)
        example = f"如：{column.example}" if column.example else ""
        hint = "；".join(
            part for part in ("必填" if column.required else "", column.note, example) if part
        )
        page.cell(row, 3, hint).font = Font(italic=True, color="FF7F7F7F")
        _check_while_typing(page, column, f"B{row}")
    for at, width in enumerate((18, 40, 60)):
        page.column_dimensions[letters(at)].width = width
    page.freeze_panes = "A2"


def _write_sheet(page: Worksheet, sheet: Sheet, *, examples: bool) -> None:
    words = example_cells(sheet)
    for at, column in enumerate(sheet.columns, 1):
        name = letters(at - 1)
        _head(page.cell(1, at, column.header), required=column.required).comment = _comment(column)
        page.cell(2, at, column.key)
        style = FORMATS.get(column.kind, "@")
        page.column_dimensions[name].width = _width(column)
        page.column_dimensions[name].number_format = style
        if examples:
            example = page.cell(FIRST_ROW, at, _typed(words[column.header], column))
            example.number_format = style
            example.fill = EXAMPLE_FILL
            example.font = Font(italic=True, color="FF7F7F7F")
        _check_while_typing(page, column, f"{name}{FIRST_ROW}:{name}{LAST_ROW}")
    page.row_dimensions[2].hidden = True
    page.row_dimensions[1].height = 30
    page.freeze_panes = f"B{FIRST_ROW}"


def _head(cell: Cell, *, required: bool) -> Cell:
    cell.font = Font(bold=True)
    cell.fill = REQUIRED_FILL if required else OPTIONAL_FILL
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    cell.border = Border(_LINE, _LINE, _LINE, _LINE)
    return cell


def _width(column: Column) -> float:
    widest = max(
        len(column.header) * 2,
        len(column.example) * 1.6 if column.kind is Kind.TEXT else len(column.example),
    )
    return min(max(widest + 4, 12), 40)


def _typed(example: str, column: Column) -> Any:
    """The example as the kind of value a clerk would type."""
    if not example or example.startswith(EXAMPLE_MARK):
        return example or None
    if column.kind is Kind.DATE:
        return dt.date.fromisoformat(example)
    if column.kind in (Kind.INTEGER, Kind.YEAR):
        return int(example)
    if column.kind in (Kind.NUMBER, Kind.MONEY):
        return float(example)
    return example


def _comment(column: Column) -> Comment:
    lines = ["【必填】" if column.required else "【选填】", f"类型：{column.kind}", column.note]
    if column.refers:
        title, header = column.refers.split(".")
        lines.append(f"须是“{title}”表“{header}”中已有的")
    if column.choices and column.kind is not Kind.YES_NO:
        lines.append(f"{'可填' if column.open_choices else '只能填'}：{'、'.join(column.choices)}")
    if column.example:
        lines.append(f"如：{column.example}")
    text = "\n".join(line for line in lines if line)
    comment = Comment(text, AUTHOR)
    comment.width, comment.height = (
        300,
        30 + 18 * sum(1 + len(line) // 20 for line in text.split("\n")),
    )
    return comment


def _check_while_typing(page: Worksheet, column: Column, cells: str) -> None:
    rule = _rule(column)
    if rule is None:
        return
    rule.allow_blank = True
    rule.errorTitle = f"{column.header}填写有误"[:32]
    rule.error = f"{_demand(column)}。{column.note}"[:225]
    rule.showErrorMessage = True
    if column.open_choices:
        rule.errorStyle = "information"  # other words are let in
    rule.add(cells)
    page.add_data_validation(rule)


def _rule(column: Column) -> DataValidation | None:
    kind = column.kind
    if kind in (Kind.CHOICE, Kind.YES_NO):
        listed = ",".join(column.choices)
        return (
            DataValidation("list", formula1=f'"{listed}"') if len(listed) <= LONGEST_LIST else None
        )
    if kind is Kind.CODE:
        return DataValidation("textLength", operator="between", formula1="1", formula2="40")
    types: dict[Kind, Literal["whole", "decimal", "date"]] = {
        Kind.INTEGER: "whole",
        Kind.YEAR: "whole",
        Kind.NUMBER: "decimal",
        Kind.MONEY: "decimal",
        Kind.DATE: "date",
    }
    if kind not in types:
        return None
    low, high = _limit(column.minimum), _limit(column.maximum)
    if low is None and high is None:
        low = "-1E+15"
    if high is None:
        return DataValidation(types[kind], operator="greaterThanOrEqual", formula1=low)
    if low is None:
        return DataValidation(types[kind], operator="lessThanOrEqual", formula1=high)
    return DataValidation(types[kind], operator="between", formula1=low, formula2=high)


def _limit(value: Decimal | int | dt.date | None) -> str | None:
    if isinstance(value, dt.date):
        return str((value - dt.date(1899, 12, 30)).days)
    return None if value is None else str(value)


def _demand(column: Column) -> str:
    if column.kind in (Kind.CHOICE, Kind.YES_NO):
        return "请从下拉列表中选"
    if column.kind is Kind.CODE:
        return "请填代码，是不超过40个字符的文字"
    what = {Kind.DATE: "日期，如2026-03-15", Kind.INTEGER: "整数", Kind.YEAR: "四位年份"}.get(
        column.kind, "数字"
    )
    if column.minimum is not None and column.maximum is not None:
        return f"请填{what}，在{column.minimum}到{column.maximum}之间"
    if column.minimum is not None:
        return f"请填{what}，{'不早于' if column.kind is Kind.DATE else '不小于'}{column.minimum}"
    return f"请填{what}"

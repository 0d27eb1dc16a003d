"""The documents whose pages are measured, one for each thing to be measured."""

from __future__ import annotations

import struct
import zlib
from dataclasses import replace
from datetime import date

from gongwen.document import (  # fmt: skip
    Byline,
    Cell,
    Document,
    Figure,
    Heading,
    Items,
    Line,
    Note,
    PageBreak,
    Paragraph,
    Reference,
    Table,
    Text,
    Title,
    Todo,
)


def words(text: str) -> Line:
    return (Text(text),)


def png(width: int, height: int) -> bytes:
    """A black picture: its edges on the page are its ink."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content))
            + kind
            + content
            + struct.pack(">I", zlib.crc32(kind + content))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = (b"\0" + b"\0" * width) * height
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def cell(text: str, **more) -> Cell:
    return Cell(words(text), **more)


def number(value: int | str) -> Cell:
    return cell(str(value), numeric=True)


FULL = Document((Paragraph(words("国" * 28 * 22 * 3)),))

LADDER = Document((
    Title((words("关于示例县基层党建"), words("工作情况的调研报告"))),
    Byline(words("示例县课题组"), date(2026, 12, 5)),
    Paragraph((Text("“双报到”共598名，占12.3%，见"), Reference("t"), Text("和"), Reference("a"), Text("——真抓实干……"))),
    Heading(1, words("基本情况")),
    Heading(2, words("组织体系")),
    Heading(3, words("支部设置")),
    Heading(4, words("流动党员")),
    Heading(1, words("附录"), unnumbered=True),
    Heading(1, words("存在问题")),
    Heading(2, words("能力不足")),
    Paragraph(words("引文"), quote=True),
    Items(ordered=True, items=((0, words("甲项")), (1, words("乙项")), (0, words("丙项")))),
    Items(ordered=True, items=((0, words("丁项")),)),
    Items(ordered=False, items=((0, words("戊项")), (1, words("己项")))),
    PageBreak(),
    Table(((cell("名"),),), ((cell("1", numeric=True),),), "甲表", "t", unit="名"),
    Table(((cell("名"),),), ((cell("2", numeric=True),),), "乙表", "a", series="附表"),
    Todo("写清下一步打算"),
))  # fmt: skip

LONG_TABLE = Document((
    Table(
        head=(
            (cell("序号", rows=2), cell("党支部", rows=2), cell("党员", columns=2)),
            (cell("人数"), cell("占比")),
        ),
        body=tuple(
            (number(row), cell(f"第{row}党支部"), number(598), number("12.3%"))
            for row in range(1, 601)
        ),
        caption="各支部党员情况", unit="名", note="截至2026年11月30日。", source="示例县.xlsx",
    ),
))  # fmt: skip

GROUPS = Document((
    Table(
        ((cell("分类"), cell("项目")),),
        tuple(
            (cell(f"组{group}", rows=4), cell(f"{group}之{row}")) if row == 1 else (cell(f"{group}之{row}"),)
            for group in range(1, 21) for row in range(1, 5)
        ),
        "分组",
    ),
))  # fmt: skip

FIGURES = Document(
    (
        Paragraph(words("图前正文。")),
        Figure(png(600, 300), 120, 60, "合适的图", "黑色长方形"),
        Figure(png(10_000, 20), 10_000 * 25.4 / 300, 20, "过宽的图", "黑色长条"),
        Figure(png(20, 600), 20, 900, "过高的图", "黑色竖条", note="已缩小", source="示例"),
    )
)

# the picture and its caption are a little higher than the seven lines that are left
NEARLY = Document((*(Paragraph(words("国" * 26)) for _ in range(15)), Figure(png(120, 62), 120, 62, "差一点的图", "图"),
                   Paragraph(words("后文"))))  # fmt: skip

WILD = Document((
    Paragraph(words("一个很长的网址 https://example.org/" + "a" * 300 + " 到此为止。")),
    Paragraph(words("控制\x00字符\x1b[31m与\x0b换页\x0c，表情🎉与生僻字𠮷、堃。")),
    Table(
        (tuple(cell(f"列{n}") for n in range(12)),),
        (tuple(cell("W" * 40 if n == 5 else "甲" * n, numeric=n == 3) for n in range(12)),),
        "列很多的表",
    ),
))  # fmt: skip

# a closing mark at every place around the end of the line, where it may hang, be pushed on or get lost
MARKS = Document(
    tuple(
        Paragraph(words("国" * before + mark + "家" * 30 + mark))
        for before in range(22, 30)
        for mark in "，、。；："
    )
)


def grid(columns: int, rows: int, caption: str) -> Table:
    """A table of names and numbers."""
    head = tuple(
        cell("单位名称" if column == 0 else f"第{column}项指标") for column in range(columns)
    )
    body = tuple(
        (cell(f"第{row}党支部"), *(number(row * column) for column in range(1, columns)))
        for row in range(1, rows + 1)
    )
    return Table((head,), body, caption, unit="人次", note="截至年底。")


LANDSCAPE = Document((
    Paragraph(words("国" * 50)), grid(14, 41, "横表"), Paragraph(words("国" * 50)), grid(40, 8, "四十列"),
    Heading(1, words("下一章")), Paragraph(words("国" * 50)),
))  # fmt: skip

SHORT_TABLE = Document((*(Paragraph(words("国" * 26)) for _ in range(15)), grid(4, 5, "短表")))

# the rows end at the foot of the page, where there is a line for the note but not for both of its lines
FOOT_NOTE = Document((
    *(Paragraph(words("国" * 26)) for _ in range(3)),
    replace(grid(4, 20, "有注的表"), note="截至年底；" * 8),
    Paragraph(words("后文")),
))  # fmt: skip

NOTED = Document((
    Paragraph((Text("甲"), Note(words("甲注")), Text("乙"), Note(words("乙注" * 60)))),
    *(Paragraph(words("国" * 26)) for _ in range(30)),
    Items(ordered=False, items=tuple((depth, words(f"第{depth}层" + "国" * 40)) for depth in range(6))),
    Paragraph((Text("丙"), Note(words("丙注")))),
))  # fmt: skip

ALL = {
    "landscape": LANDSCAPE,
    "short_table": SHORT_TABLE,
    "foot_note": FOOT_NOTE,
    "noted": NOTED,
    "marks": MARKS,
    "full": FULL,
    "ladder": LADDER,
    "long_table": LONG_TABLE,
    "groups": GROUPS,
    "figures": FIGURES,
    "nearly": NEARLY,
    "wild": WILD,
}

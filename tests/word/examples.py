"""One small document for each feature of the writer."""

from __future__ import annotations

import struct
import zlib
from datetime import date
from decimal import Decimal

from gongwen.document import (
    Attachment,
    Byline,
    Cell,
    Document,
    Figure,
    Heading,
    Items,
    Line,
    PageBreak,
    Paragraph,
    Reference,
    Table,
    Text,
    Title,
    Todo,
    Verbatim,
)
from gongwen.document.elements import arrange, read
from gongwen.facts.value import Cited, Derived, Fact, Read, Rows


def words(text: str) -> Line:
    return (Text(text),)


def cell(text: str, **more) -> Cell:
    return Cell(words(text), **more)


def png(width: int = 2, height: int = 1) -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content))
            + kind
            + content
            + struct.pack(">I", zlib.crc32(kind + content))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\0" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


MEMBERS = Fact(
    "党员数",
    598,
    Read("计数", (Rows("示例县.xlsx", "党员", (*range(2, 600), 603)),)),
    "名",
    date(2026, 11, 30),
)
WOMEN = Fact("女党员占比", Decimal("31.2"), Derived("女党员数÷党员数×100", (MEMBERS,)), "%")
LEAST = Fact(
    "规定次数", 12, Cited("《中国共产党支部工作条例（试行）》", "第十六条", verified=False), "次"
)
BLANK = Fact("培训人次", None, Read("求和", (Rows("示例县.xlsx", "培训", (2, 3), "人次"),)), "人次",
             gaps=(Rows("示例县.xlsx", "培训", (3,), "人次"),))  # fmt: skip
FACTS = {fact.id: fact for fact in (MEMBERS, WOMEN, LEAST, BLANK)}


def figured(fact: Fact, text: str) -> Text:
    return Text(text, fact=fact.id)


EXAMPLES = {
    "title_and_byline": Document((
        Title((words("关于示例县"), words("党建工作的报告"))), Byline(words("课题组"), date(2026, 12, 5)),
    )),
    "byline_without_date": Document((Byline(words("课题组"), None),)),
    "headings": Document((
        Heading(1, words("甲")), Heading(2, words("乙")), Heading(3, words("丙")), Heading(4, words("丁")),
        Heading(1, words("戊")), Heading(2, words("己")), Heading(1, words("附录"), unnumbered=True),
    )),
    "scripts": Document((Paragraph(words("“双报到”12.3%—A4纸①")),)),
    "looks": Document((
        Paragraph((Text("粗", bold=True), Text("斜", italic=True))),
        Paragraph((Text("2", superscript=True), Text("0", subscript=True))),
        Paragraph(words("引文"), quote=True),
    )),
    "lists": Document((
        Items(ordered=True, items=((0, words("一项")), (1, words("细项")))),
        Items(ordered=True, items=((0, words("另起")),)),
        Items(ordered=False, items=((0, words("要点")),)),
    )),
    "table": Document((
        Table(((cell("名称"), cell("人数")),), ((cell("甲"), cell("12", numeric=True)),),
              "人数", "k", "名", "截至年底。", "示例"),
        Paragraph((Text("见"), Reference("k"))),
    )),
    "merged_table": Document((
        Table(((cell("支部", rows=2), cell("党员", columns=2)), (cell("男"), cell("女"))),
              ((cell("甲", rows=2), cell("1"), cell("2")), (cell("", rows=0), cell("3"), cell("4"))), ""),
    )),
    "series": Document((
        Table((), ((cell("1"),),), "甲", "a"), Table((), ((cell("2"),),), "乙", "b", series="附表"),
        Table((), ((cell("3"),),), "丙", "c"), Paragraph((Reference("a"), Reference("b"), Reference("c"))),
    )),
    "figure": Document((Figure(png(), 80, 40, "年龄结构", "柱状图", "f", note="演示"), Paragraph((Reference("f"),)))),
    "todo": Document((Todo("写清打算"),)),
    "verbatim": Document((Verbatim("a  b\n\tc"),)),
    "page_break": Document((Paragraph(words("前")), PageBreak(), Paragraph(words("后")))),
    "figures_unreviewed": Document((Paragraph((Text("共"), figured(MEMBERS, "598名"))),), FACTS),
}  # fmt: skip

OFFICIAL = {"发文机关": "中共示例县委组织部", "成文日期": "2026-12-08"}
IMPRINT = {"抄送机关": ["甲", "乙"], "印发机关": "办公室", "印发日期": "2026-12-09"}
SHORT = Document((Title((words("关于考核情况的通报"),)), Paragraph(words("文"))))
FORMS = {
    "official": ({"格式": "文件", "发文字号": "示组发〔2026〕5号", "份号": 1, "密级和保密期限": "秘密★1年", "紧急程度": "特急",
                  "主送机关": "各乡镇党委", "附件": ["名单"], "附注": "此件公开发布", **OFFICIAL, **IMPRINT}, SHORT),
    "upwards": ({"格式": "文件", "发文字号": "示组〔2026〕5号", "签发人": ["张三", "李四光", "王五"], **OFFICIAL}, SHORT),
    "joint": ({"格式": "文件", "发文字号": "示组发〔2026〕6号", "成文日期": "2026-12-08", "用印": True,
               "发文机关": ["中共示例县委组织部", "示例县财政局"]}, SHORT),
    "letter": ({"格式": "信函", "发文字号": "示组函〔2026〕3号", **OFFICIAL}, SHORT),
    "minutes": ({"格式": "纪要", "发文机关标志": "部务会议纪要", "出席": ["甲", "乙"], "请假": "丙"}, SHORT),
    "attachments": ({"格式": "通报", **OFFICIAL},
                    Document((*SHORT.blocks, Attachment("名单"), Heading(1, words("甲")), Attachment("清单")))),
    "contents": ({"目录": True}, Document((Title((words("题"),)), Heading(1, words("甲")), Heading(2, words("乙。")),
                                          Paragraph(words("文")), PageBreak(), Heading(1, words("丙"))))),
}  # fmt: skip
EXAMPLES |= {name: arrange(document, read(given)) for name, (given, document) in FORMS.items()}

REVIEWED = Document((
    Paragraph((Text("共"), figured(MEMBERS, "598名"), Text("，占"), figured(WOMEN, "31.2%"))),
    Table(((cell("次数"),),),
          ((Cell((figured(LEAST, "12次"),), numeric=True),), (Cell((figured(BLANK, "未填报"),)),)), ""),
    Figure(png(), 80, 40, "图", "图", facts=(MEMBERS.id, WOMEN.id)),
), FACTS)  # fmt: skip

"""数据出处.xlsx: every printed figure has a row, and every row leads back to cells."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import openpyxl

from gongwen.document import (
    Cell,
    Document,
    Figure,
    Heading,
    Paragraph,
    Reference,
    Table,
    Text,
    Title,
)
from gongwen.facts.value import Cited, Derived, Fact, Read, Rows
from zhibi.report.records import provenance

ALL = Fact(
    "党员总数",
    598,
    Read("计数", (Rows("县.xlsx", "党员", (*range(2, 599), 601)),)),
    "名",
    date(2026, 11, 30),
)
YOUNG = Fact("青年党员", 98, Read("计数", (Rows("县.xlsx", "党员", (2, 3, 7), "年龄"),)), "名")
SHARE = Fact(
    "青年占比", Decimal("16.4"), Derived("青年党员÷党员总数×100%", (YOUNG, ALL)), "%", places=1
)
GAP = Fact(
    "职工",
    None,
    Read("求和", (Rows("县.xlsx", "单位", (3,)),)),
    "名",
    gaps=(Rows("县.xlsx", "单位", (3,), "职工"),),
)
RULE = Fact("上限", 30, Cited("党章", "第三十条", verified=False), "名")
NONE = Fact("空", 0, Read("计数", (Rows("县.xlsx", "党员", ()),)), "名")


def printed(fact):
    return Text(str(fact), fact=fact.id)


def book(*blocks, facts=(ALL, YOUNG, SHARE, GAP, RULE, NONE)):
    return provenance.write(Document(blocks, {fact.id: fact for fact in facts}))


def rows(*blocks, sheet="数据出处", **kw):
    page = openpyxl.load_workbook(io.BytesIO(book(*blocks, **kw)))[sheet]
    head, *body = page.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in body]


def test_each_printed_figure_has_a_row_with_its_sentence():
    first, second = rows(
        Heading(1, (Text("基本情况"),)),
        Paragraph(
            (
                Text("开头。有党员"),
                printed(ALL),
                Text("，其中青年"),
                printed(YOUNG),
                Text("。结尾。"),
            )
        ),
    )

    assert {key: str(value) for key, value in first.items()} == {
        "序号": "1", "段落": "“基本情况”第1段", "句子": "有党员598名，其中青年98名。", "显示": "598名", "数值": "598",
        "单位": "名", "指标": "党员总数", "截至": "2026-11-30 00:00:00", "算式": "计数",
        "文件": "县.xlsx", "工作表": "党员",
        "行列": "第2-598,601行",
    }  # fmt: skip
    assert (second["显示"], second["行列"]) == ("98名", "“年龄”列 第2-3,7行")


def test_a_figure_printed_twice_has_two_rows():
    assert len(rows(Paragraph((printed(ALL), Text("，"), printed(ALL))))) == 2


def test_a_computed_figure_can_be_redone_by_hand():
    (row,) = rows(Paragraph((printed(SHARE),)))

    assert row["算式"] == "青年党员÷党员总数×100%（青年党员：98名；党员总数：598名）"
    assert row["行列"].splitlines() == ["“年龄”列 第2-3,7行", "第2-598,601行"]
    assert row["数值"] == 16.4


def test_what_figures_rest_on_has_rows_of_its_own():
    parents = rows(Paragraph((printed(SHARE),)), sheet="指标及其来源")

    assert [(row["编号"], row["指标"], row["由哪些编号算出"]) for row in parents] == [
        (1, "青年党员", None), (2, "党员总数", None), (3, "青年占比", "1、2"),
    ]  # fmt: skip


def test_missing_blank_cited_and_empty_origins_are_said():
    gap, rule, none = rows(*(Paragraph((printed(fact),)) for fact in (GAP, RULE, NONE)))

    assert (gap["显示"], gap["数值"]) == ("未填报", "未填报")
    assert rule["算式"] == "依据党章第三十条（待核实）"
    assert none["行列"] == "无符合的行"
    assert rows(Paragraph((printed(GAP),)), sheet="指标及其来源")[0]["空白未计"] == "“职工”列 第3行"


def test_table_cells_and_charts_are_traced_too():
    line = (Cell((Text("全县"),)), Cell((printed(ALL),)))
    in_table, in_chart = rows(
        Table((), (line,), "人数"), Figure(b"", 1, 1, "结构", "", facts=(YOUNG.id,))
    )

    assert (in_table["段落"], in_table["句子"]) == ("表1“人数” 第1行第2列", "全县 | 598名")
    assert (in_chart["段落"], in_chart["句子"], in_chart["显示"]) == ("图1“结构”", "结构", "98名")


def test_a_mention_reads_as_printed_and_a_title_is_named_once():
    title, body = rows(
        Title(((Text("有"), printed(ALL)),)),
        Table((), (), "人数", key="n"),
        Paragraph((printed(YOUNG), Text("，见"), Reference("n"))),
    )

    assert (title["段落"], title["句子"]) == ("题目", "有598名")
    assert body["句子"] == "98名，见表1"


def test_text_stays_text():
    odd = Fact("=1+1", "=HYPERLINK(1)\x00\x0b", Read("取值", (Rows("-a.xlsx", "@s", (1,)),)))
    page = openpyxl.load_workbook(io.BytesIO(book(Paragraph((printed(odd),)), facts=(odd,))))[
        "数据出处"
    ]

    assert [page.cell(2, column).data_type for column in (4, 5, 7, 10, 11)] == ["s"] * 5
    assert page.cell(2, 5).value == "=HYPERLINK(1)  "


def test_very_long_text_is_cut():
    long = Fact("长", "字" * 40_000, Read("取值", ()))

    assert len(rows(Paragraph((printed(long),)), facts=(long,))[0]["显示"]) < 32_767


def test_the_same_document_gives_the_same_bytes():
    blocks = (Paragraph((printed(ALL), printed(SHARE))),)

    assert book(*blocks) == book(*blocks)


def test_a_document_without_figures_has_only_headers():
    assert rows(Paragraph((Text("无"),))) == []

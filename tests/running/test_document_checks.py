"""Checks of a document: each rule speaks up on its bad example and stays silent on its good one."""

from __future__ import annotations

import pytest

from gongwen.document import (
    Bibliography,
    Cell,
    Document,
    Figure,
    Heading,
    Items,
    Note,
    PageBreak,
    Paragraph,
    Reference,
    Table,
    Text,
    Todo,
)
from gongwen.facts.value import Cited, Fact, Read, Rows
from gongwen.findings import Level
from gongwen_lint.rules.document import RULES, check

FACT = Fact("党员", 598, Read("计数", (Rows("a.xlsx", "党员", (2,)),)), "名")
GAP = Fact("职工", None, Read("求和", (Rows("a.xlsx", "单位", (3,)),)), "名")

PARTIAL = Fact("职工总数", 90, FACT.origin, "名", gaps=(Rows("a.xlsx", "单位", (3, 4), "职工"),))
BLANKS = Fact("未填报的单位", 2, Read("计数", (Rows("a.xlsx", "单位", (3, 4)),)), "家")
OTHER = Fact("产值", 2, Read("求和", (Rows("a.xlsx", "单位", (3, 4), "产值"),)), "万元")
CITED = Fact("上限", 30, Cited("《某条例》", "第三十条", verified=False), "名")
SETTLED = Fact("下限", 3, Cited("《某条例》", "第三条", verified=True), "名")


def text(*parts):
    return Paragraph(tuple(Text(part) if isinstance(part, str) else part for part in parts))


def printed(fact):
    return Text(str(fact), fact=fact.id)


def document(*blocks):
    return Document(
        blocks, {fact.id: fact for fact in (FACT, GAP, PARTIAL, BLANKS, OTHER, CITED, SETTLED)}
    )


def message(*blocks, traced=True):
    return [
        (each.code, str(each.level), each.place.spot, each.message)
        for each in check(document(*blocks), traced=traced)
    ]


def silent(*blocks, traced=True):
    assert message(*blocks, traced=traced) == []


def table(key="", caption="党员", series="表"):
    head, body = ((Cell((Text("项"),)),),), ((Cell((Text("甲"),)),),)
    return Table(head, body, caption, key=key, series=series)


def test_a_typed_number_has_no_source():
    assert message(text("有党员598名，占"), text("无"), text("另有12个")) == [
        ("W01", "错误", "第1段", "数字“598名”是手写的，查不到出处"),
        ("W01", "错误", "第3段", "数字“12个”是手写的，查不到出处"),
    ]


def test_a_typed_number_beside_a_fact_is_found():
    assert [code for code, *_ in message(text("1", printed(FACT)))] == ["W01"]


@pytest.mark.parametrize(
    "block",
    [
        Heading(1, (Text("598名党员"),)),
        Items(ordered=True, items=((0, (Text("598名"),)),)),
        table("", "598名党员"),
    ],
)
def test_typed_numbers_are_found_in_every_kind_of_block(block):
    assert ("W01", "错误") in [each[:2] for each in message(block)]


def test_facts_dates_and_slogans_are_silent():
    silent(
        text("截至2026年11月30日，有党员", printed(FACT), "，开展“1+N”行动，见", "《条例》第5条")
    )


def test_years_and_pages_of_cited_works_are_silent():
    works = ((Text("甲. 融合研究[J]. 学刊, 2021, 4: 45-52."),),)
    silent(Bibliography(tuple((f"甲{at}", line) for at, line in enumerate(works))))
    silent(text("见文献", Note((Text("乙：《党建研究》，出版社2019年版；又见2021。"),)), "。"))


def test_numbers_in_a_footnote_need_a_source_all_the_same():
    assert [code for code, *_ in message(text("见注", Note((Text("另有党员2019名。"),))))] == [
        "W01"
    ]


def test_a_plain_notebook_may_type_numbers():
    silent(text("有党员598名"), traced=False)


def test_a_todo_stands_against_a_final_document():
    assert message(Heading(1, (Text("原因"),)), Todo("写清原因")) == [
        ("W02", "错误", "“原因”第1段", "还没有撰写：写清原因")
    ]


def test_what_is_not_reported_is_told_once_a_block():
    assert message(text("职工", printed(GAP), "，再说一次", printed(GAP))) == [
        ("W03", "警告", "第1段", "印有2处“未填报”：“职工”")
    ]


def test_a_total_with_blanks_is_told():
    assert message(text(printed(PARTIAL))) == [
        ("W04", "提示", "第1段", "有人没有填报，未计入：“职工总数”有2格空白")
    ]


def test_blanks_counted_in_the_same_paragraph_are_told_already():
    silent(text("职工", printed(PARTIAL), "，未填报的有", printed(BLANKS)))
    assert [each[:2] for each in message(text(printed(PARTIAL), printed(OTHER)))] == [
        ("W04", "提示")
    ]
    assert [each[:2] for each in message(text(printed(PARTIAL), "，另有", printed(FACT)))] == [
        ("W04", "提示")
    ]
    assert [each[:2] for each in message(text(printed(PARTIAL)), text(printed(BLANKS)))] == [
        ("W04", "提示")
    ]


def test_a_rule_not_yet_verified_is_told():
    assert [each[:2] for each in message(text(printed(CITED)))] == [("W05", "提示")]


def test_whole_figures_and_verified_rules_are_silent():
    silent(text(printed(FACT), printed(SETTLED)))


def test_a_reference_needs_its_target():
    assert message(text("见", Reference("age")), table("sex"), text(Reference("sex"))) == [
        ("W06", "错误", "第1段", "提到代号为“age”的图表，文中没有"),
    ]


def test_a_reference_with_its_target_is_silent():
    silent(text("见", Reference("age2026")), table("age2026"))


def test_a_table_nobody_mentions_is_told():
    assert message(table()) == [("W07", "提示", "表“党员”", "正文中没有提到")]


def test_a_bare_picture_needs_no_mention():
    silent(Figure(b"", 10, 10, "", ""), table(caption=""))


def test_a_heading_over_nothing_is_told():
    chapter, section = Heading(1, (Text("荣誉"),)), Heading(2, (Text("个人"),))
    shown = (chapter, section, Heading(1, (Text("下一步"),)), PageBreak(), table(series="附表"))

    assert [each[:3] for each in message(*shown) if each[0] == "W11"] == [
        ("W11", "错误", "标题“个人”"),
        ("W11", "错误", "标题“下一步”"),
    ]
    silent(chapter, section, text("获得荣誉。"))


def test_every_rule_has_a_good_and_a_bad_example():
    for rule in RULES:
        assert "好：" in (rule.__doc__ or "")
        assert "差：" in (rule.__doc__ or "")


def test_only_errors_stop_a_final_document():
    assert {Level.ERROR, Level.WARNING, Level.NOTE} == {
        each.level for each in check(document(text("5名"), text(printed(GAP)), table()))
    }

"""Text, Markdown and notebooks as paragraphs with their roles and places."""

from __future__ import annotations

import json

import pytest
from notebooks_here import executed, plain_notebook, unexecuted
from typed import Typed

from gongwen_lint.manuscript.reading import from_bytes
from gongwen_lint.rules.registry import BY_CODE
from gongwen_lint.runner import examine


def told(text: str, name: str) -> list[tuple[str, int, str, str]]:
    return [
        (para.role, para.level, para.where, para.text)
        for para in from_bytes(text.encode(), name).paras
    ]


def test_a_text_file_is_a_paragraph_a_line_and_roles_are_recognised():
    text = "关于甲工作的通知\r\n\r\n各党支部：\n　　现将有关事项通知如下。\n一、总体要求\n　　加强领导。\n\n示例县委组织部\n2026年3月5日\n"
    manuscript = from_bytes(text.encode(), "甲.txt")

    assert [(para.role, para.where, para.text) for para in manuscript.paras] == [
        ("title", "第1行", "关于甲工作的通知"),
        ("addressee", "第3行", "各党支部："),
        ("body", "第4行", "现将有关事项通知如下。"),
        ("heading", "第5行", "一、总体要求"),
        ("body", "第6行", "加强领导。"),
        ("signature", "第8行", "示例县委组织部"),
        ("date", "第9行", "2026年3月5日"),
    ]
    assert str(manuscript.issued_on) == "2026-03-05"
    assert all(text[para.offset :].startswith(para.text) for para in manuscript.paras)


def test_markdown_gives_roles_levels_cells_and_lines():
    text = "# 总结\n\n## 一、概况\n\n正文\n两行。\n\n- 甲项\n  - 乙项\n\n> 引文\n\n| 名称 | 数 |\n|---|---|\n| 甲 | 1 |\n\n```\n代码,代码\n```\n"

    assert told(text, "甲.md") == [
        ("title", 0, "第1行", "总结"),
        ("heading", 1, "第3行", "一、概况"),
        ("body", 0, "第5行", "正文\n两行。"),
        ("list_item", 0, "第8行", "甲项"),
        ("list_item", 0, "第9行", "乙项"),
        ("quote", 0, "第11行", "引文"),
        ("table_cell", 0, "表1第1行第1列", "名称"),
        ("table_cell", 0, "表1第1行第2列", "数"),
        ("table_cell", 0, "表1第2行第1列", "甲"),
        ("table_cell", 0, "表1第2行第2列", "1"),
    ]


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_every_markdown_paragraph_is_a_slice_of_its_source(ends):
    text = ends.join(
        [
            "---",
            "a: 1",
            "---",
            "## 一、甲",
            "",
            "**重点**工作",
            "第二行  ",
            "",
            "> 引",
            "> 文",
            "",
            "|甲|甲|",
            "|-|-|",
            "|甲|甲|",
            "",
        ]
    )
    manuscript = from_bytes(text.encode(), "甲.md")

    assert [para.text for para in manuscript.paras if "甲" in para.text] == [
        "一、甲",
        "甲",
        "甲",
        "甲",
        "甲",
    ]
    assert all(
        text[para.offset : para.offset + len(para.text)] == para.text for para in manuscript.paras
    )
    assert len({para.offset for para in manuscript.paras}) == len(manuscript.paras)


def test_markup_is_no_prose():
    text = "见`a,b`和[说明](http://x/甲,乙)，**重点**,其他。\n"
    found = examine(from_bytes(text.encode(), "甲.md"), [BY_CODE["P01"], BY_CODE["P40"]])

    assert found == ()


def test_an_executed_notebook_is_what_it_shows():
    assert [(para.role, para.text) for para in from_bytes(executed(), "甲.ipynb").paras] == [
        ("title", "总结"), ("heading", "概况"), ("body", "党员35名。"), ("table_cell", "名称"), ("table_cell", "甲"),
    ]  # fmt: skip


def test_a_notebook_not_yet_run_is_the_words_of_its_prose_cells():
    paras = from_bytes(unexecuted(), "甲.ipynb").paras

    assert [(para.role, para.where, para.text) for para in paras] == [
        ("title", "第2个单元格第1行", "总结"),
        ("body", "第2个单元格第3行", "党员{{ 党员数 }}，加强领导。"),
    ]


def test_a_plain_notebook_is_its_markdown():
    assert [para.text for para in from_bytes(plain_notebook(), "甲.ipynb").paras] == [
        "总结",
        "正文。",
    ]


def test_a_notebook_that_is_none_is_refused_in_words():
    for content in (b"[]", json.dumps({"cells": 3}).encode(), b"{" * 5000):
        with pytest.raises(Exception, match="不是"):
            from_bytes(content, "甲.ipynb")


def test_a_typed_indent_is_repaired_only_where_the_format_indents_too():
    typed = Typed()
    typed.p("　　两处缩进的正文，够长的一段话，用来说明问题。")
    typed.p("　　只有空格的正文，够长的一段话，用来说明问题。", indent=0)
    typed.p("没有空格的正文，够长的一段话，用来说明问题。")
    manuscript = from_bytes(typed.content, "甲.docx")
    found = examine(manuscript, [BY_CODE["P34"]])

    assert [(each.where, each.fix, each.replacement) for each in found] == [
        ("第1段", "A", ""),
        ("第2段", "S", None),
    ]
    assert examine(from_bytes("　　正文。\n".encode(), "甲.txt"), [BY_CODE["P34"]]) == ()

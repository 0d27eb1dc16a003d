"""How a table goes on paper, and what is said about that and about characters without a glyph."""

from __future__ import annotations

import re

import pytest
from package_check import faults, parts_of

from gongwen.document import Cell, Document, Paragraph, Table, Text, Title
from gongwen.writer.layout.findings import remarks
from gongwen.writer.tables.fitting import fitted
from gongwen.writer.write import write
from zhibi.notebook.prose import markdown


def cell(text: str, **more) -> Cell:
    return Cell((Text(text),), **more)


def grid(columns: int, rows: int = 2) -> Table:
    head = tuple(
        cell("单位名称" if column == 0 else f"第{column}项指标") for column in range(columns)
    )
    body = tuple(
        (cell(f"第{row}党支部"), *(cell("12", numeric=True) for _ in range(columns - 1)))
        for row in range(rows)
    )
    return Table((head,), body, "表题", note="注")


def said(*blocks, look) -> list[str]:
    return [finding.code for finding in remarks(Document(blocks), look)]


@pytest.mark.parametrize(
    ("columns", "landscape", "small", "parts"),
    [(6, False, False, 1), (9, False, True, 1), (12, True, False, 1), (40, True, True, 3)],
)
def test_a_table_goes_upright_small_turned_or_in_parts(classic, columns, landscape, small, parts):
    fit = fitted(grid(columns), classic)
    assert (fit.landscape, fit.small, len(fit.parts)) == (landscape, small, parts)


NAMES = (cell("城投集团建材检测联合党支部"), cell("联合党支部"),
         cell("城投集团工程建设党总支"), cell("2026-01-05"), cell("18"))  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "small"),
    [
        ((NAMES,) * 30, True),
        ((NAMES,) * 5, False),
        ((NAMES[1:],) * 30, False),
        ((NAMES,) + (NAMES[1:],) * 29, False),
    ],
    ids=["many rows break", "a short table", "no row breaks", "one row breaks"],
)
def test_small_type_is_for_long_tables_whose_rows_then_stay_on_one_line(classic, rows, small):
    head = tuple(cell(name) for name in ("党组织", "类型", "上级", "本届选举", "党员"))
    assert fitted(Table((head,), rows, "表题"), classic).small is small


def test_parts_repeat_the_first_column_and_lose_none(classic):
    parts = fitted(grid(40), classic).parts
    heads = [[cell.line[0].text for cell in part.head[0]] for part in parts]
    assert [head[0] for head in heads] == ["单位名称"] * len(parts)
    assert [text for head in heads for text in head[1:]] == [
        f"第{column}项指标" for column in range(1, 40)
    ]
    assert [part.note for part in parts] == ["", "", "注"]


def test_a_head_over_several_columns_keeps_what_of_it_is_left(classic):
    wide = grid(40)
    over = (cell("单位", rows=2), cell("指标", columns=39))
    parts = fitted(Table((over, wide.head[0][1:]), wide.body, "表题"), classic).parts
    assert sum(part.head[0][1].columns for part in parts) == 39
    assert all(len(part.head[1]) == part.head[0][1].columns for part in parts)


@pytest.mark.parametrize("columns", [12, 40])
def test_a_turned_table_is_a_section_of_its_own_in_a_valid_file(classic, columns):
    text = Paragraph((Text("文"),))
    package = write(Document((text, grid(columns), text, grid(columns))), classic)
    xml = parts_of(package)["word/document.xml"].decode()
    assert re.findall(r'w:orient="(\w+)"', xml) == ["landscape", "landscape"]
    assert xml.count("<w:sectPr>") == 4
    assert len(set(re.findall(r'footerReference w:type="\w+" r:id="(\w+)"', xml))) == 4
    assert faults(package) == []
    assert write(Document((text, grid(columns), text, grid(columns))), classic) == package


def test_upright_documents_have_one_section(classic):
    xml = parts_of(write(Document((grid(6), grid(9))), classic))["word/document.xml"].decode()
    assert xml.count("<w:sectPr>") == 1


def test_rare_hanzi_get_a_font_that_has_them(classic):
    xml = parts_of(write(Document((Paragraph((Text("朱镕、喆、堃任书记"),)),)), classic))[
        "word/document.xml"
    ].decode()
    fonts = re.findall(r"<w:r>(?:<w:rPr><w:rFonts([^>]*)/></w:rPr>)?<w:t [^>]*>([^<]*)", xml)
    assert [(text, "仿宋" in face) for face, text in fonts if text in "镕喆堃"] == [
        ("镕", True),
        ("喆", True),
        ("堃", True),
    ]
    assert "_GB2312" not in "".join(face for face, text in fonts if text in "镕喆堃")


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("祝贺🎉", "L09"),
        ("𠮷某", "L09"),
        ("甲<b>乙</b>", "L11"),
        ("甲<script>alert(1)</script>", "L11"),
        ("甲[^9]", "L11"),
    ],
)
def test_what_cannot_print_as_meant_is_said(classic, source, code):
    assert said(*markdown.blocks(source), look=classic) == [code]


@pytest.mark.parametrize(
    "source",
    [
        "朱镕、喆、堃",
        "增长①②③",
        "A<B，且B>C",
        "见[附件](http://example.org/a)",
        "“双报到”——真抓实干……",
        "注[^1]\n\n[^1]: 文",
        "占3‰、5℃",
    ],
)
def test_what_prints_as_meant_is_not_spoken_of(classic, source):
    assert said(*markdown.blocks(source), look=classic) == []


@pytest.mark.parametrize(("columns", "codes"), [(6, []), (9, []), (12, ["L07"]), (40, ["L08"])])
def test_turned_and_cut_tables_are_told(classic, columns, codes):
    assert said(grid(columns), look=classic) == codes


@pytest.mark.parametrize(("count", "codes"), [(3, []), (4, ["L10"])])
def test_a_title_of_more_than_three_lines_is_told(classic, count, codes):
    assert (
        said(Title(tuple((Text("关于工作情况的报告"),) for _ in range(count))), look=classic)
        == codes
    )


def test_a_link_prints_its_words(classic):
    assert markdown.blocks("见[附件](http://example.org/a)。") == (Paragraph((Text("见附件。"),)),)


def in_order(package: bytes) -> str:
    xml = parts_of(package)["word/document.xml"].decode()
    return "".join(re.findall(r"前文|后文|上表|表题|landscape", xml))


def text(words: str) -> Paragraph:
    return Paragraph((Text(words + "国" * 40),))


def test_text_after_a_turned_table_fills_the_page_before_it(classic):
    package = write(Document((text("前文"), grid(12), text("后文"))), classic)
    assert in_order(package) == "前文后文表题表题landscape"
    assert faults(package) == []


def test_text_that_does_not_fit_or_looks_back_stays_after_the_table(classic):
    full = tuple(text("前文") for _ in range(11))
    assert in_order(write(Document((*full, grid(12), text("后文"))), classic)).endswith(
        "表题landscape后文"
    )
    assert in_order(write(Document((text("前文"), grid(12), text("上表"))), classic)).endswith(
        "表题landscape上表"
    )

"""Laws of the writer: reproducible, complete, robust against whatever text and data bring along."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, date, datetime

import docx
import pytest
from examples import EXAMPLES, FACTS, MEMBERS, REVIEWED, cell, figured, png, words
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from package_check import faults, parts_of

from gongwen.document import (
    Byline,
    Cell,
    Document,
    Figure,
    Heading,
    Items,
    PageBreak,
    Paragraph,
    Reference,
    Table,
    Text,
    Title,
    Todo,
    Verbatim,
)
from gongwen.errors import BadFigure, InvalidInput, UnknownName
from gongwen.facts.value import Fact, Read, Rows
from gongwen.profile import load, packaged_templates
from gongwen.writer.write import write


def reopened(package: bytes):
    return docx.Document(io.BytesIO(package))


def text_of(document: Document, classic) -> str:
    return "\n".join(paragraph.text for paragraph in reopened(write(document, classic)).paragraphs)


@pytest.mark.parametrize("review", [False, True])
def test_the_same_document_gives_the_same_bytes(classic, review):
    assert write(REVIEWED, classic, review=review) == write(REVIEWED, classic, review=review)


def test_core_properties_come_from_the_document(classic):
    blocks = (Title((words("甲"), words("乙"))), Byline(words("课题组"), date(2026, 12, 5)))
    found = reopened(
        write(Document(blocks, subject="调研报告", keywords=("党建", "调研")), classic)
    ).core_properties
    assert (found.title, found.author, found.subject, found.keywords) == (
        "甲乙",
        "课题组",
        "调研报告",
        "党建；调研",
    )
    assert found.created == found.modified == datetime(2026, 12, 5, tzinfo=UTC)


def test_headings_are_built_in_styles_with_their_number_in_the_text(classic):
    found = reopened(write(EXAMPLES["headings"], classic)).paragraphs
    assert [(paragraph.style.name, paragraph.text) for paragraph in found] == [
        ("Heading 1", "一、甲"), ("Heading 2", "（一）乙"), ("Heading 3", "1.丙"), ("Heading 4", "（1）丁"),
        ("Heading 1", "二、戊"), ("Heading 2", "（一）己"), ("Heading 1", "附录"),
    ]  # fmt: skip


def test_a_second_title_starts_the_numbers_again(classic):
    blocks = (Heading(1, words("甲")), PageBreak(), Title((words("乙"),)), Heading(1, words("丙")))
    assert text_of(Document(blocks), classic).split("\n") == ["一、甲", "乙", "一、丙"]


def test_the_eleventh_heading_counts_in_chinese(classic):
    blocks = tuple(Heading(1, words("甲")) for _ in range(11))
    assert text_of(Document(blocks), classic).endswith("十一、甲")


def test_a_table_has_one_comment_that_names_its_sheets_and_rows(classic):
    figures = [
        Fact(f"第{row}行", row, Read("取值", (Rows("县.xlsx", "党员", (row,)),)))
        for row in range(2, 402)
    ]
    body = tuple((Cell((figured(fact, "1"),)),) for fact in figures)
    document = Document(
        (Paragraph((figured(figures[0], "2"),)), Table(((cell("数"),),), body, "表")),
        {fact.id: fact for fact in figures},
    )
    comments = [each.text for each in reopened(write(document, classic, review=True)).comments]

    assert len(comments) == 2
    assert comments[1].split("\n") == [
        "表中有400个数，每个数的算式和出处见数据出处.xlsx。",
        "来源：县.xlsx 工作表“党员” 第2-401行",
    ]


def test_without_review_there_are_no_comments(classic):
    assert "word/comments.xml" not in parts_of(write(REVIEWED, classic))


def _in_lines(table):
    return [Paragraph(cell.line) for row in table.body for cell in row]


def test_a_comment_says_where_the_figure_comes_from(classic):
    in_prose = replace(REVIEWED, blocks=(*REVIEWED.blocks[:1], *_in_lines(REVIEWED.blocks[1])))
    comments = list(reopened(write(in_prose, classic, review=True)).comments)
    assert [comment.text.split("\n") for comment in comments[:4]] == [
        ["指标：党员数", "数值：598名", "截至：2026-11-30", "算式：计数",
         "来源：示例县.xlsx 工作表“党员” 第2-599、603行"],
        ["指标：女党员占比", "数值：31.2%", "算式：女党员数÷党员数×100", "　其中　党员数：598名",
         "来源：示例县.xlsx 工作表“党员” 第2-599、603行"],
        ["指标：规定次数", "数值：12次", "依据：《中国共产党支部工作条例（试行）》第十六条（待核实）"],
        ["指标：培训人次", "数值：未填报", "算式：求和", "来源：示例县.xlsx 工作表“培训” 第2-3行“人次”列",
         "未填报：示例县.xlsx 工作表“培训” 第3行“人次”列"],
    ]  # fmt: skip
    assert {comment.author for comment in comments} == {"执笔"}


def test_a_figure_without_a_registered_fact_says_so(classic):
    document = Document((Paragraph((Text("598", fact="000000000000"),)),))
    comments = list(reopened(write(document, classic, review=True)).comments)
    assert [comment.text for comment in comments] == ["这个数没有登记出处。"]


def test_an_unknown_key_is_refused_with_the_near_miss(classic):
    document = Document(
        (Table((), ((cell("1"),),), "甲", "tables"), Paragraph((Reference("table"),)))
    )
    with pytest.raises(UnknownName, match="没有名为“table”的图表代号；是否想写“tables”？"):
        write(document, classic)


def test_a_key_used_twice_is_refused(classic):
    table = Table((), ((cell("1"),),), "甲", "k")
    with pytest.raises(InvalidInput, match="表2与表1的代号都是“k”"):
        write(Document((table, table)), classic)


def test_a_picture_that_is_not_png_is_refused(classic):
    with pytest.raises(BadFigure, match="“图名”：不是PNG图片"):
        write(Document((Figure(b"GIF89a", 10, 10, "图名", ""),)), classic)


def test_the_same_picture_is_stored_once(classic):
    figure = Figure(png(), 10, 10, "", "")
    names = parts_of(
        write(Document((figure, figure, Figure(png(3), 10, 10, "", ""))), classic)
    ).keys()
    assert [name for name in sorted(names) if "media" in name] == [
        "word/media/image1.png",
        "word/media/image2.png",
    ]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("控制\x00\x0b字符", "控制字符"),
        ("\x1b[31m红\x1b[0m", "红"),
        ("孤立\ud800代理\ufffe项", "孤立代理项"),
        ("<w:p>&amp;]]>", "<w:p>&amp;]]>"),
        ("表情🎉与𠮷", "表情🎉与𠮷"),
        ("分行\r\n与\t制表", "分行\n与\t制表"),
        ("  首尾空格  ", "  首尾空格  "),
    ],
)
def test_text_arrives_without_what_xml_forbids(text, kept, classic):
    package = write(Document((Paragraph(words(text)),)), classic)
    assert reopened(package).paragraphs[0].text == kept
    assert faults(package) == []


def test_3000_rows_all_arrive(classic):
    body = tuple(
        (cell(f"第{row}支部"), Cell((figured(MEMBERS, "598"),), numeric=True))
        for row in range(3000)
    )
    package = write(
        Document((Table(((cell("支部"), cell("人数")),), body, "名册"),), FACTS), classic
    )
    assert parts_of(package)["word/document.xml"].count(b"<w:tr>") == 3001


def test_an_empty_document_is_a_valid_file(classic):
    assert faults(write(Document(()), classic)) == []


LINES = st.lists(
    st.builds(
        Text,
        st.text(max_size=12),
        st.booleans(),
        st.booleans(),
        fact=st.sampled_from(["", MEMBERS.id, "x"]),
    ),
    max_size=3,
).map(tuple)
CELLS = st.builds(Cell, LINES, st.booleans(), columns=st.integers(0, 3), rows=st.integers(0, 3))
ROWS = st.lists(st.lists(CELLS, max_size=4).map(tuple), max_size=4).map(tuple)
TEXTS = st.text(max_size=10)
BLOCKS = st.one_of(
    st.builds(Title, st.lists(LINES, max_size=3).map(tuple)),
    st.builds(Byline, LINES, st.none() | st.dates()),
    st.builds(Heading, st.integers(1, 4), LINES, st.booleans()),
    st.builds(Paragraph, LINES, st.booleans()),
    st.builds(
        Items, st.booleans(), st.lists(st.tuples(st.integers(0, 12), LINES), max_size=4).map(tuple)
    ),
    st.builds(
        Table,
        ROWS,
        ROWS,
        TEXTS,
        unit=TEXTS,
        note=TEXTS,
        source=TEXTS,
        series=st.sampled_from(["表", "附表"]),
    ),
    st.builds(
        Figure, st.just(png()), st.floats(-1, 900), st.floats(-1, 900), TEXTS, TEXTS, note=TEXTS
    ),
    st.builds(Verbatim, st.text(max_size=30)),
    st.builds(Todo, TEXTS),
    st.just(PageBreak()),
)


@given(st.lists(BLOCKS, max_size=6), st.booleans())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_document_is_a_valid_file(blocks, review):
    # no fixture: hypothesis would print the whole profile with every failing example
    package = write(
        Document(tuple(blocks), FACTS), load("classic", [packaged_templates()]), review=review
    )
    assert faults(package) == []
    reopened(package)
    text = parts_of(package)["word/document.xml"]
    assert etree.tostring(etree.fromstring(text), encoding="UTF-8", standalone=True) == text, (
        "as any XML writer has it"
    )

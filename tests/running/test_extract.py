"""What an executed notebook shows -> blocks; what it only says to its author stays out."""

from __future__ import annotations

import base64
import io

import pandas as pd
import pytest
from nbformat.v4 import new_output
from notebooks import book, code, new_markdown_cell, shown, stream
from PIL import Image

from gongwen.document import (
    Cell,
    Document,
    Equation,
    Figure,
    Heading,
    Items,
    Paragraph,
    Table,
    Text,
    Title,
    Todo,
    Verbatim,
    codec,
    plain,
)
from gongwen.errors import UnreadableOutput
from gongwen.facts.value import Fact, Read, Rows
from zhibi.notebook.file import About
from zhibi.report import extract


def picture(kind="PNG", size=(400, 200), **info):
    out = io.BytesIO()
    Image.new("RGB", size, "white").save(out, kind, **info)
    return base64.b64encode(out.getvalue()).decode()


def reads(*cells, about=None):
    return extract.read(book(*cells), about)


def shows(cell, *blocks, codes=()):
    document, findings = reads(cell)

    assert document.blocks == blocks
    assert [finding.code for finding in findings] == list(codes)


def one(**data):
    return code(
        "x",
        outputs=[shown({kind.replace("__", "/"): value for kind, value in data.items()})],
        ran=1,
    )


def html(source):
    return code("x", outputs=[shown({"text/html": source, "text/plain": "plain"})], ran=1)


def words(row):
    return [plain(cell.line) for cell in row]


def table_of(frame):
    (table,) = reads(html(frame.to_html() if isinstance(frame, pd.DataFrame) else frame))[0].blocks
    assert isinstance(table, Table)
    return table


def test_markdown_cells_are_prose():
    cell = new_markdown_cell("# 题目\n\n## 一、标题\n\n正文第一行\n第二行\n\n- 甲\n- 乙")
    shows(
        cell,
        Title(((Text("题目"),),)),
        Heading(1, (Text("标题"),)),
        Paragraph((Text("正文第一行第二行"),)),
        Items(ordered=False, items=((0, (Text("甲"),)), (0, (Text("乙"),)))),
    )


def test_several_first_level_headings_become_chapters():
    blocks = reads(new_markdown_cell("# 题目\n\n# 第一章\n\n## 第一节"))[0].blocks

    assert blocks == (
        Title(((Text("题目"),),)),
        Heading(1, (Text("第一章"),)),
        Heading(2, (Text("第一节"),)),
    )


def test_code_stderr_and_errors_never_show():
    error = {"output_type": "error", "ename": "E", "evalue": "v", "traceback": []}
    cell = code("secret = 1", outputs=[stream("warning", "stderr")], ran=1)
    cell.outputs.append(type(cell)(error))
    shows(cell, codes=["X11"])


def test_printed_text_is_kept_line_by_line():
    shows(code("x", outputs=[stream("甲\n  乙\n\n")], ran=1), Verbatim("甲\n  乙"))


def test_colours_and_progress_bars_are_cleaned():
    shows(
        code("x", outputs=[stream("\x1b[31m红\x1b[0m\n10%\r50%\r100%\n")], ran=1),
        Verbatim("红\n100%"),
    )


def test_text_without_end_is_cut_and_told():
    document, findings = reads(code("x", outputs=[stream("行\n" * 1600)], ran=1))
    (block,) = document.blocks

    assert isinstance(block, Verbatim)
    assert block.text.splitlines()[-1] == "（以下省略600行）"
    assert [finding.code for finding in findings] == ["X05"]


@pytest.mark.parametrize(
    "text",
    ["<Axes: title={'center': '题'}>", "[<matplotlib.lines.Line2D at 0x7f00aa>]", "<BarContainer object of 5 artists>",
     "Text(0.5, 1.0, '题')", "", "\n"],
)  # fmt: skip
def test_objects_of_python_say_nothing_to_a_reader(text):
    shows(one(text__plain=text))


@pytest.mark.parametrize("text", ["42", "'甲'", "a < b > c", "3 <x>"])
def test_other_results_are_printed(text):
    shows(one(text__plain=text), Verbatim(text))


def test_a_default_index_is_not_printed():
    table = table_of(pd.DataFrame({"单位": ["甲", "乙"], "人数": [3, 14]}))

    assert [words(row) for row in table.head] == [["单位", "人数"]]
    assert [words(row) for row in table.body] == [["甲", "3"], ["乙", "14"]]
    assert [cell.numeric for cell in table.body[0]] == [False, True]


def test_an_index_that_says_something_stays():
    frame = pd.DataFrame({"人数": [3, 14]}, index=pd.Index(["甲", "乙"], name="单位"))

    assert [words(row) for row in table_of(frame).head] == [["单位", "人数"]]
    assert [words(row) for row in table_of(frame).body] == [["甲", "3"], ["乙", "14"]]


@pytest.mark.parametrize("index", [[2024, 2025], [1, 2], [0, 0]])
def test_an_index_of_other_numbers_stays(index):
    frame = pd.DataFrame({"人数": [3, 14]}, index=index)

    assert words(table_of(frame).body[0]) == [str(index[0]), "3"]


def test_columns_of_two_levels_keep_their_spans():
    columns = pd.MultiIndex.from_tuples([("党员", "男"), ("党员", "女"), ("组织", "支部")])
    frame = pd.DataFrame([[1, 2, 3]], columns=columns, index=pd.Index(["甲"], name="单位"))
    table = table_of(frame)

    assert [[(plain(cell.line), cell.columns) for cell in row] for row in table.head] == [
        [("", 1), ("党员", 2), ("组织", 1)],
        [("单位", 1), ("男", 1), ("女", 1), ("支部", 1)],
    ]


def test_an_index_of_two_levels_keeps_its_spans():
    index = pd.MultiIndex.from_tuples([("甲", 1), ("甲", 2)], names=["单位", "支部"])
    table = table_of(pd.DataFrame({"人数": [3, 4]}, index=index))

    assert [words(row) for row in table.head] == [["单位", "支部", "人数"]]
    assert table.body[0][0] == Cell((Text("甲"),), rows=2)
    assert words(table.body[1]) == ["2", "4"]


def test_a_truncated_frame_is_told():
    frame = pd.DataFrame({"n": range(100)})
    source = f"<div>{frame.to_html(max_rows=4)}<p>100 rows × 1 columns</p></div>"
    document, findings = reads(html(source))

    assert [words(row) for row in document.blocks[0].body] == [
        ["0"],
        ["1"],
        ["..."],
        ["98"],
        ["99"],
    ]
    assert [finding.code for finding in findings] == ["X06"]


def test_a_whole_frame_with_dots_in_a_cell_is_silent():
    assert reads(html(pd.DataFrame({"a": ["..."]}).to_html()))[1] == ()


def test_a_styled_frame_keeps_its_caption():
    pytest.importorskip("jinja2")
    styled = (
        pd.DataFrame({"单位": ["甲"], "率": [0.5]})
        .style.format({"率": "{:.1%}"})
        .set_caption("覆盖率")
        .hide(axis="index")
    )
    table = table_of(styled.to_html())

    assert (table.caption, words(table.head[0]), words(table.body[0])) == (
        "覆盖率",
        ["单位", "率"],
        ["甲", "50.0%"],
    )
    assert table.body[0][1].numeric


def test_other_html_is_its_words():
    shows(
        html("<style>p{}</style><p>全县 <b>三</b>个</p>"),
        Paragraph((Text("全县 "), Text("三", bold=True), Text("个"))),
    )


def test_a_table_in_a_table_is_not_taken_twice():
    assert (
        len(
            reads(html("<table><tr><td>a<table><tr><td>b</td></tr></table></td></tr></table>"))[
                0
            ].blocks
        )
        == 1
    )


def test_a_picture_fits_the_page():
    (figure,) = reads(
        code(
            "x",
            outputs=[shown({"image/png": picture(size=(2000, 1000)), "text/plain": "<Figure>"})],
            ran=1,
        )
    )[0].blocks

    assert isinstance(figure, Figure)
    assert (figure.width_mm, figure.height_mm, figure.caption) == (156.0, 78.0, "")


def test_a_retina_picture_is_shown_at_its_size():
    output = shown({"image/png": picture(size=(400, 200))})
    output.metadata["image/png"] = {"width": 200, "height": 100}
    (figure,) = reads(code("x", outputs=[output], ran=1))[0].blocks

    assert round(figure.width_mm) == 53


def test_a_jpeg_becomes_png():
    (figure,) = reads(one(image__jpeg=picture("JPEG")))[0].blocks

    assert figure.png.startswith(b"\x89PNG")


def test_a_picture_inside_markdown_is_taken():
    cell = new_markdown_cell("前\n\n![图](attachment:a.png)\n\n后")
    cell["attachments"] = {"a.png": {"image/png": picture()}}
    blocks = reads(cell)[0].blocks

    assert [type(block) for block in blocks] == [Paragraph, Figure, Paragraph]


def broken():
    return new_output("error", ename="ValueError", evalue="坏", traceback=["坏"])


def formula(plain="<IPython.core.display.Latex object>"):
    return shown({"text/latex": "$x^2$", "text/plain": plain})


def test_errors_are_told_once_with_their_cells():
    cells = [code("x", outputs=[output], ran=1) for output in (broken(), formula()) * 2]
    document, findings = reads(*cells)

    assert document.blocks == (Equation("x^2"), Equation("x^2"))
    assert [(finding.code, finding.place.spot) for finding in findings] == [
        ("X11", "第1、3个单元格")
    ]


def test_a_formula_that_has_words_as_well_is_a_formula():
    shows(code("x", outputs=[formula("x**2")], ran=1), Equation("x^2"))


def test_an_error_in_a_hidden_output_is_not_told():
    shows(code("x", "remove_output", outputs=[broken()], ran=1))


def test_a_table_of_html_in_markdown_is_a_table():
    source = (
        "前\n\n<div align='center'>\n<table><tr><th rowspan='2'>单位</th><th colspan='2'>人数</th></tr>"
        "<tr><th>男</th><th>女</th></tr>\n\n<tr><td>甲</td><td>10</td><td>8</td></tr></table>\n</div>\n\n后"
    )
    before, table, after = reads(new_markdown_cell(source))[0].blocks

    assert isinstance(table, Table)
    assert [(cell.rows, cell.columns) for cell in table.head[0]] == [(2, 1), (1, 2)]
    assert [plain(cell.line) for cell in table.body[0]] == ["甲", "10", "8"]
    assert (plain(before.line), plain(after.line)) == ("前", "后")


@pytest.mark.parametrize(
    "source", ["```\n<table><tr><td>甲</td></tr></table>\n```", "`<img src='a'>`"]
)
def test_markup_that_is_quoted_as_code_stays_text(source):
    document, findings = reads(new_markdown_cell(source))

    assert not any(isinstance(block, Table | Figure) for block in document.blocks)
    assert findings == ()


@pytest.mark.parametrize(
    "source",
    [
        "<img src='attachment:图%201.png' alt='图' width='200'>",
        "![图](<attachment:图 1.png>)",
        "<p align='center'><img src='attachment:图 1.png' alt='图'/></p>",
    ],
)
def test_an_attachment_is_shown_however_it_is_called(source):
    cell = new_markdown_cell(source)
    cell["attachments"] = {"图 1.png": {"image/png": picture()}}
    document, findings = reads(cell)

    assert [type(block) for block in document.blocks] == [Figure]
    assert document.blocks[0].alt == "图"
    assert findings == ()


def test_an_image_tag_without_its_picture_is_told():
    shows(new_markdown_cell("<img src='http://example.org/a.png'>"), codes=["X03"])


def test_pictures_that_cannot_be_taken_are_told():
    shows(new_markdown_cell("![图](http://example.org/a.png)"), codes=["X03"])
    shows(one(image__png=base64.b64encode(b"broken").decode()), codes=["X03"])
    shows(
        code("x", outputs=[shown({"image/svg+xml": "<svg/>", "text/plain": "<SVG>"})], ran=1),
        codes=["X04"],
    )
    shows(
        code(
            "x",
            outputs=[shown({"application/vnd.plotly.v1+json": {}, "text/html": "<div></div>"})],
            ran=1,
        ),
        codes=["X04"],
    )


@pytest.mark.parametrize(
    "tag", ["remove_cell", "remove-cell", "hide", "remove_output", "hide-output"]
)
def test_what_is_tagged_away_stays_away(tag):
    shows(code("x", tag, outputs=[stream("甲")], ran=1))


@pytest.mark.parametrize("tag", ["parameters", "remove_input", "hide-input"])
def test_other_tags_change_nothing(tag):
    shows(code("x", tag, outputs=[stream("甲")], ran=1), Verbatim("甲"))


def spoken(*blocks, **facts):
    return code(
        "x", outputs=[shown({codec.MIME: codec.dump(blocks, facts), "text/plain": "…"})], ran=1
    )


def test_our_own_blocks_come_through_whole():
    fact = Fact("党员", 3, Read("计数", (Rows("a.xlsx", "党员", (2, 3, 4)),)), "名")
    block = Paragraph((Text("有"), Text("3名", fact=fact.id)))

    assert reads(spoken(block, **{fact.id: fact}), about=About(title="题")) == (
        Document((block,), {fact.id: fact}, subject="题"),
        (),
    )


def test_in_a_zhibi_notebook_only_what_is_said_through_zhibi_shows():
    cells = (
        new_markdown_cell("说明"),
        spoken(Todo("写")),
        code("x", outputs=[stream("调试")], ran=1),
    )
    document, findings = reads(*cells)

    assert document.blocks == (Todo("写"),)
    assert [(finding.code, finding.place.spot) for finding in findings] == [
        ("X01", "第1个单元格"),
        ("X02", "第3个单元格"),
    ]
    assert findings[1].message == "直接显示或打印的内容不经执笔，不进入文档"


def test_a_zhibi_notebook_without_asides_is_silent():
    assert reads(spoken(Todo("写")), code("x", outputs=[stream("w", "stderr")], ran=1))[1] == ()


def test_blocks_of_another_version_are_refused():
    with pytest.raises(UnreadableOutput):
        reads(code("x", outputs=[shown({codec.MIME: {"version": 99}})], ran=1))


def test_cells_are_numbered_as_in_the_source():
    cells = (
        code("a = 1", "parameters"),
        code("a = 2", "injected-parameters"),
        new_markdown_cell("说明"),
        spoken(Todo("写")),
    )

    assert reads(*cells)[1][0].place.spot == "第2个单元格"

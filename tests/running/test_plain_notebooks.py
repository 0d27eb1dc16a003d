"""Notebooks that never heard of zhibi, as people write them: all their words, formulas, pictures and tables."""

from __future__ import annotations

import base64
import io
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_output, new_raw_cell
from notebooks import book, code, new_markdown_cell, shown, stream
from PIL import Image

from gongwen.document import (
    Equation,
    Figure,
    Formula,
    Heading,
    Items,
    Note,
    Paragraph,
    Table,
    Text,
    Title,
    Verbatim,
    plain,
)
from zhibi.report import extract, manuscript

sys.path.append(str(Path(__file__).parents[1]))

from growth import least_ratio

SVG = "<svg xmlns='http://www.w3.org/2000/svg' width='72pt' height='36pt'><rect width='9' height='9'/></svg>"


def picture(kind="PNG", size=(400, 200)):
    out = io.BytesIO()
    Image.new("RGB", size, "white").save(out, kind)
    return base64.b64encode(out.getvalue()).decode()


def reads(*cells, folder=None):
    return extract.read(book(*cells), None, folder)


def blocks(*cells, folder=None):
    return list(reads(*cells, folder=folder)[0].blocks)


def md(source):
    return new_markdown_cell(source)


def out(**data):
    bundle = {kind.replace("__", "/"): content for kind, content in data.items()}
    return code("x", outputs=[shown(bundle)], ran=1)


def html(source, words="<IPython.core.display.HTML object>"):
    return out(text__html=source, text__plain=words)


def codes(*cells, folder=None):
    return [finding.code for finding in reads(*cells, folder=folder)[1]]


def words(*cells):
    found = []
    for block in blocks(*cells):
        match block:
            case Paragraph(line=line) | Heading(line=line):
                found.append(plain(line))
            case Items(items=items):
                found += [plain(line) for _, line in items]
            case Verbatim(text=text):
                found.append(text)
            case Table(head=head, body=body):
                found += ["｜".join(plain(cell.line) for cell in row) for row in (*head, *body)]
    return found


# Markdown


def test_markdown_is_that_of_commonmark():
    made = blocks(
        md(
            "大标题\n===\n\n小标题\n---\n\n例如：\n\n    def f(x):\n        return x**2\n\n见[手册][1]。\n\n[1]: http://a.b"
        )
    )

    assert made == [
        Title(((Text("大标题"),),)),
        Heading(1, (Text("小标题"),)),
        Paragraph((Text("例如："),)),
        Verbatim("def f(x):\n    return x**2"),
        Paragraph((Text("见手册。"),)),
    ]


def test_what_stands_in_an_item_is_not_glued_to_it():
    made = blocks(md("1. 甲\n\n   甲的第二段\n\n   ```\n   代码\n   ```\n2. 乙"))

    assert made == [
        Items(ordered=True, items=((0, (Text("甲"),)),)),
        Paragraph((Text("甲的第二段"),)),
        Verbatim("代码"),
        Items(ordered=True, items=((0, (Text("乙"),)),), start=2),
    ]


def test_tasks_are_boxes_and_struck_words_are_struck():
    tasks, struck = blocks(md("- [ ] 待办\n- [x] 已办\n\n~~删除~~"))

    assert [plain(line) for _, line in tasks.items] == ["☐ 待办", "☑ 已办"]
    assert struck.line == (Text("删除", struck=True),)


def test_a_list_begins_where_its_author_began():
    assert [
        block.start
        for block in blocks(md("3. 丙\n4. 丁\n\n文字\n\n5. 戊"))
        if isinstance(block, Items)
    ] == [3, 5]


def test_a_footnote_stands_where_it_is_called():
    (paragraph,) = blocks(md("参见[^1]。\n\n[^1]: 注释**内容**"))

    assert paragraph.line[1] == Note((Text("注释"), Text("内容", bold=True)))


@pytest.mark.parametrize("mark", ["[@jakevdp]", "[@a;@b]", "[^无]"])
def test_marks_of_other_systems_are_printed_and_told(mark):
    assert words(md(f"见{mark}。")) == [f"见{mark}。"]
    assert codes(md(f"见{mark}。")) == ["X15"]


@pytest.mark.parametrize("source", ["#", "## ", "##\n\n###"])
def test_an_empty_heading_is_left_out(source):
    assert blocks(md(source)) == []


def test_a_heading_that_is_a_picture_is_a_picture():
    cell = md("## ![图](attachment:a.png)")
    cell["attachments"] = {"a.png": {"image/png": picture()}}

    assert [type(block) for block in blocks(cell)] == [Figure]


def test_headings_stand_in_a_ladder():
    levels = [
        block.level
        for block in blocks(md("# 题\n\n### 甲\n\n##### 乙\n\n### 丙"))
        if isinstance(block, Heading)
    ]

    assert levels == [1, 2, 1]


def test_numbers_typed_before_headings_go_where_there_are_several():
    assert words(md("## 1.1 甲\n\n## 1.2 乙")) == ["甲", "乙"]
    assert words(md("## 1.2 小节\n\n## 背景")) == ["小节", "背景"]
    assert words(md("## 3.5 万人\n\n## 其他")) == ["3.5 万人", "其他"]


def test_text_before_the_title_is_told():
    assert codes(md("说明"), md("# 题目")) == ["X14"]
    assert codes(md("# 题目\n\n说明")) == []


# HTML in Markdown


def test_html_is_read_where_it_stands():
    made = words(
        md(
            "<!-- 注释 -->\n<style>p {}</style>\n<div class='a'>提醒<b>注意</b></div>\n\n第一行<br>第二行\n\n<center>居中</center>"
        )
    )

    assert made == ["提醒注意", "第一行", "第二行", "居中"]


def test_words_below_a_picture_tag_are_markdown():
    assert words(md("<!-- 封面 -->\n<img src='http://a.b/c.png'>\n*摘自*[书](http://a.b)")) == [
        "摘自书"
    ]


def test_a_picture_in_a_table_leaves_the_table_whole():
    cell = md("|甲|乙|\n|-|-|\n|一|![图](attachment:a.png)|\n|二|值|")
    cell["attachments"] = {"a.png": {"image/png": picture()}}
    table, figure = blocks(cell)

    assert isinstance(table, Table)
    assert isinstance(figure, Figure)
    assert [plain(row[0].line) for row in table.body] == ["一", "二"]


def test_a_badge_leaves_nothing_of_its_markup():
    assert words(md("[![Binder](https://a.b/c.svg)](https://a.b) 正文")) == ["正文"]
    assert codes(md("[![Binder](https://a.b/c.svg)](https://a.b) 正文")) == ["X03"]


def test_forty_equal_losses_are_one_finding():
    cells = [md(f"![图](https://a.b/{number}.png)") for number in range(40)]
    (finding,) = reads(*cells)[1]

    assert "等40种" in finding.message


@pytest.mark.parametrize("kind", ["PNG", "GIF", "WEBP", "BMP"])
def test_a_picture_beside_the_notebook_is_read(kind, tmp_path):
    (tmp_path / "图 1.img").write_bytes(base64.b64decode(picture(kind)))

    assert [type(block) for block in blocks(md("![图](<图 1.img>)"), folder=tmp_path)] == [Figure]


@pytest.mark.parametrize("address", ["../a.png", "/etc/passwd", "无.png"])
def test_nothing_outside_the_notebooks_folder_is_read(address, tmp_path):
    (tmp_path / "a.png").write_bytes(base64.b64decode(picture()))
    inner = tmp_path / "内"
    inner.mkdir()

    assert codes(md(f"![图]({address})"), folder=inner) == ["X03"]


# Formulas


@pytest.mark.parametrize(
    "tex", [r"a_1 + b_1 = \{c\}", "x*y*z", r"\alpha < \beta", "|x|", r"f(x) \\ g"]
)
def test_a_formula_is_left_as_it_was_typed(tex):
    (paragraph,) = blocks(md(f"行内 ${tex}$ 之后"))

    assert paragraph.line == (Text("行内 "), Formula(tex), Text(" 之后"))


@pytest.mark.parametrize(
    "source", ["$$\nx^2\n$$", "文字\n$$x^2$$", "\\begin{align}\nx^2\n\\end{align}", "\\\\[x^2\\\\]"]
)
def test_a_formula_on_lines_of_its_own(source):
    equation = next(block for block in blocks(md(source)) if isinstance(block, Equation))

    assert "x^2" in equation.tex


def test_a_labelled_formula_is_numbered_and_mentioned_by_its_number():
    made = blocks(
        md(r"$$a \label{一}$$" + "\n\n" + r"$$b \label{二}$$" + "\n\n" + r"由\eqref{二}得")
    )

    assert [block.key for block in made[:2]] == ["一", "二"]
    assert plain(made[2].line) == "由（2）得"


def test_a_number_that_its_author_gave_stays():
    assert blocks(md(r"$$a \tag{2.1}$$")) == [Equation("a", number="2.1")]


@pytest.mark.parametrize(
    "source", ["花了$5，又花了$6。", "`$x$`", "设$HOME 与 $PATH", r"\$x\$", "```\n$x$\n```"]
)
def test_other_dollars_are_only_dollars(source):
    assert not any(
        isinstance(inline, Formula)
        for block in blocks(md(source))
        if isinstance(block, Paragraph)
        for inline in block.line
    )


def test_commands_that_the_notebook_defines_are_written_out():
    made = blocks(md(r"$\newcommand{\E}[1]{\mathbb{E}[#1]}$"), md(r"$\E{X}$"))

    assert [block.line for block in made] == [(Formula(r"{\mathbb{E}[X]}"),)]


def test_an_output_of_latex_is_a_formula():
    assert blocks(out(text__latex=r"$\frac{a}{b}$", text__plain="a/b")) == [
        Equation(r"\frac{a}{b}")
    ]


def test_the_checker_reads_a_formula_as_one_sign():
    content = nbformat.writes(book(md("设 $x_1,x_2;$ 为自变量。"))).encode()

    assert [para.text for para in manuscript.read(content, "a.ipynb").paras] == [
        "设 \ufffc 为自变量。"
    ]


# HTML outputs


def test_html_is_read_in_order():
    made = html(
        "<h3>前</h3><p>单位：万元</p><table><tr><th>a</th></tr><tr><td>1</td></tr></table>注：后<ul><li>一</li><li>二</li></ul><pre>x  y\nz</pre>"
    )

    assert words(made) == ["前", "单位：万元", "a", "1", "注：后", "一", "二", "x  y\nz"]


def test_lines_of_a_cell_are_parted():
    source = "<table><tr><th>单位<br>名称</th></tr><tr><td>甲支部<br/>乙支部</td></tr><tr><td><p>丙</p><p>丁</p></td></tr></table>"

    assert words(html(source)) == ["单位名称", "甲支部；乙支部", "丙；丁"]


@pytest.mark.parametrize(
    ("source", "name"),
    [("<iframe src='a'></iframe>", "网页"), ("<video src='a'></video>", "视频"), ("<canvas></canvas>", "画布"),
     ("<div id='v'></div><script>vega()</script>", "Vega/Altair 图表"), ("<script>x()</script>", "网页图形")],
)  # fmt: skip
def test_a_medium_is_named(source, name):
    (finding,) = reads(html(source))[1]

    assert finding.code == "X04"
    assert name in finding.message


def test_words_meant_for_the_screen_are_not_printed():
    source = (
        "<div class='sk-top'><pre>Tree()</pre><b>please rerun this cell</b></div><script>x</script>"
    )

    assert words(html(source, "Tree()")) == ["Tree()"]
    assert words(html("<form><label>Once</label></form><p>话</p>")) == ["话"]
    assert words(html("<p style='display:none'>藏</p><p>话</p>")) == ["话"]


def test_a_picture_in_html_is_a_picture():
    assert [
        type(block) for block in blocks(html(f"<img src='data:image/png;base64,{picture()}'>"))
    ] == [Figure]


def test_a_span_ends_with_the_columns():
    (table,) = blocks(
        html("<table><tr><td>a</td><td>b</td></tr><tr><td colspan=10000>宽</td></tr></table>")
    )

    assert table.body[1][0].columns == 2


@pytest.mark.parametrize("index", [["0", "30", "60"], ["0", "2"], ["0", "1", "3"]])
def test_an_index_with_gaps_says_something(index):
    rows = "".join(f"<tr><th>{each}</th><td>x</td></tr>" for each in index)
    (table,) = blocks(
        html(f"<table><thead><tr><th></th><th>数</th></tr></thead><tbody>{rows}</tbody></table>")
    )

    assert [plain(row[0].line) for row in table.body] == index


# Pictures, text, cells that fail


@pytest.mark.parametrize(
    "data",
    [{"image/gif": picture("GIF")}, {"image/webp": picture("WEBP")}, {"image/svg+xml": SVG}],
    ids=["gif", "webp", "svg"],
)
def test_pictures_of_other_kinds_are_pictures(data):
    assert [type(block) for block in blocks(code("x", outputs=[shown(data)], ran=1))] == [Figure]


def test_an_svg_has_its_size_and_reads_no_file():
    inside = f"<svg xmlns='http://www.w3.org/2000/svg' width='72pt' height='36pt'><image href='{__file__}'/></svg>"
    (figure,) = blocks(out(**{"image__svg+xml": inside}))

    assert round(figure.width_mm, 1) == 25.4


@pytest.mark.parametrize("text", ["abcde", "not*base64!"])
def test_a_broken_picture_is_told_and_the_rest_goes_on(text):
    made, findings = reads(out(image__png=text), md("后文"))

    assert [plain(block.line) for block in made.blocks] == ["后文"]
    assert [finding.code for finding in findings] == ["X03"]


@pytest.mark.parametrize(
    "text",
    ["array([[<Axes: >, <Axes: >],\n       [<Axes: >, <Axes: >]], dtype=object)", "{'a': <object at 0x7f12>}",
     "[<Line2D at 0x7f>,\n <Line2D at 0x8f>]", "alt.Chart(...)"],
)  # fmt: skip
def test_objects_over_several_lines_say_nothing(text):
    assert blocks(out(text__plain=text)) == []


def test_of_a_result_the_values_stay_and_the_objects_go():
    text = "(array([1., 2.]),\n array([0., 1.]),\n <BarContainer object of 2 artists>)"

    assert words(out(text__plain=text)) == ["(array([1., 2.]),\n array([0., 1.]))"]


def test_addresses_in_memory_are_not_printed():
    assert words(code("x", outputs=[stream("<A object at 0x7f00aabb> 好")], ran=1)) == [
        "<A object> 好"
    ]


def test_backspaces_and_links_of_a_terminal():
    text = "1%\x08\x082%\x1b]8;;http://a.b\x07链接\x1b]8;;\x07"

    assert words(code("x", outputs=[stream(text)], ran=1)) == ["2%链接"]


def test_cells_that_failed_and_raw_cells_are_told():
    failed = code("x", outputs=[new_output("error", ename="E", evalue="", traceback=[])], ran=1)

    assert codes(failed, new_raw_cell("原始"), new_raw_cell(" ")) == ["X11", "X13"]


def test_words_beside_a_widget_are_printed():
    widget = {"application/vnd.jupyter.widget-view+json": {}, "text/plain": "100%|███| 10/10"}

    assert words(code("x", outputs=[shown(widget)], ran=1)) == ["100%|███| 10/10"]


# Size


@pytest.mark.parametrize(
    "made",
    [
        lambda n: html("<table>" + "<tr><td>1</td><td>22</td></tr>" * n + "</table>"),
        lambda n: html("<table><tr>" + "<td>1</td>" * n + "</tr></table>"),
        lambda n: html("<p>段</p>" * n),
        lambda n: html("<div>" * 50 + "字" * n),
        lambda n: md("段 $x$ 与 $y_1$。\n\n" * n),
        lambda n: md("$" * n),
        lambda n: md("`" * n + "$x$"),
        lambda n: md("- 项\n" * n),
        lambda n: md("![图](a.png)\n\n" * n),
        lambda n: code("x", outputs=[stream("1" * n + "\n")], ran=1),
        lambda n: code("x", outputs=[stream("x\x08" * n)], ran=1),
        lambda n: out(text__plain="[<A>,\n" + " <A>,\n" * n + " 1]"),
        lambda n: out(text__plain="[" * n),
        lambda n: code("x", outputs=[stream("行\n")] * n, ran=1),
    ],
    ids=["rows", "columns", "paragraphs", "depth", "formulas", "dollars", "quotes", "items", "pictures", "digits",
         "backspaces", "objects", "brackets", "streams"],
)  # fmt: skip
def test_time_grows_as_the_size_does(made):
    few, many = made(400), made(4_000)

    assert least_ratio(lambda: reads(few), lambda: reads(many)) < 50

"""shape(markdown) is its blocks in short: words with **bold** and *italic* marked as Word will show them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongwen.document import Heading, Items, Paragraph, Table, Text, Title, Verbatim
from zhibi.notebook.prose.markdown import blocks


def look(line):
    words = ""
    for inline in line:
        assert isinstance(inline, Text)
        mark = "**" if inline.bold else "*" if inline.italic else ""
        words += f"{mark}{inline.text}{mark}"
    return words


def shape(markdown):
    return [_short(block) for block in blocks(markdown)]


def _short(block):
    match block:
        case Title(lines):
            return "题 " + " / ".join(map(look, lines))
        case Heading(level, line):
            return f"{level} {look(line)}"
        case Paragraph(line, quote):
            return ("> " if quote else "") + look(line)
        case Items(ordered, items):
            return [f"{'#' if ordered else '-'}{depth} {look(line)}" for depth, line in items]
        case Table(head, body):
            return [[look(cell.line) for cell in row] for row in (*head, *body)]
        case Verbatim(text):
            return f"```{text}"


@pytest.mark.parametrize(
    "text",
    [
        "**“引号”**后",
        "前**“引号”**后",
        "**重点：**加快",
        "这是**重点（一）**内容",
        "增长*5.2%*左右",
        "**《党章》**规定",
        "坚持**“两个确立”**，做到",
        "**一是强化。**二是",
        "（**重点**）内容",
        "**甲、**乙",
        "他说**“好！”**然后",
        "甲**（乙）**丙**（丁）**戊",
    ],
)
def test_emphasis_beside_chinese_works_without_spaces(text):
    assert shape(text) == [text]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a **b** c", "a **b** c"),
        ("a * b * c", "a * b * c"),
        ("a** b **c", "a** b **c"),
        ("snake_case_name", "snake_case_name"),
        ("**a", "**a"),
        (r"\*a\*", "*a*"),
        ("`**a**`", "**a**"),
        ('a*"b"*c', 'a*"b"*c'),
        ("**(a)**b", "**(a)**b"),
        ("_a_", "*a*"),
        ("甲_乙_丙", "甲_乙_丙"),
    ],
)
def test_emphasis_in_latin_text_is_commonmark(text, shown):
    assert shape(text) == [shown]


def test_bold_pairs_are_not_turned_inside_out():
    assert shape("这是**甲**和**乙**，不是**丙**") == ["这是**甲**和**乙**，不是**丙**"]
    assert [inline.bold for inline in blocks("甲**“乙”**丙**“丁”**")[0].line] == [
        False,
        True,
        False,
        True,
    ]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("## 一、基本情况", "1 基本情况"),
        ("### （二）做法", "2 做法"),
        ("### (二) 做法", "2 做法"),
        ("#### 3. 措施", "3 措施"),
        ("#### 3．措施", "3 措施"),
        ("##### （4）责任", "4 责任"),
        ("###### 太深", "4 太深"),
        ("## 十二、其他", "1 其他"),
        ("##基本情况", "1 基本情况"),
    ],
)
def test_a_number_typed_before_a_heading_is_dropped(text, shown):
    assert shape(text) == [shown]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("## 2026年工作", "1 2026年工作"),
        ("### 1.5倍增长", "2 1.5倍增长"),
        ("## 一体推进", "1 一体推进"),
        ("## 三、", "1 三、"),
        ("## 一是加强", "1 一是加强"),
        ("## （试行）办法", "1 （试行）办法"),
        ("## 十五五规划", "1 十五五规划"),
    ],
)
def test_words_that_only_look_like_numbers_stay(text, shown):
    assert shape(text) == [shown]


def test_a_title_may_have_several_lines():
    assert shape("# 示例县\\\n2026年调研报告") == ["题 示例县 / 2026年调研报告"]
    assert shape("# 甲<br>乙<br/>丙") == ["题 甲 / 乙 / 丙"]
    assert shape("# 甲\n\n正文") == ["题 甲", "正文"]


def test_line_ends_vanish_between_chinese_and_become_spaces_between_latin_words():
    assert shape("第一行\n第二行") == ["第一行第二行"]
    assert shape("增长\n5.2%") == ["增长5.2%"]
    assert shape("one\ntwo") == ["one two"]
    assert shape("**甲**\n乙") == ["**甲**乙"]


def test_html_is_text_and_links_are_their_words():
    assert shape("甲<script>alert(1)</script>乙") == ["甲<script>alert(1)</script>乙"]
    assert shape("<div>甲</div>") == ["<div>甲</div>"]
    assert shape("见[办法](http://example.com)和![图](x.png)") == ["见办法和图"]


def test_nothing_typed_vanishes():
    assert shape("[注]: 本表不含离退休党员") == ["[注]: 本表不含离退休党员"]
    assert shape("<!-- 甲 -->") == ["<!-- 甲 -->"]


def test_indents_and_rules_mean_nothing():
    assert shape("　　为深入贯彻") == ["为深入贯彻"]
    assert shape("    四个空格") == ["四个空格"]
    assert shape("甲\n---\n乙") == ["甲", "乙"]
    assert shape("#话题#讨论") == ["#话题#讨论"]


def test_lists_keep_their_depth():
    assert shape("- 甲\n  - 乙\n- **丙**") == [["-0 甲", "-1 乙", "-0 **丙**"]]
    assert shape("1. 甲\n2. 乙") == [["#0 甲", "#0 乙"]]
    assert shape("- 甲\n\n  乙\n- 丙") == [["-0 甲乙", "-0 丙"]]


def test_quotes_and_fences():
    assert shape("> 甲\n> 乙") == ["> 甲乙"]
    assert shape("```\na  b\n```") == ["```a  b"]


def test_tables_have_a_head_and_cells():
    (table,) = blocks("| 甲 | 乙 |\n|---|--:|\n| **丙** | 5 |")
    assert shape("| 甲 | 乙 |\n|---|--:|\n| **丙** | 5 |") == [[["甲", "乙"], ["**丙**", "5"]]]
    assert [cell.numeric for cell in table.body[0]] == [False, True]


def test_control_characters_are_gone():
    assert shape("甲\x00\x1b[31m乙\u202e") == ["甲乙"]


@given(st.text(alphabet="甲“”（）。*_#-|>`[]()!\\<>&\n 1a", max_size=40))
def test_no_text_breaks_the_reader(text):
    for block in blocks(text):
        assert block


def test_a_heading_marked_so_stands_outside_the_ladder():
    (heading,) = blocks("## 前言{-}")

    assert (heading.unnumbered, "".join(text.text for text in heading.line)) == (True, "前言")

"""A table typed as HTML in 正文 is a table of the document; what is no simple table stays as typed."""

from __future__ import annotations

import pytest

from gongwen.document import Paragraph, Table, plain
from gongwen.facts.value import Fact, Read, Rows
from zhibi.notebook.authoring.prose import prose

MEN = Fact("男党员数", 12, Read("计数", (Rows("县.xlsx", "党员", (2, 3), "性别"),)), "名")
WOMEN = Fact("女党员数", None, Read("计数", (Rows("县.xlsx", "党员", (), "性别"),)), "名")
SPANNING = """各单位情况如下。

<table border="1">
<tr><th rowspan="2">单位</th><th colspan="2">党员</th></tr>
<tr><th>男</th><th>女</th></tr>
<tr><td>甲<br>乙</td><td>【男】</td><td align="right"><b>【女】</b></td></tr>
</table>

完。
"""


def blocks(text, **names):
    return prose(text, names).blocks


def test_spans_heads_and_figures_of_a_table_are_kept():
    first, table, last = blocks(SPANNING, 男=MEN, 女=WOMEN)

    assert isinstance(table, Table)
    assert [[plain(cell.line) for cell in row] for row in table.head] == [
        ["单位", "党员"],
        ["男", "女"],
    ]
    assert [(cell.rows, cell.columns) for cell in table.head[0]] == [(2, 1), (1, 2)]
    assert [plain(cell.line) for cell in table.body[0]] == ["甲；乙", "12名", "未填报"]
    assert table.body[0][1].line[0].fact
    assert [type(each) for each in (first, last)] == [Paragraph, Paragraph]


def test_a_table_right_under_a_sentence_is_a_table():
    _, table = blocks("如下：\n<table><tr><td>甲</td><td>乙</td></tr></table>\n")

    assert [plain(cell.line) for cell in table.body[0]] == ["甲", "乙"]
    assert table.head == ()


@pytest.mark.parametrize(
    "text",
    [
        "<table><tr><td>甲</td></tr>\n\n完。",
        "<table></table>",
        "<table><tr><td><table><tr><td>甲</td></tr></table></td></tr></table>",
        "写作`<table>`的标记",
    ],
)
def test_what_is_no_simple_table_stays_as_typed(text):
    assert not [block for block in blocks(text) if isinstance(block, Table)]
    assert "<table>" in "".join(
        plain(block.line) for block in blocks(text) if isinstance(block, Paragraph)
    )

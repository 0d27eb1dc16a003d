"""reads(text, **names) is the text as printed, figures in 【】; refuses(text, **names) is the error's sentence."""

import subprocess
import types
from datetime import date
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongwen.chinese.text import clean
from gongwen.document import Reference, Text, lines_of
from gongwen.document.codec import dump, load
from gongwen.errors import BadExpression
from gongwen.facts.value import Fact, Read, Rows
from zhibi import byline, paragraph, share
from zhibi.notebook.authoring.prose import prose


def fact(value, unit="名", label="党员总数", places=None):
    return Fact(label, value, Read("计数", (Rows("县.xlsx", "党员", (2, 3)),)), unit, None, places)


def printed(shown):
    def mark(inline):
        if isinstance(inline, Reference):
            return f"〔{inline.key}〕"
        assert isinstance(inline, Text)
        assert not inline.fact or inline.fact in shown.facts
        return f"【{inline.text}】" if inline.fact else inline.text

    return "\n".join(
        "".join(map(mark, line)) for block in shown.blocks for _, line in lines_of(block)
    )


def reads(text, **names):
    return printed(prose(text, names))


def refuses(text, **names):
    with pytest.raises(BadExpression) as caught:
        prose(text, names)
    return str(caught.value)


def test_a_figure_is_printed_with_its_unit_and_tied_to_its_fact():
    assert reads("共有{{ 党员总数 }}。", 党员总数=fact(598)) == "共有【598名】。"


def test_the_words_of_a_cell_are_closed_quoted_and_titled_without_doubling_what_they_have():
    cell = fact("“双百”考核", unit="")

    assert (
        reads("{{ 说明|句 }}{{ 名|引 }}{{ 名|书名 }}", 说明=cell, 名=cell)
        == "【“双百”考核。】【“‘双百’考核”】【《“双百”考核》】"
    )
    assert reads("{{ 空|句 }}", 空=fact(None, unit="")) == "【未填报】"
    assert reads("{{ '做到位'|句 }}") == "做到位。"


def test_emphasis_beside_a_figure_works():
    (paragraph_,) = prose("现有**{{ n }}**党员，占*{{ n }}*", {"n": fact(5)}).blocks
    assert [(inline.text, inline.bold, inline.italic) for inline in paragraph_.line] == [
        ("现有", False, False),
        ("5名", True, False),
        ("党员，占", False, False),
        ("5名", False, True),
    ]


def test_missing_prints_as_not_reported_never_as_zero():
    assert reads(
        "{{ n }}、{{ n|数 }}、{{ n|同比 }}、{{ n|万 }}、{{ n|近似(100) }}、{{ n|中文数 }}",
        n=fact(None),
    ) == "、".join(["【未填报】"] * 6)


@pytest.mark.parametrize(
    ("expression", "value", "words"),
    [
        ("n|数", fact(598), "598"),
        ("n|万", fact(5_980_000, "元"), "598万元"),
        ("n|亿(1)", fact(123_000_000, "元"), "1.2亿元"),
        ("n|亿", fact(1_707_000, "万元"), "170.7亿元"),
        ("n|近似(100)", fact(598), "近600名"),
        ("n|近似(100)", fact(612), "600余名"),
        ("n|近似(100)", fact(600), "600名"),
        ("n|中文数", fact(5), "五"),
        ("n|同比", fact(Decimal("5.23"), "%", places=1), "同比增长5.2%"),
        ("n|同比", fact(Decimal("-5.23"), "%", places=1), "同比下降5.2%"),
        ("n|同比", fact(Decimal("0.01"), "%", places=1), "与上年同期持平"),
        ("n|较上年", fact(Decimal("2.1"), "个百分点", places=1), "较上年提高2.1个百分点"),
        ("n|较年初", fact(0), "与年初持平"),
        ("n|增减", fact(-5), "减少5名"),
        ("n|增减", fact(5), "增加5名"),
        ("n|脱敏", fact("王小明", ""), "王**"),
        ("n|日期('年月')", fact(date(2026, 11, 30), ""), "2026年11月"),
        ("n", fact(2026, "年"), "2026年"),
    ],
)
def test_a_filter_result_is_still_its_fact(expression, value, words):
    assert reads(f"{{{{ {expression} }}}}", n=value) == f"【{words}】"


def test_names_and_dates_print_as_words():
    assert (
        reads(
            "{{ 县 }}截至{{ 日 }}，{{ 人|脱敏 }}", 县="示例县", 日=date(2026, 11, 30), 人="王小明"
        )
        == "示例县截至2026年11月30日，王**"
    )


def test_enumerations_keep_every_fact():
    names = [fact("甲支部", ""), fact("乙支部", ""), fact("丙支部", "")]
    assert reads("{{ 支部|列举 }}", 支部=names) == "【甲支部】、【乙支部】和【丙支部】"


def test_tables_and_figures_are_mentioned_by_key():
    assert reads("见{{ 表('基本情况') }}和{{ 图('年龄') }}") == "见〔基本情况〕和〔年龄〕"


def test_loops_and_conditions_over_facts():
    rows = [{"名称": fact("甲", ""), "人数": fact(3)}, {"名称": fact("乙", ""), "人数": fact(0)}]
    text = (
        "{% for r in rows %}\n- {{ loop.index|序数 }}是{{ r.名称 }}"
        "{% if r.人数.value %}有{{ r.人数 }}{% else %}暂无{% endif %}\n{% endfor %}"
    )
    assert reads(text, rows=rows) == "一是【甲】有【3名】\n二是【乙】暂无"
    assert reads("{% if n.value > 3 %}多{% endif %}{{ n }}", n=fact(4)) == "多【4名】"


@pytest.mark.parametrize(
    ("value", "there"),
    [
        (fact(0), True),
        (fact("甲", ""), True),
        ("甲", True),
        (fact(None), False),
        (None, False),
        ("", False),
        ([], False),
    ],
)
def test_what_the_workbook_says_can_be_asked(value, there):
    assert reads("{% if x is 有 %}有{% else %}无{% endif %}", x=value) == ("有" if there else "无")
    assert reads("{% if y is 有 %}有{% else %}无{% endif %}") == "无"


def test_a_tag_at_the_end_of_a_line_does_not_swallow_the_line_end():
    assert reads("甲{% if yes %}乙{% endif %}\n\n丙", yes=True) == "甲乙\n丙"
    assert reads("{% if yes %}\n甲\n{% endif %}\n\n乙{# 注 #}\n\n丙", yes=True) == "甲\n乙\n丙"
    assert (
        reads("{% if yes %}甲{% endif %}\n\n{% if yes %}乙{% endif %}\n\n丙", yes=True)
        == "甲\n乙\n丙"
    )


@pytest.mark.parametrize(
    "value",
    [
        5,
        0,
        -1.5,
        True,
        Decimal("1.5"),
        np.int64(5),
        np.float64(1.5),
        np.bool_(1),
    ],
)
def test_bare_numbers_are_refused(value):
    assert "没有出处的数" in refuses("共{{ x }}名", x=value)


@pytest.mark.parametrize("value", [None, float("nan"), pd.NA, pd.NaT])
def test_nothing_is_refused(value):
    assert "没有值" in refuses("{{ x }}", x=value)


@pytest.mark.parametrize("value", ["598名", "５９８", "①", "第3支部"])
def test_text_with_digits_is_refused(value):
    assert "文字里有数字" in refuses("{{ x }}", x=value)


@pytest.mark.parametrize(
    "value", [["甲"], {"a": 1}, object(), len, pd.Series([1]), pd.DataFrame({"a": [1]})]
)
def test_other_things_are_refused(value):
    assert "不能印在正文里" in refuses("{{ x }}", x=value)


def test_an_error_names_cell_line_and_expression():
    text = "第一行\n第二行{{ n }}\n{{ n }}、{{ 人数 }}"
    assert refuses(text, n=fact(1), 人数=5).startswith(
        "以“第一行”开头的正文单元格 第3行 {{ 人数 }}："
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{{ 党员总 }}", "{{ 党员总 }}：没有名为“党员总”的量；是否想写“党员总数”？"),
        ("{{ 党员总|数 }}", "没有名为“党员总”的量；是否想写“党员总数”？"),
        ("{{ zzz }}", "没有名为“zzz”的量；请先在前面的单元格里算出来"),
        ("{{ 党员总数|同 }}", "没有名为“同”的写法；是否想写“同比”？"),
        ("{{ 行.人 }}", "没有“人”这一项；是否想写“人数”？"),
        ("{{ 党员总数.valu }}", "没有“valu”这个属性"),
        ("{{ 党员总数", "写法有误"),
        ("{% for a in 党员总数 %}", "写法有误：少了 {% endfor %}"),
        ("【党 员】", "写法有误；【】和花括号里只写一个名字"),
        ("【党员总数。】", "写法有误；【】和花括号里只写一个名字"),
        ("甲{% endfor %}", "写法有误：多了 endfor"),
        ("{% if 党员总数 > 5 %}甲{% endif %}", "判断请写 .value"),
        ("{% if 党员总数 == 5 %}甲{% endif %}", "判断请写 .value"),
        ("{% if 党员总数 %}甲{% endif %}", "判断请写 .value"),
        ("{{ 党员总数 + 1 }}", "指标只能与指标相加减，“1”不是指标"),
        ("{{ 党员总数.value }}", "没有出处的数"),
        ("{{ loop.index }}", "没有名为“loop”的量"),
        ("{% for a in [行] %}{{ loop.index }}{% endfor %}", "序号请写 loop.index|序数"),
        (
            "{{ share(党员总数, 行.人数) }}",
            "{{ share(党员总数, 行.人数) }}：指标“党员总数占党员总数的比重”",
        ),
        ("{{ 资产|万 }}", "单位已经是“万元”，不能再用“万”"),
        ("{{ 党员总数|序数 }}", "序数只用于循环里的 loop.index"),
        ("{{ 党员总数|脱敏|数 }}", "“数”只用于指标"),
        ("{{ 行.日 }}", "没有“日”这一项"),
        ("{% macro a() %}{% endmacro %}", "语句只有 for、if 和 set"),
        ("{% set a %}{{ 党员总数 }}{% endset %}{{ a }}", "语句只有 for、if 和 set"),
        ("{% include 'a' %}", "语句只有 for、if 和 set"),
    ],
)
def test_mistakes_are_told_in_words(text, sentence):
    assert sentence in refuses(
        text, 党员总数=fact(598), 行={"人数": fact(3)}, 资产=fact(5, "万元"), share=share
    )


@pytest.mark.parametrize(
    "text",
    [
        "{{ os.system('true') }}",
        "{{ x.__class__.__mro__ }}",
        "{{ x.__init__.__globals__ }}",
        "{{ run(['true']) }}",
        "{{ frame.to_csv('/tmp/leak') }}",
        "{{ ''.join([]).__class__ }}",
        "{{ '{:>999999999}'.format(x) }}",
        "{{ 'a' * 1000000000 }}",
        "{{ 9 ** 9 ** 9 }}",
        "{{ '%0999999999d' % 1 }}",
        "{{ cls() }}",
        "{{ open('/etc/passwd').read() }}",
        "{{ name.zfill(1000) }}",
        "{% for i in range(10**9) %}a{% endfor %}",
        "{% for i in range(1000000000) %}a{% endfor %}",
        "{{ 'a'|center(1000000000) }}",
        "{{ x|attr('__class__') }}",
        "{{ self.__init__ }}",
        "{{ cycler }}",
        "{{ lipsum() }}",
        "{{ namespace() }}",
        "{{ x.lineage() }}",
        "{{ In }}",
        "{{ _private }}",
        "{{ numbers.append(1) }}",
        "{% for a in range(1000) %}{% for b in range(1000) %}甲乙丙丁{% endfor %}{% endfor %}",
    ],
)
def test_a_text_cannot_leave_its_sandbox(text):
    import os

    names = {
        "os": os,
        "x": fact(1),
        "run": subprocess.run,
        "frame": pd.DataFrame({"a": [1]}),
        "cls": type("C", (), {}),
        "In": ["secret"],
        "_private": "secret",
        "numbers": [1],
        "name": "甲",
        "types": types,
    }
    refuses(text, **names)
    assert names["numbers"] == [1]


HOSTILE = [
    "**甲**",
    "# 甲",
    "<b>甲</b>",
    "{{ x }}",
    "甲|乙",
    "- 甲",
    "[甲](乙)",
    "`甲`",
    "甲\n\n# 乙",
    "\\*",
    "&lt;",
    "甲\x00\x1b[31m乙",
    chr(0x10F000) + chr(0x10F010) + chr(0x10F001),
    chr(0x10F001),
    "![a](b)",
    "{% if %}",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_value_is_never_read_as_markup(text):
    for value in (fact(text, ""), text):
        shown = prose("前{{ x }}后", {"x": value})
        (block,) = shown.blocks
        middle = "".join(inline.text for inline in block.line).removeprefix("前").removesuffix("后")
        assert middle == (value.number if isinstance(value, Fact) else clean(text))
        assert not any(inline.bold or inline.italic for inline in block.line)
        assert "<b>甲" not in shown.html


def test_sentinels_typed_by_hand_print_nothing_and_steal_nothing():
    typed = chr(0x10F000) + chr(0x10F010) + chr(0x10F001)
    assert reads(f"{typed}甲{{{{ n }}}}{typed}", n=fact(5)) == "甲【5名】"


def test_a_value_in_a_table_cell_does_not_split_it():
    (table,) = prose(
        "| 甲 | 乙 |\n|---|---|\n| {{ x }} | {{ n }} |", {"x": fact("a|b\nc", ""), "n": fact(5)}
    ).blocks
    assert [[inline.text for inline in cell.line] for cell in table.body[0]] == [
        ["a|b；c"],
        ["5名"],
    ]


def test_html_says_what_a_figure_means_and_where_it_is_from():
    html = prose("共{{ n }}", {"n": fact(5, label='"<党员>')}).html
    assert 'title="&quot;&lt;党员&gt;＝5名；来源：计数：县.xlsx “党员”第2-3行"' in html
    assert "<党员>" not in html


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_cell_text_comes_out_as_itself(before, value):
    named = fact(value, "")
    typed = before.translate({ord(mark): None for mark in "{}#%"})
    shown = prose("甲" + typed + "{{ x }}", {"x": named})
    spans = [
        inline.text
        for block in shown.blocks
        for _, line in lines_of(block)
        for inline in line
        if getattr(inline, "fact", None)
    ]
    assert "".join(spans).replace(" ", "").replace("\u3000", "") in named.number.replace(
        " ", ""
    ).replace("\u3000", "")


def test_a_byline_is_words_and_a_date():
    assert (
        byline("中共示例县委组织部", date(2026, 12, 1)).text == "中共示例县委组织部 2026年12月1日"
    )
    assert printed(byline(fact("某某党支部", ""))) == "【某某党支部】"
    with pytest.raises(BadExpression):
        byline("第3支部")


def test_a_paragraph_may_be_put_together_in_code():
    assert printed(paragraph("共", fact(5), "，见", Reference("a"))) == "共【5名】，见〔a〕"
    with pytest.raises(BadExpression):
        paragraph("共", 5)


PIECES = [
    "{{ ",
    " }}",
    "{% if ",
    "{% for r in ",
    " %}",
    "{% endif %}",
    "{% endfor %}",
    "{% set x = ",
    "{%- ",
    " -%}",
    "{# ",
    " #}",
    "n",
    "n.value",
    "rows",
    "n|数",
    "|近似(100)",
    "|列举",
    "'甲'",
    "5",
    "[n, n]",
    "(",
    ")",
    "\n",
    "\n\n",
    "# ",
    "- ",
    "**",
    "甲",
    "|",
    "`",
    "{% raw %}",
    "{% endraw %}",
    "\r\n",
    "\\",
    "loop.index|序数",
    "not ",
    " is 有",
    ".",
    "~",
    "{{ n }}",
    "{% for r in rows %}",
]


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_any_text_is_printed_or_refused_in_words(text):
    names = {"n": fact(5), "rows": [fact(1), fact(2)]}
    try:
        shown = prose(text, names)
    except BadExpression as refusal:
        told = str(refusal)
    else:
        told = ""
        assert load(dump(shown.blocks, shown.facts))[0] == shown.blocks
        words = printed(shown)
        assert not any(0x10F000 <= ord(character) <= 0x10F0FF for character in words)
    assert not told or "正文单元格" in told


@pytest.mark.parametrize(
    ("words", "printed"),
    [
        ("【n|超过(100)】", "超过500名"),
        ('【n|超过(100, "余")】', "500余名"),
        ("【n|不足(100)】", "不足600名"),
        ('【n|约(100, "左右")】', "600名左右"),
        ("【part|几分之几(3)】", "三分之一"),
        ('【part|几分之几(3, "近")】', "近三分之一"),
        ("【part|几分之几(2)】", "不到一半"),
        ('【most|几成("以上")】', "八成以上"),
        ("【n|由(old)】", "由540名升至598名"),
        ('【old|从(n, "增加到")】', "从598名降至540名"),
        ("【n|由(n)】", "保持在598名"),
    ],
)
def test_words_that_round_stay_true_whatever_the_value(words, printed):
    part, most = fact(Decimal("32.9"), "%"), fact(Decimal("88.9"), "%")
    block = prose(words, {"n": fact(598), "old": fact(540), "part": part, "most": most})

    assert block.text == printed


@pytest.mark.parametrize("words", ["【n|几分之几(3)】", "【n|由(part)】", "【n|由(1)】"])
def test_words_that_do_not_fit_the_figure_are_refused(words):
    with pytest.raises(BadExpression):
        prose(words, {"n": fact(598), "part": fact(Decimal("32.9"), "%")})

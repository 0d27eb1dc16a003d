"""reads(text, **names) is the text as printed; refuses(text, **names) is the error's sentence."""

from decimal import Decimal

import pytest

from dangjian.scoring.proportion import Portion
from gongwen.document import Todo, lines_of, plain
from gongwen.document.sections import settled
from gongwen.errors import BadExpression
from gongwen.facts.value import Fact, Read, Rows
from zhibi import rank, share, wording
from zhibi.notebook.authoring.prose import prose


def fact(value, label="党员数", unit="名"):
    return Fact(label, value, Read("计数", (Rows("县.xlsx", "党员", (2, 3), label),)), unit)


MEMBERS = fact(598, "在册党员数")
WOMEN = fact(197, "女党员数")
UNKNOWN = fact(None, "女党员数")
NOBODY = fact(0, "预备党员数")


def reads(text, **names):
    return prose(text, names).text


def page(*texts, **names):
    """The cells of a document, as printed."""
    blocks = [block for text in texts for block in prose(text, names).blocks]
    return "\n".join(plain(line) for each in settled(blocks) for _, line in lines_of(each))


def refuses(text, **names):
    with pytest.raises(BadExpression) as caught:
        prose(text, names)
    return str(caught.value)


def test_a_blank_of_a_form_is_a_placeholder_beside_the_braces():
    shown = prose("在册党员【总数】，其中女党员{{ 女 }}。", {"总数": MEMBERS, "女": WOMEN})

    assert shown.text == "在册党员598名，其中女党员197名。"
    assert set(shown.facts) == {MEMBERS.id, WOMEN.id}


def test_full_width_signs_count_as_plain_ones_inside_a_blank():
    assert (
        reads("【总数｜数】人；【名单｜列举（1）】；【“甲”｜引】", 总数=MEMBERS, 名单=["甲", "乙"])
        == "598人；甲等；“甲”"
    )


def test_a_table_is_mentioned_by_its_key():
    (paragraph,) = prose("见【表：单位】、【图：年龄】和【附表：名册】。", {}).blocks
    assert [inline.key for inline in paragraph.line if hasattr(inline, "key")] == [
        "单位",
        "年龄",
        "名册",
    ]


def test_the_signs_themselves_are_printed_after_a_backslash():
    assert reads("\\【编者按\\】\\〖【总数】\\〗", 总数=MEMBERS) == "【编者按】〖598名〗"


def test_a_clause_whose_figure_is_missing_says_so_and_its_share_falls_silent():
    text = "在册党员【总数】，女党员【女】，占【占比】；现有党员【总数】。"
    names = {"总数": MEMBERS, "女": UNKNOWN, "占比": share(UNKNOWN, MEMBERS)}
    assert reads(text, **names) == "在册党员598名，女党员数未填报；现有党员598名。"


def test_a_clause_with_two_missing_figures_is_one_clause():
    assert reads(
        "甲【一】乙【二】好，丙【总数】。",
        一=fact(None, "甲数"),
        二=fact(None, "乙数"),
        总数=MEMBERS,
    ) == ("甲数、乙数未填报，丙598名。")


GONE, LOST = fact(None, "流出党员数"), fact(None, "失联党员数")


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("流出党员【流出】，失联党员【失联】。", "流出党员数、失联党员数未填报。"),
        ("流出党员【流出】、失联党员【失联】。", "流出党员数、失联党员数未填报。"),
        (
            "女【女】，占【占比】；流出【流出】，失联【失联】。",
            "女党员数、流出党员数、失联党员数未填报。",
        ),
        ("总数【总数】，流出【流出】；失联【失联】。", "总数598名，流出党员数、失联党员数未填报。"),
    ],
)
def test_clauses_side_by_side_that_only_say_what_is_missing_are_one(text, printed):
    shares = share(UNKNOWN, MEMBERS)
    names = {"女": UNKNOWN, "占比": shares, "流出": GONE, "失联": LOST, "总数": MEMBERS}
    assert reads(text, **names) == printed


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        (
            "流出【流出】，总数【总数】，失联【失联】。",
            "流出党员数未填报，总数598名，失联党员数未填报。",
        ),
        ("流出【流出】。失联【失联】。", "流出党员数未填报。失联党员数未填报。"),
        ("流出【流出】（失联【失联】）。", "流出党员数未填报（失联党员数未填报）。"),
    ],
)
def test_clauses_apart_stay_two(text, printed):
    assert reads(text, 流出=GONE, 失联=LOST, 总数=MEMBERS) == printed


def test_the_joined_clause_still_holds_both_figures():
    shown = prose("流出【流出】，失联【失联】。", {"流出": GONE, "失联": LOST})
    assert set(shown.facts) == {GONE.id, LOST.id}


def test_what_is_missing_twice_in_a_paragraph_is_said_once():
    assert reads("女党员【女】。妇女比例按女党员【女】计算。\n\n又女党员【女】。", 女=UNKNOWN) == (
        "女党员数未填报。\n女党员数未填报。"
    )


def test_a_missing_figure_in_braces_prints_as_before():
    assert reads("共{{ 女 }}人", 女=UNKNOWN) == "共未填报人"


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("党员【总数】〖，其中女党员【女】〗；完。", "党员598名；完。"),
        ("〖女党员【女】，〗党员【总数】。", "党员598名。"),
        ("党员【总数】〖（含女党员【女】）〗，完。", "党员598名，完。"),
        ("党员【总数】（〖含女党员【女】〗），完。", "党员598名，完。"),
        ("甲。〖女党员【女】。〗乙。", "甲。乙。"),
        ("甲，〖女党员【女】〗。", "甲。"),
        ("甲；〖女党员【女】〗", "甲。"),
        ("- 甲\n- 〖女党员【女】〗\n- 乙", "甲\n乙"),
        ("甲。\n\n〖女党员【女】。〗\n\n乙。", "甲。\n乙。"),
        ("〖党员【总数】〖，女【女】〗。〗", "党员598名。"),
        ("〖党员【总数】，女【女】。〗甲。", "甲。"),
        ("〖针对【没有】的问题，〗做了。", "做了。"),
        ("〖涉及【空】。〗完。", "完。"),
    ],
)
def test_an_optional_passage_without_its_figure_is_left_out_with_its_punctuation(text, printed):
    assert reads(text, 总数=MEMBERS, 女=UNKNOWN, 没有=None, 空=[]) == printed


def test_what_is_left_out_leaves_no_origin_behind():
    shown = prose(
        "党员【总数】〖，预备党员【预】，女【女】〗。", {"总数": MEMBERS, "预": NOBODY, "女": WOMEN}
    )
    assert set(shown.facts) == {MEMBERS.id}


def test_the_other_wording_is_for_nought_and_never_for_what_is_missing():
    text = "〖流出党员【数】。｜没有流出党员。〗"
    assert reads(text, 数=fact(3, "流出党员数")) == "流出党员3名。"
    assert reads(text, 数=fact(0, "流出党员数")) == "没有流出党员。"
    assert reads(text, 数=fact(None, "流出党员数")) == "流出党员数未填报。"


def test_a_condition_that_prints_nothing_decides_over_a_passage():
    text = "〖【条件|若】近期没有安排。〗完。"
    assert [reads(text, 条件=value) for value in (True, False, ["甲"], [], NOBODY)] == [
        "近期没有安排。完。",
        "完。",
        "近期没有安排。完。",
        "完。",
        "完。",
    ]


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("预备党员【零】。", "没有预备党员。"),
        ("党员【总数】，其中预备党员【零】；", "党员598名，没有预备党员；"),
        ("年内转正【零】，完。", "年内没有转正，完。"),
        ("年内共开展督查【零】。", "年内没有开展督查。"),
        ("预备党员为【零】。", "预备党员为0名。"),
        ("有【零】参加。", "有0名参加。"),
        ("正式党员【总数】、预备党员【零】。", "正式党员598名，没有预备党员。"),
        ("正式党员【总数】、预备党员【女】。", "正式党员598名、预备党员197名。"),
        ("〖【总数|若】年内接收预备党员【零】，转正【零】。〗", "年内没有接收预备党员，没有转正。"),
    ],
)
def test_nought_reads_as_official_prose_does(text, printed):
    assert reads(text, 零=NOBODY, 总数=MEMBERS, 女=WOMEN) == printed


def test_the_share_of_one_is_not_told():
    one, firms = fact(1, "完成的企业数", "家"), fact(9, "企业数", "家")
    assert (
        reads("有【一】，占企业数的【率】，涉及甲。", 一=one, 率=share(one, firms))
        == "有1家，涉及甲。"
    )
    assert (
        reads("有【二】，占【率】。", 二=firms, 率=share(fact(3, "三家", "家"), firms))
        == "有9家，占33.3%。"
    )


def test_a_figure_says_its_own_name():
    assert reads(
        "【女|名数】，【零|名数】，【缺|名数】。", 女=WOMEN, 零=NOBODY, 缺=fact(None, "团员数")
    ) == ("女党员197名，没有预备党员，团员数未填报。")


def test_a_share_is_one_filter():
    assert reads("【女|占(总数)】。", 女=WOMEN, 总数=MEMBERS) == "女党员197名，占32.9%。"
    assert reads("【女|占(总数)】。", 女=UNKNOWN, 总数=MEMBERS) == "女党员数未填报。"
    assert reads(
        "【零|占(总数)】；【全|占(总数)】。", 零=NOBODY, 全=fact(598, "汉族党员数"), 总数=MEMBERS
    ) == ("没有预备党员；均为汉族党员。")


@pytest.mark.parametrize(
    ("done", "of", "printed"),
    [
        (7, 9, "完成党建入章的7家，占77.8%"),
        (1, 9, "完成党建入章的1家"),
        (9, 9, "全部完成党建入章"),
        (0, 9, "均未完成党建入章"),
        (1, 1, "已完成党建入章"),
    ],
)
def test_a_portion_is_worded_from_nought_to_all(done, of, printed):
    number, base = fact(done, "完成党建入章的企业数", "家"), fact(of, "企业数", "家")
    portion = Portion(number, share(number, base), "占")
    assert reads("【入章】。", 入章=portion) == f"{printed}。"


def test_where_some_did_not_report_nought_and_all_are_said_of_those_who_did():
    nobody, everybody = fact(0, "女党员数"), fact(9, "女党员数")
    base = fact(9, "填报性别的总数")

    assert reads("【女】。", 女=Portion(nobody, share(nobody, base), "占填报数的")) == (
        "已填报的没有女党员。"
    )
    assert reads("【女】。", 女=Portion(everybody, share(everybody, base), "占填报数的")) == (
        "已填报的均为女党员。"
    )


def test_what_nobody_is_and_what_all_are_is_said_once_for_several():
    base, some = fact(9, "总数"), fact(3, "女党员数")
    young, old, graduates = fact(0, "青年党员数"), fact(0, "老年党员数"), fact(9, "大专党员数")
    parts = [Portion(each, share(each, base), "占") for each in (young, old, some, graduates)]

    assert reads("【结构】。", 结构=parts) == (
        "没有青年党员、老年党员；女党员3名，占33.3%；均为大专党员。"
    )


def test_a_bare_list_is_an_enumeration():
    names = [fact("甲", "名", ""), fact("乙", "名", ""), fact("丙", "名", "")]
    kinds = [fact(9, "县属国有企业数", "家"), fact(0, "学校数", "家"), fact(2, "医院数", "家")]
    assert reads(
        "【名单】；【种类】；【按名】。",
        名单=names,
        种类=kinds,
        按名={"甲类": kinds[0], "乙类": kinds[2]},
    ) == ("甲、乙和丙；县属国有企业9家、医院2家；甲类9家、乙类2家。")
    assert reads("【名单】。", 名单=names[:1]) == "甲。"
    assert reads("涉及【名单】，完。", 名单=[]) == "完。"


def test_a_list_says_which_of_its_figures_is_missing():
    kinds = {"甲": fact(9, "甲数", "家"), "乙": fact(None, "乙数", "家")}
    assert reads("有【种类】。", 种类=kinds) == "有甲9家，乙未填报。"


def test_of_which_needs_more_than_one():
    firms, schools = fact(9, "企业数", "家"), fact(2, "学校数", "家")
    assert reads("单位11家【类|其中】。", 类=[firms, schools]) == "单位11家，其中企业9家、学校2家。"
    assert (
        reads("单位9家【类|其中】。", 类=[firms, fact(0, "学校数", "家")]) == "单位9家，均为企业。"
    )
    assert reads("单位9家【类|其中】。", 类=[]) == "单位9家。"


def test_members_months_and_ranks_are_one_filter_each():
    names = [fact("甲", "名", ""), fact("乙", "名", "")]
    assert reads("【名|组成】。", 名=names) == "由甲和乙组成。"
    assert reads("【名|组成】。", 名=names[:1]) == "由甲组成。"
    assert (
        reads("缺【月|月份】。", 月=fact("1月、2月、3月、4月、9月", "缺的月份", ""))
        == "缺1至4月、9月。"
    )
    scores = [fact(Decimal(score), f"{score}分", "分") for score in (90, 80, 80)]
    first, second = rank(scores[0], scores), rank(scores[1], scores)
    assert reads("【一|位次】，【二|位次】。", 一=first, 二=second) == "第1位，并列第2位。"


def test_a_notebook_brings_a_filter_of_its_own():
    @wording
    def 先后(facts):
        return ["先是", facts[0], "，后是", facts[1]]

    @wording
    def 手写(_fact):
        return "共5个"

    assert reads("【数|先后】。", 数=[WOMEN, MEMBERS], 先后=先后) == "先是197名，后是598名。"
    assert "文字里有数字" in refuses("【数|手写】", 数=WOMEN, 手写=手写)
    assert "写法“先后”算不出来" in refuses("【数|先后】", 数=[WOMEN], 先后=先后)


def test_a_section_with_nothing_to_say_goes_with_its_heading():
    text = "## 成效\n\n〖女党员【女】。〗\n\n### 荣誉\n\n受表彰的有【荣】。\n\n### 队伍\n\n党员【总数】。"
    names = {"女": UNKNOWN, "总数": MEMBERS, "荣": []}
    assert page(text, **names) == "成效\n党员598名。"  # and 队伍 would stand alone
    assert page("## 成效\n\n受表彰的有【荣】。", **names) == ""
    assert page("## 只有标题", **names) == "只有标题"
    assert page("## 成效\n\n没有占位的话。", **names) == "成效\n没有占位的话。"


def test_a_section_all_of_whose_figures_are_missing_is_a_place_to_write():
    lost = fact(None, "失联党员数")
    text = "## 队伍\n\n流出【女】，失联【失】。\n\n## 成效\n\n党员【总数】。"
    names = {"女": UNKNOWN, "失": lost, "总数": MEMBERS}
    _, todo, *_ = prose(text, names).blocks

    assert isinstance(todo, Todo)
    assert todo.hint.startswith("“队伍”一节的女党员数、失联党员数没有填报")
    assert "成效\n党员598名。" in reads(text, **names)
    assert page("## 队伍\n\n〖流出【女】，失联【失】。〗\n\n## 成效", **names) == "成效"
    assert (
        reads("## 队伍\n\n流出【女】，党员【总数】。", **names)
        == "队伍\n女党员数未填报，党员598名。"
    )


def test_what_the_next_cell_says_stands_under_its_own_heading():
    names = {"女": UNKNOWN, "总数": MEMBERS}
    optional = "## 问题\n\n党员【总数】。\n\n## 建议\n\n〖女党员【女】。〗"
    assert page(optional, "请加强教育。", **names) == "问题\n党员598名。\n建议\n请加强教育。"
    assert page(optional, "## 附则", **names) == "问题\n党员598名。\n附则"


def test_a_lone_section_has_no_heading_unless_its_author_means_it():
    names = {"女": UNKNOWN, "总数": MEMBERS}
    both = "## 成效\n\n### 荣誉\n\n〖女党员【女】。〗\n\n### 队伍\n\n党员【总数】。"
    assert page(both, **names) == "成效\n党员598名。"
    assert page(both, "### 业务\n\n增收。", **names) == "成效\n队伍\n党员598名。\n业务\n增收。"
    assert page("## 成效\n\n### 队伍\n\n发挥作用。") == "成效\n队伍\n发挥作用。"
    case = "## 案例\n\n### 【名】\n\n党员【总数】。"  # what the rows name is never left out
    assert page(case, 名="红色驿站", **names) == "案例\n红色驿站\n党员598名。"


def test_tables_and_headings_are_no_sentences():
    text = "## 共【女】\n\n| 甲，乙 | 数 |\n|---|---|\n| 丙 | 【女】 |\n\n丁【总数】。"
    assert (
        reads(text, 女=UNKNOWN, 总数=MEMBERS) == "共未填报\n表\n甲，乙\t数\n丙\t未填报\n丁598名。"
    )


def test_bold_openings_stay_bold():
    shown = prose("**女党员【女】。** 党员【总数】。", {"女": UNKNOWN, "总数": MEMBERS})
    assert shown.text == "女党员数未填报。 党员598名。"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("第一行。\n党员〖，其中【总数】", "第2行 〖，其中【总数】：〖 没有配上〗"),
        ("党员【总数】〗", "第1行 〗：〗前面没有〖"),
        ("党员〖没有〗", "〖〗里没有【】，不知道什么时候不印"),
        ("党员【】", "【】里要写一个量的名字"),
        ("党员【总数", "“【”没有配成一对【】"),
        ("\n党员【党员总书】", "第2行 【党员总书】：没有名为“党员总书”的量；是否想写“党员总数”？"),
        ("党员【后面才算】", "没有名为“后面才算”的量；请先在前面的单元格里算出来"),
        ("党员【总数|较上念】", "没有名为“较上念”的写法；是否想写“较上年”？"),
        ("针对【没有】的问题。", "第1行 【没有】：没有值，也不知道该说什么“未填报”"),
        ("共【5】人", "【5】：是没有出处的数（int）"),
    ],
)
def test_each_mistake_is_one_sentence_with_its_place(text, sentence):
    said = refuses(text, 总数=MEMBERS, 党员总数=MEMBERS, 没有=None)
    assert sentence in said
    assert said.startswith("以“")
    assert "\n" not in said


def test_a_colon_before_what_follows_stays_though_something_before_it_is_left_out():
    assert reads("入选【总数】〖，其中女党员【女】〗：", 总数=MEMBERS, 女=UNKNOWN) == "入选598名："
    assert reads("入选【总数】，主要有：〖【女】〗", 总数=MEMBERS, 女=UNKNOWN) == "入选598名。"


@pytest.mark.parametrize(
    "text",
    [
        "再有【名单】。",
        "再有{{ 名单|列举 }}。",
        "此外，再有【名单】。",
        "再有：【名单】。",
        "再有〖【名单】〗。",
        "再有【各|其中】。",
        "再有【名单|分批】。",
        "（再有【名单】）。",
    ],
)
def test_a_sentence_whose_list_is_empty_is_not_printed(text):
    @wording
    def 分批(names):
        return "、".join(names)

    names = {"名单": [], "各": {}, "分批": 分批, "总数": MEMBERS}
    assert reads(text, **names) == ""
    assert reads(f"党员【总数】。{text}", **names) == "党员598名。"
    assert reads(f"党员【总数】，{text}", **names) == "党员598名。"


def test_words_beside_an_empty_list_that_say_something_stay():
    assert reads("单位【总数】【各|其中】。", 总数=MEMBERS, 各={}) == "单位598名。"
    assert reads("单位【总数】：【名单】。", 总数=MEMBERS, 名单=[]) == "单位598名。"
    assert reads("此外，再有【名单】。", 名单=["甲"]) == "此外，再有甲。"
    assert reads("各级党组织〖【名单】〗都要落实。", 名单=[]) == "各级党组织都要落实。"


def test_an_empty_list_beside_a_figure_of_the_same_clause_is_refused():
    assert "【名单】：是空的" in refuses("党员【总数】和【名单】。", 总数=MEMBERS, 名单=[])


def test_a_condition_outside_its_passage_is_refused():
    assert "要写在〖〗里面" in refuses("【名单|若】再有甲。", 名单=["甲"])
    assert reads("〖【名单|若】再有甲。〗", 名单=["甲"]) == "再有甲。"


@pytest.mark.parametrize("words", ["", "  "])
def test_a_text_that_is_empty_takes_its_label_along(words):
    assert reads("甲。〖作者简介：【简介|句】〗", 简介=words) == "甲。"


def test_a_text_that_says_something_keeps_its_label():
    assert reads("甲。〖作者简介：【简介|句】〗", 简介="林某，教师") == "甲。作者简介：林某，教师。"

"""Texts held against a workbook, last year's text, other branches and what the domain holds for certain."""

from __future__ import annotations

from datetime import date

import pytest
from prose_cases import manuscript

from dangjian.model.set_phrases import LORE
from gongwen_lint.reference_data import Figure, Person, ReferenceData
from gongwen_lint.rules.context import CheckContext
from gongwen_lint.rules.registry import BY_CODE
from gongwen_lint.runner import examine

COUNTY = ("云岭县", "全县", "我县", "本县")
TOWN = ("云岭县城市投资集团有限公司", "云岭城投")
KNOWN = ReferenceData(
    names=(*TOWN, "中共云岭县城市投资集团有限公司机关支部委员会", "云岭城投机关党支部"),
    year=2026,
    as_of=date(2026, 11, 30),
    region="云岭县",
    figures=(
        Figure(COUNTY, ("党员", "在册党员"), 598, "名", "党员"),
        Figure(COUNTY, ("党支部",), 32, "个", "党组织"),
        Figure(COUNTY, ("党支部",), 28, "个", "党组织"),
        Figure(TOWN, ("职工",), 486, "人", "单位"),
        Figure(("云岭城投机关党支部",), ("党员",), 41, "名", "党员"),
        Figure(("云岭园区公司",), ("职工",), None, "人", "单位"),
    ),
    people=(Person("贾樾衡"), Person("宋筠川", ("书记",)), Person("金恪茹", ("副书记",))),
)
SECRET = ReferenceData(people=KNOWN.people, anonymous=True)


def message(code: str, text: str, **held) -> list[str]:
    return [
        f"{each.level}：{each.message}"
        for each in examine(manuscript(text), [BY_CODE[code]], CheckContext(**held))
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "截至2026年11月30日，全县共有党员612名。",
            ["错误：工作簿“党员”表里全县的党员是598名，文中写“612名”"],
        ),
        ("全县有党支部30个。", ["警告：工作簿“党组织”表里全县的党支部是32个或28个，文中写“30个”"]),
        (
            "全县共有党支部32个、党员612名。",
            ["警告：工作簿“党员”表里全县的党员是598名，文中写“612名”"],
        ),
        ("全县共有600余名党员。", ["警告：工作簿“党员”表里全县的党员是598名，文中写“600余名”"]),
        ("云岭城投现有职工468人。", ["警告：工作簿“单位”表里云岭城投的职工是486人，文中写“468人”"]),
        ("全县共有党员598名、党支部28个。", []),
        ("全县共有近600名党员，云岭城投职工480余人。", []),
        ("2025年底，全县共有党员590名。", []),
        ("全县机关党支部有党员112名。", []),
        ("云岭城投机关党支部有党员41名，其中女党员12名。", []),
        ("全县培训党员4200人次，比上年增加党员12名。", []),
        ("某镇有党员700名。", []),
    ],
)
def test_figures_are_held_against_the_workbook(text, said):
    assert message("K07", text, data=KNOWN) == said


def test_a_blank_is_no_zero():
    names = ReferenceData(
        **{
            **{each: getattr(KNOWN, each) for each in ("figures", "year", "as_of")},
            "names": ("云岭园区公司",),
        }
    )

    assert message("K30", "云岭园区公司有职工0人。", data=names) == [
        "错误：工作簿里云岭园区公司的职工没有填报，不是0"
    ]
    assert message("K30", "云岭园区公司职工人数未填报。", data=names) == []
    assert message("K30", "云岭园区公司有职工12人。", data=names) == []


def test_numbers_without_a_source_are_listed_once():
    assert message("K06", "党员598名，培训4200人次，走访86户。", data=KNOWN) == [
        "提示：有2个数在工作簿的常用指标中查不到：4200人次、86户"
    ]
    assert message("K06", "党员598名，职工486人，占81.3%。", data=KNOWN) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("由云岭城头机关党支部牵头。", ["警告：工作簿里的名称是“云岭城投机关党支部”"]),
        ("在青禾县的支持下完成。", ["警告：这份材料说的是云岭县，这里出现了“青禾县”"]),
        ("云岭城投机关党支部和其他党支部。", []),
        ("为此，恳请县政府协调，拟任县委委员的另行公示。", []),
        ("并请县里支持，大家的县城更美了。", []),
        ("全县、各县、兄弟县都来参观，其中县属企业12家。", []),
        ("机关党支部、驻村第一党支部。", []),
    ],
)
def test_names_are_those_of_the_workbook(text, said):
    assert message("K12", text, data=KNOWN) == said


def test_real_names_do_not_stand_in_an_anonymous_report():
    assert message("K13", "书记宋筠川说。", data=SECRET) == ["错误：要求脱敏，这里写了真实姓名"]
    assert message("K13", "XX公司党委与云岭城投结对。", data=KNOWN) == [
        "警告：同一段里有的单位隐去了名称，这里却是真名"
    ]
    assert message("K13", "书记宋某说。", data=SECRET) == []
    assert message("K13", "书记宋筠川说，云岭城投先行。", data=KNOWN) == []


def test_posts_are_those_of_the_workbook():
    assert message("K14", "党支部书记贾樾衡介绍了做法。", data=KNOWN) == [
        "警告：工作簿里贾樾衡没有职务"
    ]
    assert message("K14", "党支部书记金恪茹介绍了做法。", data=KNOWN) == [
        "警告：工作簿里金恪茹是副书记"
    ]
    assert message("K14", "党支部书记宋筠川、副书记金恪茹介绍了做法。", data=KNOWN) == []
    assert message("K14", "党员贾樾衡介绍了做法。", data=KNOWN) == []


LAST = "全年组织集中学习24次，邀请县委党校老师授课3次，为12名行动不便的老党员送学上门40余次，党员参学率达到96%。"


def test_last_years_paragraphs_are_found():
    last = manuscript(LAST)

    assert message("K10", LAST, last=last) == [
        "错误：与去年的第1段有100%相同，数也没有变：24、12、40、96"
    ]
    assert message("K10", LAST.replace("24次", "26次").replace("96%", "98%"), last=last) == [
        "警告：与去年的第1段有100%相同"
    ]
    assert (
        message(
            "K10",
            "全年集中学习26次，重点学习新修订的条例，支部书记带头讲党课2次，老党员由党小组长上门送学。",
            last=last,
        )
        == []
    )
    assert message("K10", "召开党员大会4次。", last=manuscript("召开党员大会4次。")) == []


def test_copies_of_other_branches_are_found_behind_names_and_numbers():
    peer = manuscript(f"青山村党支部{LAST}")
    mine = "高岭村党支部" + LAST.replace("24次", "18次").replace("12名", "9名")

    assert message("K11", mine, peers=(peer,)) != []
    assert (
        message(
            "K11",
            "党支部把会场搬到田头，听群众说难处，当场能办的当场办，办不了的三天内答复，半年办成四十多件。",
            peers=(peer,),
        )
        == []
    )
    assert (
        message("K11", mine, peers=(manuscript(mine),)) == []
    )  # the document itself lies in the folder


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "落实《整治形式主义为基层减负的若干规定》。",
            ["警告：规范名称是《整治形式主义为基层减负若干规定》"],
        ),
        (
            "落实《中国共产党支部工作条列（试行）》。",
            ["警告：规范名称是《中国共产党支部工作条例（试行）》"],
        ),
        (
            "学习《中国共产党党员教育管理工作条例》。 ¶ 〈date〉2018年12月20日",
            ["警告：成文时这份规定还没有印发（2019年5月6日印发）"],
        ),
        ("学习《中国共产党党员教育管理工作条例》。 ¶ 〈date〉2026年12月20日", []),
        ("落实《支部工作条例》《支部工作条例（试行）》。", []),
        ("制定《云岭县党支部工作条例实施办法》。", []),
        ("印发《关于加强基层党建工作的意见》。", []),
    ],
)
def test_regulations_are_cited_by_their_titles_and_in_time(text, said):
    assert message("K16", text, lore=LORE) == said


def test_set_phrases_are_quoted_as_they_stand():
    assert message("K17", "严格落实“三课一会”。", lore=LORE) == ["警告：固定提法是“三会一课”"]
    assert message("K17", "严格落实“三会一课”、“三重一大”。", lore=LORE) == []
    assert message("K17", "上了三课，一会儿就散了。", lore=LORE) == []


def test_without_lore_nothing_is_said_of_regulations():
    assert message("K16", "落实《整治形式主义为基层减负的若干规定》。") == []

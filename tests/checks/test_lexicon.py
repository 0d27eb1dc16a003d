"""The word tables are what their script makes, wrong characters are found, and right text is left alone."""

from __future__ import annotations

import sys
from importlib.resources import files
from pathlib import Path

import pytest

from gongwen_lint.rules.prose.words.homophones import slips
from gongwen_lint.rules.prose.words.lexicon import tables

TOP = Path(__file__).parents[2]
sys.path.append(str(TOP / "data"))

import lexicon as script  # noqa: E402  (a script, not a package)

MADE = ("characters.tsv", "words.tsv", "met.txt")
WRONG = (
    ("推动农业发站", "发展"),
    ("各乡镇要严隔规范管理", "严格"),
    ("坚持福务群众", "服务"),
    ("办好十件名声实事", "民生实事"),
    ("全面络实各项要求", "落实"),
    ("健全弄村土地制度", "农村"),
    ("推动传统产业家快转型升级", "加快"),
    ("取得显著成效，任务已机本完成", "基本"),
    ("进一部推动服务向基层下沉", "进一步"),
    ("加快建设东盟自贸趋", "自贸区"),
)
RIGHT = (
    "安全生产警示教育暨第六十一片区材料检测现场交流。",
    "国家安全教育暨第二届宣传周启动。",
    "召开板凳会，一共开了26场。",
    "从汽车出发站到终点站，安排引导员12名。",
    "引进农村金融人才12名，采纳人大代表建议9条。",
    "有关单位边审边改，边查边纠。",
    "各级政府和有关部门应当密切配合。",
    "青岭县、大源镇、石桥村的干部参加了会议。",
    "处违法所得四倍以下的罚款。",
    "要集思广益、有条不紊地推进，不能名存实亡。",
    "多谋民生之利，多解民生之忧。",
    "党员按责任区巡管听漏，发现漏点立即报修。",
    "甲项由教育局负责，乙项由财政局负责。",
    "村里的事议得少、定得急。",
    "深化整治权力集中、资金密集、资源富集领域的腐败。",
    "各支部党建工作到位，台账齐全。",
    "先进制造业集群从无到有。",
)


def table(name: str) -> str:
    return files("gongwen_lint.rules.prose.words.lexicon").joinpath(name).read_text("utf-8")


@pytest.mark.parametrize("name", MADE)
def test_no_hand_has_changed_a_generated_table(name):
    _, origin, seal, body = table(name).split("\n", 3)

    assert seal == "# " + tables.seal(body.removesuffix("\n")), "python data/lexicon.py"
    assert all(f"{source} {version}" in origin for source, version in script.SOURCES.items())


@pytest.mark.slow
@pytest.mark.skipif(not script.cached(), reason="来源没有下载：python data/lexicon.py --check")
def test_the_tables_are_what_the_sources_make():
    assert {name: table(name) for name in MADE} == script.build()


def test_every_phrase_of_our_own_is_a_word_or_two_of_them():
    book = tables.lexicon()
    assert [each for each in script.phrases() if len(each) <= 5 and not book.is_word(each)] == []


@pytest.mark.parametrize(("text", "word"), WRONG)
def test_a_character_of_the_same_sound_is_found(text, word):
    assert [slip.right for slip in slips(text)] == [word]


@pytest.mark.parametrize("text", RIGHT)
def test_right_text_is_left_alone(text):
    assert list(slips(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "表扬王四清、朱如里、周正东等医护人员",
        "联系人：吴开勤",
        "队长颜春燕是村里的老党员",
        "严重违犯党的纪律的，给予处分",
        "推动旭龙、奔子栏等水电站建设",
    ],
)
def test_names_and_rare_words_are_not_said_to_be_surely_wrong(text):
    assert [slip.right for slip in slips(text) if slip.sure] == []


def test_a_word_that_stands_elsewhere_in_the_document_is_surer():
    document = "持续整合优化各类开发区，规范各类园区管理。"
    (alone,) = slips("整合优化个类开发园")
    (among_others,) = slips("整合优化个类开发园", document=document)
    assert (alone.right, among_others.right) == ("各类", "各类")
    assert among_others.sure
    assert not alone.sure

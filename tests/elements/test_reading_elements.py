"""A map of elements becomes typed values or every fault of it at once; arranged, each block stands in its place."""

from __future__ import annotations

from datetime import date

import pytest

from gongwen.document import (
    Addressee,
    Attachment,
    Attendance,
    Byline,
    Contents,
    Document,
    Enclosures,
    Imprint,
    Masthead,
    Paragraph,
    Remark,
    Signature,
    Text,
    Title,
)
from gongwen.document.elements import Elements, arrange, read
from gongwen.errors import InvalidInput
from zhibi.notebook.elements import of
from zhibi.notebook.file import About

OFFICIAL = {"格式": "文件", "发文机关": "中共示例县委组织部", "发文字号": "示组发〔2026〕5号"}


def faults(given: dict, **more) -> list[str]:
    with pytest.raises(InvalidInput) as caught:
        read(given, **more)
    return [f"{finding.place.spot}{finding.message}" for finding in caught.value.findings]


def text(words: str):
    return (Text(words),)


def test_values_are_typed():
    found = read(
        {**OFFICIAL, "份号": 12, "成文日期": "2026-12-08", "用印": True, "抄送机关": ["甲", "乙"]}
    )
    assert (found.form, found.copy_number, found.issued_on) == ("文件", "000012", date(2026, 12, 8))
    assert (found.sealed, found.copied_to, found.issuers) == (
        True,
        "甲、乙",
        ("中共示例县委组织部",),
    )


def test_all_faults_are_told_at_once_with_the_near_miss():
    assert faults({**OFFICIAL, "签发": "张三", "紧急程度": "加极", "成文日期": "12月8日"}) == [
        "“签发”没有名为“签发”的公文要素；是否想写“签发人”？",
        "“紧急程度”没有“加极”这种紧急程度；可用的有：特急、加急",
        '“成文日期”“12月8日”不是日期，请写成 "2026-12-08"',
    ]


@pytest.mark.parametrize(
    "number",
    [
        "示组发[2026]5号",
        "示组发〔2026〕第5号",
        "示组发〔2026〕05号",
        "示组发〔26〕5号",
        "〔2026〕5号",
    ],
)
def test_a_number_in_another_form_is_refused(number):
    assert "六角括号" in faults({**OFFICIAL, "发文字号": number})[0]


@pytest.mark.parametrize("secrecy", ["秘密", "机密★5年", "绝密★长期", "秘密★6个月"])
def test_secrecy_as_the_standard_writes_it_is_taken(secrecy):
    assert read({**OFFICIAL, "密级和保密期限": secrecy}).secrecy == secrecy


@pytest.mark.parametrize("secrecy", ["秘密*1年", "保密", "秘密★一年"])
def test_secrecy_in_another_form_is_refused(secrecy):
    assert faults({**OFFICIAL, "密级和保密期限": secrecy})


def test_an_unknown_format_is_refused_with_those_there_are():
    assert faults({"格式": "文档"}) == [
        "“格式”没有“文档”这种格式；可用的有：材料、文件、信函、纪要、通报"
    ]


def test_a_format_says_what_it_lacks_and_what_it_has_no_place_for():
    assert faults({"格式": "信函", "签发人": "张三"}) == [
        "“格式”“信函”要写明“发文机关”",
        "“格式”“信函”要写明“发文字号”",
        "“格式”“信函”没有“签发人”的位置，请去掉它或改用别的格式",
    ]


def test_the_metadata_gives_the_format_and_names_the_parameter():
    about = About(form="通报", elements="公文")
    assert of(about, {"公文": {"发文机关": "甲"}}, "n.ipynb").form == "通报"
    assert of(None, {}, "n.ipynb") == Elements()


def test_a_report_without_elements_is_left_as_it_is():
    document = Document(
        (Title((text("题"),)), Byline(text("甲"), date(2026, 12, 8)), Paragraph(text("文")))
    )
    assert arrange(document, Elements()) == document


def test_every_element_has_its_place():
    document = Document((Title((text("题"),)), Byline(text("甲"), date(2026, 12, 8)), Paragraph(text("文")),
                         Attachment("名单"), Paragraph(text("附"))))  # fmt: skip
    given = {
        **OFFICIAL,
        "主送机关": "各乡镇党委：",
        "附注": "（此件公开发布）",
        "抄送机关": "县委办公室。",
        "目录": True,
    }
    found = arrange(document, read(given))
    assert [type(block) for block in found.blocks] == [
        Contents, Masthead, Title, Addressee, Paragraph, Enclosures, Signature, Remark, Attachment, Paragraph, Imprint,
    ]  # fmt: skip
    assert found.blocks[3] == Addressee("各乡镇党委")
    assert found.blocks[5] == Enclosures(("名单",))
    assert found.blocks[6] == Signature(("中共示例县委组织部",), date(2026, 12, 8))
    assert found.blocks[7] == Remark("此件公开发布")
    assert found.blocks[10] == Imprint("县委办公室")
    assert found.form == "文件"


def test_minutes_name_who_was_there_and_are_not_signed():
    found = arrange(
        Document((Paragraph(text("文")),)),
        read({"格式": "纪要", "发文机关标志": "部务会议纪要", "出席": ["甲", "乙"]}),
    )
    assert [type(block) for block in found.blocks] == [Masthead, Paragraph, Attendance]
    assert found.blocks[2] == Attendance((("出席", "甲、乙"),))

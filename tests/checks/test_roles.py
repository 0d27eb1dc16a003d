"""What each paragraph is, is told from place, words and look, with or without styles."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date

import pytest
from typed import Typed

from gongwen_lint.manuscript.manuscript import Para
from gongwen_lint.manuscript.reading.docx import read
from gongwen_lint.manuscript.roles import recognised


def roles(typed: Typed) -> list[tuple[str, str]]:
    found = read(typed.content, "x.docx").paras
    return [(para.text, f"{para.role}{para.level or ''}") for para in found if para.text.strip()]


def role_of(text: str, typed: Typed) -> str:
    return dict(roles(typed))[text]


def typed_report() -> Typed:
    made = Typed()
    made.title("2026年度党建工作总结")
    made.p("中共示例县委组织部", "楷体_GB2312", 16, "中")
    made.p("（2026年12月5日）", "楷体_GB2312", 16, "中")
    made.p("")
    made.p("县委：", indent=0)
    made.p("今年以来，全县基层党建工作取得新成效。现将有关情况报告如下。")
    made.h1("一、主要工作")
    made.p("（一）抓学习。坚持集中学习，全年开展12次。")
    made.h2("（二）抓组织")
    made.p("1.完善制度。制定制度5项。")
    made.p("表1　各支部情况", "黑体", 14, "中")
    made.table(("名称", "人数"), ("甲", "12"))
    made.p("注：数据截至11月底。", size=12, indent=0)
    made.p("附件：1.名单")
    made.p("2.清单", indent=5)
    made.p("")
    made.p("中共示例县委组织部", align="右")
    made.p("2026年12月6日", align="右")
    made.p("（此件公开发布）")
    made.p("附件1", "黑体", indent=0)
    made.title("名单")
    made.p("本名单共12人。")
    return made


def test_a_typed_report_without_any_style_is_understood():
    assert roles(typed_report()) == [
        ("2026年度党建工作总结", "title"), ("中共示例县委组织部", "byline"), ("（2026年12月5日）", "byline"),
        ("县委：", "addressee"), ("今年以来，全县基层党建工作取得新成效。现将有关情况报告如下。", "body"),
        ("一、主要工作", "heading1"), ("（一）抓学习。坚持集中学习，全年开展12次。", "body2"), ("（二）抓组织", "heading2"),
        ("1.完善制度。制定制度5项。", "body3"), ("表1　各支部情况", "caption"), ("名称", "table_cell"), ("人数", "table_cell"),
        ("甲", "table_cell"), ("12", "table_cell"), ("注：数据截至11月底。", "table_note"), ("附件：1.名单", "attachment_note"),
        ("2.清单", "attachment_note"), ("中共示例县委组织部", "signature"), ("2026年12月6日", "date"),
        ("（此件公开发布）", "remark"), ("附件1", "attachment_label"), ("名单", "attachment_title"), ("本名单共12人。", "body"),
    ]  # fmt: skip


def test_places_are_told_as_a_reader_counts_them():
    found = read(typed_report().content, "x.docx")
    assert [para.where for para in found.paras if para.text in ("县委：", "12")] == [
        "第4段",
        "表1第2行第2列",
    ]
    assert found.issued_on == date(2026, 12, 6)


def test_a_red_head_is_no_title():
    made = Typed()
    made.p("000012", indent=0)
    made.p("秘密★1年", "黑体", indent=0)
    made.p("中共示例县委组织部文件", "方正小标宋简体", 42, "中", color="FF0000")
    made.p("示组发〔2026〕5号", align="中")
    made.title("关于印发办法的通知")
    made.p("各乡镇党委：", indent=0)
    made.p("现印发给你们，请认真贯彻执行。")
    assert [role for _, role in roles(made)] == [
        "masthead", "masthead", "masthead", "document_number", "title", "addressee", "body",
    ]  # fmt: skip


def test_headings_that_are_bold_text_are_headings_and_bold_words_in_a_sentence_are_none():
    made = Typed()
    made.title("工作总结")
    made.p("一年来工作有序推进，成效明显。")
    made.p("主要做法", bold=True)
    made.p("制度不断健全，学习不断深入。")
    made.p("这一句全部加粗，但它是一句话。", bold=True)
    assert (role_of("主要做法", made), role_of("这一句全部加粗，但它是一句话。", made)) == (
        "heading1",
        "body",
    )


def test_unnumbered_headings_take_the_level_of_those_that_look_like_them():
    made = Typed()
    made.title("工作总结")
    made.h1("一、主要做法")
    made.h2("（一）抓学习")
    made.p("学习不断深入。")
    made.h2("抓组织")
    made.p("组织不断健全。")
    assert role_of("抓组织", made) == "heading2"


def test_styles_are_believed_unless_the_words_speak_against_them():
    made = Typed()
    made.file.add_paragraph("工作总结", style="Title")
    made.file.add_paragraph("一、做法", style="Heading 1")
    sentence = "这是一段用了标题样式的正文，" * 6 + "它说了很多话。还不止一句。"
    made.file.add_paragraph(sentence, style="Heading 2")
    assert roles(made) == [("工作总结", "title"), ("一、做法", "heading1"), (sentence, "body")]


def test_documents_out_of_markdown_have_their_title_on_the_first_level():
    made = Typed()
    made.file.add_paragraph("调研报告", style="Heading 1")
    made.file.add_paragraph("基本情况", style="Heading 2")
    made.file.add_paragraph("全县共有支部598个。情况良好。")
    assert [role for _, role in roles(made)] == ["title", "heading1", "body"]


def test_a_date_in_the_text_is_no_date_of_issue_and_a_salutation_amid_the_text_no_addressee():
    made = Typed()
    made.title("工作总结")
    made.p("一年来工作有序推进，成效明显。")
    made.p("主要情况如下：")
    made.p("2026年3月5日")
    made.p("召开了大会，部署全年工作。会议强调了纪律。")
    assert [role for _, role in roles(made)] == ["title", "body", "body", "body", "body"]


def test_the_name_and_date_may_be_pushed_right_by_spaces():
    made = Typed()
    made.title("工作总结")
    made.p("一年来工作有序推进，成效明显。")
    made.p("　　　　　　　　　　　　　　　　　示例县民政局", indent=0)
    made.p("　　　　　　　　　　　　　　　　　二〇二六年一月五日", indent=0)
    found = read(made.content, "x.docx")
    assert [para.role for para in found.paras[-2:]] == ["signature", "date"]
    assert found.issued_on == date(2026, 1, 5)


def test_words_that_only_mention_a_table_or_an_attachment_are_text():
    made = Typed()
    made.title("工作总结")
    made.p("附件：是指随文发送的材料。它与正文同等重要。")
    made.p("表1所示的情况说明，工作有序推进。")
    assert [role for _, role in roles(made)] == ["title", "body", "body"]


def test_copies_to_and_printed_by_are_the_imprint():
    made = Typed()
    made.title("关于开会的通知")
    made.p("请按时参加会议。不得缺席。")
    made.p("示例县委办公室", align="右")
    made.p("2026年1月5日", align="右")
    made.table(("抄送：县纪委，县人大。",), ("示例县委办公室　　2026年1月6日印发",))
    assert [role for _, role in roles(made)] == [
        "title",
        "body",
        "signature",
        "date",
        "imprint",
        "imprint",
    ]


@pytest.mark.parametrize("text", ["一、", "", "附件", "2026年1月5日", "：", "（一）", "——"])
def test_scraps_alone_never_trip_it(text):
    made = Typed()
    made.p(text)
    assert len(read(made.content, "x.docx").paras) == 1


def test_plain_text_is_understood_by_its_words_alone():
    lines = ["关于开展调研的通知", "各党支部：", "现将有关事项通知如下。", "一、时间安排", "（一）集中学习。每月一次。",
             "附件：安排表", "中共示例县委组织部", "2026年1月5日"]  # fmt: skip
    found = recognised(Para(number, line) for number, line in enumerate(lines, 1))
    assert [f"{para.role}{para.level or ''}" for para in found] == [
        "title", "addressee", "body", "heading1", "body2", "attachment_note", "signature", "date",
    ]  # fmt: skip


def test_typed_contents_are_no_headings():
    made = Typed()
    made.title("研究报告")
    made.p("目　录", align="中")
    made.p("一、引言 ........ 1")
    made.p("（一）背景\t2")
    made.h1("一、引言")
    made.p("数字经济不断发展，各地积极探索。")
    assert [role for _, role in roles(made)] == [
        "title",
        "contents",
        "contents",
        "contents",
        "heading1",
        "body",
    ]


def test_a_first_line_without_any_look_is_the_title_where_text_follows():
    made = Typed()
    made.file.add_paragraph("关于平台经济治理的思考")
    made.file.add_paragraph("平台经济已经融入国民经济，治理水平不断提升。")
    made.file.add_paragraph("下一步要完善制度，压实责任。")
    assert [role for _, role in roles(made)] == ["title", "body", "body"]


def test_a_speech_salutes_and_a_draft_mark_stands_below_its_title():
    made = Typed()
    made.title("在全县工作会议上的讲话")
    made.p("（讨论稿）", "楷体_GB2312", align="中")
    made.p("张　三", "楷体_GB2312", align="中")
    made.p("同志们：", indent=0)
    made.p("这次会议的任务是部署工作，大家要认真落实。")
    assert [role for _, role in roles(made)] == ["title", "byline", "byline", "addressee", "body"]


def test_decimal_numbers_head_sections_and_amounts_do_not():
    made = Typed()
    made.title("研究报告")
    made.p("1.1 研究背景")
    made.p("数字经济不断发展，各地积极探索。")
    made.p("1.5万人参加培训")
    assert [role for _, role in roles(made)] == ["title", "heading4", "body", "body"]


def test_a_cover_before_the_text_is_no_text():
    made = Typed()
    made.p("关于产业转型的研究报告", "黑体", 26, "中", bold=True)
    made.p("——以示例县为例", size=14, align="中")
    for _ in range(3):
        made.p("")
    made.p("课题组", size=14, align="中")
    made.p("2026年4月", size=14, align="中")
    made.p("数字经济不断发展，各地积极探索。")
    assert [role for _, role in roles(made)] == ["title", "subtitle", "byline", "byline", "body"]


def test_a_document_of_one_table_has_only_cells():
    made = Typed()
    made.table(("姓名", "单位"), ("张三", "民政局"))
    assert {role for _, role in roles(made)} == {"table_cell"}


def test_small_fonts_throughout_still_have_a_title_and_headings():
    made = Typed()
    made.p("支部工作总结", "宋体", 18, "中", bold=True)
    made.p("今年以来，支部认真履职，成效明显。", "宋体", 12)
    made.p("一、主要做法", "宋体", 12, bold=True)
    made.p("1、开展学习。全年学习12次，人人参加。", "宋体", 12)
    made.p("某某支部", "宋体", 12, "右")
    made.p("2026年12月", "宋体", 12, "右")
    assert [role for _, role in roles(made)] == [
        "title",
        "body",
        "heading1",
        "body3",
        "signature",
        "date",
    ]


@pytest.mark.render
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice converts between the formats")
def test_a_report_that_went_through_word_97_is_understood_alike(tmp_path):
    (tmp_path / "总结.docx").write_bytes(typed_report().content)
    for kind in ("doc", "docx"):
        source = next(tmp_path.glob("总结.doc*" if kind == "doc" else "总结.doc"))
        command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", kind,
                   "--outdir", str(tmp_path if kind == "doc" else tmp_path / "again"), str(source)]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True, timeout=120)
    again = read((tmp_path / "again" / "总结.docx").read_bytes(), "x.docx")
    assert [
        (para.text, f"{para.role}{para.level or ''}") for para in again.paras if para.text.strip()
    ] == roles(typed_report())


def test_numbered_sentences_with_nothing_under_them_are_items():
    made = Typed()
    made.title("关于召开会议的通知")
    made.h1("一、有关事项")
    made.p("（一）提前15分钟入场；")
    made.p("（二）会场附近车位有限，提倡步行前往；")
    made.p("（三）因故不能参会的，须书面请假。")
    made.h1("二、会议地点")
    made.p("县会议中心。")
    assert role_of("（三）因故不能参会的，须书面请假。", made) == "body2"
    assert role_of("二、会议地点", made) == "heading1"


def test_a_name_pushed_to_the_middle_with_blanks_stands_under_the_title():
    made = Typed()
    made.title("关于基层党建的思考")
    made.p("　" * 10 + "王某某", "楷体_GB2312", indent=0)
    made.p("基层党建是一项系统工程，需要久久为功。")
    assert [role for _, role in roles(made)] == ["title", "byline", "body"]


def test_what_a_notice_sends_out_begins_with_its_own_title():
    made = Typed()
    made.title("关于印发方案的通知")
    made.p("各乡镇党委：", indent=0)
    made.p("现将方案印发给你们，请认真贯彻执行。")
    made.p("中共示例县委办公室", align="右")
    made.p("2026年7月3日", align="右")
    made.title("培育行动方案")
    made.p("为加强队伍建设，制定本方案。")
    made.h1("一、总体目标")
    made.p("三年培育300名。")
    assert role_of("培育行动方案", made) == "attachment_title"


def test_entries_under_a_heading_of_references_are_references():
    made = Typed()
    made.title("融合路径研究")
    made.p("学界有广泛讨论[1]。")
    made.p("参考文献", "黑体")
    made.p("[1] 甲, 乙. 融合研究[J]. 学刊, 2021(4): 45-52.")
    assert role_of("[1] 甲, 乙. 融合研究[J]. 学刊, 2021(4): 45-52.", made) == "reference"

"""What Word will apply, in our own files and in others', is told as it is; files that are none are refused in words."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt
from examples import EXAMPLES

from gongwen.errors import UnreadableFile
from gongwen.reader.measure import measure
from gongwen.writer.write import write


def saved(file) -> bytes:
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def stranger() -> docx.document.Document:
    """A file of python-docx's own template, with theme fonts, inheritance and direct formatting."""
    return docx.Document()


def test_our_own_page_is_measured(classic):
    found = measure(write(EXAMPLES["headings"], classic))
    section = found.sections[0]
    assert [
        round(mm) for mm in (section.top_mm, section.bottom_mm, section.left_mm, section.right_mm)
    ] == [
        37,
        35,
        28,
        26,
    ]
    first = found.paragraphs[0]
    assert (first.text, first.style, first.outline) == ("一、甲", "heading 1", 1)
    assert (first.line_twips, first.line_rule, first.first_line_chars, first.first_line_twips) == (
        579,
        "exact",
        2,
        630,
    )
    assert {(run.east_asian, run.size_pt, run.spacing_twips, run.bold) for run in first.runs} == {
        ("黑体", 16, -5, False)
    }


def test_a_run_keeps_what_its_styles_say_unless_it_says_otherwise(classic):
    bold, raised = (
        measure(write(EXAMPLES["looks"], classic)).paragraphs[number].runs[0] for number in (0, 1)
    )
    assert (bold.bold, bold.east_asian, bold.size_pt) == (True, "仿宋_GB2312", 16)
    assert raised.position == "superscript"


def test_tables_and_fields_are_found(classic):
    found = measure(write(EXAMPLES["table"], classic))
    assert [(table.rows, table.columns, table.head_rows) for table in found.tables] == [(2, 2, 1)]
    assert [code for paragraph in found.paragraphs for code in paragraph.fields] == [
        "SEQ 表 \\* ARABIC", "REF _Ref100000000 \\h",
    ]  # fmt: skip
    assert [paragraph.text for paragraph in found.paragraphs if paragraph.in_table] == [
        "名称",
        "人数",
        "甲",
        "12",
    ]


def test_theme_fonts_win_over_names_of_lower_layers_as_in_word():
    file = stranger()
    file.add_heading("标题", 1)
    file.styles["Heading 1"].element.rPr.rFonts.set(
        qn("w:eastAsia"), "黑体"
    )  # the theme attribute beside it stays
    themed = measure(saved(file)).paragraphs[0].runs[0]
    assert themed.latin == "Calibri"
    assert themed.east_asian == "宋体"


def test_a_name_in_an_upper_layer_takes_the_place_of_a_theme_font():
    file = stranger()
    run = file.add_paragraph().add_run("字")
    run.font.name = "Arial"
    assert measure(saved(file)).paragraphs[0].runs[0].latin == "Arial"


def test_styles_hand_down_what_they_are_based_on():
    file = stranger()
    style = file.styles.add_style("子", 1)
    style.base_style = file.styles["Normal"]
    file.styles["Normal"].font.size = Pt(15)
    style.font.bold = True
    file.styles["Normal"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    paragraph = file.add_paragraph("字", style="子")
    paragraph.paragraph_format.first_line_indent = Pt(-10)
    found = measure(saved(file)).paragraphs[0]
    assert (found.style, found.align, found.first_line_twips) == ("子", "right", -200)
    assert (found.runs[0].size_pt, found.runs[0].bold) == (15, True)


def test_styles_that_go_round_in_a_circle_end_somewhere():
    file = stranger()
    one, two = file.styles.add_style("甲", 1), file.styles.add_style("乙", 1)
    one.base_style, two.base_style = two, one
    file.add_paragraph("字", style="甲")
    assert measure(saved(file)).paragraphs[0].text == "字"


@pytest.mark.parametrize(
    "content", [b"", b"not a zip", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600]
)
def test_a_file_of_another_kind_is_refused_in_words(content):
    with pytest.raises(UnreadableFile, match="不是 Word 文件"):
        measure(content, "x.docx")


def with_document(xml: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("word/document.xml", xml)
    return out.getvalue()


WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def test_an_entity_is_not_followed(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("秘密", encoding="utf-8")
    xml = (f'<!DOCTYPE d [<!ENTITY e SYSTEM "{secret.as_uri()}">]><w:document xmlns:w="{WORD}"><w:body><w:p><w:r>'
           "<w:t>甲&e;</w:t></w:r></w:p></w:body></w:document>")  # fmt: skip
    assert "秘密" not in measure(with_document(xml)).paragraphs[0].text


def test_a_file_without_styles_or_body_is_taken_or_refused_but_never_crashes():
    bare = f'<w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:body></w:document>'
    assert measure(with_document(bare)).paragraphs[0].runs[0].size_pt == 10
    with pytest.raises(UnreadableFile, match="没有正文"):
        measure(with_document(f'<w:document xmlns:w="{WORD}"/>'))


def test_bold_twice_is_plain_as_in_word():
    file = stranger()
    file.styles["Normal"].font.bold = True
    strong = file.styles.add_style("重", 2)
    strong.font.bold = True
    paragraph = file.add_paragraph()
    paragraph.add_run("粗")
    paragraph.add_run("平", style="重")
    assert [run.bold for run in measure(saved(file)).paragraphs[0].runs] == [True, False]

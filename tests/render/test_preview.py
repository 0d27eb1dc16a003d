"""`zhibi render` shows what LibreOffice makes of a file, or says in one sentence why it cannot."""

from __future__ import annotations

import io
import shutil

import docx
import pytest
from docx.oxml.ns import qn
from office import STAND_INS, missing

from gongwen import profile
from gongwen.document import Document, Paragraph, Text
from gongwen.errors import MissingExtra, UnreadableFile
from gongwen.writer.write import write
from zhibi.report import preview
from zhibi.report.preview import fonts as preview_fonts


@pytest.fixture
def file(tmp_path):
    classic = profile.load("classic", [profile.packaged_templates()])
    made = tmp_path / "样稿.docx"
    made.write_bytes(write(Document((Paragraph((Text("国" * 28 * 23),)),)), classic))
    return made


@pytest.mark.render
def test_a_word_file_becomes_a_pdf_and_a_picture_a_page(file):
    if lacking := missing():
        pytest.skip(lacking)
    made = preview.to_pdf([file], file.parent)
    assert made.files == (file.with_suffix(".pdf"),)
    assert made.files[0].read_bytes().startswith(b"%PDF")
    assert [path.name for path in preview.to_png(made.files[0], 40)] == ["样稿-1.png", "样稿-2.png"]


def test_without_libreoffice_there_is_a_clear_sentence(file, monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(MissingExtra, match="没有安装LibreOffice"):
        preview.to_pdf([file], file.parent)


def test_a_missing_file_is_told_by_name(tmp_path):
    if lacking := missing():
        pytest.skip(lacking)
    with pytest.raises(UnreadableFile, match="没有这个文件"):
        preview.to_pdf([tmp_path / "无.docx"], tmp_path)


def test_a_font_that_is_installed_is_not_replaced():
    found = preview_fonts.replacements(frozenset({"仿宋", "FandolKai"}))
    assert "仿宋" not in found
    assert found["仿宋_GB2312"] == "仿宋"
    assert found["楷体_GB2312"] == "FandolKai"
    assert "黑体" not in found


def in_font(name: str) -> bytes:
    """A Word file of one line of hanzi in a font, opened and saved by another program."""
    file = docx.Document()
    run = file.add_paragraph().add_run("党支部")
    run.font.name = name
    run._r.rPr.rFonts.set(qn("w:eastAsia"), name)
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


@pytest.fixture
def fetched_kai(tmp_path, monkeypatch):
    """A folder in which `sh .ci/fonts` left one font, entered as a user would."""
    if not shutil.which("fc-match") or missing():
        pytest.skip("没有fontconfig或测量用字体。")
    fonts = tmp_path / "here" / ".cache" / "fonts"
    fonts.mkdir(parents=True)
    shutil.copy(STAND_INS["楷体_GB2312"][1], fonts)
    monkeypatch.setattr(preview_fonts, "fetched", lambda: (fonts,))
    return preview_fonts.configure(tmp_path)


def test_fetched_fonts_are_found_from_the_folder_they_were_fetched_in(tmp_path, monkeypatch):
    fonts = tmp_path / ".cache" / "fonts"
    fonts.mkdir(parents=True)
    (fonts / "FandolKai-Regular.otf").write_bytes(b"")
    (tmp_path / "outputs").mkdir()
    monkeypatch.chdir(tmp_path / "outputs")
    assert preview_fonts.fetched()[0] == fonts


def test_a_missing_font_is_told_with_what_was_drawn_instead(fetched_kai):
    found = preview_fonts.replaced([in_font("楷体_GB2312")], fetched_kai)
    assert [(each.asked, each.given, each.alike) for each in found] == [
        ("楷体_GB2312", "FandolKai", True)
    ]
    said = preview_fonts.sentence(found)
    assert "楷体_GB2312用FandolKai" in said
    assert "没有相近的" not in said


def test_a_font_with_nothing_like_it_is_told_as_such(fetched_kai):
    found = preview_fonts.replaced([in_font("华文行楷")], fetched_kai)
    assert [each.asked for each in found] == ["华文行楷"]
    assert "其中华文行楷没有相近的" in preview_fonts.sentence(found)


def test_of_a_font_that_is_there_nothing_is_said(fetched_kai):
    assert preview_fonts.replaced([in_font("FandolKai")], fetched_kai) == ()
    assert preview_fonts.sentence(()) == ""

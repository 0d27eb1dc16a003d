"""`zhibi render` shows what LibreOffice makes of a file, or says in one sentence why it cannot."""

from __future__ import annotations

import pytest
from office import missing

from gongwen import profile
from gongwen.document import Document, Paragraph, Text
from gongwen.errors import MissingExtra, UnreadableFile
from gongwen.writer.write import write
from zhibi.report import preview


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
    found = preview.replacements(frozenset({"仿宋", "FandolKai"}))
    assert "仿宋" not in found
    assert found["仿宋_GB2312"] == "仿宋"
    assert found["楷体_GB2312"] == "FandolKai"
    assert "黑体" not in found

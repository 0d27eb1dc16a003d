"""Footnotes and citations: from Markdown to Word's own parts."""

from __future__ import annotations

import re

import pytest
from package_check import faults, parts_of

from gongwen.document import Bibliography, Citation, Document, Note, Paragraph, Text, codec
from gongwen.errors import UnknownName
from gongwen.writer.text import citations
from gongwen.writer.write import write
from zhibi.notebook.prose import markdown

SOURCE = """据统计[^a]，已有研究[@li]认为如此[@wang；@li；@zhao]。

[^a]: 统计口径见**附表**。

[@wang]: 王某.题名[J].刊名,2020(3):12-15.
[@li]: 李某.书名[M].北京:某出版社,2019.
[@zhao]: 赵某.题名[J].刊名,2021.
[@sun]: 孙某.题名[J].刊名,2022.
"""
DOCUMENT = Document(markdown.blocks(SOURCE))


def test_markdown_gives_notes_citations_and_works():
    paragraph, works = DOCUMENT.blocks
    assert isinstance(paragraph, Paragraph)
    assert isinstance(works, Bibliography)
    assert [inline for inline in paragraph.line if not isinstance(inline, Text)] == [
        Note((Text("统计口径见"), Text("附表", bold=True), Text("。"))),
        Citation(("li",)),
        Citation(("wang", "li", "zhao")),
    ]
    assert [key for key, _ in works.works] == ["wang", "li", "zhao", "sun"]


def test_brackets_that_cite_nothing_stay_words():
    (block,) = markdown.blocks("邮箱[a@b]与[^9]，见[1]。")
    assert block == Paragraph((Text("邮箱[a@b]与[^9]，见[1]。"),))


def test_works_are_numbered_by_first_citation_and_uncited_ones_come_last():
    assert citations.numbers(DOCUMENT.blocks) == {"li": 1, "wang": 2, "zhao": 3, "sun": 4}


def test_the_file_has_real_footnotes_and_is_valid(classic):
    parts = parts_of(write(DOCUMENT, classic))
    notes = parts["word/footnotes.xml"].decode()
    assert "".join(re.findall(r"<w:t [^>]*>([^<]*)", notes)) == "统计口径见附表。"
    assert parts["word/document.xml"].count(b'<w:footnoteReference w:id="1"/>') == 1
    assert b"footnotes+xml" in parts["[Content_Types].xml"]
    assert faults(write(DOCUMENT, classic)) == []


def test_citations_print_their_numbers_and_the_list_stands_under_its_heading(classic):
    xml = parts_of(write(DOCUMENT, classic))["word/document.xml"].decode()
    words = [
        "".join(re.findall(r"<w:t [^>]*>([^<]*)", paragraph)) for paragraph in xml.split("</w:p>")
    ]
    assert words[:3] == [
        "据统计，已有研究[1]认为如此[1-3]。",
        "参考文献",
        "[1]李某.书名[M].北京:某出版社,2019.",
    ]


def test_a_heading_written_by_the_author_is_not_doubled(classic):
    own = Document(markdown.blocks("## 参考文献\n\n[@a]: 甲.题名[J].\n"))
    xml = parts_of(write(own, classic))["word/document.xml"].decode()
    assert re.findall(r"[一二]、|参考文献", xml) == ["参考文献"]


def test_an_unknown_work_is_an_error_that_names_it(classic):
    with pytest.raises(UnknownName, match="wagn"):
        write(Document(markdown.blocks("甲[@wagn]。\n\n[@wang]: 甲。")), classic)


def test_without_footnotes_no_part_for_them(classic):
    assert "word/footnotes.xml" not in parts_of(
        write(Document((Paragraph((Text("甲"),)),)), classic)
    )


def test_notes_and_citations_travel_in_a_notebook():
    blocks, _ = codec.load(codec.dump(DOCUMENT.blocks, {}))
    assert blocks == DOCUMENT.blocks

"""Bookmarks at paragraphs bear the numbers by which findings name them, and change nothing else."""

import io

import docx

from gongwen.reader.edit.bookmarks import numbered
from gongwen.reader.parts import W
from gongwen_lint.manuscript.reading import from_bytes


def manuscript() -> bytes:
    """A title, a table with a paragraph in each cell, and two paragraphs that say the same."""
    document = docx.Document()
    document.add_heading("关于党建工作情况的汇报", 0)
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "党组织"
    table.cell(0, 1).text = "党员"
    for _ in range(2):
        document.add_paragraph("今年召开党员大会12次。")
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def test_each_paragraph_bears_the_number_the_checker_gives_it():
    content = manuscript()
    marked = docx.Document(io.BytesIO(numbered(content)))
    words = {}
    for mark in marked.element.body.iter(f"{W}bookmarkStart"):
        texts = mark.getparent().iter(f"{W}t")
        words[mark.get(f"{W}name")] = "".join(text.text for text in texts)

    paras = from_bytes(content, "稿.docx").paras
    assert words == {f"p-{para.number}": para.text for para in paras}


def test_the_words_and_their_order_stay():
    content = manuscript()

    before, after = from_bytes(content, "稿.docx"), from_bytes(numbered(content), "稿.docx")
    assert [para.text for para in after.paras] == [para.text for para in before.paras]

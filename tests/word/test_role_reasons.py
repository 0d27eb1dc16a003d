"""Whoever lays out or reads a strange file learns what each paragraph is, why, and how sure that is."""

from __future__ import annotations

import io

import docx
from docx.shared import Pt

from gongwen.reader.measure import measure
from gongwen.reader.roles import Recognised, of_file


def recognised(made) -> dict[str, Recognised]:
    out = io.BytesIO()
    made.save(out)
    measured = measure(out.getvalue())
    return dict(zip((each.text for each in measured.paragraphs), of_file(measured), strict=True))


def a_strange_file():
    made = docx.Document()
    title = made.add_paragraph()
    title.alignment = 1
    title.add_run("关于某地情况的报告").font.size = Pt(22)
    made.add_heading("一、总体情况", 1)
    made.add_paragraph("全县共有若干单位参加。情况较好。")
    bold = made.add_paragraph()
    bold.add_run("工作的几点经验").bold = True
    made.add_paragraph("第一点经验是抓得实。第二点经验是抓得细。")
    made.add_paragraph("（一）抓得实")
    return made


def test_every_paragraph_has_a_role_and_a_reason():
    roles = recognised(a_strange_file())

    assert all(each.reason for text, each in roles.items() if text)
    assert roles["关于某地情况的报告"].role == "title"
    assert (roles["一、总体情况"].role, roles["一、总体情况"].certainty) == ("heading", "certain")


def test_a_bold_line_without_a_number_is_a_heading_that_nobody_is_sure_of():
    bold = recognised(a_strange_file())["工作的几点经验"]

    assert (bold.role, bold.certainty) == ("heading", "guess")


def test_a_sentence_is_text_beyond_doubt():
    text = recognised(a_strange_file())["全县共有若干单位参加。情况较好。"]

    assert (text.role, text.certainty) == ("body", "certain")

"""Word documents as clerks type them: every paragraph Normal, every look given by hand."""

from __future__ import annotations

import io
from functools import cache

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

_ALIGN = {"中": WD_ALIGN_PARAGRAPH.CENTER, "右": WD_ALIGN_PARAGRAPH.RIGHT, "": None}


@cache
def _template() -> bytes:
    out = io.BytesIO()
    docx.Document().save(out)
    return out.getvalue()


class Typed:
    """A document being typed. Body text is 三号仿宋, indented by two characters."""

    def __init__(self) -> None:
        self.file = docx.Document(io.BytesIO(_template()))
        section = self.file.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = Mm(37), Mm(35)
        section.left_margin, section.right_margin = Mm(28), Mm(26)

    def p(
        self, text: str, font: str = "仿宋_GB2312", size: float = 16, align: str = "", **more
    ):  # one line of a page
        look = {"indent": 0 if align else 2, "bold": False, "color": "", "line": 28.95, "style": None,
                "latin": "Times New Roman"} | more  # fmt: skip
        paragraph = self.file.add_paragraph(style=look["style"])
        paragraph.alignment = _ALIGN[align]
        run = paragraph.add_run(text)
        run.font.size, run.font.name = Pt(size), look["latin"]
        run.bold = look["bold"] or None
        fonts = run._element.get_or_add_rPr().get_or_add_rFonts()
        fonts.set(qn("w:eastAsia"), font)
        if look["color"]:
            run.font.color.rgb = docx.shared.RGBColor.from_string(look["color"])
        made = paragraph.paragraph_format
        made.space_after, made.space_before = Pt(0), Pt(0)
        made.line_spacing = Pt(look["line"])
        if look["indent"]:
            made.first_line_indent = Pt(look["indent"] * size)
        return paragraph

    def title(self, text: str):
        return self.p(text, "方正小标宋简体", 22, "中")

    def h1(self, text: str):
        return self.p(text, "黑体")

    def h2(self, text: str):
        return self.p(text, "楷体_GB2312")

    def table(self, *rows: tuple[str, ...]):
        made = self.file.add_table(len(rows), len(rows[0]), style="Table Grid")
        for row, cells in zip(made.rows, rows, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
        return made

    @property
    def content(self) -> bytes:
        out = io.BytesIO()
        self.file.save(out)
        return out.getvalue()

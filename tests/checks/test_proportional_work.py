"""Ten times as long a text takes some ten times as long to read and check, whatever it is made of.

Sizes of ten and a hundred thousand characters: `python tests/checks/long_texts.py`; here a part of them.
"""

from __future__ import annotations

import io
import zipfile

import docx
import long_texts
import pytest

from gongwen_lint.manuscript.reading import from_bytes
from gongwen_lint.rules.registry import RULES
from gongwen_lint.runner import examine
from growth import least_ratio

pytestmark = pytest.mark.slow

SHORT, LONG, MOST = 3_000, 30_000, 40  # a quadratic rule takes a hundred times as long


@pytest.mark.parametrize("piece", long_texts.PIECES)
def test_a_long_paragraph_of_one_piece_takes_time_in_proportion(piece: str) -> None:
    assert long_texts.growth("甲.md", piece, SHORT, LONG) < MOST


PARAGRAPHS = {
    "the same sentence": "加强党员教育管理监督服务工作，推动基层党组织全面进步全面过硬。",
    "sums": "其中男{0}人、女{1}人，共{2}人，占{3}%。",
    "headings": "一、基本情况",
    "unknown titles": "《关于{0}的通知》（示组发〔2026〕{0}号）要求",
    "mentions": "见附表{0}、图{0}。",
    "items": "- 第{0}项，完成{0}次",
}


@pytest.mark.parametrize("kind", PARAGRAPHS)
def test_many_paragraphs_take_time_in_proportion(kind: str) -> None:
    def text(count: int) -> str:
        lines = (PARAGRAPHS[kind].format(i, i + 1, 2 * i + 1, i % 100) for i in range(1, count))
        return "\n\n".join(lines)

    short, long = text(240), text(2_400)
    times = least_ratio(
        lambda: long_texts.read_and_checked("甲.md", short),
        lambda: long_texts.read_and_checked("甲.md", long),
    )
    assert times < MOST


def shared_header(sections: int) -> bytes:
    """A small file whose sections all have the same header of some megabyte."""
    file = io.BytesIO()
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "页眉" * 10
    document.save(file)
    made = io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name).decode("utf-8") if name.endswith((".xml", ".rels")) else ""
            if name == "word/header1.xml":
                line = part[part.index("<w:p") : part.index("</w:hdr>")]
                part = part.replace(line, line * 8_000)
            if name == "word/document.xml":
                start = part.index("<w:sectPr")
                section = part[start : part.index("</w:sectPr>") + len("</w:sectPr>")]
                line = f"<w:p><w:pPr>{section}</w:pPr><w:r><w:t>甲</w:t></w:r></w:p>"
                part = part[:start] + line * sections + part[start:]
            new.writestr(name, part.encode() or old.read(name))
    return made.getvalue()


def test_sections_that_share_a_large_header_read_it_once() -> None:
    few, many = shared_header(100), shared_header(1_000)
    times = least_ratio(
        lambda: examine(from_bytes(few, "甲.docx"), RULES),
        lambda: examine(from_bytes(many, "甲.docx"), RULES),
    )
    assert times < MOST

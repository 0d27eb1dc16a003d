"""Word files of LibreOffice, python-docx, WPS, Google Docs and pandoc are read without a crash, and no character is lost."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections import Counter
from io import BytesIO
from pathlib import Path

import docx
import pytest

sys.path.append(str(Path(__file__).parents[1] / "word"))

from handmade import file

from gongwen_lint.manuscript.reading import from_bytes
from gongwen_lint.rules.context import CheckContext
from gongwen_lint.rules.registry import RULES
from gongwen_lint.runner import examine

TITLE = "关于开展工作的通知"
LINES = (
    TITLE,
    "各单位：",
    "一、总体要求",
    "坚持实事求是，2026年完成任务35项，增长3.5%，“好”的占“多数”（含试点）。",
    "ABC 与 a@b.cn 并存；生僻字𠮷、㐂、龘，符号℃、㎡、①、→。",
    "合计",
    "1,234.5",
    "末段……完。",
)


def characters(text: str) -> Counter[str]:
    return Counter("".join(text.split()))


def lost(content: bytes, expected: str) -> Counter[str]:
    """The characters that are in the text and not in what was read of the file."""
    manuscript = from_bytes(content, "稿.docx")
    examine(manuscript, RULES, CheckContext())
    return characters(expected) - characters("".join(para.text for para in manuscript.paras))


def by_python_docx() -> bytes:
    document = docx.Document()
    document.add_heading(LINES[0], 0)
    for line in LINES[1:3]:
        document.add_paragraph(line, style="List Number")
    split = document.add_paragraph()
    for sign in LINES[3]:
        split.add_run(sign).bold = sign.isdigit()
    document.add_paragraph(LINES[4]).add_run().add_break()
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = LINES[5:7]
    document.add_page_break()
    document.sections[0].header.paragraphs[0].text = "页眉"
    document.add_paragraph(LINES[7])
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def run(text: str, look: str = "") -> str:
    return f'<w:r>{look}<w:t xml:space="preserve">{text}</w:t></w:r>'


def table(one: str, other: str, look: str = "") -> str:
    cells = "".join(f"<w:tc><w:tcPr/><w:p>{run(each)}</w:p></w:tc>" for each in (one, other))
    return f"<w:tbl><w:tblPr>{look}</w:tblPr><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid><w:tr>{cells}</w:tr></w:tbl>"


def as_wps_writes() -> bytes:
    """Hints on every run, the mark of the paragraph with a look of its own, a bookmark of the cursor, a box, proofing marks."""
    look = '<w:rPr><w:rFonts w:hint="eastAsia" w:ascii="仿宋" w:hAnsi="仿宋" w:eastAsia="仿宋"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr>'
    mark = f'<w:pPr><w:keepNext w:val="0"/><w:ind w:firstLine="640" w:firstLineChars="200"/>{look}</w:pPr>'
    paras = [
        f'<w:p>{mark}<w:bookmarkStart w:id="0" w:name="_GoBack"/><w:bookmarkEnd w:id="0"/>'
        f'{run(line[:3], look)}<w:proofErr w:type="spellStart"/>{run(line[3:], look)}</w:p>'
        for line in (*LINES[:5], LINES[7])
    ]
    floating = '<w:tblpPr w:leftFromText="180" w:vertAnchor="text" w:tblpX="10"/>'
    return file("".join([*paras[:5], table(*LINES[5:7], floating), paras[5]]) + "<w:sectPr/>")


def as_google_docs_writes() -> bytes:
    """Everything told on every run, right-to-left marks, links without fields, content controls around runs."""
    look = '<w:rPr><w:rFonts w:ascii="Arial" w:cs="Arial" w:eastAsia="Arial" w:hAnsi="Arial"/><w:rtl w:val="0"/></w:rPr>'
    mark = '<w:pPr><w:pageBreakBefore w:val="0"/><w:rPr/></w:pPr>'

    def controlled(line: str) -> str:
        return f'<w:sdt><w:sdtPr><w:tag w:val="goog_rdk_0"/></w:sdtPr><w:sdtContent>{run(line, look)}</w:sdtContent></w:sdt>'

    paras = [f"<w:p>{mark}{controlled(line[:4])}{run(line[4:], look)}</w:p>" for line in LINES]
    linked = f'<w:p>{mark}<w:hyperlink w:anchor="x">{run(LINES[4], look)}</w:hyperlink></w:p>'
    return file(
        "".join([*paras[:4], linked, table(*LINES[5:7]), paras[7]])
        + '<w:sectPr><w:pgNumType w:start="1"/></w:sectPr>'
    )


def as_pandoc_writes() -> bytes:
    """Styles that are named and nowhere defined, bookmarks around headings, breaks, no section at the end."""

    def styled(name: str, line: str) -> str:
        words = "".join(run(each) for each in (line[:2], line[2:]))
        return f'<w:p><w:pPr><w:pStyle w:val="{name}"/></w:pPr>{words}</w:p>'

    names = ("Title", "FirstParagraph", "Heading1", "BodyText", "Compact")
    paras = [styled(name, line) for name, line in zip(names, LINES, strict=False)]
    paras[2] = f'<w:bookmarkStart w:id="20" w:name="总体要求"/>{paras[2]}<w:bookmarkEnd w:id="20"/>'
    last = styled("SourceCode", LINES[7]).replace("</w:p>", "<w:r><w:br/></w:r></w:p>")
    return file("".join([*paras, table(*LINES[5:7], '<w:tblStyle w:val="Table"/>'), last]))


@pytest.mark.parametrize(
    "made",
    [by_python_docx, as_wps_writes, as_google_docs_writes, as_pandoc_writes],
    ids=lambda made: made.__name__,
)
def test_no_character_of_a_file_by_others_is_lost(made):
    assert lost(made(), "".join(LINES)) == Counter()


@pytest.mark.render
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_no_character_of_a_file_by_libreoffice_is_lost(tmp_path):
    cells = "".join(f"<td>{each}</td>" for each in LINES[5:7])
    items = "".join(f"<li>{each}</li>" for each in LINES[1:3])
    page = (
        f'<html><head><meta charset="utf-8"></head><body><h1>{LINES[0]}</h1><ol>{items}</ol><p>{LINES[3]}</p>'
        f"<p>{LINES[4]}</p><table border=1><tr>{cells}</tr></table><blockquote>{LINES[7]}</blockquote></body></html>"
    )
    (tmp_path / "稿.html").write_text(page, "utf-8")
    for source, kind in (("稿.html", "odt:writer8"), ("稿.odt", "docx:MS Word 2007 XML")):
        command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", kind,
                   "--outdir", str(tmp_path), str(tmp_path / source)]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True, timeout=120)

    assert lost((tmp_path / "稿.docx").read_bytes(), "".join(LINES)) == Counter()

"""Repairing a Word file twice is repairing it once, whoever made the file, with tracked changes and without."""

from __future__ import annotations

import shutil
import subprocess
from io import BytesIO

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongwen import profile
from gongwen.document import Cell, Document, Heading, Paragraph, Table, Text, Title
from gongwen.writer.write import write
from gongwen_lint.manuscript.reading import from_bytes
from gongwen_lint.repair.copies import word_repaired
from gongwen_lint.repair.repairs import GUARDED, SAFE
from gongwen_lint.rules.context import CheckContext
from gongwen_lint.rules.registry import RULES

NAME = "稿.docx"
LINES = (
    "关于做好有关工作的通知",
    "各乡镇党委:",
    "示组发[2023]05号文件,已经印发。",
    "一,总体要求",
    "(一)坚持实事求是,完成任务，，推进改革.",
    "截止2025年底，甲、乙、等单位完成10~15%，占比提高.5%，“三会一课”、“主题党日”按期开展。",
    "（以下简称：市局）增长3‰,责任意识、与群众同心。",
    "2023.1.5召开会议...等等。",
    "附件1：名额表",
    "1．2025年度名额表",
    "二〇二三年一月五日",
    "2023年01月05日",
    "- 1 -",
    "姓名：　学号：",
    "见[3].",
    'print("甲(乙)")',
    'the "quick" fox, isn\'t',
    "网址https://a.example/x?y=1,2，邮箱a.b@c.cn",
    "一、",
    "",
    "合计,",
)


def by_python_docx(lines: list[str], pieces: int = 1) -> bytes:
    """Paragraphs whose words are cut into runs, the last two as a table."""
    document = docx.Document()
    for line in lines:
        para = document.add_paragraph()
        for start in range(0, len(line), pieces):
            para.add_run(line[start : start + pieces]).bold = start % 2 == 0
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "合计,甲", "10~15%"
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def by_our_writer(lines: list[str], pieces: int = 1) -> bytes:
    """The same as a report of ours."""
    del pieces
    look = profile.load("classic", [profile.packaged_templates()])
    words = [(Text(line),) for line in lines if line.strip()] or [(Text("稿"),)]
    blocks = [Title((words[0],)), *(Paragraph(each) for each in words[1:])]
    blocks.insert(1, Heading(1, (Text("总体要求"),)))
    cells = (Cell((Text("甲,乙"),)), Cell((Text("10~15%"),)))
    blocks.append(Table((cells,), (cells,), "统计"))
    return write(Document(tuple(blocks)), look)


def by_libreoffice(content: bytes, folder) -> bytes:
    (folder / "甲.docx").write_bytes(content)
    for source, kind in (("甲.docx", "odt:writer8"), ("甲.odt", "docx:MS Word 2007 XML")):
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", kind,
                   "--outdir", str(folder), str(folder / source)]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True, timeout=120)
    return (folder / "甲.docx").read_bytes()


def texts(content: bytes) -> list[str]:
    return [para.text for para in from_bytes(content, NAME).paras]


def repaired(content: bytes, *, guarded: bool, accept: bool) -> bytes:
    allowed = GUARDED if guarded else SAFE
    return word_repaired(content, NAME, RULES, CheckContext(), allowed, accept=accept).content


def once_and_twice(content: bytes, *, guarded: bool, accept: bool) -> tuple[list[str], list[str]]:
    once = repaired(content, guarded=guarded, accept=accept)
    return texts(once), texts(repaired(once, guarded=guarded, accept=accept))


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.sampled_from(LINES), min_size=1, max_size=8),
    st.integers(1, 9),
    st.sampled_from([by_python_docx, by_our_writer]),
    st.booleans(),
    st.booleans(),
)
def test_a_word_file_repaired_twice_is_repaired_once(lines, pieces, maker, guarded, accept):
    once, twice = once_and_twice(maker(lines, pieces), guarded=guarded, accept=accept)

    assert twice == once


@pytest.mark.parametrize("accept", [True, False])
def test_what_is_wrong_in_a_word_file_is_put_right(accept):
    text = "\n".join(texts(repaired(by_python_docx(list(LINES), 3), guarded=True, accept=accept)))

    assert "示组发〔2023〕5号文件，已经印发。" in text
    assert "完成任务，推进改革。" in text
    assert "合计，甲" in text


@pytest.mark.render
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
@pytest.mark.parametrize("accept", [True, False])
def test_a_file_by_libreoffice_repaired_twice_is_repaired_once(tmp_path, accept):
    content = by_libreoffice(by_python_docx(list(LINES), 4), tmp_path)
    once, twice = once_and_twice(content, guarded=True, accept=accept)

    assert twice == once
    assert "示组发〔2023〕5号文件，已经印发。" in "\n".join(once)

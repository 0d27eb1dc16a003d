"""Two layouts of one paragraph -> where they part first, why, and how many lines follow."""

from __future__ import annotations

import docx
import line_causes
import pytest
from page_marks import Line, Marks, Page
from word_paragraphs import paragraphs

from gongwen import profile

BODY = profile.load("classic", [profile.packaged_templates()]).styles.normal
LEFT_MM = 28.0
HANZI = "国" * 26


def laid(*lines: str) -> Marks:
    """A page of these lines."""
    placed = (Line(40 + 10 * at, LEFT_MM, 184, text) for at, text in enumerate(lines))
    return Marks((Page(tuple(placed), ()),))


def differences(folder, ours: tuple[str, ...], theirs: tuple[str, ...], *, spaced=True):
    file = folder / "一段.docx"
    document = docx.Document()
    document.add_paragraph("".join(ours))
    document.save(file)
    return line_causes.differences("一段", file, laid(*ours), laid(*theirs), BODY, spaced=spaced)


def test_the_same_lines_are_no_difference(tmp_path):
    assert differences(tmp_path, (HANZI, "末行。"), (HANZI, "末行。")) == []


@pytest.mark.parametrize(
    ("ours", "theirs", "cause"),
    [
        (
            (HANZI, "“引”末。"),
            (HANZI[:-1], "国“引”末。"),
            "an opening quotation mark is not parted from the character before",
        ),
        ((HANZI + "，", "末行。"), (HANZI[:-1], "国，末行。"), "no mark hangs after a full line"),
        (
            (HANZI, "国）末。"),
            (HANZI + "国）", "末。"),
            "closing brackets and quotation marks hang too",
        ),
        ((HANZI, "国”末。"), (HANZI + "国", "”末。"), "a closing mark begins a line"),
        ((HANZI, "2026年。"), (HANZI + "20", "26年。"), "a number or word is parted"),
        (
            (HANZI + "，", "末行。"),
            (HANZI, "末行。"),
            "a line filled to the last twip: its hanging mark is not painted",
        ),
        ((HANZI, "末行。"), (), "not printed, or run together with other words"),
        ((HANZI, "末行。"), (HANZI[:9], HANZI[9:] + "末行。"), "not found"),
    ],
)
def test_the_words_at_the_two_ends_tell_the_cause(ours, theirs, cause, tmp_path):
    (found,) = differences(tmp_path, ours, theirs)

    assert found.cause == cause


def test_a_line_of_many_stretches_is_too_wide_for_one_program_only(tmp_path):
    line = "第1次、第2次、第3次、第4次、第5次、第6次、第10次"

    (found,) = differences(tmp_path, (line, "会议。"), (line + "会", "议。"))

    assert found.cause.startswith("LibreOffice 7.4 does not narrow")


def test_a_program_that_leaves_no_space_fits_more_on_a_line_with_digits(tmp_path):
    line = "第1次、第2次、第3次、第4次、第5次、第6次、第10次"

    (found,) = differences(tmp_path, (line, "会议。"), (line + "会", "议。"), spaced=False)

    assert found.cause == "no space between hanzi and digits"


def test_what_follows_in_the_paragraph_is_no_cause_of_its_own(tmp_path):
    ours = (HANZI, "“引”" + "中" * 25, "文" * 28, "末行。")
    theirs = (HANZI[:-1], "国“引”" + "中" * 24, "中" + "文" * 27, "文末行。")

    (found,) = differences(tmp_path, ours, theirs)

    assert (found.lines, found.ends_page) == (4, True)


def test_raised_words_and_blanks_are_no_words_of_a_line(tmp_path):
    document = docx.Document()
    paragraph = document.add_paragraph("有 规定")
    paragraph.add_run("[1]").font.superscript = True
    paragraph.add_run("。")
    document.save(tmp_path / "引文.docx")

    (found,) = paragraphs(tmp_path / "引文.docx")

    assert (found.text, found.raised) == ("有规定。", ((4, "[1]"),))

"""A long title breaks between words, in a good shape."""

from __future__ import annotations

import pytest

from gongwen.chinese.title_lines import broken, width
from gongwen.chinese.words import breaks, pieces


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("关于召开全县组织工作会议的通知", ("关于召开全县组织工作会议的通知",)),
        (
            "关于示例县2026年上半年基层党建工作情况的调研报告",
            ("关于示例县2026年上半年", "基层党建工作情况的调研报告"),
        ),
        (
            "关于2026年度全县基层党组织书记抓党建述职评议考核情况的通报",
            ("关于2026年度全县基层党组织书记", "抓党建述职评议考核情况的通报"),
        ),
    ],
)
def test_a_title_breaks_as_a_typist_would(title, lines):
    assert broken(title, 20) == lines


def test_three_lines_have_no_waist():
    title = "关于进一步加强和改进新时代全县国有企业、机关事业单位基层党组织建设推动高质量发展若干措施的通知"
    lines = [width(line) for line in broken(title, 20)]
    assert len(lines) == 3
    assert lines[1] >= min(lines[0], lines[2])


def test_nothing_is_lost_and_no_line_is_too_long():
    title = "阿" * 30 + "关于印发《党支部标准化规范化建设实施方案（试行）》的通知" + "B" * 30
    lines = broken(title, 20)
    assert "".join(lines) == title
    assert all(width(line) <= 20 for line in lines)


def test_a_year_and_a_title_in_brackets_stay_whole():
    assert "2026年度" in pieces("关于2026年度全县工作")
    assert "《支部工作条例》" in pieces("关于印发《支部工作条例》的通知")


def test_no_line_begins_with_a_particle():
    assert all("关于印发方案的通知"[place] != "的" for place in breaks("关于印发方案的通知"))

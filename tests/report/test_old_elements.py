"""What an old report says around its text is taken over: header, addressee, signature, imprint, line pitch."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongwen import profile
from gongwen.document import Document, Heading, Paragraph, Text, Title
from gongwen.document.elements import arrange, read
from gongwen.writer.write import write
from zhibi.report.old_report.reading.elements import elements_of
from zhibi.report.old_report.reading.layout import layout_of
from zhibi.report.old_report.reading.old_file import old_file
from zhibi.workspace.workspace import Settings, Workspace

FILE = {
    "格式": "文件",
    "份号": "000012",
    "密级和保密期限": "机密★1年",
    "紧急程度": "特急",
    "发文机关": ["中共示例县委组织部"],
    "发文机关标志": "文件",
    "发文字号": "示组发〔2026〕5号",
    "签发人": ["王建国", "李明"],
    "主送机关": "各乡镇党委，县直各单位党组织",
    "附件": ["情况表"],
    "署名": ["中共示例县委组织部"],
    "成文日期": "2026-12-08",
    "附注": "此件发至县级",
    "抄送机关": "甲局、乙局",
    "印发机关": "中共示例县委组织部办公室",
    "印发日期": "2026-12-09",
}


def words(text: str) -> tuple[Text, ...]:
    return (Text(text),)


def official(path: Path, elements: dict, layout: str = "classic") -> Path:
    body = (
        Title((words("关于党员队伍情况的报告"),)),
        Heading(1, words("基本情况")),
        *(Paragraph(words(f"全县党员干劲足{ending}")) for ending in ("。", "！", "，好。")),
    )
    made = arrange(Document(body), read(elements))
    path.write_bytes(write(made, profile.load(layout, [profile.packaged_templates()])))
    return path


def test_every_element_of_an_official_file_is_read_back(tmp_path):
    found = elements_of(old_file(official(tmp_path / "旧.docx", FILE)))

    assert {**found.entries, "格式": found.form} == FILE
    assert "请改成今年的" in found.notes[0]


def test_a_plain_report_has_no_elements(tmp_path):
    found = elements_of(old_file(official(tmp_path / "旧.docx", {})))

    assert (found.form, dict(found.entries), found.notes) == ("", {}, ())


@pytest.mark.parametrize(
    ("head", "byline", "day"),
    [
        ("县委调研组\n\n（2026年12月8日）", "县委调研组", "2026-12-08"),
        ("（2026年12月8日）", "", "2026-12-08"),
    ],
)
def test_author_and_day_under_the_title_stay_there(tmp_path, head, byline, day):
    path = tmp_path / "旧.md"
    path.write_text(f"# 关于党员队伍情况的报告\n\n{head}\n\n## 一、情况\n\n党员干劲足。\n", "utf-8")
    found = elements_of(old_file(path))

    assert found.byline == byline
    assert found.entries["成文日期"] == day


@pytest.mark.parametrize(("layout", "said"), [("classic", ""), ("classic-28", "classic-28")])
def test_the_line_pitch_names_the_profile(tmp_path, layout, said):
    old = old_file(official(tmp_path / "旧.docx", FILE, layout))

    assert layout_of(old.manuscript, Workspace(tmp_path, Settings())) == said

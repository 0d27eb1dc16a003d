"""A profile file becomes typed values, or every fault of it at once; the code itself knows no value of any page."""

from __future__ import annotations

import dataclasses
import pickle
import re
from pathlib import Path

import pytest

import gongwen
from gongwen.errors import InvalidInput, UnknownName, UnreadableFile
from gongwen.profile import load, packaged_templates
from gongwen.writer.package.base import build

CLASSIC = packaged_templates() / "classic.toml"


def changed(folder: Path, *changes: tuple[str, str]) -> Path:
    """A copy of the classic profile with some words replaced."""
    text = CLASSIC.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    (folder / "base.docx").write_bytes(b"")
    path = folder / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return path


def faults(path: Path) -> list[str]:
    with pytest.raises(InvalidInput) as caught:
        load(path, [])
    return [
        f"{finding.code} {finding.place.spot} {finding.message}".replace("  ", " ")
        for finding in caught.value.findings
    ]


def test_the_classic_profile_is_the_national_page(classic):
    page = classic.page
    assert (page.top_mm, page.bottom_mm, page.left_mm, page.right_mm) == (37, 35, 28, 26)
    assert (page.text_width_mm, page.text_height_mm) == (156, 225)
    assert (classic.grid.lines, classic.grid.chars, classic.grid.line_twips) == (22, 28, 579)
    assert classic.styles.body.font.east_asian == "仿宋_GB2312"
    assert (
        classic.styles.body.size_pt,
        classic.styles.body.first_line_chars,
        classic.styles.body.char_twips,
    ) == (
        16,
        2,
        315,
    )


def test_22_lines_fit_and_29_points_would_not(classic):
    height = classic.page.text_height_mm / 25.4 * 1440
    assert classic.grid.line_twips * 22 <= height < 580 * 22


def test_28_characters_fit_and_a_quarter_point_is_needed(classic):
    width = classic.page.text_width_mm / 25.4 * 1440
    assert classic.styles.body.char_twips * 28 <= width < (classic.styles.body.char_twips + 1) * 28


def test_points_are_read_as_twips(classic):
    assert classic.styles.title.line_twips == 700  # line_pt = 35


def test_every_value_has_a_clause_a_strength_and_a_source(classic):
    assert classic.rule("page.top_mm").clause == "5.1、5.2.1"
    assert (classic.rule("grid.line_twips").source, classic.rule("grid.lines").source) == (
        "实测（docs/notes/grid.md）", "GB/T 9704-2012",
    )  # fmt: skip
    assert {rule.strength for rule in classic.rules.values()} == {"必须", "一般", "惯例"}
    assert all(rule.source for rule in classic.rules.values())


def test_a_value_that_is_not_there_has_no_rule(classic):
    with pytest.raises(UnknownName, match=r"是否想写“page\.top_mm”"):
        classic.rule("page.topp_mm")


def test_a_profile_survives_the_way_to_another_process(classic):
    assert pickle.loads(pickle.dumps(classic)).styles == classic.styles


def test_an_unknown_profile_is_refused_with_the_near_miss():
    with pytest.raises(UnknownName, match="没有名为“clasic”的版式；是否想写“classic”？"):
        load("clasic", [packaged_templates()])


def test_the_first_folder_that_has_the_name_wins(tmp_path):
    changed(tmp_path, ('name = "classic"', 'name = "ours"')).rename(tmp_path / "classic.toml")
    assert load("classic", [tmp_path, packaged_templates()]).name == "ours"


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(UnreadableFile, match=r"none\.toml：打不开这个版式文件"):
        load(tmp_path / "none.toml", [])


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("top_mm = 37", 'top_mm = "37mm"', "L05 page.top_mm 应为数字（不带单位），现为“37mm”"),
        ("top_mm = 37", "top_cm = 3.7", "L02 page.top_cm 没有名为“top_cm”的项；是否想写“top_mm”？"),
        ("top_mm = 37", "top_mm = -1", "L05 page.top_mm 应在0到200之间，现为-1"),
        ("lines = 22", "lines = 22.5", "L05 grid.lines 应为整数（不带单位），现为“22.5”"),
        ("lines = 22", "lines = true", "L05 grid.lines 应为整数（不带单位），现为“True”"),
        (
            'font = "fangsong"',
            'font = "fangson"',
            "L02 styles.normal.font 没有名为“fangson”的字体；是否想写“fangsong”？",
        ),
        (
            'align = "both"',
            'align = "justify"',
            "L05 styles.normal.align 应为“both”“left”“right”“center”之一，现为“justify”",
        ),
        (
            'strength = "必须"',
            'strength = "应该"',
            "L04 page.width_mm 依据的强度（strength）应为“必须”“一般”“惯例”之一，现为“应该”",
        ),
        (
            "[styles.quote]",
            "[styles.quotes]",
            "L02 styles.quotes 没有名为“quotes”的项；是否想写“quote”？",
        ),
        ('base = "base.docx"', 'base = "other.docx"', "L05 profile.base 找不到底版文件"),
    ],
)
def test_a_fault_names_its_place_and_what_is_wanted(tmp_path, old, new, fault):
    assert any(found.startswith(fault) for found in faults(changed(tmp_path, (old, new))))


def test_all_faults_are_told_at_once(tmp_path):
    path = changed(
        tmp_path,
        ("top_mm = 37", "top_cm = 3.7"),
        ("lines = 22", 'lines = "22"'),
        ("[tables]", "[table]"),
    )
    codes = [fault.split(" ")[0:2] for fault in faults(path)]
    assert sorted(
        codes,
        key=lambda pair: ["table", "page.top_cm", "page.top_mm", "grid.lines", "tables"].index(
            pair[1]
        ),
    ) == [
        ["L02", "table"],
        ["L02", "page.top_cm"],
        ["L03", "page.top_mm"],
        ["L05", "grid.lines"],
        ["L03", "tables"],
    ]


def test_what_is_not_toml_is_told_in_chinese(tmp_path):
    path = tmp_path / "x.toml"
    path.write_text("[page", encoding="utf-8")
    assert faults(path)[0].startswith("L01 不是正确的TOML")


def test_an_unchanged_copy_is_silent(tmp_path):
    assert load(changed(tmp_path), []).page.top_mm == 37


def test_the_base_file_is_the_one_the_profile_makes(classic):
    assert (packaged_templates() / "base.docx").read_bytes() == build(
        dataclasses.replace(classic, base=b"")
    )


FACES = re.compile(r"仿宋|楷体|黑体|小标宋|宋体|Times New Roman|SimSun|FangSong|KaiTi|SimHei")
MEASURES = re.compile(
    r"\b(?:Pt|Mm|Cm|Inches|Twips)\(\s*[\d.]+|(?<!max)(?:size|margin|indent)\w*\s*=\s*\d{2,}\b"
)


def literals(pattern: re.Pattern[str]) -> list[str]:
    root = Path(gongwen.__file__).parent
    files = [
        file for room in ("writer", "reader", "profile") for file in (root / room).rglob("*.py")
    ]
    assert len(files) > 10
    return [
        f"{file.name}: {line.strip()}"
        for file in files
        for line in file.read_text(encoding="utf-8").splitlines()
        if pattern.search(line.split("#")[0])
    ]


def test_no_font_is_named_in_the_code():
    """Rooms that recognise roles read what fonts of other files are called; they set none."""
    recognising = {file.name for file in (Path(gongwen.__file__).parent / "reader/roles").glob("*")}
    named = [each for each in literals(FACES) if each.partition(": ")[0] not in recognising]

    assert named == []


def test_no_size_or_margin_is_written_in_the_code():
    assert literals(MEASURES) == []


def test_the_search_for_literals_finds_one():
    assert FACES.search('font = "仿宋_GB2312"')
    assert MEASURES.search("run.font.size = Pt(16)")


def test_every_note_that_is_cited_exists():
    root = packaged_templates().parent
    files = [CLASSIC, *Path(gongwen.__file__).parent.rglob("*.py")]
    cited = {
        name
        for file in files
        for name in re.findall(r"docs/notes/[\w-]+\.md", file.read_text(encoding="utf-8"))
    }
    assert len(cited) >= 3
    assert [name for name in sorted(cited) if not (root / name).is_file()] == []

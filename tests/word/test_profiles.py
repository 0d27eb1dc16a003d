"""Profiles that come with zhibi, files of the lines that differ, font maps, and a base file of one's own."""

from __future__ import annotations

import dataclasses
import io
from pathlib import Path

import docx
import pytest
from examples import SHORT

from gongwen.errors import InvalidInput, UnknownName
from gongwen.profile import load, names, packaged_templates
from gongwen.writer.package.base import build
from gongwen.writer.write import write

HERE = [packaged_templates()]
COUNTY = """
[profile]
name = "county"
title = "本县版式"
extends = "classic"
clause = ""
strength = "惯例"
source = "县委办通知"

[styles.heading3]
clause = "第五条"
strength = "惯例"
source = "县委办通知"
bold = true

[page_number]
clause = "第六条"
strength = "惯例"
source = "县委办通知"
odd = "center"
even = "center"
"""


def county(folder: Path, text: str = COUNTY) -> Path:
    (folder / "county.toml").write_text(text, encoding="utf-8")
    return folder / "county.toml"


def test_the_profiles_are_found_by_name():
    assert {"classic", "classic-28", "e-std"} <= set(names(HERE))


@pytest.mark.parametrize(
    ("name", "margins", "pitch"),
    [("classic", (37, 35), 579), ("classic-28", (37, 35), 560), ("e-std", (34.58, 32.58), 589)],
)
def test_a_profile_sets_its_pitch_everywhere(name, margins, pitch):
    look = load(name, HERE)
    assert (look.page.top_mm, look.page.bottom_mm) == margins
    assert {look.grid.line_twips, look.styles.body.line_twips, look.styles.heading1.line_twips} == {
        pitch
    }
    assert look.page.text_height_mm / 25.4 * 1440 >= 22 * pitch


@pytest.mark.parametrize(
    ("fonts", "body", "title"),
    [
        ("gov-gb2312", "仿宋_GB2312", "方正小标宋简体"),
        ("windows", "仿宋", "方正小标宋简体"),
        ("fz-gbk", "方正仿宋_GBK", "方正小标宋_GBK"),
    ],
)
@pytest.mark.parametrize("name", ["classic", "e-std"])
def test_a_font_map_changes_names_and_nothing_else(name, fonts, body, title):
    look = load(f"{name}+{fonts}", HERE)
    assert (look.styles.body.font.east_asian, look.styles.title.font.east_asian) == (body, title)
    assert look.grid == load(name, HERE).grid
    assert body in docx.Document(io.BytesIO(write(SHORT, look))).styles["Body Text"].element.xml


def test_an_unknown_font_map_is_told_by_name():
    with pytest.raises(UnknownName):
        load("classic+windos", HERE)


def test_a_county_writes_only_the_lines_that_differ(tmp_path):
    look, classic = load(county(tmp_path), HERE), load("classic", HERE)
    assert (look.styles.heading3.bold, look.page_number.odd) == (True, "center")
    assert look.styles.heading3.size_pt == classic.styles.heading3.size_pt
    assert look.rule("styles.heading3.bold").source == "县委办通知"
    assert look.rule("styles.heading3.size_pt").source == "GB/T 9704-2012"
    assert look.rule("page_number.footer_mm") == classic.rule("page_number.footer_mm")


def test_a_line_without_its_reason_is_refused_in_an_overlay_too(tmp_path):
    text = COUNTY.replace('clause = "第五条"\nstrength = "惯例"\nsource = "县委办通知"\n', "")
    with pytest.raises(InvalidInput) as caught:
        load(county(tmp_path, text), HERE)
    assert {finding.place.spot for finding in caught.value.findings} == {"styles.heading3.bold"}


def test_an_unknown_line_of_an_overlay_is_told_with_the_near_miss(tmp_path):
    with pytest.raises(InvalidInput, match="是否想写“bold”"):
        load(county(tmp_path, COUNTY.replace("bold = true", "bolt = true")), HERE)


def test_profiles_that_extend_one_another_are_refused(tmp_path):
    county(tmp_path, COUNTY.replace('"classic"', '"county"'))
    with pytest.raises(InvalidInput, match="互相引用"):
        load(tmp_path / "county.toml", [tmp_path])


def edited_base(classic) -> bytes:
    """The base file as a clerk left it who wants quotations in blue and larger."""
    file = docx.Document(io.BytesIO(build(classic)))
    file.styles["Quote"].font.size = docx.shared.Pt(18)
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


@pytest.mark.parametrize(("kept", "size"), [(True, 18), (False, 16)])
def test_styles_of_an_edited_base_file_stand_if_the_profile_says_so(classic, kept, size):
    look = dataclasses.replace(classic, base=edited_base(classic), base_styles=kept)
    styles = docx.Document(io.BytesIO(write(SHORT, look))).styles
    assert styles["Quote"].font.size.pt == size
    assert styles["Body Text"].font.size.pt == 16

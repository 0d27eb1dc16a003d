"""Text can be poured into a base file that a person saved from Word: its styles obey the profile, the rest stays."""

from __future__ import annotations

import dataclasses
import io

import docx
import pytest
from examples import EXAMPLES
from lxml import etree
from package_check import faults, parts_of

from gongwen.oxml import qualified
from gongwen.writer.write import write


def edited() -> bytes:
    """python-docx's own template: theme fonts, blue headings, Letter paper; much like a file saved by Word."""
    file = docx.Document()
    file.add_heading("旧文字")
    file.sections[0].footer.paragraphs[0].text = "旧页脚"
    file.core_properties.comments = "generated"
    saved = io.BytesIO()
    file.save(saved)
    return saved.getvalue()


def test_what_stood_in_the_base_file_is_gone(classic):
    package = write(EXAMPLES["headings"], dataclasses.replace(classic, base=edited()))
    everything = b"".join(parts_of(package).values()).decode("utf-8", "replace")
    assert "旧文字" not in everything
    assert "旧页脚" not in everything
    assert docx.Document(io.BytesIO(package)).sections[0].page_height.mm == pytest.approx(
        297, abs=0.02
    )


def test_styles_of_the_base_file_obey_the_profile_to_the_last_slot(classic):
    package = write(EXAMPLES["headings"], dataclasses.replace(classic, base=edited()))
    styles = etree.fromstring(parts_of(package)["word/styles.xml"])
    wanted = {
        "Normal": "normal",
        "heading 1": "heading1",
        "Title": "title",
        "Body Text": "body",
        "caption": "caption",
    }
    for name, role in wanted.items():
        (style,) = [found for found in styles if _name(found).casefold() == name.casefold()]
        fonts = style.find(f"{qualified('w:rPr')}/{qualified('w:rFonts')}")
        face = classic.styles.of(role).font
        slots = {
            "ascii": face.ascii,
            "hAnsi": face.h_ansi,
            "eastAsia": face.east_asian,
            "cs": face.cs,
        }
        assert dict(fonts.attrib) == {qualified(f"w:{slot}"): font for slot, font in slots.items()}


def _name(style) -> str:
    found = style.find(qualified("w:name"))
    return "" if found is None else found.get(qualified("w:val"))


def test_a_base_file_with_other_style_ids_is_used_by_style_names(classic):
    parts = write(EXAMPLES["lists"], dataclasses.replace(classic, base=edited()))
    own = [fault for fault in faults(parts, schema=False) if fault]
    assert own == []


def test_without_a_base_file_one_is_built(classic):
    assert write(EXAMPLES["headings"], dataclasses.replace(classic, base=b"")) == write(
        EXAMPLES["headings"], classic
    )

"""What the writer says to Word, feature by feature, as text a person can read."""

from __future__ import annotations

from pathlib import Path

import pytest
from examples import EXAMPLES, REVIEWED
from lxml import etree
from package_check import faults, parts_of

from gongwen.writer.write import write

GOLDEN = Path(__file__).parent / "golden"


def canonical(xml: bytes) -> str:
    """Indented, one element a line, without namespace declarations: they are the same in every file."""
    root = etree.fromstring(xml, etree.XMLParser(remove_blank_text=True))
    for element in root.iter():
        for name in [
            name for name in element.attrib if "rsid" in name
        ]:  # pragma: no cover  ours have none
            del element.attrib[name]
    lines = etree.tostring(root, pretty_print=True, encoding="unicode")
    for prefix, uri in root.nsmap.items():
        lines = lines.replace(f' xmlns:{prefix}="{uri}"' if prefix else f' xmlns="{uri}"', "")
    return lines


def body_of(package: bytes) -> str:
    root = etree.fromstring(parts_of(package)["word/document.xml"])
    return canonical(etree.tostring(root[0]))


@pytest.fixture
def compare(request):
    """Compare with a golden file, or rewrite it under --update-golden."""

    def check(name: str, text: str) -> None:
        file = GOLDEN / f"{name}.xml"
        if request.config.getoption("--update-golden"):
            file.write_text(text, encoding="utf-8")
        assert text == file.read_text(encoding="utf-8")

    return check


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_feature_is_written_as_agreed(name, classic, compare):
    compare(name, body_of(write(EXAMPLES[name], classic)))


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_feature_makes_a_valid_file(name, classic):
    assert faults(write(EXAMPLES[name], classic)) == []


def test_review_comments_every_figure_of_prose_and_each_table_once(classic, compare):
    package = write(REVIEWED, classic, review=True)
    compare("reviewed", body_of(package))
    compare("comments", canonical(parts_of(package)["word/comments.xml"]))
    assert faults(package) == []


@pytest.mark.parametrize("part", ["styles", "settings", "footer1", "footer2", "numbering"])
def test_each_part_is_written_as_agreed(part, classic, compare):
    compare(
        f"part_{part}", canonical(parts_of(write(EXAMPLES["lists"], classic))[f"word/{part}.xml"])
    )

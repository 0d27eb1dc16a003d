"""Pictures near the foot of a page: a little smaller, or as they are."""

from __future__ import annotations

import re
import struct

import pytest
from package_check import parts_of

from gongwen.document import Document, Figure, Heading, Note, Paragraph, Text
from gongwen.writer.write import write

PNG = (
    b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + struct.pack(">II", 120, 60) + bytes(9)
)


def text(words: str = "国" * 26, *more) -> Paragraph:
    return Paragraph((Text(words), *more))


def shares(look, *blocks, height: float = 62) -> list[float]:
    """What each picture of that height is of it in the file."""
    figure = Figure(PNG, 120, height, "图题", "图")
    given = [figure if block == "图" else block for block in blocks]
    xml = parts_of(write(Document(tuple(given)), look))["word/document.xml"].decode()
    sizes = re.findall(r'<wp:extent cx="(\d+)" cy="(\d+)"/>', xml)
    assert sizes == re.findall(r'<a:ext cx="(\d+)" cy="(\d+)"/>', xml)
    assert all(
        int(wide) / 120 == pytest.approx(int(tall) / height, rel=1e-4) for wide, tall in sizes
    )
    return [int(tall) / 36_000 / height for _, tall in sizes]


# of 22 lines, the picture with its caption takes a little more than 7
@pytest.mark.parametrize(
    ("lines", "smaller"), [(10, False), (14, False), (15, True), (16, False), (22, False)]
)
def test_a_picture_is_made_smaller_only_where_little_is_missing(classic, lines, smaller):
    (share,) = shares(classic, *[text()] * lines, "图", text())
    assert (0.85 <= share < 1) if smaller else share == pytest.approx(1, abs=1e-4)


def test_a_heading_before_the_picture_is_counted_with_it(classic):
    (share,) = shares(classic, *[text()] * 14, Heading(1, (Text("一章"),)), "图", text())
    assert 0.85 <= share < 1


def test_the_next_picture_is_counted_from_where_the_first_one_now_stands(classic):
    assert [
        round(share, 4) < 1 for share in shares(classic, *[text()] * 15, "图", *[text()] * 14, "图")
    ] == [
        True,
        False,
    ]


def test_a_page_with_footnotes_is_left_alone(classic):
    noted = text("国" * 20, Note((Text("注"),)))
    (share,) = shares(classic, noted, *[text()] * 13, "图", text())
    assert share == pytest.approx(1, abs=1e-4)

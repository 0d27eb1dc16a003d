"""A document gone through from end to end."""

from __future__ import annotations

import pytest

from gongwen.document import (
    Cell,
    Heading,
    Items,
    Note,
    Paragraph,
    Reference,
    Table,
    Text,
    inlines_of,
    lines_of,
)

NOTED = (Text("甲"), Note((Text("注"),)), Reference("键"))
CELLS = ((Cell(NOTED), Cell(())), (Cell((Text("乙"),)),))


@pytest.mark.parametrize(
    "block",
    [
        Heading(1, NOTED),
        Paragraph(NOTED),
        Items(False, ((0, NOTED), (1, (Text("乙"),)))),
        Table(CELLS[:1], CELLS, "表题"),
    ],
)
def test_the_inlines_of_a_block_are_those_of_its_lines(block):
    assert inlines_of(block) == [inline for _, line in lines_of(block) for inline in line]
    assert Text("注") in inlines_of(block)

"""A block of the document has its place everywhere: whoever adds one is told here what is still missing."""

from __future__ import annotations

from dataclasses import fields
from typing import get_args

import pytest

from gongwen import document
from gongwen.document import codec
from gongwen.document.blocks import Block
from gongwen.profile.design import Styles
from gongwen.writer import blocks
from gongwen.writer.package import styles

BLOCKS = get_args(Block)
ELEMENTS = {  # put around the text from the notebook's metadata: they never travel in an output
    document.Masthead, document.Addressee, document.Enclosures, document.Signature,
    document.Remark, document.Attendance, document.Imprint, document.Contents,
}  # fmt: skip


@pytest.mark.parametrize("kind", BLOCKS, ids=lambda kind: kind.__name__)
def test_it_is_exported_travels_as_json_and_is_written(kind):
    assert kind.__name__ in document.__all__, "gongwen/document/__init__.py"
    if kind not in ELEMENTS:
        assert kind in codec._CLASSES.values(), "gongwen/document/codec.py: _CLASSES"
    assert kind in blocks._KINDS, "gongwen/writer/blocks.py: _KINDS"


def test_nothing_else_is_written():
    assert set(blocks._KINDS) <= set(BLOCKS)


def test_every_style_of_a_profile_is_written_into_the_file():
    assert set(styles.ROLES) == {field.name for field in fields(Styles)}, "package/styles.py: ROLES"

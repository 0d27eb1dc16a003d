"""A block of the document has its place everywhere: whoever adds one is told here what is still missing."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from datetime import date
from itertools import chain
from string import ascii_lowercase
from typing import get_args, get_origin, get_type_hints

import pytest

from gongwen import document
from gongwen.document import codec
from gongwen.document.blocks import Block
from gongwen.profile.design import Styles
from gongwen.writer import blocks
from gongwen.writer.package import styles
from zhibi.notebook.authoring.html import block_html

BLOCKS = get_args(Block)
ELEMENTS = {  # put around the text from the notebook's metadata: they never travel in an output
    document.Masthead, document.Addressee, document.Enclosures, document.Signature,
    document.Remark, document.Attendance, document.Imprint, document.Contents,
}  # fmt: skip
# names, numbers and kinds of a block, which are not words of its text
NO_WORDS = {"key", "series", "number", "facts", "words", "form"}
VALUES = {bytes: b"", bool: False, date | None: date(2026, 1, 1)}


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


def is_line(annotation):
    inlines, *rest = get_args(annotation) or (None,)
    return rest == [Ellipsis] and document.Text in get_args(inlines)


def words(annotation, letters):
    """Something of this type, whose every word is its own: 词a, 词b …"""
    if is_line(annotation):
        return (document.Text(f"词{next(letters)}"),)
    if annotation is str:
        return f"词{next(letters)}"
    if get_origin(annotation) is tuple:
        parts = get_args(annotation)
        return tuple(words(part, letters) for part in parts if part is not Ellipsis)
    if is_dataclass(annotation):
        return filled(annotation, letters)
    return VALUES.get(annotation, 1)


def filled(kind, letters):
    """A block of this kind with words in everything of it that holds words."""
    annotations = get_type_hints(kind)
    asked = [field.name for field in fields(kind) if field.name not in NO_WORDS]
    return kind(**{name: words(annotations[name], letters) for name in asked})


def lines_in(value):
    """Every line that a block or a part of it holds."""
    if is_dataclass(value) and not isinstance(value, document.Text):
        return lines_in(tuple(getattr(value, field.name) for field in fields(value)))
    if not isinstance(value, tuple):
        return []
    if value and all(isinstance(part, document.Text) for part in value):
        return [value]
    return list(chain.from_iterable(map(lines_in, value)))


@pytest.mark.parametrize("kind", BLOCKS, ids=lambda kind: kind.__name__)
def test_whoever_goes_through_a_document_meets_every_line_of_it(kind):
    block = filled(kind, iter(ascii_lowercase))
    met = [line for _, line in document.lines_of(block)]
    missing = [line for line in lines_in(block) if line not in met]
    assert not missing, "gongwen/document/walk.py: _own_lines"
    assert set(chain.from_iterable(met)) == set(document.inlines_of(block)), "walk.py: _bare_lines"


@pytest.mark.parametrize("kind", BLOCKS, ids=lambda kind: kind.__name__)
def test_a_word_says_where_it_stands(kind):
    block = filled(kind, iter(ascii_lowercase))
    assert [each for _, each in document.spots([block])] == [block]


TRAVELLING = [kind for kind in BLOCKS if kind not in ELEMENTS]


@pytest.mark.parametrize("kind", TRAVELLING, ids=lambda kind: kind.__name__)
def test_what_a_cell_shows_comes_out_of_it_unchanged(kind):
    block = filled(kind, iter(ascii_lowercase))
    assert codec.load(codec.dump([block], {}))[0] == (block,), "gongwen/document/codec.py"


@pytest.mark.parametrize("kind", TRAVELLING, ids=lambda kind: kind.__name__)
def test_the_notebook_shows_its_words(kind):
    block = filled(kind, iter(ascii_lowercase))
    html = block_html(block, {})
    unseen = [word for word in re.findall(r"词[a-z]", repr(block)) if word not in html]
    assert not unseen, "zhibi/notebook/authoring/html.py: block_html"
    assert html

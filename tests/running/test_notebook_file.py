"""An executed notebook as a file: a line for each cell, whatever the cells show."""

import json

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from zhibi.notebook import file as notebook

ODD = {
    "half a surrogate pair": "\ud800",
    "a number over 64 bits": 2**70,
    "a number below them": -(2**70),
    "plain": {"键": ["值", 1, 1.5, None, True, "\u2028", '"']},
}


def shown(value):
    return new_notebook(
        cells=[
            new_code_cell("1", outputs=[new_output("display_data", {"application/x+json": value})])
        ],
        metadata={"乙": 1, "甲": 2},
    )


@pytest.mark.parametrize("value", ODD.values(), ids=ODD)
def test_what_was_shown_is_read_back(value):
    written = notebook.write(shown(value))
    assert json.loads(written)["cells"][0]["outputs"][0]["data"]["application/x+json"] == value


def test_the_file_is_a_notebook_in_utf_8_with_a_line_for_each_cell():
    nb = new_notebook(cells=[new_code_cell("甲 = 1\n甲"), new_code_cell("乙")])
    written = notebook.write(nb)
    nbformat.validate(nbformat.reads(written.decode(), as_version=4))
    assert [line.startswith(b'{"cell_type":"code"') for line in written.splitlines()] == [
        False,
        True,
        True,
        False,
        False,
    ]
    assert "甲 = 1".encode() in written


def test_equal_notebooks_give_equal_files_whatever_the_order_of_their_keys():
    one, other = shown({"a": 1, "b": 2}), shown({"b": 2, "a": 1})
    other.cells[0].id = one.cells[0].id
    other.metadata = dict(reversed(one.metadata.items()))
    assert notebook.write(one) == notebook.write(other)


def test_a_notebook_without_cells_can_be_written():
    assert json.loads(notebook.write(new_notebook()))["cells"] == []


def test_a_number_that_json_lacks_is_left_out():
    assert notebook.encoded({"数": float("nan")}) == '{"数":null}'.encode()


def test_a_key_that_is_no_text_becomes_one():
    assert json.loads(notebook.encoded({1: "一"})) == {"1": "一"}

"""Situations that notebooks of other people hold: read as their author meant, or refused in one sentence."""

from __future__ import annotations

import json
import logging

import nbformat
import pandas as pd
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from gongwen.chinese.numbers.numerals import untraced
from gongwen.document import Items, Text
from gongwen.errors import InvalidInput
from prompt import typed
from zhibi import given, pick, table
from zhibi.notebook import file as notebooks
from zhibi.notebook.prose.markdown import blocks

PARAMETERS = {"tags": ["parameters"]}


def words(source: str) -> list[tuple[str, str]]:
    """The spans of a text with what is raised or lowered."""
    return [
        (each.text, "上" if each.superscript else "下" if each.subscript else "")
        for block in blocks(source)
        for each in block.line
        if isinstance(each, Text)
    ]


def test_a_list_begins_with_the_number_its_author_wrote():
    first, _, second = blocks("1. 甲\n2. 乙\n\n中间一段。\n\n3. 丙\n4. 丁")
    assert (first, second) == (
        Items(True, ((0, (Text("甲"),)), (0, (Text("乙"),)))),
        Items(True, ((0, (Text("丙"),)), (0, (Text("丁"),))), 3),
    )


@pytest.mark.parametrize("source", ["m^2^、H~2~O", "m<sup>2</sup>、H<sub>2</sub>O"])
def test_raised_and_lowered_figures_are_read(source):
    assert words(source) == [("m", ""), ("2", "上"), ("、H", ""), ("2", "下"), ("O", "")]


def test_chemistry_and_squares_are_no_typed_figures():
    assert [word for _, _, word in untraced("CO₂、PM2.5、120km²")] == ["120"]
    assert untraced("CO₂和PM2.5") == []


def test_the_number_of_a_public_line_and_a_generation_of_networks_are_names():
    assert untraced("办好12345热线、12380举报平台，推进5G建设") == []
    assert [word for _, _, word in untraced("受理12345件，下载5G")] == ["12345件", "5"]


def test_br_outside_a_title_is_a_break_and_not_nothing():
    assert words("第一行<br>第二行。<br>第三行") == [("第一行；第二行。第三行", "")]
    (made,) = blocks("| 甲 |\n|---|\n| 一行<br>二行 |")
    assert made.body[0][0].line == (Text("一行；二行"),)


def test_lines_inside_a_cell_are_parted():
    index = pd.MultiIndex.from_tuples([("县.xlsx", "三单", 2)], names=["file", "sheet", "row"])
    frame = pd.DataFrame({"事项": ["第一条：整改\n第二条：“回头看”；\n第三条"]}, index=index)
    said = "第一条：整改；第二条：“回头看”；第三条"

    assert str(pick(frame, "事项")) == said
    assert said in table(frame, "事项表").text


def test_a_number_with_a_fraction_may_be_a_parameter():
    assert str(given(95.5, "目标分")) == "95.5"


def test_two_parameters_cells_are_refused_with_their_places():
    nb = new_notebook(
        cells=[
            new_code_cell("a = 1", metadata=PARAMETERS),
            new_code_cell("a = 2", metadata=PARAMETERS),
        ]
    )
    with pytest.raises(InvalidInput, match="第1格、第2格都带 parameters 标签"):
        notebooks.refuse_second_parameters(nb, "报告.ipynb")


def test_ids_that_stand_twice_are_made_different_without_a_word(tmp_path, caplog):
    nb = new_notebook(cells=[new_code_cell("a = 1"), new_code_cell("b = 1")])
    nb.cells[1]["id"] = nb.cells[0]["id"]
    path = tmp_path / "两个.ipynb"
    path.write_text(json.dumps(nb), encoding="utf-8")
    caplog.clear()

    with caplog.at_level(logging.WARNING):
        made = notebooks.read(path)
    assert len({cell.id for cell in made.cells}) == 2
    assert caplog.records == []


def test_a_report_without_a_tagged_cell_is_told_how_to_tag_it(tmp_path):
    assert typed("zhibi", "init", "工作区", cwd=tmp_path).returncode == 0
    place = tmp_path / "工作区"
    assert typed("zhibi", "new", "某某", cwd=place).returncode == 0
    path = place / "notebooks/某某.ipynb"
    nb = nbformat.read(path, as_version=4)
    for cell in nb.cells:
        cell.metadata.pop("tags", None)
    nbformat.write(nb, path)

    done = typed("zhibi", "run", "某某", cwd=place)
    assert done.returncode == 2
    assert "某某.ipynb" in done.stdout + done.stderr
    assert "给它加上标签 parameters" in done.stdout + done.stderr

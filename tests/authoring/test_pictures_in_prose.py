"""A picture in %%正文: ![图题](文件) in a paragraph of its own -> a figure, or a place to fill that says why."""

from __future__ import annotations

import pytest
from PIL import Image

from gongwen.document import Figure, Paragraph, Todo
from gongwen.errors import BadExpression
from zhibi.notebook.authoring.prose import prose


@pytest.fixture
def picture(tmp_path, monkeypatch):
    (tmp_path / "zhibi.toml").write_text("", encoding="utf-8")
    Image.new("RGB", (400, 300), "white").save(tmp_path / "夜校.png")
    monkeypatch.chdir(tmp_path)
    return "夜校.png"


@pytest.mark.parametrize(
    "written", ["![工地夜校]({})", '<img src="{}" alt="工地夜校" width="300">']
)
def test_a_picture_file_is_a_figure_with_its_caption(picture, written):
    before, figure, after = prose(f"前文。\n\n{written.format(picture)}\n\n后文。", {}).blocks

    assert isinstance(figure, Figure)
    assert figure.caption == "工地夜校"
    assert isinstance(before, Paragraph)
    assert isinstance(after, Paragraph)


@pytest.mark.parametrize(
    "address", ["attachment:图.png", "https://a.cn/b.png", "data:image/png;base64,AA"]
)
def test_a_picture_that_is_no_file_of_the_workspace_is_a_place_to_fill(picture, address):
    (todo,) = prose(f"![现场]({address})", {}).blocks

    assert isinstance(todo, Todo)
    assert "另存成文件" in todo.hint


def test_a_picture_that_is_not_there_is_a_place_to_fill(picture):
    (todo,) = prose("![现场](没有.png)", {}).blocks

    assert "打不开" in todo.hint


def test_a_picture_amid_words_is_refused(picture):
    with pytest.raises(BadExpression, match="单独成一段"):
        prose(f"文字![现场]({picture})后", {})

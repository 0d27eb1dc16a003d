"""Workspaces, notebooks and domains: found by name, refused with the near miss."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from notebooks import book, code
from notebooks import workspace as made

from gongwen.errors import InvalidInput, OutputBlocked, UnknownName, UnreadableFile
from zhibi import domain
from zhibi.notebook import file as notebook
from zhibi.workspace import workspace


def refuses(call, kind, message):
    with pytest.raises(kind) as caught:
        call()
    assert message in str(caught.value)


def test_the_workspace_is_found_from_any_folder_below(tmp_path):
    root = made(tmp_path, 调研=book("1"))

    assert {
        workspace.require(place).root
        for place in (root, root / "notebooks", root / "notebooks" / "调研.ipynb")
    } == {root}


def test_outside_of_a_workspace_there_is_none(tmp_path):
    assert workspace.find(tmp_path) is None
    refuses(lambda: workspace.require(tmp_path), UnreadableFile, "zhibi init")


def test_relative_paths_count_from_the_workspace(tmp_path):
    root = made(tmp_path)

    assert workspace.resolve("data/a.xlsx", root / "notebooks") == root / "data" / "a.xlsx"
    assert workspace.resolve(tmp_path / "b.xlsx", root / "notebooks") == tmp_path / "b.xlsx"


def test_every_fault_of_the_settings_comes_at_once(tmp_path):
    (tmp_path / "zhibi.toml").write_text('domian = "x"\nprofile = 3\n', encoding="utf-8")

    refuses(lambda: workspace.find(tmp_path), InvalidInput, "有2处需要处理")
    refuses(
        lambda: workspace.find(tmp_path), InvalidInput, "没有名为“domian”的设置；是否想写“domain”？"
    )


def test_settings_that_are_not_toml_say_so(tmp_path):
    (tmp_path / "zhibi.toml").write_text("domain = \n", encoding="utf-8")

    refuses(lambda: workspace.find(tmp_path), UnreadableFile, "不是有效的 TOML 文件")


def test_a_report_is_located_by_name_or_by_path(tmp_path):
    root = made(tmp_path, yaml="a: 1", small=book("1"))
    place = workspace.require(root)
    expected = workspace.Report(
        "small", root / "notebooks" / "small.ipynb", root / "params" / "small.yaml"
    )

    assert workspace.locate(place, "small", root) == expected
    assert workspace.locate(place, "notebooks/small.ipynb", root) == expected


def test_a_report_that_does_not_exist_has_a_near_miss(tmp_path):
    place = workspace.require(made(tmp_path, research_report=book("1")))

    refuses(
        lambda: workspace.locate(place, "reserch_report", tmp_path),
        UnknownName,
        "是否想写“research_report”？",
    )
    refuses(lambda: workspace.locate(place, "x/y.ipynb", tmp_path), UnreadableFile, "没有这个文件")


def test_init_never_overwrites(tmp_path):
    own, root = tmp_path / "own.ipynb", tmp_path / "new"
    own.write_text("theirs")
    workspace.init(root, workspace.Settings("dangjian"), {"notebooks": [own]})
    (root / "notebooks" / "own.ipynb").write_text("mine")

    again = workspace.init(root, workspace.Settings("other"), {"notebooks": [own]})

    assert (root / "notebooks" / "own.ipynb").read_text() == "mine"
    assert again.kept == ("notebooks/own.ipynb", "zhibi.toml")
    assert workspace.require(root).settings == workspace.Settings("dangjian", "classic")


def test_init_on_a_file_says_so(tmp_path):
    (tmp_path / "file").write_text("")

    for root in (tmp_path / "file", tmp_path / "file" / "below"):
        refuses(
            lambda: workspace.init(root, workspace.Settings(), {}),  # noqa: B023
            OutputBlocked,
            "路径上有一个同名的文件",
        )


def test_the_domain_is_found_by_name():
    assert domain.find("dangjian").title == "党建"
    refuses(lambda: domain.find("dangjan"), UnknownName, "是否想写“dangjian”？")


def test_metadata_is_typed_and_unknown_keys_are_refused():
    known = {
        "title": "甲",
        "scope": "branch",
        "layout": "classic",
        "data": "w",
        "period": "p",
        "org": "o",
    }

    assert notebook.about(book(zhibi=known), "x") == notebook.About(**known)
    assert notebook.about(book(), "x") is None
    refuses(
        lambda: notebook.about(book(zhibi={"titel": "甲", "data": 3}), "x"),
        InvalidInput,
        "是否想写“title”？",
    )
    refuses(
        lambda: notebook.about(book(zhibi={"titel": "甲", "data": 3}), "x"), InvalidInput, "有2处"
    )
    refuses(
        lambda: notebook.about(book(zhibi={"scope": "world"}), "x"), InvalidInput, "county、branch"
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"not json", "内容不是 JSON"),
        (b"", "内容不是 JSON"),
        (b"\xff\xfe\x00", "内容不是 JSON"),
        (b"{}", "不是有效的笔记本"),
        (b"[]", "不是有效的笔记本"),
        (b'{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": 3}', "不是有效的笔记本"),
        (b'{"nbformat": 99, "nbformat_minor": 0, "metadata": {}, "cells": []}', "不是有效的笔记本"),
    ],
)
def test_what_is_not_a_notebook_says_so(tmp_path, content, message):
    (tmp_path / "x.ipynb").write_bytes(content)

    refuses(lambda: notebook.read(tmp_path / "x.ipynb"), UnreadableFile, message)


def test_a_missing_notebook_and_a_folder_say_so(tmp_path):
    refuses(lambda: notebook.read(tmp_path / "x.ipynb"), UnreadableFile, "没有这个文件")
    refuses(lambda: notebook.read(tmp_path), UnreadableFile, "是文件夹，不是文件")


def test_a_notebook_written_by_hand_is_put_right(tmp_path):
    (tmp_path / "x.ipynb").write_text(
        '{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": ['
        '{"cell_type": "code", "source": ["a = 1\\n", "b"],'
        ' "metadata": {}, "outputs": [], "execution_count": null}]}'
    )

    nb = notebook.read(tmp_path / "x.ipynb")

    assert (nb.cells[0].source, nb.cells[0].id) == ("a = 1\nb", "cell-1")
    nbformat.validate(nb)


def test_tags_and_kernel_survive_odd_metadata():
    odd = book(code("a"), kernel=None)
    odd.cells[0].metadata["tags"] = "parameters"
    odd.metadata["kernelspec"] = {"name": ""}

    assert notebook.tags(odd.cells[0]) == frozenset()
    assert notebook.kernel_name(odd) == "python3"
    assert notebook.declaration(odd) == ""


def test_shipped_files_are_found():
    assert (workspace.shipped("zhibi") / "templates" / "classic.toml").is_file()
    assert isinstance(workspace.shipped("dangjian"), Path)

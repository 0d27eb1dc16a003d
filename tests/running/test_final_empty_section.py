"""A notebook with a heading over nothing -> what `zhibi run --final` says, and whether it writes anything."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from prompt import typed

pytestmark = pytest.mark.kernel

HEADING = "## 换届情况\n"


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Path:
    """A workspace with two copies of a notebook: a heading over nothing, and a heading in a cell of its own."""
    place = tmp_path_factory.mktemp("空节") / "工作区"
    assert typed("zhibi", "init", str(place), cwd=place.parent).returncode == 0
    whole = json.loads((place / "notebooks/annual_rollup.ipynb").read_text(encoding="utf-8"))
    at = next(at for at, cell in enumerate(whole["cells"]) if HEADING in "".join(cell["source"]))
    body = whole["cells"][at]
    alone = {**body, "id": "heading", "source": f"%%正文\n{HEADING}"}
    rest = {**body, "source": "".join(body["source"]).replace(HEADING, "")}
    before, after = whole["cells"][:at], whole["cells"][at + 1 :]
    for name, cells in (
        ("空节", [*before, alone, *after]),
        ("分开", [*before, alone, rest, *after]),
    ):
        notebook = json.dumps({**whole, "cells": cells}, ensure_ascii=False)
        (place / f"notebooks/{name}.ipynb").write_text(notebook, encoding="utf-8")
        (place / f"params/{name}.yaml").write_text("workbook: data/示例县.xlsx\n", encoding="utf-8")
    return place


def test_a_final_report_with_an_empty_section_is_refused(place):
    done = typed("zhibi", "run", "空节", "--final", "--out", "outputs/空节", cwd=place)

    assert done.returncode == 2
    assert "[错误 W11] 标题“换届情况”：下面没有内容。" in done.stdout + done.stderr
    assert not (place / "outputs/空节/报告.docx").exists()


def test_a_heading_whose_words_stand_in_the_next_cell_is_no_empty_section(place):
    done = typed("zhibi", "run", "分开", "--final", "--out", "outputs/分开", cwd=place)

    assert done.returncode == 0, done.stdout + done.stderr
    assert (place / "outputs/分开/报告.docx").exists()

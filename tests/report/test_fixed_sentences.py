"""No sentence of a shipped notebook claims a fact that no row says: fixed text counts, names or asks, and never asserts."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest

NOTEBOOKS = sorted((Path(__file__).resolve().parents[2] / "notebooks").glob("*.ipynb"))
_PLACE = re.compile(r"\{\{.*?\}\}|【[^【】\n]*】", re.DOTALL)
_TAG = re.compile(r"\{%.*?%\}", re.DOTALL)
_OPTION = re.compile("〖[^〖〗]*□[^〖〗]*〗")
_END = re.compile(r"[。！？；\n]")
# what fixed text may do besides printing a figure: introduce, explain how something is counted, or say what is to be done
_ALLOWED = re.compile(
    r"^(?:每个案例依次写|这些话都是|填报时没有写的|案例按主题|学习推广以前|做法$|这些数字只作)"
    r"|^(?:现将|以下|各期|各项|按得分率|名单只按|是否|针对|应当|建议|请|没有发现|未发现|没有党支部达到)"
    r"|需要|应当|待|以年度评定|不宜直接比较|由人填写|未填报|没有达到列入|计算$|比较$"
)
# deeds and results: a clause that has such a word and no figure or row beside it makes somebody's work up
_DEEDS = re.compile(
    r"正在|持续|不断|扎实|深入|认真|积极|大力|切实|有力|显著|明显|有效|取得(?!成效$)|得到|形成了|坚持|严格落实|督促|稳步|全面落实|高度重视"
)


def cells(path: Path) -> list[str]:
    sources = [cell.source for cell in nbformat.read(path, 4).cells if cell.cell_type == "code"]
    return [source.partition("\n")[2] for source in sources if source.startswith("%%正文")]


def sentences(path: Path, *, decided: bool = False) -> list[str]:
    """The sentences of a notebook, every placeholder as □, headings aside.

    `decided`: a passage in 〖〗 counts as one □, for whether it is printed is decided by the figure in it.
    """
    found = []
    for cell in cells(path):
        lines = [line for line in cell.splitlines() if not line.lstrip().startswith("#")]
        text = _TAG.sub("\n", _PLACE.sub("□", "\n".join(lines)))
        while decided and _OPTION.search(text):
            text = _OPTION.sub("□", text)
        parts = re.split("[｜]|" + _END.pattern, text)
        found += [re.sub("[〖〗*]", "", part).strip() for part in parts]
    return [sentence for sentence in found if sentence]


def fixed(path: Path) -> list[str]:
    """The sentences that are printed whatever the rows say, and that neither introduce nor ask."""
    told = sentences(path, decided=True)
    return [each for each in told if "□" not in each and not _ALLOWED.search(each)]


def deeds(path: Path) -> list[str]:
    """The clauses that tell of somebody's work without a figure or a row in them."""
    clauses = [clause for each in sentences(path) for clause in re.split("[，：]", each)]
    return [clause for clause in clauses if _DEEDS.search(clause) and "□" not in clause]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_no_fixed_sentence_asserts_a_fact(path):
    assert fixed(path) == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_no_clause_beside_a_figure_tells_of_deeds_that_no_row_tells(path):
    assert deeds(path) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "继续按照规定开展组织生活，年底前完成尚未到期的年度规定动作。",
        "任期届满尚无换届记录的党组织【届满数】，正在督促核实。",
        "各级党组织高度重视。",
    ],
)
def test_the_test_sees_what_it_is_for(tmp_path, sentence):
    cell = nbformat.v4.new_code_cell(f"%%正文\n{sentence}")
    path = tmp_path / "某.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), path)

    assert fixed(path) or deeds(path)

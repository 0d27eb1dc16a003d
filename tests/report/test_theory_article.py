"""A theory article: its parts in order, its figures from the workbook, its references by the day of issue."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from clerk import BatchResult, command
from recount import Workbook

pytestmark = [pytest.mark.kernel, pytest.mark.slow]


def article(workspace: Path, name: str, *options: str) -> BatchResult:
    done = command(
        "zhibi", "run", "theory_article", "--out", f"outputs/{name}", *options, cwd=workspace
    )
    assert done.returncode in {0, 1}, done.stdout + done.stderr
    return BatchResult(workspace / "outputs" / name)


def words(made: BatchResult) -> list[str]:
    return [each.text for each in docx.Document(made.docx).paragraphs if each.text.strip()]


@pytest.fixture(scope="module")
def example(workspace) -> BatchResult:
    return article(workspace, "article", "--final")


def test_the_parts_stand_in_the_order_of_a_journal(example):
    heads = (
        "摘要：",
        "关键词：",
        "一、引言",
        "二、现状",
        "三、问题",
        "四、原因",
        "五、对策",
        "六、结语",
        "参考文献",
        "作者简介：",
    )
    told = [next(head for head in heads if text.startswith(head))
            for text in words(example) if text.startswith(heads)]  # fmt: skip

    assert example.faults == []
    assert told == list(heads)


def test_the_figures_are_those_of_the_rows(example, workspace):
    book = Workbook(workspace / "data/示例县.xlsx")

    assert example.figures["在册党员数"] == {(len(book.members), "名")}


def test_groups_of_one_or_two_people_are_not_told(example):
    (table, *_) = docx.Document(example.docx).tables
    counts = [row.cells[2].text for row in table.rows[1:]]

    assert all(int(each) >= 3 for each in counts if each.isdigit())


def test_works_are_cited_in_order_and_listed_by_the_standard(example):
    listed = [text for text in words(example) if text.startswith("[")]

    assert listed[0] == "[1]\t中共中央. 中国共产党国有企业基层组织工作条例（试行）[Z]. 2019-12-30."
    assert len(listed) == 5


def test_texts_written_for_another_year_are_places_to_write(workspace):
    made = article(workspace, "article-other", "-p", "texts_for=别县2026年度")

    paragraphs = docx.Document(made.docx).paragraphs
    assert sum(each.style.name == "zhibi todo" for each in paragraphs) == 7
    told = "\n".join(words(made))
    assert "林某" not in told  # whose article it is was written for the other county too
    assert "国有企业；" not in told
    assert "作者简介：\n" not in told

"""An edition of a standard that never was is an error; one that has been replaced is told by the date of the text."""

from __future__ import annotations

import pytest

from gongwen_lint.manuscript.reading import from_bytes
from gongwen_lint.rules import registry
from gongwen_lint.runner import examine

DATED = "\n\n示例县委组织部\n{}\n"


def messages(text: str) -> list[str]:
    found = examine(from_bytes(text.encode(), "x.txt"), registry.chosen(["K33"], []))
    return [f"{each.level} {each.message}" for each in found]


@pytest.mark.parametrize(
    "cited", ["GB/T 9704-2019", "GB/T9704—2019", "GB／T 9704-2019".replace("／", "/")]
)
def test_an_edition_that_never_was_is_a_warning(cited):
    assert messages(f"按照《党政机关公文格式》（{cited}）排版。") == [
        "警告 没有GB/T 9704-2019，现行的是GB/T 9704-2012"
    ]


def test_a_replaced_edition_is_told_by_the_date_of_the_text():
    text = "参考文献按GB/T 7714-2015著录。"

    assert messages(text + DATED.format("2026年8月1日")) == [
        "提示 GB/T 7714-2015从2026年7月1日起由GB/T 7714-2025代替"
    ]
    assert messages(text + DATED.format("2026年6月1日")) == messages(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "按GB/T 9704-2012排版。",
        "按GB/T 7714-2025著录。",
        "按GB/T 97042-2019执行。",
        "GB/T 15834-2011",
    ],
)
def test_editions_in_force_and_other_standards_are_left_alone(text):
    assert messages(text + DATED.format("2026年12月1日")) == []

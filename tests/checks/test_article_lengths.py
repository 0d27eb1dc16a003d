"""An article's abstract, keywords and title are measured; an excerpt and a report are left alone."""

from __future__ import annotations

from gongwen_lint.manuscript.reading import from_bytes
from gongwen_lint.rules import registry
from gongwen_lint.runner import examine

BODY = "\n".join(["党支部结合岗位实际开展工作，逐项解决难题，有关情况写在下面各节里。"] * 45)


def messages(title: str, abstract: int, keywords: int, body: str = BODY) -> list[str]:
    words = "；".join(["党建"] * keywords)
    text = f"{title}\n摘要：{'文' * abstract}\n关键词：{words}\n一、引言\n{body}\n"
    found = examine(from_bytes(text.encode(), "x.txt"), registry.chosen(["K34"], []))
    return [f"{each.level} {each.message}" for each in found]


def test_parts_of_usual_length_are_left_alone():
    assert messages("国有企业党支部作用发挥的难点与对策", 200, 4) == []


def test_each_part_that_is_too_short_or_too_long_is_told():
    assert messages("论" * 30, 80, 12) == [
        "提示 题名30字，一般不超过25字",
        "提示 摘要约80字，一般150至300字",
        "提示 关键词12个，一般3至8个",
    ]


def test_an_excerpt_is_not_measured():
    assert messages("论" * 30, 80, 12, body="一段文字。") == []


def test_a_report_without_an_abstract_is_not_measured():
    text = f"{'论' * 30}\n一、情况\n{BODY}\n"
    assert examine(from_bytes(text.encode(), "x.txt"), registry.chosen(["K34"], [])) == ()

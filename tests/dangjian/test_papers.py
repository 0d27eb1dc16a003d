"""Rows of 文件文献 as cited works: their form, their order, their origin."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from dangjian import open_county, works
from gongwen.document import Bibliography, Document, plain
from gongwen.document.elements import arrange, read
from gongwen.errors import BadExpression
from gongwen.facts.value import Fact, Read, Rows
from zhibi import prose
from zhibi.notebook.authoring.works import Work, bibliography

TOLD = Read("取值", (Rows("示例县.xlsx", "文件文献", (2,), "标题"),))


def fact(value: object) -> Fact:
    return Fact("文献", value, TOLD)


def entry(kind: str, **parts: object) -> str:
    """How a work is printed."""
    work = Work(
        "a",
        kind,
        fact(parts.pop("title", "题名")),
        **{name: fact(value) for name, value in parts.items()},
    )
    return plain(bibliography([work]).blocks[0].works[0][1])


@pytest.mark.parametrize(
    ("kind", "parts", "printed"),
    [
        ("Z", {"author": "示例县委组织部", "number": "示组发〔2025〕3号", "issued_on": date(2025, 1, 16)},
         "示例县委组织部. 题名：示组发〔2025〕3号[Z]. 2025-01-16."),
        ("J", {"author": "王某", "published_in": "刊名，2020（3）：12-15", "issued_on": date(2020, 3, 1)},
         "王某. 题名[J]. 刊名，2020（3）：12-15."),
        ("M", {"author": "李某", "published_in": "北京：某出版社", "issued_on": date(2019, 5, 1)},
         "李某. 题名[M]. 北京：某出版社，2019."),
        ("EB/OL", {"issued_on": date(2026, 1, 5), "link": "http://example.org/a"},
         "题名[EB/OL]. （2026-01-05）. http://example.org/a."),
        ("N", {"author": "丁某", "published_in": "某报", "issued_on": date(2026, 8, 1), "pages": "5"},
         "丁某. 题名[N]. 某报，2026-08-01（5）."),
        ("A", {"number": "某档1-2", "published_in": "某市：某档案馆", "issued_on": date(1957, 3, 2)},
         "题名：某档1-2[A]. 某市：某档案馆，1957-03-02."),
        ("Z", {"author": None, "number": None, "issued_on": None}, "题名[Z]."),
    ],
    ids=["a document", "a periodical", "a book", "a page", "a newspaper", "an archive", "nothing but a title"],
)  # fmt: skip
def test_an_entry_has_the_form_of_the_standard_and_leaves_out_what_is_blank(kind, parts, printed):
    assert entry(kind, **parts) == printed


SAMPLES = json.loads((Path(__file__).parent / "gbt7714_2025.json").read_text("utf-8"))["works"]
YEAR_ALONE = "1949"  # an archive of a year: the sheet asks for a day


def whole_day(text: str | None) -> date | None:
    parts = [int(each) for each in text.split("-")] if text else []
    return date(*[*parts, 1, 1][:3]) if parts else None


@pytest.mark.parametrize(
    "sample",
    [each for each in SAMPLES if each.get("date") != YEAR_ALONE],
    ids=lambda each: each["title"][:8],
)
def test_entries_read_as_those_published_for_the_edition_of_2025(sample):
    named = {
        "author": sample.get("author"), "number": sample.get("number"), "link": sample.get("link"),
        "published_in": sample.get("where"), "pages": sample.get("pages"),
        "issued_on": whole_day(sample.get("date")), "accessed": whole_day(sample.get("accessed")),
    }  # fmt: skip

    assert entry(sample["kind"], title=sample["title"], **named) == sample["printed"]


def test_the_edition_goes_by_the_day_of_issue_and_can_be_named():
    standard = Work("a", "S", fact("某规则"), number=fact("GB/T 1—2020"), author=fact("某委员会"))

    def printed(**how: object) -> str:
        return plain(bibliography([standard], **how).blocks[0].works[0][1])

    new, old = "GB/T 1—2020 某规则[S].", "某委员会. 某规则：GB/T 1—2020[S]."
    assert printed() == printed(issued_on=date(2026, 7, 1)) == new
    assert printed(issued_on="2026-06-30") == old
    assert printed(issued_on=date(2026, 12, 1), edition="2015") == old
    with pytest.raises(BadExpression, match="2005"):
        printed(edition="2005")


@pytest.fixture(scope="module")
def all_works() -> tuple[Work, ...]:
    return works(open_county("data/示例县.xlsx"))


def listed(text: str, of: tuple[Work, ...]) -> list[str]:
    """The works printed after a text that cites them."""
    shown = [prose(text, {}), bibliography(of)]
    document = arrange(Document(tuple(block for each in shown for block in each.blocks)), read({}))
    return [
        plain(line)
        for block in document.blocks
        if isinstance(block, Bibliography)
        for _, line in block.works
    ]


def test_only_what_is_cited_is_listed(all_works):
    assert listed("已有部署[@D008]，见办法[@D010；@D008]。", all_works) == [
        "示例县委组织部. 关于开展县属国有企业党支部规范化建设的通知：示组发〔2025〕3号[Z]. 2025-01-16.",
        "示例县委组织部. 示例县属国有企业党建工作三单管理办法：示组发〔2025〕12号[Z]. 2025-04-08.",
    ]


def test_nothing_cited_leaves_no_list(all_works):
    assert listed("没有引用。", all_works) == []


def test_every_part_of_an_entry_knows_its_row(all_works):
    shown = bibliography(all_works)
    rows = [rows for fact in shown.facts.values() for rows in fact.origin.cells]
    assert {(each.sheet, each.column) for each in rows} == {
        ("文件文献", column) for column in ("标题", "发文机关或作者", "文号", "日期")
    }
    assert {row for each in rows for row in each.rows} == set(range(3, 19))


def test_two_works_of_one_key_are_refused():
    with pytest.raises(BadExpression, match="“a”"):
        bibliography([Work("a", "Z", fact("甲")), Work("a", "Z", fact("乙"))])

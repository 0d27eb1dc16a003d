"""What hands slip on in a parameters file is named with its line: the full-width colon, the tab."""

from __future__ import annotations

import pytest

from gongwen.errors import InvalidInput
from zhibi.notebook.parameters.file import from_file

COLON, TAB = "后面是全角冒号“：”", "行首用了制表符（Tab）"


def told(path, text):
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidInput) as caught:
        from_file(path)
    return [(each.place.spot, each.message) for each in caught.value.findings]


@pytest.mark.parametrize(
    ("text", "spot", "message"),
    [
        ("workbook: a.xlsx\ntexts_for：示例县2026年度\nissued_on: '2026'\n", "第2行", f"“texts_for”{COLON}"),
        ("workbook：a.xlsx\n", "第1行", f"“workbook”{COLON}"),
        ("texts:\n  导语：|\n    一段话。\n", "第2行", f"“导语”{COLON}"),
        ("texts:\n  导语：一段话。\n", "第2行", f"“导语”{COLON}"),
        ("texts:\n\t导语: 一段话。\n", "第2行", TAB),
        ("texts:\n  导语: |\n    好。\n  体会：|\n    一段话。\nbranch: B1\n", "第4行", f"“体会”{COLON}"),
    ],
)  # fmt: skip
def test_a_slip_is_named_with_its_line(tmp_path, text, spot, message):
    assert told(tmp_path / "p.yaml", text) == [(spot, message)]


def test_every_slip_is_told_at_once(tmp_path):
    found = told(tmp_path / "p.yaml", "workbook：a.xlsx\ntexts:\n\t导语: 好。\n")
    assert found == [("第1行", f"“workbook”{COLON}"), ("第3行", TAB)]


@pytest.mark.parametrize(
    "text",
    [
        "texts:\n  导语: |\n    体会：要学得会。\n    \t缩进的字。\n",
        "texts_for: 说明：示例县\n",
        "texts:\n  导语: '注：甲'\n",
    ],
)
def test_colons_in_the_words_are_no_slips(tmp_path, text):
    path = tmp_path / "p.yaml"
    path.write_text(text, encoding="utf-8")

    assert from_file(path)


def test_another_fault_keeps_its_sentence(tmp_path):
    assert "不是有效的 YAML" in told(tmp_path / "p.yaml", "workbook: [a\n")[0][1]

"""Words -> runs, each in the font of its script."""

from __future__ import annotations

import re

import pytest

from gongwen.profile import Fonts
from gongwen.writer.text.runs import runs

FACE = Fonts("Times New Roman", "Times New Roman", "仿宋_GB2312", "Times New Roman", rare="仿宋")
USUAL = Fonts("Times New Roman", "Times New Roman", "宋体", "Times New Roman")


def cut(text: str, face: Fonts) -> list[str]:
    return re.findall(r"<w:t [^>]*>([^<]*)</w:t>", runs(text, face))


@pytest.mark.parametrize(
    ("text", "usual", "rare"),
    [
        ("", [], []),
        ("共25名", ["共", "25", "名"], ["共", "25", "名"]),
        (" 甲 A 乙", [" ", "甲 ", "A ", "乙"], [" ", "甲 ", "A ", "乙"]),
        ("王喆说“好”", ["王喆说", "“", "好", "”"], ["王", "喆", "说", "“", "好", "”"]),
        ("甲\xa0A\xa0", ["甲\xa0", "A\xa0"], ["甲", "\xa0", "A\xa0"]),
    ],
    ids=[
        "nothing",
        "digits",
        "blanks stay with what is before",
        "rare hanzi and shared marks",
        "a blank GB 2312 lacks",
    ],
)
def test_every_script_is_a_run_of_its_own(text, usual, rare):
    assert cut(text, USUAL) == usual
    assert cut(text, FACE) == rare

"""Every code of a finding is documented, and every documented code exists."""

from __future__ import annotations

import re
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
PAGE = (TOP / "docs/检查代码.md").read_text("utf-8")
# R, D, W and Z are codes of rules, tasks and the scheme: what findings speak about, not findings
CODE = re.compile(r'"([BCKLTVX]\d\d)"')


def in_code() -> set[str]:
    rooms = [*(TOP / "lib/zhibi").rglob("*.py"), *(TOP / "lib/dangjian/checks").rglob("*.py")]
    return {code for room in rooms for code in CODE.findall(room.read_text("utf-8"))}


def documented() -> list[str]:
    return re.findall(r"^\| ([A-Z]\d\d) \|", PAGE, re.MULTILINE)


def test_documented_codes_are_those_in_the_code():
    assert set(documented()) == in_code()


def test_no_code_is_documented_twice():
    assert len(documented()) == len(set(documented()))


def test_every_documented_code_says_something():
    assert re.findall(r"^\| [A-Z]\d\d \|\s*\|", PAGE, re.MULTILINE) == []

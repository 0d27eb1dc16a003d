"""`zhibi profile` tells every value with its reason, and every fault of a file of one's own."""

from __future__ import annotations

import json

from zhibi.doors.cli import COMMANDS
from zhibi.doors.cli.console.exit import at_the_door
from zhibi.doors.cli.console.help import group


def zhibi(*words: str) -> int:
    return at_the_door(group(COMMANDS, "执笔"), list(words))


def test_every_value_is_told_with_its_reason(capsys):
    assert zhibi("profile", "show", "classic", "--json") == 0
    values = json.loads(capsys.readouterr().out)["values"]
    assert len(values) > 300
    assert all(
        entry["source"] and entry["strength"] in ("必须", "一般", "惯例")
        for entry in values.values()
    )
    assert values["page.top_mm"]["value"] == 37
    assert values["fonts.fangsong.east_asian"]["value"] == "仿宋_GB2312"


def test_only_a_part_can_be_asked_for(capsys):
    assert zhibi("profile", "show", "e-std", "--only", "page.top") == 0
    assert capsys.readouterr().out.splitlines()[1:] == [
        "  page.top_mm = 34.58　【必须】GB/T 33476.2-2016 显现"
    ]


def test_a_good_profile_is_said_to_be_good(capsys):
    assert zhibi("profile", "check", "classic") == 0
    assert "没有发现问题" in capsys.readouterr().out


def test_a_name_mistyped_is_answered_with_the_near_one(capsys):
    assert zhibi("profile", "check", "clasic") == 2
    assert "是否想写“classic”" in capsys.readouterr().err

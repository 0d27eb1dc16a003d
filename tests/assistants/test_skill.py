"""What SKILL.md and the chapter tell an assistant exists: the tools, the commands, the options."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from prompt import typed

TOP = Path(__file__).resolve().parents[2]
SKILL = (TOP / "lib/zhibi/doors/mcp/SKILL.md").read_text("utf-8")
CHAPTER = (TOP / "docs/智能助手.md").read_text("utf-8")
TOOLS = {
    "list_reports", "parameters", "check_data", "run_report", "check_document", "trace", "faults", "new_report",
}  # fmt: skip


@pytest.mark.parametrize("page", [SKILL, CHAPTER], ids=["skill", "chapter"])
def test_both_pages_name_the_eight_tools(page):
    assert set(re.findall(r"`(\w+_\w+|parameters|trace|faults)`", page)) - {"texts_for"} == TOOLS


def test_the_skill_says_what_it_is_at_its_head():
    head = SKILL.partition("---\n")[2].partition("---\n")[0]

    assert re.findall(r"^(\w+): ", head, re.MULTILINE) == ["name", "description"]


@pytest.mark.slow
def test_every_command_of_the_skill_has_the_options_it_is_given():
    for command in re.findall(r"`(zhibi [^`]+)`", SKILL):
        words = command.split()[1:]
        name = words[:2] if words[0] == "data" else words[:1]
        said = typed("zhibi", *name, "--help", cwd=TOP)
        assert said.returncode == 0
        assert [word for word in words if word.startswith("--") and word not in said.stdout] == []

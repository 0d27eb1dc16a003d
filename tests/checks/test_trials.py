"""Short texts as real documents have them: what must be said of each, and what must not. See trials/README.md."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from dangjian import DOMAIN
from gongwen.findings import Level
from gongwen_lint.manuscript import reading
from gongwen_lint.rules import registry
from gongwen_lint.rules.context import CheckContext
from gongwen_lint.runner import Diagnostic, examine

HERE = Path(__file__).parent / "trials"
HEAD = re.compile(r"^(?P<code>[A-Z]\d\d) (?P<side>要说|不说)(?P<markdown> md)?(?: · (?P<why>.*))?$")


@dataclass(frozen=True)
class Trial:
    name: str
    code: str
    spoken: bool
    suffix: str
    text: str


def trials() -> list[Trial]:
    found: list[Trial] = []
    for page in sorted(HERE.glob("*.txt")):
        words = "\n".join(
            line for line in page.read_text("utf-8").splitlines() if not line.startswith("# ")
        )
        for number, part in enumerate(re.split(r"^=== ", words, flags=re.MULTILINE)[1:], 1):
            first, _, text = part.partition("\n")
            head = HEAD.match(first)
            assert head, first
            suffix = "md" if head["markdown"] else "txt"
            name = f"{page.stem}{number}-{head['code']}-{head['side']}"
            found.append(
                Trial(name, head["code"], head["side"] == "要说", suffix, text.strip("\n") + "\n")
            )
    return found


def said(trial: Trial) -> list[Diagnostic]:
    """What the checker says of the text as a file."""
    manuscript = reading.from_bytes(trial.text.encode(), f"例.{trial.suffix}")
    return list(examine(manuscript, registry.RULES, CheckContext(lore=DOMAIN.lore)))


@pytest.mark.parametrize("trial", trials(), ids=lambda trial: trial.name)
def test_what_must_be_said_is_said_and_nothing_else(trial):
    by_rule = [each for each in said(trial) if each.code == trial.code]
    if trial.spoken:
        assert [each for each in by_rule if each.level is not Level.NOTE], trial.text
    else:
        assert [(each.text, each.message) for each in by_rule] == []

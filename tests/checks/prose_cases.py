"""The golden cases: `差` speaks up, `改` is what a repair makes of it, `好` stays silent. See the head of cases/P.md."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from gongwen_lint.manuscript.manuscript import Manuscript, Para

HERE = Path(__file__).parent / "cases"
ROLE = re.compile(r"〈([a-z_]+)(?: (\d))?(?: ([^〉]+))?〉")


@dataclass(frozen=True)
class Case:
    code: str
    kind: str  # 差 or 好
    text: str
    repaired: str = ""


@cache
def cases() -> tuple[Case, ...]:
    found: list[Case] = []
    for page in sorted(HERE.glob("*.md")):
        code = ""
        for line in page.read_text("utf-8").splitlines():
            if line.startswith("## "):
                code = line[3:].split()[0]
            elif line.startswith(("- 差：", "- 好：")):
                found.append(Case(code, line[2], line[4:]))
            elif line.startswith("- 改："):
                assert found[-1].kind == "差", line
                found[-1] = Case(code, "差", found[-1].text, line[4:])
    return tuple(found)


def manuscript(text: str) -> Manuscript:
    """The paragraphs of a case as if they stood in a text file."""
    paras = []
    for number, part in enumerate((part.strip(" ") for part in text.split("¶") if part.strip()), 1):
        role = ROLE.match(part)
        words = part[role.end() :] if role else part
        marks = (role[1], int(role[2] or 0), role[3] or "") if role else ("body", 0, "")
        paras.append(Para(number, words, *marks, where=f"第{number}段"))  # type: ignore[arg-type]
    return Manuscript("例", "txt", tuple(paras))

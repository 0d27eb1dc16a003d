"""The marked corpus -> precision and recall of the checker by family, with every miss and every false alarm.

    python benchmarks/corpus.py [--held] [--publish]

A rule is right if it speaks of the paragraph the mark is in. Errors and warnings count as alarms; notes (提示) count only
where they were expected. The held-out third was not used in tuning: `--held` lists what went wrong in it (without, only
its figures are shown, so that nobody tunes on it by accident). `--publish` writes the table into benchmarks/README.md.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from dangjian import DOMAIN
from gongwen.findings import Level
from gongwen_lint.manuscript import reading
from gongwen_lint.rules import registry
from gongwen_lint.rules.context import CheckContext
from gongwen_lint.runner import Diagnostic, examine

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT / "tests/corpus"
OPENING, CLOSING = "<!-- corpus -->", "<!-- /corpus -->"
MARK = re.compile(r"⟪(?P<codes>[A-Z]\d\d(?: [A-Z]\d\d)*)：(?P<words>[^⟫]*)⟫")
HELD = " · 留出"
FAMILIES = {
    "P": "标点",
    "S": "序号",
    "N": "数字",
    "F": "日期和文号",
    "U": "单位",
    "T": "用字",
    "K": "内容",
}


@dataclass(frozen=True)
class Sample:
    """One text without its marks, and what is expected: (code, line)."""

    name: str
    held: bool
    text: str
    expected: frozenset[tuple[str, int]]


@dataclass
class Score:
    """Counts by family, and what went wrong in words."""

    right: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    false_errors: list[str] = field(default_factory=list)
    notes: int = 0


def samples() -> Iterator[Sample]:
    """Every text of the corpus."""
    for page in sorted(CORPUS.glob("*.txt")):
        for part in re.split(r"^=== ", page.read_text("utf-8"), flags=re.MULTILINE)[1:]:
            head, _, body = part.partition("\n")
            lines = [line for line in body.splitlines() if line.strip()]
            marks = (
                (match, number)
                for number, line in enumerate(lines, 1)
                for match in MARK.finditer(line)
            )
            expected = frozenset(
                (code, number) for match, number in marks for code in match["codes"].split()
            )
            text = "\n".join(MARK.sub(lambda match: match["words"], line) for line in lines)
            yield Sample(head.removesuffix(HELD), head.endswith(HELD), text, expected)


def found(sample: Sample) -> tuple[Diagnostic, ...]:
    """What the checker says of a text, as `zhibi check` would of a .txt file."""
    manuscript = reading.from_bytes(sample.text.encode(), f"{sample.name}.txt")
    return examine(manuscript, registry.RULES, CheckContext(lore=DOMAIN.lore))


def scored(wanted: Iterator[Sample]) -> Score:
    """All texts together."""
    score = Score()
    for sample in wanted:
        findings = found(sample)
        said = {(each.code, each.line) for each in findings}
        for code, line in sorted(sample.expected):
            hit = (code, line) in said
            (score.right if hit else score.missed)[code[0]] += 1
            if not hit:
                score.faults.append(f"漏报 {sample.name} 第{line}段 {code}")
        alarms = {
            (each.code, each.line): each
            for each in findings
            if (each.code, each.line) not in sample.expected
        }
        for each in alarms.values():
            if each.level is Level.NOTE:
                score.notes += 1
                continue
            score.false[each.code[0]] += 1
            words = f"误报 {sample.name} 第{each.line}段 {each.code}（{each.level}）“{each.text[:20]}”：{each.message}"
            score.faults.append(words)
            if each.level is Level.ERROR:
                score.false_errors.append(words)
    return score


def table(tuned: Score, held: Score) -> str:
    """The published table: both parts side by side."""
    rows = [
        "| 类 | 调规则用的：应报 | 查准率 | 查全率 | 留出的：应报 | 查准率 | 查全率 |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for letter, name in (*FAMILIES.items(), ("", "合计")):
        cells = [cell for score in (tuned, held) for cell in figures(score, letter)]
        rows.append(
            f"| {letter} {name} | {' | '.join(cells)} |"
            if letter
            else f"| {name} | {' | '.join(cells)} |"
        )
    return "\n".join(rows)


def figures(score: Score, letter: str) -> tuple[str, str, str]:
    """Expected, precision and recall of a family; of all without a letter."""
    right, missed, false = (
        sum(number for family, number in counts.items() if not letter or family == letter)
        for counts in (score.right, score.missed, score.false)
    )
    return str(right + missed), rate(right, right + false), rate(right, right + missed)


def rate(part: int, whole: int) -> str:
    return f"{part}/{whole}" if whole else "—"


def published() -> str:
    """What benchmarks/README.md says between the marks."""
    every = list(samples())
    tuned = scored(each for each in every if not each.held)
    held = scored(each for each in every if each.held)
    size = sum(len(re.sub(r"\s", "", each.text)) for each in every)
    lines = [
        "",
        f"{len(every)}篇、{size}字，其中留出{sum(each.held for each in every)}篇；提示级的多报{tuned.notes + held.notes}处，不计入误报。",
        "",
        table(tuned, held),
        "",
        "没有做到的：",
        "",
        *(f"- {fault}" for fault in (*tuned.faults, *held.faults)),
        "",
    ]
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(
        description="Precision and recall of the checker on the marked corpus."
    )
    parser.add_argument(
        "--held", action="store_true", help="list what went wrong in the held-out third too"
    )
    parser.add_argument(
        "--publish", action="store_true", help="write the table into benchmarks/README.md"
    )
    options = parser.parse_args()
    every = list(samples())
    tuned, held = (scored(each for each in every if each.held is side) for side in (False, True))
    print(table(tuned, held))
    print("\n".join(["", *tuned.faults, *(held.faults if options.held else ())]))
    if options.publish:
        page = ROOT / "benchmarks/README.md"
        before, _, rest = page.read_text("utf-8").partition(OPENING)
        after = rest.partition(CLOSING)[2]
        page.write_text(f"{before}{OPENING}{published()}{CLOSING}{after}", encoding="utf-8")
    return int(bool(tuned.false_errors or held.false_errors))


if __name__ == "__main__":
    sys.exit(main())

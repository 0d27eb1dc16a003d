"""A folder of documents -> recall of the checker by kind of planted error, and its findings per 10,000 characters.

    python benchmarks/wild.py [DIR] [--seed 1] [--rounds 2] [--missed] [--findings]

Every kind of `plants.py` is planted once a round in each document that offers a place, one error at a time, seeded; it
is noticed if the checker says something new at 警告 or above. The documents themselves are then checked as they are:
what is said of them is told by rule and level. `--missed` lists what was not noticed, `--findings` what was said of the
documents as they are.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from plants import ARITHMETIC, PLANTERS, Lines

from dangjian import DOMAIN
from gongwen.findings import Level
from gongwen_lint.manuscript import reading
from gongwen_lint.rules import registry
from gongwen_lint.rules.context import CheckContext
from gongwen_lint.runner import Diagnostic, examine

ROOT = Path(__file__).resolve().parents[1]
OURS = Path(__file__).resolve().parent / "wild"
LOUD = frozenset({Level.ERROR, Level.WARNING})
_PER = 10_000  # characters


@dataclass
class Tally:
    """How many errors of each kind were planted and noticed, and what was missed in words."""

    planted: Counter[str] = field(default_factory=Counter)
    noticed: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)


def documents(folder: Path) -> Iterator[tuple[str, str, Lines]]:
    """Name, kind of file and lines of every document that can be read; Word files as the text of their paragraphs."""
    for path in sorted(folder.rglob("*")):
        if path.suffix in {".txt", ".md"} and path.name != "README.md":
            yield path.name, path.suffix, tuple(path.read_text("utf-8").splitlines())
        elif path.suffix == ".docx":
            yield path.name, ".txt", tuple(para.text for para in reading.read(path).paras)


def findings(lines: Lines, suffix: str) -> tuple[Diagnostic, ...]:
    """What the checker says of the text, as `zhibi check` would of such a file."""
    manuscript = reading.from_bytes("\n".join(lines).encode(), f"稿{suffix}")
    return examine(manuscript, registry.RULES, CheckContext(lore=DOMAIN.lore))


def loud(diagnostics: tuple[Diagnostic, ...]) -> Counter[tuple[str, str, str]]:
    """What is said at 警告 or above, without its place: lines move when words are put in."""
    return Counter(
        (each.code, each.text, each.message) for each in diagnostics if each.level in LOUD
    )


def measured(
    folder: Path, seed: int, rounds: int
) -> tuple[Tally, list[tuple[str, Diagnostic]], int]:
    """Every document planted with every kind, what is said of the documents as they are, and their characters."""
    tally, said, size = Tally(), list[tuple[str, Diagnostic]](), 0
    for name, suffix, lines in documents(folder):
        before = findings(lines, suffix)
        size += sum(len("".join(line.split())) for line in lines)
        said += [(name, each) for each in before]
        for kind, planter in PLANTERS.items():
            for turn in range(rounds):
                planted = planter(Random(f"{seed}{name}{kind}{turn}"), lines)
                if planted is None:
                    break
                tally.planted[kind] += 1
                if loud(findings(planted, suffix)) - loud(before):
                    tally.noticed[kind] += 1
                else:
                    tally.missed.append(f"{kind}　{name}　{_change(lines, planted)}")
    return tally, said, size


def _change(lines: Lines, planted: Lines) -> str:
    """The sentence with the error, for a list."""
    was, now = "\n".join(lines), "\n".join(planted)
    at = next(
        (place for place, (one, other) in enumerate(zip(was, now, strict=False)) if one != other),
        len(was),
    )
    return now[max(0, at - 40) : at + 40].replace("\n", "¶")


def report(tally: Tally, said: list[tuple[str, Diagnostic]], size: int) -> Iterator[str]:
    """The two tables."""
    yield "| 种类 | 植入 | 指出 | 查全率 |"
    yield "|---|---:|---:|---:|"
    for kind in PLANTERS:
        if tally.planted[kind]:
            yield f"| {kind} | {tally.planted[kind]} | {tally.noticed[kind]} | {tally.noticed[kind] / tally.planted[kind]:.0%} |"
    for name, kinds in (("算术类", ARITHMETIC), ("全部", frozenset(PLANTERS))):
        planted, noticed = (
            sum(counts[kind] for kind in kinds) for counts in (tally.planted, tally.noticed)
        )
        yield f"| **{name}** | {planted} | {noticed} | {noticed / max(planted, 1):.0%} |"
    yield ""
    yield f"原文{size}字，照原样检查："
    yield ""
    yield "| 规则 | 级别 | 处 | 每万字 |"
    yield "|---|---|---:|---:|"
    counts = Counter((each.code, each.level) for _, each in said)
    for (code, level), number in sorted(
        counts.items(), key=lambda item: (list(Level).index(item[0][1]), -item[1])
    ):
        yield f"| {code} | {level} | {number} | {number * _PER / max(size, 1):.1f} |"


def main() -> int:
    parser = argparse.ArgumentParser(
        description="Recall by planted kind, and findings per 10,000 characters."
    )
    parser.add_argument("folder", nargs="?", type=Path, default=OURS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument(
        "--missed", action="store_true", help="list the errors that were not noticed"
    )
    parser.add_argument(
        "--findings", action="store_true", help="list what is said of the documents as they are"
    )
    asked = parser.parse_args()
    tally, said, size = measured(asked.folder, asked.seed, asked.rounds)
    print("\n".join(report(tally, said, size)))
    if asked.missed:
        print("\n".join(["", *tally.missed]))
    if asked.findings:
        quiet = [(name, each) for name, each in said if each.level in LOUD]
        print(
            "\n".join(
                [
                    "",
                    *(
                        f"{each.level} {each.code} {name} {each.where}“{each.text[:50]}”{each.message}"
                        for name, each in quiet
                    ),
                ]
            )
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())

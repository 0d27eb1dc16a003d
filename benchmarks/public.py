"""The same branches, the same notebook: this program beside what anybody can install -> a table, with versions and machine.

    python benchmarks/public.py [--branches 200] [--rounds 4] [--sample bash=8,papermill=40] [--publish]

Two commands for each branch (papermill, then jupyter nbconvert), one process that loops over papermill and the exporter,
Quarto where it is installed, and this program on one core and on all. Each round is another part of the branches, made by
all in random order, each turn a process of its own: after the last round everyone has made every branch once. `--sample`
has those that it names make so many of them only; how many is said in the table. The branches are of a county that
is generated from a seed. Nothing is needed but this checkout with its dependencies. 200 branches by two commands each
take about half an hour on an idle machine.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import places

import batch

NAMES = ("bash", "papermill", "quarto", "ours", "ours-all-cores")
BESIDE = {"quarto": "Quarto：每份一条命令，由它运行笔记本、由 pandoc 写 Word"}


@dataclass
class Turns(batch.Turns):
    """What was measured of one contestant, and how many reports it made."""

    reports: int = 0


def main() -> None:
    parser = argparse.ArgumentParser(description="The same branches, made by each.")
    parser.add_argument("--branches", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--sample", default="", help="NAME=N,…: who makes how many; default: all")
    parser.add_argument("--only", default=",".join(NAMES), help=f"of {', '.join(NAMES)}")
    parser.add_argument("--folder", type=Path, help="where the county is kept between runs")
    parser.add_argument("--publish", action="store_true")
    asked = parser.parse_args()
    names = [name for name in asked.only.split(",") if name != "quarto" or shutil.which("quarto")]
    with tempfile.TemporaryDirectory() as temporary:
        folder = (asked.folder or Path(temporary)).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        place, codes = places.workspace(folder, asked.branches)
        few = {name: int(count) for name, _, count in samples(asked.sample)}
        share = {name: parts(codes[: few.get(name)], asked.rounds) for name in names}
        turns = measured(share, place, folder)
    text = f"{table(turns)}\n\n{conditions(asked.rounds)}"
    print(text)
    if asked.publish:
        batch.publish("public", text)


def samples(asked: str) -> list[tuple[str, str, str]]:
    """`bash=8,papermill=40`, taken apart."""
    return [each.partition("=") for each in asked.split(",") if each]


def parts(codes: list[str], rounds: int) -> list[list[str]]:
    """The branches of each round."""
    return [codes[number::rounds] for number in range(rounds)]


def measured(share: dict[str, list[list[str]]], place: Path, folder: Path) -> dict[str, Turns]:
    """What each took for its branches, round by round."""
    turns = {name: Turns() for name in share}
    rounds = len(next(iter(share.values())))
    for number in range(rounds):
        for name in random.sample(list(share), len(share)):
            codes = share[name][number]
            turns[name].add(batch.turn(name, place, codes, folder))
            turns[name].reports += len(codes)
            each = turns[name].each[-1]
            print(f"round {number + 1}: {name}: {len(codes)} reports, {each:.3f} s", flush=True)
    return turns


def table(found: dict[str, Turns]) -> str:
    """A row for each: reports, start, seconds of a report (least and most), reports an hour, how many times as fast."""
    rows = [
        "| 做法 | 做了（份） | 启动（秒） | 每份（秒） | 每小时（份） | 比两条命令快几倍 | 比循环快几倍 |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for name, turns in found.items():
        least, most = min(turns.each), max(turns.each)
        faster, fast = (found[k].times(turns) if k in found else "—" for k in ("bash", "papermill"))
        rows.append(
            f"| {BESIDE.get(name) or batch.NAMES[name]} | {turns.reports} | {min(turns.start):.1f} "
            f"| {turns.seconds:.3f}（{least:.3f}—{most:.3f}） | {3600 / turns.seconds:.0f} | {faster} | {fast} |"
        )
    return "\n".join(rows)


def conditions(rounds: int) -> str:
    """Rounds, machine, versions, and how busy the machine was."""
    return (
        f"分成{rounds}份轮流做，每轮每家做其中一份，顺序随机；中位数（最少—最多）。{batch.machine(rounds)}"
        f"{quarto()}一分钟平均负载{os.getloadavg()[0]:.1f}。"
    )


def quarto() -> str:
    """Its version, or that it is not there."""
    if shutil.which("quarto") is None:
        return "没有装 Quarto。"
    done = subprocess.run(["quarto", "--version"], capture_output=True, text=True, check=False)
    return f"Quarto {done.stdout.strip()}。"


if __name__ == "__main__":
    main()

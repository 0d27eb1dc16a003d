"""The same branches, the same notebook: this program beside what anybody can install -> a table, with versions and machine.

    python benchmarks/public.py [--branches 200] [--each N] [--rounds 3]

Two commands for each branch (papermill, then jupyter nbconvert), one process that loops over papermill and the exporter,
Quarto where it is installed, and this program on one core and on all. All make the first N of the branches (default: all
of them), in random order, each turn a process of its own; the branches are of a county that is generated from a seed.
Nothing is needed but this checkout with its dependencies. 200 branches take two commands each about half an hour.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import tempfile
from pathlib import Path

import places

import batch

NAMES = ("bash", "papermill", "quarto", "ours", "ours-all-cores")
BESIDE = {"quarto": "Quarto：每份一条命令，由它运行笔记本、由 pandoc 写 Word"}


def main() -> None:
    parser = argparse.ArgumentParser(description="The same branches, made by each.")
    parser.add_argument("--branches", type=int, default=200)
    parser.add_argument("--each", type=int, help="how many of them each makes; default: all")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", default=",".join(NAMES), help=f"of {', '.join(NAMES)}")
    parser.add_argument("--folder", type=Path, help="where the county is kept between runs")
    asked = parser.parse_args()
    names = [name for name in asked.only.split(",") if name != "quarto" or shutil.which("quarto")]
    with tempfile.TemporaryDirectory() as temporary:
        folder = (asked.folder or Path(temporary)).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        place, codes = places.workspace(folder, asked.branches)
        codes = codes[: asked.each or len(codes)]
        found = {name: batch.Turns() for name in names}
        for number in range(asked.rounds):
            for name in random.sample(names, len(names)):
                found[name].add(batch.turn(name, place, codes, folder))
                each = found[name].each[-1]
                print(f"round {number + 1}: {name}: {each:.3f} s a report", flush=True)
    print(table(found, len(codes)))
    print(
        batch.machine(asked.rounds), quarto(), f"一分钟平均负载{os.getloadavg()[0]:.1f}。", sep=""
    )


def table(found: dict[str, batch.Turns], count: int) -> str:
    """A row for each: start, seconds of a report (least and most), reports an hour, how many times as fast."""
    rows = [
        f"| 做法（同样的{count}份） | 启动（秒） | 每份（秒） | 每小时（份） | 比两条命令快几倍 |",
        "|---|---:|---:|---:|---:|",
    ]
    for name, turns in found.items():
        least, most = min(turns.each), max(turns.each)
        faster = found["bash"].times(turns) if "bash" in found else "—"
        rows.append(
            f"| {BESIDE.get(name) or batch.NAMES[name]} | {min(turns.start):.1f} "
            f"| {turns.seconds:.3f}（{least:.3f}—{most:.3f}） | {3600 / turns.seconds:.0f} | {faster} |"
        )
    return "\n".join(rows)


def quarto() -> str:
    """Its version, or that it is not there."""
    if shutil.which("quarto") is None:
        return "没有装 Quarto。"
    done = subprocess.run(["quarto", "--version"], capture_output=True, text=True, check=False)
    return f"Quarto {done.stdout.strip()}。"


if __name__ == "__main__":
    main()

"""Thousands of branches: our engine against what people do, and against what is possible at all.

    python benchmarks/batch.py [--rounds 3] [--scale 10,100,1000] [--only NAME,…] [--publish] [--folder FOLDER]

The same notebook (annual_review), the same data (a slice for each branch of a generated county), the same two files (executed
notebook, Word file) for all; the floors write the Word file only. Contestants take turns in random order, each turn a
process of its own, so that a busy machine hurts all alike. Seconds are medians over the rounds; ratios are medians of the
ratios within each round. `--publish` writes the tables into benchmarks/README.md.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

import places

HERE = Path(__file__).resolve().parent
ORGANISATIONS = 5_250_000  # 基层党组织 in the country; each owes a report a year
MIB = 1024**2
NAMES = {
    "bash": "（a）脚本循环：papermill 命令＋nbconvert 命令",
    "papermill": "（b）一个进程里循环 papermill＋导出",
    "ploomber": "（c）ploomber-engine（不隔离）",
    "ours": "（d）zhibi 引擎，1个核",
    "ours-all-cores": "（d）zhibi 引擎，全部核",
    "floor": "（e）下限：同样的计算写成一个预热的函数（不隔离、不留笔记本）",
    "frozen-floor": "（e′）下限，并让 Python 不在已导入的东西里找垃圾（gc.freeze）",
}
EACH = {
    "bash": 2,
    "papermill": 3,
    "ploomber": 6,
    "ours": 16,
    "ours-all-cores": 32,
    "floor": 16,
    "frozen-floor": 16,
}


@dataclass
class Turns:
    """What was measured of one contestant: one entry a turn."""

    start: list[float] = field(default_factory=list)
    each: list[float] = field(default_factory=list)
    private: list[int] = field(default_factory=list)

    def add(self, measured: dict[str, Any]) -> None:
        """One turn more."""
        times = measured["each"]
        self.start.append(measured["start"])
        self.each.append(sum(times) / len(times))
        self.private += measured["private"]

    @property
    def seconds(self) -> float:
        """Of a report."""
        return statistics.median(self.each)

    def times(self, other: Turns, places: int = 1) -> str:
        """How many times what the other takes: the median of what each round says, the least and the most."""
        rounds = sorted(own / its for own, its in zip(self.each, other.each, strict=True))
        least, most = rounds[0], rounds[-1]
        return f"{statistics.median(rounds):.{places}f}" + (
            f"（{least:.{places}f}—{most:.{places}f}）" if least < most else ""
        )


def turn(name: str, place: Path, codes: list[str], folder: Path) -> dict[str, Any]:
    """One contestant makes the reports of these branches."""
    listed = folder / "codes.txt"
    listed.write_text("\n".join(codes))
    out = folder / f"out-{name}"
    command = [
        sys.executable,
        str(HERE / "contestants.py"),
        name,
        str(place),
        str(out),
        "@",
        str(listed),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{name}: {done.stderr[-3000:]}")
    measured: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return measured


def rounds(count: int, only: Iterable[str], folder: Path) -> dict[str, Turns]:
    place, codes = places.workspace(folder, max(EACH.values()))
    turns = {name: Turns() for name in only}
    for number in range(count):
        for name in random.sample(list(turns), len(turns)):
            measured = turn(name, place, codes[: EACH[name]], folder)
            turns[name].add(measured)
            print(
                f"round {number + 1}: {name}: {turns[name].each[-1]:.3f} s, start {measured['start']:.1f} s",
                flush=True,
            )
    return turns


def three(count: int, folder: Path) -> dict[str, float]:
    """Seconds for a batch of three, start-up and all."""
    place, codes = places.workspace(folder, max(EACH.values()))
    pairs = [
        {name: turn(name, place, codes[:3], folder)["all"] for name in ("papermill", "ours")}
        for _ in range(count)
    ]
    return {name: statistics.median(pair[name] for pair in pairs) for name in pairs[0]}


@dataclass(frozen=True, slots=True)
class Grown:
    """So many branches at once, on all cores: seconds in all, of a report (on average, at the beginning, at the end), MiB of a worker."""

    branches: int
    all: float
    each: float
    ends: tuple[float, float]  # the first tenth and the last
    memory: tuple[float, float]


def scale(sizes: Iterable[int], folder: Path) -> list[Grown]:
    """What reports cost when they are many."""
    found = []
    for size in sizes:
        place, codes = places.workspace(folder, size)
        measured = turn("ours-all-cores", place, codes, folder)
        memory = tuple(each / MIB for each in _ends(measured["private"]))
        grown = Grown(
            len(codes),
            measured["all"],
            statistics.mean(measured["each"]),
            _ends(measured["each"]),
            memory,
        )
        found.append(grown)
        print(f"{size} branches: {grown.each:.3f} s a report", flush=True)
    return found


def _ends(values: list[float]) -> tuple[float, float]:
    """The mean of the first tenth, and of the last; nothing measured is no number."""
    if not values:
        return float("nan"), float("nan")
    tenth = max(1, len(values) // 10)
    return statistics.mean(values[:tenth]), statistics.mean(values[-tenth:])


def table(found: dict[str, Turns]) -> str:
    rows = [
        "| 做法 | 启动（秒） | 每份（秒） | 每小时（份） | (a)÷它 | (b)÷它 | 它÷(e) | 它÷(e′) | 每个工人独占内存（MiB） |"
    ]
    rows += ["|---|---:|---:|---:|---:|---:|---:|---:|---:|"]
    for name, turns in found.items():
        own = turns.seconds
        ratios = [
            found[other].times(turns) if other in found else "—" for other in ("bash", "papermill")
        ]
        floors = [
            turns.times(found[other], 2) if other in found else "—"
            for other in ("floor", "frozen-floor")
        ]
        private = f"{max(turns.private) / MIB:.0f}" if turns.private else "—"
        start = f"{statistics.median(turns.start):.1f}" if name != "bash" else "—"
        rows.append(
            f"| {NAMES[name]} | {start} | {own:.3f} | {3600 / own:.0f} | {ratios[0]} | {ratios[1]} | {floors[0]} | {floors[1]} | {private} |"
        )
    return "\n".join(rows)


def curve(grown: Iterable[Grown]) -> str:
    rows = [
        "| 党支部 | 总用时（秒，含启动） | 每份（秒） | 前十分之一每份 | 后十分之一每份 | 独占内存：前十分之一（MiB） | 后十分之一（MiB） |"
    ]
    rows += ["|---:|---:|---:|---:|---:|---:|---:|"]
    for each in grown:
        (early, late), (first, last) = each.ends, each.memory
        rows.append(
            f"| {each.branches} | {each.all:.0f} | {each.each:.3f} | {early:.3f} | {late:.3f} | {first:.0f} | {last:.0f} |"
        )
    return "\n".join(rows)


def reckoning(turns: dict[str, Turns]) -> str:
    sentence = (
        f"{NAMES[name]}：{turns[name].seconds * ORGANISATIONS / 3600:,.0f}核时"
        for name in ("bash", "ours")
        if name in turns
    )
    return (
        f"全国基层党组织按{ORGANISATIONS / 10_000:g}万个算，每个一份年度总结："
        + "；".join(sentence)
        + "。"
    )


def machine(count: int) -> str:
    names = ("papermill", "nbconvert", "ipykernel", "pandas", "matplotlib", "python-docx")
    versions = "、".join(f"{name} {version(name)}" for name in names)
    taken = f"{count}轮交替运行取中位数，倍数是各轮倍数的中位数（最小—最大）"
    return f"{taken}；{os.cpu_count()}核，{platform.system()}，Python {platform.python_version()}，{versions}。"


def publish(mark: str, text: str) -> None:
    """Put a text between its marks in benchmarks/README.md."""
    page = HERE / "README.md"
    before, _, rest = page.read_text("utf-8").partition(f"<!-- {mark} -->")
    _, _, after = rest.partition(f"<!-- /{mark} -->")
    page.write_text(f"{before}<!-- {mark} -->\n{text}\n<!-- /{mark} -->{after}", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description="The engine zhibi against others.")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--scale", default="10,100,1000", help="numbers of branches for the curve; empty: none"
    )
    parser.add_argument(
        "--only",
        default="bash,papermill,ours,ours-all-cores,floor,frozen-floor",
        help=f"of {', '.join(NAMES)}",
    )
    parser.add_argument("--folder", type=Path, help="where counties are kept between runs")
    parser.add_argument("--publish", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = (options.folder or Path(temporary)).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        turns = rounds(options.rounds, options.only.split(","), folder) if options.only else {}
        parts = [table(turns), reckoning(turns), machine(options.rounds)] if turns else []
        if {"ours", "ours-all-cores"} <= set(turns):
            parts.append(
                f"全部{os.cpu_count()}核是1核的{turns['ours'].times(turns['ours-all-cores'], 2)}倍。"
            )
        if {"ours", "papermill"} <= set(turns):
            batch = three(options.rounds, folder)
            parts.append(
                f"只做3份，连启动在内：papermill 循环{batch['papermill']:.1f}秒，zhibi 引擎{batch['ours']:.1f}秒。"
            )
        grown = (
            curve(scale([int(size) for size in options.scale.split(",")], folder))
            if options.scale
            else ""
        )
    print("\n\n".join([*parts, grown]))
    if options.publish:
        if parts:
            publish("batch", "\n\n".join(parts))
        if grown:
            publish("scale", grown)


if __name__ == "__main__":
    main()

"""A county of 3,000 organisations -> how much dearer validated loading is than a bare pandas.read_excel of the same sheets.

    python benchmarks/loading.py [--branches 3000] [--pairs 7] [--workbook FILE] [--publish]

Each run is a process of its own; bare and validated take turns, so that a busy machine hurts both alike. What counts is
the median of the ratios of neighbours. The limit is 1.5; above it the exit code is 1. `--publish` writes the figures into
benchmarks/README.md.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LIMIT = 1.5
OPENING, CLOSING = "<!-- loading -->", "<!-- /loading -->"

BARE = """
import sys, time
import pandas, python_calamine
start = time.perf_counter()
pandas.read_excel(sys.argv[1], engine="calamine", sheet_name=None)
print(time.perf_counter() - start)
"""
VALIDATED = """
import sys, time
from dangjian.workbook import CONTRACT
from zhibi.data.read import read
start = time.perf_counter()
dataset, findings = read(sys.argv[1], CONTRACT)
print(time.perf_counter() - start)
assert dataset is not None, findings
"""


def seconds(program: str, workbook: Path) -> float:
    """One run in a process of its own, imports not counted."""
    done = subprocess.run(
        [sys.executable, "-c", program, str(workbook)], capture_output=True, text=True, check=True
    )
    return float(done.stdout)


def main() -> int:
    parser = argparse.ArgumentParser(
        description="Validated loading against bare pandas.read_excel."
    )
    parser.add_argument("--branches", type=int, default=3000)
    parser.add_argument("--pairs", type=int, default=7)
    parser.add_argument(
        "--workbook", type=Path, help="an existing workbook instead of a generated one"
    )
    parser.add_argument(
        "--publish", action="store_true", help="write the figures into benchmarks/README.md"
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        workbook = options.workbook or Path(folder) / "county.xlsx"
        if options.workbook is None:
            generate = [
                sys.executable,
                ROOT / "data/generate.py",
                "--branches",
                str(options.branches),
                "--out",
                workbook,
            ]
            subprocess.run([str(part) for part in generate], check=True)
        pairs = []
        for number in range(1, options.pairs + 1):
            bare, validated = seconds(BARE, workbook), seconds(VALIDATED, workbook)
            pairs.append((bare, validated))
            print(
                f"pair {number}: bare {bare:.2f} s, validated {validated:.2f} s, ratio {validated / bare:.2f}",
                flush=True,
            )
    median = statistics.median(validated / bare for bare, validated in pairs)
    print(f"median ratio {median:.2f} (limit {LIMIT})")
    if options.publish:
        publish(options.branches, pairs)
    return int(median > LIMIT)


def publish(branches: int, pairs: list[tuple[float, float]]) -> None:
    """Put the figures between the marks of this benchmark in benchmarks/README.md."""
    ratios = sorted(validated / bare for bare, validated in pairs)
    bare, validated = (statistics.median(side) for side in zip(*pairs, strict=True))
    versions = "、".join(
        f"{name} {version(name)}" for name in ("pandas", "pyarrow", "python-calamine")
    )
    table = f"""
| 党组织 | 直接读（秒） | 读并查全（秒） | 倍数：中位数 | 最小—最大 | 上限 |
|---:|---:|---:|---:|---:|---:|
| {branches} | {bare:.1f} | {validated:.1f} | {statistics.median(ratios):.2f} | {ratios[0]:.2f}—{ratios[-1]:.2f} | {LIMIT} |

{len(pairs)}对交替运行；{os.cpu_count()}核，{platform.system()}，Python {platform.python_version()}，{versions}。
"""
    page = ROOT / "benchmarks/README.md"
    before, _, rest = page.read_text("utf-8").partition(OPENING)
    _, _, after = rest.partition(CLOSING)
    page.write_text(f"{before}{OPENING}{table}{CLOSING}{after}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())

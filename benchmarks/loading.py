"""A county of 3,000 organisations -> how much dearer validated loading is than a bare pandas.read_excel of the same sheets.

    python benchmarks/loading.py [--branches 3000] [--pairs 7] [--workbook FILE]

Each run is a process of its own; bare and validated take turns, so that a busy machine hurts both alike. What counts is
the median of the ratios of neighbours. The limit is 1.5; above it the exit code is 1.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LIMIT = 1.5

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
from zhibi.tables import read
start = time.perf_counter()
dataset, findings = read(sys.argv[1], CONTRACT)
print(time.perf_counter() - start)
assert dataset is not None, findings
"""


def seconds(program: str, workbook: Path) -> float:
    """One run in a process of its own, imports not counted."""
    done = subprocess.run([sys.executable, "-c", program, str(workbook)], capture_output=True, text=True, check=True)
    return float(done.stdout)


def main() -> int:
    parser = argparse.ArgumentParser(description="Validated loading against bare pandas.read_excel.")
    parser.add_argument("--branches", type=int, default=3000)
    parser.add_argument("--pairs", type=int, default=7)
    parser.add_argument("--workbook", type=Path, help="an existing workbook instead of a generated one")
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        workbook = told.workbook or Path(folder) / "county.xlsx"
        if told.workbook is None:
            command = [
                sys.executable,
                ROOT / "data" / "generate.py",
                "--branches",
                str(told.branches),
                "--out",
                workbook,
            ]
            subprocess.run([str(part) for part in command], check=True)
        ratios = []
        for number in range(1, told.pairs + 1):
            bare, validated = seconds(BARE, workbook), seconds(VALIDATED, workbook)
            ratios.append(validated / bare)
            print(f"pair {number}: bare {bare:.2f} s, validated {validated:.2f} s, ratio {ratios[-1]:.2f}", flush=True)
    median = statistics.median(ratios)
    print(f"median ratio {median:.2f} (limit {LIMIT})")
    return int(median > LIMIT)


if __name__ == "__main__":
    sys.exit(main())

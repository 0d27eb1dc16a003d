"""A county of 20,000 branches and 600,000 members -> seconds and memory of reading, standings, slicing, and of a second run.

    python benchmarks/county.py [--branches 20000] [--members 30] [--source FILE-OR-FOLDER] [--publish]

Each step is a process of its own, which tells its seconds on the clock, its processor seconds and the most memory it had.
The second run is on the same rows with one cell of one member changed: they are read anew, cut anew, and what each branch
may see is compared with what it was. A county with more rows than a sheet of Excel holds is a folder of CSV. `--source`
takes one that was generated before (data/generate.py); it is copied first.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MIB = 1024**2
MOST_MEMBERS = 400_000  # whose scores fit on one sheet of Excel
CHANGED = "党员年度"
OPENING, CLOSING = "<!-- county -->", "<!-- /county -->"
HEAD = """
import hashlib, json, resource, sys, time
from pathlib import Path
from dangjian import DOMAIN
from zhibi.data.snapshot import cache, columnar
from zhibi.startup import hooks
workbook, cache_folder = Path(sys.argv[1]), Path(sys.argv[2])
def print_seconds(began, cpu, **more):
    own, below = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    spent = own.ru_utime + own.ru_stime + below.ru_utime + below.ru_stime - cpu
    peak = max(own.ru_maxrss, below.ru_maxrss) / 1024
    print(json.dumps({"clock": time.perf_counter() - began, "cpu": spent, "peak": peak, **more}))
def read():
    data, findings = cache.read(workbook, DOMAIN.contract, DOMAIN.name, cache_folder)
    assert data is not None, findings[:3]
    return data
"""
READ = """
began, cpu = time.perf_counter(), time.process_time()
data = read()
print_seconds(began, cpu, branches=len(data["党组织"]), members=len(data["党员"]))
"""
STEPS = {
    "读并查全（第一次）": READ,
    "再读（内容没有变）": READ,
    "全部评分和名次": """
from dangjian import open_county, standings
data = read()
began, cpu = time.perf_counter(), time.process_time()
division = DOMAIN.divide(data)
standings(division.county)
print_seconds(began, cpu)
""",
    "切片（每个支部一份，按内容编号）": """
data = read()
began, cpu = time.perf_counter(), time.process_time()
division = DOMAIN.divide(data)
codes = [each.code for each in division.organisations if each.reports]
digests = {code: columnar.digest(columnar.pack(division.slice(code))) for code in codes}
known = cache_folder / "digests.json"
before = json.loads(known.read_text()) if known.exists() else {}
changed = sum(before.get(code) != digest for code, digest in digests.items())
known.write_text(json.dumps(digests))
print_seconds(began, cpu, slices=len(codes), changed=changed)
""",
}

AGAIN = ("读并查全（第一次）", "切片（每个支部一份，按内容编号）")


def main() -> None:
    parser = argparse.ArgumentParser(description="One large county.")
    parser.add_argument("--branches", type=int, default=20_000)
    parser.add_argument("--members", type=int, default=30, help="of a branch, on average")
    parser.add_argument("--source", type=Path, help="a workbook or a folder of CSV")
    parser.add_argument("--publish", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        source, packed = placed(asked, Path(folder)), Path(folder) / "kept"
        about = size(source)
        rows = [row(name, step(code, source, packed)) for name, code in STEPS.items()]
        (change_row if source.is_dir() else change_cell)(source)
        rows += [row(f"改一格之后：{name}", step(STEPS[name], source, packed)) for name in AGAIN]
    if asked.publish:
        publish(rows, about)


def placed(asked: argparse.Namespace, folder: Path) -> Path:
    """The county's file or folder, where it may be changed."""
    if asked.source is None:
        much = asked.branches * asked.members > MOST_MEMBERS
        source = folder / ("county" if much else "county.xlsx")
        numbers = ["--branches", str(asked.branches), "--members-per-branch", str(asked.members)]
        command = [sys.executable, str(ROOT / "data/generate.py"), *numbers, "--out", str(source)]
        subprocess.run(command, check=True)
        return source
    source = folder / asked.source.name
    if asked.source.is_dir():
        shutil.copytree(asked.source, source)
    else:
        shutil.copy(asked.source, source)
    return source


def size(source: Path) -> str:
    """What is read, in words."""
    if source.is_dir():
        total = sum(file.stat().st_size for file in source.iterdir())
        return f"一个文件夹的 CSV，{total / MIB:.0f} MB"
    return f"工作簿{source.stat().st_size / MIB:.0f} MB"


def step(code: str, source: Path, folder: Path) -> dict[str, float]:
    """What a step tells of itself."""
    command = [sys.executable, "-c", HEAD + code, str(source), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    if done.returncode:
        raise SystemExit(done.stderr[-3000:])
    measured: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return measured


def row(name: str, measured: dict[str, float]) -> str:
    more = (
        f"{measured['slices']:.0f}份，{measured['changed']:.0f}份与上次不同"
        if "slices" in measured
        else ""
    )
    if "members" in measured:
        more = f"{measured['branches']:.0f}个党组织，{measured['members']:.0f}名党员"
    line = f"| {name} | {measured['clock']:.1f} | {measured['cpu']:.1f} | {measured['peak']:.0f} | {more} |"
    print(line, flush=True)
    return line


def change_row(folder: Path) -> None:
    """One number of one member's year is another one now."""
    file = folder / f"{CHANGED}.csv"
    lines = file.read_text("utf-8-sig").splitlines(keepends=True)
    lines[4] = re.sub(r",(\d{1,2}),", lambda hit: f",{int(hit[1]) + 1},", lines[4], count=1)
    file.write_text("".join(lines), "utf-8-sig")


def change_cell(workbook: Path) -> None:
    """The same in a workbook."""
    with zipfile.ZipFile(workbook) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    titles = re.findall(r'<sheet [^>]*name="([^"]+)"', parts["xl/workbook.xml"].decode())
    name = f"xl/worksheets/sheet{titles.index(CHANGED) + 1}.xml"
    text = parts[name].decode()
    cell = next(
        each
        for each in re.finditer(
            r"(<c r=\"[A-Z]+5\"(?: s=\"\d+\")?(?: t=\"n\")?><v>)(\d{1,3})(</v>)", text
        )
    )
    parts[name] = (text[: cell.start(2)] + str(int(cell[2]) + 1) + text[cell.end(2) :]).encode()
    with zipfile.ZipFile(workbook, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)


def publish(rows: list[str], about: str) -> None:
    """Put the table between the marks of this benchmark in benchmarks/README.md."""
    versions = "、".join(f"{name} {version(name)}" for name in ("pandas", "pyarrow"))
    sentence = (
        f"{about}；每步一个进程，一次；{os.cpu_count()}核，一分钟平均负载{os.getloadavg()[0]:.1f}，"
        f"{platform.system()}，Python {platform.python_version()}，{versions}。"
    )
    head = ("| 步骤 | 用时（秒） | 处理器（秒） | 内存最高（MiB） | |", "|---|---:|---:|---:|---|")
    page = ROOT / "benchmarks/README.md"
    before, _, rest = page.read_text("utf-8").partition(OPENING)
    _, _, after = rest.partition(CLOSING)
    table = "\n".join((*head, *rows))
    page.write_text(f"{before}{OPENING}\n{table}\n\n{sentence}\n{CLOSING}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()

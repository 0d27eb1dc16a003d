"""One command of the program -> processor seconds of its whole process, beside a bare import of the libraries it ends with.

    python benchmarks/start_up.py [--pairs 5] [--publish]

Command and bare import take turns, each a process of its own, so that a busy machine hurts both alike. The libraries are
those that the command itself had loaded at its end (for a report those of the notebook's process as well), no others.
Compiled files (.pyc) are written before anything counts, as they are for everybody but the first time.
`--publish` writes the table into benchmarks/README.md.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OPENING, CLOSING = "<!-- start-up -->", "<!-- /start-up -->"
KNOWN = (
    "pandas",
    "matplotlib",
    "docx",
    "openpyxl",
    "jinja2",
    "IPython",
    "papermill",
    "lxml",
    "pydantic",
    "typer",
)
DOCUMENT = ROOT / "docs/gallery/sources/文件.md"
OURS = ("gongwen", "zhibi", "dangjian")
TOLD = "ZHIBI_BENCH_MODULES"
# every process of the command appends what it has loaded, those forked from it too
PROGRAM = f"""
import os, sys, json
from zhibi.doors.cli import main
def tell():
    with open(os.environ[{TOLD!r}], "a") as file:
        file.write(json.dumps(list(sys.modules)) + chr(10))
leave = os._exit
os._exit = lambda code: (tell(), leave(code))
try:
    main()
finally:
    tell()
"""

BARE = """
import importlib, sys
from zhibi.startup import hooks, threads
threads.quieten()
hooks.on()  # as the program itself imports them: it is not to be cheaper for that
for name in sys.argv[1:]:
    importlib.import_module(name)
"""
# libraries make some modules as they run: those cannot be imported by their names
IMPORTABLE = """
import importlib, json, sys
found = []
for name in sys.argv[1:]:
    try:
        importlib.import_module(name)
    except Exception:
        continue
    found.append(name)
print(json.dumps(found))
"""


def main() -> None:
    parser = argparse.ArgumentParser(description="Processor seconds of single commands.")
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--publish", action="store_true")
    asked = parser.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "一页.docx"
        laid_out = ["format", str(DOCUMENT), "--out", str(page)]
        subprocess.run([*program(), *laid_out], check=True, capture_output=True, cwd=ROOT)
        commands = {
            "zhibi --help": ["--help"],
            "zhibi check 一页.docx": ["check", str(page)],
            "zhibi run annual_review": ["run", "annual_review", "--out", f"{folder}/report"],
        }
        rows = []
        for name, words in commands.items():
            libraries = third_party(words, Path(folder) / "modules")
            bare = [sys.executable, "-c", BARE, *libraries]
            pairs = [(seconds([*program(), *words]), seconds(bare)) for _ in range(asked.pairs + 1)]
            rows.append(row(name, libraries, pairs[1:]))
            print(rows[-1], flush=True)
    if asked.publish:
        publish(rows, asked.pairs)


def program() -> list[str]:
    """The command line, without the script that an installer writes for it."""
    return [sys.executable, "-c", "import sys; from zhibi.doors.cli import main; sys.exit(main())"]


def third_party(words: list[str], modules: Path) -> tuple[str, ...]:
    """The libraries a command has loaded at its end, by the names they are imported by."""
    modules.write_text("")
    environment = {**os.environ, TOLD: str(modules)}
    command = [sys.executable, "-c", PROGRAM, *words]
    subprocess.run(command, capture_output=True, check=False, cwd=ROOT, env=environment)
    lines = modules.read_text().splitlines()
    names = dict.fromkeys(name for line in lines for name in json.loads(line))
    own = {*OURS, "gongwen_lint", "__main__", "__mp_main__", *sys.stdlib_module_names}
    foreign = [name for name in names if name.partition(".")[0] not in own]
    done = subprocess.run(
        [sys.executable, "-c", IMPORTABLE, *foreign], capture_output=True, text=True, check=True
    )
    return tuple(json.loads(done.stdout.splitlines()[-1]))


def seconds(command: list[str]) -> float:
    """Processor seconds, user and system, of a process and of all it waited for."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode in {0, 1}, done.stderr
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def row(name: str, libraries: tuple[str, ...], pairs: list[tuple[float, float]]) -> str:
    """A row of the table: medians, least and most."""
    ratios = sorted(own / bare for own, bare in pairs)
    own, bare = (sorted(side) for side in zip(*pairs, strict=True))
    tops = dict.fromkeys(each.partition(".")[0] for each in libraries)
    named = "、".join(each for each in KNOWN if each in tops)
    return (
        f"| `{name}` | {spread(own)} | {spread(bare)} | {spread(ratios)} | {named}等{len(tops)}个 |"
    )


def spread(values: list[float]) -> str:
    return f"{statistics.median(values):.2f}（{values[0]:.2f}—{values[-1]:.2f}）"


def publish(rows: list[str], pairs: int) -> None:
    """Put the table between the marks of this benchmark in benchmarks/README.md."""
    names = ("pandas", "IPython", "papermill", "typer", "lxml")
    versions = "、".join(f"{name} {version(name)}" for name in names)
    sentence = (
        f"{pairs}对交替运行，处理器秒数（用户＋系统），中位数（最小—最大）；{os.cpu_count()}核，"
        f"一分钟平均负载{os.getloadavg()[0]:.1f}，{platform.system()}，"
        f"Python {platform.python_version()}，{versions}。"
    )
    table = "\n".join(
        (
            "| 命令 | 整个进程 | 只导入它用到的库 | 倍数 | 用到的库 |",
            "|---|---:|---:|---:|---|",
            *rows,
        )
    )
    page = ROOT / "benchmarks/README.md"
    before, _, rest = page.read_text("utf-8").partition(OPENING)
    _, _, after = rest.partition(CLOSING)
    text = f"{before}{OPENING}\n{table}\n\n{sentence}\n{CLOSING}{after}"
    page.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()

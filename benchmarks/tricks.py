"""Each thing the fast engine does beyond the plain way -> what a batch costs without it, in pairs.

    python benchmarks/tricks.py [--reports 32] [--rounds 5] [--only NAME,…] [--publish] [--folder FOLDER]

The same reports are made with and without, in turns, each turn a process of its own on one core;
what is compared is processor time of the whole process and its children. What gains nothing
(median ratio below 1.01) has no right to be there.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import places

HERE = Path(__file__).resolve().parent
WITHOUT = "ZHIBI_BENCH_WITHOUT"
MARKS = ("<!-- tricks -->\n", "<!-- /tricks -->")


def _no_trial_report() -> None:
    from zhibi.warm_up import rehearsal

    rehearsal._report = lambda _profile: None


def _no_cells_ahead() -> None:
    from zhibi.warm_up import rehearsal

    rehearsal.foresee = lambda _notebook: None


def _no_shell_ahead() -> None:
    from zhibi.warm_up import trial_run

    trial_run.build_shell = lambda: None


def _no_freeze() -> None:
    from zhibi.startup import hooks

    hooks.freeze = lambda: None


def _checked_outputs() -> None:
    from nbformat.v4 import output_from_msg

    from zhibi.engines.fork import inprocess

    inprocess._filed = output_from_msg


def _guessed_times() -> None:
    import papermill.engines

    from zhibi.engines.fork import inprocess

    inprocess._DATEUTIL = papermill.engines.dateutil


def _searching_formatter() -> None:
    from IPython.core.formatters import DisplayFormatter

    from zhibi.engines.fork import shell

    shell._Formatter.format = DisplayFormatter.format


def _transformed_each_time() -> None:
    from IPython.core.inputtransformer2 import TransformerManager

    from zhibi.engines.fork import shell

    shell._Transformer.transform_cell = TransformerManager.transform_cell


def _asked_each_time_for_await() -> None:
    from ipykernel.zmqshell import ZMQInteractiveShell

    from zhibi.engines.fork import shell

    shell._Shell.should_run_async = ZMQInteractiveShell.should_run_async


def _named_each_time() -> None:
    from ipykernel.compiler import XCachingCompiler

    from zhibi.engines.fork import shell

    shell._Compiler.get_code_name = XCachingCompiler.get_code_name


TRICKS: dict[str, tuple[str, Callable[[], None]]] = {
    "trial-report": ("先把一份小报告从头做到尾", _no_trial_report),
    "cells-ahead": ("单元格先编译好", _no_cells_ahead),
    "shell-ahead": ("IPython 先建好", _no_shell_ahead),
    "freeze": ("已导入的东西不再查垃圾", _no_freeze),
    "outputs": ("自己的输出不逐项校验（替换 nbclient 的 output_from_msg）", _checked_outputs),
    "times": ("papermill 写的时间直接读（替换它的 dateutil）", _guessed_times),
    "formatter": ("自己的显示不再找别的格式", _searching_formatter),
    "transformed": ("单元格的转换记住", _transformed_each_time),
    "await": ("没有 await 的单元格不问要不要事件循环", _asked_each_time_for_await),
    "names": ("代码的名字记住", _named_each_time),
}


def off(name: str) -> None:
    """Do without it, in this process and those forked from it."""
    TRICKS[name][1]()


def cost(workspace: Path, codes: list[str], without: str) -> float:
    """Processor seconds of a batch, children included."""
    with tempfile.TemporaryDirectory() as out:
        before = _used()
        subprocess.run(
            [sys.executable, str(HERE / "contestants.py"), "ours", str(workspace), out, *codes],
            check=True,
            capture_output=True,
            env={**os.environ, WITHOUT: without},
        )
        return _used() - before


def _used() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measure(names: list[str], reports: int, rounds: int, folder: Path) -> dict[str, list[float]]:
    """Ratios without : with, one a round."""
    workspace, codes = places.workspace(folder, reports)
    ratios: dict[str, list[float]] = {name: [] for name in names}
    for _ in range(rounds):
        for name in names:
            usual = cost(workspace, codes, "")
            ratios[name].append(cost(workspace, codes, name) / usual)
            print(f"{name:14} {ratios[name][-1]:.3f}", flush=True)
    return ratios


def table(ratios: dict[str, list[float]], reports: int) -> str:
    """As it stands in README."""
    lines = ["| 做法 | 不这样做，处理器时间是几倍：中位数 | 最小—最大 |", "|---|---:|---:|"]
    for name, each in ratios.items():
        middle = statistics.median(each)
        lines.append(f"| {TRICKS[name][0]} | {middle:.3f} | {min(each):.3f}—{max(each):.3f} |")
    rounds = len(next(iter(ratios.values())))
    machine = f"{platform.system()}，Python {platform.python_version()}"
    lines += ["", f"每批{reports}份，{rounds}对交替运行，一个核，含启动；{machine}。"]
    return "\n".join(lines) + "\n"


def publish(text: str) -> None:
    """Put the table between its marks in README."""
    readme = HERE / "README.md"
    before, _, rest = readme.read_text("utf-8").partition(MARKS[0])
    _, _, after = rest.partition(MARKS[1])
    readme.write_text(before + MARKS[0] + text + MARKS[1] + after, encoding="utf-8")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--reports", type=int, default=32)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--only", default=",".join(TRICKS))
    options.add_argument("--publish", action="store_true")
    options.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "zhibi-bench")
    asked = options.parse_args()
    ratios = measure(asked.only.split(","), asked.reports, asked.rounds, asked.folder)
    text = table(ratios, asked.reports)
    print(text)
    if asked.publish:
        publish(text)


if __name__ == "__main__":
    main()

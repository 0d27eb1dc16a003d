"""Each thing done beyond the plain way for speed -> what a report and a batch cost without it.

    python benchmarks/tricks.py [--reports 32] [--rounds 5] [--only NAME,…] [--publish] [--folder FOLDER]

One prepared process for the usual way and one without each trick stand side by side and make the
same report in turns (`turns.py`), so that whatever else the machine does, it does to all of them.
What is compared is processor time. A trick that gains a batch of 160 reports nothing (below 1.01)
and a start nothing (below 0.1 s) has no right to be there.
"""

from __future__ import annotations

import argparse
import platform
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

import places

HERE = Path(__file__).resolve().parent
BATCH = 160  # reports, for the ratio of a whole batch
Process = subprocess.Popen[str]
MARKS = ("<!-- tricks -->\n", "<!-- /tricks -->")


def _no_trial_report() -> None:
    from zhibi.warm_up import rehearsal

    rehearsal._report = lambda _profile: None


def _no_cells_ahead() -> None:
    from zhibi.warm_up import rehearsal

    rehearsal.foresee = lambda _notebook: None


def _no_first_reports() -> None:
    from zhibi.warm_up import rehearsal

    rehearsal.learn = lambda *_args: None


def _checked_outputs() -> None:
    from nbformat.v4 import output_from_msg

    from zhibi.engines.fork.kernel import inprocess

    inprocess._filed = output_from_msg


def _guessed_times() -> None:
    import papermill.engines

    from zhibi.engines.fork.kernel import inprocess

    inprocess._DATEUTIL = papermill.engines.dateutil


def _transformed_each_time() -> None:
    from IPython.core.inputtransformer2 import TransformerManager

    from zhibi.engines.fork.kernel import compiler

    compiler.Transformer.transform_cell = TransformerManager.transform_cell


def _asked_each_time_for_await() -> None:
    from ipykernel.zmqshell import ZMQInteractiveShell

    from zhibi.engines.fork.kernel import shell

    shell._Shell.should_run_async = ZMQInteractiveShell.should_run_async


def _named_each_time() -> None:
    from ipykernel.compiler import XCachingCompiler

    from zhibi.engines.fork.kernel import compiler

    compiler.Compiler.get_code_name = XCachingCompiler.get_code_name


def _answered_each_time() -> None:
    from gongwen.writer.layout.identity_cache import IdentityCache

    IdentityCache.of = lambda _self, *_values, ask: ask()  # type: ignore[method-assign]


def _all_imported() -> None:
    from zhibi.startup import hooks

    sys.meta_path[:] = [each for each in sys.meta_path if not isinstance(each, hooks._Finder)]


def _expressions_compiled() -> None:
    compiler: Any = import_module("re._compiler")
    store = compiler.compile.__self__
    compiler._sre.compile, compiler.compile = store._make, store._usual


def _collected_as_usual() -> None:
    from zhibi.startup import hooks

    hooks.collect_as_usual()


TRICKS: dict[str, tuple[str, Callable[[], None]]] = {
    "trial-report": ("先把一份小报告从头做到尾", _no_trial_report),
    "cells-ahead": ("单元格先编译好", _no_cells_ahead),
    "first-reports": ("头两份报告检查时学到的字词，以后的报告共用", _no_first_reports),
    "outputs": ("自己的输出不逐项校验（替换 nbclient 的 output_from_msg）", _checked_outputs),
    "times": ("papermill 写的时间直接读（替换它的 dateutil）", _guessed_times),
    "transformed": ("单元格的转换记住", _transformed_each_time),
    "await": ("没有 await 的单元格不问要不要事件循环", _asked_each_time_for_await),
    "names": ("代码的名字记住", _named_each_time),
    "identity-cache": ("版式和表格的计算按对象记住", _answered_each_time),
    "import-finder": ("很少用到的库到用时才装入", _all_imported),
    "patterns": ("模块里的正则表达式编译一次，存在 .pyc 旁边", _expressions_compiled),
    "collector": ("装入库的时候少找垃圾", _collected_as_usual),
}


def off(name: str) -> None:
    """Do without it, in this process and those forked from it."""
    TRICKS[name][1]()


@dataclass
class Seconds:
    """Processor seconds of one way: of its starts, and of the same reports in the same order."""

    starts: list[float] = field(default_factory=list)
    reports: list[float] = field(default_factory=list)

    def batch(self, reports: int) -> float:
        """What so many reports cost, the start included."""
        return statistics.median(self.starts) + reports * statistics.median(self.reports)


def measure(
    names: list[str], reports: int, rounds: int, folder: Path
) -> Iterator[dict[str, Seconds]]:
    """The seconds of every way so far, after each round; the usual way is called by an empty name."""
    workspace, codes = places.workspace(folder, reports)
    ways = {name: Seconds() for name in ("", *names)}
    for number in range(rounds):
        with tempfile.TemporaryDirectory() as out:
            running = {name: _started(name, workspace, out) for name in ways}
            for name, process in running.items():
                ways[name].starts.append(_answer(process))
            for place, code in enumerate(codes):
                first = (number + place) % len(ways)
                listed = list(ways)
                for name in (*listed[first:], *listed[:first]):
                    ways[name].reports.append(_answer(running[name], code))
            for process in running.values():
                process.communicate()
        yield ways


def _started(name: str, workspace: Path, out: str) -> Process:
    command = [sys.executable, str(HERE / "turns.py"), str(workspace), out, name]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _answer(process: Process, code: str = "") -> float:
    assert process.stdin is not None  # both are pipes
    assert process.stdout is not None
    if code:
        process.stdin.write(f"{code}\n")
        process.stdin.flush()
    return float(process.stdout.readline())


def table(ways: Mapping[str, Seconds]) -> str:
    """As it stands in README."""
    usual = ways[""]
    start = statistics.median(usual.starts)
    lines = [
        "| 不这样做 | 每份是几倍：中位数（中间一半） | 启动多用（秒） | 160份一批是几倍 |",
        "|---|---:|---:|---:|",
    ]
    for name, each in ways.items():
        if name:
            ratios = [one / other for one, other in zip(each.reports, usual.reports, strict=True)]
            low, middle, high = statistics.quantiles(ratios, n=4)
            more = statistics.median(each.starts) - start
            whole = each.batch(BATCH) / usual.batch(BATCH)
            cells = f"{middle:.3f}（{low:.2f}—{high:.2f}） | {more:+.2f} | {whole:.3f}"
            lines.append(f"| {TRICKS[name][0]} | {cells} |")
    each_s = statistics.median(usual.reports)
    size = f"{len(usual.starts)}轮，每种{len(usual.reports)}份；处理器时间，"
    machine = (
        f"照常做启动{start:.1f}秒、每份{each_s:.3f}秒；"
        f"{platform.system()}，Python {platform.python_version()}。"
    )
    lines += [
        "",
        "各种做法轮流做同一份。" + size + machine,
    ]
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
    for ways in measure(asked.only.split(","), asked.reports, asked.rounds, asked.folder):
        text = table(ways)
        print(text, flush=True)
        if asked.publish:
            publish(text)


if __name__ == "__main__":
    main()

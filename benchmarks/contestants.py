"""One way of making reports -> how long it takes: notebook and Word file of each branch, in a process of its own.

    python benchmarks/contestants.py NAME WORKSPACE OUT CODE...

prints one JSON object: seconds before the first report, seconds of each report, seconds in all, bytes per worker.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

BORN = time.time() - time.monotonic() + float(Path("/proc/self/stat").read_text().rpartition(")")[2].split()[19]) / os.sysconf("SC_CLK_TCK")  # fmt: skip  # noqa: E501
BIN = Path(sys.executable).parent
PATIENCE_S = 120  # papermill gives a busy machine four seconds, and loses the batch
NOTEBOOK = "notebooks/annual_review.ipynb"
TO_WRITE = "W02"  # a place that a person is to write: every draft has some

BatchResult = Iterator[float]


def bash_loop(out: Path, codes: list[str]) -> BatchResult:
    """(a) What people do: two commands for each branch."""
    for code in codes:
        began = time.perf_counter()
        words = [word for pair in places.parameters(code).items() for word in ("-p", *pair)]
        target = str(out / f"{code}.ipynb")
        _quietly([str(BIN / "papermill"), NOTEBOOK, target, *words])
        _quietly([str(BIN / "jupyter"), "nbconvert", "--to", "gongwen", target])
        yield time.perf_counter() - began


def _quietly(command: list[str]) -> None:
    subprocess.run(command, check=True, capture_output=True)


def quarto_loop(out: Path, codes: list[str]) -> BatchResult:
    """Quarto runs the notebook and has pandoc write the Word file: one command for each branch."""
    import yaml  # noqa: PLC0415

    for code in codes:
        began = time.perf_counter()
        parameters = out / f"{code}.yml"
        parameters.write_text(yaml.safe_dump(places.parameters(code), allow_unicode=True), "utf-8")
        options = ["--execute", "--execute-params", str(parameters), "--output-dir", str(out)]
        _quietly(["quarto", "render", NOTEBOOK, "--to", "docx", *options, "-o", f"{code}.docx"])
        yield time.perf_counter() - began


def papermill_loop(out: Path, codes: list[str], engine: str | None = None) -> BatchResult:
    """(b) papermill and the exporter in one process, a kernel for each branch."""
    import papermill  # noqa: PLC0415  # start-up is part of what is measured

    from zhibi.doors.nbconvert import GongwenExporter  # noqa: PLC0415

    for code in codes:
        began = time.perf_counter()
        target = str(out / f"{code}.ipynb")
        options = {"engine_name": engine} if engine else {"iopub_timeout": PATIENCE_S}
        papermill.execute_notebook(
            NOTEBOOK, target, places.parameters(code), progress_bar=False, **options
        )
        word, _ = GongwenExporter().from_filename(target)
        (out / f"{code}.docx").write_bytes(word)
        yield time.perf_counter() - began


def ploomber_loop(out: Path, codes: list[str]) -> BatchResult:
    """(c) ploomber-engine: all branches in one IPython, nothing isolated."""
    return papermill_loop(out, codes, "embedded")


def floor(out: Path, codes: list[str], *, frozen: bool = False) -> BatchResult:
    """(e) The notebook as one warm function, nothing isolated, nothing kept but the Word file."""
    import floors  # noqa: PLC0415

    report = floors.function(Path(NOTEBOOK))
    report(places.parameters(codes[0]))  # warm
    if frozen:
        gc.collect()
        gc.freeze()
    for code in codes:
        began = time.perf_counter()
        (out / f"{code}.docx").write_bytes(report(places.parameters(code)))
        yield time.perf_counter() - began


def frozen_floor(out: Path, codes: list[str]) -> BatchResult:
    """(e′) The same, which tells Python not to look for garbage among what it imported: as Python is, a quarter of its time."""
    return floor(out, codes, frozen=True)


def ours(out: Path, codes: list[str], workers: int = 1) -> BatchResult:
    """(d) The engine zhibi as `zhibi batch` uses it: a child for each branch, so many at a time; notebook and Word file."""
    from gongwen import profile  # noqa: PLC0415
    from zhibi.engines import Limits  # noqa: PLC0415
    from zhibi.engines.fork import process  # noqa: PLC0415
    from zhibi.engines.fork.channel import Returned  # noqa: PLC0415
    from zhibi.notebook import file as notebook  # noqa: PLC0415
    from zhibi.startup import hooks  # noqa: PLC0415
    from zhibi.warm_up import rehearsal  # noqa: PLC0415
    from zhibi.workspace import workspace  # noqa: PLC0415

    source, place = notebook.read(Path(NOTEBOOK)), workspace.find(Path.cwd())
    assert place is not None
    design = profile.load(place.settings.profile, place.templates)
    rehearsal.rehearse(source, design)
    hooks.collect_as_usual()
    waiting, running = list(reversed(codes)), dict[Any, float]()
    before = time.perf_counter()
    while waiting or running:
        while waiting and sum(not each.delivered for each in running) < workers:
            weigh = len(waiting) % WEIGHED == 1  # the last is always one
            running[
                process.start(report(source, design, out, waiting.pop(), weigh=weigh), Limits())
            ] = 0.0
        process.wait(running, 1.0)
        for each in list(running):
            ended = each.poll()
            if ended is not None:
                assert isinstance(ended, Returned), ended
                del running[each]
                PRIVATE.extend(ended.value)
                now = time.perf_counter()
                yield now - before
                before = now


PRIVATE: list[int] = []  # bytes that a child had for itself at its end
WEIGHED = 16  # one in so many: to be weighed takes a child some milliseconds


def report(
    source: Any, design: Any, out: Path, code: str, *, weigh: bool
) -> Callable[[Any], list[int]]:
    """What `pipeline.run` does between a notebook and its two files."""
    from zhibi.engines import Zhibi, prove  # noqa: PLC0415
    from zhibi.notebook import elements  # noqa: PLC0415
    from zhibi.notebook import file as notebook  # noqa: PLC0415
    from zhibi.report.checking.draft import Layout, render  # noqa: PLC0415

    about = notebook.about(source, code)

    def work(line: Any) -> list[int]:
        parameters = places.parameters(code)
        done = Zhibi().run(
            source, parameters, cwd=Path.cwd(), progress=lambda begun, _: line.pulse(begun)
        )
        executed = prove(done, code)
        draft = render(executed, Layout(about, elements.of(about, parameters, code), design))
        against = [each for each in draft.findings if each.level == "错误"]
        assert {each.code for each in against} <= {TO_WRITE}, against
        (out / f"{code}.docx").write_bytes(draft.word())
        (out / f"{code}.ipynb").write_bytes(notebook.write(executed))
        lines = Path("/proc/self/smaps_rollup").read_text().splitlines() if weigh else ()
        private = [int(row.split()[1]) * 1024 for row in lines if row.startswith("Private_")]
        return [sum(private)] if private else []

    return work


def all_cores(out: Path, codes: list[str]) -> BatchResult:
    """(d) The same on all cores."""
    return ours(out, codes, os.cpu_count() or 1)


CONTESTANTS: dict[str, Callable[[Path, list[str]], BatchResult]] = {
    "bash": bash_loop,
    "papermill": papermill_loop,
    "quarto": quarto_loop,
    "ploomber": ploomber_loop,
    "ours": ours,
    "ours-all-cores": all_cores,
    "floor": floor,
    "frozen-floor": frozen_floor,
}


def main(name: str, workspace: str, out: str, *codes: str) -> None:
    os.chdir(workspace)
    target = Path(out)
    target.mkdir(parents=True, exist_ok=True)
    listed = list(codes) if codes[0] != "@" else Path(codes[1]).read_text().split()
    each: list[float] = []
    began = rss = 0.0
    for seconds in CONTESTANTS[name](target, listed):
        if not each:
            began = time.time() - BORN - seconds
            rss = _rss()
        each.append(seconds)
    measured = {
        "start": began,
        "each": each,
        "all": time.time() - BORN,
        "private": PRIVATE,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
        "parent_rss": [rss, _rss()],
    }
    print(json.dumps(measured))


def _rss() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    from zhibi.startup import hooks
    from zhibi.startup.threads import QUIET

    os.environ.update(QUIET)
    if sys.argv[1].startswith("ours"):  # as the program zhibi does
        hooks.on()
    import places

    main(*sys.argv[1:])

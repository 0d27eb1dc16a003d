"""Hostile notebooks, run for real by every engine: each ends in time with one Chinese sentence that names the cell."""

from __future__ import annotations

import os
import signal
import threading
import time
from pathlib import Path

import pytest
from notebooks import book, code

from gongwen.errors import NotebookFailed, NotEveryCellRan
from zhibi.engines import Failure, Limits, Papermill, Zhibi, prove
from zhibi.engines.fork.engine import StartMethod

pytestmark = pytest.mark.kernel
LIMITS = Limits(cell_s=20, run_s=40, memory_bytes=1024**3)


ENGINE = Papermill()


ENGINES = [Papermill(), Zhibi(StartMethod.FORK_SERVER), Zhibi(StartMethod.SPAWN)]


@pytest.fixture(autouse=True, params=ENGINES, ids=["papermill", "zhibi", "spawned"])
def _engine(request, monkeypatch):
    monkeypatch.setattr(f"{__name__}.ENGINE", request.param)


def run(*cells, parameters=None, limits=LIMITS, cwd=Path("/"), **kw):
    return ENGINE.run(book(*cells, **kw), parameters or {}, cwd=cwd, limits=limits)


def runs(*cells, **kw):
    execution = run(*cells, **kw)

    assert execution.failure is None
    return prove(execution, "x.ipynb")


def fails(*cells, cell, message, **kw):
    failure = run(*cells, **kw).failure

    assert isinstance(failure, Failure)
    assert failure.cell == cell
    assert message in failure.reason


def test_every_code_cell_runs_with_its_parameters(tmp_path):
    nb = runs(
        code("a = 1", "parameters"),
        "print(a); import os; print(os.getcwd())",
        parameters={"a": "中文"},
        cwd=tmp_path,
    )

    assert nb.cells[2].outputs[0].text == f"中文\n{tmp_path}\n"


def test_the_input_is_left_alone():
    nb = book(code("a = 1", "parameters"), "a")
    before = str(nb)

    ENGINE.run(nb, {"a": 2}, cwd=Path("/"), limits=LIMITS)

    assert str(nb) == before


@pytest.mark.parametrize(
    "shows",
    [
        "display({'text/plain': 5}, raw=True)",
        "class Odd:\n    def _repr_mimebundle_(self, include=None, exclude=None): return {'text/html': 3}\nOdd()",
    ],
)
def test_an_output_that_no_notebook_can_hold_is_told_with_its_cell(shows):
    fails("1", shows, "2", cell=2, message="is not valid under any of the given schemas")


def test_progress_names_each_cell_once():
    told = []

    ENGINE.run(
        book("1", "2"), {}, cwd=Path("/"), limits=LIMITS, progress=lambda *at: told.append(at)
    )

    assert told == [(1, 2), (2, 2)]


def test_an_async_cell_runs():
    runs("import asyncio\nawait asyncio.sleep(0.01)")


def test_huge_output_is_kept_whole():
    nb = runs("print('字' * 5_000_000)")

    assert len(nb.cells[0].outputs[0].text) == 5_000_001


def test_without_kernelspec_python_runs():
    runs("1 + 1", kernel=None)


def test_without_parameters_cell_parameters_are_injected_on_top():
    nb = runs("print(a)", parameters={"a": 3})

    assert nb.cells[1].outputs[0].text == "3\n"


def test_what_a_child_process_prints_goes_nowhere(capfd):
    runs("import subprocess, sys; subprocess.run([sys.executable, '-c', 'print(1)'])")

    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("1 / 0", "除数为零"),
        ("undefined_name", "没有定义的名称（name 'undefined_name' is not defined）"),
        ("raise ValueError('表头不对')", "表头不对"),
        ("raise OSError('disk')", "出错了（OSError: disk）"),
        (
            "from gongwen.errors import BadFigure\nraise BadFigure('表一', '列数不对')",
            "“表一”：列数不对",
        ),
        ("def (", "语法错误"),
        ("input()", "等键盘输入"),
        ("x = bytearray(10**10)", "内存不足"),
        ("kept = []\nwhile True: kept.append(bytearray(50_000_000))", "内存不足"),
        ("import os; os._exit(0)", "内核意外退出（代码 0）"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "内核被系统强行结束"),
    ],
)
def test_a_cell_that_fails_is_named_with_its_reason(source, message):
    fails(code("a = 1", "parameters"), source, "3", parameters={"a": 2}, cell=2, message=message)


def test_an_endless_loop_ends_with_the_cell():
    fails("1", "while True: pass", cell=2, message="运行超过1秒", limits=Limits(cell_s=1, run_s=30))


def test_a_loop_that_ignores_interrupts_ends_too():
    deaf = "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass"
    fails(deaf, cell=1, message="运行超过1秒", limits=Limits(cell_s=1, run_s=30))


def test_the_whole_notebook_ends_in_time():
    slow = ("import time; time.sleep(1)",) * 9

    failure = run(*slow, limits=Limits(cell_s=30, run_s=3)).failure

    assert failure
    assert "整个笔记本运行超过3秒" in failure.reason


def test_an_unknown_kernel_is_named():
    kernel = {"name": "julia-1.9", "display_name": "Julia", "language": "julia"}
    fails("1", cell=0, message="内核“julia-1.9”没有安装", kernel=kernel)


@pytest.mark.parametrize("status", ["0", "3", ""])
def test_leaving_early_is_found_by_the_proof(status):
    execution = run("1", f"import sys; sys.exit({status})", "3", "# nothing\n", "")

    assert execution.failure is None
    with pytest.raises(NotEveryCellRan, match="第3、4个单元格没有运行"):
        prove(execution, "x.ipynb")


def test_leaving_in_the_last_cell_is_found_too():
    execution = run("1", "import sys; sys.exit(0)")

    with pytest.raises(NotebookFailed, match=r"第2个单元格：.*提前退出"):
        prove(execution, "x.ipynb")


def test_an_empty_cell_needs_no_proof():
    runs("1", "", "   \n")


def test_an_interrupt_ends_the_kernel_and_is_raised():
    heeded = signal.signal(
        signal.SIGINT, signal.default_int_handler
    )  # a suite in the background ignores it
    timer = threading.Timer(3, os.kill, (os.getpid(), signal.SIGINT))
    timer.start()

    with pytest.raises(KeyboardInterrupt):
        run("import time; time.sleep(60)", limits=Limits(cell_s=60, run_s=60))
    signal.signal(signal.SIGINT, heeded)
    time.sleep(0.5)
    assert "papermill" not in {thread.name for thread in threading.enumerate()}

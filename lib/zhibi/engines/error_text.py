"""What went wrong in a kernel -> one Chinese sentence for someone who did not write the notebook."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from jupyter_client.kernelspec import NoSuchKernel
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat.notebooknode import NotebookNode

from gongwen.errors import ReportError
from zhibi.engines.engine import Failure, Limits
from zhibi.engines.fork.channel import Cause, Died
from zhibi.notebook.file import INJECTED_TAG, tags

OUT_OF_MEMORY = "内存不足，运行被停止。请减少一次读入的数据、关闭其他程序，或者用 --memory 放宽限额（默认4GB）。"
KILLED = "内核被系统强行结束，多半是内存不足。请关闭其他程序后重试。"
EXITED = "单元格里调用了 exit，笔记本提前退出，报告不完整。请去掉它。"
_PLAIN = {
    "NameError": "用到了没有定义的名称（{}）。请检查拼写，或先运行定义它的单元格。",
    "KeyError": "找不到名为 {} 的列或键。请检查拼写和数据的表头。",
    "AttributeError": "没有这个属性（{}）。请检查拼写。",
    "ModuleNotFoundError": "缺少程序包（{}）。请先安装。",
    "FileNotFoundError": "找不到文件（{}）。请检查路径。",
    "PermissionError": "没有权限读写文件（{}）。请检查文件是否正被打开。",
    "ZeroDivisionError": "除数为零（{}）。请检查数据。",
    "SyntaxError": "代码有语法错误（{}）。",
    "IndentationError": "代码缩进有误（{}）。",
    "AssertionError": "笔记本里的一项检查没有通过（{}）。",
    "KeyboardInterrupt": "运行被中断。",
    "MemoryError": OUT_OF_MEMORY,
    "_ArrayMemoryError": OUT_OF_MEMORY,
    "ArrowMemoryError": OUT_OF_MEMORY,
    "SystemExit": EXITED,
    "StdinNotImplementedError": "单元格在等键盘输入（input），自动运行时没有人能输入。请改用参数。",
}


def of_output(notebook: NotebookNode, injected: bool) -> Failure | None:
    """The first error that a cell shows, or None.

    `injected`: the run added a cell the source does not have.
    """
    for index, cell in enumerate(notebook.cells):
        for output in cell.get("outputs", ()):
            if output.output_type == "error":
                return Failure(
                    number(notebook, index, injected), sentence(output.ename, output.evalue)
                )
    return None


def of_exception(trouble: BaseException, limits: Limits, exit_code: int | None) -> str:
    """Why a run stopped when no cell says so: time, death, or a kernel that could not start."""
    match trouble:
        case CellTimeoutError():
            return _cell_out_of_time(limits)
        case DeadKernelError():
            return _death(exit_code)
        case NoSuchKernel():
            return f"笔记本要求的内核“{trouble.name}”没有安装。请在 JupyterLab 中为它选择 Python 3 内核并保存。"
        case _:
            return f"内核出了问题（{type(trouble).__name__}: {trouble}）。请重试；若仍出现，请把这句话发给维护者。"


def of_death(died: Died, limits: Limits) -> str:
    """Why a child process gave no value, in the same words."""
    match died.cause:
        case Cause.CELL_TIME:
            return _cell_out_of_time(limits)
        case Cause.RUN_TIME:
            return out_of_time(limits)
        case Cause.MEMORY:
            return OUT_OF_MEMORY
        case Cause.KILLED:
            return _PLAIN["KeyboardInterrupt"]
        case _:
            return _death(died.code)


def out_of_time(limits: Limits) -> str:
    """The whole notebook took too long."""
    return f"整个笔记本运行超过{limits.run_s:g}秒，已停止。{_what_next(limits, '--timeout')}"


def sentence(ename: str, evalue: str) -> str:
    """One error as a sentence: a ReportError speaks for itself, a common one is put in plain words."""
    message = _without_colours(evalue).strip()
    if ename in set(_names(ReportError)):
        return message
    if _CHINESE.search(message) and ename not in {"KeyError", "NameError", "FileNotFoundError"}:
        # raised in words of our own or the author's; those three only quote a Chinese name
        return message
    if ename in _PLAIN:
        return _PLAIN[ename].format(message or "没有说明")
    return f"出错了（{ename}: {message}）。" if message else f"出错了（{ename}）。"


def number(notebook: NotebookNode, index: int, injected: bool) -> int:
    """The number, from 1, that a cell of the executed notebook has in the source."""
    before = notebook.cells[:index] if injected else ()
    return index + 1 - sum(INJECTED_TAG in tags(cell) for cell in before)


def _cell_out_of_time(limits: Limits) -> str:
    return f"运行超过{limits.cell_s:g}秒，已停止。{_what_next(limits, '--cell-timeout')}"


def _what_next(limits: Limits, option: str) -> str:
    if limits.by_option:
        return f"请检查是否有死循环，或加长时限（{option}）。"
    return "请在“模板”页打开笔记本，检查这一处是否有死循环；没有的，请减少要算的数据再试。"


def killed(exit_code: int | None) -> bool:
    """Whether the system ended a process from outside, by the exit code of it."""
    return exit_code == -_SIGKILL


def _death(exit_code: int | None) -> str:
    if killed(exit_code):
        return KILLED
    return f"内核意外退出（代码 {exit_code}）。请检查这个单元格是否让 Python 自己退出，或内存不足。"


def _names(kind: type[Any]) -> Iterator[str]:
    yield kind.__name__
    for below in kind.__subclasses__():
        yield from _names(below)


def _without_colours(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*[A-Za-z]", "", text)


_SIGKILL = 9
_CHINESE = re.compile(r"[\u4e00-\u9fff]")

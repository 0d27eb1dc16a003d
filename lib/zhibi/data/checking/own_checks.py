"""Checks that a domain brought, and a dataset -> what they find, and a finding for each check that raises."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from gongwen.findings import Finding, Level, Location

if TYPE_CHECKING:
    from zhibi.data.contract import Check
    from zhibi.data.dataset import Dataset
    from zhibi.data.snapshot.memory import Memory

_WORDS = {
    "KeyError": "没有叫这个名字的列、表或设置",
    "AttributeError": "没有这个属性",
    "NameError": "用了没有定义的名字",
    "TypeError": "两种不同的东西不能这样算（多半有空格没有排除）",
    "ValueError": "值不对",
    "ZeroDivisionError": "除数是零",
    "IndexError": "没有这一行",
}


def run_checks(
    checks: Iterable[Check], dataset: Dataset, memory: Memory | None = None
) -> Iterator[Finding]:
    """Everything the checks find.

    One that raises is told with its file and line, and the others go on. With `memory`, those that
    would find what they found before are not asked again.
    """
    if memory is not None:
        yield from memory.findings(checks, dataset, _asked)
        return
    for check in checks:
        yield from _asked(check, dataset)


def _asked(check: Check, dataset: Dataset) -> Iterator[Finding]:
    try:
        yield from check(dataset)
    except Exception as trouble:  # noqa: BLE001  # a check is a domain's code: its faults are the domain's, told as such
        yield raised(check, trouble)


def raised(check: Check, trouble: Exception) -> Finding:
    """That a check raised, where, and in plain words why."""
    name = getattr(check, "__name__", type(check).__name__)
    kind = type(trouble).__name__
    why = f"{_WORDS.get(kind, '')}（{kind}：{trouble}）" if kind in _WORDS else f"{kind}：{trouble}"
    message = f"检查 {name} 自己出错，没有做完：{why}"
    hint = "请改正这个检查；列空着的行要先排除。"
    return Finding("B23", Level.ERROR, line_in(_home(check), trouble), message, hint)


def _home(check: Check) -> Path:
    """The folder of the package that a check is from."""
    package = str(getattr(check, "__module__", "") or "").partition(".")[0]
    file = getattr(sys.modules.get(package), "__file__", None)
    return Path(file).parent if file else Path()


def line_in(folder: Path, trouble: BaseException) -> Location:
    """The innermost line of a package's own code that led to an exception."""
    frames = traceback.extract_tb(trouble.__traceback__)
    own = [frame for frame in frames if Path(frame.filename).is_relative_to(folder)] or frames
    if not own:
        return Location()
    file = Path(own[-1].filename)
    inside = file.relative_to(folder).as_posix() if file.is_relative_to(folder) else file.name
    return Location(file=f"{folder.name}/{inside}", spot=f"第{own[-1].lineno}行")

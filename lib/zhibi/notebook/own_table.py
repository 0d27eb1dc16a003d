"""`open_table` in a notebook -> a frame of any table of the user's own, and before the run which tables that will be.

Every row knows its file, sheet and number, so that `count`, `total` and `pick` make figures from
it. There is no contract: the header row is found, and columns are typed by what is in them.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import Any

import pandas as pd

from gongwen.errors import NotYours
from zhibi import domain
from zhibi.data.dataset import Dataset
from zhibi.data.snapshot.access_scope import held
from zhibi.data.snapshot.own_tables import TableRequest, read_table, unpacked
from zhibi.data.snapshot.slices import open_whole
from zhibi.workspace import workspace

_CALLED = "open_table"
_PARAMETERS = ("file", "sheet")
_MAGIC = ("%", "!")
_TEXT = "%%"


def open_table(
    file: str, sheet: str = "", *, organisation: str = "", header: int | None = None
) -> pd.DataFrame:
    """The records of a table in an .xlsx or .csv file; a relative path counts from the workspace.

    `sheet` may be left out where only one holds anything; `header` is the row of the headers where it is not found.
    `organisation` names the column that says whose a row is, by code or name: the report of one organisation sees its
    rows only. Columns that tell who somebody is are left out. Raises UnreadableFile, UnknownName and InvalidInput.
    """
    wanted = TableRequest(file, sheet, organisation, header)
    scope = held()
    if scope is not None and scope.code:
        frame = unpacked(scope.folder, wanted)
        if frame is None:
            raise NotYours(f"{file}（文件名、表名和列名要直接写在 open_table 里）", scope.code)
        return frame
    table = read_table(wanted)
    for finding in table.findings:
        sys.stderr.write(f"{finding}\n")
    return table.frame


def open_workbook(source: str) -> Dataset:
    """All sheets of a workbook of the workspace's domain, by their titles; raises InvalidInput."""
    place = workspace.find(Path.cwd())
    own = domain.find(domain.name_of(place), place.root if place else None)
    return open_whole(source, own.contract)


def tables_in(sources: Iterable[str], values: Mapping[str, Any]) -> tuple[TableRequest, ...]:
    """The tables that cells of code open, as far as the call says it in words or by a parameter of these values."""
    opening = (
        source for source in sources if _CALLED in source and not source.lstrip().startswith(_TEXT)
    )
    requests = chain.from_iterable(_opened(source, values) for source in opening)
    return tuple(dict.fromkeys(requests))


def _opened(source: str, values: Mapping[str, Any]) -> Iterator[TableRequest]:
    lines = [line for line in source.splitlines() if not line.lstrip().startswith(_MAGIC)]
    with suppress(SyntaxError, ValueError):
        for node in ast.walk(ast.parse("\n".join(lines))):
            if isinstance(node, ast.Call) and _name_of(node.func) == _CALLED:
                wanted = _wanted(node, values)
                if wanted is not None:
                    yield wanted


def _wanted(call: ast.Call, values: Mapping[str, Any]) -> TableRequest | None:
    """What a call asks for; None where it is worked out in the notebook."""
    pairs = [*zip(_PARAMETERS, call.args, strict=False)]
    pairs += [(keyword.arg or "", keyword.value) for keyword in call.keywords]
    arguments = {name: _value(node, values) for name, node in pairs}
    with suppress(TypeError):
        return TableRequest(**arguments) if isinstance(arguments.get("file"), str) else None
    return None


def _value(node: ast.expr, values: Mapping[str, Any]) -> Any:
    return node.value if isinstance(node, ast.Constant) else values.get(_name_of(node))


def _name_of(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else getattr(node, "attr", "")

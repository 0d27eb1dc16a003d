"""A notebook open in a front end -> the values its parameters file gives, as a report run would take them.

JupyterLab injects nothing: without this a colleague who runs all cells sees the defaults, and never
her own words.
"""

from __future__ import annotations

import ast
import os
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from zhibi.notebook import file as notebooks
from zhibi.notebook.parameters.declared import Parameter, declared
from zhibi.notebook.parameters.file import from_file
from zhibi.notebook.parameters.settle import settle
from zhibi.workspace import workspace as workspaces

_SESSION = "JPY_SESSION_NAME"  # where Jupyter Server tells a kernel which notebook it is for


@dataclass(frozen=True)
class LiveParameters:
    """Values for the parameters of the notebook at hand, and the file they come from."""

    values: Mapping[str, Any]
    names: frozenset[str]
    place: str

    @property
    def message(self) -> str:
        """What the front end says of them."""
        return (
            f"参数取自 {self.place}：{'、'.join(self.values)}。要改请改那个文件，存盘后再从头运行。"
        )

    def set_back_by(self, source: str) -> bool:
        """True of a cell that assigns every declared parameter: it has put the defaults back."""
        try:
            lines = ast.parse(source).body
        except SyntaxError:
            return False
        targets = chain.from_iterable(map(_targets, lines))
        assigned = {target.id for target in targets if isinstance(target, ast.Name)}
        return bool(self.names) and self.names <= assigned


def _targets(statement: ast.stmt) -> list[ast.expr]:
    match statement:
        case ast.Assign(targets=targets):
            return targets
        case ast.AnnAssign(target=target):
            return [target]
        case _:
            return []


def of_this_notebook(here: Path) -> LiveParameters | None:
    """The parameters of the notebook that this kernel is for; None where it has no file of them.

    Raises:
        InvalidInput: the file is no YAML, or gives what the notebook does not take.
    """
    notebook = here / Path(os.environ.get(_SESSION, "")).name
    workspace = workspaces.find(here)
    if workspace is None or notebook.suffix != ".ipynb" or not notebook.is_file():
        return None
    path = workspace.root / "params" / f"{notebook.stem}.yaml"
    if not path.is_file():
        return None
    known = _declared(notebook)
    values = settle(known, from_file(path))
    names = frozenset(parameter.name for parameter in known)
    return LiveParameters(values, names, f"params/{path.name}") if values else None


def _declared(notebook: Path) -> tuple[Parameter, ...]:
    return declared(notebooks.declaration(notebooks.read(notebook)), notebook.name)

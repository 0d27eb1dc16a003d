"""Frozen values of a run: the request, the plan that resolves its names, and the outcome."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhibi.engines.engine import Limits
from zhibi.notebook import parameters as params
from zhibi.workspace.workspace import Report, Workspace, resolve

if TYPE_CHECKING:  # pandas and nbformat: a batch with nothing to do need not wait for them
    from nbformat.notebooknode import NotebookNode

    from gongwen.document.elements import Elements
    from gongwen.findings import Finding
    from gongwen.profile import Profile
    from zhibi.data.contract import Contract
    from zhibi.data.dataset import Dataset
    from zhibi.data.snapshot.memory import Memory
    from zhibi.data.snapshot.own_tables import TableRequest
    from zhibi.domain import Division
    from zhibi.notebook.file import About


@dataclass(frozen=True, slots=True)
class Request:
    """One report that is asked for, by a user or by a batch. Picklable: all data by path.

    `here` is the folder the user stands in, `asked_at` the moment; `options` are texts `name=value`;
    `data` is a path or the address of a database. `place` is a folder with the slice of one
    organisation, made ready by a batch. `own_process`: the notebook runs in one more process, so
    that whatever kills it leaves one that can say in which cell. `memory` is what a process that stays
    remembers of the workbook it read last.
    """

    report: str
    here: Path
    asked_at: datetime
    options: tuple[str, ...] = ()
    data: Path | str | None = None
    out: Path | None = None
    final: bool = False
    review: bool = False
    limits: Limits = field(default_factory=Limits)
    place: Path | None = None
    engine: str = "zhibi"
    own_process: bool = False
    memory: Memory | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """A request with every name looked up and every parameter settled; nothing has run yet."""

    request: Request
    workspace: Workspace
    report: Report
    notebook: NotebookNode
    about: About | None
    declared: tuple[params.Parameter, ...]
    parameters: Mapping[str, Any]
    profile: Profile
    contract: Contract | None
    elements: Elements
    divide: Callable[[Dataset], Division] | None = None
    tables: tuple[TableRequest, ...] = ()  # those without a contract that the notebook opens

    @property
    def values(self) -> dict[str, Any]:
        """What every parameter will be in the run, defaults included."""
        return params.values(self.declared, self.parameters)

    @property
    def org(self) -> str:
        """The code of the one organisation the report is about, or empty.

        Only its slice is read then.
        """
        return self._code("branch")

    @property
    def top(self) -> str:
        """The code of the organisation that the report is about together with all below it, or empty."""
        return self._code("subtree")

    def _code(self, scope: str) -> str:
        if self.about is None or self.about.scope != scope or self.divide is None:
            return ""
        value = self.values.get(self.about.org)
        return value if isinstance(value, str) else ""

    @property
    def stands_for(self) -> str:
        """What the notebook calls its source."""
        return str(self.values.get(self.about.data, "")) if self.about else ""

    @property
    def source(self) -> Path | str | None:
        """The path or database address the run reads its data from, if the notebook says which parameter names it."""
        value = self.values.get(self.about.data) if self.about else None
        return resolve(value, self.workspace.root) if isinstance(value, str) and value else None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a request."""

    folder: Path
    files: tuple[Path, ...]
    findings: tuple[Finding, ...]
    figures: int
    edited: tuple[Path, ...] = ()  # copies of what people had changed

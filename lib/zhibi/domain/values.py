"""What a domain package gives -> frozen values that the framework works by."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from gongwen_lint.reference_data import Phrasebook, ReferenceData

if TYPE_CHECKING:
    from zhibi.data.contract import Check, Contract
    from zhibi.data.dataset import Dataset
    from zhibi.data.figures.offers import Catalogue
    from zhibi.data.importing.intake import Intake


@dataclass(frozen=True, slots=True)
class Command:
    """A command a domain adds to the program: the module whose typer `app` it is, and one line of help."""

    module: str
    help: str


@dataclass(frozen=True, slots=True)
class _Late:
    """A value by the module it lives in."""

    module: str
    name: str


def late(module: str, name: str) -> Any:
    """Any value of a Domain but its own names: imported when it is first asked for.

    So the list of commands need not wait for what only a report uses.
    """
    return _Late(module, name)


@dataclass(frozen=True, slots=True)
class Organisation:
    """One organisation a workbook knows: what to call it, what it is below, and its line by header, as text.

    `reports`: it is one of those that a batch makes a report for when nothing else is asked.
    """

    code: str
    name: str
    superior: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    reports: bool = True


class Division(Protocol):
    """A dataset cut into organisations: all of them, the slice of one (its rows, and facts handed to it), and its subtree."""

    @property
    def organisations(self) -> Sequence[Organisation]:
        """Every organisation in the order of the workbook."""

    def slice(self, code: str) -> Dataset:
        """What one organisation may read; raises UnknownName."""

    def under(self, code: str) -> Dataset:
        """The rows of an organisation and of all below it; raises UnknownName."""


@dataclass(frozen=True, slots=True)
class Domain:
    """What a domain package gives: its name, a title for people, its workbook's contract, its files for a workspace.

    `workspace` holds notebooks/, params/ and data/ (see `zhibi.workspace.workspace.shipped`). `commands` by name, as `zhibi NAME`.
    `starter` is the notebook that a new report type begins with (`zhibi new`).
    `divide` cuts a dataset into organisations, for a domain that has reports about one of many.
    `audits` are checks of valid data too slow for every run; `zhibi data check` makes them.
    `rehearse` uses once, on made-up rows, what its reports call for, and gives what they would display.
    `offers` are the figures that a report of any wording may print (`zhibi new --from`); without it every sheet is counted.
    `handbook` is a table of its words for authors of notebooks (see `zhibi.notebook.domain_words`).
    `known` tells what a workbook knows, for documents to be checked against; `lore` what holds without one.
    """

    name: str
    title: str
    contract: Contract
    workspace: Path
    commands: Mapping[str, Command] = field(default_factory=dict)
    starter: Path | None = None
    divide: Callable[[Dataset], Division] | None = None
    known: Callable[[Dataset], ReferenceData] | None = None
    lore: Phrasebook = field(default_factory=Phrasebook)
    audits: Sequence[Check] = ()
    rehearse: Callable[[], Sequence[Any]] | None = None
    intake: Callable[[], Intake] | None = None
    offers: Callable[[Dataset], Catalogue] | None = None
    handbook: Path | None = None

    def __getattribute__(self, name: str) -> Any:
        value = object.__getattribute__(self, name)
        return getattr(import_module(value.module), value.name) if type(value) is _Late else value

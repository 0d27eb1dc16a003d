"""A domain's name -> the package that knows its tables: found by entry point, so that zhibi knows none by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING

from zhibi.errors import UnknownName

if TYPE_CHECKING:
    from zhibi.tables.contract import Contract

GROUP = "zhibi.domains"


@dataclass(frozen=True, slots=True)
class Command:
    """A command a domain adds to the program: the module whose typer `app` it is, and one line of help."""

    module: str
    help: str


@dataclass(frozen=True, slots=True)
class Domain:
    """What a domain package gives: its name, a title for people, its workbook's contract, its files for a workspace.

    `workspace` holds notebooks/, params/ and data/ (see `zhibi.workspace.shipped`). `commands` by name, as `zhibi NAME`.
    """

    name: str
    title: str
    contract: Contract
    workspace: Path
    commands: Mapping[str, Command] = field(default_factory=dict)


def find(name: str) -> Domain:
    """The installed domain of this name; raises UnknownName with the near miss."""
    installed = entry_points(group=GROUP)
    if name not in installed.names:
        raise UnknownName("领域包", name, sorted(installed.names))
    domain = installed[name].load()
    assert isinstance(domain, Domain)
    return domain


def default() -> str:
    """The name of the only installed domain; with several, the first by name."""
    return min(entry_points(group=GROUP).names, default="")

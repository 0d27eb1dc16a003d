"""A domain's name -> the package that knows its tables, so that zhibi knows none by itself.

It is a folder of the workspace with that name, or a package that is installed with an entry point.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib import import_module
from importlib.metadata import EntryPoints, entry_points
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gongwen.errors import InvalidInput, UnknownName
from zhibi.domain.folder import folder_of, folders_in, from_folder
from zhibi.domain.values import Command, Division, Domain, Organisation, late
from zhibi.workspace.workspace import Workspace
from zhibi.workspace.workspace import find as workspace_around

if TYPE_CHECKING:
    from zhibi.domain.cells import cell_fault
    from zhibi.domain.divide import DivideBy, divide_by

GROUP = "zhibi.domains"
_LATE = {"cell_fault": "cells", "DivideBy": "divide", "divide_by": "divide"}

__all__ = [
    "GROUP",
    "Command",
    "DivideBy",
    "Division",
    "Domain",
    "Organisation",
    "cell_fault",
    "default",
    "divide_by",
    "find",
    "folder_of",
    "late",
    "name_of",
    "of",
    "rehearsed",
    "sound",
    "within_reach",
]


def __getattr__(name: str) -> Any:
    """What only a domain's own code uses is imported then.

    The command line must not wait for pandas.
    """
    if name in _LATE:
        return getattr(import_module(f"zhibi.domain.{_LATE[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def find(name: str, root: Path | None = None) -> Domain:
    """The domain of this name: a folder of the workspace at `root`, else one that is installed.

    Raises UnknownName with the near miss, and InvalidInput with every fault of a domain in a
    folder.
    """
    folder = folder_of(name, root) if root else None
    return from_folder(folder) if folder else _installed(name, root)


def sound(domain: Domain) -> Domain:
    """The domain; raises InvalidInput with every fault of the contract of an installed one.

    Those of a domain in a folder were told when it was read.
    """
    entries = _entries()
    if domain.name not in entries.names or _load(domain.name) is not domain:
        return domain
    home = Path(str(import_module(entries[domain.name].module).__file__))
    module = import_module("zhibi.domain.source_lines")
    alone = home if home.name != "__init__.py" else None
    lines = module.SourceLines(home.parent, alone)
    faults = import_module("zhibi.domain.contract_faults").of_contract(domain, lines)
    if faults:
        raise InvalidInput(f"领域“{domain.name}”", faults)
    return domain


def name_of(place: Workspace | None) -> str:
    """The domain of a workspace: the one it names, else the one installed.

    Empty where there is none.
    """
    return (place.settings.domain if place else "") or default()


def of(place: Workspace | None) -> Domain | None:
    """The domain of a workspace; None where it names none and none is installed."""
    name = name_of(place)
    return find(name, place.root if place else None) if name else None


def within_reach(here: Path) -> None:
    """Have the domain of the workspace around a folder importable by its name, where it lies in a folder itself."""
    place = workspace_around(here)
    folder = folder_of(name_of(place), place.root) if place else None
    if folder:
        from_folder(folder)


def _entries() -> EntryPoints:
    """The entry points of all domains. To read them takes 20 ms, and a report asks twice."""
    return _entries_on(tuple(sys.path))


@lru_cache(maxsize=8)
def _entries_on(path: tuple[str, ...]) -> EntryPoints:  # noqa: ARG001  # where they are looked for
    return entry_points(group=GROUP)


@cache
def _load(name: str) -> Domain:
    domain = _entries()[name].load()
    assert isinstance(domain, Domain)
    return domain


def _installed(name: str, root: Path | None) -> Domain:
    installed = _entries().names
    if name not in installed:
        nearby = folders_in(root) if root else ()
        raise UnknownName("领域包", name, sorted({*installed, *nearby}))
    return _load(name)


def default() -> str:
    """The name of the only installed domain; with several, the first by name."""
    return min(_entries().names, default="")


def rehearsed() -> Iterator[Any]:
    """What the installed domains would display, each having used once what its reports call for."""
    for name in sorted(_entries().names):
        rehearse = find(name).rehearse
        yield from rehearse() if rehearse else ()

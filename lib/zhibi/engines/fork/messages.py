"""Values -> the bytes in which a process tells them to another, and back.

JSON, so that reading them runs nothing.

A child runs a stranger's notebook, and what it writes to its parent is as little to be trusted as
its files. Only our own plain classes (dataclasses, enumerations, errors), notebooks and Python's
plain values can come of a message.
"""

from __future__ import annotations

import base64
import builtins
import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from importlib import import_module
from pathlib import Path, PurePath
from typing import Any

from nbformat.notebooknode import NotebookNode

from gongwen.document.codec import Dumped

OURS = ("gongwen", "zhibi", "dangjian")
_KIND, _VALUE, _CLASS, _MORE = "k", "v", "c", "m"
_DEEPEST = 200  # levels; what a notebook shows has a dozen


class NoMessage(ValueError):
    """Bytes that no process of ours sends, or a value that cannot be told."""


def dumps(value: Any) -> bytes:
    """The value as bytes. Raises NoMessage for one that is not plain."""
    try:
        text = json.dumps(_told(value, 0), ensure_ascii=False, separators=(",", ":"))
    except (TypeError, RecursionError) as fault:
        raise NoMessage(f"{type(fault).__name__}: {fault}") from None
    return text.encode("utf-8", "surrogatepass")


def loads(content: bytes) -> Any:
    """The value that `dumps` told. Raises NoMessage for anything else."""
    try:
        return _heard(json.loads(content.decode("utf-8", "surrogatepass")), 0)
    except NoMessage:
        raise
    except (ValueError, TypeError, KeyError, AttributeError, ImportError, RecursionError) as fault:
        raise NoMessage(f"{type(fault).__name__}: {fault}") from None


def _told(value: Any, depth: int) -> Any:  # noqa: PLR0911  (one return a kind)
    if depth > _DEEPEST:
        raise NoMessage("too deep")
    kind = type(value)
    if value is None or kind in {bool, int, float, str}:
        return value
    if kind is list:
        return [_told(each, depth + 1) for each in value]
    if kind in _SEQUENCES:
        return {_KIND: _SEQUENCES[kind], _VALUE: [_told(each, depth + 1) for each in value]}
    if kind is Dumped:  # JSON as it stands, and most of what a long table is told in
        return {_KIND: "json", _VALUE: value}
    if isinstance(value, Mapping):
        pairs = [[_told(key, depth + 1), _told(each, depth + 1)] for key, each in value.items()]
        return {_KIND: "node" if isinstance(value, NotebookNode) else "map", _VALUE: pairs}
    if kind in _WRITTEN:
        name, write = _WRITTEN[kind]
        return {_KIND: name, _VALUE: write(value)}
    if isinstance(value, PurePath):
        return {_KIND: "path", _VALUE: str(value)}
    return _object(value, depth + 1)


def _plain(value: Any, depth: int) -> Any:
    """A value of a class derived from a plain one, as the plain one."""
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return float(value)
    if isinstance(value, list | tuple):
        return [_told(each, depth) for each in value]
    raise NoMessage(f"no plain value: {type(value).__name__}")


def _object(value: Any, depth: int) -> Any:
    """A value of one of our classes, or an error."""
    named = {_CLASS: f"{type(value).__module__}:{type(value).__qualname__}"}
    if isinstance(value, Enum) and _is_ours(type(value)):
        return {_KIND: "enum", **named, _VALUE: _told(value.value, depth)}
    if isinstance(value, Exception) and (_is_ours(type(value)) or _is_builtin(type(value))):
        more = {name: each for name, each in vars(value).items() if not name.startswith("__")}
        return {
            _KIND: "error",
            **named,
            _VALUE: _told(list(value.args), depth),
            _MORE: _told(more, depth),
        }
    if is_dataclass(value) and _is_ours(type(value)):
        parts = {each.name: getattr(value, each.name) for each in fields(value)}
        return {_KIND: "data", **named, _VALUE: _told(parts, depth)}
    return _plain(value, depth)


def _heard(content: Any, depth: int) -> Any:
    if depth > 3 * _DEEPEST:
        raise NoMessage("too deep")
    if isinstance(content, list):
        return [_heard(each, depth + 1) for each in content]
    if not isinstance(content, dict):
        return content
    kind, value = content[_KIND], content[_VALUE]
    if kind in ("map", "node"):
        pairs = {_heard(key, depth + 1): _heard(each, depth + 1) for key, each in value}
        return _node(pairs) if kind == "node" else pairs
    if kind in _READ:
        return _READ[kind](value)
    if kind in _COLLECTED:
        return _COLLECTED[kind](_heard(each, depth + 1) for each in value)
    return _made(kind, _class(content[_CLASS]), _heard(value, depth + 1), content, depth + 1)


def _made(kind: str, wanted: type, value: Any, value_of: Any, depth: int) -> Any:
    """An object of one of our classes, its fields set without asking its code."""
    if kind == "enum" and issubclass(wanted, Enum):
        return wanted(value)
    if kind == "data" and is_dataclass(wanted):
        made = object.__new__(wanted)
        for each in fields(wanted):
            object.__setattr__(made, each.name, value[each.name])
        return made
    if kind == "error" and issubclass(wanted, Exception):
        error = wanted(*value)
        vars(error).update(_heard(value_of[_MORE], depth))
        return error
    raise NoMessage(f"no value of kind {kind}")


def _node(pairs: dict[Any, Any]) -> NotebookNode:
    made = NotebookNode()
    for key, each in pairs.items():
        dict.__setitem__(made, key, each)  # as it is: a NotebookNode would be made of it
    return made


def _class(name: str) -> type:
    module, _, called = name.partition(":")
    builtin = getattr(builtins, called, None) if module == "builtins" else None
    if module.partition(".")[0] in OURS:
        builtin = import_module(module)
        for part in called.split("."):
            builtin = vars(builtin).get(part)
    if not isinstance(builtin, type) or not (_is_ours(builtin) or _is_builtin(builtin)):
        raise NoMessage(f"no class of ours: {name}")
    return builtin


def _is_ours(kind: type) -> bool:
    return kind.__module__.partition(".")[0] in OURS


def _is_builtin(kind: type) -> bool:
    return kind.__module__ == "builtins" and issubclass(kind, Exception)


_SEQUENCES: dict[type, str] = {tuple: "tuple", set: "set", frozenset: "frozenset"}
_COLLECTED: dict[str, Callable[[Any], Any]] = {"tuple": tuple, "set": set, "frozenset": frozenset}
_WRITTEN: dict[type, tuple[str, Callable[[Any], str]]] = {
    bytes: ("bytes", lambda value: base64.b64encode(value).decode("ascii")),
    Decimal: ("decimal", str),
    date: ("date", date.isoformat),
    datetime: ("datetime", datetime.isoformat),
}
_READ: dict[str, Callable[[Any], Any]] = {
    "bytes": base64.b64decode,
    "decimal": Decimal,
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "path": Path,
    "json": lambda value: value,
}

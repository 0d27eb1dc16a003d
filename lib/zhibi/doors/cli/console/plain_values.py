"""Words that are typed in a terminal -> the values of a command's parameters, without pydantic where none is converted.

Typer has pydantic convert every value, the texts and the defaults as well; to import it costs as much as to check a
page. Texts, paths and defaults that are what they should be are taken as they are; numbers and whatever may be
refused are left to typer.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, get_args, get_origin

_CONSTRAINTS = ("parser", "exists", "writable", "resolve_path", "allow_dash", "path_type")


def take_plainly(parameters: list[Any]) -> list[Any]:
    """The same parameters of typer, whose plain values are taken as they are."""
    for parameter in parameters:
        if getattr(parameter, "_runtime_param", True) is None:
            parameter._runtime_param = _Plain(parameter)  # noqa: SLF001  # typer asks nobody
    return parameters


class _Plain:
    """What typer asks to convert a value of one parameter."""

    def __init__(self, parameter: Any) -> None:
        self._parameter = parameter

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        """The value as the command is given it."""
        several = param.multiple or param.nargs == -1
        if value is None:
            return () if several else None
        descriptor = param.type_descriptor
        if any(getattr(descriptor.parameter_info, name, None) for name in _CONSTRAINTS):
            return self._by_typer(value, ctx)
        of_each = get_args(descriptor.annotation) if several else (descriptor.annotation,)
        if several and (get_origin(descriptor.annotation) is not list or isinstance(value, str)):
            return self._by_typer(value, ctx)
        taken = [_plain(each, of_each[0]) for each in (value if several else (value,))]
        if any(each is None for each in taken):
            return self._by_typer(value, ctx)
        return taken if several else taken[0]

    def _by_typer(self, value: Any, ctx: Any) -> Any:
        parameter = self._parameter
        parameter._runtime_param = None  # noqa: SLF001  # it makes its own
        return parameter.get_runtime_param().coerce(value, param=parameter, ctx=ctx)


def _plain(value: Any, annotation: Any) -> Any:
    """A value that needs no conversion, or None."""
    if annotation is Path and isinstance(value, str):
        readable = not Path(value).exists() or os.access(value, os.R_OK)
        return Path(value) if readable else None
    if annotation is float and type(value) is int:  # a default
        return float(value)
    return value if isinstance(annotation, type) and type(value) is annotation else None

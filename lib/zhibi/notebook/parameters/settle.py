"""Declared parameters + given values -> the typed JSON values of one run, or every fault at once.

Values from YAML are handed on as they are, because plain papermill would do so too: what it would
turn into something else (0012 into 10) is refused with advice. Words of the command line are read
as the declared kind.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from itertools import chain
from typing import Any

import yaml

from gongwen.chinese.personal_data import TELEPHONES, gives_away, personal_numbers, without_numbers
from gongwen.errors import InvalidInput, near_miss
from gongwen.findings import Finding, Level, Location
from zhibi.notebook.parameters.declared import Parameter, ParameterKind, is_date
from zhibi.notebook.parameters.file import GivenValue, parse

_NO_VALUE = {"", "null", "none", "~", "空"}  # words that set a parameter back to nothing
_YES_NO = {"是": True, "否": False, "true": True, "false": False, "yes": True, "no": False}
_ADVICE = {
    ParameterKind.TEXT: '请加引号，例如 "0012"。',
    ParameterKind.INTEGER: "请写不带单位的整数，例如 12。",
    ParameterKind.NUMBER: "请写不带单位的数，例如 12.5。",
    ParameterKind.YES_NO: "请写 true 或 false（命令行也可写 是、否）。",
    ParameterKind.DATE: '请写成 "2026-11-30" 这样的日期。',
    ParameterKind.LIST: "请写成 [甲, 乙]。",
    ParameterKind.MAP: "请写成 {名称: 值}。",
    ParameterKind.ANY: "请只用文字、数、是否、列表和对照表。",
}  # fmt: skip


def settle(parameters: Iterable[Parameter], given: Iterable[GivenValue]) -> dict[str, Any]:
    """Values for one run; a later one replaces an earlier one.

    Only what was given: defaults stay in the notebook.
    """
    known = {parameter.name: parameter for parameter in parameters}
    last = {value.name: value for value in given}
    faults = [
        *(_unknown(value, known) for value in last.values() if value.name not in known),
        *(
            _mistyped(known[name], value)
            for name, value in last.items()
            if name in known and not _fits(known[name], value)
        ),
    ]
    faults += [_private(value, kind) for value in last.values() if (kind := _kind_in(value.value))]
    first = next(iter(last.values()), None)
    faults += [
        Finding(
            "C04",
            Level.ERROR,
            first.place if first else _NOWHERE,
            f"缺少参数“{parameter.name}”",
            parameter.help,
        )
        for parameter in known.values()
        if parameter.required and parameter.name not in last
    ]
    if faults:
        raise InvalidInput("参数", faults)
    return {name: _read(known[name], value) for name, value in last.items()}


def values(parameters: Iterable[Parameter], settled: Mapping[str, Any]) -> dict[str, Any]:
    """What every parameter will be in the run: the settled value, else its default where that is plain data."""
    defaults = {
        parameter.name: parameter.default for parameter in parameters if _is_json(parameter.default)
    }
    return {**defaults, **settled}


def _unknown(value: GivenValue, known: Mapping[str, Parameter]) -> Finding:
    return Finding(
        "C02",
        Level.ERROR,
        value.place,
        f"没有名为“{value.name}”的参数{near_miss(value.name, known)}",
    )


def _private(value: GivenValue, kind: str) -> Finding:
    return Finding(
        "V20",
        Level.ERROR,
        value.place,
        f"参数“{without_numbers(value.name)}”里含有{kind}（内容不显示）",
        "请删除；只有附注“（联系人：某某，电话：……）”里可以写电话。",
    )


def _kind_in(value: object) -> str:
    """The kind of the first personal number anywhere in a value.

    Telephones of a contact are none.
    """
    match value:
        case str():
            numbers = personal_numbers(value)
            contact = _CONTACT.search(value) is not None
            return next((n.kind for n in numbers if not (contact and n.kind in TELEPHONES)), "")
        case int() if not isinstance(value, bool):
            return gives_away(str(value)) if value < _LONGEST_NUMBER else ""
        case list():
            return next(filter(None, map(_kind_in, value)), "")
        case dict():
            items = chain.from_iterable(value.items())
            return next(filter(None, map(_kind_in, items)), "")
        case _:
            return ""


def _mistyped(parameter: Parameter, value: GivenValue) -> Finding:
    message = f"参数“{parameter.name}”必须给出{parameter.kind}，现为“{_shown(value.value)}”"
    none = "不给值写 null。" if parameter.optional else ""
    return Finding("C03", Level.ERROR, value.place, message, _ADVICE[parameter.kind] + none)


def _read(parameter: Parameter, given: GivenValue) -> Any:
    """The value itself; words of the command line as the declared kind.

    Raises ValueError if they are not.
    """
    if given.raw and parameter.optional and given.value.strip().lower() in _NO_VALUE:
        return None
    return _READERS[parameter.kind](given.value) if given.raw else given.value


def _fits(parameter: Parameter, given: GivenValue) -> bool:
    try:
        value = _read(parameter, given)
    except (ValueError, yaml.YAMLError):
        return False
    if value is None:
        return parameter.optional or parameter.kind is ParameterKind.ANY
    return _is_json(value) and _HOLDS[parameter.kind](value)


def _yes_no(text: str) -> bool:
    word = text.strip().lower()
    if word not in _YES_NO:
        raise ValueError(text)
    return _YES_NO[word]


_READERS: Mapping[ParameterKind, Callable[[str], Any]] = {
    ParameterKind.TEXT: str,
    ParameterKind.INTEGER: int,
    ParameterKind.NUMBER: float,
    ParameterKind.YES_NO: _yes_no,
    ParameterKind.DATE: str.strip,
    ParameterKind.LIST: parse,
    ParameterKind.MAP: parse,
    ParameterKind.ANY: parse,
}
_HOLDS: Mapping[ParameterKind, Callable[[Any], bool]] = {
    ParameterKind.TEXT: lambda value: isinstance(value, str),
    ParameterKind.INTEGER: lambda value: isinstance(value, int) and not isinstance(value, bool),
    ParameterKind.NUMBER: lambda value: (
        isinstance(value, int | float) and not isinstance(value, bool)
    ),
    ParameterKind.YES_NO: lambda value: isinstance(value, bool),
    ParameterKind.DATE: lambda value: isinstance(value, str) and is_date(value),
    ParameterKind.LIST: lambda value: isinstance(value, list),
    ParameterKind.MAP: lambda value: isinstance(value, dict),
    ParameterKind.ANY: lambda _: True,
}


def _is_json(value: object) -> bool:
    match value:
        case None | bool() | int() | str():
            return True
        case float():
            return math.isfinite(value)
        case list():
            return all(_is_json(item) for item in value)
        case dict():
            return all(isinstance(key, str) and _is_json(item) for key, item in value.items())
        case _:
            return False


def _shown(value: object) -> str:
    """A wrong value as the message shows it: short, because it may be a whole table."""
    text = without_numbers(str(value)[:_READ])
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


_SHOWN, _READ = 40, 1_000  # characters shown of a wrong value, and looked at
_CONTACT = re.compile("联系人[:：]")
_LONGEST_NUMBER = 10**20
_NOWHERE = Location(spot="参数")

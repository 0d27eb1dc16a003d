"""A domain's table of words -> their entries in the handbook, with what each example shows on the domain's own example.

The table has four columns parted by tabs: name, what it is for, what it refuses, an example. Lines
that begin with > are run before the examples.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import pandas as pd

from gongwen.facts.value import Fact
from zhibi.domain import Domain
from zhibi.notebook.handbook import HandbookWord, call_of, example_names
from zhibi.notebook.prose.phrases import is_wording
from zhibi.notebook.prose.spans import Said, Worded

_FIRST, _LONGEST, _ROWS = (
    3,
    160,
    2,
)  # entries of a list, characters of a line, rows of a table that are shown
_PREPARE, _REMARK = ">", "#"


def entries(domain: Domain) -> Mapping[str, HandbookWord]:
    """The words of a domain by name; none where it has no table of them."""
    table: dict[str, HandbookWord] = {}
    for line in _lines(domain.handbook):
        name, purpose, refuses, example = line.split("\t")
        table[name] = HandbookWord(purpose, refuses, example)
    return table


def preparation(domain: Domain) -> tuple[str, ...]:
    """The lines that are run before the examples."""
    lines = domain.handbook.read_text("utf-8").splitlines() if domain.handbook else ()
    return tuple(line[1:].strip() for line in lines if line.startswith(_PREPARE))


def page(domain: Domain) -> list[str]:
    """The domain's part of the handbook, line by line."""
    names = prepared(domain)
    lines = [f"## {domain.title}的名称", "", f"从 `{domain.name}` 引入。下面的例子之前先运行：", ""]
    lines += ["```python", *preparation(domain), "```", ""]
    home = import_module(domain.name)
    for name, entry in entries(domain).items():
        lines += [f"### {name}", "", entry.purpose, ""]
        lines += [f"```python\n{call_of(getattr(home, name), name)}\n```", ""]
        lines += [f"不收：{entry.refuses}。", ""] if entry.refuses else []
        lines += [f"```python\n{entry.example}\n```", "", f"> {shown(entry.example, names)}", ""]
    return lines


def prepared(domain: Domain) -> dict[str, Any]:
    """The names the examples use."""
    home = import_module(domain.name)
    names = example_names() | {name: getattr(home, name) for name in entries(domain)}
    for line in preparation(domain):
        exec(line, names)  # noqa: S102 — our own examples
    return names


def shown(example: str, names: Mapping[str, Any]) -> str:
    """What the example comes to, on one line that is not too long."""
    value = eval(example, dict(names))  # noqa: S307 — our own examples
    called = names.get(example.partition("(")[0])
    pieces = is_wording(called) and isinstance(value, list | tuple)
    said = "".join(map(str, value)) if pieces else _words(value)
    text = said.replace("\n", " ") or "（没有）"
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}……"


def gaps(domain: Domain) -> set[str]:
    """Names that the domain offers and its table lacks, or the other way round."""
    return set(import_module(domain.name).__all__) ^ set(entries(domain))


def speak_chinese(domain: Domain) -> None:
    """Let every word of a domain tell its help in Chinese."""
    home = import_module(domain.name)
    for name, entry in entries(domain).items():
        word = getattr(home, name)
        if inspect.isfunction(word) or inspect.isclass(word):
            word.__doc__ = entry.help


def _lines(table: Path | None) -> list[str]:
    lines = table.read_text("utf-8").splitlines() if table else []
    return [line for line in lines if line and not line.startswith((_PREPARE, _REMARK))]


def _words(value: Any) -> str:
    match value:
        case None:
            text = "None"
        case Fact():
            text = f"{value}　{value.label}"
        case Said():
            text = str(value)
        case Worded():
            text = str(value.in_prose())
        case pd.DataFrame():
            text = f"{len(value)}行的表，列有{'、'.join(map(str, value.columns[:_FIRST]))}等"
        case Mapping():
            text = "；".join(f"{key}：{_cell(each)}" for key, each in value.items())
        case list() | tuple() if value and isinstance(value[0], Mapping):
            rows = "｜".join(_words(row) for row in value[:_ROWS])
            text = f"{len(value)}行：{rows}"
        case list() | tuple():
            text = _several(value)
        case str() | int():
            text = str(value)
        case _:
            text = _named(value)
    return text


def _several(values: Iterable[Any]) -> str:
    listed = list(values)
    words = "；".join(_cell(each) for each in listed[:_FIRST])
    return f"{words}……共{len(listed)}个" if len(listed) > _FIRST else words


def _cell(value: Any) -> str:
    return str(value) if isinstance(value, Fact) else _words(value)


def _named(value: Any) -> str:
    """What names a value that has no phrase of its own.

    Its own name, or what kind of thing it is.
    """
    for attribute in ("名称", "标题", "named", "branch"):
        named = getattr(value, attribute, None)
        if named is not None:
            return _cell(named)
    return type(value).__name__

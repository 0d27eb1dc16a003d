"""A parameter file and texts that people wrote -> the file with those texts, everything else as it was to the letter."""

from __future__ import annotations

from collections.abc import Mapping

import yaml

TEXTS, FOR = "texts", "texts_for"
_STEP = "  "


def name_for(name: str, whom: str) -> str:
    """What a text is called that was written for one report among many: 特色做法（某支部2026年度）."""
    return f"{name}（{whom.strip()}）"


def with_texts(source: str, texts: Mapping[str, str], meant_for: str = "") -> str:
    """The YAML with these texts put in or exchanged.

    `meant_for`, where given, becomes whom they are for.
    """
    if meant_for:
        source = _with_value(
            source, FOR, yaml.safe_dump(meant_for, allow_unicode=True).splitlines()[0]
        )
    for name, text in texts.items():
        source = _with_text(source, name, text)
    return source


def _with_value(source: str, name: str, value: str) -> str:
    node = _entries(source).get(name)
    if node is None:
        return f"{_ended(source)}{name}: {value}\n"
    return source[: node.start_mark.index] + value + source[node.end_mark.index :]


def _with_text(source: str, name: str, text: str) -> str:
    node = _entries(source).get(TEXTS)
    if node is None:
        return f"{_ended(source)}{TEXTS}:\n{_entry(name, text, _STEP)}"
    if not isinstance(node, yaml.MappingNode) or not node.value:
        return f"{source[: node.start_mark.index].rstrip(' ')}\n{_entry(name, text, _STEP)}{_rest(source, node.end_mark.index)}"
    indent = " " * node.value[0][0].start_mark.column
    old = next((value for key, value in node.value if key.value == name), None)
    if old is None:
        end = node.value[-1][1].end_mark.index
        return f"{_ended(source[:end])}{_entry(name, text, indent)}{source[end:].lstrip(chr(10))}"
    body = _block(text, indent + _STEP)
    return f"{source[: old.start_mark.index]}{body}{_rest(source, old.end_mark.index)}"


def _entries(source: str) -> dict[str, yaml.Node]:
    root = yaml.compose(source, Loader=yaml.SafeLoader)
    pairs = root.value if isinstance(root, yaml.MappingNode) else []
    return {key.value: value for key, value in pairs if isinstance(key, yaml.ScalarNode)}


def _entry(name: str, text: str, indent: str) -> str:
    key = yaml.safe_dump(name, allow_unicode=True).splitlines()[0]
    return f"{indent}{key}: {_block(text, indent + _STEP)}"


def _block(text: str, indent: str) -> str:
    """A text as a literal block: it reads as it was written."""
    lines = (
        f"{indent}{line.rstrip()}" if line.strip() else "" for line in text.strip().splitlines()
    )
    return "|-\n" + "\n".join(lines) + "\n"


def _rest(source: str, start: int) -> str:
    """What follows a value, without the end of its line.

    A blank line before the next entry stays.
    """
    rest = source[start:]
    return rest[1:] if rest.startswith("\n") and source[start - 1 : start] != "\n" else rest


def _ended(source: str) -> str:
    return source if not source or source.endswith("\n") else f"{source}\n"

"""A parameters file that YAML cannot read, or reads as something else -> the slips of the hand that people make in it.

A full-width colon and a tab look right in a text editor; YAML names neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from gongwen.findings import Finding, Level, Location

_WIDE_KEY = re.compile(r"(?P<name>[A-Za-z_]\w*|[\u4e00-\u9fff]{1,10})：")
_INDENTED_KEY = re.compile(r"[ \t]+(?P<name>[\u4e00-\u9fff]{1,10})：[ \t]*[|>]?[-+]?[ \t]*$")
_TAB = re.compile(r" *\t")
_COLON_HINT = "请改为半角冒号“:”，后面空一格。"


def slips_in(name: str, text: str) -> list[Finding]:
    """Full-width colons after names and tabs before them, each with its line."""
    findings = []
    for number, line in enumerate(text.splitlines(), 1):
        place = Location(file=name, spot=f"第{number}行")
        for message, hint in _slips_of(line):
            findings.append(Finding("C01", Level.ERROR, place, message, hint))
    return findings


def _slips_of(line: str) -> Iterator[tuple[str, str]]:
    wide = _WIDE_KEY.match(line) or _INDENTED_KEY.match(line)
    if wide:
        yield f"“{wide['name']}”后面是全角冒号“：”", _COLON_HINT
    if _TAB.match(line):
        yield "行首用了制表符（Tab）", "请改为空格：texts 下面的每个段落名前空两格，文字前空四格。"


def swallowed_keys(name: str, node: yaml.MappingNode) -> list[Finding]:
    """Names with a full-width colon below another name: YAML takes them for that one's words."""
    return [
        Finding(
            "C01",
            Level.ERROR,
            Location(file=name, spot=f"第{value.start_mark.line + 1}行"),
            f"“{wide['name']}”后面是全角冒号“：”",
            _COLON_HINT,
        )
        for key, value in node.value
        if isinstance(value, yaml.ScalarNode) and value.style is None
        if value.start_mark.line > key.start_mark.line and (wide := _WIDE_KEY.match(value.value))
    ]

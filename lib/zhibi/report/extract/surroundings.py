"""What surrounds a cell: pictures attached to it or beside its notebook, and the commands of TeX that the notebook defines.

The address of a picture becomes its bytes; the network is never asked.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, unquote_to_bytes

Macros = Mapping[str, tuple[int, str]]  # command -> how many arguments, what it stands for

_DEFINITION = re.compile(
    r"\\(?:re)?(?:newcommand|DeclareMathOperator|providecommand)\*?\s*\{?\s*(?P<name>\\[A-Za-z]+)\s*\}?"
    r"\s*(?:\[(?P<count>\d)\])?\s*(?=\{)|\\def\s*(?P<plain>\\[A-Za-z]+)\s*(?P<marks>(?:#\d)*)\s*(?=\{)"
)
_MOST_EXPANSIONS = 200
LARGEST = 50_000_000  # bytes of a picture file that is read at all


@dataclass(frozen=True)
class Surroundings:
    """Where a cell stands: what is attached to it, and the folder of its notebook if that is known."""

    attachments: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    folder: Path | None = None
    macros: Macros = field(default_factory=dict)

    def expanded(self, tex: str) -> str:
        """A formula without the commands that the notebook defines.

        Nothing for one that only defines some.
        """
        return expanded(tex, self.macros)

    def picture(self, address: str) -> bytes | None:
        """The bytes at an address; None where they cannot be had without the network."""
        if address.startswith("data:"):
            return _of_data_uri(address)
        if address.startswith("attachment:"):
            return self._attached(address.removeprefix("attachment:"))
        if "://" in address or address.startswith("//"):
            return None
        return self._attached(address) or self._beside(re.split("[?#]", address, maxsplit=1)[0])

    def _attached(self, name: str) -> bytes | None:
        bundle = self.attachments.get(name) or self.attachments.get(unquote(name)) or {}
        for kind, content in bundle.items():
            if kind.startswith("image/"):
                return (
                    content.encode()
                    if kind.endswith("svg+xml") and "<" in content
                    else decoded(content)
                )
        return None

    def _beside(self, name: str) -> bytes | None:
        """A file in the notebook's folder or below it."""
        if self.folder is None or not name:
            return None
        home = self.folder.resolve()
        for each in dict.fromkeys((name, unquote(name))):
            try:
                file = (home / each).resolve()
                if file.is_relative_to(home) and file.is_file() and file.stat().st_size <= LARGEST:
                    return file.read_bytes()
            except (OSError, ValueError):
                continue
        return None


def _of_data_uri(address: str) -> bytes | None:
    head, comma, content = address.partition(",")
    if not comma or not head.startswith("data:image/"):
        return None
    return decoded(unquote(content)) if head.endswith(";base64") else unquote_to_bytes(content)


def decoded(text: str | list[str]) -> bytes | None:
    """The bytes of base64 text, whatever blanks stand in it; None if it is none."""
    words = "".join(text) if isinstance(text, list) else text
    try:
        return base64.b64decode("".join(words.split()), validate=True)
    except (binascii.Error, ValueError):
        return None


def defined(source: str) -> dict[str, tuple[int, str]]:
    """The commands that a text defines."""
    found = {}
    for each in _DEFINITION.finditer(source):
        body, _ = _group(source, each.end())
        count = int(each["count"]) if each["count"] else (each["marks"] or "").count("#")
        operator = "DeclareMathOperator" in each[0]
        name = each["name"] or each["plain"]
        found[name] = (count, rf"\operatorname{{{body}}}" if operator else body)
    return found


def expanded(tex: str, macros: Macros) -> str:
    """The formula with its definitions gone and the commands written out."""
    tex = _without_definitions(tex)
    if not macros:
        return tex.strip()
    names = re.compile("|".join(rf"{re.escape(name)}(?![A-Za-z])" for name in macros))
    for _ in range(_MOST_EXPANSIONS):
        match = names.search(tex)
        if not match:
            break
        count, body = macros[match[0]]
        end = match.end()
        for number in range(1, count + 1):
            argument, end = _group(tex, end)
            body = body.replace(f"#{number}", argument)
        tex = f"{tex[: match.start()]}{{{body}}}{tex[end:]}"
    return tex.strip()


def _without_definitions(tex: str) -> str:
    while match := _DEFINITION.search(tex):
        _, end = _group(tex, match.end())
        tex = tex[: match.start()] + tex[end:]
    return tex


def _group(tex: str, start: int) -> tuple[str, int]:
    """The next argument, with or without braces, and where it ends."""
    while start < len(tex) and tex[start].isspace():
        start += 1
    if start >= len(tex) or tex[start] != "{":
        single = re.compile(r"\\[A-Za-z]+|.", re.DOTALL).match(tex, start)
        return (single[0], single.end()) if single else ("", len(tex))
    depth = 0
    for at in range(start, len(tex)):
        escaped = at > 0 and tex[at - 1] == "\\"
        depth += (tex[at] == "{" and not escaped) - (tex[at] == "}" and not escaped)
        if not depth:
            return tex[start + 1 : at], at + 1
    return tex[start + 1 :], len(tex)

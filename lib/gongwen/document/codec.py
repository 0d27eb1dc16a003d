"""Blocks and facts <-> plain JSON, as they travel inside a notebook's output.

Blocks are objects tagged with their class (`is`); fields at their default are left out. Facts are
listed once by id, parents by id; row numbers are written as ranges (2-601,603). Reading back gives
equal values, or an error.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from gongwen import document
from gongwen.document import Block
from gongwen.errors import UnreadableOutput
from gongwen.facts import row_runs
from gongwen.facts.value import Cited, Derived, Fact, Origin, Read, Rows, Value, lineage_of

MIME = "application/vnd.zhibi.blocks.v1+json"
VERSION = 1

_CLASSES: dict[str, type[Any]] = {
    kind.__name__: kind
    for kind in (
        document.Text,
        document.Reference,
        document.Note,
        document.Citation,
        document.Formula,
        document.Equation,
        document.Title,
        document.Byline,
        document.Heading,
        document.Paragraph,
        document.Items,
        document.Cell,
        document.Table,
        document.Figure,
        document.Verbatim,
        document.Todo,
        document.PageBreak,
        document.Bibliography,
        document.Attachment,
    )
}


def _defaults(kind: type) -> tuple[tuple[str, Any], ...]:
    """The fields of a class with their defaults; one without has something equal to nothing."""
    return tuple((each.name, each.default) for each in fields(kind))


_FIELDS = {kind: _defaults(kind) for kind in _CLASSES.values()}
_VALUES = {int: "int", Decimal: "decimal", str: "text", date: "date"}


class Dumped(dict[str, Any]):
    """What `dump` wrote, which remembers what it was written from.

    In the same process it need not be read back.

    Whoever changes it must make a plain dict of it first. A copy, and what arrives in another
    process, is a plain dict.
    """

    __slots__ = ("origin",)

    def __init__(
        self, content: Mapping[str, Any], origin: tuple[tuple[Block, ...], dict[str, Fact]]
    ) -> None:
        super().__init__(content)
        self.origin = origin

    def __reduce__(self) -> tuple[type[dict[str, Any]], tuple[dict[str, Any]]]:
        return dict, (dict(self),)

    def copy(self) -> dict[str, Any]:
        """A plain dict."""
        return dict(self)


def dump(blocks: Iterable[Block], facts: Mapping[str, Fact] | Iterable[Fact]) -> Dumped:
    """Blocks and facts, with all that the facts were computed from, as JSON values."""
    each_fact, blocks = facts.values() if isinstance(facts, Mapping) else facts, tuple(blocks)
    lineage = lineage_of(each_fact)
    content = {
        "version": VERSION,
        "blocks": [_encoded(block) for block in blocks],
        "facts": {key: _fact_encoded(fact) for key, fact in lineage.items()},
    }
    return Dumped(content, (blocks, lineage))


def load(data: Mapping[str, Any]) -> tuple[tuple[Block, ...], dict[str, Fact]]:
    """The blocks and every fact by id.

    An unknown version or anything not written by `dump` is an error.
    """
    if isinstance(data, Dumped):
        blocks, facts = data.origin
        return blocks, dict(facts)
    if not isinstance(data, Mapping) or data.get("version") != VERSION:
        version = data.get("version") if isinstance(data, Mapping) else None
        raise UnreadableOutput(f"版本是 {version}，这里只认识 {VERSION}")
    try:
        blocks = tuple(_decoded(block) for block in data["blocks"])
        facts = _facts_decoded(data["facts"])
    except (
        KeyError,
        TypeError,
        ValueError,
        AttributeError,
        ArithmeticError,
        binascii.Error,
    ) as fault:
        raise UnreadableOutput(
            f"内容不完整或被改动过（{type(fault).__name__}: {fault}）"
        ) from fault
    return blocks, facts


def _encoded(value: Any) -> Any:
    kind = type(value)
    if kind is str:
        return value
    if kind in _FIELDS:
        encoded: dict[str, Any] = {"is": kind.__name__}
        for name, default in _FIELDS[kind]:
            own = getattr(value, name)
            if own != default:
                encoded[name] = _encoded(own)
        return encoded
    match value:
        case tuple():
            return [_encoded(each) for each in value]
        case bytes():
            return {"base64": base64.b64encode(value).decode("ascii")}
        case date():
            return {"date": value.isoformat()}
        case _:
            return value


def _decoded(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_decoded(each) for each in value)
    if not isinstance(value, dict):
        return value
    if "base64" in value:
        return base64.b64decode(value["base64"], validate=True)
    if "date" in value:
        return date.fromisoformat(value["date"])
    kind = _CLASSES[value["is"]]
    return kind(**{name: _decoded(each) for name, each in value.items() if name != "is"})


@lru_cache(maxsize=1024)  # a fact on all rows of a county goes along with each of its branches
def _fact_encoded(fact: Fact) -> dict[str, Any]:
    return {
        "label": fact.label,
        "value": _value_encoded(fact.value),
        "origin": _origin_encoded(fact.origin),
        "unit": fact.unit,
        "as_of": fact.as_of.isoformat() if fact.as_of else None,
        "places": fact.places,
        "gaps": [_rows_encoded(rows) for rows in fact.gaps],
    }


def _facts_decoded(data: Mapping[str, Any]) -> dict[str, Fact]:
    decoded: dict[str, Fact] = {}

    def fact_of(key: str, below: tuple[str, ...] = ()) -> Fact:
        if key in below:
            raise ValueError(f"指标 {key} 由它自己算出")
        if key not in decoded:
            decoded[key] = _fact_decoded(data[key], lambda parent: fact_of(parent, (*below, key)))
            if decoded[key].id != key:
                raise ValueError(f"指标“{decoded[key].label}”与它的编号 {key} 不符")
        return decoded[key]

    for key in data:
        fact_of(key)
    return decoded


def _fact_decoded(data: Mapping[str, Any], fact_of: Callable[[str], Fact]) -> Fact:
    as_of = date.fromisoformat(data["as_of"]) if data["as_of"] else None
    return Fact(
        data["label"],
        _value_decoded(data["value"]),
        _origin_decoded(data["origin"], fact_of),
        data["unit"],
        as_of,
        data["places"],
        tuple(_rows_decoded(rows) for rows in data["gaps"]),
    )


def _value_encoded(value: Value) -> dict[str, str] | None:
    if value is None:
        return None
    return {_VALUES[type(value)]: str(value)}  # of a date: 2026-01-31


def _value_decoded(data: Mapping[str, str] | None) -> Value:
    if data is None:
        return None
    ((kind, text),) = data.items()
    readers: dict[str, Callable[[str], Value]] = {
        "int": int,
        "decimal": Decimal,
        "text": str,
        "date": date.fromisoformat,
    }
    return readers[kind](text)


def _origin_encoded(origin: Origin) -> dict[str, Any]:
    match origin:
        case Read(operation, cells):
            return {"read": operation, "cells": [_rows_encoded(rows) for rows in cells]}
        case Derived(operation, parents):
            return {"derived": operation, "parents": [parent.id for parent in parents]}
        case Cited(source, article, verified):
            return {"cited": source, "article": article, "verified": verified}


def _origin_decoded(data: Mapping[str, Any], fact_of: Callable[[str], Fact]) -> Origin:
    if "read" in data:
        return Read(data["read"], tuple(_rows_decoded(rows) for rows in data["cells"]))
    if "derived" in data:
        return Derived(data["derived"], tuple(fact_of(parent) for parent in data["parents"]))
    return Cited(data["cited"], data["article"], data["verified"])


def _rows_encoded(rows: Rows) -> list[str]:
    return [rows.file, rows.sheet, row_runs.text_of(rows.rows), rows.column]


def _rows_decoded(data: list[str]) -> Rows:
    file, sheet, text, column = data
    return Rows(file, sheet, row_runs.from_text(text), column)

"""The tables of a profile file -> the values of a Profile with their reasons, or every fault of them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass
from pathlib import Path
from typing import Any, get_args, get_type_hints

from gongwen.errors import InvalidInput, near_miss
from gongwen.findings import Finding, Level, Location
from gongwen.profile.design import (
    TWIPS_PER_POINT,
    Closing,
    Fonts,
    Foot,
    Grid,
    Header,
    Letter,
    Numbering,
    Page,
    PageNumber,
    Profile,
    Rule,
    Strength,
    Style,
    Styles,
    Tables,
)
from gongwen.profile.overlay import PROVENANCE

_PARTS = {
    "page": Page, "grid": Grid, "page_number": PageNumber, "numbering": Numbering, "tables": Tables, "header": Header,
    "letter": Letter, "closing": Closing, "imprint": Foot,
}  # fmt: skip


def fault_of(code: str, path: Path, key: str, message: str) -> Finding:
    """A fault of a profile file at a key."""
    return Finding(
        code, Level.ERROR, Location(file=str(path), spot=key), message, "请改正版式文件后重试。"
    )


class ProfileReading:
    """One pass over one file, gathering values, rules and faults."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.faults: list[Finding] = []
        self.rules: dict[str, Rule] = {}
        self.fonts: dict[str, Fonts] = {}

    def profile(self, content: dict[str, Any]) -> Profile:
        """The whole file as a Profile, or InvalidInput with everything that is wrong."""
        self.known("", content, {"profile", "fonts", "styles", *_PARTS})
        head = self.section("profile", content, _Head)
        for name in self.table("fonts", content):
            fonts = self.section(f"fonts.{name}", content["fonts"], Fonts)
            if fonts is not None:
                self.fonts[name] = fonts
        style_tables = self.table("styles", content)
        self.known("styles", style_tables, {item.name for item in dataclasses.fields(Styles)})
        styles = {
            item.name: self.section(f"styles.{item.name}", style_tables, Style)
            for item in dataclasses.fields(Styles)
        }
        sections = {name: self.section(name, content, kind) for name, kind in _PARTS.items()}
        base = self.base(head.base) if head else b""
        if self.faults or head is None:
            raise InvalidInput(f"版式文件 {self.path} ", self.faults)
        return Profile(
            name=head.name,
            title=head.title,
            styles=Styles(**styles),
            rules=self.rules,
            fonts=self.fonts,
            base=base,
            base_styles=head.base_styles,
            ignored=head.ignore,
            **sections,
        )

    def base(self, name: str) -> bytes:
        """The bytes of the base document named in the file, beside it."""
        beside = self.path.parent / name
        if not name:
            return b""
        if not beside.is_file():
            self.fault("L05", "profile.base", f"找不到底版文件 {beside}")
            return b""
        return beside.read_bytes()

    def section(self, key: str, parent: Mapping[str, Any], kind: type) -> Any:
        """One table of the file as a dataclass, or None if it has faults."""
        entries = self.table(key, parent)
        if not entries:
            return None
        hints = get_type_hints(kind)
        fields = {item.name: item for item in dataclasses.fields(kind)}
        points = {name.replace("_twips", "_pt") for name in fields if name.endswith("_twips")}
        self.known(key, entries, {*fields, *points, *PROVENANCE})
        before = len(self.faults)
        shared = {name: entries[name] for name in PROVENANCE if name in entries}
        values = {}
        for name, value in self.settings(key, entries, fields):
            plain, own = (
                (value["value"], value)
                if isinstance(value, dict) and "value" in value
                else (value, {})
            )
            self.rules[f"{key}.{name}"] = self.provenance(f"{key}.{name}", {**shared, **own})
            values[name] = self.value(
                f"{key}.{name}", plain, hints[name], fields[name].metadata.get("range")
            )
        return None if len(self.faults) > before else kind(**values)

    def settings(
        self, key: str, entries: Mapping[str, Any], fields: Mapping[str, Any]
    ) -> Iterator[tuple[str, Any]]:
        """Each field with the value given for it.

        Points become twips, a required field left out is a fault.
        """
        for name, item in fields.items():
            in_points = name.replace("_twips", "_pt")
            if name in entries:
                yield name, entries[name]
            elif in_points != name and in_points in entries:
                yield name, _to_twips(entries[in_points])
            elif item.default is MISSING:
                self.fault("L03", f"{key}.{name}", "缺少这一项")

    def provenance(self, key: str, entries: Mapping[str, Any]) -> Rule:
        """The reason given for a value; a reason left out or of another strength is a fault."""
        clause, strength, source = (entries.get(name, "") for name in PROVENANCE)
        if not (
            isinstance(clause, str) and isinstance(source, str) and source and "clause" in entries
        ):
            self.fault("L04", key, "没有写明依据（clause 条款、source 出处）")
        if strength not in get_args(Strength):
            self.fault(
                "L04",
                key,
                f"依据的强度（strength）应为“{'”“'.join(get_args(Strength))}”之一，现为“{strength}”",
            )
        return Rule(str(clause), strength, str(source))

    def value(self, key: str, raw: Any, kind: Any, limits: tuple[float, float] | None) -> Any:
        """A value of the kind its field wants."""
        if kind is Fonts:
            if raw not in self.fonts:
                self.fault("L02", key, f"没有名为“{raw}”的字体{near_miss(str(raw), self.fonts)}")
            return self.fonts.get(raw)
        wanted = _unlike(raw, kind)
        if wanted:
            self.fault("L05", key, f"应为{wanted}，现为“{raw}”")
        elif limits and not limits[0] <= raw <= limits[1]:
            self.fault("L05", key, f"应在{limits[0]:g}到{limits[1]:g}之间，现为{raw}")
        return tuple(raw) if isinstance(raw, list) else raw

    def table(self, key: str, parent: Mapping[str, Any]) -> Mapping[str, Any]:
        """The table of the last name in `key`; empty, with a fault, if it is not there."""
        entries = parent.get(key.rpartition(".")[2])
        if isinstance(entries, dict) and entries:
            return entries
        self.fault("L03", key, "缺少这一节")
        return {}

    def known(self, key: str, entries: Mapping[str, Any], names: set[str]) -> None:
        """A fault for each key that means nothing here."""
        for name in entries.keys() - names:
            self.fault(
                "L02",
                f"{key}.{name}".strip("."),
                f"没有名为“{name}”的项{near_miss(name, sorted(names))}",
            )

    def fault(self, code: str, key: str, message: str) -> None:
        """Remember one fault of the file."""
        self.faults.append(fault_of(code, self.path, key, message))


@dataclass(frozen=True, slots=True)
class _Head:
    """The first table of the file."""

    name: str
    title: str
    base: str = ""
    base_styles: bool = False
    extends: str = ""
    ignore: tuple[str, ...] = ()


def _to_twips(points: Any) -> Any:
    if isinstance(points, dict) and "value" in points:
        return {**points, "value": _to_twips(points["value"])}
    return round(points * TWIPS_PER_POINT) if isinstance(points, int | float) else points


_PLAIN: Mapping[type, tuple[tuple[type, ...], str]] = {
    bool: ((bool,), "true或false"),
    str: ((str,), "带引号的文字"),
    int: ((int,), "整数（不带单位）"),
    float: ((int, float), "数字（不带单位）"),
}


def _unlike(raw: Any, kind: Any) -> str:
    """What was wanted instead, or nothing if the value is of the kind."""
    if kind in _PLAIN:
        types, wanted = _PLAIN[kind]
        truth_for_number = isinstance(raw, bool) and kind is not bool
        return "" if isinstance(raw, types) and not truth_for_number else wanted
    choices = get_args(kind)
    if choices[-1:] == (...,):
        good = isinstance(raw, list) and raw and all(isinstance(item, str) for item in raw)
        return "" if good else "一组文字"
    return "" if raw in choices else f"“{'”“'.join(choices)}”之一"

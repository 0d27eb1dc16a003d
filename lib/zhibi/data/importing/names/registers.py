"""Names as people write them -> the codes of a workbook, the same from import to import."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from zhibi.data.contract import Column
from zhibi.data.importing.intake import NamedRows

CODE_TABLE = "代码对照"
CODE_HEADERS = ("表", "代码", "名称", "所属", "识别", "曾用名")
_CODE_LIKE = re.compile(r"[A-Za-z]{1,6}[A-Za-z0-9-]*\d+|\d{2,}")
_JOIN = "；"


@dataclass(slots=True)
class RegisterEntry:
    """One code: its names (the first is the present one), what it belongs to, and what tells it from equal names."""

    code: str
    names: list[str]
    within: str = ""
    marks: dict[str, str] = field(default_factory=dict)


@dataclass
class Register:
    """The codes of one sheet by name."""

    named: NamedRows
    column: Column
    canonical: Callable[[str], str]
    year: str = ""
    entries: dict[str, RegisterEntry] = field(default_factory=dict)
    _by_name: dict[str, list[str]] = field(default_factory=dict)
    _last: int = 0

    def add(
        self,
        code: str,
        names: Iterable[str],
        within: str = "",
        marks: Mapping[str, str] | None = None,
    ) -> RegisterEntry:
        """A code with its names; what is known of it already is kept."""
        entry = self.entries.get(code)
        if entry is None:
            entry = self.entries[code] = RegisterEntry(code, [])
            self._count(code)
        for name in names:
            if name and name not in entry.names:
                entry.names.append(name)
                known = self._by_name.setdefault(self.plain(name), [])
                if code not in known:
                    known.append(code)
        entry.within = within or entry.within
        entry.marks.update({key: value for key, value in (marks or {}).items() if value})
        return entry

    def plain(self, name: str) -> str:
        """A name without what people write differently."""
        folded = "".join(unicodedata.normalize("NFKC", name).split())
        return self.canonical(folded)

    def codes(self, name: str) -> list[str]:
        """The codes that go by a name."""
        return self._by_name.get(self.plain(name), [])

    def new(self) -> str:
        """A code nobody has."""
        prefix, digits = self._form
        self._last += 1
        return f"{prefix}{self._last:0{digits}d}"

    @cached_property
    def _form(self) -> tuple[str, int]:
        """How codes of this sheet look: what comes before the number, and its digits."""
        number = re.search(r"\d+$", self.column.example)
        digits = len(number[0]) if number else 4
        prefix = self.column.example[: number.start()] if number else self.column.key[:1].upper()
        return re.sub(r"(?:19|20)\d\d(?=\D)", self.year or "", prefix), digits

    def _count(self, code: str) -> None:
        prefix, _ = self._form
        number = code.removeprefix(prefix)
        if code.startswith(prefix) and number.isdigit():
            self._last = max(self._last, int(number))

    def table(self) -> list[tuple[str, ...]]:
        """The lines of the code table."""
        return [self._line(entry) for entry in self.entries.values()]

    def _line(self, entry: RegisterEntry) -> tuple[str, ...]:
        marks = _JOIN.join(f"{key}={value}" for key, value in entry.marks.items())
        name, *others = entry.names or [""]
        return (self.named.sheet, entry.code, name, entry.within, marks, _JOIN.join(others))


def looks_like_code(text: str) -> bool:
    """True of letters and digits; a name has other signs."""
    return bool(_CODE_LIKE.fullmatch(text))


def restore(registers: Mapping[str, Register], rows: Iterable[tuple[str, ...]]) -> None:
    """Take in the code table of an earlier import."""
    for sheet, code, name, within, marks, former in rows:
        if sheet in registers and code:
            pairs = dict(part.split("=", 1) for part in marks.split(_JOIN) if "=" in part)
            names = [name, *former.split(_JOIN)]
            registers[sheet].add(code, (part for part in names if part), within, pairs)


def agree(one: Mapping[str, str], other: Mapping[str, str]) -> bool | None:
    """Whether two sets of marks are of one thing: None where they share nothing that could tell."""
    shared = [key for key in one if one[key] and other.get(key)]
    if not shared:
        return None
    return all(one[key] == other[key] for key in shared)

"""Lines of a word list -> what a header, the name of a sheet or a value may mean.

A line has five fields: what it is about (词 表 列 值), the sheet, the column, how people write it, and what it stands
for. In the fourth `(a|b)` is a choice, `(a|b)?` one that may be missing, `<词>` a class of words that a 词 line names;
`|` also stands between whole spellings. A county's own lines come first and win.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product

from gongwen.findings import Finding, Level, Location
from zhibi.data.contract import Contract
from zhibi.data.importing.recognition.spellings import cores, usual

EVERYWHERE = "*"
CERTAIN, ASK, SPLIT, REFUSED, IGNORED = "确定", "问", "起止", "拒收", "不读"
JUDGEMENTS = (CERTAIN, ASK, SPLIT, REFUSED, IGNORED)
BESIDE = "伴:"  # certain where the named column stands in the same table
WORDS, TITLES, COLUMNS, VALUES = "词", "表", "列", "值"
_FIELDS = 5
_NUMBERED = re.compile(r"^(?:[(]?(?:\d{1,2}|[一二三四五六七八九十]{1,2})[).、．]\s*)+(?=\D)")
_BRACKETS = re.compile(r"[(\[{<〔【《][^)\]}>〕】》]*[)\]}>〕】》]")
_OPENING = re.compile(r"^[(\[〔【]([^)\]〕】]*)[)\]〕】](?=.)")
_QUALIFIED = re.compile(
    r"[(（\[【][^)）\]】]*(?:未|在读|肄业|延|拟|原|曾|前任|免|待|辞|取消|停|代|非|无|暂)"
)
_SIGNS = re.compile(r"[\s*†★☆:：\"“”'‘’_\-—、，,。.·]+")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a spelling stands for in a sheet: a column, and whether that is certain or one of several readings."""

    column: str
    judgement: str


@dataclass(frozen=True)
class Spelling:
    """A pattern as a person may write a column's name, and what it means."""

    pattern: re.Pattern[str]
    meaning: Meaning


@dataclass(frozen=True)
class Lexicon:
    """Plain names and patterns by sheet; titles by sheet; values by sheet and column, as `bare` writes them.

    `cores` are the shortest spellings of each column, to look for one that is like another.
    """

    names: Mapping[str, Mapping[str, tuple[Meaning, ...]]]
    patterns: Mapping[
        str, tuple[tuple[Spelling, ...], ...]
    ]  # of each list, those of the latest first
    titles: Mapping[str, tuple[re.Pattern[str], ...]]
    values: Mapping[tuple[str, str], tuple[tuple[re.Pattern[str], str], ...]]
    cores: Mapping[tuple[str, str], tuple[str, ...]]
    faults: tuple[Finding, ...] = ()
    people: str = ""  # what the people of a roster are called, which may stand before any header
    _found: dict[tuple[str, str], tuple[Meaning, ...]] = field(default_factory=dict, compare=False)

    def meanings(self, sheet: str, header: str) -> tuple[Meaning, ...]:
        """Everything that the spelling is said to mean in this sheet, or else in any."""
        key = (sheet, header)
        if key not in self._found:
            names = product(_variants(header, self.people), (sheet, EVERYWHERE))
            found = (self._meanings(part, name) for name, part in names)
            self._found[key] = next(filter(None, found), ())
        return self._found[key]

    def _meanings(self, sheet: str, name: str) -> tuple[Meaning, ...]:
        for spellings in self.patterns.get(sheet, ()):
            hits = (one.meaning for one in spellings if one.pattern.fullmatch(name))
            if found := tuple(dict.fromkeys(hits)):
                own = self.names.get(sheet, {}).get(name, ())
                exact = tuple(one for one in own if bare(one.column) == name)
                return exact or found
        return self.names.get(sheet, {}).get(name, ())

    def knows(self, header: str) -> bool:
        """True if the spelling means something in any sheet."""
        return any(self.meanings(sheet, header) for sheet in self.names)

    def value(self, sheet: str, column: str, text: str) -> str | None:
        """What a value stands for in a column."""
        known = self.values.get((sheet, column))
        if not known or in_doubt(text):
            return None
        name = bare(text)
        return next((word for pattern, word in known if pattern.fullmatch(name)), None)


def in_doubt(text: str) -> bool:
    """True of a value that is qualified: 本科（在读） is no 本科."""
    return bool(_QUALIFIED.search(text))


@lru_cache(maxsize=50_000)
def bare(text: str) -> str:
    """A spelling without what people write differently: width, spaces, signs, numbering and brackets."""
    folded = unicodedata.normalize("NFKC", text).replace("\n", "")
    folded = _NUMBERED.sub("", folded.strip())
    inside = _OPENING.match(folded)
    if inside:
        folded = inside[1] + folded[inside.end() :]
    without = _BRACKETS.sub("", folded)
    return _SIGNS.sub("", without or folded).upper()


def _variants(header: str, people: str) -> Iterable[str]:
    """The spelling itself, then what stands on either side of a stroke, then without whose it is."""
    whole = bare(header)
    yield whole
    plain = re.sub(r"[/／或及和]", "|", unicodedata.normalize("NFKC", header))
    parts = [bare(part) for part in plain.split("|")]
    if whole.replace("/", "") != whole:
        yield whole.replace("/", "")
    yield from (part for part in parts if part and part != whole)
    for owner in (
        people,
        "本人",
        "个人",
        "人员",
        "用户",
        "学生",
        "同志",
        "职工",
        "目前",
        "当前",
        "现",
    ):
        if owner and whole.startswith(owner) and len(whole) > len(owner) + 1:
            yield whole.removeprefix(owner)


def lexicon(contract: Contract, *texts: tuple[str, str], people: str = "") -> Lexicon:
    """The word lists, each a name and its text; those named later win. The contract's own names always hold.

    `people` is what a header may begin with without meaning anything else: 教师姓名 is 姓名 in a roster of 教师.
    """
    builder = _Builder(contract, people)
    for name, text in texts:
        builder.read(name, text)
    return builder.built()


class _Builder:
    def __init__(self, contract: Contract, people: str) -> None:
        self._people = people
        self._sheets = {sheet.title: sheet for sheet in contract.sheets}
        self._classes: dict[str, str] = {}
        self._patterns: dict[str, list[tuple[Spelling, ...]]] = {
            title: [] for title in (*self._sheets, EVERYWHERE)
        }
        self._titles = {title: [re.compile(re.escape(bare(title)))] for title in self._sheets}
        self._values: dict[tuple[str, str], list[tuple[re.Pattern[str], str]]] = {}
        self._cores: dict[tuple[str, str], list[str]] = {}
        self._faults: list[Finding] = []

    def read(self, name: str, text: str) -> None:
        """Take in one list; a line that cannot be used is reported and left out."""
        fresh: dict[str, list[Spelling]] = {title: [] for title in self._patterns}
        for number, line in enumerate(text.splitlines(), 1):
            if not line.strip() or line.startswith("#"):
                continue
            fields = [part.strip() for part in line.rstrip().split("\t")]
            fields += [""] * (_FIELDS - len(fields))
            wrong = (
                f"应有{_FIELDS}栏，用制表符隔开"
                if len(fields) > _FIELDS
                else self._take(fields, fresh)
            )
            if wrong:
                place = Location(name, spot=f"第{number}行")
                message = f"这一行用不上：{wrong}。"
                self._faults.append(Finding("M29", Level.ERROR, place, message, "请改正或删去。"))
        for sheet, spellings in fresh.items():
            if spellings:
                self._patterns[sheet].insert(0, tuple(spellings))

    def _take(  # noqa: PLR0911  (one return for each thing that may be wrong)
        self, fields: list[str], fresh: dict[str, list[Spelling]]
    ) -> str:
        about, sheet, column, written, stands_for = fields
        if about == WORDS:
            self._classes[column] = written
            return ""
        if sheet not in self._patterns:
            return f"没有名为“{sheet}”的表"
        for name, choices in self._classes.items():
            written = written.replace(f"<{name}>", f"({choices})")
        try:
            pattern = re.compile(unicodedata.normalize("NFKC", written).upper())
        except re.error:
            return f"“{fields[3]}”的括号不成对"
        if about == TITLES:
            self._titles[sheet].append(pattern)
            return ""
        known = self._sheets[sheet].headers if sheet in self._sheets else ()
        unread = stands_for in (REFUSED, IGNORED)
        if column not in known and not unread and not column.startswith("@"):
            return f"“{sheet}”表没有“{column}”这一列"
        if about == VALUES:
            self._values.setdefault((sheet, column), []).insert(0, (pattern, stands_for))
            return ""
        if about != COLUMNS or not (stands_for in JUDGEMENTS or stands_for.startswith(BESIDE)):
            return f"第一栏应为词、表、列、值之一，列的第五栏应为{'、'.join(JUDGEMENTS)}之一"
        fresh[sheet].append(Spelling(pattern, Meaning(column, stands_for)))
        self._cores.setdefault((sheet, column), []).extend(cores(written))
        return ""

    def built(self) -> Lexicon:
        """Everything read, and under it what the contract itself calls its columns, in the usual variations."""
        names: dict[str, dict[str, tuple[Meaning, ...]]] = {title: {} for title in self._patterns}
        for sheet in self._sheets.values():
            own = names[sheet.title]
            for column in sheet.columns:
                meaning = (Meaning(column.header, CERTAIN),)
                own |= {
                    name: meaning
                    for name in usual(bare(column.header), column, sheet)
                    if name not in own
                }
                self._cores.setdefault((sheet.title, column.header), []).insert(
                    0, bare(column.header)
                )
            for column in sheet.columns:
                words = self._values.setdefault((sheet.title, column.header), [])
                words += [
                    (re.compile(re.escape(bare(word))), choice) for word, choice in column.synonyms
                ]
                own[bare(column.header)] = own[bare(column.key)] = (
                    Meaning(column.header, CERTAIN),
                )
        return Lexicon(
            names,
            {sheet: tuple(lists) for sheet, lists in self._patterns.items()},
            {title: tuple(patterns) for title, patterns in self._titles.items()},
            {key: tuple(pairs) for key, pairs in self._values.items()},
            {key: tuple(dict.fromkeys(cores)) for key, cores in self._cores.items()},
            tuple(self._faults),
            self._people,
        )

"""Names of organisations in columns, titles and file names -> their codes, new ones where that is plain, questions else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain

from rapidfuzz import fuzz

from gongwen.chinese.personal_data import masked
from gongwen.findings import Finding, Level, Location
from zhibi.data.contract import Contract
from zhibi.data.importing.intake import Intake
from zhibi.data.importing.names.registers import Register, looks_like_code
from zhibi.data.importing.questions import SKIP, Answers, Question
from zhibi.data.importing.rows.blocks import Block, kind_of_file
from zhibi.data.sources.grid import addresses

NEW = "新增"
_LIKE = 80.0
_MOST_OPTIONS = 6
_PART = re.compile(r"(?:第)?(\d+)(?:\s*[-—~至到]\s*(\d+))?\s*行?\s*[=＝:：]\s*(.+)")
_LISTED = re.compile(r"所有|全体|各|等")


@dataclass
class Organisations:
    """Gives each row the code of its organisation."""

    contract: Contract
    intake: Intake
    register: Register
    answers: Answers
    # whether a list of all organisations is at hand, so that an unknown name is no new one
    listed: bool
    questions: list[Question] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    made: dict[str, tuple[str, str, int]] = field(
        default_factory=dict
    )  # code -> where it was first named
    _codes: dict[str, str | None] = field(default_factory=dict)
    _asked: set[str] = field(default_factory=set)

    @property
    def reference(self) -> str:
        """What a column refers to that holds an organisation."""
        return f"{self.register.named.sheet}.{self.register.named.key}"

    def owner_column(self, block: Block) -> str:
        """The column of a sheet that says whose a row is; empty where there is none."""
        if block.sheet.title == self.register.named.sheet:
            return ""
        named = (column.header for column in block.sheet.columns if column.refers == self.reference)
        return next(named, "")

    def resolve(self, block: Block) -> None:
        """Replace names of organisations by codes, in every column that refers to one."""
        owner = self.owner_column(block)
        if owner and not block.existing:
            self._fill(block, owner)
        for column in block.sheet.columns:
            if column.refers == self.reference and column.header in block.columns:
                cells = block.columns[column.header]
                block.columns[column.header] = [
                    self._code(cell, block, at) for at, cell in enumerate(cells)
                ]
        virtual = f"@{self.intake.people.within}"
        if virtual in block.columns:
            block.columns[virtual] = [
                self._code(cell, block, at) for at, cell in enumerate(block.columns[virtual])
            ]

    # ---- whose rows they are when no column says so
    # ------------------------------------------------------------------

    def _fill(self, block: Block, owner: str) -> None:
        cells = block.cells(owner)
        blank = [at for at, cell in enumerate(cells) if not cell]
        if not blank:
            return
        filled = list(cells)
        for at in blank:
            if block.sections[at:] and block.sections[at]:
                filled[at] = block.sections[at]
        blank = [at for at in blank if not filled[at]]
        if blank and len(blank) == len(cells):
            name = self.context(block)
            if name:
                filled = [cell or name for cell in filled]
                blank = []
        required = next(column.required for column in block.sheet.columns if column.header == owner)
        if blank and required:
            self._ask_owner(block, owner, filled, blank)
        block.columns[owner] = filled

    def context(self, block: Block) -> str:
        """The one organisation that the sheet's name, a title or the file's name speaks of."""
        if block.match is None:
            return ""
        table = block.match.table
        for text in (table.sheet, *table.titles, table.file.rsplit("/", 1)[-1].rsplit(".", 1)[0]):
            if _LISTED.search(text):
                continue
            names_of_all = (entry.names for entry in self.register.entries.values())
            known = [
                name
                for name in chain.from_iterable(names_of_all)
                if len(name) > 2 and name in text  # noqa: PLR2004  # shorter ones stand in any text
            ]
            if known:
                return max(known, key=len)
            found = re.findall(self.intake.organisation, re.sub(r"^.*?[:：]", "", text))
            office = self.intake.office
            names = [name for name in found if not (office and re.fullmatch(office, name))]
            if len(set(names)) == 1:
                return str(re.sub(r"^\d+[._\-、\s]*", "", names[0]))
        return ""

    def _ask_owner(
        self, block: Block, owner: str, filled: list[str | None], blank: list[int]
    ) -> None:
        assert block.match is not None
        table = block.match.table
        key = f"归属|{block.sheet.title}|{kind_of_file(table.file)}"
        answer = self.answers.get(key)
        if answer:
            _put(answer, block, filled, blank)
            left = [at for at in blank if not filled[at]]
            if not left:
                return
            place = Location(
                table.file, masked(table.sheet), addresses("", (block.numbers[at] for at in left))
            )
            message = f"这{len(left)}行的“{owner}”空着，“{masked(answer)[:40]}”里也没有说到。"
            self.findings.append(
                Finding("M25", Level.ERROR, place, message, "请在 对应.toml 里补上。")
            )
            return
        rows = addresses("", (block.numbers[at] for at in blank))
        every = len(blank) == len(block)
        message = (
            f"{table.file}“{masked(table.sheet)}”"
            f"{'各行' if every else f'第{rows}行'}没有写明“{owner}”，"
            f"属于哪个{self.register.named.sheet}？（写名称；分属几个的，写成 4-13行=甲；"
            "14-21行=乙）"
        )
        self._ask(Question(key, message))

    def _ask(self, question: Question) -> None:
        if question.key not in self._asked:
            self._asked.add(question.key)
            self.questions.append(question)

    # ---- a name -> a code
    # --------------------------------------------------------------------------------------------

    def _code(self, cell: str | None, block: Block, at: int) -> str | None:
        if not cell:
            return None
        if cell not in self._codes:
            self._codes[cell] = self._named(cell, block, at)
        return self._codes[cell]

    def _named(  # noqa: PLR0911
        self, name: str, block: Block, at: int
    ) -> str | None:
        if name in self.register.entries:
            return name
        known = self.register.codes(name)
        if len(known) == 1:
            return known[0]
        where = Location(block.files[at], masked(block.sheets[at]), str(block.numbers[at]))
        if not known and looks_like_code(name):
            message = f"没有代码“{masked(name)[:20]}”的{self.register.named.sheet}。"
            self.findings.append(
                Finding(
                    "V02",
                    Level.ERROR,
                    where,
                    message,
                    f"请改正代码，或写{self.register.named.sheet}的名称。",
                )
            )
            return None
        options = self._options(name, known)
        if known or options or self.listed:
            key = f"{self.register.named.sheet}|{self.register.plain(name)}"
            codes = {self._shown(code): code for code in options}
            answer = self.answers.get(key)
            if answer in codes:
                code = codes[answer]
                self.register.add(code, [name])
                return code
            if answer == SKIP:
                return None
            if answer != NEW:
                message = f"{block.files[at]}第{block.numbers[at]}行的“{masked(name)[:40]}”是哪个{self.register.named.sheet}？"
                self._ask(Question(key, message, (*codes, NEW, SKIP)))
                return None
        return self._make(name, block, at)

    def _options(self, name: str, known: list[str]) -> list[str]:
        """The organisations that may be meant: those of this name, or of one that is like it."""
        if known:
            return known[:_MOST_OPTIONS]
        plain = self.register.plain(name)
        scores = []
        for code, entry in self.register.entries.items():
            likeness = max(
                (_likeness(plain, self.register.plain(other)) for other in entry.names), default=0.0
            )
            if likeness >= _LIKE:
                scores.append((-likeness, code))
        return [code for _, code in sorted(scores)[:_MOST_OPTIONS]]

    def _shown(self, code: str) -> str:
        entry = self.register.entries[code]
        return f"{entry.names[0] if entry.names else code}（{code}）"

    def _make(self, name: str, block: Block, at: int) -> str:
        code = self.register.new()
        self.register.add(code, [name])
        self.made[code] = (block.files[at], block.sheets[at], block.numbers[at])
        return code

    def rows(self) -> Iterable[tuple[Mapping[str, str], tuple[str, str, int]]]:
        """The rows of organisations that no table lists, each with the row that named it first."""
        named = self.register.named
        for code, origin in self.made.items():
            name = self.register.entries[code].names[0]
            cells = named.new(name) if named.new else {}
            yield {named.key: code, named.names[0]: name, **cells}, origin


def _likeness(one: str, other: str) -> float:
    """How like two names are; numbers in them must be the same, since 第一小学 is not 第二小学."""
    numbers = r"[\d一二三四五六七八九十]+"
    if re.findall(numbers, one) != re.findall(numbers, other):
        return 0.0
    if len(one) > 4 and len(other) > 4 and (one in other or other in one):  # noqa: PLR2004
        return 95.0
    return fuzz.ratio(one, other)


def _put(answer: str, block: Block, filled: list[str | None], blank: list[int]) -> None:
    """One name for all rows, or names for runs of rows: 4-13行=甲；14行=乙."""
    parts = [part for part in re.split(r"[；;]", answer) if part.strip()]
    runs = [_PART.fullmatch(part.strip()) for part in parts]
    if not all(runs):
        for at in blank:
            filled[at] = answer
        return
    for run in runs:
        assert run is not None
        first, last = int(run[1]), int(run[2] or run[1])
        for at in blank:
            if first <= block.numbers[at] <= last:
                filled[at] = run[3].strip()

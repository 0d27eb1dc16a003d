"""Rows of people -> their codes: the same person the same code, two people of one name two, or a question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from gongwen.chinese.personal_data import masked
from gongwen.findings import Finding, Level, Location
from zhibi.data.importing.names.registers import Register, agree, looks_like_code
from zhibi.data.importing.questions import Answers, Question
from zhibi.data.importing.rows.blocks import Block

SAME, OTHER = "同一个人", "另一个人"


@dataclass
class People:
    """Gives people their codes."""

    register: Register
    answers: Answers
    organisation: str  # the key of the sheet of organisations
    questions: list[Question] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    moved: int = 0
    _met: dict[str, tuple[str, int]] = field(
        default_factory=dict
    )  # code -> the row that has it in this import

    def enrol(self, block: Block) -> None:
        """A code for each row of the sheet of people."""
        named = self.register.named
        names, homes = block.cells(named.names[0]), block.cells(named.within)
        marks = [block.cells(mark) for mark in named.marks]
        own = block.cells(named.key)
        codes: list[str | None] = []
        for at, name in enumerate(names):
            if not name:
                codes.append(own[at])
                continue
            tells = {
                mark: _word(cells[at])
                for mark, cells in zip(named.marks, marks, strict=True)
                if cells[at] is not None
            }
            home = homes[at] or ""
            if own[at] and looks_like_code(own[at]):
                code = own[at]
                self.register.add(code, [name], home, tells)
            else:
                code = self._enrolled(name, home, tells, block, at)
            if not block.existing:
                self._met.setdefault(code, (block.files[at], block.numbers[at]))
            codes.append(code)
        block.columns[named.key] = codes

    def _enrolled(
        self, name: str, home: str, tells: Mapping[str, str], block: Block, at: int
    ) -> str:
        known = [self.register.entries[code] for code in self.register.codes(name)]
        here = [entry for entry in known if entry.within == home]
        same = [entry for entry in here if agree(tells, entry.marks) is not False]
        if len(same) == 1 and same[0].code not in self._met:
            return self.register.add(same[0].code, [name], home, tells).code
        if same:
            key = f"同名|{name}|{home}|{_marks(tells)}"
            message = f"{block.files[at]}第{block.numbers[at]}行的“{name}”与同一单位已有的“{name}”是不是同一个人？"
            return self._asked(key, message, same[0].code, name, home, tells)
        if here:
            free = [entry for entry in here if entry.code not in self._met]
            if not free:  # two rows of this import that say different things of one name
                return self._new(name, home, tells)
            key = f"同名|{name}|{home}|{_marks(tells)}"
            differ = "、".join(
                mark for mark in tells if free[0].marks.get(mark, tells[mark]) != tells[mark]
            )
            message = (
                f"{block.files[at]}第{block.numbers[at]}行的“{name}”与上次导入的“{name}”"
                f"（{free[0].code}）{differ}不同，"
                "是改正了内容的同一个人，还是另一个人？"
            )
            return self._asked(key, message, free[0].code, name, home, tells)
        elsewhere = [
            entry for entry in known if entry.code not in self._met and agree(tells, entry.marks)
        ]
        if len(elsewhere) == 1 and len(tells) > 1:
            self.moved += 1
            return self.register.add(elsewhere[0].code, [name], home, tells).code
        return self._new(name, home, tells)

    def _asked(
        self, key: str, message: str, code: str, name: str, home: str, tells: Mapping[str, str]
    ) -> str:
        answer = self.answers.get(key)
        if answer == OTHER:
            return self._new(name, home, tells)
        if answer == SAME:
            entry = self.register.entries[code]
            entry.marks.update(tells)
            return code
        self.questions.append(Question(key, message, (SAME, OTHER)))
        return code

    def _new(self, name: str, home: str, tells: Mapping[str, str]) -> str:
        return self.register.add(self.register.new(), [name], home, tells).code

    def resolve(self, block: Block, header: str, *, required: bool) -> None:
        """Replace names by codes in a column that refers to people."""
        within = block.cells(f"@{self.register.named.within}")
        owner = self._owner(block)
        cells = block.cells(header)
        people = [
            self._code(
                cell,
                within[at] or (owner[at] if owner else None),
                block,
                at,
                header,
                required=required,
            )
            for at, cell in enumerate(cells)
        ]
        block.columns[header] = people

    def _owner(self, block: Block) -> list[str | None]:
        for column in block.sheet.columns:
            if (
                column.header in (self.organisation, self.register.named.within)
                and column.header in block.columns
            ):
                return block.columns[column.header]
        return []

    def _code(
        self,
        cell: str | None,
        home: str | None,
        block: Block,
        at: int,
        header: str,
        *,
        required: bool,
    ) -> str | None:
        if not cell or cell in self.register.entries:
            return cell
        codes = self.register.codes(cell)
        if home and len(codes) > 1:
            codes = [code for code in codes if self.register.entries[code].within == home] or codes
        if len(codes) == 1:
            return codes[0]
        if codes:
            key = f"谁|{cell}|{home or ''}"
            options = {self._shown(code): code for code in codes}
            answer = self.answers.get(key)
            if answer in options:
                return options[answer]
            message = f"{block.files[at]}第{block.numbers[at]}行的“{header}”写的是“{masked(cell)}”，是哪一位？"
            self.questions.append(Question(key, message, tuple(options)))
            return None
        place = Location(block.files[at], masked(block.sheets[at]), str(block.numbers[at]), header)
        what = "代码" if looks_like_code(cell) else "姓名"
        message = f"{what}“{masked(cell)[:20]}”在名册里没有。"
        level = Level.ERROR if required else Level.WARNING
        hint = "请改正，或把名册一起导入。" if required else "先留空。"
        self.findings.append(Finding("V02", level, place, message, hint))
        return None

    def _shown(self, code: str) -> str:
        entry = self.register.entries[code]
        marks = "、".join(entry.marks.values())
        return f"{entry.names[0]}（{code}，{entry.within}{'，' + marks if marks else ''}）"


def _word(cell: object) -> str:
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _marks(tells: Mapping[str, str]) -> str:
    return "、".join(tells.values())

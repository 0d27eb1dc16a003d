"""All blocks of an import -> the same with codes where people wrote names."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any

from gongwen.findings import Finding, Level, Location
from zhibi.data.contract import Column, Contract
from zhibi.data.importing.intake import Intake, NamedRows
from zhibi.data.importing.names.claims import Claims
from zhibi.data.importing.names.holders import Holders
from zhibi.data.importing.names.keys import Keys
from zhibi.data.importing.names.organisations import Organisations
from zhibi.data.importing.names.people import People
from zhibi.data.importing.names.registers import Register, restore
from zhibi.data.importing.questions import Answers, Question
from zhibi.data.importing.rows.blocks import Block

_TOLD = 10


class Naming:
    """All registers of one import, and the order in which names become codes."""

    def __init__(
        self,
        contract: Contract,
        intake: Intake,
        earlier: Sequence[tuple[str, ...]],
        answers: Answers,
        year: str,
    ) -> None:
        self._contract, self._intake, self._answers = contract, intake, answers
        self._sheets = {sheet.title: sheet for sheet in contract.sheets}
        self._registers = {
            named.sheet: Register(named, self._key(named), self._canonical(named), year)
            for named in (intake.organisations, intake.people, *intake.others)
        }
        from_earlier = [row for row in earlier if row and row[0] in self._registers]
        restore(self._registers, from_earlier)
        self._orgs = Organisations(
            contract,
            intake,
            self._registers[intake.organisations.sheet],
            answers,
            listed=False,
        )
        self._people = People(
            self._registers[intake.people.sheet], answers, intake.organisations.key
        )
        others = {named.sheet: self._registers[named.sheet] for named in intake.others}
        self._keys = Keys(contract, others)
        self.extra: list[Block] = []
        self.questions: list[Question] = []
        self.findings: list[Finding] = []

    def _canonical(self, named: NamedRows) -> Any:
        return self._intake.canonical if named is self._intake.organisations else str

    def _key(self, named: NamedRows) -> Column:
        return next(
            column for column in self._sheets[named.sheet].columns if column.header == named.key
        )

    def run(self, blocks: list[Block]) -> None:
        """Codes for everything, organisations first."""
        intake = self._intake
        listed = [block for block in blocks if block.sheet.title == intake.organisations.sheet]
        for block in listed:
            self._list(block)
        self._orgs.listed = any(not block.existing or "" in block.files for block in listed)
        claims, holders = Claims(self._orgs, self._answers), Holders(intake)
        claims.settle(blocks)
        for block in blocks:
            self._orgs.resolve(block)
        self.extra = self._made()
        for block in blocks:
            if block.sheet.title == intake.people.sheet:
                self._people.enrol(block)
        for block in blocks:
            self._keys.number(block)
        for block in blocks:
            self._refer(block)
        holders.fill(blocks, self.extra)
        self.questions = [*claims.questions, *self._orgs.questions, *self._people.questions]
        for namer in (claims, self._orgs, self._people, self._keys, holders):
            self.findings += namer.findings
        if self._people.moved:
            people = intake.people
            marks = "、".join(people.marks) or "别的"
            message = f"有{self._people.moved}人与上次导入的同名，{marks}也相同，“{people.within}”不同，按同一个人换了单位处理，代码不变。"
            self.findings.append(Finding("M27", Level.NOTE, Location(), message))

    def _list(self, block: Block) -> None:
        """Organisations a table lists: codes as they stand there, or new ones."""
        register, named = self._orgs.register, self._intake.organisations
        names = [block.cells(name) for name in named.names]
        given = block.cells(named.key)
        codes = []
        for at, own in enumerate(given):
            called = [cells[at] for cells in names if cells[at]]
            code = own
            if not own and called:
                known = register.codes(called[0])
                code = known[0] if len(known) == 1 else register.new()
            if code:
                register.add(code, called)
            codes.append(code)
        block.columns[named.key] = codes

    def _made(self) -> list[Block]:
        named = self._intake.organisations
        sheet = self._sheets[named.sheet]
        made = list(self._orgs.rows())
        if not made:
            return []
        columns: dict[str, list[Any]] = {}
        for header in sheet.headers:
            cells = [row.get(header) for row, _ in made]
            if any(cells):
                columns[header] = cells
        origins = [origin for _, origin in made]
        files, sheets, numbers = (list(part) for part in zip(*origins, strict=True))
        message = f"新增了{len(made)}个{named.sheet}：{'、'.join(row[named.names[0]] for row, _ in made[:_TOLD])}"
        more = "等。" if len(made) > _TOLD else "。"
        self.findings.append(Finding("M27", Level.NOTE, Location(), message + more))
        return [Block(sheet, None, columns, files, sheets, numbers)]

    def _refer(self, block: Block) -> None:
        people = self._intake.people
        target = f"{people.sheet}.{people.key}"
        for column in block.sheet.columns:
            if column.refers == target and column.header in block.columns and not block.existing:
                self._people.resolve(block, column.header, required=column.required)
        self._keys.refer(block)

    def codes(self) -> list[tuple[str, ...]]:
        """The lines of the code table."""
        tables = (register.table() for register in self._registers.values())
        return list(chain.from_iterable(tables))

"""What a list of people says somebody is -> the column of their organisation that names who that is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from gongwen.findings import Finding, Level, Location
from zhibi.data.importing.intake import Holder, Intake
from zhibi.data.importing.rows.blocks import Block

_Row = tuple[str, str, int]


@dataclass
class Holders:
    """Fills in who holds an office where the list of organisations does not say and one person of it is said to."""

    intake: Intake
    findings: list[Finding] = field(default_factory=list)

    def fill(self, blocks: Sequence[Block], made: Sequence[Block]) -> None:
        """`made` are organisations that no table lists.

        Their rows come from the row of the holder.
        """
        for office in self.intake.holders:
            holders = self._found(office, blocks)
            for block in (*blocks, *made):
                if block.sheet.title == self.intake.organisations.sheet:
                    self._into(office, block, holders, made=any(block is one for one in made))

    def _found(self, office: Holder, blocks: Iterable[Block]) -> dict[str, dict[str, _Row]]:
        """By organisation, the codes of those who are said to hold it, and the rows that say so."""
        people = self.intake.people
        rows: dict[str, dict[str, _Row]] = {}
        for block in blocks:
            if block.sheet.title != people.sheet or block.existing:
                continue
            said, homes = block.cells(office.said_in), block.cells(people.within)
            gone = block.cells(office.gone)
            for at, code in enumerate(block.cells(people.key)):
                if code and homes[at] and said[at] == office.word and gone[at] is None:
                    row = (block.files[at], block.sheets[at], block.numbers[at])
                    rows.setdefault(homes[at], {})[code] = row
        return rows

    def _into(
        self, office: Holder, block: Block, found: dict[str, dict[str, _Row]], *, made: bool
    ) -> None:
        cells = list(block.cells(office.column))
        for at, code in enumerate(block.cells(self.intake.organisations.key)):
            holders = found.get(code, {})
            known = cells[at] is not None and not block.existing
            if not holders or known or cells[at] in holders:
                continue
            if len(holders) > 1:
                self._several(office, block, at, len(holders))
                continue
            [(person, row)] = holders.items()
            if cells[at] is not None:
                self._changed(office, block, at, str(cells[at]), person)
            cells[at] = person
            if made:
                block.files[at], block.sheets[at], block.numbers[at] = row
        if any(cell is not None for cell in cells):
            block.columns[office.column] = cells

    def _name(self, block: Block, at: int) -> str:
        return str(block.cells(self.intake.organisations.names[0])[at])

    def _several(self, office: Holder, block: Block, at: int, count: int) -> None:
        message = (
            f"“{self._name(block, at)}”有{count}人写着“{office.word}”，“{office.column}”没有填。"
        )
        hint = "请核实是哪一位，在工作簿里填上。"
        self.findings.append(Finding("M27", Level.WARNING, Location(), message, hint))

    def _changed(self, office: Holder, block: Block, at: int, before: str, now: str) -> None:
        message = f"“{self._name(block, at)}”的“{office.column}”由{before}改为{now}。"
        self.findings.append(Finding("M27", Level.NOTE, Location(), message))

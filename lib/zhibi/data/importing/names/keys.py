"""Rows of the other sheets -> their codes, and names in columns that refer to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gongwen.chinese.personal_data import masked
from gongwen.findings import Finding, Level, Location
from zhibi.data.contract import Contract
from zhibi.data.importing.names.people import _word
from zhibi.data.importing.names.registers import Register, looks_like_code
from zhibi.data.importing.rows.blocks import Block

_JOIN = "｜"


@dataclass
class Keys:
    """Codes of sheets whose rows are neither organisations nor people."""

    contract: Contract
    registers: Mapping[str, Register]
    findings: list[Finding] = field(default_factory=list)

    def number(self, block: Block) -> None:
        """A code for each row of a sheet that has codes of its own."""
        register = self.registers.get(block.sheet.title)
        if register is None:
            return
        named = register.named
        given = block.cells(named.key)
        parts = [block.cells(name) for name in named.names if name != named.key]
        codes: list[str | None] = []
        for at, own in enumerate(given):
            name = self._name(own, [cells[at] for cells in parts])
            if own and looks_like_code(own):
                register.add(own, [name] if name else [])
                codes.append(own)
                continue
            if not name:
                codes.append(None)
                continue
            known = register.codes(name)
            code = known[0] if known else register.new()
            register.add(code, [name])
            codes.append(code)
        block.columns[named.key] = codes

    def _name(self, own: str | None, parts: Sequence[Any]) -> str:
        """What a row goes by: the columns that name it, or the name that stands where the code should."""
        words = [own] if own and not looks_like_code(own) else []
        words += [_word(part) for part in parts if part is not None]
        return _JOIN.join(words)

    def refer(self, block: Block) -> None:
        """Replace names by codes in every column that refers to such a sheet."""
        for column in block.sheet.columns:
            title = column.refers.partition(".")[0]
            register = self.registers.get(title)
            if register is None or column.header not in block.columns:
                continue
            cells = block.columns[column.header]
            block.columns[column.header] = [
                self._code(cell, register, block, at, column.header, required=column.required)
                for at, cell in enumerate(cells)
            ]

    def _code(
        self,
        cell: str | None,
        register: Register,
        block: Block,
        at: int,
        header: str,
        *,
        required: bool,
    ) -> str | None:
        if not cell or cell in register.entries:
            return cell
        codes = register.codes(cell)
        if len(codes) == 1:
            return codes[0]
        if block.existing:
            return cell  # a later check tells it
        place = Location(block.files[at], masked(block.sheets[at]), str(block.numbers[at]), header)
        where = f"“{register.named.sheet}”表"
        message = f"“{masked(cell)[:30]}”在{where}里{'不止一个' if codes else '没有'}。"
        level = Level.ERROR if required else Level.WARNING
        self.findings.append(
            Finding(
                "V02",
                level,
                place,
                message,
                "请改正，或把那张表一起导入。" if required else "先留空。",
            )
        )
        return None

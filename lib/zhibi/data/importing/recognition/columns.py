"""The name of a column, its cells and the names beside it -> what it is in a sheet, or what it may be."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from gongwen.chinese.personal_data import masked
from zhibi.data.contract import Column, Contract, Kind, Sheet
from zhibi.data.importing.intake import Intake
from zhibi.data.importing.questions import Answers
from zhibi.data.importing.recognition.lexicon import (
    BESIDE,
    CERTAIN,
    IGNORED,
    REFUSED,
    SPLIT,
    Lexicon,
    Meaning,
    bare,
)
from zhibi.data.importing.rows.values import SAMPLED, ValueReader, is_personal, reader_of
from zhibi.data.reading.layout import forbids
from zhibi.data.sources.grid import Raw

RECOGNISED, ASKED, OFFERED, REFUSES, UNREAD = "认得", "问", "候选", "拒收", "不读"
FITTING, CONTRADICTING = 0.8, 0.5
FEWEST = 3  # cells that say something about a column
LIKE = 45.0  # of 100: below this a name is not worth offering
MUCH_LIKE = 70.0  # above this it is asked, if no other column of the table is what it is like
MOST_OFFERED = 4
_PERSONAL_SHARE = 0.2
_ENDINGS = re.compile(
    r"(?:时间|日期|年月日|年月|名称|情况|信息|内容|类型|类别|人数|次数|数量|日|数|人|名|时|号)$"
)
_DATED = re.compile(r"(?:时间|日期|年月日|年月|之日|日)$")


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """What one column of a table is taken for: `columns` holds one name, or the choices of a question."""

    how: str
    columns: tuple[str, ...] = ()
    why: str = ""
    split: bool = False


@dataclass(frozen=True)
class Matcher:
    """The contract, the words for it and the answers given so far."""

    contract: Contract
    lexicon: Lexicon
    intake: Intake
    answers: Answers = field(default_factory=Answers)
    _readers: dict[tuple[str, str], ValueReader] = field(default_factory=dict, compare=False)

    def reader(self, sheet: Sheet, column: Column) -> ValueReader:
        """What reads the cells of a column.

        The same for all tables, so that equal cells are read once.
        """
        key = (sheet.title, column.header)
        if key not in self._readers:
            self._readers[key] = reader_of(sheet.title, column, self.lexicon, self.answers)
        return self._readers[key]

    def reading(  # noqa: PLR0911  (one return for each way a column is taken)
        self, sheet: Sheet, header: str, cells: Sequence[Raw] = (), beside: Iterable[str] = ()
    ) -> ColumnGuess:
        """What a column is, by its name, its cells and the names beside it."""
        if forbids(header):
            return ColumnGuess(REFUSES, why="列名涉及个人隐私")
        meanings = self.lexicon.meanings(sheet.title, header)
        if any(one.judgement == REFUSED for one in meanings):
            return ColumnGuess(REFUSES, why="列名涉及个人隐私")
        if _personal(cells):
            return ColumnGuess(REFUSES, why="内容像是身份证号、手机号或银行卡号")
        if any(one.judgement == SPLIT for one in meanings):
            return ColumnGuess(
                RECOGNISED,
                tuple(one.column for one in meanings if one.judgement == SPLIT),
                split=True,
            )
        if not meanings:
            return self._unnamed(sheet, header, cells)
        if all(one.judgement == IGNORED for one in meanings):
            return ColumnGuess(UNREAD, why="用不着")
        certain = _certain(meanings, beside)
        choices = tuple(dict.fromkeys(one.column for one in meanings if one.judgement != IGNORED))
        if len(certain) == 1 and len(choices) == 1:
            return self._held_against(sheet, certain[0], cells)
        ordered = tuple(dict.fromkeys((*certain, *choices)))
        return self._between(sheet, ordered, cells)

    def _held_against(self, sheet: Sheet, name: str, cells: Sequence[Raw]) -> ColumnGuess:
        """A name that means one column, unless the cells say otherwise."""
        column = _column(sheet, name)
        if column is None or column.kind is Kind.TEXT:
            return ColumnGuess(RECOGNISED, (name,))
        count, share = self.reader(sheet, column).fits(cells)
        if count >= FEWEST and share < CONTRADICTING and column.kind is not Kind.CODE:
            return ColumnGuess(ASKED, (name,), f"列名像“{name}”，内容却多半不是{column.kind}")
        return ColumnGuess(RECOGNISED, (name,))

    def _between(self, sheet: Sheet, names: tuple[str, ...], cells: Sequence[Raw]) -> ColumnGuess:
        """A name with several meanings: the cells decide where only one of them can hold them."""
        shares = {}
        for name in names:
            column = _column(sheet, name)
            if column is None or column.kind in (Kind.TEXT, Kind.CODE):
                continue
            count, share = self.reader(sheet, column).fits(cells)
            if count >= FEWEST:
                shares[name] = share
        fitting = [name for name in names if shares.get(name, 0.0) >= FITTING]
        closed = [
            name
            for name in fitting
            if (found := _column(sheet, name)) and found.kind is Kind.CHOICE
        ]
        if len(closed) == 1 and len(fitting) == 1:
            return ColumnGuess(RECOGNISED, (closed[0],), "看内容")
        left = tuple(name for name in names if shares.get(name, 1.0) >= CONTRADICTING)
        return ColumnGuess(
            ASKED, left or names, "有两种读法" if len(names) > 1 else "列名说得不确定"
        )

    def _unnamed(self, sheet: Sheet, header: str, cells: Sequence[Raw]) -> ColumnGuess:
        """A name nobody knows: the cells tell, or columns of a like name are offered."""
        fitting = []
        for column in sheet.columns:
            if column.kind is not Kind.CHOICE or column.open_choices:
                continue
            count, share = self.reader(sheet, column).fits(cells)
            if count >= FEWEST and share >= FITTING:
                fitting.append(column.header)
        if fitting:
            return ColumnGuess(ASKED, tuple(fitting[:MOST_OFFERED]), "列名不认得，内容像")
        if not header:
            return ColumnGuess(UNREAD, why="没有列名")
        offered, likeness = self.offers(sheet, header)
        if not offered:
            return ColumnGuess(UNREAD, why="不认得")
        return ColumnGuess(ASKED if likeness >= MUCH_LIKE else OFFERED, offered, "列名不认得，像")

    def offers(self, sheet: Sheet, header: str) -> tuple[tuple[str, ...], float]:
        """The columns whose names are most like this one, and how like the best of them is, of 100."""
        name = bare(header)
        scores = [
            (self._likeness(sheet, column, name), -at) for at, column in enumerate(sheet.columns)
        ]
        best = sorted(scores, reverse=True)[:MOST_OFFERED]
        offered = tuple(sheet.columns[-at].header for score, at in best if score >= LIKE)
        return offered, best[0][0] if best else 0.0

    def _likeness(self, sheet: Sheet, column: Column, name: str) -> float:
        core = _ENDINGS.sub("", name) or name
        dated = bool(_DATED.search(name))
        most = 0.0
        for spelled in self.lexicon.cores.get((sheet.title, column.header), (column.header,)):
            other = _ENDINGS.sub("", spelled) or spelled
            score = fuzz.ratio(core, other)
            if len(other) > 1 and (other in core or core in other) and len(core) > 1:
                score = max(score, 70.0)
            most = max(most, score)
        if dated:
            return most + (22.0 if column.kind is Kind.DATE else -15.0)
        return most - (15.0 if column.kind is Kind.DATE else 0.0)


def _certain(meanings: Iterable[Meaning], beside: Iterable[str]) -> tuple[str, ...]:
    present = set(beside)
    sure = [
        one.column
        for one in meanings
        if one.judgement == CERTAIN
        or (one.judgement.startswith(BESIDE) and one.judgement.removeprefix(BESIDE) in present)
    ]
    return tuple(dict.fromkeys(sure))


def _column(sheet: Sheet, name: str) -> Column | None:
    return next((column for column in sheet.columns if column.header == name), None)


def _personal(cells: Sequence[Raw]) -> bool:
    filled = [raw for raw in cells if raw != ""][:SAMPLED]
    hits = sum(map(is_personal, filled))
    return hits > 0 and hits >= _PERSONAL_SHARE * len(filled)


def few(names: Iterable[str]) -> str:
    """Names as a message may list them: not too many of them, and none too long."""
    named = [masked(name)[:20] for name in names if name]
    return "、".join(named[:12]) + ("等" if len(named) > 12 else "")  # noqa: PLR2004

"""A county -> its organisations, and the slice of each.

Its own rows, and the county's figures it may know, as facts.

What an organisation's report can read is settled here and nowhere else. A slice holds no row of
another organisation but one: where its secretary is registered elsewhere, that person's line, with
the few cells the rules ask for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from dangjian.model.branch import HANDED, JOIN, Branch, branch_of
from dangjian.model.county import County, named, names
from dangjian.model.subtree import cut_data
from dangjian.scoring.scores.standings import standings
from dangjian.scoring.vetoes import vetoed
from dangjian.workbook.contract import CONTRACT
from dangjian.workbook.owners import BY_MEMBER, BY_ORG
from gongwen.errors import UnknownCode
from gongwen.facts.arithmetic import ranks
from gongwen.facts.value import Fact, Read
from zhibi.data.dataset import Dataset, Frames
from zhibi.data.figures.measure import count
from zhibi.data.figures.origin import group
from zhibi.data.figures.values import value_of
from zhibi.data.snapshot.columnar import Stored, stamp, stored
from zhibi.data.snapshot.slices import open_slice
from zhibi.domain import Organisation

SEALED = "全县参加排名的党支部数"
Positions = np.ndarray[Any, np.dtype[np.int64]]
FOR_ALL = ("考核指标",)
# of a secretary registered elsewhere: who it is, whether on the register, and what R14 and R29 look
# at
SECRETARY = (
    "党员代码",
    "姓名",
    "所属党组织",
    "党员类别",
    "入党日期",
    "转正日期",
    "任职日期",
    "在册",
    "离开日期",
)


class Division:
    """A county cut into its organisations; what many slices need is looked up once."""

    def __init__(self, data: Dataset) -> None:
        self.county = County(data)
        self._called: dict[str, Fact] = {}
        self._shared: dict[tuple[str, int, str], Stored] = {}

    @cached_property
    def organisations(self) -> tuple[Organisation, ...]:
        """Every organisation in the order of the workbook.

        Branches on the register are those that report.
        """
        frame = self.county.data["党组织"]
        due = set(self.county.branches["党组织代码"])
        rows = frame.itertuples(index=False, name=None)
        return tuple(
            Organisation(
                code=code,
                name=self._names[code],
                superior=self._names.get(above, "") if isinstance(above, str) else "",
                fields=_texts(frame.columns, row),
                reports=code in due,
            )
            for code, above, row in zip(frame["党组织代码"], frame["上级代码"], rows, strict=True)
        )

    def slice(self, code: str) -> Dataset:
        """The slice of one organisation, closed ones included. An unknown code is refused."""
        data = self.county.data
        if code not in self._line:
            raise UnknownCode("党组织代码", code, list(self._line))
        rows = self._rows(code)
        home = self._home[self._line[code]]
        cuts = {title: self._cut(title, rows.get(title, _NONE), home) for title in data.frames}
        members = self._with_secretary(cuts["党员"], rows)
        return Dataset(
            data.contract,
            data.sources,
            data.settings,
            Frames({**cuts, "党员": members}),
            letters=data.letters,
            slice_of=code,
            handed=self._handed(code),
        )

    def _cut(self, title: str, positions: Positions, home: str) -> Stored:
        """Some rows of a sheet.

        None, and all of one that everybody gets, are the same for many slices.
        """
        if len(positions) and title not in FOR_ALL:
            return self._stored[title].take(positions, home)
        same = title, len(positions), home
        if same not in self._shared:
            self._shared[same] = self._stored[title].take(positions, home)
        return self._shared[same]

    def _with_secretary(self, own: Stored, rows: Mapping[str, Positions]) -> Stored | pd.DataFrame:
        """The organisation's members, and its secretary's line where that is not among them."""
        lines = self._lines_of.get(self._secretary[rows["党组织"][0]], _NONE)
        if not len(lines) or np.isin(lines, rows["党员"]).any():
            return own
        return _joined(own.frame, self.county.data["党员"].take(lines))

    def under(self, code: str) -> Dataset:
        """The rows of an organisation and of all below it."""
        return cut_data(self.county.data, code)

    def branch(self, code: str) -> Branch:
        """One organisation as its own report sees it."""
        return branch_of(self.slice(code))

    def _rows(self, code: str) -> dict[str, Positions]:
        """Positions of an organisation's rows, by sheet."""
        rows = {title: places.get(code, _NONE) for title, places in self._of_org.items()}
        members = [self._members[at] for at in rows["党员"]]
        for title, places in self._of_member.items():
            own = [places[member] for member in members if member in places]
            rows[title] = np.unique(np.concatenate([rows.get(title, _NONE), *own]))
        rows["单位"] = self._units.get(self.county.unit_of_org.get(code, ""), _NONE)
        return rows | {title: np.arange(len(self.county.data[title])) for title in FOR_ALL}

    def _handed(self, code: str) -> Mapping[str, Fact]:
        """What the county tells an organisation.

        It names no other but its superior and its unit.
        """
        above = self._above[self._line[code]]
        facts = (
            {HANDED.superior: self._name(above)}
            if isinstance(above, str) and above in self._line
            else {}
        )
        if code in self._ranks:
            facts[HANDED.place] = self._ranks[code]
        return facts | self._of_unit.get(self.county.unit_of_org.get(code, ""), {})

    def _name(self, code: str) -> Fact:
        if code not in self._called:
            self._called[code] = named(self.county.data["党组织"].iloc[[self._line[code]]])
        return self._called[code]

    @cached_property
    def _names(self) -> dict[str, str]:
        return dict(zip(self._line, names(self.county.data["党组织"]), strict=True))

    @cached_property
    def _line(self) -> dict[str, int]:
        codes = self.county.data["党组织"]["党组织代码"]
        return {str(code): position for position, code in enumerate(codes)}

    @cached_property
    def _above(self) -> list[Any]:
        return self.county.data["党组织"]["上级代码"].tolist()

    @cached_property
    def _secretary(self) -> list[Any]:
        return self.county.data["党组织"]["书记党员代码"].tolist()

    @cached_property
    def _home(self) -> list[str]:
        """The file each organisation stands in."""
        return self.county.data["党组织"].index.get_level_values("file").tolist()

    @cached_property
    def _members(self) -> list[Any]:
        return self.county.data["党员"]["党员代码"].tolist()

    @cached_property
    def _lines_of(self) -> dict[str, Positions]:
        """Where each member stands in 党员."""
        return _positions(self.county.data["党员"]["党员代码"])

    @cached_property
    def _stored(self) -> dict[str, Stored]:
        """The county's sheets as their slices are taken from them."""
        data = self.county.data
        return {sheet.title: stored(data[sheet.title], sheet) for sheet in data.contract.sheets}

    @cached_property
    def _of_org(self) -> dict[str, dict[str, Positions]]:
        return {
            title: _positions(self.county.data[title][column]) for title, column in BY_ORG.items()
        }

    @cached_property
    def _of_member(self) -> dict[str, dict[str, Positions]]:
        return {
            title: _positions(self.county.data[title][column])
            for title, column in BY_MEMBER.items()
        }

    @cached_property
    def _units(self) -> dict[str, Positions]:
        return _positions(self.county.units["单位代码"])

    @cached_property
    def _of_unit(self) -> dict[str, dict[str, Fact]]:
        """What each unit's organisations are told of it."""
        return {code: self._unit(code) for code in self._units}

    def _unit(self, code: str) -> dict[str, Fact]:
        name = str(named(self.county.units.take(self._units[code])).value)
        orgs = self.county.orgs.take(self._orgs_of_unit.get(code, _NONE))
        members = self.county.members.take(self._members_of_unit.get(code, _NONE))
        types = Read("取值", group(orgs.index, "类型"))
        return {
            HANDED.unit_size: count(members, f"{name}在册党员数", "名", as_of=self.county.as_of),
            HANDED.unit_types: Fact(
                f"{name}党组织类型", JOIN.join(dict.fromkeys(orgs["类型"])) or None, types
            ),
        }

    @cached_property
    def _members_of_unit(self) -> dict[str, Positions]:
        return _positions(self.county.members["所属党组织"].map(self.county.unit_of_org))

    @cached_property
    def _orgs_of_unit(self) -> dict[str, Positions]:
        return _positions(self.county.orgs["党组织代码"].map(self.county.unit_of_org))

    @cached_property
    def _ranks(self) -> dict[str, Fact]:
        """The place of each branch by its rate; one with a veto takes no place."""
        out = vetoed(self.county)
        rates = {code: rate for code, rate in standings(self.county).items() if code not in out}
        labels = {code: f"{self._names[code]}得分率排名" for code in rates}
        return ranks(rates, labels, SEALED)


def cut(county: County, code: str) -> Branch:
    """One organisation of a county; for many of them make one Division."""
    return Division(county.data).branch(code)


def open_branch(workbook: str, code: str) -> Branch:
    """One organisation of a workbook, or of a slice handed to this run: the same either way.

    Raises UnknownName for a code that is not there and NotYours where the run may not read it.
    """
    return branch_of(open_slice(workbook, code, CONTRACT, lambda data: Division(data).slice(code)))


_NONE: Positions = np.empty(0, dtype=np.int64)


def _positions(column: pd.Series[Any]) -> dict[str, Positions]:
    """Where each value of a column stands; blanks stand nowhere."""
    codes, values = pd.factorize(column)
    order = np.argsort(codes, kind="stable")
    bounds = np.searchsorted(codes[order], np.arange(len(values) + 1))
    return {str(value): order[bounds[at] : bounds[at + 1]] for at, value in enumerate(values)}


def _joined(own: pd.DataFrame, line: pd.DataFrame) -> pd.DataFrame:
    """The organisation's members, and of its secretary's line what is to be known."""
    for column in line.columns.difference(list(SECRETARY)):
        line[column] = line[column].iloc[:0].reindex(line.index)
    return stamp(pd.concat([own, line]).sort_index())


def _texts(headers: Iterable[object], cells: Iterable[object]) -> dict[str, str]:
    return {
        str(header): _text(cell, str(header)) for header, cell in zip(headers, cells, strict=True)
    }


def _text(cell: object, header: str) -> str:
    value = value_of(cell, header)
    return "" if value is None else str(value)

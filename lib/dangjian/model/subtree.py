"""A workbook and an organisation -> that organisation with all below it, cut out before anything is counted.

What comes out is a County of those rows only: everything that counts, lists or judges a county does
so for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from dangjian.model.county import County, named
from dangjian.model.own_texts import TITLE, texts_of
from dangjian.workbook.contract import CONTRACT
from dangjian.workbook.owners import BY_MEMBER, BY_ORG
from dangjian.workbook.pseudonyms import MASKING
from dangjian.workbook.tree import codes_under, unit_of_org
from gongwen.chinese.pseudonyms import Pseudonyms
from gongwen.errors import UnknownCode
from gongwen.facts.value import Fact
from zhibi.data.dataset import Dataset
from zhibi.data.figures.picking import pick
from zhibi.data.snapshot.slices import open_whole, packed_subtree
from zhibi.data.writing.pseudonymise import masked
from zhibi.notebook.supplement import Supplement

_CITING = (("机制做法", "依据文件"), ("案例品牌", "佐证"), ("荣誉", "证书文号"))


@dataclass(frozen=True)
class System:
    """An organisation and all below it on 数据截止日.

    `names` is empty unless the report is anonymous.
    """

    code: str
    county: County
    names: Pseudonyms = field(default_factory=lambda: Pseudonyms({}))

    @property
    def row(self) -> pd.DataFrame:
        """The line of the organisation itself in 党组织."""
        orgs = self.county.data["党组织"]
        return orgs[orgs["党组织代码"] == self.code]

    @property
    def named(self) -> Fact:
        """What it is called: 简称, or 名称 where there is none."""
        return named(self.row)

    @property
    def kind(self) -> str:
        """党委, 党总支, 党支部 …"""
        return str(self.row["类型"].iloc[0])

    @property
    def year(self) -> int:
        """The report year."""
        return self.county.year

    @property
    def as_of(self) -> date:
        """数据截止日."""
        return self.county.as_of

    @property
    def supplement(self) -> Supplement:
        """补充数据 of the organisation itself."""
        frame = self.county.data["补充数据"]
        return Supplement(frame[frame["组织"] == self.code], self.as_of)

    @property
    def anonymous(self) -> bool:
        """True if every name is a stand-in."""
        return bool(self.names.names)

    def picked(self, column: str, unit: str = "") -> Fact:
        """A cell of its line as a fact."""
        return pick(self.row, column, f"{self.named.value}{column}", unit)

    def texts(self, report: str) -> Mapping[str, str]:
        """What was written for a report on it, by the name of the place."""
        return texts_of(self.county.data[TITLE], report, self.code, self.year)

    def words(self, given: Any) -> Any:
        """Words from outside the workbook (a text, or texts by name) with their names replaced like all others."""
        if isinstance(given, Mapping):
            return {key: self.words(value) for key, value in given.items()}
        return self.names.mask(given) if isinstance(given, str) else given


def open_system(workbook: str | Path, code: str, *, anonymise: bool | None = None) -> System:
    """The system of an organisation of a workbook.

    Without a word on it, 设置 decides whether it is anonymous.
    """
    packed = packed_subtree(workbook, code, CONTRACT)
    if packed is None:
        return system_of(open_whole(workbook, CONTRACT), code, anonymise=anonymise)
    own, names = packed
    if names is None:
        return System(code, County(own))
    return System(code, County(masked(own, names)), names)


def system_of(data: Dataset, code: str, *, anonymise: bool | None = None) -> System:
    """The system of an organisation of a dataset.

    Cut first, masked where asked for, counted afterwards.
    """
    asked = data.settings[MASKING.setting].value == "是" if anonymise is None else anonymise
    names = MASKING.names(data) if asked else Pseudonyms({})
    own = cut_data(data, code)
    return System(code, County(masked(own, names) if asked else own), names)


def cut_data(data: Dataset, code: str) -> Dataset:
    """The rows of an organisation and of all below it.

    Of units and their figures those that are wholly its own.

    An unknown code is refused. Settings, 考核指标 and 文件文献 cited by its rows come along.
    """
    orgs = data["党组织"]
    if not (orgs["党组织代码"] == code).any():
        raise UnknownCode("党组织代码", code, orgs["党组织代码"].astype(str))
    codes = codes_under(orgs, code)
    own = {title: column for title, column in BY_ORG.items() if title not in BY_MEMBER}
    frames = {title: _rows_of(data[title], column, codes) for title, column in own.items()}
    members = set(frames["党员"]["党员代码"])
    frames["党员年度"] = _rows_of(data["党员年度"], "党员代码", members)
    honours = data["荣誉"]
    frames["荣誉"] = honours[honours["党组织代码"].isin(codes) | honours["党员代码"].isin(members)]
    units = _own_units(orgs, codes)
    frames["单位"] = _rows_of(data["单位"], "单位代码", units)
    frames["年度指标"] = _rows_of(data["年度指标"], "主体代码", units | codes)
    cited: set[str] = set()
    for title, column in _CITING:
        cited.update(frames[title][column].dropna())
    frames["文件文献"] = _rows_of(data["文件文献"], "文献代码", cited)
    return replace(data, frames={**data.frames, **frames})


def _own_units(orgs: pd.DataFrame, codes: set[str]) -> set[str]:
    """Units all of whose organisations lie in the system: their figures are the system's."""
    inside: dict[str, bool] = {}
    for org, unit in unit_of_org(orgs).items():
        inside[unit] = inside.get(unit, True) and org in codes
    return {unit for unit, own in inside.items() if own}


def _rows_of(frame: pd.DataFrame, column: str, wanted: set[str]) -> pd.DataFrame:
    return frame[frame[column].isin(wanted)]

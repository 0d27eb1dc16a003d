"""A workbook -> its names and what an anonymous report writes for them.

某县, 丙集团, 丙集团A党支部, B品牌, C某.

The scheme follows the order of the workbook, so that a name has the same stand-in in every report
made of it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import chain

import pandas as pd

from dangjian.workbook.name_words import beside, is_word
from dangjian.workbook.tree import unit_of_org
from gongwen.chinese.pseudonyms import Pseudonyms, apart, letters, stem
from zhibi.data.contract import Masking
from zhibi.data.dataset import Dataset

SETTING = "是否脱敏"
MORE = "另需脱敏的名称"
CODED = "文号略"
_PERSON = "人名"
_HERE = "□"
_SHORT = 2  # names this short also stand inside ordinary words
_LEAST = 5  # a variant nobody wrote into a name column must be this long
_PLACES = ("自治县", "县", "区", "市", "旗", "州", "镇", "乡", "街道")
_LEGAL = r"(?:股份|责任)?有限(?:责任)?公司$"
_KINDS = (
    "集团",
    "公司",
    "工委",
    "局",
    "中心",
    "学校",
    "医院",
    "银行",
    "站",
    "院",
    "社",
    "厂",
    "所",
    "办公室",
)
_ORDINARY = frozenset(
    ("党委", "党总支", "党支部", "支部", "机关", "机关党委", "机关党支部", "单位", "工会", *_KINDS)
)
_ENDINGS = (
    ("总支部委员会", "党总支"), ("联合支部委员会", "联合党支部"), ("支部委员会", "党支部"), ("临时支部", "临时党支部"),
    ("支部", "党支部"), ("委员会", "党委"),
)  # fmt: skip
_BEFORE = (
    "书记",
    "委员",
    "党员",
    "干部",
    "职工",
    "驾驶员",
    "工程师",
    "劳模",
    "代表",
    "负责人",
    "联系人",
)
_AFTER = (
    "书记", "委员", "党委", "党总支", "党支部", "支部", "集团", "公司", "品牌", "工作室", "示范岗", "服务队", "先锋队", "等人",
)  # fmt: skip


def stand_ins(data: Dataset) -> Pseudonyms:
    """Every name of the workbook with its stand-in.

    Place, units, organisations, brands, honours, documents, people.
    """
    scheme = _Scheme(data)
    for add in (_further, _place, _units, _orgs, _practice, _papers, _people):
        add(scheme)
    people = [name for name in scheme.careful if scheme.kinds[name] == _PERSON]
    return Pseudonyms(
        scheme.names,
        frozenset(scheme.careful),
        _BEFORE,
        _AFTER,
        scheme.kinds,
        beside(people),
        frozenset(filter(is_word, people)),
    )


MASKING = Masking(SETTING, stand_ins)


class _Scheme:
    """The table while it is drawn up; the first to name something decides."""

    def __init__(self, data: Dataset) -> None:
        self.data = data
        self.region = str(data.settings["地区"].value or "").strip()
        self.names: dict[str, str] = {}
        self.careful: set[str] = set()
        self.kinds: dict[str, str] = {}
        columns = (data[sheet][header] for sheet, header in _NAMED)
        self.real = set(chain.from_iterable(map(_words, columns))) - _ORDINARY
        self.units: dict[str, str] = {}  # 单位代码 -> stand-in
        self.used: Counter[str] = Counter()

    def put(self, name: object, stand_in: str, kind: str, *, careful: bool = False) -> None:
        """One more name, unless it is blank, known, or a word that names nobody."""
        if (
            not isinstance(name, str)
            or len(name.strip()) < _SHORT
            or name in self.names
            or name in _ORDINARY
        ):
            return
        self.names[name] = stand_in
        self.kinds[name] = kind
        if careful or len(name) <= _SHORT:
            self.careful.add(name)

    def following(self, form: str, counter: Callable[[int], str]) -> str:
        """The next stand-in of a series (the □ of its form counted on) in which no real name can be found."""
        while True:
            self.used[form] += 1
            made = form.replace(_HERE, counter(self.used[form]))
            if apart(made, self.real):
                return made


_NAMED = (
    ("单位", "单位全称"), ("单位", "简称"), ("党组织", "名称"), ("党组织", "简称"), ("党员", "姓名"), ("案例品牌", "名称"),
)  # fmt: skip


def _further(scheme: _Scheme) -> None:
    """What the user lists in 设置: `名称=代称；名称=代称`.

    A name that equals its stand-in is left alone.
    """
    for entry in re.split(r"[；;\n]", str(scheme.data.settings[MORE].value or "")):
        name, _, replacement = (part.strip() for part in re.sub("[＝=]", "=", entry).partition("="))
        scheme.put(name, replacement or "某处", "设置中列出")


def _place(scheme: _Scheme) -> None:
    ending = next((each for each in _PLACES if scheme.region.endswith(each)), "地")
    scheme.put(scheme.region, f"某{ending}", "地区")


def _units(scheme: _Scheme) -> None:
    for code, full, short in _rows(scheme.data["单位"], "单位代码", "单位全称", "简称"):
        bare = re.sub(_LEGAL, "", str(full))
        word = next(
            (kind for kind in _KINDS if _contracted(bare).endswith(kind)),
            "公司" if bare != full else "单位",
        )
        stand_in = scheme.following(f"{_HERE}{word}", stem)
        scheme.units[code] = stand_in
        for name in (full, short, *_variants(str(full), scheme.region)):
            scheme.put(name, stand_in, "单位")
        for name in (short, _contracted(str(full).removeprefix(scheme.region))):  # 县国资监管局
            scheme.put(
                f"{scheme.region[-1:]}{name}" if scheme.region and name else None, stand_in, "单位"
            )


def _orgs(scheme: _Scheme) -> None:
    unit_of = unit_of_org(scheme.data["党组织"])
    rows = list(_rows(scheme.data["党组织"], "党组织代码", "名称", "简称", "类型", "上级代码"))
    tops = Counter(
        unit_of.get(code)
        for code, _, _, _, parent in rows
        if unit_of.get(str(parent)) != unit_of.get(code)
    )
    bearers = Counter(short for _, _, short, _, _ in rows)
    shared = {short for short, number in bearers.items() if number > 1}
    own_words = Counter(_without_unit(str(short), scheme) for _, _, short, _, _ in rows)
    for code, full, short, kind, parent in rows:
        unit = unit_of.get(code, "")
        base = scheme.units.get(unit, "")
        alone = base and unit_of.get(str(parent)) != unit and tops[unit] == 1
        stand_in = f"{base}{kind}" if alone else scheme.following(f"{base}{_HERE}{kind}", letters)
        stand_in = scheme.names.get(
            str(short), stand_in
        )  # 机关工委 is the unit's name and its organisation's
        own = _without_unit(str(short), scheme)
        # 机关党支部 of many units names none of them
        extra = (own,) if len(own) >= _LEAST and own_words[own] == 1 else ()
        # nor does a short name that several of them bear
        short_names = () if short in shared else (short,)
        for name in (full, *short_names, *_party_variants(str(full), scheme.region), *extra):
            scheme.put(name, stand_in, "党组织")


def _practice(scheme: _Scheme) -> None:
    for name, kind in _rows(scheme.data["案例品牌"], "名称", "类型"):
        word = kind if isinstance(kind, str) else "案例"
        scheme.put(name, scheme.following(f"{_HERE}{word}", letters), "案例品牌", careful=True)
    for name, level in _rows(scheme.data["荣誉"], "名称", "级别"):
        if level in ("国家", "省"):  # so few hold one that it names the holder
            scheme.put(name, f"某{level}级荣誉", "荣誉")


def _papers(scheme: _Scheme) -> None:
    papers = scheme.data["文件文献"]
    for (number,) in _rows(papers[papers["类型"] == "本级文件"], "文号"):
        scheme.put(number, CODED, "文号")


def _people(scheme: _Scheme) -> None:
    """Those whom a report is likely to name come first, so that they are A某 and not WB某."""
    members = scheme.data["党员"]
    likely = {
        *scheme.data["荣誉"]["党员代码"].dropna(),
        *scheme.data["党组织"]["书记党员代码"].dropna(),
    }
    first = members["党员代码"].isin(likely)
    for (name,) in _rows(pd.concat([members[first], members[~first]]), "姓名"):
        if isinstance(name, str) and name not in scheme.names:
            scheme.put(name, scheme.following(f"{_HERE}某", letters), _PERSON)


def _variants(full: str, region: str) -> Iterator[str]:
    """Other ways to write the full name of a unit.

    Without the place, without the legal form, 工委 for 工作委员会.
    """
    bare = re.sub(_LEGAL, "", full)
    for name in (
        _contracted(full),
        full.removeprefix(region),
        bare,
        _contracted(full.removeprefix(region)),
    ):
        # 城市建设投资集团 is a name, 农业发展 without place and legal form is a word
        if len(name) > _LEAST:
            yield name
    if bare.endswith("集团") and len(bare.removeprefix(region)) > _LEAST:
        yield bare.removeprefix(region)


def _party_variants(full: str, region: str) -> Iterator[str]:
    """Other ways to write the full name of an organisation.

    Without 中共, 党支部 for 支部委员会, without the place.
    """
    bare = full.removeprefix("中共")
    short = next(
        (
            bare.removesuffix(end) + replacement
            for end, replacement in _ENDINGS
            if bare.endswith(end)
        ),
        bare,
    )
    short = _contracted(bare) if bare.endswith("工作委员会") else short
    yield from (name for name in (bare, short, short.removeprefix(region)) if len(name) > _LEAST)


def _contracted(name: str) -> str:
    return re.sub("工作委员会$", "工委", name)


def _without_unit(short: str, scheme: _Scheme) -> str:
    """机关党支部 of 城投集团机关党支部."""
    units = sorted(_words(scheme.data["单位"]["简称"]), key=len, reverse=True)
    return next((short.removeprefix(unit) for unit in units if short.startswith(unit)), short)


def _words(cells: pd.Series) -> list[str]:
    return [cell for cell in cells if isinstance(cell, str) and cell.strip()]


def _rows(frame: pd.DataFrame, *headers: str) -> Iterable[tuple[str, ...]]:
    return frame[list(headers)].itertuples(index=False, name=None)

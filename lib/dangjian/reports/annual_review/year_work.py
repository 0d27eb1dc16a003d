"""A branch's ledger, tasks and members -> what its annual review tells of the year's work, counted and named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

import pandas as pd

from dangjian.model.branch import Branch
from dangjian.reports.annual_review.review import TASKS
from gongwen.chinese.names import mask_name
from gongwen.chinese.numbers.numerals import chinese
from gongwen.facts.arithmetic import share
from gongwen.facts.value import Fact, Read
from zhibi import wording
from zhibi.data.figures.measure import count
from zhibi.data.figures.picking import pick_at
from zhibi.notebook.prose.filters import parts_of, parts_of_all
from zhibi.notebook.prose.spans import PrintedPart, Said

LIFE = ("党员大会", "支委会", "党小组会", "党课", "主题党日", "组织生活会", "民主评议")
YEARLY = {"组织生活会": "召开年度组织生活会", "民主评议": "开展民主评议党员"}
VERBS = {"党课": "讲授", "主题党日": "开展", "民主评议": "开展"}  # the others are 召开
LEDGER = "组织生活台账"
MOST_TASKS = 4  # named in a sentence
_GENERAL = re.compile(
    r"专题|集中|集体|支部|本月|每月|月度|季度|\d{1,2}月份?|第?[一二三四]季度|开展|召开|活动|会议|会"
)


@dataclass(frozen=True)
class Done:
    """Tasks closed in the report year: how many, which, and the effects that their rows tell.

    各项 holds each task with its effect, or None where the row tells none.
    """

    数: Fact
    事项: tuple[Fact, ...]
    成效: tuple[Fact, ...]
    各项: tuple[tuple[Fact, Fact | None], ...] = ()

    def in_prose(self) -> Said:
        """2项，分别为“甲”（已经印发）、“乙”（已经签订）; without effects 2项，分别为“甲”“乙”.

        Of one alone 1项，为“甲”; of more than are named 包括……等.
        """
        if not self.事项:
            return Said((), nothing=True)
        head = (*parts_of(self.数), PrintedPart("，"))
        if not self.成效:
            return Said((*head, *含列(self.事项, MOST_TASKS).parts))
        lead = PrintedPart(_containing(len(self.各项), MOST_TASKS))
        named = [_with_effect(task, effect) for task, effect in self.各项[:MOST_TASKS]]
        rest = (PrintedPart("等"),) if len(self.各项) > MOST_TASKS else ()
        return Said((*head, lead, *_with_commas(named), *rest))


def _with_commas(items: Iterable[Iterable[PrintedPart]]) -> list[PrintedPart]:
    spaced: list[PrintedPart] = []
    for item in items:
        spaced += [PrintedPart("、"), *item]
    return spaced[1:]


def _with_effect(task: Fact, effect: Fact | None) -> tuple[PrintedPart, ...]:
    name = (PrintedPart("“"), *parts_of(task), PrintedPart("”"))
    if effect is None:
        return name
    return (
        *name,
        PrintedPart("（"),
        PrintedPart(str(effect).rstrip("。；"), effect),
        PrintedPart("）"),
    )


@wording
def 引列(items: Sequence[Fact], most: int = 3) -> Said:
    """“甲”“乙”“丙”: words of cells in quotation marks, the first few of many with 等."""
    listed = list(items)
    quoted = chain.from_iterable(("“", item, "”") for item in listed[:most])
    return _said([*quoted, *(["等"] if len(listed) > most else [])])


def _said(pieces: Sequence[Any]) -> Said:
    """Words and figures one after another, as a value that a cell may name as well."""
    return Said(parts_of_all(pieces), nothing=not pieces)


@wording
def 有列(items: Sequence[Fact], most: int = 3) -> Said:
    """有“甲”“乙”“丙”等; of one alone 为“甲”."""
    listed = list(items)
    return _led("有" if len(listed) > 1 else "为", listed, most)


@wording
def 含列(items: Sequence[Fact], most: int = 3) -> Said:
    """包括“甲”“乙”“丙”等; all of them 分别为“甲”“乙”; of one alone 为“甲”."""
    listed = list(items)
    return _led(_containing(len(listed), most), listed, most)


def _containing(number: int, most: int) -> str:
    """包括 before some of them, 分别为 before all, 为 before the only one."""
    if number == 1:
        return "为"
    return "包括" if number > most else "分别为"


def _led(lead: str, listed: Sequence[Fact], most: int) -> Said:
    return _said([lead, 引列(listed, most)] if listed else [])


@wording
def 各列(amounts: Mapping[str, Fact], what: str = "") -> Said:
    """“甲”“乙”活动各2次，“丙”活动1次: those of one number together, named only once."""
    groups: dict[str, list[tuple[str, Fact]]] = {}
    for name, fact in amounts.items():
        groups.setdefault(str(fact), []).append((name, fact))
    parts: list[PrintedPart] = []
    for amount, alike in groups.items():
        quoted = [PrintedPart(f"“{name}”", fact) for name, fact in alike]
        each = "各" if len(alike) > 1 else ""
        parts += [PrintedPart("，" if parts else ""), *quoted, PrintedPart(f"{what}{each}")]
        parts.append(PrintedPart(amount, alike[0][1]))
    return Said(tuple(parts), nothing=not parts)


@wording
def 交纳(paid: Fact, due: Fact) -> Said:
    """已全部交纳 where the two are one sum; else 实际交纳8757元."""
    if not paid.missing and paid.value == due.value:
        return Said((PrintedPart("已全部交纳", paid),))
    return Said((PrintedPart("实际交纳"), *parts_of(paid)))


@wording
def 参加(came: Fact, due: Fact) -> Said:
    """全部参加 where all who should have come came; else 实际参加359人次，参加率为90.7%."""
    if came.missing or due.missing:
        return Said(parts_of(came if came.missing else due))
    if came.value == due.value:
        return Said((PrintedPart("全部参加", came),))
    rate = share(came, due, "组织生活参加率")
    told = (PrintedPart("，参加率为"), *parts_of(rate)) if not rate.missing else ()
    return Said((PrintedPart("实际参加"), *parts_of(came), *told))


@wording
def 分列(items: Sequence[Fact]) -> Said:
    """甲；乙；丙: sentences of cells one after another."""
    return _said([*chain.from_iterable(("；", item) for item in items)][1:])


@wording
def 逐条(items: Sequence[Any]) -> list[Any]:
    """一是甲。二是乙: one after another with their counters; of one alone no counter."""
    listed = list(items)
    if len(listed) == 1:
        return listed
    counted: list[Any] = []
    for number, item in enumerate(listed, 1):
        counted += [f"。{chinese(number)}是" if counted else f"{chinese(number)}是", item]
    return counted


@wording
def 改进(items: Sequence[Any]) -> Said:
    """打算从以下方面改进。一是甲。二是乙; of one alone 打算甲."""
    listed = list(items)
    lead = "打算从以下方面改进。" if len(listed) > 1 else "打算"
    return _said([lead, *逐条(listed)] if listed else [])


@dataclass(frozen=True)
class Meetings:
    """Meetings of party life by kind, each group with the verb that goes with it."""

    各类: Mapping[str, Fact]

    def in_prose(self) -> Said:
        """召开党员大会4次、支委会11次、组织生活会1次，讲授党课4次，开展主题党日11次."""
        groups: dict[str, list[Any]] = {}
        for kind, fact in self.各类.items():
            name = "民主评议党员" if kind == "民主评议" else kind
            groups.setdefault(VERBS.get(kind, "召开"), []).append([name, fact])
        pieces: list[Any] = []
        for verb, held in groups.items():
            pieces += ["，" if pieces else "", verb, *_enumerated(held)]
        return _said(pieces)


def _enumerated(items: Iterable[list[Any]]) -> list[Any]:
    pieces: list[Any] = []
    for item in items:
        pieces += ["、" if pieces else "", *item]
    return pieces


def meetings_held(branch: Branch) -> dict[str, Fact]:
    """类型 -> how many of the meetings of party life were held in the year.

    A kind that was not held is not there.
    """
    rows_of: dict[str, list[int]] = {}
    for at, row in enumerate(branch.records(LEDGER)):
        rows_of.setdefault(row["类型"], []).append(at)
    index = branch.activities.index
    return {
        kind: count(index[rows_of[kind]], f"{kind}次数", "次", as_of=branch.as_of)
        for kind in LIFE
        if kind in rows_of
    }


def topics(branch: Branch, kind: str) -> tuple[Fact, ...]:
    """The topics of the year's meetings of a kind, each once, in the order of their days.

    A topic that only says what kind of meeting it was is none.
    """
    rows = branch.records(LEDGER)
    own = [
        at
        for at, row in enumerate(rows)
        if row["类型"] == kind and row["主题"] and not _says_nothing(row["主题"], kind)
    ]
    first: dict[str, int] = {}
    for at in sorted(own, key=lambda at: rows[at]["日期"]):
        first.setdefault(rows[at]["主题"], at)
    return tuple(pick_at(branch.activities, at, "主题") for at in first.values())


def _says_nothing(topic: str, kind: str) -> bool:
    return _GENERAL.sub("", topic.replace(kind, "").strip()) == ""


def tagged(branch: Branch, most: int = 4) -> dict[str, Fact]:
    """党建+服务 -> how many activities bear that 主题标签.

    The most frequent ones, those first.
    """
    places: dict[str, list[int]] = {}
    for at, row in enumerate(branch.records(LEDGER)):
        if row["主题标签"]:
            places.setdefault(row["主题标签"], []).append(at)
    often = sorted(places.items(), key=lambda item: -len(item[1]))
    return {
        tag: count(branch.activities.index[own], f"{tag}活动次数", "次", as_of=branch.as_of)
        for tag, own in often[:most]
    }


def tasks_done(branch: Branch) -> Done:
    """Tasks closed in the report year up to the day, in the order of the workbook."""
    tasks, rows = branch[TASKS], branch.records(TASKS)
    closed = [at for at, row in enumerate(rows) if _closed_in_year(branch, row)]
    told = [at for at in closed if rows[at]["成效"]]
    return Done(
        count(tasks.index[closed], "年内办结事项数", "项", as_of=branch.as_of),
        tuple(pick_at(tasks, at, "事项") for at in closed),
        tuple(pick_at(tasks, at, "成效") for at in told),
        tuple(
            (pick_at(tasks, at, "事项"), pick_at(tasks, at, "成效") if at in told else None)
            for at in closed
        ),
    )


def _closed_in_year(branch: Branch, row: Mapping[str, Any]) -> bool:
    day = row["销号日"]
    if row["状态"] != "已销号" or day is None:
        return False
    return bool(day.year == branch.year and day <= pd.Timestamp(branch.as_of))


def still_due(branch: Branch) -> str:
    """召开年度组织生活会，开展民主评议党员: what is due once a year and not done while the year runs.

    Empty for an empty ledger.
    """
    kinds = {row["类型"] for row in branch.records(LEDGER)}
    if branch.year_over or not kinds or not branch.is_branch or branch.kind == "临时党支部":
        return ""
    return "，".join(words for kind, words in YEARLY.items() if kind not in kinds)


def secretary_name(branch: Branch) -> Fact | None:
    """Who the secretary is, of an anonymous workbook the surname only.

    None where nobody is reported.
    """
    if len(branch.secretary) != 1:
        return None
    name = pick_at(branch.secretary, 0, "姓名", "书记姓名")
    if branch.settings["是否脱敏"].value != "是" or name.missing:
        return name
    assert isinstance(name.origin, Read)  # as pick_at makes it
    hidden = Read("取值并略去名", name.origin.cells)
    return replace(name, value=mask_name(str(name.value)), origin=hidden)

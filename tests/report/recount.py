"""The example county counted again with plain openpyxl and nothing of ours: label -> (value, unit)."""

from __future__ import annotations

import calendar
from collections import Counter
from datetime import datetime
from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import Any

import openpyxl

Row = dict[str, Any]
YEAR, AS_OF = 2026, datetime(2026, 11, 30)
BRANCHES = ("党支部", "联合党支部", "临时党支部")


class Workbook:
    """Every sheet as rows by header; the second row holds identifiers and is left out."""

    def __init__(self, path: Path) -> None:
        self.sheets = _sheets(path)

    def __getitem__(self, title: str) -> list[Row]:
        return self.sheets[title]

    @property
    def members(self) -> list[Row]:
        return [
            row for row in self["党员"]
            if row["在册"] != "否" and not (row["离开日期"] and row["离开日期"] <= AS_OF) and row["入党日期"] <= AS_OF
        ]  # fmt: skip

    @property
    def branches(self) -> list[Row]:
        return [row for row in self["党组织"] if row["类型"] in BRANCHES]

    @property
    def enterprises(self) -> list[Row]:
        return [row for row in self["单位"] if row["单位类别"] == "县属国企"]


@cache
def _sheets(path: Path) -> dict[str, list[Row]]:
    sheets: dict[str, list[Row]] = {}
    book = openpyxl.load_workbook(path, read_only=True)
    for sheet in book:
        rows = [
            row
            for row in sheet.iter_rows(values_only=True)
            if any(cell is not None for cell in row)
        ]
        skip = 1 if sheet.title == "设置" else 2
        sheets[sheet.title] = [dict(zip_longest(rows[0], row)) for row in rows[skip:]]
    book.close()
    return sheets


def percent(part: int, whole: int) -> float:
    return part / whole * 100


def people(book: Workbook) -> dict[str, tuple[object, str]]:
    members = book.members
    found: dict[str, tuple[object, str]] = {"在册党员数": (len(members), "名")}
    by = {
        column: Counter(row[column] for row in members)
        for column in ("性别", "学历", "用工形式", "党员类别", "流动状态")
    }
    for label, count in {
        "正式党员数": by["党员类别"]["正式"],
        "预备党员数": by["党员类别"]["预备"],
        "女党员数": by["性别"]["女"],
        "大学专科及以上学历党员数": sum(
            by["学历"][level] for level in ("研究生", "大学本科", "大学专科")
        ),
        "流出党员数": by["流动状态"]["流出"],
        "失联党员数": by["流动状态"]["失联"],
    }.items():
        found[label] = (count, "名")
    ages = Counter(
        next(
            label
            for label, most in (
                ("35岁及以下", 35),
                ("36至45岁", 45),
                ("46至55岁", 55),
                ("56岁及以上", 999),
            )
            if age <= most
        )
        for age in (YEAR - int(row["出生年份"]) for row in members)
    )
    shared = {f"{label}党员数": count for label, count in ages.items()}
    for column in ("性别", "学历", "用工形式", "党员类别"):
        shared |= {f"{column}为{value}的党员数": count for value, count in by[column].items()}
    for label, count in shared.items():
        found[label] = (count, "名")
    for label, count in {
        **shared,
        "女党员数": by["性别"]["女"],
        "大学专科及以上学历党员数": found["大学专科及以上学历党员数"][0],
    }.items():
        found[f"{label}占在册党员数的比重"] = (percent(count, len(members)), "%")
        found[f"{label}占比"] = (
            percent(count, len(members)),
            "%",
        )  # every member of the example tells sex, school and age
    grown = book["发展党员"]
    found["年内接收预备党员数"] = (
        sum(bool(row["接收大会日"] and row["接收大会日"].year == YEAR) for row in grown),
        "名",
    )
    found["年内转正党员数"] = (
        sum(bool(row["转正大会日"] and row["转正大会日"].year == YEAR) for row in grown),
        "名",
    )
    found["在培养的入党积极分子数"] = (sum(row["阶段"] == "积极分子" for row in grown), "名")
    return found


def organisations(book: Workbook) -> dict[str, tuple[object, str]]:
    units, orgs, members = book["单位"], book["党组织"], book.members
    kinds = Counter(row["单位类别"] for row in units)
    found: dict[str, tuple[object, str]] = {
        f"{kind}单位数": (count, "家") for kind, count in kinds.items()
    }
    found["参加统计的单位数"] = (len(units), "家")
    found["基层党组织数"] = (len(orgs), "个")
    found["职工总数"] = (sum(row["职工总数(人)"] or 0 for row in units), "人")
    found["未填报人数的单位数"] = (sum(row["职工总数(人)"] is None for row in units), "家")
    firms = book.enterprises
    for column, label in (
        ("党建入章", "完成党建入章"),
        ("前置研究清单", "制定前置研究清单"),
        ("交叉任职", "落实交叉任职"),
    ):
        done = sum(row[column] == "是" for row in firms)
        found[f"{label}的企业数"] = (done, "家")
        found[f"{label}的企业数占比"] = (percent(done, len(firms)), "%")
    unit_of = {row["党组织代码"]: row["所属单位"] for row in orgs}
    for unit in units:
        own = [row for row in orgs if row["所属单位"] == unit["单位代码"]]
        name = unit["简称"]
        found[f"{name}职工总数"] = (
            "未填报" if unit["职工总数(人)"] is None else unit["职工总数(人)"],
            "人",
        )
        found[f"{name}党组织数"] = (len(own), "个")
        found[f"{name}党支部数"] = (sum(row["类型"] in BRANCHES for row in own), "个")
        found[f"{name}在册党员数"] = (
            sum(unit_of[row["所属党组织"]] == unit["单位代码"] for row in members),
            "名",
        )
    parent = {row["党组织代码"]: row["上级代码"] for row in orgs}
    for org in orgs:
        count = sum(org["党组织代码"] in ancestors(row["所属党组织"], parent) for row in members)
        found[f"{org['简称']}及下级党组织在册党员数"] = (count, "名")
    return found


def ancestors(code: str | None, parent: dict[str, str | None]) -> set[str]:
    found: set[str] = set()
    while code:
        found.add(code)
        code = parent[code]
    return found


def months_held_to(branch: Row) -> list[int]:
    """Months of the year that the branch lived through from the first to the last day, and that are over."""
    return [
        month for month in range(1, 13)
        if branch["成立日期"] <= datetime(YEAR, month, 1) and datetime(YEAR, month, calendar.monthrange(YEAR, month)[1]) <= AS_OF
    ]  # fmt: skip


def life(book: Workbook) -> dict[str, tuple[object, str]]:
    held: dict[str, dict[str, set[int]]] = {"主题党日": {}, "党员大会": {}}
    for row in book["组织生活台账"]:
        for kind, by_branch in held.items():
            if (row["类型"] == kind or kind in str(row["计入类型"] or "").split("；")) and row[
                "日期"
            ].year == YEAR:
                by_branch.setdefault(row["党组织代码"], set()).add(row["日期"].month)
    found: dict[str, tuple[object, str]] = {}
    for month in range(1, 12):
        due = [row["党组织代码"] for row in book.branches if month in months_held_to(row)]
        found[f"{month}月应开展主题党日的党支部数"] = (len(due), "个")
        found[f"{month}月开展主题党日的党支部数"] = (
            sum(month in held["主题党日"].get(code, ()) for code in due),
            "个",
        )
    missed = {
        row["党组织代码"]: set(months_held_to(row)) - held["主题党日"].get(row["党组织代码"], set())
        for row in book.branches
    }
    found["未做到每月开展主题党日的党支部数"] = (
        sum(bool(months) for months in missed.values()),
        "个",
    )
    found["主题党日缺得最多的党支部所缺期数"] = (max(map(len, missed.values())), "个月")
    late = 0
    for row in book.branches:
        months = set(months_held_to(row))
        quarters = [
            quarter
            for quarter in range(4)
            if {3 * quarter + 1, 3 * quarter + 2, 3 * quarter + 3} <= months
        ]
        done = {(month - 1) // 3 for month in held["党员大会"].get(row["党组织代码"], ())}
        late += any(quarter not in done for quarter in quarters)
    found["未做到每季度召开党员大会的党支部数"] = (late, "个")
    return found


def problems(book: Workbook) -> dict[str, tuple[object, str]]:
    members, orgs = book.members, book["党组织"]
    size = Counter(row["所属党组织"] for row in members)
    full = Counter(row["所属党组织"] for row in members if row["党员类别"] == "正式")
    unit_of = {row["党组织代码"]: row["所属单位"] for row in orgs}
    by_unit = Counter(unit_of[row["所属党组织"]] for row in members)
    types: dict[str, set[str]] = {}
    for row in orgs:
        types.setdefault(row["所属单位"], set()).add(row["类型"])
    short = [
        unit for unit in book.enterprises
        if (by_unit[unit["单位代码"]] >= 100 and "党委" not in types[unit["单位代码"]])
        or (50 <= by_unit[unit["单位代码"]] < 100 and not types[unit["单位代码"]] & {"党委", "党总支"})
    ]  # fmt: skip
    elected = [
        row
        for row in orgs
        if row["本届选举日期"] and row["任期(年)"] and row["类型"] != "临时党支部"
    ]
    expired = [
        row
        for row in elected
        if row["本届选举日期"].replace(year=row["本届选举日期"].year + row["任期(年)"]) < AS_OF
    ]
    registered = {row["党员代码"] for row in members}
    hours = [
        row["集中学时"]
        for row in book["党员年度"]
        if int(row["年度"]) == YEAR
        and row["党员代码"] in registered
        and row["集中学时"] is not None
    ]
    last_year = [
        row["集中学时"]
        for row in book["党员年度"]
        if int(row["年度"]) == YEAR - 1
        and row["党员代码"] in registered
        and row["集中学时"] is not None
    ]
    rates = []
    for year in (YEAR, YEAR - 1):
        rows = [
            row
            for row in book["党员年度"]
            if int(row["年度"]) == year and row["党员代码"] in registered
        ]
        came, due = (sum(row[column] or 0 for row in rows) for column in ("实到次数", "应到次数"))
        rates.append(percent(came, due))
    tasks = book["三单台账"]
    old = [
        row
        for row in tasks
        if row["下达日"].year < YEAR and not (row["状态"] == "已销号" and row["销号日"] <= AS_OF)
    ]
    closed = sum(row["状态"] == "已销号" and row["销号日"] <= AS_OF for row in tasks)
    overdue = sum(row["状态"] != "已销号" and row["时限"] < AS_OF for row in tasks)
    return {
        "党员人数达到设立党总支（党委）条件而未设立的企业数": (len(short), "家"),
        "党员人数超过规模上限的党支部数": (
            sum(size[row["党组织代码"]] > 50 for row in book.branches),
            "个",
        ),
        "正式党员不足成立条件的党支部数": (
            sum(full[row["党组织代码"]] < 3 for row in book.branches if row["类型"] == "党支部"),
            "个",
        ),
        "填报本届选举日期的党组织数": (len(elected), "个"),
        "任期届满未换届的党组织数": (len(expired), "个"),
        "填报集中学时的党员数": (len(hours), "名"),
        "集中学习培训未满年度学时的党员数": (sum(hour < 32 for hour in hours), "名"),
        "上年全年没有达到规定学时的党员数": (sum(hour < 32 for hour in last_year), "名"),
        f"{YEAR}年组织生活参加率": (rates[0], "%"),
        "组织生活参加率较上年变化": (rates[0] - rates[1], "个百分点"),
        "往年下达尚未销号的事项数": (len(old), "项"),
        "未完成党建入章的企业数": (sum(row["党建入章"] == "否" for row in book.enterprises), "家"),
        "三单事项数": (len(tasks), "项"),
        "完成销号的事项数": (closed, "项"),
        "已销号事项数占三单事项数的比重": (percent(closed, len(tasks)), "%"),
        "逾期未销号事项数": (overdue, "项"),
        "逾期未销号事项数占三单事项数的比重": (percent(overdue, len(tasks)), "%"),
    }


def results(book: Workbook) -> dict[str, tuple[object, str]]:
    honours = [
        row for row in book["荣誉"] if row["授予日期"].year == YEAR and row["授予日期"] <= AS_OF
    ]
    firms = {row["单位代码"] for row in book.enterprises}
    assets = [
        row for row in book["年度指标"]
        if row["指标名称"] == "总资产" and int(row["年度"]) == YEAR and row["主体代码"] in firms and int(row["基期年"]) == YEAR - 1
    ]  # fmt: skip
    now, before = sum(row["数值"] for row in assets), sum(row["基期值"] for row in assets)
    inspections = [
        row for row in book["组织生活台账"] if row["类型"] == "督查" and row["日期"].year == YEAR
    ]
    found: dict[str, tuple[object, str]] = {
        "年内获得的集体荣誉数": (sum(row["对象类型"] == "组织" for row in honours), "项"),
        "年内获得的个人荣誉数": (sum(row["对象类型"] == "个人" for row in honours), "项"),
        "企业资产总额": (now, "万元"),
        "企业资产总额增长率": ((now - before) / before * 100, "%"),
        "年内督查次数": (len(inspections), "次"),
        "机制做法数": (len(book["机制做法"]), "项"),
        "申报案例品牌数": (len(book["案例品牌"]), "项"),
        "入选案例品牌数": (sum(row["入选"] == "是" for row in book["案例品牌"]), "项"),
    }
    codes = {row["党组织代码"] for row in book.branches}
    theme_days = [
        row for row in book["组织生活台账"]
        if (row["类型"] == "主题党日" or "主题党日" in str(row["计入类型"] or "").split("；"))
        and row["日期"].year == YEAR and row["日期"] <= AS_OF and row["党组织代码"] in codes
    ]  # fmt: skip
    scored = {row["党组织代码"] for row in book["考核得分"] if not row["党员代码"]} & codes
    found["年内开展主题党日次数"] = (len(theme_days), "次")
    found["有考核得分的党支部数"] = (len(scored), "个")
    parents = {row["上级指标"] for row in book["考核指标"]}
    scores: dict[tuple[str, int, str, int], float] = {}
    for row in book["考核得分"]:
        if row["指标代码"] not in parents and not row["党员代码"] and row["得分"] is not None:
            key = (row["党组织代码"], int(row["年度"]), row["周期类型"], row["期次"])
            scores[key] = scores.get(key, 0) + row["得分"]
    for branch in book.branches:
        for label, key in {
            "上年": (YEAR - 1, "年", 1),
            "一季度": (YEAR, "季", 1),
            "二季度": (YEAR, "季", 2),
            "三季度": (YEAR, "季", 3),
        }.items():
            total = scores.get((branch["党组织代码"], *key))
            if total is not None:
                found[f"{branch['简称']}{label}得分"] = (total, "分")
    return found


def everything(path: Path) -> dict[str, tuple[object, str]]:
    book = Workbook(path)
    return people(book) | organisations(book) | life(book) | problems(book) | results(book)

"""Every verdict on every organisation once more, from openpyxl rows and nothing of ours: (code, rule) -> outcome."""

from __future__ import annotations

import calendar
from collections import Counter
from datetime import date, datetime, timedelta
from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import Any

import chinese_calendar
import openpyxl

Row = dict[str, Any]
MET, FAILED, NA, UNKNOWN = "达标", "未达标", "不适用", "数据不足"
BRANCHES = ("党支部", "联合党支部", "临时党支部")
REVISED = date(2026, 5, 18)
PEOPLE_RULES = (
    "R18",
    "R19",
    "R20",
    "R21",
    "R22",
    "R23",
    "R24",
    "R25",
    "R26",
    "R27",
    "R29",
    "R30",
    "R31",
)
ONLY_BRANCHES = (
    "R03",
    "R04",
    "R05",
    "R06",
    "R10",
    "R11",
    "R12",
    "R13",
    "R15",
    "R16",
    "R17",
    "R28",
    *PEOPLE_RULES,
)
STEPS = tuple(f"D{number:02}" for number in range(1, 13))


def later(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


class County:
    def __init__(self, path: Path) -> None:
        book = openpyxl.load_workbook(path, read_only=True)
        self.sheets: dict[str, list[Row]] = {}
        for sheet in book:
            rows = [
                row
                for row in sheet.iter_rows(values_only=True)
                if any(cell is not None for cell in row)
            ]
            skip = 1 if sheet.title == "设置" or not is_identifiers(rows[1:2]) else 2
            self.sheets[sheet.title] = [
                plain(dict(zip_longest(rows[0], row))) for row in rows[skip:]
            ]
        book.close()
        settings = {next(iter(row.values())): list(row.values())[1] for row in self.sheets["设置"]}
        self.year, self.as_of = int(settings["年度"]), settings["数据截止日"]
        gone = {
            row["党员代码"] for row in self["党员"]
            if row["在册"] == "否" or (row["离开日期"] and row["离开日期"] <= self.as_of) or row["入党日期"] > self.as_of
        }  # fmt: skip
        self.members = [row for row in self["党员"] if row["党员代码"] not in gone]
        self.years = {
            row["党员代码"]: row for row in self["党员年度"] if int(row["年度"]) == self.year
        }
        self.orgs = {row["党组织代码"]: row for row in self["党组织"]}

    def __getitem__(self, title: str) -> list[Row]:
        return self.sheets[title]

    def unit_of(self, code: str | None) -> str | None:
        while code:
            if self.orgs[code]["所属单位"]:
                return self.orgs[code]["所属单位"]
            code = self.orgs[code]["上级代码"]
        return None


def is_identifiers(rows: list[Any]) -> bool:
    return bool(rows) and all(
        cell is None or (isinstance(cell, str) and cell.isascii() and cell.islower())
        for cell in rows[0]
    )


def plain(row: Row) -> Row:
    return {
        key: value.date() if isinstance(value, datetime) else value for key, value in row.items()
    }


@cache
def outcomes(path: Path) -> dict[tuple[str, str], str]:
    county = County(path)
    found: dict[tuple[str, str], str] = {}
    for code, org in county.orgs.items():
        one = One(county, org)
        judged = {**one.organisation(), **one.meetings(), **one.people(), **one.admissions()}
        if org["类型"] not in BRANCHES:
            judged |= dict.fromkeys((*ONLY_BRANCHES, *STEPS), NA)
        found |= {(code, rule): outcome for rule, outcome in judged.items()}
    return found


class One:
    """One organisation's rows."""

    def __init__(self, county: County, org: Row) -> None:
        self.county, self.org, self.kind = county, org, org["类型"]
        code = org["党组织代码"]
        self.until = (
            min(org["撤销日期"] or county.as_of, county.as_of)
            if org["状态"] == "撤销"
            else county.as_of
        )
        self.members = [row for row in county.members if row["所属党组织"] == code]
        self.full = sum(row["党员类别"] == "正式" for row in self.members)
        self.told = [(row, county.years.get(row["党员代码"])) for row in self.members]
        self.events = [
            row for row in county["组织生活台账"]
            if row["党组织代码"] == code and row["日期"].year == county.year and row["日期"] <= county.as_of
        ]  # fmt: skip
        self.admitted = [row for row in county["发展党员"] if row["党组织代码"] == code]
        self.over = county.as_of >= date(county.year, 12, 31)

    def held(self, kind: str) -> list[date]:
        return [
            row["日期"] for row in self.events
            if row["日期"] <= self.until and (row["类型"] == kind or kind in str(row["计入类型"] or "").split("；"))
        ]  # fmt: skip

    def organisation(self) -> dict[str, str]:
        org, size = self.org, len(self.members)
        found = {"R05": NA, "R06": NA, "R07": NA, "R08": NA, "R09": NA, "R28": NA}
        found["R01"], found["R02"] = self.ranks()
        found["R03"] = (MET if self.full >= 3 else FAILED) if self.kind == "党支部" else NA
        found["R04"] = MET if size <= 50 else FAILED
        if self.kind == "联合党支部":
            found["R05"] = (
                UNKNOWN if org["覆盖单位数"] is None else MET if org["覆盖单位数"] <= 5 else FAILED
            )
        if self.full >= 7:
            found["R06"] = (
                UNKNOWN if org["委员数"] is None else MET if 3 <= org["委员数"] <= 7 else FAILED
            )
        if self.kind in ("党总支", "党委"):
            most = 9 if self.kind == "党总支" else 11
            found["R07"] = (
                UNKNOWN if org["委员数"] is None else MET if 5 <= org["委员数"] <= most else FAILED
            )
        if self.kind != "临时党支部":
            if not org["本届选举日期"] or not org["任期(年)"]:
                found["R08"] = found["R09"] = UNKNOWN
            else:
                ends = later(org["本届选举日期"], 12 * org["任期(年)"])
                found["R08"] = FAILED if ends < self.until else MET
                found["R09"] = (
                    NA
                    if ends >= self.until
                    else FAILED
                    if later(ends, 12) < self.until
                    else UNKNOWN
                )
        if org["本届选举日期"] and org["本届选举日期"].year == self.county.year:
            found["R28"] = UNKNOWN
        return found

    def ranks(self) -> tuple[str, str]:
        county, unit = self.county, self.county.unit_of(self.org["党组织代码"])
        kinds = {row["单位代码"]: row["单位类别"] for row in county["单位"]}
        if kinds.get(unit) not in ("县属国企", "区管企业", "委管企业"):
            return NA, NA
        types = {
            row["类型"]
            for code, row in county.orgs.items()
            if county.unit_of(code) == unit and row["状态"] != "撤销"
        }
        top = next((kind for kind in ("党委", "党总支") if kind in types), None)
        if top and self.kind != top:
            return NA, NA
        size = sum(county.unit_of(row["所属党组织"]) == unit for row in county.members)
        if size >= 100:
            return MET if "党委" in types else FAILED, NA
        return NA, NA if size < 50 else MET if types & {"党委", "党总支"} else FAILED

    def meetings(self) -> dict[str, str]:
        year = self.county.year
        months = [
            month for month in range(1, 13)
            if self.org["成立日期"] <= date(year, month, 1) and date(year, month, calendar.monthrange(year, month)[1]) <= self.until
        ]  # fmt: skip
        quarters = [q for q in range(4) if {3 * q + 1, 3 * q + 2, 3 * q + 3} <= set(months)]
        found = {}
        for rule, kind in (("R11", "支委会"), ("R12", "党小组会"), ("R15", "主题党日")):
            each = self.org["党小组数"] if rule == "R12" else 1
            times = Counter(day.month for day in self.held(kind))
            found[rule] = self.kept(
                months, [times[month] >= (each or 0) for month in months], times
            )
            if rule == "R12" and not each:
                found[rule] = UNKNOWN if each is None else NA
            if rule == "R11" and self.full < 7:
                found[rule] = NA
        for rule, kind in (("R10", "党员大会"), ("R13", "党课")):
            times = Counter((day.month - 1) // 3 for day in self.held(kind))
            found[rule] = self.kept(quarters, [bool(times[quarter]) for quarter in quarters], times)
        for rule, kind in (("R16", "组织生活会"), ("R17", "民主评议")):
            found[rule] = self.once(bool(self.held(kind)))
        if self.kind == "临时党支部":
            found["R17"] = NA
        found["R14"] = NA
        if self.kind == "党委":
            names = [
                row["姓名"]
                for row in self.county.members
                if row["党员代码"] == self.org["书记党员代码"]
            ]
            lectures = [row for row in self.events if row["类型"] == "党课"]
            blank = not names or any(row["主讲主持"] is None for row in lectures)
            found["R14"] = (
                UNKNOWN
                if blank
                else self.once(any(row["主讲主持"] == names[0] for row in lectures))
            )
        return found

    def kept(self, due: list[int], done: list[bool], times: Counter[int]) -> str:
        return NA if not due else UNKNOWN if not times else MET if all(done) else FAILED

    def once(self, done: bool) -> str:
        return UNKNOWN if not self.events else MET if done else FAILED if self.over else NA

    def everyone(
        self, people: list[tuple[Row, Row | None]], columns: tuple[str, ...], meets: Any
    ) -> str:
        filled = [
            (one, row)
            for one, row in people
            if row and all(row[column] is not None for column in columns)
        ]
        if not filled:
            return UNKNOWN
        if not all(meets(one, row) for one, row in filled):
            return FAILED
        return MET if len(filled) == len(people) else UNKNOWN

    def people(self) -> dict[str, str]:
        year, as_of = self.county.year, self.county.as_of
        found = {"R30": UNKNOWN if self.over else NA, "R31": NA}
        grades = [row["评议等次"] for _, row in self.told if row]
        graded = [grade for grade in grades if grade in ("优秀", "合格", "基本合格", "不合格")]
        found["R18"] = MET if 3 * graded.count("优秀") <= len(graded) else FAILED
        if not graded:
            found["R18"] = UNKNOWN if self.over or None in grades else NA
        if self.kind == "临时党支部":
            found["R18"] = NA
        found["R19"] = self.everyone(
            self.told, ("谈心谈话次数",), lambda _, row: row["谈心谈话次数"] >= 1
        )
        found["R20"] = self.everyone(self.told, ("集中学时",), lambda _, row: row["集中学时"] >= 32)
        board = [
            (one, row) for one, row in self.told if one["党内职务"] in ("书记", "副书记", "委员")
        ]
        found["R21"] = self.everyone(
            board,
            ("集中学时", "集中培训次数"),
            lambda _, row: row["集中学时"] >= 56 and row["集中培训次数"] >= 1,
        )
        paid = ("应交月数", "已交月数", "应交党费(元)", "实交党费(元)")
        found["R25"] = self.everyone(
            self.told, paid,
            lambda _, row: row["已交月数"] >= row["应交月数"] and row["实交党费(元)"] >= row["应交党费(元)"],
        )  # fmt: skip
        fresh = [
            (one, row)
            for one, row in self.told
            if one["党员类别"] == "预备" and one["入党日期"].year == year
        ]
        last = as_of.month if as_of.year == year else 12
        found["R27"] = NA
        if fresh:
            found["R27"] = self.everyone(
                fresh,
                ("应交月数",),
                lambda one, row: row["应交月数"] > last - one["入党日期"].month,
            )
        found |= self.moved()
        found["R26"] = UNKNOWN if any(row["用工形式"] == "离退休" for row in self.members) else NA
        return found

    def moved(self) -> dict[str, str]:
        found = {}
        for rule, state, late in (("R22", "失联", FAILED), ("R23", "流出", UNKNOWN)):
            days = [row["流动起始日期"] for row in self.members if row["流动状态"] == state]
            long = any(day and later(day, 6) <= self.county.as_of for day in days)
            found[rule] = NA if not days else late if long else UNKNOWN if None in days else MET
        columns = ("应交月数", "已交月数", "应到次数", "实到次数")
        filled = [
            row
            for _, row in self.told
            if row and all(row[column] is not None for column in columns)
        ]
        odd = any(
            row["应交月数"] - row["已交月数"] >= 6 or (row["应到次数"] and not row["实到次数"])
            for row in filled
        )
        found["R24"] = (
            UNKNOWN if odd or len(filled) < len(self.members) or not self.members else MET
        )
        (head,) = [
            row for row in self.county.members if row["党员代码"] == self.org["书记党员代码"]
        ] or [None]
        if head is None or not head["转正日期"]:
            found["R29"] = UNKNOWN
        else:
            found["R29"] = (
                MET if later(head["转正日期"], 12) <= (head["任职日期"] or self.until) else FAILED
            )
        return found

    def now(self, day: date | None) -> bool:
        return bool(day and day.year == self.county.year and day <= self.county.as_of)

    def admissions(self) -> dict[str, str]:
        if self.kind == "临时党支部":
            return dict.fromkeys(STEPS, NA)
        found = {}
        for step in STEPS:
            each = {self.step(step, row) for row in self.admitted} - {NA}
            found[step] = (
                FAILED if FAILED in each else UNKNOWN if UNKNOWN in each else MET if each else NA
            )
        return found

    def step(self, step: str, row: Row) -> str:  # noqa: PLR0911  # one line a step
        admitted = row["接收大会日"]
        if step in ("D01", "D03"):
            return UNKNOWN if self.now(row["申请日" if step == "D01" else "确定积极分子日"]) else NA
        if step == "D04":
            return UNKNOWN if row["阶段"] in ("积极分子", "发展对象") else NA
        if step == "D05":
            return self.listing(row)
        if step == "D06":
            enough = (row["培训天数"] or 0) >= 3 or (row["培训学时"] or 0) >= 24
            return (
                NA
                if not self.now(admitted)
                else MET
                if enough and row["政审结论"] == "合格"
                else UNKNOWN
            )
        if step == "D08":
            return (
                NA
                if not self.now(admitted)
                else MET
                if 2 * row["赞成票"] > row["应到票数"]
                else FAILED
            )
        if step == "D11":
            ends, confirmed = row["预备期满日"], row["转正大会日"]
            if not (self.now(admitted) or self.now(confirmed)):
                return NA
            return (
                FAILED
                if ends < later(admitted, 12) - timedelta(days=1)
                or (confirmed and confirmed < ends)
                else MET
            )
        return self.limit(step, row)

    def listing(self, row: Row) -> str:
        if not self.now(row["发展对象日"]):
            return NA
        if row["发展对象日"] < later(row["确定积极分子日"], 12) - timedelta(days=1):
            return FAILED
        if row["公示起"] < REVISED or (row["接收大会日"] and row["接收大会日"] < REVISED):
            return MET
        days = (
            row["公示起"] + timedelta(days=number)
            for number in range((row["公示止"] - row["公示起"]).days + 1)
        )
        return MET if sum(map(chinese_calendar.is_workday, days)) >= 5 else FAILED

    def limit(self, step: str, row: Row) -> str:
        first, second, months = {
            "D02": ("申请日", "谈话日", 1), "D07": ("预审日", "接收大会日", 1), "D09": ("接收大会日", "党委审批日", 3),
            "D10": ("党委审批日", "宣誓日", 1), "D12": ("转正大会日", "转正审批日", 3),
        }[step]  # fmt: skip
        begun, done = row[first], row[second]
        if not begun or (done and not self.now(done)) or (not done and row["阶段"] == "终止"):
            return NA
        reached = done or self.county.as_of
        if step in ("D07", "D10") and (
            reached < REVISED or (row["接收大会日"] and row["接收大会日"] < REVISED)
        ):
            return NA
        if reached <= later(begun, months):
            return MET if done else NA
        return UNKNOWN if step == "D09" and reached <= later(begun, 6) else FAILED

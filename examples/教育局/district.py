"""工作簿 -> 报告里反复用到的数：今年的行、各校一览、各科质量、交给学校的全县数。"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import pandas as pd

from gongwen.facts.arithmetic import ranks
from gongwen_lint.reference_data import Figure, ReferenceData
from zhibi import Fact, change, count, groups, ratio, share, total
from zhibi.data.dataset import Dataset
from zhibi.domain.reference import whole_region
from zhibi.notebook.authoring.written import RowText, Withheld

add_up = partial(total, blanks="refuse")


def of_year(frame: pd.DataFrame, year: int) -> pd.DataFrame:
    """一年的行。"""
    return frame[(frame["年度"] == year).fillna(value=False).astype(bool)]


def in_year(frame: pd.DataFrame, column: str, year: int) -> pd.DataFrame:
    """日期落在一年里的行。"""
    return frame[frame[column].dt.year == year]


def of_school(frame: pd.DataFrame, code: str) -> pd.DataFrame:
    """一所学校的行。"""
    return frame[frame["学校代码"] == code]


def called(schools: pd.DataFrame) -> dict[str, str]:
    """学校代码和叫法：有简称的用简称。"""
    short = schools["简称"].fillna(schools["学校名称"])
    return dict(zip(schools["学校代码"], short, strict=True))


def quality(exams: pd.DataFrame, whose: str = "") -> list[dict[str, Any]]:
    """各科的参考人数、合格率、优秀率。"""
    found = []
    for subject, rows in groups(exams, "科目").items():
        sat = add_up(rows["参考人数"], f"{whose}{subject}参考人数", "人")
        passed = add_up(rows["合格人数"], f"{whose}{subject}合格人数", "人")
        best = add_up(rows["优秀人数"], f"{whose}{subject}优秀人数", "人")
        found.append({
            "科目": subject, "参考人数": sat,
            "合格率": share(passed, sat, f"{whose}{subject}合格率"),
            "优秀率": share(best, sat, f"{whose}{subject}优秀率"),
        })  # fmt: skip
    return found


def pass_rate(exams: pd.DataFrame, whose: str) -> Fact:
    """各科合起来的合格率。"""
    sat = add_up(exams["参考人数"], f"{whose}参考人次", "人次")
    return share(add_up(exams["合格人数"], f"{whose}合格人次", "人次"), sat, f"{whose}合格率")


def kinds(frame: pd.DataFrame, column: str, label: str, unit: str = "名") -> list[Fact]:
    """一列里各类各有多少，多的在前。"""
    parts = [count(rows, f"{kind}{label}", unit) for kind, rows in groups(frame, column).items()]
    return sorted(parts, key=lambda fact: -int(fact.value or 0))


def overview(data: Dataset, year: int) -> list[dict[str, Any]]:
    """各校一览：班级、学生、教师、生师比。"""
    found = []
    pupils = of_year(data["学生"], year)
    for code, name in called(data["学校"]).items():
        rows = of_school(pupils, code)
        number = add_up(rows["学生数"], f"{name}学生数", "人")
        staff = count(of_school(data["教师"], code), f"{name}教师数", "名")
        found.append({
            "学校": name, "班级": add_up(rows["班级数"], f"{name}班级数", "个"), "学生": number,
            "教师": staff, "生师比": ratio(number, staff, f"{name}生师比"),
        })  # fmt: skip
    return found


def growth(frame: pd.DataFrame, column: str, year: int, label: str, unit: str) -> tuple[Fact, Fact]:
    """今年的合计和比上年增长多少。"""
    now = add_up(of_year(frame, year)[column], label, unit)
    return now, change(now, add_up(of_year(frame, year - 1)[column], f"上年{label}", unit))


def handed(data: Dataset) -> Mapping[str, Mapping[str, Fact]]:
    """交给每所学校的全县数：合格率和本校的名次。别校的行不交。"""
    year = data.settings["年度"].value
    exams = of_year(data["考试"], year if isinstance(year, int) else 0)
    names = called(data["学校"])
    rates = {
        code: pass_rate(rows, names[code])
        for code in names
        if len(rows := of_school(exams, code))
    }
    places = ranks(rates, {code: f"{names[code]}合格率排名" for code in rates}, "各校合格率")
    whole = {"全县合格率": pass_rate(exams, "全县")} if len(exams) else {}
    return {code: {**whole, **({"名次": places[code]} if code in places else {})} for code in names}


def texts(data: Dataset, report: str, code: str | None, year: int) -> dict[str, str]:
    """“撰写”表里为这份报告写的话；为别的年度写的不印，说明为什么。"""
    found: dict[str, str] = {}
    for origin, row in data["撰写"].iterrows():
        own = pd.isna(row["学校代码"]) if code is None else row["学校代码"] == code
        if row["报告"] != report or not own:
            continue
        where = f"“撰写”表第{origin[2]}行"
        if row["年度"] == year:
            found[row["段落"]] = RowText(str(row["文字"]), where)
        else:
            found.setdefault(row["段落"], Withheld(f"{where}是为{row['年度']}年度写的"))
    return found


def known(data: Dataset) -> ReferenceData:
    """zhibi check --data 拿来核对的名称和数。"""
    year, region = data.settings["年度"].value, str(data.settings["地区"].value or "")
    whole, schools = whole_region(region), data["学校"]
    figures = [
        Figure(whole, ("学校", "各级各类学校"), len(schools), "所", "学校"),
        Figure(whole, ("教师", "在岗教师"), len(data["教师"]), "名", "教师"),
    ]
    figures += [
        Figure(whole, (str(stage),), len(rows), "所", "学校")
        for stage, rows in groups(schools, "学段").items()
    ]
    pupils = of_year(data["学生"], year if isinstance(year, int) else 0)["学生数"]
    if len(pupils) and pupils.notna().all():
        figures.append(Figure(whole, ("学生", "在校学生"), int(pupils.sum()), "人", "学生"))
    names = [*schools["学校名称"].dropna(), *schools["简称"].dropna()]
    as_of = data.settings["数据截止日"].value
    return ReferenceData(tuple(map(str, names)), year, as_of, region, tuple(figures))  # type: ignore[arg-type]

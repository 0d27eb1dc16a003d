"""党员 and 党员年度 -> V04, V05, V06, V08–V10, V34."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from dangjian.workbook.checks.findings import (
    Saying,
    about_several,
    basis,
    day_of,
    tell,
    year_of,
)
from dangjian.workbook.checks.limits import LIMITS
from gongwen.findings import Finding, Level
from zhibi.data.dataset import Dataset

GRADES = ("优秀", "合格", "基本合格", "不合格")
ADULT = 18
SHORTEST_PROBATION = pd.Timedelta(days=350)  # a year, give or take the day of the meeting
PROBATION_SINCE = pd.Timestamp(
    "1980-01-01"
)  # for some earlier years the party constitution knew no probation


def probation_over(dataset: Dataset) -> Iterable[Finding]:
    """V40 到数据截止日，预备期没有超过一年；超过的应当已经转正、延长或取消资格。"""
    day = day_of(dataset)
    if day is None:
        return
    frame = dataset.sound("党员", "党员类别", "入党日期")
    over = frame[
        (frame["党员类别"] == "预备") & (frame["入党日期"] + pd.DateOffset(years=1, months=1) < day)
    ]
    message = f"{{入党日期}}入党，到{day.date()}已过一年预备期，仍是“预备”"
    hint = "已转正的请改类别、填转正日期；延长预备期的不用管。"
    saying = Saying("V40", Level.WARNING, message, "已过一年预备期，仍是“预备”", hint)
    yield from tell(dataset, "党员", "入党日期", over, saying)


def joined_by_the_day(dataset: Dataset) -> Iterable[Finding]:
    """V04 入党日期、转正日期不晚于数据截止日。"""
    day = day_of(dataset)
    if day is None:
        return
    for column in ("入党日期", "转正日期"):
        frame = dataset.sound("党员", column)
        message = f"{column}{{{column}}}晚于数据截止日{day.date()}"
        hint = "请核对日期，或改设置中的数据截止日。"
        saying = Saying("V04", Level.ERROR, message, f"{column}晚于数据截止日", hint)
        yield from tell(dataset, "党员", column, frame[frame[column] > day], saying)


def probation(dataset: Dataset) -> Iterable[Finding]:
    """V05 预备党员没有转正日期；转正晚于入党约一年以上。"""
    frame = dataset.sound("党员", "党员类别", "入党日期", "转正日期")
    early = frame[(frame["党员类别"] == "预备") & frame["转正日期"].notna()]
    saying = Saying(
        "V05",
        Level.ERROR,
        "党员类别是“预备”，却有转正日期{转正日期}",
        "预备党员有转正日期",
        "已转正的请把类别改为“正式”，否则删去日期。",
    )
    yield from tell(dataset, "党员", "转正日期", early, saying)
    regular = frame[(frame["党员类别"] != "预备") & frame["转正日期"].notna()]
    backwards = regular[regular["转正日期"] <= regular["入党日期"]]
    saying = Saying(
        "V05",
        Level.ERROR,
        "转正日期{转正日期}不晚于入党日期{入党日期}",
        "转正日期不晚于入党日期",
        "请核对两个日期。",
    )
    yield from tell(dataset, "党员", "转正日期", backwards, saying)
    gap = regular["转正日期"] - regular["入党日期"]
    short = regular[
        (gap > pd.Timedelta(0))
        & (gap < SHORTEST_PROBATION)
        & (regular["入党日期"] >= PROBATION_SINCE)
    ]
    saying = Saying(
        "V05",
        Level.ERROR,
        "入党{入党日期}、转正{转正日期}，预备期不满一年",
        "预备期不满一年",
        "请核对两个日期。",
    )
    yield from tell(dataset, "党员", "转正日期", short, saying)


def of_age(dataset: Dataset) -> Iterable[Finding]:
    """V06 入党时年满十八岁。"""
    frame = dataset.sound("党员", "出生年份", "入党日期")
    young = (frame["入党日期"].dt.year - frame["出生年份"] < ADULT).fillna(value=False)
    saying = Saying(
        "V06",
        Level.ERROR,
        "出生年份{出生年份}、入党日期{入党日期}，入党时不满18岁",
        "入党时不满18岁",
        "请核对出生年份和入党日期。",
    )
    yield from tell(dataset, "党员", "出生年份", frame[young.astype(bool)], saying)


def graded(dataset: Dataset) -> Iterable[Finding]:
    """V08 预备党员参加评议，但不定等次。"""
    year = year_of(dataset)
    frame = dataset.sound("党员年度", "党员代码", "年度", "评议等次")
    members = dataset.sound("党员", "党员代码", "党员类别")
    waiting = members.loc[members["党员类别"] == "预备", "党员代码"]
    odd = frame[
        frame["党员代码"].isin(waiting)
        & frame["评议等次"].isin(GRADES)
        & (frame["年度"] == year).fillna(value=False)
    ]
    saying = Saying(
        "V08",
        Level.ERROR,
        "预备党员“{党员代码}”的评议等次是“{评议等次}”",
        "预备党员评定了等次",
        "预备党员填“未评定”。",
    )
    yield from tell(dataset, "党员年度", "评议等次", odd, saying)


def excellent_share(dataset: Dataset) -> Iterable[Finding]:
    """V09 评议为优秀的不超过参评党员的三分之一。"""
    frame = dataset.sound("党员年度", "党员代码", "年度", "评议等次")
    members = dataset.sound("党员", "党员代码", "所属党组织")
    home = (
        members.dropna(subset="党员代码")
        .drop_duplicates("党员代码")
        .set_index("党员代码")["所属党组织"]
    )
    frame = frame[frame["评议等次"].isin(GRADES)]
    frame = frame.assign(组织=frame["党员代码"].map(home), 优秀=frame["评议等次"] == "优秀")
    parts = frame.groupby(["组织", "年度"])["优秀"].agg(["sum", "size"])
    rule = LIMITS["R18"]
    over = parts[parts["sum"] > parts["size"] // rule.figure]
    for org, year, excellent, every in over.reset_index().itertuples(index=False, name=None):
        mine = frame[(frame["组织"] == org) & (frame["年度"] == year) & frame["优秀"]].iloc[:1]
        most = every // rule.figure
        message = f"“{{组织}}”{year}年参评{every}名，优秀{excellent}名，超过三分之一（{most}名）（{basis(rule)}）"
        yield from tell(
            dataset,
            "党员年度",
            "评议等次",
            mine,
            Saying("V09", Level.WARNING, message, "优秀超过三分之一", "请核实评议结果。"),
        )


def not_twice(dataset: Dataset) -> Iterable[Finding]:
    """V34 同一名党员不用两个代码登记。"""
    columns = ["姓名", "性别", "出生年份", "入党日期"]
    frame = dataset.sound("党员", "党员代码", *columns).dropna(
        subset=["党员代码", "姓名", "出生年份", "入党日期"]
    )
    frame = frame[~(frame["在册"] == False).fillna(value=False).astype(bool)]  # noqa: E712  (missing is not False)
    frame = frame[frame.duplicated(columns, keep=False)]
    first: dict[tuple[object, ...], str] = {}
    same = []
    for code, *who in frame[["党员代码", *columns]].itertuples(index=False):
        key = tuple(None if pd.isna(part) else part for part in who)
        same.append(first.setdefault(key, code))
    frame = frame.assign(另一代码=pd.Series(same, index=frame.index, dtype=object))
    again = frame[frame["另一代码"] != frame["党员代码"]]
    message = "与“{另一代码}”的姓名、性别、出生年份、入党日期全都相同，多半是同一个人"
    hint = "请核实：同一个人只登记一次，转出的把原来那一行的“在册”填“否”。"
    saying = Saying("V34", Level.WARNING, message, "与另一名党员全都相同，多半重复登记", hint)
    yield from about_several(tell(dataset, "党员", "党员代码", again, saying))


def attendance(dataset: Dataset) -> Iterable[Finding]:
    """V07 党员年度实到次数不超过应到次数。"""
    frame = dataset.sound("党员年度", "应到次数", "实到次数")
    odd = frame[(frame["实到次数"] > frame["应到次数"]).fillna(value=False)]
    saying = Saying(
        "V07",
        Level.ERROR,
        "实到{实到次数}次多于应到{应到次数}次",
        "实到次数多于应到次数",
        "请核对两个数。",
    )
    yield from tell(dataset, "党员年度", "实到次数", odd, saying)


def dues(dataset: Dataset) -> Iterable[Finding]:
    """V10 已交月数不超过应交月数；实交超过应交的须是自愿多交。"""
    frame = dataset.sound("党员年度", "应交月数", "已交月数")
    odd = frame[(frame["已交月数"] > frame["应交月数"]).fillna(value=False)]
    saying = Saying(
        "V10",
        Level.ERROR,
        "已交{已交月数}个月多于应交{应交月数}个月",
        "已交月数多于应交月数",
        "请核对两个数。",
    )
    yield from tell(dataset, "党员年度", "已交月数", odd, saying)
    frame = dataset.sound("党员年度", "应交党费(元)", "实交党费(元)")
    odd = frame[(frame["实交党费(元)"] > frame["应交党费(元)"]).fillna(value=False).astype(bool)]
    saying = Saying(
        "V10",
        Level.WARNING,
        "实交{实交党费(元)}元多于应交{应交党费(元)}元",
        "实交党费多于应交党费",
        "自愿多交的不必改，否则请核对。",
    )
    yield from tell(dataset, "党员年度", "实交党费(元)", odd, saying)

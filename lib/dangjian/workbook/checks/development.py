"""发展党员 -> V26: steps in order, and within the limits of the rules in force on the day."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

import numpy as np
import pandas as pd

from dangjian.workbook.checks.findings import Saying, basis, tell
from dangjian.workbook.checks.limits import LIMITS, REVISED
from gongwen.findings import Finding, Level
from zhibi.data.dataset import Dataset

TITLE = "发展党员"
STEPS = (
    "申请日", "谈话日", "确定积极分子日", "公示起", "公示止", "发展对象日", "政审日", "预审日", "接收大会日", "党委审批日", "宣誓日",
    "预备期满日", "转正大会日", "转正审批日",
)  # fmt: skip
# (from, to, months at most, rule, level); where the revised text is the first to say so, only later
# steps are held to it
AT_MOST = (
    ("申请日", "谈话日", "D02", Level.WARNING),
    ("预审日", "接收大会日", "D07", Level.WARNING),
    ("接收大会日", "党委审批日", "D09M", Level.ERROR),
    ("接收大会日", "党委审批日", "D09", Level.WARNING),
    ("党委审批日", "宣誓日", "D10", Level.WARNING),
    ("转正大会日", "转正审批日", "D12", Level.WARNING),
)
DAY = pd.Timedelta(days=1)


def steps_in_order(dataset: Dataset) -> Iterable[Finding]:
    """V26 各环节日期先后有序。"""
    frame = dataset.sound(TITLE, *STEPS)
    reported = pd.Series(data=False, index=frame.index)
    for first, second in sorted(
        combinations(range(len(STEPS)), 2), key=lambda pair: pair[1] - pair[0]
    ):
        before, after = STEPS[first], STEPS[second]
        odd = (frame[after] < frame[before]) & ~reported
        message = f"{after}{{{after}}}早于{before}{{{before}}}"
        saying = Saying("V26", Level.ERROR, message, f"{after}早于{before}", "请核对两个日期。")
        yield from tell(dataset, TITLE, after, frame[odd], saying)
        reported |= odd


def within_months(dataset: Dataset) -> Iterable[Finding]:
    """V26 谈话、支部大会、审批、宣誓在规定的月数之内。"""
    frame = dataset.sound(TITLE, *STEPS)
    late_before = pd.Series(data=False, index=frame.index)
    for first, second, name, level in AT_MOST:
        rule = LIMITS[name]
        within = (
            frame[first].notna()
            & frame[second].notna()
            & (frame[second] >= pd.Timestamp(rule.effective_from))
        )
        late = within & (frame[second] > frame[first] + pd.DateOffset(months=rule.figure))
        odd = frame[late & ~late_before]
        message = (
            f"{first}{{{first}}}、{second}{{{second}}}，超过{rule.figure}个月（{basis(rule)}）"
        )
        saying = Saying(
            "V26", level, message, f"{first}至{second}超过{rule.figure}个月", "请核实。"
        )
        yield from tell(dataset, TITLE, second, odd, saying)
        late_before = late if name == "D09M" else pd.Series(data=False, index=frame.index)


def cultivated(dataset: Dataset) -> Iterable[Finding]:
    """V26 培养教育一年以上才列为发展对象；公示不少于五个工作日；预备期不少于一年。"""
    frame = dataset.sound(TITLE, *STEPS)
    for first, second, name in (
        ("确定积极分子日", "发展对象日", "D05"),
        ("接收大会日", "预备期满日", "D11"),
    ):
        rule = LIMITS[name]
        limit = frame[first] + pd.DateOffset(years=rule.figure) - DAY
        short = frame[(frame[second] < limit) & (frame[second] >= frame[first])]
        message = f"{first}{{{first}}}、{second}{{{second}}}，不满{rule.figure}年（{basis(rule)}）"
        saying = Saying(
            "V26", Level.ERROR, message, f"{first}至{second}不满{rule.figure}年", "请核对两个日期。"
        )
        yield from tell(dataset, TITLE, second, short, saying)
    notice = frame[
        frame["公示起"].notna()
        & (frame["公示止"] >= frame["公示起"])
        & (frame["公示起"] >= pd.Timestamp(REVISED))
    ]
    start, end = (
        notice[column].to_numpy().astype("datetime64[D]") for column in ("公示起", "公示止")
    )
    rule = LIMITS["D05N"]
    notice = notice.assign(天=np.busday_count(start, end + 1))
    message = (
        f"公示{{公示起}}至{{公示止}}，按星期计{{天}}个工作日，不足{rule.figure}个（{basis(rule)}）"
    )
    saying = Saying(
        "V26", Level.WARNING, message, f"公示不足{rule.figure}个工作日", "遇调休的请人工核对。"
    )
    yield from tell(dataset, TITLE, "公示止", notice[notice["天"] < rule.figure], saying)


def trained(dataset: Dataset) -> Iterable[Finding]:
    """V26 接收前的集中培训不少于三天或二十四学时。"""
    frame = dataset.sound(TITLE, "接收大会日", "培训天数", "培训学时")
    days, hours = LIMITS["D06D"], LIMITS["D06H"]
    known = frame["接收大会日"].notna() & (frame["培训天数"].notna() | frame["培训学时"].notna())
    enough = (frame["培训天数"] >= days.figure).fillna(value=False) | (
        frame["培训学时"] >= hours.figure
    ).fillna(value=False)
    message = f"培训{{培训天数}}天、{{培训学时}}学时，不足{days.figure}天或{hours.figure}学时（{basis(days)}）"
    saying = Saying(
        "V26", Level.WARNING, message, f"培训不足{days.figure}天或{hours.figure}学时", "请核实。"
    )
    yield from tell(dataset, TITLE, "培训天数", frame[known & ~enough.astype(bool)], saying)


def majority(dataset: Dataset) -> Iterable[Finding]:
    """V26 赞成票超过应到会有表决权党员的半数，且不多于应到票数（V07）。"""
    frame = dataset.sound(TITLE, "应到票数", "赞成票", "接收大会日")
    known = frame[frame["应到票数"].notna() & frame["赞成票"].notna()]
    over = known[known["赞成票"] > known["应到票数"]]
    saying = Saying(
        "V07",
        Level.ERROR,
        "赞成票{赞成票}多于应到票数{应到票数}",
        "赞成票多于应到票数",
        "请核对两个数。",
    )
    yield from tell(dataset, TITLE, "赞成票", over, saying)
    few = known[(known["赞成票"] * 2 <= known["应到票数"]) & known["接收大会日"].notna()]
    message = f"赞成票{{赞成票}}没有超过应到票数{{应到票数}}的半数，不能通过接收（{basis(LIMITS['D11'])}）"
    yield from tell(
        dataset,
        TITLE,
        "赞成票",
        few,
        Saying("V26", Level.ERROR, message, "赞成票没有过半", "请核对票数。"),
    )

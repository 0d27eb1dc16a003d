"""机制做法, 三单台账, 案例品牌, 年度指标 and 补充数据 -> V04 (year), V13, V14, V18, V19."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from dangjian.workbook.checks.findings import Saying, day_of, tell, year_of
from dangjian.workbook.sheets import SEPARATORS
from gongwen.findings import Finding, Level
from zhibi.data.dataset import Dataset

OPEN = ("未启动", "进行中", "逾期")
HALF = 0.5


def declared_items(dataset: Dataset) -> Iterable[Finding]:
    """V13 名称里说几项，就列出几项；列举不全的，报告里不写项数。"""
    frame = dataset.sound("机制做法", "声明数量", "事项列表", "列举不全")
    frame = frame[frame["声明数量"].notna() & frame["事项列表"].notna()]
    listed = (
        frame["事项列表"]
        .str.split(SEPARATORS, regex=True)
        .map(lambda items: sum(bool(item.strip()) for item in items))
        .astype("Int64")
    )
    frame = frame.assign(列出=listed)
    odd = frame[(frame["声明数量"] != frame["列出"]).fillna(value=False).astype(bool)]
    admitted = odd["列举不全"].fillna(value=False).astype(bool)
    message, general = "声明{声明数量}项，列出{列出}项", "声明的项数与列出的不等"
    wrong = Saying("V13", Level.ERROR, message, general, "请补全事项，或在“列举不全”填“是”。")
    partly = Saying(
        "V13", Level.NOTE, message, general, "“列举不全”填了“是”，报告里只写列出的各项，不写项数。"
    )
    yield from tell(dataset, "机制做法", "声明数量", odd[~admitted], wrong)
    yield from tell(dataset, "机制做法", "声明数量", odd[admitted], partly)


def told_this_year(dataset: Dataset) -> Iterable[Finding]:
    """V04 补充数据是报告年度的数；往年的留作对比，名称要让人看得出来。"""
    year = year_of(dataset)
    frame = dataset.sound("补充数据", "截至")
    if year is None:
        return
    odd = frame[frame["截至"].notna() & (frame["截至"].dt.year < year)]
    saying = Saying(
        "V04",
        Level.WARNING,
        f"“{{名称}}”截至{{截至}}，不是{year}年度的数",
        f"截至日期早于{year}年度",
        "请换成今年的数；留作对比的，请在名称里写明年份。",
    )
    yield from tell(dataset, "补充数据", "截至", odd, saying)


def tasks(dataset: Dataset) -> Iterable[Finding]:
    """V14 销号不早于下达；已销号必有销号日；过了时限未销号的是逾期。"""
    frame = dataset.sound("三单台账", "下达日", "时限", "状态", "销号日")
    done, closed = frame["状态"] == "已销号", frame["销号日"].notna()
    unknown = frame["状态"].isna()
    early = closed & (frame["销号日"] < frame["下达日"])
    hasty = frame["时限"] < frame["下达日"]
    cases = [
        (
            "销号日",
            early,
            "销号日{销号日}早于下达日{下达日}",
            "销号日早于下达日",
            "请核对两个日期。",
        ),
        ("时限", hasty, "时限{时限}早于下达日{下达日}", "时限早于下达日", "请核对两个日期。"),
        (
            "销号日",
            done & ~closed,
            "状态是“已销号”，却没有销号日",
            "已销号而没有销号日",
            "请填销号日，或改状态。",
        ),
        (
            "状态",
            closed & ~done & ~unknown,
            "已有销号日{销号日}，状态却是“{状态}”",
            "有销号日而状态不是已销号",
            "请改状态，或删去销号日。",
        ),
    ]
    day = day_of(dataset)
    if day is not None:
        over = frame["时限"] < day
        waiting = ~closed & frame["状态"].isin(OPEN) & ~hasty
        late, running = (
            f"时限{{时限}}已过（截至{day.date()}），状态却是“{{状态}}”",
            "时限{时限}未到，状态却是“逾期”",
        )
        cases += [
            (
                "状态",
                waiting & over & (frame["状态"] != "逾期"),
                late,
                "时限已过而状态不是逾期",
                "请改为“逾期”，或填写销号情况。",
            ),
            (
                "状态",
                waiting & ~over & (frame["状态"] == "逾期") & frame["时限"].notna(),
                running,
                "时限未到而状态是逾期",
                "请核对时限和状态。",
            ),
        ]
    for header, odd, message, gist, hint in cases:
        yield from tell(
            dataset,
            "三单台账",
            header,
            pd.DataFrame(frame[odd]),
            Saying("V14", Level.ERROR, message, gist, hint),
        )


def measured_in(dataset: Dataset) -> Iterable[Finding]:
    """V18 有数值就有计量单位。"""
    frame = dataset.sound("案例品牌", "前值", "后值", "计量单位")
    odd = frame[(frame["前值"].notna() | frame["后值"].notna()) & frame["计量单位"].isna()]
    saying = Saying(
        "V18",
        Level.ERROR,
        "填了前值或后值，却没有计量单位",
        "有数值而没有计量单位",
        "请选计量单位。",
    )
    yield from tell(dataset, "案例品牌", "计量单位", odd, saying)


def jumps(dataset: Dataset) -> Iterable[Finding]:
    """V19 本年数值比上年变动超过一半的，请确认。"""
    year = year_of(dataset)
    key = ["主体代码", "指标代码", "口径", "计量单位"]
    frame = dataset.sound("年度指标", *key, "年度", "数值", "基期值", "基期年")
    if year is None or frame.empty:
        return
    frame = frame[~frame["口径"].isin(("累计", "计划")) & frame["数值"].notna()]
    before = frame[(frame["年度"] == year - 1).fillna(value=False)].drop_duplicates(key)[
        [*key, "数值"]
    ]
    now = frame[(frame["年度"] == year).fillna(value=False)]
    now = (
        now.reset_index()
        .merge(before.rename(columns={"数值": "上年"}), on=key, how="left")
        .set_index(now.index.names)
    )
    based = now["基期值"].where((now["基期年"] == year - 1).fillna(value=False))
    now = now.assign(上年=now["上年"].fillna(based))
    known = now[now["上年"].notna() & (now["上年"] != 0).fillna(value=False)]
    change = (known["数值"] - known["上年"]) / known["上年"].abs()
    known = known.assign(幅度=(change * 100).astype(float).round(1))
    odd = known[change.abs() > HALF]
    saying = Saying(
        "V19",
        Level.WARNING,
        "{指标名称}{数值}，上年{上年}，变动{幅度}%",
        "比上年变动超过一半",
        "请确认数值和计量单位。",
    )
    yield from tell(dataset, "年度指标", "数值", odd, saying)

"""设置, 考核指标 and 考核得分 -> V02 of indicators, V11, V12, V30, V31, V33, V35."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pandas as pd

from dangjian.rules import RULES
from dangjian.workbook.checks.findings import Saying, day_of, tell, year_of
from dangjian.workbook.scoring_terms import (
    ANSWERS,
    VETO,
    BadTerms,
    Source,
    source,
    star_lines,
    terms,
)
from dangjian.workbook.sheets import SHEETS
from gongwen.errors import near_miss
from gongwen.facts.value import Read
from gongwen.findings import Finding, Level, Location
from zhibi.data.contract import Kind
from zhibi.data.dataset import Dataset

TITLE = "考核指标"
WEIGHTS = ("月权重", "季权重", "年权重")
LINES = ("优秀分数线", "良好分数线", "一般分数线")
EXTRA = ("加分", VETO)  # outside the hundred points
CLOSE = 1e-6
FULL = 100
MOST_SUMS = 4096  # ways to take doubtful lines; beyond that nothing is said
MEMBER, YEARLY = "党员", "党员年度"
NAMED = ("组织生活台账", YEARLY)  # sheets whose columns an indicator may name
SHEET_COLUMNS = {sheet.title: sheet.columns for sheet in SHEETS}
NUMERIC = (Kind.INTEGER, Kind.NUMBER, Kind.MONEY)
NEAR_MISSES = 50  # hints; beyond that the codes are simply of another kind
BURDEN_RULES = "《整治形式主义为基层减负若干规定》"
BURDENS = "批示|刊稿|用稿|稿件|刊发|拍照|照片|留痕|笔记|发文数|信息报送"


def weights(dataset: Dataset) -> Iterable[Finding]:
    """V11 月、季、年权重合计为1；分数线由高到低。"""
    values = [dataset.settings[name].value for name in WEIGHTS]
    shares = [value for value in values if isinstance(value, Decimal)]
    total = sum(shares, Decimal(0))
    if len(shares) == len(WEIGHTS) and abs(total - 1) > Decimal(str(CLOSE)):
        message = f"月、季、年权重合计为{total}，应当为1。"
        yield Finding(
            "V11", Level.ERROR, _setting(dataset, WEIGHTS[0]), message, "请调整三个权重。"
        )
    thresholds = [dataset.settings[name].value for name in LINES]
    lines = [value for value in thresholds if isinstance(value, Decimal)]
    if any(high <= low for high, low in pairwise(lines)):
        message = "优秀、良好、一般分数线应当依次降低。"
        yield Finding(
            "V11", Level.ERROR, _setting(dataset, LINES[0]), message, "请核对三条分数线。"
        )


def _setting(dataset: Dataset, name: str) -> Location:
    origin = dataset.settings[name].origin
    rows = origin.cells[0] if isinstance(origin, Read) else None
    file, row = (rows.file, rows.rows[0]) if rows and rows.rows else ("", 0)
    return Location(file, dataset.contract.settings_title, f"B{row}" if row else "", name)


def score_within_maximum(dataset: Dataset) -> Iterable[Finding]:
    """V12 得分不超过指标分值。"""
    scheme = (
        dataset.sound(TITLE, "指标代码", "分值")
        .dropna(subset="指标代码")
        .drop_duplicates("指标代码")
    )
    frame = dataset.sound("考核得分", "指标代码", "得分")
    frame = frame.assign(
        分值=frame["指标代码"].map(scheme.set_index("指标代码")["分值"]).astype("Float64")
    )
    odd = frame[(frame["得分"] > frame["分值"]).fillna(value=False)]
    saying = Saying(
        "V12",
        Level.ERROR,
        "得分{得分}超过“{指标代码}”的分值{分值}",
        "得分超过指标分值",
        "请核对得分。",
    )
    yield from tell(dataset, "考核得分", "得分", odd, saying)


def maxima_add_up(dataset: Dataset) -> Iterable[Finding]:
    """V12 下级指标分值之和等于上级，最上级合计一百分（加分、一票否决除外）。

    A line that could not be read is told elsewhere and silences nobody: a sum is told if it is
    wrong whether that line belongs to it or not.
    """
    frame = dataset[TITLE]
    lines = [_Line(*row) for row in zip(*_cells(dataset, frame), strict=True)]
    lost = [line.points or Decimal(0) for line in lines if not line.placed]
    groups: dict[Any, list[int]] = {}
    for at, line in enumerate(lines):
        if line.method not in EXTRA and line.placed:
            groups.setdefault(line.above or (line.scope, line.year), []).append(at)
    whole = {
        line.code: (at, line.points)
        for at, line in enumerate(lines)
        if line.code and line.points is not None
    }
    of_parents, of_tops = {}, {}
    for key, places in groups.items():
        parts = [lines[at] for at in places]
        if isinstance(key, tuple):
            of_tops[places[0]] = _misses(parts, lost, Decimal(FULL))
        elif key in whole:
            at, points = whole[key]
            of_parents[at] = _misses(parts, lost, points)
    message = "分值{分值}，下级指标合计{合计}，应当相等"
    saying = Saying("V12", Level.ERROR, message, "分值与下级合计不等", "请核对分值。")
    yield from tell(dataset, TITLE, "分值", _with_sums(frame, of_parents), saying)
    message, hint = (
        "最上级指标（适用对象：{适用对象}）合计{合计}分，应当为100分",
        "加分、一票否决项不计入；请核对分值。",
    )
    saying = Saying("V12", Level.ERROR, message, "最上级指标合计不是100分", hint)
    yield from tell(dataset, TITLE, "分值", _with_sums(frame, of_tops), saying)


def _with_sums(frame: pd.DataFrame, sums: Mapping[int, Decimal | None]) -> pd.DataFrame:
    wrong = {
        at: f"{amount.normalize():f}" for at, amount in sorted(sums.items()) if amount is not None
    }
    return frame.iloc[list(wrong)].assign(合计=list(wrong.values()))


@dataclass(frozen=True, slots=True)
class _Line:
    """An indicator as far as it could be read.

    `points` is None where its 分值 could not be read; `sure` is False where its method could not, `placed` where nobody
    knows which sum it belongs to.
    """

    code: str | None
    above: str | None
    method: str | None
    scope: str | None
    year: int | None
    points: Decimal | None
    sure: bool
    placed: bool


def _cells(dataset: Dataset, frame: pd.DataFrame) -> Iterable[list[Any]]:
    for name in ("指标代码", "上级指标", "计分方式", "适用对象", "年度"):
        yield [None if pd.isna(cell) else cell for cell in frame[name]]
    yield [None if pd.isna(cell) else Decimal(repr(float(cell))) for cell in frame["分值"]]
    for names in (("计分方式",), ("上级指标", "适用对象", "年度")):
        yield list(frame.index.isin(dataset.sound(TITLE, *names).index))


def _misses(parts: Sequence[_Line], lost: Sequence[Decimal], wanted: Decimal) -> Decimal | None:
    """What the parts come to, if that is not what is wanted however the doubtful lines are taken.

    Else None.
    """
    points = [part.points for part in parts if part.points is not None]
    if len(points) < len(parts):
        return None
    doubtful = [*lost, *(point for point, part in zip(points, parts, strict=True) if not part.sure)]
    sums = {
        sum((point for point, part in zip(points, parts, strict=True) if part.sure), Decimal(0))
    }
    for point in doubtful:
        sums |= {amount + point for amount in sums}
        if len(sums) > MOST_SUMS:
            return None
    fits = any(abs(amount - wanted) <= Decimal(str(CLOSE)) for amount in sums)
    return None if fits else sum(points, Decimal(0))


def bonus_within_cap(dataset: Dataset) -> Iterable[Finding]:
    """V12 加分的得分不超过封顶。"""
    scheme = dataset.sound(TITLE, "指标代码", "计分方式", "参数", "分值").dropna(
        subset=["指标代码", "分值"]
    )
    caps = {}
    for code, method, text, most in scheme[["指标代码", "计分方式", "参数", "分值"]].itertuples(
        index=False
    ):
        if method == "加分" and not pd.isna(text) and not _fault(method, text, most):
            caps[code] = terms(method, text, Decimal(repr(float(most)))).cap
    frame = dataset.sound("考核得分", "指标代码", "得分")
    caps_of = [caps.get(code) for code in frame["指标代码"]]
    frame = frame.assign(封顶=[f"{cap:g}" if cap is not None else "" for cap in caps_of])
    over = [
        cap is not None and not pd.isna(score) and Decimal(repr(float(score))) > cap
        for cap, score in zip(caps_of, frame["得分"], strict=True)
    ]
    message = "加分{得分}超过“{指标代码}”的封顶{封顶}分"
    yield from tell(
        dataset,
        "考核得分",
        "得分",
        frame[over],
        Saying("V12", Level.ERROR, message, "加分超过封顶", "请核对得分。"),
    )


def stars(dataset: Dataset) -> Iterable[Finding]:
    """V11 星级分数线由高到低，各档不重叠，名额不超过百分之百。"""
    value = dataset.settings["星级分数线"].value
    if value is None:
        return
    try:
        star_lines(str(value))
    except BadTerms as fault:
        message, hint = f"{fault}。", "如“五星:95;四星:90;三星:80”，要限名额的写“五星:95:10%”。"
        yield Finding("V11", Level.ERROR, _setting(dataset, "星级分数线"), message, hint)


def indicator_tree(dataset: Dataset) -> Iterable[Finding]:
    """V02 指标的上级连成一棵树，不成环。"""
    frame = dataset.sound(TITLE, "指标代码", "上级指标").dropna(subset=["指标代码", "上级指标"])
    above = dict(zip(frame["指标代码"], frame["上级指标"], strict=True))
    reported: set[str] = set()
    for code in above:
        path = [code]
        while (parent := above.get(path[-1])) is not None and parent not in path:
            path.append(parent)
        if parent == code and code not in reported:
            reported.update(path)
            row = frame[frame["指标代码"] == code].iloc[:1].assign(环="→".join([*path, code]))
            gist = "上级指标成环"
            hint = "请改正其中一个上级指标。"
            saying = Saying("V02", Level.ERROR, "上级指标成环：{环}", gist, hint)
            yield from tell(dataset, TITLE, "上级指标", row, saying)


def parameters(dataset: Dataset) -> Iterable[Finding]:
    """V33 参数与计分方式相符；规则号是规则里有的。"""
    frame = dataset.sound(TITLE, "计分方式", "参数", "分值").dropna(
        subset=["计分方式", "参数", "分值"]
    )
    faults = [
        _fault(method, text, most)
        for method, text, most in frame[["计分方式", "参数", "分值"]].itertuples(index=False)
    ]
    odd = frame.assign(毛病=faults)
    odd = odd[odd["毛病"] != ""]
    message = "计分方式“{计分方式}”的参数“{参数}”不对：{毛病}"
    saying = Saying(
        "V33", Level.ERROR, message, "参数与计分方式不符", "请改正参数；由人评定、不用参数的留空。"
    )
    yield from tell(dataset, TITLE, "参数", odd, saying)
    yield from _sources(dataset)
    frame = dataset.sound(TITLE, "规则号").dropna(subset=["规则号"])
    odd = frame[~frame["规则号"].isin(list(RULES))]
    odd = odd.assign(
        近似=[
            near_miss(code, tuple(RULES)) if len(odd) < NEAR_MISSES else ""
            for code in odd["规则号"]
        ]
    )
    odd = odd.assign(近似=[hint if "是否" in hint else "" for hint in odd["近似"]])
    message = "没有规则“{规则号}”{近似}"
    hint = "规则见 zhibi rules list；没有规则可依的留空。"
    yield from tell(
        dataset, TITLE, "规则号", odd, Saying("V33", Level.ERROR, message, "没有这条规则", hint)
    )


def _fault(method: str, text: str, most: float) -> str:
    try:
        terms(method, text, Decimal(repr(float(most))))
    except BadTerms as fault:
        return str(fault)
    return ""


def veto_answers(dataset: Dataset) -> Iterable[Finding]:
    """V35 一票否决的等次填“是”或“否”，不空着。"""
    scheme = dataset.sound(TITLE, "指标代码", "计分方式")
    codes = scheme[scheme["计分方式"] == VETO]["指标代码"].dropna()
    frame = dataset.sound("考核得分", "指标代码", "等次")
    odd = frame[(frame["指标代码"].isin(codes) & ~frame["等次"].isin(ANSWERS)).astype(bool)]
    message = "“{指标代码}”是一票否决，等次是“{等次}”，应当填“是”（发生）或“否”（没有发生）"
    saying = Saying(
        "V35", Level.ERROR, message, "一票否决的等次不是“是”或“否”", "请在等次里填“是”或“否”。"
    )
    yield from tell(dataset, "考核得分", "等次", odd, saying)


def _sources(dataset: Dataset) -> Iterable[Finding]:
    frame = dataset.sound(TITLE, "数据来源表", "适用对象").dropna(subset=["数据来源表"])
    faults = [
        _source_fault(source(text), of_member=scope == MEMBER)
        for text, scope in frame[["数据来源表", "适用对象"]].itertuples(index=False)
    ]
    odd = frame.assign(毛病=faults)
    saying = Saying(
        "V33",
        Level.ERROR,
        "数据来源表“{数据来源表}”不对：{毛病}",
        "数据来源表写明的列不对",
        "只写表名的由规则号决定怎样数。",
    )
    yield from tell(dataset, TITLE, "数据来源表", odd[odd["毛病"] != ""], saying)


def _source_fault(where: Source, *, of_member: bool) -> str:
    """What is wrong with columns named in 数据来源表.

    Free words without a column are nobody's business.
    """
    if not where.column:
        return ""
    if where.sheet not in NAMED or (of_member and where.sheet != YEARLY):
        return f"能写明列的只有{YEARLY if of_member else '、'.join(NAMED)}"
    columns = {column.header: column.kind for column in SHEET_COLUMNS[where.sheet]}
    names = (where.column, *((where.whole,) if where.whole else ()))
    strange = next((name for name in names if name not in columns), "")
    if strange:
        return f"没有“{strange}”这一列{near_miss(strange, columns)}"
    if not where.whole and not of_member:
        return "党组织的指标写成一列比另一列，如“组织生活台账.实到/应到”"
    if where.whole and not {columns[name] for name in names} <= set(NUMERIC):
        return "两列都应当是数"
    return ""


def years(dataset: Dataset) -> Iterable[Finding]:
    """V30 年份不晚于报告年度（计划数除外）；数据截止日在报告年度或次年。"""
    year, day = year_of(dataset), day_of(dataset)
    if year is None:
        return
    if day is not None and day.year not in (year, year + 1):
        message = f"数据截止日{day.date()}不在{year}年度。"
        yield Finding(
            "V30", Level.ERROR, _setting(dataset, "数据截止日"), message, "请核对年度和数据截止日。"
        )
    for sheet in dataset.contract.sheets:
        for column in sheet.columns:
            if column.kind is Kind.YEAR:
                frame = dataset.sound(sheet.title, column.header)
                late = (frame[column.header] > year).fillna(value=False).astype(bool)
                if "口径" in frame.columns:
                    late &= frame["口径"].ne("计划").fillna(value=True).astype(bool)
                message = f"{{{column.header}}}晚于报告年度{year}"
                saying = Saying("V30", Level.ERROR, message, f"晚于报告年度{year}", "请核对年份。")
                yield from tell(
                    dataset, sheet.title, column.header, pd.DataFrame(frame[late]), saying
                )


def burdens(dataset: Dataset) -> Iterable[Finding]:
    """V31 考核指标不以领导批示、刊发稿件、拍照留痕、学习笔记、发文数量评判。"""
    frame = dataset.sound(TITLE, "指标名称")
    odd = frame[frame["指标名称"].fillna("").astype(str).str.contains(BURDENS).astype(bool)]
    message = f"指标“{{指标名称}}”以{BURDEN_RULES}不允许作为考核内容或者评判标准的事项计分"
    saying = Saying(
        "V31",
        Level.WARNING,
        message,
        "指标涉及减负规定不允许考核的事项",
        "请改为看实际效果，或者删去这一指标。",
    )
    yield from tell(dataset, TITLE, "指标名称", odd, saying)

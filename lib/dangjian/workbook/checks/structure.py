"""党组织 as a tree with terms, committees and secretaries -> V00, V02 (cycles, depth), V03, V04, V22–V25."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from dangjian.rules import RULES
from dangjian.workbook.checks.findings import Saying, about_several, basis, day_of, tell
from dangjian.workbook.checks.limits import LIMITS
from gongwen.findings import Finding, Level, Location
from zhibi.data.dataset import Dataset

TITLE = "党组织"
BRANCHES = ("党支部", "联合党支部", "临时党支部")
PARENTS: Mapping[str, tuple[str, ...]] = {
    "党委": ("党委",),
    "党总支": ("党委",),
    **dict.fromkeys(BRANCHES, ("党委", "党总支")),
    "党小组": BRANCHES,
}
DEEPEST = 5
SOE_KINDS = ("县属国企", "区管企业", "委管企业")
LEAST_SECRETARIES = 2  # a branch without a committee has a secretary and perhaps a deputy


def some_organisation(dataset: Dataset) -> Iterable[Finding]:
    """V00 一份工作簿至少有一个党组织。"""
    if dataset[TITLE].empty and not dataset.unread.get(TITLE, {}).get("党组织代码"):
        place = Location(dataset[TITLE].index.levels[0][0], TITLE)  # type: ignore[attr-defined]
        yield Finding(
            "V00", Level.ERROR, place, "没有任何党组织，无法生成报告。", "请至少填写一个党组织。"
        )


def no_cycle(dataset: Dataset) -> Iterable[Finding]:
    """V02 上级代码连成一棵树，不成环，不超过五层。"""
    frame = dataset.sound(TITLE, "党组织代码", "上级代码")
    above = _parents(frame)
    reported: set[str] = set()
    for code in above:
        path = [code]
        while (parent := above.get(path[-1])) is not None and parent not in path:
            path.append(parent)
        row = (
            frame[frame["党组织代码"] == code].iloc[:1]
            if parent is not None or len(path) > DEEPEST
            else frame.iloc[:0]
        )
        if parent == code and code not in reported:
            ring = [*path, code]
            reported.update(path)
            row = row.assign(环="→".join(ring))
            saying = Saying(
                "V02",
                Level.ERROR,
                "上级关系成环：{环}",
                "上级关系成环",
                "请改正其中一个上级代码。",
            )
            yield from about_several(tell(dataset, TITLE, "上级代码", row, saying))
        elif parent is None and len(path) > DEEPEST:
            row = row.assign(层数=len(path), 上级="→".join(path))
            message = f"上级层次有{{层数}}层（{{上级}}），超过{DEEPEST}层"
            gist = f"上级层次超过{DEEPEST}层"
            yield from tell(
                dataset,
                TITLE,
                "上级代码",
                row,
                Saying("V02", Level.ERROR, message, gist, "请核对上级代码。"),
            )


def _parents(frame: pd.DataFrame) -> dict[str, str | None]:
    known = set(frame["党组织代码"])
    return {
        code: parent if isinstance(parent, str) and parent in known else None
        for code, parent in zip(frame["党组织代码"], frame["上级代码"], strict=True)
        if isinstance(code, str)
    }


def type_under_type(dataset: Dataset) -> Iterable[Finding]:
    """V03 党委下设党总支、党支部，党总支下设党支部，党支部下设党小组。"""
    frame = dataset.sound(TITLE, "党组织代码", "上级代码", "类型")
    frame = frame[
        ~frame["党组织代码"].isin(_in_rings(_parents(frame)))
    ]  # V02 has told those already
    kinds = dict(zip(frame["党组织代码"], frame["类型"], strict=True))
    above = frame["上级代码"].map(kinds)
    odd = [
        isinstance(kind, str)
        and isinstance(parent, str)
        and parent not in PARENTS.get(kind, (parent,))
        for kind, parent in zip(frame["类型"], above, strict=True)
    ]
    saying = Saying(
        "V03",
        Level.ERROR,
        "{类型}不能设在{上级类型}“{上级代码}”之下",
        "类型与上级的类型不相称",
        "请核对类型和上级代码。",
    )
    yield from tell(dataset, TITLE, "类型", frame.assign(上级类型=above)[odd], saying)
    alone = frame[(frame["类型"] == "党小组") & frame["上级代码"].isna()]
    saying = Saying(
        "V03",
        Level.ERROR,
        "党小组没有上级党支部",
        "党小组没有上级党支部",
        "请填写所在党支部的代码。",
    )
    yield from tell(dataset, TITLE, "上级代码", alone, saying)


def _in_rings(above: Mapping[str, str | None]) -> set[str]:
    return {
        code
        for code in above
        if (last := above.get(_upwards(code, above)[-1])) is not None and last == code
    }


def dates_in_order(dataset: Dataset) -> Iterable[Finding]:
    """V04 成立日期不晚于本届选举日期，选举日期不晚于数据截止日。"""
    frame = dataset.sound(TITLE, "成立日期", "本届选举日期")
    early = frame[frame["本届选举日期"] < frame["成立日期"]]
    saying = Saying(
        "V04",
        Level.ERROR,
        "本届选举日期{本届选举日期}早于成立日期{成立日期}",
        "选举日期早于成立日期",
        "请核对两个日期。",
    )
    yield from tell(dataset, TITLE, "本届选举日期", early, saying)
    day = day_of(dataset)
    if day is not None:
        late = frame[(frame["本届选举日期"] > day) & ~(frame["本届选举日期"] < frame["成立日期"])]
        message = f"本届选举日期{{本届选举日期}}晚于数据截止日{day.date()}"
        saying = Saying(
            "V04",
            Level.ERROR,
            message,
            "选举日期晚于数据截止日",
            "请核对日期，或改设置中的数据截止日。",
        )
        yield from tell(dataset, TITLE, "本届选举日期", late, saying)


def current(dataset: Dataset, *columns: str) -> pd.DataFrame:
    """Organisations in being, with these columns readable."""
    frame = dataset.sound(TITLE, "党组织代码", "类型", "状态", *columns)
    return frame[frame["状态"].fillna("正常") != "撤销"]


def register(dataset: Dataset) -> pd.DataFrame:
    """Members on the register at the closing day."""
    frame = dataset.sound("党员", "党员代码", "所属党组织", "党员类别", "在册", "离开日期")
    gone = ~frame["在册"].fillna(value=True).astype(bool)
    day = day_of(dataset)
    if day is not None:
        gone |= frame["离开日期"] <= day
    return frame[~gone]


def full_members(dataset: Dataset) -> pd.Series[int]:
    """正式党员 by organisation code; nothing where the members could not all be read."""
    members = register(dataset)
    return members[members["党员类别"] == "正式"].groupby("所属党组织").size()


def size_fits_type(dataset: Dataset) -> Iterable[Finding]:
    """V22 党组织类型与党员人数相称（规则 R01–R05）。"""
    members = register(dataset)
    if members.empty:
        return
    frame = current(dataset, "覆盖单位数")
    branches = frame[frame["类型"].isin(("党支部", "联合党支部"))]
    full = branches["党组织代码"].map(full_members(dataset)).astype("Int64").fillna(0)
    every = (
        branches["党组织代码"].map(members.groupby("所属党组织").size()).astype("Int64").fillna(0)
    )
    counted = branches.assign(正式=full, 全部=every)
    few, many, wide = RULES["R03"], RULES["R04"], LIMITS["R05"]
    yield from _without_members(dataset, counted)
    some = counted[counted["全部"] > 0]
    small = some[(some["正式"] < few.figure) & (some["类型"] == "党支部")]
    message = f"党支部有正式党员{{正式}}名，不足{few.figure}名（{basis(few)}）"
    yield from tell(
        dataset,
        TITLE,
        "类型",
        small,
        Saying(
            "V22",
            Level.WARNING,
            message,
            "正式党员人数不足以成立党支部",
            "可成立联合党支部，请核实。",
        ),
    )
    message = f"党支部有党员{{全部}}名，超过{many.figure}名（{basis(many)}）"
    large = counted[counted["全部"] > many.figure]
    yield from tell(
        dataset,
        TITLE,
        "类型",
        large,
        Saying("V22", Level.WARNING, message, "党支部党员人数偏多", "请核实是否需要分设。"),
    )
    message = f"联合党支部覆盖{{覆盖单位数}}个单位，超过{wide.figure}个（{basis(wide)}）"
    covering = frame[
        (frame["类型"] == "联合党支部") & (frame["覆盖单位数"] > wide.figure).fillna(value=False)
    ]
    yield from tell(
        dataset,
        TITLE,
        "覆盖单位数",
        covering,
        Saying("V22", Level.WARNING, message, "联合党支部覆盖单位偏多", "请核实。"),
    )
    yield from _enterprises(dataset, members)


def _without_members(dataset: Dataset, branches: pd.DataFrame) -> Iterable[Finding]:
    """A branch of which the register has nobody.

    Late with its workbook, most often, and not one of nought members.
    """
    message = "党员名册里没有这个党支部的党员，人数是否相称无从核对"
    saying = Saying("V22", Level.WARNING, message, "名册里没有党支部的党员", "请补报党员名册。")
    yield from tell(dataset, TITLE, "类型", branches[branches["全部"] == 0], saying)


def _enterprises(dataset: Dataset, members: pd.DataFrame) -> Iterable[Finding]:
    """R01, R02: an enterprise with many members and no organisation of the rank they call for."""
    orgs = current(dataset, "所属单位", "上级代码")
    units = dataset.sound("单位", "单位代码", "单位类别")
    if len(orgs) < len(dataset[TITLE]) and orgs.empty:
        return
    unit_of = dict(zip(orgs["党组织代码"], orgs["所属单位"], strict=True))
    size = members["所属党组织"].map(unit_of).value_counts()
    has = {
        kind: set(orgs.loc[orgs["类型"] == kind, "所属单位"].dropna())
        for kind in ("党委", "党总支")
    }
    enterprises = units[units["单位类别"].isin(SOE_KINDS)]
    enterprises = enterprises.assign(
        党员数=enterprises["单位代码"].map(size).astype("Int64").fillna(0)
    )
    committee, general = RULES["R01"], RULES["R02"]
    lacks = enterprises[
        (enterprises["党员数"] >= committee.figure) & ~enterprises["单位代码"].isin(has["党委"])
    ]
    message = f"有党员{{党员数}}名，达到{committee.figure}名，还没有设立党委（{basis(committee)}）"
    yield from tell(
        dataset,
        "单位",
        "单位代码",
        lacks,
        Saying("V22", Level.WARNING, message, "达到设立党委的人数而没有设立", "请核实。"),
    )
    between = (enterprises["党员数"] >= general.figure) & (enterprises["党员数"] < committee.figure)
    lacks = enterprises[between & ~enterprises["单位代码"].isin(has["党委"] | has["党总支"])]
    message = f"有党员{{党员数}}名，达到{general.figure}名，还没有设立党总支（{basis(general)}）"
    yield from tell(
        dataset,
        "单位",
        "单位代码",
        lacks,
        Saying("V22", Level.WARNING, message, "达到设立党总支的人数而没有设立", "请核实。"),
    )


def term_running(dataset: Dataset) -> Iterable[Finding]:
    """V23 本届任期未满。"""
    day = day_of(dataset)
    if day is None:
        return
    frame = current(dataset, "成立日期", "本届选举日期", "任期(年)")
    frame = frame[frame["本届选举日期"].notna() & frame["任期(年)"].notna()]
    frame = frame[
        ~(frame["本届选举日期"] < frame["成立日期"])
    ]  # V04 has told that the date is wrong
    ends = [
        at + pd.DateOffset(years=int(years))
        for at, years in zip(frame["本届选举日期"], frame["任期(年)"], strict=True)
    ]
    frame = frame.assign(届满=pd.Series(ends, index=frame.index, dtype="datetime64[s]"))
    message = f"任期{{任期(年)}}年，已于{{届满}}届满，截至{day.date()}没有换届记录（{basis(RULES['R08'])}）"
    saying = Saying(
        "V23",
        Level.WARNING,
        message,
        f"任期已满，截至{day.date()}没有换届记录",
        "请核实是否已换届或经批准延期。",
    )
    yield from tell(dataset, TITLE, "本届选举日期", frame[frame["届满"] < day], saying)


def secretary_belongs(dataset: Dataset) -> Iterable[Finding]:
    """V24 书记是本组织（含下级组织）的正式党员。"""
    frame = current(dataset, "书记党员代码", "上级代码")
    everybody = register(dataset)
    members = everybody[everybody["党员代码"].isin(frame["书记党员代码"])]
    home = dict(zip(members["党员代码"], members["所属党组织"], strict=True))
    status = dict(zip(members["党员代码"], members["党员类别"], strict=True))
    frame = frame[frame["书记党员代码"].isin(dataset["党员"]["党员代码"]) & bool(len(everybody))]
    unread = len(dataset["党员"]) != len(
        dataset.sound("党员", "党员代码", "所属党组织", "党员类别", "在册", "离开日期")
    )
    kind = frame["书记党员代码"].map(status)
    gone = frame[kind.isna() & (not unread)]
    yield from tell(
        dataset,
        TITLE,
        "书记党员代码",
        gone,
        Saying(
            "V24",
            Level.ERROR,
            "书记“{书记党员代码}”已不在册",
            "书记已不在册",
            "请填现任书记的党员代码。",
        ),
    )
    probation = frame[kind == "预备"]
    yield from tell(
        dataset,
        TITLE,
        "书记党员代码",
        probation,
        Saying(
            "V24",
            Level.ERROR,
            "书记“{书记党员代码}”是预备党员",
            "书记是预备党员",
            "书记应是正式党员，请核对。",
        ),
    )
    above = _parents(dataset.sound(TITLE, "党组织代码", "上级代码"))
    outside = [
        member in home and org not in _upwards(home[member], above)
        for org, member in zip(frame["党组织代码"], frame["书记党员代码"], strict=True)
    ]
    away = frame[pd.Series(outside, index=frame.index, dtype=bool) & (kind == "正式")]
    yield from tell(
        dataset,
        TITLE,
        "书记党员代码",
        away,
        Saying(
            "V24",
            Level.WARNING,
            "书记“{书记党员代码}”的组织关系不在本组织及其下级组织",
            "书记的组织关系不在本组织",
            "经批准的例外不必改，否则请核对书记代码或该党员的所属党组织。",
        ),
    )


def _upwards(code: str, above: Mapping[str, str | None]) -> list[str]:
    path: list[str] = []
    at: str | None = code
    while at is not None and at not in path:
        path.append(at)
        at = above.get(at)
    return path


def committee_fits(dataset: Dataset) -> Iterable[Finding]:
    """V25 正式党员7名以上的党支部设委员3至7名；不足7名的不设支部委员会。"""
    rule = LIMITS["R06"]
    members = full_members(dataset)
    if members.empty:
        return
    frame = current(dataset, "委员数")
    frame = frame[frame["类型"].isin(BRANCHES) & frame["委员数"].notna()]
    frame = frame.assign(正式=frame["党组织代码"].map(members).astype("Int64").fillna(0))
    enough = frame["正式"] >= rule.figure
    odd = frame[enough & ~frame["委员数"].between(3, 7)]
    message = f"有正式党员{{正式}}名，委员{{委员数}}名，一般应为3至7名（{basis(rule)}）"
    yield from tell(
        dataset,
        TITLE,
        "委员数",
        odd,
        Saying("V25", Level.WARNING, message, "委员数与正式党员人数不相称", "请核实。"),
    )
    message = f"正式党员{{正式}}名，不足{rule.figure}名，却有委员{{委员数}}名（{basis(rule)}）"
    odd = frame[~enough & (frame["委员数"] > LEAST_SECRETARIES)]
    yield from tell(
        dataset,
        TITLE,
        "委员数",
        odd,
        Saying("V25", Level.WARNING, message, "正式党员不足而设了委员会", "请核实。"),
    )

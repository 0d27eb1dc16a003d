"""What party offices know of rosters and ledgers -> the facts by which their files are imported."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from zhibi.data.importing.intake import (
    Anniversary,
    Counted,
    Derived,
    Holder,
    Intake,
    NamedRows,
    Wide,
)

_PARTY = re.compile(r"^(?:中国共产党|中共)")
_BRACKETS = re.compile(r"[(（][^)）]*[)）]$")
_SHAPES = (
    (re.compile(r"(?:总支部委员会|总支部|党总支部|党总支|总支)$"), "党总支"),
    (re.compile(r"(?:支部委员会|党支部委员会|党支部|支部)$"), "党支部"),
    (re.compile(r"(?:党委会|党委|基层委员会|委员会)$"), "党委"),
    (re.compile(r"(?:党小组|小组)$"), "党小组"),
)
_DAY = re.compile(r"((?:19|20)\d\d)[年./-](\d{1,2})[月./-](\d{1,2})日?")
_MONTH = re.compile(r"((?:19|20)\d\d)年(?:度)?")
_OFFICE = re.compile(
    r"(?:填报|编制|制表|报送|填表|上报|汇总)(?:单位|部门|机关)\s*[:：]\s*([^\s:：,，]{3,30}?)(?=\s|$|填|制|日期|时间|\d)"
)
_ORGANISATION = (
    r"[^\s:：,，。;；、|/“”\"]{2,40}?"
    r"(?:党支部|总支部委员会|支部委员会|党总支部?|总支|支部|党委|党组|党小组|委员会)"
)
_COMMITTEE = r"(?:县|市|区|省)?.{0,6}(?:党委|委员会)"
_REGION = re.compile(r"^(.{1,8}?(?:自治县|县|区|市|旗))(?:委|直|人民政府)")


def canonical(name: str) -> str:
    """A name of an organisation in its shortest form: without 中共, 支部委员会 as 党支部."""
    short = _PARTY.sub("", name)
    short = _BRACKETS.sub("", short) or short
    for ending, word in _SHAPES:
        if ending.search(short):
            return ending.sub("", short).removesuffix("党") + word
    return short


def described(name: str) -> Mapping[str, str]:
    """What the name of an organisation tells of it."""
    short = _BRACKETS.sub("", name) or name
    for word in ("联合党支部", "临时党支部", "联合支部", "临时支部"):
        if short.endswith(word):
            return {"类型": word.replace("党支部", "支部").replace("支部", "党支部")}
    for ending, word in _SHAPES:
        if ending.search(short):
            return {"类型": word}
    return {"类型": "党支部"}


def standing(regular: str) -> str:
    """正式 or 预备, from what stands as the day a member became a regular one."""
    if re.search(r"预备|未转|未到期|延长", regular):
        return "预备"
    return "正式" if re.search(r"(?:19|20)\d\d", regular) else ""


def settings_in(titles: tuple[str, ...]) -> Mapping[str, str]:
    """The settings that lines above a table speak of."""
    settings: dict[str, str] = {}
    for line in titles:
        office = _OFFICE.search(line)
        day = _DAY.search(line)
        if office:
            settings.setdefault("编制单位", office[1])
        if day and not re.search(r"文件|印发|第.号", line):
            settings.setdefault("数据截止日", f"{day[1]}-{int(day[2]):02}-{int(day[3]):02}")
        year = day or _MONTH.search(line)
        if year:
            settings.setdefault("年度", year[1])
    region = _REGION.match(settings.get("编制单位", ""))
    if region:
        settings["地区"] = region[1]
    return settings


def on_register(row: Mapping[str, object]) -> bool:
    """True of a member who has not left."""
    return row["在册"] != "否" and row["离开日期"] is None


def under_way(row: Mapping[str, object]) -> bool:
    """True of somebody whose admission is not at its end."""
    return row["阶段"] not in ("正式", "终止")


CARRIED: Mapping[str, Callable[[Mapping[str, object]], bool]] = {
    "单位": lambda _row: True,
    "党组织": lambda row: row["状态"] != "撤销",
    "党员": on_register,
    "发展党员": under_way,
    "文件文献": lambda row: row["现行有效"] != "否",
    "三单台账": lambda row: row["状态"] != "已销号",
}
ORGANISATIONS = NamedRows("党组织", "党组织代码", ("名称", "简称"), new=described)
PEOPLE = NamedRows("党员", "党员代码", ("姓名",), "所属党组织", ("性别", "出生年份", "入党日期"))
OTHERS = (
    NamedRows("单位", "单位代码", ("单位全称", "简称")),
    NamedRows("组织生活台账", "活动编号", ("党组织代码", "日期", "类型", "主题")),
    NamedRows("发展党员", "人员代码", ("人员代码", "党组织代码")),
    NamedRows("机制做法", "机制代码", ("名称", "责任组织")),
    NamedRows("文件文献", "文献代码", ("标题",)),
    NamedRows("考核指标", "指标代码", ("指标名称",)),
    NamedRows("三单台账", "事项编号", ("责任组织", "清单类型", "事项")),
    NamedRows("案例品牌", "案例编号", ("名称", "党组织代码")),
    NamedRows("荣誉", "荣誉代码", ("名称", "党组织代码", "党员代码", "授予日期")),
    NamedRows("年度指标", "指标代码", ("指标名称",)),
)


@cache
def intake() -> Intake:
    """Everything, read from the word list when it is first asked for."""
    return Intake(
        aliases=Path(__file__).with_name("aliases.tsv").read_text("utf-8"),
        organisations=ORGANISATIONS,
        people=PEOPLE,
        others=OTHERS,
        canonical=canonical,
        derived=(Derived("党员", "党员类别", "转正日期", standing),),
        anniversaries=(Anniversary("党员", "转正日期", "入党日期", "与入党日期同一天"),),
        holders=(Holder("书记党员代码", "党内职务", "书记", gone="离开日期"),),
        wide=(
            Wide("考核得分", "月", "期次", "得分", {"周期类型": "月"}),
            Wide("考核得分", "季", "期次", "得分", {"周期类型": "季"}),
        ),
        counted=(
            Counted(
                "党员年度", ("党费", "缴费", "交纳", "缴纳", "收缴"), "已交月数", "实交党费(元)"
            ),
        ),
        settings=settings_in,
        carried=CARRIED,
        blanked={"党组织": ("上年星级",)},
        renewed=("数据截止日",),
        organisation=_ORGANISATION,
        office=_COMMITTEE,
    )

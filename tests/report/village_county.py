"""A fictional county as most are: a township with its villages and communities, a school, a hospital, a firm."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from test_small_counties import workbook

UNITS = (
    ("U001", "柳湾镇人民政府", "柳湾镇", "乡镇", 62),
    ("U002", "柳湾镇上塘村", "上塘村", "村", 1441),
    ("U003", "柳湾镇下坪村", "下坪村", "村", 1208),
    ("U004", "城关街道东门社区", "东门社区", "社区", 5230),
    ("U005", "柳湾中学", "柳湾中学", "学校", 86),
    ("U006", "柳湾镇卫生院", "卫生院", "医院", None),
    ("U007", "禾丰种植专业合作社", "禾丰合作社", "两新组织", 23),
)
# code, name, type, superior, unit, term, months without 主题党日
ORGS = (
    ("B001", "柳湾镇党委", "党委", None, "U001", 5, ()),
    ("B002", "柳湾镇机关党支部", "党支部", "B001", "U001", 3, ()),
    ("B003", "上塘村党支部", "党支部", "B001", "U002", 5, ()),
    ("B004", "下坪村党支部", "党支部", "B001", "U003", 5, (4, 9)),
    ("B005", "东门社区党支部", "党支部", "B001", "U004", 5, ()),
    ("B006", "柳湾中学党支部", "党支部", "B001", "U005", 3, ()),
    ("B007", "卫生院党支部", "党支部", "B001", "U006", 3, ()),
    ("B008", "禾丰合作社党支部", "党支部", "B001", "U007", 3, ()),
)
BRANCHES = tuple(code for code, _, kind, *_ in ORGS if kind == "党支部")
QUARTERS = (3, 6, 9)
MEMBERS = 9  # of each branch
EACH_MONTH = range(1, 12)


def village_county(path: Path) -> Path:
    """The workbook of that county."""
    return workbook(
        path,
        {
            "单位": [
                dict(
                    zip(
                        ("单位代码", "单位全称", "简称", "单位类别", "职工总数(人)"),
                        row,
                        strict=True,
                    )
                )
                for row in UNITS
            ],
            "党组织": [_org(*row) for row in ORGS],
            "党员": [_member(code, number) for code in BRANCHES for number in range(MEMBERS)],
            "党员年度": [_year(code, number) for code in BRANCHES for number in range(MEMBERS)],
            "组织生活台账": [
                {**event, "活动编号": f"A{number:04}"} for number, event in enumerate(_events(), 1)
            ],
            "案例品牌": [CASE],
            "撰写": list(TEXTS),
        },
    )


CASE = {
    "案例编号": "C001", "名称": "晒谷坪议事", "类型": "品牌", "党组织代码": "B003", "背景": "村里的事议得少、定得急。",
    "做法": "每月逢场日在晒谷坪议事，党员先议、村民再议，议定的事当场写明谁来办。",
    "指标名称": "信访件数", "前值": 9, "后值": 3, "计量单位": "件", "入选": "是",
}  # fmt: skip
TEXTS = (
    {"报告": "年度总结", "党组织代码": "B003", "年度": 2026, "段落": "下一步",
     "文字": "把晒谷坪议事同村务公开合在一起，请外出务工党员线上参加。"},
    *(
        {"报告": "年度总结", "党组织代码": code, "年度": 2026, "段落": "理论学习", "文字": f"{name}每月集中学习，学完就到户里问一问。"}
        for code, name, kind, *_ in ORGS
        if kind == "党支部"
    ),
)  # fmt: skip


def _org(
    code: str, name: str, kind: str, above: str | None, unit: str, term: int, _: tuple[int, ...]
) -> dict[str, object]:
    return {
        "党组织代码": code, "名称": name, "类型": kind, "上级代码": above, "所属单位": unit, "成立日期": date(2012, 7, 1),
        "本届选举日期": date(2021, 3, 20) if unit == "U003" else date(2024, 11, 20), "任期(年)": term,
        "书记党员代码": f"M{code}0" if kind == "党支部" else None, "委员数": 3 if kind == "党支部" else None,
        "党小组数": 0 if kind == "党支部" else None,
    }  # fmt: skip


def _member(code: str, number: int) -> dict[str, object]:
    return {
        "党员代码": f"M{code}{number}", "姓名": f"{'赵钱孙李周吴郑王冯'[number]}{code[-1]}柳".replace(code[-1], "一二三四五六七八九"[int(code[-1])]),
        "所属党组织": code, "性别": "女" if number % 3 == 0 else "男", "出生年份": 1950 + 4 * number,
        "学历": "大学专科" if number > 5 else "高中", "党员类别": "正式", "入党日期": date(2001, 7, 1),
        "转正日期": date(2002, 7, 1), "党内职务": ("书记", "副书记", "委员")[number] if number < 3 else "无",
    }  # fmt: skip


def _year(code: str, number: int) -> dict[str, object]:
    return {
        "党员代码": f"M{code}{number}", "年度": 2026, "集中学时": 20 if (code, number) == ("B005", 4) else 34 + number,
        "应到次数": 20, "实到次数": 19 - number % 2, "谈心谈话次数": 2, "应交月数": 11, "已交月数": 11,
        "应交党费(元)": 22, "实交党费(元)": 22,
    }  # fmt: skip


def _events() -> list[dict[str, object]]:
    missed = {code: months for code, *_, months in ORGS}
    topics = {
        "主题党日": "入户走访",
        "支委会": "研究村务和党务",
        "党课": "乡村振兴怎么干",
        "党员大会": "议定年度重点事项",
    }
    found: list[dict[str, object]] = []
    for code in BRANCHES:
        for month in EACH_MONTH:
            kinds = ["主题党日"] * (month not in missed[code]) + ["支委会"]
            kinds += ["党课", "党员大会"] if month in QUARTERS else []
            found += [
                {"党组织代码": code, "日期": date(2026, month, 10 + at), "类型": kind, "主题": topics[kind],
                 "应到": 3 if kind == "支委会" else MEMBERS, "实到": 3 if kind == "支委会" else MEMBERS - 1}
                for at, kind in enumerate(kinds)
            ]  # fmt: skip
    return found

"""学校手里的花名册 -> 怎样认：哪张表认学校，哪张表认人，表头的叫法在 别名.tsv。"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from zhibi.data.importing.intake import Intake, NamedRows

_DAY = re.compile(r"((?:19|20)\d\d)年(\d{1,2})月(\d{1,2})日")
_YEAR = re.compile(r"((?:19|20)\d\d)(?:年度|学年|年)")


def described(name: str) -> Mapping[str, str]:
    """校名说出的学段。"""
    words = (("幼儿园", "幼儿园"), ("小学", "小学"), ("九年", "九年一贯制"), ("高级中学", "高中"),
             ("高中", "高中"), ("特殊教育", "特殊教育"), ("初中", "初中"), ("初级中学", "初中"))  # fmt: skip
    return next(({"学段": stage} for word, stage in words if word in name), {})


def settings_in(titles: tuple[str, ...]) -> Mapping[str, str]:
    """表头上面的话说出的年度和截止日。"""
    found: dict[str, str] = {}
    for line in titles:
        if day := _DAY.search(line):
            found.setdefault("数据截止日", f"{day[1]}-{int(day[2]):02}-{int(day[3]):02}")
        if year := _YEAR.search(line):
            found.setdefault("年度", year[1])
    return found


def intake() -> Intake:
    """教师花名册、学校名单、荣誉台账。"""
    return Intake(
        aliases=Path(__file__).with_name("别名.tsv").read_text("utf-8"),
        organisations=NamedRows("学校", "学校代码", ("学校名称", "简称"), new=described),
        people=NamedRows("教师", "教师代码", ("姓名",), "学校代码", ("性别", "出生年份")),
        others=(
            NamedRows("安全检查", "检查编号", ("学校代码", "日期", "类别")),
            NamedRows("荣誉", "荣誉编号", ("名称", "学校代码", "授予日期")),
        ),
        canonical=lambda name: name.removesuffix("（民办）"),
        settings=settings_in,
        organisation=r"[^\s:：,，。;；、|/“”\"]{2,40}?(?:小学|中学|幼儿园|学校|高中|初中|学院)",
    )

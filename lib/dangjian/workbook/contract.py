"""The county workbook's sheets, settings and checks -> the one contract everything reads by."""

from __future__ import annotations

from dangjian.workbook.checks import CHECKS
from dangjian.workbook.pseudonyms import MASKING
from dangjian.workbook.sheets import SETTINGS, SHEETS
from zhibi.data.contract import Contract, Reporters

REPORTERS = Reporters(
    "党组织",
    "党组织代码",
    ("简称", "名称"),
    "上级代码",
    "填报党组织",
    (("类型", "党小组"), ("状态", "撤销")),
)
CONTRACT = Contract(
    "县级党组织工作簿",
    "设置",
    SETTINGS,
    SHEETS,
    CHECKS,
    MASKING,
    REPORTERS,
    report_year="年度",
    data_until="数据截止日",
    region="地区",
    as_of="数据截止日",
)

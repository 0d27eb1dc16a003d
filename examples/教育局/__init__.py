"""教育局：一个县各级各类学校的一年——学生、教师、招生、学业质量、安全、经费、荣誉。"""

from pathlib import Path

from zhibi.data.contract import Contract, Reporters
from zhibi.domain import Domain, divide_by

from 教育局.checks import CHECKS
from 教育局.contract import SETTINGS, SHEETS
from 教育局.district import handed, known
from 教育局.intake import intake

CONTRACT = Contract(
    "县教育工作簿",
    "设置",
    SETTINGS,
    SHEETS,
    CHECKS,
    reporters=Reporters("学校", "学校代码", ("简称", "学校名称"), "", "填报学校"),
    region="地区",
    as_of="数据截止日",
    report_year="年度",
    data_until="数据截止日",
)
DIVIDE = divide_by("学校", "学校代码", "学校名称", handed=handed)
DOMAIN = Domain(
    "教育局",
    "教育",
    CONTRACT,
    Path(__file__).parent,
    starter=Path(__file__).parent / "notebooks/全县教育年报.ipynb",
    divide=DIVIDE,
    known=known,
    intake=intake,
)

"""Names and values in spellings nobody listed: recognised or asked about, never wrong in silence; personal ones refused."""

from __future__ import annotations

import pytest

from dangjian.workbook.contract import CONTRACT
from dangjian.workbook.intake import intake
from zhibi.data.importing.recognition.columns import ASKED, RECOGNISED, REFUSES, Matcher
from zhibi.data.importing.recognition.lexicon import lexicon
from zhibi.data.importing.rows.values import ValueReader

OWN = intake()
WORDS = lexicon(CONTRACT, ("别名表", OWN.aliases), people=OWN.people.sheet)
MATCHER = Matcher(CONTRACT, WORDS, OWN)
SHEETS = {sheet.title: sheet for sheet in CONTRACT.sheets}

PERSONAL = [
    "身份证号（18位）",
    "公民身份号码",
    "证件号",
    "IDCard",
    "ID号码",
    "SFZH",
    "护照号码",
    "驾驶证号",
    "社会保障号码",
    "医疗保险号",
    "公积金账号",
    "手机号(11位)",
    "本人手机",
    "固话",
    "座机",
    "传真",
    "Tel",
    "Phone",
    "Mobile",
    "小灵通",
    "联络方式",
    "家属电话",
    "电话/手机",
    "电子邮箱",
    "E-mail",
    "微信号",
    "QQ号码",
    "现居地",
    "户籍详细地址",
    "户籍所在派出所",
    "所在小区",
    "门牌",
    "楼号",
    "房号",
    "经常居住地",
    "缴费基数(元)",
    "党费核算基数",
    "缴纳党费基数",
    "工资性收入",
    "退休工资",
    "月薪",
    "津补贴",
    "离退休费",
    "绩效工资",
    "家庭年收入",
    "银行卡号",
    "开户行",
    "收款账号",
    "存折号",
    "开户名",
    "学号",
    "工号",
    "职工编号",
    "学籍号",
    "车牌号码",
    "房产证号",
    "父亲姓名",
    "家庭成员",
    "宗教信仰",
]


@pytest.mark.parametrize("title", ["党员", "党员年度", "发展党员"])
def test_personal_columns_are_refused_in_every_spelling(title):
    passed = [name for name in PERSONAL if MATCHER.reading(SHEETS[title], name).how != REFUSES]

    assert passed == []


@pytest.mark.parametrize(
    ("title", "column", "names"),
    [
        ("党员", "所属党组织", "支部（组） 现隶属党支部 所属基层党支部 所在支部及党小组"),
        ("党员", "入党日期", "吸收入党时间 入党（年、月、日） 批准入党时间 何时入党"),
        ("党员", "转正日期", "何时转正 转为正式党员的日期 正式转正时间"),
        ("党员", "学历", "教育背景 学历(最高) 文化水平程度"),
        ("党员年度", "实交党费(元)", "党费实缴额 全年合计 合计交纳 党费总额"),
        ("党员年度", "应交党费(元)", "月标准 每月应交金额 党费应缴数"),
        ("党组织", "类型", "类别 组织类别代码 支部类型"),
        ("组织生活台账", "日期", "开会时间 党课时间 组织生活日期"),
        ("发展党员", "申请日", "入党申请书落款时间 书面申请时间"),
    ],
)
def test_a_name_of_a_known_kind_is_recognised_or_asked_about(title, column, names):
    readings = {name: MATCHER.reading(SHEETS[title], name) for name in names.split()}

    missed = [
        name
        for name, reading in readings.items()
        if reading.how not in (RECOGNISED, ASKED) or column not in reading.columns
    ]
    assert missed == []


def value_of(title: str, header: str, text: str):
    column = next(one for one in SHEETS[title].columns if one.header == header)
    return ValueReader(title, column, WORDS).read(text)


@pytest.mark.parametrize(
    ("title", "header", "text", "value"),
    [
        ("党员", "学历", "在职硕士", "研究生"),
        ("党员", "学历", "大学本科（党校）", "大学本科"),
        ("党员", "学历", "技工学校", "中专"),
        ("党员", "党员类别", "预备期党员", "预备"),
        ("党员", "用工形式", "事业编制", "正式"),
        ("党员", "用工形式", "退休干部", "离退休"),
        ("党员", "党内职务", "委员（组织）", "委员"),
        ("党员", "民族", "仡佬", "仡佬族"),
        ("组织生活台账", "类型", "书记上党课", "党课"),
    ],
)
def test_a_value_of_a_known_kind_is_the_word_of_the_workbook(title, header, text, value):
    assert value_of(title, header, text).value == value


@pytest.mark.parametrize(
    ("title", "header", "text"),
    [
        ("党员", "学历", "本科（在读）"),
        ("党员", "学历", "高中/中专"),
        ("党员", "学历", "大专及以上"),
        ("党员", "党员类别", "正式（延长预备期）"),
        ("党员", "党员类别", "积极分子"),
        ("党员", "党内职务", "书记（原）"),
        ("党员", "流动状态", "是"),
        ("党员", "入党日期", "05.3.13"),
        ("三单台账", "状态", "基本完成"),
    ],
)
def test_a_value_that_may_be_two_things_is_none_of_them(title, header, text):
    value = value_of(title, header, text)

    assert value.value is None
    assert value.trouble

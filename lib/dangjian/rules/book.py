"""The rule book: R01–R31 and D01–D12 as dated data. A table; nothing is computed here.

Figures are those of the texts named; an article stands only where it was read, else the entry is 待核实 and the article
empty. The 2026 text of the admission rules was not available in full: its figures are all 待核实.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import chain

from dangjian.rules.rule import Rule
from gongwen.errors import UnknownName

SOE_RULES = "《中国共产党国有企业基层组织工作条例（试行）》"
BRANCH_RULES = "《中国共产党支部工作条例（试行）》"
TERM_RULES = "《关于党的基层组织任期的意见》"
EDUCATION_RULES = "《中国共产党党员教育管理工作条例》"
DUES_RULES = "《关于中国共产党党费收缴、使用和管理的规定》"
ELECTION_RULES = "《中国共产党基层组织选举工作条例》"
TRAINING_PLAN = "全国党员教育培训工作规划"
REVIEW_NOTICE = "民主评议党员有关通知"
ACCOUNT_RULES = "书记抓基层党建工作述职评议考核有关办法"
LOCAL_SCHEME = "本地考核办法"
ADMISSION_RULES = "《中国共产党发展党员工作细则》"

# where only the year of issue is known here, its first day stands for it
SOE, BRANCH, TERM, EDUCATION = (
    date(2019, 12, 30),
    date(2018, 10, 28),
    date(2018, 1, 1),
    date(2019, 5, 6),
)
DUES, ELECTION, TRAINING, ACCOUNT = (
    date(2008, 1, 1),
    date(2020, 1, 1),
    date(2019, 1, 1),
    date(2019, 1, 1),
)
OLD = date(2014, 5, 28)
REVISED = date(2026, 5, 18)  # the revised text holds for steps taken from this day on


def _both(id_: str, text: str, figure: int, unit: str) -> tuple[Rule, Rule]:
    """A figure that the text of 2014 and the revised one have in common."""
    old = Rule(
        id_,
        text,
        figure,
        unit,
        ADMISSION_RULES,
        "",
        False,
        OLD,
        REVISED - timedelta(days=1),
        "发展党员",
    )
    return old, _new(id_, text, figure, unit)[0]


def _new(id_: str, text: str, figure: int, unit: str) -> tuple[Rule]:
    """A figure that only the revised text has."""
    return (Rule(id_, text, figure, unit, ADMISSION_RULES, "", False, REVISED, None, "发展党员"),)


_ORGANISATION = (
    Rule("R01", "国有企业党员人数达到多少设立党委", 100, "名", SOE_RULES, "第四条", True, SOE, None, "企业"),
    Rule("R02", "国有企业党员人数达到多少设立党总支", 50, "名", SOE_RULES, "第四条", False, SOE, None, "企业"),
    Rule("R03", "成立党支部所需正式党员", 3, "名", BRANCH_RULES, "第四条", True, BRANCH),
    Rule("R04", "党支部党员人数一般不超过", 50, "名", BRANCH_RULES, "第四条", True, BRANCH),
    Rule("R05", "联合党支部覆盖单位一般不超过", 5, "个", BRANCH_RULES, "", False, BRANCH),
    Rule("R06", "设立支部委员会所需正式党员", 7, "名", BRANCH_RULES, "", False, BRANCH),
    Rule("R06L", "支部委员会委员最少", 3, "名", BRANCH_RULES, "", False, BRANCH),
    Rule("R06M", "支部委员会委员最多", 7, "名", BRANCH_RULES, "", False, BRANCH),
    Rule("R07", "党总支、党委委员最少", 5, "名", SOE_RULES, "", False, SOE, None, "党总支、党委"),
    Rule("R07G", "国有企业党总支委员最多", 9, "名", SOE_RULES, "", False, SOE, None, "党总支、党委"),
    Rule("R07C", "国有企业党委委员最多", 11, "名", SOE_RULES, "", False, SOE, None, "党总支、党委"),
    Rule("R08", "党支部、党总支每届任期", 3, "年", TERM_RULES, "", True, TERM, None, "党组织"),
    Rule("R08C", "基层党委每届任期", 5, "年", TERM_RULES, "", True, TERM, None, "党组织"),
    Rule("R09", "延期换届一般不超过", 1, "年", TERM_RULES, "", False, TERM, None, "党组织"),
    Rule("R09W", "届满前提醒换届", 6, "个月", BRANCH_RULES, "", False, BRANCH, None, "党组织"),
)  # fmt: skip
_LIFE = (
    Rule("R10", "党员大会每季度至少召开", 1, "次", BRANCH_RULES, "第十一条", True, BRANCH),
    Rule("R11", "支委会每月至少召开", 1, "次", BRANCH_RULES, "第十二条", True, BRANCH),
    Rule("R12", "党小组会每月至少召开", 1, "次", BRANCH_RULES, "第十三条", True, BRANCH),
    Rule("R13", "党课每季度至少开展", 1, "次", LOCAL_SCHEME, "", False, BRANCH, local=True),
    Rule("R14", "党委书记每年至少讲党课", 1, "次", BRANCH_RULES, "", False, BRANCH, None, "党委"),
    Rule("R15", "主题党日每月开展", 1, "次", BRANCH_RULES, "第十六条", True, BRANCH),
    Rule("R16", "组织生活会每年至少召开", 1, "次", BRANCH_RULES, "第十七条", True, BRANCH),
    Rule("R17", "民主评议党员每年开展", 1, "次", BRANCH_RULES, "第十八条", True, BRANCH),
    Rule(
        "R18", "评议为优秀的党员不超过参评党员的几分之一", 3, "", REVIEW_NOTICE, "", False, BRANCH
    ),
    Rule("R19", "每年谈心谈话不少于", 1, "次", BRANCH_RULES, "", False, BRANCH),
)
_MEMBERS = (
    Rule("R20", "党员每年集中学习培训不少于", 32, "学时", EDUCATION_RULES, "第二十条", True, EDUCATION, None, "党员"),
    Rule("R21", "党支部书记和委员每年学习培训不少于", 56, "学时", TRAINING_PLAN, "", False, TRAINING, None, "党员"),
    Rule("R21T", "党支部书记和委员每年参加集中培训", 1, "次", TRAINING_PLAN, "", False, TRAINING, None, "党员"),
    Rule("R22", "失去联系多久应当停止党籍", 6, "个月", EDUCATION_RULES, "第二十四条", True, EDUCATION, None, "党员"),
    Rule("R23", "外出并有固定地点多久应当转移组织关系", 6, "个月", EDUCATION_RULES, "第二十五条", True, EDUCATION, None, "党员"),
    Rule("R24", "连续不参加组织生活或者不交党费多久按自行脱党处理", 6, "个月", EDUCATION_RULES, "", False, EDUCATION, None, "党员"),
    Rule("R25", "每月交纳党费", 1, "次", DUES_RULES, "第二条", True, DUES, None, "党员"),
    Rule("R26", "离退休党员按比例交纳党费的分界", 5000, "元", DUES_RULES, "第五条", True, DUES, None, "党员"),
    Rule("R27", "预备党员自支部大会通过之日起按月交纳党费", 1, "次", DUES_RULES, "", False, DUES, None, "党员"),
    Rule("R28", "换届选举到会有选举权党员超过应到的几分之四", 5, "", ELECTION_RULES, "", False, ELECTION),
    Rule("R29", "党支部书记党龄不少于", 1, "年", BRANCH_RULES, "", False, BRANCH),
    Rule("R30", "书记抓党建述职评议等次", 4, "个", ACCOUNT_RULES, "", False, ACCOUNT),
    Rule("R31", "经营考核优秀的，述职评议应当为好", 1, "", LOCAL_SCHEME, "", False, ACCOUNT, local=True),
)  # fmt: skip
_ADMISSION = tuple(
    chain(
        _both("D01", "申请入党年龄不小于", 18, "岁"),
        _both("D02", "收到入党申请后派人谈话", 1, "个月"),
        _both("D03", "确定积极分子报上级党委备案", 1, "次"),
        _both("D04", "积极分子每次考察间隔", 6, "个月"),
        _both("D05", "列为发展对象前的培养教育", 1, "年"),
        _new("D05N", "列为发展对象前的公示", 5, "个工作日"),
        _both("D06", "接收前政治审查合格", 1, "次"),
        _both("D06D", "发展对象集中培训天数", 3, "天"),
        _both("D06H", "发展对象集中培训学时", 24, "学时"),
        _new("D07", "预审合格后召开支部大会", 1, "个月"),
        _both("D08", "赞成票超过应到会有表决权党员的几分之一", 2, ""),
        _both("D09", "党委审批预备党员", 3, "个月"),
        _both("D09M", "党委审批预备党员（特殊情况）", 6, "个月"),
        _new("D10", "审批后举行入党宣誓", 1, "个月"),
        _both("D11", "预备期", 1, "年"),
        _both("D12", "党委审批转正", 3, "个月"),
    )
)

BOOK: tuple[Rule, ...] = (*_ORGANISATION, *_LIFE, *_MEMBERS, *_ADMISSION)
RULES = {each.id: each for each in BOOK}  # the newest version of each entry


def ids() -> tuple[str, ...]:
    """R01–R31, D01–D12: the rules themselves, without the letters of their further figures."""
    return tuple(dict.fromkeys(each.part_of for each in BOOK))


def rule(id_: str) -> Rule:
    """The newest version of an entry; an unknown id is refused with the near miss."""
    if id_ not in RULES:
        raise UnknownName("规则", id_, ids())
    return RULES[id_]


def versions(id_: str) -> tuple[Rule, ...]:
    """All versions of all figures of a rule, as the book has them."""
    rule(id_)
    return tuple(each for each in BOOK if each.part_of == id_[:3])


def rule_on(id_: str, day: date) -> Rule | None:
    """The version in force on a day, or None where the text of that day has no such figure."""
    rule(id_)
    return next((each for each in BOOK if each.id == id_ and each.holds_on(day)), None)

"""The county workbook as data: its sheets and the settings, with what a clerk is told about each column.

Headers are the clerk's words and also the column names of every frame. No column asks for an ID
number, a phone number, an address or a wage; the reader refuses such headers wherever they turn up.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from zhibi.data.contract import Column, Kind, Sheet

SEPARATORS = r"[；;\n]"  # between the things one cell lists
UNIT_KINDS = (
    "县属国企", "区管企业", "委管企业", "机关", "事业", "乡镇", "街道", "村", "社区", "学校", "医院", "两新组织", "其他",
)  # fmt: skip
# what the people are called that a unit of a kind counts under 职工总数(人)
STAFF = "职工"
PEOPLE = {"村": "村民", "社区": "居民", "学校": "教职工", "两新组织": "从业人员"}
ORG_TYPES = ("党委", "党总支", "党支部", "联合党支部", "临时党支部", "党小组")
EDUCATIONS = ("研究生", "大学本科", "大学专科", "中专", "高中", "初中及以下")
EDUCATION_WORDS = (
    ("大专", "大学专科"), ("专科", "大学专科"), ("本科", "大学本科"), ("硕士", "研究生"), ("博士", "研究生"),
    ("初中", "初中及以下"), ("小学", "初中及以下"),
)  # fmt: skip
POST_WORDS = (("普通党员", "无"), ("党员", "无"))
POSTS = ("书记", "副书记", "委员", "组长", "无")
REVIEW_GRADES = ("优秀", "合格", "基本合格", "不合格", "未评定")
ACTIVITY_KINDS = (
    "党员大会", "支委会", "党小组会", "党课", "主题党日", "组织生活会", "民主评议", "民主生活会", "培训班", "督查", "现场会", "其他",
)  # fmt: skip
STAGES = ("申请人", "积极分子", "发展对象", "预备", "正式", "终止")
MECHANISM_KINDS = ("工作法", "机制", "清单", "模板", "领导小组", "督查组", "制度", "载体")
DOCUMENT_KINDS = (
    "上级法规", "本级文件", "台账", "期刊", "图书", "网页", "照片", "报纸", "标准", "学位论文", "研究报告", "档案",
)  # fmt: skip
METHODS = ("达标", "按次扣分", "比例", "分档", "人工", "加分", "一票否决")
TASK_KINDS = ("任务", "责任", "整改", "创建", "监督问题")
TASK_STATES = ("未启动", "进行中", "已销号", "逾期")
PROBLEM_TYPES = (
    "思想认识",
    "制度机制",
    "队伍能力",
    "组织生活",
    "组织设置",
    "党员教育",
    "党务公开",
    "阵地建设",
    "其他",
)
CASE_KINDS = ("案例", "品牌", "示范岗", "工作室", "特色模板")
HONOR_LEVELS = ("国家", "省", "市", "县", "系统", "企业")
UNITS_OF_MEASURE = (
    "元", "万元", "亿元", "人", "人次", "家", "个", "次", "起", "场", "期", "张", "吨", "万吨", "亿吨", "TEU", "万标箱", "%",
)  # fmt: skip
FOUNDING = date(1921, 7, 1)  # nothing in a party workbook is older


def people_called(unit_kind: str) -> str:
    """职工, or what they are where the unit is no employer of theirs: 村民 of a village."""
    return PEOPLE.get(unit_kind, STAFF)


def code(
    key: str,
    header: str,
    *,
    required: bool = False,
    refers: str = "",
    note: str = "",
    example: str = "",
) -> Column:
    """A column of codes; they are text and never become numbers."""
    return Column(key, header, Kind.CODE, required, refers=refers, note=note, example=example)


def text(
    key: str, header: str, *, required: bool = False, note: str = "", example: str = ""
) -> Column:
    """A column of free words."""
    return Column(key, header, Kind.TEXT, required, note=note, example=example)


def day(
    key: str,
    header: str,
    *,
    required: bool = False,
    month_enough: bool = False,
    in_year: bool = False,
    note: str = "",
    example: str = "",
) -> Column:
    """A column of dates, none before the founding of the party.

    See `Column` for `month_enough` and `in_year`.
    """
    return Column(
        key,
        header,
        Kind.DATE,
        required,
        minimum=FOUNDING,
        note=note or "日期，如2026-03-15",
        example=example,
        month_enough=month_enough,
        in_year=in_year,
    )


def whole(
    key: str,
    header: str,
    *,
    required: bool = False,
    most: int | None = None,
    note: str = "",
    example: str = "",
) -> Column:
    """A column of counts, 0 or more; a blank is 未填报 and not 0."""
    hint = note or "整数，只填数字，不带单位；没有发生填0，不清楚留空"
    return Column(
        key, header, Kind.INTEGER, required, minimum=0, maximum=most, note=hint, example=example
    )


def number(
    key: str,
    header: str,
    *,
    required: bool = False,
    least: int | None = 0,
    most: int | None = None,
    note: str = "",
    example: str = "",
) -> Column:
    """A column of measured numbers."""
    return Column(
        key,
        header,
        Kind.NUMBER,
        required,
        minimum=least,
        maximum=most,
        note=note or "只填数字，不带单位",
        example=example,
    )


def money(key: str, header: str, *, note: str = "", example: str = "") -> Column:
    """A column of yuan amounts, exact to the fen."""
    return Column(
        key, header, Kind.MONEY, minimum=Decimal(0), note=note or "元，只填数字", example=example
    )


def year(
    key: str, header: str, *, required: bool = False, note: str = "", example: str = ""
) -> Column:
    """A column of four-digit years."""
    return Column(
        key, header, Kind.YEAR, required, minimum=1921, note=note or "四位年份", example=example
    )


def yes_no(key: str, header: str, *, note: str = "", example: str = "") -> Column:
    """A column answered by 是 or 否."""
    return Column(
        key, header, Kind.YES_NO, choices=("是", "否"), note=note or "填“是”或“否”", example=example
    )


def choice(
    key: str,
    header: str,
    choices: tuple[str, ...],
    *,
    required: bool = False,
    open_: bool = False,
    note: str = "",
    example: str = "",
    synonyms: tuple[tuple[str, str], ...] = (),
) -> Column:
    """A column with a drop-down; `open_` lets other words in.

    `synonyms` pairs other words with the choice they mean.
    """
    return Column(
        key,
        header,
        Kind.CHOICE,
        required,
        choices,
        open_,
        note=note or "从下拉列表选",
        example=example,
        synonyms=synonyms,
    )


ORG = "党组织.党组织代码"
UNIT = "单位.单位代码"
MEMBER = "党员.党员代码"
DOC = "文件文献.文献代码"
INDICATOR = "考核指标.指标代码"

SETTINGS = (
    Column(
        "year",
        "年度",
        Kind.YEAR,
        required=True,
        minimum=1921,
        note="报告年度，四位数字",
        example="2026",
    ),
    Column(
        "as_of",
        "数据截止日",
        Kind.DATE,
        required=True,
        minimum=FOUNDING,
        note="所有数字截至这一天",
        example="2026-11-30",
    ),
    text("region", "地区", note="县、区名称", example="示例县"),
    text(
        "author_org", "编制单位", required=True, note="报告题目下的署名", example="示例县委组织部"
    ),
    yes_no(
        "anonymise", "是否脱敏", note="“是”则经验交流材料用代称，其他报告中人名只留姓", example="否"
    ),
    text(
        "mask_also",
        "另需脱敏的名称",
        note="工作簿别处没有的人名、地名、活动名，写成“名称=代称”，用；隔开",
    ),
    choice(
        "money_uom", "金额单位", ("元", "万元", "亿元"), note="报告中金额用的单位", example="万元"
    ),
    number("w_m", "月权重", most=1, note="月、季、年三个权重合计为1", example="0.3"),
    number("w_q", "季权重", most=1, example="0.3"),
    number("w_y", "年权重", most=1, example="0.4"),
    number("grade_excellent", "优秀分数线", most=100, example="90"),
    number("grade_good", "良好分数线", most=100, example="80"),
    number("grade_fair", "一般分数线", most=100, example="60"),
    text(
        "star_lines",
        "星级分数线",
        note="由高到低，如“五星:95;四星:90;三星:80”",
        example="五星:95;四星:90;三星:80",
    ),
    text("rules_version", "规则版本", note="考核所依据规则的版本日期", example="2026-05-18"),
    Column(
        "reporter",
        "填报党组织",
        Kind.CODE,
        note="只报一个党组织的工作簿填它的代码，供汇总时认；全县一份的留空",
        example="",
    ),
)

UNITS = Sheet(
    "units",
    "单位",
    (
        code(
            "unit_code",
            "单位代码",
            required=True,
            note="唯一，如U001；是文字，不会变成数字",
            example="U001",
        ),
        text("name", "单位全称", required=True, example="示例县城市建设投资集团有限公司"),
        text("short_name", "简称", example="城投集团"),
        choice("kind", "单位类别", UNIT_KINDS, required=True, example="县属国企"),
        text("industry", "所属行业", example="城市建设"),
        whole(
            "staff",
            "职工总数(人)",
            note="在本单位工作的人数；村填村民人数，社区填居民人数，只填数字",
            example="320",
        ),
        day("founded", "成立日期", month_enough=True, example="2012-06-01"),
        yes_no("charter_done", "党建入章", note="党建工作要求是否已写入公司章程", example="是"),
        yes_no(
            "prior_list",
            "前置研究清单",
            note="是否制定党组织前置研究讨论重大事项清单",
            example="是",
        ),
        yes_no(
            "cross_post", "交叉任职", note="党组织班子与经营层是否双向进入、交叉任职", example="是"
        ),
        text("inspect_group", "督查组", note="由哪个督查组联系", example="第一督查组"),
    ),
    ("单位代码",),
    "参加统计的单位，一家一行",
)

ORGS = Sheet(
    "orgs",
    "党组织",
    (
        code("org_code", "党组织代码", required=True, note="唯一，如B001", example="B001"),
        text(
            "name",
            "名称",
            required=True,
            note="全称",
            example="中共示例县城市建设投资集团有限公司委员会",
        ),
        text("short_name", "简称", example="城投集团党委"),
        choice("type", "类型", ORG_TYPES, required=True, example="党委"),
        code(
            "parent_code", "上级代码", refers=ORG, note="上级党组织的代码；最上一级留空", example=""
        ),
        code("unit_code", "所属单位", refers=UNIT, note="单位代码", example="U001"),
        whole("covered_units", "覆盖单位数", note="仅联合党支部填", example=""),
        day("founded", "成立日期", month_enough=True, example="2013-01-10"),
        day("elected_on", "本届选举日期", example="2023-12-20"),
        Column(
            "term_years",
            "任期(年)",
            Kind.INTEGER,
            minimum=1,
            maximum=5,
            note="党委5年；党总支、党支部3年（村、社区5年）",
            example="5",
        ),
        whole("groups", "党小组数", example="2"),
        whole("committee_size", "委员数", note="含书记、副书记", example="7"),
        code("secretary", "书记党员代码", refers=MEMBER, example="M0001"),
        text("last_star", "上年星级", example="四星"),
        choice("status", "状态", ("正常", "撤销"), example="正常"),
        day("closed_on", "撤销日期", example=""),
    ),
    ("党组织代码",),
    "党委、党总支、党支部、党小组，一个一行，用上级代码连成一棵树",
    owner=("党组织代码",),
    required=True,
)

MEMBERS = Sheet(
    "members",
    "党员",
    (
        code(
            "member_code",
            "党员代码",
            required=True,
            note="唯一，如M0001；不要填身份证号",
            example="M0001",
        ),
        text("name", "姓名", required=True, example="张示例"),
        code(
            "org_code", "所属党组织", required=True, refers=ORG, note="党组织代码", example="B001"
        ),
        choice("sex", "性别", ("男", "女"), example="男"),
        Column("birth_year", "出生年份", Kind.YEAR, minimum=1900, note="四位年份", example="1980"),
        text("ethnicity", "民族", example="汉族"),
        choice("education", "学历", EDUCATIONS, example="大学本科", synonyms=EDUCATION_WORDS),
        choice("employ", "用工形式", ("正式", "聘用", "离退休"), example="正式"),
        choice("status", "党员类别", ("正式", "预备"), required=True, example="正式"),
        day(
            "joined_on",
            "入党日期",
            required=True,
            month_enough=True,
            note="支部大会通过接收为预备党员之日",
            example="2005-06-20",
        ),
        day("regular_on", "转正日期", month_enough=True, note="预备党员留空", example="2006-06-20"),
        choice("post", "党内职务", POSTS, example="书记", synonyms=POST_WORDS),
        day("post_since", "任职日期", example="2023-12-20"),
        choice("mobile", "流动状态", ("正常", "流出", "流入", "失联"), example="正常"),
        day("mobile_since", "流动起始日期", example=""),
        yes_no("active", "在册", note="截止日是否在册", example="是"),
        text("left_reason", "离开原因", example=""),
        day("left_on", "离开日期", example=""),
    ),
    ("党员代码",),
    "党员名册，一人一行",
    owner=("所属党组织",),
)

MEMBER_YEAR = Sheet(
    "member_year",
    "党员年度",
    (
        code("member_code", "党员代码", required=True, refers=MEMBER, example="M0001"),
        year("year", "年度", required=True, example="2026"),
        number("study_hours", "集中学时", note="集中学习培训学时数", example="36"),
        whole("trainings", "集中培训次数", example="2"),
        whole("due", "应到次数", example="20"),
        whole("attended", "实到次数", example="18"),
        whole("talks", "谈心谈话次数", example="2"),
        number("service_hours", "志愿服务(小时)", example="16"),
        number("points", "积分", example="86"),
        number("kpi_target", "KPI目标", example="100"),
        number("kpi_actual", "KPI完成", example="98"),
        number("kpi_coef", "KPI系数", most=2, example="0.98"),
        choice(
            "review_grade", "评议等次", REVIEW_GRADES, note="预备党员填“未评定”", example="合格"
        ),
        whole("months_due", "应交月数", most=12, example="11"),
        whole("months_paid", "已交月数", most=12, example="11"),
        money("dues_due", "应交党费(元)", example="660"),
        money("dues_paid", "实交党费(元)", example="660"),
    ),
    ("党员代码", "年度"),
    "每名党员每年一行；不收集工资",
    owner=("党员代码",),
)

ACTIVITIES = Sheet(
    "activities",
    "组织生活台账",
    (
        code(
            "activity_id",
            "活动编号",
            required=True,
            note="唯一，如A2026-0001",
            example="A2026-0001",
        ),
        code("org_code", "党组织代码", required=True, refers=ORG, example="B001"),
        day("date", "日期", required=True, in_year=True, example="2026-03-15"),
        choice("kind", "类型", ACTIVITY_KINDS, required=True, example="主题党日"),
        text("topic", "主题", required=True, example="学习贯彻党的二十届三中全会精神"),
        text("speaker", "主讲主持", example="张示例"),
        whole("due", "应到", example="20"),
        whole("attended", "实到", example="18"),
        number("hours", "学时", example="2"),
        Column(
            "also_counts",
            "计入类型",
            Kind.CHOICES,
            choices=ACTIVITY_KINDS,
            note="方案允许一会多用时填，多个用；隔开",
            example="",
        ),
        text("tag", "主题标签", example="党建+安全"),
        whole("resolutions", "议定事项数", example="1"),
        code("doc_code", "佐证号", refers=DOC, example=""),
    ),
    ("活动编号",),
    "三会一课、主题党日等，一次一行",
    owner=("党组织代码",),
)

DEVELOPMENT = Sheet(
    "development",
    "发展党员",
    (
        code("person_code", "人员代码", required=True, example="P001"),
        code("org_code", "党组织代码", required=True, refers=ORG, example="B001"),
        choice("stage", "阶段", STAGES, required=True, example="积极分子"),
        day("applied", "申请日", example="2025-03-01"),
        day("talked", "谈话日", example="2025-03-20"),
        day("activist", "确定积极分子日", example="2025-09-10"),
        day("notice_from", "公示起", example=""),
        day("notice_to", "公示止", example=""),
        day("candidate", "发展对象日", example=""),
        day("vetted", "政审日", example=""),
        choice("vetting", "政审结论", ("合格", "不合格", "未完成"), example=""),
        number("training_days", "培训天数", example=""),
        number("training_hours", "培训学时", example=""),
        day("prechecked", "预审日", example=""),
        day("admitted", "接收大会日", example=""),
        whole("voters_due", "应到票数", note="应到会有表决权的党员数", example=""),
        whole("votes_for", "赞成票", example=""),
        day("approved", "党委审批日", example=""),
        day("oath", "宣誓日", example=""),
        day("probation_ends", "预备期满日", example=""),
        day("confirmed", "转正大会日", example=""),
        day("confirm_approved", "转正审批日", example=""),
        text("remark", "备注", note="不要填身份证号、手机号、住址", example=""),
    ),
    ("人员代码",),
    "发展党员全过程，一人一行",
    owner=("党组织代码",),
)

MECHANISMS = Sheet(
    "mechanisms",
    "机制做法",
    (
        code("mech_code", "机制代码", required=True, example="J001"),
        text("name", "名称", required=True, example="五步工作法"),
        choice("kind", "类别", MECHANISM_KINDS, required=True, example="工作法"),
        code("org_code", "责任组织", refers=ORG, example="B001"),
        day("since", "起始", example="2025-01-10"),
        text("stage", "阶段", example="深化"),
        whole("declared_n", "声明数量", note="名称里说的数，如五步工作法填5", example="5"),
        Column(
            "items",
            "事项列表",
            Kind.TEXT,
            note="各项用；隔开",
            example="政策设计；工作部署；干部培训；监督检查；追责问责",
        ),
        yes_no("incomplete", "列举不全", note="事项没有列全的填“是”", example="否"),
        text("freq", "频次", example="每季一次"),
        whole("covered_n", "覆盖组织数", example="12"),
        whole("target_n", "应覆盖数", example="12"),
        code("doc_code", "依据文件", refers=DOC, example=""),
        text("problem", "解决的问题", note="这一做法解决什么问题", example="责任不清"),
        text("description", "说明", note="做法和成效，写成句子，报告原样引用", example=""),
    ),
    ("机制代码",),
    "工作法、机制、清单、制度等，一项一行",
    owner=("责任组织",),
)

DOCUMENTS = Sheet(
    "documents",
    "文件文献",
    (
        code("doc_code", "文献代码", required=True, example="D001"),
        text("title", "标题", required=True, example="关于加强国有企业党支部规范化建设的通知"),
        choice("kind", "类型", DOCUMENT_KINDS, required=True, example="本级文件"),
        text("issuer", "发文机关或作者", example="示例县委组织部"),
        text("number", "文号", example="示组发〔2026〕5号"),
        day("date", "日期", example="2026-02-10"),
        text("publication", "刊名卷期页码或出版社", example=""),
        yes_no("in_force", "现行有效", example="是"),
        day("repealed", "失效日", example=""),
        text("cite_key", "引用标识", example=""),
        text("link", "链接", example=""),
        text("pages", "页码或版次", note="图书、期刊的起止页，报纸的版次", example=""),
        day("accessed", "访问日期", note="网页是哪一天看的", example=""),
    ),
    ("文献代码",),
    "依据和佐证，一份一行",
)

INDICATORS = Sheet(
    "indicators",
    "考核指标",
    (
        code("indicator_code", "指标代码", required=True, example="Z01"),
        code("parent", "上级指标", refers=INDICATOR, example=""),
        text("name", "指标名称", required=True, example="组织设置"),
        choice("scope", "适用对象", ("党支部", "党总支", "党委", "党员"), example="党支部"),
        Column(
            "max",
            "分值",
            Kind.NUMBER,
            required=True,
            minimum=0,
            note="大于0的数；只评等次、不计分的填0",
            example="15",
        ),
        choice("method", "计分方式", METHODS, example="按次扣分"),
        text("param", "参数", note="如“4;0.5”：应4次，每少一次扣0.5分", example="4;0.5"),
        code("rule_id", "规则号", note="依据的规则，如R10", example=""),
        text("source", "数据来源表", example="组织生活台账"),
        choice("period", "周期", ("月", "季", "年"), example="年"),
        year("year", "年度", example="2026"),
    ),
    ("指标代码",),
    "考核方案，一项一行；下级分值之和等于上级",
)

SCORES = Sheet(
    "scores",
    "考核得分",
    (
        code("org_code", "党组织代码", required=True, refers=ORG, example="B001"),
        code("member_code", "党员代码", refers=MEMBER, note="党员得分才填", example=""),
        code("indicator_code", "指标代码", required=True, refers=INDICATOR, example="Z01"),
        year("year", "年度", required=True, example="2026"),
        choice("period_type", "周期类型", ("月", "季", "年"), required=True, example="季"),
        Column(
            "period_no",
            "期次",
            Kind.INTEGER,
            required=True,
            minimum=1,
            maximum=12,
            note="第几月、第几季；年填1",
            example="1",
        ),
        number("score", "得分", example="13.5"),
        text("grade", "等次", note="述职评议填好、较好、一般、差；一票否决填是、否", example=""),
        text("reason", "扣分原因", example=""),
        day("checked_on", "检查日期", example="2026-04-10"),
        text("group", "检查组", example="第一督查组"),
        choice("state", "核实状态", ("自评", "复核", "申诉"), example="复核"),
        code("doc_code", "佐证", refers=DOC, example=""),
    ),
    ("党组织代码", "党员代码", "指标代码", "年度", "周期类型", "期次"),
    "各期得分和评议等次",
    owner=("党组织代码",),
)

TASKS = Sheet(
    "tasks",
    "三单台账",
    (
        code("task_code", "事项编号", required=True, example="T001"),
        choice("kind", "清单类型", TASK_KINDS, required=True, example="整改"),
        code("org_code", "责任组织", required=True, refers=ORG, example="B001"),
        text(
            "what",
            "事项",
            required=True,
            note="动词开头写清做什么，报告原样引用",
            example="补齐主题党日活动记录",
        ),
        choice("problem_type", "问题类型", PROBLEM_TYPES, open_=True, example="组织生活"),
        text("origin", "来源", example="年度督查"),
        code("linked", "关联规则指标", note="关联的规则号或指标代码，如R15", example="R15"),
        text("owner", "责任人职务", example="党支部书记"),
        day("issued", "下达日", required=True, example="2026-04-15"),
        day("due", "时限", required=True, example="2026-06-30"),
        choice("state", "状态", TASK_STATES, example="已销号"),
        day("closed", "销号日", example="2026-06-20"),
        text("effect", "成效", example=""),
    ),
    ("事项编号",),
    "任务、责任、整改清单和销号情况",
    owner=("责任组织",),
)

CASES = Sheet(
    "cases",
    "案例品牌",
    (
        code("case_code", "案例编号", required=True, example="C001"),
        text("name", "名称", required=True, example="红色工地先锋岗"),
        choice("kind", "类型", CASE_KINDS, example="品牌"),
        code("org_code", "党组织代码", required=True, refers=ORG, example="B001"),
        text("dimension", "主题融嵌", example="服务民生"),
        text("innovation", "创新类型", example="平台创新"),
        day("since", "起始", example="2025-05-01"),
        text("background", "背景", example=""),
        text("practice", "做法", note="写成句子，报告原样引用", example=""),
        text("effect", "成效", note="写成句子，报告原样引用", example=""),
        number("before", "前值", least=None, example="12"),
        number("after", "后值", least=None, example="5"),
        choice("uom", "计量单位", UNITS_OF_MEASURE, open_=True, example="个"),
        text("metric", "指标名称", note="前值、后值说的是什么", example="平均办理天数"),
        whole("people", "受益人次", example="1200"),
        number("practical", "实用性评分", most=100, example="90"),
        number("normative", "规范性评分", most=100, example="88"),
        number("targeted", "针对性评分", most=100, example="85"),
        yes_no("selected", "入选", example="是"),
        code("doc_code", "佐证", refers=DOC, example=""),
        text("insight", "启示", note="写成句子，汇编原样引用", example=""),
        text("appendix", "附录", note="制度全文、流程等，印在汇编的附录里", example=""),
        text("pictures", "图片", note="图片文件，从工作区算起，几张用；分开", example=""),
    ),
    ("案例编号",),
    "案例、品牌、示范岗等，一项一行",
    owner=("党组织代码",),
)

HONORS = Sheet(
    "honors",
    "荣誉",
    (
        code("honor_code", "荣誉代码", required=True, example="H001"),
        text("name", "名称", required=True, example="先进基层党组织"),
        text("by", "授予单位", example="示例县委"),
        choice("level", "级别", HONOR_LEVELS, example="县"),
        choice("target", "对象类型", ("组织", "个人"), example="组织"),
        code("org_code", "党组织代码", refers=ORG, example="B001"),
        code("member_code", "党员代码", refers=MEMBER, example=""),
        day("date", "授予日期", required=True, example="2026-07-01"),
        whole("consecutive", "连续届数", example=""),
        code("doc_code", "证书文号", refers=DOC, example=""),
    ),
    ("荣誉代码",),
    "集体和个人荣誉，一项一行",
    owner=("党组织代码", "党员代码"),
)

METRICS = Sheet(
    "metrics",
    "年度指标",
    (
        code(
            "subject_code", "主体代码", required=True, note="单位代码或党组织代码", example="U001"
        ),
        choice("subject_kind", "主体类型", ("单位", "党组织"), example="单位"),
        year("year", "年度", required=True, example="2026"),
        code("metric_code", "指标代码", required=True, example="REV"),
        text("name", "指标名称", required=True, example="营业收入"),
        number("value", "数值", required=True, least=None, example="15200"),
        choice("uom", "计量单位", UNITS_OF_MEASURE, required=True, example="万元"),
        choice("basis", "口径", ("时点", "当年", "累计", "计划"), example="当年"),
        number("base", "基期值", least=None, example="13800"),
        year("base_year", "基期年", example="2025"),
        yes_no("record", "是否历史新高", example="否"),
        text("source", "来源", example="财务快报"),
    ),
    ("主体代码", "年度", "指标代码"),
    "经营和保障指标，每个主体每年每项一行",
)

# the places of each report that people write, by what the sheet 撰写 calls the report
REPORT_SECTIONS = {
    "调研报告": ("导语", "主要做法", "原因分析", "对策建议", "结束语"),
    "年度总结": ("导语", "理论学习", "补充", "存在问题", "下一步"),
    "经验交流": ("导语", "主要做法", "体会", "下一步"),
    "典型案例汇编": ("前言",),
    "理论文章": ("摘要", "引言", "问题", "原因", "对策", "结语"),
}
TEXTS = Sheet(
    "texts",
    "撰写",
    (
        choice(
            "report",
            "报告",
            tuple(REPORT_SECTIONS),
            required=True,
            open_=True,
            note="为哪种报告写的；自己新建的报告写它的名称",
            example="年度总结",
        ),
        code(
            "org_code",
            "党组织代码",
            refers=ORG,
            note="为哪个党组织写的；写给全县报告的留空",
            example="B001",
        ),
        year(
            "year", "年度", required=True, note="为哪个年度写的；不是报告年度的不印", example="2026"
        ),
        text(
            "section",
            "段落",
            required=True,
            note="报告里待撰写处的名称："
            + "；".join(f"{name}有{'、'.join(parts)}" for name, parts in REPORT_SECTIONS.items()),
            example="下一步",
        ),
        text(
            "text",
            "文字",
            required=True,
            note="写成句子，报告原样印出；不要写数字，换段按Alt+Enter",
            example="把主题党日同岗位练兵结合起来，年初排定全年计划。",
        ),
    ),
    ("报告", "党组织代码", "年度", "段落"),
    "由人来写的段落，一段一行",
    owner=("党组织代码",),
)

SUPPLEMENT = Sheet(
    "supplement",
    "补充数据",
    (
        text(
            "name", "名称", required=True, note="正文里用它，如“走访支部数”", example="走访支部数"
        ),
        number(
            "value",
            "数值",
            required=True,
            least=None,
            note="只填数字，单位填在旁边",
            example="15",
        ),
        text("unit", "单位", note="如个、份、人、万元", example="个"),
        day(
            "as_of",
            "截至",
            note="截至哪一天的数，如2026-11-20；空白按数据截止日",
            example="2026-11-20",
        ),
        text("source", "来源", note="谁提供的、哪次会议或哪份材料", example="调研组走访记录"),
        code(
            "org_code", "组织", refers=ORG, note="一个党组织的数填它的代码；全县的留空", example=""
        ),
    ),
    ("名称", "组织", "截至"),
    "别的表里没有的数，一个一行；报告正文里写“补充.名称”就印出来",
    owner=("组织",),
)

SHEETS = (
    UNITS, ORGS, MEMBERS, MEMBER_YEAR, ACTIVITIES, DEVELOPMENT, MECHANISMS, DOCUMENTS, INDICATORS, SCORES, TASKS, CASES, HONORS, METRICS, TEXTS,
    SUPPLEMENT,
)  # fmt: skip

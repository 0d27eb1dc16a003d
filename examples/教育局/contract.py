"""教育局的工作簿：有哪些表、哪些列。考试只有各校各科的人数，没有姓名。"""

from __future__ import annotations

from decimal import Decimal

from zhibi.data.contract import Column, Kind, Sheet

STAGES = ("幼儿园", "小学", "初中", "九年一贯制", "高中", "特殊教育")
TITLES = ("正高级", "副高级", "一级", "二级", "三级", "未评")
DEGREES = ("研究生", "本科", "专科", "高中阶段")
LEVELS = ("国家", "省", "市", "县")
AREAS = ("消防", "食品", "校车", "校舍", "周边", "其他")
FUNDS = ("公用经费", "营养改善", "校舍维修", "设备购置", "教师培训")
SUBJECTS = ("语文", "数学", "英语", "物理", "化学", "道德与法治", "历史", "科学")
FIRST_YEAR = 1900
SCHOOL = "学校.学校代码"


def school(*, required: bool = True) -> Column:
    """这一行是哪个学校的。"""
    return Column(
        "school", "学校代码", Kind.CODE, required=required, refers=SCHOOL, example="X001"
    )


def year() -> Column:
    """这一行是哪一年的；上年的留着，好与今年比。"""
    return Column("year", "年度", Kind.YEAR, required=True, minimum=FIRST_YEAR, example="2026")


def number(key: str, header: str, example: str, note: str = "") -> Column:
    """人数、个数。"""
    return Column(key, header, Kind.INTEGER, minimum=0, example=example, note=note)


def text(key: str, header: str, example: str, *, required: bool = False, note: str = "") -> Column:
    """文字。"""
    return Column(key, header, required=required, example=example, note=note)


def choice(
    key: str, header: str, choices: tuple[str, ...], *, required: bool = False,
    synonyms: tuple[tuple[str, str], ...] = (),
) -> Column:  # fmt: skip
    """下拉选项。"""
    return Column(
        key, header, Kind.CHOICE, required, choices, example=choices[0], synonyms=synonyms
    )


def code(key: str, header: str, example: str) -> Column:
    """代码，是文字，前面的 0 不丢。"""
    return Column(key, header, Kind.CODE, required=True, example=example)


DEGREE_WORDS = (
    ("大学本科", "本科"), ("大学", "本科"), ("学士", "本科"), ("大专", "专科"), ("大学专科", "专科"),
    ("硕士", "研究生"), ("博士", "研究生"), ("硕士研究生", "研究生"), ("中专", "高中阶段"), ("中师", "高中阶段"),
)  # fmt: skip
TITLE_WORDS = (
    ("高级教师", "副高级"), ("副高", "副高级"), ("高级", "副高级"), ("正高级教师", "正高级"), ("一级教师", "一级"),
    ("二级教师", "二级"), ("三级教师", "三级"), ("无", "未评"), ("见习", "未评"),
)  # fmt: skip
SHEETS = (
    Sheet("schools", "学校", (
        code("code", "学校代码", "X001"),
        text("name", "学校名称", "示例县第一小学", required=True),
        text("short", "简称", "一小"),
        choice("stage", "学段", STAGES, required=True),
        choice("ownership", "性质", ("公办", "民办")),
        text("town", "所在乡镇", "城关镇"),
        Column("founded", "建校年份", Kind.YEAR, minimum=FIRST_YEAR, example="1986"),
    ), ("学校代码",), "每所学校一行", ("学校代码",), required=True),
    Sheet("teachers", "教师", (
        code("code", "教师代码", "T0001"),
        text("name", "姓名", "张某"),
        school(),
        choice("sex", "性别", ("男", "女")),
        Column("born", "出生年份", Kind.YEAR, minimum=FIRST_YEAR, example="1985"),
        choice("degree", "学历", DEGREES, synonyms=DEGREE_WORDS),
        choice("title", "职称", TITLES, synonyms=TITLE_WORDS),
        text("subject", "任教学科", "语文"),
        Column("joined", "入职年份", Kind.YEAR, minimum=FIRST_YEAR, example="2008"),
    ), ("教师代码",), "在岗教师一人一行；不填身份证号、电话、住址和工资", ("学校代码",)),
    Sheet("pupils", "学生", (
        school(),
        year(),
        text("grade", "年级", "一年级", required=True),
        number("classes", "班级数", "4"),
        number("pupils", "学生数", "176"),
        number("girls", "其中女生", "85"),
        number("boarders", "其中寄宿生", "0"),
    ), ("学校代码", "年度", "年级"), "一所学校一个年级一年一行", ("学校代码",)),
    Sheet("enrolment", "招生", (
        school(), year(), number("planned", "计划数", "180"), number("admitted", "录取数", "178"),
        number("arrived", "报到数", "176"),
    ), ("学校代码", "年度"), "一所学校一年一行", ("学校代码",)),
    Sheet("exams", "考试", (
        school(), year(), text("grade", "年级", "六年级", required=True), choice("subject", "科目", SUBJECTS, required=True),
        number("sat", "参考人数", "170"), number("passed", "合格人数", "160"), number("excellent", "优秀人数", "68"),
        Column("mean", "平均分", Kind.NUMBER, minimum=0, maximum=Decimal(150), example="82.5"),
    ), ("学校代码", "年度", "年级", "科目"), "学业质量监测；只填人数和平均分，不填姓名", ("学校代码",)),
    Sheet("safety", "安全检查", (
        code("code", "检查编号", "A0001"), school(), Column("day", "日期", Kind.DATE, required=True, example="2026-03-20"),
        choice("area", "类别", AREAS, required=True), number("found", "隐患数", "3"), number("mended", "已整改数", "3"),
    ), ("检查编号",), "每次检查一行；没有查出隐患填0", ("学校代码",)),
    Sheet("funds", "经费", (
        school(), year(), choice("item", "项目", FUNDS, required=True),
        Column("budget", "预算(元)", Kind.MONEY, minimum=0, example="320000"),
        Column("spent", "支出(元)", Kind.MONEY, minimum=0, example="305000"),
    ), ("学校代码", "年度", "项目"), "一所学校一个项目一年一行", ("学校代码",)),
    Sheet("honours", "荣誉", (
        code("code", "荣誉编号", "H001"), school(), text("name", "名称", "平安校园", required=True),
        choice("level", "级别", LEVELS, required=True), Column("day", "授予日期", Kind.DATE, example="2026-09-10"),
    ), ("荣誉编号",), "学校集体获得的荣誉", ("学校代码",)),
    Sheet("texts", "撰写", (
        choice("report", "报告", ("全县教育年报", "学校年度总结"), required=True), school(required=False), year(),
        text("section", "段落", "存在问题", required=True), text("text", "文字", "写明问题；数字写成【名字】", required=True),
    ), ("报告", "学校代码", "年度", "段落"), "由人写的话，一段一行；写全县的不填学校代码", ("学校代码",)),
)  # fmt: skip
SETTINGS = (
    Column("year", "年度", Kind.YEAR, required=True, example="2026"),
    text("region", "地区", "示例县", required=True),
    text("office", "编制单位", "示例县教育局", required=True),
    Column("as_of", "数据截止日", Kind.DATE, required=True, example="2026-12-31"),
    Column("limit", "班额上限(人)", Kind.INTEGER, minimum=1, example="55", note="本县规定的一个班最多多少人"),
    Column("reporter", "填报学校", Kind.CODE, note="只填一所学校的工作簿才写；汇总的留空"),
)  # fmt: skip

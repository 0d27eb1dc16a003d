"""种子固定的程序 -> 示例县四十所学校的工作簿。全部虚构。"""

from __future__ import annotations

import random
from pathlib import Path

from zhibi.data.writing.fill import whole
from zhibi.data.writing.sample_data import dataset
from zhibi.domain.folder import from_folder

HOME = Path(__file__).parent
TOWNS = ("城关镇", "东河镇", "西山镇", "南坪镇", "北桥镇", "柳湾乡", "石门乡", "云溪乡")
KINDS = (("小学", 18), ("初级中学", 8), ("幼儿园", 6), ("九年一贯制学校", 4), ("高级中学", 3), ("特殊教育学校", 1))
STAGES = {"初级中学": "初中", "九年一贯制学校": "九年一贯制", "高级中学": "高中", "特殊教育学校": "特殊教育"}
GRADES = {
    "幼儿园": "小班 中班 大班", "小学": "一年级 二年级 三年级 四年级 五年级 六年级", "初中": "七年级 八年级 九年级",
    "九年一贯制": "一年级 三年级 六年级 七年级 九年级", "高中": "高一 高二 高三", "特殊教育": "一年级 四年级",
}  # fmt: skip
TESTED = {"小学": ("六年级", "语文 数学 英语 科学"), "初中": ("九年级", "语文 数学 英语 物理 化学"),
          "九年一贯制": ("九年级", "语文 数学 英语 物理"), "高中": ("高三", "语文 数学 英语")}  # fmt: skip
FAMILY, GIVEN = "赵钱孙周吴郑王冯陈卫蒋沈韩杨", "明华秀兰建国志强晓燕海波文静立新春梅"
DICE = random.Random(2026)


def schools() -> list[dict[str, str]]:
    """四十所，轮着分在各乡镇。"""
    found: list[dict[str, str]] = []
    for kind, number in KINDS:
        for at in range(number):
            town = TOWNS[at % len(TOWNS)]
            place = town[:-1] if number > 1 else "示例县"
            name = f"{place}{'第' + '一二三'[at // len(TOWNS)] if number > len(TOWNS) else ''}{kind}"
            found.append({"学校代码": f"X{len(found) + 1:03}", "学校名称": name, "简称": "", "学段": STAGES.get(kind, kind),
                          "性质": "民办" if kind == "幼儿园" and at % 3 == 0 else "公办", "所在乡镇": town,
                          "建校年份": str(DICE.randint(1950, 2015))})  # fmt: skip
    return found


def rows_of(school: dict[str, str], rows: dict[str, list[dict[str, str]]]) -> None:
    """一所学校两年的各张表。"""
    code, stage = school["学校代码"], school["学段"]
    sizes = {grade: [DICE.randint(30, 48) for _ in range(2 if stage == "特殊教育" else DICE.randint(2, 5))] for grade in GRADES[stage].split()}
    if stage == "特殊教育":
        sizes = {grade: [12, 11] for grade in sizes}
    for _ in range(sum(map(sum, sizes.values())) // DICE.randint(13, 18)):
        born = DICE.randint(1967, 2001)
        rows["教师"].append({
            "教师代码": f"T{len(rows['教师']) + 1:04}", "姓名": DICE.choice(FAMILY) + "".join(DICE.sample(GIVEN, 2)), "学校代码": code,
            "性别": DICE.choice("女女男"), "出生年份": str(born), "学历": DICE.choice(("本科", "本科", "本科", "专科", "研究生")),
            "职称": DICE.choice(("副高级", "一级", "一级", "二级", "三级", "未评")), "任教学科": DICE.choice(("语文", "数学", "英语", "体育")),
            "入职年份": str(min(born + DICE.randint(21, 26), 2026)),
        })  # fmt: skip
    for year in ("2025", "2026"):
        own = {"学校代码": code, "年度": year}
        for grade, classes in sizes.items():
            pupils = sum(classes) + (DICE.randint(-6, 4) if year == "2025" else 0)
            rows["学生"].append({**own, "年级": grade, "班级数": str(len(classes)), "学生数": str(pupils), "其中女生": str(int(pupils * DICE.uniform(0.44, 0.52))),
                                "其中寄宿生": str(int(pupils * DICE.choice((0, 0, 0.2, 0.4))))})  # fmt: skip
        planned = sum(next(iter(sizes.values()))) + DICE.randint(2, 8)
        admitted = planned - DICE.randint(0, 6)
        rows["招生"].append({**own, "计划数": str(planned), "录取数": str(admitted), "报到数": str(admitted - DICE.randint(0, 4))})
        grade, subjects = TESTED.get(stage, ("", ""))
        for subject in subjects.split():
            sat = sum(sizes[grade]) - DICE.randint(0, 3)
            passed = int(sat * DICE.uniform(0.78, 0.98))
            rows["考试"].append({**own, "年级": grade, "科目": subject, "参考人数": str(sat), "合格人数": str(passed),
                                "优秀人数": str(int(passed * DICE.uniform(0.2, 0.5))), "平均分": f"{DICE.uniform(68, 91):.1f}"})  # fmt: skip
        for item in ("公用经费", "校舍维修", "教师培训"):
            budget = DICE.randint(4, 90) * 5000
            rows["经费"].append({**own, "项目": item, "预算(元)": str(budget), "支出(元)": str(budget - DICE.randint(0, 30) * 100)})
    for month in (3, 6, 9, 11):
        found = DICE.choice((0, 1, 2, 3, 5))
        rows["安全检查"].append({"检查编号": f"A{len(rows['安全检查']) + 1:04}", "学校代码": code, "日期": f"2026-{month:02}-{DICE.randint(1, 28):02}",
                             "类别": DICE.choice(("消防", "食品", "校舍", "周边")), "隐患数": str(found), "已整改数": str(max(0, found - DICE.choice((0, 0, 0, 1))))})  # fmt: skip
    if DICE.random() < 0.4:
        rows["荣誉"].append({"荣誉编号": f"H{len(rows['荣誉']) + 1:03}", "学校代码": code, "名称": DICE.choice(("平安校园", "文明校园", "书香校园", "劳动教育先进学校")),
                           "级别": DICE.choice(("县", "县", "市", "省")), "授予日期": f"2026-{DICE.randint(4, 12):02}-15"})  # fmt: skip


if __name__ == "__main__":
    tables: dict[str, list[dict[str, str]]] = {title: [] for title in ("教师", "学生", "招生", "考试", "安全检查", "经费", "荣誉", "撰写")}
    listed = schools()
    for each in listed:
        rows_of(each, tables)
    (HOME / "data/示例县教育.xlsx").write_bytes(whole(dataset(from_folder(HOME).contract, {"学校": listed, **tables})))

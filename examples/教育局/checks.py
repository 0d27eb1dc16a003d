"""几格合起来才知道的错 -> 逐处指出。空着的格不算错。"""

from __future__ import annotations

from collections.abc import Iterator

from gongwen.findings import Finding, Level
from zhibi.data.dataset import Dataset
from zhibi.domain import cell_fault

AT_LEAST = 16  # 入职不会早于这个岁数
NOT_MORE = (
    ("学生", "其中女生", "学生数"),
    ("学生", "其中寄宿生", "学生数"),
    ("招生", "报到数", "录取数"),
    ("考试", "合格人数", "参考人数"),
    ("考试", "优秀人数", "合格人数"),
    ("安全检查", "已整改数", "隐患数"),
)


def parts_within_wholes(data: Dataset) -> Iterator[Finding]:
    """其中数不超过总数。"""
    for sheet, part, whole in NOT_MORE:
        frame = data.sound(sheet, part, whole).dropna(subset=[part, whole])
        for origin, row in frame[frame[part] > frame[whole]].iterrows():
            message = f"“{part}”{row[part]}多于“{whole}”{row[whole]}"
            yield cell_fault(data, origin, part, message, code="Y01")


def class_sizes(data: Dataset) -> Iterator[Finding]:
    """平均班额不超过本县规定的上限。"""
    limit = data.settings["班额上限(人)"].value
    frame = data.sound("学生", "班级数", "学生数").dropna(subset=["班级数", "学生数"])
    if not isinstance(limit, int):
        return
    for origin, row in frame[frame["学生数"] > frame["班级数"] * limit].iterrows():
        message = f"{row['班级数']}个班{row['学生数']}人，平均超过上限{limit}人"
        yield cell_fault(data, origin, "学生数", message, code="Y02", level=Level.WARNING)


def money_spent(data: Dataset) -> Iterator[Finding]:
    """支出不超过预算。"""
    frame = data.sound("经费", "预算(元)", "支出(元)").dropna(subset=["预算(元)", "支出(元)"])
    for origin, row in frame.iterrows():
        if row["支出(元)"] > row["预算(元)"]:
            message = f"支出{row['支出(元)']}元超过预算{row['预算(元)']}元"
            yield cell_fault(data, origin, "支出(元)", message, code="Y03", level=Level.WARNING)


def years_of_teachers(data: Dataset) -> Iterator[Finding]:
    """入职时已经成年。"""
    frame = data.sound("教师", "出生年份", "入职年份").dropna(subset=["出生年份", "入职年份"])
    for origin, row in frame[frame["入职年份"] - frame["出生年份"] < AT_LEAST].iterrows():
        message = f"{row['出生年份']}年出生，{row['入职年份']}年入职"
        yield cell_fault(data, origin, "入职年份", message, code="Y04")


CHECKS = (parts_within_wholes, class_sizes, money_spent, years_of_teachers)

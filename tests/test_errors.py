"""Every error of the tree survives pickling (workers hand them back) and writes a Chinese sentence."""

import pickle
import re

import pytest

from gongwen import errors
from gongwen.findings import Finding, Level, Location

FINDING = Finding(
    "B01", Level.ERROR, Location("县.xlsx", "党员", "D14"), "不是日期", "请改为日期。"
)
EXAMPLES = [
    errors.ReportError("出错"),
    errors.UnreadableFile("县.xlsx", "打不开", "请检查。"),
    errors.TextChanged("总结.docx", "第3段", "原文", "改文"),
    errors.InvalidInput("县.xlsx", [FINDING]),
    errors.NotYours("县.xlsx", "B012"),
    errors.UnknownName("列", "姓民", ["姓名"]),
    errors.UnknownCode("党组织代码", "B012", ["B001", "B002"]),
    errors.BadReportName("../x", "只能用汉字、字母、数字和下划线"),
    errors.BadExpression("n", "没有值", 3, "第一行"),
    errors.BadFact("党员总数", "单位不一致"),
    errors.BadFigure("图题", "没有出处"),
    errors.MissingFont("NotoSansSC"),
    errors.NotebookFailed("报告.ipynb", 3, "出错", "run.ipynb"),
    errors.NotEveryCellRan("报告.ipynb", [3]),
    errors.UnreadableOutput("版本不符"),
    errors.NotFinal([FINDING]),
    errors.NamesLeft([FINDING]),
    errors.OutputBlocked("报告.docx", "文件被占用", "请关闭。"),
    errors.SourceLost(),
    errors.MissingExtra("LibreOffice", "请安装。"),
    errors.NotYours("县.xlsx", "B012"),
    errors.Interrupted(),
]


@pytest.mark.parametrize("error", EXAMPLES, ids=lambda error: type(error).__name__)
def test_an_error_comes_back_from_a_worker_as_it_was(error):
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is type(error)
    assert (str(again), vars(again)) == (str(error), vars(error))
    assert re.search("[\u4e00-\u9fff]", str(error))


def test_every_error_of_the_tree_is_tried_and_drawn():
    tree = {
        name
        for name, kind in vars(errors).items()
        if isinstance(kind, type) and issubclass(kind, errors.ReportError)
    }
    assert {type(error).__name__ for error in EXAMPLES} == tree
    assert tree <= set(re.findall(r"\w+", errors.__doc__))


def test_a_place_of_many_cells_is_said_by_the_first_of_them() -> None:
    cells = "、".join(f"C{row}" for row in range(2, 200, 3))
    place = Location("县.xlsx", "党员年度", cells, "集中学时")

    assert str(place).count("、C") == 19
    assert str(place).endswith("C59…… “集中学时”列")
    assert place.cell == cells

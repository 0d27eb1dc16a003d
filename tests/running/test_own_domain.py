"""A domain in a folder of a workspace: laid out, found, checked, divided; its faults told all at once, with file and line."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import docx
import openpyxl
import pytest

from prompt import typed

NAME = "社区服务"


@pytest.fixture(scope="module")
def begun(tmp_path_factory) -> Path:
    """What `zhibi new --domain` makes of an empty folder."""
    place = tmp_path_factory.mktemp("空文件夹") / "我的工作"
    place.mkdir()
    done = typed("zhibi", "new", "--domain", NAME, cwd=place)
    assert done.returncode == 0, done.stderr
    return place


@pytest.fixture
def place(begun, tmp_path) -> Path:
    """A copy to spoil."""
    return Path(
        shutil.copytree(begun, tmp_path / "工作区", ignore=shutil.ignore_patterns("__pycache__"))
    )


def edit(place: Path, *changes: tuple[str, str]) -> None:
    file = place / NAME / "__init__.py"
    text = file.read_text("utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    file.write_text(text, "utf-8")


def line_of(place: Path, words: str, nth: int = 0) -> str:
    lines = (place / NAME / "__init__.py").read_text("utf-8").splitlines()
    return f"第{[at for at, line in enumerate(lines, 1) if words in line][nth]}行"


def test_the_folder_holds_contract_notebooks_data_and_test(begun):
    assert {path.relative_to(begun / NAME).as_posix() for path in (begun / NAME).rglob("*.*")} >= {
        "__init__.py", "data/示例.xlsx", "notebooks/年度情况.ipynb", "notebooks/单位总结.ipynb",
        "params/年度情况.yaml", f"test_{NAME}.py",
    }  # fmt: skip
    assert f'domain = "{NAME}"' in (begun / "zhibi.toml").read_text("utf-8")


def test_its_data_are_right_and_its_guide_is_there(begun):
    done = typed("zhibi", "data", "check", "data/示例.xlsx", cwd=begun)

    assert (done.returncode, done.stdout.strip()) == (0, "检查完毕：没有发现问题。")
    assert (begun / "docs/正文写法.md").is_file()


@pytest.mark.kernel
def test_its_check_speaks_of_a_number_that_cannot_be(place):
    book = openpyxl.load_workbook(place / "data/示例.xlsx")
    sheet = book["活动"]
    column = [cell.value for cell in sheet[1]].index("参加人数") + 1
    row = sheet.max_row
    sheet.cell(row, column, 999)
    book.save(place / "data/多报.xlsx")
    done = typed("zhibi", "data", "check", "data/多报.xlsx", cwd=place)

    assert "999人参加，本单位在册只有" in done.stdout
    assert done.returncode == 1


def test_both_reports_come_out_and_the_batch_makes_one_for_each(begun):
    whole = typed("zhibi", "run", "年度情况", "--engine", "papermill", cwd=begun)
    batch = typed("zhibi", "batch", "单位总结", cwd=begun)

    assert "[错误 W02]" in whole.stdout  # what people must write
    text = "\n".join(
        each.text
        for each in docx.Document(begun / "outputs/年度情况/2026/示例县/报告.docx").paragraphs
    )
    assert "有单位3个，在册6名，其中专业技术人员3名，占50.0%" in text
    assert "做好3份，没有做成0份" in batch.stdout
    own = docx.Document(begun / "outputs/单位总结/2026/示例县/D02/报告.docx")
    assert "截至2026年12月31日，本单位在册2名。" in [each.text for each in own.paragraphs]


def test_the_blank_workbook_speaks_the_words_of_the_domain(begun, tmp_path):
    typed("zhibi", "data", "template", str(tmp_path / "空白.xlsx"), cwd=begun)
    guide = openpyxl.load_workbook(tmp_path / "空白.xlsx").worksheets[0]
    words = "\n".join(str(cell.value) for row in guide.iter_rows() for cell in row if cell.value)

    assert "代码（如D01、R001、H001）" in words
    assert not re.search("党|U001|B001|M0001", words)


@pytest.mark.parametrize(("number", "said"), [("3", False), ("4", True)], ids=["right", "wrong"])
def test_documents_are_held_against_its_workbook(begun, tmp_path, number, said):
    page = tmp_path / "稿.md"
    page.write_text(f"# 情况\n\n截至2026年12月31日，示例县有单位{number}个。\n", "utf-8")
    done = typed("zhibi", "check", str(page), "--data", "data/示例.xlsx", cwd=begun)

    assert ("工作簿“单位”表里示例县的单位是3" in done.stdout) is said, done.stdout + done.stderr


def test_every_fault_of_a_contract_is_told_at_once_with_its_line(place):
    edit(
        place,
        ('Column("kind", "类型", Kind.CHOICE, choices=("机关", "事业单位", "企业"), example="机关"),',
         'Column("name", "名称"),\n        Column("kind", "类型", Kind.CHOICE),'),
        ('refers="单位.单位代码", example="D01"),\n        Column("post"',
         'refers="单位.代码", example="D01"),\n        Column("post"'),
        ('"每次活动一行",\n    owner=("单位代码",),', '"每次活动一行",'),
        ('owner=("所属单位",)', 'owner=("所在单位",)'),
        ('data["活动"].iterrows()', 'data["活动表"].iterrows()'),
        ('region="地区"', 'region="地方"'),
    )  # fmt: skip
    done = typed("zhibi", "data", "check", "data/示例.xlsx", cwd=place)

    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    told = re.findall(rf"\[错误 (\w\d\d)\] {NAME}/__init__.py (第\d+行)：", done.stderr)
    assert sorted(told) == sorted([
        ("C22", line_of(place, '"name", "名称"', 1)),  # two columns of one name
        ("C22", line_of(place, '"name", "名称"', 1)),  # and of one key
        ("C26", line_of(place, '"kind", "类型"')),
        ("C25", line_of(place, 'refers="单位.代码"')),
        ("C24", line_of(place, 'owner=("所在单位",)')),
        ("C24", line_of(place, "活动 = Sheet(")),
        ("C27", line_of(place, 'region="地方"')),
        ("B23", line_of(place, 'data["活动表"]')),
    ])  # fmt: skip


def test_a_check_that_raises_on_real_rows_is_told_beside_everything_else(place):
    edit(
        place,
        ("        if 在册 is not None", "        if len(行['内容']) > 3 and 行['内容'] == '业务培训':\n            1 / 0\n        if 在册 is not None"),
    )  # fmt: skip
    book = openpyxl.load_workbook(place / "data/示例.xlsx")
    book["活动"]["B4"] = "没有的"
    book.save(place / "data/示例.xlsx")
    done = typed("zhibi", "data", "check", "data/示例.xlsx", cwd=place)

    assert "除数是零" in done.stdout + done.stderr
    assert line_of(place, "1 / 0") in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"人员",\n', '"人员，\n', "不是有效的 Python"),
        ('"人员",\n', '"人员"\n', "少了逗号"),
        ("from pathlib import Path", "from pathlib import Pfad", "读到这里出错"),
        ("DOMAIN = Domain", "GEBIET = Domain", "没有名为 DOMAIN"),
        ('Domain(\n    "领域名"', 'Domain(\n    "别的"', "文件夹却叫"),
    ],
)
def test_code_that_cannot_be_read_is_told_in_chinese(place, old, new, message):
    edit(place, (old.replace("领域名", NAME), new))
    if "GEBIET" in new:
        file = place / NAME / "__init__.py"
        file.write_text(file.read_text("utf-8") + "# DOMAIN\n", "utf-8")
    done = typed("zhibi", "data", "check", "data/示例.xlsx", cwd=place)

    assert done.returncode == 2
    assert message in done.stderr
    assert f"{NAME}/__init__.py" in done.stderr


def test_a_workspace_for_it_takes_the_folder_along(begun, tmp_path):
    made = typed(
        "zhibi", "init", str(tmp_path / "别处"), "--domain", str(begun / NAME), cwd=tmp_path
    )
    done = typed("zhibi", "data", "check", "data/示例.xlsx", cwd=tmp_path / "别处")

    assert (made.returncode, done.returncode) == (0, 0), made.stderr + done.stderr


@pytest.mark.parametrize("name", ["json", "data", "有 空格", "../外面", "1号", "class"])
def test_a_name_that_cannot_be_a_folder_and_a_package_is_refused(tmp_path, name):
    done = typed("zhibi", "new", "--domain", name, cwd=tmp_path)

    assert done.returncode == 2
    assert "不能作领域的名称" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_overwritten(begun):
    before = (begun / NAME / "__init__.py").read_bytes()
    done = typed("zhibi", "new", "--domain", NAME, cwd=begun)

    assert (done.returncode, "不会覆盖" in done.stderr) == (2, True)
    assert (begun / NAME / "__init__.py").read_bytes() == before

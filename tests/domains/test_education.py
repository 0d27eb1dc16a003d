"""A school district: another domain, in a folder, with nothing below it changed."""

from __future__ import annotations

import re
from pathlib import Path

import docx
import openpyxl
import pytest

from prompt import typed

pytestmark = [pytest.mark.kernel, pytest.mark.slow]

TOP = Path(__file__).resolve().parents[2]
HOME = TOP / "examples/教育局"
BOOK = "data/示例县教育.xlsx"
ROSTER = "data/东河中心小学教师花名册.xlsx"


@pytest.fixture(scope="module")
def district(tmp_path_factory) -> Path:
    place = tmp_path_factory.mktemp("县") / "教育局的工作"
    done = typed("zhibi", "init", str(place), "--domain", str(HOME), cwd=TOP)
    assert done.returncode == 0, done.stderr
    return place


def text_of(path: Path) -> str:
    return "\n".join(paragraph.text for paragraph in docx.Document(path).paragraphs)


def sums(sheet: str, *columns: str, year: int | None = 2026) -> list[int]:
    """Columns of the workbook added up once more, by hand."""
    page = openpyxl.load_workbook(HOME / BOOK)[sheet]
    head = [cell.value for cell in page[1]]
    rows = [
        dict(zip(head, row, strict=True)) for row in page.iter_rows(min_row=3, values_only=True)
    ]
    own = [row for row in rows if row[head[0]] and (year is None or row.get("年度", year) == year)]
    return [sum(row[column] for row in own) for column in columns]


def test_it_is_less_than_five_hundred_lines():
    lines = [len(path.read_text("utf-8").splitlines()) for path in HOME.rglob("*.py")]

    assert sum(lines) <= 500


def test_its_data_are_right(district):
    done = typed("zhibi", "data", "check", BOOK, cwd=district)

    assert (done.returncode, done.stdout.strip()) == (0, "检查完毕：没有发现问题。")


def test_the_county_s_report_counts_what_stands_in_the_sheets(district):
    done = typed("zhibi", "run", "全县教育年报", cwd=district)
    text = text_of(district / "outputs/全县教育年报/2026/示例县/报告.docx")

    assert "Traceback" not in done.stderr
    assert set(re.findall(r"\[错误 (\w\d\d)\]", done.stdout)) == {"W02"}
    pupils, girls, classes = sums("学生", "学生数", "其中女生", "班级数")
    found, mended = sums("安全检查", "隐患数", "已整改数", year=None)
    assert "示例县有各级各类学校40所，其中小学18所、初中8所、幼儿园6所" in text
    assert f"在校学生{pupils}人，" in text
    assert f"其中女生{girls}人，" in text
    assert f"教学班{classes}个" in text
    assert f"查出隐患{found}处，已整改{mended}处" in text
    assert "未填报" not in text


def test_the_batch_makes_a_report_for_each_of_forty_schools(district):
    done = typed("zhibi", "batch", "学校年度总结", cwd=district)

    assert "做好40份，没有做成0份" in done.stdout, done.stdout + done.stderr
    made = district / "outputs/学校年度总结/2026/示例县"
    assert len(list(made.glob("X*/报告.docx"))) == 40
    kindergarten = text_of(made / "X030/报告.docx")
    assert "学业质量" not in kindergarten  # no exams there: the paragraph is not printed


@pytest.mark.parametrize(("number", "wrong"), [("40", False), ("41", True)], ids=["right", "wrong"])
def test_a_document_is_held_against_the_workbook(district, tmp_path, number, wrong):
    page = tmp_path / "稿.md"
    page.write_text(f"# 教育工作情况\n\n截至2026年12月31日，全县有学校{number}所。\n", "utf-8")
    done = typed("zhibi", "check", str(page), "--data", BOOK, cwd=district)

    assert ("工作簿“学校”表里" in done.stdout) is wrong, done.stdout + done.stderr


def test_a_roster_of_teachers_comes_in_by_the_domain_s_words(district):
    into = district / "data/新.xlsx"
    command = ("zhibi", "data", "import", ROSTER, "--into", str(into))
    first = typed(*command, cwd=district)
    answers = district / "data/新.对应.toml"
    text = answers.read_text("utf-8")
    text = text.replace('"答" = ""', '"答" = "示例县"', 1).replace(
        '"答" = ""', '"答" = "示例县教育局"', 1
    )
    answers.write_text(text, "utf-8")
    second = typed(*command, cwd=district)

    assert "党" not in first.stdout + second.stdout
    assert second.returncode == 0, second.stdout + second.stderr
    rows = list(openpyxl.load_workbook(into)["教师"].iter_rows(min_row=3, values_only=True))
    assert [(row[1], row[5], row[6], row[8]) for row in rows if row[1]] == [
        ("韩秀兰", "本科", "副高级", 2001), ("沈立新", "本科", "一级", 2011), ("蒋晓燕", "专科", "二级", 2018),
    ]  # fmt: skip
    assert openpyxl.load_workbook(into)["学校"]["B3"].value == "东河中心小学"
    assert typed("zhibi", "data", "check", str(into), cwd=district).returncode == 0


def test_nobody_here_hears_of_party_work(district):
    said = [
        typed("zhibi", *words, "--help", cwd=district).stdout
        for words in ((), ("data",), ("data", "import"), ("data", "merge"), ("batch",), ("new",), ("check",))
    ]  # fmt: skip
    assert all(said)
    assert [text for text in said if re.search("党|支部", text)] == []

"""One branch is late: the county is merged without it, what leads into its file is left blank and told with its name."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import openpyxl
import pytest

from dangjian.workbook.contract import CONTRACT
from gongwen.errors import ReportError, UnknownCode
from prompt import typed
from zhibi.data.read import read

EXAMPLE = Path(__file__).resolve().parents[2] / "data/示例县.xlsx"


@pytest.fixture(scope="module")
def sent_out(tmp_path_factory) -> Path:
    """The example county as its branches fill it in."""
    place = tmp_path_factory.mktemp("县")
    done = typed("zhibi", "data", "split", str(EXAMPLE), "发下去", cwd=place)
    assert done.returncode == 0, done.stderr
    return place / "发下去"


@pytest.fixture
def folder(sent_out, tmp_path) -> Path:
    shutil.copytree(sent_out, tmp_path / "收回")
    return tmp_path / "收回"


def merged(folder: Path, *words: str) -> tuple[int, dict]:
    done = typed(
        "zhibi", "data", "merge", folder.name, "汇总.xlsx", "--json", *words, cwd=folder.parent
    )
    return done.returncode, json.loads(done.stdout)


def late(folder: Path, code: str) -> None:
    (gone,) = folder.glob(f"{code} *.xlsx")
    gone.unlink()


def coded(findings: list[dict], code: str) -> list[dict]:
    return [each for each in findings if each["code"] == code]


def test_a_late_branch_is_a_warning_that_names_what_it_leaves_open(folder):
    late(folder, "B012")
    code, said = merged(folder)
    (waiting,) = coded(said["findings"], "M01")

    assert code == 0, said
    assert waiting["level"] == "警告"
    assert "因此查不到，先留空，收到后再汇总一次" in waiting["message"]
    assert "“党组织”表的“书记党员代码”" in waiting["message"]
    assert (
        "M0153、M0154" in waiting["message"]
    )  # its own secretary, and that of the committee above it
    assert coded(said["findings"], "V02") == []


def test_what_was_merged_without_it_is_valid_by_itself(folder):
    late(folder, "B012")
    assert merged(folder)[0] == 0
    data, findings = read(folder.parent / "汇总.xlsx", CONTRACT)
    orgs = data["党组织"].set_index("党组织代码")

    assert [each for each in findings if each.level == "错误"] == []
    assert orgs["书记党员代码"].isna()["B012"]
    assert orgs["书记党员代码"].notna()["B013"]


def test_every_single_branch_may_be_late(sent_out, tmp_path):
    names = sorted(path.name for path in sent_out.iterdir() if not path.name.startswith("00"))
    for name in names[3::25]:
        place = tmp_path / name.partition(" ")[0]
        shutil.copytree(sent_out, place)
        (place / name).unlink()
        data, findings = read(place, CONTRACT)
        assert data is not None, [str(each) for each in findings if each.level == "错误"]


def test_a_code_mistyped_by_another_branch_is_an_error_until_it_is_asked_to_wait(folder):
    late(folder, "B012")
    (other,) = folder.glob("B013 *.xlsx")
    book = openpyxl.load_workbook(other)
    page = book["党组织"]
    head = [cell.value for cell in page[1]]
    page.cell(3, head.index("书记党员代码") + 1).value = "M9999"
    book.save(other)
    common = openpyxl.load_workbook(folder / "00 公共部分.xlsx")
    row = next(row for row in common["党组织"].iter_rows(min_row=3) if row[0].value == "B013")
    row[head.index("书记党员代码")].value = "M9999"
    common.save(folder / "00 公共部分.xlsx")
    refused, said = merged(folder)
    asked, told = merged(folder, "--partial")
    assert asked == 0, told
    (fault,) = coded(told["findings"], "V02")

    assert refused == 2
    assert "M9999" in said["error"]["message"]
    assert fault["level"] == "警告"
    assert "M9999查不到，可能在没有收到的工作簿里" in fault["message"]


def test_another_code_is_never_offered(folder):
    late(folder, "B012")
    words = json.dumps(merged(folder)[1], ensure_ascii=False)

    assert "是否想写" not in words


@pytest.mark.parametrize(
    "words",
    [
        ["run", "annual_review", "-p", "branch=B0002"],
        ["run", "experience_exchange", "-p", "org=B0016"],
        ["batch", "annual_review", "--only", "B0002"],
    ],
)
def test_an_unknown_code_lists_what_there_is_and_guesses_nothing(tmp_path, words):
    assert typed("zhibi", "init", "工作区", cwd=tmp_path).returncode == 0
    done = typed("zhibi", *words, cwd=tmp_path / "工作区")

    assert done.returncode == 2, done.stdout + done.stderr
    assert "是否想写" not in done.stderr
    assert f"没有名为“{words[-1].partition('=')[2] or words[-1]}”的" in done.stderr
    assert "可用的有：B001、" in done.stderr


def test_an_unknown_code_is_an_unknown_name():
    assert issubclass(UnknownCode, ReportError)

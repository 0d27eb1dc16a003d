"""Files that are old, protected, open elsewhere, large or full of formulas; a county's own words; a terminal."""

from __future__ import annotations

import os
import pty
import select
import shutil
import sys
import time
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sheets import codes, imported, table, workbook

from dangjian.workbook.contract import CONTRACT
from dangjian.workbook.intake import intake
from gongwen.errors import OutputBlocked
from zhibi.data.importing.import_files import OWN_WORDS, bring_in
from zhibi.data.snapshot.own_tables import TableRequest, read_table

HERE = Path(__file__).parent
HEAD = ("姓名", "性别", "入党时间", "转正时间")
LATER = {"编制单位": "某县委组织部", "截止日": "2026-11-30", "年度": "2026"}


def member(name: str, year: int = 2005) -> tuple[str, ...]:
    return (name, "男", f"{year}.03.13", f"{year + 1}.03.13")


def roster(path: Path, *rows: tuple[object, ...], head: tuple[str, ...] = HEAD) -> Path:
    return workbook(path, ("名册", [("甲党支部党员花名册",), head, *rows]))


@pytest.mark.parametrize("name", ["名册.xls", "名册.et"])
def test_a_file_of_an_older_excel_or_of_wps_is_read(tmp_path, name):
    shutil.copy(HERE / "cases/名册.xls", tmp_path / name)

    done = imported(tmp_path / "县.xlsx", tmp_path / name, answers=LATER)

    assert done.exit_code == 0
    members = table(tmp_path / "县.xlsx", "党员")
    assert list(members["姓名"]) == ["赵示例", "钱示例"]
    assert list(members.index) == [(name, "党员名册", 3), (name, "党员名册", 4)]
    assert "V21" in codes(done)


def test_a_notebook_opens_a_table_of_an_older_excel_with_the_origin_of_its_rows(tmp_path):
    shutil.copy(HERE / "cases/名册.xls", tmp_path / "名册.xls")

    opened = read_table(TableRequest(str(tmp_path / "名册.xls")))

    assert list(opened.frame["姓名"]) == ["赵示例", "钱示例"]
    assert list(opened.frame.index) == [("名册.xls", "党员名册", 3), ("名册.xls", "党员名册", 4)]
    assert "联系电话" not in opened.frame.columns


def test_a_month_may_be_answered_to_fall_on_the_day_of_the_date_it_follows(tmp_path):
    file = roster(tmp_path / "名册.xlsx", ("赵示例", "男", "2005.03.31", "2006.04"))

    done = imported(tmp_path / "县.xlsx", file, answers=LATER | {"怎样读": "与入党日期同一天"})

    assert done.exit_code == 0
    [day] = table(tmp_path / "县.xlsx", "党员")["转正日期"]
    assert str(day.date()) == "2006-04-30"


def test_a_protected_sheet_is_read_and_stays_protected(tmp_path):
    file = roster(tmp_path / "名册.xlsx", member("赵示例"))
    book = load_workbook(file)
    book["名册"].protection.set_password("secret")
    book.save(file)
    before = file.read_bytes()

    done = imported(tmp_path / "县.xlsx", file, answers=LATER)

    assert done.exit_code == 0
    assert file.read_bytes() == before


def test_a_file_that_is_open_in_excel_is_read_as_it_was_saved_and_that_is_told(tmp_path):
    file = roster(tmp_path / "名册.xlsx", member("赵示例"))
    (tmp_path / "~$名册.xlsx").write_bytes(b"lock")

    done = imported(tmp_path / "县.xlsx", file, answers=LATER)

    assert done.exit_code == 0
    assert any("正在 Excel 里打开" in line for line in done.lines())


def test_a_workbook_that_is_open_in_excel_is_not_written_over(tmp_path):
    file = roster(tmp_path / "名册.xlsx", member("赵示例"))
    imported(tmp_path / "县.xlsx", file, answers=LATER)
    before = (tmp_path / "县.xlsx").read_bytes()
    (tmp_path / "~$县.xlsx").write_bytes(b"lock")

    with pytest.raises(OutputBlocked):
        imported(tmp_path / "县.xlsx", file, answers=LATER)

    assert (tmp_path / "县.xlsx").read_bytes() == before


def test_what_somebody_added_to_the_workbook_is_named_and_stays_in_the_copy_of_before(tmp_path):
    file, into = roster(tmp_path / "名册.xlsx", member("赵示例")), tmp_path / "县.xlsx"
    imported(into, file, answers=LATER)
    book = load_workbook(into)
    book.create_sheet("培训班").append(["班次", "人数"])
    book["党员"].cell(1, 30).value, book["党员"].cell(3, 30).value = "我的备注", "记得"
    book.save(into)

    done = imported(into, file, answers=LATER)

    [told] = [one for one in done.imported.findings if one.code == "M28"]
    assert "“培训班”" in told.message
    assert "“我的备注”" in told.message
    assert done.earlier is not None
    assert load_workbook(done.earlier)["党员"].cell(3, 30).value == "记得"


def test_a_header_that_occurs_twice_is_a_fault_that_names_both_columns(tmp_path):
    file = roster(tmp_path / "名册.xlsx", (*member("赵示例"), "女"), head=(*HEAD, "性别"))

    done = imported(tmp_path / "县.xlsx", file, answers=LATER)

    assert done.workbook is None
    [fault] = [one for one in done.imported.findings if one.code == "B05"]
    assert fault.place.cell == "E2"
    assert "B列" in fault.message


def test_formulas_without_results_are_a_fault_and_none_is_read_as_blank(tmp_path):
    head = (*HEAD, "出生年月")
    rows = ((*member("赵示例"), "=1970+5"), (*member("钱示例", 2001), "1975.02"))

    done = imported(tmp_path / "县.xlsx", roster(tmp_path / "名册.xlsx", *rows, head=head))

    assert done.exit_code == 2
    [fault] = [one for one in done.imported.findings if one.code == "B17"]
    assert fault.place.cell == "E3"


def test_a_county_adds_words_of_its_own_and_they_win(tmp_path):
    file = roster(tmp_path / "名册.xlsx", (*member("赵示例"), "脱产"), head=(*HEAD, "干活方式"))
    own = "列\t党员\t用工形式\t干活方式\t确定\n值\t党员\t用工形式\t脱产\t聘用\n"

    bring_in(
        [file],
        tmp_path / "县.xlsx",
        CONTRACT,
        intake(),
        [(OWN_WORDS, own)],
        ask=lambda asked: next((said for word, said in LATER.items() if word in asked.message), ""),
    )

    assert list(table(tmp_path / "县.xlsx", "党员")["用工形式"]) == ["聘用"]


def test_a_line_of_the_countys_list_that_cannot_be_used_is_named(tmp_path):
    file = roster(tmp_path / "名册.xlsx", member("赵示例"))
    own = "列\t党员\t没有这一列\t干活方式\t确定\n"

    done = bring_in([file], tmp_path / "县.xlsx", CONTRACT, intake(), [(OWN_WORDS, own)])

    assert done.workbook is None
    [fault] = [one for one in done.imported.findings if one.code == "M29"]
    assert (fault.place.file, fault.place.spot) == (OWN_WORDS, "第1行")


def test_the_file_of_answers_of_another_layout_does_no_harm(tmp_path):
    file = roster(tmp_path / "名册.xlsx", member("赵示例"))
    (tmp_path / "县.对应.toml").write_text(
        '[["对应"]]\n"题" = "？"\n"可选" = ["荣誉.名称", "不读"]\n"答" = "荣誉.名称"\n'
        '"号" = "列|荣誉|姓名"\n',
        "utf-8",
    )

    assert imported(tmp_path / "县.xlsx", file, answers=LATER).exit_code == 0
    assert list(table(tmp_path / "县.xlsx", "党员")["姓名"]) == ["赵示例"]


@pytest.mark.slow
def test_at_a_terminal_questions_are_asked_and_a_number_answers_them(tmp_path):
    file = roster(tmp_path / "名册.xlsx", ("赵示例", "男", "2005.03.13", "2006.04"))
    asked = ("怎样读", "“年度”是什么", "“数据截止日”是什么", "“编制单位”是什么")
    answers = dict(zip(asked, ("1", "2026", "2026-11-30", "某县委组织部"), strict=True))

    code, said = at_a_terminal(
        ["data", "import", str(file), "--into", "县.xlsx"], answers, tmp_path
    )

    assert code == 0, said
    assert "  1  留空" in said
    assert list(table(tmp_path / "县.xlsx", "党员")["姓名"]) == ["赵示例"]
    kept = (tmp_path / "县.对应.toml").read_text("utf-8")
    assert '"答" = "留空"' in kept

    again, said = at_a_terminal(["data", "import", str(file), "--into", "县.xlsx"], {}, tmp_path)
    assert again == 0, said
    assert "怎样读" not in said


def at_a_terminal(arguments: list[str], answers: dict[str, str], folder: Path) -> tuple[int, str]:
    """The exit code and words of a command with somebody at the keyboard."""
    program = "import sys; from zhibi.doors.cli import main; sys.exit(main())"
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(folder)
        os.execv(sys.executable, [sys.executable, "-c", program, *arguments])
    said, waiting, began = "", dict(answers), time.monotonic()
    raw = b""
    while time.monotonic() - began < 120:
        if not select.select([terminal], [], [], 1.0)[0]:
            continue
        try:
            piece = os.read(terminal, 65_536)
        except OSError:
            break
        if not piece:
            break
        raw += piece
        said = raw.decode(errors="replace")
        question = said.rpartition("以后再答）：")
        word = next((word for word in waiting if word in question[0][-400:]), "")
        if word and not question[2]:
            os.write(terminal, f"{waiting.pop(word)}\n".encode())
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), said

"""`zhibi data merge`, `split`, `schema`, `load` and `check` as typed; what fails leaves nothing behind."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from server import PASSWORD

from dangjian.workbook.contract import CONTRACT
from zhibi.data.read import open_dataset
from zhibi.data.sources import postgres
from zhibi.doors.cli.console.exit import at_the_door
from zhibi.workspace.address import address

NASTY = '../../=HYPERLINK("x")'


@pytest.fixture
def zhibi(tmp_path, monkeypatch, capsys):
    """Type a command in an empty folder: exit code, output, errors."""
    from zhibi.doors import cli

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(cli.sys, "exit", lambda code: code)

    def typed(*words: object) -> tuple[int, str, str]:
        capsys.readouterr()
        code = at_the_door(
            cli.group(cli.COMMANDS, "", cli.of_the_domain), [str(word) for word in words]
        )
        out, err = capsys.readouterr()
        assert PASSWORD not in out + err
        return code, out, err

    return typed


def listed(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def test_what_was_split_and_merged_is_what_it_was(zhibi, single, tmp_path):
    assert zhibi("data", "split", single, "发下去")[0] == 0
    code, out, _ = zhibi("data", "merge", "发下去", "汇总.xlsx", "--due", "2026-12-05")

    assert (code, out.splitlines()[-1]) == (0, "已汇总4个文件，共43行：汇总.xlsx")
    one, other = (open_dataset(path, CONTRACT) for path in (single, tmp_path / "汇总.xlsx"))
    for title, frame in one.frames.items():
        assert frame.reset_index(drop=True).equals(other[title].reset_index(drop=True)), title
    assert listed(tmp_path / "发下去") == [
        "00 公共部分.xlsx", "B001 城投集团党总支.xlsx", "B002 城投集团第一党支部.xlsx", "B003 水务公司党支部.xlsx",
    ]  # fmt: skip


def test_names_and_words_of_others_stay_in_the_folder_and_stay_words(zhibi, single, tmp_path):
    book = openpyxl.load_workbook(single)
    for cell, words in ((book["党组织"]["B4"], NASTY), (book["三单台账"]["D2"], "=1+1")):
        cell.value, cell.data_type = words, "s"
    book.save(tmp_path / "县.xlsx")

    assert zhibi("data", "split", "县.xlsx", "里/面")[0] == 0
    assert zhibi("data", "merge", "里/面", "汇总.xlsx")[0] == 0
    assert [name for name in listed(tmp_path / "里/面") if name.startswith("B003")] == [
        "B003 .._.._=HYPERLINK(_x_).xlsx"
    ]
    assert listed(tmp_path) == [
        "县.xlsx",
        "汇总.xlsx",
        "里",
        "里/面",
        *(f"里/面/{n}" for n in listed(tmp_path / "里/面")),
    ]
    cell = openpyxl.load_workbook(tmp_path / "汇总.xlsx")["三单台账"]["D3"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_a_merge_with_faults_lists_them_all_and_writes_nothing(zhibi, folder, tmp_path):
    book = openpyxl.load_workbook(folder / "B003.xlsx")
    book["党员"]["A3"] = "M0001"
    book.save(folder / "B003.xlsx")
    (folder / "B001.xlsx").unlink()
    (folder / "坏.xlsx").write_bytes(b"bad")

    code, _, err = zhibi("data", "merge", folder, "汇总.xlsx")
    assert code == 2
    assert [
        line.split("]")[0][-3:]
        for line in err.splitlines()
        if "[错误 M" in line or "[警告 M" in line
    ] == [
        "M07",
        "M04",
        "M01",
    ]
    assert not (tmp_path / "汇总.xlsx").exists()

    code, out, _ = zhibi("data", "merge", folder, "汇总.xlsx", "--json")
    told = json.loads(out)
    assert (code, told["ok"]) == (2, False)
    assert {"M01", "M04", "M07"} <= {one["code"] for one in told["findings"]}


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("merge", "没有", "汇总.xlsx"), "不是文件夹"),
        (("merge", "FOLDER", "FOLDER/汇总.xlsx"), "不能写在各单位工作簿的文件夹里"),
        (("merge", "FOLDER", "汇总.csv"), "不是 .xlsx 文件"),
        (("merge", "FOLDER", "FOLDER/B001.xlsx"), "已有这个文件"),
        (("split", "FOLDER/B001.xlsx", "FOLDER"), "文件夹不是空的"),
        (("check", "FOLDER", "--mark", "标.xlsx"), "标红只能用于一个工作簿或 CSV 文件夹"),
        (("load", "FOLDER", "县.db"), "不是数据库地址"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_changes(zhibi, folder, words, message):
    before = listed(folder)
    code, _, err = zhibi("data", *(word.replace("FOLDER", str(folder)) for word in words))

    assert (code, message in err) == (2, True), err
    assert listed(folder) == before


def test_a_database_is_loaded_checked_and_judged(zhibi, database, single):
    url, shown = database, address(database).shown
    tables = 1 + len(CONTRACT.sheets)
    assert zhibi("data", "load", single, url)[:2] == (
        0,
        f"已写入{tables}张数据表，共57行：{shown}\n",
    )
    assert zhibi("data", "check", url, "--json")[0] == 0
    assert zhibi("data", "load", single, url)[0] == 2
    assert zhibi("data", "load", single, url, "--replace")[0] == 0
    assert zhibi("rules", "check", url, "--rule", "R15")[0] in (0, 1)


def test_a_password_in_the_address_works_and_is_not_kept(zhibi, server, monkeypatch):
    monkeypatch.setenv("PGPASSWORD", "")
    from urllib.parse import quote

    code, out, _ = zhibi(
        "data", "check", server.url("postgres", password=quote(PASSWORD, safe="")), "--json"
    )
    assert code in (0, 1)
    assert json.loads(out)["file"] == "postgresql:///postgres"


def test_the_script_can_be_printed(zhibi):
    code, out, _ = zhibi("data", "schema")

    assert (code, out.rstrip()) == (0, postgres.script(CONTRACT).rstrip())
    assert out.count("CREATE TABLE") == 1 + len(CONTRACT.sheets)


def test_other_commands_do_not_wait_for_the_database_packages():
    done = subprocess.run(
        [sys.executable, "-c", "import sys, zhibi.data, zhibi.report.pipeline; print('sqlalchemy' in sys.modules)"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == "False"

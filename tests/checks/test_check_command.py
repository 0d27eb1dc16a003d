"""`zhibi check`: what it prints, writes and leaves alone."""

from __future__ import annotations

import json
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from typed import Typed

from gongwen_lint import check as checker
from gongwen_lint.manuscript.reading import read
from gongwen_lint.rules import registry
from gongwen_lint.rules.registry import BY_CODE, RULES
from zhibi.doors.cli import COMMANDS
from zhibi.doors.cli.console import exit as door
from zhibi.doors.cli.console.help import group

EXAMPLE = Path(__file__).parents[2] / "data" / "示例县.xlsx"
FAULTY = "示例县，，全县党员35名,支部3个。\n"
SOUND = "示例县有党员35名、支部3个。\n"


@pytest.fixture
def check(capsys, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)

    def run(*words: object) -> tuple[int, str, str]:
        code = door.at_the_door(group(COMMANDS, ""), ["check", *map(str, words)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def written(path, text=FAULTY):
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_errors_exit_with_1_and_warnings_alone_with_0(check, tmp_path):
    assert check(written(tmp_path / "甲.txt"))[0] == 1
    assert check(written(tmp_path / "乙.txt", "改革,服务。"))[0] == 0
    assert check(written(tmp_path / "丙.txt", SOUND)) == (0, "丙.txt：没有发现问题\n", "")


def test_the_console_names_rule_place_words_and_what_to_write(check, tmp_path):
    _, out, _ = check(written(tmp_path / "甲.txt"), "--only", "P01")

    assert out.splitlines() == [
        "甲.txt：警告1处",
        "  警告 P01 汉字之间用了半角逗号（GB/T 15834-2011）",
        "    第1行  示例县，，全县党员35名【,】支部3个。  → ，",
    ]


def test_json_is_a_list_of_objects(check, tmp_path):
    _, out, _ = check(written(tmp_path / "甲.txt"), "--only", "P01", "--json")
    (entry,) = json.loads(out)

    assert {key: entry[key] for key in ("code", "level", "where", "text", "message", "fix", "line")} == {
        "code": "P01", "level": "警告", "where": "第1行", "text": ",", "message": "汉字之间用了半角逗号", "fix": "，", "line": 1,
    }  # fmt: skip


def test_sarif_has_rules_results_and_lines(check, tmp_path):
    _, out, _ = check(written(tmp_path / "甲.txt"), "--only", "P", "--sarif")
    (run,) = json.loads(out)["runs"]
    known = [rule["id"] for rule in run["tool"]["driver"]["rules"]]

    assert known == [rule.code for rule in RULES if rule.code[0] == "P"]
    assert {result["ruleId"] for result in run["results"]} == {"P01", "P26"}
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place["region"]["startLine"] == 1
    assert place["artifactLocation"]["uri"].endswith("甲.txt")


def test_a_folder_is_checked_file_by_file_and_one_bad_file_stops_no_other(check, tmp_path):
    folder = tmp_path / "稿"
    (folder / "下").mkdir(parents=True)
    written(folder / "甲.txt")
    written(folder / "下" / "乙.md", SOUND)
    written(folder / "~$丙.docx")
    (folder / "丁.docx").write_bytes(b"PK\3\4 no document")
    code, out, _ = check(folder)

    assert code == 2
    assert "甲.txt：错误1处，警告1处" in out
    assert "乙.md：没有发现问题" in out
    assert "丁.docx：不能检查。" in out
    assert "共3个文件：错误1处，警告1处，提示0处；1个文件不能检查" in out


def test_many_files_are_checked_at_once_and_told_in_order(check, tmp_path):
    for number in range(9):
        written(tmp_path / f"{number}.txt", FAULTY if number % 2 else SOUND)
    code, out, _ = check(tmp_path, "--only", "P26", "--json")

    assert code == 1
    assert [entry["file"][-5:] for entry in json.loads(out)] == ["1.txt", "3.txt", "5.txt", "7.txt"]


def test_a_request_in_the_text_the_workspace_or_the_project_silences_a_rule(check, tmp_path):
    asked = written(tmp_path / "甲.txt", "改革,服务。〔执笔不查 P01〕\n改革,开放。\n")
    _, out, _ = check(asked, "--json")
    assert [(entry["code"], entry["where"]) for entry in json.loads(out)] == [("P01", "第2行")]

    written(tmp_path / "pyproject.toml", '[tool.zhibi.check]\nignore = ["P01"]\n')
    assert json.loads(check(asked, "--json")[1]) == []

    written(tmp_path / "zhibi.toml", '[check]\nignore = ["标点"]\n')
    assert check(asked)[0] == 2


def test_a_profile_silences_the_rules_its_house_does_not_hold_to(check, tmp_path):
    source = written(tmp_path / "甲.txt", "改革,服务。\n")
    head = '[profile]\nextends = "classic"\nname = "本县"\ntitle = "本县版式"\nclause = ""\nstrength = "惯例"\nsource = "本县"\n'
    written(tmp_path / "本县.toml", head + 'ignore = ["P01"]\n')
    written(tmp_path / "全查.toml", head)

    assert json.loads(check(source, "--json", "--profile", "本县.toml")[1]) == []
    assert [
        entry["code"] for entry in json.loads(check(source, "--json", "--profile", "全查.toml")[1])
    ] == ["P01"]


def test_a_comment_in_markdown_speaks_for_its_paragraph_or_the_next(check, tmp_path):
    text = "改革,服务。 <!-- 执笔不查 P01 -->\n\n<!-- 执笔不查 -->\n\n改革,开放。\n\n改革,创新。\n"
    _, out, _ = check(written(tmp_path / "甲.md", text), "--json")

    assert [(entry["code"], entry["line"]) for entry in json.loads(out)] == [("P01", 7)]


def test_a_repaired_copy_is_written_and_the_original_left_alone(check, tmp_path):
    source = written(tmp_path / "甲.txt", '改革,服务"三会一课"。\n')
    _, out, _ = check(source, "--fix", "改.txt")
    assert (tmp_path / "改.txt").read_text("utf-8") == '改革，服务"三会一课"。\n'
    assert "改正1处" in out

    check(source, "--fix=guarded")
    assert (tmp_path / "甲.改正.txt").read_text("utf-8") == "改革，服务“三会一课”。\n"
    assert source.read_text("utf-8") == '改革,服务"三会一课"。\n'
    assert check(source, "--fix", source)[0] == 2


def test_copies_of_a_folder_keep_its_folders(check, tmp_path):
    for name in ("甲", "乙"):
        (tmp_path / "稿" / name).mkdir(parents=True)
        written(tmp_path / "稿" / name / "报告.txt", f"{name}县,乙县。\n")
    check("稿", "--fix", "改")

    assert {path.relative_to(tmp_path / "改").as_posix(): path.read_text("utf-8") for path in (tmp_path / "改").rglob("*.txt")} == {
        "甲/报告.txt": "甲县，乙县。\n", "乙/报告.txt": "乙县，乙县。\n",
    }  # fmt: skip


def test_a_word_file_is_repaired_by_tracked_changes_and_commented(check, tmp_path):
    typed = Typed()
    typed.p("改革,服务。")
    source = tmp_path / "甲.docx"
    source.write_bytes(typed.content)
    check(source, "--only", "P01", "--fix", "改.docx", "--review", "批注.docx")

    assert json.loads(check("改.docx", "--only", "P01", "--json")[1]) == []
    _, out, _ = check("批注.docx", "--only", "P01", "--json")
    assert [entry["text"] for entry in json.loads(out)] == [","]


def test_rules_are_listed_and_explained(check):
    code, out, _ = check("--rules", "--only", "P01,S01")
    assert (code, out.splitlines()) == (
        0,
        ["P01 警告 汉字之间用了半角逗号", "S01 警告 汉字序号后应为顿号"],
    )

    assert "好：一、……（一）……" in check("--explain", "S08")[1]
    assert "是否想写" in check("--explain", "S80")[2]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("甲.doc", b"x", "请先另存为 .docx"),
        ("甲.txt", b"\0\1\2\0", "不是文字文件"),
        ("甲.ipynb", b"{", "不是笔记本文件"),
        ("甲.md", b"\xff\xfe\xff", "不是文字文件"),
    ],
)
def test_what_cannot_be_read_is_one_clear_sentence(check, tmp_path, name, content, message):
    (tmp_path / name).write_bytes(content)
    code, out, err = check(tmp_path / name)

    assert code == 2
    assert message in out + err
    assert "Traceback" not in err


def test_windows_text_is_read_as_such_and_said(check, tmp_path):
    (tmp_path / "甲.txt").write_bytes(SOUND.encode("gb18030"))
    code, out, _ = check(tmp_path / "甲.txt")

    assert code == 0
    assert "[提示 X07] 甲.txt：不是 UTF-8 编码，按 GB18030 读取" in out


def test_last_year_and_other_branches_are_held_against_a_text(check, tmp_path):
    words = "本支部全年召开党员大会四次，组织主题党日十二次，走访困难党员家庭，帮助解决就业、就医、就学方面的实际问题，受到群众好评。\n"
    mine = written(tmp_path / "甲.txt", words)
    (tmp_path / "别家").mkdir()
    written(tmp_path / "别家" / "乙.txt", words)
    last = written(tmp_path / "去年.txt", words)

    assert json.loads(check(mine, "--json")[1]) == []
    assert {entry["code"] for entry in json.loads(check(mine, "--json", "--last", last)[1])} == {
        "K10"
    }
    assert {entry["code"] for entry in json.loads(check(mine, "--json", "--peers", "别家")[1])} == {
        "K11"
    }


def test_a_workbook_is_held_against_a_text(check, tmp_path):
    text = "全县有党支部999个。\n"
    code, out, _ = check(
        written(tmp_path / "甲.txt", text), "--only", "K07", "--json", "--data", EXAMPLE
    )

    assert code in {0, 1}
    assert [entry["text"] for entry in json.loads(out)] == ["999个"]


def test_a_faulty_workbook_stops_with_its_faults(check, tmp_path):
    bad = tmp_path / "坏.xlsx"
    bad.write_bytes(b"no workbook")
    code, _, err = check(written(tmp_path / "甲.txt", SOUND), "--data", bad)

    assert code == 2
    assert "坏.xlsx" in err


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_repaired_copy_keeps_encoding_and_line_ends(check, tmp_path, encoding):
    (tmp_path / "甲.txt").write_bytes("改革,服务。\r\n其他。\r\n".encode(encoding))
    check("甲.txt", "--fix", "改.txt")

    assert (tmp_path / "改.txt").read_bytes() == "改革，服务。\r\n其他。\r\n".encode(encoding)


def test_copies_of_several_files_need_a_folder(check, tmp_path):
    (tmp_path / "稿").mkdir()
    written(tmp_path / "稿" / "甲.txt")
    written(tmp_path / "稿" / "乙.txt")
    code, _, err = check("稿", "--fix", "改.txt")

    assert code == 2
    assert "副本要写进文件夹" in err


def broken(code):
    """The rules with one that breaks down on any text that says 坏."""

    def look(manuscript, against):
        del against
        return [1 // ("坏" not in manuscript.whole)][:0]

    return dict(BY_CODE) | {code: replace(BY_CODE[code], check=look)}


def test_a_bug_in_one_rule_costs_this_rule_in_this_file(check, tmp_path, monkeypatch):
    monkeypatch.setattr(registry, "BY_CODE", broken("P02"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    written(tmp_path / "稿/甲.txt", "这是坏的,一句。")
    written(tmp_path / "稿/乙.txt", "这是好的,一句。")
    code, out, err = check(tmp_path / "稿", "--only", "P01", "--only", "P02")

    assert code == 3
    assert out.count("P01 汉字之间用了半角逗号") == 2
    assert "规则P02没能查完这个文件" in out.partition("甲.txt")[2]
    assert "规则P02" not in out.partition("甲.txt")[0]
    assert err.startswith("程序内部出错1处")
    assert "甲.txt" in Path(err.strip().partition("维护者：")[2]).read_text("utf-8")


def test_a_bug_is_told_to_programs_too(check, tmp_path, monkeypatch):
    monkeypatch.setattr(registry, "BY_CODE", broken("P02"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    bad = written(tmp_path / "甲.txt", "这是坏的,一句。")
    _, as_json, _ = check(bad, "--only", "P02", "--json")
    _, as_sarif, _ = check(bad, "--only", "P02", "--sarif")

    assert [(entry["code"], entry["level"]) for entry in json.loads(as_json)] == [("X09", "错误")]
    (invocation,) = json.loads(as_sarif)["runs"][0]["invocations"]
    assert "规则P02没能查完" in invocation["toolExecutionNotifications"][0]["message"]["text"]
    assert not invocation["executionSuccessful"]


def test_a_bug_in_the_reading_costs_this_file(check, tmp_path, monkeypatch):
    monkeypatch.setattr(checker, "read", lambda path: 1 // (path.stem != "甲") and read(path))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    written(tmp_path / "稿/甲.txt")
    written(tmp_path / "稿/乙.txt", "改革,服务。")
    code, out, _ = check(tmp_path / "稿", "--only", "P01")

    assert code == 3
    assert "甲.txt：不能检查。这个文件没能读懂" in out
    assert "乙.txt：警告1处" in out

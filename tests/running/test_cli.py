"""The program as typed: exit codes, Chinese words, one JSON object, no traceback on any console."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path

import pytest
from notebooks import SMALL, SMALL_ABOUT, book
from notebooks import workspace as made

import prompt

ZHIBI = [
    sys.executable,
    "-c",
    "import sys; sys.argv[0] = 'zhibi'; from zhibi.doors.cli import main; main()",
]


def typed(*words, cwd=None, **env):
    done = subprocess.run(
        [*ZHIBI, *words],
        cwd=cwd,
        capture_output=True,
        env={**os.environ, **env},
        timeout=120,
        check=False,
    )
    assert b"Traceback" not in done.stderr
    return done


def answers(*words, code, out="", err="", cwd=Path("/")):
    done = prompt.typed("zhibi", *words, cwd=cwd)

    assert done.returncode == code, done.stderr
    assert out in done.stdout
    assert err in done.stderr
    assert "Traceback" not in done.stderr


def small(tmp_path, *more):
    return made(tmp_path, small=book(*SMALL, *more, zhibi=SMALL_ABOUT))


def test_help_is_chinese_and_quick():
    assert "生成报告" in typed("--help", PYTHONUTF8="1").stdout.decode()
    answers("run", "--help", code=0, out="定稿：有一处错误就不写文件")
    answers("data", "check", "--help", code=0, out="另存一份标出问题的工作簿")


def test_the_version_is_told():
    answers("--version", code=0, out=f"执笔 zhibi {version('zhibi')}（Python ")


def test_help_does_not_wait_for_pandas():
    script = "import sys, zhibi.doors.cli\nprint({'pandas', 'matplotlib', 'nbformat', 'openpyxl'} & {*sys.modules})"

    assert subprocess.check_output([sys.executable, "-c", script]) == b"set()\n"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["rnu"], "没有名为“rnu”的命令；是否想写“run”？"),
        (["data", "chek"], "没有名为“chek”的命令；是否想写“check”？"),
        (["run", "x", "--finl"], "没有名为“--finl”的选项；是否想写“--final”"),
        (["run"], "缺少“报告”。用法见：zhibi run --help"),
        (["run", "x", "--timeout", "abc"], "“--timeout”的值应为数字。用法见：zhibi run --help"),
        (["run", "x", "--timeout", "0"], "“--timeout”的值应为不小于1的数"),
        (["batch", "x", "--workers", "5000"], "“--workers”的值应为不大于1024的数"),
        (["run", "x", "y"], "多写了“y”。用法见：zhibi run --help"),
        (["check", "--only", "xx", "x.docx"], "可用的有"),
        (["run", "x"], "zhibi init"),
    ],
)
def test_what_is_mistyped_is_exit_2_with_advice(tmp_path, words, message):
    answers(*words, code=2, err=message, cwd=tmp_path)


@pytest.mark.kernel
def test_a_good_run_names_the_file_and_is_exit_0(tmp_path):
    answers(
        "run",
        "small",
        code=0,
        out="已生成：outputs/small/2025/全县/报告.docx",
        err="运行 small：",
        cwd=small(tmp_path),
    )


@pytest.mark.kernel
def test_findings_are_exit_1_and_a_refused_final_exit_2(tmp_path):
    root = small(tmp_path, "%%待撰写 None\n写清原因")

    answers("run", "small", code=1, out="W02", cwd=root)
    answers("run", "small", "--final", code=2, err="还不能定稿", cwd=root)


@pytest.mark.kernel
def test_json_is_one_object_and_nothing_else(tmp_path):
    root = small(tmp_path, "print('noise'); import os; os.system('echo noise')")
    good, bad = (
        prompt.typed("zhibi", "run", "small", *more, "--json", cwd=root)
        for more in ((), ("-p", "yer=1"))
    )

    assert (good.returncode, good.stderr) == (0, "")
    assert json.loads(good.stdout)["files"]["报告.docx"] == str(
        root / "outputs" / "small" / "2025" / "全县" / "报告.docx"
    )
    assert (bad.returncode, json.loads(bad.stdout)["findings"][0]["code"]) == (2, "C02")


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "latin-1"])
def test_any_console_can_show_our_words(tmp_path, encoding):
    done = typed("params", "small", cwd=small(tmp_path), PYTHONUTF8="0", PYTHONIOENCODING=encoding)

    assert (done.returncode, done.stdout.decode(encoding).partition("=")[2][:5]) == (0, " 2025")


def test_json_can_be_read_from_any_console(tmp_path):
    done = typed(
        "params", "small", "--json", cwd=small(tmp_path), PYTHONUTF8="0", PYTHONIOENCODING="gbk"
    )

    assert json.loads(done.stdout.decode("ascii"))["parameters"][0]["help"] == "年度"


def test_params_lists_kind_value_and_help(tmp_path):
    answers("params", "small", code=0, out="year（整数）= 2025    年度", cwd=small(tmp_path))


def test_init_lays_out_a_workspace_that_runs(tmp_path):
    answers("init", "新县", code=0, out="下一步：进入 新县，运行 zhibi run", cwd=tmp_path)
    answers("params", "research_report", code=0, out="workbook（文字）", cwd=tmp_path / "新县")
    answers("init", "新县", code=0, out="已有，未改动：zhibi.toml", cwd=tmp_path)


def test_a_blank_workbook_is_written_and_never_over_another(tmp_path):
    answers("data", "template", "空白.xlsx", code=0, out="已生成：空白.xlsx", cwd=tmp_path)
    answers("data", "template", "空白.xlsx", code=2, err="已有这个文件", cwd=tmp_path)
    answers("data", "template", "空白.csv", code=2, err="不是 .xlsx 文件", cwd=tmp_path)


def test_a_workbook_with_errors_is_exit_1_and_comes_back_marked(tmp_path):
    answers("data", "template", "空白.xlsx", code=0, cwd=tmp_path)

    answers(
        "data",
        "check",
        "空白.xlsx",
        "--mark",
        "标记.xlsx",
        code=1,
        out="已标出问题：标记.xlsx",
        cwd=tmp_path,
    )
    answers(
        "data",
        "check",
        "空白.xlsx",
        "--mark",
        "空白.xlsx",
        code=2,
        err="这是要检查的文件本身",
        cwd=tmp_path,
    )
    answers("data", "check", "没有.xlsx", code=2, err="没有.xlsx", cwd=tmp_path)


def test_the_check_as_json_counts_its_findings(tmp_path):
    answers("data", "template", "空白.xlsx", code=0, cwd=tmp_path)
    report = json.loads(
        typed("data", "check", "空白.xlsx", "--json", cwd=tmp_path, PYTHONUTF8="1").stdout
    )

    assert sum(report["levels"].values()) == len(report["findings"])
    assert report["ok"] is False


def test_our_own_bug_is_exit_3_with_a_log(tmp_path):
    script = (
        "import sys\nfrom zhibi.doors.cli.console.exit import at_the_door\n"
        "class Broken:\n    def main(self, **kw): raise RuntimeError('boom')\n"
        "sys.exit(at_the_door(Broken(), []))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        check=False,
        env={**os.environ, "TMPDIR": str(tmp_path)},
    )
    (log,) = tmp_path.glob("zhibi-*.log")

    assert done.returncode == 3
    assert str(log) in done.stderr.decode()
    assert "RuntimeError: boom" in log.read_text("utf-8")
    assert b"Traceback" not in done.stderr


@pytest.mark.kernel
@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_ctrl_c_is_exit_130_and_leaves_no_kernel(tmp_path):
    root = made(
        tmp_path,
        slow=book(
            "import os; open('pid', 'w').write(str(os.getpid()))", "import time; time.sleep(60)"
        ),
    )
    program = prompt.start("zhibi", "run", "slow", cwd=root)
    while not (root / "pid").exists() or not (root / "pid").read_text():
        time.sleep(0.1)
    program.send_signal(signal.SIGINT)
    _, err = program.communicate(timeout=30)

    assert program.returncode == 130
    assert "已中断" in err
    with pytest.raises(ProcessLookupError):
        os.kill(int((root / "pid").read_text()), 0)


@pytest.mark.kernel
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits memory")
@pytest.mark.parametrize("engine", ["zhibi", "papermill"])
def test_the_memory_of_a_report_is_an_option_and_what_goes_beyond_is_told(tmp_path, engine):
    place = small(tmp_path, "filled = bytearray(600_000_000)")
    words = ("run", "small", "--engine", engine, "--memory")

    answers(*words, "0.5", cwd=place, code=2, err="--memory")
    answers(*words, "2", cwd=place, code=0, out="已生成：")

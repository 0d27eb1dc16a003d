"""displays(cell) is the bundle a cell shows; fails(cell) is the sentence it stops with."""

import queue
import subprocess
import sys

import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from jupyter_client.manager import start_new_kernel

from gongwen.document import Heading, Paragraph, Todo
from gongwen.document.codec import MIME, load

SET_UP = """
from zhibi import count, given, written
import pandas as pd
index = pd.MultiIndex.from_tuples([("县.xlsx", "党员", row) for row in range(2, 12)], names=["file", "sheet", "row"])
党员 = pd.DataFrame({"姓名": list("甲乙丙丁戊己庚辛壬癸")}, index=index)
党员总数 = count(党员, "党员总数", "名")
今年 = written({"问题": "有{{ 党员总数 }}的**问题**", "空": " "}, "示例县2026年", "示例县2026年")
去年 = written({"问题": "去年的问题"}, "示例县2025年", "示例县2026年")
"""


@pytest.fixture(scope="module")
def shell():
    made = InteractiveShell.instance()  # display() speaks to this one only
    made.run_line_magic("load_ext", "zhibi")
    assert made.run_cell(SET_UP).success
    yield made
    InteractiveShell.clear_instance()


@pytest.fixture
def displays(shell):
    def run(cell):
        with capture_output() as caught:
            assert shell.run_cell(cell).success, caught.stdout
        (output,) = caught.outputs
        return output.data

    return run


@pytest.fixture
def fails(shell):
    def run(cell):
        with capture_output() as caught:
            result = shell.run_cell(cell)
        assert not result.success
        return type(result.error_in_exec).__name__, str(result.error_in_exec), caught.stdout

    return run


def test_the_extension_loaded_twice_says_nothing_and_still_works(shell, displays):
    with capture_output() as caught:
        assert shell.run_cell("%load_ext zhibi").success
        assert shell.run_cell("%load_ext zhibi").success

    assert caught.stdout == caught.stderr == ""
    assert MIME in displays("%%正文\n党员{{ 党员总数 }}。")


def test_other_extensions_still_say_that_they_are_loaded(shell):
    with capture_output() as caught:
        shell.run_cell("%load_ext storemagic")
        shell.run_cell("%load_ext storemagic")

    assert "already loaded" in caught.stdout


def test_prose_is_shown_as_blocks_html_and_text(displays):
    bundle = displays("%%正文\n## 一、基本情况\n现有党员{{ 党员总数 }}。")
    blocks, facts = load(bundle[MIME])
    assert [type(block) for block in blocks] == [Heading, Paragraph]
    assert [str(fact) for fact in facts.values()] == ["10名"]
    assert bundle["text/plain"] == "基本情况\n现有党员10名。"
    assert "县.xlsx “党员”第2-11行" in bundle["text/html"]


def test_the_magic_has_a_latin_name_too(displays):
    assert displays("%%prose\n{{ 党员总数 }}")["text/plain"] == "10名"


def test_a_mistake_stops_the_cell_with_one_sentence(fails):
    name, sentence, shown = fails("%%正文\n共{{ 党员总书 }}")
    assert name == "BadExpression"
    assert sentence == (
        "以“共{{ 党员总书 }}”开头的正文单元格 第1行 {{ 党员总书 }}：没有名为“党员总书”的量；是否想写“党员总数”？"
    )
    assert shown.strip() == sentence


def test_a_place_to_write_shows_its_hint(displays):
    blocks, _ = load(displays("%%待撰写\n结合谈话，写 2～3 个\n共性问题")[MIME])
    assert blocks == (Todo("结合谈话，写 2～3 个 共性问题"),)


def test_a_written_text_takes_the_place_of_the_hint(displays):
    assert displays("%%待撰写 今年.问题\n写问题")["text/plain"] == "有10名的问题"
    assert displays('%%待撰写 今年["问题"]\n写问题')["text/plain"] == "有10名的问题"


def test_an_empty_or_absent_text_leaves_the_hint(displays):
    for expression in ("今年.空", "今年.没有", "None", '""'):
        assert displays(f"%%待撰写 {expression}\n写问题")["text/plain"] == "〔待撰写：写问题〕"


def test_a_text_written_for_another_report_is_never_printed(displays):
    bundle = displays("%%待撰写 去年.问题\n写问题")
    blocks, _ = load(bundle[MIME])
    assert blocks == (
        Todo("写问题（参数文件中的文字是为“示例县2025年”写的，与本次数据“示例县2026年”不符）"),
    )
    assert "去年的问题" not in repr(bundle)


def test_an_unknown_text_is_named(fails):
    assert (
        fails("%%待撰写 今年度.问题\n写问题")[1]
        == "{{ 今年度.问题 }}：没有名为“今年度”的量；是否想写“今年”？"
    )
    assert "写法有误" in fails("%%待撰写 今年.\n写问题")[1]
    assert "应是一段文字" in fails("%%待撰写 5\n写问题")[1]


def test_the_words_of_zhibi_are_quick_to_load_and_change_nothing():
    code = (
        "import sys, zhibi\n"
        "heavy = {'pandas', 'matplotlib', 'IPython', 'jinja2'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
        "from zhibi import chart_style, figure; import matplotlib\n"
        "assert 'zhplot' not in sys.modules and matplotlib.rcParams['font.family'] == ['sans-serif']\n"
        "assert set(zhibi.__all__) <= set(dir(zhibi))"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True)


@pytest.mark.kernel
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_real_kernel_shows_the_same_and_names_the_error():
    manager, client = start_new_kernel(kernel_name="python3")
    try:

        def run(code):
            messages = []
            client.execute(code)
            while True:
                try:
                    message = client.get_iopub_msg(timeout=60)
                except queue.Empty:
                    pytest.fail("the kernel said nothing for a minute")
                if (
                    message["msg_type"] == "status"
                    and message["content"]["execution_state"] == "idle"
                ):
                    return messages
                if message["msg_type"] in ("display_data", "execute_result", "error", "stream"):
                    messages.append((message["msg_type"], message["content"]))

        assert run("%load_ext zhibi\n" + SET_UP) == []
        assert run("%load_ext zhibi") == []
        ((kind, content),) = run("%%正文\n现有党员{{ 党员总数 }}。")
        assert kind == "display_data"
        assert load(content["data"][MIME])[0][0].line[1].text == "10名"
        ((kind, content),) = run("%%正文\n{{ 5 }}")
        assert (kind, content["ename"]) == ("error", "BadExpression")
        assert content["evalue"].endswith("请用 count、total、share 等做成指标（Fact）再印")
        assert content["traceback"] == [content["evalue"]]
        ((kind, content),) = run(
            "from zhibi import chart_style, figure\nimport matplotlib.pyplot as plt\n"
            "chart_style()\nfig, ax = plt.subplots()\nax.bar(['甲'], [1])\n"
            "figure(fig, '图题', [党员总数])"
        )
        assert kind == "execute_result"
        assert set(content["data"]) == {MIME, "image/png", "text/plain"}
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)

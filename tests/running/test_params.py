"""Parameters: what a cell declares, what is given, and every fault at once before anything runs."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given as law
from hypothesis import strategies as st
from papermill.iorw import read_yaml_file

from gongwen.errors import InvalidInput, UnreadableFile
from zhibi.notebook import parameters as params
from zhibi.notebook.parameters import UNSET, ParameterKind


def declares(source, *expected):
    found = [
        (each.name, each.kind, each.default, each.help)
        for each in params.declared(source, "x.ipynb")
    ]

    assert found == list(expected)


def faults(source, *options, yaml="", tmp_path=None):
    from_file = ()
    if yaml:
        (tmp_path / "p.yaml").write_text(yaml, encoding="utf-8")
        from_file = params.from_file(tmp_path / "p.yaml")
    with pytest.raises(InvalidInput) as caught:
        params.settle(
            params.declared(source, "x.ipynb"), (*from_file, *params.from_options(options))
        )
    return [
        (finding.code, str(finding.place), finding.message) for finding in caught.value.findings
    ]


def settles(source, *options, **expected):
    assert (
        params.settle(params.declared(source, "x.ipynb"), params.from_options(options)) == expected
    )


def test_kind_comes_from_the_default():
    declares(
        '代码 = "0012"\nn = 3\nx = 1.5\non = False\nday = "2026-11-30"\n'
        'names = ["甲"]\nmap = {"a": 1}\nnone = None\ncalled = f()',
        ("代码", ParameterKind.TEXT, "0012", ""),
        ("n", ParameterKind.INTEGER, 3, ""),
        ("x", ParameterKind.NUMBER, 1.5, ""),
        ("on", ParameterKind.YES_NO, False, ""),
        ("day", ParameterKind.DATE, "2026-11-30", ""),
        ("names", ParameterKind.LIST, ["甲"], ""),
        ("map", ParameterKind.MAP, {"a": 1}, ""),
        ("none", ParameterKind.ANY, None, ""),
        ("called", ParameterKind.ANY, UNSET, ""),
    )


def test_an_annotation_is_stronger_than_the_default():
    declares(
        'a: str = "2026-11-30"\nb: "date" = ""\nc: str | None = None\nd: list[str] = []\n'
        "e: Optional[int] = None\nf: float = 1",
        ("a", ParameterKind.TEXT, "2026-11-30", ""),
        ("b", ParameterKind.DATE, "", ""),
        ("c", ParameterKind.TEXT, None, ""),
        ("d", ParameterKind.LIST, [], ""),
        ("e", ParameterKind.INTEGER, None, ""),
        ("f", ParameterKind.NUMBER, 1, ""),
    )


def test_comments_are_help():
    declares(
        'a = 1  # 第一个\n# 说明\n# 两行\nb = {\n  "x": 1,\n}  # 尾注\n\n# 上面的\nc = 2\n\n# 隔开的\n\nd = 3',
        ("a", ParameterKind.INTEGER, 1, "第一个"),
        ("b", ParameterKind.MAP, {"x": 1}, "尾注"),
        ("c", ParameterKind.INTEGER, 2, "上面的"),
        ("d", ParameterKind.INTEGER, 3, ""),
    )


def test_what_is_no_assignment_declares_nothing():
    declares(
        '"""说明"""\n%matplotlib inline\nimport os\n!ls\na, b = 1, 2\nobj.x = 1\nprint("a = 1")'
    )


def test_a_cell_that_is_not_python_is_one_fault():
    with pytest.raises(InvalidInput, match="参数单元格第2行：不是有效的 Python 赋值语句"):
        params.declared("a = 1\nb = = 2", "x.ipynb")


def test_words_of_the_command_line_become_the_declared_kind():
    settles(
        'code = "a"\nn = 1\nx = 1.0\non = True\nday = "2026-01-01"\nnames = []\nmap = {}\nfree = None',
        "code=0012", "n=-7", "x=12", "on=否", "day=2026-11-30", "names=[甲, 乙]", "map={a: 1}", "free=2.5",
        code="0012", n=-7, x=12.0, on=False, day="2026-11-30", names=["甲", "乙"], map={"a": 1}, free=2.5,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("word", "value"), [("是", True), ("否", False), ("true", True), ("FALSE", False)]
)
def test_yes_and_no_are_understood(word, value):
    settles("on = True", f"on={word}", on=value)


def test_a_value_may_hold_equal_signs_and_nothing():
    settles('a = ""\nb = "x"', "a=b=c", "b=", a="b=c", b="")


def test_the_later_value_is_stronger():
    settles("n = 1", "n=2", "n=3", n=3)


def test_all_faults_come_at_once():
    source = 'branch_code = "a"\nn = 1\nday = "2026-01-01"\non = True\nneeded: str'

    assert faults(source, "branch_cod=1", "n=1.5", "day=2026-02-30", "on=也许") == [
        ("C02", "-p branch_cod", "没有名为“branch_cod”的参数；是否想写“branch_code”？"),
        ("C03", "-p n", "参数“n”必须给出整数，现为“1.5”"),
        ("C03", "-p day", "参数“day”必须给出日期，现为“2026-02-30”"),
        ("C03", "-p on", "参数“on”必须给出是否，现为“也许”"),
        ("C04", "-p branch_cod", "缺少参数“needed”"),
    ]


@pytest.mark.parametrize("word", ["null", "None", "空", ""])
def test_an_optional_parameter_is_set_back_to_nothing(word):
    settles("mask: bool | None = True", f"mask={word}", mask=None)
    settles('name: str = "甲"', "name=null", name="null")  # a word like any other


def test_an_option_without_equal_sign_is_a_fault():
    with pytest.raises(InvalidInput, match="-p branch：应写成“名称=值”"):
        params.from_options(["branch", "n=1"])


def test_a_file_fault_names_its_line(tmp_path):
    yaml = "n: 1\ncode: 0012\nday: 2026-11-31\nbig: .inf\n"

    assert faults('n = 1\ncode = ""\nday: date = ""\nbig = 1.0', yaml=yaml, tmp_path=tmp_path) == [
        ("C03", "p.yaml 第2行", "参数“code”必须给出文字，现为“10”"),
        ("C03", "p.yaml 第3行", "参数“day”必须给出日期，现为“2026-11-31”"),
        ("C03", "p.yaml 第4行", "参数“big”必须给出数值，现为“inf”"),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: 1\na: 2\n", "第2行：“a”写了两次"),
        ("a:\n  b: 1\n  b: 2\n", "第3行：“b”写了两次"),
        ("- a\n- b\n", "应为一组“名称: 值”"),
        ("a: [1\n", "不是有效的 YAML"),
        ("a: !!python/object:os.system {}\n", "不是有效的 YAML"),
    ],
)
def test_a_bad_file_says_where(tmp_path, text, message):
    (tmp_path / "p.yaml").write_text(text, encoding="utf-8")

    with pytest.raises(InvalidInput, match=message):
        params.from_file(tmp_path / "p.yaml")


def test_a_file_in_another_encoding_says_so(tmp_path):
    (tmp_path / "p.yaml").write_bytes("县: 甲".encode("gb18030"))

    with pytest.raises(UnreadableFile, match="不是 UTF-8 编码"):
        params.from_file(tmp_path / "p.yaml")


@pytest.mark.parametrize("text", ["", "# 只有注释\n", "\ufeffa: 1\n", "~\n"])
def test_an_empty_file_or_a_byte_order_mark_is_fine(tmp_path, text):
    (tmp_path / "p.yaml").write_text(text, encoding="utf-8")

    assert len(params.from_file(tmp_path / "p.yaml")) == ("a" in text)


def test_the_file_is_read_as_papermill_reads_it(tmp_path):
    path = Path(tmp_path) / "p.yaml"
    path.write_text(
        'a: 2026-11-30\nb: "0012"\nc: [1, 2.5, 是, yes]\nd: {x: null}\ne: |\n  两行\n  文字\n',
        encoding="utf-8",
    )

    assert {each.name: each.value for each in params.from_file(path)} == read_yaml_file(str(path))


@law(st.text().filter(lambda text: "\x00" not in text))
def test_any_text_passes_through_unchanged(text):
    settles('a = "x"', f"a={text}", a=text)


@law(st.integers(-(10**9), 10**9) | st.booleans())  # eleven digits may be a telephone's
def test_numbers_pass_through_unchanged(value):
    settles(f"a = {not value if isinstance(value, bool) else 0}", f"a={value}", a=value)

"""Parameters, settings and notebooks that nobody would write in good faith -> a sentence, never an error of ours."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from random import Random

import pytest
import yaml

from disguises import identity, mobile
from gongwen.errors import InvalidInput, ReportError, UnreadableFile
from gongwen_lint.manuscript.reading import from_bytes
from zhibi.notebook import file as notebooks
from zhibi.notebook.parameters.declared import Parameter, ParameterKind
from zhibi.notebook.parameters.file import from_file, from_options, parse
from zhibi.notebook.parameters.settle import settle
from zhibi.workspace.workspace import MARK, find

BOMB = "a: &a [1, 1]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(9)
)
HOSTILE = {
    "an alias bomb": BOMB,
    "a value that holds itself": "texts: &a {b: *a}",
    "a list that holds itself": "texts: &a [*a]",
    "brackets without end": f"texts: {'[' * 5000}",
    "braces without end": f"texts: {'{a: ' * 5000}",
    "depth by indentation": "".join(f"{' ' * n}a:\n" for n in range(200)),
    "a number of 100,000 digits": f"branch: {'9' * 100_000}",
    "a list as a key": "? [a]\n: 1",
    "a mapping as a key": "texts: {{}}",
    "an object of Python": "texts: !!python/object/apply:os.system ['id']",
    "a key written twice": "a: 1\na: 2",
    "a time as a key of sixty": "a: 1:60:99999999999999999999999999999999",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_yaml_is_refused_in_a_sentence(tmp_path: Path, kind: str) -> None:
    (tmp_path / "p.yaml").write_text(HOSTILE[kind], "utf-8")
    if kind == "a time as a key of sixty":
        with contextlib.suppress(InvalidInput):
            from_file(tmp_path / "p.yaml")
        return
    with pytest.raises(InvalidInput) as caught:
        from_file(tmp_path / "p.yaml")
    assert [finding.code for finding in caught.value.findings] == ["C01"]


@pytest.mark.parametrize("text", ["{{}}", "[" * 5000, "&a [*a]", "? [a]", "9" * 100_000, "{a: "])
def test_hostile_options_are_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(yaml.YAMLError):
        parse(text)
    declared = [Parameter("texts", ParameterKind.MAP, {}, "")]
    with pytest.raises(InvalidInput, match="texts"):
        settle(declared, from_options([f"texts={text}"]))


def test_personal_numbers_in_parameters_are_refused_and_not_repeated(tmp_path: Path) -> None:
    number, telephone = identity(Random(3)), mobile(Random(3))
    given = from_options([f"a={number[:6]}　{number[6:]}", f"b=[通知{telephone}]"])
    declared = [
        Parameter("a", ParameterKind.TEXT, "", ""),
        Parameter("b", ParameterKind.TEXT, "", ""),
    ]
    with pytest.raises(InvalidInput) as caught:
        settle(declared, given)
    assert [finding.code for finding in caught.value.findings] == ["V20", "V20"]
    assert number[6:] not in str(caught.value)
    assert telephone not in str(caught.value)
    contact = from_options(["a=（联系人：李某，电话：0571-88880000）"])
    assert settle(declared[:1], contact)


@pytest.mark.parametrize("text", ["a = " + "[" * 5000, f"a = {'9' * 10_000}", "a = '\0'", "="])
def test_hostile_settings_are_refused_in_a_sentence(tmp_path: Path, text: str) -> None:
    (tmp_path / MARK).write_text(text, "utf-8")
    with pytest.raises(UnreadableFile):
        find(tmp_path)


def executed() -> dict[str, object]:
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": "# 题\n\n正文。", "id": "a"},
        {
            "cell_type": "code", "metadata": {}, "source": "%%正文\n甲。", "id": "b", "execution_count": 1,
            "outputs": [
                {"output_type": "stream", "name": "stdout", "text": ["甲\n", "乙"]},
                {"output_type": "display_data", "metadata": {}, "data": {"text/plain": "甲", "text/html": ["<b>甲</b>"]}},
                {"output_type": "error", "ename": "E", "evalue": "v", "traceback": ["t"]},
            ],
        },
    ]  # fmt: skip
    return {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {"zhibi": {"title": "题"}},
        "cells": cells,
    }


def test_a_good_notebook_is_read() -> None:
    assert from_bytes(json.dumps(executed()).encode(), "甲.ipynb").paras


def places(value: object, path: tuple = ()) -> list[tuple]:
    pairs = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    return [path, *(place for key, each in pairs for place in places(each, (*path, key)))][
        0 if path else 1 :
    ]


ODD = [None, 1e999, -1, "", "甲", [], {}, [[]], {"a": []}, True, [1e999], 10**400]


@pytest.mark.parametrize("odd", range(len(ODD)))
def test_a_notebook_with_anything_anywhere_is_read_or_refused(tmp_path: Path, odd: int) -> None:
    for place in places(executed()):
        made = executed()
        inside = made
        for key in place[:-1]:
            inside = inside[key]
        inside[place[-1]] = ODD[odd]
        content = json.dumps(made).encode()
        with contextlib.suppress(ReportError):
            from_bytes(content, "甲.ipynb")
        (tmp_path / "甲.ipynb").write_bytes(content)
        with contextlib.suppress(ReportError):
            notebooks.read(tmp_path / "甲.ipynb")


def test_a_notebook_damaged_at_random_is_read_or_refused() -> None:
    dice, good = Random(18), json.dumps(executed(), ensure_ascii=False).encode()
    for _ in range(300):
        content = bytearray(good)
        for _ in range(dice.randint(1, 5)):
            content[dice.randrange(len(content))] = dice.choice(b'0123456789"[]{}:,\\eE-')
        with contextlib.suppress(ReportError):
            from_bytes(bytes(content), "甲.ipynb")

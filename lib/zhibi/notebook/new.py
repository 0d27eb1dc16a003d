"""A name and a notebook to begin with -> a new report type.

Its notebook, its parameters and its test.

Nothing is overwritten, and nothing is written unless all three files can be.
"""

from __future__ import annotations

import copy
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import yaml
from nbformat.notebooknode import NotebookNode

from gongwen import atomic_files
from gongwen.document.elements import FORMS, needed
from gongwen.errors import BadReportName, OutputBlocked, UnknownName, UnreadableFile
from zhibi import domain
from zhibi.notebook import file as notebooks
from zhibi.notebook import parameters as params
from zhibi.workspace import workspace
from zhibi.workspace.workspace import Workspace

LONGEST = 40
BLANK = "（请填写{}）"
UNNAMED = "新报告"  # stands in the starter for the title
_UNNAMED = re.compile(rf"(?<!编写){UNNAMED}")  # but docs/编写新报告.md is the name of a file
_NAME = re.compile(r"[^\W\d_]\w*")

TEST = '''\
"""{title}：照参数文件生成一份，看看该有的都有。运行：python -m pytest tests/test_{name}.py"""

import json
import subprocess
import sys
from pathlib import Path

import docx

TOP = Path(__file__).resolve().parents[1]
ZHIBI = Path(sys.executable).parent / "zhibi"


def test_能生成_有题目_数字有出处(tmp_path):
    done = subprocess.run(
        [ZHIBI, "run", "{name}", "--json", "--out", tmp_path],
        cwd=TOP,
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode in (0, 1), done.stdout + done.stderr  # 1：还有待撰写等错误，见下
    said = json.loads(done.stdout)
    assert [found for found in said["findings"] if found["code"] == "W01"] == []  # 没有手写的数字
    assert said["figures"] > 0
    document = docx.Document(tmp_path / "报告.docx")
    assert any(paragraph.text.strip() for paragraph in document.paragraphs)
'''


@dataclass(frozen=True, slots=True)
class NewReport:
    """What is asked for: the name, the report to begin with (empty: the domain's starter), a title and a form."""

    name: str
    like: str = ""
    title: str = ""
    form: str = ""


def start(wanted: NewReport, here: Path) -> tuple[Path, ...]:
    """Lay out a new report type in the workspace around `here`; gives the files made."""
    place = workspace.require(here)
    name = report_name(wanted.name)
    if wanted.form and wanted.form not in FORMS:
        raise UnknownName("格式", wanted.form, FORMS)
    source = beginning(place, wanted.like, here)
    title = wanted.title.strip() or name
    made = renamed(notebooks.read(source), source.stem, name, title, wanted.form)
    files = {
        place.root / "notebooks" / f"{name}.ipynb": nbformat.writes(made, ensure_ascii=False)
        + "\n",
        place.root / "params" / f"{name}.yaml": parameters(made, name, title, wanted.form),
        place.root / "tests" / f"test_{name}.py": TEST.format(
            name=name, title=title.replace('"', "”")
        ),
    }
    refuse_existing(files, name)
    write(files)
    return tuple(files)


def report_name(name: str) -> str:
    """A name that is a file, a command word and a Python module on every system.

    Else BadReportName.
    """
    text = unicodedata.normalize("NFC", name.strip())
    if not _NAME.fullmatch(text) or atomic_files.safe_name(text) != text:
        raise BadReportName(
            name[:LONGEST],
            "只能用汉字、字母、数字和下划线，以汉字或字母开头，也不能是系统保留的名称",
        )
    if len(text) > LONGEST:
        raise BadReportName(f"{text[:LONGEST]}…", f"太长，最多{LONGEST}个字")
    return text


def beginning(place: Workspace, like: str, here: Path) -> Path:
    """The notebook to begin with: a report of the workspace by name, or the starter of its domain."""
    if like:
        return workspace.locate(place, like, here).notebook
    starter = domain.find(domain.name_of(place), place.root).starter
    if starter is None:
        raise UnreadableFile(
            "新报告", "这个领域包没有带起步的笔记本", "请用 --like 指明照着哪种报告新建。"
        )
    return starter


def renamed(nb: NotebookNode, old: str, name: str, title: str, form: str) -> NotebookNode:
    """The notebook under its new name, without outputs.

    Its text stays as it was but for the old name.
    """
    made: NotebookNode = copy.deepcopy(nb)
    about = {**made.metadata.get("zhibi", {}), "title": title, **({"form": form} if form else {})}
    made.metadata["zhibi"] = about
    for cell in made.cells:
        cell.source = _UNNAMED.sub(lambda _: title, cell.source)
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
        else:
            cell.source = re.sub(rf"(?<!\w){re.escape(old)}(?!\w)", name, cell.source)
    return made


def parameters(nb: NotebookNode, name: str, title: str, form: str = "") -> str:
    """The YAML of the notebook's parameters at their defaults, each with its help.

    Texts of another report are not taken.

    The elements a format cannot do without are laid out to be filled in.
    """
    lines = [f"# {title}的参数。改这里的值，不用改笔记本；运行：zhibi run {name}", ""]
    about = nb.metadata.get("zhibi", {})
    blanks = {each: BLANK.format(each) for each in needed(form)} if form else {}
    for parameter in params.declared(notebooks.declaration(nb), name):
        lines += [f"# {parameter.help}"] if parameter.help else []
        plain = parameter.default is not params.UNSET
        value = parameter.default if plain else None
        if blanks and parameter.name == about.get("elements"):
            value, plain = {**(value or {}), **blanks}, True
        lines += [f"{'' if plain else '# '}{_entry(parameter.name, value)}"]
    return "\n".join(lines) + "\n"


def _entry(name: str, value: Any) -> str:
    if isinstance(value, str):  # always quoted: a date or a code stays text
        return f"{name}: {json.dumps(value, ensure_ascii=False)}"
    return yaml.safe_dump(
        {name: value}, allow_unicode=True, default_flow_style=False, sort_keys=False
    ).rstrip()


def refuse_existing(files: Iterable[Path], name: str) -> None:
    """Nothing, if none of the files is there, in any spelling of capitals; else OutputBlocked."""
    for file in files:
        there = (
            {path.name.casefold(): path.name for path in file.parent.glob("*")}
            if file.parent.is_dir()
            else {}
        )
        if file.name.casefold() in there:
            existing = f"{file.parent.name}/{there[file.name.casefold()]}"
            raise OutputBlocked(
                name, f"已经有 {existing}，不会覆盖", "请换一个名称，或先把原来的文件移走。"
            )


def write(files: Mapping[Path, str]) -> None:
    """Write all files; where one cannot be written, those already written go again."""
    written: list[Path] = []
    try:
        for file, text in files.items():
            file.parent.mkdir(parents=True, exist_ok=True)
            with file.open("x", encoding="utf-8") as target:
                written.append(file)
                target.write(text)
    except OSError as trouble:
        for file in written:
            file.unlink(missing_ok=True)
        message, hint = trouble.strerror or str(trouble), "请换一个可以写入的文件夹。"
        raise OutputBlocked(file.parent.name, message, hint) from trouble

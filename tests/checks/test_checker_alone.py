"""The checker in an environment that has neither Jupyter nor pandas."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
from docx import Document

TOP = Path(__file__).parents[2]
# what packaging/gongwen/pyproject.toml asks for, and what those packages ask for themselves
LIGHT = (
    "latex2mathml",
    "lxml",
    "markdown_it",
    "mdurl",
    "docx",
    "rapidfuzz",
    "typing_extensions.py",
)
HEAVY = ("pandas", "numpy", "matplotlib", "papermill", "nbconvert", "IPython", "jupyter_core")


@pytest.fixture(scope="module")
def alone(tmp_path_factory) -> Path:
    """The python of a new virtual environment: the light packages, and the wheel of gongwen."""
    folder = tmp_path_factory.mktemp("alone")
    subprocess.run([sys.executable, "-m", "venv", folder / "env"], check=True, timeout=120)
    python = folder / "env/bin/python"
    inside = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        check=True, capture_output=True, text=True,
    ).stdout.strip()  # fmt: skip
    here = Path(sysconfig.get_path("purelib"))
    for name in LIGHT:
        copy = shutil.copytree if (here / name).is_dir() else shutil.copy
        copy(here / name, Path(inside) / name)
    for about in here.glob("latex2mathml-*.dist-info"):  # it asks for its own version
        shutil.copytree(about, Path(inside) / about.name)
    build = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation"]
    subprocess.run([*build, "-w", folder, TOP / "packaging/gongwen"], check=True, timeout=120)
    (wheel,) = folder.glob("gongwen-*.whl")
    install = [python, "-m", "pip", "install", "-q", "--no-deps", "--no-index", wheel]
    subprocess.run(install, check=True, timeout=120)
    return python


def run(python: Path, *words: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [python, *words], cwd=cwd, capture_output=True, text=True, timeout=60, check=False
    )


@pytest.mark.parametrize("package", HEAVY)
def test_the_environment_has_no_heavy_package(alone, tmp_path, package):
    assert run(alone, "-c", f"import {package}", cwd=tmp_path).returncode == 1


def test_a_word_file_is_checked_from_the_command_line(alone, tmp_path):
    page = Document()
    page.add_paragraph("全年发展党员12名,其中女党员5名。")
    page.save(tmp_path / "总结.docx")

    done = run(alone, "-m", "gongwen_lint", "总结.docx", "--json", cwd=tmp_path)
    findings = json.loads(done.stdout)

    assert done.returncode in {0, 1}, done.stderr
    assert "P01" in {each["code"] for each in findings}


def test_a_file_that_is_not_there_is_one_chinese_sentence(alone, tmp_path):
    done = run(alone, "-m", "gongwen_lint", "没有.docx", cwd=tmp_path)

    assert done.returncode == 2
    assert "没有这个文件" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_document_is_written(alone, tmp_path):
    program = """
from gongwen.document import Document, Paragraph, Text, Title
from gongwen.profile import load, packaged_templates
from gongwen.writer.write import write
blocks = (Title(((Text("关于做好年度总结的通知"),),)), Paragraph((Text("请各单位认真准备。"),)))
data = write(Document(blocks, {}), load("classic", [packaged_templates()]))
open("通知.docx", "wb").write(data)
"""
    done = run(alone, "-c", program, cwd=tmp_path)

    assert done.returncode == 0, done.stderr
    assert [p.text for p in Document(tmp_path / "通知.docx").paragraphs if p.text][:2] == [
        "关于做好年度总结的通知",
        "请各单位认真准备。",
    ]

"""Words that people changed in the reports of a batch go back, each for its own branch, and are printed by the next batch."""

from __future__ import annotations

import sys
from pathlib import Path

import docx
import pytest
import yaml

sys.path.append(str(Path(__file__).resolve().parents[1] / "report"))
from clerk import command, lay_out

from zhibi.notebook.authoring.written import Withheld, written
from zhibi.notebook.parameters.texts import with_texts

pytestmark = [pytest.mark.kernel, pytest.mark.slow]
BRANCHES = {
    "B012": "城投集团物业服务党支部",
    "B013": "城投集团停车管理党支部",
}  # code -> short name


@pytest.fixture(scope="module")
def desk(tmp_path_factory) -> Path:
    return lay_out(tmp_path_factory.mktemp("成批收回") / "工作区")


def reworded(path: Path, old: str, new: str) -> None:
    """A sentence rewritten in Word."""
    document = docx.Document(str(path))
    place = next(each for each in document.paragraphs if old in each.text)
    words = place.text.replace(old, new)
    for run in place.runs[1:]:
        run._r.getparent().remove(run._r)
    place.runs[0].text = words
    document.save(str(path))


def text_of(path: Path) -> str:
    return "\n".join(each.text for each in docx.Document(str(path)).paragraphs)


def test_each_branch_gets_its_own_words_back(desk):
    params = desk / "params/annual_review.yaml"
    own = {f"补充（{name}2026年度）": f"{name}的同志辛苦了。" for name in BRANCHES.values()}
    params.write_text(with_texts(params.read_text("utf-8"), own), "utf-8")
    folder = desk / "outputs/annual_review/2026/示例县"
    batch = ("zhibi", "batch", "annual_review", "--only", ",".join(BRANCHES))
    made = command(*batch, cwd=desk)
    for code, name in BRANCHES.items():
        reworded(folder / code / "报告.docx", "的同志辛苦了", f"的{name}同志好样的")
    done = command(*batch, "--keep", cwd=desk)
    texts = yaml.safe_load(params.read_text("utf-8"))["texts"]
    expected = {name: f"{name}的{name}同志好样的。" for name in BRANCHES.values()}

    assert made.returncode in (0, 1), made.stdout + made.stderr
    assert done.returncode in (0, 1), done.stdout + done.stderr
    assert done.stdout.count("已收回：补充") == len(BRANCHES)
    assert texts == {f"补充（{name}2026年度）": words for name, words in expected.items()}
    for code, name in BRANCHES.items():
        assert expected[name] in text_of(folder / code / "报告.docx")
        assert (folder / code / "报告-改动稿-1.docx").is_file()


def test_a_text_for_one_report_is_never_that_of_another():
    texts = {"导语": "大家的话。", "导语（甲支部2026年度）": "甲的话。"}

    assert written(texts, "乙支部2026年度", "甲支部2026年度").导语 == "甲的话。"
    assert written(texts, "乙支部2026年度", "乙支部2026年度").导语 == "大家的话。"
    assert isinstance(written(texts, "乙支部2026年度", "丙支部2026年度").导语, Withheld)

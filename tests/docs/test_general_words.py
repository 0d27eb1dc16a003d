"""What is general does not speak of one domain: no code, message, page or template of it mentions the party."""

from __future__ import annotations

import io
import re
import tokenize
from pathlib import Path

import pytest

from gongwen_lint.formats import rule_pages
from gongwen_lint.rules import registry

TOP = Path(__file__).resolve().parents[2]
HOUSES = ("gongwen", "gongwen_lint", "zhibi")
# the name of the national standard and of those it is for, and nothing else
STANDARD = re.compile("党政机关")
# what the Chinese language and the law call things is material of the checker, not its own words
MATERIAL = {
    "gongwen/chinese/offices.toml", "gongwen/chinese/words.txt",
    "gongwen_lint/rules/content/reference/regulations.tsv",
    "gongwen_lint/rules/prose/words/lexicon/characters.tsv",
    "gongwen_lint/rules/prose/words/lexicon/phrases.txt",
    "gongwen_lint/rules/prose/words/lexicon/slips.tsv",
    "gongwen_lint/rules/prose/words/lexicon/words.tsv",
}  # fmt: skip
WRITTEN = {
    ".py",
    ".html",
    ".js",
    ".css",
    ".toml",
    ".json",
    ".ipynb",
    ".md",
    ".txt",
    ".tsv",
    ".yaml",
}
# not the handbook, which tells the words of the installed domain as well
GUIDES = ("新领域.md", "智能助手.md")


def mentions(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if "党" in STANDARD.sub("", line)]


def files() -> list[Path]:
    found = [path for house in HOUSES for path in (TOP / "lib" / house).rglob("*")]
    return sorted(
        path
        for path in found
        if path.suffix in WRITTEN and "vendor" not in path.parts and "shipped" not in path.parts
    )


def test_no_file_of_the_three_houses_mentions_it():
    told = {
        path.relative_to(TOP / "lib").as_posix(): lines
        for path in files()
        if path.relative_to(TOP / "lib").as_posix() not in MATERIAL
        and (lines := mentions(path.read_text("utf-8")))
    }

    assert told == {}


def test_the_material_is_there_and_is_no_code():
    assert all((TOP / "lib" / name).is_file() for name in MATERIAL)
    assert not any(name.endswith(".py") for name in MATERIAL)


def test_no_name_of_the_code_speaks_of_it():
    named = {
        token.string
        for path in files()
        if path.suffix == ".py"
        for token in tokenize.generate_tokens(io.StringIO(path.read_text("utf-8")).readline)
        if token.type == tokenize.NAME
    }

    assert not named & {"dangjian", "party", "branch_secretary", "party_member"}


@pytest.mark.parametrize("rule", registry.RULES, ids=lambda rule: rule.code)
def test_no_rule_explains_itself_by_it(rule):
    assert mentions(rule_pages.page(rule)) == []


@pytest.mark.parametrize("name", GUIDES)
def test_no_general_guide_takes_it_as_an_example(name):
    general = (TOP / "docs" / name).read_text("utf-8").split("\n## 党建的名称\n")[0]
    own = [line for line in mentions(general) if "dangjian" not in line]

    assert own == []


@pytest.mark.parametrize(
    "path", sorted((TOP / "templates").rglob("*.toml")), ids=lambda path: path.stem
)
def test_no_template_mentions_it(path):
    assert mentions(path.read_text("utf-8")) == []

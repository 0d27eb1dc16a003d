"""ARCHITECTURE.md draws the rooms in the order that import-linter keeps, and no landing has more than ten."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[2]
PAGE = (TOP / "ARCHITECTURE.md").read_text("utf-8")
CONTRACTS = tomllib.loads((TOP / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
    "contracts"
]
HOUSES = ("gongwen", "gongwen_lint", "zhibi", "dangjian")


def drawn(house: str) -> list[set[str]]:
    """The rooms of each row of a house's table, from the door down."""
    table = PAGE.partition(f"<!-- rooms: {house} -->")[2].partition("\n\n")[0]
    rows = re.findall(r"^\| (`[^|]+) \|", table, re.MULTILINE)
    return [set(re.findall(r"`(\w+)`", row)) for row in rows if not row.startswith("rooms of")]


def kept(house: str) -> list[set[str]]:
    (layers,) = (each["layers"] for each in CONTRACTS if each.get("containers") == [house])
    return [set(re.findall(r"\w+", layer)) for layer in layers]


@pytest.mark.parametrize("house", HOUSES)
def test_the_drawing_shows_the_rooms_that_the_contracts_keep(house):
    assert drawn(house) == kept(house)


@pytest.mark.parametrize("house", HOUSES)
def test_no_landing_has_more_than_ten_rooms(house):
    folders = [TOP / "lib" / house, *(TOP / "lib" / house).rglob("*")]
    counts = {
        folder.relative_to(TOP).as_posix(): sum(
            each.name not in {"__init__.py", "__pycache__"}
            and (each.suffix == ".py" or (each / "__init__.py").is_file())
            for each in folder.iterdir()
        )
        for folder in folders
        if (folder / "__init__.py").is_file()
    }

    assert {folder: count for folder, count in counts.items() if count > 10} == {}


def test_the_houses_stand_in_the_order_of_the_contract():
    (street,) = (each["layers"] for each in CONTRACTS if each["name"].startswith("Four houses"))

    assert street == ["dangjian", "zhibi", "gongwen_lint", "gongwen"]
    assert re.findall(r"^\| `(\w+)` \| [^|]+\|[^|]+\|[^|]+\|$", PAGE, re.MULTILINE)[:4] == street


def test_every_decision_has_a_number_of_its_own():
    numbers = [path.name[:4] for path in (TOP / "docs/decisions").glob("*.md")]

    assert sorted(numbers) == [f"{number:04}" for number in range(1, len(numbers) + 1)]

"""A comprehension holds one loop and no other comprehension: the inner step has a name of its own."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

LIB = Path(__file__).resolve().parents[2] / "lib"
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
# by house, how many are left; a limit only falls
LIMITS = {"gongwen": 0, "gongwen_lint": 0, "zhibi": 0, "dangjian": 0}


def is_folded(node: ast.AST) -> bool:
    """True for two loops in one comprehension, or one comprehension within another."""
    if not isinstance(node, COMPREHENSIONS):
        return False
    inner = (child for child in ast.walk(node) if child is not node)
    return len(node.generators) > 1 or any(isinstance(child, COMPREHENSIONS) for child in inner)


def folded(module: Path) -> list[str]:
    """Where a module folds two thoughts into one line."""
    nodes = ast.walk(ast.parse(module.read_text("utf-8")))
    return [f"{module.relative_to(LIB)}:{node.lineno}" for node in nodes if is_folded(node)]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("[cell for cell in row]", False),
        ("[a + b for a, b in zip(row, map(str, other))]", False),
        ("[cell for row in rows for cell in row]", True),
        ("[[cell for cell in row] for row in rows]", True),
        ("any(cell in taken for cell in {row[0] for row in rows})", True),
    ],
)
def test_two_loops_in_one_line_are_seen(line, expected):
    assert any(map(is_folded, ast.walk(ast.parse(line)))) is expected


@pytest.mark.parametrize("house", LIMITS)
def test_an_inner_step_has_a_name(house):
    places = [place for module in sorted((LIB / house).rglob("*.py")) for place in folded(module)]
    assert len(places) <= LIMITS[house], "name the inner step:\n" + "\n".join(places)

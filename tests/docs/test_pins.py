"""Every package that is installed has a version and, in requirements.lock, a hash for each of its files."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
ENTRY = re.compile(r"^([\w.-]+)(?:\[[\w,.-]+\])?==([^\s;\\]+)")


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def entries(name: str) -> dict[str, str]:
    """Packages and versions of a list of pins."""
    lines = (TOP / name).read_text("utf-8").splitlines()
    found = (ENTRY.match(line) for line in lines)
    return {plain(hit[1]): hit[2] for hit in found if hit}


def test_every_pin_of_the_lock_has_hashes():
    blocks = re.split(r"\n(?=[\w.-]+(?:\[|==))", (TOP / "requirements.lock").read_text("utf-8"))

    assert len(blocks) > 150
    assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_the_lock_and_the_constraints_agree():
    locked, pinned = entries("requirements.lock"), entries("constraints.txt")

    shared = set(locked) & set(pinned)  # what only other systems install stands in the lock alone
    assert len(shared) > 150
    assert {name for name in shared if locked[name] != pinned[name]} == set()


def test_every_dependency_is_in_the_lock_or_make_lock_was_forgotten():
    project = tomllib.loads((TOP / "pyproject.toml").read_text("utf-8"))["project"]
    groups = [project["dependencies"], *project["optional-dependencies"].values()]
    wanted = [each for group in groups for each in group]
    names = {plain(re.match(r"[\w.-]+", each)[0]) for each in wanted} - {"zhibi"}

    assert names - set(entries("requirements.lock")) == set()

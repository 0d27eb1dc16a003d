"""The committed example county and one grown from the same generator."""

from __future__ import annotations

import pytest
from county_file import DATA, Example


@pytest.fixture(scope="session")
def example() -> Example:
    return Example(DATA / "示例县.xlsx")


@pytest.fixture(scope="session")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Example:
    """Five districts: 200 organisations of six members."""
    import generate

    path = tmp_path_factory.mktemp("grown") / "county.xlsx"
    generate.main(["--branches", "200", "--members-per-branch", "6", "--out", str(path)])
    return Example(path)

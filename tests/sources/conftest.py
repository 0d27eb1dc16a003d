"""The small county in every form: one workbook, a folder of branch workbooks, CSV, a database on a server of our own."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

TESTS = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TESTS / "tables"))

from server import PASSWORD, Server, binaries, engine, running  # noqa: E402
from workbooks import workbook  # noqa: E402

from dangjian.workbook.contract import CONTRACT  # noqa: E402
from gongwen.atomic_files import safe_name  # noqa: E402
from zhibi.data.read import open_dataset  # noqa: E402
from zhibi.data.writing.split import split  # noqa: E402


@pytest.fixture(scope="session")
def single(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("一份") / "县.xlsx"
    workbook().save(path)
    return path


@pytest.fixture(scope="session")
def parts(single: Path) -> dict[str, bytes]:
    """The small county as branch workbooks: 公共.xlsx, B001.xlsx, B002.xlsx, B003.xlsx."""
    found = split(open_dataset(single, CONTRACT))
    return {f"{safe_name(part.code) if part.code else '公共'}.xlsx": part.content for part in found}


@pytest.fixture
def folder(tmp_path: Path, parts: dict[str, bytes]) -> Path:
    """A folder of these that a test may spoil."""
    place = tmp_path / "各支部"
    place.mkdir()
    for name, content in parts.items():
        (place / name).write_bytes(content)
    return place


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    place = binaries()
    if place is None:
        pytest.skip("没有安装 PostgreSQL；Debian/Ubuntu 可用 apt-get install postgresql")
    with running(place) as started:
        yield started


@pytest.fixture
def secret(monkeypatch: pytest.MonkeyPatch) -> str:
    """The password where the driver looks for it."""
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    return os.environ["PGPASSWORD"]


@pytest.fixture
def database(server: Server, secret: str, request: pytest.FixtureRequest) -> str:
    """The address of an empty database."""
    name = f"t{abs(hash(request.node.name))}"
    with engine(server.url("postgres")).connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(
            sa.text(f'create database "{name}"')
        )
    return server.url(name)

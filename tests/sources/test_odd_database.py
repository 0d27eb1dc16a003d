"""Values that a workbook cannot hold, and tables of another shape, are findings or one sentence, never a bug of ours."""

from __future__ import annotations

import contextlib

import pytest
import sqlalchemy as sa
from server import engine

from dangjian.workbook.contract import CONTRACT
from gongwen.errors import ReportError
from prompt import typed
from zhibi.data.read import open_dataset, read
from zhibi.data.sources import postgres
from zhibi.workspace.address import address

pytestmark = pytest.mark.slow

ODD = {
    "infinite number": "alter table metrics alter column value type numeric; update metrics set value = 'Infinity'",
    "no number": "alter table metrics alter column value type numeric; update metrics set value = 'NaN'",
    "infinite float": "alter table metrics alter column value type float8; update metrics set value = '-Infinity'",
    "endless number": "alter table metrics alter column value type numeric; update metrics set value = 10::numeric ^ 100000",
    "no row number": "alter table members drop constraint members_pkey; alter table members alter column row_no drop identity; alter table members alter column row_no drop not null; update members set row_no = null",
    "row number that is none": "alter table members drop constraint members_pkey; alter table members alter column row_no drop identity; alter table members alter column row_no type float8; update members set row_no = 'NaN'",
    "row number in words": "alter table members drop constraint members_pkey; alter table members alter column row_no drop identity; alter table members alter column row_no type text using 'x'",
    "huge row number": "alter table members drop constraint members_pkey; alter table members alter column row_no drop identity; alter table members alter column row_no type numeric; update members set row_no = 10::numeric ^ 30",
    "bytes": "alter table members alter column name type bytea using 'abc'::bytea",
    "list": "alter table members alter column name type text[] using array[name, name]",
    "json": "alter table members alter column name type jsonb using '{\"a\": [1]}'::jsonb",
    "interval": "alter table members alter column name type interval using '1 year'::interval",
    "infinite day": "update members set joined_on = 'infinity'",
    "day before Christ": "update members set joined_on = '4713-01-01 BC'",
    "day far ahead": "update members set joined_on = '99999-01-01'",
    "number for a name": "alter table members alter column name type int8 using 7",
    "control characters": "update members set name = E'\\x01\\x02' || chr(55203)",
    "long text": "update members set name = repeat('甲', 3000000)",
    "a view without rows": "alter table members rename to old; create view members as select * from old where false",
    "a view that divides by nought": "alter table members rename to old; create view members as select old.*, 1 / (row_no - row_no) as worse from old",
    "duplicate columns in other schemas": "create schema x; create table x.members (a int); set search_path to x, public",
}  # fmt: skip


@pytest.fixture(scope="module")
def shared(server, single, monkeypatch_module) -> str:
    with engine(server.url("postgres")).connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(
            sa.text("create database odd")
        )
    url = server.url("odd")
    postgres.load(open_dataset(single, CONTRACT), address(url))
    return url


@pytest.fixture(scope="module")
def monkeypatch_module():
    from server import PASSWORD

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PGPASSWORD", PASSWORD)
        yield patch


@pytest.fixture
def odd(server, shared, request):
    """A copy of the filled database, changed."""
    name = f"odd{abs(hash(request.node.name))}"
    with engine(server.url("postgres")).connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(
            sa.text(f"create database {name} template odd")
        )
    return server.url(name)


@pytest.mark.parametrize("kind", ODD)
def test_it_is_read_or_told(odd, kind):
    with engine(odd).begin() as connection:
        for words in ODD[kind].split("; "):
            connection.exec_driver_sql(words)
    with contextlib.suppress(ReportError):
        read(odd, CONTRACT)


def test_the_command_ends_with_a_finding_or_a_sentence(odd, tmp_path):
    with engine(odd).begin() as connection:
        connection.exec_driver_sql(ODD["infinite number"].replace("; ", ";"))
    done = typed("zhibi", "data", "check", odd, cwd=tmp_path)

    assert done.returncode in {1, 2}, done.stderr

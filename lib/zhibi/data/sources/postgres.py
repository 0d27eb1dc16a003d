"""A PostgreSQL database -> the same plain grids a workbook gives; a dataset -> the tables of one.

One table for each sheet and one for the settings, named by the contract's identifiers. What is in
them is read through the same door as a workbook's cells, so every check that holds for a workbook
holds here. `row_no` is what a workbook has in its row numbers: the order of the rows, and their
origin.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable, SetColumnComment, SetTableComment

from gongwen.errors import OutputBlocked, UnreadableFile
from zhibi.data.contract import Column, Contract, Kind, Sheet
from zhibi.data.dataset import Dataset
from zhibi.data.reading.settings import SETTINGS_HEADERS
from zhibi.data.snapshot.access_scope import refuse_from_within
from zhibi.data.sources.grid import Book, Grid, Raw
from zhibi.data.sources.postgres_connection import connected
from zhibi.workspace.address import Address

SETTINGS_TABLE = "settings"
ROW = "row_no"
_LARGEST_ROW = 2**31
_LARGEST_EXPONENT = 300
BATCH = 5_000  # rows sent at a time
_TYPES: dict[Kind, Any] = {
    Kind.INTEGER: sa.BigInteger,
    Kind.YEAR: sa.Integer,
    Kind.NUMBER: sa.Double,
    Kind.MONEY: sa.Numeric(18, 2),
    Kind.DATE: sa.Date,
    Kind.YES_NO: sa.Boolean,
}


def tables(contract: Contract) -> sa.MetaData:
    """The tables a database must have, with the clerk's own words as comments."""
    schema = sa.MetaData()
    row = "行号：数据出处里说的就是它，也是读取的先后"
    settings = [
        sa.Column(name, sa.Text, comment=header)
        for name, header in zip(("item", "content"), SETTINGS_HEADERS, strict=False)
    ]
    sa.Table(SETTINGS_TABLE, schema, _row(row), *settings, comment=contract.settings_title)
    for sheet in contract.sheets:
        columns = [
            sa.Column(one.key, _TYPES.get(one.kind, sa.Text), comment=one.header)
            for one in sheet.columns
        ]
        sa.Table(sheet.key, schema, _row(row), *columns, comment=f"{sheet.title}：{sheet.purpose}")
    return schema


def _row(comment: str) -> sa.Column[int]:
    return sa.Column(ROW, sa.Integer, sa.Identity(), primary_key=True, comment=comment)


def script(contract: Contract) -> str:
    """The tables as SQL, for whoever looks after the database."""
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    parts: list[str] = []
    for table in tables(contract).sorted_tables:
        orders: list[sa.schema.ExecutableDDLElement] = [
            CreateTable(table),
            SetTableComment(table),
            *map(SetColumnComment, table.columns),
        ]
        parts += [f"{str(order.compile(dialect=dialect)).strip()};" for order in orders]
    return "\n".join(parts) + "\n"


def read_database(where: Address, contract: Contract) -> Book:
    """Every table of the contract that is there, as it stands at one moment. Nothing is written."""
    refuse_from_within(where.shown)
    with connected(where) as connection:
        connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        present = _present(connection)
        grids = [_settings(connection, where, contract)] if SETTINGS_TABLE in present else []
        there = [sheet for sheet in contract.sheets if sheet.key in present]
        grids += [_grid(connection, where, sheet, present[sheet.key]) for sheet in there]
    digest = hashlib.sha256(
        json.dumps([[g.title, g.rows] for g in grids], default=str).encode()
    ).hexdigest()
    called = {sheet.title: sheet.key for sheet in contract.sheets} | {
        contract.settings_title: SETTINGS_TABLE
    }
    return Book(where.shown, tuple(grids), {where.shown: digest}, tables=called)


def _present(connection: sa.Connection) -> dict[str, set[str]]:
    """The columns of every table and view that can be seen without naming a schema."""
    rows = connection.execute(
        sa.text(
            "select c.relname, a.attname from pg_class c join pg_attribute a on a.attrelid = c.oid "
            "where pg_table_is_visible(c.oid) and c.relkind in ('r', 'p', 'v', 'm', 'f') "
            "and a.attnum > 0 and not a.attisdropped"
        )
    )
    columns: dict[str, set[str]] = {}
    for table, column in rows:
        columns.setdefault(table, set()).add(column)
    return columns


def _settings(connection: sa.Connection, where: Address, contract: Contract) -> Grid:
    rows = _rows(connection, SETTINGS_TABLE, ("item", "content"), ordered=True)
    cells: list[list[Raw]] = [
        list(SETTINGS_HEADERS[:2]),
        *map(_cells, rows),
    ]
    return Grid(
        where.shown,
        contract.settings_title,
        cells,
        textual=True,
        numbers=[0, *_row_numbers(rows, where, SETTINGS_TABLE)],
    )


def _grid(connection: sa.Connection, where: Address, sheet: Sheet, present: set[str]) -> Grid:
    columns = [column for column in sheet.columns if column.key in present]
    rows = _rows(connection, sheet.key, [column.key for column in columns], ordered=ROW in present)
    cells: list[list[Raw]] = [
        [column.header for column in columns],
        *map(_cells, rows),
    ]
    return Grid(where.shown, sheet.title, cells, numbers=[0, *_row_numbers(rows, where, sheet.key)])


def _cells(row: Sequence[Any]) -> list[Raw]:
    """The cells of a row behind its number."""
    return [_raw(cell) for cell in row[1:]]


def _row_numbers(rows: Sequence[Sequence[Any]], where: Address, table: str) -> list[int]:
    """The numbers of the rows, as origins name them.

    Raises UnreadableFile where one is no row's number.
    """
    numbers = [row[0] for row in rows]
    if not all(isinstance(each, int) and 0 <= each < _LARGEST_ROW for each in numbers):
        reason = f"数据表 {table} 的 {ROW} 列有空的，或者不是行号"
        hint = f"请把 {ROW} 改成从2起的整数；也可以删去这一列，按读出的先后编号。"
        raise UnreadableFile(where.shown, reason, hint)
    return numbers


def _rows(
    connection: sa.Connection, table: str, columns: Iterable[str], *, ordered: bool
) -> Sequence[Sequence[Any]]:
    """Rows with their number first.

    A table made by others, without `row_no`, is numbered as it comes.
    """
    chosen: list[sa.ColumnClause[Any]] = [sa.column(name) for name in columns]
    number: sa.ColumnClause[int] = sa.column(ROW)
    source = sa.table(table, *chosen, number)
    if ordered:
        return connection.execute(
            sa.select(number, *chosen).select_from(source).order_by(number)
        ).all()
    return [
        (at, *row)
        for at, row in enumerate(connection.execute(sa.select(*chosen).select_from(source)), 1)
    ]


def _raw(cell: Any) -> Raw:
    """A value of the database as a cell of a workbook would hold it."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, Decimal):
        return _number(cell)
    return cell if isinstance(cell, str | int | float | date | datetime | time) else str(cell)


def _number(cell: Decimal) -> Raw:
    """A number as Excel would hold it.

    What is none, or larger than any, is shown as it is written and then refused.
    """
    if not cell.is_finite() or cell.adjusted() > _LARGEST_EXPONENT:
        return f"{cell:.3E}"
    return int(cell) if cell == cell.to_integral_value() else float(cell)


def load(dataset: Dataset, where: Address, *, replace: bool = False) -> dict[str, int]:
    """Write a dataset into the tables, made where they are missing: all of it or nothing.

    How many rows went where.

    Tables that hold rows are refused unless `replace`, which empties them first.
    """
    schema = tables(dataset.contract)
    with connected(where) as connection:
        schema.create_all(connection)
        filled = [
            table.name
            for table in schema.sorted_tables
            if connection.execute(sa.select(table.c[ROW]).limit(1)).first()
        ]
        if filled and not replace:
            reason = f"数据库里已有数据（数据表 {'、'.join(filled)}）"
            raise OutputBlocked(where.shown, reason, "确实要用这份数据代替，请加 --replace。")
        for table in schema.sorted_tables:
            connection.execute(sa.delete(table))
        written = {}
        for name, rows in _records(dataset):
            for at in range(0, len(rows), BATCH):
                connection.execute(sa.insert(schema.tables[name]), rows[at : at + BATCH])
            written[name] = len(rows)
        for table in schema.sorted_tables:  # what is added by hand goes on counting from here
            last = sa.func.coalesce(sa.select(sa.func.max(table.c[ROW])).scalar_subquery(), 1)
            connection.execute(
                sa.select(sa.func.setval(sa.func.pg_get_serial_sequence(table.name, ROW), last))
            )
        connection.commit()
    return written


def _records(dataset: Dataset) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    records = [
        (column.header, dataset.settings[column.header]) for column in dataset.contract.settings
    ]
    reported = [(name, fact) for name, fact in records if not fact.missing]
    yield (
        SETTINGS_TABLE,
        [
            {ROW: at, "item": name, "content": str(fact.value)}
            for at, (name, fact) in enumerate(reported, 2)
        ],
    )
    for sheet in dataset.contract.sheets:
        frame = dataset[sheet.title]
        rows = frame.index.get_level_values("row")
        numbers = list(map(int, rows)) if rows.is_unique else list(range(2, len(frame) + 2))
        columns = {column.key: _values(frame, column) for column in sheet.columns}
        yield (
            sheet.key,
            [
                {ROW: number, **dict(zip(columns, cells, strict=True))}
                for number, cells in zip(numbers, zip(*columns.values(), strict=True), strict=True)
            ],
        )


def _values(frame: pd.DataFrame, column: Column) -> list[Any]:
    return [_value(cell, column) for cell in frame[column.header]]


def _value(cell: Any, column: Column) -> Any:
    if pd.isna(cell):
        return None
    if column.kind is Kind.DATE:
        return cell.date()
    if column.kind in (Kind.INTEGER, Kind.YEAR):
        return int(cell)
    return {Kind.NUMBER: float, Kind.YES_NO: bool}.get(column.kind, lambda same: same)(cell)

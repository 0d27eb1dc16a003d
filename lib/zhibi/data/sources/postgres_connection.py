"""The address of a PostgreSQL database -> a connection that neither waits for ever nor tells a password."""

from __future__ import annotations

import contextlib
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer

import sqlalchemy as sa

from gongwen.errors import UnreadableFile
from zhibi.workspace.address import Address

WAIT_S = 10  # for a server that does not answer
STATEMENT_S = 45  # for one question; a county of 10,000 branches takes a few seconds a table
SILENCE_S = 5  # more, and a server that could say that its time is over does not answer at all
# a server that is gone without a word (a pulled cable) is given up after some half a minute
_PATIENCE: dict[str, str | int] = {
    "connect_timeout": WAIT_S,
    "keepalives": 1,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}
_REFUSED = ("28P01", "28000")  # password or user
_NO_DATABASE, _NO_RIGHT = "3D000", "42501"
_TOO_LONG = ("57014", "55P03")  # the statement's or the lock's time is over


@contextmanager
def connected(where: Address) -> Iterator[sa.Connection]:
    """A connection, closed afterwards.

    What the server refuses is said in words that hold no password.
    """
    try:
        url = sa.make_url(where.url)
    except (sa.exc.ArgumentError, ValueError):
        raise UnreadableFile(
            where.shown, "数据库地址写法不对", "应写成：postgresql://用户@服务器:5432/数据库"
        ) from None
    if url.get_backend_name() not in ("postgresql", "postgres"):
        raise UnreadableFile(
            where.shown, "只能读 PostgreSQL 数据库", "应写成：postgresql://用户@服务器:5432/数据库"
        )
    url = url.set(drivername="postgresql+psycopg", password=where.password)
    limits = f"-c statement_timeout={STATEMENT_S}s -c lock_timeout={WAIT_S}s"
    waiting = {
        name: value
        for name, value in (_PATIENCE | {"options": limits}).items()
        if name not in url.query
    }
    engine = sa.create_engine(url, poolclass=sa.NullPool, connect_args=waiting)
    try:
        with engine.connect() as connection, _never_silent(engine, connection):
            yield connection
    except sa.exc.DBAPIError as trouble:
        raise UnreadableFile(where.shown, *_reason(trouble, url)) from None
    finally:
        engine.dispose()


@contextmanager
def _never_silent(engine: sa.Engine, connection: sa.Connection) -> Iterator[None]:
    """Cut the line where a question is not answered at all.

    A server that hangs cannot keep its own limit of time.
    """
    line = connection.connection.driver_connection
    assert line is not None  # it has just been opened
    timers: list[Timer] = []

    def asked(*_: object) -> None:
        timers.append(Timer(STATEMENT_S + SILENCE_S, _cut, (line.pgconn.socket,)))
        timers[-1].daemon = True
        timers[-1].start()

    def answered(*_: object) -> None:
        timers.pop().cancel()

    sa.event.listen(engine, "before_cursor_execute", asked)
    sa.event.listen(engine, "after_cursor_execute", answered)
    try:
        yield
    finally:
        for timer in timers:  # of a question that failed
            timer.cancel()


def _cut(descriptor: int) -> None:
    """End a connection from our side; whoever waits for it is told so."""
    with contextlib.suppress(OSError), socket.socket(fileno=os.dup(descriptor)) as line:
        line.shutdown(socket.SHUT_RDWR)


def _reason(trouble: sa.exc.DBAPIError, url: sa.URL) -> tuple[str, str]:
    state = getattr(trouble.orig, "sqlstate", None)
    words = str(trouble.orig)
    if state in _REFUSED or "authentication failed" in words or "no password supplied" in words:
        return (
            f"用户“{url.username or '（没有写）'}”没有通过验证",
            "请核对用户名；密码用环境变量 PGPASSWORD 或 ~/.pgpass 给出。",
        )
    if state == _NO_DATABASE or ("does not exist" in words and "database" in words):
        return f"服务器上没有数据库“{url.database or ''}”", "请核对数据库名，或请管理员建立。"
    if state in _TOO_LONG:
        return (
            f"数据库超过{STATEMENT_S}秒没有给出结果",
            "请管理员查看是不是有视图太慢、有表被锁住，再试一次。",
        )
    if state == _NO_RIGHT:
        return "没有读写这些数据表的权限", "请管理员授权。"
    if state is None:
        return (
            "连接不上数据库服务器，或者读到一半断了",
            "请核对服务器名和端口，确认服务器已经启动、网络通畅。",
        )
    return f"数据库没有完成这个操作（代码{state}）", "请把这个代码告诉数据库管理员。"

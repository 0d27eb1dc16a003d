"""A server that sleeps, hangs or holds a lock: one sentence after a limit of time, never a command that waits for ever."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from server import engine

from dangjian.workbook.contract import CONTRACT
from gongwen.errors import UnreadableFile
from prompt import typed
from zhibi.data.read import open_dataset, read
from zhibi.data.sources import postgres, postgres_connection
from zhibi.workspace.address import address

pytestmark = pytest.mark.slow

SLEEPS = (
    "alter table members rename to old; create view members as select old.* from old, pg_sleep(600)"
)


@pytest.fixture
def filled(database, single, monkeypatch) -> str:
    postgres.load(open_dataset(single, CONTRACT), address(database))
    monkeypatch.setattr(postgres_connection, "STATEMENT_S", 2)
    monkeypatch.setattr(postgres_connection, "SILENCE_S", 1)
    monkeypatch.setattr(postgres_connection, "WAIT_S", 1)
    return database


def ask(url: str, words: str) -> None:
    with engine(url).begin() as connection:
        connection.exec_driver_sql(words)


def refusal(url: str) -> str:
    with pytest.raises(UnreadableFile) as caught:
        read(url, CONTRACT)
    return str(caught.value)


def test_a_view_that_sleeps_is_given_up(filled):
    ask(filled, SLEEPS)

    assert "数据库超过2秒没有给出结果" in refusal(filled)


def test_a_table_that_somebody_has_locked_is_given_up(filled):
    with engine(filled).begin() as connection:
        connection.exec_driver_sql("lock table members in access exclusive mode")
        assert "有表被锁住" in refusal(filled)


@contextmanager
def stopped_in_mid_read(url: str) -> Iterator[None]:
    """The server's process for the reading is halted as soon as it is at work on the members."""
    halted: list[int] = []

    def halt() -> None:
        question = "select pid from pg_stat_activity where query like '%%FROM members%%' and state = 'active' and pid <> pg_backend_pid()"
        with engine(url).connect() as connection:
            for _ in range(200):
                found = connection.exec_driver_sql(question).scalars().all()
                connection.rollback()
                if found:
                    halted.extend(found)
                    os.kill(found[0], signal.SIGSTOP)
                    return
                time.sleep(0.01)

    watcher = threading.Thread(target=halt)
    watcher.start()
    try:
        yield
    finally:
        watcher.join()
        for process in halted:
            os.kill(process, signal.SIGCONT)
        assert halted


def test_a_server_that_stops_answering_in_mid_read_is_given_up(filled):
    ask(filled, SLEEPS)
    with stopped_in_mid_read(filled):
        assert "连接不上数据库服务器，或者读到一半断了" in refusal(filled)


def test_a_server_that_takes_the_call_and_says_nothing_is_given_up(tmp_path, monkeypatch):
    monkeypatch.setitem(postgres_connection._PATIENCE, "connect_timeout", 2)
    import socket

    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        assert "连接不上数据库服务器" in refusal(f"postgresql://u@127.0.0.1:{port}/x")


def test_the_command_ends_with_two_and_shows_no_password(filled, tmp_path):
    ask(filled, "drop table members")
    done = typed("zhibi", "data", "check", f" {filled}&password=geheim", cwd=tmp_path)

    assert done.returncode == 2
    assert "geheim" not in done.stdout + done.stderr


@pytest.mark.parametrize("password", ["a%00b", "%00"])
def test_a_password_with_a_nul_is_a_sentence(tmp_path, password):
    done = typed("zhibi", "data", "check", f"postgresql://u:{password}@127.0.0.1/x", cwd=tmp_path)

    assert done.returncode == 2
    assert "密码里有不能用的字符" in done.stderr


def test_what_is_read_in_time_is_read(filled):
    assert len(open_dataset(filled, CONTRACT)["党员"]) == 10
    assert threading.active_count() < 20

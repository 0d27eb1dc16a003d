"""A reading kept by a process of its own: it answers, it is replaced when it is killed, and no report can ask it.

Run in processes without threads, as the program is; pytest has some.
"""

import os
import subprocess
import sys
import textwrap

from zhibi.startup.threads import QUIET

GROUND = """
import os, signal, sys, time
from pathlib import Path
from zhibi.batch.workers import data_server as keeper
from zhibi.engines.fork import limits as confine, process as child
from zhibi.engines.engine import Limits
from gongwen.errors import InvalidInput, SourceLost, UnknownName

read = Path(sys.argv[1])
def reading():
    with read.open("a") as told: told.write(f"{os.getpid()}\\n")
    def answer(name):
        if name == "无": raise UnknownName("组织代码", name, ("B001",))
        if name == "死": os.kill(os.getpid(), signal.SIGKILL)
        return {"大": name.encode() * 100_000, "谁": os.getpid()}
    return "知道的", answer
def readers(): return [int(line) for line in read.read_text().split()]
def lives(pid): return Path(f"/proc/{pid}").exists()
assert confine.threads() == 1
"""


def holds(program, tmp_path):
    code = GROUND + textwrap.dedent(program)
    command, surroundings = (
        [sys.executable, "-c", code, tmp_path / "readers"],
        {**os.environ, **QUIET},
    )
    done = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_another_process_reads_once_answers_and_ends_with_the_context(tmp_path):
    holds(
        """
        with keeper.kept(reading) as (known, told):
            assert known == "知道的"
            first, second = told("甲"), told("乙")
            assert (first["大"], second["大"]) == ("甲".encode() * 100_000, "乙".encode() * 100_000)
            assert readers() == [first["谁"]] and first["谁"] == second["谁"] != os.getpid()
            assert lives(first["谁"])
        assert not lives(first["谁"])
        """,
        tmp_path,
    )


def test_one_that_is_killed_is_replaced(tmp_path):
    holds(
        """
        with keeper.kept(reading) as (_, told):
            before = told("甲")["谁"]
            os.kill(before, signal.SIGKILL)
            assert told("乙")["谁"] not in {before, os.getpid()}
        assert len(readers()) == 2 and not any(map(lives, readers()))
        """,
        tmp_path,
    )


def test_one_that_is_killed_each_time_is_told(tmp_path):
    holds(
        """
        try:
            with keeper.kept(reading) as (_, told): told("死")
        except SourceLost as lost:
            assert "内存" in str(lost)
        else:
            raise AssertionError
        assert len(readers()) == 4 and not any(map(lives, readers()))
        """,
        tmp_path,
    )


def test_where_threads_have_started_since_no_other_can_be_made(tmp_path):
    holds(
        """
        import threading
        try:
            with keeper.kept(reading) as (_, told):
                threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
                assert told("甲")["谁"] == readers()[0]
                os.kill(readers()[0], signal.SIGKILL)
                told("乙")
        except SourceLost:
            assert len(readers()) == 1
        else:
            raise AssertionError
        """,
        tmp_path,
    )


def test_what_an_answer_raises_arrives(tmp_path):
    holds(
        """
        try:
            with keeper.kept(reading) as (_, told): told("无")
        except UnknownName as fault:
            assert "B001" in str(fault)
        else:
            raise AssertionError
        """,
        tmp_path,
    )


def test_what_the_reading_raises_arrives(tmp_path):
    holds(
        """
        def broken(): raise InvalidInput("县.xlsx", [])
        try:
            with keeper.kept(broken): pass
        except InvalidInput as fault:
            assert fault.subject == "县.xlsx"
        else:
            raise AssertionError
        """,
        tmp_path,
    )


def test_the_process_of_a_report_cannot_ask(tmp_path):
    holds(
        """
        def asks(line):
            reached = []
            for number in {*range(3, 64)} - {line._descriptor}:
                try: os.write(number, b"x" * 8)
                except OSError: continue
                reached.append(number)
            return reached
        with keeper.kept(reading) as (_, told):
            made = child.start(asks, Limits())
            while (ended := made.poll()) is None: child.wait([made], 0.2)
            assert ended.value == [], ended
            assert told("甲")["大"] == "甲".encode() * 100_000
        """,
        tmp_path,
    )


def test_an_interrupt_ends_it(tmp_path):
    holds(
        """
        try:
            with keeper.kept(reading) as (_, told):
                os.kill(os.getpid(), signal.SIGINT); time.sleep(5)
        except KeyboardInterrupt:
            pass
        assert not any(map(lives, readers()))
        """,
        tmp_path,
    )


def test_a_process_with_threads_reads_itself(tmp_path):
    holds(
        """
        import threading
        threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
        with keeper.kept(reading) as (known, told):
            assert (known, told("甲")["谁"]) == ("知道的", os.getpid())
        """,
        tmp_path,
    )

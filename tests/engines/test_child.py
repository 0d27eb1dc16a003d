"""Work in a child process: its value comes back, or a word about how it died; nothing of it is left behind.

The facts are seen from a process of their own: the one that runs the tests may have threads and must not fork.
"""

from __future__ import annotations

import os
import sys

import pytest

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")


def test_a_value_comes_back_and_what_was_told_on_the_way_in_order(holds):
    holds("""
        def work(line):
            line.step("一"); line.keep("x" * 3_000_000); line.step("二")
            return {"pid": os.getpid()}
        told = []
        ended = of(work, told)
        assert isinstance(ended, Returned) and ended.value["pid"] != os.getpid()
        assert [len(each) for each in told] == [1, 3_000_000, 1] and told[0] == "一"
    """)


def test_an_interrupt_that_comes_while_it_forks_is_not_lost(holds):
    holds("""
        import signal
        signal.signal(signal.SIGINT, signal.default_int_handler)
        begun = []
        def interrupted(): os.kill(begun.append(os.getpid()) or os.getpid(), signal.SIGINT)
        os.register_at_fork(after_in_parent=interrupted)
        try:
            child.start(lambda line: time.sleep(60), Limits(60, 60))
            raise AssertionError("it was lost")
        except KeyboardInterrupt:
            assert begun and signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())
            assert not os.path.exists(f"/proc/{os.getpid()}/task/{os.getpid()}/children") or not open(
                f"/proc/{os.getpid()}/task/{os.getpid()}/children").read()
    """)


def test_what_work_raises_comes_back_as_it_was_if_it_can_travel(holds):
    holds("""
        from gongwen.errors import UnreadableFile
        class Local(Exception):
            def __reduce__(self): raise TypeError
        def ours(line): raise UnreadableFile("a.xlsx", "坏了", "请重来。")
        def other(line): raise Local("走不了")
        error = of(ours).error
        assert isinstance(error, UnreadableFile) and str(error) == "a.xlsx：坏了。请重来。"
        assert str(of(other).error) == "Local: 走不了"
    """)


@pytest.mark.parametrize(
    ("work", "cause", "code", "message"),
    [
        ("os._exit(0)", "EXIT", 0, "内核意外退出（代码 0）"),
        ("os.kill(os.getpid(), 9)", "SIGNAL", -9, "内核被系统强行结束"),
        ("import ctypes; ctypes.string_at(0)", "SIGNAL", -11, "内核意外退出（代码 -11）"),
        ("line.send(b'?', 'no message of ours'); time.sleep(9)", "EXIT", -9, "内核被系统强行结束"),
    ],
)
def test_a_death_is_told_with_its_cause(holds, work, cause, code, message):
    holds(f"""
        def work(line): {work}
        ended = of(work)
        assert ended == Died(Cause.{cause}, {code}), ended
        assert {message!r} in trouble.of_death(ended, Limits())
    """)


def test_an_interrupt_while_a_child_is_buried_does_not_bury_it_twice(holds):
    holds("""
        held = child.start(lambda line: 7, Limits())
        clear = confine.clear
        def interrupted(scratch): raise KeyboardInterrupt
        confine.clear = interrupted
        try:
            while held.poll() is None: pass
            assert False
        except KeyboardInterrupt:
            pass
        confine.clear = clear
        assert held.poll() == Returned(7)
    """)


def test_time_is_limited_for_a_step_and_for_the_whole(holds):
    holds("""
        def hangs(line):
            import signal
            signal.signal(signal.SIGINT, signal.SIG_IGN); signal.signal(signal.SIGTERM, signal.SIG_IGN)
            while True: pass
        def steps(line):
            while True: line.step(0); time.sleep(0.1)
        assert of(hangs, cell_s=0.5).cause is Cause.CELL_TIME
        assert of(steps, cell_s=0.5, run_s=1).cause is Cause.RUN_TIME
    """)


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited on Linux only")
def test_memory_is_limited_for_arrays_and_for_memory_files(holds):
    holds("""
        import mmap
        def arrays(line): return bytearray(4 << 30)
        def files(line):
            kept = []
            while True:
                kept.append(mmap.mmap(-1, 50_000_000)); kept[-1].write(b"x" * 50_000_000)
        assert isinstance(of(arrays).error, MemoryError)
        assert of(files, memory_bytes=300_000_000).cause is Cause.MEMORY
    """)


@pytest.mark.skipif(sys.platform != "linux", reason="finds what left its group on Linux only")
def test_nothing_a_child_started_outlives_it(holds):
    holds("""
        import subprocess
        def starts(line):
            gone = subprocess.Popen(["setsid", "sleep", "60"])
            own = subprocess.Popen(["sleep", "60"])
            subprocess.run("sleep 60 & echo", shell=True)
            line.keep((gone.pid, own.pid))
            time.sleep(0.2)
            return [int(each) for each in open(f"/proc/self/task/{os.getpid()}/children").read().split()]
        def hangs(line): starts(line); time.sleep(60)
        for work in (starts, hangs):
            told = []
            ended = of(work, told, cell_s=1)
            pids = {*told[0], *(ended.value if isinstance(ended, Returned) else ())}
            for _ in range(50):
                alive = [pid for pid in pids if os.path.exists(f"/proc/{pid}")
                         and open(f"/proc/{pid}/stat").read().rpartition(")")[2].split()[0] != "Z"]
                if not alive: break
                time.sleep(0.1)
            assert len(pids) >= 2 and not alive, (pids, alive)
    """)


def test_a_child_has_a_folder_of_its_own_which_goes_with_it(holds):
    holds("""
        def work(line):
            open(os.path.join(tempfile.gettempdir(), "x"), "w").close()
            return tempfile.gettempdir()
        first, second = of(work).value, of(work).value
        assert first != second and not os.path.exists(first) and not os.path.exists(second)
    """)


def test_children_do_not_share_their_dice(holds):
    holds("""
        import numpy
        def work(line): return random.random(), numpy.random.random()
        (a, b), (c, d) = of(work).value, of(work).value
        assert a != c and b != d
    """)


def test_a_child_cannot_be_spoken_to_and_says_nothing(holds):
    holds("""
        import io
        def work(line):
            os.write(1, b"out"); os.write(2, b"err")
            return os.read(0, 1)
        ours, theirs = os.pipe(); os.dup2(theirs, 1); os.dup2(theirs, 2); os.close(theirs)
        value = of(work).value
        os.dup2(os.open(os.devnull, os.O_RDWR), 1); os.dup2(1, 2)
        assert value == b"" and os.read(ours, 9) == b""
    """)


def test_many_are_watched_at_once_and_each_keeps_its_own_end(holds):
    holds("""
        def work(number):
            def do(line):
                if number % 5 == 4: os._exit(number)
                time.sleep(0.2)
                return number
            return do
        children = [child.start(work(number), Limits()) for number in range(10)]
        began, ends = time.monotonic(), {}
        while len(ends) < 10:
            child.wait([each for n, each in enumerate(children) if n not in ends], 1)
            ends |= {n: end for n, each in enumerate(children) if (end := each.poll()) is not None}
        assert [ends[n].value for n in (0, 1, 2, 3, 5, 6, 7, 8)] == [0, 1, 2, 3, 5, 6, 7, 8]
        assert (ends[4].code, ends[9].code) == (4, 9)
    """)


@pytest.mark.skipif(sys.platform != "linux", reason="tied to the parent on Linux only")
def test_a_child_dies_with_its_parent(holds):
    holds("""
        import subprocess
        program = (
            "from zhibi.engines.fork import process as child; from zhibi.engines.engine import Limits; import time, os, sys\\n"
            "held = child.start(lambda line: time.sleep(60), Limits())\\n"
            "print(held.pid, held.scratch, flush=True); os.kill(os.getpid(), 9)"
        )
        pid, scratch = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True).stdout.split()
        for _ in range(50):
            if not os.path.exists(f"/proc/{pid}"): break
            time.sleep(0.1)
        else:
            assert open(f"/proc/{pid}/stat").read().rpartition(")")[2].split()[0] == "Z"
        os.rmdir(scratch)
    """)

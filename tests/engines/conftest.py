"""A clean process, without threads, in which programs that fork are run: `holds(program)`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from zhibi.engines.fork import client as fork_client
from zhibi.startup.threads import quiet

sys.path.append(str(Path(__file__).parents[1] / "running"))  # notebooks for tests

GROUND = """
import json, os, sys, time, tempfile, threading, random, traceback
from zhibi.engines.fork import engine as disposable, limits as confine, process as child
from zhibi.engines import error_text as trouble
from zhibi.engines.fork.channel import Cause, Died, Raised, Returned
from zhibi.engines.engine import Limits

def of(work, told=None, **limits):
    limits = Limits(**{"cell_s": 20, "run_s": 30, "memory_bytes": 1 << 30, **limits})
    return child.finish(child.start(work, limits), (told if told is not None else []).append)

for line in sys.stdin:
    says, answer = os.pipe()
    if not (pid := os.fork()):
        fault = ""
        try:
            exec(json.loads(line), globals())
        except BaseException:
            fault = traceback.format_exc()
        os.write(answer, fault.encode()[-60_000:])
        os._exit(0)
    os.close(answer)
    fault = b"".join(iter(lambda: os.read(says, 65536), b""))
    os.close(says); os.waitpid(pid, 0)
    print(json.dumps(fault.decode()), flush=True)
"""


@pytest.fixture(scope="session")
def ground():
    with subprocess.Popen(
        [sys.executable, "-c", GROUND],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=quiet(os.environ),
    ) as process:
        yield process
        process.stdin.close()


@pytest.fixture
def holds(ground):
    def run(program: str) -> None:
        ground.stdin.write(json.dumps(textwrap.dedent(program)) + "\n")
        ground.stdin.flush()
        fault = json.loads(ground.stdout.readline())
        assert not fault, fault

    return run


@pytest.fixture(scope="session", autouse=True)
def _helpers_end_with_the_tests():
    yield
    fork_client.close_all()

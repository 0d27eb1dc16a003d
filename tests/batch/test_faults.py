"""Whatever dies, hangs, fills up or is taken away: no document is lost and none is half-written. Real processes only."""

from __future__ import annotations

import contextlib
import json
import random
import shutil
import subprocess
import sys
import time
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from small_county import (
    CODES,
    batch,
    below,
    documents,
    finish,
    kill,
    litter,
    start,
    until,
    workspace,
)

from gongwen.errors import OutputBlocked
from zhibi.batch.ledger import Ledger, Reading
from zhibi.batch.lock import locked
from zhibi.batch.request import Result, Shard, State

pytestmark = [
    pytest.mark.kernel,
    pytest.mark.skipif(sys.platform != "linux", reason="kills processes it finds under /proc"),
    pytest.mark.timeout(600),
]
MADE = "outputs/总结/2026/小县"
SLOW = dict.fromkeys(CODES, "time.sleep(0.4)")


@pytest.fixture(scope="module")
def slow(tmp_path_factory) -> Path:
    """A workspace whose reports take their time, so that there is a middle to be killed in."""
    return workspace(tmp_path_factory.mktemp("慢") / "工作区", mischief=SLOW)


@pytest.fixture(scope="module")
def reference(slow) -> dict[str, bytes]:
    """The documents of a batch to which nothing happened."""
    code, said = batch(slow, "--out", "outputs/好")
    assert (code, len(said["made"])) == (0, len(CODES))
    return documents(slow / "outputs/好")


WILD = {
    "B001": "os._exit(3)",
    "B002": "ctypes.string_at(0)",
    "B003": "while True: pass",
    "B004": "bytearray(10 * 2**30)",
    "B005": "sys.exit(0)",
    "B006": "1 / 0",
}


@pytest.fixture(scope="module")
def wild(tmp_path_factory) -> tuple[Path, int, dict]:
    """A batch in which six of eight notebooks misbehave, and the workbook is changed under way."""
    place = workspace(tmp_path_factory.mktemp("坏") / "工作区", mischief=WILD)
    running = start(place, "--cell-timeout", "8")
    until((place / MADE / "账本.jsonl").exists)
    book = place / "data/县.xlsx"
    book.write_bytes(book.read_bytes() + b"\0")
    return (place, *finish(running))


def test_a_notebook_that_kills_its_process_costs_one_report(wild):
    place, code, said = wild

    assert code == 1
    assert said["made"] == ["B007", "B008"]
    assert [each["org"] for each in said["failed"]] == list(WILD)
    assert sorted(documents(place / MADE)) == ["B007", "B008"]
    assert litter(place / MADE) == []


def test_each_failure_is_told_in_words(wild):
    message = {each["org"]: each["message"] for each in wild[2]["failed"]}
    expected = {
        "B001": "意外退出", "B002": "意外退出", "B003": "超过8秒", "B004": "内存", "B005": "没有运行", "B006": "除数为零",
    }  # fmt: skip

    assert {org: word for org, word in expected.items() if word not in message[org]} == {}, message


def test_a_workbook_changed_meanwhile_is_noticed(wild):
    assert wild[2]["changed_meanwhile"] is True


def test_a_second_batch_on_the_same_folder_is_refused_while_the_first_runs(slow):
    out = slow / "outputs/占"
    out.mkdir()
    with locked(out, Shard()):
        code, said = batch(slow, "--out", "outputs/占")

    assert code == 2
    assert "另一个批次正在往这个文件夹里写" in said["error"]["message"]
    assert documents(out) == {}


def test_workers_and_the_keeper_killed_at_twenty_random_moments_lose_nothing(slow, reference):
    chance, kills, out = random.Random(20), 0, slow / "outputs/杀"
    for _ in range(20):
        running = start(slow, "--out", "outputs/杀")
        while running.poll() is None and kills < 20:
            time.sleep(chance.uniform(0.02, 0.5))
            found = below(running.pid)
            kills += bool(found) and kill(chance.choice(found))
            assert set(documents(out).items()) <= set(reference.items())
        code, said = finish(running)
        if "error" in said:  # the keeper was killed each time it read
            assert "再运行一次接着做" in said["error"]["message"]
            continue
        if said["failed"] or said["left"]:
            continue
        if kills >= 20:
            break
        shutil.rmtree(out)  # all is made: once more, until it was killed often enough

    assert kills == 20
    assert (code, said.get("failed")) == (0, [])
    assert documents(out) == reference
    assert litter(out) == []


def test_a_batch_whose_parent_is_killed_is_taken_up_where_it_stood(slow, reference):
    out = slow / "outputs/断"
    running = start(slow, "--out", "outputs/断")
    until(lambda: len(documents(out)) >= 3)  # with two workers, one of three is on record
    orphans = below(running.pid)
    kill(running.pid)
    running.communicate()
    until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in orphans), 10)
    kept = documents(out)
    code, said = batch(slow, "--out", "outputs/断")

    assert set(kept.items()) <= set(reference.items())
    assert code == 0
    assert 0 < len(said["made"]) <= len(CODES) - 1
    assert documents(out) == reference
    assert litter(out) == []


def test_an_interrupt_stops_cleanly(slow, reference):
    out = slow / "outputs/停"
    running = start(slow, "--out", "outputs/停")
    until(lambda: documents(out))
    running.send_signal(2)
    code, said = finish(running)

    assert (code, said["error"]["kind"]) == (130, "Interrupted")
    assert "再运行一次" in said["error"]["message"]
    assert set(documents(out).items()) <= set(reference.items())
    assert litter(out) == []


STUCK = """
import os, signal, sys, time
from pathlib import Path
from gongwen.atomic_files import file_set
from zhibi.report import outputs
from zhibi.doors.cli import main
signal.signal(signal.SIGINT, signal.default_int_handler)
true_replace, true_exchange, parent = Path.replace, file_set.exchange, os.getpid()
def stuck(target):
    if os.getpid() != parent:
        (target.parent / "amid").touch()
        time.sleep(3600)
def replace(path, target):
    if Path(target).name == outputs.PROVENANCE:
        stuck(Path(target).parent)
    return true_replace(path, target)
def exchange(one, other):
    stuck(other)
    return true_exchange(one, other)
if sys.argv.pop(1) == "one by one":
    file_set.possible, Path.replace = lambda: False, replace
file_set.exchange = exchange
sys.exit(main())
"""


@pytest.mark.parametrize(("how", "made"), [("at once", []), ("one by one", ["B001"])])
def test_an_interrupt_amid_saving_leaves_the_whole_report_or_none(slow, reference, how, made):
    out = slow / f"outputs/存{len(made)}"
    words = ["batch", "总结", "--out", str(out.relative_to(slow)), "--only", "B001"]
    running = subprocess.Popen(
        [sys.executable, "-c", STUCK, how, *words],
        cwd=slow,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    until((out / "amid").exists)
    assert len(litter(out)) == 1
    running.send_signal(2)

    assert running.wait(60) == 130
    assert litter(out) == []
    assert documents(out) == {code: reference[code] for code in made}
    assert len(list((out / "B001").iterdir())) == 4 * len(made)


@contextlib.contextmanager
def mounted(folder: Path, size: str):
    """A small disk of its own at the folder; only the root user can make one."""
    folder.mkdir(parents=True)
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder],
        check=False,
        capture_output=True,
    )
    if made.returncode:
        pytest.skip("no right to mount a small disk")
    try:
        yield
    finally:
        subprocess.run(["umount", folder], check=True)


def test_a_full_disk_leaves_whole_documents_and_is_made_up_for_later(slow, reference):
    out = slow / "outputs/满"
    with mounted(out, "150k"):
        code, said = batch(slow, "--out", "outputs/满")
        full = documents(out)
        words = json.dumps(said, ensure_ascii=False)
        subprocess.run(["mount", "-o", "remount,size=32m", out], check=True)
        again, _ = batch(slow, "--out", "outputs/满")
        after, left = documents(out), litter(out)

    assert code in {1, 2}
    assert "磁盘空间不足" in words
    assert set(full.items()) < set(reference.items())
    assert (again, after, left) == (0, reference, [])


def test_a_folder_that_cannot_be_written_is_told_before_anything_runs(slow):
    out = slow / "outputs/读"
    with mounted(out, "1m"):
        subprocess.run(["mount", "-o", "remount,ro", out], check=True)
        code, said = batch(slow, "--out", "outputs/读")

    assert code == 2
    assert "只读" in said["error"]["message"]


def test_a_clock_set_back_changes_nothing(tmp_path):
    now = datetime(2026, 11, 30, tzinfo=UTC)
    path = tmp_path / "账本.jsonl"
    ledger = Ledger(path)
    ledger.end("B001", {"slice": "old"}, Result(State.FAILED), 1, now)
    ledger.end("B001", {"slice": "new"}, Result(State.DONE), 1, now - timedelta(days=900))
    ledger.close()

    assert Reading(path.read_bytes()).entries["B001"].key == {"slice": "new"}


def test_a_torn_last_line_is_as_if_it_had_not_been_written(tmp_path):
    now, path = datetime(2026, 11, 30, tzinfo=UTC), tmp_path / "账本.jsonl"
    ledger = Ledger(path)
    ledger.end("B001", {"slice": "1"}, Result(State.DONE), 1, now)
    whole = path.read_bytes()
    ledger.end("B002", {"slice": "2"}, Result(State.DONE), 1, now)
    ledger.close()
    for cut in range(len(whole), path.stat().st_size):
        torn = tmp_path / "torn.jsonl"
        torn.write_bytes(path.read_bytes()[:cut])
        again = Ledger(torn)
        again.end("B003", {"slice": "3"}, Result(State.DONE), 1, now)
        again.close()
        assert sorted(set(Reading(torn.read_bytes()).entries) - {"B002"}) == ["B001", "B003"]


def test_shards_share_a_folder_and_a_whole_batch_has_it_alone(tmp_path, monkeypatch):
    monkeypatch.setattr("zhibi.batch.lock.PATIENCE_S", 0.0)
    with locked(tmp_path, Shard(1, 2)), locked(tmp_path, Shard(2, 2)):
        for taken in (Shard(), Shard(1, 2)):
            with pytest.raises(OutputBlocked, match="另一个批次"), locked(tmp_path, taken):
                pass
    with locked(tmp_path, Shard()):
        pass


def test_every_document_is_a_whole_word_file(slow, reference):
    for content in reference.values():
        path = slow / "whole.docx"
        path.write_bytes(content)
        with zipfile.ZipFile(path) as package:
            assert package.testzip() is None
    assert any((slow / "outputs/.zhibi/cache").iterdir())

"""A real scheduler and two workers, one of them killed in the middle: complete, and the same as at home."""

from __future__ import annotations

import json
import socket
import sys
from datetime import UTC
from pathlib import Path

import pytest
from small_county import CODES, batch, below, documents, finish, kill, start, until, workspace

import prompt

pytest.importorskip("distributed")
pytestmark = [
    pytest.mark.kernel,
    pytest.mark.timeout(600),
    pytest.mark.skipif(sys.platform != "linux", reason="kills processes it finds under /proc"),
]
SLOW = dict.fromkeys(CODES, "time.sleep(0.3)")


@pytest.fixture
def cluster(tmp_path):
    """The address of a scheduler, and its two workers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    worker = ("dask-worker", address, "--nthreads", "1", "--no-dashboard", "--no-nanny")
    scheduler = prompt.start("dask-scheduler", "--no-dashboard", "--host", address, cwd=tmp_path)
    workers = [prompt.start(*worker, cwd=tmp_path) for _ in range(2)]
    try:
        yield address, workers
    finally:
        for process in (*workers, scheduler):
            for pid in [*below(process.pid), process.pid]:
                kill(pid)
            process.communicate()


def test_a_batch_on_a_cluster_survives_a_worker_and_gives_the_same_documents(tmp_path, cluster):
    address, workers = cluster
    place = workspace(tmp_path / "工作区", mischief=SLOW)
    shared = f"file://{tmp_path}/共享"
    running = start(place, "--cluster", address, "--shared", shared, "--out", "outputs/集群")
    until(lambda: documents(place / "outputs/集群"), 200)
    for pid in [*below(workers[0].pid), workers[0].pid]:
        kill(pid)
    code, said = finish(running)
    at_home, _ = batch(place, "--out", "outputs/本机")
    made, home = documents(place / "outputs/集群"), documents(place / "outputs/本机")

    assert (code, said["failed"], at_home) == (0, [], 0), said
    assert len(made) == len(CODES)
    assert made == home
    assert _provenance(place / "outputs/集群") == _provenance(place / "outputs/本机")
    assert [
        path.name
        for path in (tmp_path / "共享").iterdir()
        if not path.name.startswith("workspace-")
    ] == []


def test_a_cluster_that_does_not_answer_is_told_in_words(tmp_path, monkeypatch):
    from datetime import datetime

    from zhibi.batch.request import BatchRequest
    from zhibi.batch.workers import cluster as clusters
    from zhibi.report.request import Request

    monkeypatch.setattr(clusters, "CONNECT_S", 1)
    place = workspace(tmp_path / "工作区")
    request = BatchRequest(Request("总结", place, datetime(2026, 12, 1, tzinfo=UTC)))

    with (
        pytest.raises(clusters.Unreachable, match="连不上集群"),
        clusters.connected("tcp://127.0.0.1:9", "", request),
    ):
        pass


def _provenance(folder: Path) -> dict[str, bytes]:
    return {path.parent.name: path.read_bytes() for path in folder.glob("*/数据出处.xlsx")}


def test_parcels_are_whole_and_come_back(tmp_path):
    from zhibi.batch.workers.cluster import drop, get, put, unpack, zipped

    files = {"content.json": json.dumps({"甲": 1}).encode(), "a/党员.arrow": b"\0\1"}
    put(f"file://{tmp_path}/共享/x.zip", zipped(files))
    unpack(get(f"file://{tmp_path}/共享/x.zip"), tmp_path / "here")
    drop(f"file://{tmp_path}/共享/x.zip")

    assert {name: (tmp_path / "here" / name).read_bytes() for name in files} == files
    assert list((tmp_path / "共享").iterdir()) == []

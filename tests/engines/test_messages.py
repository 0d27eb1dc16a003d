"""What a child tells its parent is data: values come back as they were, and bytes of any other kind make nothing."""

from __future__ import annotations

import json
import os
import pickle
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbformat.notebooknode import NotebookNode

from gongwen.document import Paragraph, Text, codec
from gongwen.errors import InvalidInput, UnreadableFile
from gongwen.findings import Finding, Level, Location
from zhibi.batch.request import File, Result, State
from zhibi.batch.workers.executors import judged
from zhibi.engines.fork import messages
from zhibi.engines.fork.channel import ERROR, VALUE, Cause, Died, Raised, Returned, end

FINDING = Finding("V20", Level.ERROR, Location("县.xlsx", "党员", "B3"), "有“{手机号}”", "%s")
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**30), 10**30) | st.floats(allow_nan=False) | st.text() | st.binary(),
    lambda inner: st.lists(inner) | st.tuples(inner, inner) | st.dictionaries(st.text() | st.integers(), inner),
    max_leaves=12,
)  # fmt: skip


@given(PLAIN)
def test_plain_values_come_back_as_they_were(value: object) -> None:
    assert messages.loads(messages.dumps(value)) == value


@pytest.mark.parametrize(
    "value",
    [
        Result(State.DONE, {"报告.docx": File(3, 4, "ab")}, (FINDING,), 7, edited=("报告-改动稿-1.docx",)),
        Died(Cause.MEMORY, -9),
        {3: NotebookNode(cell_type="code", outputs=[NotebookNode(text="甲\ud800")])},
        frozenset({"甲"}),
        Path("outputs"),
        Decimal("1.20"),
    ],
)  # fmt: skip
def test_values_of_ours_come_back_as_they_were(value: object) -> None:
    back = messages.loads(messages.dumps(value))
    assert back == value
    assert type(back) is type(value)


def test_what_a_cell_shows_comes_back_as_plain_json() -> None:
    shown = codec.dump([Paragraph((Text("共有12名党员"),))], {})
    back = messages.loads(messages.dumps(NotebookNode(data={codec.MIME: shown})))
    assert back == NotebookNode(data={codec.MIME: dict(shown)})
    assert type(back.data[codec.MIME]) is dict
    assert codec.load(back.data[codec.MIME]) == codec.load(shown)


def test_what_a_cell_made_of_it_and_no_json_holds_cannot_be_told() -> None:
    shown = codec.Dumped({"version": 1, "blocks": [object()]}, ((), {}))
    with pytest.raises(messages.NoMessage):
        messages.dumps(shown)


def test_errors_of_ours_come_back_with_their_sentence() -> None:
    for error in (
        InvalidInput("县.xlsx", (FINDING,)),
        UnreadableFile("甲", "乙", "丙"),
        ValueError("x"),
    ):
        back = messages.loads(messages.dumps(error))
        assert (type(back), str(back)) == (type(error), str(error))


class Evil:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, ("touch /nowhere/at/all",)


def told(kind: str, name: str, value: object) -> bytes:
    return json.dumps({"k": kind, "c": name, "v": value, "m": {"k": "map", "v": []}}).encode()


HOSTILE = [
    pickle.dumps(Evil()),
    told("error", "os:system", ["id"]),
    told("data", "os:system", {"k": "map", "v": []}),
    told("error", "builtins:eval", ["1+1"]),
    told("error", "builtins:SystemExit", [0]),
    told("data", "subprocess:Popen", {"k": "map", "v": []}),
    told("data", "zhibi.engines.fork.messages:Path", {"k": "map", "v": []}),
    told("data", "gongwen.findings:Finding.__init__", {"k": "map", "v": []}),
    told("data", "gongwen.findings:Finding", {"k": "map", "v": []}),
    told("enum", "gongwen.findings:Level", "无"),
    told("data", "zhibi.nothing:Nothing", {"k": "map", "v": []}),
    b"[" * 100_000,
    b'{"k":"map","v":[[[],1]]}',
    b"\xff\xfe",
    b"",
    b"1" * 10_000,
]


@pytest.mark.parametrize("content", HOSTILE, ids=range(len(HOSTILE)))
def test_bytes_that_nobody_of_ours_sends_make_nothing(content: bytes) -> None:
    with pytest.raises(messages.NoMessage):
        messages.loads(content)
    assert isinstance(end(VALUE, content), Raised)
    assert isinstance(end(ERROR, content), Raised)


def test_a_report_that_is_said_to_be_done_without_its_file_is_a_failure() -> None:
    assert judged(Returned(Result(State.DONE))).state is State.FAILED
    assert judged(Returned({"state": "完成"})).state is State.FAILED
    kept = Result(State.DONE, {"报告.docx": File(3, 4, "ab")})
    assert judged(Returned(kept)) == kept

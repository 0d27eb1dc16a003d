"""Random junk in random cells -> findings or a ReportError, never anything else."""

from __future__ import annotations

import datetime as dt
import io
import tempfile
from pathlib import Path

import openpyxl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from workbooks import workbook

from dangjian.workbook.contract import CONTRACT
from gongwen.errors import ReportError
from zhibi.data.contract import Column, Kind
from zhibi.data.read import read
from zhibi.data.reading.cells import parse
from zhibi.data.reading.columns import read_column
from zhibi.data.writing.annotate import mark

TITLES = ["设置", *(sheet.title for sheet in CONTRACT.sheets)]
WORDS = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), max_size=12
)
JUNK = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**18), 10**18), st.floats(allow_nan=False, allow_infinity=False), WORDS,
    st.sampled_from(["", " ", "#REF!", "=A1", "B001", "M0001", "2026-02-30", "34人", "９", "是", "13800138000", "党小组", "0", "１９２１年1月1日"]),
    st.dates(dt.date(1900, 3, 1), dt.date(9999, 1, 1)),
)  # fmt: skip
SPOTS = st.tuples(st.sampled_from(TITLES), st.integers(1, 5), st.integers(1, 24), JUNK)


def template_bytes() -> bytes:
    target = io.BytesIO()
    workbook().save(target)
    return target.getvalue()


SOUND = template_bytes()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(SPOTS, min_size=1, max_size=12))
def test_junk_is_only_ever_a_finding(spots: list[tuple[str, int, int, object]]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(SOUND))
    for title, row, column, value in spots:
        book[title].cell(row, column).value = value
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "县.xlsx"
        book.save(path)
        try:
            dataset, findings = read(path, CONTRACT)
        except ReportError:
            return
        assert (dataset is None) == any(f.level == "错误" for f in findings)
        assert mark(path, findings)


RAW = st.one_of(
    st.booleans(), st.integers(-(10**18), 10**18), st.floats(allow_nan=False), WORDS, st.dates(), st.datetimes(), st.times(),
    st.timedeltas(),
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(list(Kind)), st.lists(RAW, max_size=6), st.booleans())
def test_the_fast_way_and_the_patient_way_agree(
    kind: Kind, cells: list[object], textual: bool
) -> None:
    column = Column("x", "列", kind, choices=("是", "否"))
    reading = read_column(cells, column, textual=textual)
    slowly = [parse(cell, column, textual=textual) for cell in cells]
    assert [p in reading.bad for p in range(len(cells))] == [one.bad for one in slowly]
    assert [bool(blank) for blank in reading.blank] == [one.value is None for one in slowly]
    assert [issue for _, issue in reading.issues] == [one.issue for one in slowly if one.issue]

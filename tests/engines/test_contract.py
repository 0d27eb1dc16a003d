"""Whatever runs a notebook shows the same, cell by cell: plain papermill is the measure of all engines."""

from __future__ import annotations

import pickle
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from contract import TOPICS, told
from notebooks import book, code

from zhibi.engines import Limits, Papermill, Zhibi
from zhibi.engines.fork.engine import StartMethod

pytestmark = pytest.mark.kernel
LIMITS = Limits(cell_s=60, run_s=120, memory_bytes=4 << 30)
EVERYTHING = [
    code(source, *(["raises-exception"] if topic == "errors" else []))
    for topic, sources in TOPICS.items()
    for source in sources
]
PARAMETERS = {
    "text": "中文\n\"'\\",
    "number": 1.5,
    "none": None,
    "yes": True,
    "nested": {"键": [1, {"二": []}]},
}
ODD = {"day": date(2026, 1, 2), "money": Decimal("1.10"), "pair": (1, "二")}


class ForkedHere:
    """The engine in a process that has no threads, where it forks without a helper."""

    name = "zhibi"

    def __init__(self, holds, folder, before="pass"):
        self._holds, self._folder, self._before = holds, folder, before

    def run(self, notebook, parameters, **options):
        asked, answered = self._folder / "asked", self._folder / "answered"
        asked.write_bytes(pickle.dumps((notebook, parameters, options)))
        self._holds(f"""
            import pickle
            from zhibi.engines.fork.engine import StartMethod, Zhibi, best_way
            notebook, parameters, options = pickle.load(open({str(asked)!r}, "rb"))
            {self._before}
            assert best_way() is StartMethod.FORK
            pickle.dump(Zhibi().run(notebook, parameters, **options), open({str(answered)!r}, "wb"))
        """)
        return pickle.loads(answered.read_bytes())


REHEARSED = "from zhibi.warm_up import rehearsal; rehearsal.rehearse(notebook)"


@pytest.fixture(params=["here", "rehearsed", "helper", "fresh"])
def engine(request, tmp_path):
    if request.param == "rehearsed":
        return ForkedHere(request.getfixturevalue("holds"), tmp_path, REHEARSED)
    if request.param == "here":
        return ForkedHere(request.getfixturevalue("holds"), tmp_path)
    return Zhibi(StartMethod.FORK_SERVER if request.param == "helper" else StartMethod.SPAWN)


@pytest.fixture(params=[StartMethod.FORK_SERVER, StartMethod.SPAWN])
def way(request):
    return request.param


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    folder = tmp_path_factory.mktemp("中文 路径") / "第一 党支部"
    folder.mkdir()
    return folder


def run(engine, *cells, cwd, parameters=None):
    done = engine.run(book(*cells), parameters or {}, cwd=cwd, limits=LIMITS)
    assert done.failure is None, done.failure
    return done.notebook


@pytest.fixture(scope="module")
def reference(place):
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv(
            "PYTEST_CURRENT_TEST", raising=False
        )  # ipykernel shows what programs print, but not to pytest
        return Papermill().run(book(*EVERYTHING), {}, cwd=place, limits=LIMITS)


def test_every_cell_shows_what_it_shows_under_papermill(engine, reference, place):
    done = engine.run(book(*EVERYTHING), {}, cwd=place, limits=LIMITS)

    ours, theirs = done.notebook, reference.notebook
    assert (
        done.failure == reference.failure
    )  # both name the first cell that shows an error, allowed or not
    for mine, measure in zip(ours.cells, theirs.cells, strict=True):
        assert told(mine) == told(measure), mine.source
        assert mine.metadata.keys() == measure.metadata.keys()
        for part in ("papermill", "execution"):
            assert mine.metadata.get(part, {}).keys() == measure.metadata.get(part, {}).keys()
    assert ours.metadata.language_info == theirs.metadata.language_info
    assert ours.metadata.keys() == theirs.metadata.keys()


def test_parameters_arrive_as_under_papermill(place, way):
    shown = "text, number, none, yes, nested, day, money, pair"
    ask = (
        code("text = number = none = yes = nested = day = money = pair = 0", "parameters"),
        shown,
    )

    ours, theirs = (
        run(each, *ask, cwd=place, parameters={**PARAMETERS, **ODD})
        for each in (Zhibi(way), Papermill())
    )

    assert [told(cell) for cell in ours.cells] == [told(cell) for cell in theirs.cells]
    assert [cell.source for cell in ours.cells] == [cell.source for cell in theirs.cells]


def test_one_run_leaves_nothing_for_the_next(place, way):
    first = "import random, sys\nimport matplotlib as mpl\nmpl.rcParams['font.size'] = 99\nsys.留 = canary = random.random()"
    seen = (
        "import sys, random\nimport matplotlib as mpl\nimport pandas as pd\n"
        "pd.options.display.max_rows, mpl.rcParams['font.size'], hasattr(sys, '留'), 'canary' in globals()"
    )
    engine = Zhibi(way)

    run(engine, first + "\nimport pandas as pd; pd.options.display.max_rows = 7", cwd=place)

    assert (
        run(engine, seen, cwd=place).cells[0].outputs[0].data["text/plain"]
        == "(60, 10.0, False, False)"
    )


def test_two_runs_throw_different_dice(place, way):
    throw = "import random, numpy\nrandom.random(), numpy.random.random()"
    engine = Zhibi(way)

    first, second = (
        run(engine, throw, cwd=place).cells[0].outputs[0].data["text/plain"] for _ in range(2)
    )

    assert first != second


def test_a_notebook_for_another_kernel_is_papermills(way):
    other = {"name": "julia-1.9", "display_name": "Julia", "language": "julia"}

    failure = Zhibi(way).run(book("1", kernel=other), {}, cwd=Path("/"), limits=LIMITS).failure

    assert failure is not None
    assert "内核“julia-1.9”没有安装" in failure.reason

"""One prepared process without one of the tricks -> processor seconds of its start and of each report asked for.

    python benchmarks/turns.py WORKSPACE OUT NAME

prints the seconds up to the first report, then for every code on a line of its input those of that
report's child, the check of its Word file included. NAME is one of `tricks.TRICKS`, or empty for the usual way.
"""

from __future__ import annotations

import os
import resource
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import contestants
import tricks


def seconds(out: Path, codes: Iterable[str]) -> Iterator[float]:
    """Of the preparation, then of each report."""
    from gongwen import profile  # noqa: PLC0415
    from gongwen_lint import final_check  # noqa: PLC0415
    from zhibi.engines import Limits  # noqa: PLC0415
    from zhibi.engines.fork import process  # noqa: PLC0415
    from zhibi.engines.fork.channel import Returned  # noqa: PLC0415
    from zhibi.notebook import file as notebook  # noqa: PLC0415
    from zhibi.startup import hooks  # noqa: PLC0415
    from zhibi.warm_up import rehearsal  # noqa: PLC0415
    from zhibi.workspace import workspace  # noqa: PLC0415

    source, place = notebook.read(Path(contestants.NOTEBOOK)), workspace.find(Path.cwd())
    assert place is not None
    design = profile.load(place.settings.profile, place.templates)
    rehearsal.rehearse(source, design)
    hooks.collect_as_usual()
    yield _used()
    for number, code in enumerate(codes):
        report = out / f"{code}.docx"
        make = contestants.report(source, design, out, code, weigh=False)

        def work(line: Any, make: Any = make, report: Path = report) -> None:
            make(line)
            final_check.finished(report.read_bytes(), report.name, design, rehearsal.TODAY)

        child = process.start(_measured(work), Limits())
        ended = None
        while ended is None:
            process.wait([child], 1.0)
            ended = child.poll()
        assert isinstance(ended, Returned), ended
        if number < rehearsal.EXAMPLES:
            rehearsal.learn(report.read_bytes(), design, rehearsal.TODAY)
        yield ended.value


def _measured(work: Callable[[Any], object]) -> Callable[[Any], float]:
    def measured(line: Any) -> float:
        work(line)
        return _used()

    return measured


def _used() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def main(workspace: str, out: str, name: str = "") -> None:
    os.chdir(workspace)
    if name:
        tricks.off(name)
    for each in seconds(Path(out), (line.strip() for line in sys.stdin)):
        print(each, flush=True)


if __name__ == "__main__":
    from zhibi.startup import hooks
    from zhibi.startup.threads import QUIET

    os.environ.update(QUIET)
    hooks.on()
    import places

    contestants.places = places  # type: ignore[attr-defined]  # which it imports as a program
    main(*sys.argv[1:])

"""Everything a document depends on -> one hash a part, so that only what changed is made again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from itertools import chain
from pathlib import Path

from zhibi.data.snapshot import cache
from zhibi.report.planning import domain_name
from zhibi.report.request import Plan

# what the parts of a key are called when a clerk is told why a report is made again
CALLED = {
    "slice": "数据",
    "notebook": "笔记本",
    "parameters": "参数",
    "profile": "版式",
    "program": "程序或软件版本",
}


def common(plan: Plan) -> dict[str, str]:
    """The parts of a key that all reports of a batch share."""
    about = plan.about
    org = about.org if about else ""
    shared = {name: value for name, value in plan.values.items() if name != org}
    program = {"code": cache.code(domain_name(plan.workspace)), **cache.packages(cache.PACKAGES)}
    return {
        "notebook": hashlib.sha256(plan.report.notebook.read_bytes()).hexdigest(),
        "parameters": cache.fingerprint([shared, plan.request.final, plan.request.review]),
        "profile": cache.fingerprint([plan.profile.name, contents(plan.workspace.templates)]),
        "program": cache.fingerprint(program),
    }


def contents(folders: Iterable[Path]) -> list[tuple[str, str]]:
    """Every file of some folders by name and sha256."""
    present = (sorted(folder.iterdir()) for folder in folders if folder.is_dir())
    return [
        (file.name, hashlib.sha256(file.read_bytes()).hexdigest())
        for file in chain.from_iterable(present)
        if file.is_file()
    ]


def changed(before: Mapping[str, str], now: Mapping[str, str]) -> tuple[str, ...]:
    """What a clerk would call the parts that differ."""
    return tuple(CALLED.get(part, part) for part in now if before.get(part) != now[part])

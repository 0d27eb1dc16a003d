"""A number as a report prints it -> its formula and the sheet and rows it rests on, each time it is printed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from gongwen.document import Document, Figure, Text, lines_of, plain, spots
from gongwen.errors import UnreadableFile
from gongwen.facts.row_runs import text_of
from gongwen.facts.value import Cited, Fact
from gongwen.writer.write import write as write_word
from zhibi.doors.mcp.desk import place
from zhibi.doors.web.desk.reports.report import Opened, open_report
from zhibi.doors.web.desk.reports.trace import _steps as steps_of
from zhibi.report import outputs

MOST = 20


def trace(root: Path, folder: str, number: str) -> dict[str, Any]:
    """Every place where this number is printed.

    A number that no figure prints is told as one without origin.
    """
    where = place.inside(root, folder)
    if not (where / outputs.RECORD).is_file():
        raise UnreadableFile(folder[:60], "这里没有生成过报告", "请用 run_report 给出的文件夹。")
    opened = open_report(root, str(where.relative_to(root.resolve())))
    _refuse_altered(where, opened)
    wanted = number.strip()
    hits = [hit for hit in _printed(opened.document) if wanted in (str(hit[1]), hit[1].number)]
    traced = [_traced(spot, fact) for spot, fact in hits[:MOST]]
    note = "" if hits else "报告里没有印出这个数，它没有出处，不能引用。"
    return {"number": wanted, "found": len(hits), "places": traced, "note": note}


def _refuse_altered(folder: Path, opened: Opened) -> None:
    """A report is traced no more once its Word file or the record of its run was changed.

    They do not agree then.
    """
    file = folder / outputs.REPORT
    known = (opened.record.get("files") or {}).get(outputs.REPORT)
    review = bool(opened.record.get("review"))
    again = write_word(opened.document, opened.profile, review=review)
    same = outputs.fingerprint(again) == known
    if not same or not file.is_file() or outputs.fingerprint(file.read_bytes()) != known:
        raise UnreadableFile(
            file.name, "生成以后改过或者不在了", "里面的数不一定有出处；请重新生成再查。"
        )


def _printed(document: Document) -> Iterator[tuple[str, Fact]]:
    for spot, block in spots(document.blocks):
        for part, line in lines_of(block):
            for inline in line:
                if isinstance(inline, Text) and inline.fact in document.facts:
                    yield f"{spot} {part}：{plain(line)[:60]}", document.facts[inline.fact]
        if isinstance(block, Figure):
            yield from (
                (spot, document.facts[name]) for name in block.facts if name in document.facts
            )


def _traced(spot: str, fact: Fact) -> dict[str, Any]:
    cells = [
        {
            "file": group.file,
            "sheet": group.sheet,
            "column": group.column,
            "rows": text_of(group.rows),
            "count": len(group.rows),
        }
        for group in fact.cells()
    ]
    if not cells and not isinstance(fact.origin, Cited):
        raise UnreadableFile(fact.label, "这个数没有出处", "请重新生成报告。")
    steps = [f"{'　' * each['depth']}{each['label']}：{each['formula']}" for each in steps_of(fact)]
    return {
        "where": spot,
        "printed": str(fact),
        "label": fact.label,
        "formula": steps,
        "cells": cells,
    }

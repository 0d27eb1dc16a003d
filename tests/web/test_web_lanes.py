"""Which process is asked: the one that makes reports reads the data for the form, unless it is busy."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from zhibi.doors.web.work.jobs import Lane, Workshop

pytestmark = pytest.mark.slow


async def lanes_of(root: Path) -> list[Lane]:
    """The lane of the form before, while and after something is done in the lane of reports."""
    workshop = Workshop(root)
    lanes = [workshop.free(Lane.REPORT)]
    asked = asyncio.create_task(workshop.ask("report.types", Lane.REPORT))
    await asyncio.sleep(0)
    lanes.append(workshop.free(Lane.REPORT))
    answer = await asked
    lanes.append(workshop.free(Lane.REPORT))
    await workshop.close()
    assert answer["types"]
    return lanes


def test_a_form_waits_for_no_report_and_is_read_where_reports_are_made(workspace):
    assert asyncio.run(lanes_of(workspace)) == [Lane.REPORT, Lane.DESK, Lane.REPORT]

"""A batch request -> the words that people changed in its reports, back in the parameter file."""

from __future__ import annotations

from zhibi.batch.planning.plan import prepared
from zhibi.batch.request import BatchRequest
from zhibi.domain import Organisation
from zhibi.report import outputs
from zhibi.report.checking.edits.compare import compare
from zhibi.report.checking.edits.taking_back import TakenBack, take_back


def taken_back(request: BatchRequest) -> tuple[tuple[Organisation, TakenBack], ...]:
    """What went back of each edited report of the batch; the batch then makes it anew with those words.

    Raises what preparing a batch raises, and UnreadableFile for a report that cannot be read.
    """
    with prepared(request) as planned:
        edited = [
            (org, path)
            for org in planned.organisations
            if (path := outputs.edited_report(planned.folders[org.code])) is not None
        ]
    return tuple((org, take_back(compare(path), path.parent)) for org, path in edited)

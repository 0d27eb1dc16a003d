"""A draft that people edited and the folder of its run -> what was changed, what no longer follows from the data."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from gongwen.findings import Finding, sentence
from gongwen_lint.manuscript import reading
from zhibi.doors.web.desk.place import inside, relative
from zhibi.report.checking.edits.compare import Comparison, executed
from zhibi.report.checking.edits.compare import compare as compared
from zhibi.report.checking.edits.taking_back import take_back


def compare(root: Path, file: str, run: str, *, progress: Any) -> dict[str, Any]:
    """What `zhibi compare` says of the draft, each finding with the paragraph it stands in."""
    path, comparison = _compared(root, file, run)
    paragraphs = {para.where: para.number for para in reading.read(path).paras}
    return {
        "file": file,
        "run": run,
        "name": path.name,
        "summary": comparison.summary,
        "findings": [_finding(each, paragraphs) for each in comparison.findings],
        "changes": [
            {
                "kind": each.change.kind,
                "where": each.change.where,
                "paragraph": _paragraph(each.change.where, paragraphs),
                "before": each.change.before,
                "after": each.change.after,
            }
            for each in comparison.edits
        ],
    }


def keep(root: Path, file: str, run: str, *, progress: Any) -> dict[str, Any]:
    """Words of people that were changed go back into the parameter file, as `zhibi compare --keep` does it."""
    path, comparison = _compared(root, file, run)
    taken = take_back(comparison, executed(path, inside(root, run, "outputs")).parent)
    return {
        "file": relative(root, taken.file) if taken.file is not None else "",
        "kept": list(taken.kept),
        "refused": [{"name": name, "reason": reason} for name, reason in taken.refused],
    }


def _compared(root: Path, file: str, run: str) -> tuple[Path, Comparison]:
    path, folder = inside(root, file), inside(root, run, "outputs")
    own = path.parent == folder and path.with_suffix(".ipynb").is_file()  # a copy that was kept
    return path, compared(path, None if own else folder)


def _finding(finding: Finding, paragraphs: dict[str, int]) -> dict[str, Any]:
    spot = finding.place.spot
    return {
        **finding.as_json(),
        "message": sentence(finding.message),
        "hint": sentence(finding.hint),
        "where": spot,
        "paragraph": _paragraph(spot, paragraphs),
    }


def _paragraph(where: str, paragraphs: dict[str, int]) -> int:
    """The number of the paragraph that a place names, or of the first in the row; 0 where none is."""
    exact = paragraphs.get(where)
    if exact is not None:
        return exact
    within = (number for place, number in paragraphs.items() if where and place.startswith(where))
    return next(within, 0)

"""An old report and its workbook -> a new report type.

Notebook, parameters and test, and a list of what is unsure.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat

from zhibi import domain
from zhibi.notebook import new
from zhibi.report.old_report.assembly import LISTING, NOTE, listing
from zhibi.report.old_report.binding.binder import Binder
from zhibi.report.old_report.new_notebook import NewNotebook, OldReport
from zhibi.report.old_report.precedent import precedent
from zhibi.report.old_report.reading.layout import layout_of
from zhibi.report.old_report.reading.old_file import old_file
from zhibi.report.old_report.sources import binder_of, dataset
from zhibi.workspace import workspace

__all__ = ["OldReport", "Started", "start"]


@dataclass(frozen=True)
class Started:
    """The files made, and what was bound in them."""

    files: tuple[Path, ...]
    binder: Binder
    to_write: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """The list for people."""
        return tuple(listing(self.binder, self.to_write, self.notes))

    def as_json(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {
            "files": [str(each) for each in self.files],
            "bound": [
                {"where": each.where, "words": each.words, "figure": each.label} for each in self.binder.bound
            ],
            "open": [
                {"where": each.where, "words": each.words, "reason": each.reason, "candidates": list(each.candidates)}
                for each in self.binder.open
            ],
            "to_write": list(self.to_write),
            "notes": list(self.notes),
        }  # fmt: skip


def start(wanted: OldReport, here: Path) -> Started:
    """Lay out a report type that prints the old report's words with this workbook's figures.

    Raises UnreadableFile, InvalidInput, BadReportName and OutputBlocked; nothing is written then.
    """
    place = workspace.require(here)
    name = new.report_name(wanted.name)
    old = old_file(here / wanted.old)
    own = domain.find(domain.name_of(place), place.root)
    data = dataset(place, own.contract, own.name, here / wanted.data) if wanted.data else None
    binder, notes = binder_of(old, own, data)
    source = here / wanted.data if wanted.data else None
    before = (
        precedent(place, old, own, data, source) if data and source and not binder.shut else None
    )
    title = wanted.title.strip() or old.title or name
    data_path = place.relative(source.resolve()) if source else "data/示例县.xlsx"
    layout = layout_of(old.manuscript, place)
    draft = NewNotebook(wanted, old, own, binder, title, data_path, layout)
    made = (draft.after(before) if before else None) or draft.anew()
    notes = (*old.notes, *notes, *made.notes, *_laid_out_as(layout))
    lines = listing(binder, made.to_write, notes)
    nb = made.notebook
    listing_cell = f"{LISTING}（只给编辑的人看，不进报告）\n>\n" + "\n".join(
        f"> {line}" for line in lines
    )
    nb.cells.append(nbformat.v4.new_markdown_cell(listing_cell, metadata=NOTE, id="listing"))
    files = {
        place.root / "notebooks" / f"{name}.ipynb": nbformat.writes(nb, ensure_ascii=False) + "\n",
        place.root / "params" / f"{name}.yaml": new.parameters(nb, name, title, wanted.form),
        place.root / "tests" / f"test_{name}.py": new.TEST.format(
            name=name, title=title.replace('"', "”")
        ),
    }
    new.refuse_existing(files, name)
    new.write(files)
    return Started(tuple(files), binder, made.to_write, notes)


def _laid_out_as(layout: str) -> tuple[str, ...]:
    return (f"版式照旧稿的行距用“{layout}”。",) if layout else ()

"""The parts of an old report and a binder -> the notebook: her words alone, or a report type that made it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import nbformat
from nbformat.notebooknode import NotebookNode

from zhibi.data.figures.offers import Catalogue
from zhibi.domain import Domain
from zhibi.report.old_report.adoption import Adoption, reserved, settled
from zhibi.report.old_report.assembly import NOTE, Assembly
from zhibi.report.old_report.binding import speaking
from zhibi.report.old_report.binding.binder import Binder, Subject
from zhibi.report.old_report.binding.naming import FigureNames
from zhibi.report.old_report.precedent import Precedent
from zhibi.report.old_report.reading.elements import elements_of
from zhibi.report.old_report.reading.old_file import OldFile

_MUCH = 0.3  # of the old report's passages: a precedent that says less is none
_LOAD = """\
%load_ext zhibi
from datetime import date

from zhibi import byline, change, count, count_where, pick, share, table, total, written
{opening}
撰写 = written(texts, texts_for, {whom})"""
_PARAMETERS = """\
workbook: str = {data}  # 工作簿（或 CSV 文件夹），相对路径从工作区算起
issued_on: str = {day}  # 成文日期
texts_for: str = ""  # texts 里的文字是为谁、哪个年度写的
texts: dict = {{}}  # 由人撰写的段落：段落名 -> 文字
elements: dict = {elements}  # 公文要素：名称 -> 值"""
_INTRO = """\
> **{title}**（这一格只给编辑的人看，不进报告）
>
> - 照旧报告“{old}”新建：话是原来的话，【】里的数从工作簿算出来。
> - 〔待核：…〕是没有绑定的数，查清以后换成【】里的名字；最后一格列出哪些绑定了、哪些没有、为什么。
> - `%%待撰写` 的地方原来说的是去年的事，原文在上面一格，不会印出来；今年的话写在参数文件的 texts 里。"""


@dataclass(frozen=True, slots=True)
class OldReport:
    """What is asked for: a name, the old file, the workbook it was made from (None: none), a title and a form."""

    name: str
    old: Path
    data: Path | None = None
    title: str = ""
    form: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """A notebook, the places in it that people write, and notes for them."""

    notebook: NotebookNode
    to_write: tuple[str, ...]
    notes: tuple[str, ...] = ()


def _whom(catalogue: Catalogue, own: Domain) -> str:
    """The expression that tells for whom and which year a text must be written to be printed."""
    named = own.offers is not None and {"年度", "地区"} <= {*catalogue.settings}
    return 'f"{地区.value}{年度.value}年度"' if named else '""'


@dataclass(frozen=True)
class NewNotebook:
    """All that a notebook is put together from."""

    wanted: OldReport
    old: OldFile
    own: Domain
    binder: Binder
    title: str
    data: str
    layout: str = ""

    def anew(self) -> Made:
        """A notebook of her words alone."""
        around = elements_of(self.old)
        assembly = Assembly(self.binder, _subject(self.old, self.binder), elements=around)
        assembly.add(self.old)
        contract = self.own.contract
        about = {
            "data": "workbook", "period": contract.report_year, "org": contract.region, "scope": "county",
            "title": self.title, "form": self.wanted.form or around.form, "elements": "elements",
            "layout": self.layout,
        }  # fmt: skip
        cells = [*self._head(around.entries), *assembly.cells]
        return Made(_notebook(cells, about), tuple(assembly.to_write), around.notes)

    def after(self, before: Precedent) -> Made | None:
        """The report type that made the old report, with her words where they differ.

        None where it says little of it.
        """
        whole = before.about.scope == "county"
        catalogue = self.binder.catalogue if whole else Catalogue("", ())
        ledger = FigureNames({each.name: each for each in catalogue.offers}, reserved(before))
        binder = replace(self.binder, catalogue=catalogue, ledger=ledger)
        assembly = Assembly(binder, _subject(self.old, binder), tables=0)
        adoption = Adoption(before, self.old, assembly)
        if adoption.share < _MUCH:
            return None
        day = self.old.manuscript.issued_on
        values = {
            before.about.data: self.data,
            **({before.about.org: before.org} if before.org else {}),
        }
        values |= {before.about.issued: day.isoformat()} if day else {}
        cells = [*settled(adoption.cells(), values)]
        about = {**before.notebook.metadata["zhibi"], "title": self.title}
        return Made(_notebook(cells, about), tuple(assembly.to_write))

    def _head(self, elements: Mapping[str, Any]) -> list[NotebookNode]:
        """What stands before the report: a note, the parameters, the lines that open the data."""
        day = self.old.manuscript.issued_on or date.today()  # noqa: DTZ011  # only a default, to be changed
        catalogue = self.binder.catalogue
        data = json.dumps(self.data, ensure_ascii=False)
        parameters = _PARAMETERS.format(
            data=data,
            day=f'"{day.isoformat()}"',
            elements=json.dumps(elements, ensure_ascii=False),
        )
        intro = _INTRO.format(title=self.title, old=self.wanted.old.name)
        load = _LOAD.format(opening=catalogue.opening, whom=_whom(catalogue, self.own))
        return [
            nbformat.v4.new_markdown_cell(intro, metadata=NOTE),
            nbformat.v4.new_code_cell(parameters, metadata={"tags": ["parameters"]}),
            nbformat.v4.new_code_cell(load),
        ]


def _notebook(cells: list[NotebookNode], about: Mapping[str, str]) -> NotebookNode:
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    elements = {name: value for name, value in about.items() if value}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}, "zhibi": elements}
    for number, cell in enumerate(cells, 1):
        cell["id"] = f"cell-{number}"
    made: NotebookNode = nbformat.v4.new_notebook(cells=cells, metadata=metadata)
    return made


def _subject(old: OldFile, binder: Binder) -> Subject:
    """The organisation that the title names, if any."""
    known = binder.known
    names = tuple(name for name in known.names if name in old.title)
    title = old.title
    for place in (*speaking.wholes(known.region), *names):
        title = title.replace(place, "")
    return Subject(names, strange=not names and speaking.names_a_body(title, binder.nouns))

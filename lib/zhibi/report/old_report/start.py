"""An old report and its workbook -> a new report type.

Notebook, parameters and test, and a list of what is unsure.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import nbformat
from nbformat.notebooknode import NotebookNode

from gongwen.errors import InvalidInput
from gongwen.findings import errors_in
from gongwen_lint.reference_data import ReferenceData
from gongwen_lint.rules.content.sentences import split
from zhibi import domain
from zhibi.data.contract import Contract
from zhibi.data.dataset import Dataset
from zhibi.data.figures.offers import Catalogue, catalogue_of
from zhibi.data.read import called
from zhibi.data.snapshot import cache
from zhibi.domain import Domain
from zhibi.notebook import new
from zhibi.report.old_report.adoption import Adoption, reserved, settled
from zhibi.report.old_report.assembly import LISTING, NOTE, Assembly, listing
from zhibi.report.old_report.binding import speaking
from zhibi.report.old_report.binding.binder import Binder, Subject
from zhibi.report.old_report.binding.naming import Ledger
from zhibi.report.old_report.old_file import OldFile, old_file
from zhibi.report.old_report.precedent import Precedent, precedent
from zhibi.workspace import workspace
from zhibi.workspace.workspace import Workspace

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?=年)")
_WHOLE = re.compile(r"[全我本][县市区]|关于|在")
_PLACE = re.compile(r"[\u4e00-\u9fff]{1,4}?[县市区]")
_UNTIL = re.compile(r"截至((?:19|20)\d{2})年")
_EARLY = 3  # a report dated up to March tells of the year before
_AHEAD = re.compile(r"计划|打算|力争|目标|预计|明年|下一步|到20\d\d年")
_CITED = re.compile(r"《[^《》]*》|〔\d{4}〕")
_MUCH = 0.3  # of the old report's passages: a precedent that says less is none
_GENERIC = """\
from zhibi import open_workbook

数据 = open_workbook(workbook)"""
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
texts: dict = {{}}  # 由人撰写的段落：段落名 -> 文字"""
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
        return tuple(listing(self.binder, list(self.to_write), self.notes))

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
    data = _data(place, own.contract, own.name, here / wanted.data) if wanted.data else None
    binder, notes = _binder(old, own, data)
    source = here / wanted.data if wanted.data else None
    before = (
        precedent(place, old, own, data, source) if data and source and not binder.shut else None
    )
    title = wanted.title.strip() or old.title or name
    data_path = place.relative(source.resolve()) if source else "data/示例县.xlsx"
    notes = (*old.notes, *notes)
    draft = _Draft(wanted, old, own, binder, title, data_path)
    made, to_write = (draft.after(before) if before else None) or draft.anew()
    lines = listing(binder, to_write, notes)
    told = f"{LISTING}（只给编辑的人看，不进报告）\n>\n" + "\n".join(f"> {line}" for line in lines)
    made.cells.append(nbformat.v4.new_markdown_cell(told, metadata=NOTE, id="listing"))
    files = {
        place.root / "notebooks" / f"{name}.ipynb": nbformat.writes(made, ensure_ascii=False)
        + "\n",
        place.root / "params" / f"{name}.yaml": new.parameters(made, name, title, wanted.form),
        place.root / "tests" / f"test_{name}.py": new.TEST.format(
            name=name, title=title.replace('"', "”")
        ),
    }
    new.refuse_existing(files, name)
    new.write(files)
    return Started(tuple(files), binder, tuple(to_write), notes)


def _data(place: Workspace, contract: Contract, name: str, path: Path) -> Dataset:
    data, findings = cache.read(path, contract, name, place.scratch / "cache")
    if data is None:
        raise InvalidInput(called(path), errors_in(findings))
    return data


def _binder(old: OldFile, own: Domain, data: Dataset | None) -> tuple[Binder, tuple[str, ...]]:
    if data is None:
        known, catalogue, shut = (
            ReferenceData(),
            Catalogue(_GENERIC, ()),
            "没有给出工作簿（--data）",
        )
    else:
        known = own.known(data) if own.known else _known(own.contract, data)
        catalogue = own.offers(data) if own.offers else _generic(own.contract, data)
        shut = _other_place(old, known) or _other_year(old, known)
    ledger = Ledger({offer.name: offer for offer in catalogue.offers})
    facts = _settings(own.contract, data)
    binder = Binder(catalogue, known, ledger, facts, shut)
    return binder, ((f"{shut}，没有绑定任何数。",) if shut else ())


def _generic(contract: Contract, data: Dataset) -> Catalogue:
    settings = {
        called_: f'数据.settings["{name}"]{suffix}'
        for called_, name, suffix in (
            ("年度", contract.report_year, "|数"),
            ("地区", contract.region, ""),
        )
        if name
    }
    return Catalogue(_GENERIC, catalogue_of(contract, data.frames), settings)


def _known(contract: Contract, data: Dataset) -> ReferenceData:
    values = {name: fact.value for name, fact in data.settings.items()}
    year, day = values.get(contract.report_year), values.get(contract.as_of)
    return ReferenceData(
        year=year if isinstance(year, int) else None,
        as_of=day if isinstance(day, date) else None,
        region=str(values.get(contract.region) or ""),
    )


def _settings(contract: Contract, data: Dataset | None) -> dict[str, Any]:
    """The names that the opening lines give to settings, as a check of the prose needs them."""
    if data is None:
        return {}
    names = (("年度", contract.report_year), ("地区", contract.region), ("截至", contract.as_of))
    found: dict[str, Any] = {
        called_: data.settings[name] for called_, name in names if name in data.settings
    }
    if "截至" in found:
        found["截至"] = found["截至"].value
    return {**found, "数据": data}


def _other_place(old: OldFile, known: ReferenceData) -> str:
    """Why the report is not about the place of the workbook; empty if it is."""
    if not known.region or any(known.region in part.text for part in old.parts):
        return ""
    named = _PLACE.findall(_WHOLE.sub("", old.title))
    return f"稿子说的是“{named[0]}”，工作簿是“{known.region}”的" if named else ""


def _other_year(old: OldFile, known: ReferenceData) -> str:
    """Why the report is not of the year of the workbook; empty where it is, or does not say."""
    year = _year_of(old)
    if known.year is None or year is None or year == known.year:
        return ""
    return f"稿子写的是{year}年，工作簿是{known.year}年度的"


def _year_of(old: OldFile) -> int | None:
    """The year a report is about: by its title, the day its figures end, its date, else the year it speaks of most."""
    titled = _YEAR.findall(old.title)
    if titled:
        return int(titled[-1])
    text = "\n".join(part.text for part in old.parts)
    until = _UNTIL.search(text)
    if until:
        return int(until[1])
    issued = old.manuscript.issued_on
    if issued:
        return issued.year if issued.month > _EARLY else issued.year - 1
    told = Counter(year for part in old.parts for year in _years(part.text))
    return int(told.most_common(1)[0][0]) if told else None


def _years(text: str) -> list[str]:
    """The years a paragraph tells of.

    Those of plans and of titles of other documents are left out.
    """
    spoken = (
        sentence for _, sentence in split(_CITED.sub("", text)) if not _AHEAD.search(sentence)
    )
    return [year for sentence in spoken for year in _YEAR.findall(sentence)]


def _subject(old: OldFile, binder: Binder) -> Subject:
    """The organisation that the title names, if any."""
    known = binder.known
    names = tuple(name for name in known.names if name in old.title)
    title = old.title
    for place in (*speaking.wholes(known.region), *names):
        title = title.replace(place, "")
    return Subject(names, strange=not names and speaking.names_a_body(title, binder.nouns))


def _whom(catalogue: Catalogue, own: Domain) -> str:
    """The expression that tells for whom and which year a text must be written to be printed."""
    named = own.offers is not None and {"年度", "地区"} <= {*catalogue.settings}
    return 'f"{地区.value}{年度.value}年度"' if named else '""'


@dataclass(frozen=True)
class _Draft:
    """All that a notebook is put together from."""

    wanted: OldReport
    old: OldFile
    own: Domain
    binder: Binder
    title: str
    data: str

    def anew(self) -> tuple[NotebookNode, list[str]]:
        """A notebook of her words alone."""
        assembly = Assembly(self.binder, _subject(self.old, self.binder))
        assembly.add(self.old)
        contract = self.own.contract
        about = {
            "data": "workbook", "period": contract.report_year, "org": contract.region, "scope": "county",
            "title": self.title, "form": self.wanted.form,
        }  # fmt: skip
        return _notebook([*self._head(), *assembly.cells], about), assembly.to_write

    def after(self, before: Precedent) -> tuple[NotebookNode, list[str]] | None:
        """The report type that made the old report, with her words where they differ.

        None where it says little of it.
        """
        whole = before.about.scope == "county"
        catalogue = self.binder.catalogue if whole else Catalogue("", ())
        ledger = Ledger({each.name: each for each in catalogue.offers}, reserved(before))
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
        return _notebook(cells, about), assembly.to_write

    def _head(self) -> list[NotebookNode]:
        """What stands before the report: a note, the parameters, the lines that open the data."""
        day = self.old.manuscript.issued_on or date.today()  # noqa: DTZ011  # only a default, to be changed
        catalogue = self.binder.catalogue
        data = json.dumps(self.data, ensure_ascii=False)
        parameters = _PARAMETERS.format(data=data, day=f'"{day.isoformat()}"')
        intro = _INTRO.format(title=self.title, old=self.wanted.old.name)
        load = _LOAD.format(opening=catalogue.opening, whom=_whom(catalogue, self.own))
        return [
            nbformat.v4.new_markdown_cell(intro, metadata=NOTE),
            nbformat.v4.new_code_cell(parameters, metadata={"tags": ["parameters"]}),
            nbformat.v4.new_code_cell(load),
        ]


def _notebook(cells: list[NotebookNode], about: Mapping[str, str]) -> NotebookNode:
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    told = {name: value for name, value in about.items() if value}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}, "zhibi": told}
    for number, cell in enumerate(cells, 1):
        cell["id"] = f"cell-{number}"
    made: NotebookNode = nbformat.v4.new_notebook(cells=cells, metadata=metadata)
    return made

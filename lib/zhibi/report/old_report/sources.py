"""An old report, a domain and its workbook -> the catalogue of figures that the report's numbers may be."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from gongwen.errors import InvalidInput
from gongwen.findings import errors_in
from gongwen_lint.reference_data import ReferenceData
from zhibi.data.contract import Contract
from zhibi.data.dataset import Dataset
from zhibi.data.figures.offers import Catalogue, catalogue_of
from zhibi.data.read import called
from zhibi.data.snapshot import cache
from zhibi.domain import Domain
from zhibi.report.old_report.binding.binder import Binder
from zhibi.report.old_report.binding.naming import FigureNames
from zhibi.report.old_report.reading.old_file import OldFile
from zhibi.report.old_report.reading.whereabouts import elsewhere
from zhibi.workspace.workspace import Workspace

_GENERIC = """\
from zhibi import open_workbook

数据 = open_workbook(workbook)"""


def dataset(place: Workspace, contract: Contract, name: str, path: Path) -> Dataset:
    """The workbook as it was read; raises InvalidInput with its faults."""
    data, findings = cache.read(path, contract, name, place.scratch / "cache")
    if data is None:
        raise InvalidInput(called(path), errors_in(findings))
    return data


def binder_of(old: OldFile, own: Domain, data: Dataset | None) -> tuple[Binder, tuple[str, ...]]:
    """The binder, and a note where nothing may be bound."""
    if data is None:
        known, catalogue, shut = (
            ReferenceData(),
            Catalogue(_GENERIC, ()),
            "没有给出工作簿（--data）",
        )
    else:
        known = own.known(data) if own.known else _known(own.contract, data)
        catalogue = own.offers(data) if own.offers else _generic(own.contract, data)
        shut = elsewhere(old, known)
    ledger = FigureNames({offer.name: offer for offer in catalogue.offers})
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

"""A domain and a dataset -> what documents are held against.

What the domain tells, else what its contract alone gives.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gongwen_lint.reference_data import Figure, ReferenceData
from zhibi.data.contract import Contract, Reporters
from zhibi.data.dataset import Dataset
from zhibi.domain.values import Domain

_KINDS_OF_PLACE = "省市县区旗镇乡"


def reference_data(domain: Domain, data: Dataset) -> ReferenceData:
    """Names, year, region and figures.

    Of a domain that tells nothing, the names and number of its organisations.
    """
    if domain.known is not None:
        return domain.known(data)
    contract = data.contract
    year, region, as_of = (
        _setting(data, name) for name in (contract.report_year, contract.region, contract.as_of)
    )
    place = region if isinstance(region, str) else ""
    return ReferenceData(
        names=tuple(dict.fromkeys(_names(domain, data))),
        year=year if isinstance(year, int) else None,
        as_of=as_of if isinstance(as_of, date) else None,
        region=place,
        figures=tuple(_numbers(contract, data, place)),
    )


def whole_region(region: str) -> tuple[str, ...]:
    """What a text calls the whole: 示例县, 全县, 我县, 本县."""
    kind = region[-1:] if region[-1:] in _KINDS_OF_PLACE else ""
    spoken = (f"全{kind}", f"我{kind}", f"本{kind}") if kind else ()
    return (*((region,) if region else ()), *spoken)


def _setting(data: Dataset, name: str) -> object:
    return data.settings[name].value if name else None


def _names(domain: Domain, data: Dataset) -> Iterator[str]:
    who = data.contract.reporters
    if who is not None:
        for header in who.names:
            yield from data[who.sheet][header].dropna().astype(str)
    elif domain.divide is not None:
        yield from (each.name for each in domain.divide(data).organisations)


def _numbers(contract: Contract, data: Dataset, region: str) -> Iterator[Figure]:
    """How many organisations there are, as 所 or 家 or 个.

    Which of them a text uses is for the domain to say.
    """
    who: Reporters | None = contract.reporters
    if who is not None and region:
        yield Figure(whole_region(region), (who.sheet,), len(data[who.sheet]), "", who.sheet)

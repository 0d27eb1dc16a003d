"""The rows of 党组织 -> who is below whom, and which unit each belongs to."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence

import pandas as pd


def codes_under(orgs: pd.DataFrame, org_code: str) -> set[str]:
    """The codes of an organisation and of everything below it."""
    return codes_below(direct_subordinates(orgs), org_code)


def direct_subordinates(orgs: pd.DataFrame) -> Mapping[str, Sequence[str]]:
    """党组织代码 -> the codes of those directly below it."""
    below: dict[str, list[str]] = {}
    for org, parent in zip(orgs["党组织代码"], orgs["上级代码"], strict=True):
        below.setdefault(parent, []).append(org)
    return below


def codes_below(below: Mapping[str, Sequence[str]], org_code: str) -> set[str]:
    """The same as `codes_under`, for who asks about many organisations."""
    codes, waiting = {org_code}, [org_code]
    while waiting:
        fresh = [org for org in below.get(waiting.pop(), []) if org not in codes]
        codes.update(fresh)
        waiting += fresh
    return codes


def unit_of_org(orgs: pd.DataFrame) -> Mapping[str, str]:
    """党组织代码 -> 单位代码.

    An organisation without a unit of its own belongs to its superior's.
    """
    parent = dict(zip(orgs["党组织代码"], orgs["上级代码"], strict=True))
    own = dict(zip(orgs["党组织代码"], orgs["所属单位"], strict=True))
    units: dict[str, str] = {}
    for org in own:
        at: object = org
        while isinstance(at, str) and not isinstance(own.get(at), str):
            at = parent.get(at)
        if isinstance(at, str):
            units[org] = own[at]
    return units


def places_by(column: Iterable[Hashable]) -> Mapping[Hashable, Sequence[int]]:
    """Value -> where it stands in a column (from 0), so that a column is gone through once for all values."""
    places: dict[Hashable, list[int]] = {}
    for place, value in enumerate(column):
        places.setdefault(value, []).append(place)
    return places

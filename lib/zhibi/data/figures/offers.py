"""Rows of a sheet and the words for them -> the figures a text may speak of, each with the code that makes it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain
from typing import Any

import pandas as pd

from gongwen.errors import BadFact
from gongwen.facts.arithmetic import change, share
from gongwen.facts.value import Fact
from zhibi.data.contract import Contract, Kind
from zhibi.data.figures.measure import count, count_where, total
from zhibi.data.figures.picking import pick

_NOT_IN_A_NAME = re.compile(r"\W")
_MOST_ROWS = 200  # a sheet of more rows has no figures of single rows
_SHARED = "占比"
_GROWN = "增长"
_UNIT = re.compile(r"^(?P<words>.+?)[(（](?P<unit>[^()（）]{1,4})[)）]$")


@dataclass(frozen=True, slots=True)
class Offer:
    """A figure a report may print.

    A text speaks of it with one of the `nouns` and one word of each of the `kinds`.

    `code` makes it in a notebook that has run the opening lines; the offers it `needs`, by name, come before it.
    A unit of `""` stands for whatever counts such things. `after` names the figure that is said just before it:
    a share after its part, a growth after its amount. `since` names the same figure of the time before, for
    由46户升至68户; `aside` are words that may stand beside it and tell nothing more.
    """

    name: str
    code: str
    fact: Fact
    nouns: tuple[str, ...]
    kinds: tuple[tuple[str, ...], ...] = ()
    needs: tuple[str, ...] = ()
    after: str = ""
    bare: bool = False  # the kind names the thing: 国企, 民企
    since: str = ""
    aside: tuple[str, ...] = ()

    @property
    def grows(self) -> bool:
        """True for the growth of the figure it is said after."""
        return bool(self.after) and self.name.endswith(_GROWN)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All that can be offered: the lines that open the data in a notebook, and names for year, region and day in it."""

    opening: str
    offers: tuple[Offer, ...]
    settings: Mapping[str, str] = field(default_factory=dict)  # 年度, 地区, 截至 -> expression


@dataclass(frozen=True, slots=True)
class Population:
    """Rows that are counted as one kind of thing.

    How a notebook gets them, what they are called and counted in.

    `columns` are those by whose values they are told apart, with other words for a value; `named` are the columns that
    hold the name of each, `words` what a numeric column is called in a text and its unit.
    """

    code: str
    frame: pd.DataFrame
    noun: str
    nouns: tuple[str, ...]
    unit: str
    as_of: date | None = None
    columns: Mapping[str, Mapping[Any, tuple[str, ...]]] = field(default_factory=dict)
    named: tuple[str, ...] = ()
    words: Mapping[str, tuple[tuple[str, ...], str]] = field(default_factory=dict)
    shares: bool = True
    bare: bool = False  # its kinds name the thing without the noun


def offers_of(population: Population) -> Iterator[Offer]:
    """How many there are, how many of each kind and their shares, the sums of columns, the cells of named rows."""
    day = ", as_of=截至" if population.as_of else ""
    name = identifier(f"{population.noun}数")
    whole = count(
        population.frame, f"{population.noun}数", population.unit or "个", as_of=population.as_of
    )
    code = f'count({population.code}, "{population.noun}数", "{{unit}}"{day})'
    yield Offer(name, code, _of(whole, population), population.nouns)
    for column, values in population.columns.items():
        yield from _kinds(
            population, column, values, Offer(name, code, whole, population.nouns), day
        )
    for column, (words, unit) in population.words.items():
        yield from _sums(population, column, words, unit, day)


def _of(fact: Fact, population: Population) -> Fact:
    return fact if population.unit else replace(fact, unit="")


def _kinds(
    population: Population,
    column: str,
    values: Mapping[Any, tuple[str, ...]],
    whole: Offer,
    day: str,
) -> Iterator[Offer]:
    for value, words in values.items():
        label = f"{words[0]}数" if population.bare else f"{words[0]}{population.noun}数"
        fact = count_where(
            population.frame, column, value, label, population.unit or "个", as_of=population.as_of
        )
        name = identifier(label)
        shown = f'"{value}"' if isinstance(value, str) else repr(value)
        code = f'count_where({population.code}, "{column}", {shown}, "{label}", "{{unit}}"{day})'
        if fact.missing:
            continue
        yield Offer(
            name, code, _of(fact, population), population.nouns, (words,), bare=population.bare
        )
        if population.shares and whole.fact.value:
            yield shared(Offer(name, code, fact, population.nouns, (words,)), whole)


def shared(part: Offer, whole: Offer) -> Offer:
    """The share of a part in its whole, as it is said right after the part."""
    name = f"{part.name}{_SHARED}"
    label = f"{part.fact.label}{_SHARED}"
    fact = share(part.fact, whole.fact, label)
    code = f'share({part.name}, {whole.name}, "{label}", places={{places}})'
    return Offer(name, code, fact, whole.nouns, needs=(part.name, whole.name), after=part.name)


def grown(now: Offer, before: Offer) -> Offer:
    """The growth of an amount over that of the year before, as it is said right after the amount."""
    name = f"{now.name}{_GROWN}"
    label = f"{now.fact.label}{_GROWN}"
    code = f'change({now.name}, {before.name}, "{label}", places={{places}})'
    fact = change(now.fact, before.fact, label)
    return Offer(name, code, fact, now.nouns, needs=(now.name, before.name), after=now.name)


def _sums(
    population: Population, column: str, words: tuple[str, ...], unit: str, day: str
) -> Iterator[Offer]:
    cells = population.frame[column]
    if not len(cells) or cells.isna().all():
        return
    label = f"{words[0]}合计"
    name = identifier(label)
    try:
        fact = total(cells, label, unit, blanks="skip", as_of=population.as_of)
    except BadFact:
        return
    code = f'total({population.code}["{column}"], "{label}", "{{unit}}", blanks="skip"{day})'
    yield Offer(name, code, fact, words)
    if len(population.frame) <= _MOST_ROWS:
        yield from _cells(population, column, words, unit, day)


def _cells(
    population: Population, column: str, words: tuple[str, ...], unit: str, day: str
) -> Iterator[Offer]:
    for place in range(len(population.frame)):
        row = population.frame.iloc[[place]]
        names = [
            str(row[each].iloc[0]) for each in population.named if not pd.isna(row[each].iloc[0])
        ]
        key = next((each for each in population.named if not pd.isna(row[each].iloc[0])), None)
        if key is None or pd.isna(row[column].iloc[0]):
            continue
        if (population.frame[key] == row[key].iloc[0]).sum() != 1 or any(
            '"' in each for each in names
        ):
            continue
        label = f"{names[0]}{words[0]}"
        fact = pick(row, column, label, unit, as_of=population.as_of)
        chosen = f'{population.code}[{population.code}["{key}"] == "{names[0]}"]'
        code = f'pick({chosen}, "{column}", "{label}", "{{unit}}"{day})'
        yield Offer(identifier(label), code, fact, words, (tuple(names),))


def identifier(label: str) -> str:
    """A label as a name of Python."""
    bare = _NOT_IN_A_NAME.sub("", label)
    return f"有{bare}" if bare[:1].isdigit() else bare


def catalogue_of(contract: Contract, frames: Mapping[str, pd.DataFrame]) -> tuple[Offer, ...]:
    """What any workbook offers: every sheet counted, by its choices, with the sums of its numbers."""
    populations = (
        _population(sheet.title, sheet.columns, frames[sheet.title])
        for sheet in contract.sheets
        if sheet.title in frames
    )
    return unambiguous(list(chain.from_iterable(map(offers_of, populations))))


def _population(title: str, columns: Iterable[Any], frame: pd.DataFrame) -> Population:
    kinds: dict[str, Mapping[Any, tuple[str, ...]]] = {}
    words: dict[str, tuple[tuple[str, ...], str]] = {}
    for column in columns:
        if column.kind is Kind.CHOICE:
            kinds[column.header] = {choice: (choice,) for choice in column.choices}
        elif column.kind in {Kind.INTEGER, Kind.NUMBER, Kind.MONEY}:
            match = _UNIT.match(column.header)
            called, unit = (match["words"], match["unit"]) if match else (column.header, "")
            words[column.header] = ((called,), unit)
    return Population(f'数据["{title}"]', frame, title, (title,), "", None, kinds, (), words)


def unambiguous(offers: Iterable[Offer]) -> tuple[Offer, ...]:
    """Each under a name of its own; the second of a name takes a number."""
    names: dict[str, int] = {}
    found: list[Offer] = []
    for offer in offers:
        names[offer.name] = names.get(offer.name, 0) + 1
        again = names[offer.name] > 1
        if not again:
            found.append(offer)
    return tuple(found)

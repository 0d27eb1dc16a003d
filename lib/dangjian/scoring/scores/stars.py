"""A rate and a branch's own terms -> the star and the grade it stands for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from dangjian.scoring.vetoes import Veto, taking
from dangjian.workbook.scoring_terms import EXCELLENT, STARS, BadTerms, Band, star_lines
from gongwen.errors import BadFact
from gongwen.facts.value import Derived, Fact, numeric

GRADES = (("优秀", "优秀分数线"), ("良好", "良好分数线"), ("一般", "一般分数线"))


NO_STAR = "未达到星级分数线"


NO_GRADE = "低于一般分数线"


VOID_STAR, VOID_EXCELLENT = "不评星级", "不得评为优秀"


def star(rate: Fact, settings: Mapping[str, Fact], found: Sequence[Veto] = ()) -> Fact:
    """The star a rate stands for by 星级分数线.

    Missing where no line is set, none at all after a veto that takes it.
    """
    lines = settings["星级分数线"]
    label = rate.label.removesuffix("得分率") + "对应星级"
    bands = star_bands(lines)
    if bands and (facts := taking(found, STARS)):
        return Fact(
            label,
            VOID_STAR,
            Derived(f"有一票否决事项，考核方案规定取消{STARS}", (rate, lines, *facts)),
        )
    value = _band(rate, bands, NO_STAR) if bands else None
    return Fact(label, value, Derived("得分率按星级分数线对应", (rate, lines)))


def stars_of(
    rates: Mapping[str, Fact],
    settings: Mapping[str, Fact],
    found: Mapping[str, Sequence[Veto]] | None = None,
) -> dict[str, Fact]:
    """The star of each rate, where a star may have a quota.

    A share of all who have a rate, rounded down.

    Best rates first. Equal rates share their star: where not all of them fit, all go one star down,
    for nobody may choose among equals but people. Whom a veto takes the star has none, and takes no
    place of the quota.
    """
    vetoed = {code: facts for code, facts in (found or {}).items() if taking(facts, STARS)}
    void = {
        code: star(rate, settings, vetoed[code]) for code, rate in rates.items() if code in vetoed
    }
    return {**_stars_within(rates, settings, void), **void}


def _stars_within(
    everyone: Mapping[str, Fact], settings: Mapping[str, Fact], void: Mapping[str, Fact]
) -> dict[str, Fact]:
    rates = {code: rate for code, rate in everyone.items() if code not in void}
    lines = settings["星级分数线"]
    bands = _stars(lines)
    if not any(band.quota for band in bands):
        return {code: star(rate, settings) for code, rate in rates.items()}
    free = {band.name: _places(band, len(everyone)) for band in bands}
    stars: dict[str, Fact] = {}
    for value in sorted({numeric(rate) for rate in rates.values()}, reverse=True):
        equal = [code for code, rate in rates.items() if numeric(rate) == value]
        fits = (band.name for band in bands if value >= band.line and free[band.name] >= len(equal))
        name = next(fits, NO_STAR)
        if name != NO_STAR:
            free[name] -= len(equal)
        for code in equal:
            label = rates[code].label.removesuffix("得分率") + "对应星级"
            origin = Derived("得分率按星级分数线和名额对应", (rates[code], lines))
            stars[code] = Fact(label, name, origin)
    return stars


def _places(band: Band, everyone: int) -> int:
    return everyone if band.quota is None else int(everyone * band.quota / 100)


def grade(rate: Fact, settings: Mapping[str, Fact], found: Sequence[Veto] = ()) -> Fact:
    """优秀, 良好 or 一般 by the three lines of the settings; missing where one is not set.

    After a veto that takes 优秀 away a rate that reaches its line is 不得评为优秀; what else it is
    people decide.
    """
    lines = [settings[name] for _, name in GRADES]
    bands = [
        (word, line.value)
        for (word, _), line in zip(GRADES, lines, strict=True)
        if isinstance(line.value, Decimal)
    ]
    label = rate.label.removesuffix("得分率") + "对应等次"
    value = _band(rate, bands, NO_GRADE) if len(bands) == len(GRADES) else None
    if value == EXCELLENT and (facts := taking(found, EXCELLENT)):
        how = f"有一票否决事项，考核方案规定取消{EXCELLENT}"
        return Fact(label, VOID_EXCELLENT, Derived(how, (rate, *lines, *facts)))
    return Fact(label, value, Derived("得分率按等次分数线对应", (rate, *lines)))


def star_bands(lines: Fact) -> list[tuple[str, Decimal]]:
    """“五星:95;四星:90” as (五星, 95), … from high to low.

    Anything else, or lines that do not fall, is refused.
    """
    return [(band.name, band.line) for band in _stars(lines)]


def _stars(lines: Fact) -> tuple[Band, ...]:
    if lines.missing:
        return ()
    try:
        return star_lines(str(lines.value))
    except BadTerms as fault:
        raise BadFact("星级分数线", str(fault)) from None


def _band(rate: Fact, bands: Iterable[tuple[str, Decimal]], below: str) -> str | None:
    if not isinstance(rate.value, int | Decimal):
        return None
    return next((name for name, line in bands if rate.value >= line), below)

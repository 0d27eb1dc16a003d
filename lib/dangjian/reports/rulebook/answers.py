"""What `zhibi rules` was asked -> the rule book as lines or JSON, and what it says of a workbook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from dangjian.model.county import County, open_county
from dangjian.rules import BOOK, WORDS, Rule, versions
from dangjian.scoring.partition import Division
from dangjian.scoring.verdicts import FUNCTIONS, Outcome, Verdict, judge
from zhibi.doors.cli.console.exit import FINDINGS, FINE, say, say_json, source


def tell_rules(on: date | None, *, as_json: bool) -> None:
    """The rule book, or what of it holds on a day."""
    shown = [rule for rule in BOOK if on is None or rule.holds_on(on)]
    if as_json:
        say_json({"rules": [_as_json(rule) for rule in shown]})
        return
    for rule in shown:
        say(_line(rule))


def tell_rule(id_: str, *, as_json: bool) -> None:
    """All versions of a rule and how it is judged; UnknownName where there is none of that id."""
    rules = versions(id_)
    computed = FUNCTIONS[id_[:3]].__doc__ or ""
    words = WORDS[id_[:3]].name
    if as_json:
        say_json(
            {
                "id": id_[:3],
                "name": words,
                "judged": computed,
                "versions": [_as_json(rule) for rule in rules],
            }
        )
        return
    say(f"{id_[:3]} {words}")
    say(f"怎样判定：{computed.removeprefix(id_[:3]).strip()}")
    for rule in rules:
        say(f"  {_line(rule)}")


def tell_verdicts(place: str, org: str, id_: str, *, every: bool, as_json: bool) -> int:
    """What the rules say of a workbook; gives the exit code, 1 where a rule is not met."""
    if id_:
        versions(id_)
    county = open_county(source(place))
    verdicts = [
        (code, verdict)
        for code, verdict in _verdicts(county, org)
        if not id_ or verdict.代号 == id_[:3]
    ]
    outcomes = Counter(verdict.outcome for _, verdict in verdicts)
    counts = {str(outcome): outcomes[outcome] for outcome in Outcome}
    if as_json:
        say_json(
            {
                "counts": counts,
                "verdicts": [_verdict_json(code, verdict) for code, verdict in verdicts],
            }
        )
    else:
        _tell_each(verdicts, every=every)
        say("，".join(f"{outcome}{number}项" for outcome, number in counts.items()))
    return FINDINGS if outcomes[Outcome.FAILED] else FINE


def _tell_each(verdicts: list[tuple[str, Verdict]], *, every: bool) -> None:
    for code, verdict in verdicts:
        if every or verdict.outcome in (Outcome.FAILED, Outcome.UNKNOWN):
            say(_verdict_line(code, verdict))


def _verdicts(county: County, org: str) -> Iterator[tuple[str, Verdict]]:
    codes = [org] if org else list(county.orgs["党组织代码"])
    division = Division(county.data)
    for code in codes:
        for verdict in judge(division.branch(code)):
            yield code, verdict


def _line(rule: Rule) -> str:
    until = f"至{rule.effective_to}" if rule.effective_to else "起"
    basis = f"{rule.source}{rule.article}" if rule.verified else rule.source
    return f"{rule.id} {rule.text}{rule.figure}{rule.unit} · {basis} · {rule.mark} · {rule.effective_from}{until}"


def _verdict_line(code: str, verdict: Verdict) -> str:
    figures = [
        f"应{verdict.应达}" if verdict.应达 is not None else "",
        f"实{verdict.实际}" if verdict.实际 is not None else "",
    ]
    words = "，".join(part for part in (*figures, verdict.说明) if part)
    return f"{code} {verdict.代号} {verdict.名称}：{verdict.outcome}" + (
        f"（{words}）" if words else ""
    )


def _as_json(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "text": rule.text,
        "figure": rule.figure,
        "unit": rule.unit,
        "source": rule.source,
        "article": rule.article if rule.verified else "",
        "mark": rule.mark,
        "scope": rule.scope,
        "effective_from": rule.effective_from.isoformat(),
        "effective_to": rule.effective_to.isoformat() if rule.effective_to else None,
    }


def _verdict_json(code: str, verdict: Verdict) -> dict[str, Any]:
    def said(fact: Any) -> str | None:
        return None if fact is None else str(fact)

    return {
        "org": code,
        "rule": verdict.代号,
        "name": verdict.名称,
        "outcome": str(verdict.outcome),
        "required": said(verdict.应达),
        "actual": said(verdict.实际),
        "gap": said(verdict.差额),
        "message": verdict.说明,
    }

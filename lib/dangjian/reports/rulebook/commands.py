"""`zhibi rules` -> the rule book in a terminal, and what it says of a workbook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Any

import typer

from dangjian.model.county import County, open_county
from dangjian.reports.rulebook.page import handbook
from dangjian.rules import BOOK, WORDS, Rule, versions
from dangjian.scoring.partition import Division
from dangjian.scoring.verdicts import FUNCTIONS, Outcome, Verdict, judge
from zhibi.doors.cli.console.exit import FINDINGS, FINE, say, say_json, source
from zhibi.doors.cli.console.help import ChineseCommand
from zhibi.doors.cli.console.help import app as group

app = group("规则：列出、查看考核规则，对照工作簿判定。")
EXAMPLE = "data/示例县.xlsx"


@app.command(name="list", cls=ChineseCommand, help="列出规则：代号、名称、数、依据、效力。")
def list_(
    on: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="只列这一天有效的。", metavar="日期"),
    ] = None,
    markdown: Annotated[
        bool, typer.Option("--markdown", help="输出成 docs/规则.md 那样的一页。")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="只输出一个 JSON 对象。")] = False,
) -> int:
    """List the rule book."""
    if markdown:
        say(handbook().rstrip("\n"))
        return FINE
    shown = [rule for rule in BOOK if on is None or rule.holds_on(on.date())]
    if as_json:
        say_json({"rules": [_as_json(rule) for rule in shown]})
    else:
        for rule in shown:
            say(_line(rule))
    return FINE


@app.command(cls=ChineseCommand, help="查看一条规则：各个版本、各个数、怎样判定。")
def show(
    id_: Annotated[str, typer.Argument(help="规则代号，如 R15、D05。", metavar="代号")],
    as_json: Annotated[bool, typer.Option("--json", help="只输出一个 JSON 对象。")] = False,
) -> int:
    """Show all versions of a rule and how it is judged."""
    found = versions(id_)
    computed = FUNCTIONS[id_[:3]].__doc__ or ""
    if as_json:
        words = WORDS[id_[:3]].name
        say_json(
            {
                "id": id_[:3],
                "name": words,
                "judged": computed,
                "versions": [_as_json(rule) for rule in found],
            }
        )
        return FINE
    say(f"{id_[:3]} {WORDS[id_[:3]].name}")
    say(f"怎样判定：{computed.removeprefix(id_[:3]).strip()}")
    for rule in found:
        say(f"  {_line(rule)}")
    return FINE


@app.command(
    cls=ChineseCommand,
    help="对照工作簿判定：每个党组织每条规则一行，可以只看一个党组织或者一条规则。",
)
def check(
    place: Annotated[
        str, typer.Argument(help="工作簿、文件夹或数据库地址。", metavar="数据")
    ] = EXAMPLE,
    org: Annotated[str, typer.Option("--org", help="只看这个党组织。", metavar="党组织代码")] = "",
    id_: Annotated[str, typer.Option("--rule", help="只看这条规则。", metavar="代号")] = "",
    every: Annotated[bool, typer.Option("--all", help="达标、不适用的也列出。")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="只输出一个 JSON 对象。")] = False,
) -> int:
    """Judge a workbook; exit 1 where a rule is not met."""
    if id_:
        versions(id_)
    county = open_county(source(place))
    found = [
        (code, verdict)
        for code, verdict in _verdicts(county, org)
        if not id_ or verdict.代号 == id_[:3]
    ]
    outcomes = Counter(verdict.outcome for _, verdict in found)
    counts = {str(outcome): outcomes[outcome] for outcome in Outcome}
    if as_json:
        say_json(
            {
                "counts": counts,
                "verdicts": [_verdict_json(code, verdict) for code, verdict in found],
            }
        )
    else:
        for code, verdict in found:
            if every or verdict.outcome in (Outcome.FAILED, Outcome.UNKNOWN):
                say(_told(code, verdict))
        say("，".join(f"{outcome}{number}项" for outcome, number in counts.items()))
    return FINDINGS if counts[str(Outcome.FAILED)] else FINE


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


def _told(code: str, verdict: Verdict) -> str:
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

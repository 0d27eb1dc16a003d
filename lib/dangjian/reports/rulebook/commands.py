"""`zhibi rules` -> the rule book in a terminal, and what it says of a workbook."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from zhibi.doors.cli.console.exit import FINE, say
from zhibi.doors.cli.console.help import ChineseCommand
from zhibi.doors.cli.console.help import app as group
from zhibi.startup.later import later

if TYPE_CHECKING:
    from dangjian.reports.rulebook.answers import tell_rule, tell_rules, tell_verdicts
    from dangjian.reports.rulebook.page import handbook
else:  # pandas and all that judges: the help need not wait for them
    tell_rule = later("dangjian.reports.rulebook.answers", "tell_rule")
    tell_rules = later("dangjian.reports.rulebook.answers", "tell_rules")
    tell_verdicts = later("dangjian.reports.rulebook.answers", "tell_verdicts")
    handbook = later("dangjian.reports.rulebook.page", "handbook")

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
    tell_rules(on.date() if on else None, as_json=as_json)
    return FINE


@app.command(cls=ChineseCommand, help="查看一条规则：各个版本、各个数、怎样判定。")
def show(
    id_: Annotated[str, typer.Argument(help="规则代号，如 R15、D05。", metavar="代号")],
    as_json: Annotated[bool, typer.Option("--json", help="只输出一个 JSON 对象。")] = False,
) -> int:
    """Show all versions of a rule and how it is judged."""
    tell_rule(id_, as_json=as_json)
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
    return tell_verdicts(place, org, id_, every=every, as_json=as_json)

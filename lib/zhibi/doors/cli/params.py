"""`zhibi params` -> what can be set for a report, and what it is set to now."""

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from zhibi.doors.cli.console.exit import FINE, say, say_json
from zhibi.doors.cli.console.help import ChineseCommand
from zhibi.notebook import parameters as params
from zhibi.report.request import Request
from zhibi.startup.later import later

if TYPE_CHECKING:
    from zhibi.report.pipeline import prepare
else:  # pandas and all that runs a notebook: the help need not wait for them
    prepare = later("zhibi.report.pipeline", "prepare")

app = typer.Typer(add_completion=False, rich_markup_mode=None)
LONGEST = 60


@app.command(cls=ChineseCommand, help="列出一种报告可以设的参数：名称、类型、现在的值和说明。")
def show(
    report: Annotated[
        str,
        typer.Argument(
            help="报告的名称（notebooks/ 中的笔记本），或笔记本的路径。", metavar="报告"
        ),
    ],
    as_json: Annotated[bool, typer.Option("--json", help="只输出一个 JSON 对象。")] = False,
) -> int:
    """List the parameters of a report."""
    plan = prepare(Request(report, Path.cwd(), datetime.now().astimezone()))
    values = params.values(plan.declared, plan.parameters)
    if as_json:
        say_json(
            {
                "report": plan.report.name,
                "parameters": [_as_json(each, values) for each in plan.declared],
            }
        )
    else:
        for each in plan.declared:
            message = f"    {each.help}" if each.help else ""
            say(f"{each.name}（{each.kind}）= {_short(values.get(each.name))}{message}")
        if not plan.declared:
            say("这个笔记本没有参数（没有带 parameters 标签的单元格）。")
    return FINE


def _as_json(parameter: params.Parameter, values: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "kind": str(parameter.kind),
        "required": parameter.required,
        "value": values.get(parameter.name),
        "help": parameter.help,
    }


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"

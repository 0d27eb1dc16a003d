"""`zhibi new` -> a notebook, a parameter file and a test to begin a new report type with."""

from pathlib import Path
from typing import Annotated

import typer

from zhibi.doors.cli.console.exit import FINE, say, shown
from zhibi.doors.cli.console.help import ChineseCommand
from zhibi.notebook import new as starting

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(
    cls=ChineseCommand, help="新建一种报告：摆好笔记本、参数文件和测试。已有的文件不会被覆盖。"
)
def new(
    name: Annotated[
        str, typer.Argument(help="新报告的名称，如 quarterly_notice 或 季度通报。", metavar="名称")
    ],
    like: Annotated[
        str, typer.Option(help="照着哪种报告新建；不写就用最简单的起步笔记本。", metavar="报告")
    ] = "",
    title: Annotated[str, typer.Option(help="报告的题目，不写就用名称。", metavar="文字")] = "",
    form: Annotated[
        str, typer.Option(help="公文格式：材料、文件、信函、纪要、通报。", metavar="格式")
    ] = "",
) -> int:
    """Lay out a new report type."""
    for file in starting.start(starting.Wanted(name, like, title, form), Path.cwd()):
        say(f"已新建：{shown(file, Path.cwd())}")
    say(
        f"下一步：zhibi run {starting.report_name(name)}，再用 JupyterLab 打开笔记本改写；办法见 docs/编写新报告.md"
    )
    return FINE

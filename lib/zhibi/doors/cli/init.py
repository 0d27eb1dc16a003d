"""`zhibi init` -> a workspace with everything in it to make the first report."""

from pathlib import Path
from typing import Annotated

import typer

from zhibi import domain
from zhibi.doors.cli.console.exit import say
from zhibi.doors.cli.console.help import ChineseCommand
from zhibi.workspace import workspace

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(
    cls=ChineseCommand, help="新建工作区：放入笔记本、参数、版式和示例数据。已有的文件不会被覆盖。"
)
def init(
    folder: Annotated[Path, typer.Argument(help="要建工作区的文件夹。", metavar="文件夹")],
    name: Annotated[str, typer.Option("--domain", help="领域包的名称。", metavar="名称")] = "",
) -> None:
    """Lay out a workspace."""
    chosen = domain.find(name or domain.default())
    sources = workspace.contents(chosen.workspace)
    laid = workspace.init(folder, workspace.Settings(domain=chosen.name), sources)
    say(f"工作区：{laid.root}（新建{len(laid.made)}个文件，保留原有{len(laid.kept)}个）")
    for kept in laid.kept:
        say(f"  已有，未改动：{kept}")
    reports = sorted(
        Path(made).stem for made in (*laid.made, *laid.kept) if made.startswith("notebooks/")
    )
    if reports:
        say(f"下一步：进入 {laid.root}，运行 zhibi run {reports[0]}")

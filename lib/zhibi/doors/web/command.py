"""`zhibi web` -> the workbench of the workspace one stands in, in the browser on this machine."""

from pathlib import Path
from typing import Annotated

import typer

from zhibi.doors.cli.console.exit import FINE
from zhibi.doors.cli.console.help import ChineseCommand
from zhibi.workspace import workspace

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(
    cls=ChineseCommand,
    help="工作台：在浏览器里检查数据、生成报告、核对出处、检查公文。只在本机，不联网；按 Ctrl-C "
    "结束。",
)
def web(
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help="不打开浏览器，只显示网址。")
    ] = False,
    port: Annotated[
        int,
        typer.Option(
            help="网址的端口，默认8888；被占用时自动换一个。", metavar="端口", min=0, max=65535
        ),
    ] = 8888,
) -> int:
    """Serve until interrupted."""
    from zhibi.doors.web import app as workbench  # noqa: PLC0415  # tornado: only this command needs it

    here = workspace.find(Path.cwd())
    root = here.root if here else Path.cwd()
    words = [f"--ServerApp.root_dir={root}", f"--port={port}"]
    workbench.main([*words, *(["--no-browser"] if no_browser else [])])
    return FINE

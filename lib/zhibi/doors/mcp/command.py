"""`zhibi mcp` -> the workspace one stands in, served to an assistant over stdin and stdout."""

from importlib import import_module
from pathlib import Path

import typer

from gongwen.errors import MissingExtra
from zhibi.doors.cli.console.exit import FINE
from zhibi.doors.cli.console.help import ChineseCommand
from zhibi.workspace import workspace

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(
    cls=ChineseCommand,
    help="给智能助手用的门（MCP，标准输入输出）：助手调用八个工具查数据、出报告、查出处；"
    "只看得到这个工作区，不联网。",
)
def mcp() -> int:
    """Serve until the assistant leaves."""
    root = workspace.require(Path.cwd()).root
    try:
        server = import_module("zhibi.doors.mcp.server")
    except ModuleNotFoundError:
        raise MissingExtra("给智能助手用的部分", "请运行：pip install 'zhibi[mcp]'") from None
    server.serve(root)
    return FINE

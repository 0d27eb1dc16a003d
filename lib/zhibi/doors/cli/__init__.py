"""Words typed in a terminal -> a call into the product, and its outcome as words and an exit code.

Commands are imported when they are called: `zhibi --help` must not wait for pandas.
"""

import sys
from collections.abc import Mapping
from pathlib import Path

from zhibi import domain
from zhibi.doors.cli.console.exit import at_the_door
from zhibi.doors.cli.console.help import Lazy, ListedCommand, group
from zhibi.startup import hooks
from zhibi.startup.threads import quieten
from zhibi.workspace import workspace

COMMANDS = {
    "web": ListedCommand("zhibi.doors.web.command", "工作台：在浏览器里做下面这些事，不用命令。"),
    "offline": ListedCommand(
        "zhibi.doors.web.offline", "离线包：把所需的软件收进一个文件夹，拷到没有网的电脑上装。"
    ),
    "mcp": ListedCommand(
        "zhibi.doors.mcp.command", "给智能助手用的门（MCP）：查数据、出报告、查出处，不联网。"
    ),
    "init": ListedCommand("zhibi.doors.cli.init", "新建工作区：笔记本、参数、版式和示例数据。"),
    "new": ListedCommand("zhibi.doors.cli.new", "新建一种报告：笔记本、参数文件和测试。"),
    "data": ListedCommand("zhibi.doors.cli.data", "数据：空白工作簿、检查、汇总、拆分、数据库。"),
    "params": ListedCommand("zhibi.doors.cli.params", "列出一种报告可以设的参数。"),
    "run": ListedCommand("zhibi.doors.cli.run", "生成报告：运行笔记本，写出 Word 文件和数据出处。"),
    "check": ListedCommand(
        "zhibi.doors.cli.manuscript.check", "检查公文的版式、文字和内容，写出批注或改正的副本。"
    ),
    "compare": ListedCommand(
        "zhibi.doors.cli.manuscript.compare", "对照改过的稿子：改了什么，哪些数与数据不再相符。"
    ),
    "format": ListedCommand(
        "zhibi.doors.cli.manuscript.format", "排版：把任何 Word、Markdown、文本文件排成公文格式。"
    ),
    "batch": ListedCommand("zhibi.doors.cli.batch", "成批生成：每个组织一份，做过的不重做。"),
    "render": ListedCommand(
        "zhibi.doors.cli.manuscript.render", "预览：把 Word 文件排成 PDF 或图片。"
    ),
    "profile": ListedCommand("zhibi.doors.cli.profile", "版式：查看取值和依据，检查自己写的版式。"),
}


def main() -> None:
    """The program `zhibi`. Libraries start no threads in it, so that it can fork."""
    quieten()
    hooks.on()
    command = group(COMMANDS, "执笔：从工作簿到公文。每个命令加 --help 看用法。", of_the_domain)
    sys.exit(at_the_door(command, sys.argv[1:]))


def of_the_domain() -> Mapping[str, ListedCommand]:
    """The commands the workspace's domain adds; none where no domain is installed."""
    here = workspace.find(Path.cwd())
    package = domain.of(here)
    if package is None:
        return {}
    return {
        called: ListedCommand(added.module, added.help)
        for called, added in package.commands.items()
    }


__all__ = ["COMMANDS", "Lazy", "main"]

"""`zhibi data schema` and `load` -> the tables of a database, and its rows."""

from typing import TYPE_CHECKING, Annotated

import typer

from gongwen.errors import UnreadableFile
from zhibi.doors.cli.console.exit import say, source
from zhibi.doors.cli.console.help import ChineseCommand
from zhibi.doors.cli.data.group import app
from zhibi.doors.cli.data.workbook import own_contract
from zhibi.startup.later import later
from zhibi.workspace.address import address, is_address

if TYPE_CHECKING:
    from zhibi.data.read import database as connect
    from zhibi.data.read import open_dataset
else:
    connect = later("zhibi.data.read", "database")
    open_dataset = later("zhibi.data.read", "open_dataset")


@app.command(
    cls=ChineseCommand,
    help="建表：列出数据库要有的数据表（SQL），交给管理员；用 load 导入时会自动建好。",
)
def schema() -> None:
    """Print the tables as SQL."""
    say(connect().script(own_contract()).rstrip())


@app.command(
    cls=ChineseCommand,
    help="导入：把工作簿或文件夹里的数据写进 PostgreSQL 数据库，要么全部写入，要么不写。",
)
def load(
    place: Annotated[str, typer.Argument(help="工作簿或文件夹。", metavar="数据")],
    target: Annotated[
        str, typer.Argument(help="如 postgresql://用户@服务器:5432/数据库。", metavar="数据库地址")
    ],
    replace: Annotated[bool, typer.Option("--replace", help="数据库里已有的数据先清空。")] = False,
) -> None:
    """Load a valid source into a database."""
    if not is_address(target):
        raise UnreadableFile(
            target, "不是数据库地址", "应写成：postgresql://用户@服务器:5432/数据库"
        )
    engine = connect()
    where = address(source(target))
    dataset = open_dataset(source(place), own_contract())
    written = engine.load(dataset, where, replace=replace)
    say(f"已写入{len(written)}张数据表，共{sum(written.values())}行：{where.shown}")

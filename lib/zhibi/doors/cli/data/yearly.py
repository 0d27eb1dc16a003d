"""`zhibi data import` and `carry` -> a workbook out of other people's tables, or out of last year's."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gongwen.errors import OutputBlocked, UnreadableFile
from zhibi.doors.cli.console.asking import asker
from zhibi.doors.cli.console.exit import say, say_json, shown
from zhibi.doors.cli.console.help import ChineseCommand
from zhibi.doors.cli.data.group import app
from zhibi.doors.cli.data.workbook import own_domain, save_workbook
from zhibi.startup.later import later
from zhibi.workspace import workspace

if TYPE_CHECKING:
    from zhibi.data.importing.carrying import carry as carry_over
    from zhibi.data.importing.import_files import bring_in, own_words
else:
    carry_over = later("zhibi.data.importing.carrying", "carry")
    bring_in = later("zhibi.data.importing.import_files", "bring_in")
    own_words = later("zhibi.data.importing.import_files", "own_words")


@app.command(
    "import",
    cls=ChineseCommand,
    help="导入：把手里的花名册、台账、系统导出变成规定的工作簿；拿不准的问，记在 对应.toml 里，"
    "下次不再问。",
)
def import_files(
    files: Annotated[
        list[Path],
        typer.Argument(help="要导入的表格文件，或放它们的文件夹；可以几个。", metavar="文件…"),
    ],
    into: Annotated[Path, typer.Option(help="导入到这个 .xlsx；没有就新建。", metavar="工作簿")],
    as_sheet: Annotated[
        str, typer.Option("--as", help="全部按这张表读；不写就自己认。", metavar="表")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="只输出一个 JSON 对象。")] = False,
) -> int:
    """Import tables people made into a workbook of the contract."""
    own = own_domain()
    if own.intake is None:
        raise UnreadableFile(into, "这个领域没有规定怎样导入", "请照空白工作簿填报。")
    ask = None if as_json else asker()
    here = workspace.find(Path.cwd())
    words = own_words(here.root) if here else []
    done = bring_in(files, into, own.contract, own.intake(), words, as_sheet, ask)
    if as_json:
        say_json(done.as_json())
    else:
        for line in done.lines():
            say(line)
    return done.exit_code


@app.command(
    cls=ChineseCommand,
    help="转年：把去年的工作簿变成今年的，只带走继续有效的：单位、在册人员、没有办结的事项。",
)
def carry(
    old: Annotated[Path, typer.Argument(help="去年的工作簿。", metavar="去年.xlsx")],
    new: Annotated[Path, typer.Argument(help="要写出的今年的工作簿。", metavar="今年.xlsx")],
) -> None:
    """Write this year's workbook out of last year's."""
    own = own_domain()
    if own.intake is None:
        raise UnreadableFile(old, "这个领域没有规定哪些内容转到下一年", "请从空白工作簿填起。")
    if new.exists():
        raise OutputBlocked(new, "已有这个文件", "请换一个文件名，或先把它移走。")
    done = carry_over(old, own.contract, own.intake())
    path = save_workbook(new, done.content)
    for finding in done.findings:
        say(str(finding))
    over = "，".join(f"{title}{count}行" for title, count in done.over.items() if count)
    behind = "，".join(f"{title}{count}行" for title, count in done.behind.items() if count)
    say(f"已转到新的一年：{over or '没有可以转的行'}。" + (f"没有转：{behind}。" if behind else ""))
    say(f"已生成：{shown(path, Path.cwd())}。请在“设置”里填好数据截止日。")

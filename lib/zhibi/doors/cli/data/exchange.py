"""`zhibi data template`, `merge` and `split` -> workbooks to send out, and one out of those that came back."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gongwen import atomic_files
from gongwen.errors import InvalidInput, OutputBlocked, UnreadableFile
from zhibi.doors.cli.console.exit import say, say_json, shown, source, verdict
from zhibi.doors.cli.console.help import ChineseCommand
from zhibi.doors.cli.data.group import SOURCE_HELP, app
from zhibi.doors.cli.data.workbook import own_contract, save_workbook
from zhibi.startup.later import later

if TYPE_CHECKING:
    from zhibi.data.read import open_dataset, read
    from zhibi.data.writing.fill import whole
    from zhibi.data.writing.split import ReporterWorkbook
    from zhibi.data.writing.split import split as parts_of
    from zhibi.data.writing.template import template as blank_workbook
else:
    open_dataset = later("zhibi.data.read", "open_dataset")
    read = later("zhibi.data.read", "read")
    whole = later("zhibi.data.writing.fill", "whole")
    parts_of = later("zhibi.data.writing.split", "split")
    blank_workbook = later("zhibi.data.writing.template", "template")


@app.command(
    cls=ChineseCommand, help="生成空白工作簿：带下拉选项、填写说明和示例行，可发给各单位填报。"
)
def template(
    file: Annotated[Path, typer.Argument(help="要写出的 .xlsx 文件。", metavar="文件")],
) -> None:
    """Write the blank workbook of the workspace's domain."""
    if file.exists():
        raise OutputBlocked(file, "已有这个文件", "里面可能有填好的数据，请换一个文件名。")
    path = save_workbook(file, blank_workbook(own_contract()))
    say(f"已生成：{shown(path, Path.cwd())}")


@app.command(
    cls=ChineseCommand,
    help="汇总：把一个文件夹里各单位的工作簿合成一份；漏报、迟报、重复、互相矛盾的一次列出。",
)
def merge(
    folder: Annotated[Path, typer.Argument(help="放各单位工作簿的文件夹。", metavar="文件夹")],
    file: Annotated[Path, typer.Argument(help="要写出的 .xlsx 文件。", metavar="文件")],
    due: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"], help="截止报送的日期，之后保存的算迟报。", metavar="日期"
        ),
    ] = None,
    partial: Annotated[
        bool,
        typer.Option(
            "--partial", help="有单位还没报时先汇总已经收到的：查不到的代码先留空，记为警告。"
        ),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="只输出一个 JSON 对象。")] = False,
) -> int:
    """Merge branch workbooks; with any 错误 nothing is written."""
    if not folder.is_dir():
        raise UnreadableFile(folder, "不是文件夹", "请给出放各单位工作簿的文件夹。")
    if file.exists():
        raise OutputBlocked(file, "已有这个文件", "请换一个文件名，或先把它移走。")
    if file.resolve().parent == folder.resolve():
        raise OutputBlocked(
            file, "不能写在各单位工作簿的文件夹里，下次汇总会把它也算进去", "请换一个文件夹。"
        )
    dataset, findings = read(
        folder, own_contract(), due=due.date() if due else None, partial=partial
    )
    if dataset is None:
        raise InvalidInput(folder.name, findings)
    path = save_workbook(file, whole(dataset))
    rows = sum(len(frame) for frame in dataset.frames.values())
    if as_json:
        entries = [finding.as_json() for finding in findings]
        say_json(
            {
                "ok": True,
                "file": str(path),
                "files": len(dataset.sources),
                "rows": rows,
                "findings": entries,
            }
        )
    else:
        for finding in findings:
            say(str(finding))
        say(f"已汇总{len(dataset.sources)}个文件，共{rows}行：{shown(path, Path.cwd())}")
    return verdict(findings)


@app.command(
    cls=ChineseCommand,
    help="拆分：把一份数据按填报单位拆成各自的工作簿，发下去核对、补填，再用 merge 汇总。",
)
def split(
    place: Annotated[str, typer.Argument(help=SOURCE_HELP, metavar="数据")],
    folder: Annotated[Path, typer.Argument(help="写到这个文件夹；要是空的。", metavar="文件夹")],
) -> None:
    """Split a dataset into one workbook for each reporter and one with what is nobody's own."""
    contract = own_contract()
    if contract.reporters is None:
        raise UnreadableFile(place, "这种工作簿没有规定由谁分别填报", "不能拆分。")
    atomic_files.sweep(folder.resolve())
    if folder.is_dir() and any(folder.iterdir()):
        raise OutputBlocked(
            folder, "文件夹不是空的", "请换一个文件夹，免得和原有的工作簿混在一起。"
        )
    dataset = open_dataset(source(place), contract)
    files = {_name(part): part.content for part in parts_of(dataset)}
    atomic_files.save(folder.resolve(), files)
    say(f"已拆成{len(files)}个工作簿：{folder}")


def _name(part: "ReporterWorkbook") -> str:
    """The file of a part; the common one is named so that it stands first."""
    return (
        f"{atomic_files.safe_name(f'{part.code} {part.name}')}.xlsx"
        if part.code
        else "00 公共部分.xlsx"
    )

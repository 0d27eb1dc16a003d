"""`zhibi compare` -> what people changed in a draft, and which numbers no longer follow from the data."""

from pathlib import Path
from typing import Annotated

import typer

from zhibi.doors.cli.console.exit import say, say_json, verdict
from zhibi.doors.cli.console.help import ChineseCommand
from zhibi.report.checking.edits.compare import compare as compared

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(
    cls=ChineseCommand,
    help="对照改过的稿子：逐句列出改了什么，哪些数与数据不再相符。不改动任何文件。",
)
def compare(
    file: Annotated[Path, typer.Argument(help="改过的 .docx。", metavar="改过的稿子")],
    run: Annotated[
        Path | None,
        typer.Option(
            "--run", help="生成它的文件夹（有 run.ipynb）；不写就是稿子所在的。", metavar="文件夹"
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="只输出一个 JSON 对象。")] = False,
) -> int:
    """Hold an edited draft against its run and say what was changed."""
    comparison = compared(file, run)
    if as_json:
        say_json(comparison.as_json())
        return verdict(comparison.findings)
    for finding in comparison.findings:
        say(str(finding))
    say(comparison.summary)
    return verdict(comparison.findings)

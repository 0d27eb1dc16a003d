"""`zhibi compare` -> what people changed in a draft, and which numbers no longer follow from the data."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from zhibi.doors.cli.console.exit import say, say_json, shown, verdict
from zhibi.doors.cli.console.help import ChineseCommand
from zhibi.startup.later import later

if TYPE_CHECKING:
    from zhibi.report.checking.edits.compare import compare as compared
    from zhibi.report.checking.edits.compare import executed
    from zhibi.report.checking.edits.taking_back import TakenBack, take_back
else:  # pandas and python-docx: the help need not wait for them
    compared = later("zhibi.report.checking.edits.compare", "compare")
    executed = later("zhibi.report.checking.edits.compare", "executed")
    take_back = later("zhibi.report.checking.edits.taking_back", "take_back")

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(
    cls=ChineseCommand,
    help="对照改过的稿子：逐句列出改了什么，哪些数与数据不再相符。不改动稿子；--keep 才写参数文件。",
)
def compare(
    file: Annotated[Path, typer.Argument(help="改过的 .docx。", metavar="改过的稿子")],
    run: Annotated[
        Path | None,
        typer.Option(
            "--run", help="生成它的文件夹（有 run.ipynb）；不写就是稿子所在的。", metavar="文件夹"
        ),
    ] = None,
    keep: Annotated[
        bool,
        typer.Option(
            "--keep", help="把由人写的段落里改过的话收回参数文件的 texts，下次生成时照印。"
        ),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="只输出一个 JSON 对象。")] = False,
) -> int:
    """Hold an edited draft against its run and say what was changed."""
    comparison = compared(file, run)
    taken = take_back(comparison, executed(file, run).parent) if keep else None
    if as_json:
        say_json({**comparison.as_json(), "kept": [*taken.kept] if taken else []})
        return verdict(comparison.findings)
    for finding in comparison.findings:
        say(str(finding))
    say(comparison.summary)
    if taken is not None:
        tell_taken(taken)
    return verdict(comparison.findings)


def tell_taken(taken: "TakenBack") -> None:
    """Which words were taken back, and which were not and why."""
    if taken.file is not None:
        say(f"已收回：{'、'.join(taken.kept)} → {shown(taken.file, Path.cwd())}")
    for name, reason in taken.refused:
        say(f"没有收回“{name}”：{reason}。")
    if taken.file is None and not taken.refused:
        say("由人写的段落没有改动，没有要收回的。")

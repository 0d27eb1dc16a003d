"""`zhibi run` -> one report."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from zhibi.doors.cli.console import progress
from zhibi.doors.cli.console.exit import say, say_edited, say_json, shown, source, verdict
from zhibi.doors.cli.console.help import ChineseCommand
from zhibi.engines import named
from zhibi.engines.engine import GIB, Limits
from zhibi.report import outputs
from zhibi.report.request import Outcome, Request
from zhibi.startup.later import later

if TYPE_CHECKING:
    from zhibi.doors.cli.manuscript.compare import tell_taken
    from zhibi.report.checking.edits.compare import compare as compared
    from zhibi.report.checking.edits.taking_back import take_back
    from zhibi.report.pipeline import run as report_made
else:  # pandas, papermill and all that writes: the help need not wait for them
    tell_taken = later("zhibi.doors.cli.manuscript.compare", "tell_taken")
    compared = later("zhibi.report.checking.edits.compare", "compare")
    take_back = later("zhibi.report.checking.edits.taking_back", "take_back")
    report_made = later("zhibi.report.pipeline", "run")


_FAST = "zhibi"  # an engine

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(
    cls=ChineseCommand,
    help="生成报告：检查数据，运行笔记本，写出报告.docx、数据出处.xlsx、run.ipynb 和 run.json。",
)
def run(  # noqa: PLR0913, PLR0917  # one parameter an option
    report: Annotated[
        str,
        typer.Argument(
            help="报告的名称（notebooks/ 中的笔记本），或笔记本的路径。", metavar="报告"
        ),
    ],
    option: Annotated[
        list[str] | None,
        typer.Option("-p", "--param", help="设一个参数，可多次使用。", metavar="名称=值"),
    ] = None,
    data: Annotated[
        str | None,
        typer.Option(
            help="用这份数据代替参数文件里的：工作簿、文件夹或数据库地址。", metavar="数据"
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(help="写到这个文件夹，不用 outputs/报告/期间/地区/组织/。", metavar="文件夹"),
    ] = None,
    final: Annotated[bool, typer.Option("--final", help="定稿：有一处错误就不写文件。")] = False,
    review: Annotated[
        bool, typer.Option("--review", help="核对稿：每个数字旁加批注，写明出处。")
    ] = False,
    keep: Annotated[
        bool,
        typer.Option(
            "--keep",
            help="上次的报告被人改过的：把由人写的段落里改过的话收回参数文件，照改后的话生成。",
        ),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="只输出一个 JSON 对象。")] = False,
    engine: Annotated[
        str,
        typer.Option(
            help="运行笔记本的引擎：zhibi（默认，快）或 papermill（每次启动一个内核）。",
            metavar="名称",
        ),
    ] = _FAST,
    cell_timeout: Annotated[
        float, typer.Option(help="一个单元格最多运行多少秒，默认600。", metavar="秒", min=1)
    ] = Limits().cell_s,
    timeout: Annotated[
        float, typer.Option(help="整个笔记本最多运行多少秒，默认1800。", metavar="秒", min=1)
    ] = Limits().run_s,
    memory: Annotated[
        float, typer.Option(help="一份报告最多占用多少GB内存，默认4。", metavar="GB", min=0.25)
    ] = Limits().memory_bytes / GIB,
) -> int:
    """Make one report and say what came of it."""
    request = Request(
        report=report,
        here=Path.cwd(),
        asked_at=datetime.now().astimezone(),
        options=tuple(option or ()),
        data=None if data is None else source(data),
        out=out,
        final=final,
        review=review,
        engine=engine,
        limits=Limits(cell_s=cell_timeout, run_s=timeout, memory_bytes=int(memory * GIB)),
    )
    named(request.engine)  # an unknown name is an error before anything is read
    with progress.shown(report, quiet=as_json) as bar:
        outcome = report_made(request, progress=bar)
        taken = [take_back(compared(path), outcome.folder) for path in _reports(outcome, keep=keep)]
        if any(each.kept for each in taken):
            outcome = replace(report_made(request, progress=bar), edited=outcome.edited)
    (_tell_json if as_json else _tell)(outcome)
    if not as_json:
        for each in taken:
            tell_taken(each)
    return verdict(outcome.findings)


def _reports(outcome: Outcome, *, keep: bool) -> list[Path]:
    """The copies of edited reports whose words are to be taken back."""
    return [path for path in outcome.edited if keep and path.suffix == Path(outputs.REPORT).suffix]


def _tell(outcome: Outcome) -> None:
    for finding in outcome.findings:
        say(str(finding))
    for path in outcome.edited:
        say_edited(path)
        if path.suffix == Path(outputs.REPORT).suffix:
            say(f"改了什么、哪些数不再相符：zhibi compare {shown(path, Path.cwd())}")
    say(
        f"报告中有{outcome.figures}个数据，出处见 "
        f"{shown(outcome.folder / outputs.PROVENANCE, Path.cwd())}"
    )
    say(f"已生成：{shown(outcome.folder / outputs.REPORT, Path.cwd())}")


def _tell_json(outcome: Outcome) -> None:
    say_json(
        {
            "ok": not verdict(outcome.findings),
            "folder": str(outcome.folder),
            "files": {path.name: str(path) for path in outcome.files},
            "edits_kept": [str(path) for path in outcome.edited],
            "figures": outcome.figures,
            "findings": [finding.as_json() for finding in outcome.findings],
        }
    )

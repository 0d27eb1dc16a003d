"""`zhibi batch` -> a report for each organisation, and what came of them."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from gongwen.errors import InvalidInput
from gongwen.findings import Finding, Level, Location
from zhibi.batch.planning import up_to_date
from zhibi.batch.request import BatchRequest, Shard
from zhibi.doors.cli.console import batch_progress
from zhibi.doors.cli.console.exit import FINDINGS, FINE, say, say_json, shown, source
from zhibi.doors.cli.console.help import ChineseCommand
from zhibi.engines.engine import GIB, Limits
from zhibi.report.request import Request

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(
    cls=ChineseCommand,
    help="成批生成：每个组织一份，只做还没做或内容变了的；出汇总.xlsx 和按上级分文件夹的压缩包。",
)
def batch(  # noqa: PLR0913, PLR0917  # one parameter an option
    report: Annotated[
        str,
        typer.Argument(
            help="报告的名称（notebooks/ 中的笔记本），或笔记本的路径。", metavar="报告"
        ),
    ],
    where: Annotated[
        list[str] | None,
        typer.Option(
            help="只做符合条件的组织，如 类型=甲类、成立日期>=2026-01-01；可多次使用。",
            metavar="条件",
        ),
    ] = None,
    only: Annotated[
        str, typer.Option(help="只做这几个组织，代码用逗号隔开。", metavar="代码,…")
    ] = "",
    workers: Annotated[
        int,
        typer.Option(help="同时做几份，默认与处理器个数相同。", metavar="个数", min=0, max=1024),
    ] = 0,
    fresh: Annotated[
        bool, typer.Option("--fresh/--resume", help="全部重做；默认只做没做成的和内容变了的。")
    ] = False,
    part: Annotated[
        str, typer.Option("--shard", help="只做第几份之几，如 2/8，多台机器分着做。", metavar="i/N")
    ] = "",
    cluster: Annotated[
        str, typer.Option(help="交给这个 Dask 集群，如 tcp://10.0.0.1:8786。", metavar="地址")
    ] = "",
    shared: Annotated[
        str, typer.Option(help="集群交换文件的共享文件夹或网址（fsspec）。", metavar="位置")
    ] = "",
    fail_fast: Annotated[
        bool, typer.Option("--fail-fast/--keep-going", help="有一份没做成就停；默认接着做别的。")
    ] = False,
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
        typer.Option(help="写到这个文件夹，不用 outputs/报告/期间/地区/。", metavar="文件夹"),
    ] = None,
    final: Annotated[bool, typer.Option("--final", help="定稿：有一处错误就不写那一份。")] = False,
    review: Annotated[
        bool, typer.Option("--review", help="核对稿：每个数字旁加批注，写明出处。")
    ] = False,
    keep: Annotated[
        bool,
        typer.Option(
            "--keep",
            help="上次的报告被人改过的：把由人写的段落里改过的话收回参数文件，照改后的话重做那几份。",
        ),
    ] = False,
    engine: Annotated[
        str, typer.Option(help="运行笔记本的引擎：zhibi（默认，快）或 papermill。", metavar="引擎")
    ] = "zhibi",
    as_json: Annotated[bool, typer.Option("--json", help="只输出一个 JSON 对象。")] = False,
    cell_timeout: Annotated[
        float, typer.Option(help="一个单元格最多运行多少秒，默认600。", metavar="秒", min=1)
    ] = Limits().cell_s,
    timeout: Annotated[
        float, typer.Option(help="一份报告最多运行多少秒，默认1800。", metavar="秒", min=1)
    ] = Limits().run_s,
    memory: Annotated[
        float, typer.Option(help="一份报告最多占用多少GB内存，默认4。", metavar="GB", min=0.25)
    ] = Limits().memory_bytes / GIB,
) -> int:
    """Make a batch and say what came of it."""
    each = Request(
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
    request = BatchRequest(
        each,
        where=tuple(where or ()),
        only=tuple(code.strip() for code in only.replace("，", ",").split(",") if code.strip()),
        shard=_shard(part),
        fresh=fresh,
        keep_going=not fail_fast,
    )
    if keep:
        _keep_words(request, quiet=as_json)
    done = up_to_date.nothing_to_do(request)
    if done is not None:
        _tell_nothing(done, as_json=as_json)
        return FINE
    return _make(request, workers, cluster, shared, as_json=as_json)


def _make(request: BatchRequest, workers: int, cluster: str, shared: str, *, as_json: bool) -> int:
    from zhibi.doors.cli.console import (  # noqa: PLC0415  # pandas: who has nothing to do need not wait for it
        batch_result as batch_made,
    )

    with batch_progress.shown(quiet=as_json) as watch:
        made = batch_made.make(request, watch, workers, cluster, shared)
    (batch_made.tell_json if as_json else batch_made.tell)(made)
    return FINDINGS if batch_made.imperfect(made) else FINE


def _keep_words(request: BatchRequest, *, quiet: bool) -> None:
    """Take the words of people back into the parameters, and say of each edited report which."""
    from zhibi.batch.planning.edited_drafts import taken_back  # noqa: PLC0415  # loads pandas
    from zhibi.doors.cli.manuscript.compare import tell_taken  # noqa: PLC0415

    for org, taken in taken_back(request):
        if not quiet:
            say(f"{org.name}的稿子被人改过。")
            tell_taken(taken)


def _tell_nothing(done: up_to_date.Recent, *, as_json: bool) -> None:
    if as_json:
        say_json(
            {
                "ok": True,
                "made": [],
                "failed": [],
                "unchanged": done.reports,
                "folder": str(done.folder),
            }
        )
        return
    say(f"没有需要做的：{done.reports}份都在，内容没有变化。要全部重做请加 --fresh。")
    say(f"文件在：{shown(done.folder, Path.cwd())}")


def _shard(text: str) -> Shard:
    if not text:
        return Shard()
    index, _, of = text.partition("/")
    if not (index.isdecimal() and of.isdecimal() and 1 <= int(index) <= int(of)):
        fault = Finding(
            "C10",
            Level.ERROR,
            Location(spot="--shard"),
            f"“{text}”写法不对",
            "请写成 i/N，如 2/8：共分8份，做第2份。",
        )
        raise InvalidInput("--shard", [fault])
    return Shard(int(index), int(of))

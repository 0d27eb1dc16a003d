"""`zhibi new` -> a notebook, a parameter file and a test to begin a new report type with."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from zhibi.doors.cli.console.exit import FINE, say, say_json, shown
from zhibi.doors.cli.console.help import ChineseCommand
from zhibi.startup.later import later

if TYPE_CHECKING:
    from zhibi.domain.layout import new_domain
    from zhibi.notebook.new import NewReport, report_name
    from zhibi.notebook.new import start as start_new
    from zhibi.report.old_report.start import OldReport
    from zhibi.report.old_report.start import start as start_from_old
else:  # pandas, nbformat, python-docx: the help need not wait for them
    new_domain = later("zhibi.domain.layout", "new_domain")
    NewReport = later("zhibi.notebook.new", "NewReport")
    report_name = later("zhibi.notebook.new", "report_name")
    start_new = later("zhibi.notebook.new", "start")
    OldReport = later("zhibi.report.old_report.start", "OldReport")
    start_from_old = later("zhibi.report.old_report.start", "start")

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(
    cls=ChineseCommand,
    help="新建一种报告：摆好笔记本、参数文件和测试；--domain 新建一个领域。已有的文件不会被覆盖。",
)
def new(  # noqa: PLR0913, PLR0917  # one parameter an option
    name: Annotated[
        str, typer.Argument(help="新报告的名称，如 quarterly_notice 或 季度通报。", metavar="名称")
    ] = "",
    like: Annotated[
        str, typer.Option(help="照着哪种报告新建；不写就用最简单的起步笔记本。", metavar="报告")
    ] = "",
    title: Annotated[str, typer.Option(help="报告的题目，不写就用名称。", metavar="文字")] = "",
    form: Annotated[
        str, typer.Option(help="公文格式：材料、文件、信函、纪要、通报。", metavar="格式")
    ] = "",
    domain: Annotated[
        str,
        typer.Option(
            help="新建一个领域：有哪些表和列、怎样检查、怎样切成一个单位一份，"
            "连同笔记本和示例数据。",
            metavar="名称",
        ),
    ] = "",
    old: Annotated[
        Path | None,
        typer.Option(
            "--from",
            help="照这份旧报告新建（.docx、.md、.txt）：话是原来的话，数换成从工作簿算的。",
            metavar="旧报告",
        ),
    ] = None,
    data: Annotated[
        Path | None,
        typer.Option(
            help="与 --from 同用：写旧报告时的工作簿；不写就只留出每个数的位置。", metavar="工作簿"
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="只输出一个 JSON 对象。")] = False,
) -> int:
    """Lay out a new report type, or a new domain."""
    if domain and name:
        raise typer.BadParameter("报告的名称和 --domain 请分两次新建")
    if domain:
        return _domain(domain)
    if not name:
        raise typer.BadParameter("缺少“名称”")
    if data is not None and old is None:
        raise typer.BadParameter("--data 与 --from 同用：请写明照哪份旧报告新建")
    if old is not None:
        return _from(OldReport(name, old, data, title, form), as_json=as_json)
    for file in start_new(NewReport(name, like, title, form), Path.cwd()):
        say(f"已新建：{shown(file, Path.cwd())}")
    say(
        f"下一步：zhibi run {report_name(name)}，再用 JupyterLab 打开笔记本改写；"
        "办法见 docs/编写新报告.md"
    )
    return FINE


def _domain(name: str) -> int:
    begun = new_domain(name, Path.cwd())
    for file in begun.files:
        say(f"已新建：{file}")
    for file in begun.around.made:
        say(f"工作区里：{file}")
    for file in begun.around.kept:
        say(f"  已有，未改动：{file}")
    if begun.named_elsewhere:
        say(
            f"这个工作区现在用的是“{begun.named_elsewhere}”；要改用它，请把 zhibi.toml 里的 "
            f'domain 改成 "{begun.folder.name}"'
        )
    say(
        "下一步：zhibi data check data/示例.xlsx，再 zhibi run 年度情况；怎样改成自己的表，见 "
        "docs/新领域.md"
    )
    return FINE


def _from(wanted: "OldReport", *, as_json: bool) -> int:
    """Begin with an old report, and say what was bound and what was not."""
    started = start_from_old(wanted, Path.cwd())
    if as_json:
        say_json(started.as_json())
        return FINE
    for line in started.lines:
        say(line)
    for file in started.files:
        say(f"已新建：{shown(file, Path.cwd())}")
    say(
        f"下一步：zhibi run {wanted.name}，再用 JupyterLab 打开笔记本，"
        "把〔待核〕逐个换成【】里的名字。"
    )
    return FINE

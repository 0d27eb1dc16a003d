"""`zhibi init` -> a workspace with everything in it to make the first report."""

from pathlib import Path
from typing import Annotated

import typer

from zhibi import domain
from zhibi.domain import layout
from zhibi.doors.cli.console.exit import say
from zhibi.doors.cli.console.help import ChineseCommand
from zhibi.workspace import workspace

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(
    cls=ChineseCommand, help="新建工作区：放入笔记本、参数、版式和示例数据。已有的文件不会被覆盖。"
)
def init(
    folder: Annotated[Path, typer.Argument(help="要建工作区的文件夹。", metavar="文件夹")],
    name: Annotated[
        str,
        typer.Option(
            "--domain",
            help="领域：装好的领域包的名称，或领域文件夹的路径（连同笔记本、参数、"
            "示例数据一起放入）。",
            metavar="名称",
        ),
    ] = "",
) -> None:
    """Lay out a workspace."""
    chosen = _chosen(name, folder)
    sources = workspace.contents(chosen.workspace)
    laid = workspace.init(folder, workspace.Settings(domain=chosen.name), sources)
    say(f"工作区：{laid.root}（新建{len(laid.made)}个文件，保留原有{len(laid.kept)}个）")
    for existing in laid.kept:
        say(f"  已有，未改动：{existing}")
    reports = sorted(
        Path(made).stem for made in (*laid.made, *laid.kept) if made.startswith("notebooks/")
    )
    if reports:
        say(f"下一步：进入 {laid.root}，运行 zhibi run {reports[0]}")


def _chosen(name: str, root: Path) -> domain.Domain:
    """The domain of a folder, taken along into the new workspace; else one that is installed."""
    here = workspace.find(Path.cwd())
    place = domain.folder_of(name, here.root) if name and here else None
    folder = place or (layout.folder_at(Path(name)) if name else None)
    if folder is not None:
        return layout.take_along(folder, root)
    return domain.find(name or domain.default(), here.root if here else None)

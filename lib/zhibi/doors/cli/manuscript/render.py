"""`zhibi render` -> a Word file as PDF or as pictures of its pages."""

from pathlib import Path
from typing import Annotated

import typer

from zhibi.doors.cli.console.exit import say, shown
from zhibi.doors.cli.console.help import ChineseCommand
from zhibi.report import preview
from zhibi.report.preview import fonts

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(
    cls=ChineseCommand, help="预览：用 LibreOffice 把 Word 文件排成 PDF 或图片，放在原文件旁边。"
)
def render(
    file: Annotated[Path, typer.Argument(help="要预览的 .docx 文件。", metavar="文件")],
    png: Annotated[
        bool, typer.Option("--png/--pdf", help="每页一张图片；不写则只出 PDF。")
    ] = False,
    dots: Annotated[
        int, typer.Option(help="图片每英寸多少点，默认100。", metavar="点数", min=30, max=600)
    ] = 100,
) -> None:
    """Render a Word file and say what was made, and which fonts were stood in for."""
    made = preview.to_pdf([file], file.resolve().parent)
    files = (*made.files, *(preview.to_png(made.files[0], dots) if png else ()))
    if words := fonts.sentence(made.replaced):
        say(words)
    for path in files:
        say(f"已生成：{shown(path, Path.cwd().resolve())}")

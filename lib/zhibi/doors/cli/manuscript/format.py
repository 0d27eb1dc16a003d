"""`zhibi format` -> any .docx, .md or .txt in official form, beside the original.

Not a letter of it changed.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gongwen import atomic_files
from gongwen import profile as profiles
from gongwen.errors import OutputBlocked
from gongwen.profile import Profile
from zhibi.doors.cli.console.exit import FINE, say, say_json, shown
from zhibi.doors.cli.console.help import ChineseCommand
from zhibi.startup.later import later
from zhibi.workspace import workspace

if TYPE_CHECKING:
    from zhibi.report.checking.official_form import OfficialForm, laid_out
else:  # python-docx and nbformat: the help need not wait for them
    laid_out = later("zhibi.report.checking.official_form", "laid_out")

app = typer.Typer(add_completion=False, rich_markup_mode=None)

_SHOWN = 12


@app.command(
    cls=ChineseCommand,
    help="把任何 Word、Markdown、文本文件排成公文格式：另写一份，文字一个不动，拿不准的逐处列出。",
)
def format_(
    files: Annotated[list[Path], typer.Argument(help=".docx、.md、.txt 文件。", metavar="文件")],
    out: Annotated[
        Path | None,
        typer.Option(
            help="写到哪里：一个 .docx，或一个文件夹；不写就放在原文件旁边。", metavar="路径"
        ),
    ] = None,
    profile: Annotated[str, typer.Option(help="按这种版式排，不用工作区的。", metavar="版式")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="只输出一个 JSON 列表。")] = False,
) -> int:
    """Lay out each file and say what was done and what is unsure."""
    design = _design(profile)
    entries = []
    for file in files:
        made = laid_out(file, design)
        target = _target(file, made.name, out, several=len(files) > 1)
        saved = atomic_files.save(target.parent, {target.name: made.content})[0]
        entries.append({"file": str(file), "out": str(saved), **_entry(made)})
        if not as_json:
            _tell(saved, made)
    if as_json:
        say_json(entries)
    return FINE


def _design(name: str) -> Profile:
    home = workspace.find(Path.cwd())
    settings = home.settings if home else workspace.Settings()
    templates = home.templates if home else (profiles.packaged_templates(),)
    return profiles.load(name or settings.profile, templates)


def _target(file: Path, name: str, out: Path | None, *, several: bool) -> Path:
    """Where to write, by `name` where nothing else is said; never over what was read."""
    target = file.with_name(name) if out is None else out
    if out is not None and (several or out.is_dir() or out.suffix.lower() != ".docx"):
        if out.suffix.lower() == ".docx" and not out.is_dir():
            raise OutputBlocked(out, "排几个文件，要写进文件夹", "请写一个文件夹的名称。")
        target = out / name
    if target.resolve() == file.resolve():
        raise OutputBlocked(target, "这就是原文件，不能覆盖", "请换一个文件名。")
    return target


def _entry(made: "OfficialForm") -> dict[str, object]:
    doubts = [
        {"where": each.where, "text": each.words, "as": each.role, "reason": each.reason}
        for each in made.doubts
    ]
    return {"changes": dict(made.changes), "doubts": doubts}


def _tell(saved: Path, made: "OfficialForm") -> None:
    say(f"已写出：{shown(saved.resolve(), Path.cwd())}（文字与原文逐字核对过，一个不差）")
    if made.changes:
        say(f"  {'；'.join(f'{what}{count}处' for what, count in made.changes)}")
    for line in made.remarks:
        say(f"  {line}")
    if made.doubts:
        say(f"  拿不准的{len(made.doubts)}处，请核对：")
    for each in made.doubts[:_SHOWN]:
        say(f"    {each.where}“{each.words}”按{each.role}排：{each.reason}")
    if len(made.doubts) > _SHOWN:
        say(f"    ……另有{len(made.doubts) - _SHOWN}处（--json 全部列出）")

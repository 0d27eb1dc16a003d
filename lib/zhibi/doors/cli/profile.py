"""`zhibi profile` -> what a page design says and on whose word, and whether a design of one's own is right."""

from pathlib import Path
from typing import Annotated, Any

import typer

from gongwen import profile as profiles
from gongwen.profile import Profile, design
from zhibi.doors.cli.console.exit import say, say_json
from zhibi.doors.cli.console.help import ChineseCommand
from zhibi.doors.cli.console.help import app as group
from zhibi.workspace import workspace

app = group("版式：查看一种版式的每个取值和依据，检查自己写的版式文件。")

_NAME = typer.Argument(
    help="版式的名称（如 classic、classic+windows），或版式文件的路径。", metavar="版式"
)


@app.command(cls=ChineseCommand, help="列出版式的每个取值：条款、强度（必须、一般、惯例）和出处。")
def show(
    name: Annotated[str, _NAME] = "classic",
    only: Annotated[
        str,
        typer.Option(
            "--only", help="只看名称以此开头的取值，如 page、styles.title。", metavar="开头"
        ),
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="只输出一个 JSON 对象。")] = False,
) -> None:
    """Every value of a profile with its reason."""
    look = profiles.load(name, _templates())
    values = {
        path: (value_of(look, path), rule)
        for path, rule in look.rules.items()
        if path.startswith(only)
    }
    if as_json:
        entries = {
            path: {
                "value": value,
                "clause": rule.clause,
                "strength": rule.strength,
                "source": rule.source,
            }
            for path, (value, rule) in values.items()
        }
        say_json({"ok": True, "name": look.name, "title": look.title, "values": entries})
        return
    say(f"{look.name}：{look.title}")
    for path, (value, rule) in values.items():
        clause = f" {rule.clause}" if rule.clause else ""
        say(f"  {path} = {value}　【{rule.strength}】{rule.source}{clause}")


@app.command(cls=ChineseCommand, help="检查版式文件：名称、取值、依据，一次列出全部问题。")
def check(name: Annotated[str, _NAME]) -> None:
    """Load a profile; its faults are told by the door."""
    look = profiles.load(name, _templates())
    room = look.page.text_height_mm / 25.4 * 1440
    lines = int(room // look.grid.line_twips)
    say(
        f"{look.name}：没有发现问题。"
        f"版心{look.page.text_width_mm:g}×{look.page.text_height_mm:g}毫米，每面排{lines}行。"
    )
    if lines != look.grid.lines:
        say(
            f"注意：写明每面{look.grid.lines}行，"
            f"按行距{look.grid.line_twips / 20:g}磅只排得下{lines}行。"
        )


def _templates() -> tuple[Path, ...]:
    here = workspace.find(Path.cwd())
    return here.templates if here else (profiles.packaged_templates(),)


def value_of(look: Profile, path: str) -> Any:
    """The value at `styles.body.size_pt`; a typeface by its four names."""
    parts = path.split(".")
    if parts[0] == "fonts":
        return _font(look, parts[1], parts[2])
    value: Any = look
    for part in parts if parts[0] != "profile" else parts[1:]:
        value = getattr(value, part, "")
    if isinstance(value, design.Fonts):
        return value.east_asian
    return f"{len(value)}字节" if isinstance(value, bytes) else value


def _font(look: Profile, name: str, slot: str) -> str:
    """One slot of a named typeface."""
    return str(getattr(look.fonts[name], slot))

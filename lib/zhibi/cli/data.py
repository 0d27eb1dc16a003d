"""`zhibi data` -> a blank workbook to send out, and what is wrong with one that came back."""

from pathlib import Path
from typing import Annotated

import typer

from zhibi import domain, outputs, tables, workspace
from zhibi.cli.door import say, say_json, shown, verdict
from zhibi.cli.words import Spoken
from zhibi.cli.words import app as group
from zhibi.errors import OutputBlocked
from zhibi.findings import Finding, Level
from zhibi.tables.contract import Contract

app = group("数据：生成空白工作簿，检查填好的工作簿。")


@app.command(cls=Spoken, help="生成空白工作簿：带下拉选项、填写说明和示例行，可发给各单位填报。")
def template(
    file: Annotated[Path, typer.Argument(help="要写出的 .xlsx 文件。", metavar="文件")],
) -> None:
    """Write the blank workbook of the workspace's domain."""
    if file.exists():
        raise OutputBlocked(file, "已有这个文件", "里面可能有填好的数据，请换一个文件名。")
    path = _save(file, tables.template(_contract()))
    say(f"已生成：{shown(path, Path.cwd())}")


@app.command(cls=Spoken, help="检查工作簿（.xlsx 或 CSV 文件夹）：一次列出全部问题，指明工作表、单元格和改法。")
def check(
    path: Annotated[Path, typer.Argument(help="工作簿，或放 CSV 的文件夹。", metavar="文件")],
    mark: Annotated[
        Path | None, typer.Option(help="另存一份标出问题的工作簿，可退回填报单位。", metavar="文件")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="只输出一个 JSON 对象。")] = False,
) -> int:
    """Check a workbook and say everything that is wrong with it."""
    _, findings = tables.read(path, _contract())
    if mark and mark.resolve() == path.resolve():
        raise OutputBlocked(mark, "这是要检查的文件本身", "请换一个文件名。")
    marked = _save(mark, tables.mark(path, findings)) if mark else None
    counts = {str(level): sum(finding.level is level for finding in findings) for level in Level}
    if as_json:
        say_json(
            {
                "ok": not verdict(findings),
                "file": str(path),
                "marked": str(marked) if marked else None,
                "levels": counts,
                "findings": [finding.as_json() for finding in findings],
            }
        )
    else:
        _tell(findings, counts, marked)
    return verdict(findings)


def _tell(findings: tuple[Finding, ...], counts: dict[str, int], marked: Path | None) -> None:
    for finding in findings:
        say(str(finding))
    said = "，".join(f"{level}{count}处" for level, count in counts.items() if count)
    say(f"检查完毕：{said}。" if said else "检查完毕：没有发现问题。")
    if marked:
        say(f"已标出问题：{shown(marked, Path.cwd())}")


def _contract() -> Contract:
    """The contract of the domain that the workspace names; outside of a workspace, of the one installed."""
    here = workspace.find(Path.cwd())
    return domain.find((here.settings.domain if here else "") or domain.default()).contract


def _save(file: Path, content: bytes) -> Path:
    if file.suffix.lower() != ".xlsx":
        raise OutputBlocked(file, "不是 .xlsx 文件", "请把文件名写成 ….xlsx。")
    return outputs.save(file.resolve().parent, {file.name: content})[0]

"""`zhibi data check` and `fix` -> what is wrong with data, a marked copy, and a copy put right."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gongwen.errors import OutputBlocked, UnreadableFile
from gongwen.findings import Finding, Level, Location, counts_by_level, sentence
from zhibi.domain import Domain
from zhibi.doors.cli.console.exit import say, say_json, shown, source, verdict
from zhibi.doors.cli.console.help import ChineseCommand
from zhibi.doors.cli.data.group import SOURCE_HELP, app
from zhibi.doors.cli.data.workbook import MACROS, own_domain, save_workbook
from zhibi.startup.later import later
from zhibi.workspace.address import is_address

if TYPE_CHECKING:
    from zhibi.data.checking.own_checks import run_checks
    from zhibi.data.dataset import Dataset
    from zhibi.data.read import called, examine, is_several
    from zhibi.data.writing.annotate import mark as annotate
    from zhibi.data.writing.corrections.corrected import corrected, listed
else:
    run_checks = later("zhibi.data.checking.own_checks", "run_checks")
    called = later("zhibi.data.read", "called")
    examine = later("zhibi.data.read", "examine")
    is_several = later("zhibi.data.read", "is_several")
    annotate = later("zhibi.data.writing.annotate", "mark")
    corrected = later("zhibi.data.writing.corrections.corrected", "corrected")
    listed = later("zhibi.data.writing.corrections.corrected", "listed")

LEFT_OUT = "B21"  # a check that was not made


@app.command(
    cls=ChineseCommand, help="检查数据：一次列出全部问题，指明文件、工作表、单元格和改法。"
)
def check(
    place: Annotated[str, typer.Argument(help=SOURCE_HELP, metavar="数据")],
    mark: Annotated[
        Path | None, typer.Option(help="另存一份标出问题的工作簿，可退回填报单位。", metavar="文件")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="只输出一个 JSON 对象。")] = False,
) -> int:
    """Check data of any kind and say everything that is wrong with them."""
    where, own = source(place), own_domain()
    examination = examine(where, own.contract)
    findings = examination.findings + audited(examination.dataset, own)
    if mark and mark.resolve() == Path(where).resolve():
        raise OutputBlocked(mark, "这是要检查的文件本身", "请换一个文件名。")
    if mark and is_several(where):
        raise OutputBlocked(
            mark, "标红只能用于一个工作簿或 CSV 文件夹", "请逐个检查各单位的工作簿。"
        )
    if mark and Path(where).suffix.lower() == MACROS and mark.suffix.lower() != MACROS:
        raise OutputBlocked(mark, "这份工作簿带宏", f"请把文件名写成 …{MACROS}，否则打不开。")
    marked = save_workbook(mark, annotate(where, findings)) if mark else None
    counts = counts_by_level(findings)
    if as_json:
        say_json(
            {
                "ok": not verdict(findings),
                "file": called(where) if is_address(where) else where,
                "marked": str(marked) if marked else None,
                "levels": counts,
                "findings": [finding.as_json() for finding in findings],
            }
        )
    else:
        _tell(findings, counts, marked)
        if examination.changes and Path(where).is_file():
            many = len(examination.changes)
            say(
                f"其中{many}格程序知道该填什么，可以一次改好：zhibi data fix {where} --out "
                "改好.xlsx"
            )
    return verdict(findings)


@app.command(
    cls=ChineseCommand,
    help="改正：凡是只有一个答案的（86人→86、大专→大学专科、3月5日补年份……）另存一份改好的，"
    "逐处列出；其余留给人。",
)
def fix(
    file: Annotated[
        Path, typer.Argument(help="要改正的 .xlsx 工作簿；原文件不动。", metavar="工作簿")
    ],
    out: Annotated[Path, typer.Option(help="改好的工作簿写到这里。", metavar="文件")],
    as_json: Annotated[bool, typer.Option("--json", help="只输出一个 JSON 对象。")] = False,
) -> int:
    """Write a copy in which everything that has one answer is put right."""
    if out.exists() or out.resolve() == file.resolve():
        raise OutputBlocked(out, "已有这个文件", "请换一个文件名，或先把它移走。")
    if file.is_dir():
        raise UnreadableFile(file, "是文件夹，不是工作簿", "请逐个改正里面的工作簿。")
    own = own_domain()
    result = corrected(file, own.contract)
    path = save_workbook(out, result.content)
    changes, left = listed(result.changes), result.findings
    if as_json:
        say_json(
            {
                "ok": not verdict(left),
                "file": str(path),
                "changes": [asdict(change) for change in changes],
                "findings": [finding.as_json() for finding in left],
            }
        )
        return verdict(left)
    for change in changes:
        say(str(change))
    say(
        f"已改好{len(result.changes)}格：{shown(path, Path.cwd())}"
        if changes
        else "没有可以代改的地方。"
    )
    errors = sum(finding.level is Level.ERROR for finding in left)
    if errors:
        say(f"还有{errors}处错误要由人决定，请运行：zhibi data check {shown(path, Path.cwd())}")
    return verdict(left)


def _tell(findings: tuple[Finding, ...], counts: dict[str, int], marked: Path | None) -> None:
    left_out = [one for one in findings if one.code == LEFT_OUT and not one.place.sheet]
    for finding in sorted(findings, key=lambda one: list(Level).index(one.level)):
        if finding not in left_out:
            say(str(finding))
    total = "，".join(f"{level}{count}处" for level, count in counts.items() if count)
    last = "".join(f"{sentence(one.message)}{one.hint}" for one in left_out)
    say(f"检查完毕：{total}。{last}" if total else "检查完毕：没有发现问题。")
    if marked:
        say(f"已标出问题：{shown(marked, Path.cwd())}")


def audited(dataset: "Dataset | None", own: Domain) -> tuple[Finding, ...]:
    """What the slower checks say of valid data; of others, that they were not made."""
    if dataset is not None:
        return tuple(run_checks(own.audits, dataset))
    if not own.audits:
        return ()
    message = f"数据还有错误，另有{len(own.audits)}项要用到全部数据的检查没有做。"
    return (Finding(LEFT_OUT, Level.NOTE, Location(), message, "改好错误后请再查一次。"),)

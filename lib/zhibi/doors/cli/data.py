"""`zhibi data` -> workbooks to send out, what is wrong with those that came back, one out of many, and a database."""

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from gongwen import atomic_files
from gongwen.errors import InvalidInput, OutputBlocked, UnreadableFile
from gongwen.findings import Finding, Level, Location, counts_by_level, sentence
from zhibi import domain
from zhibi.data.checking.own_checks import run_checks
from zhibi.data.contract import Contract
from zhibi.data.dataset import Dataset
from zhibi.data.importing.carrying import carry as carry_over
from zhibi.data.importing.import_files import OWN_WORDS, bring_in
from zhibi.data.read import called, examine, is_several, open_dataset, read
from zhibi.data.read import database as connect
from zhibi.data.writing.annotate import mark as annotate
from zhibi.data.writing.corrections.corrected import corrected, listed
from zhibi.data.writing.fill import whole
from zhibi.data.writing.split import Part
from zhibi.data.writing.split import split as parts_of
from zhibi.data.writing.template import template as blank_workbook
from zhibi.doors.cli.console.asking import asker
from zhibi.doors.cli.console.exit import say, say_json, shown, source, verdict
from zhibi.doors.cli.console.help import ChineseCommand
from zhibi.doors.cli.console.help import app as group
from zhibi.workspace import workspace
from zhibi.workspace.address import address, is_address

app = group("数据：空白工作簿、检查、汇总、拆分、数据库。")
MACROS = ".xlsm"
LEFT_OUT = "B21"  # a check that was not made
DATA = "工作簿、放各单位工作簿或 CSV 的文件夹，或数据库地址（postgresql://…）。"


@app.command(
    cls=ChineseCommand, help="生成空白工作簿：带下拉选项、填写说明和示例行，可发给各单位填报。"
)
def template(
    file: Annotated[Path, typer.Argument(help="要写出的 .xlsx 文件。", metavar="文件")],
) -> None:
    """Write the blank workbook of the workspace's domain."""
    if file.exists():
        raise OutputBlocked(file, "已有这个文件", "里面可能有填好的数据，请换一个文件名。")
    path = _save(file, blank_workbook(_contract()))
    say(f"已生成：{shown(path, Path.cwd())}")


@app.command(
    cls=ChineseCommand, help="检查数据：一次列出全部问题，指明文件、工作表、单元格和改法。"
)
def check(
    place: Annotated[str, typer.Argument(help=DATA, metavar="数据")],
    mark: Annotated[
        Path | None, typer.Option(help="另存一份标出问题的工作簿，可退回填报单位。", metavar="文件")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="只输出一个 JSON 对象。")] = False,
) -> int:
    """Check data of any kind and say everything that is wrong with them."""
    where, own = source(place), _domain()
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
    marked = _save(mark, annotate(where, findings)) if mark else None
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
    own = _domain()
    result = corrected(file, own.contract)
    path = _save(out, result.content)
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


@app.command(
    cls=ChineseCommand,
    help="汇总：把一个文件夹里各单位的工作簿合成一份；漏报、迟报、重复、互相矛盾的一次列出。",
)
def merge(
    folder: Annotated[Path, typer.Argument(help="放各单位工作簿的文件夹。", metavar="文件夹")],
    file: Annotated[Path, typer.Argument(help="要写出的 .xlsx 文件。", metavar="文件")],
    due: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"], help="截止报送的日期，之后保存的算迟报。", metavar="日期"
        ),
    ] = None,
    partial: Annotated[
        bool,
        typer.Option(
            "--partial", help="有单位还没报时先汇总已经收到的：查不到的代码先留空，记为警告。"
        ),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="只输出一个 JSON 对象。")] = False,
) -> int:
    """Merge branch workbooks; with any 错误 nothing is written."""
    if not folder.is_dir():
        raise UnreadableFile(folder, "不是文件夹", "请给出放各单位工作簿的文件夹。")
    if file.exists():
        raise OutputBlocked(file, "已有这个文件", "请换一个文件名，或先把它移走。")
    if file.resolve().parent == folder.resolve():
        raise OutputBlocked(
            file, "不能写在各单位工作簿的文件夹里，下次汇总会把它也算进去", "请换一个文件夹。"
        )
    dataset, findings = read(folder, _contract(), due=due.date() if due else None, partial=partial)
    if dataset is None:
        raise InvalidInput(folder.name, findings)
    path = _save(file, whole(dataset))
    rows = sum(len(frame) for frame in dataset.frames.values())
    if as_json:
        told = [finding.as_json() for finding in findings]
        say_json(
            {
                "ok": True,
                "file": str(path),
                "files": len(dataset.sources),
                "rows": rows,
                "findings": told,
            }
        )
    else:
        for finding in findings:
            say(str(finding))
        say(f"已汇总{len(dataset.sources)}个文件，共{rows}行：{shown(path, Path.cwd())}")
    return verdict(findings)


@app.command(
    cls=ChineseCommand,
    help="拆分：把一份数据按填报单位拆成各自的工作簿，发下去核对、补填，再用 merge 汇总。",
)
def split(
    place: Annotated[str, typer.Argument(help=DATA, metavar="数据")],
    folder: Annotated[Path, typer.Argument(help="写到这个文件夹；要是空的。", metavar="文件夹")],
) -> None:
    """Split a dataset into one workbook for each reporter and one with what is nobody's own."""
    contract = _contract()
    if contract.reporters is None:
        raise UnreadableFile(place, "这种工作簿没有规定由谁分别填报", "不能拆分。")
    atomic_files.sweep(folder.resolve())
    if folder.is_dir() and any(folder.iterdir()):
        raise OutputBlocked(
            folder, "文件夹不是空的", "请换一个文件夹，免得和原有的工作簿混在一起。"
        )
    dataset = open_dataset(source(place), contract)
    files = {_name(part): part.content for part in parts_of(dataset)}
    atomic_files.save(folder.resolve(), files)
    say(f"已拆成{len(files)}个工作簿：{folder}")


@app.command(
    cls=ChineseCommand,
    help="建表：列出数据库要有的数据表（SQL），交给管理员；用 load 导入时会自动建好。",
)
def schema() -> None:
    """Print the tables as SQL."""
    say(connect().script(_contract()).rstrip())


@app.command(
    cls=ChineseCommand,
    help="导入：把工作簿或文件夹里的数据写进 PostgreSQL 数据库，要么全部写入，要么不写。",
)
def load(
    place: Annotated[str, typer.Argument(help="工作簿或文件夹。", metavar="数据")],
    target: Annotated[
        str, typer.Argument(help="如 postgresql://用户@服务器:5432/数据库。", metavar="数据库地址")
    ],
    replace: Annotated[bool, typer.Option("--replace", help="数据库里已有的数据先清空。")] = False,
) -> None:
    """Load a valid source into a database."""
    if not is_address(target):
        raise UnreadableFile(
            target, "不是数据库地址", "应写成：postgresql://用户@服务器:5432/数据库"
        )
    engine = connect()
    where = address(source(target))
    dataset = open_dataset(source(place), _contract())
    written = engine.load(dataset, where, replace=replace)
    say(f"已写入{len(written)}张数据表，共{sum(written.values())}行：{where.shown}")


@app.command(
    "import",
    cls=ChineseCommand,
    help="导入：把手里的花名册、台账、系统导出变成规定的工作簿；拿不准的问，记在 对应.toml 里，"
    "下次不再问。",
)
def import_files(
    files: Annotated[
        list[Path],
        typer.Argument(help="要导入的表格文件，或放它们的文件夹；可以几个。", metavar="文件…"),
    ],
    into: Annotated[Path, typer.Option(help="导入到这个 .xlsx；没有就新建。", metavar="工作簿")],
    as_sheet: Annotated[
        str, typer.Option("--as", help="全部按这张表读；不写就自己认。", metavar="表")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="只输出一个 JSON 对象。")] = False,
) -> int:
    """Import tables people made into a workbook of the contract."""
    own = _domain()
    if own.intake is None:
        raise UnreadableFile(into, "这个领域没有规定怎样导入", "请照空白工作簿填报。")
    ask = None if as_json else asker()
    done = bring_in(files, into, own.contract, own.intake(), _own_words(), as_sheet, ask)
    if as_json:
        say_json(done.as_json())
    else:
        for line in done.lines():
            say(line)
    return done.exit_code


@app.command(
    cls=ChineseCommand,
    help="转年：把去年的工作簿变成今年的，只带走继续有效的：单位、在册人员、没有办结的事项。",
)
def carry(
    old: Annotated[Path, typer.Argument(help="去年的工作簿。", metavar="去年.xlsx")],
    new: Annotated[Path, typer.Argument(help="要写出的今年的工作簿。", metavar="今年.xlsx")],
) -> None:
    """Write this year's workbook out of last year's."""
    own = _domain()
    if own.intake is None:
        raise UnreadableFile(old, "这个领域没有规定哪些内容转到下一年", "请从空白工作簿填起。")
    if new.exists():
        raise OutputBlocked(new, "已有这个文件", "请换一个文件名，或先把它移走。")
    done = carry_over(old, own.contract, own.intake())
    path = _save(new, done.content)
    for finding in done.findings:
        say(str(finding))
    over = "，".join(f"{title}{count}行" for title, count in done.over.items() if count)
    behind = "，".join(f"{title}{count}行" for title, count in done.behind.items() if count)
    say(f"已转到新的一年：{over or '没有可以转的行'}。" + (f"没有转：{behind}。" if behind else ""))
    say(f"已生成：{shown(path, Path.cwd())}。请在“设置”里填好数据截止日。")


def _own_words() -> list[tuple[str, str]]:
    """The county's own word list, where the workspace has one."""
    here = workspace.find(Path.cwd())
    own = here.root / OWN_WORDS if here else None
    return [(OWN_WORDS, own.read_text("utf-8-sig"))] if own and own.is_file() else []


def _name(part: Part) -> str:
    """The file of a part; the common one is named so that it stands first."""
    return (
        f"{atomic_files.safe_name(f'{part.code} {part.name}')}.xlsx"
        if part.code
        else "00 公共部分.xlsx"
    )


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


def audited(dataset: Dataset | None, own: domain.Domain) -> tuple[Finding, ...]:
    """What the slower checks say of valid data; of others, that they were not made."""
    if dataset is not None:
        return tuple(run_checks(own.audits, dataset))
    if not own.audits:
        return ()
    message = f"数据还有错误，另有{len(own.audits)}项要用到全部数据的检查没有做。"
    return (Finding(LEFT_OUT, Level.NOTE, Location(), message, "改好错误后请再查一次。"),)


def _domain() -> domain.Domain:
    """The domain that the workspace names; outside of a workspace, the one installed."""
    here = workspace.find(Path.cwd())
    return domain.sound(domain.find(domain.name_of(here), here.root if here else None))


def _contract() -> Contract:
    return _domain().contract


def _save(file: Path, content: bytes) -> Path:
    if file.suffix.lower() not in {".xlsx", MACROS}:
        raise OutputBlocked(file, "不是 .xlsx 文件", "请把文件名写成 ….xlsx。")
    return atomic_files.save(file.resolve().parent, {file.name: content})[0]

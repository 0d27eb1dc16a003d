"""`zhibi check` -> what is wrong with any document, where and by which clause.

Repairs and comments in copies of it.
"""

from collections.abc import Iterator
from importlib.metadata import version
from itertools import chain
from os import cpu_count
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gongwen.errors import UnknownName, UnreadableFile
from gongwen.findings import Level
from gongwen_lint import check as checker
from gongwen_lint.check import Outcome
from gongwen_lint.formats import rule_pages, sarif
from gongwen_lint.rules import registry
from gongwen_lint.rules.context import CheckContext
from gongwen_lint.rules.rule import Rule
from zhibi.doors.cli.console import findings as findings_text
from zhibi.doors.cli.console.exit import (
    FINDINGS,
    FINE,
    OUR_BUG,
    WRONG_INPUT,
    complain,
    log,
    say,
    say_as_is,
    say_json,
)
from zhibi.doors.cli.console.help import ChineseCommand
from zhibi.report.checking import context
from zhibi.startup.later import later
from zhibi.workspace import workspace

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

    from gongwen_lint.repair.copies import wanted
    from gongwen_lint.repair.copies import write as written_copies
    from zhibi.doors.cli.console.bars import files as file_bar
else:  # only for many files, and for copies
    wanted = later("gongwen_lint.repair.copies", "wanted")
    written_copies = later("gongwen_lint.repair.copies", "write")
    file_bar = later("zhibi.doors.cli.console.bars", "files")
    ProcessPoolExecutor = later("concurrent.futures", "ProcessPoolExecutor")

app = typer.Typer(add_completion=False, rich_markup_mode=None)

_PARALLEL_FROM = 8  # files; below, starting workers costs more than it saves


@app.command(
    cls=ChineseCommand,
    help="检查公文：版式、文字、内容。不改动原文件；可写出带批注的副本（--review）"
    "和改正的副本（--fix）。",
)
def check(  # noqa: PLR0913, PLR0917  # one parameter an option
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help=".docx、.md、.txt、.ipynb 文件，或文件夹。", metavar="文件"),
    ] = None,
    profile: Annotated[
        str, typer.Option(help="按这种版式检查，不用工作区的。", metavar="版式")
    ] = "",
    data: Annotated[
        Path | None, typer.Option(help="对照这个工作簿核对数字、名称。", metavar="工作簿")
    ] = None,
    last: Annotated[
        Path | None, typer.Option(help="去年的稿子：查照抄的段落和没改的数字。", metavar="文件")
    ] = None,
    peers: Annotated[
        Path | None, typer.Option(help="别的单位的稿子所在的文件夹：查雷同。", metavar="文件夹")
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(help="只查这些规则：代码、字母或 版式/文字/内容。", metavar="规则"),
    ] = None,
    ignore: Annotated[
        list[str] | None, typer.Option(help="不查这些规则，写法同上。", metavar="规则")
    ] = None,
    review: Annotated[
        Path | None, typer.Option(help="写一份带批注的 Word 副本。", metavar="副本")
    ] = None,
    fix: Annotated[
        list[str] | None,
        typer.Option(
            help="写一份改正的副本（Word 中为修订）；--fix=guarded 连拿不准的一起改。",
            metavar="副本",
        ),
    ] = None,
    accept: Annotated[
        bool, typer.Option("--accept", help="与 --fix 同用：直接改正，不留修订。")
    ] = False,
    everything: Annotated[bool, typer.Option("--all", help="每处都列出，不省略。")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="只输出一个 JSON 列表。")] = False,
    as_sarif: Annotated[bool, typer.Option("--sarif", help="只输出 SARIF 2.1.0。")] = False,
    rules: Annotated[bool, typer.Option("--rules", help="列出全部规则，不检查。")] = False,
    markdown: Annotated[
        bool, typer.Option("--markdown", help="与 --rules 同用：输出说明页。")
    ] = False,
    explained: Annotated[
        str, typer.Option("--explain", help="说明一条规则，不检查。", metavar="代码")
    ] = "",
) -> int:
    """Check, tell, and write the copies asked for."""
    if rules or explained:
        return _tell_rules(_chosen(only, ignore), explained, markdown=markdown, as_json=as_json)
    if not paths:
        raise UnreadableFile(
            "zhibi check", "没有说检查哪个文件", "请写上文件或文件夹，如 zhibi check 总结.docx。"
        )
    against = context.build(Path.cwd(), context.Named(profile, data, last, peers))
    unasked = (
        *workspace.ignored(_folder(paths[0])),
        *(against.profile.ignored if against.profile else ()),
    )
    chosen = _chosen(only, [*(ignore or ()), *unasked])
    files, codes = checker.files(paths), [rule.code for rule in chosen]
    outcomes = _checked(files, codes, against, quiet=as_json or as_sarif)
    if as_json:
        say_json(list(chain.from_iterable(map(checker.entries, outcomes))))
    elif as_sarif:
        say_json(sarif.log(outcomes, chosen, version("zhibi")))
    else:
        findings_text.tell(outcomes, Path.cwd(), everything=everything)
    if review or fix:
        for line in written_copies(
            outcomes, chosen, against, wanted(review, fix or (), accept=accept)
        ):
            if not (as_json or as_sarif):
                say(line)
    return _verdict(outcomes)


def _checked(
    files: tuple[Path, ...], codes: list[str], against: CheckContext, *, quiet: bool
) -> list[Outcome]:
    """Every file in turn; many at once where there are many."""
    if len(files) == 1:
        return list(checker.check_all(files, codes, against))
    with file_bar(len(files), quiet=quiet) as bar:
        if len(files) < _PARALLEL_FROM:
            return list(checker.check_all(files, codes, against, told=bar))
        with ProcessPoolExecutor(cpu_count() or 1) as executor:
            return list(checker.check_all(files, codes, against, executor, bar))


def _chosen(only: list[str] | None, ignore: list[str] | None) -> tuple[Rule, ...]:
    """The rules to run, named one by one or several with commas."""
    return registry.chosen(_names(only), _names(ignore))


def _names(options: list[str] | None) -> list[str]:
    listed = ",".join(options or ()).replace("，", ",").replace("、", ",")
    return [name for name in listed.split(",") if name.strip()]


def _folder(path: Path) -> Path:
    return path if path.is_dir() else path.parent


def _verdict(outcomes: list[Outcome]) -> int:
    """3 where a bug of ours left something unchecked, 2 where a file cannot be read, 1 where there are errors, else 0."""
    bugs = [*chain.from_iterable(map(_traces, outcomes))]
    if bugs:
        complain(
            f"程序内部出错{len(bugs)}处，别的都查过了。请把这个文件发给维护者："
            f"{log(chr(10).join(bugs))}"
        )
        return OUR_BUG
    if any(outcome.trouble for outcome in outcomes):
        return WRONG_INPUT
    return FINDINGS if any(outcome.count(Level.ERROR) for outcome in outcomes) else FINE


def _traces(outcome: Outcome) -> Iterator[str]:
    for bug in outcome.bugs:
        yield f"{outcome.name}\n{bug.trace}"


def _tell_rules(chosen: tuple[Rule, ...], code: str, *, markdown: bool, as_json: bool) -> int:
    if code and code not in registry.BY_CODE:
        raise UnknownName("规则", code, registry.BY_CODE)
    rules = (registry.BY_CODE[code],) if code else chosen
    if as_json:
        say_json([rule_pages.as_json(rule) for rule in rules])
    elif code:
        say_as_is(rule_pages.page(rules[0]))
    elif markdown:
        for family in dict.fromkeys(rule.family for rule in rules):
            say_as_is(rule_pages.markdown(family, rules).rstrip("\n"))
    else:
        for rule in rules:
            say(f"{rule.code} {rule.level} {rule.title}")
    return FINE

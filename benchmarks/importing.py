"""Names met in real tables -> how many an import recognises, asks about, refuses, misses and gets wrong; and its speed.

python benchmarks/importing.py [表.tsv]          names; the table has our sheet, our column, names joined by ；, source
python benchmarks/importing.py --members 100000 [--publish]
    branch files of a made-up county, against a plain loop of pandas.read_excel(file); `--publish` writes the table of
    benchmarks/README.md
"""

from __future__ import annotations

import argparse
import csv
import platform
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from dangjian.workbook.contract import CONTRACT
from dangjian.workbook.intake import intake
from zhibi.data.contract import Sheet
from zhibi.data.importing.recognition.columns import (
    ASKED,
    OFFERED,
    RECOGNISED,
    REFUSES,
    Matcher,
)
from zhibi.data.importing.recognition.lexicon import bare, lexicon
from zhibi.data.importing.recognition.tables import MONTHS
from zhibi.data.writing import spreadsheet

TOP = Path(__file__).resolve().parents[1]
REMARK = re.compile(r"\s*[(（][^)）]*[A-Za-z=−][^)）]*[)）]\s*$")
TRAP = re.compile(r"do not|not the|head count|a list of|text:|= 应到|a date or|ambiguous")
GOOD = {"认得", "问", "候选", "拒收", "不读"}
BRANCHES = 300


@dataclass(frozen=True)
class Name:
    """A name, where it belongs (no column: nowhere), and whether reading it as that in silence would be wrong."""

    sheet: str
    column: str
    spelled: str
    personal: bool
    trap: bool


def names(path: Path) -> Iterator[Name]:
    """Every name of the table, each once for its column."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]
    titles = {sheet.title for sheet in CONTRACT.sheets}
    for row in rows:
        sheet, column, spelled = (part.strip() for part in row[:3])
        personal = sheet.startswith("(拒收")
        target = "" if sheet not in titles else REMARK.sub("", column)
        for name in re.split(r"；|…", spelled):
            if name.strip():
                trap = bool(TRAP.search(name) or TRAP.search(column))
                plain = REMARK.sub("", name.strip())
                yield Name(sheet if sheet in titles else "党员", target, plain, personal, trap)


def outcome(  # noqa: PLR0911  (one return for each outcome)
    name: Name, matcher: Matcher, sheets: dict[str, Sheet]
) -> str:
    """What an import does with a name, knowing the sheet and no cells."""
    if bare(name.spelled) in MONTHS and any(
        one.sheet == name.sheet for one in matcher.intake.counted
    ):
        return "认得"
    reading = matcher.reading(sheets[name.sheet], name.spelled)
    if name.personal:
        return "拒收" if reading.how == REFUSES else "漏收"
    if reading.how == RECOGNISED:
        right = name.column in reading.columns and not name.trap
        return "认得" if right else "读错"
    if not name.column:
        return "不读"
    if reading.how == REFUSES:
        return "误拒"
    if reading.how in (ASKED, OFFERED) and name.column in reading.columns:
        return "问" if reading.how == ASKED else "候选"
    return "没认"


def recognition(path: Path) -> int:
    """Print the counts and every name that is missed or wrong."""
    own = intake()
    matcher = Matcher(
        CONTRACT, lexicon(CONTRACT, ("别名表", own.aliases), people=own.people.sheet), own
    )
    sheets = {sheet.title: sheet for sheet in CONTRACT.sheets}
    outcomes = [(name, outcome(name, matcher, sheets)) for name in dict.fromkeys(names(path))]
    counts = Counter(result for _, result in outcomes)
    wanted = [result for name, result in outcomes if name.column]
    personal = [result for name, result in outcomes if name.personal]
    for name, result in outcomes:
        if result not in GOOD:
            print(f"  {result}\t{name.sheet}\t{name.column or '（都不是）'}\t{name.spelled}")
    print(f"{path.name}：{len(outcomes)}个名称")
    print("，".join(f"{result}{count}" for result, count in counts.most_common()))
    reached = sum(result in ("认得", "问", "候选") for result in wanted)
    print(
        f"认得或问到：{reached}/{len(wanted)} = {reached / max(1, len(wanted)):.1%}（其中候选{counts['候选']}）"
    )
    print(f"悄悄读错：{counts['读错']}；隐私列拒收：{personal.count('拒收')}/{len(personal)}")
    return int(bool(counts["读错"] or counts["漏收"]))


# ---- speed ---------------------------------------------------------------------------------------------------------


def made_up_name(number: int) -> str:
    """Four characters that are no one's name, other ones for each number."""
    parts = (number // 10_000 % 10, number // 100 % 100, number % 100)
    return "虚" + "甲乙丙丁戊己庚辛壬癸"[parts[0]] + chr(0x6C00 + parts[1]) + chr(0x7C00 + parts[2])


def make_county(folder: Path, members: int) -> None:
    """Branch files with a title row, names for codes and telephones that are no one's."""
    head = (
        "序号",
        "姓名",
        "性别",
        "民族",
        "出生年月",
        "学历",
        "入党时间",
        "转正时间",
        "党内职务",
        "联系电话",
    )
    each = members // BRANCHES
    for branch in range(BRANCHES):
        title = f"虚构县第{branch + 1}党支部党员花名册"
        rows = [
            (
                at, made_up_name(branch * each + at), "男" if at % 2 else "女", "汉", f"{1950 + at % 35}.{1 + at % 12:02}",
                ("本科", "大专", "高中")[at % 3], f"{1985 + at % 35}.03.{1 + at % 28:02}", f"{1987 + at % 35}.03.{1 + at % 28:02}",
                "书记" if at == 1 else "", "00000000000",
            )
            for at in range(1, each + 1)
        ]  # fmt: skip
        sheet = spreadsheet.PlainSheet("党员花名册", (title,), [head, *rows])
        (folder / f"{branch + 1:03}.xlsx").write_bytes(spreadsheet.write([sheet], {}))


PANDAS = """
import sys, pandas
from pathlib import Path
frames = [pandas.read_excel(file{engine}) for file in sorted(Path(sys.argv[1]).glob("*.xlsx"))]
print(len(pandas.concat(frames)))
"""
OURS = """
import sys
from pathlib import Path
from dangjian.workbook.contract import CONTRACT
from dangjian.workbook.intake import intake
from zhibi.data.importing.import_files import bring_in
answers = {{"编制单位": "虚构县委组织部", "截止日": "2026-11-30", "年度": "2026"}}
say = lambda question: next((answer for word, answer in answers.items() if word in question.message), "")
done = bring_in([Path(sys.argv[1])], Path(sys.argv[2]) / "county.xlsx", CONTRACT, intake(), ask=say)
print(sum(map(len, done.imported.rows.values())), done.exit_code)
"""


WATCHED = """
import resource
used = resource.getrusage(resource.RUSAGE_SELF)
print(used.ru_utime + used.ru_stime, used.ru_maxrss)
"""


@dataclass(frozen=True)
class Cost:
    """Seconds of the processor, start of Python included, MiB at the most, and what the program said."""

    seconds: float
    peak: float
    said: str


def measured(program: str, *words: str) -> Cost:
    """What a program costs in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", program + WATCHED, *words],
        capture_output=True,
        text=True,
        check=True,
    )
    *said, used = done.stdout.strip().splitlines()
    seconds, peak = used.split()
    return Cost(float(seconds), int(peak) / 1024, " ".join(said))


def speed(members: int, *, publish: bool) -> int:
    """Print time and memory of importing the files and of pandas reading them bare."""
    costs: dict[str, Cost] = {}
    with tempfile.TemporaryDirectory() as name:
        folder, into = Path(name) / "in", Path(name) / "out"
        folder.mkdir()
        into.mkdir()
        make_county(folder, members)
        print(f"{members}名党员，{BRANCHES}个文件")
        contestants = (
            ("pandas（openpyxl，默认）", PANDAS.format(engine="")),
            ("pandas（calamine）", PANDAS.format(engine=', engine="calamine"')),
            ("zhibi data import（读、认、编码、写出、检查）", OURS.format()),
        )
        for called, program in contestants:
            cost = costs[called] = measured(program, str(folder), str(into))
            print(f"{called}\t{cost.seconds:.1f} s\t{cost.peak:.0f} MiB\t{cost.said}", flush=True)
    if publish:
        write_table(members, costs)
    return 0


def write_table(members: int, costs: dict[str, Cost]) -> None:
    """Put the figures between the marks of this benchmark in benchmarks/README.md."""
    plain, calamine, _ = costs.values()
    lines = [
        f"| {called} | {cost.seconds:.1f} | {cost.seconds / plain.seconds:.2f} | {cost.seconds / calamine.seconds:.1f}"
        f" | {cost.peak:.0f} | {cost.peak / plain.peak:.1f} | {cost.peak / calamine.peak:.1f} |"
        for called, cost in costs.items()
    ]
    versions = "、".join(
        f"{name} {version(name)}" for name in ("pandas", "openpyxl", "python-calamine")
    )
    table = f"""
| {members}名党员，{BRANCHES}个文件 | 处理器秒 | ÷默认 | ÷calamine | 内存（MiB） | ÷默认 | ÷calamine |
|---|---:|---:|---:|---:|---:|---:|
{chr(10).join(lines)}

{platform.system()}，Python {platform.python_version()}，{versions}；各跑一次，处理器时间，连启动在内。
"""
    place = TOP / "benchmarks/README.md"
    before, mark, rest = place.read_text("utf-8").partition("<!-- importing -->")
    after = rest.partition("<!-- /importing -->")[2]
    place.write_text(f"{before}{mark}{table}<!-- /importing -->{after}", "utf-8")


def table() -> Path:
    """The table of names that lies near the checkout."""
    paths = (path for folder in TOP.parents for path in sorted(folder.glob("*/cases/columns.tsv")))
    path = next(paths, None)
    if path is None:
        sys.exit("请写出名称表：python benchmarks/importing.py 表.tsv")
    return path


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("table", nargs="?", type=Path)
    parser.add_argument("--members", type=int)
    parser.add_argument("--publish", action="store_true", help="写进 benchmarks/README.md")
    given = parser.parse_args()
    if given.members:
        sys.exit(speed(given.members, publish=given.publish))
    sys.exit(recognition(given.table or table()))

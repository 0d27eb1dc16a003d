"""The gallery and the reports -> what each program that lays them out makes of them, beside LibreOffice.

`python tests/render/second_opinion.py` runs every program that is installed (layout_engines.py);
with names it takes only those documents. Page totals, lines and page ends that agree, numbers in
目录, page numbers, 版记 and the red line; what differs is listed below the table.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import layout_engines
from office import missing
from page_marks import Marks, read

ROOT = Path(__file__).resolve().parents[2]
REPORTS = ("research_report", "annual_review", "annual_rollup", "experience_exchange",
           "case_compilation", "theory_article")  # fmt: skip
_NEAR_MM = 0.5
_RED_MM = 156.0
_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Opinion:
    """One document in one program, beside LibreOffice: things that agree, of how many."""

    document: str
    pages: int
    totals: bool
    lines: tuple[int, int]
    ends: tuple[int, int]
    contents: tuple[int, int]
    numbers: tuple[int, int]
    imprint: str
    red_line: str
    differing: tuple[str, ...]


def documents(folder: Path, wanted: frozenset[str] = frozenset()) -> dict[str, Path]:
    """The gallery's documents and the example county's reports as Word files."""
    sys.path.insert(0, str(ROOT / "docs" / "gallery"))
    import build

    from gongwen import profile
    from gongwen.writer.write import write

    look = profile.load("classic", [profile.packaged_templates()])
    files = {}
    for source in sorted((build.HERE / "sources").glob("*.md")):
        if not wanted or source.stem in wanted:
            files[source.stem] = folder / f"{source.stem}.docx"
            files[source.stem].write_bytes(write(build.document(source), look))
    for report in REPORTS:
        if not wanted or report in wanted:
            files[report] = _report(report, folder)
    return files


def _report(name: str, folder: Path) -> Path:
    words = ["run", name, "--out", str(folder / name)]
    command = [sys.executable, "-c", "from zhibi.doors.cli import main; main()", *words]
    done = subprocess.run(
        command, check=False, cwd=ROOT, capture_output=True, text=True, timeout=240
    )
    made = folder / name / "报告.docx"
    if not made.is_file():
        raise SystemExit(f"{name}没有生成：\n{done.stdout}{done.stderr}")
    return made


def compared(name: str, ours: Marks, theirs: Marks) -> Opinion:
    """What a program makes of a document, beside what LibreOffice makes of it."""
    common = ours.lines & theirs.lines
    most = max(ours.lines.total(), theirs.lines.total())
    longest = max(len(ours.pages), len(theirs.pages))
    ends = sum(one == other for one, other in zip(ours.ends, theirs.ends, strict=False))
    entries = ours.contents
    return Opinion(
        name, len(theirs.pages), len(ours.pages) == len(theirs.pages), (common.total(), most), (ends, longest),
        (sum(theirs.contents.get(each) == number for each, number in entries.items()), len(entries)),
        (sum(_same_number(one, other) for one, other in zip(ours.pages, theirs.pages, strict=False)), longest),
        _imprint(ours, theirs), _red_line(theirs),
        tuple((ours.lines - theirs.lines).elements()),
    )  # fmt: skip


def _same_number(one, other) -> bool:
    """The same figure at the same place, or none on both."""
    if one.number is None or other.number is None:
        return one.number is other.number
    return one.number[0] == other.number[0] and all(
        abs(here - there) < 2 * _NEAR_MM
        for here, there in zip(one.number[1:], other.number[1:], strict=True)
    )


def _imprint(ours: Marks, theirs: Marks) -> str:
    if ours.imprint is None:
        return "—"
    if theirs.imprint is None:
        return "没有画出"
    page, height = theirs.imprint
    same = page == ours.imprint[0] and abs(height - ours.imprint[1]) < _NEAR_MM
    return f"{'同' if same else '不同'}（第{page}页{height:.2f}）"


def _red_line(theirs: Marks) -> str:
    line = theirs.red_line
    if line is None:
        return "—"
    return f"{line.right - line.left:.2f}（{line.left:.2f}起，高{line.height:.2f}）"


def opinions(
    engine, base: Mapping[str, Marks], files: Mapping[str, Path], folder: Path
) -> Iterator[Opinion]:
    """Every document in one program."""
    made = layout_engines.convert(engine, files, folder)
    for name, ours in base.items():
        if name in made:
            yield compared(name, ours, read(made[name]))
        else:
            sys.stderr.write(f"{engine.name}排不出{name}\n")


def table(engine_name: str, rows: list[Opinion]) -> str:
    """One program's opinions as a table in Markdown, a line of sums at its foot."""
    head = (
        "文稿",
        "页数",
        "行相同",
        "页末相同",
        "目录页码",
        "页码位置",
        "版记末条线",
        "红线长（毫米）",
    )
    lines = [
        f"## {engine_name}",
        "",
        f"| {' | '.join(head)} |",
        "|---|---:|---:|---:|---:|---:|---|---|",
    ]
    for row in rows:
        total = f"{row.pages}" if row.totals else f"**{row.pages}**"
        cells = [row.document, total, *map(_of, (row.lines, row.ends, row.contents, row.numbers)),
                 row.imprint, row.red_line]  # fmt: skip
        lines.append(f"| {' | '.join(cells)} |")
    agreeing, whole = (sum(row.lines[part] for row in rows) for part in (0, 1))
    ends, pages = (sum(row.ends[part] for row in rows) for part in (0, 1))
    same = sum(row.totals for row in rows)
    lines.append(
        f"| 合计 | {same}/{len(rows)}份相同 | {agreeing}/{whole}（{agreeing / whole:.1%}） | {ends}/{pages} | | | | |"
    )
    return "\n".join(lines)


def _of(pair: tuple[int, int]) -> str:
    return f"{pair[0]}/{pair[1]}" if pair[1] else "—"


def main(wanted: list[str]) -> int:
    """Print the opinions of every program that is installed."""
    if lacking := missing():
        sys.stderr.write(f"{lacking}\n")
        return 2
    engines = layout_engines.installed()
    if len(engines) == 1:
        sys.stderr.write("只有LibreOffice；另装一个：pip install 'zhibi[second-opinion]'。\n")
    with tempfile.TemporaryDirectory(prefix="zhibi-opinion-") as scratch:
        folder = Path(scratch)
        files = documents(folder, frozenset(wanted))
        if not files:
            sys.stderr.write(f"没有这样的文稿：{'、'.join(wanted)}。\n")
            return 2
        first = layout_engines.convert(engines[0], files, folder / "0")
        base = {name: read(pdf) for name, pdf in first.items()}
        for number, engine in enumerate(engines):
            rows = list(opinions(engine, base, files, folder / str(number)))
            sys.stdout.write(f"{table(engine.name, rows)}\n\n")
            for row in rows:
                for line in row.differing[:_SHOWN]:
                    sys.stdout.write(f"- {row.document}：没有这一行：{line}\n")
            sys.stdout.write("\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

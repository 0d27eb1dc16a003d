"""The gallery and the reports -> what each program that lays them out makes of them, beside LibreOffice.

`python tests/render/second_opinion.py [--publish] [NAME …]` runs every program that is installed (layout_engines.py);
with names it takes only those documents. Page totals, lines and page ends that agree, numbers in 目录, page numbers,
版记 and the red line; then every paragraph whose lines differ, with the cause (line_causes.py). `--publish` writes the
tables into docs/notes/second-opinion.md.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import layout_engines
import line_causes
from office import missing
from page_marks import Marks, read

ROOT = Path(__file__).resolve().parents[2]
REPORTS = ("research_report", "annual_review", "annual_rollup", "experience_exchange",
           "case_compilation", "theory_article")  # fmt: skip
_NEAR_MM = 0.5
_RED_MM = 156.0
_FEW = 40  # paragraphs that a note lists one by one
NOTE = ROOT / "docs" / "notes" / "second-opinion.md"


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
    differing: tuple[line_causes.Difference, ...]


def documents(folder: Path, wanted: frozenset[str] = frozenset()) -> dict[str, Path]:
    """The gallery's documents and the example county's reports as Word files."""
    sys.path.insert(0, str(ROOT / "docs" / "gallery"))
    import build

    from gongwen.writer.write import write

    look = _look()
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


def compared(
    name: str,
    ours: Marks,
    theirs: Marks,
    differing: tuple[line_causes.Difference, ...] = (),
) -> Opinion:
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
        differing,
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
    body = _look().styles.normal
    for name, ours in base.items():
        if name not in made:
            sys.stderr.write(f"{engine.name}排不出{name}\n")
            continue
        theirs = read(made[name])
        differing = line_causes.differences(
            name, files[name], ours, theirs, body, spaced=bool(engine.office)
        )
        yield compared(name, ours, theirs, tuple(differing))


def _look():
    from gongwen import profile

    return profile.load("classic", [profile.packaged_templates()])


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


def told(engine_name: str, rows: list[Opinion]) -> str:
    """The causes of what differs in one program; a few one by one."""
    found = [each for row in rows for each in row.differing]
    if not found:
        return ""
    whole = sum(row.lines[0] for row in rows), sum(row.lines[1] for row in rows)
    first = f"Of {whole[1]} lines {len(found)} end otherwise by themselves, {whole[1] - whole[0] - len(found)} after them."
    parts = [f"**{engine_name}.** {first}", line_causes.causes(found)]
    if len(found) <= _FEW:
        parts.append(line_causes.one_by_one(found))
    return "\n\n".join(parts)


def beside(opinions_by_engine: Mapping[str, list[Opinion]]) -> str:
    """All programs beside one another, a row for each document: lines, page ends, pages."""
    names = list(opinions_by_engine)
    rows = [
        f"| document | {' | '.join(f'{name}: lines · page ends · pages' for name in names)} |",
        f"|---|{'---|' * len(names)}",
    ]
    by_name = [{row.document: row for row in rows} for rows in opinions_by_engine.values()]
    for document in by_name[0]:
        cells = [_short(own[document]) if document in own else "—" for own in by_name]
        rows.append(f"| {document} | {' | '.join(cells)} |")
    rows.append(f"| all | {' | '.join(map(_sums, opinions_by_engine.values()))} |")
    return "\n".join(rows)


def _short(row: Opinion) -> str:
    pages = f"{row.pages}" if row.totals else f"**{row.pages}**"
    return f"{_of(row.lines)} · {_of(row.ends)} · {pages}"


def _sums(rows: list[Opinion]) -> str:
    lines, ends = (
        [sum(getattr(row, part)[at] for row in rows) for at in (0, 1)] for part in ("lines", "ends")
    )
    share = f"{lines[0] / lines[1]:.1%}"
    return f"{lines[0]}/{lines[1]} ({share}) · {ends[0]}/{ends[1]}"


def publish(mark: str, text: str) -> None:
    """Put a text between its marks in the note."""
    before, _, rest = NOTE.read_text("utf-8").partition(f"<!-- {mark} -->")
    _, _, after = rest.partition(f"<!-- /{mark} -->")
    NOTE.write_text(f"{before}<!-- {mark} -->\n{text}\n<!-- /{mark} -->{after}", "utf-8")


def main(words: list[str]) -> int:
    """Print the opinions of every program that is installed."""
    if lacking := missing():
        sys.stderr.write(f"{lacking}\n")
        return 2
    wanted = frozenset(words) - {"--publish"}
    engines = layout_engines.installed()
    if len(engines) == 1:
        sys.stderr.write("只有LibreOffice；另装一个：pip install 'zhibi[second-opinion]'。\n")
    with tempfile.TemporaryDirectory(prefix="zhibi-opinion-") as scratch:
        folder = Path(scratch)
        files = documents(folder, wanted)
        if not files:
            sys.stderr.write(f"没有这样的文稿：{'、'.join(wanted)}。\n")
            return 2
        first = layout_engines.convert(engines[0], files, folder / "0")
        base = {name: read(pdf) for name, pdf in first.items()}
        found = {}
        for number, engine in enumerate(engines[1:], start=1):
            rows = found[engine.name] = list(opinions(engine, base, files, folder / str(number)))
            sys.stdout.write(f"{table(engine.name, rows)}\n\n{told(engine.name, rows)}\n\n")
            differing = [each for row in rows for each in row.differing]
            if len(differing) > _FEW:
                sys.stdout.write(f"{line_causes.one_by_one(differing)}\n\n")
    if "--publish" in words:
        publish("opinions", beside(found))
        publish("causes", "\n\n".join(told(name, rows) for name, rows in found.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

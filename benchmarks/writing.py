"""A report of 20 pages and tables of 500 to 2,000 rows -> what writing the Word file costs.

    python benchmarks/writing.py [--pairs 9] [--publish]

The report is set against the bare python-docx calls for the same paragraphs: the same base file opened, `add_paragraph`
with the same style and words for each, saved. Both take turns in one process, imports not counted; what counts is the
median of the ratios of neighbours. The limit is 1.3; above it, or if 2,000 rows cost more than 5 times as much as 500,
the exit code is 1. `--publish` writes the figures into benchmarks/README.md.
"""

from __future__ import annotations

import argparse
import io
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import docx

from gongwen import profile
from gongwen.document import Cell, Document, Heading, Paragraph, Table, Text, Title
from gongwen.writer.package.base import base_of
from gongwen.writer.write import write

ROOT = Path(__file__).resolve().parents[1]
LIMIT, STEEPEST = 1.3, 5.0
ROWS = (500, 1000, 2000)
OPENING, CLOSING = "<!-- writing -->", "<!-- /writing -->"
SENTENCE = (
    "全县各级党组织认真落实“三会一课”制度，全年召开支部党员大会12次，参加598人次，占应到的96.3%。"
)


def report() -> Document:
    """About 20 pages of headings and paragraphs, with Chinese marks and figures as reports have them."""
    blocks: list = [Title(((Text("关于示例县基层党建工作情况的调研报告"),),))]
    for chapter in range(5):
        blocks.append(Heading(1, (Text(f"第{chapter}部分工作情况"),)))
        for part in range(4):
            blocks.append(Heading(2, (Text("基本做法"),)))
            blocks += [Paragraph((Text(SENTENCE * (2 + (part + each) % 3)),)) for each in range(4)]
    return Document(tuple(blocks))


def table(rows: int) -> Document:
    """A table of eight columns."""
    head = tuple(Cell((Text(f"指标{column}"),)) for column in range(8))
    body = tuple(
        (
            Cell((Text(f"第{row}党支部"),)),
            *(Cell((Text(str(row * column)),), numeric=True) for column in range(1, 8)),
        )
        for row in range(rows)
    )
    return Document((Table((head,), body, "各支部情况"),))


def seconds(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def bare(base: bytes, paragraphs: list[tuple[str, str]]) -> bytes:
    """The same paragraphs through python-docx's own calls."""
    file = docx.Document(io.BytesIO(base))
    for style, words in paragraphs:
        file.add_paragraph(words, style)
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def main() -> int:
    parser = argparse.ArgumentParser(description="Writing a report against bare python-docx calls.")
    parser.add_argument("--pairs", type=int, default=9)
    parser.add_argument(
        "--publish", action="store_true", help="write the figures into benchmarks/README.md"
    )
    options = parser.parse_args()
    look = profile.load("classic", [profile.packaged_templates()])
    document, base = report(), base_of(look)
    made = docx.Document(io.BytesIO(write(document, look)))
    paragraphs = [(each.style.name, each.text) for each in made.paragraphs]
    bare(base, paragraphs)
    pairs = [
        (seconds(lambda: bare(base, paragraphs)), seconds(lambda: write(document, look)))
        for _ in range(options.pairs)
    ]
    median = statistics.median(ours / plain for plain, ours in pairs)
    plain, ours = (statistics.median(side) for side in zip(*pairs, strict=True))
    print(
        f"{len(paragraphs)} paragraphs: bare {plain * 1000:.0f} ms, ours {ours * 1000:.0f} ms, ratio {median:.2f}"
    )
    tables = {rows: table(rows) for rows in ROWS}
    long = {
        rows: min(seconds(lambda each=each: write(each, look)) for _ in range(3))
        for rows, each in tables.items()
    }
    print(", ".join(f"{rows} rows {taken:.2f} s" for rows, taken in long.items()))
    if options.publish:
        publish(len(paragraphs), pairs, long)
    return int(median > LIMIT or long[ROWS[-1]] > STEEPEST * long[ROWS[0]])


def publish(count: int, pairs: list[tuple[float, float]], long: dict[int, float]) -> None:
    """Put the figures between the marks of this benchmark in benchmarks/README.md."""
    ratios = sorted(ours / plain for plain, ours in pairs)
    plain, ours = (statistics.median(side) * 1000 for side in zip(*pairs, strict=True))
    rows = "\n".join(
        f"| {each} | {taken:.2f} | {taken / each * 1000:.2f} |" for each, taken in long.items()
    )
    versions = "、".join(f"{name} {version(name)}" for name in ("python-docx", "lxml"))
    text = f"""
| 段落 | python-docx直接写（毫秒） | 执笔（毫秒） | 倍数：中位数 | 最小—最大 | 上限 |
|---:|---:|---:|---:|---:|---:|
| {count} | {plain:.0f} | {ours:.0f} | {statistics.median(ratios):.2f} | {ratios[0]:.2f}—{ratios[-1]:.2f} | {LIMIT} |

| 表的行数（8列） | 秒 | 每行毫秒 |
|---:|---:|---:|
{rows}

{len(pairs)}对交替运行，表各取三次中最快的；{os.cpu_count()}核，{platform.system()}，Python {platform.python_version()}，{versions}。
"""
    page = ROOT / "benchmarks/README.md"
    before, _, rest = page.read_text("utf-8").partition(OPENING)
    _, _, after = rest.partition(CLOSING)
    page.write_text(f"{before}{OPENING}{text}{CLOSING}{after}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())

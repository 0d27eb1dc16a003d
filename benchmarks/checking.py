"""Ten-page documents -> how many are checked in a second on one core, and whether the time grows as the pages do.

    python benchmarks/checking.py [--documents 100] [--publish]

A document is read from its bytes and held against every rule that needs no data (page, prose, content). Seconds of the
processor in one process, after start-up. Documents are made from a seed; their pages are counted by LibreOffice if it is
there, else by lines. The limit is ten documents a second; below it the exit code is 1. `--publish` writes the figures into
benchmarks/README.md.
"""

from __future__ import annotations

import argparse
import platform
import random
import re
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

import pdfplumber

from gongwen import profile
from gongwen.document import Block, Cell, Document, Heading, Paragraph, Table, Text, Title
from gongwen.writer.write import write
from gongwen_lint.manuscript.reading.docx import read
from gongwen_lint.rules.context import CheckContext
from gongwen_lint.rules.registry import RULES
from gongwen_lint.runner import Diagnostic, examine
from zhibi.report import preview

ROOT = Path(__file__).resolve().parents[1]
OPENING, CLOSING = "<!-- checking -->", "<!-- /checking -->"
LIMIT = 10.0
SIZES = (1, 5, 10, 20, 40)
PARTS = ("基本情况", "主要做法", "取得成效", "存在问题", "原因分析", "下步打算")
SUBJECTS = (
    "县委组织部",
    "各乡镇党委",
    "城东社区党支部",
    "机关工委",
    "国企党委",
    "民政局党组",
    "示范支部",
    "驻村工作队",
)
DEEDS = (
    "召开专题会议{n}次",
    "走访党员{n}名",
    "解决群众诉求{n}件",
    "培训骨干{n}人次",
    "整顿软弱涣散支部{n}个",
    "办实事{n}项",
)
RESULTS = (
    "比上年增长{n}%",
    "群众满意度达{n}%",
    "完成年度任务的{n}%",
    "占全部支部的{n}%",
    "组织生活更加规范",
    "党员意识明显增强",
)
SLIPS = (
    "完成{n}项,成效明显",
    "占比10~15%",
    "自2024年至2025年",
    "“三会一课”、“主题党日”",
    "下降了2倍",
    "截止2025年底",
)
PLAIN = (
    "坚持问题导向", "压实工作责任", "健全制度机制", "推动学习走深走实", "严肃组织生活", "密切联系群众", "加强阵地建设", "强化监督检查",
    "注重典型引路", "突出政治功能", "提升服务能力", "抓好队伍建设", "规范工作流程", "完善考核办法", "深入基层调研", "及时回应关切",
)  # fmt: skip
SLIPS_SHARE = 0.04  # of the sentences
PLAIN_SHARE = 0.5  # so that there are as many numbers among the words as in our own report on the example county


def document(pages: int, seed: int) -> Document:
    """A report of about so many pages: headings, paragraphs with figures and a slip here and there, a table every few pages."""
    dice = random.Random(seed)
    blocks: list[Block] = [Title((words(f"关于第{seed}号调研课题的报告"),))]
    lines = 3
    while lines < pages * 22 - 2:
        if lines % 7 == 0:
            blocks.append(
                Heading(1 + (len(blocks) % 3 > 0), words(f"{dice.choice(PARTS)}之{len(blocks)}"))
            )
            lines += 1
        text = "".join(sentence(dice) for _ in range(dice.randrange(2, 5)))
        blocks.append(Paragraph(words(text)))
        lines += -(-(len(text) + 2) // 28)
        if len(blocks) % 40 == 0:
            rows = tuple(
                tuple(Cell(words(str(dice.randrange(9000)))) for _ in range(4)) for _ in range(6)
            )
            blocks.append(
                Table(
                    (tuple(Cell(words(name)) for name in "甲乙丙丁"),),
                    rows,
                    f"第{len(blocks)}号统计",
                )
            )
            lines += 7
    return Document(tuple(blocks))


def words(text: str) -> tuple[Text, ...]:
    return (Text(text),)


def sentence(dice: random.Random) -> str:
    if dice.random() < PLAIN_SHARE:
        return f"{dice.choice(SUBJECTS)}{'，'.join(dice.sample(PLAIN, 4))}。"
    slip = (
        dice.choice(SLIPS).format(n=dice.randrange(2, 90)) + "，"
        if dice.random() < SLIPS_SHARE
        else ""
    )
    deeds = "，".join(dice.sample(DEEDS, 2)).replace("{n}", str(dice.randrange(2, 900)))
    return f"{dice.choice(SUBJECTS)}{deeds}，{slip}{dice.choice(RESULTS).format(n=dice.randrange(60, 100))}。"


def density(content: bytes) -> float:
    """Numbers in a thousand characters of text."""
    text = "".join(para.text for para in read(content, "报告.docx").paras if not para.cell)
    return 1000 * len(re.findall(r"\d+(?:\.\d+)?", text)) / len(text)


def checked(content: bytes, against: CheckContext) -> tuple[Diagnostic, ...]:
    return examine(read(content, "报告.docx"), RULES, against)


def seconds(content: bytes, against: CheckContext) -> float:
    start = time.process_time()
    checked(content, against)
    return time.process_time() - start


def pages_of(content: bytes) -> int:
    """Pages as LibreOffice sets them; 0 without LibreOffice."""
    if not shutil.which("soffice"):
        return 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "报告.docx"
        path.write_bytes(content)
        with pdfplumber.open(preview.to_pdf([path], Path(folder)).files[0]) as pdf:
            return len(pdf.pages)


def main() -> int:
    parser = argparse.ArgumentParser(description="Checking ten-page documents on one core.")
    parser.add_argument("--documents", type=int, default=100)
    parser.add_argument(
        "--publish", action="store_true", help="write the figures into benchmarks/README.md"
    )
    options = parser.parse_args()
    look = profile.load("classic", [profile.packaged_templates()])
    against = CheckContext(profile=look)
    contents = [write(document(10, seed), look) for seed in range(options.documents)]
    said = (
        sum(len(checked(content, against)) for content in contents[:3]) / 3
    )  # and everything is loaded
    times = [seconds(content, against) for content in contents]
    rate = len(times) / sum(times)
    dense = density(contents[0])
    print(f"{len(times)} documents of {pages_of(contents[0])} pages (the first), {dense:.0f} numbers in 1000 characters, "
          f"{said:.0f} findings each")  # fmt: skip
    print(
        f"{rate:.1f} documents a second, median {statistics.median(times) * 1000:.0f} ms (limit {LIMIT:g} a second)"
    )
    grown = []
    for size in SIZES:
        content = write(document(size, 1000 + size), look)
        grown.append((size, statistics.median(seconds(content, against) for _ in range(5)) * 1000))
        print(f"{size} pages: {grown[-1][1]:.0f} ms, {grown[-1][1] / size:.1f} ms a page")
    if options.publish:
        publish(rate, times, grown, (pages_of(contents[0]), dense, said))
    return int(rate < LIMIT)


def publish(
    rate: float, times: list[float], grown: list[tuple[int, float]], first: tuple[int, float, float]
) -> None:
    """Put the figures between the marks of this benchmark in benchmarks/README.md."""
    rows = "\n".join(f"| {size} | {taken:.0f} | {taken / size:.1f} |" for size, taken in grown)
    pages, dense, said = first
    middle = statistics.median(times) * 1000
    counted = f"LibreOffice排出第一份为{pages}页" if pages else "页数按每面22行、每行28字估算"
    table = f"""
{len(times)}份十页的文件，{len(RULES)}条规则（需要数据的不算）：一核每秒**{rate:.1f}份**（要求{LIMIT:g}份），中位数{middle:.0f}毫秒。{counted}，
每千字{dense:.0f}个数字，每份查出{said:.0f}处。

| 页数 | 检查一份（毫秒） | 每页（毫秒） |
|---:|---:|---:|
{rows}

一个进程的处理器时间，不含启动；{platform.system()}，Python {platform.python_version()}。
"""
    page = ROOT / "benchmarks/README.md"
    before, _, rest = page.read_text("utf-8").partition(OPENING)
    _, _, after = rest.partition(CLOSING)
    page.write_text(f"{before}{OPENING}{table}{CLOSING}{after}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())

"""The same executed notebook -> Word by every free road there is, and which demands of the national format each file meets.

    python benchmarks/rivals.py [--evidence] [--publish]

Roads: pandoc (from PATH or pypandoc_binary; also with our base file), nbconvert to HTML and from there by pandoc, mystmd (myst on PATH), and
zhibi's exporter. None of the others is needed by zhibi; one that is missing or fails is said to be, with its reason.
`--evidence` prints the XML each verdict rests on; `--publish` writes the table into benchmarks/README.md.
"""

from __future__ import annotations

import argparse
import base64
import io
import re
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import nbformat
from lxml import etree
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
OPENING, CLOSING = "<!-- rivals -->", "<!-- /rivals -->"
_TICK = 3  # seconds: within two of them even a file that holds the hour may come out alike
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEXT = "全县各级党组织认真落实制度。**重点：**加快补齐短板[^1]。\n\n- 甲项\n- 乙项\n\n[^1]: 统计口径见附表。"
FRAME = (
    "<table><caption>各支部党员情况</caption><thead><tr><th></th><th>支部</th><th>党员</th></tr></thead><tbody>"
    "<tr><th>0</th><td>甲支部</td><td>12</td></tr><tr><th>1</th><td>乙支部</td><td>30</td></tr></tbody></table>"
)


class Missing(Exception):
    """A road that cannot be gone here, with the reason."""


def notebook() -> str:
    """A plain executed notebook: a title, headings, text with a footnote, a table and a picture."""
    picture = io.BytesIO()
    Image.new("RGB", (900, 500), "steelblue").save(picture, "PNG")
    shown = [
        new_output(
            "execute_result",
            {"text/html": FRAME, "text/plain": "   支部  党员\n0 甲支部 12"},
            execution_count=1,
        ),
        new_output(
            "display_data",
            {"image/png": base64.b64encode(picture.getvalue()).decode(), "text/plain": "图"},
        ),
    ]
    cells = [
        new_markdown_cell("# 关于示例县党建工作的调研报告"),
        new_markdown_cell("## 基本情况"),
        new_markdown_cell(TEXT),
        new_code_cell("import pandas as pd\nframe", execution_count=1, outputs=shown[:1]),
        new_markdown_cell("### 队伍建设\n\n队伍不断加强。"),
        new_code_cell("frame.plot()", execution_count=2, outputs=shown[1:]),
    ]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    return nbformat.writes(new_notebook(cells=cells, metadata=kernel))


def run(*words: object, cwd: Path) -> None:
    try:
        subprocess.run(
            [str(word) for word in words],
            cwd=cwd,
            check=True,
            capture_output=True,
            text=True,
            timeout=180,
        )
    except subprocess.CalledProcessError as fault:
        raise Missing((fault.stderr or fault.stdout).strip().splitlines()[-1][:120]) from fault
    except subprocess.TimeoutExpired as fault:
        raise Missing("三分钟没有结束") from fault


def pandoc() -> str:
    program = shutil.which("pandoc")
    if not program:
        try:
            import pypandoc  # noqa: PLC0415 — only if it is there

            program = pypandoc.get_pandoc_path()
        except (ImportError, OSError):
            raise Missing("没有安装pandoc（pip install pypandoc_binary）") from None
    return program


def by_pandoc(source: Path, target: Path) -> None:
    run(pandoc(), source, "-o", target, cwd=source.parent)


def by_tuned_pandoc(source: Path, target: Path) -> None:
    """With our own base file as reference document: as near as pandoc gets."""
    tuned = [
        "--reference-doc",
        ROOT / "templates/base.docx",
        "--shift-heading-level-by=-1",
        "-f",
        "ipynb+footnotes",
    ]
    run(pandoc(), source, "-o", target, *tuned, cwd=source.parent)


def by_html(source: Path, target: Path) -> None:
    page = source.with_suffix(".html")
    run(sys.executable, "-m", "nbconvert", "--to", "html", "--no-input", source, cwd=source.parent)
    run(pandoc(), page, "-o", target, cwd=source.parent)


def by_myst(source: Path, target: Path) -> None:
    if not shutil.which("myst"):
        raise Missing("没有安装mystmd（npm install -g mystmd）")
    # it takes its export from the first cell, and an empty template of our own so that none need be downloaded
    template = source.parent / "template"
    template.mkdir()
    (template / "template.yml").write_text(
        "myst: v1\nkind: docx\ntitle: plain\nfiles: []\n", encoding="utf-8"
    )
    book = nbformat.read(source, 4)
    export = (
        f"---\nexports:\n  - format: docx\n    template: ./template\n    output: {target.name}\n---"
    )
    book.cells.insert(0, new_markdown_cell(export))
    nbformat.write(book, source)
    run("myst", "build", source.name, "--docx", "--ci", cwd=source.parent)
    if not target.is_file():
        raise Missing("没有生成文件")


def by_zhibi(source: Path, target: Path) -> None:
    run(
        sys.executable,
        "-m",
        "nbconvert",
        "--to",
        "gongwen",
        "--output",
        target.stem,
        source,
        cwd=source.parent,
    )


ROADS: dict[str, Callable[[Path, Path], None]] = {
    "pandoc": by_pandoc,
    "pandoc＋我们的底版": by_tuned_pandoc, "nbconvert→HTML→pandoc": by_html, "mystmd": by_myst, "执笔": by_zhibi,
}  # fmt: skip


@dataclass(frozen=True)
class File:
    """The parts of a Word file, and what Word makes of a paragraph's style."""

    parts: dict[str, bytes]

    def xml(self, name: str) -> etree._Element:
        """A part of the file, empty if it has none of that name."""
        return etree.fromstring(
            self.parts.get(f"word/{name}.xml", f'<x xmlns:w="{W[1:-1]}"/>'.encode())
        )

    def words(self, paragraph: etree._Element) -> str:
        """The text of a paragraph, or of anything that holds some."""
        return "".join(each.text or "" for each in paragraph.iter(f"{W}t"))

    def paragraph(self, begins: str) -> etree._Element:
        """The first paragraph with these words."""
        paragraphs = (
            each for each in self.xml("document").iter(f"{W}p") if begins in self.words(each)
        )
        return next(paragraphs, etree.Element(f"{W}p"))

    def said(self, begins: str, path: str) -> str:
        """The XML of a property of a paragraph (pPr/ind) or its first run (rPr/sz): its own, or its style's, or the default's."""
        paragraph = self.paragraph(begins)
        first = paragraph.find(f".//{W}t/..")
        named = paragraph.find(f"{W}pPr/{W}pStyle")
        styles = {each.get(f"{W}styleId"): each for each in self.xml("styles").iter(f"{W}style")}
        default = next(
            (
                each
                for each in styles.values()
                if each.get(f"{W}default") and each.get(f"{W}type") == "paragraph"
            ),
            None,
        )
        here = styles.get(named.get(f"{W}val")) if named is not None else default
        places = [first if path.startswith("rPr") and first is not None else paragraph]
        while here is not None and here not in places:
            places.append(here)
            based = here.find(f"{W}basedOn")
            here = styles.get(based.get(f"{W}val")) if based is not None else None
        places += self.xml("styles").iter(f"{W}rPrDefault", f"{W}pPrDefault")
        steps = "/".join(f"{W}{step}" for step in path.split("/"))
        found = (bare(each) for place in places if (each := place.find(steps)) is not None)
        return next(
            (
                xml
                for xml in found
                if "rFonts" not in xml or "eastAsia=" in xml or "eastAsiaTheme=" in xml
            ),
            "",
        )


def bare(element: etree._Element) -> str:
    return re.sub(r' xmlns:\w+="[^"]+"', "", etree.tostring(element, encoding="unicode").strip())


def named(xml: str, **values: str) -> bool:
    return all(re.search(rf'w:{name}="{value}"', xml) for name, value in values.items())


def page_of(file: File) -> str:
    return "".join(bare(each) for each in file.xml("document").iter(f"{W}pgSz", f"{W}pgMar"))


def footers(file: File) -> str:
    return "".join(
        text.decode() for name, text in sorted(file.parts.items()) if name.startswith("word/footer")
    )


def first(file: File, *names: str) -> str:
    return next(
        (bare(each)[:200] for each in file.xml("document").iter(*(f"{W}{name}" for name in names))),
        "",
    )


# a demand: its words, where the file speaks of it, and whether that meets it
Demand = tuple[str, Callable[[File], str], Callable[[str], bool]]
BODY, HEAD, TITLE = "全县各级", "基本情况", "调研报告"
DEMANDS: tuple[Demand, ...] = (
    ("A4纸，天头37、订口28毫米（5.2.1）", page_of, lambda xml: named(xml, w="1190[5-7]", top="209[78]", left="158[78]")),
    ("正文仿宋（5.2.2）", lambda file: file.said(BODY, "rPr/rFonts"), lambda xml: "仿宋" in xml),
    ("正文3号（5.2.2）", lambda file: file.said(BODY, "rPr/sz"), lambda xml: named(xml, val="32")),
    ("每面22行（5.2.3）", lambda file: file.said(BODY, "pPr/spacing"), lambda xml: named(xml, line="57[0-9]", lineRule="exact")),
    ("首行左空二字（7.3.3）", lambda file: file.said(BODY, "pPr/ind"), lambda xml: named(xml, firstLineChars="200")),
    ("一级标题黑体（7.3.3）", lambda file: file.said(HEAD, "rPr/rFonts"), lambda xml: "黑体" in xml),
    ("标题序号一、（一）（7.3.3）", lambda file: file.words(file.paragraph(HEAD)), lambda text: text.startswith("一、")),
    ("题目2号（7.3.1）", lambda file: file.said(TITLE, "rPr/sz"), lambda xml: named(xml, val="44")),
    ("题目小标宋居中（7.3.1）", lambda file: file.said(TITLE, "rPr/rFonts") + file.said(TITLE, "pPr/jc"),
     lambda xml: "小标宋" in xml and named(xml, val="center")),
    ("页码— 1 —，单右双左（7.5）", footers, lambda xml: "PAGE" in xml and "—" in xml and 'w:val="left"' in xml),
    ("DataFrame成为Word表格", lambda file: first(file, "tbl"), bool),
    ("表头每页重复", lambda file: first(file, "tblHeader"), bool),
    ("表题编号是域（SEQ）", lambda file: next((each.text for each in file.xml("document").iter(f"{W}instrText") if "SEQ" in each.text), ""), bool),
    ("脚注是Word脚注", lambda file: file.words(file.xml("footnotes")), lambda text: "统计口径" in text),
    ("加粗在汉字旁有效", lambda file: file.words(file.paragraph(BODY)), lambda text: "**" not in text and "重点" in text),
    ("不印代码", lambda file: file.words(file.paragraph("import")), lambda text: not text),
    ("语言为中文", lambda file: file.said(BODY, "rPr/lang"), lambda xml: named(xml, eastAsia="zh-CN")),
)  # fmt: skip


def convert(road: Callable[[Path, Path], None], source: str) -> bytes:
    with tempfile.TemporaryDirectory(prefix="zhibi-rivals-") as folder:
        given, target = Path(folder) / "report.ipynb", Path(folder) / "out.docx"
        given.write_text(source, encoding="utf-8")
        road(given, target)
        return target.read_bytes()


def judged(road: Callable[[Path, Path], None], source: str) -> list[tuple[bool, str]]:
    """The verdict and its evidence for every demand; last, whether a second run gives the same bytes."""
    packages = [convert(road, source)]
    time.sleep(_TICK)
    packages.append(convert(road, source))
    with zipfile.ZipFile(io.BytesIO(packages[0])) as opened:
        file = File({name: opened.read(name) for name in opened.namelist()})
    verdicts = []
    for _, evidence, meets in DEMANDS:
        xml = evidence(file)
        verdicts.append((meets(xml), xml))
    return [*verdicts, (packages[0] == packages[1], "")]


def main() -> int:
    parser = argparse.ArgumentParser(
        description="Which demands of the format each road from notebook to Word meets."
    )
    parser.add_argument(
        "--evidence", action="store_true", help="print the XML each verdict rests on"
    )
    parser.add_argument(
        "--publish", action="store_true", help="write the table into benchmarks/README.md"
    )
    options = parser.parse_args()
    source, verdicts, absent = notebook(), {}, []
    for name, road in ROADS.items():
        try:
            verdicts[name] = judged(road, source)
        except Missing as reason:
            absent.append(f"{name}：没有比较，{reason}。")
    words = [*(demand[0] for demand in DEMANDS), "两次转换逐字节相同"]
    rows = [f"| 要求 | {' | '.join(verdicts)} |", f"|---|{':---:|' * len(verdicts)}"]
    for number, what in enumerate(words):
        rows.append(
            f"| {what} | {' | '.join('✓' if found[number][0] else '—' for found in verdicts.values())} |"
        )
    table = "\n".join([*rows, "", *absent]) + "\n"
    print(table)
    if options.evidence:
        for name, found in verdicts.items():
            print(f"\n{name}")
            for what, (meets, xml) in zip(words, found, strict=True):
                print(f"  {'✓' if meets else '—'} {what}：{xml[:160] or '（没有）'}")
    if options.publish:
        page = ROOT / "benchmarks/README.md"
        before, _, rest = page.read_text("utf-8").partition(OPENING)
        page.write_text(
            f"{before}{OPENING}\n{table}{CLOSING}{rest.partition(CLOSING)[2]}", encoding="utf-8"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())

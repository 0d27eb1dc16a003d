"""Notebooks of other people -> what of each stands in the Word file: words, tables, pictures, formulas, findings, time.

    python benchmarks/wild_notebooks.py FOLDER [--lost] [--save FOLDER]

Each .ipynb below FOLDER is converted as `jupyter nbconvert --to gongwen` does, and read once more by plainer means (mistune,
lxml, regular expressions), which count what its reader sees in Jupyter: the words of Markdown cells and of outputs, tables,
pictures, formulas. Of these, what stands in the file counts as kept. The same is measured of pandoc where it is installed.
`--lost` names words that are missing. Nothing is fetched; FOLDER is yours.
"""

from __future__ import annotations

import argparse
import io
import json
import logging
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import lxml.html
import mistune
import nbformat

from zhibi.doors.nbconvert import GongwenExporter

WORD = re.compile(r"[A-Za-z]+|\d+|[\u4e00-\u9fff]")
FORMULA = re.compile(
    r"\$\$(?P<block>.+?)\$\$|(?<![\\$\w])\$(?P<line>(?! ?\d[\d.,]* )(?=\S[^$]*\S\$|\S\$|\s[^$]*\s\$)[^$]+?)\$(?![\d$])"
    r"|(?P<named>\\begin\{(?P<name>align|equation|eqnarray|gather|multline)(?P<star>\*?)\}.*?\\end\{(?P=name)\*?\})",
    re.DOTALL,
)
CODE = re.compile(
    r"^ {0,3}(?P<fence>```+|~~~+).*?^ {0,3}(?P=fence)[`~]*\s*$|`[^`\n]+`", re.DOTALL | re.MULTILINE
)
COLOURS = re.compile(r"\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b\[[0-?]*[ -/]*[@-~]")
OBJECT = re.compile(r"<[^<>\n]*(?:<[^<>\n]*>[^<>\n]*)*>")
SHAPE = re.compile(r"\d+ rows × \d+ columns")
UNSEEN = ("script", "style", "head", "button", "select", "form", "iframe", "video", "audio", "svg")
PICTURES = (
    "image/png",
    "image/jpeg",
    "image/svg+xml",
    "image/gif",
    "image/webp",
    "application/pdf",
)


@dataclass
class Content:
    """What somebody sees: counts of words, tables, pictures and formulas."""

    words: Counter[str] = field(default_factory=Counter)
    tables: int = 0
    pictures: int = 0
    formulas: int = 0


@dataclass
class Result:
    """One notebook: what it shows, what the file holds, what was told, how long it took."""

    name: str
    seen: Content
    made: Content
    findings: Counter[str]
    seconds: float
    fault: str = ""

    @property
    def words_kept(self) -> float:
        """The share of the words seen that the file holds."""
        total = self.seen.words.total()
        return 1 - (self.seen.words - self.made.words).total() / total if total else 1.0


def seen_in(notebook: Any) -> Content:
    """What a notebook shows in Jupyter."""
    content = Content()
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            _markdown(cell, content)
        elif cell.cell_type == "code":
            for output in cell.get("outputs", ()):
                _output(output, content)
    return content


def _markdown(cell: Any, content: Content) -> None:
    at, parts = 0, []
    for code in CODE.finditer(cell.source):  # formulas are looked for between pieces of code only
        parts += [FORMULA.sub(_counted(content), cell.source[at : code.start()]), code[0]]
        at = code.end()
    parts.append(FORMULA.sub(_counted(content), cell.source[at:]))
    _html(str(mistune.html("".join(parts))), content, pictures=False)
    attached = sum(len(bundle) > 0 for bundle in cell.get("attachments", {}).values())
    content.pictures += max(attached, len(re.findall(r"attachment:", cell.source)))
    content.pictures += len(re.findall(r"data:image/(?:png|jpe?g|gif)", cell.source))


def _counted(content: Content) -> Any:
    def count(formula: re.Match[str]) -> str:
        tex = next(part for part in formula.group("block", "line", "named") if part)
        content.formulas += not re.fullmatch(r"(\s*\\(re)?newcommand.*)+|\s*", tex, re.DOTALL)
        return " "

    return count


def _output(output: Any, content: Content) -> None:
    data = output.get("data", {})
    if output.output_type == "stream":
        if output.get("name") == "stdout":
            content.words.update(_words(_printed("".join(output.text))))
        return
    latex = "".join(data.get("text/latex", ""))
    picture = next((kind for kind in PICTURES if kind in data), "")
    if latex.startswith(("$", "\\begin")) and "text/html" not in data:
        content.formulas += 1
    elif picture:
        content.pictures += 1
    elif "text/html" in data:
        _html("".join(data["text/html"]), content, pictures=True)
    elif "text/markdown" in data:
        content.words.update(_words("".join(data["text/markdown"])))
    elif "text/plain" in data:
        content.words.update(_words(OBJECT.sub(" ", _printed("".join(data["text/plain"])))))


def _printed(text: str) -> str:
    lines = [line.rstrip("\r").rpartition("\r")[2] for line in COLOURS.sub("", text).split("\n")]
    return "\n".join(lines)


def _html(source: str, content: Content, *, pictures: bool) -> None:
    source = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", " ", source)
    try:
        root = lxml.html.fromstring(f"<div>{source}</div>")
    except (lxml.etree.ParserError, ValueError):
        return
    lxml.etree.strip_elements(root, lxml.etree.Comment, *UNSEEN, with_tail=False)
    tables = [each for each in root.iter("table") if not list(each.iterancestors("table"))]
    content.tables += len(tables)
    if pictures:
        content.pictures += sum(
            "data:image" in (each.get("src") or "") for each in root.iter("img")
        )
    for each in root.iter():
        if each.text or each.tail:
            text = f" {each.text or ''} "
            each.text, each.tail = text, f" {each.tail or ''} "
    words = SHAPE.sub(" ", root.text_content())
    counting = {
        word
        for table in tables
        for word in _words(" ".join(row[0].text_content() for row in table.iter("tr") if len(row)))
        if word.isdigit()
    }
    words_left = Counter(word for word in _words(words) if word not in counting)
    content.words.update(words_left)


def _words(text: str) -> list[str]:
    return WORD.findall(text)


def made_of(word_file: bytes) -> Content:
    """What a Word file holds."""
    parts = zipfile.ZipFile(io.BytesIO(word_file))
    names = [name for name in parts.namelist() if re.match(r"word/(document|footnotes)\.xml", name)]
    xml = "".join(parts.read(name).decode() for name in names)
    broken = re.sub(r"</w:p>|</w:tc>|<w:br/>|<w:tab/>", " ", xml)
    texts = re.findall(r"<(?:w|m):t(?: [^>]*)?>([^<]*)</(?:w|m):t>|( )", broken)
    text = "".join(words or blank for words, blank in texts)
    text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return Content(
        Counter(WORD.findall(text)),
        xml.count("<w:tbl>"),
        xml.count("<a:blip "),
        len(re.findall(r"<m:oMath[ >]", xml)),
    )


class _Findings(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.codes: Counter[str] = Counter()

    def emit(self, record: logging.LogRecord) -> None:
        match = re.match(r"\[\S+ ([A-Z]\d\d)\]", record.getMessage())
        self.codes[match[1] if match else "?"] += 1


def ours(path: Path, save: Path | None) -> Result:
    """A notebook through our exporter."""
    exporter, findings = GongwenExporter(), _Findings()
    exporter.log = logging.getLogger(f"wild.{path.name}")
    exporter.log.propagate = False
    exporter.log.addHandler(findings)
    begun = time.process_time()
    try:
        content = seen_in(nbformat.read(path, as_version=4))
    except Exception as fault:  # noqa: BLE001  # a file that no program of Jupyter opens
        return Result(
            path.name, Content(), Content(), Counter(), 0, f"无效的笔记本（{type(fault).__name__}）"
        )
    begun = time.process_time()
    try:
        word_file, _ = exporter.from_filename(str(path))
    except Exception as fault:  # noqa: BLE001  # one that fails is a result
        return Result(
            path.name,
            content,
            Content(),
            findings.codes,
            0,
            f"没有文档：{type(fault).__name__} {fault}",
        )
    seconds = time.process_time() - begun
    if save:
        (save / f"{path.stem}.docx").write_bytes(word_file)
    return Result(path.name, content, made_of(word_file), findings.codes, seconds)


def theirs(path: Path, content: Content) -> Result | None:
    """The same through pandoc; None where it is not installed or gives up."""
    if not shutil.which("pandoc"):
        return None
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "x.docx"
        begun = time.monotonic()
        done = subprocess.run(
            ["pandoc", str(path), "-o", str(target)], capture_output=True, check=False
        )
        if done.returncode or not target.is_file():
            return None
        made = made_of(target.read_bytes())
        return Result(path.name, content, made, Counter(), time.monotonic() - begun)


def line(result: Result) -> str:
    """One result as a line of the table."""
    seen, made = result.seen, result.made
    codes = " ".join(f"{code}×{count}" for code, count in sorted(result.findings.items()))
    return result.fault or (
        f"{result.words_kept:7.2%} of {seen.words.total():6} | {made.tables:3}/{seen.tables:<3} | "
        f"{made.pictures:3}/{seen.pictures:<3} | {made.formulas:4}/{seen.formulas:<4} | {result.seconds:5.2f} | {codes}"
    )


def summary(results: list[Result]) -> Iterator[str]:
    """All files together."""
    good = [each for each in results if not each.fault]
    seen, made = Counter[str](), Counter[str]()
    for each in good:
        seen.update(
            {
                "words": each.seen.words.total(),
                "pictures": each.seen.pictures,
                "formulas": each.seen.formulas,
            }
        )
        made.update({
            "words": each.seen.words.total() - (each.seen.words - each.made.words).total(),
            "pictures": min(each.made.pictures, each.seen.pictures),
            "formulas": min(each.made.formulas, each.seen.formulas),
        })  # fmt: skip
    yield f"{len(good)} of {len(results)} converted; seconds: median {statistics.median(each.seconds for each in good):.2f}"
    yield from (
        f"{what}: {made[what]} of {seen[what]} ({made[what] / max(1, seen[what]):.2%})"
        for what in seen
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--lost", action="store_true", help="name the words that are missing")
    parser.add_argument("--save", type=Path, help="keep the Word files here")
    parser.add_argument("--json", type=Path, help="write the counts here")
    asked = parser.parse_args()
    if asked.save:
        asked.save.mkdir(parents=True, exist_ok=True)
    results = []
    print("file | words kept | tables | pictures | formulas | seconds | findings")
    for path in sorted(asked.folder.rglob("*.ipynb")):
        result = ours(path, asked.save)
        results.append(result)
        print(f"{path.name[:40]:40} | {line(result)}", flush=True)
        if asked.lost and result.words_kept < 1:
            lost = result.seen.words - result.made.words
            print("     lost:", " ".join(f"{word}×{count}" for word, count in lost.most_common(25)))
        other = theirs(path, result.seen)
        if other:
            print(f"{'  pandoc':40} | {line(other)}")
    for words in summary(results):
        print(words)
    if asked.json:
        asked.json.write_text(
            json.dumps([(each.name, each.words_kept, each.fault) for each in results])
        )
    sys.exit(any(each.fault.startswith("没有文档") for each in results))


if __name__ == "__main__":
    main()

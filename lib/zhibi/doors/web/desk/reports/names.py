"""A report type and its last run -> the names of figures that texts may mention, each with what it prints now."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbformat.notebooknode import NotebookNode

from gongwen.document import Text, codec, lines_of, plain
from gongwen.errors import ReportError
from zhibi.doors.web.desk.place import inside
from zhibi.doors.web.desk.reports.form import planned
from zhibi.notebook import file as notebooks
from zhibi.report import outputs

MOST_NAMES = 300
LONGEST = 600  # characters of a paragraph that is matched
MOST_PLACES = 14  # names in it
_PROSE = ("%%正文", "%%prose")
_NAME = re.compile(r"【([^\W\d]\w*)(?:[|｜][^】]*)?】|\{\{\s*([^\W\d]\w*)\s*(?:\|[^}]*)?\}\}")
_PLAIN = re.compile(r"【([^\W\d]\w*)】|\{\{\s*([^\W\d]\w*)\s*\}\}")
_TOKEN = re.compile(r"(【[^】]*】|\{\{.*?\}\}|[〖〗])")
_TEMPLATE = re.compile(r"\{%|^\s*\|")


def names(root: Path, report: str, folder: str, *, progress: Any) -> dict[str, Any]:
    """Every name that the prose of the notebook prints; with its value where a report lies in the folder."""
    plan = planned(root, report)
    known = dict.fromkeys(_named(plan.notebook))
    values = _values(_executed(root, folder))
    listed = [{"name": name, "printed": values.get(name, "")} for name in known]
    return {"report": report, "names": listed[:MOST_NAMES]}


def _named(notebook: NotebookNode) -> Iterator[str]:
    for cell in _prose_cells(notebook):
        yield from (match[1] or match[2] for match in _NAME.finditer(cell.source))


def _prose_cells(notebook: NotebookNode) -> Iterator[NotebookNode]:
    for cell in notebook.cells:
        if cell.cell_type == "code" and cell.source.startswith(_PROSE):
            yield cell


def _executed(root: Path, folder: str) -> NotebookNode | None:
    if not folder:
        return None
    try:
        path = inside(root, folder, "outputs") / outputs.NOTEBOOK
        return notebooks.read(path) if path.is_file() else None
    except ReportError:
        return None


def _values(executed: NotebookNode | None) -> dict[str, str]:
    """What each name printed, read off the paragraphs that its cell made."""
    values: dict[str, str] = {}
    for cell in _prose_cells(executed) if executed is not None else ():
        printed = tuple(_printed(cell))
        for paragraph in _paragraphs(cell.source):
            for name, words in read_off(paragraph, printed).items():
                values.setdefault(name, words)
    return values


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line as it was printed, and the words in it that are figures."""

    words: str
    figures: frozenset[str]


def _printed(cell: NotebookNode) -> Iterator[PrintedLine]:
    for output in cell.get("outputs", ()):
        data = output.get("data", {})
        blocks = codec.load(data[codec.MIME])[0] if codec.MIME in data else ()
        for block in blocks:
            for _, line in lines_of(block):
                facts = (each for each in line if isinstance(each, Text) and each.fact)
                yield PrintedLine(plain(line).strip(), frozenset(each.text for each in facts))


def _paragraphs(source: str) -> Iterator[str]:
    """The paragraphs of a prose cell, the lines of each joined as they are printed."""
    _, _, body = source.partition("\n")
    for paragraph in re.split(r"\n\s*\n", body):
        words = "".join(line.strip() for line in paragraph.splitlines())
        if words and not _TEMPLATE.search(paragraph):
            yield re.sub(r"^#+\s*", "", words)


def read_off(paragraph: str, printed: Sequence[PrintedLine]) -> Mapping[str, str]:
    """The plain names of a paragraph with the figures that stand in their places in the printed one."""
    tokens = _TOKEN.split(paragraph)
    places = [token for token in tokens if token.startswith(("【", "{{"))]
    if len(paragraph) > LONGEST or not 0 < len(places) <= MOST_PLACES:
        return {}
    for line in printed:
        match = _pattern(tokens, line.figures).fullmatch(line.words)
        if match is not None:
            pairs = zip(places, match.groups(), strict=True)
            named = ((_PLAIN.fullmatch(place), words) for place, words in pairs)
            return {
                name[1] or name[2]: words for name, words in named if name and words in line.figures
            }
    return {}


def _pattern(tokens: Iterable[str], figures: Iterable[str]) -> re.Pattern[str]:
    """The paragraph with a gap for every name: a figure where one fits, else any words."""
    longest_first = sorted(figures, key=len, reverse=True)
    gap = "|".join([*map(re.escape, longest_first), ".*?"])
    return re.compile("".join(_piece(token, gap) for token in tokens))


def _piece(token: str, gap: str) -> str:
    match token:
        case "〖":
            return "(?:"
        case "〗":
            return ")?"
        case _ if token.startswith(("【", "{{")):
            return f"({gap})"
        case _:
            return re.escape(token.replace("**", ""))

"""The parts of an old report and a binder -> the cells of its notebook, in her order and in her words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import nbformat
from nbformat.notebooknode import NotebookNode

from gongwen.errors import ReportError
from zhibi.report.old_report import tables
from zhibi.report.old_report.binding import speaking
from zhibi.report.old_report.binding.binder import Binder, Open, Subject, place
from zhibi.report.old_report.binding.paragraph import paragraph
from zhibi.report.old_report.reading.elements import OldElements
from zhibi.report.old_report.reading.old_file import ELEMENTS, OldFile, OldPart

NOTE = {"tags": ["remove_cell"]}
LISTING = "> **对照清单**"
_MENTION = re.compile(r"(?<!附)表\s?(\d{1,2})(?!\d)")
_DATED = ("日期", "年份")
_LONGEST_HEADING = 30


@dataclass
class Assembly:
    """Cells so far. `pending` are paragraphs of the prose cell being filled.

    `section` names the place to be written.
    """

    binder: Binder
    subject: Subject
    cells: list[NotebookNode] = field(default_factory=list)
    pending: list[str] = field(default_factory=list)
    to_write: list[str] = field(default_factory=list)
    elements: OldElements = field(default_factory=OldElements)
    section: str = "开头"
    strange: bool = field(init=False)
    tables: int = 0
    _names: list[str] = field(default_factory=list)
    _tables: int = 0

    def __post_init__(self) -> None:
        self.strange = self.subject.strange

    def add(self, old: OldFile) -> None:
        """All parts of the file."""
        self.tables = sum(part.kind == "表" for part in old.parts)
        for part in old.parts:
            self._part(part)
        self._close()

    def taken(self, parts: Iterable[OldPart]) -> list[NotebookNode]:
        """The cells for these parts alone."""
        for part in parts:
            self._part(part)
        self._close()
        cells = [*self.cells]
        self.cells.clear()
        return cells

    def _part(self, part: OldPart) -> None:
        if part.where in self.elements.places:
            self._around(part)
            return
        match part.kind:
            case "题目" | "标题":
                self._heading(part)
            case "表":
                self._table(part)
            case "图":
                self._todo(
                    f"{self.section}插图", "原稿这里有一幅图，请换成今年的，或改为 figure()。", part
                )
            case "要素":
                name = ELEMENTS[part.role]
                self.binder.open.append(
                    Open(part.where, part.text[:20], f"像是公文要素（{name}），没有接过来", ())
                )
            case _:
                self._paragraph(part)

    def _around(self, part: OldPart) -> None:
        """An element: it stands among the parameters; what is under the title has a cell of its own."""
        if part.where != self.elements.headed:
            return
        self._close()
        author = json.dumps(self.elements.byline, ensure_ascii=False)
        source = f"byline({author}, date.fromisoformat(issued_on))"
        self.cells.append(nbformat.v4.new_code_cell(source))

    def _heading(self, part: OldPart) -> None:
        names = tuple(name for name in self.binder.known.names if name in part.text)
        title = part.kind == "题目"
        if not title:
            self.section = part.text[:_LONGEST_HEADING]
            foreign = names or (self.subject.foreign if part.level > 1 else ())
            strange = self.strange or (
                not names and speaking.names_a_body(part.text, self.binder.nouns, speaking.HEADED)
            )
            self.subject = Subject(foreign, self.subject.shut, strange)
        words = paragraph(self.binder, part.text, part.where, self.subject)
        self.pending.append(f"{'#' * (1 if title else part.level + 1)} {words}")

    def _paragraph(self, part: OldPart) -> None:
        bound, unsure = len(self.binder.bound), len(self.binder.open)
        text = _MENTION.sub(self._mention, _plain(part.text))
        words = paragraph(self.binder, text, part.where, self.subject)
        opened = self.binder.open[unsure:]
        told_once = any(each.reason.startswith(_DATED) for each in opened)
        if told_once and len(self.binder.bound) == bound and not self.binder.shut:
            del self.binder.open[unsure:]
            self._todo(self.section, "原稿这一段说的是去年的事，请写今年的。", part)
            return
        self.pending.append(f"- {words}" if part.kind == "列表" else words)

    def _mention(self, match: re.Match[str]) -> str:
        """A table by its key, where there is one of that number."""
        return f"【表：表{match[1]}】" if int(match[1]) <= self.tables else match[0]

    def _table(self, part: OldPart) -> None:
        if len(part.rows) == 1:  # a frame around words
            for text in filter(None, part.rows[0]):
                self._paragraph(replace(part, kind="正文", text=text, rows=()))
            return
        self._close()
        self._tables += 1
        before = len(self.binder.bound), len(self.binder.open)
        try:
            source = tables.written(part, self.binder, f"表{self._tables}", self.subject)
        except ReportError as fault:
            del self.binder.bound[before[0] :], self.binder.open[before[1] :]
            self.binder.open.append(Open(part.where, part.caption or "表格", f"照不成表：{fault}"))
            self._todo(
                f"{self.section}表{self._tables}", "原稿这里有一张表，请用 table() 重做。", part
            )
            return
        self._define()
        self.cells.append(nbformat.v4.new_code_cell(source))

    def _todo(self, name: str, hint: str, part: OldPart) -> None:
        self._close()
        called = _name(name, self._names)
        self._names.append(called)
        words = part.text or "\n".join(" | ".join(row) for row in part.rows)
        note = "\n".join(f"> {line}" for line in words.splitlines())
        if note:
            intro = "> **去年的原文**（只给撰写的人看，不进报告）\n>\n"
            self.cells.append(nbformat.v4.new_markdown_cell(intro + note, metadata=NOTE))
        self.cells.append(nbformat.v4.new_code_cell(f'%%待撰写 撰写["{called}"]\n{hint}'))
        self.to_write.append(f"{part.where}“{words[:_LONGEST_HEADING]}”→ {called}")

    def _define(self) -> None:
        lines = self.binder.ledger.taken()
        if lines:
            self.cells.append(nbformat.v4.new_code_cell(lines))

    def _close(self) -> None:
        if self.pending:
            self._define()
            words = "\n\n".join(self.pending)
            self.cells.append(nbformat.v4.new_code_cell(f"%%正文\n{words}"))
            self.pending.clear()


def _plain(text: str) -> str:
    """The words with the signs of Markdown made plain."""
    return text.replace("*", "\\*") if "*" in text else text


def _name(section: str, names: list[str]) -> str:
    """A name for a place to be written that no other has."""
    bare = "".join(sign for sign in section if sign.isalnum()) or "段落"
    if bare not in names:
        return bare
    return next(f"{bare}{number}" for number in range(2, 1000) if f"{bare}{number}" not in names)


def listing(binder: Binder, to_write: Sequence[str], notes: tuple[str, ...]) -> Iterator[str]:
    """What was bound, what stays open and why, line by line."""
    yield f"绑定{len(binder.bound)}处，待核{len(binder.open)}处，待撰写{len(to_write)}处。"
    yield from notes
    if binder.open:
        yield "待核："
        for each in binder.open:
            maybe = f"；可能是：{'、'.join(each.candidates)}" if each.candidates else ""
            yield f"- {each.where}“{each.words}”：{each.reason}{maybe}"
    if to_write:
        yield "待撰写："
        yield from (f"- {each}" for each in to_write)
    if binder.bound:
        yield "已绑定："
        yield from (f"- {each.where}“{each.words}”＝{each.label}" for each in binder.bound)


__all__ = ["Assembly", "listing", "place"]

"""Any .docx, .md or .txt -> its parts in reading order, and what of it cannot be taken over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from gongwen.errors import UnreadableFile
from gongwen_lint.manuscript import reading
from gongwen_lint.manuscript.manuscript import Manuscript, Para, Role
from zhibi.report.checking.edits.passages import worded

_NUMBER = re.compile(
    r"^\s*(?:第?[一二三四五六七八九十百]{1,4}[、章节]|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}[.．、](?!\d)|[（(]\d{1,2}[）)])\s*"
)
_CAPTION = re.compile(r"^\s*附?[表图]\s*\d*(?:[-－—.]\d+)*[:：\s\u3000]*(?=\S)")
_NUMBERED = re.compile(r"^\s*附?表\s*\d+")
_OUTSIDE: frozenset[Role] = frozenset({"page_header", "page_footer", "contents"})
ELEMENTS: dict[Role, str] = {
    "masthead": "版头", "document_number": "发文字号", "addressee": "主送机关", "signature": "署名", "date": "成文日期",
    "attachment_note": "附件说明", "attachment_label": "附件", "imprint": "版记", "remark": "附注", "byline": "署名",
}  # fmt: skip


_KINDS: dict[Role, str] = {
    "title": "题目", "heading": "标题", "list_item": "列表", "caption": "图表题", "table_note": "表注",
}  # fmt: skip
_LONGEST_UNIT_LINE = 20


@dataclass(frozen=True, slots=True)
class OldPart:
    """A title, heading, paragraph, item, table or picture.

    `rows` are those of a table, `level` that of a heading.
    """

    kind: str  # 题目, 标题, 正文, 列表, 表, 图, 要素
    text: str
    where: str
    level: int = 0
    rows: tuple[tuple[str, ...], ...] = ()
    caption: str = ""
    unit: str = ""
    role: Role = "body"


@dataclass(frozen=True)
class OldFile:
    """The old report. `notes` are sentences on what could not be read."""

    manuscript: Manuscript
    parts: tuple[OldPart, ...]
    notes: tuple[str, ...]

    @property
    def title(self) -> str:
        """Its title on one line."""
        return "".join(part.text for part in self.parts if part.kind == "题目")


def old_file(path: Path) -> OldFile:
    """Read it; raises UnreadableFile for what holds no text (a scan) or cannot be opened."""
    manuscript = reading.read(path)
    measured = manuscript.measured
    pictures = sum(each.pictures for each in measured.paragraphs) if measured else 0
    if not any(para.text.strip() for para in manuscript.paras):
        reason = "里面没有文字" + ("，只有图片，多半是扫描件" if pictures else "")
        raise UnreadableFile(path.name, reason, "请用文字识别软件转成能选中文字的 Word 再来。")
    parts = tuple(_captioned(list(_parts(manuscript))))
    notes = []
    if pictures:
        notes.append(f"有{pictures}幅图，图里的数和字没有读；笔记本里留了位置。")
    if measured and measured.settings.tracked:
        notes.append("有还没有接受或拒绝的修订，按全部接受以后的样子读。")
    if any(table.nested for table in measured.tables) if measured else False:
        notes.append("有套在表格里的表格，里外各作一张表。")
    if any(para.role == "textbox" for para in manuscript.paras):
        notes.append("有文本框，里面的字按正文接在所在的段落后面。")
    return OldFile(manuscript, parts, tuple(notes))


def _parts(manuscript: Manuscript) -> Iterator[OldPart]:
    """Paragraphs one by one, each table where it begins; one inside another follows it."""
    inside = [para for para in manuscript.paras if para.role not in _OUTSIDE]
    tables: dict[int, list[Para]] = {}
    for para in inside:
        if para.cell:
            tables.setdefault(para.cell[0], []).append(para)
    for para in inside:
        if para.cell is None:
            yield from _of(para)
        elif para.cell[0] in tables:
            yield _table(tables.pop(para.cell[0]))


def _of(para: Para) -> Iterator[OldPart]:
    text = worded(para)
    if text:
        yield OldPart(
            _kind(para),
            _NUMBER.sub("", text) if para.role == "heading" else text,
            para.where,
            para.level,
            role=para.role,
        )
    if para.measured and para.measured.pictures:
        yield OldPart("图", "", para.where)


def _kind(para: Para) -> str:
    return "要素" if para.role in ELEMENTS else _KINDS.get(para.role, "正文")


def _table(paras: list[Para]) -> OldPart:
    rows = []
    for _, row in groupby(paras, key=lambda para: para.cell[1] if para.cell else 0):
        cells = [list(each) for _, each in groupby(row, key=lambda para: para.cell)]
        rows.append(tuple(" ".join(filter(None, map(worded, cell))) for cell in cells))
    return OldPart("表", "", paras[0].where.partition("第")[0], rows=tuple(rows))


def _captioned(parts: list[OldPart]) -> Iterator[OldPart]:
    """Tables with the caption and the 单位 line that stand before them, or the caption that stands right behind."""
    waiting: list[OldPart] = []
    table: OldPart | None = None
    for part in parts:
        headed = part.kind == "图表题" or _CAPTION.match(part.text) is not None
        if table is not None and headed and not table.caption and _NUMBERED.match(part.text):
            yield replace(table, caption=_CAPTION.sub("", part.text))
            table = None
            continue
        if table is not None:
            yield table
            table = None
        if part.kind == "图表题" or _is_unit(part):
            waiting.append(part)
        elif part.kind == "表":
            table = _under(part, waiting)
            waiting = []
        else:
            yield from waiting if part.kind != "图" else ()
            yield part
            waiting = []
    yield from (each for each in (table, *waiting) if each is not None)


def _under(part: OldPart, above: list[OldPart]) -> OldPart:
    """A table with what stands above it."""
    caption = next((each.text for each in above if not _is_unit(each)), "")
    unit = next((each.text.partition("：")[2] for each in above if _is_unit(each)), "")
    return replace(part, caption=_CAPTION.sub("", caption), unit=unit)


def _is_unit(part: OldPart) -> bool:
    return part.text.startswith("单位：") and len(part.text) < _LONGEST_UNIT_LINE

"""Table block -> native Word table: repeated head rows, merged cells, widths from content, caption and notes.

Written as text and parsed once: cell by cell through python-docx, 400 rows take minutes.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import lru_cache

from gongwen.document import Line, Table, Text
from gongwen.document.walk import inlines_of
from gongwen.facts.value import Fact
from gongwen.oxml import flag, properties, tag
from gongwen.writer.layout.page import section, text_area
from gongwen.writer.package.styles import GRID_STYLE
from gongwen.writer.render_state import RenderState
from gongwen.writer.tables.fitting import Fit, body_style, depths, fitted, grid_of, set_columns
from gongwen.writer.tables.slots import Slot, numeric_columns, placed, slots
from gongwen.writer.text.captions import again, caption
from gongwen.writer.text.comments import of_table

# a row longer than about half a page may break, or it would leave the rest of the page empty
_LONGEST_WHOLE_CELL = 300
_LARGEST_WHOLE_GROUP = 10  # rows under one merged cell that are kept on one page
_SHARE_OF_A_WHOLE_TABLE = (
    0.4  # of the text area; a table lower than this is not cut by the end of a page
)
_FEWEST_ROWS = 2  # of a longer one that stay together at its beginning and at its end
_LONGEST_PLACEHOLDER = 4  # characters


def table(state: RenderState, block: Table, place: int) -> str:
    """The table as it fits: upright, on pages turned for it, or in parts one after another."""
    fit = fitted(block, state.profile)
    if fit.landscape:
        state.turned, state.new_page = True, False
    state.table_comment = of_table(_facts(state, block)) if state.review else None
    parts = [
        _part(state, part, fit, place, first=number == 0) for number, part in enumerate(fit.parts)
    ]
    state.table_comment = None
    if fit.landscape:
        parts[-1] = closing_section(parts[-1], section(state.profile, landscape=True))
    return "".join(parts)


def _facts(state: RenderState, block: Table) -> list[Fact]:
    """The figures of a table, each once."""
    names = dict.fromkeys(
        inline.fact for inline in inlines_of(block) if isinstance(inline, Text) and inline.fact
    )
    return [state.document.facts[name] for name in names if name in state.document.facts]


def closing_section(xml: str, properties_of_section: str) -> str:
    """The paragraphs, the last of which ends a section."""
    before, mark, after = xml.rpartition("</w:pPr>")
    return f"{before}{properties_of_section}{mark}{after}"


def _part(state: RenderState, block: Table, fit: Fit, place: int, *, first: bool) -> str:
    """Caption and unit line above, the table, note and source below."""
    label = state.by_block.get(place)
    made = []
    if label:
        words = (
            caption(label, block.caption, state.profile)
            if first
            else again(label, block.caption, state.profile)
        )
        made.append(state.paragraph("caption", words))
    if block.unit:
        made.append(state.paragraph("unit", state.line((Text(said("单位", block.unit)),), "unit")))
    if state.new_page:
        made.append(state.paragraph("gap", ""))
    below = [said("注", block.note), said("资料来源", block.source)]
    made.append(_grid(state, block, fit, keep_last=any(below)))
    made += notes(state, *below)
    # two tables without a paragraph between them become one in Word, and none may end a file
    made.append(state.paragraph("gap", ""))
    return "".join(made)


def notes(state: RenderState, *texts: str) -> list[str]:
    """The lines under a table or figure, each on one page.

    All but the last stay with what follows.
    """
    present = [text for text in texts if text]
    made = []
    for left, text in enumerate(present, 1 - len(present)):
        inner = state.line((Text(text),), "note")
        own = {"keepNext": flag("keepNext", on=left < 0), "keepLines": flag("keepLines")}
        made.append(state.paragraph("note", inner, **own))
    return made


def said(word: str, text: str) -> str:
    """注：… unless the text says so itself; nothing for nothing."""
    return text if not text or text.startswith((f"{word}：", f"{word}:")) else f"{word}：{text}"


def _grid(state: RenderState, block: Table, fit: Fit, *, keep_last: bool) -> str:
    size = "_small" if fit.small else ""
    style = body_style(state.profile, small=fit.small)
    grid = grid_of(block)
    head, body = grid.head, grid.body
    room, tall = text_area(state.profile, landscape=fit.landscape)
    columns = set_columns(grid, state.profile, landscape=fit.landscape, small=fit.small)
    look = {
        "tblStyle": tag("tblStyle", val=state.ids[GRID_STYLE]),
        "tblW": tag("tblW", w=room, type="dxa"),
        "jc": tag("jc", val="center"),
        "tblLayout": tag("tblLayout", type="fixed"),
        "tblLook": tag(
            "tblLook",
            val="0020",
            firstRow=1,
            lastRow=0,
            firstColumn=0,
            lastColumn=0,
            noHBand=1,
            noVBand=1,
        ),
        "tblDescription": tag("tblDescription", val=block.caption) if block.caption else "",
    }
    drawn = tag("tblGrid", "".join(tag("gridCol", w=width) for width in columns))
    rows = [
        _row(state, line, columns, f"table_head{size}", head=True, keep=bool(body)) for line in head
    ]
    together = _kept(body, noted=keep_last)
    most = tall * _SHARE_OF_A_WHOLE_TABLE / style.line_twips
    if (
        len(body) <= most
        and sum(depths(grid, state.profile, landscape=fit.landscape, small=fit.small)) <= most
    ):
        together |= set(range(len(body) - 1))
    wanted = aligned(body)
    if state.wanted < len(wanted):
        wanted = wanted[: max(math.ceil(state.wanted), 1)]
    state.wanted -= len(wanted)
    rows += [
        _row(state, line, columns, f"table_body{size}", keep=index in together)
        for index, line in enumerate(wanted)
    ]
    if not rows:
        rows = [_row(state, slots(((),), grid.count)[0], columns, f"table_body{size}")]
    return tag("tbl", properties("tblPr", look) + drawn + "".join(rows))


def _kept(body: Sequence[Sequence[Slot]], *, noted: bool) -> set[int]:
    """Rows that stay on a page with the next one.

    At both ends, the last before a note, and in merged groups.
    """
    last = len(body) - 1
    rows = set(range(min(_FEWEST_ROWS - 1, last))) | set(
        range(max(0, last + 1 - _FEWEST_ROWS), last)
    )
    if noted:
        rows.add(last)
    for index, line in enumerate(body):
        for slot in line:
            # a merged cell cut by a page leaves rows without their label on the next page
            if slot.starts and slot.cell and slot.cell.rows <= _LARGEST_WHOLE_GROUP:
                rows.update(range(index, min(index + slot.cell.rows - 1, last)))
    return rows


def aligned(body: Sequence[Sequence[Slot]]) -> list[list[Slot]]:
    """The rows with 未填报, — or a date set like a number where it stands among numbers."""
    figures = numeric_columns(body)
    return [_aligned(line, figures) for line in body]


def _aligned(line: Sequence[Slot], figures: Collection[int]) -> list[Slot]:
    return [
        replace(slot, cell=replace(slot.cell, numeric=True))
        if slot.cell and column in figures and _like_a_number(slot.text)
        else slot
        for column, slot in placed(line)
    ]


def _like_a_number(text: str) -> bool:
    return len(text) <= _LONGEST_PLACEHOLDER or text.isascii()


def _row(
    state: RenderState,
    line: Sequence[Slot],
    columns: Sequence[int],
    role: str,
    *,
    head: bool = False,
    keep: bool = False,
) -> str:
    whole = all(len(slot.text) <= _LONGEST_WHOLE_CELL for slot in line)
    marks = {
        "cantSplit": flag("cantSplit") if whole else "",
        "tblHeader": flag("tblHeader") if head else "",
    }
    cells, column = [], 0
    for slot in line:
        width = sum(columns[column : column + slot.columns])
        cells.append(_cell(state, slot, width, role, keep=keep))
        column += slot.columns
    return tag("tr", properties("trPr", marks) + "".join(cells))


def _cell(state: RenderState, slot: Slot, width: int, role: str, *, keep: bool) -> str:
    merged = "continue" if slot.cell is None else "restart" if slot.starts else ""
    line: Line = slot.cell.line if slot.cell else ()
    right = slot.cell is not None and slot.cell.numeric and role.startswith("table_body")
    before, after = _frame(width, slot.columns, merged, state.ids[role], keep=keep, right=right)
    return f"{before}{state.line(line, role)}{after}"


@lru_cache(maxsize=2048)  # of the cells of a table, most are set alike
def _frame(
    width: int, columns: int, merged: str, style: str, *, keep: bool, right: bool
) -> tuple[str, str]:
    """What of a cell and its paragraph stands before its words, and what after."""
    marks = {
        "tcW": tag("tcW", w=width, type="dxa"),
        "gridSpan": tag("gridSpan", val=columns) if columns > 1 else "",
        "vMerge": ""
        if not merged
        else tag("vMerge", val=merged)
        if merged == "restart"
        else tag("vMerge"),
        "vAlign": tag("vAlign", val="center"),
    }
    own = {
        "pStyle": tag("pStyle", val=style),
        "keepNext": flag("keepNext") if keep else "",
        "jc": tag("jc", val="right") if right else "",
    }
    return f"<w:tc>{properties('tcPr', marks)}<w:p>{properties('pPr', own)}", "</w:p></w:tc>"

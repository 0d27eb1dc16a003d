"""G30–G36: tables, pictures, blanks and leftovers of editing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from gongwen.findings import Level
from gongwen.reader.formatting import MeasuredParagraph
from gongwen_lint.manuscript.manuscript import Manuscript, Para
from gongwen_lint.rules.context import CheckContext
from gongwen_lint.rules.page.expected import (
    PAGE,
    PRACTICE,
    STANDARD,
    clause,
    gathered,
    given,
    of_roles,
    profile_of,
    span,
)
from gongwen_lint.rules.rule import Rule, Violation

_TWIPS_PER_MM = 1440 / 25.4
_TOO_WIDE_MM = 4.0
_MOST_BLANK, _FEWEST_ALIKE, _MOST_UNLIKE = 4, 10, 0.1
_PITCH_SLACK = 6  # twips
_BLANKS = (" ", "　", "\xa0")
_PUSHED = 4  # blanks in a row before a name or title is called pushed


def clipped(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """G30：图片所在段落不用固定行距。

    固定行距的段落里，嵌入的图片只露出一行高的一条。

    好：图片段落用单倍行距。    差：全文固定值28磅，图片也在其中。
    """
    profile_of(against)
    for para in manuscript.paras:
        seen = para.measured
        if seen is None or not seen.pictures or seen.line_rule != "exact":
            continue
        if seen.tallest_twips > seen.line_twips + _PITCH_SLACK:
            tall = seen.tallest_twips / _TWIPS_PER_MM
            yield Violation(para.number, 0, 0, f"图片高{tall:.0f}毫米，"
                                               f"所在段落行距是固定值{seen.line_twips / 20:g}磅，"
                                               "图片会被裁切",
                      hint="把图片所在段落改为单倍行距。")  # fmt: skip


def wide_table(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """G31：表格不宽于版心。

    好：表格设为“根据窗口调整表格”。    差：表格伸出右边线。
    """
    measured, profile = given(manuscript, against)
    for number, table in enumerate(measured.tables):
        if table.nested or table.floating or table.section >= len(measured.sections):
            continue
        section = measured.sections[table.section]
        room = section.width_mm - section.left_mm - section.right_mm - section.gutter_mm
        over = (table.width_twips - 2 * table.side_twips) / _TWIPS_PER_MM - room
        if room > 0 and over > _TOO_WIDE_MM and section.columns == 1:
            first = _first_of(manuscript, number)
            yield Violation(first.number if first else 0, message=f"表{number + 1}比版心宽约{over:.0f}毫米{clause(profile, 'page.left_mm')}",
                      hint="布局→自动调整→根据窗口调整表格。", level=Level.WARNING)  # fmt: skip


def repeated_head(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """G32：跨页的表格每页重复表头。

    只在行数多到一面肯定排不下时说。

    好：选中表头→布局→重复标题行。    差：五十行的名单，第二页起看不出各列是什么。
    """
    measured, _ = given(manuscript, against)
    heights = _least_heights(manuscript)
    for number, table in enumerate(measured.tables):
        if (
            table.head_rows
            or table.nested
            or table.floating
            or table.section >= len(measured.sections)
        ):
            continue
        section = measured.sections[table.section]
        room = (section.height_mm - section.top_mm - section.bottom_mm) * _TWIPS_PER_MM
        if table.columns > 1 and table.rows * heights.get(number, 0) > room > 0:
            first = _first_of(manuscript, number)
            yield Violation(first.number if first else 0, message=f"表{number + 1}有{table.rows}行，跨页后没有表头",
                      hint="选中表头行→表格布局→重复标题行。")  # fmt: skip


def _least_heights(manuscript: Manuscript) -> dict[int, float]:
    """The least height a row of each table can have, in twips: that of its lowest line of words."""
    found: dict[int, float] = {}
    for para in manuscript.paras:
        seen = para.measured
        if seen is None or seen.cell is None or not seen.runs:
            continue
        size = min(run.size_pt for run in seen.runs) * 20
        height = seen.line_twips if seen.line_rule == "exact" else size
        found[seen.cell.table] = min(height, found.get(seen.cell.table, height))
    return found


def _first_of(manuscript: Manuscript, table: int) -> Para | None:
    return next(
        (para for para in manuscript.paras if para.cell and para.cell[0] == table + 1), None
    )


def drift(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """G33：正文各段行距、段前段后一致。

    十段以上的正文里，只有极少数段落与众不同的才说：多是粘贴带来的。

    好：全文固定值28磅。    差：第二页有一段突然变成1.5倍行距、段后10磅。
    """
    profile_of(against)
    texts = [(para, seen) for para, seen in of_roles(manuscript, "body") if _plain(para, seen)]
    counts = Counter(_spacing(seen) for _, seen in texts)
    if len(texts) < _FEWEST_ALIKE:
        return
    usual = counts.most_common(1)[0][0]
    others = [(para, seen) for para, seen in texts if _unlike(_spacing(seen), usual)]
    if len(others) <= len(texts) * _MOST_UNLIKE:
        yield from gathered(
            manuscript,
            [
                span(para, message="这一段的行距、段前段后与其余正文不同", hint="用格式刷统一。")
                for para, _ in others
            ],
        )


def _plain(para: Para, measured: MeasuredParagraph) -> bool:
    return para.cell is None and measured.story == "正文" and not measured.pictures


def _spacing(measured: MeasuredParagraph) -> tuple[str, float, float, float]:
    return (measured.line_rule, measured.line_twips, measured.before_twips, measured.after_twips)


def _unlike(one: tuple[str, float, float, float], other: tuple[str, float, float, float]) -> bool:
    return one[0] != other[0] or any(
        abs(a - b) > _PITCH_SLACK for a, b in zip(one[1:], other[1:], strict=True)
    )


def blank_lines(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """G34：不用一串空行把下文推到下一页。

    改动前文几个字，空行就推过了头。用印留出的空白不超过四行的不说。

    好：插入分页符。    差：连按八个回车。
    """
    profile_of(against)
    blank: list[Para] = []
    for para in manuscript.paras:
        seen = para.measured
        if seen is not None and seen.cell is None and not para.text.strip() and _nothing(seen):
            blank.append(para)
            continue
        if len(blank) > _MOST_BLANK and para.role != "masthead":
            yield Violation(
                blank[0].number,
                0,
                0,
                f"连着{len(blank)}个空行",
                hint="要另起一页的，删去空行，改用分页符。",
            )
        blank = []


def _nothing(measured: MeasuredParagraph) -> bool:
    return not (measured.pictures or measured.page_breaks or measured.borders or measured.fields)


def pushed(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """G35：标题居中、署名靠右用对齐方式，不用空格推。

    好：标题居中；日期右对齐、右缩进2字符。    差：日期前面敲三十个空格，换一台电脑就跑到下一行。
    """
    profile_of(against)
    for para, _ in of_roles(
        manuscript, "title", "signature", "date", "document_number", "attachment_title"
    ):
        lead = len(para.text) - len(para.text.lstrip())
        if (
            lead >= _PUSHED
            and all(sign in _BLANKS for sign in para.text[:lead])
            and para.cell is None
        ):
            yield Violation(
                para.number,
                0,
                lead,
                f"用{lead}个空格推位置",
                hint="删去空格，改用居中或右对齐加右缩进。",
            )


def revisions(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """G36：定稿不留未处理的修订。

    检查按接受修订之后的文字进行。

    好：审阅→接受所有修订。    差：红字删除线随文发出。
    """
    measured, _ = given(manuscript, against)
    if measured.settings.tracked:
        yield Violation(
            0,
            message="文件里还有没有接受或拒绝的修订；以上检查按全部接受后的文字进行",
            hint="审阅→接受或拒绝所有修订。",
        )


RULES = (
    Rule("G30", "图片被裁切", "版式", Level.WARNING, PRACTICE, clipped, PAGE),
    Rule("G31", "表格宽过版心", "版式", Level.WARNING, f"{STANDARD} 5.2.1", wide_table, PAGE),
    Rule("G32", "跨页表格没有表头", "版式", Level.NOTE, PRACTICE, repeated_head, PAGE),
    Rule("G33", "正文行距不一", "版式", Level.NOTE, PRACTICE, drift, PAGE),
    Rule("G34", "空行推页", "版式", Level.NOTE, PRACTICE, blank_lines, PAGE),
    Rule("G35", "空格推位置", "版式", Level.NOTE, PRACTICE, pushed, PAGE),
    Rule("G36", "未处理的修订", "版式", Level.WARNING, PRACTICE, revisions, PAGE),
)

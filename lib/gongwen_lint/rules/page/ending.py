"""G23–G29: where elements stand: 发文字号, 主送机关, 附件, 署名, 成文日期, 版记."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from gongwen.chinese.title_lines import width
from gongwen.findings import Level
from gongwen.reader.formatting import MeasuredParagraph
from gongwen_lint.manuscript.manuscript import Manuscript, Para
from gongwen_lint.rules.context import CheckContext
from gongwen_lint.rules.page.expected import (
    PAGE,
    STANDARD,
    clause,
    level_of,
    of_roles,
    profile_of,
    span,
)
from gongwen_lint.rules.rule import Rule, Violation

_FLUSH, _SLACK = 0.6, 0.6  # characters
_BETWEEN = 0.2  # characters between hanzi and digits; Word's own are a quarter at most
_MOVED_IN = 2  # characters that a date begins to the right of a longer signature
_MOST_SPACING = 3  # empty paragraphs that only set apart
_BLANK = (" ", "　", "\t", "\xa0")


def addressee(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """G23：主送机关居左顶格，回行仍顶格。

    好：各科室：（顶格）    差：　　各科室：（空二字）
    """
    profile = profile_of(against)
    for para, seen in of_roles(manuscript, "addressee"):
        indent = _left(seen) + (seen.first_line_in_chars or 0)
        if indent > _FLUSH or para.text[:1] in _BLANK:
            path = "styles.addressee.align"
            yield span(para, message=f"主送机关没有顶格{clause(profile, path)}", hint="去掉首行缩进。",
                       level=level_of(profile, path, at_most=Level.WARNING))  # fmt: skip


def number(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """G24：发文字号居中；上行文居左空一字，与签发人同行；信函居右。

    好：示组发〔2026〕5号（居中）    差：没有签发人，却靠左。
    """
    profile = profile_of(against)
    signed = any(
        "签发人" in para.text
        for para in manuscript.paras
        if para.role in ("masthead", "document_number")
    )
    for para, seen in of_roles(manuscript, "document_number"):
        if para.cell or signed or seen.align not in ("left", "both") or para.text[:1] in _BLANK:
            continue
        if _left(seen) + (seen.first_line_in_chars or 0) > 4 * _FLUSH:
            continue  # pushed to its place by an indent
        path = "styles.doc_number.align"
        yield span(para, message=f"发文字号没有居中{clause(profile, path)}", hint="设为居中。",
                   level=level_of(profile, path, at_most=Level.WARNING))  # fmt: skip


def closing(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """G25：署名、成文日期靠右编排，日期右空二字（用印的右空四字）。

    用空格、制表符推过去的看不准，不查。标题下的署名不查。日期比署名短、首字比署名首字右移二字的也对。

    好：成文日期右对齐、右缩进2字符。    差：署名和日期靠左；日期紧贴右边线。
    """
    profile = profile_of(against)
    signed_from = 0.0  # where the signature above begins, in characters from the right edge
    for para, seen in of_roles(manuscript, "signature", "date"):
        begins = _right(seen) + _width(para.text.strip())
        if para.role == "signature":
            signed_from = begins if seen.align == "right" else 0.0
        elif abs(signed_from - begins - _MOVED_IN) <= _SLACK:
            continue
        if para.cell or para.text[:1] in _BLANK or "\t" in para.text or "\n" in para.text:
            continue
        name = "成文日期" if para.role == "date" else "署名"
        path = "closing.date_indent_chars" if para.role == "date" else "closing.name_indent_chars"
        level = level_of(profile, path, at_most=Level.WARNING)
        if (
            seen.align in ("left", "both")
            and _left(seen) + (seen.first_line_in_chars or 0) < profile.grid.chars / 4
        ):
            yield span(
                para,
                message=f"{name}没有靠右{clause(profile, path)}",
                hint="设为右对齐，日期右缩进2字符。",
                level=level,
            )
        elif (
            para.role == "date"
            and seen.align == "right"
            and _right(seen) < profile.closing.date_indent_chars - _SLACK
        ):
            yield span(para, message=f"成文日期右空{_right(seen):.0f}字，"
                                     f"应空{profile.closing.date_indent_chars:g}字"
                                  f"{clause(profile, path)}", hint="段落→缩进→右侧2字符（用印的4字符）。", level=level)  # fmt: skip


def _width(text: str) -> float:
    """In characters as a line is set, with the quarter that programs put between hanzi and digits."""
    joints = sum(one.isdigit() != other.isdigit() for one, other in pairwise(text))
    return width(text) + joints * _BETWEEN


def attachment(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """G26：附件另面编排，“附件”二字顶格编排在版心左上角第一行。

    好：“附件1”前分页，3号黑体顶格。    差：紧接在正文后面；居中。
    """
    profile = profile_of(against)
    path = "styles.attachment_label.align"
    level, why = level_of(profile, path, at_most=Level.WARNING), clause(profile, path)
    for para, seen in of_roles(manuscript, "attachment_label"):
        if para.cell or seen.story != "正文":
            continue
        if (
            seen.align in ("center", "right")
            or _left(seen) + (seen.first_line_in_chars or 0) > _FLUSH
        ):
            yield span(
                para, message=f"“附件”没有顶格{why}", hint="设为左对齐，去掉缩进。", level=level
            )
        if not _new_page(manuscript, para, seen):
            yield span(
                para, message=f"附件没有另起一面{why}", hint="在“附件”前插入分页符。", level=level
            )


def _new_page(manuscript: Manuscript, para: Para, measured: MeasuredParagraph) -> bool:
    """True if a break of page or section, or empty lines that may push it over, come before it."""
    if measured.page_break_before or measured.page_breaks:
        return True
    for blank, other in enumerate(reversed(manuscript.paras[: para.number - 1])):
        before = other.measured
        if before is None or before.page_breaks or before.section != measured.section:
            return True
        if other.text.strip():
            return blank > _MOST_SPACING  # someone pushed it to the next page
    return True


def imprint_last(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """G27：版记是公文的最后一部分，在最后一面。

    好：附件在前，版记在最后。    差：抄送、印发之后又接附件。
    """
    profile = profile_of(against)
    places = [
        para.number
        for para in manuscript.paras
        if para.role == "imprint" and para.measured is not None
    ]
    if not places:
        return
    last = manuscript.para(max(places))
    floats = (
        last.measured is not None
        and last.measured.cell is not None
        and _floating(manuscript, last.measured)
    )
    after = [para for para in manuscript.paras[last.number :] if para.text.strip() and _flows(para)]
    if after and not floats:
        path = "imprint.outer_pt"
        yield span(last, message=f"版记后面还有内容（{after[0].where}“{after[0].text.strip()[:10]}”）{clause(profile, path)}",
                   hint="把附件移到版记之前。", level=Level.WARNING)  # fmt: skip


def _flows(para: Para) -> bool:
    return para.role not in ("imprint", "footnote", "textbox", "table_note")


def _floating(manuscript: Manuscript, measured: MeasuredParagraph) -> bool:
    assert manuscript.measured is not None
    return measured.cell is not None and manuscript.measured.tables[measured.cell.table].floating


def imprint_page(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """G28：版记在公文最后一面，而且是双数面（偶数页）。

    双面印刷，版记在最后一张纸的背面。页数以保存文件的程序记下的为准；没有记下的、只有一页的、没有印发栏的信函不查，记下的可能已
    过时，所以只作提示。

    好：全文4页，版记在第4页。    差：全文3页，版记在第3页。
    """
    profile_of(against)
    measured = manuscript.measured
    has = [para for para in manuscript.paras if para.role == "imprint"]
    pages = measured.settings.pages if measured is not None else None
    printed = any(para.text.rstrip().endswith("印发") for para in has)
    if printed and pages is not None and pages % 2 and pages > 1:
        yield span(has[0], message=f"文件记录的页数是{pages}页，版记应在双数面（{STANDARD} 7.4.1）",
                   hint="双面印刷的，请加一面空白页，把版记放到背面。")  # fmt: skip


def imprint_lines(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """G29：版记中的分隔线与版心等宽，首条和末条粗，中间细。

    好：抄送、印发上下都有横线。    差：版记没有分隔线。
    """
    profile = profile_of(against)
    found = [
        para for para in manuscript.paras if para.role == "imprint" and para.measured is not None
    ]
    letter = not any(para.text.rstrip().endswith("印发") for para in found)
    if not found or letter or any(_lined(manuscript, para) for para in found):
        return
    path = "imprint.outer_pt"
    yield span(found[0], message=f"版记没有分隔线{clause(profile, path)}", hint="用表格的上下边框画线。",
               level=Level.WARNING)  # fmt: skip


def _lined(manuscript: Manuscript, para: Para) -> bool:
    seen, measured = para.measured, manuscript.measured
    if seen is None or measured is None or seen.story != "正文":
        return True  # in a box, lines may be drawn: nothing can be said
    near = manuscript.paras[max(0, para.number - 2) : para.number + 1]
    drawn = any(
        each.measured is not None and (each.measured.borders or not each.text.strip())
        for each in near
    )
    return drawn or (seen.cell is not None and measured.tables[seen.cell.table].bordered)


def _left(measured: MeasuredParagraph) -> float:
    return (
        measured.left_chars
        if measured.left_chars is not None
        else measured.left_twips / (measured.char_twips or 320)
    )


def _right(measured: MeasuredParagraph) -> float:
    return (
        measured.right_chars
        if measured.right_chars is not None
        else measured.right_twips / (measured.char_twips or 320)
    )


RULES = (
    Rule("G23", "主送机关顶格", "版式", Level.WARNING, f"{STANDARD} 7.3.2", addressee, PAGE),
    Rule("G24", "发文字号居中", "版式", Level.WARNING, f"{STANDARD} 7.2.5", number, PAGE),
    Rule("G25", "署名、日期的位置", "版式", Level.WARNING, f"{STANDARD} 7.3.5", closing, PAGE),
    Rule("G26", "附件另面、顶格", "版式", Level.WARNING, f"{STANDARD} 7.3.8", attachment, PAGE),
    Rule("G27", "版记在最后", "版式", Level.WARNING, f"{STANDARD} 7.4", imprint_last, PAGE),
    Rule("G28", "版记在双数面", "版式", Level.NOTE, f"{STANDARD} 7.4.1", imprint_page, PAGE),
    Rule("G29", "版记的分隔线", "版式", Level.WARNING, f"{STANDARD} 7.4.1", imprint_lines, PAGE),
)

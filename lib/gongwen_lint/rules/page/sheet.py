"""G01–G04: paper, margins, line pitch: what holds for a whole section."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from gongwen.findings import Level
from gongwen.profile import Profile
from gongwen.reader.formatting import Measured, MeasuredParagraph, Section
from gongwen_lint.manuscript.manuscript import Manuscript
from gongwen_lint.rules.context import CheckContext
from gongwen_lint.rules.page.expected import PAGE, STANDARD, clause, given, level_of, of_roles
from gongwen_lint.rules.rule import Rule, Violation

_PAPER_MM, _MARGIN_MM = 1.0, 1.05  # the standard allows 1 mm; the rest is rounding of twips
_MM_PER_TWIP = 25.4 / 1440
_FEWEST = 5  # paragraphs of text before their line pitch is worth a word


def paper(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """G01：用A4型纸，210毫米×297毫米。

    横排的表格页宽高互换，不算错。

    好：页面设置→纸张→A4。    差：Letter（216毫米×279毫米）、B5、自定义大小。
    """
    measured, profile = given(manuscript, against)
    wanted = sorted((profile.page.width_mm, profile.page.height_mm))
    for number, section in enumerate(measured.sections, 1):
        found = sorted((section.width_mm, section.height_mm))
        if not any(found):
            continue  # the file does not say, and the program's own paper is used
        if any(abs(have - want) > _PAPER_MM for have, want in zip(found, wanted, strict=True)):
            yield Violation(
                0,
                message=f"{_which(number, measured)}纸张为{section.width_mm:.0f}×{section.height_mm:.0f}毫米，"
                f"应为{profile.page.width_mm:g}×{profile.page.height_mm:g}毫米{clause(profile, 'page.width_mm')}",
                hint="布局→纸张大小→A4。",
                level=level_of(profile, "page.width_mm"),
            )


def margins(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """G02：天头37毫米±1毫米，订口28毫米±1毫米，版心156毫米×225毫米。

    天头量到第一行字的上边缘：页边距直接设37毫米，或者像电子公文那样设34.58毫米、由行距补足，都算对。横排的节不查。

    好：上3.7厘米、下3.5厘米、左2.8厘米、右2.6厘米。    差：Word默认的上下2.54厘米、左右3.18厘米。
    """
    measured, profile = given(manuscript, against)
    spare = _half_leading_mm(manuscript)
    for number, section in enumerate(measured.sections, 1):
        if section.landscape or section.width_mm > section.height_mm or not section.width_mm:
            continue
        wrong = [
            f"{name}{found:.1f}毫米（应为{wanted:g}毫米）"
            for name, found, wanted, slack in _sides(section, profile, spare)
            if min(abs(found - wanted), abs(found + slack - wanted)) > _MARGIN_MM
        ]
        if wrong:
            message = f"{_which(number, measured)}页边距不合：{'，'.join(wrong)}{clause(profile, 'page.top_mm')}"
            page = profile.page
            edges = zip(
                "上下左右", (page.top_mm, page.bottom_mm, page.left_mm, page.right_mm), strict=True
            )
            hint = f"布局→页边距→自定义：{'、'.join(f'{side}{wide / 10:g}' for side, wide in edges)}厘米。"
            yield Violation(0, message=message, hint=hint, level=level_of(profile, "page.top_mm"))


def _sides(
    section: Section, profile: Profile, spare: float
) -> tuple[tuple[str, float, float, float], ...]:
    page, gutter = profile.page, section.gutter_mm
    return (
        ("上", section.top_mm, page.top_mm, spare),
        ("下", section.bottom_mm, page.bottom_mm, spare),
        ("左", section.left_mm + gutter, page.left_mm, 0.0),
        ("右", section.right_mm, page.right_mm, 0.0),
    )


def _half_leading_mm(manuscript: Manuscript) -> float:
    """White above the characters of the first line of text, which some add to the margin and some take from it."""
    pitches = [
        (seen.line_twips - seen.runs[0].size_pt * 20) / 2
        for _, seen in of_roles(manuscript, "body") if seen.line_rule == "exact" and seen.runs
    ]  # fmt: skip
    return max(0.0, sorted(pitches)[len(pitches) // 2] * _MM_PER_TWIP) if pitches else 0.0


def line_pitch(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """G03：一般每面排22行，撑满版心。

    按正文多数段落的行距算一面排得下几行。固定值28磅、28.95磅都是22行；29磅只排得下21行。段落用单倍行距而文档没有行网格的，
    行距随字体变，说不准几行，只作提示。

    好：行距固定值28.95磅。    差：1.5倍行距；固定值30磅（21行）。
    """
    measured, profile = given(manuscript, against)
    counted: dict[int, int] = {}
    loose = 0
    for para, seen in of_roles(manuscript, "body"):
        section = measured.sections[seen.section] if seen.section < len(measured.sections) else None
        if section is None or para.cell or section.landscape:
            continue
        lines = _lines(seen, section)
        loose += lines is None
        if lines is not None:
            counted[lines] = counted.get(lines, 0) + 1
    total = sum(counted.values()) + loose
    if total < _FEWEST:
        return
    usual = max(counted, key=counted.__getitem__) if counted else 0
    level = level_of(profile, "grid.lines")
    why = clause(profile, "grid.lines")
    if loose * 2 > total:
        yield Violation(0, message="正文没有固定行距，一面排几行随字体而变，"
                                   f"一般应为{profile.grid.lines}行{why}",
                  hint=f"行距设固定值{profile.grid.line_twips / 20:g}磅。", level=Level.NOTE)  # fmt: skip
    elif usual != profile.grid.lines:
        yield Violation(0, message=f"按正文行距一面排{usual}行，一般应为{profile.grid.lines}行{why}",
                  hint=f"行距设固定值{profile.grid.line_twips / 20:g}磅。", level=level)  # fmt: skip


def _lines(measured: MeasuredParagraph, section: Section) -> int | None:
    """Lines of such a paragraph on one page; nothing where the font decides."""
    room = (section.height_mm - section.top_mm - section.bottom_mm) / _MM_PER_TWIP
    pitch = measured.line_twips
    if measured.line_rule == "auto":
        on_grid = (
            section.grid in ("lines", "linesAndChars", "snapToChars") and measured.snap_to_grid
        )
        pitch = section.line_pitch_twips * max(1.0, measured.line_twips / 240) if on_grid else 0
    return int((room + 2) // pitch) if pitch > 0 and room > 0 else None


def changing_paper(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """G04：同一文件各节的纸张和页边距一致。

    从别的文件粘贴带来的分节符常使后几页的版心悄悄变了。方向不同的节（横排表格）不比。

    好：全文一节，或各节页面设置相同。    差：前三页左边距28毫米，第四页起31.8毫米。
    """
    measured, _ = given(manuscript, against)
    upright = [
        (number, each)
        for number, each in enumerate(measured.sections, 1)
        if not each.landscape and each.width_mm
    ]
    for (before, one), (number, other) in pairwise(upright):
        if any(abs(a - b) > _PAPER_MM for a, b in zip(_page(one), _page(other), strict=True)):
            yield Violation(
                0,
                message=f"第{number}节的纸张或页边距与第{before}节不同",
                hint="选中该节，重设页边距；不需要的分节符请删去。",
            )


def _page(section: Section) -> tuple[float, ...]:
    return (
        section.width_mm,
        section.height_mm,
        section.top_mm,
        section.bottom_mm,
        section.left_mm,
        section.right_mm,
    )


def _which(number: int, measured: Measured) -> str:
    return f"第{number}节" if len(measured.sections) > 1 else ""


RULES = (
    Rule("G01", "纸张", "版式", Level.ERROR, f"{STANDARD} 5.1", paper, PAGE),
    Rule("G02", "页边距", "版式", Level.ERROR, f"{STANDARD} 5.2.1", margins, PAGE),
    Rule("G03", "每面行数", "版式", Level.WARNING, f"{STANDARD} 5.2.3", line_pitch, PAGE),
    Rule("G04", "各节页面不一", "版式", Level.WARNING, f"{STANDARD} 5.2.1", changing_paper, PAGE),
)

"""信函格式 -> a mark counted from the paper's edge and two double lines wider than the text (GB/T 9704-2012 10.1)."""

from __future__ import annotations

from gongwen.document import Masthead
from gongwen.oxml import fonts, tag
from gongwen.profile import Profile
from gongwen.profile.design import TWIPS_PER_POINT
from gongwen.writer.layout.page import twips
from gongwen.writer.official.bars import Bar, bar
from gongwen.writer.official.masthead import mark_line, mark_rise, sized
from gongwen.writer.render_state import RenderState
from gongwen.writer.text.runs import runs

_MM_PER_POINT = 25.4 / 72


def letterhead(state: RenderState, block: Masthead) -> str:
    """The mark in a frame that ends where the first element begins.

    Then secrecy at the left, 发文字号 at the right.
    """
    letter, style = state.profile.letter, state.profile.styles.mark
    size, lines = sized(
        [block.mark or block.issuers[0]], state, twips(state.profile.page.text_width_mm)
    )
    line = mark_line(state, size)
    top = twips(letter.mark_top_mm) - round(mark_rise(state, size))
    state.letter_line_mm = upper_line_mm(state.profile, size, len(lines))
    first = state.letter_line_mm + _double_mm(state.profile) + letter.element_gap_mm
    tall = twips(first) - round(state.profile.styles.doc_number.half_leading_twips) - top
    frame = tag("framePr", w=twips(state.profile.page.text_width_mm), h=tall, hRule="exact", hSpace=0,
                wrap="notBeside", vAnchor="page", hAnchor="margin", x=1, y=top)  # fmt: skip
    look = {"sz": tag("sz", val=round(size * 2)), "szCs": tag("szCs", val=round(size * 2))}
    inner = "<w:r><w:br/></w:r>".join(runs(text, style.font, marks=look) for text in lines)
    spacing = tag("spacing", before=0, after=0, line=line, lineRule="exact")
    return state.paragraph("mark", inner, framePr=frame, spacing=spacing) + _elements(state, block)


def _elements(state: RenderState, block: Masthead) -> str:
    """份号, 密级, 紧急程度 flush left, one a line.

    发文字号 flush right on the first of these lines.
    """
    styles = state.profile.styles
    left = [(role, text) for role, text in (("copy_number", block.copy_number), ("secrecy", block.secrecy),
                                             ("secrecy", block.urgency)) if text]  # fmt: skip
    if not left:
        return state.paragraph(
            "doc_number", runs(block.number, styles.doc_number.font), jc=tag("jc", val="right")
        )
    stop = tag("tabs", tag("tab", val="right", pos=twips(state.profile.page.text_width_mm)))
    made = []
    for place, (role, text) in enumerate(left):
        inner = runs(text, styles.of(role).font)
        if place == 0:
            face = {"rFonts": fonts(styles.doc_number.font)}
            inner += "<w:r><w:tab/></w:r>" + runs(block.number, styles.doc_number.font, marks=face)
        made.append(state.paragraph(role, inner, tabs=stop if place == 0 else ""))
    return "".join(made)


def upper_line_mm(profile: Profile, size: float, lines: int) -> float:
    """From the paper's top to the upper double line: the mark's ink, and the gap below it."""
    letter, style = profile.letter, profile.styles.mark
    line = style.line_twips * size / style.size_pt / TWIPS_PER_POINT
    ink = ((lines - 1) * line + profile.header.mark_ink_height * size) * _MM_PER_POINT
    return letter.mark_top_mm + ink + letter.line_gap_mm


def rules(profile: Profile, from_top: float) -> str:
    """Both double lines as runs for the header of the first page, drawn at their place on the paper."""
    letter, page = profile.letter, profile.page
    gap = (letter.thick_pt + letter.between_pt) * _MM_PER_POINT
    thin_gap = (letter.thin_pt + letter.between_pt) * _MM_PER_POINT
    foot = page.height_mm - letter.foot_line_mm
    lines = (
        (from_top, letter.thick_pt), (from_top + gap, letter.thin_pt),
        (foot, letter.thin_pt), (foot + thin_gap, letter.thick_pt),
    )  # fmt: skip
    return "".join(
        _rule(profile, number, top, points) for number, (top, points) in enumerate(lines, 1)
    )


def _double_mm(profile: Profile) -> float:
    letter = profile.letter
    return (letter.thick_pt + letter.between_pt + letter.thin_pt) * _MM_PER_POINT


def _rule(profile: Profile, number: int, top_mm: float, points: float) -> str:
    """A red bar of a given thickness in the middle of the paper."""
    letter = profile.letter
    drawn = Bar(
        left_mm=(profile.page.width_mm - letter.line_width_mm) / 2,
        top_mm=top_mm,
        width_mm=letter.line_width_mm,
        points=points,
        color=profile.styles.mark.color,
        counted_from="page",
    )
    return bar(number, drawn, name=f"红线 {number}", described="红色双线")

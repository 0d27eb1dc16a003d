"""主送机关, 附件说明, 署名 and 成文日期, 附注, 出席人员, 附件 -> paragraphs (GB/T 9704-2012 7.3, 10.3)."""

from __future__ import annotations

from collections.abc import Sequence

from gongwen.chinese.dates import date_text
from gongwen.document import Addressee, Attachment, Attendance, Enclosures, Remark, Signature
from gongwen.oxml import flag, fonts, properties, tag
from gongwen.writer.layout.page import twips
from gongwen.writer.layout.text_metrics import width
from gongwen.writer.official.masthead import plain_table
from gongwen.writer.render_state import RenderState
from gongwen.writer.text.runs import runs


def addressee(state: RenderState, block: Addressee, _: int) -> str:
    """主送机关, flush left, ending in a colon."""
    return state.paragraph(
        "addressee", runs(f"{block.names}：", state.profile.styles.addressee.font)
    )


def enclosures(state: RenderState, block: Enclosures, _: int) -> str:
    """附件说明: names begin under one another, without a full stop."""
    style = state.profile.styles.enclosures
    several = len(block.titles) > 1
    first = width("附件：", style)
    number = width("1.", style) if several else 0
    left = round(2 * style.char_twips + first)
    made = []
    for place, title in enumerate(block.titles):
        label = ("附件：" if place == 0 else "") + (f"{place + 1}." if several else "")
        hanging = first + number if place == 0 else number
        made.append(
            state.paragraph(
                "enclosures", runs(label + title.rstrip("。；;."), style.font),
                ind=tag("ind", left=left + round(number), hanging=round(hanging)),
                spacing=spaced(state, state.profile.closing.blank_lines if place == 0 else 0, "enclosures"),
            )
        )  # fmt: skip
    return "".join(made)


def signature(state: RenderState, block: Signature, _: int) -> str:
    """署名 over 成文日期 at the right.

    With a seal centred on the date, without one two characters before it.
    """
    names = [name for name in block.issuers if name]
    day = date_text(block.issued_on) if block.issued_on else ""
    if block.sealed and len(names) > 1:
        return _sealed_together(state, names, day)
    style = state.profile.styles.signature
    char = style.char_twips
    wide, long = max((width(name, style) for name in names), default=0.0), width(day, style)
    closing = state.profile.closing
    if block.sealed:
        of_date = closing.sealed_date_indent_chars * char
        of_name = max(0.0, of_date + (long - wide) / 2)
    elif wide >= long:
        of_name = closing.name_indent_chars * char
        of_date = of_name + wide - long - 2 * char
    else:
        of_date = closing.date_indent_chars * char
        of_name = of_date + long - wide + 2 * char
    if of_date < 0:  # a name hardly longer than the date: both keep their two characters
        of_name, of_date = of_name - of_date, 0.0
    blank = closing.sealed_blank_lines if block.sealed else closing.blank_lines
    made = [
        _right(
            state,
            "signature",
            name,
            of_name + (wide - width(name, style)) / 2,
            blank if place == 0 else 0,
        )
        for place, name in enumerate(names)
    ]
    if day:
        made.append(_right(state, "issued_on", day, of_date, 0 if names else blank))
    return "".join(made)


def _right(state: RenderState, role: str, text: str, indent: float, blank_lines: float) -> str:
    """A line at the right; the date takes 附注 along if there is one."""
    style = state.profile.styles.of(role)
    keep = style.keep_next or state.keep_with_next
    return state.paragraph(
        role,
        runs(text, style.font),
        keepNext=flag("keepNext") if keep else "",
        ind=tag("ind", right=round(indent), firstLine=0),
        spacing=spaced(state, blank_lines, role),
    )


def _sealed_together(state: RenderState, names: Sequence[str], day: str) -> str:
    """Names in rows, each in the middle of a field as wide as a seal needs, so that no two seals touch."""
    closing, style = state.profile.closing, state.profile.styles.signature
    room = twips(state.profile.page.text_width_mm)
    columns = min(closing.seals_a_row, len(names))
    while columns > 1 and max(width(name, style) for name in names) > room / columns:
        columns -= 1
    wide = room // columns
    rows = [names[at : at + columns] for at in range(0, len(names), columns)]
    tall = round(twips(closing.seal_mm) + style.line_twips / 2)
    made = []
    for row in rows:
        cells = "".join(_field(state, name, wide) for name in (*row, *[""] * (columns - len(row))))
        height = tag("trHeight", val=tall, hRule="atLeast") if row is not rows[-1] else ""
        made.append(
            tag(
                "tr",
                properties("trPr", {"cantSplit": flag("cantSplit"), "trHeight": height}) + cells,
            )
        )
    grid = tag("tblGrid", "".join(tag("gridCol", w=wide) for _ in range(columns)))
    above = state.paragraph(
        "signature", "", spacing=spaced(state, closing.sealed_blank_lines - 1, "signature")
    )
    table = tag("tbl", plain_table(wide * columns) + grid + "".join(made))
    return (
        above
        + table
        + _right(state, "issued_on", day, closing.sealed_date_indent_chars * style.char_twips, 0)
    )


def _field(state: RenderState, name: str, wide: int) -> str:
    marks = {"tcW": tag("tcW", w=wide, type="dxa")}
    paragraph = state.paragraph(
        "signature", runs(name, state.profile.styles.signature.font), jc=tag("jc", val="center")
    )
    return tag("tc", properties("tcPr", marks) + paragraph)


def remark(state: RenderState, block: Remark, _: int) -> str:
    """附注 in brackets, on the line below the date."""
    return state.paragraph("remark", runs(f"（{block.text}）", state.profile.styles.remark.font))


def attendance(state: RenderState, block: Attendance, _: int) -> str:
    """出席, 请假, 列席: the word in the face of a heading, people beginning under one another behind the colon."""
    style = state.profile.styles.attendance
    made = []
    for place, (word, people) in enumerate(block.people):
        head = {"rFonts": fonts(state.profile.styles.heading1.font)}
        hanging = round(width(f"{word}：", style))
        inner = runs(f"{word}：", style.font, marks=head) + runs(people, style.font)
        made.append(
            state.paragraph(
                "attendance", inner, ind=tag("ind", left=round(2 * style.char_twips) + hanging, hanging=hanging),
                spacing=spaced(state, state.profile.closing.blank_lines if place == 0 else 0, "attendance"),
            )
        )  # fmt: skip
    return "".join(made)


def attachment(state: RenderState, block: Attachment, place: int) -> str:
    """附件 at the top left of a new page, its title in the middle of the third line.

    Numbers of headings start again.
    """
    all_of_them = [
        at for at, other in enumerate(state.document.blocks) if isinstance(other, Attachment)
    ]
    number = str(all_of_them.index(place) + 1) if len(all_of_them) > 1 else ""
    state.counters[:] = [0] * len(state.counters)
    state.new_page = place > 0
    styles = state.profile.styles
    label = state.paragraph("attachment_label", runs(f"附件{number}", styles.attachment_label.font))
    # the third line of the page is a place on the grid, not a distance
    style = styles.attachment_title
    before = round(
        state.profile.closing.attachment_title_blank_lines * state.profile.grid.line_twips
    )
    title = state.broken_title(block.title, "attachment_title")
    spacing = tag(
        "spacing", before=before, after=style.after_twips, line=style.line_twips, lineRule="exact"
    )
    mark = tag("outlineLvl", val=0)
    return label + state.paragraph("attachment_title", title, outlineLvl=mark, spacing=spacing)


def spaced(state: RenderState, blank_lines: float, role: str, above: float | None = None) -> str:
    """Spacing of a paragraph that keeps so many lines of the body free above it."""
    style = state.profile.styles.of(role)
    white = state.profile.styles.body.half_leading_twips if above is None else above
    return tag("spacing", before=state.blank(blank_lines, white, role), after=style.after_twips,
               line=style.line_twips, lineRule="exact")  # fmt: skip

"""版记 -> a floating table whose last rule lies on the lower edge of the text area (GB/T 9704-2012 7.4).

It hangs on a paragraph one point high, and is placed from the paper's left edge: LibreOffice 7.4
leaves a table placed from the margin where it stands in the text (docs/notes/imprint.md).
"""

from __future__ import annotations

from gongwen.chinese.dates import date_text
from gongwen.document import Form, Imprint
from gongwen.oxml import flag, properties, tag
from gongwen.profile import Profile
from gongwen.writer.layout.page import twips
from gongwen.writer.layout.text_metrics import lines, width
from gongwen.writer.render_state import RenderState
from gongwen.writer.text.runs import runs

_EIGHTHS = 8
ANCHOR_TWIPS = 20


def imprint(state: RenderState, block: Imprint) -> str:
    """The table and the paragraph it hangs on."""
    parts = _parts(state, block)
    rows = [_row(state, inner, last=inner is parts[-1]) for inner in parts]
    spare = twips(state.profile.imprint.above_margin_mm)
    if spare:
        rows.append(_spare(state, spare))
    room = twips(state.profile.page.text_width_mm)
    lined = state.document.form != "信函"
    borders = _borders(state.profile)
    look = _look(state.profile, borders if lined else "")
    grid = tag("tblGrid", tag("gridCol", w=room))
    return tag("tbl", properties("tblPr", look) + grid + "".join(rows))


def floating(profile: Profile) -> str:
    """Where the table hangs: on the lower edge of the text area."""
    left = twips(profile.page.left_mm)
    return tag("tblpPr", leftFromText=0, rightFromText=0, vertAnchor="margin", horzAnchor="page",
               tblpX=left, tblpYSpec="bottom")  # fmt: skip


def empty_table(profile: Profile, rows: int) -> str:
    """The table with so many rows whose cells hold nothing yet."""
    room = twips(profile.page.text_width_mm)
    keep = properties("trPr", {"cantSplit": flag("cantSplit")})
    width_of = properties("tcPr", {"tcW": tag("tcW", w=room, type="dxa")})
    row = tag("tr", keep + tag("tc", width_of))
    grid = tag("tblGrid", tag("gridCol", w=room))
    look = properties("tblPr", _look(profile, _borders(profile)))
    return tag("tbl", look + grid + row * rows)


def _borders(profile: Profile) -> str:
    foot = profile.imprint
    rule = (("top", foot.outer_pt), ("bottom", foot.outer_pt), ("insideH", foot.inner_pt))
    return "".join(
        tag(side, val="single", sz=round(points * _EIGHTHS), space=0, color="auto")
        for side, points in rule
    )


def _look(profile: Profile, borders: str) -> dict[str, str]:
    none = "".join(tag(side, w=0, type="dxa") for side in ("top", "left", "bottom", "right"))
    return {
        "tblpPr": floating(profile),
        "tblOverlap": tag("tblOverlap", val="never"),
        "tblW": tag("tblW", w=twips(profile.page.text_width_mm), type="dxa"),
        "tblBorders": tag("tblBorders", borders) if borders else "",
        "tblLayout": tag("tblLayout", type="fixed"),
        "tblCellMar": tag("tblCellMar", none),
    }


def anchor(state: RenderState) -> str:
    """The paragraph that carries the table; it takes one point of height."""
    spacing = tag("spacing", before=0, after=0, line=ANCHOR_TWIPS, lineRule="exact")
    return state.paragraph("gap", "", spacing=spacing)


def height(block: Imprint, profile: Profile, form: Form) -> float:
    """Height of the table in twips."""
    style = profile.styles.imprint
    room = twips(profile.page.text_width_mm) - 2 * profile.imprint.indent_chars * style.char_twips
    hanging = width("抄送：", style)
    count = sum(lines(text, style, room - hanging, -hanging) for text in _lists(block))
    count += 1 if block.printer and form != "信函" else 0
    return count * style.line_twips + twips(profile.imprint.above_margin_mm)


def _lists(block: Imprint) -> list[str]:
    """主送 and 抄送 as printed; the last one ends with a full stop."""
    entries = (("主送", block.sent_to), ("抄送", block.copied_to))
    lists = [f"{word}：{names}" for word, names in entries if names]
    return [*lists[:-1], *(f"{last}。" for last in lists[-1:])]


def _parts(state: RenderState, block: Imprint) -> list[str]:
    """The paragraphs of each row: 主送 and 抄送 share one (no rule between them), 印发 has the last."""
    style, foot = state.profile.styles.imprint, state.profile.imprint
    indent = round(foot.indent_chars * style.char_twips)
    hanging = round(width("抄送：", style))
    names = "".join(
        state.paragraph("imprint", runs(text, style.font),
                        ind=tag("ind", left=indent + hanging, right=indent, hanging=hanging))
        for text in _lists(block)
    )  # fmt: skip
    made = [names] if names else []
    if block.printer and block.printed_on and state.document.form != "信函":
        stop = twips(state.profile.page.text_width_mm) - indent
        inner = (runs(block.printer, style.font) + "<w:r><w:tab/></w:r>"
                 + runs(f"{date_text(block.printed_on)}印发", style.font))  # fmt: skip
        tabs = tag("tabs", tag("tab", val="right", pos=stop))
        made.append(
            state.paragraph(
                "imprint", inner, ind=tag("ind", left=indent), tabs=tabs, jc=tag("jc", val="left")
            )
        )
    return made


def _row(state: RenderState, inner: str, *, last: bool) -> str:
    room = twips(state.profile.page.text_width_mm)
    outer = tag(
        "bottom",
        val="single",
        sz=round(state.profile.imprint.outer_pt * _EIGHTHS),
        space=0,
        color="auto",
    )
    ruled = last and state.document.form != "信函"
    marks = {
        "tcW": tag("tcW", w=room, type="dxa"),
        "tcBorders": tag("tcBorders", outer) if ruled else "",
    }
    cell = tag("tc", properties("tcPr", marks) + inner)
    return tag("tr", properties("trPr", {"cantSplit": flag("cantSplit")}) + cell)


def _spare(state: RenderState, tall: int) -> str:
    """A row without rules that keeps the last rule away from the margin."""
    none = "".join(tag(side, val="nil") for side in ("left", "bottom", "right"))
    room = twips(state.profile.page.text_width_mm)
    marks = {"tcW": tag("tcW", w=room, type="dxa"), "tcBorders": tag("tcBorders", none)}
    height = {"cantSplit": flag("cantSplit"), "trHeight": tag("trHeight", val=tall, hRule="exact")}
    spacing = tag("spacing", before=0, after=0, line=ANCHOR_TWIPS, lineRule="exact")
    empty = state.paragraph("gap", "", spacing=spacing)
    return tag("tr", properties("trPr", height) + tag("tc", properties("tcPr", marks) + empty))

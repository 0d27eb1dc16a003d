"""版头 -> paragraphs from the top of the text area to the red line (GB/T 9704-2012 7.2)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from gongwen.chinese.title_lines import broken
from gongwen.document import Masthead
from gongwen.oxml import fonts, properties, tag
from gongwen.profile.design import TWIPS_PER_POINT
from gongwen.writer.layout.page import twips
from gongwen.writer.official.bars import Bar, bar
from gongwen.writer.render_state import RenderState
from gongwen.writer.text.runs import runs

_EIGHTHS = 8  # Word counts borders in eighths of a point
_MM_PER_TWIP = 25.4 / 1440
_LINE = 10  # the red line among the bars of a file; a letter has the first four
_NAME_GAP = 1  # characters between two names of 签发人
_SHORTEST_NAME = 3  # characters; 张三 is set as 张　三 beside 李四光


def masthead(state: RenderState, block: Masthead, _: int) -> str:
    """Copy number, secrecy, urgency, the mark, number and signers, the red line."""
    above = _upper_left(state, block)
    height = len(above) * state.profile.styles.copy_number.line_twips
    made = [*above, _mark(state, block, height)]
    if block.number or block.signers:
        made.append(_number(state, block))
    return "".join([*made, red_line(state)])


def _upper_left(state: RenderState, block: Masthead) -> list[str]:
    """份号, 密级, 紧急程度: one a line, flush left from the first line on."""
    styles = state.profile.styles
    lines = (
        ("copy_number", block.copy_number),
        ("secrecy", block.secrecy),
        ("secrecy", block.urgency),
    )
    return [state.paragraph(role, runs(text, styles.of(role).font)) for role, text in lines if text]


def sized(names: Sequence[str], state: RenderState, room: float) -> tuple[float, list[str]]:
    """The largest size in points at which every name fits into `room` twips, and the names as lines of that size."""
    header = state.profile.header
    longest = max(len(name) for name in names)
    size = min(header.mark_largest_pt, room / TWIPS_PER_POINT / longest)
    if size >= header.mark_smallest_pt:
        return size // 0.5 / 2, list(names)
    size = header.mark_smallest_pt
    characters = room / TWIPS_PER_POINT // size
    return size, list(chain.from_iterable(broken(name, characters) for name in names))


def _mark(state: RenderState, block: Masthead, above_twips: int) -> str:
    """发文机关标志: its ink begins a fixed way below the top of the text area, whatever stands above it."""
    header = state.profile.header
    room = twips(state.profile.page.text_width_mm)
    top = twips(header.mark_top_mm) - above_twips
    if len(block.issuers) > 1 and block.mark:
        return _joint(state, block, top)
    whole = (
        block.mark
        if not block.issuers or block.issuers[0] in block.mark
        else f"{block.issuers[0]}{block.mark}"
    )
    size, lines = sized([whole], state, room)
    state.mark_size = size
    line = mark_line(state, size)
    before = top - round(mark_rise(state, size))
    return mark_paragraph(state, lines, size, before=before, line=line)


def mark_line(state: RenderState, size: float) -> int:
    """The line a mark of that size stands in, as much taller than it as in the style."""
    style = state.profile.styles.mark
    return round(style.line_twips * size / style.size_pt)


def mark_rise(state: RenderState, size: float) -> float:
    """From the top of the mark's line to its ink, in twips."""
    return state.profile.header.mark_ink_share * size * TWIPS_PER_POINT


def mark_paragraph(
    state: RenderState, lines: Sequence[str], size: float, *, before: int, line: int
) -> str:
    """The mark on one line or, for a very long name, several."""
    face = state.profile.styles.mark.font
    half = round(size * 2)
    look = (
        {"sz": tag("sz", val=half), "szCs": tag("szCs", val=half)}
        if size != state.profile.styles.mark.size_pt
        else {}
    )
    inner = "<w:r><w:br/></w:r>".join(runs(text, face, marks=look) for text in lines)
    spacing = tag("spacing", before=max(0, before), after=0, line=line, lineRule="exact")
    return state.paragraph("mark", inner, spacing=spacing)


def _joint(state: RenderState, block: Masthead, top: int) -> str:
    """Names under one another, each spread to the width of the longest.

    文件 at the right in their middle.
    """
    room = twips(state.profile.page.text_width_mm)
    longest = max(len(name) for name in block.issuers)
    size = (
        min(
            state.profile.header.mark_largest_pt,
            room / TWIPS_PER_POINT / (longest + len(block.mark) + 1),
        )
        // 0.5
        / 2
    )
    state.mark_size = size
    line = mark_line(state, size)
    left, right = (
        round(count * size * TWIPS_PER_POINT) for count in (longest, len(block.mark) + 1)
    )
    style = state.profile.styles.mark
    look = {"sz": tag("sz", val=round(size * 2)), "szCs": tag("szCs", val=round(size * 2))}
    spacing = tag("spacing", before=0, after=0, line=line, lineRule="exact")
    rows = []
    for place, name in enumerate(block.issuers):
        merge = tag("vMerge", val="restart") if place == 0 else tag("vMerge")
        words = runs(block.mark, style.font, marks=look) if place == 0 else ""
        named = state.paragraph("mark", runs(name, style.font, marks=look), spacing=spacing,
                                jc=tag("jc", val="distribute"))  # fmt: skip
        rows.append(
            tag("tr", properties("trPr", {"cantSplit": tag("cantSplit")})
                + tag("tc", properties("tcPr", {"tcW": tag("tcW", w=left, type="dxa")}) + named)
                + tag("tc", properties("tcPr", {"tcW": tag("tcW", w=right, type="dxa"), "vMerge": merge,
                                                "vAlign": tag("vAlign", val="center")})
                      + state.paragraph("mark", words, spacing=spacing, jc=tag("jc", val="right"))))
        )  # fmt: skip
    room_above = state.paragraph("gap", "", spacing=tag("spacing", before=0, after=0, lineRule="exact",
                                                        line=max(20, top - round(mark_rise(state, size)))))  # fmt: skip
    grid = tag("tblGrid", tag("gridCol", w=left) + tag("gridCol", w=right))
    return room_above + tag("tbl", plain_table(left + right) + grid + "".join(rows))


def plain_table(wide: int) -> str:
    """Properties of a table that only holds things in place: no rules, no margins."""
    nothing = "".join(tag(side, w=0, type="dxa") for side in ("top", "left", "bottom", "right"))
    return properties(
        "tblPr",
        {
            "tblW": tag("tblW", w=wide, type="dxa"),
            "jc": tag("jc", val="center"),
            "tblLayout": tag("tblLayout", type="fixed"),
            "tblCellMar": tag("tblCellMar", nothing),
        },
    )


def _number(state: RenderState, block: Masthead) -> str:
    """发文字号, centred; in a document sent upwards at the left, on the line of the last 签发人."""
    style, header = state.profile.styles.doc_number, state.profile.header
    size = state.mark_size
    white = (
        mark_line(state, size)
        - (header.mark_ink_share + header.mark_ink_height) * size * TWIPS_PER_POINT
    )
    before = state.blank(header.number_blank_lines, white, "doc_number")
    if not block.signers:
        return state.paragraph(
            "doc_number", runs(block.number, style.font), spacing=_spaced(state, before)
        )
    cell = max(_SHORTEST_NAME, *(len(name) for name in block.signers))
    rows = [
        block.signers[at : at + header.signers_a_line]
        for at in range(0, len(block.signers), header.signers_a_line)
    ]
    label = "签发人："
    columns = min(len(block.signers), header.signers_a_line)
    block_chars = len(label) + columns * cell + (columns - 1) * _NAME_GAP
    room = twips(state.profile.page.text_width_mm) - 2 * round(
        header.side_indent_chars * style.char_twips
    )
    indent = round(header.side_indent_chars * style.char_twips)
    stop = indent + round(room - block_chars * style.char_twips)
    made = []
    for place, names in enumerate(rows):
        number = block.number if place == len(rows) - 1 else ""
        head = label if place == 0 else "　" * len(label)
        people = ("　" * _NAME_GAP).join(_padded(name, cell) for name in names)
        inner = (runs(number, style.font) + "<w:r><w:tab/></w:r>" + runs(head, style.font)
                 + runs(people, style.font, marks={"rFonts": fonts(state.profile.styles.heading2.font)}))  # fmt: skip
        made.append(
            state.paragraph(
                "doc_number", inner, jc=tag("jc", val="left"), tabs=tag("tabs", tag("tab", val="left", pos=stop)),
                ind=tag("ind", left=indent, firstLine=0), spacing=_spaced(state, before if place == 0 else 0),
            )
        )  # fmt: skip
    return "".join(made)


def _padded(name: str, cell: int) -> str:
    """张三 as 张　三 in a cell of three; longer ones are filled up at the right."""
    if len(name) == _SHORTEST_NAME - 1 and cell == _SHORTEST_NAME:
        return f"{name[0]}　{name[1]}"
    return name + "　" * (cell - len(name))


def _spaced(state: RenderState, before: int) -> str:
    return tag(
        "spacing",
        before=before,
        after=0,
        line=state.profile.styles.doc_number.line_twips,
        lineRule="exact",
    )


def red_line(state: RenderState) -> str:
    """A thin paragraph that carries the line at its foot; its height is the gap and the line.

    The gap is less what the line of text above already leaves white. A browser draws no shapes:
    on screen the line is a border.
    """
    header, above = state.profile.header, state.profile.styles.doc_number
    gap = round(twips(header.line_gap_mm) - above.half_leading_twips)
    color = state.profile.styles.mark.color
    if state.on_screen:
        rule = tag(
            "bottom", val="single", sz=round(header.line_pt * _EIGHTHS), space=0, color=color
        )
        return state.paragraph("red_line", "", pBdr=tag("pBdr", rule), spacing=_exact(gap))
    drawn = Bar(
        left_mm=state.profile.page.left_mm,
        top_mm=gap * _MM_PER_TWIP,
        width_mm=state.profile.page.text_width_mm,
        points=header.line_pt,
        color=color,
        counted_from="paragraph",
    )
    tall = gap + round(header.line_pt * TWIPS_PER_POINT)
    line = bar(_LINE, drawn, name="红线", described="红色分隔线")
    return state.paragraph("red_line", line, spacing=_exact(tall))


def _exact(tall: int) -> str:
    return tag("spacing", before=0, after=0, line=tall, lineRule="exact")

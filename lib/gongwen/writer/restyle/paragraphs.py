"""A recognised paragraph -> its properties in official form.

The style of its role, and what its place asks for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from lxml import etree

from gongwen.oxml import parse, put, tag
from gongwen.profile import Profile
from gongwen.profile.design import TWIPS_PER_POINT
from gongwen.reader.formatting import MeasuredParagraph
from gongwen.reader.parts import W
from gongwen.reader.roles import Recognised
from gongwen.writer.layout.page import twips
from gongwen.writer.layout.text_metrics import width
from gongwen.writer.restyle.letters import put_any

_STYLES: Mapping[str, str] = {
    "title": "title", "subtitle": "byline", "byline": "byline", "document_number": "doc_number",
    "addressee": "addressee", "body": "body", "list_item": "items", "quote": "quote", "signature": "signature",
    "date": "issued_on", "attachment_note": "enclosures", "attachment_label": "attachment_label",
    "attachment_title": "attachment_title", "caption": "caption", "table_cell": "table_body", "table_note": "note",
    "remark": "remark", "imprint": "imprint", "masthead": "secrecy", "contents": "contents1", "reference": "work",
    "footnote": "footnote",
}  # fmt: skip
# properties that say something other than looks
_STAYS = ("pageBreakBefore", "framePr", "bidi", "cnfStyle")
_ENCLOSURE = re.compile(r"(附\s*件\s*[:：]\s*)?(\d{1,2}\s*[.．、]\s*)?")
_COPY_NUMBER = re.compile(r"\d{6}\Z")
_SECRECY = re.compile(r"(?:绝密|机密|秘密|特急|加急|特提|平急)")
_MARK_PT = 20  # smaller red words are no 发文机关标志
_LONGEST_CENTRED = 60
_EIGHTHS = 8


def style_of(role: Recognised, measured: MeasuredParagraph, *, head: bool, small: bool) -> str:
    """The profile's style for a paragraph; `head`: in the first row of a table.

    `small`: a table of many columns.
    """
    match role.role:
        case "heading":
            heading = f"heading{min(max(role.level, 1), 4)}"
        case "table_cell":
            heading = f"table_{'head' if head else 'body'}{'_small' if small else ''}"
        case "table_note" if re.match(r"[（(]?\s*(?:计量)?单位", measured.text.strip()):
            heading = "unit"
        case "contents":
            heading = _of_contents(measured)
        case "masthead":
            heading = _of_masthead(measured)
        case "body" if measured.pictures and not measured.text.strip():
            heading = "figure"
        case _:
            heading = _STYLES.get(role.role, "body")
    return heading


def _of_contents(measured: MeasuredParagraph) -> str:
    if "".join(measured.text.split()) == "目录":
        return "contents_title"
    deeper = re.match(r"toc\s*([2-9])", measured.style.lower()) or measured.left_twips > 0
    return "contents2" if deeper else "contents1"


def _of_masthead(measured: MeasuredParagraph) -> str:
    text = measured.text.strip()
    if _COPY_NUMBER.match(text):
        return "copy_number"
    if _SECRECY.match(text):
        return "secrecy"
    large = any(run.size_pt >= _MARK_PT for run in measured.runs)
    return "mark" if large else "doc_number"


def lay_out(
    element: etree._Element,
    style: str,
    style_id: str,
    marks: Mapping[str, etree._Element],
) -> None:
    """Give a paragraph its style and these marks, instead of the look it had."""
    old = element.find(f"{W}pPr")
    made = etree.Element(f"{W}pPr")
    made.append(parse(tag("pStyle", val=style_id)))
    for child in list(old) if old is not None else ():
        name = etree.QName(child).localname
        if name in _STAYS or (name == "pBdr" and not style.startswith(("title", "heading"))):
            put(made, child)
        elif name == "rPr":
            put(made, _mark_of(child))
        elif name in ("sectPr", "pPrChange"):
            made.append(child)
    for child in marks.values():
        put(made, child)
    if old is not None:
        element.remove(old)
    element.insert(0, made)


def _mark_of(old: etree._Element) -> etree._Element:
    """The look of a paragraph's own mark: only that it was inserted, deleted or hidden."""
    made = etree.Element(f"{W}rPr")
    for child in list(old):
        if etree.QName(child).localname in (
            "ins", "del", "moveFrom", "moveTo", "vanish", "specVanish", "rPrChange"
        ):  # fmt: skip
            put_any(made, child)
    return made


def marks_of(
    style: str, measured: MeasuredParagraph, profile: Profile, *, beside: bool
) -> dict[str, etree._Element]:
    """Properties of its own that a paragraph needs beyond its style.

    `beside`: pictures or formulas in its lines.
    """
    marks: dict[str, str] = {}
    short = len(measured.text.strip()) <= _LONGEST_CENTRED
    match style:
        case "body" | "items" if measured.align in ("center", "right") and short:
            marks |= {
                "jc": tag("jc", val=measured.align),
                "ind": tag("ind", firstLineChars=0, firstLine=0),
            }
        case "body" | "items" | "quote":
            marks |= _depth(measured, profile)
        case "enclosures":
            marks["ind"] = _enclosure(measured.text.strip(), profile)
        case "doc_number" if "签发" in measured.text or measured.align == "right":
            marks["jc"] = tag("jc", val=measured.align if measured.align != "both" else "left")
        case "contents1" | "contents2":
            stop = twips(profile.page.text_width_mm)
            marks["tabs"] = tag("tabs", tag("tab", val="right", leader="dot", pos=stop))
        case "imprint":
            marks |= _imprint(measured, profile)
        case "attachment_title":
            before = profile.closing.attachment_title_blank_lines * profile.grid.line_twips
            marks["spacing"] = _spacing(style, profile, before=round(before))
        case _ if style.startswith("table_"):
            aligned = measured.align if measured.align in ("left", "center", "right") else "left"
            marks["jc"] = tag("jc", val="center" if style.startswith("table_head") else aligned)
    if beside and style != "figure":
        marks["spacing"] = tag("spacing", line=240, lineRule="auto")
    return {name: parse(xml) for name, xml in marks.items() if xml}


def _depth(measured: MeasuredParagraph, profile: Profile) -> dict[str, str]:
    """An item of a list begins two characters further in for each level.

    Text keeps its style's indent.
    """
    if not measured.label:
        return {}
    style = profile.styles.items
    return {
        "ind": tag(
            "ind", left=0, firstLineChars=round(style.first_line_chars * 100),
            firstLine=round(style.first_line_chars * style.char_twips),
        )
    }  # fmt: skip


def _enclosure(text: str, profile: Profile) -> str:
    style = profile.styles.enclosures
    match = _ENCLOSURE.match(text)
    word, number = (match[1] or "", match[2] or "") if match else ("", "")
    of_word, of_number = width("附件：", style), width(number, style)
    left = 2 * style.char_twips + of_word + of_number
    hanging = (of_word if word else 0) + of_number
    return tag("ind", left=round(left), hanging=round(hanging))


def _imprint(measured: MeasuredParagraph, profile: Profile) -> dict[str, str]:
    style = profile.styles.imprint
    indent = round(profile.imprint.indent_chars * style.char_twips)
    hanging = (
        round(width("抄送：", style))
        if re.match(r"(?:抄送|主送|分送|抄报)", measured.text.strip())
        else 0
    )
    marks = {"ind": tag("ind", left=indent + hanging, right=indent, hanging=hanging)}
    if "\t" in measured.text:
        stop = twips(profile.page.text_width_mm) - indent
        marks["tabs"] = tag("tabs", tag("tab", val="right", pos=stop))
        marks["jc"] = tag("jc", val="left")
    elif measured.in_table and measured.align in ("center", "right"):
        marks["jc"] = tag("jc", val=measured.align)
    return marks


def imprint_rules(elements: Sequence[etree._Element], profile: Profile) -> None:
    """Rules above, between and below the lines of a 版记 that stands in no table."""
    outer, inner = (
        dict[str, str | int](
            {"val": "single", "sz": round(points * _EIGHTHS), "space": 1, "color": "auto"}
        )
        for points in (profile.imprint.outer_pt, profile.imprint.inner_pt)
    )
    for place, element in enumerate(elements):
        look = element.find(f"{W}pPr")
        if look is None:
            continue
        lines = tag("top", **(outer if place == 0 else inner))
        lines += tag("bottom", **outer) if place == len(elements) - 1 else ""
        put(look, parse(tag("pBdr", lines)))


def closing(
    names: Sequence[tuple[etree._Element, str]], day: tuple[etree._Element, str], profile: Profile
) -> None:
    """署名 and 成文日期 at the right, as without a seal (GB/T 9704-2012 7.3.5.2)."""
    style, rule = profile.styles.signature, profile.closing
    wide = max((width(text, style) for _, text in names), default=0.0)
    long = width(day[1], style)
    if names and wide >= long:
        of_name = rule.name_indent_chars * style.char_twips
        of_date = of_name + wide - long - 2 * style.char_twips
    else:
        of_date = rule.date_indent_chars * style.char_twips
        of_name = of_date + long - wide + 2 * style.char_twips
    if of_date < rule.date_indent_chars * style.char_twips:
        of_name += rule.date_indent_chars * style.char_twips - of_date
        of_date = rule.date_indent_chars * style.char_twips
    blank = round(rule.blank_lines * profile.grid.line_twips)
    for place, (element, text) in enumerate(names):
        indent = of_name + (wide - width(text, style)) / 2
        _right(element, "signature", indent, blank if place == 0 else 0, profile)
    _right(day[0], "issued_on", of_date, 0 if names else blank, profile)


def free_above(element: etree._Element, style: str, lines: float, profile: Profile) -> None:
    """Keep so many lines of the grid free above a paragraph."""
    look = element.find(f"{W}pPr")
    if look is not None:
        before = round(lines * profile.grid.line_twips)
        put(look, parse(_spacing(style, profile, before=before)))


def _right(
    element: etree._Element, style: str, indent: float, before: int, profile: Profile
) -> None:
    look = element.find(f"{W}pPr")
    if look is not None:
        put(look, parse(tag("ind", right=round(indent), firstLine=0)))
        put(look, parse(_spacing(style, profile, before=before)))


def _spacing(style: str, profile: Profile, *, before: int) -> str:
    style_values = profile.styles.of(style)
    return tag(
        "spacing",
        before=before,
        after=style_values.after_twips,
        line=style_values.line_twips,
        lineRule="exact",
    )


def mark_size(measured: MeasuredParagraph, profile: Profile) -> float:
    """Points in which a 发文机关标志 fits its line, no larger than it was."""
    room = twips(profile.page.text_width_mm) / TWIPS_PER_POINT
    fits = room / max(1, len("".join(measured.text.split())))
    was = max((run.size_pt for run in measured.runs), default=profile.header.mark_largest_pt)
    return max(profile.header.mark_smallest_pt, min(was, fits, profile.header.mark_largest_pt))

"""Profile -> the styles of a Word file, set by their built-in names.

Whatever else the file holds stays.
"""

from __future__ import annotations

from docx.document import Document as WordFile
from lxml import etree

from gongwen.oxml import flag, fonts, parse, properties, put, qualified, tag
from gongwen.profile import Profile, Style
from gongwen.writer.text import footnotes

ROLES = (
    "normal", "title", "byline", "heading1", "heading2", "heading3", "heading4", "body", "quote", "items",
    "table_head", "table_body", "table_head_small",
    "table_body_small", "caption", "unit", "note", "figure", "gap", "page_number", "todo", "verbatim",
    "comment", "footnote", "work", "copy_number", "secrecy", "mark", "doc_number", "red_line", "addressee", "enclosures", "signature",
    "issued_on", "remark", "attendance", "attachment_label", "attachment_title", "imprint", "contents_title",
    "contents1", "contents2",
)  # fmt: skip
HEADINGS = ROLES[3:7]
GRID_STYLE = "Table Grid"
MARK_STYLE = "annotation reference"
_LANG = tag("lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA")


def apply(file: WordFile, profile: Profile) -> dict[str, str]:
    """Every role's style as the profile wants it.

    Returns the style id of each role (and of the two others by name).
    """
    return apply_to(file.styles.element, profile)


def apply_to(root: etree._Element, profile: Profile) -> dict[str, str]:
    """The same for a tree of styles."""
    _defaults(root, profile.styles.normal)
    present = {
        role: _paragraph_style(root, role, profile.styles.of(role), given=profile.base_styles)
        for role in ROLES
    }
    present[GRID_STYLE] = _style(root, "table", GRID_STYLE)
    _set(root, present[GRID_STYLE], _borders(profile))
    present[MARK_STYLE] = _style(root, "character", MARK_STYLE)
    present[footnotes.MARK_STYLE] = _style(root, "character", footnotes.MARK_STYLE)
    _set(
        root,
        present[footnotes.MARK_STYLE],
        properties("rPr", {"vertAlign": tag("vertAlign", val="superscript")}),
    )
    for role in HEADINGS:
        present[f"lead {role}"] = _lead_style(root, role, profile.styles.of(role))
    return present


def _lead_style(root: etree._Element, role: str, style: Style) -> str:
    """The face of a heading as a character style, for a heading that begins a paragraph of text."""
    style_id = _style(root, "character", f"zhibi lead {role}")
    _set(
        root,
        style_id,
        properties("rPr", {name: run_marks(style)[name] for name in ("rFonts", "b", "bCs")}),
    )
    return style_id


def run_marks(style: Style) -> dict[str, str]:
    """Run properties of a style, all of them said outright so that nothing is inherited by accident."""
    half_points = round(style.size_pt * 2)
    # no highlight here: the schema allows it in runs only, so `write` puts it there
    return {
        "rFonts": fonts(style.font),
        "b": flag("b", on=style.bold),
        "bCs": flag("bCs", on=style.bold),
        "i": flag("i", on=False),
        "iCs": flag("iCs", on=False),
        "color": tag("color", val=style.color or "auto"),
        "spacing": tag("spacing", val=style.spacing_twips),
        "kern": tag("kern", val=0),
        "sz": tag("sz", val=half_points),
        "szCs": tag("szCs", val=half_points),
    }


def _paragraph_marks(role: str, style: Style) -> dict[str, str]:
    line, rule = (style.line_twips, "exact") if style.line_twips else (240, "auto")
    indents: dict[str, str | int] = {
        "left": round(style.left_chars * style.char_twips),
        "right": round(style.right_chars * style.char_twips),
        # Word goes by characters, LibreOffice 7.4 by twips; both are written and say the same
        "firstLineChars": round(style.first_line_chars * 100),
        "firstLine": round(style.first_line_chars * style.char_twips),
    }
    marks = {
        "keepNext": flag("keepNext", on=style.keep_next),
        # a widow moved to the next page leaves a page of 21 lines
        "widowControl": flag("widowControl", on=False),
        # no overflowPunct: left out, every program hangs a closing mark in the margin; written out,
        # LibreOffice reads the value the other way round (docs/notes/hanging-punctuation.md)
        "snapToGrid": flag("snapToGrid", on=style.snap_to_grid),
        "spacing": tag(
            "spacing", before=style.before_twips, after=style.after_twips, line=line, lineRule=rule
        ),
        "ind": tag("ind", **indents),
        "contextualSpacing": flag("contextualSpacing", on=role == "byline"),
        "jc": tag("jc", val=style.align),
    }
    if role in HEADINGS:
        marks["outlineLvl"] = tag("outlineLvl", val=HEADINGS.index(role))
    return marks


def _paragraph_style(root: etree._Element, role: str, style: Style, *, given: bool) -> str:
    """The style of a role; `given`: one that the base file has stays as its author made it."""
    known = len(root)
    style_id = _style(root, "paragraph", style.name)
    if given and len(root) == known:
        return style_id
    _set(root, style_id, properties("pPr", _paragraph_marks(role, style)))
    _set(root, style_id, properties("rPr", run_marks(style)))
    return style_id


def _style(root: etree._Element, kind: str, name: str) -> str:
    """The id of the style of that name, made if the file lacks it."""
    wanted = name.casefold()
    for style in root.findall(qualified("w:style")):
        name_element = style.find(qualified("w:name"))
        if (
            name_element is not None
            and name_element.get(qualified("w:val"), "").casefold() == wanted
        ):
            return str(style.get(qualified("w:styleId")))
    style_id = "".join(word[:1].upper() + word[1:] for word in name.split())
    base = {"paragraph": "Normal", "table": "Normal Table"}.get(kind, "")
    made = {
        "name": tag("name", val=name),
        "basedOn": tag("basedOn", val=_style(root, kind, base)) if base and name != base else "",
        "qFormat": tag("qFormat") if kind == "paragraph" else "",
    }
    custom = ' w:customStyle="1"' if name.startswith("zhibi ") else ""
    default = ' w:default="1"' if name in ("Normal", "Normal Table") else ""
    inner = properties("style", made)[len("<w:style>") :]
    root.append(parse(f'<w:style w:type="{kind}"{default}{custom} w:styleId="{style_id}">{inner}'))
    return style_id


def _set(root: etree._Element, style_id: str, xml: str) -> None:
    style = next(
        item
        for item in root.findall(qualified("w:style"))
        if item.get(qualified("w:styleId")) == style_id
    )
    put(style, parse(xml))


def _defaults(root: etree._Element, normal: Style) -> None:
    """Document defaults: the body's font and size, Chinese.

    Theme fonts of an edited base file go.
    """
    marks = {name: run_marks(normal)[name] for name in ("rFonts", "sz", "szCs")} | {"lang": _LANG}
    xml = tag("docDefaults", tag("rPrDefault", properties("rPr", marks)) + tag("pPrDefault"))
    for old in root.findall(qualified("w:docDefaults")):
        root.remove(old)
    root.insert(0, parse(xml))


def _borders(profile: Profile) -> str:
    size = round(profile.tables.border_pt * 8)
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    rules = "".join(tag(side, val="single", sz=size, space=0, color="auto") for side in sides)
    side, top = (
        round(mm * 1440 / 25.4)
        for mm in (profile.tables.side_margin_mm, profile.tables.top_margin_mm)
    )
    margins = (("top", top), ("left", side), ("bottom", top), ("right", side))
    inner = "".join(tag(name, w=width, type="dxa") for name, width in margins)
    return properties(
        "tblPr", {"tblBorders": tag("tblBorders", rules), "tblCellMar": tag("tblCellMar", inner)}
    )

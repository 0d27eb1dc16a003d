"""Profile -> the page of a Word file: paper, margins, line grid, page numbers, and the settings they need."""

from __future__ import annotations

from typing import Any

from docx.document import Document as WordFile

from zhibi.profile import Profile
from zhibi.word.oxml import parse, properties, put, qualified, tag
from zhibi.word.text import field, runs

_TWIPS_PER_MM = 1440 / 25.4
_COMPATIBILITY = (
    '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
    'w:val="15"/></w:compat>'
)


def twips(mm: float) -> int:
    """Millimetres as whole twips."""
    return round(mm * _TWIPS_PER_MM)


def lay_out(file: WordFile, profile: Profile, ids: dict[str, str], first: str = "") -> None:
    """The profile's page for every section, in place of whatever sections, headers and footers the file had.

    `first` are runs for the header of the first page, which then has no page number (信函).
    """
    body = file.element.body
    stale = [key for key, rel in file.part.rels.items() if rel.reltype.rpartition("/")[2] in ("footer", "header")]
    for key in stale:
        del file.part.rels[key]
    if body.find(qualified("w:sectPr")) is None:
        body.append(parse(section(profile)))
    front, sides = file.sections[0], profile.page_number
    for each in file.sections:
        for footer, side in ((each.footer, sides.odd), (each.even_page_footer, sides.even)):
            footer.is_linked_to_previous = False
            _fill(footer, _number(profile, ids, side))
    if first:
        front.different_first_page_header_footer = True
        marks = properties("pPr", {"pStyle": tag("pStyle", val=ids["gap"])})
        for part, inner in ((front.first_page_header, first), (front.first_page_footer, "")):
            part.is_linked_to_previous = False
            _fill(part, tag("p", marks + inner))
    settings = file.settings.element
    spacing = "compressPunctuation" if profile.grid.compress_punctuation else "doNotCompress"
    for xml in (
        tag("evenAndOddHeaders"),
        tag("characterSpacingControl", val=spacing),
        _COMPATIBILITY,
        tag("themeFontLang", val="en-US", eastAsia="zh-CN"),
    ):
        put(settings, parse(xml))


def unnumber(file: WordFile, ids: dict[str, str]) -> None:
    """No page number in the last section: 版记 behind a blank side (GB/T 9704-2012 7.5)."""
    last = file.sections[-1]
    marks = properties("pPr", {"pStyle": tag("pStyle", val=ids["gap"])})
    for footer in (last.footer, last.even_page_footer):
        footer.is_linked_to_previous = False
        _fill(footer, tag("p", marks))


def section(profile: Profile, kind: str = "") -> str:
    """Section properties of the profile's page; `kind` is how the section begins (evenPage)."""
    page = profile.page
    margins = {name: twips(getattr(page, f"{name}_mm")) for name in ("top", "right", "bottom", "left")}
    return tag(
        "sectPr",
        (tag("type", val=kind) if kind else "")
        + tag("pgSz", w=twips(page.width_mm), h=twips(page.height_mm))
        + tag("pgMar", **margins, header=851, footer=twips(profile.page_number.footer_mm), gutter=0)
        + (tag("docGrid", type="lines", linePitch=profile.grid.line_twips) if profile.grid.document_grid else ""),
    )


def _fill(footer: Any, xml: str) -> None:
    root = footer._element  # noqa: SLF001  python-docx has no public way to the part's root
    for child in list(root):
        root.remove(child)
    root.append(parse(xml))


def _number(profile: Profile, ids: dict[str, str], side: str) -> str:
    """The paragraph — 1 —: the field carries a result, so that nothing need be updated on opening."""
    style = profile.styles.page_number
    indent = round(profile.page_number.indent_chars * style.char_twips)
    marks = {
        "pStyle": tag("pStyle", val=ids["page_number"]),
        "ind": tag("ind", **{side: indent}) if side in ("left", "right") else "",
        "jc": tag("jc", val=side),
    }
    before, after = (runs(text, style.font) for text in (profile.page_number.before, profile.page_number.after))
    return tag("p", properties("pPr", marks) + before + field(" PAGE ", runs("1", style.font)) + after)

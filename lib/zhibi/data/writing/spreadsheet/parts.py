"""Titles and sheets as XML -> the parts of an .xlsx file around them: list of sheets, styles, relations, types.

ECMA-376 Part 1, 18 (SpreadsheetML) and Part 2 (packages).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from xml.sax.saxutils import quoteattr

# numbers of the styles in the list below
HEAD, TEXT, FORMULA_LIKE, DAY = 1, 2, 3, 4
_ALPHABET = 26

_DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_MADE = "2000-01-01T00:00:00Z"  # the same rows give the same bytes

_STYLES = f"""<styleSheet xmlns="{_MAIN}">\
<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy-mm-dd"/></numFmts>\
<fonts count="2"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font>\
<font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>\
<fills count="2"><fill><patternFill patternType="none"/></fill>\
<fill><patternFill patternType="gray125"/></fill></fills>\
<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>\
<cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>\
<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>\
<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1">\
<alignment vertical="top" wrapText="1"/></xf>\
<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1" quotePrefix="1">\
<alignment vertical="top" wrapText="1"/></xf>\
<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>\
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>"""

_PROPERTIES = (
    f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
    'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
    f'<dcterms:created xsi:type="dcterms:W3CDTF">{_MADE}</dcterms:created>'
    f'<dcterms:modified xsi:type="dcterms:W3CDTF">{_MADE}</dcterms:modified></cp:coreProperties>'
)


def package_parts(titles: Sequence[str], sheets: Sequence[str]) -> dict[str, str]:
    """Every part by its name. A sheet comes as its columns and its rows, the first of which stays when one scrolls."""
    numbers = range(1, len(titles) + 1)
    targets = [
        *(
            (f"rId{at}", "officeDocument", "worksheet", f"worksheets/sheet{at}.xml")
            for at in numbers
        ),
        (f"rId{len(titles) + 1}", "officeDocument", "styles", "styles.xml"),
    ]
    top = [
        ("rId1", "officeDocument", "officeDocument", "xl/workbook.xml"),
        ("rId2", "package", "metadata/core-properties", "docProps/core.xml"),
    ]
    parts = {
        "[Content_Types].xml": _types(len(titles)),
        "_rels/.rels": _relations(top),
        "docProps/core.xml": _PROPERTIES,
        "xl/workbook.xml": _book(titles),
        "xl/_rels/workbook.xml.rels": _relations(targets),
        "xl/styles.xml": _STYLES,
        **{f"xl/worksheets/sheet{at}.xml": _sheet(sheets[at - 1]) for at in numbers},
    }
    return {name: _DECLARED + part for name, part in parts.items()}


@cache
def column_letters(number: int) -> str:
    """The letters of a column: A for 1, AA for 27."""
    before, last = divmod(number - 1, _ALPHABET)
    return (column_letters(before) if before else "") + chr(ord("A") + last)


def _types(sheets: int) -> str:
    named = [
        ("/xl/workbook.xml", f"{_TYPE}.sheet.main+xml"),
        ("/xl/styles.xml", f"{_TYPE}.styles+xml"),
        ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
    ]
    named += [
        (f"/xl/worksheets/sheet{at}.xml", f"{_TYPE}.worksheet+xml") for at in range(1, sheets + 1)
    ]
    overrides = [f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in named]
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{"".join(overrides)}</Types>'
    )


def _relations(targets: Sequence[tuple[str, str, str, str]]) -> str:
    homes = {"officeDocument": _OFFICE, "package": _PACKAGE}
    made = [
        f'<Relationship Id="{name}" Type="{homes[home]}/relationships/{kind}" Target="{target}"/>'
        for name, home, kind, target in targets
    ]
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(made)}</Relationships>'


def _book(titles: Sequence[str]) -> str:
    listed = [
        f'<sheet name={quoteattr(title)} sheetId="{at}" r:id="rId{at}"/>'
        for at, title in enumerate(titles, 1)
    ]
    return (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}/relationships"><bookViews>'
        f'<workbookView activeTab="0"/></bookViews><sheets>{"".join(listed)}</sheets></workbook>'
    )


def _sheet(content: str) -> str:
    """A sheet whose first row is frozen."""
    return (
        f'<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        '<selection pane="bottomLeft"/></sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/>{content}</worksheet>'
    )

"""Names and values -> OOXML text that Word accepts.

Escaped, free of illegal characters, children in schema order.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from lxml import etree

from gongwen.chinese.text import visible
from gongwen.profile import Fonts

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = {
    "w": W,
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
}
DECLARATIONS = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())

# CT_PPr, CT_RPr, CT_Style, CT_TblPr, CT_TrPr, CT_TcPr and CT_Settings are sequences: a child out of
# order makes a file
# that LibreOffice and python-docx accept and Word repairs (ECMA-376 part 1, 17.3.1.26, 17.3.2.28,
# 17.7.4.17 …).
_ORDERS = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr "
    "suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi "
    "adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection "
    "textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint "
    "noProof snapToGrid "
    "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText "
    "vertAlign rtl cs em "
    "lang",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden "
    "unhideWhenUsed qFormat locked "
    "personal rsid pPr rPr tblPr trPr tcPr tblStylePr",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW "
    "jc tblCellSpacing "
    "tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    "trPr": (
        "cnfStyle divId gridBefore gridAfter wBefore wAfter cantSplit trHeight tblHeader "
        "tblCellSpacing jc hidden"
    ),
    "tcPr": (
        "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection "
        "tcFitText vAlign hideMark"
    ),
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc "
    "pgBorders lnNumType "
    "pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid "
    "printerSettings",
    "settings": "writeProtection view zoom removePersonalInformation removeDateAndTime "
    "doNotDisplayPageBoundaries "
    "displayBackgroundShape printPostScriptOverText printFractionalCharacterWidth printFormsData "
    "embedTrueTypeFonts "
    "embedSystemFonts saveSubsetFonts saveFormsData mirrorMargins alignBordersAndEdges "
    "bordersDoNotSurroundHeader "
    "bordersDoNotSurroundFooter gutterAtTop hideSpellingErrors hideGrammaticalErrors "
    "activeWritingStyle proofState "
    "formsDesign attachedTemplate linkStyles stylePaneFormatFilter stylePaneSortMethod "
    "documentType mailMerge "
    "revisionView trackRevisions doNotTrackMoves doNotTrackFormatting documentProtection "
    "autoFormatOverride "
    "styleLockTheme styleLockQFSet defaultTabStop autoHyphenation consecutiveHyphenLimit "
    "hyphenationZone "
    "doNotHyphenateCaps showEnvelope summaryLength clickAndTypeStyle defaultTableStyle "
    "evenAndOddHeaders "
    "bookFoldRevPrinting bookFoldPrinting bookFoldPrintingSheets drawingGridHorizontalSpacing "
    "drawingGridVerticalSpacing displayHorizontalDrawingGridEvery displayVerticalDrawingGridEvery "
    "doNotUseMarginsForDrawingGridOrigin drawingGridHorizontalOrigin drawingGridVerticalOrigin "
    "doNotShadeFormData "
    "noPunctuationKerning characterSpacingControl printTwoOnOne strictFirstAndLastChars "
    "noLineBreaksAfter "
    "noLineBreaksBefore savePreviewPicture doNotValidateAgainstSchema saveInvalidXml "
    "ignoreMixedContent "
    "alwaysShowPlaceholderText doNotDemarcateInvalidXml saveXmlDataOnly useXSLTWhenSaving "
    "saveThroughXslt "
    "showXMLTags alwaysMergeEmptyNamespace updateFields hdrShapeDefaults footnotePr endnotePr "
    "compat docVars rsids "
    "mathPr attachedSchema themeFontLang clrSchemeMapping doNotIncludeSubdocsInStats "
    "doNotAutoCompressPictures forceUpgrade captions readModeInkLockDown smartTagType "
    "schemaLibrary shapeDefaults "
    "doNotEmbedSmartTags decimalSymbol listSeparator",
}


def _ranks(order: str) -> dict[str, int]:
    return {name: rank for rank, name in enumerate(order.split())}


_RANK = {parent: _ranks(order) for parent, order in _ORDERS.items()}

Attribute = str | int


# as xml.sax.saxutils.quoteattr has it, which loads the library for networks
_IN_ATTRIBUTES = (
    ("&", "&amp;"), (">", "&gt;"), ("<", "&lt;"), ('"', "&quot;"),
    ("\n", "&#10;"), ("\r", "&#13;"), ("\t", "&#9;"),
)  # fmt: skip


def legal(text: str) -> str:
    """The text without characters that no XML file may hold, line ends as in Unix."""
    return visible(text).replace("\r\n", "\n").replace("\r", "\n")


def escaped(text: str) -> str:
    """Legal text with &, < and > written so that XML keeps them."""
    return legal(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def tag(name: str, inner: str = "", /, **attributes: Attribute) -> str:
    """One element of the w: vocabulary as text; attribute names without prefix are w: too."""
    attributes_text = "".join(f" w:{key}={_quoted(value)}" for key, value in attributes.items())
    return (
        f"<w:{name}{attributes_text}>{inner}</w:{name}>"
        if inner
        else f"<w:{name}{attributes_text}/>"
    )


@lru_cache(maxsize=4096)
def _quoted(value: Attribute) -> str:
    text = legal(str(value))
    for character, entity in _IN_ATTRIBUTES:
        text = text.replace(character, entity)
    return f'"{text}"'  # always in ", as lxml writes it


def properties(parent: str, children: Mapping[str, str]) -> str:
    """The properties element `parent` with its children in schema order.

    Nothing if there are none.
    """
    rank = _RANK[parent]
    inner = "".join(
        children[name] for name in sorted(children, key=rank.__getitem__) if children[name]
    )
    return f"<w:{parent}>{inner}</w:{parent}>" if inner else ""


def flag(name: str, *, on: bool = True) -> str:
    """An on/off property."""
    return tag(name) if on else tag(name, val=0)


def fonts(face: Fonts) -> str:
    """All four font slots; a theme attribute left in place would win over them in Word."""
    return tag("rFonts", ascii=face.ascii, hAnsi=face.h_ansi, eastAsia=face.east_asian, cs=face.cs)


def parse(xml: str) -> etree._Element:
    """An element from text that uses the prefixes of NAMESPACES."""
    first = re.match(r"<[\w:]+", xml)
    assert first is not None
    declared = f"{first.group()} {DECLARATIONS}{xml[first.end() :]}"
    return etree.fromstring(declared.encode())


@cache  # a long table asks for the same few names a million times
def qualified(name: str) -> str:
    """`w:p` as lxml wants it."""
    prefix, _, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def put(parent: etree._Element, child: etree._Element) -> None:
    """The child in its schema place under `parent`, instead of the one of the same name."""
    rank = _RANK[etree.QName(parent).localname]
    place = rank[etree.QName(child).localname]
    for old in parent.findall(child.tag):
        parent.remove(old)
    # elements of other vocabularies have no rank: newer writers put theirs at the end
    ranks = [rank.get(etree.QName(other).localname, -1) for other in parent]
    later = next((index for index, other in enumerate(ranks) if other > place), None)
    known = [index for index, other in enumerate(ranks) if other >= 0]
    parent.insert(later if later is not None else (known[-1] + 1 if known else 0), child)

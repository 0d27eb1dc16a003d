"""Profile -> the base .docx: a small clean package of styles that Word and WPS can edit.

`python -m gongwen.writer.package.base` rebuilds templates/base.docx from the classic profile; a test holds the two together.
"""

from __future__ import annotations

import dataclasses
import io
import sys
import zipfile
from itertools import chain
from xml.sax.saxutils import quoteattr

from gongwen import profile as profiles
from gongwen.oxml import DECLARATIONS, tag
from gongwen.profile import Fonts, Profile
from gongwen.writer.layout import page
from gongwen.writer.package import archive as package
from gongwen.writer.package import styles

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/"
_TYPE = "application/vnd.openxmlformats-officedocument."
_WORD = f"{_TYPE}wordprocessingml."
_PARTS = {
    "document": f"{_WORD}document.main+xml",
    "styles": f"{_WORD}styles+xml",
    "settings": f"{_WORD}settings+xml",
    "fontTable": f"{_WORD}fontTable+xml",
    "theme": f"{_TYPE}theme+xml",
}
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"


def build(profile: Profile) -> bytes:
    """A .docx without text that carries every style of the profile."""
    file = package.opened(_skeleton(profile))
    ids = styles.apply(file, profile)
    page.lay_out(file, profile, ids)
    package.describe(file, {"title": "执笔底版", "author": "执笔"}, None)
    return package.saved(file)


def base_of(profile: Profile) -> bytes:
    """The profile's own base file, or one built from it."""
    return profile.base or build(profile)


def _skeleton(profile: Profile) -> bytes:
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{kind}"/>'
        for name, kind in _PARTS.items()
    )
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}relationships/{name}" Target="{name}.xml"/>'
        for number, name in enumerate(list(_PARTS)[1:], 1)
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}'
        '<Override PartName="/docProps/app.xml" '
        f'ContentType="{_TYPE}extended-properties+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}relationships/officeDocument" '
        'Target="word/document.xml"/>'
        f'<Relationship Id="rId2" Type="{_OFFICE}relationships/extended-properties" '
        'Target="docProps/app.xml"/>'
        "</Relationships>",
        "docProps/app.xml": "<Properties "
        f'xmlns="{_OFFICE}extended-properties"><Application>zhibi</Application>'
        "</Properties>",
        "word/_rels/document.xml.rels": (
            f'<Relationships xmlns="{_PACKAGE}relationships">{links}</Relationships>'
        ),
        "word/document.xml": f"<w:document {DECLARATIONS}><w:body><w:p/></w:body></w:document>",
        "word/styles.xml": f"<w:styles {DECLARATIONS}>{_starting_styles()}</w:styles>",
        "word/settings.xml": (
            f"<w:settings {DECLARATIONS}>{tag('defaultTabStop', val=420)}</w:settings>"
        ),
        "word/fontTable.xml": f"<w:fonts {DECLARATIONS}>{_font_table(profile)}</w:fonts>",
        "word/theme.xml": _theme(profile.styles.normal.font),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for name, xml in parts.items():
            target.writestr(name, _HEAD + xml)
    return out.getvalue()


def _font_table(profile: Profile) -> str:
    faces = [profile.styles.of(role).font for role in styles.ROLES]
    scripts = ((face.ascii, face.h_ansi, face.east_asian, face.cs) for face in faces)
    names = sorted(set(chain.from_iterable(scripts)))
    # 86 is the Windows number of GB2312, 00 of Western
    return "".join(
        tag("font", tag("charset", val="00" if name.isascii() else "86"), name=name)
        for name in names
    )


def _theme(face: Fonts) -> str:
    """The least a theme may hold; Word wants one, no style refers to it."""
    colours = (
        "dk1",
        "lt1",
        "dk2",
        "lt2",
        "accent1",
        "accent2",
        "accent3",
        "accent4",
        "accent5",
        "accent6",
    )
    shades = "".join(
        f'<a:{name}><a:srgbClr val="{"FFFFFF" if name.startswith("lt") else "000000"}"/></a:{name}>'
        for name in (*colours, "hlink", "folHlink")
    )
    latin, chinese = quoteattr(face.ascii), quoteattr(face.east_asian)
    words = f'<a:latin typeface={latin}/><a:ea typeface={chinese}/><a:cs typeface=""/>'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    return (
        f'<a:theme xmlns:a="{_DRAWING}" name="zhibi"><a:themeElements><a:clrScheme '
        f'name="zhibi">{shades}</a:clrScheme>'
        "<a:fontScheme "
        f'name="zhibi"><a:majorFont>{words}</a:majorFont><a:minorFont>{words}</a:minorFont>'
        "</a:fontScheme>"
        f'<a:fmtScheme name="zhibi"><a:fillStyleLst>{fill * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{f'<a:ln>{fill}</a:ln>' * 3}</a:lnStyleLst>"
        f"<a:effectStyleLst>{'<a:effectStyle><a:effectLst/></a:effectStyle>' * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    )


def _starting_styles() -> str:
    """The three defaults Word expects by name; all others are made by `styles`."""
    kinds = (
        ("paragraph", "Normal", "Normal"),
        ("character", "DefaultParagraphFont", "Default Paragraph Font"),
    )
    made = "".join(
        f'<w:style w:type="{kind}" w:default="1" '
        f'w:styleId="{style}">{tag("name", val=name)}</w:style>'
        for kind, style, name in kinds
    )
    table = tag("name", val="Normal Table") + tag("tblPr", tag("tblInd", w=0, type="dxa"))
    return f'{made}<w:style w:type="table" w:default="1" w:styleId="NormalTable">{table}</w:style>'


def main() -> int:
    """Rebuild the base file of the classic profile in place."""
    folder = profiles.packaged_templates()
    target = folder / "base.docx"
    target.touch()  # the profile names its base file, which must be there to be read
    profile = profiles.load("classic", [folder])
    target.write_bytes(build(dataclasses.replace(profile, base=b"")))
    sys.stdout.write(f"{target}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

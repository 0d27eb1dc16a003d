"""Word files written by hand, part by part, as programs other than ours write them."""

from __future__ import annotations

import io
import zipfile

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACES = (
    f'xmlns:w="{WORD}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
_WORDML = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_ROOTS = {"numbering": "numbering", "styles": "styles", "settings": "settings", "footnotes": "footnotes",
          "endnotes": "endnotes", "comments": "comments"}  # fmt: skip


def p(text: str = "", inner: str = "", **look: str) -> str:
    """A paragraph; `inner` is put after its text as it is."""
    marks = "".join(look.values())
    run = f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""
    return f"<w:p>{f'<w:pPr>{marks}</w:pPr>' if marks else ''}{run}{inner}</w:p>"


def file(body: str, main: str = "word/document.xml", **parts: str) -> bytes:
    """A whole file: the body, other parts by kind (numbering="<w:num …>"), footers as footer1="<w:p>…"."""
    made = {main: f"<w:document {SPACES}><w:body>{body}</w:body></w:document>"}
    folder = main.rpartition("/")[0]
    links, kinds = "", ""
    for name, xml in parts.items():
        root = _ROOTS.get(name, "ftr" if name.startswith("footer") else "hdr")
        kind = name.rstrip("0123456789")
        made[f"{folder}/{name}.xml"] = (
            xml if name == "theme" else f"<w:{root} {SPACES}>{xml}</w:{root}>"
        )
        links += f'<Relationship Id="r_{name}" Type="{_OFFICE}{kind}" Target="{name}.xml"/>'
        kinds += f'<Override PartName="/{folder}/{name}.xml" ContentType="{_WORDML}{kind}+xml"/>'
    made[f"{folder}/_rels/{main.rpartition('/')[2]}.rels"] = (
        f'<Relationships xmlns="{_PACKAGE}relationships">{links}</Relationships>'
    )
    made["_rels/.rels"] = (
        f'<Relationships xmlns="{_PACKAGE}relationships"><Relationship Id="a" Type="{_OFFICE}officeDocument" '
        f'Target="{main}"/></Relationships>'
    )
    made["[Content_Types].xml"] = (
        f'<Types xmlns="{_PACKAGE}content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/{main}" ContentType="{_WORDML}document.main+xml"/>{kinds}</Types>'
    )
    return zipped(made)


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """The parts as a package, in the order given."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def unzipped(content: bytes) -> dict[str, bytes]:
    """The parts of a package by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}

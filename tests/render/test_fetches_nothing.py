"""Whoever lays out a Word file for us has nothing to fetch: a file that calls home reaches nobody."""

from __future__ import annotations

import io
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import docx
import pytest
from office import missing

from gongwen.errors import UnreadableFile
from gongwen.reader.edit.self_contained import self_contained
from zhibi.report import preview

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OUTSIDE = ("image", "attachedTemplate", "oleObject", "aFChunk", "subDocument", "frame")


@pytest.fixture
def server() -> Iterator[tuple[str, list[str]]]:
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_GET  # noqa: N815  (of the library)

        def log_message(self, *_: object) -> None:
            pass

    listening = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=listening.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{listening.server_port}", asked
    listening.shutdown()
    listening.server_close()


def beacon(address: str) -> bytes:
    """A Word file that asks for things at an address in every way Word knows."""
    out = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("关于报送材料的通知")
    document.save(out)
    drawing = (
        '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
        '<wp:extent cx="900000" cy="900000"/><wp:docPr id="7" name="a"/><a:graphic '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData '
        'uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic '
        'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr><pic:cNvPr id="8" name="b"/>'
        '<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:link="out0"/></pic:blipFill><pic:spPr><a:xfrm>'
        '<a:off x="0" y="0"/><a:ext cx="900000" cy="900000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
        f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> INCLUDEPICTURE "{address}/field.png" '
        '\\d </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:fldChar w:fldCharType="end"/>'
        "</w:r></w:p>"
    )  # fmt: skip
    links = "".join(
        f'<Relationship Id="out{at}" Type="{OFFICE}/{kind}" Target="{address}/{kind}" TargetMode="External"/>'
        for at, kind in enumerate(OUTSIDE)
    )
    clicked = f'<Relationship Id="click" Type="{OFFICE}/hyperlink" Target="{address}/click" TargetMode="External"/>'
    made = io.BytesIO()
    with zipfile.ZipFile(out) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            text = source.read(name)
            if name == "word/document.xml":
                text = text.replace(b"<w:sectPr", drawing.encode() + b"<w:sectPr", 1)
            if name == "word/_rels/document.xml.rels":
                text = text.replace(
                    b"</Relationships>", f"{links}{clicked}</Relationships>".encode()
                )
            target.writestr(name, text)
    return made.getvalue()


def test_only_links_to_click_on_lead_outside_afterwards() -> None:
    content = self_contained(beacon("http://a.example"), "甲.docx")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        relations = archive.read("word/_rels/document.xml.rels").decode()
        body = archive.read("word/document.xml").decode()
    assert relations.count("External") == 1
    assert "http://a.example/click" in relations
    assert "INCLUDEPICTURE" not in body


def test_a_file_without_such_things_stays_as_it_is() -> None:
    out = io.BytesIO()
    docx.Document().save(out)
    assert self_contained(out.getvalue(), "甲.docx") == out.getvalue()


def test_a_web_page_named_docx_is_not_laid_out(tmp_path) -> None:
    if lacking := missing():
        pytest.skip(lacking)
    (tmp_path / "甲.docx").write_text('<html><img src="http://a.example/x.png"></html>', "utf-8")
    with pytest.raises(UnreadableFile, match="不是 Word 文件"):
        preview.to_pdf([tmp_path / "甲.docx"], tmp_path)


@pytest.mark.render
def test_laying_out_a_received_file_reaches_nobody(tmp_path, server) -> None:
    if lacking := missing():
        pytest.skip(lacking)
    address, asked = server
    (tmp_path / "甲.docx").write_bytes(beacon(address))
    made = preview.to_pdf([tmp_path / "甲.docx"], tmp_path)
    assert made.files[0].read_bytes().startswith(b"%PDF")
    assert asked == []

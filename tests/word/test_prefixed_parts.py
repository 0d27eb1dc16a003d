"""A package whose relationships and types are written with prefixes is laid out as any other."""

from __future__ import annotations

import io
import re
import zipfile

import docx

from gongwen.writer.restyle.restyle import restyled


def prefixed(content: bytes) -> bytes:
    """The same file with a prefix on every name of its relationships and its list of types."""
    source, target = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        for name in source.namelist():
            part = source.read(name)
            if name.endswith(".rels") or name.startswith("[Content"):
                part = re.sub(rb"<(/?)(?=[A-Z])", rb"<\1ns0:", part).replace(
                    b"xmlns=", b"xmlns:ns0="
                )
            made.writestr(name, part)
    return target.getvalue()


def test_a_package_with_prefixes_is_laid_out(classic):
    document = docx.Document()
    document.add_paragraph("关于示例的报告")
    document.add_paragraph("情况如下。")
    buffer = io.BytesIO()
    document.save(buffer)
    made = restyled(prefixed(buffer.getvalue()), "带前缀.docx", classic)

    assert [each.text for each in docx.Document(io.BytesIO(made.content)).paragraphs] == [
        "关于示例的报告",
        "情况如下。",
    ]

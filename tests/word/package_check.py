"""Word file -> everything that would make Word repair or refuse it.

openxml-audit knows the schema; it does not see unclosed bookmarks and fields, ids given twice or references that lead
nowhere, which is what the rest of this module looks for.
"""

from __future__ import annotations

import io
import re
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from lxml import etree
from openxml_audit import OpenXmlValidator

from zhibi.word.oxml import NAMESPACES, qualified

_RELATION = re.compile(r'r:(?:id|embed)="([^"]+)"')


def parts_of(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        assert len(opened.namelist()) == len(set(opened.namelist()))
        return {name: opened.read(name) for name in opened.namelist()}


def faults(package: bytes, *, schema: bool = True) -> list[str]:
    """All faults found; an empty list is a file Word opens without a word."""
    parts = parts_of(package)
    body = etree.fromstring(parts["word/document.xml"])
    return [*(_schema(package) if schema else ()), *_pairs(body), *_ids(body), *_references(body, parts)]


def _schema(package: bytes) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file.docx"
        path.write_bytes(package)
        result = OpenXmlValidator().validate(path)
    yield from (str(error) for error in result.errors)


def _values(body, path: str, attribute: str = "w:id") -> list[str]:
    return [
        found.get(qualified(attribute) if ":" in attribute else attribute) for found in body.iterfind(path, NAMESPACES)
    ]


def _pairs(body) -> Iterator[str]:
    for start, end in (("bookmarkStart", "bookmarkEnd"), ("commentRangeStart", "commentRangeEnd")):
        if Counter(_values(body, f".//w:{start}")) != Counter(_values(body, f".//w:{end}")):
            yield f"{start}与{end}不成对"
    # a field may hold others and go on over paragraphs (目录), but each is begun, separated and ended in turn
    open_fields: list[str] = []
    for kind in _values(body, ".//w:fldChar", "w:fldCharType"):
        before = {"begin": None, "separate": "begin", "end": "separate"}[kind]
        if before and open_fields[-1:] != [before]:
            yield f"域不完整：{kind}"
        if before and open_fields:
            open_fields.pop()
        if kind != "end":
            open_fields.append(kind)
    if open_fields:
        yield f"域没有结束：{open_fields}"
    yield from (
        "表格单元格里没有段落" for cell in body.iterfind(".//w:tc", NAMESPACES) if cell[-1].tag != qualified("w:p")
    )


def _ids(body) -> Iterator[str]:
    for path, attribute in ((".//w:bookmarkStart", "w:id"), (".//w:bookmarkStart", "w:name"), (".//wp:docPr", "id")):
        yield from (
            f"{path} {value} 重复" for value, count in Counter(_values(body, path, attribute)).items() if count > 1
        )


def _references(body, parts: dict[str, bytes]) -> Iterator[str]:
    styles = set(_values(etree.fromstring(parts["word/styles.xml"]), "w:style", "w:styleId"))
    used = {value for name in ("pStyle", "rStyle", "tblStyle") for value in _values(body, f".//w:{name}", "w:val")}
    yield from (f"没有样式 {name}" for name in used - styles)
    for part, path, child in (
        ("numbering", ".//w:numPr/w:numId", "w:num"),
        ("comments", ".//w:commentReference", "w:comment"),
    ):
        used = set(_values(body, path, "w:val" if part == "numbering" else "w:id"))
        xml = parts.get(f"word/{part}.xml")
        known = _values(etree.fromstring(xml), child, "w:numId" if part == "numbering" else "w:id") if xml else []
        yield from (f"{part} 里没有 {value}" for value in used - set(known))
    relations = re.findall(r'Id="([^"]+)"', parts["word/_rels/document.xml.rels"].decode())
    yield from (
        f"没有关系 {name}" for name in set(_RELATION.findall(parts["word/document.xml"].decode())) - set(relations)
    )
    marks = set(_values(body, ".//w:bookmarkStart", "w:name"))
    asked = re.findall(r" REF (\S+)", " ".join(code.text for code in body.iterfind(".//w:instrText", NAMESPACES)))
    yield from (f"引用了不存在的书签 {name}" for name in set(asked) - marks)

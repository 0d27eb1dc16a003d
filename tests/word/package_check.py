"""Word file -> everything that would make Word repair or refuse it.

openxml-audit knows the schema; it does not see unclosed bookmarks and fields, ids given twice, references that lead
nowhere, parts without a content type or rows that do not cover their grid, which is what the rest of this module looks for.
"""

from __future__ import annotations

import io
import posixpath
import re
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from lxml import etree
from openxml_audit import OpenXmlValidator

from gongwen.oxml import NAMESPACES, qualified

_RELATION = re.compile(r'r:(?:id|embed)="([^"]+)"')


def parts_of(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        assert len(opened.namelist()) == len(set(opened.namelist()))
        return {name: opened.read(name) for name in opened.namelist()}


def faults(package: bytes, *, schema: bool = True) -> list[str]:
    """All faults found; an empty list is a file Word opens without a word."""
    parts = parts_of(package)
    body = etree.fromstring(parts["word/document.xml"])
    own = (
        *_pairs(body),
        *_ids(body),
        *_references(body, parts),
        *_package(parts),
        *_tables(body),
        *_sections(body, parts),
    )
    return [*(_schema(package) if schema else ()), *own]


def _package(parts: dict[str, bytes]) -> Iterator[str]:
    """Content types for all parts and for nothing else; every relationship has its part, every id its relationship."""
    types = etree.fromstring(parts["[Content_Types].xml"])
    known = {each.get("PartName", "").lstrip("/") for each in types} - {""}
    endings = {each.get("Extension") for each in types} - {None}
    yield from (
        f"没有类型 {name}"
        for name in parts
        if name not in known and name.rpartition(".")[2] not in endings
    )
    yield from (f"类型多了 {name}" for name in known - set(parts))
    drawn: list[str] = []
    for name, content in parts.items():
        folder, _, file = name.rpartition("/")
        rels = parts.get(f"{folder}/_rels/{file}.rels".lstrip("/"))
        links = list(etree.fromstring(rels)) if rels else []
        ids = [link.get("Id") for link in links]
        if len(ids) != len(set(ids)):
            yield f"{name} 的关系代号重复"
        for link in links:
            path = posixpath.normpath(posixpath.join("/", folder, link.get("Target"))).lstrip("/")
            if link.get("TargetMode") != "External" and path not in parts:
                yield f"{name} 的关系指向没有的 {path}"
        if name.endswith(".xml") and name.startswith("word/"):
            yield from (
                f"{name} 没有关系 {asked}"
                for asked in set(_RELATION.findall(content.decode())) - set(ids)
            )
            drawn += _values(etree.fromstring(content), ".//wp:docPr", "id")
    yield from (
        f"图形代号 {value} 在文件中重复" for value, count in Counter(drawn).items() if count > 1
    )


def _tables(body) -> Iterator[str]:
    """Each row covers the grid, each cell is as wide as its columns, each vMerge goes on from a cell above."""
    for table in body.iterfind(".//w:tbl", NAMESPACES):
        grid = [int(value) for value in _values(table, "w:tblGrid/w:gridCol", "w:w")]
        (whole,) = _values(table, "w:tblPr/w:tblW", "w:w")
        if sum(grid) != int(whole):
            yield f"表宽{whole}，各列合计{sum(grid)}"
        after = table.getnext()
        if after is None or after.tag != qualified("w:p"):
            yield "表后面没有段落"
        above: dict[int, int] = {}
        for row in table.iterfind("w:tr", NAMESPACES):
            at, merged = 0, {}
            for cell in row.iterfind("w:tc", NAMESPACES):
                span = int(next(iter(_values(cell, "w:tcPr/w:gridSpan", "w:val")), 1))
                (width,) = _values(cell, "w:tcPr/w:tcW", "w:w")
                if int(width) != sum(grid[at : at + span]):
                    yield f"单元格宽{width}，所占各列合计{sum(grid[at : at + span])}"
                merge = cell.find("w:tcPr/w:vMerge", NAMESPACES)
                if merge is not None:
                    merged[at] = span
                    if merge.get(qualified("w:val")) != "restart" and above.get(at) != span:
                        yield "纵向合并没有开头"
                at += span
            if at != len(grid):
                yield f"一行占{at}列，表有{len(grid)}列"
            above = merged


def _sections(body, parts: dict[str, bytes]) -> Iterator[str]:
    """The section properties stand last; what they, the notes and the headers name is there."""
    if body[0][-1].tag != qualified("w:sectPr"):
        yield "最后不是分节属性"
    styles = set(_values(etree.fromstring(parts["word/styles.xml"]), "w:style", "w:styleId"))
    for name, content in parts.items():
        if re.fullmatch(r"word/(header|footer|footnotes|comments)\d*\.xml", name):
            root = etree.fromstring(content)
            used = {
                value
                for each in ("pStyle", "rStyle")
                for value in _values(root, f".//w:{each}", "w:val")
            }
            yield from (f"{name} 没有样式 {each}" for each in used - styles)
    called = _values(body, ".//w:footnoteReference")
    notes = parts.get("word/footnotes.xml")
    written = _values(etree.fromstring(notes), "w:footnote") if notes else []
    if sorted(called, key=int) != sorted((each for each in written if int(each) > 0), key=int):
        yield f"脚注 {called} 与 {written} 不符"


def _schema(package: bytes) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file.docx"
        path.write_bytes(package)
        result = OpenXmlValidator().validate(path)
    yield from (str(error) for error in result.errors)


def _values(body, path: str, attribute: str = "w:id") -> list[str]:
    return [
        found.get(qualified(attribute) if ":" in attribute else attribute)
        for found in body.iterfind(path, NAMESPACES)
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
        "表格单元格里没有段落"
        for cell in body.iterfind(".//w:tc", NAMESPACES)
        if cell[-1].tag != qualified("w:p")
    )


def _ids(body) -> Iterator[str]:
    for path, attribute in (
        (".//w:bookmarkStart", "w:id"),
        (".//w:bookmarkStart", "w:name"),
        (".//wp:docPr", "id"),
    ):
        yield from (
            f"{path} {value} 重复"
            for value, count in Counter(_values(body, path, attribute)).items()
            if count > 1
        )


def _references(body, parts: dict[str, bytes]) -> Iterator[str]:
    styles = set(_values(etree.fromstring(parts["word/styles.xml"]), "w:style", "w:styleId"))
    used = {
        value
        for name in ("pStyle", "rStyle", "tblStyle")
        for value in _values(body, f".//w:{name}", "w:val")
    }
    yield from (f"没有样式 {name}" for name in used - styles)
    for part, path, child in (
        ("numbering", ".//w:numPr/w:numId", "w:num"),
        ("comments", ".//w:commentReference", "w:comment"),
    ):
        used = set(_values(body, path, "w:val" if part == "numbering" else "w:id"))
        xml = parts.get(f"word/{part}.xml")
        known = (
            _values(etree.fromstring(xml), child, "w:numId" if part == "numbering" else "w:id")
            if xml
            else []
        )
        yield from (f"{part} 里没有 {value}" for value in used - set(known))
    relations = re.findall(r'Id="([^"]+)"', parts["word/_rels/document.xml.rels"].decode())
    yield from (
        f"没有关系 {name}"
        for name in set(_RELATION.findall(parts["word/document.xml"].decode())) - set(relations)
    )
    marks = set(_values(body, ".//w:bookmarkStart", "w:name"))
    asked = re.findall(
        r" REF (\S+)", " ".join(code.text for code in body.iterfind(".//w:instrText", NAMESPACES))
    )
    yield from (f"引用了不存在的书签 {name}" for name in set(asked) - marks)

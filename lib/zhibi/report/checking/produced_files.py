"""The files of an anonymous report, as they would be saved -> the names that can still be read in them.

Of a Word file or a workbook every paragraph, cell, alt text and property is read; of a notebook and
a record every text.
"""

from __future__ import annotations

import io
import json
import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from gongwen.chinese.pseudonyms import Pseudonyms
from gongwen.errors import NamesLeft
from gongwen.findings import Finding, Level, Location
from zhibi.report.checking.anonymity import LEAK

_PARAGRAPHS = frozenset({"p", "si", "is", "t", "comment"})  # their text is read as one
_READABLE = frozenset({"descr", "title", "alt", "author", "initials", "name", "Target", "tooltip"})
_LOOKS = frozenset(
    {"styles.xml", "fontTable.xml", "theme1.xml", "numbering.xml", "webSettings.xml"}
)
_HINT = (
    "请改笔记本、参数或“撰写”里的文字，或在“设置”的“另需脱敏的名称”中写“原文=代称”，再运行一次。"
)
_MOST = 5


def refuse_names(files: Mapping[str, bytes], names: Pseudonyms) -> None:
    """Raise NamesLeft if a name can be read in one of the files; nothing has been saved yet."""
    findings = tuple(_findings(files, names))
    if findings:
        raise NamesLeft(findings)


def _findings(files: Mapping[str, bytes], names: Pseudonyms) -> Iterator[Finding]:
    for file, content in files.items():
        for place, text in texts(content):
            left = names.still_in(text)
            if left:
                listed = "、".join(f"“{name}”" for name in left[:_MOST])
                yield Finding(
                    LEAK, Level.ERROR, Location(file=file, spot=place), f"还有原名{listed}", _HINT
                )


def texts(content: bytes) -> Iterator[tuple[str, str]]:
    """Every text that somebody who opens a file can read, with the part of the file it stands in."""
    if zipfile.is_zipfile(io.BytesIO(content)):
        yield from _packed(content)
    else:
        yield from (("", text) for text in dict.fromkeys(_strings(json.loads(content))))


def _packed(content: bytes) -> Iterator[tuple[str, str]]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for name in package.namelist():
            if not name.endswith((".xml", ".rels")) or posixpath.basename(name) in _LOOKS:
                continue
            root = etree.fromstring(package.read(name))  # our own file, just written
            yield from ((name, text) for text in dict.fromkeys(_of_xml(root)))


def _of_xml(root: etree._Element) -> Iterator[str]:
    for element in root.iter(etree.Element):
        tag = etree.QName(element).localname
        if tag in _PARAGRAPHS:
            yield "".join(map(str, element.itertext()))
        elif element.text and element.text.strip():
            yield element.text
        for name, value in element.attrib.items():
            if etree.QName(name).localname in _READABLE:
                yield str(value)


def _strings(value: Any) -> Iterator[str]:
    """Every text of a JSON value; pictures are not read."""
    match value:
        case str():
            yield value
        case dict():
            for key, each in value.items():
                if not key.startswith("image/") and key != "png":
                    yield from _strings(each)
        case list():
            for each in value:
                yield from _strings(each)

"""The bytes of a .txt -> a Manuscript: one line, one paragraph."""

from __future__ import annotations

import codecs
from collections.abc import Iterator

from gongwen.errors import UnreadableFile
from gongwen.findings import Finding, Level, Location
from gongwen_lint.manuscript.manuscript import Manuscript, Para
from gongwen_lint.manuscript.reading.docx import issued_on
from gongwen_lint.manuscript.reading.rows import as_tables
from gongwen_lint.manuscript.roles import recognised

_LARGEST = 20_000_000  # bytes; the longest official texts are a hundredth of it


def read(content: bytes, name: str) -> Manuscript:
    """Every line that has words; what each is, its form and place tell."""
    source, notes = decoded(content, name)
    paras = recognised(as_tables(tuple(_paras(source))))
    return Manuscript(name, "txt", paras, issued_on=issued_on(paras), source=source, notes=notes)


def decoded(content: bytes, name: str) -> tuple[str, tuple[Finding, ...]]:
    """The file as text: UTF-8, else what Chinese Windows writes.

    Raises UnreadableFile for what is no text.
    """
    if len(content) > _LARGEST:
        raise UnreadableFile(name, "大得不合常理，不予打开", "请确认文件来源。")
    for encoding in _encodings(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        note = Finding(
            "X07", Level.NOTE, Location(file=name), f"不是 UTF-8 编码，按 {encoding.upper()} 读取"
        )
        return text, () if encoding == "utf-8-sig" else (note,)
    raise UnreadableFile(name, "不是文字文件", "请用记事本打开，另存为 UTF-8 编码的文本。")


def encoded(text: str, like: bytes) -> bytes:
    """The text in the encoding of a file that `decoded` has read, its byte order mark kept."""
    for encoding in _encodings(like):
        try:
            like.decode(encoding)
        except UnicodeDecodeError:
            continue
        marked = encoding != "utf-8-sig" or like.startswith(codecs.BOM_UTF8)
        return text.encode(encoding if marked else "utf-8")
    return text.encode()


def _encodings(content: bytes) -> tuple[str, str]:
    marked = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return "utf-8-sig", "utf-16" if marked else "gb18030"


def lines_of(source: str) -> Iterator[tuple[int, int, str]]:
    """Each line with its number from 1 and where it starts in the source, without its end."""
    start = 0
    for number, line in enumerate(source.splitlines(keepends=True), 1):
        yield number, start, line.rstrip("\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029")
        start += len(line)


def _paras(source: str) -> Iterator[Para]:
    number = 0
    for line, start, text in lines_of(source):
        words = text.strip(" \u3000\t")
        if words:
            number += 1
            at = start + text.index(words)
            yield Para(number, words, where=f"第{line}行", offset=at, line=line)

"""The parts of an old report around its text -> the elements of an official document, as a notebook takes them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain
from typing import Any

from gongwen.chinese.numbers.numerals import has_digits
from gongwen.document.elements import read
from gongwen.errors import InvalidInput
from zhibi.report.old_report.reading.old_file import OldFile, OldPart

_COPY = re.compile(r"\d{6}")
_SECRECY = re.compile(r"(?:绝密|机密|秘密)(?:★.+)?")
_URGENT = ("特急", "加急")
_NUMBER = re.compile(r"[^\s\d〔〕]+〔(?:19|20)\d{2}〕\d+号")
_SIGNERS = re.compile(r"签发人[：:]\s*(.+)$", re.DOTALL)
_DAY = re.compile(r"((?:19|20)\d{2})年(\d{1,2})月(\d{1,2})日")
_UNDER_TITLE = re.compile(
    r"(?P<author>[^\d（(]*?)\s*[（(]?(?P<day>(?:19|20)\d{2}年\d{1,2}月\d{1,2}日)[）)]?"
)
_COPIED = re.compile(r"^(抄送|主送|分送)[：:]\s*(.+?)[。.]?$", re.DOTALL)
_PRINTED = re.compile(r"^(.*?)\s*((?:19|20)\d{2}年\d{1,2}月\d{1,2}日)\s*印发$", re.DOTALL)
_ITEM = re.compile(r"^(?:附\s*件[：:])?\s*(?:\d{1,2}[.．、]\s*)?")
_SPOT = re.compile(r"“(.+)”")
_LAST_YEAR = ("份号", "发文字号", "签发人", "成文日期", "印发日期")
_HEADER = ("份号", "密级和保密期限", "紧急程度", "发文机关标志", "发文字号", "签发人")
_TRIES = 4
_LONGEST_AUTHOR = 20
_STOP = re.compile("[，。；：！？]")


@dataclass(frozen=True, slots=True)
class OldElements:
    """The elements that were read, by their Chinese names, and where they stood.

    `form` is empty for a plain 材料; `byline` is the author under the title, `headed` where it or the day stands.
    """

    form: str = ""
    entries: Mapping[str, Any] = field(default_factory=dict)
    byline: str = ""
    places: frozenset[str] = frozenset()
    headed: str = ""

    @property
    def notes(self) -> tuple[str, ...]:
        """What was taken over, and what of it is last year's."""
        if not self.entries and not self.byline:
            return ()
        names = "、".join([*self.entries, *(["题下署名"] if self.byline else [])])
        old = "、".join(name for name in _LAST_YEAR if name in self.entries)
        change = f"其中{old}是旧稿的，请改成今年的。" if old else ""
        return (f"公文要素照旧稿接过来，写在参数文件的 elements 里：{names}。{change}",)


def elements_of(old: OldFile) -> OldElements:
    """The elements of an old report; those that cannot be taken as they stand are left where they were."""
    reading = _Reading()
    body = False
    for part in _with_authors(old.parts):
        alone = _UNDER_TITLE.fullmatch(part.text.strip()) if not body else None
        if part.kind == "要素" or _is_imprint(part):
            reading.take(part, body=body)
        elif alone and not alone["author"]:
            reading.take(replace(part, role="date", text=alone["day"]), body=body)
            continue
        body = body or part.kind in ("标题", "正文", "列表")
    return reading.settled()


def _with_authors(parts: Sequence[OldPart]) -> Iterator[OldPart]:
    """The parts; a short line between the title and the day below it is the author."""
    for before, part, after in zip((None, *parts), parts, (*parts[1:], None), strict=False):
        between = before is not None and before.kind == "题目" and after is not None
        plain = len(part.text) <= _LONGEST_AUTHOR and not _STOP.search(part.text)
        if between and part.kind == "正文" and plain and after and after.role == "byline":
            yield replace(part, kind="要素", role="byline")
        else:
            yield part


def _is_imprint(part: OldPart) -> bool:
    """True for a table that is the imprint at the foot of the last page."""
    cells = list(filter(None, map(str.strip, chain.from_iterable(part.rows))))
    return bool(cells) and all(_COPIED.match(each) or _PRINTED.match(each) for each in cells)


class _Reading:
    """The elements so far, each with the place it was read from."""

    def __init__(self) -> None:
        self.entries: dict[str, Any] = {}
        self.places: dict[str, str] = {}
        self.byline, self.headed = "", ""
        self.form = ""

    def take(self, part: OldPart, *, body: bool) -> None:
        role = "imprint" if part.rows else part.role
        under_title = not body and role in ("signature", "byline")
        dated = _UNDER_TITLE.fullmatch(part.text.strip()) if under_title else None
        author = dated["author"].strip() if dated else part.text.strip()
        if under_title and not has_digits(author):
            self.byline = author or self.byline
            self.headed = self.headed or part.where
        if dated:
            role, part = "date", replace(part, text=dated["day"])
        if under_title and role != "date":
            return
        reader = _READERS.get(role)
        if reader is None:
            return
        texts = chain.from_iterable(part.rows) if part.rows else [part.text]
        for name, value in chain.from_iterable(map(reader, texts)):
            if isinstance(value, list):
                self.entries[name] = [*self.entries.get(name, []), *value]
            else:
                self.entries.setdefault(name, value)
            self.places[name] = part.where

    def settled(self) -> OldElements:
        """The elements without those that the format has no place for or that are not written as it asks."""
        form = self._form()
        for _ in range(_TRIES):
            try:
                read({**self.entries, "格式": form})
                break
            except InvalidInput as fault:
                names = [_SPOT.search(each.place.spot or "") for each in fault.findings]
                faulty = {match[1] for match in names if match}
                form = "材料" if "格式" in faulty else form
                gone = _HEADER if "格式" in faulty else tuple(faulty)
                self.entries = {
                    name: value for name, value in self.entries.items() if name not in gone
                }
        places = {self.places[name] for name in self.entries} | {self.headed} - {""}
        shown = "" if form == "材料" else form
        return OldElements(shown, self.entries, self.byline, frozenset(places), self.headed)

    def _form(self) -> str:
        mark = self.entries.get("发文机关标志", "")
        if "纪要" in mark:
            return "纪要"
        if "发文字号" in self.entries and mark.endswith("文件"):
            return "文件"
        return "信函" if "发文字号" in self.entries and self.entries.get("发文机关") else "材料"


Found = Iterator[tuple[str, Any]]


def _header(text: str) -> Found:
    words = text.strip()
    if _COPY.fullmatch(words):
        yield "份号", words
    elif _SECRECY.fullmatch(words):
        yield "密级和保密期限", words
    elif words in _URGENT:
        yield "紧急程度", words
    elif "纪要" in words:
        yield "发文机关标志", words
    elif words:
        issuers = words.removesuffix("文件")
        yield "发文机关", [each for each in re.split(r"[\n\u3000\t]+", issuers) if each]
        if words.endswith("文件"):
            yield "发文机关标志", "文件"


def _number(text: str) -> Found:
    number, signers = _NUMBER.search(text), _SIGNERS.search(text)
    if number:
        yield "发文字号", number[0]
    if signers:
        yield "签发人", [*_names(signers[1])]


def _names(text: str) -> Iterator[str]:
    """Names; one of two characters is printed with a space inside: 李　明."""
    single = ""
    for word in re.split(r"[\s\u3000、]+", text.strip()):
        if len(word) > 1 or not word:
            yield from filter(None, (single, word))
            single = ""
        elif single:
            yield single + word
            single = ""
        else:
            single = word
    if single:
        yield single


def _imprint(text: str) -> Found:
    copied, printed = _COPIED.match(text.strip()), _PRINTED.match(text.strip())
    if copied:
        yield "抄送机关" if copied[1] != "主送" else "版记主送", "".join(copied[2].splitlines())
    elif printed:
        if printed[1].strip():
            yield "印发机关", printed[1].strip()
        yield "印发日期", _day(printed[2])


def _day(text: str) -> str:
    """The day as an element takes it; the text itself where it is none."""
    match = _DAY.search(text)
    try:
        return date(*map(int, match.groups())).isoformat() if match else text
    except ValueError:
        return text


def _addressee(text: str) -> Found:
    yield "主送机关", text.strip().rstrip("：:")


def _attachments(text: str) -> Found:
    names = [_ITEM.sub("", line).strip() for line in text.splitlines()]
    yield "附件", [name for name in names if name]


def _signature(text: str) -> Found:
    yield "署名", [text.strip()]


def _dated(text: str) -> Found:
    yield "成文日期", _day(text)


def _remark(text: str) -> Found:
    yield "附注", text.strip().strip("（）()")


_READERS: Mapping[str, Callable[[str], Found]] = {
    "masthead": _header,
    "document_number": _number,
    "addressee": _addressee,
    "attachment_note": _attachments,
    "signature": _signature,
    "date": _dated,
    "remark": _remark,
    "imprint": _imprint,
}

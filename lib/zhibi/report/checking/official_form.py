"""A .docx, .md or .txt of anybody's -> the same words in official form, and what its layout is unsure of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gongwen.errors import UnreadableFile
from gongwen.profile import Profile
from gongwen.writer.restyle.restyle import Restyled, restyled
from gongwen_lint.manuscript.reading import content
from zhibi.report.extract import text_files

SUFFIX = "公文"  # 总结.docx -> 总结.公文.docx
_WORD = (".docx", ".doc", ".wps")
_ROLES = {
    "title": "标题", "subtitle": "副标题", "byline": "署名", "heading": "小标题", "addressee": "主送机关",
    "signature": "署名", "date": "成文日期", "attachment_title": "附件标题", "body": "正文", "caption": "图表题",
    "remark": "附注", "masthead": "版头", "imprint": "版记", "list_item": "列表",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Doubt:
    """A paragraph whose role is not certain: where it stands, its words, what it was laid out as, why."""

    where: str
    words: str
    role: str
    reason: str


@dataclass(frozen=True, slots=True)
class OfficialForm:
    """The file that was made.

    `changes` are what was done with how many times, `remarks` sentences.
    """

    name: str
    content: bytes
    changes: tuple[tuple[str, int], ...]
    doubts: tuple[Doubt, ...]
    remarks: tuple[str, ...] = ()


def laid_out(file: Path, profile: Profile) -> OfficialForm:
    """Lay a file out. Raises UnreadableFile, and TextChanged where a letter would be lost."""
    suffix = file.suffix.lower()
    if suffix in text_files.SUFFIXES:
        word, roles, findings = text_files.as_word(content(file), file.name, profile)
        made = restyled(word, file.name, profile, roles)
        return _form(file, made, tuple(map(str, findings)))
    if suffix not in _WORD:
        hint = "可以排的有 .docx、.md、.txt；.doc、.wps 请先另存为 .docx。"
        raise UnreadableFile(file.name, "不是可以排版的文件", hint)
    return _form(file, restyled(content(file), file.name, profile), ())


def _form(file: Path, made: Restyled, remarks: tuple[str, ...]) -> OfficialForm:
    name = f"{file.stem}.{SUFFIX}.docx"
    return OfficialForm(name, made.content, tuple(made.changes), tuple(_doubts(made)), remarks)


def _doubts(made: Restyled) -> Iterator[Doubt]:
    for each in made.doubts:
        heading = f"第{each.level}层小标题"
        role = heading if each.role == "heading" else _ROLES.get(each.role, "正文")
        yield Doubt(each.where, each.words, role, each.reason)

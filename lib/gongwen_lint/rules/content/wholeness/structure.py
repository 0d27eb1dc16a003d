"""K22, K23, K28: numbering that starts again, what is promised and not there, headings without a body, length."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gongwen.findings import Level
from gongwen_lint.manuscript.manuscript import Manuscript, Para
from gongwen_lint.rules.content.sentences import SPOKEN
from gongwen_lint.rules.context import CheckContext
from gongwen_lint.rules.rule import Rule, Violation

_LABEL = re.compile(r"^\s*([一二三四五六七八九十]{1,3})[、.．]")
_APART = frozenset({"title", "attachment_label", "attachment_title", "masthead"})
# a line that opens a part of the document, which numbers for itself: 2020年工作回顾, 第一部分 …, （
# A 篇）
_PART = re.compile(
    r"(?=.{2,30}$)(?!.*[。；，：])(?:第[一二三四五六七八九十\d]{1,3}[部篇编卷章](?:分)?|(?:(?:19|20)\d\d年|[上下本今明]半?年|过去|未来|今后)?.{0,14}(?:回顾|总结|安排|打算|计划|任务|展望|部署|思路|要点)$)"
)
_SEE = re.compile(r"(?:见|如|参见|详见)(?P<kind>附表|附件|附图|表|图)(?P<number>\d{1,2})(?!\d)")
_CAPTION = re.compile(r"^\s*(?P<kind>附表|附件|附图|表|图)\s*(?P<number>\d{1,2})(?!\d)")
_ENCLOSED = re.compile(r"^\s*附件[：:]?\s*(?P<number>\d{1,2})?")
_PROMISE = re.compile(
    r"从(?P<names>[\u4e00-\u9fff、]{2,30}?)(?:等)?[二两三四五六七八九]个?(?:方面|部分|角度|维度|层面)"
)
_MOST, _SPECIAL = 5000, 4000  # 整治形式主义为基层减负若干规定 (2024)
_LONG_TEXT, _THIN = (
    1500,
    3,
)  # a section of problems thinner than 3% of a text that long says nothing


def restarted(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """K22：一级标题的序号全文连续，中途不从“一、”重来。

    好：一、……二、……三、……    差：一、……二、……一、……
    """
    del against
    seen = 0
    for para in manuscript.paras:
        if para.role in _APART or _PART.match(para.text.strip()):
            seen = 0
            continue
        if para.role != "heading" or para.level != 1:
            continue
        match = _LABEL.match(f"{para.label}{para.text}")
        if not match:
            continue
        if match[1] == "一" and seen > 1:
            yield Violation(
                para.number, 0, len(para.text), "一级标题又从“一”编起", hint="请接着前面的序号编。"
            )
        seen = 1 if match[1] == "一" else seen + 1


def absent(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """K23：说到的表、图、附件都在，标题下面有正文，摘要里预告的部分都写了。

    好：见表1，文中有表1    差：从意义、问题、对策和保障四个方面，通篇没有写保障
    """
    del against
    yield from _missing_targets(manuscript)
    yield from _bare_headings(manuscript)
    yield from _promised(manuscript)


def _missing_targets(manuscript: Manuscript) -> Iterator[Violation]:
    there: dict[str, set[str]] = {}
    for para in manuscript.paras:
        for match in (_CAPTION.match(para.text), _ENCLOSED.match(para.text)):
            if match:
                kind = match.groupdict().get("kind") or "附件"
                there.setdefault(kind, set()).update(re.findall(r"\d+", para.text[:12]) or {"1"})
        if para.role == "attachment_note":
            there.setdefault("附件", set()).update(
                re.findall(r"(?<!\d)\d{1,2}(?=[.．])", para.text)
            )
    for para, words in zip(manuscript.paras, manuscript.words, strict=True):
        if para.role not in SPOKEN:
            continue
        for match in _SEE.finditer(words):
            kind, number = match["kind"], match["number"]
            if there.get(kind) and number not in there[kind]:
                known = "、".join(f"{kind}{each}" for each in sorted(there[kind], key=int))
                yield Violation(
                    para.number,
                    match.start(),
                    match.end(),
                    f"文中没有{kind}{number}，只有{known}",
                    hint="请核对编号。",
                )
            elif not there.get(kind):
                message = f"文中没有{kind}{number}"
                yield Violation(
                    para.number,
                    match.start(),
                    match.end(),
                    message,
                    hint="请附上，或核对编号。",
                    level=Level.WARNING,
                )


def _bare_headings(manuscript: Manuscript) -> Iterator[Violation]:
    outline = [
        para
        for para in manuscript.paras
        if para.text.strip() and para.role not in {"page_header", "page_footer", "contents"}
    ]
    listed = _enclosures(outline)
    for place, para in enumerate(outline):
        if para.role != "heading" or _runs_on(para) or para.number in listed:
            continue
        following = outline[place + 1] if place + 1 < len(outline) else None
        ended = following is None or following.role in {
            "signature",
            "date",
            "attachment_label",
            "imprint",
        }
        if ended or (
            following and following.role == "heading" and 0 < following.level <= para.level
        ):
            yield Violation(para.number, 0, len(para.text), "标题下面没有正文", level=Level.WARNING)


def _enclosures(outline: Sequence[Para]) -> frozenset[int]:
    """The lines under 附件： that name the attachments: they have no text below them."""
    found: set[int] = set()
    listing = False
    for para in outline:
        if re.match(r"^\s*附[件录表][：:]?\s*$", para.text):
            listing = True
        elif listing and re.match(r"^\s*\d{1,2}\s*[.．、]", f"{para.label}{para.text}"):
            found.add(para.number)
        else:
            listing = False
    return frozenset(found)


def _runs_on(para: Para) -> bool:
    """True for a heading that carries its own text: （一）明确责任。县直属机关工委……"""
    return "。" in para.text.rstrip("。") or len(para.text) > 40  # noqa: PLR2004  nobody writes such headings


def _is_headed(name: str, headings: Sequence[str]) -> bool:
    return any(name[:2] in heading or name[-2:] in heading for heading in headings)


def _promised(manuscript: Manuscript) -> Iterator[Violation]:
    headings = [para.text for para in manuscript.paras if para.role == "heading"]
    if len(headings) < 2:  # noqa: PLR2004  no outline to hold a promise against
        return
    first = next(para.number for para in manuscript.paras if para.role == "heading")
    for para, words in zip(manuscript.paras[: first - 1], manuscript.words, strict=False):
        match = _PROMISE.search(words) if para.role in SPOKEN else None
        if not match:
            continue
        names = [name for name in re.split(r"[、和与及]", match["names"]) if len(name) > 1]
        kept = [name for name in names if _is_headed(name, headings)]
        lost = [name for name in names if name not in kept]
        if len(kept) > 1 and lost:  # the headings are plainly those promised
            message = f"预告了“{'”“'.join(lost)}”，标题中没有"
            yield Violation(
                para.number,
                match.start(),
                match.end(),
                message,
                hint="请补写，或改正预告。",
                level=Level.WARNING,
            )


def length(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """K28：文件一般不超过5000字；问题部分不能一笔带过；表和图在正文中提到。

    好：短、实、新    差：六千多字；全文三千字，问题只写两行
    """
    del against
    sections: dict[str, int] = {}
    name, total = "", 0
    for para in manuscript.paras:
        if para.role == "heading" and para.level == 1:
            name = para.text
            sections[name] = 0
        elif para.role in SPOKEN:
            size = len(re.sub(r"\s", "", para.text))
            total += size
            sections[name] = sections.get(name, 0) + size
    if total > _MOST:
        message = f"正文{total}字，超过{_MOST}字（《整治形式主义为基层减负若干规定》：文件一般不超过{_MOST}字，专项的不超过{_SPECIAL}字）"
        yield Violation(0, message=message, hint="请压缩篇幅。", level=Level.NOTE)
    for heading, size in sections.items():
        if (
            total > _LONG_TEXT
            and re.search(r"问题|不足|短板", heading)
            and size * 100 < total * _THIN
        ):
            para = next(
                each for each in manuscript.paras if each.role == "heading" and each.text == heading
            )
            message = f"这一部分只有{size}字，占全文的{size * 100 // total}%"
            yield Violation(para.number, 0, len(para.text), message, level=Level.NOTE)


RULES = (
    Rule("K22", "一级标题重新编号", "内容", Level.WARNING, "GB/T 9704-2012 7.3.3", restarted),
    Rule("K23", "提到的部分没有", "内容", Level.ERROR, "通行做法", absent),
    Rule("K28", "篇幅", "内容", Level.NOTE, "整治形式主义为基层减负若干规定（2024年）", length),
)

"""A paragraph and a profile -> what the paragraph looks like, what it should, and how strongly that is wanted.

A level follows the strength of the value in the profile: 必须 may be 错误, 一般 is 警告, 惯例 is 提示. What hangs on a role
that was only recognised is 警告 at most: the recogniser may err, a margin cannot.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from gongwen.findings import Level
from gongwen.profile import Profile, Style
from gongwen.reader.formatting import Measured, MeasuredParagraph, Run
from gongwen.reader.roles.typefaces import Face, face_of
from gongwen_lint.manuscript.manuscript import Manuscript, Para, Role
from gongwen_lint.rules.context import CheckContext
from gongwen_lint.rules.rule import Need, Violation

PAGE: frozenset[Need] = frozenset({"page"})
STANDARD = "GB/T 9704-2012"
PRACTICE = "通行做法"
HANZI = re.compile(r"[\u4e00-\u9fff]")
_SHOWN = 3
_LEVELS = {"必须": Level.ERROR, "一般": Level.WARNING, "惯例": Level.NOTE}
_STYLES: Mapping[Role, str] = {
    "title": "title", "document_number": "doc_number", "addressee": "addressee", "body": "body", "list_item": "items",
    "signature": "signature", "date": "issued_on", "attachment_note": "enclosures", "remark": "remark",
    "attachment_label": "attachment_label", "attachment_title": "attachment_title", "imprint": "imprint",
}  # fmt: skip
_SIZES = {
    42: "初号", 36: "小初", 26: "一号", 24: "小一", 22: "二号", 18: "小二", 16: "三号", 15: "小三", 14: "四号",
    12: "小四", 10.5: "五号", 9: "小五", 7.5: "六号",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Look:
    """How most Chinese characters of a paragraph look."""

    face: Face
    font: str
    size_pt: float
    bold: bool


def looked(para: Para) -> Iterator[tuple[Para, MeasuredParagraph]]:
    """The paragraph with its measure, if it has one and words to look at."""
    if para.measured is not None and para.text.strip():
        yield para, para.measured


def of_roles(manuscript: Manuscript, *roles: Role) -> Iterator[tuple[Para, MeasuredParagraph]]:
    """Measured paragraphs of these roles that hold words."""
    for para in manuscript.paras:
        if para.role in roles:
            yield from looked(para)


def chinese(runs: Iterable[Run]) -> list[Run]:
    """The runs that hold Chinese characters."""
    return [run for run in runs if HANZI.search(run.text)]


def look_of(measured: MeasuredParagraph) -> Look | None:
    """What most of its Chinese characters look like; nothing for a paragraph without any."""
    counts: Counter[tuple[str, float, bool]] = Counter()
    for run in chinese(measured.runs):
        counts[run.east_asian, run.size_pt, run.bold] += len(run.text)
    if not counts:
        return None
    font, size, bold = counts.most_common(1)[0][0]
    return Look(face_of(font), font, size, bold)


def style_of(para: Para, profile: Profile) -> tuple[str, Style] | None:
    """The profile's path of the style a role should have, and the style; nothing for roles left free."""
    name = (
        f"heading{min(para.level, 4)}"
        if para.role == "heading" and para.level
        else _STYLES.get(para.role, "")
    )
    return (f"styles.{name}", profile.styles.of(name)) if name else None


def level_of(profile: Profile, path: str, *, at_most: Level = Level.ERROR) -> Level:
    """How bad it is to differ from that value of the profile."""
    found = _LEVELS[profile.rule(path).strength] if path in profile.rules else Level.NOTE
    order = (Level.ERROR, Level.WARNING, Level.NOTE)
    return max(found, at_most, key=order.index)


def clause(profile: Profile, path: str) -> str:
    """（GB/T 9704-2012 5.2.1）, or nothing where custom is all there is."""
    rule = profile.rules.get(path)
    if rule is None or not rule.clause:
        return ""
    return f"（{STANDARD} {rule.clause}）" if rule.clause[0].isdigit() else f"（{rule.source}）"


def size_name(points: float) -> str:
    """三号（16磅）."""
    name = _SIZES.get(points, "")
    return f"{name}（{points:g}磅）" if name else f"{points:g}磅"


def span(para: Para, **more: object) -> Violation:
    """A hit on the words of a whole paragraph, without white space at its ends."""
    start = len(para.text) - len(para.text.lstrip())
    return replace(Violation(para.number, start, len(para.text.rstrip())), **more)  # type: ignore[arg-type]


def gathered(manuscript: Manuscript, hits: Iterable[Violation]) -> Iterator[Violation]:
    """The same thing said of many paragraphs, said once at the first of them, with the number of the others."""
    groups: dict[tuple[str, Level | None], list[Violation]] = {}
    for hit in hits:
        groups.setdefault((hit.message, hit.level), []).append(hit)
    for first, *others in groups.values():
        if not others:
            yield first
            continue
        places = list(dict.fromkeys(manuscript.para(hit.para).where for hit in others if hit.para))
        named = "、".join(places[:_SHOWN]) + ("等" if len(places) > _SHOWN else "")
        yield replace(first, message=f"{first.message}；同样的还有{len(others)}处（{named}）")


def profile_of(against: CheckContext) -> Profile:
    """The page design; the registry runs page rules only where there is one."""
    assert against.profile is not None
    return against.profile


def given(manuscript: Manuscript, against: CheckContext) -> tuple[Measured, Profile]:
    """The measured file and the page design; the registry runs page rules only where there are both."""
    assert manuscript.measured is not None
    return manuscript.measured, profile_of(against)

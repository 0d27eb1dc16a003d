"""F19, F20: what the parts of a document say of each other: attachments and their list, genre and closing words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongwen.findings import Level
from gongwen_lint.manuscript.manuscript import Manuscript
from gongwen_lint.rules.context import CheckContext
from gongwen_lint.rules.prose.substitution import CUSTOM, FORMAT
from gongwen_lint.rules.rule import Rule, Violation

_LISTED = re.compile(
    r"^[ \u3000]*(?:附件[：:]?)?[ \u3000]*(?:\d{1,2}[.．、])?[ \u3000]*(.+?)[。；，]?$"
)
_ASKS = re.compile(
    r"(?:妥否|当否|可否|是否妥当)[，,]?请(?:批示|批复|审批|予?批准)|请(?:批示|批复)。?$"
)
_REPORTS = re.compile(r"特此报告|以上报告")


def attachments_differ(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """F19：附件的标题与附件说明一致。

    好：附件：1.情况表，附件1的标题是“情况表”    差：附件说明写“情况表”，附件的标题是“统计表”
    """
    del against
    listed = [
        para for para in manuscript.paras if para.role == "attachment_note" and _name(para.text)
    ]
    titles = [para for para in manuscript.paras if para.role == "attachment_title"]
    if len(listed) != len(titles):
        return
    for note, title in zip(listed, titles, strict=True):
        if (said := _name(note.text)) != (called := _bare(title.text)):
            message = f"附件说明写的是“{said}”，附件的标题是“{called}”"
            yield Violation(title.number, 0, len(title.text), message)


def closing_of_genre(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """F20：结束语与文种相符。

    请示请求批复，报告不请求批复；报告中不夹带请示事项。

    好：……的请示：妥否，请批示。    差：……的请示：特此报告。
    """
    del against
    title = next((para.text.strip() for para in manuscript.paras if para.role == "title"), "")
    wrong, message = None, ""
    if title.endswith("请示"):
        wrong, message = _REPORTS, "标题是请示，结束语却是报告的"
    elif title.endswith("的报告"):
        wrong, message = _ASKS, "标题是报告，结束语却请求批复；需要批复的请用请示"
    for para, words in manuscript.read_by_prose:
        if wrong and para.role == "body" and (match := wrong.search(words)):
            yield Violation(para.number, match.start(), match.end(), message)


def _name(text: str) -> str:
    match = _LISTED.match(text)
    return _bare(match[1]) if match and match[1].strip(" \u3000：:") != "附件" else ""


def _bare(text: str) -> str:
    return re.sub(r"[ \u3000\v\n]", "", text).rstrip("。；，")


RULES: tuple[Rule, ...] = (
    Rule(
        "F19",
        "附件标题与附件说明不一致",
        "文字",
        Level.WARNING,
        f"{FORMAT} 7.3.8",
        attachments_differ,
    ),
    Rule("F20", "结束语与文种不符", "文字", Level.WARNING, CUSTOM, closing_of_genre),
)

"""K15: what gives a person away: identity and phone numbers, bank cards, e-mail, home addresses. Never echoed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongwen.chinese.personal_data.number_kinds import LANDLINE, MOBILE
from gongwen.findings import Level
from gongwen_lint.manuscript.manuscript import Manuscript, Para
from gongwen_lint.manuscript.private_spans import (
    HOME,
    MAIL,
    WRONG_CHECK_DIGIT,
    PrivateSpan,
    private_spans,
)
from gongwen_lint.rules.context import CheckContext
from gongwen_lint.rules.rule import Rule, Violation

_OFFICE = re.compile(r"联系(?:人|电话|方式)|电话[：:]|传真|邮箱|咨询|热线|举报|监督电话")
_MAY_BE = frozenset({MAIL, HOME, LANDLINE})
_FOR_CONTACT = frozenset({MOBILE, MAIL})


def personal_data(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """K15：不出现身份证号、手机号、银行卡号、个人邮箱、家庭住址。

    公文附注、联系人后面的手机号和邮箱只作提示，固定电话不报；别处的固定电话是警告。内容不显示。

    好：（联系人：李某，电话：0571-88880000）    差：抢修队长李某手机号……
    """
    del against
    for para in manuscript.paras:
        for span in private_spans(para.text):
            contact = _is_contact(para, span)
            if contact and span.kind == LANDLINE:
                continue  # that is what the line is for
            what = f"有{span.kind}" if span.certain else WRONG_CHECK_DIGIT
            message = f"{what}（内容不显示）"
            hint = "请删去，或确认可以公开。"
            yield Violation(
                para.number,
                span.start,
                span.start,
                message,
                hint=hint,
                level=_level(span, contact=contact),
            )


def _is_contact(para: Para, span: PrivateSpan) -> bool:
    """True of how to reach an office, not a person: in 附注, or after words such as 联系人."""
    before = para.text[max(span.start - 16, 0) : span.start]
    return para.role in {"remark", "imprint"} or _OFFICE.search(before) is not None


def _level(span: PrivateSpan, *, contact: bool) -> Level | None:
    """Milder than an error for what may stand there."""
    if contact and span.kind in _FOR_CONTACT:
        return Level.NOTE
    return Level.WARNING if span.kind in _MAY_BE else None


RULES = (Rule("K15", "个人信息", "内容", Level.ERROR, "个人信息保护法", personal_data),)

"""K15: what gives a person away: identity and phone numbers, bank cards, e-mail, home addresses. Never echoed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongwen.chinese.personal_data import gives_away, is_id_number
from gongwen.findings import Level
from gongwen_lint.manuscript.manuscript import Manuscript
from gongwen_lint.rules.context import CheckContext
from gongwen_lint.rules.rule import Rule, Violation

_RUN = re.compile(r"(?<![\d.])\d(?:[ -]?\d){9,20}[Xx]?(?![\d.])")
_MAIL = re.compile(r"(?<![A-Za-z0-9._+-])[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_HOME = re.compile(
    r"(?:家住|家庭住址|住址|户籍地址|现住址)(?:为|是|[：:])?[^，。；]{2,30}?(?:\d+[号室栋幢单元]|[组队])"
)
_OFFICE = re.compile(r"联系(?:人|电话|方式)|电话[：:]|传真|邮箱|咨询|热线|举报|监督电话")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_ID = 18


def personal_data(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """K15：不出现身份证号、手机号、银行卡号、个人邮箱、家庭住址。

    公文附注、联系人后面的电话和邮箱，只作提示。内容不显示。

    好：（联系人：李某，电话：0571-88880000）    差：抢修队长李某手机号……
    """
    del against
    for para in manuscript.paras:
        spans = [
            (match.start(), match.end(), kind)
            for match in _RUN.finditer(para.text)
            if (kind := gives_away(match[0]))
        ]
        spans += [(match.start(), match.end(), "电子邮箱") for match in _MAIL.finditer(para.text)]
        spans += [(match.start(), match.end(), "家庭住址") for match in _HOME.finditer(para.text)]
        for start, end, kind in spans:
            contact = para.role in {"remark", "imprint"} or _OFFICE.search(para.text[:start][-16:])
            message = f"有{kind}（内容不显示）"
            if kind == "身份证号" and not _true_id(para.text[start:end]):
                message = "像身份证号，校验码不对（内容不显示）"
            level = (
                Level.NOTE
                if contact and kind in ("手机号", "电子邮箱")
                else Level.WARNING
                if kind in _MAY_BE
                else None
            )
            yield Violation(
                para.number, start, start, message, hint="请删去，或确认可以公开。", level=level
            )


_MAY_BE = frozenset({"电子邮箱", "家庭住址"})


def _true_id(text: str) -> bool:
    digits = re.sub(r"[ -]", "", text).upper()
    if len(digits) != _ID or not is_id_number(digits):
        return False
    return (
        _CHECKS[
            sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False)) % 11
        ]
        == digits[-1]
    )


RULES = (Rule("K15", "个人信息", "内容", Level.ERROR, "个人信息保护法", personal_data),)

"""What stands after the text -> 附件说明, 署名, 成文日期, 附注, 附件, 版记."""

from __future__ import annotations

import re

from gongwen.chinese import offices
from gongwen.reader.roles.features import (
    DATE,
    LADDER,
    LARGE_PT,
    SENTENCE,
    Sheet,
    Sign,
    spaced,
)
from gongwen.reader.roles.position import IMPRINT

_LABEL = re.compile(r"附\s*件\s*[\d一二三四五六七八九十]{0,3}\s*[:：]?\Z")
_NOTE = re.compile(r"附\s*件\s*[\d一二三四五六七八九十]{0,3}\s*[:：.．、]\s*\S")
_REMARK = re.compile(r"[（(].*[)）]\Z", re.DOTALL)
_CONTACT = re.compile(r"(?:联系人|联系电话|此件|公开|印发传达|不予公开)")
_NAMED = re.compile(
    rf".*(?:{offices.pattern('committees')}|政府|人大|政协|[局部厅委办院校所站社组处科室会团队系]|"
    r"公司|集团|中心|银行|课题组|专班)(?:（[^）]*）)?\Z"
)
_LONGEST_NAME, _LONGEST_REMARK, _LAST_STRETCH = 40, 120, 40
_AFTER_DATE = 3  # lines: an attachment that is not called 附件 begins with its title
_BIBLIOGRAPHY = re.compile(r"[【\[]?(?:主要)?参考文献[】\]]?\s*[:：]?\Z")
_ENTRY = re.compile(r"[\[［]\d{1,3}[\]］]")


def apply(made: Sheet) -> None:
    """Settle everything after the last sentence of each part.

    The text itself, and each attachment.
    """
    _attachments(made)
    for place, sign in list(made.open()):
        if sign.para.cell is None and IMPRINT.match(sign.text) and _late(made, place):
            sign.settle("imprint", "文末的抄送、印发字样")
    _dates(made)
    _notes(made)
    _enclosed(made)
    _references(made)


def _attachments(made: Sheet) -> None:
    for place, sign in list(made.open()):
        if not _LABEL.match(sign.text):
            continue
        sign.settle("attachment_label", "单独一行的“附件”")
        for _, after in made.open(place + 1, min(place + 6, len(made.signs))):
            if (after.centred or not made.measured) and not after.ended and not after.ladder:
                after.settle("attachment_title", "“附件”之下居中的一行", "likely")
            break


def _late(made: Sheet, place: int) -> bool:
    """True in the last stretch of the document: no sentence of running text follows."""
    rest = made.signs[place + 1 :]
    return len(rest) < _LAST_STRETCH and not any(
        sign.role is None and len(SENTENCE.findall(sign.text)) > 1 for sign in rest
    )


def _dates(made: Sheet) -> None:
    """A date alone on its line after text is 成文日期, the short lines right above it are 署名."""
    text_met = False
    for place, sign in enumerate(made.signs):
        if sign.role is None and DATE.match(sign.text) and not sign.text.startswith(("（", "(")):
            if text_met and _ends_part(made, place):
                sign.settle("date", "正文之后单独一行的日期")
                _signatures(made, place)
        elif sign.role == "addressee" or (sign.role in (None, "body") and _is_text(sign)):
            text_met = True


def _is_text(sign: Sign) -> bool:
    """A sentence, a heading of the ladder, or a line indented as text is."""
    look = sign.para.measured
    indented = look is not None and look.first_line_twips > 0 and not sign.centred
    return bool(SENTENCE.search(sign.text)) or bool(sign.ladder) or (bool(sign.text) and indented)


def _ends_part(made: Sheet, place: int) -> bool:
    """Nothing but remarks, attachments or the imprint may follow a date of issue."""
    for _, sign in made.open(place + 1):
        if _LABEL.match(sign.text) or _REMARK.match(sign.text):
            return True
        return (
            bool(DATE.match(sign.text))
            or not SENTENCE.search(sign.text)
            or made.signs[place].align == "right"
        )
    return True


def _signatures(made: Sheet, place: int) -> None:
    above = place - 1
    while above >= 0:
        sign = made.signs[above]
        if not sign.text:
            above -= 1
            continue
        if sign.role is not None or not _is_name(sign):
            break
        sign.settle("signature", "成文日期之上的单位名称", "likely")
        above -= 1


def _is_name(sign: Sign) -> bool:
    bare = spaced(sign.text)
    if len(bare) > _LONGEST_NAME or sign.ended or sign.ladder or _NOTE.match(sign.text):
        return False
    placed = sign.align in ("right", "center") or sign.far_in
    return bool(_NAMED.match(bare)) or (placed and not SENTENCE.search(bare))


def _enclosed(made: Sheet) -> None:
    """The text a notice sends out, right after its date.

    Its title, centred and large, begins an attachment.
    """
    dated = [place for place, sign in enumerate(made.signs) if sign.role == "date"]
    for place in dated:
        for _, sign in list(made.open(place + 1))[:_AFTER_DATE]:
            if sign.centred and sign.size_pt >= LARGE_PT and not sign.ended and not sign.ladder:
                sign.settle("attachment_title", "成文日期之后居中的大字", "likely")


def _references(made: Sheet) -> None:
    """The entries [1] [2] … under 参考文献."""
    heads = [place for place, sign in enumerate(made.signs) if _BIBLIOGRAPHY.match(sign.text)]
    for _, sign in list(made.open(heads[-1] + 1)) if heads else ():
        if _ENTRY.match(sign.full):
            sign.settle("reference", "“参考文献”之下的条目")


def _notes(made: Sheet) -> None:
    """附件说明 before the name, 附注 after the date."""
    for place, sign in list(made.open()):
        if _NOTE.match(sign.text) and _heads_note(made, place):
            sign.settle("attachment_note", "正文之后以“附件：”开头")
            _more_notes(made, place)
    dated = [place for place, sign in enumerate(made.signs) if sign.role == "date"]
    for _, sign in made.open(dated[0] + 1 if dated else len(made.signs)):
        if _REMARK.match(sign.text) and len(sign.text) <= _LONGEST_REMARK:
            sign.settle("remark", "成文日期之后的括号", "likely")
        elif sign.role is None and SENTENCE.search(sign.text):
            break


def _heads_note(made: Sheet, place: int) -> bool:
    """No sentence of text between it and the name, the date or the end."""
    for sign in made.signs[place + 1 :]:
        if sign.role in ("signature", "date", "attachment_label"):
            return True
        if sign.role is None and SENTENCE.search(sign.text):
            return False
    return True


def _more_notes(made: Sheet, place: int) -> None:
    for after in range(place + 1, len(made.signs)):
        sign = made.signs[after]
        if not sign.text or sign.role is not None:
            return
        numbered = LADDER[2].match(sign.full) or _NOTE.match(sign.text)
        if not numbered or SENTENCE.search(sign.text):
            return
        sign.settle("attachment_note", "附件说明的续行")

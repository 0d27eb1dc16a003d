"""Number, outline level or look -> heading and its level, list item, text."""

from __future__ import annotations

import re
from collections import Counter

from gongwen.reader.roles.features import SENTENCE, Certainty, Sheet, Sign

_LONGEST_HEADING = 45
# 1.1 and 1.1.2 before words: as deep as the ladder of the standard goes; 1.5万 is a number
_DECIMAL = re.compile(
    r"\d{1,2}(?:[.．]\d{1,2}){1,3}[\s　]*(?![万亿倍%％个人名元])[\u4e00-\u9fff“《]"
)
_DEEPEST = 4
_BULLET = re.compile(r"[●○■◆◇▪•·※▲►➢\-–][ \t　]?")
_TEXT_STYLES = ("body text", "body text indent", "正文文本", "正文文本缩进")
_CIRCLED = re.compile(r"[①-⑳⑴-⒇⒈-⒛]")


def apply(made: Sheet) -> None:
    """Settle the running text.

    A paragraph that begins with a run-in heading is text with that heading's level.
    """
    shift = _shift(made)
    looks: dict[tuple[object, ...], Counter[int]] = {}
    for _, sign in list(made.open()):
        _numbered(made, sign, shift)
        if sign.role == "heading" and sign.ladder:
            looks.setdefault(_look(sign), Counter())[sign.level] += 1
    for _, sign in list(made.open()):
        _by_look(made, sign, looks)
    _sentences_apart(made)
    for _, sign in list(made.open()):
        if _is_item(sign):
            sign.settle("list_item", "列表样式或项目符号")
        else:
            sign.settle("body", "成段的文字", _text_certainty(made, sign))


def _shift(made: Sheet) -> int:
    """1 where the title took the first outline level for itself, as documents out of Markdown do."""
    title = next((sign for sign in made.signs if sign.role == "title"), None)
    outlines = {sign.outline for _, sign in made.open() if sign.outline}
    return 1 if title is not None and title.outline == 1 and outlines and min(outlines) > 1 else 0


def _numbered(made: Sheet, sign: Sign, shift: int) -> None:
    """By outline level or by number: alone on its line it is a heading, before a text it is a run-in heading."""
    alone = len(sign.text) <= _LONGEST_HEADING and not _sentences(sign.text)
    outlined = sign.outline and len(sign.text) <= 2 * _LONGEST_HEADING
    level = sign.ladder
    if outlined and (alone or not SENTENCE.search(sign.text[:-1])):
        sign.level = level or max(1, sign.outline - shift)
        sign.settle("heading", "有标题样式或大纲级别")
    elif alone and not sign.ended and _DECIMAL.match(sign.full):
        sign.level = _DEEPEST
        sign.settle("heading", "用 1.1 这样的序号", "likely")
    elif level and _is_item(sign) and not made.stands_out(sign):
        sign.settle("list_item", "列表样式或项目符号")
    elif level:
        sign.level = level
        if alone and (level <= 2 or not made.measured or made.stands_out(sign) or not sign.ended):  # noqa: PLR2004
            sign.settle("heading", "单独一行，有标题序号", _heading_certainty(made, sign))


def _sentences(text: str) -> bool:
    """True if there is more than a heading's one phrase.

    A stop inside, or a clause mark before the end.
    """
    return bool(SENTENCE.search(text[:-1])) or text.endswith(("；", ";"))


def _by_look(made: Sheet, sign: Sign, looks: dict[tuple[object, ...], Counter[int]]) -> None:
    """A short line without number that looks like this document's headings, or unlike its text."""
    if (
        not made.measured
        or len(sign.text) > _LONGEST_HEADING
        or sign.ended
        or sign.level
        or sign.align == "right"
    ):
        return
    if not made.stands_out(sign) or _is_item(sign) or sign.style in _TEXT_STYLES:
        return
    known = looks.get(_look(sign))
    sign.settle(
        "heading",
        "没有序号，样子同本文的标题" if known else "没有序号，短而醒目",
        "likely" if known else "guess",
    )
    sign.level = known.most_common(1)[0][0] if known else (2 if sign.face == "楷体" else 1)


def _sentences_apart(made: Sheet) -> None:
    """Numbered sentences with nothing under them are items, not headings: （一）提前入场。

    （二）手机静音。
    """
    shown = [sign for sign in made.signs if sign.text and sign.para.cell is None]
    for place, sign in enumerate(shown):
        if (
            sign.role != "heading"
            or not sign.ladder
            or not sign.ended
            or made.stands_out(sign)
            or sign.outline
        ):
            continue
        after = shown[place + 1] if place + 1 < len(shown) else None
        bare = after is None or after.role in (
            "signature",
            "date",
            "attachment_note",
            "attachment_label",
        )
        bare = bare or (after is not None and bool(after.ladder) and after.ladder <= sign.ladder)
        before = shown[place - 1] if place else None
        listed = before is not None and before.ladder == sign.ladder and before.role != "heading"
        if bare or listed:
            sign.role, sign.reason = None, ""


def _look(sign: Sign) -> tuple[object, ...]:
    return (sign.face, sign.size_pt, sign.bold, sign.centred)


def _is_item(sign: Sign) -> bool:
    listed = "list" in sign.style or "列表" in sign.style
    return listed or bool(_BULLET.match(sign.full)) or bool(_CIRCLED.match(sign.full))


def _heading_certainty(made: Sheet, sign: Sign) -> Certainty:
    """A number and a look of its own leave no doubt; a number alone may begin an item."""
    return "certain" if not made.measured or made.stands_out(sign) else "likely"


def _text_certainty(made: Sheet, sign: Sign) -> Certainty:
    """A short line without a stop may be a heading that nothing marks."""
    marked = sign.ended or len(sign.text) > _LONGEST_HEADING or sign.level
    return "certain" if marked or not made.measured else "likely"

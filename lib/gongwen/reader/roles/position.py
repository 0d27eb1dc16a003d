"""Where a paragraph stands, and styles whose names leave no doubt -> its role."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from gongwen.reader.roles.features import Role, Sheet, Sign, spaced

IMPRINT = re.compile(
    r"(?:抄送|抄报|分送|主送|印送)\s*[:：]|.*印发\s*\Z|.*(?:印制|共印\s*\d+\s*份)[。）)]?\Z"
)
_CAPTION = re.compile(
    r"(?:附?[图表])\s*[0-9一二三四五六七八九十]{1,3}(?:[-.－—–]\d{1,2})?(?:[\s:：.．、　]|(?=[^\W\d_]))"
)
_REFERS = re.compile(r".{0,8}(?:所示|可见|显示|可知|看出|反映)")
_UNIT = re.compile(r"[（(]?\s*(?:计量)?单位\s*[:：]")
_NOTE = re.compile(r"(?:注|备注|说明|资料来源|数据来源|来源)\s*\d?\s*[:：]")
_LEADER = re.compile(
    r"(?=.{3,200}\Z).*\S\s*(?:[.．…·]{3,}|\t)\s*\d{1,4}\Z"
)  # an entry of contents: words, dots, page
_LONGEST_CAPTION = 60
_STYLES: Mapping[str, Role] = {
    "title": "title", "subtitle": "subtitle", "caption": "caption", "quote": "quote", "intense quote": "quote",
    "salutation": "addressee", "signature": "signature", "list bullet": "list_item", "list number": "list_item",
    "zhibi byline": "byline", "zhibi enclosures": "attachment_note", "zhibi attachment label": "attachment_label",
    "zhibi attachment title": "attachment_title", "zhibi imprint": "imprint", "zhibi mark": "masthead",
    "zhibi copy number": "masthead", "zhibi secrecy": "masthead", "zhibi document number": "document_number",
    "zhibi red line": "masthead", "zhibi remark": "remark", "zhibi attendance": "remark",
    "zhibi unit line": "table_note", "zhibi note": "table_note", "toc heading": "contents",
}  # fmt: skip
_REASONS: Mapping[Role, str] = {
    "table_cell": "在表格里", "caption": "图表旁的图题、表题", "table_note": "表格或图片下的注",
    "contents": "目录", "reference": "有文献类型标识的条目", "textbox": "在文本框里", "footnote": "在脚注、尾注里", "imprint": "版记的字样",
}  # fmt: skip
_ENTRY = re.compile(r"[\[［]\d{1,3}[\]］]")
_KIND_OF_WORK = re.compile(r"[\[［](?:[MJDNCRSPZAG]|[A-Z]{1,2}/OL)[\]］]")  # [J], [EB/OL]
_STORIES: Mapping[str, Role] = {"脚注": "footnote", "尾注": "footnote"}


def apply(made: Sheet) -> None:
    """Notes, tables, text boxes, contents, captions, and paragraphs whose style says what they are."""
    for place, sign in made.open():
        work = _ENTRY.match(sign.full) and _KIND_OF_WORK.search(sign.full)
        role = "reference" if work else _role(made, place, sign)
        if role is not None:
            sign.settle(role, _reason(sign, role))


def _reason(sign: Sign, role: Role) -> str:
    if sign.style in _STYLES and _STYLES[sign.style] == role:
        return f"用了样式“{sign.para.measured.style if sign.para.measured else ''}”"
    return _REASONS.get(role, "由所在位置和字样判断")


def _role(made: Sheet, place: int, sign: Sign) -> Role | None:
    measured = sign.para.measured
    if measured is not None and measured.story in _STORIES:
        return _STORIES[measured.story]
    if sign.style in _STYLES and not _belied(sign):
        return _STYLES[sign.style]
    if sign.para.cell is not None or (measured is not None and measured.in_table):
        return "imprint" if IMPRINT.match(sign.text) and measured is not None else "table_cell"
    if measured is not None and measured.story == "文本框":
        return "masthead" if sign.red else "imprint" if IMPRINT.match(sign.text) else "textbox"
    if (
        sign.style.startswith("toc ")
        or spaced(sign.text) == "目录"
        or _LEADER.match(sign.text)
        or _is_contents(sign)
    ):
        return "contents"
    return _beside(made, place, sign)


def _belied(sign: Sign) -> bool:
    """A style that the words speak against: a whole sentence is no title."""
    return (
        _STYLES[sign.style] in ("title", "subtitle", "caption")
        and len(sign.text) > _LONGEST_CAPTION
        and sign.ended
    )


def _is_contents(sign: Sign) -> bool:
    measured = sign.para.measured
    return measured is not None and any(code.startswith("TOC") for code in measured.fields)


def _beside(made: Sheet, place: int, sign: Sign) -> Role | None:
    """Captions, unit lines and notes: the right words beside a table or a picture, or in the middle of the line."""
    if len(sign.text) > _LONGEST_CAPTION:
        return "table_note" if _NOTE.match(sign.text) and _after_table(made, place) else None
    if (
        _CAPTION.match(sign.text)
        and not _REFERS.match(sign.text)
        and not sign.text.endswith(("。", "；", "："))
    ):
        beside = _near_table(made, place) or _near_picture(made, place)
        return "caption" if not made.measured or sign.centred or beside else None
    noted = _NOTE.match(sign.text) and (_after_table(made, place) or _near_picture(made, place))
    return "table_note" if noted or (_UNIT.match(sign.text) and _near_table(made, place)) else None


def _neighbours(made: Sheet, place: int, step: int, reach: int) -> list[Sign]:
    """The next few paragraphs with words, or with pictures, in one direction."""
    neighbours: list[Sign] = []
    at = place + step
    while 0 <= at < len(made.signs) and len(neighbours) < reach:
        sign = made.signs[at]
        if sign.text or (sign.para.measured is not None and sign.para.measured.pictures):
            neighbours.append(sign)
        at += step
    return neighbours


def _near_table(made: Sheet, place: int) -> bool:
    return any(map(_in_table, _around(made, place)))


def _after_table(made: Sheet, place: int) -> bool:
    return any(_in_table(sign) for sign in _neighbours(made, place, -1, 3))


def _near_picture(made: Sheet, place: int) -> bool:
    return any(map(_has_picture, _around(made, place)))


def _around(made: Sheet, place: int) -> Iterator[Sign]:
    """The two paragraphs after, then the two before."""
    yield from _neighbours(made, place, 1, 2)
    yield from _neighbours(made, place, -1, 2)


def _has_picture(sign: Sign) -> bool:
    return sign.para.measured is not None and sign.para.measured.pictures > 0


def _in_table(sign: Sign) -> bool:
    return sign.para.cell is not None or (
        sign.para.measured is not None and sign.para.measured.in_table
    )

"""What stands before the text -> 版头, 标题, 副标题, 署名 under the title, 主送机关."""

from __future__ import annotations

import re

from gongwen.reader.roles.features import DATE, LARGE_PT, SENTENCE, Sheet, Sign

NUMBER = re.compile(
    r"[\u4e00-\u9fff]{1,16}\s*[〔\[［（(【﹝]\s*(?:19|20)?\d\d\s*[〕\]］）)】﹞]\s*第?\s*\d{1,5}\s*号(?:\s|\Z)"
)
_UPPER = re.compile(
    r"(?:\d{6}|(?:绝密|机密|秘密)\s*(?:[★☆*].{0,8})?|特急|加急|特提|平急|签发人\s*[:：].*|第\s*\d+\s*期)\Z"
)
_ISSUE = re.compile(r"(?:签发人|会签人)\s*[:：]")
_SALUTED = re.compile(r".*[:：]\Z", re.DOTALL)
_NOT_SALUTED = re.compile(r"(?:附件|抄送|注|单位|如下|内容|摘要|关键词|导语|编者按)")
_LONGEST_TITLE, _LONGEST_ADDRESSEE, _FURTHEST = 80, 200, 24
_BYLINE = 40
_MARKS = ("文件", "纪要")  # a 发文机关标志 ends so


def apply(made: Sheet) -> None:
    """Settle everything up to the first paragraph of running text."""
    end = _text_begins(made)
    _upper(made, end)
    last = _title(made, end)
    if last >= 0:
        _below_title(made, last + 1, end)
    _addressee(made, max(last + 1, 0), end)


def _text_begins(made: Sheet) -> int:
    """The first paragraph that can only be text: a sentence, or a heading in the ladder."""
    sentences = 0
    for place, sign in enumerate(made.signs):
        if not sign.text:
            continue
        sentences += 1
        title_like = sign.centred and (made.stands_out(sign) or sign.size_pt >= LARGE_PT)
        sentence = SENTENCE.search(sign.text) and not sign.centred
        if sign.role in ("contents", "caption", "table_cell") and sentences > 1:
            return place
        if sentences > _FURTHEST or (
            sign.role is None and not title_like and (sentence or sign.ladder)
        ):
            return place
    return len(made.signs)


def _upper(made: Sheet, end: int) -> None:
    for _, sign in made.open(0, end):
        if NUMBER.match(sign.text) and len(sign.text) <= _BYLINE + 20:
            sign.settle("document_number", "标题之前，写成发文字号的样子")
        elif _UPPER.match(sign.text) or _ISSUE.match(sign.text) or (sign.red and not sign.ladder):
            sign.settle("masthead", "标题之前，是版头的字样或红字")
    above: Sign | None = None
    for sign in made.signs[:end]:
        marked = above is not None and above.role is None and len(above.text) <= _BYLINE
        if sign.role == "document_number" and marked and above and above.text.endswith(_MARKS):
            above.settle("masthead", "在发文字号之上，写成发文机关标志的样子")
        above = sign if sign.text else above


def _title(made: Sheet, end: int) -> int:
    """Settle the title's lines.

    The place of the last of them, or -1 for a document without title.
    """
    styled = [place for place in range(end) if made.signs[place].role == "title"]
    if styled:
        return _extended(made, styled[-1], end)
    able = [(place, sign) for place, sign in made.open(0, end) if _may_be_title(made, sign)]
    if not able:
        return _bare_title(made, end)
    if not made.measured:
        place = able[0][0]
        made.signs[place].settle("title", "正文之前的第一行", "likely")
        return place
    largest = max(sign.size_pt for _, sign in able)
    place = next(place for place, sign in able if sign.size_pt == largest)
    able_alone = len({sign.size_pt for _, sign in able}) == len(able)
    made.signs[place].settle(
        "title", "正文之前字号最大或居中的一行", "certain" if able_alone else "likely"
    )
    return _extended(made, place, end)


def _bare_title(made: Sheet, end: int) -> int:
    """Typed without any look: the very first line, if its words can be a title and text follows it."""
    first = next(made.open(0, end), None)
    if (
        first is None
        or end == len(made.signs)
        or not _reads_as_title(first[1])
        or len(first[1].text) > _BYLINE
    ):
        return -1
    first[1].settle("title", "没有排版，按第一行是标题处理", "guess")
    return first[0]


def _reads_as_title(sign: Sign) -> bool:
    if (
        len(sign.text) > _LONGEST_TITLE
        or _SALUTED.match(sign.text)
        or DATE.match(sign.text)
        or sign.ladder
    ):
        return False
    return not sign.text.endswith(("。", "；", "，")) and not _NOT_SALUTED.match(sign.text)


def _may_be_title(made: Sheet, sign: Sign) -> bool:
    # a first heading no larger than the text is a heading of the ladder, as official form has it
    raised = sign.outline == 1 and sign.size_pt > made.body_size + 0.5
    stands_out = not made.measured or raised or sign.centred or sign.size_pt >= LARGE_PT
    return stands_out and _reads_as_title(sign)


def _extended(made: Sheet, place: int, end: int) -> int:
    """A title over several paragraphs goes on while the look stays the same and no blank line comes between."""
    first = made.signs[place]
    if not made.measured:
        return place
    while place + 1 < end:
        after = made.signs[place + 1]
        alike = (after.size_pt, after.face, after.align) == (first.size_pt, first.face, first.align)
        if not after.text or not alike or after.role is not None or first.size_pt <= made.body_size:
            break
        if after.text.startswith(("——", "—", "--")) or DATE.match(after.text):
            break
        after.settle("title", "与上一行标题样子相同", first.certainty)
        place += 1
    return place


def _below_title(made: Sheet, first: int, end: int) -> None:
    """Subtitle, author and day: they come right below the title, one other line apart at most."""
    others = 0
    for _, sign in made.open(first, end):
        plain = len(sign.text) <= _BYLINE and not sign.ladder and not sign.ended
        bracketed = sign.text.startswith(("（", "(")) and len(sign.text) <= _LONGEST_TITLE
        if sign.text.startswith(("——", "—", "--", "－－")) and len(sign.text) <= _LONGEST_TITLE:
            sign.settle("subtitle", "标题之下，以破折号开头")
        elif DATE.match(sign.text) or ((sign.centred or sign.far_in) and (plain or bracketed)):
            sign.settle(
                "byline", "标题之下的署名或日期", "certain" if DATE.match(sign.text) else "likely"
            )
        else:
            others += 1
            look = sign.para.measured
            if others > 1 or (look is not None and look.first_line_twips > 0):
                return


def _addressee(made: Sheet, first: int, end: int) -> None:
    for _, sign in made.open(first, end):
        flush = not made.measured or (not sign.centred and sign.align != "right")
        fits = (
            len(sign.text) <= _LONGEST_ADDRESSEE
            and not SENTENCE.search(sign.text)
            and not sign.ladder
        )
        if flush and fits and _SALUTED.match(sign.text) and not _NOT_SALUTED.match(sign.text):
            sign.settle("addressee", "正文之前，顶格，以冒号结尾", "likely")
            return

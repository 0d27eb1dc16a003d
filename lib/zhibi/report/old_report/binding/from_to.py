"""由46户升至68户 -> both figures as one expression that goes up or down as they do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from gongwen.chinese.numbers.quantity import Quantity
from gongwen.chinese.numbers.rounded_words import FALLING, RISING
from zhibi.data.figures.offers import Offer
from zhibi.report.old_report.binding.naming import FigureNames
from zhibi.report.old_report.binding.printing import PrintedNumber

_OPENING = re.compile(r"(?P<how>[由从])(?P<when>(?:(?:上|去|上一)年|年初)(?:同期)?的?)?$")


@dataclass(frozen=True, slots=True)
class Movement:
    """A movement from one number to another: where it stands and the words it is told with."""

    start: int
    end: int
    opening: str  # 由 or 从
    when: str  # 上年的
    verb: str
    was: Quantity
    now: Quantity


def movement(text: str, was: Quantity, numbers: Sequence[Quantity]) -> Movement | None:
    """The movement that begins with a number, if one does and it goes the way its verb says."""
    opening = _OPENING.search(text[: was.start])
    now = next((each for each in numbers if each.start >= was.end), None)
    if opening is None or now is None or was.hedge or now.hedge:
        return None
    verb = text[was.end : now.start]
    rises = now.value > was.value
    if verb not in (RISING if rises else FALLING) or now.value == was.value:
        return None
    return Movement(opening.start(), now.end, opening["how"], opening["when"] or "", verb, was, now)


def written(each: Movement, before: Offer, offer: Offer, ledger: FigureNames) -> str | None:
    """The expression; None where a number was written in a way that cannot be printed."""
    was = PrintedNumber(each.was, before, ledger).words(None)
    now = PrintedNumber(each.now, offer, ledger).words(None)
    if was is None or now is None:
        return None
    inner, outer = (words.removeprefix("【").removesuffix("】") for words in (was, now))
    if "【" in inner + outer or f"【{inner}】" != was or f"【{outer}】" != now:
        return None
    when = f', "{each.when}"' if each.when else ""
    verb = f', "{each.verb}"' if when or each.verb != RISING[0] else ""
    return f"【{outer}|{each.opening}({inner}{verb}{when})】"

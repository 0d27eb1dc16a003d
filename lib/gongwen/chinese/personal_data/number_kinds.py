"""Groups of digits -> the kind of personal number they are, if any.

What is asked of a number grows with how loosely its digits stand: eleven digits in a row need no
more than the beginning of a mobile number, digits of a list must also be grouped as people group
them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import accumulate

from gongwen.chinese.personal_data.digit_runs import Group

IDENTITY, MOBILE, CARD, LANDLINE = "身份证号", "手机号", "银行卡号", "固定电话"

PROVINCES = {
    *range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66), 71, 81, 82, 83,
}  # fmt: skip
UNDIVIDED = {"4419", "4420", "4604", "6202"}  # cities without counties: their county number is 00
IDENTITY_DIGITS, OLD_IDENTITY_DIGITS = 18, 15
_REGION_DIGITS = 6
# younger people are in no workbook; region, day and serial are a common form of case numbers
LATEST_BIRTH = 2012

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_MOBILE = re.compile(
    r"((?:(?:00)?86|0)?)(1(?:3\d|4[5-9]|5[0-35-9]|6[2567]|7[0-8]|8\d|9[0-35-9])\d{8})"
)
_CARD = re.compile(
    r"62\d{14,17}|9558\d{15}|60\d{14}|60\d{17}|4\d{15}|4\d{18}|5[1-5]\d{14}|5[1-5]\d{17}|3[57]\d{14}|3[47]\d{13}"
)
_AREA = r"(?:10|2[0-57-9]|[3-8][1-9]\d|9\d\d)"
_LANDLINE = re.compile(rf"((?:(?:00)?86)?0{_AREA}|(?:00)?86{_AREA})([2-8]\d{{6,7}})")
_LOCAL = re.compile(r"[2-8]\d{6,7}")
_CUE = re.compile(
    r"(?:电话|手机|座机|固话|传真|联系方式|tel|phone|℡|☎|微信)(?:号码?|总机)?[为是：:.（( ]*$",
    re.IGNORECASE,
)
_ACCOUNT = re.compile("[卡账]")
_AMOUNT = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{8,}\.\d{1,3}|0\.\d+")
_UNIT = re.compile(r"\s*(?:余|多)?(?:元|万|亿|美元|吨|度|%|％|千瓦)")
_MOBILE_SHAPES = {
    (3, 4, 4),
    (4, 4, 3),
    (3, 3, 5),
    (4, 3, 4),
    (3, 8),
    (7, 4),
    (5, 6),
    (6, 5),
    (3, 4, 2, 2),
    (3, 2, 2, 2, 2),
}
_USUAL = (3, 4, 4)
_LIST_MARKS = frozenset("、，；;")
_YEARS = frozenset(map(str, range(1949, 2100)))
_PAIR = 2


def lengths_from(digits: str) -> set[int]:
    """How many of the digits, counted from the first, may be a number.

    Most runs of digits begin like none.
    """
    lengths = {7, 8} if digits[0] in "2345678" else set()
    if len(digits) >= OLD_IDENTITY_DIGITS and _is_region(digits[:6]):
        lengths |= {OLD_IDENTITY_DIGITS, IDENTITY_DIGITS}
    if digits[0] in "3456":
        lengths |= {15, 16, 17, 18, 19}
    if digits.startswith("9558"):
        lengths.add(19)
    if digits[0] in "08" or (digits[0] == "1" and digits[1:2] in "3456789"):
        lengths |= {11, 12, 13, 14, 15}
    return {length + 1 for length in lengths} | lengths  # a letter X behind it


def kind_of(text: str, window: Sequence[Group], *, whole: bool) -> str:
    """The kind of personal number the groups are together.

    `whole`: no other digits stand beside them.
    """
    digits = "".join(group.digits for group in window)
    if not digits[:-1].isdigit():
        return ""
    if _is_identity(text, window, digits):
        return IDENTITY
    number = digits.removesuffix("X")
    if _is_mobile(text, window, number, whole=whole):
        return MOBILE
    if _CARD.fullmatch(number) and luhn(number) and _grouped_as_card(text, window):
        return CARD
    return LANDLINE if _is_landline(text, window, number) else ""


# ---- identity numbers
# ----------------------------------------------------------------------------------------------


def _is_identity(text: str, window: Sequence[Group], digits: str) -> bool:
    if len(digits) == IDENTITY_DIGITS and is_id_number(digits):
        if int(digits[6:10]) > LATEST_BIRTH:
            return has_check_digit(digits) and "证" in _before(text, window)
        return has_check_digit(digits) or not (_is_list(window) or _is_dated(window))
    if len(digits) != OLD_IDENTITY_DIGITS or not is_old_id_number(digits) or _is_dated(window):
        return False
    return not _is_list(window) or len(window[0].digits) == _REGION_DIGITS


def is_id_number(digits: str) -> bool:
    """18 characters with a region and a birthday.

    A wrong check digit is still somebody's mistyped number.
    """
    return digits[:17].isdigit() and _is_region(digits[:6]) and _is_day(digits[6:14])


def is_old_id_number(digits: str) -> bool:
    """The 15 digits used until 1999: region, birthday without the century, serial number."""
    return digits.isdigit() and _is_region(digits[:6]) and _is_day(f"19{digits[6:12]}")


def has_check_digit(digits: str) -> bool:
    """True if the last of 18 characters is what the other seventeen ask for."""
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False))
    return _CHECKS[total % 11] == digits[-1].upper()


def _is_region(code: str) -> bool:
    if int(code[:2]) not in PROVINCES or code[2:4] == "00":
        return False
    return code[4:] != "00" or code[:4] in UNDIVIDED


def _is_day(yyyymmdd: str) -> bool:
    try:
        born = date(int(yyyymmdd[:4]), int(yyyymmdd[4:6]), int(yyyymmdd[6:]))
    except ValueError:
        return False
    return 1900 <= born.year < 2100  # noqa: PLR2004  (nobody alive was born before, nobody yet after)


# ---- telephones and cards
# ------------------------------------------------------------------------------------------


def luhn(number: str) -> bool:
    """The check digit of bank cards."""
    total = 0
    for place, digit in enumerate(reversed(number)):
        total += sum(divmod(int(digit) * (2 if place % 2 else 1), 10))
    return total % 10 == 0


def _is_mobile(text: str, window: Sequence[Group], number: str, *, whole: bool) -> bool:
    match = _MOBILE.fullmatch(number)
    if not match or _is_amount(text, window):
        return False
    lengths = _lengths(window, len(match[1]))
    if len(lengths) == 1 or set(lengths) == {1}:
        return True
    if _is_list(window):
        return lengths == _USUAL and (
            _CUE.search(_before(text, window)) is not None or _is_all(text, window)
        )
    if lengths in _MOBILE_SHAPES:
        return lengths == _USUAL or not _has_year(window)
    return whole and not _has_year(window) and not _has_time_or_decimal(window)


def _is_landline(text: str, window: Sequence[Group], number: str) -> bool:
    before = _before(text, window)
    if (
        _LOCAL.fullmatch(number)
        and len(window) <= _PAIR
        and _CUE.search(before)
        and not _has_year(window)
    ):
        return not (len(window) == 1 and _is_date(number))
    match = _LANDLINE.fullmatch(number)
    if not match or _is_amount(text, window) or _is_list(window) or _has_year(window):
        return False
    area = match[1].removeprefix("00").removeprefix("86").removeprefix("0")
    if len(area) == 2 and len(match[2]) != 8:  # noqa: PLR2004  (cities with a short area code have eight digits)
        return False
    ends = list(accumulate(len(group.digits) for group in window))
    return len(window) == 1 or len(match[1]) in ends or len(window) == len(number)


def _is_date(number: str) -> bool:
    return number[:4] in _YEARS and len(number) == 8 and _is_day(number)  # noqa: PLR2004


def _grouped_as_card(text: str, window: Sequence[Group]) -> bool:
    lengths = [len(group.digits) for group in window]
    if len(lengths) == 1:
        return True
    in_fours = set(lengths[:-1]) == {4} and lengths[-1] <= 4  # noqa: PLR2004
    if _is_list(window):
        usual = window[0].digits.startswith(("62", "9558"))
        return usual or (
            in_fours and (_is_all(text, window) or bool(_ACCOUNT.search(_before(text, window))))
        )
    return in_fours or min(lengths[:-1]) >= 3 or set(lengths) == {1}  # noqa: PLR2004


def _lengths(window: Sequence[Group], prefix: int) -> tuple[int, ...]:
    """How many digits stand in each group, the country's own number (86) taken away."""
    lengths: list[int] = []
    for group in window:
        own = max(len(group.digits) - prefix, 0)
        prefix = max(prefix - len(group.digits), 0)
        lengths += [own] if own else []
    return tuple(lengths)


def _is_amount(text: str, window: Sequence[Group]) -> bool:
    written = text[window[0].start : window[-1].end]
    return _AMOUNT.fullmatch(written) is not None or (
        len(window) == 1 and _UNIT.match(text, window[-1].end) is not None
    )


def _is_list(window: Sequence[Group]) -> bool:
    return any(_LIST_MARKS & set(group.gap) or re.search(r",\s", group.gap) for group in window[1:])


def _is_dated(window: Sequence[Group]) -> bool:
    """True of days and times beside each other; a birthday stands behind six digits of region."""
    lengths = {len(group.digits) for group in window}
    return len(window) > 1 and len(window[0].digits) < 3 and lengths != {1}  # noqa: PLR2004


def _is_all(text: str, window: Sequence[Group]) -> bool:
    return not any(map(str.isalnum, text[: window[0].start] + text[window[-1].end :]))


def _has_year(window: Sequence[Group]) -> bool:
    return any(group.digits in _YEARS for group in window[1:])


def _has_time_or_decimal(window: Sequence[Group]) -> bool:
    gaps = {group.gap.strip() for group in window[1:]}
    return ":" in gaps or "：" in gaps or ("." in gaps and len(gaps) > 1)


def _before(text: str, window: Sequence[Group]) -> str:
    return text[max(window[0].start - 16, 0) : window[0].start]

"""Text -> whether it gives away a person: ID number, mobile number, bank card; and headers that ask for such things."""

from __future__ import annotations

import re
from datetime import date

FORBIDDEN_HEADERS = (
    "身份证", "身份号码", "证件号码", "手机", "联系电话", "电话号码", "住址", "家庭地址", "工资", "薪酬", "银行卡", "银行账号",
)  # fmt: skip

PROVINCES = {
    *range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66), 71, 81, 82,
}  # fmt: skip
ID_DIGITS, MOBILE_DIGITS, CARD_DIGITS = 18, 11, range(16, 20)
LIFETIMES = range(1900, 2101)

# eleven digits, separators between them allowed: the shortest thing worth a closer look (RE2 syntax, no look-around)
SUSPECT = r"[0-9０-９](?:[ \-－]?[0-9０-９]){10}"

_RUN = re.compile(r"\d(?:[ -]?\d)*[Xx]?")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９－Ｘｘ", "0123456789-Xx")
_MOBILE = re.compile(r"(?:86)?1[3-9]\d{9}")
_CARD = re.compile(r"(?:62|60|4|5[1-5]|3[57]|9558)\d+")
_LONG = re.compile(r"[0-9０-９](?:[ \-－]?[0-9０-９]){6,}[Xx]?")


def gives_away(text: str) -> str:
    """What the text gives away (身份证号、手机号、银行卡号), or an empty string. Plain codes and amounts pass."""
    for run in _RUN.findall(text.translate(_FULL_WIDTH)):
        for digits in {re.sub(r"[ -]", "", run), *re.split(r"[ -]", run)}:
            kind = _kind(digits)
            if kind:
                return kind
    return ""


def _kind(digits: str) -> str:
    if len(digits) == ID_DIGITS and is_id_number(digits):
        return "身份证号"
    number = digits.rstrip("Xx")
    if _MOBILE.fullmatch(number):
        return "手机号"
    if len(number) in CARD_DIGITS and _CARD.fullmatch(number) and luhn(number):
        return "银行卡号"
    return ""


def is_id_number(digits: str) -> bool:
    """18 characters with a province and a birthday; a wrong check digit is still somebody's mistyped number."""
    if int(digits[:2]) not in PROVINCES or not digits[:17].isdigit():
        return False
    try:
        born = date(int(digits[6:10]), int(digits[10:12]), int(digits[12:14]))
    except ValueError:
        return False
    return born.year in LIFETIMES


def luhn(number: str) -> bool:
    """The check digit of bank cards."""
    total = 0
    for place, digit in enumerate(reversed(number)):
        total += sum(divmod(int(digit) * (2 if place % 2 else 1), 10))
    return total % 10 == 0


def masked(text: str) -> str:
    """Text that is safe to show: long runs of digits are hidden whether or not they are recognised."""
    return _LONG.sub(
        lambda hit: hit[0] if len(re.sub(r"\D", "", hit[0])) < MOBILE_DIGITS else "（数字略）", text
    )

"""Text -> the numbers in it that give away a person, however they are disguised.

Headers that ask for such things.

A number is judged after the text is made plain: digits of any script or width, invisible characters
dropped, short runs of blanks and marks between digits passed over. Province, birthday and check
digits keep codes, dates and amounts out of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, chain

from gongwen.chinese.personal_data.digit_runs import FEWEST, Group, digit_runs
from gongwen.chinese.personal_data.number_kinds import (
    IDENTITY,
    IDENTITY_DIGITS,
    LANDLINE,
    MOBILE,
    has_check_digit,
    is_id_number,
    kind_of,
    lengths_from,
)

FORBIDDEN_HEADERS = (
    "身份证", "身份号码", "证件号码", "证件号", "手机", "电话", "联系方式", "微信", "QQ号", "电子邮箱", "电子邮件",
    "住址", "地址", "居住地", "户籍所在", "户口所在", "户籍地", "户口地", "派出所",
    "工资", "薪酬", "薪资", "薪金", "月收入", "年收入", "个人收入", "家庭收入", "缴费基数", "核算基数", "缴纳基数",
    "银行卡", "银行账号", "银行账户", "开户行", "卡号", "学号", "工号",
)  # fmt: skip
HEADERS_REMEDY = "请整列删除；不收集身份证号、电话、住址、账号和工资。"

MOBILE_DIGITS = 11
_TEXTS = 2048  # whose numbers are remembered: a document is asked several times
_SHORTEST_PLAIN = 10  # characters of ASCII: "tel" and seven digits, or a telephone with its area
LONGEST = 24  # digits of a window: the longest number with the longest prefix
TELEPHONES = frozenset({MOBILE, LANDLINE})
MASK = "（数字略）"

# Worth a closer look (RE2 syntax): seven digits of any script with nothing but marks and blanks
# between them would be
# every date; eleven are the shortest number that is recognised without a word such as 电话 before
# it.
_ANY_DIGIT = r"[\p{Nd}\p{No}〇零○一二三四五六七八九幺壹贰叁肆伍陆柒捌玖]"
_BETWEEN = r"(?:[^\p{L}\p{N}]|[ーㄧ丨\x{115f}\x{1160}\x{3164}\x{ffa0}])*"
_SPOKEN_OF = (
    r"(?:电话|手机|座机|固话|传真|微信|联系方式|[Tt][Ee][Ll]|[Pp][Hh][Oo][Nn][Ee])\P{N}{0,6}\p{N}"
)
# what every suspect has, far cheaper to look for: so many digits, or one of these words
DIGIT, FEWEST_DIGITS = _ANY_DIGIT, 11
SPOKEN_WORDS = _SPOKEN_OF.partition(")")[0] + ")"
SUSPECT = f"{_ANY_DIGIT}(?:{_BETWEEN}{_ANY_DIGIT}){{10}}|{_SPOKEN_OF}"


@dataclass(frozen=True, slots=True)
class PersonalNumber:
    """A number in a text, by character positions, its kind (身份证号、手机号、银行卡号、固定电话) and its plain digits."""

    start: int
    end: int
    kind: str
    digits: str


def personal_numbers(text: str) -> tuple[PersonalNumber, ...]:
    """The personal numbers of a text in its order, none overlapping another."""
    if len(text) < (_SHORTEST_PLAIN if text.isascii() else FEWEST):
        return ()  # most cells: a name, a word, a code
    return _numbers_of(text)


@lru_cache(maxsize=_TEXTS)
def _numbers_of(text: str) -> tuple[PersonalNumber, ...]:
    return tuple(chain.from_iterable(_numbers(text, run) for run in digit_runs(text)))


def gives_away(text: str) -> str:
    """What the text gives away (身份证号、手机号、银行卡号、固定电话), or an empty string.

    Codes and amounts pass.
    """
    return next((number.kind for number in personal_numbers(text)), "")


def _numbers(text: str, run: tuple[Group, ...]) -> Iterator[PersonalNumber]:
    """The longest number that begins at each group, from left to right."""
    first = 0
    while first < len(run):
        number, after = _longest(text, run, first)
        if number:
            yield number
        first = after


def _longest(text: str, run: tuple[Group, ...], first: int) -> tuple[PersonalNumber | None, int]:
    """The longest number that begins at the first group, and the group to go on with."""
    if len(run[first].digits) > LONGEST:
        return _inside(run[first]), first + 1
    joined = list(accumulate((group.digits for group in run[first : first + LONGEST]), str.__add__))
    likely = lengths_from(joined[-1])
    best: tuple[PersonalNumber | None, int] = (None, first + 1)
    for count, digits in enumerate(joined, 1):
        if len(digits) in likely:
            window = run[first : first + count]
            kind = kind_of(text, window, whole=len(window) == len(run))
            if kind:
                best = PersonalNumber(window[0].start, window[-1].end, kind, digits), first + count
    return best


def _inside(group: Group) -> PersonalNumber | None:
    """An identity number among more digits than any number has."""
    starts = range(len(group.digits) - IDENTITY_DIGITS + 1)
    parts = (group.digits[at : at + IDENTITY_DIGITS] for at in starts)
    one = next((part for part in parts if is_id_number(part) and has_check_digit(part)), "")
    return PersonalNumber(group.start, group.end, IDENTITY, one) if one else None


def without_numbers(text: str) -> str:
    """Text with its personal numbers hidden; other long numbers stay."""
    return _hidden(text, [(number.start, number.end) for number in personal_numbers(text)])


def masked(text: str) -> str:
    """Text that is safe to show: personal numbers and all long runs of digits are hidden, recognised or not."""
    spans = [(number.start, number.end) for number in personal_numbers(text)]
    spans += [(hit.start(), hit.end()) for hit in _LONG.finditer(text) if _many(hit[0])]
    return _hidden(text, spans)


def _hidden(text: str, spans: list[tuple[int, int]]) -> str:
    shown, at = "", 0
    for start, end in sorted(spans):
        if start >= at:
            shown += f"{text[at:start]}{MASK}"
        at = max(at, end)
    return shown + text[at:]


_LONG = re.compile(r"\d(?:[ \-－]?\d){6,}[Xx]?")


def _many(run: str) -> bool:
    return sum(map(str.isdigit, run)) >= MOBILE_DIGITS

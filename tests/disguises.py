"""Made-up personal numbers and the ways they are disguised; ordinary cells that only look like them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
REGIONS = ("110101", "330106", "420281", "441900", "510722", "232301", "542621")
SEPARATORS = (
    "\u00a0", "\u3000", "  ", "\t", "\n", ".", "·", "/", "_", ",", "—", "–", "——", "-", "－", ".-.", " - ", "\u2009",
    "\u200b", "\u00ad", "\ufeff", "\u2060", "\u200d", "\ufe0f", "\u3164", "|", "\\", "*", "~", "：", ":", '"', "）（", "•",
    "ー", "丨", "#", "+", "=", "'",
)  # fmt: skip
SHAPES = {
    "身份证号": ((6, 8, 4), (3, 3, 4, 4, 4), (6, 4, 4, 4), (4, 4, 4, 4, 2), (6, 4, 2, 2, 4)),
    "旧身份证号": ((6, 6, 3), (5, 5, 5), (6, 2, 2, 2, 3)),
    "手机号": ((3, 4, 4), (3, 3, 5), (3, 8), (7, 4), (1,) * 11),
    "银行卡号": ((4, 4, 4, 4, 3), (6, 13), (4, 15)),
}


def digits(dice: Random, count: int) -> str:
    return "".join(dice.choice("0123456789") for _ in range(count))


def identity(dice: Random) -> str:
    birth = f"{dice.randint(1940, 2004)}{dice.randint(1, 12):02}{dice.randint(1, 28):02}"
    body = f"{dice.choice(REGIONS)}{birth}{digits(dice, 3)}"
    total = sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True))
    return f"{body}{'10X98765432'[total % 11]}"


def old_identity(dice: Random) -> str:
    birth = f"{dice.randint(30, 84)}{dice.randint(1, 12):02}{dice.randint(1, 28):02}"
    return f"{dice.choice(REGIONS)}{birth}{digits(dice, 3)}"


def mobile(dice: Random) -> str:
    return f"{dice.choice(('138', '139', '150', '186', '177', '199', '166'))}{digits(dice, 8)}"


def card(dice: Random) -> str:
    body = f"{dice.choice(('622202', '621700', '955880', '601382'))}{digits(dice, 12)}"
    doubled = sum(sum(divmod(int(d) * (2 - at % 2), 10)) for at, d in enumerate(reversed(body)))
    return f"{body}{-doubled % 10}"


def landline(dice: Random) -> str:
    return f"{dice.choice(('0571', '0755', '0871'))}-{dice.choice('2345678')}{digits(dice, 7)}"


NUMBERS: dict[str, Callable[[Random], str]] = {
    "身份证号": identity,
    "旧身份证号": old_identity,
    "手机号": mobile,
    "银行卡号": card,
}


def separated(number: str, shape: tuple[int, ...], separator: str) -> str:
    parts, at = [], 0
    for length in shape:
        parts.append(number[at : at + length])
        at += length
    return separator.join(part for part in parts if part)


def respelled(names: str) -> Callable[[str], str]:
    """The same digits in another script; X stays."""
    return lambda number: "".join(names[int(d)] if d.isdigit() else d for d in number)


SCRIPTS: dict[str, Callable[[str], str]] = {
    "full width": respelled("０１２３４５６７８９"),
    "circled": respelled("⓪①②③④⑤⑥⑦⑧⑨"),
    "superscript": respelled("⁰¹²³⁴⁵⁶⁷⁸⁹"),
    "bold": respelled("𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗"),
    "Arabic": respelled("٠١٢٣٤٥٦٧٨٩"),
    "hanzi": respelled("〇一二三四五六七八九"),
    "hanzi of accounts": respelled("零壹贰叁肆伍陆柒捌玖"),
    "keycaps": lambda number: "".join(f"{d}\ufe0f\u20e3" for d in number),
    "zero width": "\u200b".join,
}
PREFIXES = ("0086", "+86 ", "0086-", "(86)", "（+86）", "86", "0")


def disguised(dice: Random) -> Iterator[tuple[str, str]]:
    """Kind and spelling, every separator and script with every kind."""
    for kind, number_of in NUMBERS.items():
        for separator in SEPARATORS:
            yield kind, separated(number_of(dice), dice.choice(SHAPES[kind]), separator)
        for script in SCRIPTS.values():
            yield kind, script(number_of(dice))
    for prefix in PREFIXES:
        yield "手机号", f"{prefix}{mobile(dice)}"
    for spelling in ("{}", "（{}）", "+86-{}", "0086 {}"):
        yield "固定电话", spelling.format(landline(dice))
    for spelling in ("电话：88880000", "办公电话8888 0000", "(0571) 8888 0000", "01065550000"):
        yield "固定电话", spelling


def ordinary(dice: Random) -> str:
    """One cell as workbooks are full of: codes, 文号, amounts, dates, times, serial numbers, lists of counts."""
    year, month, day = dice.randint(2015, 2027), dice.randint(1, 12), dice.randint(1, 28)
    few, some, many = dice.randint(1, 99), dice.randint(100, 9999), dice.randint(1, 10**8)
    return dice.choice(
        (
            f"B{few:03}", f"M{some:04}", f"0{few:03}", f"A{year}-{some:04}", f"示组发〔{year}〕{few}号",
            f"{year}-{month:02}-{day:02}", f"{year}.{month}.{day}", f"{year}年{month}月{day}日", f"{many}",
            f"{few},{some % 1000:03},{many % 1000:03}.{few:02}", f"{many * 7}.{few:02}", f"{many}{few:02}元",
            f"{year}{month:02}{day:02}{many % 10**6:06}", f"DJ-{year}-{many % 10**5:05}",
            f"{year}-{month:02}-{day:02} 08:30:{few % 60:02}", f"330100{year}{month:02}{day:02}{some:04}",
            f"{year}.{month}.{day}—{year}.{dice.randint(1, 12)}.{dice.randint(1, 28)}",
            f"{day}/{month}/{year} 09:00-16:30", f"9133{few:02}00MA{few:02}XK{some % 1000:03}J", "12330100470108123K",
            f"第{few}期{some}人、{many}人次、{some}万元、{few}户", f"应到{some}、{few * 37}、{some + 7}、{few}",
            f"{few + 130}，{some}，{some + 3}，{few}", f"{few}.{day}%、{day}.{month}%、{few}.{month}%",
            f"GB/T {some}.{month}-{year}", f"ISBN 978-7-{some % 1000:03}-{many % 10**5:05}-{few % 10}",
        )
    )  # fmt: skip

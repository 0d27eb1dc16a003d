"""Whole numbers -> Chinese numerals; typed prose -> the digits in it that no data stands behind."""

from __future__ import annotations

import re

_DIGITS = "零一二三四五六七八九"
_SMALL = ("", "十", "百", "千")
_LARGE = (("亿", 10**8), ("万", 10**4))
_LIMIT = 10**16


def chinese(number: int) -> str:
    """一, 十二, 一百零五, 三千, 两 is never used.

    This is the counting form of headings and ordinals.
    """
    if not 0 <= number < _LIMIT:
        raise ValueError(f"中文数字只写 0 到一亿亿之间的整数，不能写 {number}")
    if number == 0:
        return _DIGITS[0]
    text = _words(number)
    return text[1:] if text.startswith("一十") else text


def _words(number: int) -> str:
    for word, size in _LARGE:
        if number >= size:
            high, low = divmod(number, size)
            skipped = "零" if 0 < low < size // 10 else ""  # 一万零五, 一亿零三万
            return _words(high) + word + skipped + (_words(low) if low else "")
    return _group(number)


def _group(group: int) -> str:
    text, pending = "", False
    for place in (3, 2, 1, 0):
        digit = group // 10**place % 10
        if not digit:
            pending = bool(text)
            continue
        text += ("零" if pending else "") + _DIGITS[digit] + _SMALL[place]
        pending = False
    return text


def from_chinese(text: str) -> int:
    """The number a Chinese numeral means; the inverse of `chinese`."""
    if not text or set(text) - set(_DIGITS + "十百千万亿"):
        raise ValueError(f"“{text}”不是中文数字")
    for word, size in _LARGE:
        high, found, low = text.rpartition(word)
        if found:
            return from_chinese(high) * size + (from_chinese(low) if low else 0)
    total = digit = 0
    for character in text:
        if character in _DIGITS:
            digit = _DIGITS.index(character)
        else:
            total += (digit or 1) * 10 ** _SMALL.index(character)
            digit = 0
    return total + digit


def ordinal(number: int, level: int = 1) -> str:
    """The number of a heading: 一、 （一） 1. （1） for levels 1–4 (GB/T 9704-2012 7.3.3)."""
    forms = {1: "{}、", 2: "（{}）", 3: "{}.", 4: "（{}）"}
    return forms[level].format(chinese(number) if level <= 2 else number)  # noqa: PLR2004


_YEAR = r"(?:19|20)\d{2}"
_MEASURES = "名人次个家项户元场分"
_DATA_UNITS = rf"[{_MEASURES}万亿件位倍条支%％‰]"
_SLOGAN = (  # what may be written in digits inside quotation marks
    r"(?:\d{1,2}|[A-Za-z])(?:\+(?:\d{1,2}|[A-Za-z]))+(?![\d.])|\d{1,2}·\d{1,2}(?![\d.])"
    r"|\d[A-Za-z](?![\dA-Za-z])|\d{1,2}月\d{1,2}日"
)
# Digits that may be typed by hand, because no data is meant. First match wins; everything else
# needs {{ }}.
_ALLOWED: tuple[tuple[str, str], ...] = (
    ("书名号内的标题", r"《[^《》]*》"),
    (
        "引号内的口号，如“1+N”“3·15”“6S”；带数量单位的不算",
        rf"“(?=[^“”]{{1,16}}”)(?![^“”]*\d\s*{_DATA_UNITS})(?:{_SLOGAN}|[^“”\d])+”",
    ),
    ("热线和平台的号码，如“12345”热线", r"“1\d{4}”(?=[\u4e00-\u9fff]{0,4}(?:热线|平台))"),
    (
        "热线和平台的号码，不加引号的，如 12345热线、12380举报平台",
        r"(?<![\d.])12[1-9]\d{2}(?=(?:政务|政府|市民|便民|服务|举报|信访|监督){0,4}(?:热线|平台))",
    ),
    (
        "移动通信的代次，如 5G基站",
        r"(?<![\d.A-Za-z])[2-6]G(?=基站|网络|建设|技术|应用|信号|通信|覆盖)",
    ),
    ("发文字号", rf"〔{_YEAR}〕\d+号"),
    ("标准号", r"[A-Z]{2,}(?:/[A-Z])?\s?\d+(?:\.\d+)*(?:[-—]\d{4})?"),
    (
        "含数字的名称，如 A4、PM2.5",
        rf"(?<![A-Za-z])(?:PM(?:2\.5|10)|[A-Za-z]\d{{1,2}})(?![\d.]|\s*{_DATA_UNITS})",
    ),
    ("化学式的下标，如 CO₂", r"[A-Za-z][₀-₉]+"),
    ("级别和期次的罗马数字，如Ⅱ级、Ⅲ期", r"[Ⅰ-Ⅻ](?=[级期类型])"),
    ("年份区间", rf"{_YEAR}年?\s*[-—–～至]\s*{_YEAR}年(?:度)?"),
    ("年月日", rf"{_YEAR}年(?:度|\d{{1,2}}月(?:\d{{1,2}}日)?)?"),
    ("国际格式日期", rf"(?<!\d){_YEAR}-\d{{1,2}}-\d{{1,2}}(?!\d)"),
    (
        "月日",
        r"(?<![\d.])(?:\d{1,2}月?[—～至-])?\d{1,2}月(?:\d{1,2}日)?(?:[—～至]\d{1,2}(?:日|月(?:\d{1,2}日)?))?",
    ),
    ("几点几分", r"(?<![\d:])\d{1,2}:\d{2}(?![\d:])"),
    ("年代", r"\d{1,2}世纪(?:\d{1,2}年代)?"),
    ("条款与届次", r"第\d+(?:条|款|项|章|节|届|号)"),
    (
        "年龄段的界限，如35岁及以下、36至45岁；平均年龄之类不算",
        r"(?<![\d.])(?:\d{1,2}岁及?以[上下]|\d{1,2}[至—～]\d{1,2}岁)",
    ),
    (
        "段首与分号后的序号",
        r"(?:^|(?<=[。；：]))\s*(?:\d{1,2}[.．、](?!\d)|[（(]\d{1,2}[）)]|[①-⑳㈠-㈩])",
    ),
)
_ALLOWED_PATTERN = re.compile("|".join(f"(?:{pattern})" for _, pattern in _ALLOWED))
_NUMBER = re.compile(r"\d+(?:[.,，．]\d+)*\s*(?:[%％‰]|[万亿]?[\u4e00-\u9fff]?)")
# 五百九十八名, 两千名, 占九成; but not 第二十次, 千万个家庭, 万一个别, 千分之一, 三个方面, 一一分析
_SPELT = re.compile(
    r"(?<![第一二两三四五六七八九十百千万亿零〇])(?!万一)(?=[百千万亿零〇]*[一二两三四五六七八九十])"
    r"(?=[一二两三四五六七八九零〇]*[十百千万亿])"
    rf"[一二两三四五六七八九十百千万亿零〇]{{2,}}(?:[{_MEASURES[:-1]}]|分(?!之))"
    r"|(?<![第一二三四五六七八九十])(?:(?<=占)一|[二两三四五六七八九])成(?![为立员果绩就熟功长效本都型套])"
)


def untraced(text: str) -> list[tuple[int, int, str]]:
    """Digits in typed prose that look like data.

    Where they start and end, and the number with its unit.

    Give the typed words only; spans that print a fact are traced already. Put one character that is
    neither digit nor letter in place of each such span, so that its neighbours are not read
    together.
    """
    if "两" not in text and not any(
        map(str.isnumeric, text)
    ):  # 两 is no numeral to Unicode, 两成 is a share
        return []
    masked = _ALLOWED_PATTERN.sub(lambda match: "\0" * len(match[0]), text)
    numerals = [
        (each.start(), each[0].rstrip())
        for each in (*_NUMBER.finditer(masked), *_SPELT.finditer(masked))
    ]
    numerals += [
        (at, character) for at, character in enumerate(masked) if _is_other_numeral(character)
    ]
    return sorted((start, start + len(word), word) for start, word in numerals)


def _is_other_numeral(character: str) -> bool:
    """½, ①, Ⅻ: numerals that are neither 0–9 nor words; m² and m³ are units."""
    word = "\u4e00" <= character <= "\u9fff" or character == "〇"
    return (
        character.isnumeric() and not character.isdecimal() and not word and character not in "²³"
    )


def has_digits(text: str) -> bool:
    """True if any character is a digit of any script (full-width, superscript, circled).

    一二三 are words.
    """
    return any(map(str.isdigit, text))

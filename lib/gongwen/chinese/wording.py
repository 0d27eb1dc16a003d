"""Exact numbers -> the set phrases of official prose: 万/亿, 增长/下降/持平, 甲、乙和丙."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import chain

from gongwen.chinese.numbers.digits import decimal_text, rounded, shortest

_PAIR = 2
SCALES = {"万": 10**4, "亿": 10**8}


def scaled(value: int | Decimal, scale: str, unit: str = "", places: int = 2) -> str:
    """12345678 元 in 万 is 1234.57万元; trailing zeros go."""
    amount = shortest(rounded(Decimal(value) / SCALES[scale], places))
    return f"{decimal_text(amount)}{scale}{unit}"


def growth(percent: int | Decimal, places: int | None = 1) -> str:
    """增长5.2%, 下降5.2%, or 持平 when the change is 0 at the places shown."""
    return _moved(percent, places, ("增长", "下降"), "%")


def points_moved(points: int | Decimal, places: int | None = 1) -> str:
    """提高2.1个百分点, 下降2.1个百分点, or 持平."""
    return _moved(points, places, ("提高", "下降"), "个百分点")


def difference(amount: int | Decimal, unit: str = "", places: int | None = None) -> str:
    """增加5名, 减少5名, or 持平."""
    return _moved(amount, places, ("增加", "减少"), unit)


def _moved(amount: int | Decimal, places: int | None, words: tuple[str, str], unit: str) -> str:
    size = abs(Decimal(amount))
    if not (size if places is None else rounded(size, places)):
        return "持平"
    return f"{words[amount < 0]}{decimal_text(size, places, percent=unit == '%')}{unit}"


def compared(with_what: str, movement: str) -> str:
    """较上年增长5.2%, 同比下降3%; when nothing moved 与上年持平, 与上年同期持平."""
    if movement == "持平":
        return "与上年同期持平" if with_what == "同比" else f"与{with_what.removeprefix('较')}持平"
    return f"{with_what}{movement}"


def enumerate_words(words: Sequence[str]) -> str:
    """甲、乙和丙.

    Quoted words and book titles stand side by side without 、 (GB/T 15834-2011 4.5.3.5).
    """
    return "".join(chain.from_iterable(zip(joints(words), words, strict=True)))


def joints(words: Sequence[str], *, open_end: bool = False) -> tuple[str, ...]:
    """What stands before each word of an enumeration: nothing, 、 or, before the last, 和.

    No 和 where the enumeration goes on (等), nor where one of its words has a 和 of its own.
    """
    plain = open_end or any("和" in word for word in words)

    def joint(position: int) -> str:
        if position == 0:
            return ""
        if position == len(words) - 1 and not plain:
            return "和"
        pair = words[position - 1][-1:] + words[position][:1]
        return "" if pair in ("”“", "》《") else "、"

    return tuple(joint(position) for position in range(len(words)))


def closed(words: str) -> str:
    """The words as a sentence: closed by a full stop, whatever half-stop or none a cell ends with."""
    bare = words.rstrip()
    if not bare or bare.rstrip("”’」』）)》").endswith(("。", "！", "？", "…", "!", "?")):
        return bare
    return f"{bare.rstrip('，、；：,;:.')}。"


def quoted(words: str) -> str:
    """“words”, once: quotation marks around them are not doubled, those inside become ‘ ’."""
    return _wrapped(words, "“”", "‘’")


def titled(words: str) -> str:
    """《words》, once: 《》 around them are not doubled, those inside become 〈〉."""
    return _wrapped(words, "《》", "〈〉")


def _wrapped(words: str, outer: str, inner: str) -> str:
    bare = words.strip()
    if bare[:1] == outer[0] and bare.find(outer[1]) == len(bare) - 1:
        bare = bare[1:-1]
    return f"{outer[0]}{bare.translate(str.maketrans(outer, inner))}{outer[1]}"


def folded_months(numbers: Iterable[int]) -> str:
    """1至11月 of eleven months in a row; 1至3月、5月 of others; two neighbours stay 1月、2月."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return "、".join(map(_months, runs))


def _months(run: Sequence[int]) -> str:
    if len(run) > _PAIR:
        return f"{run[0]}至{run[-1]}月"
    return "、".join(f"{month}月" for month in run)

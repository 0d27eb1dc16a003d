"""Exact numbers -> words that round them and stay true: 近600名, 超过500名, 近三分之一, 降至3起."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from gongwen.chinese.numbers.bounds import ABOUT, ABOVE, NEARLY
from gongwen.chinese.numbers.digits import decimal_text, shortest
from gongwen.chinese.numbers.numerals import chinese

TENTHS = 10
_SCALES = {"万": 10**4, "亿": 10**8}
AFTER = ("余", "多", "以上", "左右", "上下")  # words that stand behind the number
_SAME = Decimal(1)  # points by which 三分之一 may be off
_ROUGHLY = Decimal(3)  # and 约三分之一
_NEAR = Decimal(5)  # and 近三分之一
_HUNDRED = Decimal(100)
_HALVES = 2
RISING = (
    "升至", "增至", "升到", "增到", "增加到", "增加至", "增长到", "增长至", "提高到", "提高至", "提升到", "提升至",
    "上升到", "上升至", "扩大到", "扩大至", "发展到", "扩展到", "壮大到",
)  # fmt: skip
FALLING = (
    "降至", "减至", "降到", "减到", "下降到", "下降至", "减少到", "减少至", "缩短到", "缩短至", "压缩到", "压缩至",
    "压减到", "压减至", "降低到", "降低至", "缩减到", "缩减至",
)  # fmt: skip


def approximate(value: int | Decimal, step: int | Decimal, unit: str = "") -> str:
    """The nearest multiple of `step`, worded so that it stays true.

    近600名 (<600), 600余名 (>600), 600名 (exact).

    余 stands between number and unit; before % it is 超过60%.
    """
    near = _multiple(value, step, ROUND_HALF_UP)
    shown, scaled_unit = _round_number(near, unit)
    if near == value:
        return f"{shown}{scaled_unit}"
    if value < near:
        return f"近{shown}{scaled_unit}"
    return (
        f"超过{shown}{scaled_unit}"
        if unit in ("%", "‰") or "." in shown
        else f"{shown}余{scaled_unit}"
    )


def roughly(value: int | Decimal, step: int | Decimal, unit: str = "", word: str = "约") -> str:
    """约600名 for anything that rounds to it, 600名 where it is exact."""
    near = _multiple(value, step, ROUND_HALF_UP)
    if near == value:
        return f"{decimal_text(near)}{unit}"
    return _beside(decimal_text(near), unit, word)


def above(value: int | Decimal, step: int | Decimal, unit: str = "", word: str = "超过") -> str:
    """The multiple of `step` below: 超过500名, 500余名, 500名以上; 500名 where it is exact."""
    low = _multiple(value, step, ROUND_FLOOR)
    shown, scaled_unit = _round_number(low, unit)
    if low == value and word != "以上":
        return f"{shown}{scaled_unit}"
    return _beside(shown, scaled_unit, word)


def below(value: int | Decimal, step: int | Decimal, unit: str = "", word: str = "不足") -> str:
    """The multiple of `step` above: 不足600名; 600名 where it is exact."""
    high = _multiple(value, step, ROUND_CEILING)
    shown, scaled_unit = _round_number(high, unit)
    return f"{'' if high == value else word}{shown}{scaled_unit}"


def fraction(percent: int | Decimal, parts: int, word: str = "", *, tenths: bool = False) -> str:
    """A percentage in thirds, halves, tenths: 三分之一, 近三分之一, 约三分之一, 超过三分之一, 一半, 八成以上.

    `word` is kept as long as it is true; else it is 近, 超过 or 不到, whichever is. Raises ValueError where there is no
    such fraction.
    """
    if not 0 < percent <= _HUNDRED or parts < _HALVES:
        raise ValueError(f"{decimal_text(percent)}% 没有几分之几的说法")
    size = _HUNDRED / parts
    near = _multiple_or_nought(percent, size, ROUND_HALF_UP)
    low = _multiple_or_nought(percent, size, ROUND_FLOOR)
    name = _name_of(near, size, parts, tenths=tenths)
    off = percent - near
    if word == "以上" and low:
        return f"{_name_of(low, size, parts, tenths=tenths)}以上"
    if near and word in ABOUT and abs(off) <= _ROUGHLY:
        return f"{name}{word}" if word in AFTER else f"{word}{name}"
    if near and not word and abs(off) <= _SAME:
        return name
    if near and -_NEAR <= off <= 0:
        exact = not off or word in ABOVE
        return name if exact and abs(off) <= _SAME else f"{word if word in NEARLY else '近'}{name}"
    if low:
        return f"{word if word in ABOVE else '超过'}{_name_of(low, size, parts, tenths=tenths)}"
    return f"不到{_name_of(size, size, parts, tenths=tenths)}"


def moved(before: int | Decimal, now: int | Decimal, verb: str) -> str:
    """The verb of 由……升至……: hers while it goes that way, else 升至 or 降至; empty where nothing moved."""
    if now == before:
        return ""
    way = RISING if now > before else FALLING
    return verb if verb in way else way[0]


def _multiple(value: int | Decimal, step: int | Decimal, how: str) -> Decimal:
    if step <= 0:
        raise ValueError("近似的单位要大于 0")
    rounded = _multiple_or_nought(value, Decimal(step), how)
    if rounded <= 0:
        shown = decimal_text(value)
        raise ValueError(f"{shown} 不到 {decimal_text(Decimal(step))} 的一半，没有近似说法")
    return rounded


def _multiple_or_nought(value: int | Decimal, step: Decimal, how: str) -> Decimal:
    return (Decimal(value) / step).quantize(Decimal(1), rounding=how) * step


def _name_of(value: Decimal, size: Decimal, parts: int, *, tenths: bool) -> str:
    """三分之一, 一半, 八成; the whole is 全部."""
    count = int((value / size).to_integral_value())
    if count == parts:
        return "全部"
    if tenths:
        return f"{chinese(count)}成"
    return "一半" if parts == _HALVES else f"{chinese(parts)}分之{chinese(count)}"


def _beside(shown: str, unit: str, word: str) -> str:
    if word in ("余", "多"):
        return f"{shown}{word}{unit}"
    return f"{shown}{unit}{word}" if word in AFTER else f"{word}{shown}{unit}"


def _round_number(number: Decimal, unit: str) -> tuple[str, str]:
    """3万 of 30000; of 万元 亿元 where there are that many."""
    own = unit[:1] if unit[:1] in _SCALES and len(unit) > 1 else ""
    amount = number * _SCALES.get(own, 1)
    for scale in ("亿", "万"):
        size = _SCALES[scale]
        whole = amount % size == 0 or bool(own)
        if amount >= size and whole:
            return f"{decimal_text(shortest(amount / size))}{scale}", unit[1:] if own else unit
    return decimal_text(shortest(number)), unit

"""How a number was written -> the expression that prints its figure in the same way."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from gongwen.chinese.numbers.bounds import ABOVE, BELOW, ODD
from gongwen.chinese.numbers.digits import decimal_text
from gongwen.chinese.numbers.numerals import chinese, from_chinese
from gongwen.chinese.numbers.quantity import PERCENT, Quantity
from zhibi.data.figures.offers import Offer
from zhibi.report.old_report.binding.agreement import last_place
from zhibi.report.old_report.binding.naming import FigureNames

KEPT = ("约", "大约", "大概", "左右", "上下")
NEAR = ("近", "将近", "接近", "余", "多")
_SHARE_PLACES = 1
_PARTS = re.compile(r"([一二两三四五六七八九十]{1,3})分之")


class PrintedNumber:
    """One number and the figure it became."""

    def __init__(self, quantity: Quantity, offer: Offer, ledger: FigureNames) -> None:
        self.quantity, self.offer, self.ledger = quantity, offer, ledger
        self.text = quantity.text

    def words(self, growth: re.Match[str] | None) -> str | None:
        """The expression; None where there is none that prints the same."""
        hedge = self.quantity.hedge
        if growth:
            return self._growth(growth)
        if self.quantity.spelt:
            return self._fraction() if self.quantity.unit == PERCENT else self._spelt()
        if hedge and not (hedge in KEPT and self._is_exact):
            return self._rounded(hedge)
        return self._plain()

    def _plain(self) -> str:
        if self.quantity.unit == PERCENT:
            return self._percent()
        if self._scale and not self.text.rstrip("元").endswith("万亿"):
            return self._scaled(self._scale)
        return self._around(f"【{self._name(places=self._places)}】")

    @property
    def _scale(self) -> str:
        return next((each for each in ("亿", "万") if each in self.text), "")

    def _rounded(self, hedge: str) -> str | None:
        """近, 余, 约, 超过, 不足 with the step that the number shows."""
        if hedge in KEPT and (self._scale or self.quantity.unit == PERCENT):
            return self._scaled(self._scale) if self._scale else self._percent()
        step = self._own_step
        how = self._how(hedge, step) if step else ""
        if not how:
            return None
        return f"【{self._name(unit=self.offer.fact.unit or self.quantity.unit)}|{how}】"

    def _how(self, hedge: str, step: str) -> str:
        """The filter that rounds as she did; empty where there is none."""
        if hedge in ODD and (self._beyond or hedge != ODD[0]):
            return f'超过({step}, "{hedge}")'
        if hedge in (NEAR[0], ODD[0]):
            return f"近似({step})"
        for words, name in ((KEPT, "约"), (ABOVE, "超过"), (BELOW, "不足")):
            if hedge in words:
                return f"{name}({step})" if hedge == words[0] else f'{name}({step}, "{hedge}")'
        return ""

    @property
    def _own_step(self) -> str | None:
        """The step in the unit of the figure, as it is written in an expression."""
        own = {"万": 10**4, "亿": 10**8}.get(self.offer.fact.unit[:1], 1)
        step = last_place(self.quantity) / (own if len(self.offer.fact.unit) > 1 else 1)
        if step.denominator == 1:
            return str(step.numerator) if step > 1 or self.quantity.unit == PERCENT else None
        return None

    @property
    def _beyond(self) -> bool:
        """True if the number is not the nearest of its kind: 500余 of 598."""
        over = Fraction(str(self.offer.fact.value)) - self.quantity.value
        return over * 2 >= last_place(self.quantity)

    def _fraction(self) -> str | None:
        """三分之一, 一半, 八成 with the word beside it."""
        hedge = self.quantity.hedge
        name = self._name(places=_SHARE_PLACES, unit=PERCENT)
        if "成" in self.text:
            return f'【{name}|几成("{hedge}")】' if hedge else f"【{name}|几成】"
        parts = 2 if self.text.endswith(("一半", "半数")) else _parts(self.text)
        if not parts:
            return None
        word = f', "{hedge}"' if hedge else ""
        return f"【{name}|几分之几({parts}{word})】"

    @property
    def _is_exact(self) -> bool:
        return Fraction(str(self.offer.fact.value)) == self.quantity.value

    @property
    def _decimals(self) -> int:
        match = re.search(r"\.(\d+)", self.text)
        return len(match[1]) if match else 0

    @property
    def _places(self) -> int | None:
        value = self.offer.fact.value
        assert isinstance(value, int | Decimal)
        plain = decimal_text(value, self.offer.fact.places)
        return None if plain in self.text.replace(",", "") else self._decimals

    def _name(self, places: int | None = None, unit: str = "") -> str:
        own = unit or self.quantity.unit
        return self.ledger.name(self.offer, own, places)

    def _around(self, printed: str) -> str:
        """With 约 or 左右 where she wrote it."""
        hedge = self.quantity.hedge
        if hedge not in KEPT:
            return printed
        return f"{hedge}{printed}" if self.text.startswith(hedge) else f"{printed}{hedge}"

    def _scaled(self, scale: str) -> str:
        own = self.offer.fact.unit
        if own == f"{scale}{self.quantity.unit}":
            return self._around(f"【{self._name(places=self._places, unit=own)}】")
        unit = own if own[:1] in ("万", "亿") else self.quantity.unit
        return self._around(f"【{self._name(unit=unit)}|{scale}({self._decimals})】")

    def _spelt(self) -> str | None:
        value = self.offer.fact.value
        if isinstance(value, int) and f"{chinese(value)}{self.quantity.unit}" == self.text:
            return f"【{self._name()}|中文数】{self.quantity.unit}"
        return None

    def _percent(self) -> str:
        return self._around(f"【{self._name(places=self._decimals, unit=PERCENT)}】")

    def _growth(self, growth: re.Match[str]) -> str:
        name = self._name(places=self._decimals, unit=PERCENT)
        against = growth["against"] or ""
        how = {"同比": "同比", "较上年": "较上年", "较年初": "较年初"}.get(against, "增减")
        return f"【{name}|{how}】"


def _parts(text: str) -> int:
    """3 of 近三分之一; 0 where it is none that is told in such parts."""
    match = _PARTS.search(text)
    try:
        return from_chinese(match[1].replace("两", "二")) if match else 0
    except ValueError:
        return 0

"""How a number was written -> the expression that prints its figure in the same way."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from gongwen.chinese.numbers.digits import decimal_text
from gongwen.chinese.numbers.numerals import chinese
from gongwen.chinese.numbers.quantity import PERCENT, Quantity
from zhibi.data.figures.offers import Offer
from zhibi.report.old_report.naming import Ledger

KEPT = ("约", "大约", "大概", "左右", "上下")
NEAR = ("近", "将近", "接近", "余", "多")


class Written:
    """One number and the figure it became."""

    def __init__(self, quantity: Quantity, offer: Offer, ledger: Ledger) -> None:
        self.quantity, self.offer, self.ledger = quantity, offer, ledger
        self.text = quantity.text

    def words(self, growth: re.Match[str] | None) -> str | None:
        """The expression; None where there is none that prints the same."""
        if growth:
            return self._growth(growth)
        if self.quantity.unit == PERCENT:
            return self._percent()
        if self.quantity.spelt:
            return self._spelt()
        hedge = self.quantity.hedge
        scale = next((each for each in ("亿", "万") if each in self.text), "")
        if scale and not self.text.rstrip("元").endswith("万亿"):
            return self._scaled(scale)
        if hedge in NEAR or (hedge in KEPT and not self._is_exact):
            step = self._step
            how = "近似" if hedge in NEAR else "约"
            return f"【{self._name()}|{how}({step})】" if step > 1 else None
        return self._around(f"【{self._name(places=self._places)}】")

    @property
    def _is_exact(self) -> bool:
        return Fraction(str(self.offer.fact.value)) == self.quantity.value

    @property
    def _step(self) -> int:
        """One unit of the last digit that is not nought: 100 in 600."""
        digits = str(int(self.quantity.value))
        return int(10 ** (len(digits) - len(digits.rstrip("0"))))

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

    def _scaled(self, scale: str) -> str | None:
        own = self.offer.fact.unit
        if own == f"{scale}{self.quantity.unit}":
            return self._around(f"【{self._name(places=self._places, unit=own)}】")
        unit = own if own[:1] in ("万", "亿") else self.quantity.unit
        if self.quantity.hedge in NEAR:
            return None
        return self._around(f"【{self._name(unit=unit)}|{scale}({self._decimals})】")

    def _spelt(self) -> str | None:
        value = self.offer.fact.value
        if isinstance(value, int) and f"{chinese(value)}{self.quantity.unit}" == self.text:
            return f"【{self._name()}|中文数】{self.quantity.unit}"
        return None

    def _percent(self) -> str | None:
        if self.quantity.spelt:
            return None
        if self.quantity.hedge in NEAR:
            return None
        return self._around(f"【{self._name(places=self._decimals, unit=PERCENT)}】")

    def _growth(self, growth: re.Match[str]) -> str:
        name = self._name(places=self._decimals, unit=PERCENT)
        against = growth["against"] or ""
        how = {"同比": "同比", "较上年": "较上年", "较年初": "较年初"}.get(against, "增减")
        return f"【{name}|{how}】"

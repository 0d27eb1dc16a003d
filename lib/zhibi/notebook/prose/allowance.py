"""What a text makes and goes through while it is printed -> an end to it, before memory or patience is used up."""

from __future__ import annotations

from collections.abc import Sized
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.exceptions import SecurityError

_MOST = 5_000_000  # characters, members of lists and turns of loops for one text
_MOST_BITS = 4_096
_LONGEST_RANGE = 1000


class Allowance:
    """How much one text may still make; what goes beyond is refused in words."""

    def __init__(self) -> None:
        self._left = _MOST

    def spend(self, amount: int) -> None:
        """Take so much of it. Raises SecurityError where there is no more."""
        self._left -= amount
        if self._left < 0:
            raise SecurityError("正文里拼出的文字或循环太多，请在代码单元格里算好")

    def for_numbers(self, *factors: Any) -> None:
        """Refuse a product that no figure has. Raises SecurityError."""
        whole = [each for each in factors if isinstance(each, int)]
        if sum(each.bit_length() for each in whole) > _MOST_BITS:
            raise SecurityError("正文里算出的数太大")

    def gone_through(self, values: Any) -> Any:
        """The values of a loop, counted."""
        self.spend(1 + (len(values) if isinstance(values, Sized) else 0))
        return values


class Generator(CodeGenerator):
    """Jinja's compiler, with `~` sent through the environment, which counts what it makes."""

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # Jinja's name for it
        """Write the call."""
        self.write("environment.joined((")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")


def bounded_range(*limits: int) -> range:
    """`range` for loops of a text. Raises OverflowError for a long one."""
    numbers = range(*limits)
    if len(numbers) > _LONGEST_RANGE:
        raise OverflowError
    return numbers

"""A column of a frame -> how many rows say something, and their share of the rows that say anything at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from gongwen.facts.arithmetic import share
from gongwen.facts.value import Fact
from zhibi.data.figures.measure import count, count_where
from zhibi.notebook.prose.phrases import named, proportion
from zhibi.notebook.prose.spans import PrintedPart, Said


@dataclass(frozen=True)
class Portion:
    """A count, its share of those who reported, and the word that says which base that is.

    Where nobody reported, 数 is missing. 【女】 prints the whole of it: 女党员197名，占32.9%. 口径
    is 占, or 占填报数的 where some are blank.
    """

    数: Fact
    占比: Fact
    口径: str

    def in_prose(self) -> Said:
        """女党员197名，占32.9%, and what is said instead for nought, one, all and 未填报."""
        return proportion(self.数, self.占比, self.口径)


@dataclass(frozen=True)
class Membership:
    """Full and probationary members of a register, as the first words about who they are."""

    正式: Fact
    预备: Fact

    def in_prose(self) -> Said:
        """其中正式党员8名、预备党员1名; 均为正式党员 where nobody is on probation."""
        if self.预备.value == 0:
            return Said((PrintedPart("均为正式党员", self.正式),), nothing=self.正式.value == 0)
        return Said(
            (PrintedPart("其中"), *named({"正式党员": self.正式, "预备党员": self.预备}).parts)
        )


@dataclass(frozen=True)
class Kind:
    """What is counted: the words for one of them, the classifier, and the day."""

    label: str
    unit: str
    as_of: date


def portion(
    frame: pd.DataFrame, column: str, wanted: Any | Callable[[Any], bool], kind: Kind
) -> Portion:
    """Rows whose column has the value wanted (one, several, or a function), out of the rows where it is filled."""
    number = count_where(frame, column, wanted, kind.label, kind.unit, as_of=kind.as_of)
    filled = frame[frame[column].notna()]
    base = count(filled, f"填报{column}的总数", kind.unit, as_of=kind.as_of)
    return Portion(
        number, share(number, base, f"{kind.label}占比"), "占填报数的" if number.gaps else "占"
    )

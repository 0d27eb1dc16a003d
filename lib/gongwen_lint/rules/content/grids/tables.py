"""K29: totals in tables recomputed; numbers that a sentence takes from a table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import product

from gongwen.findings import Level
from gongwen_lint.manuscript.manuscript import Manuscript
from gongwen_lint.rules.content.grids import totals
from gongwen_lint.rules.content.grids.formulas import unlike_its_column
from gongwen_lint.rules.content.grids.grid import Grid, grids
from gongwen_lint.rules.content.sentences import sentences
from gongwen_lint.rules.context import CheckContext
from gongwen_lint.rules.rule import Rule, Violation

_SCALES = (1, 10**4, 10**8)  # a table in 万元 or 亿元
_SEE = re.compile(r"见(附?表\d{1,2})")


def table_totals(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """K29：表中的合计等于各行之和，正文引用表中的数与表一致。

    好：合计一行等于各行相加    差：合计 612，各行相加是 614
    """
    del against
    known = grids(manuscript)
    rounded = "四舍五入" in manuscript.whole
    for grid in known:
        yield from totals.columns(grid, rounded=rounded)
        yield from totals.across(grid)
        yield from totals.subtotals(grid)
        yield from totals.kinds(grid)
        yield from unlike_its_column(grid)
    yield from _quoted(manuscript, known)


def _quoted(manuscript: Manuscript, known: Sequence[Grid]) -> Iterator[Violation]:
    """A sentence that says 见表1 and names a row: its number is one of that row's."""
    by_caption = {grid.caption: grid for grid in known if grid.caption}
    for sentence in sentences(manuscript):
        match = _SEE.search(sentence.text)
        grid = by_caption.get(match[1]) if match else None
        if grid is None:
            continue
        names = {
            grid.text(row, 1): row for row in range(2, grid.rows + 1) if len(grid.text(row, 1)) > 1
        }
        for quantity in sentence.quantities:
            label = re.sub(
                r"^(?:其中|和|有|共有)|(?:的|有|为|共|共有)$", "", sentence.before(quantity)
            )
            row = names.get(label)
            if row is None or not quantity.plain or sentence.text[quantity.end :].startswith("（"):
                continue
            scaled = [value * scale for value, scale in product(grid.numbers(row), _SCALES)]
            if scaled and all(abs(each - quantity.value) > quantity.step / 2 for each in scaled):
                message = f"{grid.caption}“{label}”一行没有这个数"
                yield sentence.hit(
                    quantity.start, quantity.end, message, "请与表核对。", Level.WARNING
                )


RULES = (Rule("K29", "表与文、表内合计不符", "内容", Level.ERROR, "算术", table_totals),)

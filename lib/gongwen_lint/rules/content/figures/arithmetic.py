"""K18, K19: the arithmetic of a paragraph, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from gongwen.chinese.numbers.quantity import Quantity
from gongwen.findings import Level
from gongwen_lint.manuscript.manuscript import Manuscript
from gongwen_lint.rules.content.figures import sums
from gongwen_lint.rules.content.figures.changes import before, growth
from gongwen_lint.rules.content.figures.changes.beside import (
    amounts_beside,
    apart_from_limit,
    changes_beside,
    points_apart,
    points_beside,
)
from gongwen_lint.rules.content.figures.kinds import REACH
from gongwen_lint.rules.content.figures.rates import ratios, shares
from gongwen_lint.rules.content.figures.rates.near_rates import explained, near_rates, shares_fit
from gongwen_lint.rules.content.reading.bases import found_in
from gongwen_lint.rules.content.reading.rates import counts
from gongwen_lint.rules.content.sentences import Sentence, of, paragraphs, sentences
from gongwen_lint.rules.context import CheckContext
from gongwen_lint.rules.rule import Rule, Violation

_REACH = 4  # sentences of a paragraph that may tell of what a rate is


def percentages(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """K19：比例、增长率、平均数与所依据的数相符（按文中写出的位数四舍五入）。

    好：职工612名，其中35岁及以下159名，占26.0%    差：由26项压减到14项，下降53.8%
    """
    del against
    earlier: list[Quantity] = []
    everywhere = _amounts(manuscript)
    for para, words in paragraphs(manuscript):
        spoken = [sentence for sentence in of(para, words) if sentence.quantities]
        here = list(chain.from_iterable(sentence.quantities for sentence in spoken))
        told = list(chain.from_iterable(map(found_in, spoken)))
        said = list(shares.shares(told, here, earlier))
        for place, sentence in enumerate(spoken):
            ahead = spoken[max(0, place - _REACH) : place]
            said += list(shares.rates(sentence)) or shares.named_rates(sentence, ahead)
        yield from said
        for place, sentence in enumerate(spoken):
            yield from _beside(near_rates(spoken, place, everywhere), said)
            sums_of_shares = list(shares.whole(sentence)) or list(shares.in_turn(sentence))
            sums_of_shares = sums_of_shares or list(shares.over_hundred(sentence))
            yield from (each for each in sums_of_shares if not shares_fit(sentence, each))
            yield from shares.means(sentence)
            changed = _unexplained(sentence, growth.changes(sentence))
            told_before = spoken[place - 1] if place else None
            changed = changed or _unexplained(sentence, before.changes(sentence, told_before))
            yield from changed
            yield from _beside(changes_beside(sentence), changed)
            yield from _beside(amounts_beside(sentence), changed)
            yield from _beside(points_apart(sentence), changed)
            yield from _beside(apart_from_limit(sentence), changed)
            yield from sums.so_much_each(sentence)
            yield from sums.rates_of_which(sentence)
            yield from sums.shares_in_turn(sentence)
            yield from sums.debts(sentence)
            yield from sums.proportions(sentence)
            yield from ratios.ratios(sentence)
            yield from ratios.shares_of_kind(sentence)
            yield from ratios.so_much_each(sentence)
            yield from ratios.complements(sentence)
            yield from ratios.net(sentence)
        earlier = [*earlier, *here][-REACH:]


def _unexplained(sentence: Sentence, found: Iterable[Violation]) -> list[Violation]:
    """Those whose rate no other two numbers of the sentence make."""
    return [each for each in found if not explained(sentence, each)]


def _amounts(manuscript: Manuscript) -> list[Quantity]:
    """Every amount of the text; one of each value and unit."""
    told = chain.from_iterable(sentence.quantities for sentence in sentences(manuscript))
    return list({(each.value, each.thing): each for each in told if counts(each)}.values())


def _beside(found: Iterable[Violation], said: Sequence[Violation]) -> Iterator[Violation]:
    """Those that speak of no place that was spoken of."""
    for each in found:
        if not any(_meet(each, other) for other in said):
            yield each


def _meet(one: Violation, other: Violation) -> bool:
    """True if two findings of a paragraph have a character in common."""
    return one.start < other.end and other.start < one.end


def percent_or_points(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """K18：两个百分数相减，差是“个百分点”，不是“%”；数量的增减是“%”，不是“个百分点”。

    好：由61.4%提高到83.9%，提高22.5个百分点    差：由61.4%提高到83.9%，提高22.5%
    """
    del against
    earlier: Sentence | None = None
    for sentence in sentences(manuscript):
        points = list(growth.points_as_percent(sentence))
        yield from points
        yield from _beside(points_beside(sentence), points)
        yield from growth.amount_in_points(sentence)
        beside = earlier if earlier and earlier.para is sentence.para else None
        yield from before.points(sentence, beside)
        earlier = sentence


RULES = (
    Rule("K18", "百分点写作百分之", "内容", Level.ERROR, "算术", percent_or_points),
    Rule("K19", "比例、增长率与数不符", "内容", Level.ERROR, "算术", percentages),
)

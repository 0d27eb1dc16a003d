"""What was found in one file -> what is told first: one group a cause, what would embarrass at the top, in 25 lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain, groupby

from gongwen.findings import Level
from gongwen_lint.runner import Diagnostic

LINES = 25  # of one document, its own line and the notes on its reading among them
_MOST = 10  # places of one cause
_LEVELS = list(Level)
# what would embarrass: numbers, names, dates, blanks, wrong words; then what a superior sends back; then how it looks
_EMBARRASSING = frozenset(
    "K01 K02 K03 K04 K05 K08 K09 K12 K13 K14 K15 K16 K18 K19 K20 K21 K29 K30 K31 K32 T05 T02 N15 N16 F04 F08 F09".split()  # noqa: SIM905
)
_SENT_BACK = frozenset("KTSF")
_WIDTHS = {"P01": "逗号", "P02": "句点", "P03": "冒号、分号等", "P04": "括号"}
_SYSTEMATIC = 6  # half-width marks from which they are a habit, not slips
# what has one cause however often it is met: from so many places on it is told once
_ONE_CAUSE = {
    "K01": (4, "像是没有填完的模板：{}处占位符没有填"),
    "K22": (3, "像是几份材料合在一起：一级标题{}次从头编号"),
    "S01": (4, "汉字序号后应为顿号：{}处；--fix 一次改好"),
    "S02": (4, "带括号的汉字序号写法不对：{}处；--fix 一次改好"),
    "S03": (4, "阿拉伯数字序号后应为下脚点：{}处；--fix 一次改好"),
    "S04": (4, "带括号的阿拉伯数字序号写法不对：{}处；--fix 一次改好"),
    "P33": (_SYSTEMATIC, "通篇在汉字与数字之间空格：{}处；--fix 一次改好"),
    "P05": (_SYSTEMATIC, "通篇用直引号：{}处；--fix=guarded 一次改好"),
    "P40": (4, "像是从 Markdown 粘来的：标记{}处；--fix=guarded 一次改好"),
}


@dataclass(frozen=True, slots=True)
class Cause:
    """Findings of one kind: the first of them speaks for all; `shown` are those with a line of their own."""

    title: str
    found: tuple[Diagnostic, ...]
    shown: tuple[Diagnostic, ...]

    @property
    def first(self) -> Diagnostic:
        """Code, level and basis of all of them."""
        return self.found[0]

    @property
    def hidden(self) -> int:
        """How many have no line."""
        return len(self.found) - len(self.shown)


def causes(found: Iterable[Diagnostic]) -> tuple[Cause, ...]:
    """Every cause with all its places, what would embarrass first."""
    ranked = sorted(found, key=_rank)
    groups = [tuple(group) for _, group in groupby(ranked, key=_rank)]
    return tuple(Cause(group[0].title, group, group) for group in groups)


def first_screen(found: Sequence[Diagnostic], used: int = 1) -> tuple[tuple[Cause, ...], int, int]:
    """The causes that fit beside `used` lines, and how many causes and places are left for --all."""
    known = [_told_once(each) for each in _merged(causes(found))]
    room = LINES - used
    if sum(_lines(each) for each in _trimmed(known, _MOST)) <= room:
        return tuple(_trimmed(known, _MOST)), 0, 0
    for most in (3, 2, 1):
        told = list(_trimmed(known, most))
        if sum(map(_lines, told)) <= room:
            return tuple(told), 0, 0
    fitting: list[Cause] = []
    for cause in _trimmed(known, 1):
        if sum(map(_lines, fitting)) + _lines(cause) > room - 1:  # one line for what is left
            break
        fitting.append(cause)
    left = known[len(fitting) :]
    return tuple(fitting), len(left), sum(len(each.found) for each in left)


def _rank(found: Diagnostic) -> tuple[int, int, str]:
    if found.code in _EMBARRASSING and found.level is not Level.NOTE:
        tier = 0
    elif found.code[0] in _SENT_BACK and found.level is not Level.NOTE:
        tier = 1
    else:
        tier = 2 if found.level is not Level.NOTE else 3
    return tier, _LEVELS.index(found.level), found.code


def _merged(known: Sequence[Cause]) -> tuple[Cause, ...]:
    """The same with half-width marks that are a habit told as one."""
    widths = [
        each for each in known if each.first.code in _WIDTHS and each.first.level is not Level.NOTE
    ]
    if sum(len(each.found) for each in widths) < _SYSTEMATIC:
        return tuple(known)
    every = tuple(chain.from_iterable(cause.found for cause in widths))
    counts = Counter(each.code for each in every)
    told = "、".join(f"{name}{counts[code]}处" for code, name in _WIDTHS.items() if counts[code])
    habit = Cause(f"通篇用半角标点：{told}；--fix 一次改好", every, every[:1])
    place = known.index(widths[0])
    return tuple(
        habit if at == place else each
        for at, each in enumerate(known)
        if at == place or each not in widths
    )


def _told_once(cause: Cause) -> Cause:
    """A cause of many places as one line with their number."""
    least, title = _ONE_CAUSE.get(cause.first.code, (0, ""))
    if not title or cause.first.level is Level.NOTE or len(cause.found) < least:
        return cause
    return Cause(title.format(len(cause.found)), cause.found, cause.found[:1])


def _trimmed(known: Iterable[Cause], most: int) -> Iterable[Cause]:
    return (
        replace(each, shown=each.found[: 1 if len(each.shown) < len(each.found) else most])
        for each in known
    )


def _lines(cause: Cause) -> int:
    """Its head, its places, and the line that tells how many are hidden."""
    return 1 + len(cause.shown) + (cause.hidden > 0)

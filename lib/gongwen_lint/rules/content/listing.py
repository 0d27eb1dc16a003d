"""Words after or before a declared number -> how many things they list, up to the real end of the list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, product

from gongwen.chinese.numbers.numerals import from_chinese
from gongwen_lint.manuscript.manuscript import Para
from gongwen_lint.rules.rule import Violation

NUMERAL = r"[二两三四五六七八九十]{1,3}|(?<![\d.])\d{1,2}(?![\d.%％])"
_INSIDE = re.compile(r"“[^”]*”|《[^》]*》|（[^（）]*）")
_QUOTED = re.compile(r"“([^“”]*、[^“”]*)”")
_GIVES = re.compile(r"^[^，。；、：]{0,12}(?:包括|为|有|是|即|：)")
_AND = re.compile(r"和|及|与|以及")
_ITEM = r"[^，。；：、“”（）\d等]{2,14}"
_GLOSSED = rf"{_ITEM}(?:（[^（）；。]{{1,40}}）)?"  # 终末期肾病（尿毒症）
_SO_MANY = re.compile(
    rf"(?P<items>(?:{_GLOSSED}、){{1,9}}{_GLOSSED})等 ?(?P<number>{NUMERAL}) ?(?=[个家项名类种条所位大支](?!以上|以下)|部门|单位|乡镇|地)"
)
_COUNTED = re.compile(
    rf"(?P<items>(?:(?<=[，。；：])|(?<=包括|涵盖|涉及|围绕|聚焦|突出|分为)|^)(?:{_ITEM}、){{1,9}}{_ITEM}?)(?P<number>[两三四五六七八九])(?:个|大|项)"
    r"(?=部门|单位|乡镇|镇|村|社区|阶段|环节|方面|领域|重点|产业|板块|维度|层面|片区|行业|专项|步骤|要素)"
)
_FEW, _LONGEST = 3, 24
_HINT = "请补齐或改正数目。"


def value(numeral: str) -> int:
    """三 and 3 as a number."""
    return int(numeral) if numeral.isdigit() else from_chinese(numeral.replace("两", "二"))


def counts(listed: str, rest: str = "") -> set[int]:
    """How many things the words may list; empty where they are no clear list. `rest` is what follows the first ；."""
    found = _counts(listed)
    if found:
        found = found.union(*(_counts(match[1]) for match in _QUOTED.finditer(listed)))
    stretches = [each for each in re.split(r"[；;]", listed + rest) if each.strip()]
    if len(stretches) > 1 and found:
        return _over_stretches(stretches)
    return found


def _over_stretches(stretches: Sequence[str]) -> set[int]:
    """Things listed in stretches between semicolons: so many stretches, or all that they name together."""
    each = [_counts(_GIVES.sub("", words)) or {1} for words in stretches]
    named = [_counts(words) or {1} for words in stretches]
    return {
        len(stretches),
        *(sum(map(pick, way)) for way, pick in product((each, named), (min, max))),
    }


def _counts(listed: str) -> set[int]:
    flat = _INSIDE.sub(lambda found: "文" * min(len(found[0]), 4), listed)
    head, *tail = re.split(r"[，,]", flat)
    if "、" in head:
        if any("、" in each for each in tail):
            return set()
        items = [each for each in head.split("、") if each]
        if not items:
            return set()
        halves = _AND.split(items[-1])
        if len(halves) == 1 or not all(halves):
            return _if_short(items)
        ending = items[0][-2:]
        sure = len(halves) == 2 and all(each.endswith(ending) for each in (*items[:-1], *halves))  # noqa: PLR2004  A和B
        return {len(items) + 1} if sure else {len(items), len(items) + 1}
    items = [each for each in re.split(r"[，,；;]", flat) if each.strip()]
    return _if_short(items) if len(items) > 2 and _parallel(items) else set()  # noqa: PLR2004  two clauses are a sentence


def _if_short(items: Sequence[str]) -> set[int]:
    return {len(items)} if all(len(item) <= _LONGEST for item in items) else set()


def _parallel(items: Sequence[str]) -> bool:
    """True if the clauses are made alike: a pair of characters in all of them, or nearly the same length."""
    lengths = [len(item) for item in items]
    pairs = [set(pairwise(item)) for item in items]
    return bool(set.intersection(*pairs)) or max(lengths) - min(lengths) <= 1


def so_many_listed(para: Para, words: str) -> Iterator[Violation]:
    """A、B、C等N个: never more than N, and not one fewer, which is a slip and no sample."""
    for match in _SO_MANY.finditer(words):
        if words[: match.start()].endswith(("、", "”")):
            continue  # the list began before: “春风行动”、招聘月、夜市招聘等5类
        found, declared = _named(match["items"]), value(match["number"])
        more = min(found) > declared
        one_short = max(found) == declared - 1 and min(found) >= _FEW
        if declared > 1 and (more or one_short):
            message = f"说的是{declared}个，列出的是{min(found) if more else max(found)}个"
            yield Violation(para.number, match.start(), match.end(), message, hint=_HINT)


def counted_behind(para: Para, words: str) -> Iterator[Violation]:
    """应急、住建、交通三个部门: as many as are counted behind them."""
    for match in _COUNTED.finditer(words):
        found, declared = _named(match["items"]), value(match["number"])
        if any(_AND.search(part) for part in match["items"].split("、")[:-1]):
            continue
        if declared not in found:
            message = f"说的是{declared}个，列出的是{max(found)}个"
            yield Violation(para.number, match.start(), match.end(), message, hint=_HINT)


def _named(items: str) -> set[int]:
    """How many names stand in A、B和C: two where 和 may be inside a name."""
    parts = _INSIDE.sub("", items).split("、")
    halves = [each for each in _AND.split(parts[-1]) if each]
    return {len(parts), len(parts) - 1 + len(halves)}

"""K16, K17: titles of regulations, and set phrases, against what the domain holds for certain."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from itertools import product

from rapidfuzz.distance import Levenshtein

from gongwen.chinese import offices
from gongwen.findings import Level
from gongwen_lint.manuscript.manuscript import Manuscript, Para
from gongwen_lint.reference_data import Phrasebook, Regulation
from gongwen_lint.rules.content.reference.dates import issued_on
from gongwen_lint.rules.context import CheckContext
from gongwen_lint.rules.prose.words.lexicon.tables import lexicon
from gongwen_lint.rules.rule import Rule, Violation

_TITLE = re.compile(r"《([^《》]{4,60})》")
_PREFIX = re.compile(rf"^(?:{offices.pattern('title_prefix')})")
_SUFFIX = re.compile(r"[（(〈](?:试行|暂行|修订|\d{4}年修订)[）)〉]|（试行|\s")
_OWN_NAME = re.compile(r"”[^。；]{0,16}，?(?:即|是指|指的是|包括)|”[：:]")
_KIND = re.compile(r"(?:法|条例|规定|办法|细则|准则|规则|意见|决定)$")
_INSERTED = 5
_FEWEST, _SHORT, _LONG = 4, 6, 11  # one character wrong from six on, two from eleven


@dataclass(frozen=True, slots=True)
class Titles:
    """The titles that are known, by what is left of them without prefix and suffix."""

    by_core: Mapping[str, Regulation]
    cores: tuple[str, ...]


@cache
def _published() -> tuple[Regulation, ...]:
    """The table of titles, each with the place it was read at."""
    text = (
        files("gongwen_lint.rules.content.reference").joinpath("regulations.tsv").read_text("utf-8")
    )
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return tuple(
        Regulation(title, date.fromisoformat(day) if day else None) for title, day, _ in rows
    )


@lru_cache(maxsize=8)
def _titles(lore: Phrasebook | None) -> Titles:
    known = (*_published(), *(lore.regulations if lore else ()))
    by_core = {_core(each.title): each for each in known}
    return Titles(by_core, tuple(core for core in by_core if len(core) >= _FEWEST))


def regulations(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """K16：引用的规定名称准确，引用时已经印发。

    只对照核实过名称的规定；开头的“中华人民共和国”等可以省，写了全称的不漏“（试行）”。

    好：《整治形式主义为基层减负若干规定》    差：《整治形式主义为基层减负的若干规定》
    """
    if "《" not in manuscript.whole:
        return
    known = _titles(against.lore)
    issued = issued_on(manuscript)
    for para in manuscript.paras:
        for match in _TITLE.finditer(para.text):
            yield from _cited(para, match, known, issued)


def _cited(
    para: Para, match: re.Match[str], known: Titles, issued: date | None
) -> Iterator[Violation]:
    bare = _core(match[1])
    same = known.by_core.get(bare)
    if same is None:
        near = next((core for core in known.cores if _slip(bare, core)), None)
        if near and not _names_a_place(match[1]):
            message = f"规范名称是《{known.by_core[near].title}》"
            yield Violation(
                para.number,
                match.start(),
                match.end(),
                message,
                hint="请核对名称。",
                level=Level.WARNING,
            )
        return
    if same.title.endswith("（试行）") and match[1] == same.title.removesuffix("（试行）"):
        message = f"规范名称是《{same.title}》，漏了“（试行）”"
        yield Violation(
            para.number,
            match.start(),
            match.end(),
            message,
            hint="请核对名称；已经正式印发的，请核对是哪一份。",
            level=Level.WARNING,
        )
    if same.issued and issued and issued < same.issued:
        day = same.issued
        message = f"成文时这份规定还没有印发（{day.year}年{day.month}月{day.day}日印发）"
        yield Violation(
            para.number, match.start(), match.end(), message, hint="请核对日期和所引规定。"
        )


def _names_a_place(title: str) -> bool:
    """A rule of a province or a county may differ from the state's by a word."""
    return bool(re.search(r"[省市县区]", title[:8]))


def _core(title: str) -> str:
    return _PREFIX.sub("", _SUFFIX.sub("", title))


def _slip(bare: str, core: str) -> bool:
    """True for a title a character or two off; a short form or a text about another has the whole in it."""
    if _KIND.search(bare) and _KIND.search(core) and _kind(bare) != _kind(core):
        return False  # a law and its rules
    if abs(len(bare) - len(core)) > 2 or bare in core or core in bare:  # noqa: PLR2004  two at most
        return False
    if _kind(core) in {"法", "条例"} and len(core) >= _INSERTED and _with_a_word_more(bare, core):
        return True
    if len(bare) == len(core) and _sounds_alike(bare, core):
        return True
    most = 2 if len(core) >= _LONG else 1 if len(core) >= _SHORT else 0
    return bool(most) and Levenshtein.distance(bare, core, score_cutoff=most) <= most


def _with_a_word_more(bare: str, core: str) -> bool:
    """True for 信访工作管理条例: a word put into the title."""
    kind = _kind(core)
    stem = core.removesuffix(kind)
    if len(bare) <= len(core) or bare[:2] != stem[:2]:
        return False
    words = offices.pattern("title_insert").split("|")
    places = range(2, len(stem) + 1)
    return any(bare == f"{stem[:at]}{word}{stem[at:]}{kind}" for word, at in product(words, places))


def _kind(title: str) -> str:
    match = _KIND.search(title)
    return match[0] if match else ""


def _sounds_alike(bare: str, core: str) -> bool:
    """True if one character is another that sounds the same: 水污染防制法."""
    apart = [(one, other) for one, other in zip(bare, core, strict=True) if one != other]
    if len(apart) != 1:
        return False
    one, other = (lexicon().sounds.get(sign, ()) for sign in apart[0])
    return not set(one).isdisjoint(other)


def formulas(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """K17：固定提法照原样写。

    好：“三会一课”    差：“三课一会”
    """
    if against.lore is None:
        return
    formulas = [
        each
        for each in against.lore.formulas
        if re.search(each.wrong, manuscript.whole, re.MULTILINE)
    ]
    if not formulas:
        return
    for para, words in zip(manuscript.paras, manuscript.words, strict=True):
        for formula in formulas:
            for match in re.finditer(formula.wrong, words):
                if _OWN_NAME.match(words, match.end()):
                    continue  # a name of their own, explained on the spot
                message = f"固定提法是“{formula.right}”"
                yield Violation(para.number, match.start(), match.end(), message, formula.right)


RULES = (
    Rule("K16", "规定的名称或时间有误", "内容", Level.WARNING, "所引规定", regulations),
    Rule("K17", "固定提法有误", "内容", Level.WARNING, "通行做法", formulas),
)

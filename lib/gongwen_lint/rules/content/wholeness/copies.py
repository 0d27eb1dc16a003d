"""K26, K10, K11: words said twice in one text, taken over from last year's, or shared with another branch's."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain

from rapidfuzz import fuzz, process

from gongwen.chinese import offices
from gongwen.findings import Level
from gongwen_lint.manuscript.manuscript import Manuscript, Para
from gongwen_lint.rules.content.sentences import Sentence, of, paragraphs
from gongwen_lint.rules.context import CheckContext
from gongwen_lint.rules.rule import Rule, Violation

_SENTENCE, _NEAR, _PARAGRAPH = 16, 30, 40  # characters below which sameness means nothing
_NO_SUBJECT = re.compile(r"目前|其中|截至|截止|已|共|累计|全年|今年|去年|自?\d{4}年|占|比")
_PIECE = re.compile(r"[^；。！？]+")
_ENDED = re.compile(r"[；。！？]")
_ALIKE = 92  # of 100: one or two words changed in a sentence of thirty characters
_SAID = frozenset({"body", "list_item", "quote"})  # notes under tables repeat by right
_SHINGLE = 5
_LATEST = 12  # sentences with the same piece
_REUSED = 0.8  # share of a paragraph's shingles that last year's has too (K10, K11)
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NAMES = re.compile(
    rf"[\u4e00-\u9fff]{{2,4}}(?:{offices.pattern('branch_names')}|有限公司|集团|公司|局|镇|乡|村|社区|街道)"
)
_ARTICLE = re.compile(r"^\s*第[一二三四五六七八九十百零\d]{1,5}条")
_LABELLED = re.compile(r"^\s*(?:[（(]?\d{1,2}[）).．]?)?[\u4e00-\u9fff]{2,8}[：:][^。]{0,60}。?$")
_NOTE = re.compile(r"^\s*(?:[\[［【(（]\d{1,3}[\]］】)）]|注\s*\d*[：:]|[*＊※])")
_HANZI = re.compile(r"[\u4e00-\u9fff]")
_FEW = 8  # Chinese characters
_SIGNED = re.compile(
    r"\s*[\u4e00-\u9fff（）]{0,10}(?:签字|签名|签章|盖章)"
)  # a form to be signed twice
_BLANKS = re.compile(r"[\s\u3000]")


class _Earlier:
    """The sentences so far, and by their pieces those that may differ from a new one by a word or two only.

    Of two sentences that are so much alike and say the same numbers, one has a piece of five characters that stands in the
    other; a piece that is met again and again leads to the latest sentences only, so that a long text takes as long a page.
    """

    def __init__(self) -> None:
        self.said: dict[str, Para] = {}
        self._by_numbers: dict[tuple[str, ...], dict[str, list[str]]] = {}

    def add(self, bare: str, para: Para) -> None:
        """A sentence that was read."""
        if bare in self.said:
            return
        self.said[bare] = para
        if len(bare) < _NEAR:
            return
        by_piece = self._by_numbers.setdefault(tuple(_NUMBER.findall(bare)), {})
        for start in range(0, len(bare) - _SHINGLE + 1, _SHINGLE):
            entries = by_piece.setdefault(bare[start : start + _SHINGLE], [])
            entries.append(bare)
            del entries[:-_LATEST]

    def alike(self, bare: str) -> tuple[str, ...]:
        """Earlier sentences of the same numbers that share a piece with this one."""
        by_piece = self._by_numbers.get(tuple(_NUMBER.findall(bare)), {})
        found: dict[str, None] = {}
        for start in range(len(bare) - _SHINGLE + 1):
            found |= dict.fromkeys(by_piece.get(bare[start : start + _SHINGLE], ()))
        return tuple(found)


def said_twice(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """K26：一句话、一段话不说两遍，题目不印两次。

    好：同样的意思说一遍    差：首尾两段一字不差
    """
    del against
    yield from _title_again(manuscript)
    whole: dict[str, Para] = {}
    earlier = _Earlier()
    articles = sum(bool(_ARTICLE.match(para.text)) for para in manuscript.paras) > 1
    for para, words in paragraphs(manuscript):
        form = words.lstrip().startswith("【待") or _to_be_signed(manuscript, para)
        if para.role not in _SAID or form or _repeats_by_right(words, articles=articles):
            continue
        bare = _bare(words)
        if len(bare) >= _SENTENCE and bare in whole:
            message = f"与{whole[bare].where or '前面'}一字不差"
            level = None if len(bare) >= _PARAGRAPH and "。" in bare else Level.WARNING
            yield Violation(
                para.number, 0, len(para.text), message, hint="请删去一处。", level=level
            )
            continue
        whole[bare] = para
        for sentence in () if articles else of(para, words):
            yield from _again(sentence, earlier)


def _to_be_signed(manuscript: Manuscript, para: Para) -> bool:
    """True for a declaration above 签字, which a form has for everybody who signs it."""
    following = manuscript.words[para.number] if para.number < len(manuscript.words) else ""
    return bool(_SIGNED.match(following))


def _repeats_by_right(words: str, *, articles: bool) -> bool:
    """True where sameness is the form: clauses of articles, 责任单位：…, notes, and text that is not Chinese."""
    if articles and not _ARTICLE.match(words):
        return True
    hanzi = len(_HANZI.findall(words))
    return bool(_LABELLED.match(words) or _NOTE.match(words)) or hanzi < max(
        _FEW, len(_bare(words)) // 3
    )


def _again(sentence: Sentence, earlier: _Earlier) -> Iterator[Violation]:
    """A sentence against those before it, to which it is added with what stands between its semicolons."""
    bare = _bare(sentence.text)
    pieces = [(start, piece) for start, piece in _pieces(sentence.text) if _tells(_bare(piece))]
    said = next(((start, each) for start, each in pieces if _bare(each) in earlier.said), None)
    if said and _ENDED.search(sentence.para.text):  # a line without an end is an item named again
        start, piece = said
        message = f"与{earlier.said[_bare(piece)].where or '前面'}的一句一字不差"
        yield sentence.hit(start, start + len(piece), message, "请删去一处。", Level.WARNING)
    elif len(bare) >= _NEAR and (like := _like(bare, earlier.alike(bare))):
        yield sentence.hit(
            0, len(sentence.text), f"与前面“{like[:12]}……”几乎一样", "请合并。", Level.WARNING
        )
    for piece in (*(each for _, each in pieces), sentence.text):
        earlier.add(_bare(piece), sentence.para)


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """What stands between the semicolons of a sentence, with its place, without the mark that ends it."""
    for match in _PIECE.finditer(text):
        yield match.start(), match[0]


def _tells(bare: str) -> bool:
    """True for words long enough to be a copy.

    One figure may be the same by chance, two of some length are not, unless the sentence has no subject of its own: two
    practices were both “目前已经在6个单位推开”.
    """
    figures = [each for each in _NUMBER.findall(bare) if not _YEAR.fullmatch(each)]
    telling = sum(len(each) > 1 for each in figures) > 1 and not _NO_SUBJECT.match(bare)
    return len(bare) >= (_SENTENCE if telling or not _NUMBER.search(bare) else _NEAR)


def _title_again(manuscript: Manuscript) -> Iterator[Violation]:
    first = next((para for para in manuscript.paras if para.role == "title"), None)
    for para in manuscript.paras[first.number :] if first else ():
        again = (
            len(_bare(para.text)) > 5 and _bare(para.text) == _bare(first.text) if first else False  # noqa: PLR2004
        )
        if again and para.role in {"title", "subtitle", "body", "heading"}:
            yield Violation(
                para.number,
                0,
                len(para.text),
                "题目印了两次",
                hint="请删去一处。",
                level=Level.WARNING,
            )


def _like(bare: str, earlier: Sequence[str]) -> str:
    """An earlier sentence that differs by a word or two."""
    found = process.extractOne(bare, earlier, scorer=fuzz.ratio, score_cutoff=_ALIKE)
    return str(found[0]) if found else ""


def reused(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """K10：不照抄去年的报告，不留去年的数。

    好：今年的做法、今年的数    差：整段与去年的一样，只改了年份
    """
    if against.last is None:
        return
    old = [(para, _shingles(_masked(para.text))) for para, _ in paragraphs(against.last)]
    figures = (_telling(para.text) for para, _ in paragraphs(against.last))
    numbers = set(chain.from_iterable(figures))
    for para, _ in paragraphs(manuscript):
        mine = _shingles(_masked(para.text))
        if len(_bare(para.text)) < _PARAGRAPH or not mine:
            continue
        source, share = max(
            ((each, _overlap(mine, shingles)) for each, shingles in old),
            key=lambda pair: pair[1],
            default=(None, 0.0),
        )
        if source is None or share < _REUSED:
            continue
        same = [figure for figure in _telling(para.text) if figure in numbers]
        kept = (
            f"，数也没有变：{'、'.join(same[:5])}"
            if same and len(same) == len(_telling(para.text))
            else ""
        )
        message = f"与去年的{source.where or '一段'}有{share:.0%}相同{kept}"
        yield Violation(
            para.number,
            0,
            len(para.text),
            message,
            hint="请写今年的情况。",
            level=None if kept else Level.WARNING,
        )


def copied(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """K11：各单位写各单位的，不互相抄。

    比较时不看单位名称和数。

    好：本支部的做法    差：换了支部名称和数，其余与另一个支部的一样
    """
    own = [para.text for para in manuscript.paras]
    sources, index = _indexed(against.peers)
    for para, _ in paragraphs(manuscript):
        mine = _shingles(_masked(para.text))
        if len(_bare(para.text)) < _PARAGRAPH or not mine:
            continue
        shared = Counter(chain.from_iterable(index.get(shingle, ()) for shingle in mine))
        alike = [
            sources[place]
            for place, number in sorted(shared.items())
            if number >= _REUSED * len(mine)
            and not _itself(sources[place][0], manuscript.name, own)
        ]
        if alike:
            peer, source = alike[0]
            files = len({each.name for each, _ in alike})
            tail = f"等{files}份" if files > 1 else ""
            message = f"与{peer.name}的{source.where or '一段'}{tail}雷同"
            yield Violation(para.number, 0, len(para.text), message, hint="请写本单位的情况。")


@lru_cache(maxsize=1)
def _indexed(
    peers: tuple[Manuscript, ...],
) -> tuple[list[tuple[Manuscript, Para]], Mapping[str, Sequence[int]]]:
    """Every paragraph of the peers, and by shingle the places of those that have it."""
    sources: list[tuple[Manuscript, Para]] = []
    for peer in peers:
        sources += [(peer, para) for para, _ in paragraphs(peer)]
    index: dict[str, list[int]] = {}
    for place, (_, para) in enumerate(sources):
        for shingle in _shingles(_masked(para.text)):
            index.setdefault(shingle, []).append(place)
    return sources, index


def _itself(peer: Manuscript, name: str, own: Sequence[str]) -> bool:
    """True if the peer is the very document that is checked."""
    return peer.name.endswith(name) and [para.text for para in peer.paras] == own


def _bare(text: str) -> str:
    return _BLANKS.sub("", text)


def _masked(text: str) -> str:
    """The words without names of organisations and numbers: what a copyist does not change."""
    return _NUMBER.sub("0", _NAMES.sub("某", _bare(text)))


def _shingles(text: str) -> frozenset[str]:
    return frozenset(text[at : at + _SHINGLE] for at in range(len(text) - _SHINGLE + 1))


def _overlap(mine: frozenset[str], theirs: frozenset[str]) -> float:
    return len(mine & theirs) / len(mine)


def _telling(text: str) -> list[str]:
    """The numbers of a text that are unlikely to be the same by chance; years are not."""
    return [
        each
        for each in _NUMBER.findall(text)
        if len(each) > 1 and not re.fullmatch(r"(?:19|20)\d\d", each)
    ]


RULES = (
    Rule("K10", "照抄去年", "内容", Level.ERROR, "通行做法", reused, frozenset({"text", "last"})),
    Rule(
        "K11", "各单位雷同", "内容", Level.WARNING, "通行做法", copied, frozenset({"text", "peers"})
    ),
    Rule("K26", "重复", "内容", Level.ERROR, "通行做法", said_twice),
)

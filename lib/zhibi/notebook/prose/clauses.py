"""A printed text with gaps in it -> sentences in order.

Optional passages settled, missing figures said.

A clause whose figure is missing says so from the figure's name (女职工数未填报), once in a
paragraph; 〖…〗 is left out where it has nothing to say, and 〖甲｜乙〗 says the other where it
counts nought. Punctuation is put in order only where something was taken out. A section of which
nothing is left goes with its heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import chain

from gongwen.document import Todo
from gongwen.errors import BadExpression
from gongwen.facts.value import NOT_REPORTED, Derived, Fact
from zhibi.notebook.prose.marks import CLOSE, OPEN, OR, literal
from zhibi.notebook.prose.punctuation import LEAD, MARKS, SEAM, YIELDS, ordered
from zhibi.notebook.prose.spans import SENTINEL, Inset, PrintedPart, PrintedValues, Spoken

_BOUNDARY = re.compile(r"([，。；！？：（）\n])")
_UNREAD = re.compile(r"[ \t]*(?:\||#|```|</?t)")  # lines of tables and headings are no sentences
_HEADING = re.compile(r" {0,3}(#{2,6})")
_COUNT_UNITS = frozenset((*"名人家户个场次项件份条起处篇期种", "人次"))
_ADVERB = re.compile(r"(年内|本年度?|全年|今年|本季度|目前|现)?(其中|共计|共有|共|有|含|分别为)?")
_ENDS_AS_VALUE = ("为", "是", "达", "达到", "至", "到", "由", "过", "占")
_WANTS_MORE = (*_ENDS_AS_VALUE, "有", "包括", "包含", "涉及", "获得", "含", "即", "共", "如")
_CONNECTIVE = re.compile(
    r"(?:此外|另外|除此之外|除此以外|同时|其中|例如|比如|具体(?:为|是)?|[一二三四五六七八九十]+是|首先|其次|再次|最后|并且|以及)"
)
_SENTENCE = re.compile(r"(?<=[。！？\n])")


@dataclass(frozen=True, slots=True)
class _Option:
    first: list[str | _Option]
    other: list[str | _Option] | None


@dataclass(frozen=True, slots=True)
class _Gap:
    """A clause that says only 某数未填报: as it stands in the text, and of which figures."""

    text: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class _Settled:
    """A block in order, whether it says anything, and whether figures decided that."""

    text: str
    says: bool
    judged: bool
    gaps: tuple[Fact, ...] = ()


@dataclass
class _Paragraph:
    """Which figures one paragraph has named as missing, and whether it says anything but what is missing."""

    named: set[str] = field(default_factory=set)
    alive: bool = False
    gaps: list[_Gap] = field(default_factory=list)


def settled(text: str, ledger: PrintedValues) -> str:
    """The text with nothing left to decide; every sentinel stands for parts that are printed."""
    tokens = [token for token in re.split(f"([{OPEN}{OR}{CLOSE}])", text) if token]
    nodes = _tree(tokens)
    _refuse_lone_conditions(nodes, ledger)
    chosen = _chosen(nodes, ledger)
    blocks = [_block(each, ledger) for each in _blocks(chosen)]
    done = literal("".join(_sections(blocks, ledger)))
    ledger.keep_only(done)
    return done


def _refuse_lone_conditions(nodes: Sequence[str | _Option], ledger: PrintedValues) -> None:
    """Raise for a 若 that stands in no 〖〗: there is nothing that it could leave out."""
    for node in nodes:
        entries = [ledger.entries[at] for at in _sentinels(node)] if isinstance(node, str) else []
        for entry in entries:
            if isinstance(entry, Spoken) and entry.decides:
                reason = "“若”只管〖……〗印不印，要写在〖〗里面，如〖【逾期|若】近期要集中清理。〗"
                raise BadExpression(entry.expression, reason, entry.line)


def _tree(tokens: list[str], *, nested: bool = False) -> list[str | _Option]:
    """The tokens (taken from the front) as words and options within options."""
    nodes: list[str | _Option] = []
    while tokens and not (nested and tokens[0] in (OR, CLOSE)):
        token = tokens.pop(0)
        if token != OPEN:
            nodes.append(token)
            continue
        first, other = _tree(tokens, nested=True), None
        if tokens and tokens[0] == OR:
            tokens.pop(0)
            other = _tree(tokens, nested=True)
            while tokens and tokens[0] == OR:  # a second ｜ is a sign like any other
                tokens.pop(0)
                other += [OR, *_tree(tokens, nested=True)]
        if tokens:
            tokens.pop(0)
        nodes.append(_Option(first, other))
    return nodes


def _chosen(nodes: Sequence[str | _Option], ledger: PrintedValues) -> str:
    return "".join(node if isinstance(node, str) else _option(node, ledger) for node in nodes)


def _option(option: _Option, ledger: PrintedValues) -> str:
    """The passage, its alternative, or a seam where it stood."""
    inside = _chosen(option.first, ledger)
    own = "".join(node for node in option.first if isinstance(node, str))
    printed = [ledger.entries[at] for at in _sentinels(own)]
    deciding = [entry for entry in printed if isinstance(entry, Spoken) and entry.decides]
    entries: Sequence[object] = deciding or printed
    missing = list(chain.from_iterable(map(_missing, entries)))
    if missing and option.other is not None:
        return _not_reported(missing, ledger) + (
            inside.rstrip()[-1:] if inside.rstrip()[-1:] in MARKS else ""
        )
    if missing:
        return SEAM
    decided = bool(entries) or any(isinstance(node, _Option) for node in option.first)
    if not decided or any(_nothing(entry) for entry in entries) or not inside.strip(f"{SEAM} \n"):
        return SEAM if option.other is None else _chosen(option.other, ledger)
    return inside


def _sentinels(text: str) -> Iterator[int]:
    for match in SENTINEL.finditer(text):
        yield PrintedValues.position(match)


def _missing(entry: object) -> tuple[Fact, ...]:
    parts = entry.parts if isinstance(entry, Spoken) else (entry,)
    facts = (
        part.fact
        for part in parts
        if isinstance(part, PrintedPart) and part.text in ("", NOT_REPORTED)
    )
    return tuple(fact for fact in facts if fact is not None and fact.missing)


def _nothing(entry: object) -> bool:
    if isinstance(entry, Spoken):
        return entry.nothing
    if not isinstance(entry, PrintedPart):
        return False
    nought = (
        entry.fact is not None
        and isinstance(entry.fact.value, int | Decimal)
        and entry.fact.value == 0
    )
    return not entry.text or (
        nought and entry.fact is not None and entry.text in (str(entry.fact), entry.fact.number)
    )


def _blocks(text: str) -> Iterator[str]:
    """Headings and paragraphs, each with the blank lines that follow it."""
    block: list[str] = []
    for line in text.splitlines(keepends=True):
        ended = bool(block) and not block[-1].strip()
        if line.strip() and block and (ended or _HEADING.match(line) or _HEADING.match(block[0])):
            yield "".join(block)
            block = []
        block.append(line)
    if block:
        yield "".join(block)


def _block(text: str, ledger: PrintedValues) -> _Settled:
    """The block in order."""
    paragraph = _Paragraph()
    judged = SEAM in text or any(isinstance(ledger.entries[at], Spoken) for at in _sentinels(text))
    pieces: list[str] = []
    unread = False
    for at, piece in enumerate(_BOUNDARY.split(text)):
        if not pieces or pieces[-1].endswith("\n"):
            unread = bool(_UNREAD.match(piece))
        boundary = at % 2 == 1
        pieces.append(piece if boundary else _clause(piece, ledger, paragraph, unread=unread))
    printed = _one_clause(ordered(_without_leads("".join(pieces))), paragraph.gaps, ledger)
    gaps = tuple(chain.from_iterable(gap.facts for gap in paragraph.gaps))
    return _Settled(printed, paragraph.alive or not judged, judged, gaps)


def _without_leads(text: str) -> str:
    """The text without words that only led to what is not there: 此外，SEAM。 and 问题有：SEAM。"""
    if SEAM not in text:
        return text
    return "".join(_without_lead(sentence) for sentence in _SENTENCE.split(text))


def _without_lead(sentence: str) -> str:
    """From the end: seams, then words that led to them."""
    if SEAM not in sentence:
        return sentence
    pieces = _BOUNDARY.split(sentence)
    gone = False
    for at in range(len(pieces) - 1, -1, -2):
        words = pieces[at].strip(f"{SEAM} \t\n*")
        gone = gone or SEAM in pieces[at]
        if not words:
            continue
        leads = pieces[at + 1 : at + 2] == ["："] and not SENTINEL.search(words)
        if not gone or not (leads or _CONNECTIVE.fullmatch(words)):
            break
        pieces[at] = SEAM
    return "".join(pieces)


def _one_clause(text: str, gaps: Sequence[_Gap], ledger: PrintedValues) -> str:
    """流出职工数、失联职工数未填报 of two clauses side by side that say nothing else."""
    last: _Gap | None = None
    for gap in gaps:
        pair = last and re.search(rf"{last.text}[，；、]\n?{gap.text}", text)
        if last is None or not pair:
            last = gap
            continue
        facts = (*last.facts, *gap.facts)
        last = _Gap(_not_reported(facts, ledger), facts)
        text = text.replace(pair[0], last.text)
    return text


def _clause(clause: str, ledger: PrintedValues, paragraph: _Paragraph, *, unread: bool) -> str:
    if not any(isinstance(ledger.entries[at], Spoken) for at in _sentinels(clause)):
        if not unread and _wants_more(clause):
            return SEAM
        paragraph.alive = paragraph.alive or bool(clause.strip(f"{SEAM} \t\n*"))
        return clause
    if unread:
        paragraph.alive = True
        return _printed(clause, ledger)
    items = clause.split("、")
    if len(items) == 1 or not all(_figures(item, ledger) for item in items):
        return _said(clause, ledger, paragraph)
    printed = [_said(item, ledger, paragraph) for item in items]
    entries = [
        entry for at in _sentinels(clause) if isinstance(entry := ledger.entries[at], Spoken)
    ]
    changed = any(entry.nothing or _missing(entry) for entry in entries)
    return ("，" if changed else "、").join(printed)


def _wants_more(clause: str) -> bool:
    """True of 再有 that was followed by a passage with nothing to say."""
    words = clause.rstrip(" \t\n*")
    before = words.rstrip(SEAM)
    return before != words and SEAM not in before and before.endswith(_WANTS_MORE)


def _figures(item: str, ledger: PrintedValues) -> bool:
    """True if an item of an enumeration has a figure of its own, so that it can be said alone."""
    entries = [ledger.entries[at] for at in _sentinels(item)]
    facts = _facts_of(entry for entry in entries if isinstance(entry, Spoken))
    return any(fact.missing or isinstance(fact.value, int | Decimal) for fact in facts)


def _facts_of(entries: Iterable[Spoken]) -> list[Fact]:
    """The facts that what is said names, in its order."""
    parts = chain.from_iterable(entry.parts for entry in entries)
    return [part.fact for part in parts if part.fact is not None]


def _said(clause: str, ledger: PrintedValues, paragraph: _Paragraph) -> str:
    """One clause as it is printed: as written, as 某数未填报, as 没有某某, or a seam."""
    entries = [
        entry for at in _sentinels(clause) if isinstance(entry := ledger.entries[at], Spoken)
    ]
    missing = list(chain.from_iterable(map(_missing, entries)))
    lead = LEAD.match(clause)
    start = lead[0] if lead else ""
    close = "**" if clause.count("**") % 2 == 0 and start.endswith("**") else ""
    if missing:
        fresh = [fact for fact in _roots(missing) if fact.label not in paragraph.named]
        paragraph.named.update(fact.label for fact in fresh)
        if not fresh:
            return start + SEAM + close
        gap = _Gap(_not_reported(fresh, ledger), tuple(fresh))
        paragraph.gaps.append(gap)
        return start + gap.text + close
    for entry in entries:
        if entry.nothing and not entry.parts:
            return start + _empty(entry, entries) + close
    if all(map(_is_wordless, entries)) and SENTINEL.sub("", clause).rstrip(" *").endswith(
        _WANTS_MORE
    ):
        return start + SEAM + close
    if _share_of_one(clause, entries):
        return start + SEAM + close
    paragraph.alive = True
    return start + _none(clause.removeprefix(start), entries, ledger)


def _empty(entry: Spoken, entries: Sequence[Spoken]) -> str:
    """A seam for an empty list; what has no value at all has no name to be told by.

    Raises BadExpression for an empty list beside a figure, which would be lost with the clause.
    """
    if entry.known and any(_counts(other) for other in entries):
        raise BadExpression(
            entry.expression,
            "是空的，而同一个分句里还有别的量；请把可能没有的那半句连同标点放进〖〗里",
            entry.line,
        )
    if entry.known:
        return SEAM
    raise BadExpression(
        entry.expression,
        "没有值，也不知道该说什么“未填报”；可能没有的，请连同那半句放进〖〗里",
        entry.line,
    )


def _counts(entry: Spoken) -> bool:
    return any(part.fact is not None and part.fact.value is not None for part in entry.parts)


def _none(clause: str, entries: list[Spoken], ledger: PrintedValues) -> str:
    """没有预备职工 of 预备职工0名; anything else as written."""
    deciders = [found for found in SENTINEL.finditer(clause) if _decides(found, ledger)]
    for decider in reversed(deciders):  # a 若 prints nothing: the clause is worded without it
        clause = clause[: decider.start()] + clause[decider.end() :]
    entries = [entry for entry in entries if not entry.decides]
    found = list(SENTINEL.finditer(clause))
    fact = (
        entries[0].parts[0].fact
        if len(entries) == len(found) == 1 and len(entries[0].parts) == 1
        else None
    )
    if (
        fact is None
        or fact.value != 0
        or isinstance(fact.value, str)
        or entries[0].parts[0].text != str(fact)
    ):
        return _printed(clause, ledger)
    before, after = clause[: found[0].start()], clause[found[0].end() :]
    adverb = _ADVERB.match(before)
    words = before[adverb.end() :] if adverb else before
    if (
        fact.unit not in _COUNT_UNITS
        or after.strip("* ")
        or not words.strip()
        or words.endswith(_ENDS_AS_VALUE)
    ):
        return _printed(clause, ledger)
    when = adverb[1] or "" if adverb else ""
    return when + ledger.enter(PrintedPart("没有" + words.removeprefix("已"), fact)) + after


def _is_wordless(entry: Spoken) -> bool:
    return entry.nothing and not any(part.text for part in entry.parts)


def _decides(match: re.Match[str], ledger: PrintedValues) -> bool:
    entry = ledger.entries[PrintedValues.position(match)]
    return isinstance(entry, Spoken) and entry.decides


def _share_of_one(clause: str, entries: list[Spoken]) -> bool:
    """True for 占…的3.1% alone in its clause, where the part is one or the whole of what it is compared with is."""
    facts = _facts_of(entries)
    if len(facts) != 1 or "占" not in clause[:4] or facts[0].unit != "%":
        return False
    origin = facts[0].origin
    return isinstance(origin, Derived) and any(
        parent.value == 1 for parent in _counted(origin.parents)
    )


def _counted(facts: Sequence[Fact]) -> list[Fact]:
    return [fact for fact in facts if isinstance(fact.value, int)]


def _printed(clause: str, ledger: PrintedValues) -> str:
    """The clause with every spoken value as the parts it prints."""

    def parts(match: re.Match[str]) -> str:
        entry = ledger.entries[PrintedValues.position(match)]
        return ledger.enter(*entry.parts) if isinstance(entry, Spoken) else match[0]

    return SENTINEL.sub(parts, clause)


def _roots(facts: Sequence[Fact]) -> list[Fact]:
    """What the missing facts lack in truth: the parents that are missing, each once.

    None for a base of nought.
    """
    roots: dict[str, Fact] = {}

    def visit(fact: Fact) -> None:
        if not isinstance(fact.origin, Derived) or not fact.origin.parents:
            roots.setdefault(fact.label, fact)
            return
        for parent in fact.origin.parents:
            if parent.missing:
                visit(parent)

    for fact in facts:
        visit(fact)
    return list(roots.values())


def _not_reported(missing: Sequence[Fact], ledger: PrintedValues) -> str:
    """正式职工数、预备职工数未填报."""
    facts = _roots(missing) or list(missing)
    parts = [PrintedPart(("、" if at else "") + fact.label, fact) for at, fact in enumerate(facts)]
    parts[-1] = PrintedPart(parts[-1].text + NOT_REPORTED, parts[-1].fact)
    return ledger.enter(*parts)


def _sections(blocks: Sequence[_Settled], ledger: PrintedValues) -> list[str]:
    """The blocks without those sections of which nothing is left to say.

    The last heading of a cell stays where the next cell may go on under it; it, and every heading
    in fixed words over nothing but what may be missing, are marked, for only the whole document
    shows what stands under and beside them (`gongwen.document.sections`).
    """
    texts = [block.text for block in blocks]
    alive = [bool(block.text.strip()) and block.says for block in blocks]
    levels = [len(match[1]) if (match := _HEADING.match(text)) else 0 for text in texts]
    for at in range(len(texts) - 1, -1, -1):
        end = _end(levels, at)
        if not levels[at] or at + 1 == end:
            continue
        below = (blocks[each].gaps for each in range(at + 1, end) if texts[each])
        gaps = list(chain.from_iterable(below))
        if not any(alive[at + 1 : end]) and gaps:
            texts[at + 1 : end] = [_to_report(texts[at], gaps, ledger), *[""] * (end - at - 2)]
            alive[at] = alive[at + 1] = True
        elif not any(alive[at + 1 : end]):
            empty = [
                "" if not levels[each] or end < len(texts) else texts[each]
                for each in range(at + 1, end)
            ]
            texts[at + 1 : end] = empty
            texts[at] = "" if end < len(texts) else _yielding(texts[at])
            alive[at:end] = [False] * (end - at)
        elif not SENTINEL.search(texts[at]) and all(
            levels[each] or blocks[each].judged for each in range(at + 1, end)
        ):
            texts[at] = _yielding(texts[at])
    return texts


def _to_report(heading: str, gaps: Sequence[Fact], ledger: PrintedValues) -> str:
    """A place to write instead of a section all of whose figures are missing."""
    labels = "、".join(dict.fromkeys(fact.label for fact in gaps))
    name = ledger.words(heading.strip("# \t\n"))
    hint = (
        f"“{name}”一节的{labels}没有填报，补报以后自动写出；也可以由人来写，或者把这些话放进〖〗里"
    )
    return ledger.inset(Inset((Todo(hint),))) + "\n\n"


def _end(levels: Sequence[int], at: int) -> int:
    """Where the section of a heading ends."""
    later = range(at + 1, len(levels))
    return next((each for each in later if 0 < levels[each] <= levels[at]), len(levels))


def _yielding(heading: str) -> str:
    words = heading.rstrip("\n")
    return words if words.endswith(YIELDS) else words + YIELDS + heading[len(words) :]

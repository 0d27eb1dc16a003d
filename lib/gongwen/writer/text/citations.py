"""Citations of works -> their numbers in the order of first mention, and the list of works at the end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain, groupby

from gongwen.document import Bibliography, Block, Document, Heading, Text, cited_keys, plain
from gongwen.errors import UnknownName
from gongwen.oxml import tag
from gongwen.profile import Fonts
from gongwen.writer.text.runs import runs

HEADING = "参考文献"
_FIRST_MARK = 300_000_000  # ids of the bookmarks of works
_RANGE = 3  # numbers in a row that are joined: [1-3], but [1,2]


def headed(document: Document) -> Document:
    """The document with the unnumbered heading 参考文献 over each list of works, whether its author wrote one or not."""
    blocks: list[Block] = []
    for block in document.blocks:
        if isinstance(block, Bibliography):
            if blocks and isinstance(blocks[-1], Heading) and plain(blocks[-1].line) == HEADING:
                blocks[-1] = replace(blocks[-1], unnumbered=True)
            else:
                blocks.append(Heading(1, (Text(HEADING),), unnumbered=True))
        blocks.append(block)
    return replace(document, blocks=tuple(blocks))


def numbers(blocks: Iterable[Block]) -> dict[str, int]:
    """The number of every listed work: in the order of first citation, then those not cited as they are listed."""
    given = tuple(blocks)
    works = (block.works for block in given if isinstance(block, Bibliography))
    listed = dict(chain.from_iterable(works))
    cited = (key for key in cited_keys(given) if key in listed)
    ordered = dict.fromkeys(chain(cited, listed))
    return {key: number for number, key in enumerate(ordered, 1)}


def cite(keys: Sequence[str], works: Mapping[str, int], face: Fonts) -> str:
    """A raised [1], [1,3] or [1-3] that leads to the first of the works."""
    for key in keys:
        if key not in works:
            raise UnknownName("文献代号", key, works)
    cited = sorted({works[key] for key in keys})
    raised = {"vertAlign": tag("vertAlign", val="superscript")}
    return tag(
        "hyperlink",
        runs(f"[{_joined(cited)}]", face, marks=raised),
        anchor=_bookmark(cited[0]),
        history=1,
    )


def _joined(cited: Sequence[int]) -> str:
    rows = groupby(enumerate(cited), key=lambda pair: pair[1] - pair[0])
    return ",".join(_run(row) for _, row in rows)


def _run(row: Iterable[tuple[int, int]]) -> str:
    """Numbers in a row, each with its place: 1-4, but 1,2."""
    numbers = [number for _, number in row]
    if len(numbers) >= _RANGE:
        return f"{numbers[0]}-{numbers[-1]}"
    return ",".join(map(str, numbers))


def label(number: int, face: Fonts) -> str:
    """The [1] before a work, marked so that citations can lead to it."""
    start = tag("bookmarkStart", id=_FIRST_MARK + number, name=_bookmark(number))
    return start + runs(f"[{number}]", face) + tag("bookmarkEnd", id=_FIRST_MARK + number)


def _bookmark(number: int) -> str:
    return f"_Work{_FIRST_MARK + number}"

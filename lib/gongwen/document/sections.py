"""Blocks of a whole document -> the same without optional headings that have nothing under them or stand alone.

What a cell prints does not tell what the next cell prints under its last heading, nor whether a
section has neighbours.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gongwen.document.blocks import Block, Figure, Heading, PageBreak, Table

_ANNEXED = "附"  # a table or picture of such a series belongs to no section
_CHAPTER = 1


def settled(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks that are printed."""
    printed = list(blocks)
    for at in range(len(printed) - 1, -1, -1):
        heading = printed[at]
        if isinstance(heading, Heading) and heading.optional and not _says(printed, at):
            del printed[at]
    alone = {id(heading) for heading in _alone(printed)}
    return tuple(block for block in printed if id(block) not in alone)


def empty(blocks: Sequence[Block]) -> Iterator[Heading]:
    """The headings directly under which nothing stands."""
    for at, block in enumerate(blocks):
        if isinstance(block, Heading) and not block.unnumbered and not _says(blocks, at):
            yield block


def _says(blocks: Sequence[Block], at: int) -> bool:
    """True if anything stands under the heading at that place.

    Words, a table, or a heading below it.
    """
    heading = blocks[at]
    assert isinstance(heading, Heading)
    for block in blocks[at + 1 :]:
        if isinstance(block, Heading):
            return block.level > heading.level
        annexed = isinstance(block, Table | Figure) and block.series.startswith(_ANNEXED)
        if not isinstance(block, PageBreak) and not annexed:
            return True
    return False


def _alone(blocks: Sequence[Block]) -> Iterator[Heading]:
    """Optional headings below a chapter that have no neighbour: （一） without （二）."""
    headings = [block for block in blocks if isinstance(block, Heading)]
    for at, heading in enumerate(headings):
        if heading.optional and heading.level > _CHAPTER and not _neighbours(headings, at):
            yield heading


def _neighbours(headings: Sequence[Heading], at: int) -> bool:
    level = headings[at].level
    for way in (headings[at + 1 :], headings[at - 1 :: -1] if at else ()):
        for other in way:
            if other.level < level:
                break
            if other.level == level:
                return True
    return False

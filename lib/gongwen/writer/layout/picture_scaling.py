"""A picture that misses the foot of its page by a little -> a little smaller, so that no white is left before it.

To let the text after it flow up instead would part it from the words that lead to it, so that is
left to a person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lxml import etree

from gongwen.oxml import qualified
from gongwen.profile import Profile
from gongwen.writer.layout import pagination

_LEAST = 0.85  # of its size; in a smaller chart the words are hard to read
_SPARE = 0.25  # of a line, kept free because the count of lines is not exact to a hair


def shrink(
    body: etree._Element, profile: Profile, ids: Mapping[str, str], notes: Sequence[str]
) -> None:
    """Each picture in turn; pages are counted anew after one was made smaller."""
    done: set[etree._Element] = set()
    while True:
        waiting = [
            each
            for each in body
            if each not in done and next(each.iter(qualified("wp:inline")), None) is not None
        ]
        if not waiting:
            return
        spots = pagination.ends(body, profile, ids, notes, waiting[-1])
        places = {unit.element: place for place, (unit, _, _) in enumerate(spots)}
        for picture in waiting:
            done.add(picture)
            share = _share(spots, places[picture], profile)
            if share < 1:
                _scale(picture, share)
                break


def _share(
    spots: Sequence[tuple[pagination.Unit, int, pagination.End]], place: int, profile: Profile
) -> float:
    """What the picture must be of its size to stay on the page before.

    1 if it may stay as it is, or must.
    """
    units = [unit for unit, _, _ in spots]
    first = place
    while first and units[first - 1].keep_next:
        first -= 1
    if not first or any(unit.new_page or unit.new_section for unit in units[first : place + 1]):
        return 1
    before = spots[first - 1][2]
    # how much room footnotes take differs from one program to another
    if before.page == spots[first][1] or before.noted or units[first - 1].room != units[place].room:
        return 1
    height = sum(units[place].heights)
    missing = (
        before.used
        + pagination.kept_height(units, first)
        - units[place].room
        + _SPARE * profile.grid.line_twips
    )
    share = 1 - missing / height
    return share if _LEAST <= share < 1 else 1


def _scale(picture: etree._Element, share: float) -> None:
    """The frame and the picture in it, both sides alike."""
    for name in ("wp:extent", "a:ext"):
        for size in picture.iter(qualified(name)):
            for side in ("cx", "cy"):
                size.set(side, str(int(int(size.get(side, "0")) * share)))

"""Siblings of a MathML row -> the same with brackets that carry a script as groups.

Of (a+b)² the base is (a+b).
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element

SCRIPTED = "scripted"
_PAIRS = {")": "(", "]": "[", "}": "{", "⟩": "⟨", "⌋": "⌊", "⌉": "⌈"}
_EVEN = frozenset("|‖∣∥")  # which way they point does not show
_SCRIPTS = frozenset({"msub", "msup", "msubsup"})


def tag(node: Element) -> str:
    """The name of an element without its namespace."""
    return str(node.tag).rpartition("}")[2]


def sign(node: Element | None) -> str:
    """The one sign an element consists of, through groups; else nothing."""
    while node is not None and tag(node) in {"mrow", "mstyle"} and len(node) == 1:
        node = node[0]
    return (node.text or "").strip() if node is not None and not len(node) else ""


def bracketed(nodes: Sequence[Element]) -> list[Element]:
    """The siblings.

    A closing bracket with a script has taken in all back to its opening bracket.
    """
    made: list[Element] = []
    for node in nodes:
        base = sign(node[0]) if tag(node) in _SCRIPTS and len(node) else ""
        start = _opening(made, base) if base in _PAIRS or base in _EVEN else None
        if start is None:
            made.append(node)
            continue
        group = Element("mrow", fence=SCRIPTED)
        group.extend([*made[start:], node[0]])
        scripted = Element(node.tag, dict(node.attrib))
        scripted.extend([group, *list(node)[1:]])
        made[start:] = [scripted]
    return made


def _opening(before: Sequence[Element], closing: str) -> int | None:
    """The place of the bracket that a closing one closes."""
    wanted, depth = _PAIRS.get(closing, closing), 0
    for at in range(len(before) - 1, -1, -1):
        opening = sign(before[at])
        if opening == closing and closing not in _EVEN:
            depth += 1
        elif opening == wanted:
            if not depth:
                return at
            depth -= 1
    return None

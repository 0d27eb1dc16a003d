"""What stands over, under, beside and around in a MathML tree -> the structures of OMML.

A sum takes what follows it up to the next relation as its operand: left empty, Word would print a
dotted box there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from xml.etree.ElementTree import Element

from gongwen.writer.formulas import groups
from gongwen.writer.formulas.groups import sign as _sign
from gongwen.writer.formulas.groups import tag as _tag
from gongwen.writer.formulas.runs import element, run

_SUMS = frozenset("∑∏∐⋃⋂⨁⨂⨀⨆⋁⋀⨄∫∬∭⨌∮∯∰⋀⋁")
_INTEGRALS = frozenset("∫∬∭⨌∮∯∰")
_RELATIONS = frozenset("=≠≈≡≤≥<>≪≫∼≃≅∝→←↔⇒⇐⇔↦∈∉⊂⊆⊃⊇,;&:≔≜≐⟹⟸⟺⟶")
_OPENING, _CLOSING = frozenset("([{⟨⌊⌈|‖"), frozenset(")]}⟩⌋⌉|‖")
_PAIRS = {"(": ")", "[": "]", "{": "}", "⟨": "⟩", "⌊": "⌋", "⌈": "⌉"}
_ACCENTS = {
    "^": "\u0302", "ˆ": "\u0302", "~": "\u0303", "˜": "\u0303", "∼": "\u0303", "→": "\u20d7", "⃗": "\u20d7",
    "˙": "\u0307", "¨": "\u0308", "ˇ": "\u030c", "˘": "\u0306", "´": "\u0301", "`": "\u0300", "˚": "\u030a",
    "←": "\u20d6", "↔": "\u20e1", "⃛": "\u20db", "⃜": "\u20dc", ".": "\u0307", "…": "\u20db", "..": "\u0308",
}  # fmt: skip
_BARS = frozenset("¯―‾_̲̅–—")
_BRACES = frozenset("⏞⏟⏜⏝⎴⎵")
_LIMITED = frozenset({"lim", "max", "min", "sup", "inf", "argmax", "argmin", "limsup", "liminf", "det", "gcd", "Pr",
                      "lim sup", "lim inf", "plim"})  # fmt: skip
_SPACES = (
    (1.8, "\u2003\u2003"),
    (0.9, "\u2003"),
    (0.45, "\u2002"),
    (0.2, "\u2005"),
    (0.1, "\u2009"),
)
_BAR = "\u2223"  # LibreOffice reads | as a logical or
_NOTHING = "\u200a"


def row(nodes: Sequence[Element]) -> str:
    """Siblings in reading order."""
    nodes = groups.bracketed(nodes)
    made = []
    at = 0
    while at < len(nodes):
        text, used = _next(nodes, at)
        made.append(text)
        at += used
    return "".join(made)


def _next(nodes: Sequence[Element], at: int) -> tuple[str, int]:
    """The structure that begins at a place, and how many siblings it takes."""
    node = nodes[at]
    after = nodes[at + 1] if at + 1 < len(nodes) else None
    if _sum_sign(node):
        end = _operand_end(nodes, at + 1)
        return _sum(node, row(nodes[at + 1 : end])), end - at
    if _sign(node) in {"<", ">"} and _sign(after) == "=" and _tag(node) == "mo":
        return run(_sign(node) + "=", "mo"), 2
    if _negation(node) and after is not None:
        return run(_sign(after) + "\u0338", "mo"), 2
    if _opens_table(node, after):
        closing = nodes[at + 2] if at + 2 < len(nodes) else None
        closes = closing is not None and _sign(closing) in _CLOSING and _tag(closing) == "mo"
        sign = _sign(closing) if closes else ""
        return _fenced(_sign(node), sign, of(nodes[at + 1])), 3 if closes else 2
    return of(node), 1


def of(node: Element) -> str:
    """One MathML element as OMML."""
    kind = _tag(node)
    if kind in {"mi", "mn", "mo", "mtext"}:
        if _sign(node) in _SUMS and kind == "mo":
            return _sum(node, "")
        text = (node.text or "").replace("|", _BAR) if kind == "mo" else node.text or ""
        return run(text, kind, node.get("mathvariant", ""))
    return _KINDS.get(kind, _row_of)(node)


def _row_of(node: Element) -> str:
    children = list(node)
    if node.get("fence") == groups.SCRIPTED:
        return _fenced(_sign(children[0]), _sign(children[-1]), row(children[1:-1]))
    if len(children) >= 2 and _is_fence(children[0], "prefix"):  # noqa: PLR2004
        closed = _is_fence(children[-1], "postfix")
        inner = children[1:-1] if closed else children[1:]
        return _fenced(_sign(children[0]), _sign(children[-1]) if closed else "", row(inner))
    return row(children)


def _is_fence(node: Element, form: str) -> bool:
    return _tag(node) == "mo" and node.get("fence") == "true" and node.get("form") == form


def _fenced(opening: str, closing: str, inner: str) -> str:
    marks = (
        element("begChr", val=opening) + element("endChr", val=closing) + element("grow", val="1")
    )
    return element("d", element("dPr", marks) + _base("e", inner))


def _opens_table(node: Element, after: Element | None) -> bool:
    """A bracket before a matrix grows with it."""
    if after is None or _tag(node) != "mo" or _sign(node) not in _OPENING:
        return False
    stacked = _tag(after) == "mfrac" and after.get("linethickness") == "0"
    return stacked or _tag(after) == "mtable"


def _base(name: str, inner: str) -> str:
    return element(name, inner or run(_NOTHING, "mtext"))


def _part(name: str, node: Element) -> str:
    return _base(name, of(node))


def _fraction(node: Element) -> str:
    plain = node.get("linethickness") == "0"
    marks = element("fPr", element("type", val="noBar")) if plain else ""
    return element("f", marks + _part("num", node[0]) + _part("den", node[1]))


def _square_root(node: Element) -> str:
    hidden = element("radPr", element("degHide", val="1"))
    return element("rad", hidden + element("deg") + _base("e", row(list(node))))


def _root(node: Element) -> str:
    return element("rad", _part("deg", node[1]) + _part("e", node[0]))


def _scripts(node: Element) -> str:
    kind = _tag(node)
    if _sign(node[0]) in _LIMITED and kind == "msub":
        return _limit("limLow", node[0], of(node[1]))
    if kind == "msubsup":
        parts = _part("e", node[0]) + _part("sub", node[1]) + _part("sup", node[2])
        return element("sSubSup", parts)
    name, script = ("sSub", "sub") if kind == "msub" else ("sSup", "sup")
    return element(name, _part("e", node[0]) + _part(script, node[1]))


def _limit(name: str, base: Element, limit: str) -> str:
    return element(name, _part("e", base) + _base("lim", limit))


def _over_under(node: Element) -> str:
    kind, base = _tag(node), node[0]
    if kind == "munderover":
        lower = element("limLow", _part("e", base) + _part("lim", node[1]))
        return element("limUpp", element("e", lower) + _part("lim", node[2]))
    above = kind == "mover"
    sign = _sign(node[1])
    if sign in _BRACES:
        place = element("pos", val="top" if above else "bot")
        marks = element("chr", val=sign) + place + element("vertJc", val="bot" if above else "top")
        return element("groupChr", element("groupChrPr", marks) + _part("e", base))
    if sign in _BARS:
        marks = element("barPr", element("pos", val="top" if above else "bot"))
        return element("bar", marks + _part("e", base))
    if above and sign in _ACCENTS and not _is_arrow_with_words(base):
        marks = element("accPr", element("chr", val=_ACCENTS[sign]))
        return element("acc", marks + _part("e", base))
    return _limit("limUpp" if above else "limLow", base, of(node[1]))


def _is_arrow_with_words(base: Element) -> bool:
    return _sign(base) in {"→", "=", "⇒", "←"}


def _sum_sign(node: Element) -> str:
    """∑ for an element that is a sum, with or without limits; else nothing."""
    kind = _tag(node)
    if kind in {"msub", "msup", "msubsup", "munder", "mover", "munderover"}:
        return _sign(node[0]) if _sign(node[0]) in _SUMS else ""
    return _sign(node) if kind == "mo" and _sign(node) in _SUMS else ""


def _sum(node: Element, operand: str) -> str:
    kind, sign = _tag(node), _sum_sign(node)
    below = node[1] if kind in {"msub", "msubsup", "munder", "munderover"} else None
    above = node[-1] if kind in {"msup", "msubsup", "mover", "munderover"} else None
    place = "subSup" if sign in _INTEGRALS or kind in {"msub", "msup", "msubsup"} else "undOvr"
    marks = element("chr", val=sign) + element("limLoc", val=place) + element("grow", val="1")
    if below is None:
        marks += element("subHide", val="1")
    if above is None:
        marks += element("supHide", val="1")
    parts = element("sub", of(below) if below is not None else "")
    parts += element("sup", of(above) if above is not None else "")
    return element("nary", element("naryPr", marks) + parts + _base("e", operand))


def _operand_end(nodes: Sequence[Element], start: int) -> int:
    """Where the operand of a sum ends: before a relation, a closing bracket, or a plus that stands free."""
    depth = 0
    for at in range(start, len(nodes)):
        sign = _sign(nodes[at])
        if sign in _PAIRS:
            depth += 1
        elif sign in _PAIRS.values():
            if not depth:
                return at
            depth -= 1
        elif (not depth and at > start and (sign in _RELATIONS or sign in {"+", "−"})) or (
            not depth and sign in _RELATIONS
        ):
            return at
    return len(nodes)


def _table(node: Element) -> str:
    rows = [list(map(list, line)) for line in node]
    wide = max((len(cells) for cells in rows), default=0)
    beside = node.get("displaystyle") == "true"  # aligned formulas, whose columns touch
    if beside and wide == 1:
        return element("eqArr", "".join(_base("e", row(cells[0])) for cells in rows))
    aligns = [cell.get("columnalign", "center") for cell in node[0]] if len(node) else []
    if beside:
        aligns = ["left" if number % 2 else "right" for number in range(wide)]
    columns = "".join(
        element("mc", element("mcPr", element("count", val="1") + element("mcJc", val=align)))
        for align in (*aligns, *["center"] * (wide - len(aligns)))
    )
    lines = "".join(_line(_filled(line, wide)) for line in rows)
    gap = element("cGpRule", val="4") + element("cGp", val="1") if beside else ""
    return element("m", element("mPr", gap + element("mcs", columns)) + lines)


def _line(cells: list[list[Element]]) -> str:
    return element("mr", "".join(_base("e", _cell(cell)) for cell in cells))


def _cell(nodes: list[Element]) -> str:
    """A cell.

    One that begins with a sign begins with nothing, which LibreOffice wants at the left of a sign.
    """
    first = next((node for node in nodes if _tag(node) != "mi" or node.text), None)
    bare = first is not None and _tag(first) == "mo"
    return (run(_NOTHING, "mtext") if bare else "") + row(nodes)


def _filled(cells: list[list[Element]], wide: int) -> list[list[Element]]:
    return [*cells, *[[] for _ in range(wide - len(cells))]]


def _space(node: Element) -> str:
    width = node.get("width", "").removesuffix("em")
    try:
        wide = float(width)
    except ValueError:
        wide = 0.0 if width.startswith("negative") or not width else 0.2
    sign = next((sign for least, sign in _SPACES if wide >= least), "")
    return run(sign, "mtext") if sign else ""


def _enclosed(node: Element) -> str:
    notation = node.get("notation", "")
    hidden = "".join(
        element(name, val="1") for name in ("hideTop", "hideBot", "hideLeft", "hideRight")
    )
    strikes = (
        ("horizontalstrike", "strikeH"), ("downdiagonalstrike", "strikeTLBR"), ("updiagonalstrike", "strikeBLTR"),
    )  # fmt: skip
    marks = "" if notation == "box" else hidden
    if marks:
        struck = [element(name, val="1") for word, name in strikes if word in notation]
        marks += "".join(struck)
    properties = element("borderBoxPr", marks) if marks else ""
    return element("borderBox", properties + _base("e", row(list(node))))


def _phantom(node: Element) -> str:
    shown = element("phantPr", element("show", val="0"))
    return element("phant", shown + _base("e", row(list(node))))


def _negation(node: Element) -> bool:
    r"""\not: a stroke of no width before the sign that it goes through."""
    return _tag(node) == "mpadded" and _sign_within(node) == "⧸"


def _sign_within(node: Element) -> str:
    return _sign(node[0]) if len(node) == 1 else ""


_KINDS: Mapping[str, Callable[[Element], str]] = {
    "mfrac": _fraction,
    "msqrt": _square_root,
    "mroot": _root,
    "msub": _scripts,
    "msup": _scripts,
    "msubsup": _scripts,
    "munder": _over_under,
    "mover": _over_under,
    "munderover": _over_under,
    "mtable": _table,
    "mspace": _space,
    "menclose": _enclosed,
    "mphantom": _phantom,
}

"""Style, theme, list and default inheritance of a Word file -> what Word will apply (ECMA-376 part 1, 17.7.2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lxml import etree

from gongwen.reader.numbering import ListCounter
from gongwen.reader.parts import W

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
# attributes of these elements are inherited one by one; everything else as a whole
_BY_ATTRIBUTE = frozenset({"rFonts", "spacing", "ind", "lang", "numPr", "pBdr"})
# what is no property, or holds for the paragraph mark or the section only
_PASSED_OVER = frozenset(
    {"rPr", "sectPr", "pPrChange", "rPrChange", "ins", "del", "moveFrom", "moveTo", "tabs"}
)
# a theme attribute wins over the name beside it
_THEMED = {
    "asciiTheme": "ascii",
    "hAnsiTheme": "hAnsi",
    "eastAsiaTheme": "eastAsia",
    "cstheme": "cs",
}
_TOGGLES = frozenset({"b", "i", "caps", "smallCaps", "strike", "vanish"})
# Strict names of the same things, and two words for one thing
_SAME = {"start": "left", "end": "right", "startChars": "leftChars", "endChars": "rightChars"}

Marks = dict[
    str, dict[str, str]
]  # property name -> its attributes; those of its children as "child.attribute"
Signature = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


class Inheritance:
    """The styles of one file, ready to be asked what holds for a paragraph or a run.

    What styles come to is remembered.
    """

    def __init__(
        self,
        styles: etree._Element | None,
        theme: etree._Element | None,
        numbering: ListCounter | None = None,
    ) -> None:
        elements = () if styles is None else styles.iter(f"{W}style")
        self._styles = {_of(each, "styleId"): each for each in elements}
        self._default = next(
            (key for key, each in self._styles.items() if _is_default(each, "paragraph")), ""
        )
        self._table = next(
            (key for key, each in self._styles.items() if _is_default(each, "table")), ""
        )
        self._defaults = None if styles is None else styles.find(f"{W}docDefaults")
        self._theme = _theme_fonts(theme)
        self._numbering = numbering or ListCounter(None)
        self._below: dict[tuple[str, str, str], Marks] = {}

    def name(self, style: str) -> str:
        """The name of a style by its id; the default paragraph style for none."""
        element = self._styles.get(style or self._default)
        named = None if element is None else element.find(f"{W}name")
        return "" if named is None else _of(named, "val")

    def paragraph(self, own: etree._Element | None, table: str = "") -> Marks:
        """Paragraph properties that hold, for the pPr a paragraph has of its own, in a table of that style."""
        style = _style_of(own, "pStyle")
        below = self._inherited(style, "pPr", table)
        said = _merged([own])
        if said.get("numPr", {}).get("numId.val"):
            # a list named by the paragraph itself indents over its style
            numbers = _overridden("numPr", below.get("numPr", {}), said["numPr"])
            return _over(below, [self._list_indents(numbers, style), own])
        return _over(below, [own])

    def run(self, style: str, own: etree._Element | None, table: str = "") -> Marks:
        """Run properties that hold, for a run's own rPr in a paragraph of that style.

        Theme fonts by their names.
        """
        below = self._inherited(style, "rPr", table)
        named = _style_of(own, "rStyle")
        character = _merged(self._layers(named, "rPr")) if named in self._styles else {}
        resolved = _over(_laid_over(below, character), [own])
        said = _merged([own])
        for name in _TOGGLES & character.keys() - said.keys():
            # bold in a paragraph style and bold in a character style make plain (17.7.3)
            resolved[name] = {"val": "1" if on(below, name) != on(character, name) else "0"}
        if "rFonts" in resolved:
            resolved["rFonts"] = self._named(resolved["rFonts"])
        return resolved

    def _inherited(self, style: str, kind: str, table: str) -> Marks:
        """What defaults, the table's style and the paragraph's style come to.

        Not to be changed by the caller.
        """
        key = (style, kind, table)
        if key not in self._below:
            layers = [self._default_layer(kind)]
            if table:
                layers += self._layers(table if table in self._styles else self._table, kind)
            marks = _merged(layers)
            for each in self._chain(style if style in self._styles else self._default):
                layer = each.find(f"{W}{kind}")
                numbers = None if layer is None or kind != "pPr" else layer.find(f"{W}numPr")
                if numbers is not None:
                    # a list named by a style is indented by the list, unless the style says
                    # otherwise
                    listed = _overridden("numPr", marks.get("numPr", {}), _attributes(numbers))
                    marks = _over(marks, [self._list_indents(listed, _of(each, "styleId"))])
                marks = _over(marks, [layer])
            self._below[key] = marks
        return self._below[key]

    def _list_indents(self, numbers: Mapping[str, str], style: str) -> etree._Element | None:
        number = numbers.get("numId.val", "")
        depth = self.depth(numbers, style)
        level = self._numbering.level(number, depth)
        return None if level is None else level.paragraph

    def depth(self, numbers: Mapping[str, str], style: str) -> int:
        """The level of a list that a paragraph stands on: its own, or the one tied to its style."""
        level = numbers.get("ilvl.val", "")
        if level.isascii() and level.isdigit():
            return int(level[:3])
        return self._numbering.depth_of(numbers.get("numId.val", ""), style)

    def _named(self, fonts: Mapping[str, str]) -> dict[str, str]:
        named = {slot: name for slot, name in fonts.items() if slot not in _THEMED}
        for themed, slot in _THEMED.items():
            if themed in fonts and self._theme.get(fonts[themed]):
                named[f"{slot}.theme"], named[f"{slot}.beaten"] = fonts[themed], fonts.get(slot, "")
                named[slot] = self._theme[fonts[themed]]
        return named

    def _default_layer(self, kind: str) -> etree._Element | None:
        return (
            None if self._defaults is None else self._defaults.find(f"{W}{kind}Default/{W}{kind}")
        )

    def _chain(self, style: str) -> list[etree._Element]:
        """The style after all it is based on; a circle of styles ends where it closes."""
        chain: dict[str, etree._Element] = {}
        while style in self._styles and style not in chain:
            chain[style] = self._styles[style]
            style = _style_of(self._styles[style], "basedOn")
        return list(reversed(chain.values()))

    def _layers(self, style: str, kind: str) -> list[etree._Element | None]:
        return [each.find(f"{W}{kind}") for each in self._chain(style)]


def signature(own: etree._Element | None) -> Signature:
    """What tells one set of properties from another, whatever element holds it."""
    if own is None:
        return ()
    return tuple((str(each.tag), tuple(each.items())) for each in own.iter())  # type: ignore[arg-type]


def _merged(layers: Iterable[etree._Element | None]) -> Marks:
    return _over({}, layers)


def _over(below: Marks, layers: Iterable[etree._Element | None]) -> Marks:
    """The layers laid over what is below, in a new value."""
    resolved = dict(below)
    for layer in layers:
        for element in layer if layer is not None else ():
            if not isinstance(element.tag, str):
                continue
            name = element.tag.rpartition("}")[2]
            if name not in _PASSED_OVER:
                attributes = _attributes(element)
                resolved[name] = (
                    _overridden(name, resolved.get(name, {}), attributes)
                    if name in _BY_ATTRIBUTE
                    else attributes
                )
    return resolved


def _laid_over(below: Marks, above: Marks) -> Marks:
    resolved = dict(below)
    for name, value in above.items():
        resolved[name] = (
            _overridden(name, resolved.get(name, {}), value) if name in _BY_ATTRIBUTE else value
        )
    return resolved


def _attributes(element: etree._Element) -> dict[str, str]:
    attributes = {_local(key): str(value) for key, value in element.items()}
    for child in element:
        if isinstance(child.tag, str):
            attributes.update(
                {f"{_local(child.tag)}.{_local(key)}": str(value) for key, value in child.items()}
            )
    return attributes


def _local(name: str | bytes) -> str:
    bare = str(name).rpartition("}")[2]
    return _SAME.get(bare, bare)


def _overridden(name: str, below: Mapping[str, str], above: Mapping[str, str]) -> dict[str, str]:
    """Attributes of the upper layer over those of the lower.

    A font said by name takes the place of a theme's.
    """
    replaced: set[str] = set()
    if name == "rFonts":
        replaced = {
            themed for themed, slot in _THEMED.items() if slot in above and themed not in above
        }
    elif name == "ind":
        # hanging and firstLine are two words for one thing, and so are their counts in characters
        for one, other in (("hanging", "firstLine"), ("hangingChars", "firstLineChars")):
            replaced |= {other} if one in above else set()
            replaced |= {one} if other in above else set()
    return {**{key: value for key, value in below.items() if key not in replaced}, **above}


def on(marks: Marks, name: str) -> bool:
    """True if a yes-or-no property holds."""
    return name in marks and marks[name].get("val", "1") not in ("0", "false", "off", "none")


def _theme_fonts(theme: etree._Element | None) -> dict[str, str]:
    """Font names by what rFonts calls them: minorEastAsia, majorHAnsi …"""
    found: dict[str, str] = {}
    for part in ("major", "minor"):
        fonts = None if theme is None else theme.find(f".//{_A}{part}Font")
        for kind, slots in (
            ("latin", ("Ascii", "HAnsi")),
            ("ea", ("EastAsia",)),
            ("cs", ("Bidi",)),
        ):
            face = None if fonts is None else fonts.find(f"{_A}{kind}")
            name = "" if face is None else face.get("typeface", "")
            if kind == "ea" and not name:
                name = _simplified(fonts)
            found |= {f"{part}{slot}": name for slot in slots}
    return found


def _simplified(fonts: etree._Element | None) -> str:
    """The theme's font for simplified Chinese, which Word takes where the theme names no East Asian one."""
    scripts = () if fonts is None else fonts.findall(f"{_A}font")
    return next((font.get("typeface", "") for font in scripts if font.get("script") == "Hans"), "")


def _is_default(style: etree._Element, kind: str) -> bool:
    return _of(style, "type") == kind and _of(style, "default") in ("1", "true", "on")


def _style_of(element: etree._Element | None, name: str) -> str:
    child = None if element is None else element.find(f"{W}{name}")
    return "" if child is None else _of(child, "val")


def _of(element: etree._Element, attribute: str) -> str:
    return element.get(f"{W}{attribute}", "")

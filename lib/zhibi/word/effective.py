"""Style, theme and default inheritance of a Word file -> what Word will apply (ECMA-376 part 1, 17.7.2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
# attributes of these elements are inherited one by one; everything else as a whole
_BY_ATTRIBUTE = frozenset({"rFonts", "spacing", "ind", "lang"})
# a theme attribute wins over the name beside it
_THEMED = {"asciiTheme": "ascii", "hAnsiTheme": "hAnsi", "eastAsiaTheme": "eastAsia", "cstheme": "cs"}
_TOGGLES = frozenset({"b", "i", "caps", "smallCaps", "strike", "vanish"})

Marks = dict[str, dict[str, str]]  # property name -> its attributes


class Inheritance:
    """The styles of one file, ready to be asked what holds for a paragraph or a run."""

    def __init__(self, styles: etree._Element | None, theme: etree._Element | None) -> None:
        self._styles = {} if styles is None else {_of(s, "styleId"): s for s in styles.iter(f"{_W}style")}
        self._default = next(
            (
                key
                for key, s in self._styles.items()
                if _of(s, "type") == "paragraph" and _of(s, "default") in ("1", "true")
            ),
            "",
        )
        defaults = None if styles is None else styles.find(f"{_W}docDefaults")
        self._defaults = defaults
        self._theme = _theme_fonts(theme)

    def name(self, style: str) -> str:
        """The name of a style by its id; the default paragraph style for none."""
        found = self._styles.get(style or self._default)
        named = None if found is None else found.find(f"{_W}name")
        return "" if named is None else _of(named, "val")

    def paragraph(self, own: etree._Element | None) -> Marks:
        """Paragraph properties that hold, for the pPr a paragraph has of its own."""
        layers = [self._default_layer("pPr"), *self._layers(_style_of(own, "pStyle"), "pPr"), own]
        return _merged(layers)

    def run(self, paragraph: etree._Element | None, own: etree._Element | None) -> Marks:
        """Run properties that hold, for a run's own rPr inside a paragraph with that pPr; theme fonts by their names."""
        below = [self._default_layer("rPr"), *self._layers(_style_of(paragraph, "pStyle"), "rPr")]
        character = self._layers(_style_of(own, "rStyle"), "rPr") if _style_of(own, "rStyle") else []
        found = _merged([*below, *character, own])
        said, styled, both = _merged([own]), _merged(list(below)), _merged(list(character))
        for name in _TOGGLES & both.keys() - said.keys():
            # bold in a paragraph style and bold in a character style make plain (17.7.3)
            found[name] = {"val": "1" if on(styled, name) != on(both, name) else "0"}
        if "rFonts" in found:
            found["rFonts"] = self._named(found["rFonts"])
        return found

    def _named(self, fonts: Mapping[str, str]) -> dict[str, str]:
        named = {slot: name for slot, name in fonts.items() if slot not in _THEMED}
        for themed, slot in _THEMED.items():
            if themed in fonts and self._theme.get(fonts[themed]):
                named[slot] = self._theme[fonts[themed]]
        return named

    def _default_layer(self, kind: str) -> etree._Element | None:
        return None if self._defaults is None else self._defaults.find(f"{_W}{kind}Default/{_W}{kind}")

    def _layers(self, style: str, kind: str) -> list[etree._Element]:
        """The style's properties, those it is based on first; a circle of styles ends where it closes."""
        chain: list[etree._Element] = []
        seen: set[str] = set()
        style = style if style in self._styles else self._default
        while style in self._styles and style not in seen:
            seen.add(style)
            chain.append(self._styles[style])
            style = _style_of(self._styles[style], "basedOn")
        return [found for each in reversed(chain) if (found := each.find(f"{_W}{kind}")) is not None]


def _merged(layers: list[etree._Element | None]) -> Marks:
    found: Marks = {}
    for layer in layers:
        for element in layer if layer is not None else ():
            if not isinstance(element.tag, str):
                continue
            name = etree.QName(element).localname
            given = {etree.QName(str(key)).localname: str(value) for key, value in element.attrib.items()}
            if name in _BY_ATTRIBUTE:
                found[name] = _overridden(found.get(name, {}), given)
            else:
                found[name] = given
    return found


def _overridden(below: Mapping[str, str], above: Mapping[str, str]) -> dict[str, str]:
    """Attributes of the upper layer over those of the lower; a font said by name takes the place of a theme's."""
    replaced = {themed for themed, slot in _THEMED.items() if slot in above and themed not in above}
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
        for kind, slots in (("latin", ("Ascii", "HAnsi")), ("ea", ("EastAsia",)), ("cs", ("Bidi",))):
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


def _style_of(element: etree._Element | None, name: str) -> str:
    found = None if element is None else element.find(f"{_W}{name}")
    return "" if found is None else _of(found, "val")


def _of(element: etree._Element, attribute: str) -> str:
    return element.get(f"{_W}{attribute}", "")


def runs_of(paragraph: etree._Element) -> Iterator[etree._Element]:
    """The runs of a paragraph, those inside links and insertions too, those of text boxes and deletions not."""
    for child in paragraph:
        if child.tag == f"{_W}r":
            yield child
        elif child.tag in {f"{_W}hyperlink", f"{_W}ins", f"{_W}smartTag", f"{_W}fldSimple"}:
            yield from runs_of(child)
        elif child.tag == f"{_W}sdt":
            for content in child.findall(f"{_W}sdtContent"):
                yield from runs_of(content)

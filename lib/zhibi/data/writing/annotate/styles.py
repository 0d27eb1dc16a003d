"""The styles of a workbook -> the same with colours for findings.

No style that is there changes its meaning.
"""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from gongwen.findings import Level
from zhibi.data.writing.annotate.package import local, within

COLOURS = {Level.ERROR: "FFFF9F9F", Level.WARNING: "FFFFE08A", Level.NOTE: "FFBDE3FF"}
_ORDER = (
    "numFmts",
    "fonts",
    "fills",
    "borders",
    "cellStyleXfs",
    "cellXfs",
    "cellStyles",
    "dxfs",
    "tableStyles",
)
_DEFAULTS = {"numFmtId": "0", "fontId": "0", "fillId": "0", "borderId": "0"}
_MOST = 60_000  # Excel has room for 65,490 formats of cells


class Styles:
    """The part of styles, to which formats are added."""

    def __init__(self, root: etree._Element) -> None:
        self._root = root
        self._fills = self._group("fills")
        self._formats = self._group("cellXfs")
        self._numbers: dict[tuple[int, Level], int] = {}
        self._fill_of: dict[Level, str] = {}
        if not len(self._formats):
            self._append(self._formats, "xf", **_DEFAULTS)

    def forget_marks(self) -> None:
        """Take the colours of an earlier check off the formats that have them."""
        ours = {str(number) for number, fill in enumerate(self._fills) if _is_ours(fill)}
        for each in self._formats:
            if each.get("fillId") in ours:
                each.set("fillId", "0")

    def marked(self, number: int, level: Level) -> int:
        """The number of a format that is the given one, but coloured."""
        if not 0 <= number < len(self._formats):
            number = 0
        if (number, level) not in self._numbers:
            self._numbers[number, level] = self._coloured(number, level)
        return self._numbers[number, level]

    def _coloured(self, number: int, level: Level) -> int:
        if len(self._formats) >= _MOST:
            return number
        copy = deepcopy(self._formats[number])
        copy.set("fillId", self._fill(level))
        copy.set("applyFill", "1")
        return self._add(copy)

    def wrapped(self) -> int:
        """A format for sentences: text, wrapped, from the top."""
        form = etree.Element(
            within(self._root, "xf"), {**_DEFAULTS, "numFmtId": "49", "applyNumberFormat": "1"}
        )
        form.set("applyAlignment", "1")
        self._append(form, "alignment", vertical="top", wrapText="1")
        return self._add(form)

    def bold(self) -> int:
        """A format for heads."""
        return self._with_font('<font {}><b/><sz val="11"/></font>')

    def link(self) -> int:
        """A format for what leads to a cell."""
        return self._with_font('<font {}><u/><sz val="11"/><color rgb="FF0563C1"/></font>')

    def _with_font(self, xml: str) -> int:
        fonts = self._group("fonts")
        if not len(fonts):
            self._append(fonts, "font")
        font = etree.fromstring(
            xml.replace("{}", f'xmlns="{etree.QName(self._root).namespace or ""}"')
        )
        fonts.append(font)
        _count(fonts)
        form = etree.Element(
            within(self._root, "xf"), {**_DEFAULTS, "fontId": str(len(fonts) - 1), "applyFont": "1"}
        )
        form.set("applyAlignment", "1")
        self._append(form, "alignment", vertical="top")
        return self._add(form)

    def _add(self, form: etree._Element) -> int:
        self._formats.append(form)
        _count(self._formats)
        return len(self._formats) - 1

    def _fill(self, level: Level) -> str:
        if level not in self._fill_of:
            for pattern in ("none", "gray125")[len(self._fills) :]:  # the first two are fixed
                self._append(self._append(self._fills, "fill"), "patternFill", patternType=pattern)
            fill = self._append(
                self._append(self._fills, "fill"), "patternFill", patternType="solid"
            )
            self._append(fill, "fgColor", rgb=COLOURS[level])
            self._append(fill, "bgColor", indexed="64")
            _count(self._fills)
            self._fill_of[level] = str(len(self._fills) - 1)
        return self._fill_of[level]

    def _group(self, name: str) -> etree._Element:
        group = self._root.find(within(self._root, name))
        if group is None:
            before = [each for each in self._root if local(each) in _ORDER[: _ORDER.index(name)]]
            group = etree.Element(within(self._root, name))
            self._root.insert(self._root.index(before[-1]) + 1 if before else 0, group)
        return group

    def _append(self, parent: etree._Element, name: str, **attributes: str) -> etree._Element:
        return etree.SubElement(parent, within(self._root, name), attributes)


def _count(group: etree._Element) -> None:
    group.set("count", str(len(group)))


def _is_ours(fill: etree._Element) -> bool:
    return any(
        each.get("rgb") in COLOURS.values() for each in fill.iter() if local(each) == "fgColor"
    )

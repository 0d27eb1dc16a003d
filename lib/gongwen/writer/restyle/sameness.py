"""A file before and after -> proof that not a letter, picture, note, comment or tracked change is lost, or a refusal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, zip_longest

from gongwen.errors import TextChanged
from gongwen.reader.formatting import Measured
from gongwen.reader.parts import Package, W

_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_COUNTED = {
    f"{W}drawing": "图片", f"{W}pict": "图片", f"{W}object": "嵌入对象", f"{W}tbl": "表格", f"{W}ins": "插入的修订",
    f"{W}del": "删除的修订", f"{W}moveFrom": "移动的修订", f"{W}commentReference": "批注",
    f"{W}footnoteReference": "脚注", f"{W}endnoteReference": "尾注", f"{W}hyperlink": "链接",
    f"{W}bookmarkStart": "书签", f"{W}fldSimple": "域", f"{W}fldChar": "域", f"{_M}oMath": "公式",
}  # fmt: skip


def proved(
    before: Package,
    after: Package,
    shown: tuple[Measured, Measured],
    typed: Sequence[str],
    tables: int = 0,
) -> None:
    """Raise TextChanged where anything but a heading's number differs.

    `typed`: numbers written out, by paragraph. `tables`: how many were put around paragraphs.
    """
    expected = list(_expected(shown[0], typed))
    paragraphs = [
        (each.label, each.text.strip()) for each in shown[1].paragraphs if each.text.strip()
    ]
    for place, (one, other) in enumerate(zip_longest(expected, paragraphs), 1):
        if one != other:
            raise TextChanged(before.name, f"第{place}段", "".join(one or ()), "".join(other or ()))
    old, new = _things(before), _things(after)
    old["表格"] += 0  # told even where there was none
    for name, count in old.items():
        if new[name] != count + (tables if name == "表格" else 0):
            raise TextChanged(before.name, "全文", f"{name}{count}处", f"{name}{new[name]}处")
    if _struck(before) != _struck(after):
        raise TextChanged(before.name, "全文", "修订中删去的文字", "与原来不同")
    for words in _margins(shown[0]) - _margins(shown[1]):
        raise TextChanged(before.name, "页眉页脚", words, "")


def _expected(measured: Measured, typed: Sequence[str]) -> Iterator[tuple[str, str]]:
    for each, number in zip(measured.paragraphs, typed, strict=True):
        if each.text.strip():
            label = "" if number else each.label
            yield (label, f"{number}{each.text.strip()}".strip())


def _things(package: Package) -> Counter[str]:
    root = package.xml(package.main)
    counts: Counter[str] = Counter()
    for element in root.iter(*_COUNTED) if root is not None else ():
        above = element.getparent()
        # marks in the properties of a paragraph, row or run are counted where they are kept: as
        # what they are
        if above is not None and not str(above.tag).endswith("Change"):
            counts[_COUNTED[str(element.tag)]] += 1
    return counts


def _struck(package: Package) -> list[str]:
    root = package.xml(package.main)
    return [each.text or "" for each in root.iter(f"{W}delText")] if root is not None else []


def _margins(measured: Measured) -> Counter[str]:
    """What headers and footers say, the page numbers apart.

    Once for each page they stand on is enough.
    """
    margins = chain.from_iterable(section.margins for section in measured.sections)
    paragraphs = chain.from_iterable(margin.paragraphs for margin in margins)
    words = {paragraph.text.strip() for paragraph in paragraphs if not _paged(paragraph.fields)}
    return Counter(words - {""})


def _paged(fields: tuple[str, ...]) -> bool:
    return any(code.split()[:1] == ["PAGE"] for code in fields)

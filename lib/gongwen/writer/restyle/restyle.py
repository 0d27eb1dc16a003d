"""Bytes of any .docx and a profile -> the same words in official form, with what was changed and what is unsure.

The file's own package is laid out in place: its parts stay, each paragraph gets the style of its
role instead of the look it had. That nothing is lost is proved on the result, opened anew (see
`sameness`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from lxml import etree

from gongwen.oxml import DECLARATIONS, parse, properties, put, tag
from gongwen.profile import Profile
from gongwen.reader import stories
from gongwen.reader.formatting import MeasuredParagraph
from gongwen.reader.measure import Reader, measure
from gongwen.reader.paragraphs import Spot
from gongwen.reader.parts import Package, W, serialized
from gongwen.reader.roles import Recognised, of_file
from gongwen.writer.layout.page import is_landscape
from gongwen.writer.package import styles
from gongwen.writer.restyle import (
    letters,
    numbers,
    paragraphs,
    refusals,
    sameness,
    sections,
    spacing,
    tables,
)
from gongwen.writer.restyle.working_copy import WorkingCopy

_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_SHOWN = 24  # characters of a paragraph that are quoted
_DOUBTFUL = ("heading", "title", "attachment_title", "addressee")


@dataclass(frozen=True, slots=True)
class Doubt:
    """A paragraph whose role is a guess, and why it was taken for that."""

    where: str
    words: str
    role: str
    level: int
    reason: str


@dataclass(frozen=True, slots=True)
class Restyled:
    """The file in official form."""

    content: bytes
    changes: tuple[tuple[str, int], ...]  # what was done, and how often
    doubts: tuple[Doubt, ...]


def restyled(
    content: bytes, name: str, profile: Profile, roles: Sequence[Recognised] = ()
) -> Restyled:
    """The file laid out; `roles` where they are known better than from its looks.

    Raises UnreadableFile for what is no such file, is protected or scanned, and TextChanged rather
    than lose a letter.
    """
    package = Package(content, name)
    measured = measure(content, name)
    refusals.stop(package, measured)
    streams = stories.stories(package)
    root = package.related("styles")
    root = etree.fromstring(f"<w:styles {DECLARATIONS}/>".encode()) if root is None else root
    names = {
        each.get(f"{W}styleId", ""): _value(each.find(f"{W}name"))
        for each in root.iter(f"{W}style")
    }
    reader = Reader(package)
    spots = list(chain.from_iterable(story.spots for story in streams))
    recognised = list(roles or of_file(measured))
    recognised += [recognised[-1]] * (len(spots) - len(recognised))
    listed = numbers.lists(reader, spots)
    ids = _styles(root, profile)
    typed = numbers.typed(
        [each.label for each in measured.paragraphs],
        [each.text for each in measured.paragraphs],
        recognised,
        [reader.numbering.family(each.number) if each else "" for each in listed],
        profile,
    )
    file = WorkingCopy(package, profile, measured, spots, recognised, ids, names, listed, typed)
    _paragraphs(file)
    spacing.closings(file)
    spacing.blank_lines(file)
    spacing.keep_head(file)
    _tables(file, streams[0].root)
    spacing.imprint_tables(file)
    feet = sections.lay_out(file, streams[0].root, reader)
    spacing.drop_empty(file)
    parts = _parts(file, streams, root, feet)
    after = Package(package.rewritten(parts), name)
    shown = (measured, measure(after.content, name))
    sameness.proved(package, after, shown, typed, file.changes[spacing.MADE_A_TABLE])
    return Restyled(after.content, tuple(file.changes.items()), tuple(_doubts(file)))


def _styles(root: etree._Element, profile: Profile) -> dict[str, str]:
    """Our styles among those of the file, leaning on nothing but its Normal, which is ours too."""
    ids = styles.apply_to(root, profile)
    ours = {ids[role] for role in styles.ROLES}
    for style in root.findall(f"{W}style"):
        plain = style.get(f"{W}type") == "paragraph"
        if plain and style.get(f"{W}styleId") != ids["normal"]:
            style.attrib.pop(f"{W}default", "")
        if plain and style.get(f"{W}styleId") in ours - {ids["normal"]}:
            put(style, parse(tag("basedOn", val=ids["normal"])))
    return ids


def _paragraphs(file: WorkingCopy) -> None:
    rows = zip(
        file.spots, file.measured.paragraphs, file.roles, file.listed, file.typed, strict=True
    )
    for spot, measured, role, listed, number in rows:
        if spot.box:
            letters.freeze(spot, measured)
            _freeze_paragraph(spot, measured)
            file.changes["文本框里的文字样子不变"] += 1
            continue
        _paragraph(file, spot, measured, role, None if number else listed)
        if number:
            _type(spot, number)
            file.changes["自动编号改成文字"] += 1


def _paragraph(
    file: WorkingCopy,
    spot: Spot,
    measured: MeasuredParagraph,
    role: Recognised,
    listed: numbers.Listed | None,
) -> None:
    """One paragraph: its blanks, its style, its runs."""
    if role.role != "contents" and letters.trimmed(spot):
        file.changes["段首段尾的空格删去"] += 1
    cell = spot.cell
    head = cell is not None and cell.row == 0 and _is_headed(cell.element)
    small = cell is not None and _columns(cell.element) > tables.MANY_COLUMNS
    style = paragraphs.style_of(role, measured, head=head, small=small)
    beside = bool(spot.pictures) or next(spot.element.iter(f"{_M}oMath"), None) is not None
    marks = paragraphs.marks_of(style, measured, file.profile, beside=beside)
    if listed is not None and role.role != "heading" and measured.label:
        numbers.put_numbering(marks, listed)
    ruled = not measured.text.strip() and measured.borders
    used = "gap" if ruled else style
    paragraphs.lay_out(spot.element, used, file.ids[used], marks)
    whole = measured if len(spot.pieces) == len(measured.runs) else None
    if whole is not None:
        letters.restyle(spot, whole, role.role, file.names)
    if style == "mark":
        letters.set_size(spot, paragraphs.mark_size(measured, file.profile))
    if role.role == "body" and role.level in (1, 2):
        letters.leads(spot, measured, file.ids[f"lead heading{role.level}"])
    if role.role == "attachment_label" and not _begins_page(spot.element):
        own = spot.element.find(f"{W}pPr")
        assert own is not None  # it has just been laid out
        put(own, parse(tag("pageBreakBefore")))


def _freeze_paragraph(spot: Spot, measured: MeasuredParagraph) -> None:
    """Spacing and indents of a paragraph in a text box, written down as they were."""
    look = spot.element.find(f"{W}pPr")
    if look is None:
        look = etree.Element(f"{W}pPr")
        spot.element.insert(0, look)
    first = round(measured.first_line_twips)
    turn = {"hanging": -first} if first < 0 else {"firstLine": first}
    for xml in (
        tag("spacing", before=round(measured.before_twips), after=round(measured.after_twips),
            line=round(measured.line_twips), lineRule=measured.line_rule),
        tag("ind", left=round(measured.left_twips), right=round(measured.right_twips), **turn),
        tag("jc", val=measured.align),
    ):  # fmt: skip
        element = parse(xml)
        if look.find(element.tag) is None:
            put(look, element)


def _type(spot: Spot, number: str) -> None:
    """Write a number before the first words of a paragraph."""
    words = f'<w:t xml:space="preserve">{number}</w:t>'
    look = properties("rPr", {"rFonts": tag("rFonts", hint="eastAsia")})
    run = parse(f"<w:r>{look}{words}</w:r>")
    look_of_paragraph = spot.element.find(f"{W}pPr")
    assert look_of_paragraph is not None
    look_of_paragraph.addnext(run)


def _begins_page(element: etree._Element) -> bool:
    """True if a break of page or section comes right before a paragraph, or nothing does."""
    before = element.getprevious()
    while before is not None and not "".join(map(str, before.itertext(f"{W}t"))).strip():
        breaks = [each.get(f"{W}type") for each in before.iter(f"{W}br")]
        if "page" in breaks or next(before.iter(f"{W}sectPr"), None) is not None:
            return True
        before = before.getprevious()
    own = [each.get(f"{W}type") for each in element.iter(f"{W}br")]
    return before is None or "page" in own or next(before.iter(f"{W}sectPr"), None) is not None


def _is_headed(table: etree._Element) -> bool:
    look = table.find(f"{W}tblPr")
    lined = look is None or look.find(f"{W}tblBorders/{W}insideH[@{W}val='nil']") is None
    return lined and len(table.findall(f"{W}tr")) > 1


def _columns(table: etree._Element) -> int:
    return len(table.findall(f"{W}tblGrid/{W}gridCol"))


def _tables(file: WorkingCopy, root: etree._Element) -> None:
    turned = {id(spot.element) for spot in _turned(file, root)}
    for element in root.iter(f"{W}tbl"):
        first = next(element.iter(f"{W}p"), None)
        if tables.fit(element, file.profile, landscape=id(first) in turned):
            file.changes["表格收进版心"] += 1
    for spot in file.spots:
        count = tables.shrink(spot.pictures, file.profile, landscape=id(spot.element) in turned)
        if count:
            file.changes["图片缩进版心"] += count


def _turned(file: WorkingCopy, root: etree._Element) -> list[Spot]:
    """The paragraphs on landscape pages."""
    ends = [is_landscape(each) for each in root.iter(f"{W}sectPr") if not sections.is_former(each)]
    pairs = zip(file.spots, file.measured.paragraphs, strict=True)
    return [
        spot for spot, measured in pairs if measured.section < len(ends) and ends[measured.section]
    ]


def _parts(
    file: WorkingCopy, streams: Sequence[stories.Story], root: etree._Element, feet: sections.Feet
) -> dict[str, bytes]:
    """Every part that is new or changed."""
    package = file.package
    main = package.read(package.main) or b""
    parts = {
        story.part: serialized(story.root, package.read(story.part) or b"") for story in streams
    }
    settings = package.related("settings")
    settings = parse("<w:settings/>") if settings is None else settings
    sections.settle(settings)
    for kind, tree in (("styles", root), ("settings", settings)):
        part = package.target(kind) or feet.declare(kind)
        parts[part] = serialized(tree, main)
    twin = package.target("stylesWithEffects")
    if twin:  # Word takes a copy that says otherwise for damage
        parts[twin] = parts[package.target("styles") or feet.declare("styles")]
    return parts | feet.parts | sections.declared(feet, main)


def _doubts(file: WorkingCopy) -> list[Doubt]:
    doubts, count = [], 0
    for measured, role in zip(file.measured.paragraphs, file.roles, strict=True):
        if not measured.text.strip() or measured.cell is not None or measured.story != "正文":
            continue
        count += 1
        unsure = role.certainty == "guess" or (
            role.certainty == "likely" and role.role in _DOUBTFUL
        )
        if unsure:
            words = measured.text.strip()[:_SHOWN]
            doubts.append(Doubt(f"第{count}段", words, role.role, role.level, role.reason))
    return doubts


def _value(element: etree._Element | None) -> str:
    return "" if element is None else element.get(f"{W}val", "")

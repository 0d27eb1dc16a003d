"""G05–G08, G37: page numbers: there, in their form, on their side, in their face."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from gongwen.findings import Level
from gongwen.profile import Profile
from gongwen.reader.formatting import Margin, Measured, MeasuredParagraph
from gongwen.reader.roles.typefaces import face_of
from gongwen_lint.manuscript.manuscript import Manuscript
from gongwen_lint.rules.context import CheckContext
from gongwen_lint.rules.page.expected import PAGE, STANDARD, clause, given, level_of, size_name
from gongwen_lint.rules.rule import Rule, Violation

_PAGE_FIELD = re.compile(r"PAGE\b", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
_SIZE_SLACK_PT = 0.5
_BELOW_MM, _BELOW_SLACK_MM = (
    7.0,
    3.0,
)  # what 7.5 asks for; fonts and line heights move the dash by one or two
_IN_DASH = "numberInDash"  # Word draws the dashes itself: the field holds “1” or “- 1 -”
_IN_DASHES = re.compile(r"\d+|[-－—–]\d+[-－—–]")
_NAMES = {"left": "居左", "right": "居右", "center": "居中", "both": "居左", "distribute": "分散"}


def _numbered(measured: Measured) -> dict[str, tuple[Margin, MeasuredParagraph]]:
    """For odd (default) and even pages: where the page number stands, as the last section that numbers has it."""
    found: dict[str, tuple[Margin, MeasuredParagraph]] = {}
    for section in measured.sections:
        for margin in section.margins:
            for paragraph in margin.paragraphs:
                if margin.pages != "first" and any(
                    _PAGE_FIELD.match(code) for code in paragraph.fields
                ):
                    found.setdefault(margin.pages, (margin, paragraph))
    return found


def missing(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """G05：页码编排在版心下边缘之下，单双页都有。

    全文排得下一面的不查（估不准时也不查）。手打的数字不是页码。首页没有页码的（如信函）不说。

    好：插入→页码。    差：三页的报告没有页码；设了奇偶页不同，只在奇数页插了页码。
    """
    measured, profile = given(manuscript, against)
    found, why = _numbered(measured), clause(profile, "page_number.odd")
    lacking = [
        name for pages, name in (("default", "单页"), ("even", "双页")) if pages not in found
    ]
    if not measured.settings.even_and_odd:
        lacking = [] if "default" in found else ["单页", "双页"]
    if lacking and _several_pages(measured, profile):
        message = f"{'' if len(lacking) > 1 else lacking[0]}没有页码{why}"
        yield Violation(
            0,
            message=message,
            hint="插入→页码→页面底端。",
            level=level_of(profile, "page_number.odd"),
        )


def _several_pages(measured: Measured, profile: Profile) -> bool:
    """True if the words alone, set as tightly as the grid allows, fill more than a page and a half."""
    lines = sum(
        -(-len(each.text) // profile.grid.chars)
        for each in measured.paragraphs
        if not each.in_table
    )
    return lines > profile.grid.lines * 1.5


def form(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """G06：页码数字左右各放一条一字线。

    编号格式选“- 1 -”的，线由 Word 画，不说。

    好：— 1 —    差：- 1 -、第1页 共3页、1
    """
    measured, profile = given(manuscript, against)
    number = profile.page_number
    wanted = _bare(f"{number.before}1{number.after}")
    told: set[str] = set()
    dashed = any(section.number_format == _IN_DASH for section in measured.sections)
    for _, paragraph in _numbered(measured).values():
        found = _bare(paragraph.text)
        if dashed and _IN_DASHES.fullmatch(found):
            continue
        shown = re.sub(r"\d+", "1", found, count=1) if re.search(r"\d", found) else ""
        if shown and shown != wanted and shown not in told:
            told.add(shown)
            yield Violation(0, message=f"页码写作“{paragraph.text.strip()}”，"
                                       f"应写作“{number.before}1{number.after}”"
                              f"{clause(profile, 'page_number.before')}",
                      hint="在页码数字左右各加一条一字线。", level=level_of(profile, "page_number.before"))  # fmt: skip


def _bare(text: str) -> str:
    return _SPACE.sub("", text)


def side(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """G07：单页码居右空一字，双页码居左空一字。

    放在图文框、文本框里的页码看不出左右，不查。

    好：奇偶页不同，奇数页页脚右对齐右空一字，偶数页左对齐左空一字。    差：页码一律居中；没有设奇偶页不同。
    """
    measured, profile = given(manuscript, against)
    found = _numbered(measured)
    number = profile.page_number
    if not found or any(margin.framed for margin, _ in found.values()):
        return
    level, why = level_of(profile, "page_number.odd"), clause(profile, "page_number.odd")
    for pages, wanted, name in (("default", number.odd, "单页"), ("even", number.even, "双页")):
        if pages in found and (pages == "default" or measured.settings.even_and_odd):
            align = found[pages][1].align
            if _NAMES.get(align, align) != _NAMES[wanted] and not _tabbed(found[pages][1]):
                yield Violation(0, message=f"{name}页码{_NAMES.get(align, align)}，"
                                           f"应{_NAMES[wanted]}{why}",
                          hint=f"{name}页脚设为{_NAMES[wanted]}，空{number.indent_chars:g}字。", level=level)  # fmt: skip
    alike = number.odd != number.even and not measured.settings.even_and_odd
    if alike and "default" in found and found["default"][1].align == number.odd:
        yield Violation(0, message=f"没有设“奇偶页不同”，双页码也{_NAMES[number.odd]}{why}",
                  hint="页脚选项中勾选“奇偶页不同”，双页页脚左对齐、左空一字。", level=level)  # fmt: skip


def _tabbed(paragraph: MeasuredParagraph) -> bool:
    return paragraph.text.startswith(("\t", " ", "　"))


def face(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """G08：页码用4号半角宋体阿拉伯数字。

    好：宋体四号。    差：Times New Roman小五号；仿宋三号。
    """
    measured, profile = given(manuscript, against)
    style = profile.styles.page_number
    told: set[str] = set()
    for _, paragraph in _numbered(measured).values():
        digits = [run for run in paragraph.runs if re.search(r"\d", run.text)]
        for run in digits[:1]:
            wrong = []
            if abs(run.size_pt - style.size_pt) > _SIZE_SLACK_PT:
                wrong.append(f"字号为{size_name(run.size_pt)}，应为{size_name(style.size_pt)}")
            if (
                run.latin
                and run.latin != style.font.ascii
                and face_of(run.latin) != face_of(style.font.ascii)
            ):
                wrong.append(f"字体为{run.latin}，应为{style.font.ascii}")
            message = f"页码{'；'.join(wrong)}{clause(profile, 'styles.page_number.size_pt')}"
            if wrong and message not in told:
                told.add(message)
                yield Violation(
                    0, message=message, hint="选中页脚里的页码改字体、字号。", level=Level.WARNING
                )


def _last_fields(margin: Margin) -> Sequence[str]:
    """The fields of the last paragraph of a header or footer that has words."""
    written = [paragraph for paragraph in margin.paragraphs if paragraph.text.strip()]
    return written[-1].fields if written else ()


def below_the_text(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """G37：页码的一字线上距版心下边缘7毫米。

    按页边距和页脚距边界估算，字体不同会差一两毫米，相差3毫米以上才说。图文框、文本框里的页码和横排的节不查。

    好：下边距35毫米、页脚距边界25毫米左右。    差：下边距35毫米，页脚距边界用Word默认的15毫米，页码落在版心之下17毫米。
    """
    measured, profile = given(manuscript, against)
    wanted = profile.page.bottom_mm - profile.page_number.footer_mm
    told: set[str] = set()
    for section in measured.sections:
        feet = [
            margin for margin in section.margins if margin.kind == "footer" and not margin.framed
        ]
        codes = chain.from_iterable(map(_last_fields, feet))
        last = any(map(_PAGE_FIELD.match, codes))
        if section.landscape or not (section.footer_mm and section.bottom_mm and last):
            continue
        found = section.bottom_mm - section.footer_mm
        message = f"页码大约在版心下边缘之下{max(found - wanted + _BELOW_MM, 0):.0f}毫米，应为{_BELOW_MM:g}毫米"
        if abs(found - wanted) > _BELOW_SLACK_MM and message not in told:
            told.add(message)
            foot = section.bottom_mm - wanted
            hint = (
                f"布局→页边距→版式：页脚距边界{foot / 10:.2g}厘米。"
                if foot > 0
                else "请改下边距和页脚距边界。"
            )
            yield Violation(0, message=f"{message}{clause(profile, 'page_number.footer_mm')}", hint=hint,
                      level=level_of(profile, "page_number.footer_mm", at_most=Level.WARNING))  # fmt: skip


RULES = (
    Rule("G05", "没有页码", "版式", Level.ERROR, f"{STANDARD} 7.5", missing, PAGE),
    Rule("G06", "页码的写法", "版式", Level.ERROR, f"{STANDARD} 7.5", form, PAGE),
    Rule("G07", "页码的位置", "版式", Level.ERROR, f"{STANDARD} 7.5", side, PAGE),
    Rule("G08", "页码的字体字号", "版式", Level.WARNING, f"{STANDARD} 7.5", face, PAGE),
)
PLACE = (
    Rule("G37", "页码离版心的距离", "版式", Level.WARNING, f"{STANDARD} 7.5", below_the_text, PAGE),
)

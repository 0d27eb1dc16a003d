"""G09–G12: fonts and sizes of the text and of the elements around it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongwen.findings import Level
from gongwen.profile import Profile
from gongwen.reader.formatting import MeasuredParagraph, Run
from gongwen.reader.roles.typefaces import face_of
from gongwen_lint.manuscript.manuscript import Manuscript, Para, Role
from gongwen_lint.rules.context import CheckContext
from gongwen_lint.rules.page.expected import (
    HANZI,
    chinese,
    clause,
    gathered,
    level_of,
    look_of,
    looked,
    of_roles,
    profile_of,
    size_name,
    span,
    style_of,
)
from gongwen_lint.rules.rule import Violation

_TEXT: tuple[Role, ...] = (
    "body",
    "list_item",
    "addressee",
    "signature",
    "date",
    "attachment_note",
    "remark",
)


_SIZE_SLACK_PT = 0.3


_FIRST_SENTENCE = re.compile(r"[^。：:]*[。：:]")


_HEADED = ("黑体", "楷体")  # what headings within a text, and emphasis, are set in


def face(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """G09：正文和没有特别说明的各要素一般用仿宋体。

    看一段中多数汉字的字体；字体名说明不了字形的（如“华康简标题”）不查。

    好：仿宋、仿宋_GB2312、方正仿宋_GBK。    差：宋体、等线、微软雅黑。
    """
    yield from gathered(manuscript, _faces(manuscript, profile_of(against)))


def _faces(manuscript: Manuscript, profile: Profile) -> Iterator[Violation]:
    for para, seen in of_roles(manuscript, *_TEXT):
        look, wanted = look_of(seen), style_of(para, profile)
        if look is None or wanted is None or para.cell or not look.font:
            continue
        right = face_of(wanted[1].font.east_asian)
        unknown = not look.face and look.font not in ("等线", "DengXian")
        if look.face != right and not unknown and not _run_in(para, look.face):
            path = f"{wanted[0]}.font"
            message = f"字体为{look.font}，一般应为{right}{clause(profile, path)}"
            yield span(para, message=message, level=level_of(profile, path, at_most=Level.WARNING))


def _run_in(para: Para, found: str) -> bool:
    """A short paragraph that is mostly its run-in heading."""
    return (bool(para.level) or para.role == "remark") and found in _HEADED


def size(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """G10：正文和没有特别说明的各要素一般用3号字，版记用4号字。

    好：三号（16磅）。    差：小四号（12磅）、小三号（15磅）。
    """
    yield from gathered(manuscript, _sizes(manuscript, profile_of(against)))


def _sizes(manuscript: Manuscript, profile: Profile) -> Iterator[Violation]:
    for para, seen in of_roles(
        manuscript, *_TEXT, "document_number", "imprint", "attachment_label"
    ):
        look, wanted = look_of(seen), style_of(para, profile)
        if look is None or wanted is None or (para.cell and para.role != "imprint"):
            continue
        right = wanted[1].size_pt
        if abs(look.size_pt - right) > _SIZE_SLACK_PT:
            path = f"{wanted[0]}.size_pt"
            message = f"字号为{size_name(look.size_pt)}，一般应为{size_name(right)}{clause(profile, path)}"
            yield span(para, message=message, level=level_of(profile, path, at_most=Level.WARNING))


def mixed(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """G11：一段之内汉字的字体、字号一致。

    多是从网页或别的文件粘贴来的几个字。段首用黑体、楷体的小标题和成句强调不算；字号不同的都算。

    好：全段三号仿宋。    差：一段仿宋中夹着几个宋体字；“2026年”后面的“全县”大了一号。
    """
    profile_of(against)
    for para, seen in of_roles(manuscript, "body", "list_item", "addressee", "heading"):
        look = look_of(seen)
        if look is None or para.cell:
            continue
        head = _FIRST_SENTENCE.match(para.text)
        for start, run in placed(seen):
            if not HANZI.search(run.text) or run.position != "baseline":
                continue
            other_face = face_of(run.east_asian)
            strange = (
                other_face and look.face and other_face != look.face and other_face not in _HEADED
            )
            run_in = head is not None and _run_in_edge(
                start, run, head.end(), (other_face, look.face)
            )
            if strange and not run_in:
                message = f"这几个字的字体是{run.east_asian}，本段其余是{look.font}"
            elif abs(run.size_pt - look.size_pt) > _SIZE_SLACK_PT and not run_in:
                message = (
                    f"这几个字的字号是{size_name(run.size_pt)}，本段其余是{size_name(look.size_pt)}"
                )
            else:
                continue
            yield Violation(
                para.number, start, start + len(run.text), message, hint="用格式刷统一。"
            )


def _run_in_edge(start: int, run: Run, head_ends: int, faces: tuple[str, str]) -> bool:
    """True for the run-in heading of a text, and for the text after a heading that is the longer of the two."""
    face, usual = faces
    if start + len(run.text) <= head_ends:
        return face in _HEADED
    return usual in _HEADED and start >= head_ends


def placed(measured: MeasuredParagraph) -> Iterator[tuple[int, Run]]:
    """Each run with where it begins in the text of its paragraph."""
    at = 0
    for run in measured.runs:
        yield at, run
        at += len(run.text)


def themed(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """G12：写明的字体不能被主题字体盖住。

    文件里同时写着字体名和主题字体时，Word用的是主题字体；在WPS里看着对、到Word里变了，多半是这个原因。

    好：rFonts里只有eastAsia。    差：eastAsia写仿宋，旁边还有eastAsiaTheme，印出来是等线。
    """
    profile_of(against)
    yield from gathered(manuscript, _themes(manuscript))


def _themes(manuscript: Manuscript) -> Iterator[Violation]:
    for para in manuscript.paras:
        for _, seen in looked(para):
            beaten = [
                run for run in chinese(seen.runs)
                if run.theme and run.beaten and face_of(run.beaten) != face_of(run.east_asian)
            ]  # fmt: skip
            if beaten:
                message = (
                    f"写明的字体是{beaten[0].beaten}，实际用的是主题字体{beaten[0].east_asian}"
                )
                yield span(para, message=message, hint="选中文字，重新指定一次中文字体。")

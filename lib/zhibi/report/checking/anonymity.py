"""An anonymised run -> the names to mask, the masked notebook, and findings for names that are left.

Cells of the workbook are masked before the notebook counts them
(`zhibi.data.writing.pseudonymise`), so that figures and pictures hold stand-ins from the start.
What is left is what people typed: parameters, prose in the notebook, paths.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from nbformat.notebooknode import NotebookNode

from gongwen.chinese.pseudonyms import Pseudonyms
from gongwen.document import Document, Figure, Table, codec, lines_of, plain, spots
from gongwen.errors import NamesLeft
from gongwen.findings import Finding, Level, Location
from zhibi.data.dataset import Dataset
from zhibi.report.request import Plan

LEAK = "W08"
_MOST = 5  # names told in one finding


def names_for(plan: Plan, data: Dataset | None) -> Pseudonyms | None:
    """The names to be replaced in this run; None for an open report.

    The parameter decides, else the setting.
    """
    masking = plan.contract.masking if plan.contract else None
    if masking is None or data is None or plan.about is None or not plan.about.anonymise:
        return None
    wanted = plan.values.get(plan.about.anonymise)
    if wanted is None:
        wanted = data.settings[masking.setting].value == "是"
    return masking.names(data) if wanted else None


def cover(notebook: NotebookNode, names: Pseudonyms | None) -> NotebookNode:
    """The executed notebook as it may go out: no name in sources, metadata or displays.

    Blocks are as they were run.
    """
    return notebook if names is None else NotebookNode(_covered(notebook, names))


def _covered(value: Any, names: Pseudonyms) -> Any:
    match value:
        case str():
            return names.mask(value)
        case Mapping():
            unmasked = {
                key: each if _is_ours(key) else _covered(each, names) for key, each in value.items()
            }
            return NotebookNode(unmasked) if isinstance(value, NotebookNode) else unmasked
        case list():
            return [_covered(each, names) for each in value]
        case _:
            return value


def _is_ours(key: str) -> bool:
    """Blocks hold facts by the hash of their content.

    Pictures hold no text that could be replaced.
    """
    return key == codec.MIME or key.startswith("image/")


def check(document: Document, names: Pseudonyms | None) -> Iterator[Finding]:
    """W08、W09：脱敏的报告里不得留有原名。

    好：乙集团办公室。    差：笔记本里直接写了单位的名称。（名称夹在别的词里分不清的，请人看一看）
    """
    if names is None:
        return
    for spot, block in spots(document.blocks):
        texts = [plain(line) for _, line in lines_of(block)]
        if isinstance(block, Table | Figure):
            texts += [block.caption, block.note, block.source]
        if isinstance(block, Figure):
            texts += [block.alt, *block.words]
        certain = dict.fromkeys(chain.from_iterable(map(names.still_in, texts)))
        others = dict.fromkeys(chain.from_iterable(map(names.left_in, texts)))
        leaked = _told(certain)
        unsure = _told({name: None for name in others if name not in certain})
        if leaked:
            hint = "请改笔记本或参数里的文字，或在“设置”中列出它的代称。"
            yield Finding(LEAK, Level.ERROR, Location(spot=spot), f"还有原名{leaked}", hint)
        if unsure:
            hint = "确是名称的，请在“设置”的“另需脱敏的名称”中写“原文=代称”；不是的不用管。"
            yield Finding(
                "W09",
                Level.WARNING,
                Location(spot=spot),
                f"文字里夹着{unsure}，分不清是不是名称",
                hint,
            )


def refuse(findings: Iterable[Finding]) -> None:
    """Raise NamesLeft where a name stands in the document, draft or final.

    It would go out with it.
    """
    against = tuple(each for each in findings if each.code == LEAK)
    if against:
        raise NamesLeft(against)


def _told(found: Mapping[str, None]) -> str:
    return "、".join(f"“{name}”" for name in list(found)[:_MOST])

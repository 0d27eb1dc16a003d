"""K24: numbered references: in order, each cited, each listed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from gongwen.findings import Level
from gongwen_lint.manuscript.manuscript import Manuscript, Para
from gongwen_lint.rules.content.sentences import SPOKEN
from gongwen_lint.rules.context import CheckContext
from gongwen_lint.rules.rule import Rule, Violation

_HEAD = re.compile(r"^\s*[【\[]?(?:主要)?参考文献[】\]]?[：:]?\s*$")
_ENTRY = re.compile(r"^\s*[\[［](\d{1,3})[\]］]")
_RUN_IN = re.compile(r"(?:参考文献|注释|引文|注)[：:]\s*[\[［]1[\]］]")
_RUNNING = re.compile(
    r"(?<=[\d.．。])\s*[\[［](\d{1,3})[\]］](?=[\u4e00-\u9fffA-Z])"
)  # [1]…12-15.[2]…
_CITED = re.compile(
    r"(?<![〔\d])[\[［](\d{1,3}(?:\s*[-—–,，、~～]\s*\d{1,3})*)[\]］](?!\s*\d{1,4}号)"
)


def _numbers(text: str) -> list[int]:
    """The numbers of the works that a paragraph of the list names, in order."""
    match = _ENTRY.match(text)
    return sorted(map(int, [match[1], *_RUNNING.findall(text)])) if match else []


def references(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """K24：参考文献序号连续，文中都有引用；文中引用的都列在文后。

    好：……[1]……[2]；参考文献：[1]……[2]……    差：文中引[1][3]，文后列[1][2]
    """
    del against
    head = next((para for para in reversed(manuscript.paras) if _HEAD.match(para.text)), None)
    cited = list(_citations(manuscript, head))
    if head is None:
        # 注释 after the text, or the whole list in one paragraph
        noted = any(
            _ENTRY.match(_whole(para)) or _RUN_IN.search(para.text) for para in manuscript.paras
        )
        if not noted and {number for _, _, _, number in cited} >= {1, 2}:
            para, start, end, _ = cited[0]
            yield Violation(
                para.number, start, end, "文中有引文序号，文后没有参考文献", level=Level.WARNING
            )
        return
    entries: list[tuple[Para, int]] = []
    for para in manuscript.paras[head.number :]:
        entries += [(para, number) for number in _numbers(_whole(para))]
    if not entries:
        return
    listed = {number for _, number in entries}
    for (_, before), (para, number) in pairwise(entries):
        if number != before + 1:
            yield Violation(
                para.number, 0, len(para.text), f"序号[{before}]之后是[{number}]，不连续"
            )
    for para, start, end, number in cited:
        if number not in listed:
            yield Violation(para.number, start, end, f"参考文献中没有[{number}]")
    unused = sorted(listed - {number for _, _, _, number in cited})
    if unused:
        numbers = "".join(f"[{number}]" for number in unused)
        message = (
            f"{numbers}在文中没有引用" if len(unused) < len(listed) else "所列文献在文中都没有引用"
        )
        yield Violation(head.number, 0, len(head.text), message, level=Level.WARNING)


def _whole(para: Para) -> str:
    return f"{para.label}{para.text}"


def _citations(manuscript: Manuscript, head: Para | None) -> Iterator[tuple[Para, int, int, int]]:
    """Every number cited before the list, ranges told out."""
    for para in manuscript.paras[: head.number - 1 if head else None]:
        if para.role not in SPOKEN or _ENTRY.match(para.text):
            continue
        for match in _CITED.finditer(para.text):
            parts = [int(each) for each in re.split(r"\D+", match[1])]
            spread = range(parts[0], parts[-1] + 1) if re.search(r"[-—–~～]", match[1]) else parts
            yield from ((para, match.start(), match.end(), number) for number in spread)


RULES = (Rule("K24", "参考文献与引文不符", "内容", Level.WARNING, "GB/T 7714", references),)

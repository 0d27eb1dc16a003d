"""Facts -> what a Word comment says about them.

Meaning, value, how computed, and from which rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from gongwen.facts.row_runs import text_of
from gongwen.facts.value import Cited, Derived, Fact, Read, Rows
from gongwen.oxml import DECLARATIONS, properties, tag
from gongwen.profile import Profile
from gongwen.writer.text.runs import runs

_AUTHOR, _INITIALS = "执笔", "执"
_DATED = "2000-01-01T00:00:00Z"  # the hour of writing would change the bytes
_SHOWN_GROUPS = 12  # the rest stands in 数据出处.xlsx


def message(fact: Fact) -> str:
    """指标、数值、算式 and 来源 of a fact, one to a line."""
    lines = [f"指标：{fact.label}", f"数值：{_value(fact)}"]
    if fact.as_of:
        lines.append(f"截至：{fact.as_of.isoformat()}")
    match fact.origin:
        case Read(operation=operation):
            lines.append(f"算式：{operation}")
        case Derived(operation=operation, parents=parents):
            lines.append(f"算式：{operation}")
            lines += [f"　其中　{parent.label}：{_value(parent)}" for parent in parents]
        case Cited(source=source, article=article, verified=verified):
            lines.append(f"依据：{source}{article}{'' if verified else '（待核实）'}")
    cells = fact.cells()
    lines += [f"来源：{place(rows)}" for rows in cells[:_SHOWN_GROUPS]]
    if len(cells) > _SHOWN_GROUPS:
        lines.append(f"来源：另有{len(cells) - _SHOWN_GROUPS}处，见数据出处.xlsx")
    lines += [f"未填报：{place(rows)}" for rows in fact.gaps[:_SHOWN_GROUPS]]
    return "\n".join(lines)


def of_table(facts: Sequence[Fact]) -> str:
    """Where all figures of a table come from: each sheet once, with the rows of all of them."""
    if not facts:
        return "这个表里的数没有登记出处。"
    rows: dict[tuple[str, str], set[int]] = {}
    for cells in chain.from_iterable(fact.cells() for fact in facts):
        rows.setdefault((cells.file, cells.sheet), set()).update(cells.rows)
    listed = [
        f"来源：{file} 工作表“{sheet}” 第{ranges(tuple(numbers))}行"
        for (file, sheet), numbers in rows.items()
        if numbers
    ]
    more = len(listed) - _SHOWN_GROUPS
    rest = [f"来源：另有{more}处"] if more > 0 else []
    head = f"表中有{len(facts)}个数，每个数的算式和出处见数据出处.xlsx。"
    return "\n".join([head, *listed[:_SHOWN_GROUPS], *rest])


def _value(fact: Fact) -> str:
    return "未填报" if fact.missing else f"{fact.value}{fact.unit}"


def place(rows: Rows) -> str:
    """File, sheet, rows and column in words."""
    column = f"“{rows.column}”列" if rows.column else ""
    numbers = f"第{ranges(rows.rows)}行" if rows.rows else "无符合条件的行"
    return f"{rows.file} 工作表“{rows.sheet}” {numbers}{column}"


def ranges(numbers: Sequence[int]) -> str:
    """Row numbers shortened: 2-601、603."""
    return text_of(sorted(set(numbers))).replace(",", "、")


def part(comments: Sequence[str], profile: Profile, style: str) -> str:
    """The comments part of a file."""
    face = profile.styles.comment.font
    marks = properties("pPr", {"pStyle": tag("pStyle", val=style)})
    made = []
    for number, comment in enumerate(comments):
        lines = "".join(f"<w:p>{marks}{runs(line, face)}</w:p>" for line in comment.split("\n"))
        made.append(
            tag("comment", lines, id=number, author=_AUTHOR, initials=_INITIALS, date=_DATED)
        )
    return f"<w:comments {DECLARATIONS}>{''.join(made)}</w:comments>"

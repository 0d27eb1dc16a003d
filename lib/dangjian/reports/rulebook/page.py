"""The rule book and the functions that judge by it -> docs/规则.md, so that no rule is documented twice."""

from __future__ import annotations

from dangjian.rules import WORDS, Rule, ids, versions
from dangjian.scoring.verdicts import FUNCTIONS

HEAD = """# 规则

这一页由规则表生成（`zhibi rules list --markdown`），不要手改；测试逐字核对。

- 每条规则给出四种结论之一：达标、未达标、不适用、数据不足。没有填报的不算未达标。
- 按月、按季的，只算从成立到截止日完整经过的月份、季度；一年一次的，年度未满时不判未达标。
- “待核实”的没有对照原文核实条款，只写规定名称；“地方做法”不是国家规定，可以由考核方案调整。
- 发展党员各环节按办理当天有效的细则；在修订后的细则施行前接收的，始终按原细则。
"""


def handbook() -> str:
    """The whole page."""
    parts = [HEAD]
    for id_ in ids():
        judged = (FUNCTIONS[id_].__doc__ or "").strip().removeprefix(id_).strip()
        parts.append(f"## {id_} {WORDS[id_].name}\n\n{judged}\n")
        parts.append("| 数 | 依据 | 效力 | 有效期 |\n|---|---|---|---|")
        parts.append("\n".join(map(_row, versions(id_))) + "\n")
    return "\n".join(parts)


def _row(rule: Rule) -> str:
    basis = f"{rule.source}{rule.article}" if rule.verified else rule.source
    until = (
        f"{rule.effective_from} 至 {rule.effective_to}"
        if rule.effective_to
        else f"{rule.effective_from} 起"
    )
    return f"| {rule.text}：{rule.figure}{rule.unit} | {basis} | {rule.mark} | {until} |"

"""Rules -> pages a clerk can read: one for a rule, and docs/检查规则/ of them all, a page a family."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import groupby

from gongwen_lint.rules.rule import Family, Fix, Need, Rule

REPAIRED: Mapping[Fix, str] = {
    "A": "--fix 自动改正",
    "G": "--fix=guarded 才改，改后请看一遍",
    "S": "只指出，由人改",
}
_NEEDS: Mapping[Need, str] = {
    "page": "Word 文件和版式",
    "data": "--data",
    "last": "--last",
    "peers": "--peers",
}
_GROUPS: Mapping[str, str] = {
    "G": "版面", "P": "标点", "S": "序号", "N": "数字", "F": "公文要素", "U": "计量单位", "T": "用词", "K": "内容",
}  # fmt: skip
_GAP = re.compile(r"\s{4}")
_HEAD = """# 检查规则：{family}

`zhibi check` 用的规则，由 `make rules` 从程序里生成，请不要直接修改。**错误**一定要改（定稿时有一处就不生成文件），**警告**要看一看，
**提示**可改可不改。其余代码见[检查代码](../检查代码.md)。
"""


def page(rule: Rule) -> str:
    """Everything there is to know of a rule."""
    title, _, rest = rule.explained.partition("\n")
    return f"{rule.code} {rule.title}\n\n{_without_code(rule, title)}\n{_facts(rule)}\n{rest.strip()}".rstrip()


def markdown(family: Family, rules: Iterable[Rule]) -> str:
    """The page of a family, by group; every rule is a heading with its code."""
    parts = [_HEAD.format(family=family)]
    for letter, group in groupby(
        (rule for rule in rules if rule.family == family), key=lambda rule: rule.code[0]
    ):
        parts.append(f"## {letter} {_GROUPS.get(letter, '')}\n")
        parts += [f"### {rule.code} {rule.title}\n\n{_as_markdown(rule)}\n" for rule in group]
    return "\n".join(parts)


def _as_markdown(rule: Rule) -> str:
    title, _, rest = rule.explained.partition("\n")
    message = _without_code(rule, title)
    lines = [line.strip() for line in rest.strip().splitlines() if line.strip()]
    examples = [
        part.strip()
        for line in lines
        if line.startswith(("好：", "差："))
        for part in _GAP.split(line)
    ]
    words = [line for line in lines if not line.startswith(("好：", "差："))]
    text = "".join(["" if message.rstrip("。") == rule.title else message, *words])
    listed = "\n".join(f"- {line}" for line in (_facts(rule), *examples))
    return f"{text}\n\n{listed}" if text else listed


def _without_code(rule: Rule, title: str) -> str:
    return re.sub(rf"^{rule.code}[：:]", "", title)


def _facts(rule: Rule) -> str:
    needs = "、".join(_NEEDS[need] for need in sorted(rule.needs) if need in _NEEDS)
    given = f" · 需要{needs}" if needs else ""
    return f"{rule.level} · 依据：{rule.basis} · {REPAIRED[rule.fix]}{given}"


def as_json(rule: Rule) -> dict[str, object]:
    """The object `zhibi check --rules --json` prints of a rule."""
    return {
        "code": rule.code, "title": rule.title, "family": rule.family, "level": str(rule.level), "basis": rule.basis,
        "fix_class": rule.fix, "needs": sorted(rule.needs), "page": page(rule),
    }  # fmt: skip

"""Rules -> pages a clerk can read: one for a rule, and docs/检查规则/ of them all, a page a family."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain, groupby

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
_EARNED = 0.98
_GAP = re.compile(r"\s{4}")
_HEAD = """# 检查规则：{family}

`zhibi check` 用的规则，由 `make rules` 从程序里生成，请不要直接修改。**错误**一定要改（定稿时有一处就不生成文件），**警告**要看一看，
**提示**可改可不改。其余代码见[检查代码](../检查代码.md)。

**查准**在`benchmarks/wild`的{documents}篇自拟文稿上量出（各种公文，数据虚构，一半留出）：每次植入一处错误，看新指出的对不对；
再看原文上误报几处。版式的规则，量的是这些文稿排成的 Word 文件；要工作簿的，对照示例县的工作簿；照抄去年的，对照原文自己和另一篇。
只算警告和错误；没有植入过这类错误的写“未测到”。
错误级的规则，量到的错误至少98%是对的；没有量到的，只作警告。量法见`benchmarks/precision.py`。
"""


@dataclass(frozen=True, slots=True)
class Precision:
    """How often a rule was right where errors had been planted, and how often it spoke of the documents as they are.

    The same of what it called 错误 only.
    """

    raised: int
    right: int
    false: int
    errors: int
    right_errors: int
    false_errors: int

    @property
    def earned(self) -> bool:
        """True if what it called 错误 was right nearly always."""
        said = self.errors + self.false_errors
        return self.right_errors > 0 and self.right_errors >= _EARNED * said

    def __str__(self) -> str:
        """As the pages print it."""
        return f"查准：植入后指出{self.raised}处，对{self.right}处；原文误报{self.false}处"


@cache
def precision() -> tuple[int, Mapping[str, Precision]]:
    """How many documents were measured, and every rule that spoke."""
    lines = files(__package__).joinpath("precision.tsv").read_text("utf-8").splitlines()
    counted = [
        line for line in lines if not line.startswith("# 由") and not line.startswith("# 规")
    ]
    rows = [line.split("\t") for line in counted[1:]]
    return int(counted[0].strip("# ")), {row[0]: Precision(*map(int, row[1:])) for row in rows}


def page(rule: Rule) -> str:
    """Everything there is to know of a rule."""
    title, _, rest = rule.explained.partition("\n")
    return f"{rule.code} {rule.title}\n\n{_without_code(rule, title)}\n{_facts(rule)}\n{rest.strip()}".rstrip()


def markdown(family: Family, rules: Iterable[Rule]) -> str:
    """The page of a family, by group; every rule is a heading with its code."""
    parts = [_HEAD.format(family=family, documents=precision()[0])]
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
    pairs = [line for line in lines if line.startswith(("好：", "差："))]
    examples = [part.strip() for part in chain.from_iterable(map(_GAP.split, pairs))]
    words = [line for line in lines if line not in pairs]
    text = "".join(["" if message.rstrip("。") == rule.title else message, *words])
    listed = "\n".join(f"- {line}" for line in (_facts(rule), *examples))
    return f"{text}\n\n{listed}" if text else listed


def _without_code(rule: Rule, title: str) -> str:
    return re.sub(rf"^{rule.code}[：:]", "", title)


def _facts(rule: Rule) -> str:
    needs = "、".join(_NEEDS[need] for need in sorted(rule.needs) if need in _NEEDS)
    given = f" · 需要{needs}" if needs else ""
    measured = precision()[1].get(rule.code, "查准：未测到")
    return f"{rule.level} · 依据：{rule.basis} · {REPAIRED[rule.fix]}{given} · {measured}"


def as_json(rule: Rule) -> dict[str, object]:
    """The object `zhibi check --rules --json` prints of a rule."""
    return {
        "code": rule.code, "title": rule.title, "family": rule.family, "level": str(rule.level), "basis": rule.basis,
        "fix_class": rule.fix, "needs": sorted(rule.needs), "page": page(rule),
    }  # fmt: skip

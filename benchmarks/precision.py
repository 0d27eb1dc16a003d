"""The forty documents -> how often each rule is right when it speaks at 警告 or above, as a table of the checker.

    python benchmarks/precision.py [--rounds 2] [--seed 7] [--publish] [--wrong]

Errors are planted one at a time, those of `plants.py` and the marks, elements and blanks below; a finding that was not there before
is right if its rule is one that speaks of this kind of error. What is said of the documents as they are is false. `--publish`
writes lib/gongwen_lint/formats/precision.tsv, from which the pages of the rules are made (`make rules`); `--wrong`
lists what was false.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from random import Random

from held_plants import (
    FORMS,
    HELD,
    anonymous,
    behind,
    changed,
    held,
    of_word,
    person,
    text_of,
    word,
    workbook,
)
from plants import PLANTERS, Lines, Planter, one_of
from wild import LOUD, OURS, ROOT, documents, findings, loud

from gongwen.findings import Level
from gongwen_lint.rules.context import CheckContext
from gongwen_lint.runner import Diagnostic

_ENOUGH = 40  # characters of a paragraph
TABLE = ROOT / "lib/gongwen_lint/formats/precision.tsv"
# the rules that speak of each kind of error
MEANT: Mapping[str, str] = {
    "分项之和": "K03 K04 K08 K19 K29", "占比": "K19 K08", "增长率": "K19", "说的项数": "K05", "等N个": "K05", "一是二是四是": "S09 K05",
    "不存在的日期": "K09", "星期": "K09", "部分大于整体": "K03 K04 K19", "句中半角句点": "P02", "量词前缺数": "K02",
    "规定名称": "K16 T02", "别县的名称": "K32", "去年的年份": "K32", "亿元万元": "K31 K19 K04 K03", "个当名": "T07", "一事两数": "K08",
    "百分点": "K18", "占比合计": "K19", "三次产业": "K19", "说全不全": "K20", "常见错字": "T02 T01", "重复的句子": "K26",
    "重复的段落": "K26 S09", "表内合计": "K29", "方括号文号": "F01", "文号加第": "F02", "文号补零": "F03", "汉字日期": "F08",
    "标点重复": "P26", "下降几倍": "N15", "个百分点": "N16", "待补充": "T05 K01", "没有填的": "K01 T05", "个人信息": "K15",
    "没有的部分": "K23", "没有的文献": "K24",
    "与工作簿不符": "K07", "未填报写成0": "K30", "真实姓名": "K13", "照抄去年": "K10", **{code: f"{code} G03" for code in FORMS},
}  # fmt: skip


def replaced(pattern: str, words: Callable[[re.Match[str]], str]) -> Planter:
    """A planter that writes something else for a match of the pattern."""

    def plant(rng: Random, lines: Lines) -> Lines | None:
        places = [
            (number, match.start(), match.end(), words(match))
            for number, line in enumerate(lines)
            if "|" not in line
            for match in re.finditer(pattern, line)
        ]
        return one_of(rng, lines, places)

    return plant


def appended(*sentences: str) -> Planter:
    """A planter that puts one of the sentences behind a paragraph."""

    def plant(rng: Random, lines: Lines) -> Lines | None:
        sentence = rng.choice(sentences)
        places = [
            (number, len(line), len(line), sentence)
            for number, line in enumerate(lines)
            if len(line) > _ENOUGH and line.endswith("。") and "|" not in line
        ]
        return one_of(rng, lines, places)

    return plant


def _in_chinese(match: re.Match[str]) -> str:
    year = match[1].translate(str.maketrans("0123456789", "〇一二三四五六七八九"))
    return f"{year}年{'一二三四五六七八九'[int(match[2]) % 9]}月{'一二三四五六七八九'[int(match[3]) % 9]}日"


MARKS: Mapping[str, Planter] = {
    "方括号文号": appended("有关要求见《示例市督查工作规定》（示政办发[2023]15号）。", "经费按照示财发(2022)7号文件执行。"),
    "文号加第": appended("有关要求见《示例市督查工作规定》（示政办发〔2023〕第15号）。"),
    "文号补零": appended("有关要求见《示例市督查工作规定》（示政办发〔2023〕05号）。"),
    "汉字日期": replaced(r"^\s*(\d{4})年(\d{1,2})月(\d{1,2})日\s*$", _in_chinese),
    "标点重复": replaced(r"(?<=[\u4e00-\u9fff])[，。；](?=[\u4e00-\u9fff])", lambda match: match[0] * 2),
    "下降几倍": appended("投诉量比上年下降了2倍。", "办理时间减少了1.5倍。"),
    "个百分点": replaced(r"(?<=\d)个百分点", lambda _: "%个百分点"),
    "待补充": appended("【待补充】", "具体数字【待核实】。"),
    "没有填的": appended("联系人：XXX，电话另行通知。", "共投入资金______万元。", "涉及××个单位。"),
    "个人信息": appended("申请人身份证号为110101199003078515。", "联系电话13812345678。"),
    "没有的部分": appended("具体做法见本文第十三部分。", "名单见附件9。"),
    "没有的文献": appended("这一看法已有学者提出[37]。"),
}  # fmt: skip


@dataclass
class Measured:
    """By rule: findings after planting, those that are right, and findings on the documents as they are.

    `errors` and `right_errors` are those of them that are called 错误.
    """

    raised: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    right_errors: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    false_errors: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    documents: int = 0

    def rows(self) -> Iterator[str]:
        """The lines of the table."""
        yield "# 由 benchmarks/precision.py --publish 生成，请不要直接修改"
        yield "# 规则、植入后新指出的、其中对的、原文上误报的，其中错误级：新指出的、其中对的、原文上误报的；下一行是文件数"
        yield f"# {self.documents}"
        for code in sorted({*self.raised, *self.false}):
            counts = (
                self.raised, self.right, self.false, self.errors, self.right_errors, self.false_errors,
            )  # fmt: skip
            yield "\t".join([code, *(str(each[code]) for each in counts)])


def measured(seed: int, rounds: int) -> Measured:
    """Every document as it is, and with every kind of error."""
    result = Measured()
    for name, suffix, lines in documents(OURS):
        result.documents += 1
        before = findings(lines, suffix)
        _as_it_is(result, name, before)
        for kind, planter in {**PLANTERS, **MARKS}.items():
            for turn in range(rounds):
                planted = planter(Random(f"{seed}{name}{kind}{turn}"), lines)
                if planted is None:
                    break
                _judge(result, name, kind, before, findings(planted, suffix))
        _held(result, name, lines, Random(f"{seed}{name}"))
    every = [(name, lines) for name, _, lines in documents(OURS)]
    for (name, lines), (_, another) in pairwise([*every, every[0]]):
        _beside_last_year(result, name, lines, another)
    for path in sorted(OURS.rglob("*.*")):
        if path.name != "README.md":
            _in_form(result, path.name, word(path))
    return result


def _as_it_is(result: Measured, name: str, said: tuple[Diagnostic, ...]) -> None:
    for each in said:
        if each.level in LOUD:
            result.false[each.code] += 1
            result.false_errors[each.code] += each.level is Level.ERROR
            result.wrong.append(f"原文　{name}　{_told(each)}")


def _held(result: Measured, name: str, lines: Lines, rng: Random) -> None:
    """Held against the example county's workbook: what the documents have nothing to do with, and what contradicts it."""
    known = workbook()
    assert known.data is not None
    plain = _only(HELD_CODES, held(lines, known))
    for each in plain:
        if each.code == "K12" and each.text in THEIR_COUNTIES:  # not the workbook's county: right
            result.raised[each.code] += 1
            result.right[each.code] += 1
        else:
            _as_it_is(result, name, (each,))
    sentences = [(known, kind, sentence(rng, known.data)) for kind, sentence in HELD.values()]
    sentences.append((anonymous(known), "真实姓名", person(rng, known.data)))
    for against, kind, sentence in sentences:
        planted = behind(rng, lines, sentence)
        if planted is not None:
            before = _only(HELD_CODES, held(lines, against))
            _judge(result, name, kind, before, _only(HELD_CODES, held(planted, against)))


def _beside_last_year(result: Measured, name: str, lines: Lines, another: Lines) -> None:
    """Held against another document as last year's, and against itself: handed in again."""
    own, other = (
        _only(HELD_CODES, held(lines, CheckContext(last=text_of(each))))
        for each in (lines, another)
    )
    _as_it_is(result, name, other)
    _judge(result, name, "照抄去年", other, own)


THEIR_COUNTIES = frozenset({"青岭县", "云溪县"})
HELD_CODES = frozenset({*HELD, "K10", "K12", "K13"})


def _only(codes: frozenset[str], said: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    return tuple(each for each in said if each.code in codes)


def _in_form(result: Measured, name: str, content: bytes) -> None:
    """Laid out as a Word file: nothing wrong with its form, then one thing."""
    before = of_word(content)
    _as_it_is(result, name, before)
    for code, change in FORMS.items():
        _judge(result, name, code, before, of_word(changed(content, change)))


def _judge(
    result: Measured,
    name: str,
    kind: str,
    before: tuple[Diagnostic, ...],
    after: tuple[Diagnostic, ...],
) -> None:
    new = loud(after) - loud(before)
    for each in after:
        key = (each.code, each.text, each.message)
        if each.level not in LOUD or not new[key]:
            continue
        new[key] -= 1
        error = each.level is Level.ERROR
        result.raised[each.code] += 1
        result.errors[each.code] += error
        if each.code in MEANT[kind].split():
            result.right[each.code] += 1
            result.right_errors[each.code] += error
        else:
            result.wrong.append(f"{kind}　{name}　{_told(each)}")


def _told(each: Diagnostic) -> str:
    return f"{each.level} {each.code} {each.where}“{each.text[:40]}”{each.message}"


def main() -> int:
    parser = argparse.ArgumentParser(description="Measured precision of every rule.")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--publish", action="store_true", help="write the table of the checker")
    parser.add_argument("--wrong", action="store_true", help="list what was false")
    asked = parser.parse_args()
    result = measured(asked.seed, asked.rounds)
    rows = "\n".join(result.rows())
    print(rows)
    if asked.publish:
        TABLE.write_text(f"{rows}\n", "utf-8")
    if asked.wrong:
        print("\n".join(["", *result.wrong]))
    return 0


if __name__ == "__main__":
    sys.exit(main())

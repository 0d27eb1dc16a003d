"""What has two readings -> questions, and a file of answers that is kept beside the workbook."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from gongwen.chinese.personal_data import masked
from gongwen.findings import Finding, Level, Location

HEAD = """# 这份对应由 zhibi data import 写出，和工作簿放在一起：下次导入同样的表，照这里的答案做，不再问。
# 每一段是一个问题。在“答”的引号里填“可选”中的一个；没有“可选”的，照“题”里说的填。改好以后重新运行导入命令。
# 不再用得着的段可以删去；“答”空着的下次还会问。
"""
SKIP = "不读"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: a key that stays the same from import to import, the words, and the choices (none: free words).

    `needed`: without an answer nothing is written. Otherwise `SKIP` holds until somebody says something else.
    """

    key: str
    message: str
    options: tuple[str, ...] = ()
    needed: bool = True

    def accepts(self, answer: str) -> bool:
        """True if this is one of the choices, or anything where there are none."""
        return bool(answer) and (not self.options or answer in self.options)


@dataclass(frozen=True)
class Answers:
    """Answers by the key of their question."""

    given: Mapping[str, str] = field(default_factory=dict)
    questions: Mapping[str, Question] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    def get(self, key: str) -> str:
        """The answer, or nothing."""
        return self.given.get(key, "")

    def with_answer(self, question: Question, answer: str) -> Answers:
        """These and one more."""
        return Answers(
            {**self.given, question.key: answer},
            {**self.questions, question.key: question},
            self.findings,
        )


def beside(workbook: Path) -> Path:
    """The file of answers of a workbook."""
    return workbook.with_name(f"{workbook.stem}.对应.toml")


def load(path: Path) -> Answers:
    """The answers in a file; what cannot be used is reported."""
    if not path.is_file():
        return Answers()
    try:
        entries = tomllib.loads(path.read_text("utf-8-sig")).get("对应", [])
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as trouble:
        message = f"读不出来（{trouble}）。"
        hint = "请检查引号和等号，或删去这个文件重新导入。"
        return Answers(findings=(Finding("M22", Level.ERROR, Location(path.name), message, hint),))
    answers: dict[str, str] = {}
    questions: dict[str, Question] = {}
    findings = []
    for number, entry in enumerate(entries if isinstance(entries, list) else [], 1):
        fields = entry if isinstance(entry, dict) else {}
        key, answer = str(fields.get("号", "")), str(fields.get("答", "")).strip()
        options = tuple(map(str, fields.get("可选", ())))
        question = Question(key, str(fields.get("题", "")), options, bool(fields.get("必答", True)))
        if key:
            questions[key] = question
        if key and answer and question.accepts(answer):
            answers[key] = answer
        elif not key or answer:
            place = Location(path.name, spot=f"第{number}段")
            message = (
                f"“{masked(answer)[:20]}”不在可选的答案里。"
                if key
                else "没有“号”，不知道答的是什么。"
            )
            hint = f"可选：{'、'.join(options)}。" if options else "请照原样留着“号”。"
            findings.append(Finding("M22", Level.ERROR, place, message, hint))
    return Answers(answers, questions, tuple(findings))


def text(answers: Answers, asked: Iterable[Question]) -> str:
    """The file: what was answered before and what is asked now."""
    questions = {**answers.questions, **{question.key: question for question in asked}}
    parts = [HEAD]
    for key, question in questions.items():
        known = answers.get(key)
        unneeded = SKIP if SKIP in question.options and not question.needed else ""
        answer = known if question.accepts(known) else unneeded
        lines = ['[["对应"]]', f'"题" = {_quoted(question.message)}']
        if question.options:
            lines.append(f'"可选" = [{", ".join(map(_quoted, question.options))}]')
        if not question.needed:
            lines.append('"必答" = false')
        lines += [f'"答" = {_quoted(answer)}', f'"号" = {_quoted(key)}', ""]
        parts.append("\n".join(lines))
    return "\n".join(parts)


def _quoted(word: str) -> str:
    return json.dumps(word, ensure_ascii=False)

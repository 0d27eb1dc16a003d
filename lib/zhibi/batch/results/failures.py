"""Failed reports -> groups by cause, each said once in words a clerk can act on, with everyone it concerns named."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gongwen.findings import Finding, Level, sentence
from zhibi.batch.request import Result
from zhibi.batch.workers.worker import BUG, LIMIT, LOST
from zhibi.domain import Organisation

HEADINGS = {
    "NotFinal": ("还不能定稿", "请按下面的提示补齐或改正，或者先不加 --final 出草稿。"),
    "InvalidInput": ("数据或参数有错误", "请按提示改正后再运行一次，只会重做这几份。"),
    "NotebookFailed": ("笔记本运行出错", "请把“出错.ipynb”交给会改笔记本的同事。"),
    "NotEveryCellRan": ("笔记本提前结束", "请把“出错.ipynb”交给会改笔记本的同事。"),
    "OutputBlocked": ("文件写不进去", "请关闭正在打开的文件，或清理磁盘后再运行一次。"),
    LIMIT: ("超过了时间或内存的限额", "请检查笔记本，或放宽时限（--timeout）、内存（--memory）。"),
    LOST: ("生成的进程意外结束", "请再运行一次；总是这样的，请检查内存或联系维护者。"),
    BUG: ("程序内部出错", "不是您的问题。请把日志文件发给维护者。"),
}


@dataclass(frozen=True, slots=True)
class Group:
    """One cause: a heading, what exactly, what to do, and whose reports it stopped."""

    heading: str
    message: str
    hint: str
    organisations: tuple[Organisation, ...]

    def __str__(self) -> str:
        names = "、".join(org.name for org in self.organisations)
        return (
            f"{self.heading}（{len(self.organisations)}份：{names}）：{self.message}　{self.hint}"
        )


def grouped(failed: Iterable[tuple[Organisation, Result]]) -> tuple[Group, ...]:
    """The largest group first."""
    causes: dict[tuple[str, str], list[Organisation]] = {}
    for org, result in failed:
        causes.setdefault((result.cause, _what(result)), []).append(org)
    groups = []
    for (cause, message), orgs in causes.items():
        heading, hint = HEADINGS.get(cause, ("没有做成", "请按提示改正后再运行一次。"))
        groups.append(Group(heading, message, hint, tuple(orgs)))
    return tuple(sorted(groups, key=lambda group: -len(group.organisations)))


def _what(result: Result) -> str:
    """The same for everyone stopped by the same thing: of findings what they say, not where."""
    against = [finding for finding in result.findings if finding.level is Level.ERROR]
    if against:
        return (
            "；".join(
                dict.fromkeys(
                    f"[{finding.code}] {finding.message.rstrip('。')}" for finding in against
                )
            )
            + "。"
        )
    return result.message


@dataclass(frozen=True, slots=True)
class FailureGroup:
    """A finding that reports have in common: its code and level, what it says the first time, and whose it is."""

    code: str
    level: Level
    message: str
    organisations: tuple[Organisation, ...]
    times: int


def told(results: Iterable[tuple[Organisation, Iterable[Finding]]]) -> tuple[FailureGroup, ...]:
    """Findings by code, errors first."""
    first: dict[tuple[str, Level], str] = {}
    whose: dict[tuple[str, Level], list[Organisation]] = {}
    for org, findings in results:
        for finding in findings:
            key = finding.code, finding.level
            first.setdefault(key, f"{sentence(finding.message)}{sentence(finding.hint)}")
            whose.setdefault(key, []).append(org)
    levels = list(Level)
    ordered = sorted(whose, key=lambda key: (levels.index(key[1]), key[0]))
    return tuple(
        FailureGroup(
            code, level, first[code, level], _once(whose[code, level]), len(whose[code, level])
        )
        for code, level in ordered
    )


def _once(orgs: Iterable[Organisation]) -> tuple[Organisation, ...]:
    return tuple({org.code: org for org in orgs}.values())

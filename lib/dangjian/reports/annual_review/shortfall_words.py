"""A rule a branch does not meet, or its tasks -> the sentences in which the branch says so itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from dangjian.scoring.verdicts import Verdict
from gongwen.facts.value import Fact
from zhibi.notebook.prose.filters import parts_of
from zhibi.notebook.prose.phrases import months
from zhibi.notebook.prose.spans import Part, Said

SIZES = ("R01", "R02")
STANDARDS = ("R03", "R04", "R06")
Words = tuple[Part, ...]
_OF_MEMBERS = {  # those looked at, those who meet the rule, those who do not
    "R20": ("填报了集中学习时间的党员", "达到规定学时的", "没有达到的"),
    "R25": ("填报了党费交纳情况的党员", "按月足额交纳的", "没有做到的"),
}


_FOR_MEMBERS = {  # before and after the number of those for whom something is to be done
    "R19": ("与没有谈到的", "党员逐一谈心谈话"),
    "R20": ("为没有达到规定学时的", "党员补足集中学习"),
    "R25": ("督促没有按月足额交纳党费的", "党员补交"),
}


def shortfall(verdict: Verdict, missed: Fact | None, as_of: date) -> Said:
    """What is lacking, in figures; without figures nothing."""
    required, actual = verdict.应达, verdict.实际
    if actual is None or actual.missing:
        return Said((), nothing=True)
    if verdict.代号 in SIZES:
        return _said(
            "所在单位有党员", actual, "，已达到", verdict.规则.threshold, "的设立条件，还没有设立。"
        )
    if required is None or required.missing:
        return _said(verdict.说明, "的有", actual, "。")
    return _against(verdict, (required, actual), missed, as_of)


def _against(
    verdict: Verdict, figures: tuple[Fact, Fact], missed: Fact | None, as_of: date
) -> Said:
    required, actual = figures
    if verdict.代号 == "R08":
        return _said("本届班子任期到", required, "届满，截至", as_of, "还没有换届。")
    if verdict.代号 in STANDARDS:
        return _said("规定为", required, "，现为", actual, "。")
    if required.unit == "名":
        return _of_members(verdict, required, actual)
    return _meetings(verdict, required, actual, missed)


def _of_members(verdict: Verdict, required: Fact, actual: Fact) -> Said:
    """填报了集中学习时间的党员16名，达到规定学时的14名，没有达到的2名.

    Of other rules by name 谈心谈话可以核对的有16名.
    """
    general = (f"{verdict.名称}可以核对的有", "达到要求的", "没有达到的")
    whole, met, unmet = _OF_MEMBERS.get(verdict.代号, general)
    return _said(whole, required, f"，{met}", actual, f"，{unmet}", verdict.差额, "。")


def _meetings(verdict: Verdict, required: Fact, actual: Fact, missed: Fact | None) -> Said:
    """Months, named where they are known, and quarters."""
    if missed is not None and not missed.missing:
        return _said("应开展", required, "，开展了", actual, "，", months(missed), "没有开展。")
    return _said("应开展", required, "，开展了", actual, "，缺", verdict.差额, "。")


def late_tasks(tasks: Iterable[Mapping[str, Fact]]) -> Said:
    """“补齐主题党日”原定2026年9月30日前完成，还没有办结。"""
    listed = list(tasks)
    parts: list[Part] = []
    for at, task in enumerate(listed):
        parts += [Part("；" if at else ""), Part("“"), *parts_of(task["事项"]), Part("”原定")]
        parts += [*parts_of(task["时限"]), Part("前完成")]
    return Said((*parts, Part("，还没有办结。")), nothing=not listed)


def remedy(verdict: Verdict, measure: str) -> Said:
    """为没有达到规定学时的2名党员补足集中学习: the measure, with how many members it is for where that is known."""
    words = _FOR_MEMBERS.get(verdict.代号)
    gap = verdict.差额
    if words is None or gap is None or gap.missing or gap.unit != "名":
        return _said(measure)
    return _said(words[0], gap, words[1])


def plan(measure: str | Said, tasks: Iterable[Mapping[str, Fact]], as_of: date) -> Said:
    """抓实每月主题党日：由党支部书记负责，补齐主题党日，2027年1月29日前完成.

    Without a task the measure alone.
    """
    parts: list[Part] = [*parts_of(measure)]
    for at, task in enumerate(tasks):
        due = task["时限"].value
        late = isinstance(due, date) and due < as_of
        parts.append(Part("；" if at else "："))
        parts += [Part("由"), *parts_of(task["责任人职务"]), Part("负责，")] if _known(task) else []
        parts += list(parts_of(task["事项"]))
        if late:
            parts.append(Part("，重新确定时限，尽快办结"))
        else:
            parts += [Part("，"), *parts_of(task["时限"]), Part("前完成")]
    return Said(tuple(parts))


def _known(task: Mapping[str, Fact]) -> bool:
    return not task["责任人职务"].missing


def _said(*pieces: str | Fact | Said | date | None) -> Said:
    return Said(tuple(part for piece in pieces if piece is not None for part in parts_of(piece)))


def task_by_day(what: Fact, due: Fact) -> Said:
    """补齐主题党日（2026年9月30日前）."""
    return _said(what, "（", due, "前）")

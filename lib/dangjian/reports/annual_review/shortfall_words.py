"""A rule a branch does not meet, or its tasks -> the sentences in which the branch says so itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import chain

from dangjian.model.branch import Branch
from dangjian.scoring.verdicts import Verdict
from gongwen.facts.value import Fact, numeric
from zhibi.notebook.prose.filters import parts_of, parts_of_all
from zhibi.notebook.prose.phrases import months
from zhibi.notebook.prose.spans import PrintedPart, Said

SIZES = ("R01", "R02")
_STANDARDS = {  # what the branch has, and what was asked of it, as more or as less
    "R03": ("支部现有正式党员", "，不足规定的", ""),
    "R04": ("支部现有党员", "", "，按照规定一般不超过"),
    "R05": ("联合党支部覆盖单位", "", "，按照规定一般不超过"),
    "R06": ("现有支部委员", "，按照规定不少于", "，按照规定不超过"),
    "R07": ("现有委员", "，按照规定不少于", "，按照规定不超过"),
}
_AMOUNTS = {  # before and after the one figure there is
    "R18": ("评议为优秀的党员有", "，超过参评党员的三分之一。"),
    "R22": ("失去联系已满六个月、仍在册的党员有", "。"),
    "R31": ("经营考核为优秀，书记述职评议为", "。"),
}
Words = tuple[PrintedPart, ...]
_OF_MEMBERS = {  # those looked at, those who meet the rule, those who do not
    "R20": ("填报了集中学习时间的党员", "达到规定学时的", "没有达到的"),
    "R25": ("填报了党费交纳情况的党员", "按月足额交纳的", "没有做到的"),
    "R19": ("填报了谈心谈话情况的党员", "谈过话的", "没有谈到的"),
    "R21": ("填报了学习培训情况的书记、委员", "达到规定要求的", "没有达到的"),
    "D02": ("递交入党申请的有", "按时谈话的", "没有按时谈话的"),
}
_OF_NONE = {  # what is said of all of them where nobody meets the rule
    "R19": "没有谈到",
    "R21": "没有达到规定要求",
    "R20": "没有达到规定学时",
    "R25": "没有按月足额交纳",
    "D02": "没有按时谈话",
}


_FOR_MEMBERS = {  # before and after the number of those for whom something is to be done
    "R19": ("与没有谈到的", "党员逐一谈心谈话"),
    "R20": ("为没有达到规定学时的", "党员补足集中学习"),
    "R25": ("督促没有按月足额交纳党费的", "党员补交"),
}


def shortfall(verdict: Verdict, missed: Fact | None, as_of: date) -> Said:
    """What is lacking, in figures; without figures nothing, the heading says it."""
    required, actual = verdict.应达, verdict.实际
    if actual is None or actual.missing:
        return Said((), nothing=True)
    if verdict.代号 in SIZES:
        return _said(
            "所在单位有党员", actual, "，已达到", verdict.规则.threshold, "的设立条件，还没有设立。"
        )
    if required is None or required.missing:
        before, after = _AMOUNTS.get(verdict.代号, ("涉及", "。"))
        return _said(before, actual, after)
    return _against(verdict, (required, actual), missed, as_of)


def _against(
    verdict: Verdict, figures: tuple[Fact, Fact], missed: Fact | None, as_of: date
) -> Said:
    required, actual = figures
    if verdict.代号 == "R08":
        return _said("本届班子任期到", required, "届满，截至", as_of, "还没有换届。")
    if verdict.代号 in _STANDARDS:
        return _standard(_STANDARDS[verdict.代号], required, actual)
    if required.unit == "名":
        return _of_members(verdict, required, actual)
    return _meetings(verdict, required, actual, missed)


def _standard(words: tuple[str, str, str], required: Fact, actual: Fact) -> Said:
    """支部现有党员54名，按照规定一般不超过50名."""
    present, at_least, at_most = words
    lacking = numeric(actual) < numeric(required)
    return _said(present, actual, at_least if lacking else at_most, required, "。")


def _of_members(verdict: Verdict, required: Fact, actual: Fact) -> Said:
    """填报了集中学习时间的党员16名，达到规定学时的14名，没有达到的2名.

    Where nobody met it 填报了集中学习时间的党员3名，均没有达到规定学时. Other rules by name:
    入党宣誓涉及的有2名.
    """
    general = (f"{verdict.名称}涉及的有", "符合要求的", "不符合的")
    whole, met, unmet = _OF_MEMBERS.get(verdict.代号, general)
    if actual.value == 0:
        everyone = "" if required.value == 1 else "均"
        none = _OF_NONE.get(verdict.代号, "不符合要求")
        return _said(whole, required, f"，{everyone}{none}。")
    return _said(whole, required, f"，{met}", actual, f"，{unmet}", verdict.差额, "。")


def _meetings(verdict: Verdict, required: Fact, actual: Fact, missed: Fact | None) -> Said:
    """Months, named where they are known, and quarters."""
    if missed is not None and not missed.missing:
        return _said("应开展", required, "，开展了", actual, "，", months(missed), "没有开展。")
    if actual.value == 0:
        return _said("应开展", required, "，没有开展。")
    return _said("应开展", required, "，开展了", actual, "，缺", verdict.差额, "。")


def late_tasks(tasks: Iterable[Mapping[str, Fact]]) -> Said:
    """“补齐主题党日”原定2026年9月30日前完成，还没有办结。"""
    listed = list(tasks)
    parts: list[PrintedPart] = []
    for at, task in enumerate(listed):
        parts += [
            PrintedPart("；" if at else ""),
            PrintedPart("“"),
            *parts_of(task["事项"]),
            PrintedPart("”原定"),
        ]
        parts += [*parts_of(task["时限"]), PrintedPart("前完成")]
    return Said((*parts, PrintedPart("，还没有办结。")), nothing=not listed)


def remedy(verdict: Verdict, measure: str) -> Said:
    """为没有达到规定学时的2名党员补足集中学习: the measure, with how many members it is for where that is known."""
    words = _FOR_MEMBERS.get(verdict.代号)
    gap = verdict.差额
    if words is None or gap is None or gap.missing or gap.unit != "名":
        return _said(measure)
    return _said(words[0], gap, words[1])


def plan(measure: str | Said, tasks: Iterable[Mapping[str, Fact]], branch: Branch) -> Said:
    """由党支部书记负责，尽快办结“补齐主题党日”，按月开展主题党日，2027年1月29日前完成.

    The tasks say what is to be done, each under the one who answers for it; without a task the
    measure alone.
    """
    groups = _by_person(tasks)
    if not groups:
        return _said(measure)
    parts: list[PrintedPart] = []
    for at, of_one in enumerate(groups):
        post = of_one[0]["责任人职务"]
        lead = (
            () if post.missing else (PrintedPart("由"), *_post(post, branch), PrintedPart("负责，"))
        )
        parts += [PrintedPart("；" if at else ""), *lead, *_tasks(of_one, branch.as_of)]
    return Said(tuple(parts))


def _by_person(tasks: Iterable[Mapping[str, Fact]]) -> list[list[Mapping[str, Fact]]]:
    """The tasks of each who answers for some, in the order of the workbook."""
    groups: dict[str, list[Mapping[str, Fact]]] = {}
    for task in tasks:
        groups.setdefault(task["责任人职务"].number, []).append(task)
    return list(groups.values())


def _tasks(tasks: Sequence[Mapping[str, Fact]], as_of: date) -> list[PrintedPart]:
    """What is past its day first, then each of the others with its day."""
    late = [task["事项"] for task in tasks if _past(task["时限"], as_of)]
    others = [task for task in tasks if not _past(task["时限"], as_of)]
    parts = [PrintedPart("尽快办结"), *chain.from_iterable(map(_quoted, late))] if late else []
    for task in others:
        due = task["时限"]
        by_day = () if due.missing else (PrintedPart("，"), *parts_of(due), PrintedPart("前完成"))
        parts += [PrintedPart("，" if parts else ""), *parts_of(task["事项"]), *by_day]
    return parts


def _quoted(what: Fact) -> tuple[PrintedPart, ...]:
    return (PrintedPart("“"), *parts_of(what), PrintedPart("”"))


def _past(due: Fact, as_of: date) -> bool:
    return isinstance(due.value, date) and due.value < as_of


def _post(post: Fact, branch: Branch) -> tuple[PrintedPart, ...]:
    """党支部书记 of 物业服务党支部书记: a branch does not call itself by its name."""
    words = post.number
    own, kind, office = words.partition("党支部")
    name = str(branch.named.value).removesuffix(kind)
    if kind and own and name.endswith(own):
        return (PrintedPart(kind + office, post),)
    return (PrintedPart(words, post),)


def _said(*pieces: str | Fact | Said | date | None) -> Said:
    return Said(parts_of_all(piece for piece in pieces if piece is not None))


def task_by_day(what: Fact, due: Fact) -> Said:
    """补齐主题党日（2026年9月30日前）."""
    return _said(what, "（", due, "前）")

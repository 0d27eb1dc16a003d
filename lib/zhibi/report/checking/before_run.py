"""A plan and its data -> what is amiss before anything runs.

The parameters of last year, or of somewhere else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from gongwen.findings import Finding, Level, Location
from zhibi.data.dataset import Dataset
from zhibi.report.planning import WHOLE, period, region
from zhibi.report.request import Plan

TEXTS, MEANT_FOR = "texts", "texts_for"  # what notebooks call what people wrote, and for whom
_YEAR = re.compile(r"(\d{4})年")


def findings(plan: Plan, data: Dataset | None) -> tuple[Finding, ...]:
    """All of it, an error where it may not become final."""
    return (*dated_after(plan, data), *written_for_others(plan, data))


def dated_after(plan: Plan, data: Dataset | None) -> tuple[Finding, ...]:
    """C11, before anything runs: a document is not dated before the day that its data speak of."""
    name = plan.contract.as_of if plan.contract else ""
    if data is None or plan.about is None or name not in data.settings:
        return ()
    spoken_of, issued = data.settings[name].value, _day(plan.values.get(plan.about.issued))
    if not isinstance(spoken_of, date) or issued is None or issued >= spoken_of:
        return ()
    message = f"成文日期{issued}早于{name}{spoken_of}"
    hint = f"请改参数文件里的 {plan.about.issued}（或用 -p {plan.about.issued}=日期），多半还是去年的。"
    return (Finding("C11", Level.ERROR, Location(column=plan.about.issued), message, hint),)


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def written_for_others(plan: Plan, data: Dataset | None) -> tuple[Finding, ...]:
    """C12: the texts of the parameters say themselves that they were written for another year or region."""
    texts, meant_for = plan.values.get(TEXTS), str(plan.values.get(MEANT_FOR) or "")
    if data is None or plan.about is None or not _written(texts):
        return ()
    this = period(plan, data)
    years = _YEAR.findall(meant_for)
    whole = plan.about.scope == "county" and plan.about.scope in WHOLE
    elsewhere = whole and bool(region(plan, data)) and region(plan, data) not in meant_for
    if (not years or this in years) and not (meant_for and elsewhere):
        return ()
    now = f"{region(plan, data) if whole else ''}{this}年度"
    message = f"参数文件里的文字是为“{meant_for}”写的，这次是{now}，不会印出"
    hint = f"请改写 {TEXTS} 里的文字，并把 {MEANT_FOR} 改成这一年的；也可以写在工作簿的“撰写”表里。"
    return (Finding("C12", Level.WARNING, Location(column=MEANT_FOR), message, hint),)


def _written(texts: object) -> bool:
    if not isinstance(texts, Mapping):
        return False
    return any(
        isinstance(text, str) and text.strip() and not str(name).endswith("）")  # for one report
        for name, text in texts.items()
    )

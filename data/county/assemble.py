"""A size -> the tables of the workbook, in the contract's own headers and order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from county import member_years, own_texts, practice, scheme, structure, tasks
from county.days import AS_OF, YEAR
from county.development import candidates
from county.meetings import Ledger, hold
from county.people import Register, register
from county.structure import Org, Size, Unit
from county.xlsx import Table
from dangjian.workbook.sheets import SETTINGS, SHEETS

Row = Mapping[str, object]
VALUES: Row = {
    "year": YEAR, "as_of": AS_OF, "region": structure.REGION, "author_org": "示例县委组织部", "anonymise": "否",
    "money_uom": "万元",
    "w_m": 0.3, "w_q": 0.3, "w_y": 0.4, "grade_excellent": 90, "grade_good": 80, "grade_fair": 60,
    "star_lines": "五星:95;四星:90;三星:80", "rules_version": "2026-05-18",
}  # fmt: skip


def tables(size: Size) -> list[Table]:
    """设置 and the sheets of the contract; big sheets are made row by row while they are written."""
    units, orgs = structure.organise(size)
    people = candidates(orgs, size.seed)
    members = register(orgs, people, size.seed)
    ledger = hold(orgs, members, size.seed)
    rows: dict[str, Iterable[Row]] = {
        "units": _units(units), "orgs": _orgs(orgs, members), "members": _members(members),
        "member_year": member_years.rows(orgs, members, ledger, size.seed), "activities": _activities(ledger),
        "development": (person.row for person in people), "mechanisms": practice.mechanism_rows(units, orgs),
        "documents": practice.document_rows(), "indicators": scheme.indicator_rows(),
        "scores": chain(scheme.score_rows(orgs, size.seed), member_years.scores(orgs, members, ledger, size.seed)),
        "tasks": tasks.task_rows(orgs, size.seed), "cases": practice.case_rows(orgs, size.seed),
        "honors": practice.honor_rows(orgs, members), "metrics": practice.metric_rows(units, size.seed),
        "texts": own_texts.text_rows(orgs),
        "supplement": practice.supplement_rows(),
    }  # fmt: skip
    settings = ({"item": column.header, "content": VALUES.get(column.key)} for column in SETTINGS)
    return [
        Table("设置", ("项目", "内容"), ("item", "content"), settings, identified=False),
        *(
            Table(
                sheet.title,
                sheet.headers,
                [column.key for column in sheet.columns],
                rows[sheet.key],
            )
            for sheet in SHEETS
        ),
    ]


def _units(units: list[Unit]) -> Iterator[Row]:
    for unit in units:
        plan = unit.plan
        yield {
            "unit_code": unit.code, "name": unit.name, "short_name": unit.short, "kind": plan.kind,
            "industry": plan.industry,
            "staff": plan.staff, "founded": plan.founded, "charter_done": plan.charter, "prior_list": plan.prior,
            "cross_post": plan.cross, "inspect_group": plan.group,
        }  # fmt: skip


def _orgs(orgs: list[Org], members: Register) -> Iterator[Row]:
    for org in orgs:
        plan = org.plan
        yield {
            "org_code": org.code, "name": org.name, "short_name": org.short, "type": plan.type,
            "parent_code": org.parent,
            "unit_code": org.unit.code, "covered_units": plan.covered, "founded": plan.founded,
            "elected_on": plan.elected,
            "term_years": None if plan.elected is None else 5 if plan.type == "党委" else 3, "groups": plan.groups,
            "committee_size": members.committee[org.code], "secretary": members.secretary.get(org.code, ""),
            "last_star": org.star, "status": "正常",
        }  # fmt: skip


def _members(members: Register) -> Iterator[Row]:
    for member in members.members:
        yield {
            "member_code": member.code, "name": member.name, "org_code": member.org, "sex": member.sex,
            "birth_year": member.birth_year,
            "ethnicity": member.ethnicity, "education": member.education, "employ": member.employ,
            "status": member.status,
            "joined_on": member.joined_on, "regular_on": member.regular_on, "post": member.post,
            "post_since": member.post_since,
            "mobile": member.mobile, "mobile_since": member.mobile_since, "active": "是" if member.active else "否",
            "left_reason": member.left_reason, "left_on": member.left_on,
        }  # fmt: skip


def _activities(ledger: Ledger) -> Iterator[Row]:
    width = max(4, len(str(len(ledger.meetings))))
    for number, meeting in enumerate(ledger.meetings, start=1):
        yield {
            "activity_id": f"A{YEAR}-{number:0{width}d}", "org_code": meeting.org, "date": meeting.day,
            "kind": meeting.kind,
            "topic": meeting.topic, "speaker": meeting.speaker, "due": meeting.due, "attended": meeting.attended,
            "hours": meeting.hours, "tag": meeting.tag, "resolutions": meeting.resolutions,
        }  # fmt: skip

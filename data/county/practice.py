"""Texts and organisations -> mechanisms, documents, cases, honours and metrics."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from county.case_texts import APPENDICES, CASES, HONORS, INSIGHTS, PERSON
from county.days import YEAR
from county.dice import Dice
from county.people import Register
from county.structure import Org, Unit, code
from county.texts import DOCUMENT_KEYS, DOCUMENTS, MECHANISMS

SUPPLEMENT = (
    ("走访支部数", 15, "个", "调研组走访记录"),
    ("发放问卷数", 320, "份", "调研组问卷台账"),
    ("座谈人数", 46, "人", "调研组座谈会签到"),
)


def document_rows() -> Iterator[dict[str, object]]:
    """National rules and the county's own papers."""
    return (dict(zip(DOCUMENT_KEYS, row, strict=True)) for row in DOCUMENTS)


COUNTY = "jg"  # what it runs is for the whole county


def _coverage(share: float | str, units: list[Unit], branches: int) -> dict[str, object]:
    """Branches by share, nothing for a single one; enterprises by what 单位 says of them."""
    if not isinstance(share, str):
        if branches == 1:
            return {}
        return {"covered_n": round(branches * share), "target_n": branches}
    answers = [getattr(unit.plan, share) for unit in units if unit.plan.kind == "县属国企"]
    return {"covered_n": answers.count("是"), "target_n": len(answers)}


def mechanism_rows(units: list[Unit], orgs: list[Org]) -> Iterator[dict[str, object]]:
    """Mechanisms with their coverage: of the county's branches where the county runs them, else of those below."""
    first = {org.plan.key: org.code for org in orgs if org.block == 0}
    for number, row in enumerate(MECHANISMS, start=1):
        name, kind, org, since, stage, items, freq, share, document, problem, description = row
        yield {
            "mech_code": f"J{number:03d}", "name": name, "kind": kind, "org_code": first.get(org, ""),
            "since": since, "stage": stage,
            "declared_n": items.count("；") + 1, "items": items, "incomplete": "否", "freq": freq,
            "doc_code": document, "problem": problem, "description": description,
        } | _coverage(share, units, _branches(orgs, first.get(org, ""), whole=org == COUNTY))  # fmt: skip


def _branches(orgs: list[Org], top: str, *, whole: bool) -> int:
    """How many branches there are in the county, or in an organisation with all below it."""
    below = {top}
    for org in orgs:  # superiors stand before those below them
        if org.parent in below:
            below.add(org.code)
    return sum(org.is_branch and (whole or org.code in below) for org in orgs)


CASE_KEYS = ("name", "kind", "org_code", "dimension", "innovation", "since", "background", "practice", "effect",
"metric", "before",
             "after", "uom", "people", "selected")  # fmt: skip


def case_rows(orgs: list[Org], seed: int) -> Iterator[dict[str, object]]:
    """Cases of every district."""
    number = 0
    blocks = max(org.block for org in orgs) + 1
    found = {(org.block, org.plan.key): org for org in orgs}
    for block in range(blocks):
        for row in CASES:
            org = found.get((block, row[2]))
            if org is None:
                continue
            number += 1
            dice = Dice(seed, "case", block, row[0])
            chosen = row[-1] == "是"
            scores = {
                key: dice.between(84, 96) if chosen else dice.between(68, 84)
                for key in ("practical", "normative", "targeted")
            }
            yield {"case_code": code("C", number, blocks * len(CASES))} | dict(zip(CASE_KEYS, row,
            strict=True)) | scores | {
                "org_code": org.code, "doc_code": "D015" if chosen else "",
                "insight": INSIGHTS.get(row[0], "") if chosen else "", "appendix": APPENDICES.get(row[0], "")}  # fmt: skip


def honor_rows(orgs: list[Org], register: Register) -> Iterator[dict[str, object]]:
    """Honours of organisations and of members (a branch's secretary or its longest-serving plain member)."""
    number = 0
    blocks = max(org.block for org in orgs) + 1
    found = {(org.block, org.plan.key): org for org in orgs}
    for block in range(blocks):
        for name, by, level, target, key, day, terms in HONORS:
            org = found.get((block, key))
            if org is None:
                continue
            number += 1
            member = _honoured(org, register, number) if target == PERSON else ""
            yield {
                "honor_code": code("H", number, blocks * len(HONORS)), "name": name, "by": by, "level": level,
                "target": target,
                "org_code": org.code, "member_code": member, "date": day, "consecutive": terms,
            }  # fmt: skip


def _honoured(org: Org, register: Register, number: int) -> str:
    plain = [
        m
        for m in register.by_org[org.code]
        if m.active and m.status == "正式" and m.mobile == "正常" and m.employ != "离退休"
    ]
    return plain[number % len(plain)].code


METRICS = (("AST", "总资产", "万元", "时点"), ("REV", "营业收入", "万元", "当年"), ("PRO", "利润总额", "万元", "当年"),
           ("ACC", "安全生产事故起数", "起", "当年"), ("FND", "党建经费", "万元", "当年"))  # fmt: skip


def metric_rows(units: list[Unit], seed: int) -> Iterator[dict[str, object]]:
    """Two years of every enterprise; each year names the one before as its base."""
    for unit in units:
        if unit.plan.assets:
            for key, name, uom, basis in METRICS:
                years = _three_years(Dice(seed, "metric", unit.code, key), unit, key)
                for at, year in ((1, YEAR - 1), (2, YEAR)):
                    yield {
                        "subject_code": unit.code, "subject_kind": "单位", "year": year, "metric_code": key,
                        "name": name,
                        "value": years[at], "uom": uom, "basis": basis, "base": years[at - 1], "base_year": year - 1,
                        "record": "是" if key == "REV" and years[at] > max(years[:at]) and unit.plan.key in ("ct",
                        "lc") else "否",
                        "source": "财务快报" if key not in ("ACC", "FND") else "单位填报",
                    }  # fmt: skip


def supplement_rows() -> Iterator[dict[str, object]]:
    """What the people who wrote the report counted themselves."""
    for name, value, unit, source in SUPPLEMENT:
        yield {
            "name": name, "value": value, "unit": unit, "as_of": date(YEAR, 11, 20), "source": source,
            "org_code": None,
        }  # fmt: skip


def _three_years(dice: Dice, unit: Unit, key: str) -> tuple[float, float, float]:
    if key == "ACC":
        many = unit.plan.key in ("ct", "jt")
        return (4, 4, 3) if many else (0, 0, 0)
    start = {
        "AST": unit.plan.assets,
        "REV": unit.plan.revenue,
        "PRO": unit.plan.revenue * 0.06,
        "FND": max(3.0, (unit.plan.staff or 200) / 12),
    }
    low, high = {"AST": (0.0, 0.09), "REV": (-0.06, 0.14), "PRO": (-0.12, 0.18), "FND": (0.0, 0.1)}[
        key
    ]
    places = 1 if key in ("FND", "PRO") else 0
    last = round(start[key], places)
    now = round(last * (1 + dice.part(low, high, 4)), places)
    return round(last / (1 + dice.part(low, high, 4)), places), last, now

"""Party-branch work of a county: the workbook's tables and checks, the rules, and the indicators reports are made of.

Every name loads with the module it lives in when it is first used: the list of commands waits for
none of them, and a report for its own only.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dangjian.names import HOME_OF
from zhibi.domain import Command, Domain, late
from zhibi.workspace.workspace import shipped

if TYPE_CHECKING:
    from dangjian.model.branch import Branch
    from dangjian.model.county import BRANCH_TYPES, SOE_KINDS, County, open_county
    from dangjian.model.subtree import System, cut_data, open_system, system_of
    from dangjian.reports.annual_review.review import (
        branch_cases,
        last_years_tasks,
        open_items,
        other_tasks,
        outcome_counts,
        regular_table,
        rule_table,
        shortfalls,
    )
    from dangjian.reports.annual_review.year_work import (
        meetings_held,
        secretary_name,
        still_due,
        tagged,
        tasks_done,
        topics,
        交纳,
        分列,
        参加,
        各列,
        含列,
        引列,
        改进,
        有列,
        逐条,
    )
    from dangjian.reports.citations import works
    from dangjian.reports.compilation import case_list, compiled, compiled_rows, unit_index
    from dangjian.reports.exchange import (
        branch_table,
        honour_rows,
        honours,
        institution_table,
        judge_institutions,
        kept_by_all,
        kept_by_none,
        kept_by_some,
        last_member_year,
        moved,
        performance,
        performance_table,
        stars_of_last_year,
        told_cases,
    )
    from dangjian.reports.people import (
        FEWEST_TOLD,
        age_groups,
        attendance,
        member_structure,
        people_of_units,
        short_hours_last_year,
        without_few,
    )
    from dangjian.reports.practice import (
        basis_documents,
        case_results,
        issued_documents,
        mechanism_themes,
        mechanisms,
        own_mechanisms,
        own_themes,
        selected_cases,
        问题列,
    )
    from dangjian.reports.rollup.judged import judge_county, score_disputes
    from dangjian.reports.rollup.summary import (
        both_excellent,
        branches_of,
        failing_rules,
        failing_table,
        first_and_last,
        grade_counts,
        overdue_terms,
        ranking,
        star_counts,
        terms_ending,
        to_consider,
        unknown_life,
    )
    from dangjian.reports.tables import (
        monthly_theme_days,
        org_register,
        org_types,
        remedies,
        score_table,
        theme_days,
        unit_overview,
    )
    from dangjian.rules import RULES, Rule
    from dangjian.scoring.member_scores import member_scores
    from dangjian.scoring.partition import Division, cut, open_branch
    from dangjian.scoring.problems import Problem, problems
    from dangjian.scoring.proportion import Kind, Portion, portion
    from dangjian.scoring.recount import Recount, comparison, recounts
    from dangjian.scoring.scores import (
        composite,
        grade,
        last_year,
        mean_rate,
        quarters,
        standing,
        standings,
        star,
        this_year,
    )
    from dangjian.scoring.verdicts import Outcome, Verdict, judge
    from dangjian.scoring.verdicts.organisation import term_ends
    from dangjian.scoring.verdicts.people import graded
    from dangjian.scoring.vetoes import vetoes
    from dangjian.workbook.contract import CONTRACT
    from dangjian.workbook.sheets import UNIT_KINDS

DOMAIN = Domain(
    name="dangjian",
    title="党建",
    contract=late("dangjian.workbook.contract", "CONTRACT"),
    divide=late("dangjian.scoring.partition", "Division"),
    starter=Path(__file__).with_name("starter.ipynb"),
    offers=late("dangjian.reports.offers", "catalogue"),
    workspace=shipped("dangjian"),
    commands={
        "rules": Command(
            "dangjian.reports.rulebook.commands", "规则：列出、查看考核规则，对照工作簿判定。"
        )
    },
    known=late("dangjian.model.reference_data", "known"),
    lore=late("dangjian.model.set_phrases", "LORE"),
    audits=late("dangjian.scoring.audits", "AUDITS"),
    rehearse=late("dangjian.reports.annual_review.sample_data", "rehearse"),
    intake=late("dangjian.workbook.intake", "intake"),
    handbook=Path(__file__).with_name("handbook.tsv"),
)

__all__ = [
    "BRANCH_TYPES",
    "CONTRACT",
    "DOMAIN",
    "FEWEST_TOLD",
    "RULES",
    "SOE_KINDS",
    "UNIT_KINDS",
    "Branch",
    "County",
    "Division",
    "Kind",
    "Outcome",
    "Portion",
    "Problem",
    "Recount",
    "Rule",
    "System",
    "Verdict",
    "age_groups",
    "attendance",
    "basis_documents",
    "both_excellent",
    "branch_cases",
    "branch_table",
    "branches_of",
    "case_list",
    "case_results",
    "comparison",
    "compiled",
    "compiled_rows",
    "composite",
    "cut",
    "cut_data",
    "failing_rules",
    "failing_table",
    "first_and_last",
    "grade",
    "grade_counts",
    "graded",
    "honour_rows",
    "honours",
    "institution_table",
    "issued_documents",
    "judge",
    "judge_county",
    "judge_institutions",
    "kept_by_all",
    "kept_by_none",
    "kept_by_some",
    "last_member_year",
    "last_year",
    "last_years_tasks",
    "mean_rate",
    "mechanism_themes",
    "mechanisms",
    "meetings_held",
    "member_scores",
    "member_structure",
    "monthly_theme_days",
    "moved",
    "open_branch",
    "open_county",
    "open_items",
    "open_system",
    "org_register",
    "org_types",
    "other_tasks",
    "outcome_counts",
    "overdue_terms",
    "own_mechanisms",
    "own_themes",
    "people_of_units",
    "performance",
    "performance_table",
    "portion",
    "problems",
    "quarters",
    "ranking",
    "recounts",
    "regular_table",
    "remedies",
    "rule_table",
    "score_disputes",
    "score_table",
    "secretary_name",
    "selected_cases",
    "short_hours_last_year",
    "shortfalls",
    "standing",
    "standings",
    "star",
    "star_counts",
    "stars_of_last_year",
    "still_due",
    "system_of",
    "tagged",
    "tasks_done",
    "term_ends",
    "terms_ending",
    "theme_days",
    "this_year",
    "to_consider",
    "told_cases",
    "topics",
    "unit_index",
    "unit_overview",
    "unknown_life",
    "vetoes",
    "without_few",
    "works",
    "交纳",
    "分列",
    "参加",
    "各列",
    "含列",
    "引列",
    "改进",
    "有列",
    "逐条",
    "问题列",
]


def __getattr__(name: str) -> Any:
    if name not in HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(HOME_OF[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *HOME_OF})

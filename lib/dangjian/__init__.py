"""Party-branch work of a county: the workbook's tables and checks, the rules, and the indicators reports are made of.

Every name loads with the module it lives in when it is first used: the list of commands waits for
none of them, and a report for its own only.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhibi.domain import Command, Domain, late
from zhibi.startup.public_names import homes, load
from zhibi.workspace.workspace import shipped

if TYPE_CHECKING:  # the public names, once: see zhibi.startup.public_names
    from dangjian.model.branch import Branch as Branch
    from dangjian.model.county import (
        BRANCH_TYPES as BRANCH_TYPES,
        SOE_KINDS as SOE_KINDS,
        County as County,
        open_county as open_county,
    )
    from dangjian.model.subtree import (
        System as System,
        cut_data as cut_data,
        open_system as open_system,
        system_of as system_of,
    )
    from dangjian.reports.annual_review.review import (
        branch_cases as branch_cases,
        last_years_tasks as last_years_tasks,
        open_items as open_items,
        other_tasks as other_tasks,
        outcome_counts as outcome_counts,
        regular_table as regular_table,
        rule_table as rule_table,
        shortfalls as shortfalls,
    )
    from dangjian.reports.annual_review.year_work import (
        Meetings as Meetings,
        meetings_held as meetings_held,
        secretary_name as secretary_name,
        still_due as still_due,
        tagged as tagged,
        tasks_done as tasks_done,
        topics as topics,
        交纳 as 交纳,
        分列 as 分列,
        参加 as 参加,
        各列 as 各列,
        含列 as 含列,
        引列 as 引列,
        改进 as 改进,
        有列 as 有列,
        逐条 as 逐条,
    )
    from dangjian.reports.citations import works as works
    from dangjian.reports.compilation import (
        case_list as case_list,
        compiled as compiled,
        compiled_rows as compiled_rows,
        unit_index as unit_index,
    )
    from dangjian.reports.exchange import (
        branch_table as branch_table,
        honour_rows as honour_rows,
        honours as honours,
        institution_table as institution_table,
        judge_institutions as judge_institutions,
        kept_by_all as kept_by_all,
        kept_by_none as kept_by_none,
        kept_by_some as kept_by_some,
        last_member_year as last_member_year,
        moved as moved,
        performance as performance,
        performance_table as performance_table,
        stars_of_last_year as stars_of_last_year,
        told_cases as told_cases,
    )
    from dangjian.reports.people import (
        FEWEST_TOLD as FEWEST_TOLD,
        age_groups as age_groups,
        attendance as attendance,
        member_structure as member_structure,
        people_of_units as people_of_units,
        short_hours_last_year as short_hours_last_year,
        without_few as without_few,
    )
    from dangjian.reports.practice import (
        basis_documents as basis_documents,
        case_results as case_results,
        issued_documents as issued_documents,
        mechanism_themes as mechanism_themes,
        mechanisms as mechanisms,
        own_mechanisms as own_mechanisms,
        own_themes as own_themes,
        selected_cases as selected_cases,
        问题列 as 问题列,
    )
    from dangjian.reports.rollup.judged import (
        judge_county as judge_county,
        score_disputes as score_disputes,
    )
    from dangjian.reports.rollup.summary import (
        both_excellent as both_excellent,
        branches_of as branches_of,
        failing_rules as failing_rules,
        failing_table as failing_table,
        first_and_last as first_and_last,
        grade_counts as grade_counts,
        overdue_terms as overdue_terms,
        ranking as ranking,
        star_counts as star_counts,
        terms_ending as terms_ending,
        to_consider as to_consider,
        unknown_life as unknown_life,
    )
    from dangjian.reports.tables import (
        monthly_theme_days as monthly_theme_days,
        org_register as org_register,
        org_types as org_types,
        remedies as remedies,
        score_table as score_table,
        theme_days as theme_days,
        unit_overview as unit_overview,
    )
    from dangjian.rules import RULES as RULES, Rule as Rule
    from dangjian.scoring.member_scores import member_scores as member_scores
    from dangjian.scoring.partition import (
        Division as Division,
        cut as cut,
        open_branch as open_branch,
    )
    from dangjian.scoring.problems import problems as problems
    from dangjian.scoring.problems.problem import Problem as Problem
    from dangjian.scoring.proportion import (
        Kind as Kind,
        Membership as Membership,
        Portion as Portion,
        portion as portion,
    )
    from dangjian.scoring.recount import (
        Recount as Recount,
        comparison as comparison,
        recounts as recounts,
    )
    from dangjian.scoring.scores.standings import (
        composite as composite,
        standing as standing,
        standings as standings,
    )
    from dangjian.scoring.scores.stars import grade as grade, star as star
    from dangjian.scoring.scores.periods import (
        last_year as last_year,
        mean_rate as mean_rate,
        quarters as quarters,
        this_year as this_year,
    )
    from dangjian.scoring.verdicts import Outcome as Outcome, Verdict as Verdict, judge as judge
    from dangjian.scoring.verdicts.organisation import term_ends as term_ends
    from dangjian.scoring.verdicts.people import graded as graded
    from dangjian.scoring.vetoes import vetoes as vetoes
    from dangjian.workbook.contract import CONTRACT as CONTRACT
    from dangjian.workbook.sheets import UNIT_KINDS as UNIT_KINDS

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

HOME_OF = homes(__name__)
__all__ = ["DOMAIN", *HOME_OF]


def __getattr__(name: str) -> Any:
    return load(__name__, HOME_OF, name)


def __dir__() -> list[str]:
    return sorted({*globals(), *HOME_OF})

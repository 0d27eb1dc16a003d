"""A public name of the package -> the module it lives in, imported when the name is first used."""

from __future__ import annotations

_HOMES = {
    "dangjian.model.branch": "Branch",
    "dangjian.model.county": "BRANCH_TYPES SOE_KINDS County open_county",
    "dangjian.model.subtree": "System cut_data open_system system_of",
    "dangjian.reports.annual_review.review": (
        "branch_cases last_years_tasks open_items other_tasks outcome_counts regular_table "
        "rule_table shortfalls"
    ),
    "dangjian.reports.annual_review.year_work": (
        "meetings_held secretary_name still_due tagged tasks_done topics 交纳 分列 参加 各列 含列 引列 改进 "
        "有列 逐条"
    ),
    "dangjian.reports.citations": "works",
    "dangjian.reports.compilation": "case_list compiled compiled_rows unit_index",
    "dangjian.reports.exchange": (
        "branch_table honour_rows honours institution_table judge_institutions kept_by_all "
        "kept_by_none kept_by_some last_member_year moved performance performance_table "
        "stars_of_last_year told_cases"
    ),
    "dangjian.reports.people": (
        "FEWEST_TOLD age_groups attendance member_structure people_of_units "
        "short_hours_last_year without_few"
    ),
    "dangjian.reports.practice": (
        "basis_documents case_results issued_documents mechanism_themes mechanisms "
        "own_mechanisms own_themes selected_cases 问题列"
    ),
    "dangjian.reports.rollup.judged": "judge_county score_disputes",
    "dangjian.reports.rollup.summary": (
        "both_excellent branches_of failing_rules failing_table first_and_last grade_counts "
        "overdue_terms ranking star_counts terms_ending "
        "to_consider unknown_life"
    ),
    "dangjian.reports.tables": (
        "monthly_theme_days org_register org_types remedies score_table theme_days unit_overview"
    ),
    "dangjian.rules": "RULES Rule",
    "dangjian.scoring.member_scores": "member_scores",
    "dangjian.scoring.partition": "Division cut open_branch",
    "dangjian.scoring.problems": "Problem problems",
    "dangjian.scoring.proportion": "Kind Portion portion",
    "dangjian.scoring.recount": "Recount comparison recounts",
    "dangjian.scoring.scores": (
        "composite grade last_year mean_rate quarters standing standings star this_year"
    ),
    "dangjian.scoring.verdicts": "Outcome Verdict judge",
    "dangjian.scoring.verdicts.organisation": "term_ends",
    "dangjian.scoring.verdicts.people": "graded",
    "dangjian.scoring.vetoes": "vetoes",
    "dangjian.workbook.contract": "CONTRACT",
    "dangjian.workbook.sheets": "UNIT_KINDS",
}

HOME_OF: dict[str, str] = {}
for _home, _names in _HOMES.items():
    HOME_OF.update(dict.fromkeys(_names.split(), _home))

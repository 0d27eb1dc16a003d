"""Party-branch work of a county: the workbook's tables and checks, the rules, and the indicators reports are made of."""

from dangjian.contract import UNIT_KINDS
from dangjian.county import BRANCH_TYPES, SOE_KINDS, County, open_county
from dangjian.people import age_groups, member_structure
from dangjian.practice import basis_documents, mechanism_themes, selected_cases
from dangjian.problems import Problem, problems
from dangjian.rules import RULES, Rule
from dangjian.tables import monthly_theme_days, org_register, org_types, remedies, score_table, unit_overview
from dangjian.workbook import CONTRACT
from zhibi.domain import Domain
from zhibi.workspace import shipped

DOMAIN = Domain(name="dangjian", title="党建", contract=CONTRACT, workspace=shipped("dangjian"))

__all__ = [
    "BRANCH_TYPES",
    "CONTRACT",
    "DOMAIN",
    "RULES",
    "SOE_KINDS",
    "UNIT_KINDS",
    "County",
    "Problem",
    "Rule",
    "age_groups",
    "basis_documents",
    "mechanism_themes",
    "member_structure",
    "monthly_theme_days",
    "open_county",
    "org_register",
    "org_types",
    "problems",
    "remedies",
    "score_table",
    "selected_cases",
    "unit_overview",
]  # fmt: skip

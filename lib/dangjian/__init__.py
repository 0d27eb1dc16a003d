"""Party-branch work of a county: the workbook's tables and checks, the rules, and the indicators reports are made of."""

from dangjian.county import BRANCH_TYPES, SOE_KINDS, County, open_county
from dangjian.problems import Problem, problems
from dangjian.rules import RULES, Rule
from dangjian.workbook import CONTRACT
from zhibi.domain import Domain
from zhibi.workspace import shipped

DOMAIN = Domain(name="dangjian", title="党建", contract=CONTRACT, workspace=shipped("dangjian"))

__all__ = [
    "BRANCH_TYPES", "CONTRACT", "DOMAIN", "RULES", "SOE_KINDS", "County", "Problem", "Rule", "open_county", "problems",
]  # fmt: skip

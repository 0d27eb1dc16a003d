"""An organisation and the rule book -> a verdict for every rule. The table below is all there is."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dangjian.model.branch import Branch
from dangjian.rules import RULES, Rule, rule
from dangjian.scoring.verdicts import admission, meetings, organisation, people
from dangjian.scoring.verdicts.verdict import Outcome, Verdict, verdict

FUNCTIONS: Mapping[str, Callable[[Branch, Rule], Verdict]] = {
    "R01": organisation.party_committee,
    "R02": organisation.general_branch,
    "R03": organisation.enough_full_members,
    "R04": organisation.not_too_large,
    "R05": organisation.covered_units,
    "R06": organisation.committee_size,
    "R07": organisation.board_size,
    "R08": organisation.term_running,
    "R09": organisation.extension,
    "R10": meetings.assemblies,
    "R11": meetings.committee_meetings,
    "R12": meetings.group_meetings,
    "R13": meetings.lectures,
    "R14": meetings.secretary_lecture,
    "R15": meetings.theme_days,
    "R16": meetings.life_meeting,
    "R17": meetings.review,
    "R18": people.excellent_share,
    "R19": people.talks,
    "R20": people.study_hours,
    "R21": people.committee_training,
    "R22": people.lost_contact,
    "R23": people.moved_away,
    "R24": people.not_taking_part,
    "R25": people.dues_paid,
    "R26": people.retired_dues,
    "R27": people.probation_dues,
    "R28": organisation.election_attendance,
    "R29": organisation.secretary_standing,
    "R30": people.account,
    "R31": people.both_excellent,
    "D01": admission.applicant_age,
    "D02": admission.talk,
    "D03": admission.filed,
    "D04": admission.observed,
    "D05": admission.cultivated,
    "D06": admission.vetted,
    "D07": admission.assembly_in_time,
    "D08": admission.majority,
    "D09": admission.approved,
    "D10": admission.oath,
    "D11": admission.probation,
    "D12": admission.confirmed,
}
ANY_ORGANISATION = (
    "企业",
    "党组织",
    "党总支、党委",
    "党委",
)  # scopes that also bind what is no branch


def judge(branch: Branch) -> tuple[Verdict, ...]:
    """Every rule of the book held against one organisation, in the order of the book, N/A ones included."""
    return tuple(verdict_on(branch, id_) for id_ in FUNCTIONS)


def verdict_on(branch: Branch, id_: str) -> Verdict:
    """One rule held against one organisation; an unknown id is refused with the near miss."""
    against = rule(id_)
    if against.scope not in ANY_ORGANISATION and not branch.is_branch:
        return not_for(branch, RULES[against.part_of])
    part = against.part_of
    return branch.once(("verdict", part), lambda: FUNCTIONS[part](branch, RULES[part]))


def not_for(branch: Branch, against: Rule) -> Verdict:
    """The verdict on an organisation the rule does not speak of."""
    return verdict(branch, against, Outcome.NOT_APPLICABLE, "只对党支部")


__all__ = ["FUNCTIONS", "Outcome", "Verdict", "judge", "verdict_on"]

"""A dataset -> findings of party work: the rules V00–V37 that need more than one cell.

This table is all there is.

The rules about single cells, keys, references and privacy (V01, V02 of references, V20, V21, V28
and the limits of V04, V11, V30) are kept by `zhibi.data`, which reads them off the contract.
"""

from dangjian.workbook.checks import (
    development,
    history,
    meetings,
    people,
    practice,
    scheme,
    structure,
    texts,
)

CHECKS = (
    structure.some_organisation,  # V00
    structure.no_cycle,  # V02
    structure.type_under_type,  # V03
    structure.dates_in_order,  # V04
    meetings.founding_known,  # V38
    meetings.any_this_year,  # V39
    people.probation_over,  # V40
    meetings.in_year,  # V04
    people.joined_by_the_day,  # V04
    people.probation,  # V05
    people.of_age,  # V06
    people.not_twice,  # V34
    meetings.attendance,  # V07
    people.attendance,  # V07
    meetings.due_within_members,  # V07, V08
    people.graded,  # V08
    people.excellent_share,  # V09
    people.dues,  # V10
    scheme.weights,  # V11
    scheme.stars,  # V11
    scheme.indicator_tree,  # V02
    scheme.parameters,  # V33
    scheme.veto_answers,  # V35
    scheme.score_within_maximum,  # V12
    scheme.maxima_add_up,  # V12
    scheme.bonus_within_cap,  # V12
    practice.told_this_year,  # V04
    practice.declared_items,  # V13
    practice.tasks,  # V14
    meetings.not_twice,  # V15
    meetings.not_copied,  # V16
    meetings.ordinary_days,  # V17
    practice.measured_in,  # V18
    practice.jumps,  # V19
    structure.size_fits_type,  # V22
    structure.term_running,  # V23
    structure.secretary_belongs,  # V24
    structure.committee_fits,  # V25
    development.steps_in_order,  # V26
    development.within_months,  # V26
    development.cultivated,  # V26
    development.trained,  # V26
    development.majority,  # V26, V07
    history.blanks,  # V27
    history.not_last_year_again,  # V29
    scheme.years,  # V30
    scheme.burdens,  # V31
    texts.typed_figures,  # V36
    texts.in_its_place,  # V37
)

__all__ = ["CHECKS"]

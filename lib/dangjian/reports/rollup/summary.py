"""All organisations of a county judged -> what the county's roll-up counts, ranks and lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dangjian.model.periods import months_later
from dangjian.model.table_rows import Rows
from dangjian.reports.annual_review.review import NOTHING
from dangjian.reports.rollup.judged import Judged, failed_once
from dangjian.rules import RULES, WORDS
from dangjian.scoring.scores.stars import GRADES, NO_STAR, VOID_STAR, grade, star_bands, stars_of
from dangjian.scoring.verdicts import FUNCTIONS, Outcome, Verdict
from dangjian.scoring.verdicts.verdict import coming_out
from gongwen.facts.arithmetic import gathered, points, ranks, share, tally
from gongwen.facts.value import Fact
from zhibi.notebook.prose.filters import listed
from zhibi.notebook.prose.spans import PrintedPart, Said

RANKED = "参加排名的党支部得分率"
MOST_NAMED = 6  # names in a sentence
MEETINGS = ("R10", "R11", "R13", "R15")


def branches_of(judged: Sequence[Judged]) -> tuple[Judged, ...]:
    """The 党支部 among them."""
    return tuple(each for each in judged if each.is_branch)


@dataclass(frozen=True)
class Failing:
    """One rule and the branches that do not meet it."""

    规则: str
    涉及: Fact
    适用: Fact
    占比: Fact
    名单: tuple[Fact, ...]
    人人可判: bool = True  # every branch of the county could be judged

    def in_prose(self) -> Said:
        """主题党日未达标的党支部4个，占12.5%，为甲支部和乙支部; of one alone 主题党日未达标的是甲支部.

        Names only where they are few and not everybody's: 5个党支部党员集中学习均未达标.
        """
        number = PrintedPart(str(self.涉及), self.涉及)
        if self.涉及.value == self.适用.value != 1:
            whose = PrintedPart("" if self.人人可判 else "可以核对的")
            return Said((whose, number, PrintedPart(f"党支部{self.规则}均未达标")))
        names = listed(self.名单).parts
        if self.涉及.value == 1 and names:
            return Said((PrintedPart(f"{self.规则}未达标的是"), *names))
        rate = (PrintedPart("，占"), PrintedPart(str(self.占比), self.占比))
        owners = (PrintedPart("，为"), *names) if 0 < len(self.名单) <= MOST_NAMED else ()
        return Said((PrintedPart(f"{self.规则}未达标的党支部"), number, *rate, *owners))


def unknown_life(judged: Sequence[Judged]) -> Fact:
    """How many branches did not report enough for every rule on their meetings."""
    conclusions = [_unknown_meeting(branch).结论 for branch in judged]
    label = "组织生活填报不全的党支部数"
    return tally(conclusions, label, "个", holds=coming_out(str(Outcome.UNKNOWN)))


def _unknown_meeting(branch: Judged) -> Verdict:
    """The first verdict on its meetings that its rows do not settle; else the first of all."""
    verdicts = [branch.on(id_) for id_ in MEETINGS]
    unknown = (verdict for verdict in verdicts if verdict.outcome is Outcome.UNKNOWN)
    return next(unknown, verdicts[0])


def failing_rules(judged: Sequence[Judged]) -> tuple[Failing, ...]:
    """Rules not met by at least one branch, those not met by most first.

    The share is of those that could be judged.
    """
    found = [_failing(judged, id_) for id_ in FUNCTIONS]
    some = [one for one in found if one.涉及.value]
    return tuple(sorted(some, key=lambda one: -int(str(one.涉及.value))))


def _failing(judged: Sequence[Judged], id_: str) -> Failing:
    """Who does not meet a rule."""
    concluded = [each.on(id_).结论 for each in judged]
    lacking = [each for each in judged if _lacks(each, id_)]
    counted = {id(each.on(id_).结论) for each in lacking}
    name = WORDS[id_].name
    failed = tally(
        concluded, f"{name}未达标的党支部数", "个", holds=lambda outcome: id(outcome) in counted
    )
    known = tally(
        concluded,
        f"{name}可以判定的党支部数",
        "个",
        holds=lambda outcome: outcome.value in (Outcome.MET, Outcome.FAILED),
    )
    names = tuple(each.named for each in lacking)
    everybody = known.value == len(judged)
    return Failing(name, failed, known, share(failed, known), names, everybody)


def _lacks(branch: Judged, id_: str) -> bool:
    """True of a rule not met; a term over for more than a year is told once, as one that is over."""
    verdict = branch.on(id_)
    return verdict.outcome is Outcome.FAILED and verdict in failed_once(branch.verdicts)


def failing_table(found: Sequence[Failing]) -> Rows:
    """表: rules by how many branches do not meet them."""
    return [
        {"项目": one.规则, "未达标": one.涉及, "可以判定": one.适用, "占比（%）": one.占比}
        for one in found
    ]


def star_counts(judged: Sequence[Judged], settings: Mapping[str, Fact]) -> Rows:
    """表: how many branches each star had last year (as given) and has by this year's rate so far."""
    lines = [name for name, _ in star_bands(settings["星级分数线"])]
    before = [each.star for each in judged]
    now = list(_stars(judged, settings).values())
    known = [fact for fact in before if not fact.missing]
    others = [str(fact.value) for fact in (*known, *now) if str(fact.value) not in lines]
    names = [*lines, *sorted(others, key=lambda name: (name in (NO_STAR, VOID_STAR), name))]
    return [_star_row(name, known, now) for name in dict.fromkeys(names)]


def _star_row(name: str, before: Sequence[Fact], now: Sequence[Fact]) -> dict[str, object]:
    """How many had the star and how many have it; without any star last year only these."""
    last = tally(before, f"上年评定为{name}的党支部数", "个", holds=coming_out(name))
    this = tally(now, f"本年得分率对应{name}的党支部数", "个", holds=coming_out(name))
    return {"星级": name, **({"上年评定": last} if before else {}), "本年测算": this}


def _stars(judged: Sequence[Judged], settings: Mapping[str, Fact]) -> dict[str, Fact]:
    """党组织代码 -> the star of this year's rate, within the quotas where the county sets any."""
    rates = {each.code: each.rate for each in judged if each.rate is not None}
    return stars_of(rates, settings, {each.code: each.vetoes for each in judged})


def grade_counts(judged: Sequence[Judged], settings: Mapping[str, Fact]) -> dict[str, Fact]:
    """How many branches each grade has by this year's rate so far."""
    now = [grade(each.rate, settings, each.vetoes) for each in judged if each.rate is not None]
    names = dict.fromkeys(
        [*(name for name, _ in GRADES), *(str(fact.value) for fact in now if not fact.missing)]
    )
    return {
        name: tally(now, f"得分率对应{name}的党支部数", "个", holds=coming_out(name), blanks="skip")
        for name in names
    }


def both_excellent(judged: Sequence[Judged]) -> Fact | None:
    """双优: how many branches have 优秀 in business and 好 in the appraisal of the secretary.

    None where no business grade is told.
    """
    grades = [(each, each.business, each.account) for each in judged]
    told = [business for _, business, _ in grades if business is not None]
    both = {
        id(business)
        for _, business, account in grades
        if account is not None and account.value == "好"
    }
    if not told:
        return None
    return tally(
        told, "双优的党支部数", "个", holds=lambda fact: fact.value == "优秀" and id(fact) in both
    )


def ranking(judged: Sequence[Judged], settings: Mapping[str, Fact]) -> Rows:
    """附表: branches by rate, best first, with last year and the rules not met.

    Those with a 一票否决 item take no place and stand below the ranked; those without a score stand
    last.
    """
    stars = _stars(judged, settings)
    scored = sorted((each for each in judged if each.rate is not None), key=_rate, reverse=True)
    ranked = [each for each in scored if not each.vetoes]
    places = _places(ranked)
    others = [each for each in judged if each.rate is None]
    rows = []
    for each in (*ranked, *(one for one in scored if one.vetoes), *others):
        rate, last = each.rate, each.last
        rows.append(
            {
                "名次": places.get(each.code, NOTHING),
                "党支部": each.named,
                "得分率": rate if rate is not None else NOTHING,
                "上年": last.得分率 if last else NOTHING,
                "变化": points(rate, last.得分率) if last and rate is not None else NOTHING,
                "星级测算": stars[each.code] if rate is not None else NOTHING,
                "未达标": each.failed,
            }
        )
    return rows


def _places(ranked: Sequence[Judged]) -> dict[str, Fact]:
    """The place of each branch that takes one."""
    rates = {each.code: each.rate for each in ranked if each.rate is not None}
    labels = {each.code: f"{each.named.value}名次" for each in ranked}
    return ranks(rates, labels, gathered(rates.values(), RANKED))


def first_and_last(rows: Rows, most: int = 3) -> tuple[list[Fact], list[Fact]]:
    """The branches at the head and at the foot of `ranking`.

    None where so few are ranked that the two would meet.
    """
    placed = [row["党支部"] for row in rows if row["名次"] != NOTHING]
    return (placed[:most], placed[-most:]) if len(placed) > 2 * most else ([], [])


def _rate(each: Judged) -> float:
    assert each.rate is not None  # the caller looked
    return float(str(each.rate.value))


@dataclass(frozen=True)
class Term:
    """An organisation whose term is over or soon will be."""

    党组织: Fact
    届满: Fact
    天数: Fact | None

    def in_prose(self) -> Said:
        """城乡公交党支部（2026年9月15日届满，已逾期76天）."""
        name, ends = (
            PrintedPart(str(self.党组织), self.党组织),
            PrintedPart(str(self.届满), self.届满),
        )
        late = (
            (PrintedPart("，已逾期"), PrintedPart(str(self.天数), self.天数))
            if self.天数 is not None
            else ()
        )
        return Said((name, PrintedPart("（"), ends, PrintedPart("届满"), *late, PrintedPart("）")))


def overdue_terms(judged: Sequence[Judged]) -> tuple[Term, ...]:
    """Organisations past their term, the longest first."""
    late = [each.on("R08") for each in judged if each.on("R08").outcome is Outcome.FAILED]
    names = {each.on("R08").结论: each.named for each in judged}
    overdue = [
        Term(names[verdict.结论], verdict.应达, verdict.差额)
        for verdict in late
        if verdict.应达 is not None
    ]
    return tuple(sorted(overdue, key=lambda term: str(term.届满.value)))


def terms_ending(judged: Sequence[Judged]) -> tuple[Term, ...]:
    """Organisations whose term ends within the months of the reminder, the next first."""
    ending = []
    for each in judged:
        ends = each.term_ends
        if ends is None or each.kind == "临时党支部":
            continue
        assert isinstance(ends.value, date)  # as term_ends makes it
        if each.as_of <= ends.value <= months_later(each.as_of, RULES["R09W"].figure):
            ending.append(Term(each.named, ends, None))
    return tuple(sorted(ending, key=lambda term: str(term.届满.value)))


def to_consider(judged: Sequence[Judged], most_failed: Fact) -> Rows:
    """表: branches with so many rules not met, or a task past its day, for people to decide upon.

    Nothing is decided here.
    """
    assert isinstance(most_failed.value, int)  # a parameter of the run
    rows = []
    for each in judged:
        assert isinstance(each.failed.value, int)  # a tally of known facts
        if each.failed.value < most_failed.value and not each.overdue.value:
            continue
        names = "、".join(verdict.名称 for verdict in failed_once(each.verdicts))
        rows.append(
            {
                "党支部": each.named,
                "未达标": each.failed,
                "未达标的项目": names or NOTHING,
                "逾期事项": each.overdue,
                "研究意见": "",
            }
        )
    return sorted(rows, key=lambda row: -int(str(row["未达标"].value)))

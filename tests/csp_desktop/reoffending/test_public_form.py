"""What of a cohort's figures may be published: every split of people into few is hidden, the rest is shown."""

from csp_desktop.reoffending.disclosure import DisclosureRules, Hidden
from csp_desktop.reoffending.following import SEVERITIES, Followed, Harm
from csp_desktop.reoffending.outcomes import Group, Outcomes, outcomes_of
from csp_desktop.reoffending.public_form import public_exclusions, public_form
from models.offending import OffenceStanding, Severity
from tests.csp_desktop.reoffending.people import person

RULES = DisclosureRules()


def people(others: int, *reoffending: Followed) -> list[Followed]:
    return [*(person() for _ in range(others)), *reoffending]


def reoffender(day: int = 40, **changes: object) -> Followed:
    harm = (Harm(10_000, 5_000, 2, 1_000),) * len(SEVERITIES)
    return person(time=(day, True), reoffences=2, first_day=day, harm=harm, **changes)


def whole(found: list[Followed]) -> Outcomes:
    return outcomes_of(found, 0.3)


def test_a_cohort_without_small_counts_is_shown_but_for_the_gravest_offence() -> None:
    form = public_form(whole(people(40, *(reoffender() for _ in range(12)))))
    figures = form.whole
    assert figures.final == Hidden(offenders=False, reoffenders=False)
    assert (figures.unique_people, figures.pending, figures.adjusted) == (False, False, False)
    assert not any(harm.figures or harm.mean or harm.escalation for harm in figures.severity.values())
    assert form.curve is not None
    assert [(point.day, point.at_risk, point.events) for point in form.curve.points] == [
        (0, 52, 0),
        (40, 52, 12),
        (366, 40, 0),
    ]
    assert form.curve.points[-1].survival == 40 / 52


def test_two_reoffenders_hide_everything_that_rests_on_them() -> None:
    form = public_form(whole(people(40, reoffender(), reoffender())))
    figures = form.whole
    assert figures.final == Hidden(offenders=False, reoffenders=True)
    assert figures.pending
    assert figures.adjusted
    assert all(harm.figures and harm.mean and harm.escalation for harm in figures.severity.values())
    assert form.curve is None


def test_the_curve_takes_days_together_on_which_very_few_reoffended() -> None:
    early = [reoffender(40) for _ in range(9)]
    form = public_form(whole(people(40, *early, reoffender(200), reoffender(220), reoffender(240))))
    assert form.curve is not None
    assert [point.events for point in form.curve.points if point.events] == [9, 3]
    assert public_form(whole(people(2, *early))).curve is None, "two never reoffended"


def test_the_curve_is_withheld_where_it_holds_very_few_more_than_the_rate() -> None:
    later = [person(is_measurable=False, time=(365, False)) for _ in range(3)]
    found = people(40, *(reoffender() for _ in range(12)))
    assert public_form(whole([*found, *later])).curve is not None
    assert public_form(whole([*found, *later[:2]])).curve is None


def test_pending_offences_are_hidden_where_they_split_people_into_few() -> None:
    found = people(40, *(reoffender() for _ in range(12)))
    assert public_form(whole([*found, *(person(pending=1) for _ in range(3))])).whole.pending is False
    assert public_form(whole([*found, *(person(pending=2) for _ in range(2))])).whole.pending is True
    both = [*(person(pending=1) for _ in range(3)), reoffender(pending=1)]
    assert public_form(whole([*found, *both])).whole.pending is True


def test_the_adjusted_rate_is_hidden_where_the_people_without_a_score_are_few() -> None:
    scored = [person(predicted=0.2) for _ in range(20)] + [reoffender(predicted=0.5) for _ in range(6)]
    assert public_form(whole(scored)).whole.adjusted is False
    assert public_form(whole([*scored, *people(3)])).whole.adjusted is False
    assert public_form(whole([*scored, *people(2)])).whole.adjusted is True


def test_repeated_people_are_hidden_where_they_are_few() -> None:
    found = people(40, *(reoffender() for _ in range(12)))
    again = [person(offender_id=found[0].offender_id) for _ in range(3)]
    assert public_form(whole([*found, *again])).whole.unique_people is False
    assert public_form(whole([*found, *again[:2]])).whole.unique_people is True
    assert public_form(whole(found)).whole.unique_people is False


def test_a_group_shows_no_split_that_the_whole_has() -> None:
    one = people(20, *(reoffender() for _ in range(6)))
    other = people(20, *(reoffender() for _ in range(5)), *(person(pending=1) for _ in range(5)))
    groups = [Group("a", whole(one)), Group("b", whole(other))]
    form = public_form(whole([*one, *other]), groups)
    assert form.whole.pending is False
    assert [group.pending for group in form.groups] == [True, True]
    assert [group.final.outcomes for group in form.groups] == [False, False]
    assert all(harm.escalation for group in form.groups for harm in group.severity.values())


def test_provisional_figures_are_protected_like_the_final_ones() -> None:
    later = [person(is_measurable=False, time=(100, False)) for _ in range(2)]
    more = [person(is_measurable=False, time=(100, False)) for _ in range(5)]
    found = people(40, *(reoffender() for _ in range(12)))
    groups = [Group("a", whole([*found, *later])), Group("b", whole([*found, *more])), Group("c", whole(found))]
    form = public_form(whole([*found, *found, *found, *later, *more]), groups)
    assert [group.provisional.offenders for group in form.groups] == [True, True, False]
    assert [group.final.offenders for group in form.groups] == [False, False, False]
    assert form.whole.provisional == Hidden(offenders=False, reoffenders=False)


def test_severity_is_hidden_where_it_rests_on_one_or_two_reoffences() -> None:
    harm = (Harm(5_000, 5_000, 1, 1_000), *(Harm(5_000, 5_000, 2, 1_000),) * 2)
    found = people(40, *(person(time=(40, True), reoffences=2, harm=(Harm(),) * 3) for _ in range(5)))
    found.append(person(time=(40, True), reoffences=2, harm=harm))
    severity = public_form(whole(found)).whole.severity
    assert severity[SEVERITIES[0]].figures
    assert set(severity) == set(Severity)


def test_exclusions_of_one_or_two_are_hidden_and_pending_ones_follow_their_own_section() -> None:
    counts = {OffenceStanding.BREACH: 2, OffenceStanding.RECALL: 3, OffenceStanding.PENDING: 9}
    shown = public_form(whole(people(40, *(reoffender() for _ in range(12)))))
    assert public_exclusions(counts, shown) == {
        OffenceStanding.BREACH: None, OffenceStanding.RECALL: 3, OffenceStanding.PENDING: 9,
    }  # fmt: skip
    hidden = public_form(whole(people(40, reoffender())))
    assert public_exclusions(counts, hidden)[OffenceStanding.PENDING] is None


def test_a_threshold_of_1_hides_only_what_is_always_hidden() -> None:
    form = public_form(whole(people(4, reoffender(pending=1))), rules=DisclosureRules(threshold=1))
    assert form.whole.final == Hidden(offenders=False, reoffenders=False)
    assert not form.whole.pending
    assert form.curve is not None


def test_a_sum_that_is_nearly_one_persons_is_not_told() -> None:
    light = (Harm(1_000, 1_000, 1, 1_000),) * len(SEVERITIES)
    grave = (Harm(5_475_000, 5_475_000, 1, 1_000),) * len(SEVERITIES)
    rest = [reoffender()._replace(harm=light) for _ in range(7)]
    form = public_form(whole(people(20, *rest, reoffender()._replace(harm=grave))))
    assert not form.whole.final.outcomes
    assert form.whole.severity[Severity.CAMBRIDGE].figures
    assert (
        not public_form(whole(people(20, *rest, reoffender()._replace(harm=light))))
        .whole.severity[Severity.CAMBRIDGE]
        .figures
    )


def test_groups_are_silent_where_what_they_leave_is_nearly_one_persons() -> None:
    grave = (Harm(5_475_000, 5_475_000, 1, 1_000),) * len(SEVERITIES)
    large = people(40, *(reoffender() for _ in range(12)))
    small = [people(9, reoffender()._replace(harm=grave), reoffender()), people(9, reoffender(), reoffender())]
    found = [Group(str(at), whole(each)) for at, each in enumerate([large, *small])]
    form = public_form(whole([*large, *small[0], *small[1]]), found)
    assert [each.final.outcomes for each in form.groups] == [False, True, True]
    assert all(each.severity[Severity.CAMBRIDGE].figures for each in form.groups)

"""The starter plans: what they hold, and how a fault in one is told."""

from datetime import date, timedelta

import pytest

from csp_desktop.errors import CspError
from csp_desktop.rules.periods import shown_day
from csp_desktop.starter import (
    TOWN_CENTRE,
    StarterObjective,
    StarterPlan,
    adoptable_names,
    load_partnership,
    load_starter,
    read_partnership,
    read_plan,
    starter_names,
)
from models.vocabulary import GroupKind, Marking, OrganisationKind, PlanKind

ONE_THEME = '[[themes]]\nnumber = "1"\ntitle = "A"\n'
BARE_PLAN = """
title = "A plan"
kind = "partnership"
group = "board"
starts = 2024-04-01
ends = 2027-03-31
update_cycle_months = 3
"""


def objectives(plan: StarterPlan) -> list[StarterObjective]:
    return [objective for theme in plan.walk() for objective in theme.objectives]


def test_names_are_the_two_plans_newest_first() -> None:
    assert starter_names() == ("kirklees-2022-2027", "kirklees-2018-2021")


def test_first_plan_has_four_themes_and_24_commitments_each_once() -> None:
    plan = load_starter("kirklees-2018-2021")
    assert (plan.starts, plan.ends, plan.kind) == (date(2018, 4, 1), date(2021, 3, 31), PlanKind.PARTNERSHIP)
    assert [theme.title for theme in plan.themes] == [
        "Preventing and reducing crime",
        "Tackling anti-social behaviour",
        "Protecting people from serious harm",
        "Improving place",
    ]
    by_theme = [sum(len(part.objectives) for part in theme.walk()) for theme in plan.themes]
    assert by_theme == [5, 8, 6, 5]
    titles = {objective.title.casefold() for objective in objectives(plan)}
    assert len(titles) == 24
    assert plan.supersedes is None


def test_first_plan_nests_its_strands() -> None:
    crime, asb = load_starter("kirklees-2018-2021").themes[:2]
    assert [strand.title for strand in crime.strands] == ["Reducing reoffending", "Drugs and alcohol"]
    assert [len(strand.strands) for strand in crime.strands] == [2, 3]
    assert [strand.title.split()[0] for strand in asb.strands] == ["Personal", "Nuisance", "Environmental"]


def test_drugs_and_alcohol_strategy_serves_all_four_themes() -> None:
    plan = load_starter("kirklees-2018-2021")
    home, objective = next(
        (theme, objective)
        for theme in plan.themes
        for part in theme.walk()
        for objective in part.objectives
        if objective.strategy == "drugs-and-alcohol"
    )
    assert {home.number, *objective.serves} == {"1", "2", "3", "4"}


def test_second_plan_follows_the_first() -> None:
    plan = load_starter("kirklees-2022-2027")
    assert plan.supersedes == "kirklees-2018-2021"
    assert (plan.starts, plan.ends) == (date(2022, 4, 1), date(2027, 3, 31))
    assert [theme.title for theme in plan.themes] == [
        "Tackling violence, abuse and exploitation",
        "Reducing anti-social behaviour and neighbourhood crime",
        "Reducing risk",
        "Building resilient and inclusive communities",
    ]
    assert [strand.title for strand in plan.themes[2].strands] == [
        "Reoffending",
        "Substance misuse",
        "Road safety",
        "Water safety",
    ]


def test_every_theme_and_strand_of_the_second_plan_can_be_reached_by_an_objective() -> None:
    plan = load_starter("kirklees-2022-2027")
    for theme in plan.themes:
        for part in theme.strands or (theme,):
            assert part.objectives, part.title


def test_partnership_has_its_profile_partners_groups_and_strategies() -> None:
    partnership = load_partnership()
    assert partnership.profile.name == "Kirklees Communities Partnership Board"
    assert partnership.profile.area == "Kirklees"
    assert partnership.profile.default_marking is Marking.OFFICIAL
    statutory = [body for body in partnership.organisations if body.statutory_basis]
    assert len(statutory) == 5
    assert {body.kind for body in statutory} == {OrganisationKind.RESPONSIBLE_AUTHORITY}
    assert {body.kind for body in partnership.organisations if not body.statutory_basis} == {
        OrganisationKind.VOLUNTARY_AND_COMMUNITY,
        OrganisationKind.HEALTH,
        OrganisationKind.HOUSING,
        OrganisationKind.CO_OPERATING,
        OrganisationKind.BUSINESS,
    }
    assert {group.name: group.kind for group in partnership.groups} == {
        "Communities Partnership Board": GroupKind.BOARD,
        "Safer Dewsbury Town Centre Group": GroupKind.TOWN_CENTRE_GROUP,
    }
    assert [group.formed_text for group in partnership.groups] == ["", "start of 2020"]
    assert [strategy.key for strategy in partnership.strategies] == [
        "asb",
        "drugs-and-alcohol",
        "reducing-reoffending",
        "violence-reduction",
    ]


def test_the_eight_board_meetings_are_the_page_s_two_of_them_with_their_day() -> None:
    meetings = load_partnership().meetings
    assert {meeting.group for meeting in meetings} == {"board"}
    assert [meeting.dated_text for meeting in meetings] == [
        *("Sep 2021", "Nov 2021", "Mar 2022", "Jun 2022", "Oct 2022", "Dec 2022"),
        *("", ""),
    ]
    assert [meeting.held_on for meeting in meetings if not meeting.dated_text] == [date(2023, 3, 22), date(2023, 7, 25)]
    assert all(shown_day(meeting.held_on) == f"1 {meeting.dated_text}" for meeting in meetings[:6])


def test_the_two_ward_sets_meet_without_a_gap() -> None:
    before, since = load_partnership().ward_sets
    assert (before.first_day, since.last_day) == (None, None)
    assert before.last_day is not None
    assert since.first_day == before.last_day + timedelta(days=1) == date(2026, 5, 7)


def test_the_town_centre_plan_has_its_strands_and_is_no_plan_to_begin_with() -> None:
    plan = load_starter(TOWN_CENTRE)
    assert (plan.kind, plan.group, plan.starts, plan.ends) == (PlanKind.TOWN_CENTRE, "safer-dewsbury", None, None)
    assert [theme.title for theme in plan.themes] == [
        *("Visibility", "Public Spaces Protection Order", "Street drinking", "Drugs supply"),
        *("Begging and rough sleeping", "Retail crime", "Licensing", "Housing standards", "Vehicles"),
        *("Design and CCTV", "Town-centre economy"),
    ]
    assert all(theme.objectives for theme in plan.themes)
    assert TOWN_CENTRE in adoptable_names()
    assert TOWN_CENTRE not in starter_names()


def test_no_two_organisations_share_a_name_or_alias() -> None:
    spellings = [
        spelling.casefold() for body in load_partnership().organisations for spelling in (body.name, *body.aliases)
    ]
    assert len(spellings) == len(set(spellings))


@pytest.mark.parametrize("name", ["partnership", "kirklees", "", "../kirklees-2018-2021"])
def test_unknown_name_is_refused_with_the_choices(name: str) -> None:
    with pytest.raises(CspError, match="kirklees-2022-2027 or kirklees-2018-2021"):
        load_starter(name)


@pytest.mark.parametrize(
    ("extra", "fault"),
    [
        ('[[themes]]\nnumber = "1"\ntitle = ""', "trial: themes 1: title is empty"),
        ('[[themes]]\nnumber = 1\ntitle = "A"', "trial: themes 1: number should be a str"),
        (ONE_THEME + '[[themes]]\nnumber = "1"\ntitle = "B"', "theme 1 stands twice"),
        (
            ONE_THEME + '[[themes.objectives]]\nnumber = "1.1"\ntitle = "B"\nserves = ["9"]',
            "objective 1.1: 9 is not known",
        ),
        (
            ONE_THEME + '[[themes.objectives]]\nnumber = "1.1"\ntitle = "B"\nstrategy = "parking"',
            "objective 1.1: parking is not known",
        ),
        ('supersedes = "kirklees-1066"', "supersedes: kirklees-1066 is not known"),
    ],
)
def test_a_fault_in_a_plan_names_its_place(extra: str, fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        read_plan("trial", BARE_PLAN + extra, load_partnership())


def test_a_plan_that_ends_before_it_starts_is_a_fault() -> None:
    with pytest.raises(ValueError, match="ends before it starts"):
        read_plan("trial", BARE_PLAN.replace("2027-03-31", "2023-03-31"), load_partnership())


def test_a_group_with_an_unknown_member_is_a_fault() -> None:
    text = """
        [profile]
        name = "A"
        area = "B"
        default_marking = "OFFICIAL"
        [[groups]]
        key = "board"
        name = "Board"
        kind = "board"
        members = ["nobody"]
    """
    with pytest.raises(ValueError, match="group board: nobody is not known"):
        read_partnership(text)

"""Editions of the assessment, what moved between them, and what no objective answers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csp_desktop.commands.entries import add_entry, edit_entry
from csp_desktop.commands.evidence import NewEdition, begin_edition
from csp_desktop.queries.entries import list_entries
from csp_desktop.queries.evidence import list_editions, list_priorities, published
from csp_desktop.queries.plans import find_plan, list_objectives
from csp_desktop.registers.forms import Register
from csp_desktop.rules.priorities import movement, urgency
from csp_desktop.rules.validation import FieldError
from csp_desktop.store import Store
from models.terms import AssessmentKind, Movement, PriorityRag, Sensitivity, Topic

RATINGS = st.sampled_from([None, *PriorityRag])
NEXT = NewEdition("SIA 2026", 2026, AssessmentKind.REFRESH)


def first_edition(store: Store) -> int:
    made = add_entry(store, Register.ASSESSMENTS, {"title": "SIA 2025", "year": 2025})
    objective = list_objectives(store, find_plan(store).id)[0]
    for values in (
        {"topic": "crime", "title": "Knife crime", "priority": "amber", "objectives": [objective.id]},
        {"topic": "asb_nuisance", "title": "Off-road bikes", "priority": "red", "sensitivity": "public"},
        {"topic": "crime", "title": "Burglary", "priority": "red", "is_spotlight": True, "sensitivity": "restricted"},
        {"topic": "demography", "title": "An ageing district"},
    ):
        add_entry(store, Register.EVIDENCE, {"assessment": made, **values})
    return made


def revise(store: Store, edition: int, called: str, /, **values: object) -> None:
    row = next(
        row
        for row in list_entries(store, Register.EVIDENCE)
        if row.row_id("assessment") == edition and row.text("title") == called
    )
    edit_entry(store, Register.EVIDENCE, row.id, row.version, values)


@given(RATINGS, RATINGS)
def test_a_priority_moves_as_its_ratings_do_and_back_again(before: PriorityRag | None, now: PriorityRag | None) -> None:
    forth, back = movement(before, now), movement(now, before)
    if before is None or now is None:
        assert forth is None
        assert back is None
    else:
        opposite = {
            Movement.WORSENED: Movement.IMPROVED,
            Movement.IMPROVED: Movement.WORSENED,
            Movement.UNCHANGED: Movement.UNCHANGED,
        }
        assert back is opposite[forth] if forth else False
        assert (forth is Movement.WORSENED) == (urgency(now) < urgency(before))


def test_the_next_edition_carries_findings_and_their_objectives_over_in_one_step(store: Store) -> None:
    first = first_edition(store)
    made = begin_edition(store, NEXT)
    found = list_priorities(store, made)
    assert [edition.title for edition in list_editions(store)] == ["SIA 2026", "SIA 2025"]
    assert found.before is not None
    assert found.before.id == first
    assert [(each.title, each.rating, each.moved, each.recorded) for each in found.findings] == [
        ("Burglary", PriorityRag.RED, Movement.UNCHANGED, Movement.UNCHANGED),
        ("Knife crime", PriorityRag.AMBER, Movement.UNCHANGED, Movement.UNCHANGED),
        ("Off-road bikes", PriorityRag.RED, Movement.UNCHANGED, Movement.UNCHANGED),
        ("An ageing district", None, None, None),
    ]
    assert [each.title for each in found.spotlights] == ["Burglary"]
    assert found.findings[1].objectives == (list_objectives(store, find_plan(store).id)[0].title,)
    store.undo()
    assert [edition.id for edition in list_editions(store)] == [first]
    assert len(list_entries(store, Register.EVIDENCE)) == 4


def test_what_moved_is_worked_out_and_stands_beside_what_was_entered(store: Store) -> None:
    first_edition(store)
    made = begin_edition(store, NEXT)
    revise(store, made, "Knife crime", priority="red")
    revise(store, made, "Off-road bikes", priority="green", movement="improved")
    revise(store, made, "Burglary", title="Burglary of homes")
    found = list_priorities(store, made)
    by_title = {each.title: each for each in found.findings}
    assert by_title["Knife crime"].moved is Movement.WORSENED
    assert by_title["Knife crime"].differs
    assert not by_title["Off-road bikes"].differs
    assert by_title["Burglary of homes"].moved is Movement.NEW
    assert [each.title for each in found.dropped] == ["Burglary"]
    assert found.of_topic(Topic.ASB_NUISANCE) == (by_title["Off-road bikes"],)


def test_two_findings_that_differ_in_their_letters_alone_are_each_followed(store: Store) -> None:
    first = first_edition(store)
    add_entry(
        store, Register.EVIDENCE, {"assessment": first, "topic": "crime", "title": "BURGLARY", "priority": "green"}
    )
    found = list_priorities(store, begin_edition(store, NEXT))
    assert {each.moved for each in found.findings if each.rating} == {Movement.UNCHANGED}


def test_pressing_findings_without_an_objective_and_objectives_without_a_finding_are_gaps(store: Store) -> None:
    found = list_priorities(store, first_edition(store))
    objectives = list_objectives(store, find_plan(store).id)
    assert [each.title for each in found.unanswered] == ["Burglary", "Off-road bikes"]
    assert [row.id for row in found.without_evidence] == [row.id for row in objectives[1:]]
    assert found.before is None
    assert {each.moved for each in found.findings} == {None}


def test_the_public_sees_what_is_marked_public_and_no_earlier_rating_that_was_not(store: Store) -> None:
    first_edition(store)
    made = begin_edition(store, NEXT)
    revise(store, made, "Knife crime", priority="red", sensitivity="public")
    shown = published(list_priorities(store, made))
    assert [(each.title, each.moved, each.earlier is None) for each in shown.findings] == [
        ("Knife crime", None, True),
        ("Off-road bikes", Movement.UNCHANGED, False),
    ]
    assert {each.sensitivity for each in shown.findings} == {Sensitivity.PUBLIC}


def test_an_edition_is_refused_under_a_title_that_is_taken_or_before_the_one_it_follows(store: Store) -> None:
    first = first_edition(store)
    with pytest.raises(FieldError, match="already"):
        begin_edition(store, NewEdition("SIA 2025", 2026, AssessmentKind.FULL))
    with pytest.raises(FieldError, match="later year"):
        begin_edition(store, NewEdition("SIA 2024", 2024, AssessmentKind.FULL, first))
    assert len(list_editions(store)) == 1

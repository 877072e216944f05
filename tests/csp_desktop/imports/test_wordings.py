"""A partnership's own headings: added, moved, withdrawn, brought back, undone, and gone by in an import."""

from collections.abc import Callable
from pathlib import Path

import pytest

from csp_desktop.errors import CspError, RowChangedError
from csp_desktop.imports.fields import ActionField
from csp_desktop.imports.import_plan import Decisions
from csp_desktop.imports.planning import plan_import
from csp_desktop.imports.rewording import (
    Meaning,
    add_wording,
    edit_wording,
    know_languages,
    remember_wording,
    restore_wording,
    withdraw_wording,
)
from csp_desktop.imports.running import open_source
from csp_desktop.imports.synonyms import OWN, WEAK, shipped, shipped_list
from csp_desktop.imports.wordings import WordingRow, languages_known, list_wordings, wordings_of
from csp_desktop.queries.records import list_steps
from csp_desktop.rules.validation import FieldError
from csp_desktop.store import Store
from models.vocabulary import HeadingLanguage, Sureness
from tests.factories import TODAY
from tests.workbooks.handmade_parts import write_sheets

LEAD, TITLE, SUPPORTING = ActionField.LEAD, ActionField.TITLE, ActionField.SUPPORTING


def rows_of(store: Store, heading: str) -> dict[ActionField, WordingRow]:
    return {row.field: row for row in list_wordings(store) if row.heading == heading}


def told(store: Store, heading: str) -> dict[ActionField, float]:
    return dict(wordings_of(store).closeness(heading))


def test_a_store_without_a_word_of_its_own_goes_by_the_programs_lists(store: Store) -> None:
    assert wordings_of(store) is shipped()
    rows = list_wordings(store)
    assert len(rows) == sum(len(shipped_list(language)) for language in HeadingLanguage)
    assert len({row.id for row in rows}) == len({row.key for row in rows}) == len(rows)
    assert {row.id < 0 for row in rows} == {True}
    assert rows[0].field is TITLE


@pytest.mark.parametrize(("sureness", "score"), [(Sureness.SURE, OWN), (Sureness.TO_BE_CONFIRMED, WEAK)])
def test_a_heading_is_added_undone_and_done_again(store: Store, sureness: Sureness, score: float) -> None:
    add_wording(store, Meaning("  Deliverable\n owner ", LEAD, sureness))
    row = rows_of(store, "Deliverable owner")[LEAD]
    assert (row.sureness, row.language, row.known_id) == (sureness, None, row.id)
    assert told(store, "Deliverable Owner:")[LEAD] == score
    assert list_steps(store)[0].label == "Set what a heading means"
    store.undo()
    assert rows_of(store, "Deliverable owner") == {}
    store.redo()
    assert rows_of(store, "Deliverable owner")[LEAD].sureness is sureness
    assert store.verify_audit().is_whole


@pytest.mark.parametrize(
    ("heading", "sentence"),
    [
        (" \n ", "needs its words"),
        ("???", "no letter from A to Z and no digit"),
        ("ذمہ دار", "no letter from A to Z and no digit"),
        ("x" * 301, "301 letters is too long"),
        ("Lead Officer", "“Lead Officer” is read as Lead officer already"),
        ("Task", "“Task” is read as Action and Description already. Move it here"),
    ],
)
def test_what_cannot_be_added_is_refused_in_a_sentence(store: Store, heading: str, sentence: str) -> None:
    with pytest.raises(FieldError, match=sentence) as refused:
        add_wording(store, Meaning(heading, LEAD))
    assert refused.value.field == "heading"
    assert store.undo_label != "Set what a heading means"
    assert wordings_of(store) is shipped()


def test_a_heading_is_moved_from_every_other_field_as_one_step(store: Store) -> None:
    add_wording(store, Meaning("task", LEAD), moving=True)
    assert max(told(store, "Task").items(), key=lambda each: each[1]) == (LEAD, OWN)
    assert not {TITLE, ActionField.DESCRIPTION} & set(told(store, "Task"))
    assert wordings_of(store).known("TASK") == {LEAD}
    assert {row.sureness for row in rows_of(store, "Task").values()} == {Sureness.WITHDRAWN}
    store.undo()
    assert wordings_of(store) is shipped()


def test_always_reading_a_heading_as_something_goes_before_all_and_says_it_once(store: Store) -> None:
    remember_wording(store, ActionField.UPDATE, "Status")
    before = len(list_steps(store))
    remember_wording(store, ActionField.UPDATE, "STATUS ")
    assert len(list_steps(store)) == before
    assert told(store, "Status") == {ActionField.UPDATE: OWN}
    remember_wording(store, ActionField.RAG, "Status")
    assert told(store, "Status") == {ActionField.RAG: OWN}
    remember_wording(store, ActionField.STATUS, "Status")
    assert told(store, "Status") == {ActionField.STATUS: OWN}


def test_a_shipped_heading_is_withdrawn_and_brought_back(store: Store) -> None:
    owner = rows_of(store, "Owner")[LEAD]
    withdraw_wording(store, owner.id)
    row = rows_of(store, "Owner")[LEAD]
    assert (row.id, row.sureness, row.is_changed) == (owner.id, Sureness.WITHDRAWN, True)
    assert told(store, "Owner") == {}
    assert told(store, "Action owner")[LEAD] == 1.0
    restore_wording(store, owner.id)
    assert wordings_of(store) is shipped()
    store.undo()
    assert told(store, "Owner") == {}
    store.undo()
    assert wordings_of(store) is shipped()


def test_a_withdrawn_heading_can_be_added_to_another_field(store: Store) -> None:
    withdraw_wording(store, rows_of(store, "Owner")[LEAD].id)
    add_wording(store, Meaning("Owner", SUPPORTING))
    assert told(store, "Owner") == {SUPPORTING: OWN}


def test_one_added_here_is_edited_and_withdrawn_for_good(store: Store) -> None:
    add_wording(store, Meaning("Deliverable owner", LEAD))
    row = rows_of(store, "Deliverable owner")[LEAD]
    edit_wording(store, row.id, row.version, Meaning("Deliverable lead", SUPPORTING, Sureness.TO_BE_CONFIRMED))
    assert rows_of(store, "Deliverable owner") == {}
    changed = rows_of(store, "Deliverable lead")[SUPPORTING]
    assert (changed.id, changed.sureness) == (row.id, Sureness.TO_BE_CONFIRMED)
    with pytest.raises(RowChangedError):
        edit_wording(store, row.id, row.version, Meaning("Deliverable boss", SUPPORTING))
    with pytest.raises(FieldError, match="“Due” is read as Due now already"):
        edit_wording(store, row.id, changed.version, Meaning("Due", SUPPORTING))
    edit_wording(store, row.id, changed.version, Meaning("Due", SUPPORTING), moving=True)
    assert told(store, "Due") == {SUPPORTING: OWN}
    withdraw_wording(store, row.id)
    assert "Due" not in {row.heading for row in list_wordings(store) if row.language is None}
    with pytest.raises(CspError, match="no longer in the list"):
        withdraw_wording(store, row.id)
    for _ in range(4):
        store.undo()
    assert wordings_of(store) is shipped()


def test_a_shipped_heading_is_made_surer_or_moved_but_keeps_its_words(store: Store) -> None:
    contact = rows_of(store, "Contact")[LEAD]
    edit_wording(store, contact.id, None, Meaning("contact", LEAD))
    assert told(store, "Contact") == {LEAD: OWN}
    edit_wording(store, contact.id, None, Meaning("Contact", SUPPORTING, Sureness.TO_BE_CONFIRMED))
    assert told(store, "Contact") == {SUPPORTING: WEAK}
    with pytest.raises(CspError, match="comes with the program stay"):
        edit_wording(store, contact.id, None, Meaning("Contacts", LEAD))
    with pytest.raises(CspError, match="was added here"):
        restore_wording(store, rows_of(store, "Contact")[SUPPORTING].id)


def test_one_added_here_may_take_the_place_of_a_withdrawn_one(store: Store) -> None:
    withdraw_wording(store, rows_of(store, "Owner")[LEAD].id)
    add_wording(store, Meaning("Deliverable owner", LEAD))
    row = rows_of(store, "Deliverable owner")[LEAD]
    edit_wording(store, row.id, row.version, Meaning("Owner", LEAD))
    assert told(store, "Owner")[LEAD] == OWN
    store.undo()
    assert LEAD not in told(store, "Owner")


def test_an_apostrophe_is_withdrawn_in_both_its_forms(store: Store) -> None:
    withdraw_wording(store, rows_of(store, "Enw'r weithred")[TITLE].id)
    for heading in ("Enw'r weithred", "Enw\u2019r weithred"):
        assert TITLE not in told(store, heading)


def test_languages_are_chosen_and_one_must_stay(store: Store) -> None:
    assert languages_known(store) == set(HeadingLanguage)
    know_languages(store, [HeadingLanguage.ENGLISH])
    assert languages_known(store) == {HeadingLanguage.ENGLISH}
    assert told(store, "Cam gweithredu") == {}
    assert told(store, "Action") == dict(shipped().closeness("Action"))
    assert {row.language for row in list_wordings(store)} == {HeadingLanguage.ENGLISH}
    with pytest.raises(CspError, match="At least one language"):
        know_languages(store, [])
    know_languages(store, list(HeadingLanguage))
    assert wordings_of(store) is shipped()
    store.undo()
    assert languages_known(store) == {HeadingLanguage.ENGLISH}
    store.undo()
    assert wordings_of(store) is shipped()


def test_what_is_said_of_a_heading_outlasts_its_language(store: Store) -> None:
    remember_wording(store, LEAD, "Cyswllt")
    know_languages(store, [HeadingLanguage.ENGLISH])
    assert told(store, "Cyswllt") == {LEAD: OWN}
    assert rows_of(store, "Cyswllt")[LEAD].language is None
    know_languages(store, list(HeadingLanguage))
    assert rows_of(store, "Cyswllt")[LEAD].language is HeadingLanguage.WELSH


def test_an_old_step_taken_back_never_stands_in_the_way_of_a_newer_one(store: Store) -> None:
    add_wording(store, Meaning("Deliverable owner", LEAD, Sureness.TO_BE_CONFIRMED))
    withdraw_wording(store, rows_of(store, "Deliverable owner")[LEAD].id)
    withdrawal = list_steps(store)[0].id
    add_wording(store, Meaning("Deliverable owner", LEAD))
    store.undo_step(withdrawal)
    row = rows_of(store, "Deliverable owner")[LEAD]
    assert row.sureness is Sureness.SURE
    assert sum(row.heading == "Deliverable owner" for row in list_wordings(store)) == 1
    withdraw_wording(store, row.id)
    assert wordings_of(store) is shipped()


@pytest.fixture
def mapped(store: Store, tmp_path: Path) -> Callable[[], dict[str, str]]:
    rows = [
        ["Piece of work", "Deliverable owner", "By when"],
        *[[f"Light park {n}", "Al Bo", "31/03/2027"] for n in "123"],
    ]
    write_sheets(tmp_path / "return.xlsx", {"Return": rows})
    source = open_source(tmp_path / "return.xlsx")
    return lambda: plan_import(store, source, Decisions(), TODAY).read.tables[0].mapping.mapped


def test_an_import_goes_by_the_stores_own_headings(store: Store, mapped: Callable[[], dict[str, str]]) -> None:
    remember_wording(store, TITLE, "Piece of work")
    remember_wording(store, SUPPORTING, "Deliverable owner")
    assert mapped() == {"Piece of work": "title", "Deliverable owner": "supporting", "By when": "due"}
    remember_wording(store, LEAD, "Deliverable owner")
    assert mapped()["Deliverable owner"] == "lead"

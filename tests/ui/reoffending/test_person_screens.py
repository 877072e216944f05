"""A person's record and the list of Integrated Offender Management, with the forms that keep them."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from csp_desktop.commands.needs import add_need
from csp_desktop.commands.offences import add_offence
from csp_desktop.commands.offenders import edit_offender
from csp_desktop.commands.spells import add_spell, add_status
from csp_desktop.queries.following import follow_cohort
from csp_desktop.queries.members import list_members
from csp_desktop.queries.offenders import list_offenders
from csp_desktop.queries.person_records import person_record
from csp_desktop.queries.records import list_steps
from models.offending import IomRag, OffenceOutcome, OffenceStanding, Pathway, SpellKind
from tests.csp_desktop.reoffending.sample_cohorts import DATA_DATE
from tests.ui.reoffending.conftest import Cohorts
from ui.forms.reoffending_again import form_again
from ui.forms.scaled import PERCENT, THOUSANDTHS, ScaledEditor, scaled_words
from ui.pages.reoffending import ReoffendingPage
from ui.reoffending.iom_screen import IomScreen
from ui.reoffending.kinds import Kind
from ui.reoffending.people_screen import Listed, PeopleScreen
from ui.reoffending.person_line import timeline_of
from ui.reoffending.person_screen import PersonScreen
from ui.screens.screen import Where
from ui.window import Window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing|propagate)")


@pytest.fixture
def person(cohorts: Cohorts, page: ReoffendingPage) -> PersonScreen:
    """The screen of somebody of the local cohort who has offences."""
    store = page.desk.store
    member = next(
        row
        for row in list_members(store, cohorts.local).rows
        if len(person_record(store, row.offender_id, DATA_DATE).offences) > 2
    )
    page.open(Where(Kind.PERSON, member.offender_id))
    shown = page.screen_shown()
    assert isinstance(shown, PersonScreen)
    return shown


def fill(page: ReoffendingPage, **values: object) -> None:
    assert page.form is not None
    for key, value in values.items():
        page.form.editor(key).set_value(value)
    page.form.save()


def deed(page: ReoffendingPage, words: str) -> None:
    assert page.form is not None
    next(made for made in page.form.findChildren(QPushButton) if made.text() == words).click()


def test_each_offence_says_how_it_stands(person: PersonScreen, qtmodeltester: ModelTester) -> None:
    assert person.record is not None
    membership = person.membership()
    assert membership is not None
    for at in range(person.offences.model.rowCount()):
        row = person.offences.model.row_at(at)
        assert row.standing is membership.standings[row.offence.id]
        cell = person.offences.model.cell(at, 4)
        assert cell is not None
        assert cell.text == row.standing.label
    for card in (person.offences, person.events, person.spells, person.statuses, person.needs):
        qtmodeltester.check(card.model)


def test_the_line_marks_what_counts_and_where_the_windows_end(person: PersonScreen) -> None:
    assert person.record is not None
    membership = person.membership()
    assert membership is not None
    line = timeline_of(person.record, membership, DATA_DATE)
    (window,) = line.windows
    assert window.follow_up_ends == membership.windows.follow_up_ends
    counting = sum(standing is OffenceStanding.COUNTS for standing in membership.standings.values())
    assert sum(mark.counted is True and mark.kind == "Offence" for mark in line.marks) == counting


def test_an_offence_is_recorded_edited_withdrawn_and_brought_back(
    person: PersonScreen, page: ReoffendingPage, qtbot: QtBot
) -> None:
    before = person.offences.model.rowCount()
    index = person.events.model.row_at(0).member.index_date
    next(made for made in person.findChildren(QPushButton) if made.text() == "Record an offence").click()
    fill(page, offence_date=index, proof_date=date(2020, 1, 1), offence_code_id="046/00 Shoplifting")
    assert page.form is not None
    assert page.form.refusal("proof_date")
    fill(page, proof_date=DATA_DATE, outcome=OffenceOutcome.CAUTION)
    assert page.form is None
    qtbot.waitUntil(lambda: person.offences.model.rowCount() == before + 1)
    assert person.record is not None
    added = max(person.record.offences, key=lambda row: row.id)
    assert (added.code, added.outcome) == ("046/00 Shoplifting", OffenceOutcome.CAUTION)
    person.offences.opened.emit(added.id)
    fill(page, offence_code_id="no such code")
    assert page.form is not None
    assert page.form.refusal("offence_code_id").startswith("“no such code” is not one of the codes")
    fill(page, offence_code_id="034/01", reference="A/1")
    qtbot.waitUntil(lambda: page.form is None)
    person.reread()
    person.offences.opened.emit(added.id)
    deed(page, "Withdraw")
    assert page.form is None
    qtbot.waitUntil(lambda: person.offences.model.rowCount() == before)
    page.desk.store.undo()
    qtbot.waitUntil(lambda: person.offences.model.rowCount() == before + 1)


def test_spells_statuses_and_needs_are_recorded_by_forms(
    person: PersonScreen, page: ReoffendingPage, qtbot: QtBot
) -> None:
    spells = person.spells.model.rowCount()
    buttons = {made.text(): made for made in person.findChildren(QPushButton)}
    buttons["Record a spell"].click()
    fill(page, kind=SpellKind.INTERVENTION, started=date(2024, 5, 1))
    assert page.form is not None
    assert page.form.refusal("name").startswith("Name the intervention")
    fill(page, name="Thinking skills", ended=date(2024, 4, 1))
    assert page.form.refusal("ended")
    fill(page, ended=date(2024, 8, 1))
    qtbot.waitUntil(lambda: person.spells.model.rowCount() == spells + 1)
    buttons["Record a status"].click()
    fill(page, dated=date(2024, 5, 1), rag=IomRag.RED, note="Active")
    qtbot.waitUntil(lambda: person.statuses.model.rowCount() == 1)
    buttons["Record a need"].click()
    fill(page, pathway=Pathway.HEALTH, dated=date(2024, 5, 1), score=6, instrument="OASys")
    qtbot.waitUntil(lambda: person.needs.model.rowCount() == 1)
    assert person.record is not None
    for card, rows in (
        (person.spells, person.record.spells[-1:]),
        (person.statuses, person.record.statuses),
        (person.needs, person.record.needs),
    ):
        card.opened.emit(rows[0].id)
        deed(page, "Withdraw")
    qtbot.waitUntil(lambda: person.needs.model.rowCount() == 0)
    assert (person.spells.model.rowCount(), person.statuses.model.rowCount()) == (spells, 0)


def test_another_id_is_merged_and_taken_apart(person: PersonScreen, page: ReoffendingPage, qtbot: QtBot) -> None:
    store = page.desk.store
    other = next(row for row in list_offenders(store).rows if row.id != person.offender_id)
    person.merge()
    fill(page, other="nobody")
    assert page.form is not None
    assert page.form.refusal("other")
    fill(page, other=other.reference)
    qtbot.waitUntil(lambda: person.record is not None and len(person.record.other_ids) == 1)
    link = next(made for made in person.findChildren(QPushButton) if made.text() == "Take apart")
    link.setFocus()
    link.click()
    qtbot.waitUntil(lambda: person.record is not None and not person.record.other_ids)
    assert page.window().focusWidget() is person.offences.table


def test_a_name_is_shown_only_when_it_was_asked_for_and_that_is_noted(
    person: PersonScreen, page: ReoffendingPage
) -> None:
    store = page.desk.store
    assert person.record is not None
    edit_offender(store, person.offender_id, person.record.version, name="Sam Example")
    person.reread()
    person._ask = lambda _parent: False
    person.show_name()
    assert "Sam Example" not in person.about.text()
    person._ask = lambda _parent: True
    person.show_name()
    assert "Sam Example" in person.about.text()
    assert list_steps(store)[0].label == "Showed the name of 1 person"
    page.go_back()
    page.open(Where(Kind.PERSON, person.offender_id))
    person.show_where(Where(Kind.PERSON, person.offender_id + 1))
    person.reread()
    assert "Sam Example" not in person.about.text()


def test_opening_a_record_is_noted_without_a_name(person: PersonScreen) -> None:
    assert person.record is not None
    labels = [step.label for step in list_steps(person.desk.store)]
    assert "Looked at the record of a person" in labels


def test_an_index_event_is_added_with_its_person(cohorts: Cohorts, page: ReoffendingPage, qtbot: QtBot) -> None:
    store = page.desk.store
    before = list_members(store, cohorts.local).total
    page.open(Where(Kind.PEOPLE, cohorts.local, Listed("everyone", "Kirklees 2024", (), lambda _one: True)))
    people = page.screen_shown()
    assert isinstance(people, PeopleScreen)
    people.add()
    fill(page, reference="NEW/1", index_date=date(2024, 2, 29), birth_date=date(2024, 3, 1))
    assert page.form is not None
    assert page.form.refusal("index_date")
    assert list_offenders(store, "NEW/1").total == 0
    fill(page, birth_date=date(1990, 3, 1), predicted_score=337_289)
    qtbot.waitUntil(lambda: page.form is None)
    assert list_members(store, cohorts.local).total == before + 1
    (added,) = list_members(store, cohorts.local, "NEW/1").rows
    assert added.predicted_score == 337_289
    store.undo()
    assert list_offenders(store, "NEW/1").total == 0


def test_the_iom_list_shows_overdue_reviews_rag_and_needs(
    cohorts: Cohorts, page: ReoffendingPage, qtbot: QtBot, qtmodeltester: ModelTester
) -> None:
    store = page.desk.store
    someone = list_members(store, cohorts.local).rows[0].offender_id
    add_spell(store, someone, SpellKind.IOM, date(2026, 1, 5), selected_because="Six burglaries")
    add_status(store, someone, date(2026, 1, 5), IomRag.RED)
    add_need(store, someone, Pathway.HEALTH, date(2026, 1, 5), score=7)
    add_need(store, someone, Pathway.HEALTH, date(2026, 6, 5), score=4)
    edit_offender(store, someone, 1, next_review=date(2026, 9, 1), lead_agency="Probation")
    page.chips[Kind.IOM].click()
    shown = page.screen_shown()
    assert isinstance(shown, IomScreen)
    shown.table.choose(someone)
    row = shown.table.chosen_row()
    assert row is not None
    assert row.is_review_overdue
    assert shown.pane is not None
    said = "\n".join(each.text() for each in shown.pane.findChildren(QLabel))
    assert "Selected: Six burglaries." in said
    assert "7 on 5 Jan 2026, 4 on 5 Jun 2026 (\N{MINUS SIGN}3)" in said
    qtmodeltester.check(shown.model)
    shown._on_form("spell")
    assert page.form is not None
    assert page.form.spec().title.startswith("De-select ")
    assert page.window().focusWidget() is page.form.editor("ended").control
    fill(page, ended=date(2026, 8, 1), deselected_because="No offence for six months")
    qtbot.waitUntil(lambda: page.form is None)
    assert list_steps(store)[0].label == "Edit a spell"
    shown.reread()
    shown.table.row_opened.emit(someone)
    assert isinstance(page.screen_shown(), PersonScreen)


def test_forms_are_found_again_by_name(person: PersonScreen, page: ReoffendingPage) -> None:
    assert page.form is None
    person.edit()
    assert page.form is not None
    spec = page.form.spec()
    again = form_again(page.desk.store, spec.name, spec.ids, DATA_DATE)
    assert again is not None
    assert again.title == spec.title
    assert form_again(page.desk.store, "no such form", (1,), DATA_DATE) is None


def test_numbers_with_decimals_are_kept_whole(qtbot: QtBot) -> None:
    editor = ScaledEditor(PERCENT, 100)
    qtbot.addWidget(editor)
    editor.set_value(337_289)
    assert editor.line.text() == "33.7289"
    assert editor.value() == 337_289
    for typed in ("101", "-1", "many", "nan", "4,5", "."):
        editor.line.setText(typed)
        with pytest.raises(ValueError, match="will not do"):
            editor.value()
    editor.line.setText(" 45 % ")
    assert editor.value() == 450_000
    editor.line.setText("0.45")
    with pytest.raises(ValueError, match=r"type “0\.45%” or “45%”"):
        editor.value()
    editor.set_value(4_500)
    assert editor.line.text() == "0.45%", "what stands in the store is sure"
    assert editor.value() == 4_500
    weight = ScaledEditor(THOUSANDTHS, None)
    qtbot.addWidget(weight)
    weight.line.setText("1,250.5")
    assert weight.value() == 1_250_500
    weight.line.setText("0.5")
    assert weight.value() == 500
    assert scaled_words(273_750, THOUSANDTHS) == "273.75"
    assert scaled_words(None, THOUSANDTHS) == ""


def test_a_person_is_found_by_id_and_the_window_is_marked_for_it(
    cohorts: Cohorts, page: ReoffendingPage, window: Window, qtbot: QtBot
) -> None:
    assert window.status.words.text().endswith("OFFICIAL")
    known = list_members(page.desk.store, cohorts.local).rows[0].reference
    page.screen_shown().find_person()  # type: ignore[attr-defined]
    fill(page, reference="nobody")
    assert page.form is not None
    assert page.form.refusal("reference").startswith("There is no person with this id")
    fill(page, reference=known)
    qtbot.waitUntil(lambda: isinstance(page.screen_shown(), PersonScreen))
    assert page.title.accessibleName() == known
    assert window.status.words.text().endswith("OFFICIAL-SENSITIVE")
    window.go("plan")
    assert window.status.words.text().endswith("OFFICIAL")
    window.go("reoffending")
    assert window.status.words.text().endswith("OFFICIAL-SENSITIVE")
    assert page.step_back()
    assert window.status.words.text().endswith("OFFICIAL")


def test_a_form_opened_from_a_table_takes_the_keyboard(person: PersonScreen, page: ReoffendingPage) -> None:
    person.offences.table.setFocus()
    person.offences.table.choose_first()
    QTest.keyClick(person.offences.table, Qt.Key.Key_Return)
    assert page.form is not None
    assert page.window().focusWidget() is page.form.editor("offence_date").control


@pytest.mark.parametrize("key", ["offence_date", "proof_date"])
def test_a_day_still_to_come_is_refused_at_its_field(person: PersonScreen, page: ReoffendingPage, key: str) -> None:
    record = person.record
    assert record is not None
    person._edit_offence(record.offences[0].id)
    fill(page, **{key: DATA_DATE + timedelta(days=1)})
    assert page.form is not None
    assert page.form.refusal(key).endswith("is still to come. Check the year.")
    fill(page, offence_date=DATA_DATE, proof_date=DATA_DATE)
    assert page.form is None


def test_a_form_comes_back_after_a_lock_on_the_screen_that_it_is_of(
    cohorts: Cohorts, person: PersonScreen, page: ReoffendingPage
) -> None:
    person.merge()
    assert page.form is not None
    page.form.editor("other").type_again("half typed")
    draft = page.draft("reoffending")
    assert draft is not None
    page.form.discard.click()
    page.go_to(cohorts.local)
    assert page.resume(draft)
    assert page.screen_shown() is person
    assert page.form.typed() == {"other": "half typed"}
    page.form.discard.click()
    for name, ids, kind in (
        ("edit-cohort", (cohorts.local,), Kind.COHORT),
        ("add-cohort", (), Kind.COHORTS),
        ("add-code", (), Kind.TABLES),
    ):
        page.open_again(name, ids)
        assert page.trail[-1].kind == kind
        assert page.form is not None


def test_the_list_of_people_follows_what_is_recorded_and_withdrawn(
    cohorts: Cohorts, page: ReoffendingPage, qtbot: QtBot
) -> None:
    store = page.desk.store
    people = follow_cohort(store, cohorts.local, DATA_DATE).people
    page.open(Where(Kind.COHORT, cohorts.local))
    clean = tuple(one for one in people if one.is_measurable and one.first_day is None)
    listed = Listed("those without", "Kirklees 2024", clean, lambda one: one.is_measurable and one.first_day is None)
    page.open(Where(Kind.PEOPLE, cohorts.local, listed))
    shown = page.screen_shown()
    assert isinstance(shown, PeopleScreen)
    assert shown.model.rowCount() == len(clean)
    shown.table.row_opened.emit(clean[0].member_id)
    day = clean[0].index_date + timedelta(days=30)
    add_offence(store, clean[0].offender_id, OffenceOutcome.CONVICTION, offence_date=day, proof_date=day)
    assert page.step_back()
    qtbot.waitUntil(lambda: shown.model.rowCount() == len(clean) - 1)
    assert shown.counts.startswith(f"{len(clean) - 1} ")
    store.undo()
    qtbot.waitUntil(lambda: shown.model.rowCount() == len(clean))


def test_an_offence_of_which_nothing_was_typed_is_not_recorded(person: PersonScreen, page: ReoffendingPage) -> None:
    before = person.offences.model.rowCount()
    next(made for made in person.findChildren(QPushButton) if made.text() == "Record an offence").click()
    assert page.form is not None
    page.form.save()
    assert page.form.refusal("offence_date") == "Type the day of the offence first, or its code."
    assert person.offences.model.rowCount() == before

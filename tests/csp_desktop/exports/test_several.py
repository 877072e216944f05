"""Workbooks for several owners: one file and one Step each, under numbers, and what was made stays after a cancel."""

from pathlib import Path

import pytest

from csp_desktop.commands.actions import add_action, add_milestone
from csp_desktop.commands.people import add_person
from csp_desktop.errors import CspError
from csp_desktop.exports.content import Timing
from csp_desktop.exports.scopes import Scope, find_theme
from csp_desktop.exports.several import (
    ExportRequest,
    Sending,
    export_asked,
    export_for_owners,
    export_object,
    export_one,
    number_of,
    owners_to_ask,
    suggested_name,
)
from csp_desktop.queries.chasing import list_workbooks
from csp_desktop.queries.plans import PlanRow, find_plan, list_themes
from csp_desktop.queries.records import list_steps
from csp_desktop.store import Store
from models.vocabulary import StepKind
from tests.factories import TODAY

TIMING = Timing.of(TODAY)
OWNERS = ("Amina Shah", "Tom Briggs", "Wei Chen")


@pytest.fixture
def plan(store: Store) -> PlanRow:
    found = find_plan(store)
    theme = list_themes(store, found.id)[0].id
    for name in OWNERS:
        action = add_action(
            store, found.id, title=f"Walk with {name}", theme_id=theme, lead_person_id=add_person(store, name)
        )
        add_milestone(store, action, "The first walk", TODAY)
    return found


def scopes(store: Store, plan: PlanRow) -> tuple[Scope, ...]:
    return owners_to_ask(store, plan, TODAY).scopes


def test_each_owner_has_a_file_and_a_step_of_their_own(store: Store, plan: PlanRow, tmp_path: Path) -> None:
    counted: list[tuple[int, int]] = []
    sent = export_for_owners(
        store, Sending(scopes(store, plan), TIMING, tmp_path), lambda done, total: counted.append((done, total))
    )
    assert [(each.whose, each.milestones, each.refusal) for each in sent] == [(name, 1, "") for name in OWNERS]
    assert counted == [(0, 3), (1, 3), (2, 3), (3, 3)]
    keys = [each.exported.key for each in sent if each.exported]
    files = [each.exported.path.name for each in sent if each.exported]
    assert files == [f"{number_of(key)} update workbook.xlsx" for key in keys]
    assert all((tmp_path / name).is_file() for name in files)
    steps = [step for step in list_steps(store) if step.label == "Export an update workbook"]
    assert [step.kind for step in steps] == [StepKind.ACCESS] * 3
    assert suggested_name(store) == "EXP-0004 update workbook.xlsx"


def test_a_cancel_between_two_keeps_what_was_written_and_no_more(store: Store, plan: PlanRow, tmp_path: Path) -> None:
    done: list[int] = []
    sending = Sending(scopes(store, plan), TIMING, tmp_path)
    sent = export_for_owners(store, sending, lambda count, _total: done.append(count), lambda: len(done) == 3)
    assert [each.whose for each in sent] == list(OWNERS[:2])
    assert len(list(tmp_path.glob("EXP-*.xlsx"))) == len(list_workbooks(store)) == 2


def test_one_that_is_refused_stops_no_other(
    store: Store, plan: PlanRow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from csp_desktop.reports import files

    whole = files.replace_file

    def replace_file(path: Path, content: bytes) -> None:
        if (tmp_path / "EXP-0001 update workbook.xlsx").exists() and not list(tmp_path.glob("refused")):
            (tmp_path / "refused").touch()
            raise CspError(f"The disk is full: {path.name} was not written.")
        whole(path, content)

    monkeypatch.setattr(files, "replace_file", replace_file)
    sent = export_for_owners(store, Sending(scopes(store, plan), TIMING, tmp_path))
    assert [each.exported is not None for each in sent] == [True, False, True]
    assert sent[1].refusal.startswith("The disk is full")
    assert export_object(sent[1])["refused"] == sent[1].refusal
    assert [row.owner for row in list_workbooks(store)] == ["Wei Chen", "Amina Shah"]
    assert sorted(path.name for path in tmp_path.glob("EXP-*")) == [
        "EXP-0001 update workbook.xlsx",
        "EXP-0002 update workbook.xlsx",
    ]


def test_a_folder_that_is_not_there_is_refused_before_the_first(store: Store, plan: PlanRow, tmp_path: Path) -> None:
    with pytest.raises(CspError, match="does not exist"):
        export_for_owners(store, Sending(scopes(store, plan), TIMING, tmp_path / "gone"))
    assert list_workbooks(store) == []


def test_a_plan_that_nobody_leads_has_nobody_to_ask(empty_plan_store: Store, tmp_path: Path) -> None:
    with pytest.raises(CspError, match="nobody can be asked"):
        export_asked(empty_plan_store, ExportRequest(TIMING, tmp_path, every_owner=True))


def test_a_name_and_an_alias_of_one_owner_are_one_workbook(store: Store, plan: PlanRow, tmp_path: Path) -> None:
    sent = export_asked(store, ExportRequest(TIMING, tmp_path, owners=("Amina Shah", "Shah, Amina", "Tom Briggs")))
    assert [each.whose for each in sent] == ["Amina Shah", "Tom Briggs"]
    assert plan.is_open


def test_a_theme_is_told_by_its_title(store: Store, plan: PlanRow, tmp_path: Path) -> None:
    theme = find_theme(store, plan, list_themes(store, plan.id)[0].title)
    sent = export_one(store, Scope(plan, theme=theme), TIMING, tmp_path)
    assert (sent.whose, export_object(sent)["theme"], export_object(sent)["milestones"]) == (
        theme.title,
        theme.title,
        3,
    )
    assert sent.exported is not None
    assert sent.exported.path.parent == tmp_path

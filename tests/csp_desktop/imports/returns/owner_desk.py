"""An office with a plan, and an owner who gets its workbook, edits it in a spreadsheet and sends it back."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from csp_desktop.commands.actions import add_action, add_milestone, edit_action, post_update
from csp_desktop.commands.people import add_organisation, add_person
from csp_desktop.exports.content import Timing
from csp_desktop.exports.exporting import Exported, export_workbook
from csp_desktop.exports.scopes import find_scope
from csp_desktop.imports.import_plan import Decisions, ImportPlan
from csp_desktop.imports.planning import plan_import
from csp_desktop.imports.running import ImportRequest, accept, import_files, open_source
from csp_desktop.queries.actions import ActionRow, View, list_actions
from csp_desktop.queries.plans import find_plan, list_themes
from csp_desktop.store import Store
from models.vocabulary import OrganisationKind
from tests.factories import TODAY

ORDER, LIGHTS, WARDENS, TRADERS = "ACT-0001", "ACT-0002", "ACT-0003", "ACT-0004"
TITLES = ("Renew the order", "Light the underpass", "Train the wardens", "Meet the traders")
RETURNED = "return.xlsx"


class Desk:
    """The office's store and the owner's copy of the workbook."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.store = store
        self.folder = folder
        self.plan_id = find_plan(store).id
        self.themes = list_themes(store, self.plan_id)
        self.people = {name: add_person(store, name=name) for name in ("Amina Shah", "Tom Briggs", "Priya Patel")}
        self.police = add_organisation(store, name="Northshire Police", kind=OrganisationKind.RESPONSIBLE_AUTHORITY)
        for at, title in enumerate(TITLES):
            action = add_action(
                store,
                self.plan_id,
                title=title,
                theme_id=self.themes[at % 2].id,
                lead_person_id=self.people["Amina Shah"],
                start=date(2026, 4, 1 + at),
                baseline_due=date(2027, 3, 1 + at),
                success_measure=f"Measure {at}",
            )
            post_update(
                store, action, date(2026, 9, 1), done=f"Begun: {title}", rag="G", percent=20, next_steps="Go on"
            )
            add_milestone(store, action, f"First step of {title}", date(2026, 12, 1 + at))

    def send_out(self, **scope: Any) -> Exported:
        wanted = {"owner": "Amina Shah", "theme": None, "plan": None} | scope
        found = find_scope(self.store, TODAY, **wanted)
        return export_workbook(self.store, found, Timing.of(TODAY), self.folder / "sent.xlsx")

    def edit(self, change: Callable[["Sheet"], None], path: str = "sent.xlsx", to: str = RETURNED) -> Path:
        book = load_workbook(self.folder / path)
        change(Sheet(book))
        book.save(self.folder / to)
        return self.folder / to

    def bring_in(self, file: str = RETURNED, **request: Any) -> dict[str, Any]:
        return import_files(self.store, [self.folder / file], ImportRequest(**request), TODAY)[0]

    def plan(self, decisions: Decisions | None = None, file: str = RETURNED) -> ImportPlan:
        return plan_import(self.store, open_source(self.folder / file), decisions or Decisions(), TODAY)

    def accept(self, decisions: Decisions) -> None:
        accept(self.store, self.plan(decisions))

    def actions(self) -> dict[str, ActionRow]:
        return {row.ref: row for row in list_actions(self.store, View(TODAY))}

    def office_edits(self, ref: str, **values: Any) -> None:
        row = self.actions()[ref]
        edit_action(self.store, row.id, row.version, **values)

    def office_reports(self, ref: str, dated: date = TODAY, **values: Any) -> None:
        post_update(self.store, self.actions()[ref].id, dated, **values)


class Sheet:
    """The sheet of actions, by Ref and heading."""

    def __init__(self, book: Workbook, name: str = "Actions") -> None:
        self.book = book
        self.sheet: Worksheet = book[name]
        self.header = next(row for row in range(1, 30) if self.sheet.cell(row, 1).value == "Ref")
        self.columns = {
            self.sheet.cell(self.header, column).value: column for column in range(1, self.sheet.max_column + 1)
        }

    def row(self, ref: str) -> int:
        rows = range(self.header + 1, self.sheet.max_row + 1)
        return next(row for row in rows if self.sheet.cell(row, 1).value == ref)

    @property
    def last(self) -> int:
        rows = range(self.sheet.max_row, self.header, -1)
        return next(row for row in rows if any(cell.value is not None for cell in self.sheet[row]))

    def say(self, ref: str, heading: str, value: Any) -> None:
        self.say_at(self.row(ref), heading, value)

    def say_at(self, row: int, heading: str, value: Any) -> None:
        cell = self.sheet.cell(row, self.columns[heading])
        cell.value = value

    def value(self, ref: str, heading: str) -> Any:
        return self.sheet.cell(self.row(ref), self.columns[heading]).value

    def values(self, row: int) -> list[Any]:
        return [self.sheet.cell(row, column).value for column in range(1, len(self.columns) + 1)]

    def write(self, row: int, values: list[Any]) -> None:
        for column, value in enumerate(values, start=1):
            self.sheet.cell(row, column).value = value

"""Update workbooks to review: sent out for real, filled in as an owner does, while the office goes on working."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl

from csp_desktop.commands.actions import add_action, add_milestone, edit_action
from csp_desktop.commands.people import add_person
from csp_desktop.exports.content import Timing
from csp_desktop.exports.exporting import export_workbook
from csp_desktop.exports.layout import ACTION_COLUMNS, MILESTONE_COLUMNS
from csp_desktop.exports.scopes import find_scope
from csp_desktop.queries.actions import ActionRow, View, list_actions
from csp_desktop.queries.plans import list_plans, list_themes
from csp_desktop.store import Store
from tests.factories import TODAY

OWNER = "Amina Shah"
MEASURE = "Fewer reports of anti-social behaviour around the market than in the year before"
TITLES = (
    "Renew the order for the town centre",
    "Train shop staff to report what they see",
    "Light the underpass by the bus station",
    "Walk the estate with the wardens",
    "Open a youth club in the old library",
    "Put up a camera at the station entrance",
    "Visit every licensed premises before the summer",
)
DUES = (date(2027, 3, 31), date(2027, 1, 29), date(2027, 6, 30), date(2027, 2, 26), date(2027, 9, 30),
        date(2027, 4, 30), date(2027, 5, 28))  # fmt: skip


class Returned:
    """An update workbook open in front of its owner: cells by the number of the action, from 1, and a column's key."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.book: Any = openpyxl.load_workbook(path)

    def cell(self, key: str, row: int) -> Any:
        """A cell of an action, or of a milestone where the key says so."""
        is_step = key.startswith("milestone.")
        columns = MILESTONE_COLUMNS if is_step else ACTION_COLUMNS
        sheet = self.book["Milestones" if is_step else "Actions"]
        marks = next(at for at in range(1, 20) if str(sheet.cell(at, 1).value).startswith("EXP-"))
        return sheet.cell(marks + 1 + row, [column.key for column in columns].index(key) + 1)

    def write(self, key: str, row: int, value: Any) -> None:
        """Write a cell."""
        self.cell(key, row).value = value

    def save(self, name: str) -> Path:
        """Save it under another name."""
        path = self.path.with_name(name)
        self.book.save(path)
        return path


def rows_by_ref(store: Store) -> dict[str, ActionRow]:
    """Every action by its ref."""
    return {row.ref: row for row in list_actions(store, View(TODAY))}


def send_out(store: Store, path: Path, count: int = len(TITLES)) -> Returned:
    """Fill the plan with one owner's actions, and a milestone of the second, and send their workbook out."""
    plan = list_plans(store)[0]
    themes = list_themes(store, plan.id)
    owner = add_person(store, OWNER)
    ids = [
        add_action(
            store,
            plan.id,
            title=TITLES[at % len(TITLES)] + (f" {at // len(TITLES) + 1}" if at >= len(TITLES) else ""),
            theme_id=themes[at % 3].id,
            forecast_due=DUES[at % len(DUES)],
            start=date(2026, 9, 1),
            lead_person_id=owner,
            success_measure=MEASURE,
        )
        for at in range(count)
    ]
    add_milestone(store, ids[1], "Course booked", date(2026, 12, 14))
    export_workbook(store, find_scope(store, TODAY, owner=OWNER, theme=None, plan=None), Timing.of(TODAY), path)
    return Returned(path)


def row_of(returned: Returned, title: str) -> int:
    """Where an action stands in the workbook, which is by theme."""
    return next(at for at in range(1, 2000) if returned.cell("title", at).value == title)


def fill_in(returned: Returned) -> None:
    """What the owner does: dates and words that the office changes too, an update, blanks, slips of the pen."""
    at = {number: row_of(returned, title) for number, title in enumerate(TITLES, start=1)}
    returned.write("due", at[1], date(2027, 4, 30))
    returned.write("success_measure", at[1], MEASURE.replace("the year before", "the two years before, by half"))
    returned.write("update", at[2], "Forty of ninety staff have been trained; the rest follow in the new year.")
    returned.write("rag", at[2], "Amber")
    returned.write("reason", at[2], "Two trainers left; back on track by 31 March 2027")
    returned.write("status", at[2], "In progress")
    returned.write("success_measure", at[3], None)
    returned.write("start", at[3], None)
    returned.write("theme", at[5], "Youth")
    returned.write("due", at[5], "31/04/2027")
    returned.write("next_steps", at[5], "Ask the library for its keys")
    returned.write("due", at[7], date(2027, 7, 30))
    returned.write("milestone.due", 1, date(2027, 1, 18))
    sheet, gone = returned.cell("title", 1).parent, at[6]
    below = len(TITLES) + 1
    returned.write("title", below, "Hold a street stall each month")
    returned.write("due", below, date(2027, 8, 31))
    returned.write("milestone.ref", 2, returned.cell("ref", at[3]).value)
    returned.write("milestone.title", 2, "Lamps ordered")
    returned.write("milestone.due", 2, date(2027, 2, 1))
    sheet.delete_rows(returned.cell("title", gone).row)


def give_another_ref(returned: Returned) -> None:
    """Give the fourth action the Ref of the sixth, whose row is gone, and words of neither."""
    first, other = row_of(returned, TITLES[3]), row_of(returned, TITLES[5])
    returned.write("ref", first, returned.cell("ref", other).value)
    returned.write("title", first, "Something else altogether, on another street")
    for key in ("due", "baseline_due", "start", "success_measure", "status", "theme"):
        returned.write(key, first, None)
    returned.cell("title", 1).parent.delete_rows(returned.cell("title", other).row)


def go_on(store: Store) -> None:
    """What the office does meanwhile."""
    for title, values in (
        (TITLES[0], {"forecast_due": date(2027, 5, 31), "success_measure": f"{MEASURE}, and no new complaints"}),
        (TITLES[6], {"forecast_due": date(2027, 6, 25)}),
    ):
        row = next(row for row in list_actions(store, View(TODAY)) if row.title == title)
        edit_action(store, row.id, row.version, **values)


def returned_file(store: Store, folder: Path, deed: Callable[[Returned], None] = fill_in) -> Path:
    """Send a workbook out, have it filled in, go on working, and return the file that came back."""
    returned = send_out(store, folder / "update.xlsx")
    deed(returned)
    go_on(store)
    return returned.save("Amina Shah update.xlsx")

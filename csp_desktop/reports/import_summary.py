"""What bringing a file in did: what came in, what did not and why, what went out and was not in it."""

from dataclasses import dataclass
from datetime import date

from csp_desktop.queries.plans import profile
from csp_desktop.reports.blocks import Block, Column, Heading, Paragraph, Report, Role, Table
from csp_desktop.rules.periods import Quarter
from csp_desktop.store import Store

TITLE = "What was brought in"


@dataclass(frozen=True, slots=True)
class CameIn:
    """An action that came in or changed: its ref, its title, and what of it came in."""

    ref: str
    title: str
    what: str


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """Something of the file that was not brought in: where it stands, which action it is about, and why.

    ``cell`` is an address, "" where it is a whole row; ``row`` is 0 where it concerns a whole sheet. ``what`` is the
    heading of the cell, or what the row is called.
    """

    sheet: str
    row: int
    cell: str
    ref: str
    what: str
    why: str

    @property
    def place(self) -> str:
        """Where it stands: "Actions E15", "Actions, row 15", or the sheet alone."""
        if self.cell:
            return f"{self.sheet} {self.cell}"
        return f"{self.sheet}, row {self.row}" if self.row else self.sheet


@dataclass(frozen=True, slots=True)
class ImportFacts:
    """What there is to tell of one import. ``headline`` says what it did, ``about`` which file it was.

    ``period`` is the one that an update workbook asked about, "" for any other file. ``missing`` are the actions that
    went out with it and are not in the file, ref and title.
    """

    file_name: str
    plan: str
    headline: str
    about: str
    period: str
    came_in: tuple[CameIn, ...]
    left: tuple[LeftBehind, ...]
    missing: tuple[tuple[str, str], ...] = ()


def import_summary(store: Store, facts: ImportFacts, today: date) -> Report:
    """Build the summary of one import, to be printed and to be kept."""
    about = profile(store)
    blocks: list[Block] = [
        Paragraph(facts.headline, Role.LEAD),
        Paragraph(f"The file was {facts.file_name}. {facts.about}"),
        Heading(2, "What came in"),
        _came_in(facts),
        Heading(2, "What was not brought in, and why"),
        _left(facts),
    ]
    if facts.missing:
        blocks += [Heading(2, "Went out and was not in the file"), _missing(facts)]
    return Report(
        title=TITLE,
        subtitle=facts.plan,
        organisation=about.name,
        marking=about.default_marking.value,
        data_date=today,
        author=store.who.display_name,
        subject=f"What was brought in from {facts.file_name}",
        period=facts.period or Quarter.containing(today).label,
        blocks=tuple(blocks),
        logo=about.logo,
    )


def _came_in(facts: ImportFacts) -> Table:
    columns = (Column("Ref", weight=0.9), Column("Action", weight=2.4), Column("What came in", weight=2.4))
    rows = tuple((_or(row.ref, "none"), _or(row.title, "no title"), _or(row.what, "none")) for row in facts.came_in)
    count = _count(len(rows), "action or milestone", "actions and milestones")
    return Table(f"{count} came in or changed", columns, rows, empty="Nothing came in: all of it was known.")


def _left(facts: ImportFacts) -> Table:
    columns = (
        Column("Where", weight=1.2),
        Column("Ref", weight=0.9),
        Column("What", weight=1.3),
        Column("Why", weight=3.0),
    )
    rows = tuple(
        (_or(row.place, "the file"), _or(row.ref, "none"), _or(row.what, "not known"), row.why) for row in facts.left
    )
    caption = f"{_count(len(rows), 'cell or row', 'cells and rows')} not brought in"
    return Table(caption, columns, rows, empty="Every row that was read came in whole.")


def _missing(facts: ImportFacts) -> Table:
    columns = (Column("Ref", weight=0.9), Column("Action", weight=4.0))
    rows = tuple((_or(ref, "none"), _or(title, "no title")) for ref, title in facts.missing)
    noun = "action was" if len(rows) == 1 else "actions were"
    return Table(f"{len(rows):,} {noun} not in the file; nothing was done about that", columns, rows)


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def _or(text: str, otherwise: str) -> str:
    """Return a text, or what stands in a cell that would be empty."""
    return text if text.strip() else otherwise

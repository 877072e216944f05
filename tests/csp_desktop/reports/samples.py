"""Reports with invented content for the writers' tests."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO

from PIL import Image

from csp_desktop.charts.measure import text_width
from csp_desktop.charts.rag import AMBER, BLUE, BRAG, GREEN, RED
from csp_desktop.charts.rag_by_theme import ThemeCounts, rag_by_theme, rag_by_theme_alt
from csp_desktop.reports.blocks import (
    Block,
    BulletList,
    Cell,
    Column,
    ColumnKind,
    DueCell,
    Figure,
    Heading,
    Key,
    KeyEntry,
    PageBreak,
    Paragraph,
    RagCell,
    Report,
    Role,
    Table,
    Verdict,
)

THEMES = (
    ThemeCounts("Preventing and reducing crime", {"R": 1, "A": 2, "G": 6, "B": 1}, {"R": 2, "A": 2, "G": 5, "": 1}),
    ThemeCounts("Tackling anti-social behaviour", {"A": 1, "G": 9, "": 2}, {"G": 10, "": 2}),
    ThemeCounts("Improving place", {"R": 2, "A": 4, "G": 5}),
)
COLUMNS = (
    Column("Ref"),
    Column("Action", weight=3),
    Column("Due", ColumnKind.DUE),
    Column("Late", ColumnKind.NUMBER, unit="days"),
    Column("RAG", ColumnKind.RAG),
)
ROWS: tuple[tuple[Cell, ...], ...] = (
    (
        "ACT-0001",
        "Renew the order for the town centre",
        DueCell(date(2024, 9, 30), date(2024, 12, 31)),
        12,
        RagCell(RED),
    ),
    ("ACT-0002", "Train front-line staff", DueCell(date(2024, 10, 1), None), 0, RagCell(GREEN, AMBER)),
    (
        "ACT-0003",
        "Outreach with Mr \u0645\u062d\u0645\u062f \u062e\u0627\u0646 of housing",
        DueCell(None, None, "ongoing"),
        0,
        RagCell(None, RED),
    ),
    ("ACT-0004", "Secure by design review", DueCell(date(2024, 8, 1), date(2024, 8, 1)), 1234, RagCell(BLUE)),
)


def table(rows: tuple[tuple[Cell, ...], ...] = ROWS) -> Table:
    return Table("Four actions, one of them late", COLUMNS, rows)


def figure() -> Figure:
    data = Table(
        "The figures",
        (Column("Theme"), Column("Red", ColumnKind.NUMBER)),
        (("Place", 2), ("All", Decimal("2.5"))),
        total=True,
    )
    scene = rag_by_theme(THEMES, BRAG, text_width)
    return Figure(scene, "Place is behind", "Actions by RAG", "Source: owners", rag_by_theme_alt(THEMES, BRAG), data)


def logo() -> bytes:
    picture = Image.new("RGBA", (60, 30), (10, 60, 90, 128))
    target = BytesIO()
    picture.save(target, "PNG")
    return target.getvalue()


BLOCKS: tuple[Block, ...] = (
    Verdict(AMBER, "three of 40 actions are red."),
    Heading(2, "Themes"),
    figure(),
    Heading(3, "A strand"),
    Paragraph("What the strand is about."),
    table(),
    PageBreak(landscape=True),
    Heading(2, "Lists"),
    Paragraph("Muted words.", Role.MUTED),
    BulletList(("One point", "Another point that is longer")),
    table(()),
    Key(tuple(KeyEntry(mark, f"what {mark.word.lower()} means") for mark in BRAG)),
)


def report(*blocks: Block, **changes: object) -> Report:
    whole = Report(
        title="Board progress report",
        subtitle="Communities Partnership Plan",
        organisation="Kirklees Communities Partnership Board",
        marking="OFFICIAL",
        data_date=date(2024, 9, 30),
        author="Priya Patel",
        subject="Progress of the plan",
        period="Q2 2024/25",
        blocks=blocks or BLOCKS,
    )
    return replace(whole, **changes)  # type: ignore[arg-type]  # tests change any field

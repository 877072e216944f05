"""``python -m benchmarks.reports``: how long a report of 10, 100 and 1,000 pages takes, beside platypus LongTable.

Both set the same actions in the same font and widths on A4 landscape. Ours is tagged for screen readers and draws the
RAG marks; the baseline is neither. Each runs in a process of its own, in turns; the median counts.
"""

import argparse
import json
import random
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from statistics import median

from benchmarks.work import Figures, peak_memory, timed
from csp_desktop.charts.rag import BRAG
from csp_desktop.reports.blocks import (
    Cell,
    Column,
    ColumnKind,
    DueCell,
    Heading,
    PageBreak,
    RagCell,
    Report,
    Table,
    cell_text,
)

BARS = {10: 1.0, 100: 0.2, 1000: 0.05}
ROWS_A_PAGE = 13
SENTENCE = (
    "renew the order for town centre patrols with partners and review hot spots outreach to schools training staff "
    "retail crime street drinking knife awareness session letters sent reply awaited housing"
)
WORDS = SENTENCE.split()
URDU = "\u06af\u0644 \u062e\u0627\u0646"
NAMES = ("Priya Patel", "Kwame Mensah", "Zainab Ahmed", "Paul Metcalfe", "Marta Nowak", URDU)
SLIPPED, DISPUTED = 0.2, 0.1  # shares of the rows
COLUMNS = (
    Column("Ref", weight=0.8),
    Column("Action", weight=2.4),
    Column("Lead", weight=1.2),
    Column("Due", ColumnKind.DUE, 1.4),
    Column("Late", ColumnKind.NUMBER, 0.6, "days"),
    Column("RAG", ColumnKind.RAG, 1.3),
    Column("Latest update", weight=2.7),
)


def rows(count: int) -> tuple[tuple[Cell, ...], ...]:
    """Return so many invented actions, the same on every run."""
    chance = random.Random(3)

    def words(least: int, most: int) -> str:
        return " ".join(chance.choices(WORDS, k=chance.randint(least, most))).capitalize()

    made: list[tuple[Cell, ...]] = []
    for number in range(count):
        due = date(2026, 1, 1) + timedelta(chance.randint(0, 700))
        slipped = timedelta(chance.randint(5, 90) if chance.random() < SLIPPED else 0)
        mark, suggested = chance.choices(BRAG, k=2)
        rag = RagCell(mark, suggested if suggested is not mark and chance.random() < DISPUTED else None)
        dated = DueCell(due, due + slipped)
        late = chance.randint(0, 300)
        made.append((f"ACT-{number:05}", words(3, 8), chance.choice(NAMES), dated, late, rag, words(3, 10)))
    return tuple(made)


def ours(count: int) -> Figures:
    """Write the tagged report."""
    from csp_desktop.reports.pdf.writer import pdf_bytes

    blocks = (PageBreak(landscape=True), Heading(2, "All actions"), Table("All actions", COLUMNS, rows(count)))
    report = Report(
        title="Full action table",
        subtitle="A plan",
        organisation="A partnership",
        marking="OFFICIAL",
        data_date=date(2026, 9, 30),
        author="An officer",
        subject="Speed",
        period="Q2 2026/27",
        blocks=blocks,
    )
    figures: Figures = {"memory before": peak_memory()}
    with timed(figures, "seconds"):
        content = pdf_bytes(report)
    return figures | {"memory": peak_memory(), "pages": _pages(content), "bytes": len(content)}


def long_table(count: int) -> Figures:
    """Write the same rows with platypus, untagged."""
    from io import BytesIO
    from xml.sax.saxutils import escape

    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate, TableStyle

    from csp_desktop.charts.measure import BOLD, REGULAR, typeface

    for name in (REGULAR, BOLD):
        pdfmetrics.registerFont(typeface(name))
    made = rows(count)
    figures: Figures = {"memory before": peak_memory()}
    with timed(figures, "seconds"):
        plain, strong = (ParagraphStyle(name, fontName=name, fontSize=12, leading=14.2) for name in (REGULAR, BOLD))
        head = [Paragraph(escape(column.title), strong) for column in COLUMNS]
        body = [[Paragraph(escape(cell_text(cell)).replace("\n", "<br/>"), plain) for cell in row] for row in made]
        target = BytesIO()
        document = SimpleDocTemplate(
            target, pagesize=landscape(A4), leftMargin=40, rightMargin=40, topMargin=38, bottomMargin=57
        )
        room = landscape(A4)[0] - 80
        whole = sum(column.weight for column in COLUMNS)
        widths = [room * column.weight / whole for column in COLUMNS]
        table = LongTable([head, *body], colWidths=widths, repeatRows=1)
        table.setStyle(TableStyle([("LINEBELOW", (0, 0), (-1, -1), 0.6, "#B1B4B6")]))
        document.build([table])
    return figures | {"memory": peak_memory(), "pages": document.page, "bytes": len(target.getvalue())}


def _pages(content: bytes) -> int:
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    try:
        return len(document)
    finally:
        document.close()


WORK: dict[str, Callable[[int], Figures]] = {"ours": ours, "LongTable": long_table}


def _measured(what: str, count: int) -> Figures:
    # what goes wrong is for whoever runs this to see
    asked = [sys.executable, "-m", "benchmarks.reports", "--one", what, str(count)]
    figures: Figures = json.loads(subprocess.run(asked, check=True, stdout=subprocess.PIPE, text=True).stdout)
    return figures


def _lines(pages: int, rounds: int) -> list[tuple[str, ...]]:
    runs: dict[str, list[Figures]] = {what: [] for what in WORK}
    for _ in range(rounds):
        for what, figures in runs.items():
            figures.append(_measured(what, pages * ROWS_A_PAGE))
    mid = {what: {name: median(each[name] for each in found) for name in found[0]} for what, found in runs.items()}
    base = mid["LongTable"]["seconds"]
    lines: list[tuple[str, ...]] = []
    for what, found in mid.items():
        ratio = found["seconds"] / base
        bar = BARS.get(pages)
        verdict = "baseline" if what == "LongTable" else ""
        if bar is not None and what == "ours":
            verdict = f"bar {bar}x: {'kept' if ratio <= bar else 'MISSED'}"
        memory = f"{found['memory before']:.0f} to {found['memory']:.0f} MiB"
        size = f"{found['bytes'] / 1024:,.0f} KiB"
        shown = f"{pages * ROWS_A_PAGE:,} rows, {found['pages']:,.0f} pages, {what}"
        lines.append((shown, f"{found['seconds']:.2f} s", f"{ratio:.3f}", memory, size, verdict))
    return lines


def main() -> int:
    """Run the benchmark and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reports", description=__doc__)
    parser.add_argument("--pages", type=int, nargs="+", default=list(BARS), help="about how many pages each report has")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is measured; the median counts")
    parser.add_argument("--one", nargs=2, metavar=("WHAT", "ROWS"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        what, count = arguments.one
        print(json.dumps(WORK[what](int(count))))
        return 0
    print(f"{'report':<42}{'time':>9}{'ratio':>8}  {'peak memory':<18}{'file':>10}")
    for pages in arguments.pages:
        for shown, seconds, ratio, memory, size, verdict in _lines(pages, arguments.rounds):
            print(f"{shown:<42}{seconds:>9}{ratio:>8}  {memory:<18}{size:>10}  {verdict}".rstrip())
    return 0


if __name__ == "__main__":
    sys.exit(main())

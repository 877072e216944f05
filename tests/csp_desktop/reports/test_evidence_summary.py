"""The evidence summary: what it tells, what the public version keeps back, and that an empty store gives a page."""

from datetime import date

from csp_desktop.commands.entries import edit_entry
from csp_desktop.commands.publication import set_publication
from csp_desktop.queries.entries import list_entries
from csp_desktop.registers.forms import Register
from csp_desktop.reports.blocks import BulletList, Figure, Heading, Paragraph, Report, Table, cell_text
from csp_desktop.reports.evidence_summary import NOTHING, EvidenceScope, evidence_summary
from csp_desktop.reports.pdf.writer import pdf_bytes
from csp_desktop.store import Store
from tests.csp_desktop.queries.evidence_sample import fill_evidence
from tests.csp_desktop.reports.pdf_checker import check

TODAY = date(2026, 11, 23)
SCOPE, PUBLIC = EvidenceScope(TODAY), EvidenceScope(TODAY, public=True)


def told(report: Report) -> str:
    """Everything that a report says, a line a piece."""
    lines: list[str] = []
    for block in report.blocks:
        match block:
            case Heading() | Paragraph():
                lines.append(block.text)
            case BulletList():
                lines += block.items
            case Table():
                lines += [block.caption, *(" | ".join(map(cell_text, row)) for row in block.rows)]
            case Figure():
                lines += [block.title, block.alt]
            case _:
                pass
    return "\n".join(lines)


def table(report: Report, caption: str) -> Table:
    return next(block for block in report.blocks if isinstance(block, Table) and block.caption.startswith(caption))


def test_it_tells_what_moved_where_it_happens_what_gapes_and_who_was_asked(store: Store) -> None:
    fill_evidence(store)
    report = evidence_summary(store, SCOPE)
    said = told(report)
    for line in (
        "9 findings: 3 red, 4 amber, 1 green. Since SIA 2025: 1 worsened, 1 improved, 1 new, 5 unchanged.",
        "Street drinking in town centres: worsened from amber to red",
        "Knife crime among young people (restricted)",
        "Findings marked Restricted are for those who need them: keep this report to them.",
        "Red: Off-road bikes",
        "What changed: Street drinking was rated red, and a reporting point was added to the plan.",
    ):
        assert line in said
    drinking = table(report, "Substance misuse").rows[0]
    assert cell_text(drinking[2]) == "Worsened, was amber\nentered as unchanged"
    assert [row[0] for row in table(report, "Robbery").rows] == [
        "Kirklees 021C", "Kirklees 022A", "Kirklees 035B", "Kirklees 040D",
    ]  # fmt: skip
    assert check(pdf_bytes(report)) == []


def test_the_public_version_holds_only_what_is_marked_public(store: Store) -> None:
    fill_evidence(store)
    report = evidence_summary(store, PUBLIC)
    said = told(report)
    assert "Knife crime" not in said
    assert "Neighbour disputes" not in said
    assert "7 findings: 3 red, 2 amber, 1 green." in said
    assert report.author == report.organisation
    assert "Sensitivity" not in {column.heading for column in table(report, "Crime").columns}


def test_the_public_version_keeps_back_small_counts_of_small_areas_by_the_partnerships_threshold(
    store: Store,
) -> None:
    fill_evidence(store)
    rows = table(evidence_summary(store, PUBLIC), "Robbery").rows
    # the fourth area has a count of 1 now; the third had 2 a year before
    assert [(row[0], row[2], row[3]) for row in rows] == [
        ("Kirklees 021C", 12, "no change"),
        ("Kirklees 022A", 4, "no change"),
        ("Kirklees 035B", 3, "~"),
    ]
    assert not any(
        isinstance(block, Figure) and "Kirklees 021C" in block.alt for block in evidence_summary(store, PUBLIC).blocks
    )
    set_publication(store, None, 5)
    assert [row[0] for row in table(evidence_summary(store, PUBLIC), "Robbery").rows] == ["Kirklees 021C"]


def test_a_finding_that_becomes_restricted_leaves_the_public_version(store: Store) -> None:
    fill_evidence(store)
    assert "Graffiti on the ring road" in told(evidence_summary(store, PUBLIC))
    row = next(row for row in list_entries(store, Register.EVIDENCE, "graffiti"))
    edit_entry(store, Register.EVIDENCE, row.id, row.version, {"sensitivity": "restricted"})
    assert "Graffiti" not in told(evidence_summary(store, PUBLIC))


def test_an_empty_store_gives_a_page_that_says_so(store: Store) -> None:
    report = evidence_summary(store, SCOPE)
    assert told(report) == NOTHING
    assert check(pdf_bytes(report)) == []

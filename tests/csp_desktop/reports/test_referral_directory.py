"""The referral directory: one page, fuller where there is room, and saying so where there is not."""

from datetime import date

import pypdfium2

from csp_desktop.commands.entries import add_entry
from csp_desktop.commands.people import add_organisation, add_person
from csp_desktop.queries.entries import list_entries
from csp_desktop.registers.forms import Register
from csp_desktop.reports.blocks import OnePage, Report, Table
from csp_desktop.reports.pdf.writer import pdf_bytes
from csp_desktop.reports.referral_directory import CONTINUES, EMPTY, DirectoryScope, referral_directory, review_words
from csp_desktop.store import Store
from tests.csp_desktop.reports.pdf_checker import check
from tests.factories import TODAY

SCOPE = DirectoryScope(TODAY)


def pathway(store: Store, concern: str, **more: object) -> int:
    values = {
        "concern": concern,
        "threshold": "Any adult with care and support needs who cannot protect themselves because of them",
        "first_contact": "Gateway to Care, 01484 414933",
        "out_of_hours": "Emergency Duty Service, 01484 414933",
        "form": "Safeguarding concern form",
        "legal_basis": "Care Act 2014, section 42",
        "response_time": "Within 2 working days",
    }
    return add_entry(store, Register.PATHWAYS, {**values, **more})


def pages(report: Report) -> list[str]:
    content = pdf_bytes(report)
    assert check(content) == []
    texts = []
    for page in pypdfium2.PdfDocument(content):
        assert page.get_width() > page.get_height()
        texts.append(" ".join(page.get_textpage().get_text_range().split()))
    return texts


def table_of(report: Report, variant: int = 0) -> Table:
    told = next(block for block in report.blocks if isinstance(block, OnePage))
    return next(block for block in told.variants[variant] if isinstance(block, Table))


def test_few_pathways_are_told_in_full_on_one_landscape_page(store: Store) -> None:
    pathway(store, "Adult at risk", owner="Kirklees Council", review_date=date(2027, 3, 1))
    (page,) = pages(referral_directory(store, SCOPE))
    for said in (
        "999",
        "Adult at risk",
        "Care Act 2014, section 42",
        "Kirklees Council",
        "Adult at risk, by 1 Mar 2027",
    ):
        assert said in page
    assert CONTINUES not in page


def test_more_of_them_still_stand_on_one_page_and_too_many_say_that_they_continue(store: Store) -> None:
    for number in range(6):
        pathway(store, f"Concern {number}")
    (page,) = pages(referral_directory(store, SCOPE))
    assert "Concern 5" in page
    assert "Out of hours: Emergency Duty Service" in page
    assert "Care Act" not in page
    for number in range(6, 20):
        pathway(store, f"Concern {number}")
    first, *others = pages(referral_directory(store, SCOPE))
    assert CONTINUES in first
    assert "Concern 19" in " ".join((first, *others))


def test_an_empty_directory_is_a_page_that_says_so(store: Store) -> None:
    (page,) = pages(referral_directory(store, SCOPE))
    assert EMPTY in page


def test_the_public_directory_names_no_owner(store: Store) -> None:
    partner = add_organisation(store, "Canal Trust")
    pathway(store, "A", owner=("person", add_person(store, "Amina Shah", organisation_id=partner)))
    pathway(store, "B", owner="Tom Briggs")
    pathway(store, "C", owner="Kirklees Council")
    told = referral_directory(store, DirectoryScope(TODAY, public=True))
    assert [row[-1] for row in table_of(told).rows] == ["Canal Trust", "The partnership", "Kirklees Council"]
    assert table_of(referral_directory(store, SCOPE)).rows[1][-1] == "Tom Briggs"


def test_when_pathways_are_reviewed_is_said(store: Store) -> None:
    pathway(store, "Late", review_date=date(2026, 11, 22))
    pathway(store, "Today", review_date=TODAY)
    pathway(store, "Never")
    said = review_words(list_entries(store, Register.PATHWAYS), TODAY)
    assert said == "Review overdue: Late. Next review: Today, by 23 Nov 2026. Without a review date: 1."

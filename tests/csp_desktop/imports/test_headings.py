from collections.abc import Callable

import pytest

from csp_desktop.imports.fields import ActionField
from csp_desktop.imports.grid import WorkbookGrid
from csp_desktop.imports.headings import find_tables
from csp_desktop.imports.mapping import Confidence, fingerprint, propose_mapping
from csp_desktop.imports.synonyms import normalise, shipped

MakeGrid = Callable[..., WorkbookGrid]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("ref", ActionField.SOURCE_REF),
        ("No.", ActionField.SOURCE_REF),
        ("#", ActionField.SOURCE_REF),
        ("ID", ActionField.SOURCE_REF),
        ("Action no", ActionField.SOURCE_REF),
        ("Objective", ActionField.OBJECTIVE),
        ("Outcome", ActionField.OBJECTIVE),
        ("Priority", ActionField.OBJECTIVE),
        ("Action", ActionField.TITLE),
        ("Task", ActionField.TITLE),
        ("Activity", ActionField.TITLE),
        ("What will we do?", ActionField.TITLE),
        ("Deliverable", ActionField.TITLE),
        ("Lead", ActionField.LEAD),
        ("Lead Officer(s)", ActionField.LEAD),
        ("Owner", ActionField.LEAD),
        ("Responsible", ActionField.LEAD),
        ("Who", ActionField.LEAD),
        ("Lead agency", ActionField.LEAD_PARTNER),
        ("Assigned to", ActionField.LEAD),
        ("Partners", ActionField.SUPPORTING_PARTNERS),
        ("Supporting partners", ActionField.SUPPORTING_PARTNERS),
        ("Support", ActionField.SUPPORTING),
        ("With", ActionField.SUPPORTING),
        ("Start", ActionField.START),
        ("Timescale", ActionField.DUE),
        ("By when?", ActionField.DUE),
        ("Due", ActionField.DUE),
        ("Target date", ActionField.DUE),
        ("Deadline", ActionField.DUE),
        ("Completion date", ActionField.DUE),
        ("End", ActionField.DUE),
        ("Original due date", ActionField.BASELINE_DUE),
        ("Date completed", ActionField.ACTUAL_END),
        ("Resources", ActionField.RESOURCES),
        ("Funding", ActionField.RESOURCES),
        ("Success measure", ActionField.SUCCESS_MEASURE),
        ("KPI", ActionField.SUCCESS_MEASURE),
        ("How will we know?", ActionField.SUCCESS_MEASURE),
        ("Progress", ActionField.UPDATE),
        ("Update", ActionField.UPDATE),
        ("Comments", ActionField.UPDATE),
        ("Commentary", ActionField.UPDATE),
        ("Position", ActionField.UPDATE),
        ("Narrative", ActionField.UPDATE),
        ("RAG", ActionField.RAG),
        ("BRAG", ActionField.RAG),
        ("Rating", ActionField.RAG),
        ("Delivery RAG", ActionField.RAG),
        ("Status", ActionField.STATUS),
        ("% complete", ActionField.PERCENT),
        ("Next steps", ActionField.NEXT_STEPS),
        ("Lead\nofficer ", ActionField.LEAD),
        ("Lead oficer", ActionField.LEAD),
        ("Due date (dd/mm/yyyy)", ActionField.DUE),
        ("Why have you given these ratings? Enter an explanation (100 words max)", ActionField.REASON),
    ],
)
def test_the_headings_that_owners_use(heading: str, field: ActionField) -> None:
    scores = shipped().closeness(heading)
    assert max(scores, key=lambda each: scores[each]) is field


@pytest.mark.parametrize("heading", ["", "Snarf", "Ward", "Postcode", "SDG 1", "Fund name"])
def test_headings_that_mean_no_field(heading: str) -> None:
    assert shipped().closeness(heading) == {}


def test_normalising_takes_off_what_does_not_count() -> None:
    assert normalise("  Lead\u00a0Officer(s):\n") == "lead officer s"
    assert normalise("% Complete") == "percent complete"
    assert normalise("Échéance") == "echeance"


def test_a_layout_is_the_same_in_another_order() -> None:
    assert fingerprint(["Action", "Lead"]) == fingerprint(["LEAD ", "action"])
    assert fingerprint(["Action", "Lead"]) != fingerprint(["Action", "Owner"])


def test_each_field_is_taken_once_and_the_rest_are_named(grid: MakeGrid) -> None:
    sheet = grid([["Action", "Actions", "Lead", "Owner", "Ward"], ["a", "b", "c", "d", "e"]]).sheets[0]
    mapping = propose_mapping(find_tables(sheet)[0])
    fields = [column.field for column in mapping.columns if column.field]
    assert len(fields) == len(set(fields))
    assert "Ward" in mapping.unmapped
    assert {column.confidence for column in mapping.columns if column.field is None} == {Confidence.UNMAPPED}


def test_duplicate_headings_are_told_apart(grid: MakeGrid) -> None:
    sheet = grid([["Action", "Lead", "Comments", "Comments"], ["a", "b", "c", "d"]]).sheets[0]
    assert [heading.text for heading in find_tables(sheet)[0].headings] == [
        "Action",
        "Lead",
        "Comments",
        "Comments (2)",
    ]


def test_a_heading_row_can_be_chosen(grid: MakeGrid) -> None:
    sheet = grid([["Action", "Lead"], ["Task", "Owner"], ["a", "b"]]).sheets[0]
    assert find_tables(sheet)[0].header_row == 1
    assert find_tables(sheet, [2])[0].header_row == 2


def test_a_sheet_in_an_unknown_language_gives_an_uncertain_table(grid: MakeGrid) -> None:
    sheet = grid([["Tehtävä", "Vastuuhenkilö", "Määräaika"], ["a", "b", "c"]]).sheets[0]
    table = find_tables(sheet)[0]
    assert not table.certain
    assert [heading.text for heading in table.headings] == ["Tehtävä", "Vastuuhenkilö", "Määräaika"]


def test_an_empty_sheet_has_no_table(grid: MakeGrid) -> None:
    assert find_tables(grid([]).sheets[0]) == ()

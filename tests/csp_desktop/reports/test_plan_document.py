"""The plan as a document: the duty, the partners, the evidence, what will be done, how it will be known, the risks."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from csp_desktop.commands.actions import add_action
from csp_desktop.commands.entries import add_entry
from csp_desktop.commands.people import add_person
from csp_desktop.errors import CspError
from csp_desktop.queries.plans import find_plan, list_objectives
from csp_desktop.registers.forms import Register
from csp_desktop.reports.blocks import Heading, Paragraph, Report, Table, cell_text
from csp_desktop.reports.kinds import ReportKind
from csp_desktop.reports.making import ReportRequest, build_report
from csp_desktop.reports.pdf.writer import pdf_bytes
from csp_desktop.store import Store
from tests.csp_desktop.reports.pdf_checker import check
from tests.factories import TODAY

HIDDEN = ("Amina Shah", "Drug deaths", "Money runs out")


@pytest.fixture
def planned(store: Store) -> Store:
    """A store whose plan has an action, findings, a measure and a risk."""
    plan = find_plan(store)
    objective = list_objectives(store, plan.id)[0]
    lead = add_person(store, "Amina Shah")
    add_action(
        store, plan.id, title="Train staff", objective_id=objective.id, theme_id=objective.theme_id, lead_person_id=lead
    )
    finding = {"assessment": "Assessment 2026", "topic": "crime", "priority": "red"}
    add_entry(store, Register.EVIDENCE, finding | {"title": "Shop theft", "sensitivity": "public"})
    add_entry(store, Register.EVIDENCE, finding | {"title": "Drug deaths", "sensitivity": "restricted"})
    measure = add_entry(store, Register.MEASURES, {"title": "Theft from shops", "objectives": [objective.id]})
    add_entry(store, Register.TARGETS, {"measure": measure, "period": "Q1 2026/27", "value": Decimal(90)})
    add_entry(store, Register.READINGS, {"measure": measure, "period": "Q1 2026/27", "value": Decimal(119)})
    risk = {"title": "Money runs out", "likelihood": 4, "impact": 4, "objectives": [objective.id]}
    add_entry(store, Register.RISKS, risk)
    return store


def build(store: Store, *, public: bool = False, plan: str | None = None) -> Report:
    return build_report(store, ReportRequest(ReportKind.PLAN, Path("plan.pdf"), None, plan, TODAY, public))


def told(report: Report) -> str:
    parts = []
    for block in report.blocks:
        if isinstance(block, Heading | Paragraph):
            parts.append(block.text)
        elif isinstance(block, Table):
            parts += [block.caption, *(cell_text(cell) for row in block.rows for cell in row)]
    return "\n".join(parts)


def test_it_says_why_who_what_and_how_it_will_be_known(planned: Store) -> None:
    report = build(planned)
    words = told(report)
    assert report.title == "Communities Partnership Plan 2022-2027"
    assert "Crime and Disorder Act 1998" in words
    assert "Train staff\nAmina Shah" in words
    assert "Shop theft" in words
    assert "119 (Q1 2026/27)" in words
    assert "16 very high" in words
    assert "Drug deaths" not in words, "what is restricted stays in the evidence summary"
    assert check(pdf_bytes(report)) == []


def test_the_public_reads_no_name_no_risk_and_nothing_restricted(planned: Store) -> None:
    words = told(build(planned, public=True))
    assert "Shop theft" in words
    assert not any(hidden in words for hidden in HIDDEN)


def test_a_plan_of_which_nothing_is_known_says_so(empty_plan_store: Store) -> None:
    words = told(build(empty_plan_store))
    for said in ("It is not approved yet.", "The plan has no theme yet.", "No strategic intelligence assessment"):
        assert said in words


def test_the_town_centre_plan_is_a_document_of_its_own_and_a_plan_has_no_period(planned: Store) -> None:
    words = told(build(planned, plan="safer-dewsbury"))
    assert "The Crime and Disorder Act 1998 asks" not in words
    assert "Visibility" in words
    with pytest.raises(CspError, match="no period"):
        request = ReportRequest(ReportKind.PLAN, Path("a.pdf"), "2026/27", None, date(2026, 11, 23))
        build_report(planned, request)

"""Offence codes, weights of severity, published figures and first-time entrants by hand."""

from datetime import date
from typing import Any

import pytest

from csp_desktop.commands.lookups import NewEdition, add_code, edit_code, replace_weights, use_edition, withdraw_code
from csp_desktop.commands.offences import add_offence
from csp_desktop.commands.offenders import add_offender
from csp_desktop.commands.published import (
    add_benchmark,
    add_entrants,
    edit_benchmark,
    edit_entrants,
    withdraw_benchmark,
    withdraw_entrants,
)
from csp_desktop.errors import CspError
from csp_desktop.queries.lookups import list_codes, list_editions
from csp_desktop.queries.published import list_benchmarks, list_entrants
from csp_desktop.queries.severities import editions_in_use
from csp_desktop.rules.validation import FieldError
from csp_desktop.store import Store
from models.offending import OffenceGroup, OffenceOutcome, Severity, SeverityClass


def test_a_code_keeps_its_zeros_and_stays_while_it_is_used(bare: Store) -> None:
    code = add_code(bare, " 001/00 ", description="Murder", severity_class=SeverityClass.HOMICIDE)
    words = add_code(bare, "", description="Going equipped")
    for again in ("001/00", ""):
        with pytest.raises(FieldError, match="in the lookup already"):
            add_code(bare, again, description="going equipped")
    with pytest.raises(FieldError, match="describe the offence"):
        add_code(bare, " ")
    with pytest.raises(FieldError, match="in the lookup already"):
        edit_code(bare, words, 1, code="001/00")
    person = add_offender(bare, "A")
    add_offence(bare, person, OffenceOutcome.CONVICTION, offence_date=date(2023, 1, 1), offence_code_id=code)
    with pytest.raises(CspError, match="1 row names this code"):
        withdraw_code(bare, code, 1)
    rows = {row.id: row for row in list_codes(bare)}
    assert (rows[code].code, rows[code].uses, rows[code].lacks) == ("001/00", 1, ("group",))
    assert rows[words].lacks == ("group", "severity")
    edit_code(bare, code, 1, offence_group=OffenceGroup.VIOLENCE_AGAINST_THE_PERSON)
    edit_code(bare, words, 1, is_breach=True)
    assert list_codes(bare, only_lacking=True) == []
    assert [row.id for row in list_codes(bare, "violence murder")] == [code]
    withdraw_code(bare, words, 2)
    bare.undo()
    assert len(list_codes(bare)) == 2
    assert bare.verify_audit().is_whole


def test_weights_are_replaced_by_editions_and_none_is_lost(bare: Store) -> None:
    first = replace_weights(bare, edition("Ours 2025", {SeverityClass.ROBBERY: 400_000}))
    assert in_use(bare) == ("Ours 2025", {SeverityClass.ROBBERY: 400_000})
    second = replace_weights(bare, edition(" Ours  2026 ", {SeverityClass.ROBBERY: 500_000, SeverityClass.RAPE: 1}))
    assert in_use(bare)[0] == "Ours 2026"
    use_edition(bare, Severity.CAMBRIDGE, first)
    assert in_use(bare)[0] == "Ours 2025"
    rows = [row for row in list_editions(bare) if row.severity is Severity.CAMBRIDGE]
    assert [(row.id, row.in_use) for row in rows] == [(None, False), (first, True), (second, False)]
    use_edition(bare, Severity.CAMBRIDGE, None)
    assert in_use(bare)[0] == "2026 medians"
    assert len(list_editions(bare)) == 5
    bare.undo()
    bare.undo()
    assert in_use(bare)[0] == "Ours 2026"
    with pytest.raises(CspError, match="of another index"):
        use_edition(bare, Severity.ONS, first)
    for wrong, match in (
        (edition(" ", {SeverityClass.ROBBERY: 1}), "needs a name"),
        (edition("OURS 2025", {SeverityClass.ROBBERY: 1}), "already"),
        (edition("Empty", {}), "at least one"),
        (edition("Below", {SeverityClass.ROBBERY: -1}), "below 0"),
    ):
        with pytest.raises(FieldError, match=match):
            replace_weights(bare, wrong)
    assert in_use(bare)[0] == "Ours 2026"


def edition(name: str, weights: dict[SeverityClass, int]) -> NewEdition:
    return NewEdition(Severity.CAMBRIDGE, name, "days", "Our analysts", weights)


def in_use(store: Store) -> tuple[str, Any]:
    with store.read() as connection:
        found = editions_in_use(connection)[Severity.CAMBRIDGE]
    return found.edition, found.weights


def test_a_published_figure_stands_once(bare: Store) -> None:
    key = add_benchmark(bare, "Kirklees", "Apr-Jun 2023", offenders=100, reoffenders=27, reoffences=90)
    with pytest.raises(FieldError, match="already"):
        add_benchmark(bare, " Kirklees ", "Apr-Jun  2023")
    adults = add_benchmark(bare, "Kirklees", "Apr-Jun 2023", people="Adult", rate=273_000)
    with pytest.raises(FieldError, match="already"):
        edit_benchmark(bare, adults, 1, people="All")
    edit_benchmark(bare, adults, 1, rate=274_000)
    assert [(row.people, row.share) for row in list_benchmarks(bare, "kirklees")] == [("Adult", 0.274), ("All", 0.27)]
    withdraw_benchmark(bare, key, 1)
    bare.undo()
    assert len(list_benchmarks(bare)) == 2


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("area", {"area": " "}),
        ("period", {"period": ""}),
        ("offenders", {"offenders": -1}),
        ("reoffenders", {"offenders": 1, "reoffenders": 2}),
        ("reoffences", {"reoffenders": 2, "reoffences": 1}),
        ("rate", {"rate": 1_000_001}),
        ("predicted", {"predicted": -1}),
        ("last_day", {"first_day": date(2023, 4, 1), "last_day": date(2023, 3, 1)}),
    ],
)
def test_a_published_figure_that_cannot_be_is_refused(bare: Store, field: str, values: dict[str, Any]) -> None:
    with pytest.raises(FieldError) as refused:
        add_benchmark(bare, **{"area": "Kirklees", "period": "2023"} | values)
    assert refused.value.field == field
    assert list_benchmarks(bare) == []


def test_first_time_entrants(bare: Store) -> None:
    key = add_entrants(bare, "Kirklees", "2023/24", 80, population=44_000)
    for values in ({"population": 0}, {"population": 79}, {"entrants": -1}):
        with pytest.raises(FieldError):
            edit_entrants(bare, key, 1, **values)
    edit_entrants(bare, key, 1, entrants=88)
    row = list_entrants(bare, "2023")[0]
    assert row.rate == pytest.approx(200.0)
    assert row.interval is not None
    assert row.interval.lower < 200 < row.interval.upper
    with pytest.raises(FieldError, match="already"):
        add_entrants(bare, "Kirklees", "2023/24", 1)
    withdraw_entrants(bare, key, 2)
    assert list_entrants(bare) == []
    bare.undo()
    assert list_entrants(bare)[0].entrants == 88

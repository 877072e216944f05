"""The reoffending cohort report: its figures, its public variant, its files, and what it says where little is known."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from csp_desktop.cli import main
from csp_desktop.commands.reports import issue_report, issued_pdf
from csp_desktop.errors import CspError
from csp_desktop.queries.following import follow_cohort
from csp_desktop.queries.published import BenchmarkRow, EntrantsRow
from csp_desktop.queries.records import list_steps
from csp_desktop.reoffending.bands import Breakdown
from csp_desktop.reoffending.disclosure import SUPPRESSED, recoverable
from csp_desktop.reoffending.following import SEVERITIES, Followed, Harm
from csp_desktop.reoffending.outcomes import groups_of, outcomes_of
from csp_desktop.reoffending.public_form import RULES
from csp_desktop.reports.blocks import Heading, PageBlock, Report, Table, cell_text, flatten
from csp_desktop.reports.cohort_groups import Row, by_group, group_rows, groups_table, quarter_rows, sentence_table
from csp_desktop.reports.cohort_headline import not_known, page_one
from csp_desktop.reports.cohort_outcomes import adjusted, how_seriously, how_soon
from csp_desktop.reports.cohort_position import CohortScope
from csp_desktop.reports.cohort_published import compared, entrants
from csp_desktop.reports.cohort_quality import data_quality, how_counted
from csp_desktop.reports.cohort_report import NO_COHORT, cohort_report
from csp_desktop.reports.cohort_words import percent, percent_cell, points, signed_points
from csp_desktop.reports.kinds import ReportKind
from csp_desktop.reports.making import ReportRequest, build_report, make_report
from csp_desktop.reports.pdf.writer import pdf_bytes
from csp_desktop.store import Store
from models.offending import CohortDefinition, Disposal, OffenceGroup, OffenceStanding, Sex
from tests.csp_desktop.reoffending.people import person
from tests.csp_desktop.reoffending.sample_cohorts import DATA_DATE, sample_cohort
from tests.csp_desktop.reports.cohorts_told import column, position_of, said, table_under, tables
from tests.csp_desktop.reports.pdf_checker import check, dump
from tests.factories import TODAY, Clock, new_store
from tests.vault import PASSPHRASE

GOLDEN = Path(__file__).parents[2] / "golden"
NAME, SMALL, QUARTERS = "Kirklees 2024", "Dewsbury pilot", "By quarter"
MORE_PEOPLE, FEW_PEOPLE, QUARTER_PEOPLE = 300, 40, 120


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Three cohorts, for what only reads them."""
    store = new_store(tmp_path_factory.mktemp("cohorts"), Clock())
    sample_cohort(store, MORE_PEOPLE, 1, name=NAME)
    sample_cohort(store, FEW_PEOPLE, 2, name=SMALL)
    sample_cohort(store, QUARTER_PEOPLE, 3, name=QUARTERS, kind=CohortDefinition.PROVEN_3_MONTH)
    yield store
    store.close()


def report_of(store: Store, cohort: str = NAME, *, public: bool = False, data_date: date = DATA_DATE) -> Report:
    return cohort_report(store, CohortScope(TODAY, cohort, data_date, public))


def value_of(report: Report, figure: str) -> str:
    table = table_under(report.blocks, "Headline figures")
    return next(cell_text(row[1]) for row in table.rows if row[0] == figure)


def headings(report: Report, level: int = 2) -> list[str]:
    return [block.text for block in flatten(report.blocks) if isinstance(block, Heading) and block.level == level]


def test_the_figures_are_those_of_the_cohort(filled: Store) -> None:
    with filled.read() as connection:
        cohort_id = connection.exec_driver_sql("select id from cohort where name = ?", (NAME,)).scalar_one()
    outcomes = outcomes_of(follow_cohort(filled, cohort_id, DATA_DATE).people, 0.285)
    report = report_of(filled)
    assert value_of(report, "Offenders") == f"{outcomes.offenders:,}"
    assert value_of(report, "Reoffenders") == f"{outcomes.reoffenders:,}"
    assert value_of(report, "Reoffences") == f"{outcomes.reoffences:,}"
    assert Decimal(value_of(report, "Reoffending rate (%)")) == percent_cell(outcomes.rate)
    text = said(report.blocks)
    assert f"{outcomes.reoffenders:,} of {outcomes.offenders:,} (95% interval " in text
    assert (report.title, report.data_date, report.marking) == (
        "Reoffending cohort report", DATA_DATE, "OFFICIAL-SENSITIVE",
    )  # fmt: skip
    assert column(table_under(report.blocks, "Sex"), "Offenders")[-1] == f"{outcomes.offenders:,}"


def test_the_two_frequencies_cannot_be_confused(filled: Store) -> None:
    table = table_under(report_of(filled).blocks, "Headline figures")
    rests = {row[0]: cell_text(row[2]) for row in table.rows}
    assert "reoffenders" in rests["Reoffences per reoffender"]
    assert "everyone measurable" in rests["Reoffences per person in the cohort"]


def test_every_part_is_there_with_the_definition_in_words(filled: Store) -> None:
    report = report_of(filled)
    assert headings(report) == [
        "Headline figures",
        "What counts as reoffending",
        "What cannot be known yet",
        "How soon people reoffend",
        "Adjusted for who was in the cohort",
        "How often and how seriously people reoffend",
        "Reoffending by group",
        "Data quality",
        "How the figures are counted",
    ]
    assert len(headings(report, 3)) == 2 + len(Breakdown)
    assert "A reoffence is an offence committed within 12 months of the index date" in said(report.blocks)


def test_groups_add_up_to_the_whole_and_few_people_are_marked(filled: Store) -> None:
    for table in tables(report_of(filled, SMALL).blocks):
        if "Read with care" not in [each.title for each in table.columns]:
            continue
        for heading in ("Offenders", "Reoffenders", "Reoffences"):
            *groups, whole = [int(cell.replace(",", "")) for cell in column(table, heading)]
            assert sum(groups) == whole
        for offenders, care in zip(column(table, "Offenders"), column(table, "Read with care"), strict=True):
            assert (care == "fewer than 30 people") == (int(offenders) < 30)


def test_what_is_provisional_stands_apart(filled: Store) -> None:
    report = report_of(filled, data_date=date(2025, 11, 30))
    later = int(value_of(report, "Not yet measurable"))
    assert later > 30
    table = table_under(report.blocks, "People who are not yet measurable")
    assert column(table, "People") == [f"{later}"]
    assert int(value_of(report, "Offenders")) + later < MORE_PEOPLE
    assert "can only rise and must not be read as a rate" in said(report.blocks)


def test_before_anybody_is_measurable_there_is_no_rate_and_none_of_nought(filled: Store) -> None:
    report = report_of(filled, data_date=date(2024, 12, 1))
    assert "Nobody in Kirklees 2024 is measurable yet on 1 Dec 2024: that takes 18 months" in said(report.blocks)
    assert value_of(report, "Reoffending rate (%)") == "n/a"
    assert "Reoffending by group" not in headings(report)


def test_quarters_are_pooled_and_unique_people_stand_beside_them(filled: Store) -> None:
    report = report_of(filled, QUARTERS)
    table = table_under(report.blocks, "Quarter by quarter")
    assert column(table, "Quarter of the index date") == [
        "January to March 2024", "April to June 2024", "July to September 2024", "October to December 2024", "All",
    ]  # fmt: skip
    *quarters, whole = [int(cell) for cell in column(table, "Reoffenders")]
    assert sum(quarters) == whole
    assert int(value_of(report, "Different people among them")) < int(value_of(report, "Offenders"))
    assert "never the mean of the quarters' rates" in said(report.blocks)


def test_the_adjusted_rate_names_its_parts_and_whom_it_is_of(filled: Store) -> None:
    table = table_under(report_of(filled).blocks, "Adjusted for who was in the cohort")
    observed, predicted, baseline, rate = (Decimal(cell) for cell in column(table, "Value (%)"))
    assert abs(observed - predicted + baseline - rate) <= Decimal("0.2")
    assert "offenders with a predicted score" in table.caption


def test_exclusions_are_counted_by_reason(filled: Store) -> None:
    table = table_under(report_of(filled).blocks, "Data quality")
    reasons = column(table, "Reason")
    assert "Breach of an order or licence" in reasons
    assert "No index event: recall, temporary release, transfer or remand" in reasons


@pytest.mark.parametrize("public", [False, True])
def test_the_structure_of_the_pdf_is_as_agreed_and_without_a_fault(filled: Store, public: bool) -> None:
    content = pdf_bytes(report_of(filled, SMALL, public=public))
    assert check(content) == []
    golden = GOLDEN / f"cohort_report{'_public' if public else ''}_structure.txt"
    assert dump(content) == golden.read_text(encoding="utf-8")


def test_a_workbook_lists_people_by_id_unless_the_public_reads_it(filled: Store, tmp_path: Path) -> None:
    sheets = {}
    for public in (False, True):
        out = tmp_path / f"{public}.xlsx"
        make_report(filled, request(out, public=public, cohort=SMALL))
        book = load_workbook(out)
        sheets[public] = [sheet.title for sheet in book.worksheets]
        said_there = {
            str(cell) for sheet in book.worksheets for row in sheet.iter_rows(values_only=True) for cell in row
        }
        assert any(text.startswith("P0000") for text in said_there) != public
        assert any(str(sheet.HeaderFooter.oddHeader) for sheet in book.worksheets)
    assert any("People by id" in title for title in sheets[False])
    assert not any("People by id" in title for title in sheets[True])


def request(out: Path, *, public: bool = False, cohort: str | None = None) -> ReportRequest:
    return ReportRequest(ReportKind.COHORT, out, None, None, TODAY, public, cohort, DATA_DATE)


def test_making_the_full_report_is_recorded_and_the_public_one_is_not(store: Store, tmp_path: Path) -> None:
    sample_cohort(store, FEW_PEOPLE)
    make_report(store, request(tmp_path / "public.pdf", public=True))
    before = len(list_steps(store))
    make_report(store, request(tmp_path / "full.xlsx"))
    steps = list_steps(store)
    assert len(steps) == before + 1
    assert steps[0].label == "Save the reoffending cohort report as a workbook"


def test_it_can_be_issued_and_stays_as_it_was(store: Store) -> None:
    sample_cohort(store, FEW_PEOPLE)
    report = build_report(store, request(Path("preview.pdf"), public=True))
    assert issued_pdf(store, issue_report(store, ReportKind.COHORT, report, TODAY)) == pdf_bytes(report)


def test_the_only_cohort_needs_no_name_and_of_several_one_must_be_named(store: Store, filled: Store) -> None:
    with pytest.raises(CspError, match=r"Say which cohort the report is of\. The store has “By quarter”, “Dewsbury"):
        cohort_report(filled, CohortScope(TODAY))
    with pytest.raises(CspError, match="no cohort “Nowhere”"):
        cohort_report(filled, CohortScope(TODAY, "Nowhere"))
    sample_cohort(store, FEW_PEOPLE, name="The one")
    assert cohort_report(store, CohortScope(TODAY)).subtitle.startswith("The one.")


def test_a_cohort_report_has_no_plan_or_period_and_others_no_cohort(store: Store) -> None:
    with pytest.raises(CspError, match="leave the plan and the period out"):
        build_report(store, ReportRequest(ReportKind.COHORT, Path("a.pdf"), "2024/25", None, TODAY))
    with pytest.raises(CspError, match="Only the reoffending cohort report"):
        build_report(store, ReportRequest("owner-chase", Path("a.pdf"), None, None, TODAY, cohort="x"))


def test_the_command_line_writes_it_and_of_a_store_without_cohorts_a_page_that_says_so(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said(cohort_report(store, CohortScope(TODAY)).blocks) == NO_COHORT
    path = next(tmp_path.glob("*.csp"))
    store.close()
    secret = tmp_path / "secret.txt"
    secret.write_text(PASSPHRASE, encoding="utf-8")
    where = ["--store", str(path), "--passphrase-file", str(secret)]
    out = tmp_path / "none.pdf"
    assert main([*where, "report", "cohort", "--public", "--data-date", "2026-09-30", "--out", str(out)]) == 0
    assert capsys.readouterr().out.strip() == str(out)
    assert check(out.read_bytes()) == []
    assert main([*where, "report", "cohort", "--cohort", "Nowhere", "--out", str(out)]) == 1
    assert "There is no cohort" in capsys.readouterr().err


def test_figures_round_half_up_and_differences_are_in_percentage_points() -> None:
    """Edge case 33."""
    assert percent_cell(0.2225) == Decimal("22.3")
    assert percent_cell(0.2235) == Decimal("22.4")
    assert percent(0.0005) == "0.1%"
    assert percent(1) == "100.0%"
    assert points(0.031) == "3.1 percentage points above"
    assert points(-0.01) == "1.0 percentage point below"
    assert points(0.0004) == "the same as"
    assert (signed_points(0.031), signed_points(-0.031), signed_points(None)) == ("+3.1", "\N{MINUS SIGN}3.1", "n/a")


def published(area: str, offenders: int, reoffenders: int, people: str = "All", **changes: Any) -> BenchmarkRow:
    usual: dict[str, Any] = {
        "id": 1, "version": 1, "series": "Proven reoffending", "period": "April to June 2023", "reoffences": None,
        "first_day": date(2023, 4, 1), "last_day": date(2023, 6, 30), "rate": None, "predicted": None,
        "came_by_import": True,
    }  # fmt: skip
    return BenchmarkRow(
        **{**usual, "area": area, "people": people, "offenders": offenders, "reoffenders": reoffenders, **changes}
    )


def among_published(*rows: BenchmarkRow, public: bool = True, reoffenders: int = 9) -> list[PageBlock]:
    people = [*(person() for _ in range(40)), *(reoffender() for _ in range(reoffenders))]
    return compared(replace(position_of(people, public=public), published=rows))


def test_published_rates_stand_beside_the_cohort_with_the_difference_in_points() -> None:
    older = published("Kirklees", 900, 300, period="2010/11", first_day=None, last_day=date(2011, 3, 31))
    told = among_published(older, published("Kirklees", 1000, 275), published("England and Wales", 80_000, 21_840))
    table = table_under(told, "Compared with published figures")
    assert column(table, "Area") == ["Kirklees", "England and Wales"], "the newest period of a series alone"
    assert column(table, "Rate (%)") == ["27.5", "27.3"]
    assert column(table, "This cohort differs by (percentage points)") == ["\N{MINUS SIGN}9.1", "\N{MINUS SIGN}8.9"]
    assert "counted by a definition of its own" in said(told)
    assert "18.4%" in said(told), "the cohort's bar stands in the figure"


def test_a_hidden_rate_is_in_no_comparison() -> None:
    told = among_published(published("Kirklees", 1000, 275), reoffenders=2)
    table = table_under(told, "Compared with published figures")
    assert column(table, "This cohort differs by (percentage points)") == ["n/a"]
    assert "4.8%" not in said(told)


def test_adults_and_juveniles_that_do_not_make_up_all_are_reported() -> None:
    """Edge case 32."""
    told = among_published(
        published("Kirklees", 100, 28), published("Kirklees", 80, 20, "Adult"), published("Kirklees", 21, 8, "Juvenile")
    )
    assert "adults and juveniles have 101 offenders together, but all have 100" in said(told)


def test_five_areas_make_a_funnel_around_the_country() -> None:
    areas = [published(f"Area {number}", 1000, 200 + 20 * number) for number in range(5)]
    assert "Which areas differ by more than chance" not in said(among_published(*areas[:4]))
    told = said(among_published(*areas, published("England and Wales", 80_000, 21_840)))
    assert "Which areas differ by more than chance" in told
    assert "England and Wales, 27.3%" in told


def test_first_time_entrants_are_counts_and_rates_and_a_period_with_very_few_is_hidden() -> None:
    rows = tuple(
        EntrantsRow(
            id=number, version=1, area=area, period=period, first_day=None, last_day=None, people="All",
            entrants=count, population=45_000, came_by_import=True,
        )
        for number, (area, period, count) in enumerate(
            [("Kirklees", "2023", 99), ("Kirklees", "2024", 60), ("Dewsbury", "2024", 2)]
        )
    )  # fmt: skip
    position = position_of([person()])
    table = table_under(entrants(replace(position, entrants=rows)), "First-time entrants")
    assert column(table, "First-time entrants") == ["99", SUPPRESSED, SUPPRESSED]
    assert column(table, "Rate for each 100,000") == ["220.0", SUPPRESSED, SUPPRESSED]
    full = replace(position_of([person()], public=False), entrants=rows)
    assert column(table_under(entrants(full), "First-time entrants"), "First-time entrants") == ["99", "2", "60"]
    assert entrants(position) == []


def reoffender(**changes: object) -> Followed:
    harm = (Harm(5_000, 5_000, 1, 1_000),) * len(SEVERITIES)
    return person(**{"time": (40, True), "reoffences": 1, "first_day": 40, "harm": harm, **changes})


def everything(people: Sequence[Followed], **changes: object) -> list[object]:
    position = position_of(people, **changes)  # type: ignore[arg-type]
    parts = (page_one, not_known, how_soon, adjusted, how_seriously, by_group, data_quality, how_counted)
    return [block for part in parts for block in part(position)]


def test_no_reoffenders_are_a_rate_of_nought_and_no_frequency() -> None:
    """Edge case 27."""
    told = table_under(page_one(position_of([person() for _ in range(40)])), "Headline figures")
    values = dict(zip(column(told, "Figure"), column(told, "Value"), strict=True))
    assert (values["Reoffending rate (%)"], values["Reoffences per reoffender"]) == ("0.0", "n/a")
    assert values["Reoffences per person in the cohort"] == "0.00"


def test_a_cohort_of_nobody_has_nothing_to_tell() -> None:
    """Edge case 28."""
    told = page_one(position_of([]))
    assert "so there is nothing to count" in said(told)
    assert set(column(table_under(told, "Headline figures"), "Value")) == {"0", "n/a"}


def test_the_public_is_not_told_how_many_of_very_few_reoffended() -> None:
    blocks = everything([*(person() for _ in range(40)), reoffender(), reoffender()])
    text = said(blocks)
    assert "How many people of Made up reoffended is not published" in text
    assert "The curve is not published" in text
    assert "4.8%" not in text
    table = table_under(blocks, "Headline figures")
    assert column(table, "Value")[:6] == ["42", *[SUPPRESSED] * 5]


def test_small_exclusions_are_hidden_from_the_public() -> None:
    counts = {OffenceStanding.RECALL: 2, OffenceStanding.BREACH: 7}
    people = [*(person() for _ in range(40)), *(reoffender() for _ in range(9))]
    assert column(tables(data_quality(position_of(people, not_counted=counts)))[0], "Number") == ["7", SUPPRESSED]
    told = data_quality(position_of(people, not_counted=counts, public=False))
    assert column(tables(told)[0], "Number") == ["7", "2"]


def test_lengths_of_sentence_are_protected_against_the_row_of_custody() -> None:
    """Whoever knows custody and all but one of its lengths knows that one: the rest of the cohort hides nothing."""
    custody = [
        *(person(disposal=Disposal.CUSTODY, sentence_months=6) for _ in range(20)),
        *(person(disposal=Disposal.CUSTODY, sentence_months=18) for _ in range(20)),
        *(reoffender(disposal=Disposal.CUSTODY, sentence_months=6) for _ in range(1)),
        *(reoffender(disposal=Disposal.CUSTODY, sentence_months=18) for _ in range(15)),
    ]
    others = [
        *(person(disposal=Disposal.FINE) for _ in range(60)),
        *(reoffender(disposal=Disposal.FINE) for _ in range(9)),
    ]
    table = sentence_table(position_of([*custody, *others]))
    assert table is not None
    assert column(table, "Reoffenders") == [SUPPRESSED, SUPPRESSED, "16"]
    few = [*(person(disposal=Disposal.CUSTODY, sentence_months=6) for _ in range(2)), *others]
    assert sentence_table(position_of(few)) is None


PEOPLE = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.sampled_from(["Dewsbury", "Batley", "Mirfield", ""]),
        st.sampled_from([Sex.MALE, Sex.FEMALE, None]),
        st.sampled_from([Disposal.CUSTODY, Disposal.FINE, Disposal.CAUTION, None]),
        st.sampled_from([3, 15, None]),
        st.sampled_from([OffenceGroup.THEFT, OffenceGroup.DRUG, OffenceGroup.ROBBERY]),
        st.sampled_from([0, 0, 0, 1]),
        st.sampled_from([True, True, True, True, False]),
        st.sampled_from([date(2024, 1, 1), date(2024, 5, 1), date(2024, 11, 30)]),
    ),
    max_size=40,
).map(lambda rows: [made(*row) for row in rows])


def made(
    reoffences: int,
    area: str,
    sex: Sex | None,
    disposal: Disposal | None,
    months: int | None,
    group: OffenceGroup,
    pending: int,
    measurable: bool,
    index: date,
) -> Followed:
    harm = (Harm(reoffences * 5_000, 5_000, reoffences, 1_000),) * len(SEVERITIES)
    return person(
        reoffences=reoffences,
        time=(40 * reoffences, True) if reoffences else (366, False),
        first_day=40 * reoffences or None,
        harm=harm,
        area=area,
        sex=sex,
        disposal=disposal,
        sentence_months=months if disposal is Disposal.CUSTODY else None,
        offence_group=group,
        pending=pending,
        is_measurable=measurable,
        index_date=index,
    )


def gives_away(table: Table, rows: Sequence[Row]) -> list[tuple[int, int]]:
    """Return the hidden cells that a reader of the printed table could work out, but where the total says it is 0."""
    counts = [(row.outcomes.reoffenders, row.outcomes.offenders - row.outcomes.reoffenders) for row in rows]
    mask = tuple(
        (reoffenders == SUPPRESSED, SUPPRESSED in {offenders, reoffenders}, offenders == SUPPRESSED)
        for offenders, reoffenders in zip(column(table, "Offenders"), column(table, "Reoffenders"), strict=True)
    )
    if mask[-1][2]:
        return []  # of a cohort that is itself small nothing at all is told
    found = recoverable(counts, mask, RULES)
    return [(i, j) for i, j in found if sum(row[j] for row in counts)]


@settings(max_examples=60)
@given(PEOPLE)
def test_nothing_hidden_can_be_worked_out_of_the_tables_of_a_public_report(people: list[Followed]) -> None:
    position = position_of(people, kind=CohortDefinition.PROVEN_3_MONTH)
    whole = None
    for by in (*Breakdown, None):
        rows = quarter_rows(position) if by is None else group_rows(position, by)
        if not rows or not position.whole.offenders or by is Breakdown.SENTENCE_LENGTH:
            continue
        table = groups_table(position, "Group", rows)
        assert gives_away(table, rows) == []
        totals = [cell_text(cell) for cell in table.rows[-1][:-1]]
        assert whole in {None, tuple(totals)}
        whole = tuple(totals)
        for row in table.rows:
            if row[2] == SUPPRESSED:
                assert set(row[2:8]) == {SUPPRESSED}
            assert not {row[1], row[2]} & {1, 2}


@settings(max_examples=60)
@given(PEOPLE)
def test_no_count_of_one_or_two_people_stands_anywhere_in_a_public_report(people: list[Followed]) -> None:
    counted = {
        "Offenders", "Reoffenders", "Reoffences", "People", "At risk", "Censored", "Reoffended", "Number",
        "Reoffences without a weight",
    }  # fmt: skip
    small = {"1", "2"}
    blocks = everything(people, not_counted={OffenceStanding.RECALL: 1, OffenceStanding.BREACH: 5})
    for table in tables(blocks):
        for heading in counted & {each.title for each in table.columns}:
            assert not small & set(column(table, heading)), (table.caption, heading)
    headline = table_under(blocks, "Headline figures")
    values = dict(zip(column(headline, "Figure"), column(headline, "Value"), strict=True))
    shown = ("Offenders", "Reoffenders", "Reoffences", "Not yet measurable")
    assert not small & {values[name] for name in shown}


@given(PEOPLE)
@settings(max_examples=20)
def test_the_full_report_hides_nothing(people: list[Followed]) -> None:
    position = position_of(people, public=False)
    blocks = everything(people, public=False)
    assert not any(cell == SUPPRESSED for table in tables(blocks) for row in table.rows for cell in row)
    groups = groups_of(people, Breakdown.AREA, 0.3)
    assert [row.outcomes for row in group_rows(position, Breakdown.AREA)] in ([group.outcomes for group in groups], [])

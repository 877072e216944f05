"""A person's record says of each offence what the cohort's figures made of it."""

from datetime import date

from csp_desktop.commands.cohorts import edit_cohort
from csp_desktop.queries.cohorts import find_cohort
from csp_desktop.queries.following import follow_cohort
from csp_desktop.queries.person_records import person_record
from csp_desktop.store import Store
from models.offending import CohortDefinition, OffenceStanding
from tests.csp_desktop.reoffending.sample_cohorts import sample_cohort

DATA_DATE = date(2026, 6, 30)


def test_records_and_figures_agree_person_by_person(bare: Store) -> None:
    cohort = sample_cohort(bare, 30, 1)
    for kind in (CohortDefinition.LOCAL, CohortDefinition.PROVEN_3_MONTH):
        edit_cohort(bare, cohort, find_cohort(bare, cohort).version, definition=kind, data_date=DATA_DATE)
        followed = {each.member_id: each for each in follow_cohort(bare, cohort, DATA_DATE).people}
        assert followed
        for person in {each.offender_id for each in followed.values()}:
            for each in person_record(bare, person, date(2000, 1, 1)).memberships:
                found = followed.get(each.member.id)
                assert (found is None) == (each.not_followed is not None)
                if found is not None:
                    standings = list(each.standings.values())
                    assert standings.count(OffenceStanding.COUNTS) == found.reoffences
                    assert standings.count(OffenceStanding.PENDING) == found.pending
                    assert each.is_measurable == found.is_measurable
        assert any(each.reoffences for each in followed.values())

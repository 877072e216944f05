"""Which offences are proven: as the store is asked for all people, and as the rule says it of one under two ids."""

from datetime import date, timedelta
from itertools import product

from csp_desktop.commands.lookups import add_code
from csp_desktop.commands.offenders import add_offender, merge_offenders
from csp_desktop.queries.histories import proven_days
from csp_desktop.reoffending.definition import PROOFS
from csp_desktop.store import Store
from models.offending import OffenceOutcome
from models.reoffending import Offence

DATA_DATE = date(2025, 1, 1)


def test_every_outcome_code_and_day_of_proof(bare: Store) -> None:
    person, alias = add_offender(bare, "A"), add_offender(bare, "B")
    codes = [
        None,
        *(add_code(bare, f"{number}", is_breach=breach) for number, breach in enumerate((None, True, False))),
    ]
    proofs = [None, DATA_DATE, DATA_DATE + timedelta(days=1)]
    cases = list(product(OffenceOutcome, range(len(codes)), proofs))
    expected = []
    with bare.write("Fill") as session:
        for number, (outcome, code, proof) in enumerate(cases):
            day = date(2023, 1, 1) + timedelta(days=number)
            session.add(
                Offence(
                    offender_id=person,
                    outcome=outcome,
                    offence_date=day,
                    proof_date=proof,
                    offence_code_id=codes[code],
                )
            )
            breach = {0: None, 1: None, 2: True, 3: False}[code]
            is_breach = outcome is OffenceOutcome.BREACH if breach is None else breach
            if proof == DATA_DATE and not is_breach and outcome in {*PROOFS, OffenceOutcome.BREACH}:
                expected.append(day)
        session.add(Offence(offender_id=person, outcome=OffenceOutcome.CONVICTION, proof_date=DATA_DATE))
    with bare.read() as connection:
        assert proven_days(connection, [person], DATA_DATE) == {person: expected}
        since = expected[3]
        assert proven_days(connection, [person], DATA_DATE, since=since) == {person: expected[3:]}
    merge_offenders(bare, person, alias)
    with bare.read() as connection:
        assert proven_days(connection, [person], DATA_DATE) == {person: expected}
        assert proven_days(connection, [person], DATA_DATE, since=since) == {person: expected[3:]}

"""The command line's part for cohorts: ``cohort outcomes``."""

import argparse

from csp_desktop.terminal import Arguments, Opened, day_named, out, print_json, today

BREAKDOWNS = (
    "age", "sex", "ethnicity", "disposal", "offence-group", "previous-offences", "sentence-length", "area",
    "iom-cohort",
)  # fmt: skip
"""The values of ``reoffending.bands.Breakdown``, which must not be imported before a command runs."""


def add_outcomes(cohort: argparse.ArgumentParser) -> None:
    """Say what ``cohort outcomes`` takes."""
    cohort.add_argument("what", choices=("outcomes",))
    cohort.add_argument("name", metavar="COHORT", help="the cohort by its name")
    cohort.add_argument("--by", choices=BREAKDOWNS, help="break the figures down by a field")
    cohort.add_argument("--data-date", type=day_named, metavar="DATE", help="the day up to which the data are known")
    cohort.add_argument("--public", action="store_true", help="hide what could tell of single people")
    cohort.add_argument("--json", action="store_true")


def run_cohort(arguments: Arguments) -> int:
    """Print a cohort's outcomes."""
    from csp_desktop.cohort_outcomes import OutcomesRequest, cohort_outcomes, outcomes_text
    from csp_desktop.reoffending.bands import Breakdown

    by = Breakdown(arguments.by) if arguments.by else None
    request = OutcomesRequest(arguments.name, today(), by, arguments.data_date, arguments.public)
    with Opened(arguments) as store:
        found = cohort_outcomes(store, request)
    if arguments.json:
        print_json(found)
    else:
        for line in outcomes_text(found, by):
            out(line)
    return 0

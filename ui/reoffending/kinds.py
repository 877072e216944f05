"""The screens of the Reoffending page."""

from enum import StrEnum


class Kind(StrEnum):
    """The screens of the page."""

    COHORTS = "cohorts"
    COHORT = "cohort"
    PEOPLE = "people"
    PERSON = "person"
    COMPARE = "compare"
    IOM = "iom"
    TABLES = "tables"

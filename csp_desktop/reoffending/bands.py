"""The fields that figures are broken down by, in the bands that the Ministry of Justice publishes."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from functools import cache

from csp_desktop.reoffending.following import Followed
from models.offending import DisposalBand, IomCohort, OffenceGroup, Sex

NOT_KNOWN = "not_known"
_AGES = ((10, 14), (15, 17), (18, 20), (21, 24), (25, 29), (30, 34), (35, 39), (40, 44), (45, 49))
_PREVIOUS = ((0, 0), (1, 2), (3, 6), (7, 10))
_ADULT = 18
_SENTENCES = ((12, "under 12 months"), (24, "12 months to under 2 years"), (48, "2 years to under 4 years"))
_LONGEST_BAND = 120
_FOUR_TO_TEN, _OVER_TEN = "4 years to 10 years", "over 10 years"


class Breakdown(StrEnum):
    """What a cohort's figures can be broken down by; the value is what the command line calls it."""

    AGE = "age"
    SEX = "sex"
    ETHNICITY = "ethnicity"
    DISPOSAL = "disposal"
    OFFENCE_GROUP = "offence-group"
    PREVIOUS_OFFENCES = "previous-offences"
    SENTENCE_LENGTH = "sentence-length"
    AREA = "area"
    IOM_COHORT = "iom-cohort"

    @property
    def label(self) -> str:
        """Return the field as people read it."""
        return _LABELS[self]


_LABELS = {
    Breakdown.AGE: "Age at index date",
    Breakdown.SEX: "Sex",
    Breakdown.ETHNICITY: "Ethnicity",
    Breakdown.DISPOSAL: "Index disposal",
    Breakdown.OFFENCE_GROUP: "Index offence group",
    Breakdown.PREVIOUS_OFFENCES: "Previous offences",
    Breakdown.SENTENCE_LENGTH: "Length of custodial sentence",
    Breakdown.AREA: "Area",
    Breakdown.IOM_COHORT: "Integrated Offender Management cohort",
}
_WORDS: dict[Breakdown, type[StrEnum]] = {
    Breakdown.SEX: Sex,
    Breakdown.DISPOSAL: DisposalBand,
    Breakdown.OFFENCE_GROUP: OffenceGroup,
    Breakdown.IOM_COHORT: IomCohort,
}


@cache
def age_band(age: int | None) -> str:
    """Return the band of an age in completed years at the index date."""
    if age is None:
        return NOT_KNOWN
    if age < _AGES[0][0]:
        return "under 10"
    return next((f"{first}-{last}" for first, last in _AGES if first <= age <= last), "50+")


@cache
def previous_band(offences: int | None) -> str:
    """Return the band of a number of previous offences."""
    if offences is None:
        return NOT_KNOWN
    found = next(((first, last) for first, last in _PREVIOUS if first <= offences <= last), None)
    if found is None:
        return "11+"
    return f"{found[0]}" if found[0] == found[1] else f"{found[0]}-{found[1]}"


@cache
def sentence_band(months: int | None) -> str:
    """Return the band of a custodial sentence's length in months; four to ten years takes in ten years itself."""
    if months is None:
        return NOT_KNOWN
    named = next((name for below, name in _SENTENCES if months < below), None)
    return named or (_FOUR_TO_TEN if months <= _LONGEST_BAND else _OVER_TEN)


def is_juvenile(age: int | None) -> bool | None:
    """Say whether someone was under 18 at the index date, None where the age is not known."""
    return None if age is None else age < _ADULT


_BAND_OF: dict[Breakdown, Callable[[Followed], str]] = {
    Breakdown.AGE: lambda each: age_band(each.age),
    Breakdown.SEX: lambda each: str(each.sex or NOT_KNOWN),
    Breakdown.ETHNICITY: lambda each: each.ethnicity or NOT_KNOWN,
    Breakdown.DISPOSAL: lambda each: str(each.disposal.band if each.disposal else NOT_KNOWN),
    Breakdown.OFFENCE_GROUP: lambda each: str(each.offence_group or NOT_KNOWN),
    Breakdown.PREVIOUS_OFFENCES: lambda each: previous_band(each.previous_offences),
    Breakdown.SENTENCE_LENGTH: lambda each: sentence_band(each.sentence_months),
    Breakdown.AREA: lambda each: each.area or NOT_KNOWN,
    Breakdown.IOM_COHORT: lambda each: str(each.iom_cohort or NOT_KNOWN),
}
"""Plain text for words, which are looked up far more slowly by the hundred thousand."""
_ORDERS: dict[Breakdown, Sequence[str]] = {
    Breakdown.AGE: ("under 10", *(f"{first}-{last}" for first, last in _AGES), "50+"),
    Breakdown.PREVIOUS_OFFENCES: ("0", "1-2", "3-6", "7-10", "11+"),
    Breakdown.SENTENCE_LENGTH: (*(name for _, name in _SENTENCES), _FOUR_TO_TEN, _OVER_TEN),
}


def band_of(by: Breakdown) -> Callable[[Followed], str]:
    """Return the function that gives a followed person's band; ``NOT_KNOWN`` where it is not known."""
    return _BAND_OF[by]


def band_label(by: Breakdown, band: str) -> str:
    """Return a band as people read it."""
    if band == NOT_KNOWN:
        return "Not known"
    words = _WORDS.get(by)
    return str(getattr(words(band), "label", band)) if words else band[:1].upper() + band[1:]


def in_order(by: Breakdown, bands: Sequence[str]) -> list[str]:
    """Return bands in the order people expect: as published, then by name, what is not known last."""
    words = _WORDS.get(by)
    order = list(_ORDERS.get(by, ())) or ([str(word) for word in words] if words else [])
    place = {band: at for at, band in enumerate(order)}
    return sorted(bands, key=lambda band: (band == NOT_KNOWN, place.get(band, len(place)), band.casefold()))

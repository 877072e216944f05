"""The words of registers' cells: what "SSO", "PND" or "NFA" is stored as, from ``resources/imports/registers``."""

import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from importlib.resources import files

from csp_desktop.imports.synonyms import normalise
from models.vocabulary import (
    Disposal,
    IomCohort,
    IomRag,
    OffenceGroup,
    OffenceOutcome,
    Pathway,
    SeverityClass,
    Sex,
    SpellKind,
    Word,
)

KINDS: Mapping[str, type[Word]] = {
    "disposal": Disposal,
    "outcome": OffenceOutcome,
    "offence_group": OffenceGroup,
    "severity_class": SeverityClass,
    "sex": Sex,
    "iom_cohort": IomCohort,
    "rag": IomRag,
    "spell_kind": SpellKind,
    "pathway": Pathway,
}
_NEAR = 0.6
_LONGEST = 80  # a longer text is no word, and finding near ones is slow on it
_CLASS_GROUPS = {
    SeverityClass.HOMICIDE: OffenceGroup.VIOLENCE_AGAINST_THE_PERSON,
    SeverityClass.ATTEMPTED_MURDER: OffenceGroup.VIOLENCE_AGAINST_THE_PERSON,
    SeverityClass.RAPE: OffenceGroup.SEXUAL,
    SeverityClass.OTHER_SEXUAL: OffenceGroup.SEXUAL,
    SeverityClass.VIOLENCE_WITH_INJURY: OffenceGroup.VIOLENCE_AGAINST_THE_PERSON,
    SeverityClass.STALKING_AND_HARASSMENT: OffenceGroup.VIOLENCE_AGAINST_THE_PERSON,
    SeverityClass.DEATH_OR_INJURY_BY_DRIVING: OffenceGroup.VIOLENCE_AGAINST_THE_PERSON,
    SeverityClass.ROBBERY: OffenceGroup.ROBBERY,
    SeverityClass.RESIDENTIAL_BURGLARY: OffenceGroup.THEFT,
    SeverityClass.NON_RESIDENTIAL_BURGLARY: OffenceGroup.THEFT,
    SeverityClass.THEFT_FROM_VEHICLE: OffenceGroup.THEFT,
    SeverityClass.THEFT_FROM_THE_PERSON: OffenceGroup.THEFT,
    SeverityClass.BICYCLE_THEFT: OffenceGroup.THEFT,
    SeverityClass.SHOPLIFTING: OffenceGroup.THEFT,
    SeverityClass.OTHER_THEFT: OffenceGroup.THEFT,
    SeverityClass.ARSON: OffenceGroup.CRIMINAL_DAMAGE_AND_ARSON,
    SeverityClass.CRIMINAL_DAMAGE: OffenceGroup.CRIMINAL_DAMAGE_AND_ARSON,
    SeverityClass.DRUG_TRAFFICKING: OffenceGroup.DRUG,
    SeverityClass.DRUG_POSSESSION: OffenceGroup.DRUG,
    SeverityClass.CANNABIS_POSSESSION: OffenceGroup.DRUG,
    SeverityClass.WEAPONS: OffenceGroup.POSSESSION_OF_WEAPONS,
    SeverityClass.PUBLIC_ORDER: OffenceGroup.PUBLIC_ORDER,
}
"""The group a kind of offence belongs to. Absent: those whose group depends on the charge, summary or not."""


def word_for(section: str, text: str) -> str | None:
    """Return what is stored for a cell's words, None where they are not known."""
    return known_words(section).get(normalise(text))


def nearest(section: str, text: str) -> str:
    """Return the known words nearest to a cell's, as people read them; "" where none is near."""
    if len(text) > _LONGEST:
        return ""
    known = known_words(section)
    near = get_close_matches(normalise(text), list(known), n=1, cutoff=_NEAR)
    return labels(section)[known[near[0]]] if near else ""


def labels(section: str) -> Mapping[str, str]:
    """Return each stored word of a section with the label that people read."""
    kind = KINDS.get(section)
    return {"yes": "Yes", "no": "No"} if kind is None else {word.value: word.label for word in kind}


def group_of_class(severity_class: str) -> str | None:
    """Return the offence group that a kind of offence belongs to, None where that depends on the charge."""
    group = _CLASS_GROUPS.get(SeverityClass(severity_class))
    return group.value if group else None


@cache
def known_words(section: str) -> Mapping[str, str]:
    """Return every known wording of a section, normalised, with what is stored for it."""
    source = files("resources").joinpath("imports/registers/words.toml").read_text(encoding="utf-8")
    known = {normalise(text): value for value, texts in tomllib.loads(source)[section].items() for text in texts}
    if section in KINDS:
        for word in KINDS[section]:
            known.setdefault(normalise(word.value), word.value)
            known.setdefault(normalise(word.label), word.value)
    return known

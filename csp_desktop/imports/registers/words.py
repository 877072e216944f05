"""The words of registers' cells: what "SSO", "PND" or "NFA" is stored as, from ``resources/imports/registers``."""

import re
import tomllib
from collections.abc import Mapping
from difflib import SequenceMatcher
from functools import cache
from importlib.resources import files

from csp_desktop.imports.synonyms import normalise
from models import terms
from models.offending import (
    Disposal,
    IomCohort,
    IomRag,
    OffenceGroup,
    OffenceOutcome,
    Pathway,
    SeverityClass,
    Sex,
    SpellKind,
)
from models.vocabulary import GroupKind, LifecycleStatus, OrganisationKind, Word

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
    "status": LifecycleStatus,
    "group_kind": GroupKind,
    "organisation_kind": OrganisationKind,
    "operation_status": terms.OperationStatus,
    "feedback_source": terms.FeedbackSource,
    "meeting_status": terms.MeetingStatus,
    "agenda_kind": terms.AgendaKind,
    "attendance_kind": terms.AttendanceKind,
    "log_status": terms.LogStatus,
    "assessment_kind": terms.AssessmentKind,
    "topic": terms.Topic,
    "evidence_quality": terms.EvidenceQuality,
    "sensitivity": terms.Sensitivity,
    "priority_rag": terms.PriorityRag,
    "movement": terms.Movement,
    "area_kind": terms.AreaKind,
    "polarity": terms.Polarity,
    "frequency": terms.Frequency,
    "measure_unit": terms.MeasureUnit,
    "cohort_figure": terms.CohortFigure,
    "risk_status": terms.RiskStatus,
    "key_date_kind": terms.KeyDateKind,
}
_ARROWS = str.maketrans(
    dict.fromkeys("↑▲⬆⇧↗", "<up>")
    | dict.fromkeys("↓▼⬇⇩↘", "<down>")
    | dict.fromkeys("→↔▶➡⬌►", "<level>")
    | {"\u00a3": "pounds"}
)
_SLIP = 0.8  # a letter wrong, missing or too many
_CHANGED_ABOUT = 0.9
_SHORTEST_MISSPELT = 4
_LONGEST = 80  # a longer text is no word, and finding near ones is slow on it
_DENIES = re.compile(
    r"(?:no|not|non|nor|never|without)$|refus|withdr|declin|reject|overturn|cancel|un|den[iy]|dis(?!charg|posal|qual)"
)
_BRACKETED = re.compile(r"\(([^()]*)\)")
_NUMBERED = re.compile(r"^\d{1,2}[a-c]? ")
_OUTCOME = re.compile(r"(?:outcome|oc|o) ?0?(\d{1,2}[a-c]?)(?: |$)")
_BREACH = re.compile(r"breach(?:ed)?(?: of)?(?: an?| the)? (.+)")
_BREACHED = frozenset({Disposal.COMMUNITY_ORDER, Disposal.SUSPENDED_SENTENCE, Disposal.CUSTODY, Disposal.DISCHARGE})
_OWN_OFFENCE = re.compile(
    r"restraining|criminal behaviour|sexual (?:harm|risk|offences prevention)|domestic (?:violence|abuse) protection"
    r"|non molestation|anti ?social behaviour|stalking protection|serious crime prevention|football banning"
    r"|harassment|knife crime prevention|dispersal|notification|occupation order"
    r"|\b(?:cbo|shpo|sopo|sro|dvpo|dvpn|dapo|asbo|spo|scpo|nmo|fbo|kcpo)s?\b"
)
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
    known = known_words(section)
    whole = _plain(text)
    if whole in known:
        return known[whole]
    if section == "outcome" and is_offence_of_its_own(text):
        return None
    bare = normalise(_without_abbreviation(text.replace("&", " and "), known))
    found = known.get(bare) or known.get(_NUMBERED.sub("", bare))
    if found is None and section == "outcome":
        number = _OUTCOME.match(bare)
        found = known.get(f"outcome {number[1]}") if number else _breach(bare)
    return found


def _plain(text: str) -> str:
    """Return words for comparison, arrows as the words for them: a cell of "▲" alone says something too."""
    return normalise(text.translate(_ARROWS))


def is_offence_of_its_own(text: str) -> bool:
    """Say whether words name the breach of a restraining order or the like: an offence, and no outcome of one.

    Source: proven reoffending statistics, where the breach of an order or licence does not count and this does.
    """
    plain = normalise(text)
    return "breach" in plain and _OWN_OFFENCE.search(plain) is not None


def nearest(section: str, text: str) -> str:
    """Return the known words that a cell's are but for a slip of the pen, as people read them; "" for none.

    Each word must be spelt nearly so, as words that share one may say the opposite; what denies is near nothing.
    """
    words = normalise(text).split()
    if len(text) > _LONGEST or any(_DENIES.match(word) for word in words):
        return ""
    known = known_words(section)
    near = {
        known[each]: sum(_likeness(*pair) for pair in zip(each.split(), words, strict=True))
        for each in known
        if each.count(" ") + 1 == len(words)
        and all(_likeness(*pair) >= _SLIP for pair in zip(each.split(), words, strict=True))
    }
    return labels(section)[max(near, key=lambda value: near[value])] if near else ""


def _likeness(one: str, other: str) -> float:
    """Return how alike two words are spelt, 1 for equal ones; short words differ by a letter too easily."""
    if one == other:
        return 1
    if min(len(one), len(other)) < _SHORTEST_MISSPELT:
        return 0
    if sorted(one) == sorted(other):
        return _CHANGED_ABOUT
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _without_abbreviation(text: str, known: Mapping[str, str]) -> str:
    """Return a text without what its brackets merely shorten or repeat; "(quashed)" says something of its own."""
    found = _BRACKETED.search(text)
    if found is None:
        return text
    before, inside = text[: found.start()], found[1]
    rest = f"{before} {text[found.end() :]}"
    initials = iter(word[0] for word in normalise(before).split())
    is_short = " " not in inside.strip() and all(letter in initials for letter in normalise(inside))
    meaning = known.get(normalise(rest))
    return rest if is_short or (meaning and meaning == known.get(normalise(inside))) else text


def _breach(bare: str) -> str | None:
    """Return what "breach of" a sentence is stored as, None where it is of no sentence."""
    found = _BREACH.match(bare)
    of = known_words("disposal").get(found[1]) if found else None
    return OffenceOutcome.BREACH.value if of in _BREACHED else None


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
    known = {_plain(text): value for value, texts in tomllib.loads(source)[section].items() for text in texts}
    if section in KINDS:
        for word in KINDS[section]:
            known.setdefault(normalise(word.value), word.value)
            known.setdefault(_plain(word.label), word.value)
    if section == "offence_group":
        for text, kind in known_words("severity_class").items():
            if group := group_of_class(kind):
                known.setdefault(text, group)
    return known

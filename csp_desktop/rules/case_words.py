"""Whether a text that should speak of any case speaks of one person's: a warning to look again, never a refusal.

A directory of referral pathways holds no case data (UK GDPR, article 5(1)(c): no more than the purpose needs). What a
warning says quotes nothing, so that it can be kept and shown where the text itself may not be.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from csp_desktop.rules.bodies import looks_like_organisation

BORN = "This seems to hold somebody's date of birth. The directory is for any case, never for one: take it out."
NUMBER = (
    "This seems to hold the number of a person or a case. The directory is for any case, never for one: take it out."
)
LIVES = "This seems to hold somebody's address. If it is not an office's, take it out: no case belongs here."
NAMED = "This seems to name the person of a case. The directory is for any case, never for one: take the name out."

_BORN = re.compile(
    r"\b(?:d\.?o\.?b\.?|date of birth|birth ?date)\b\W{0,4}\d|\bborn\b[^.;\n]{0,20}\b(?:19|20)\d\d\b", re.IGNORECASE
)
_NUMBERS = (
    re.compile(
        r"\b(?:urn|upn|pnc(?: ?id)?|nhs|niche|custody|occurrence|crime|incident|log|case|client|record|ref(?:erence)?)"
        r"(?:[ .]*(?:no|number|num|ref|reference|id))?[ .:#]*[a-z]{0,4}[ /-]?\d(?:[a-z]?[ /-]?\d){4,}",
        re.IGNORECASE,
    ),
    re.compile(r"\b(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b"),
)
"""A number behind its name, and a National Insurance number (HMRC manual NIM39110)."""
_NHS = re.compile(r"(?<![\d+])[1-9]\d{2}([ -]?)\d{3}\1\d{4}(?!\d)")
_NHS_MODULUS = 11
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2}\b")
_STREET = re.compile(
    r"\b\d{1,4}[a-z]?,? (?:[A-Z][\w'\u2019]+ ){1,3}(?:Road|Rd|Street|St|Lane|Ln|Avenue|Ave|Close|Drive|Court|Place|Way|"
    r"Terrace|Crescent|Grove|Gardens|Square|View|Hill|Fold|Mount)\b"
)
_LIVES = re.compile(r"\b(?:lives|living|resides|residing) at (?:\d|[A-Z])")
_TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx|Master)\.? (?:[A-Z]\.? ?)?[A-Z][\w'\u2019-]+")
_NAME = r"([A-Z][a-z'\u2019-]+(?: [A-Z]\.?)? [A-Z][\w'\u2019-]+)"
_BESIDE = re.compile(
    r"\b(?i:cases? of|cases?:|concerns? (?:about|for|over)|allegations? (?:by|against|from)|disclosures? (?:by|from)|"
    r"(?:mother|father|son|daughter|child|brother|sister|partner|victim|suspect|offender|perpetrator|client|patient)s?"
    r"(?: of|,| is|:| named| called)?|named|called)[ ,]+" + _NAME
)
_SOMEBODY = re.compile(r"\b(?:he|she|his|her|him|hers)\b", re.IGNORECASE)
_ANYBODY = re.compile(
    r"\b(?:his ?/ ?her|her ?/ ?his|his or her|he ?/ ?she|she ?/ ?he|he or she|him or her|s/he)s?\b", re.IGNORECASE
)
_PAIR = re.compile(_NAME)
_SENTENCE = re.compile(r"[.!?;\n]+\s*")
_SUBJECTS = frozenset(
    {
        "abuse", "act", "adult", "adults", "alcohol", "anti", "area", "assault", "assessment", "behaviour", "care",
        "case", "child", "children", "community", "concern", "conference", "contact", "county", "crime", "criminal",
        "cuckooing", "dangerous", "debt", "dewsbury", "domestic", "door", "drug", "drugs", "duty", "early", "emergency",
        "england", "exploitation", "extremism", "family", "female", "financial", "first", "forced", "form", "friday",
        "front", "gang", "genital", "harassment", "harm", "hate", "help", "hoarding", "home", "homelessness", "honour",
        "huddersfield", "intimidation", "kirklees", "knife", "lines", "local", "mappa", "marac", "marriage", "mental",
        "misuse", "modern", "monday", "mutilation", "national", "neglect", "officer", "online", "out", "people",
        "person", "persons", "physical", "prevent", "protection", "public", "radicalisation", "rape", "referral",
        "risk", "rough", "self", "serious", "sexual", "sexually", "slavery", "sleeping", "social", "stalking",
        "substance", "suicide", "trafficking", "victim", "victims", "violence", "wales", "west", "yorkshire", "young",
        "youth",
    }
)  # fmt: skip
"""Words that open a heading or a body's name, and nobody's own name."""


def case_warnings(text: str, *, is_contact: bool = False) -> list[str]:
    """Return what makes a text look like one person's case, a sentence each; none for a text of any case.

    ``is_contact`` is for a field that says whom to ask and where: an office's address and somebody's name with a title
    belong there, dates of birth and numbers of cases do not.
    """
    found = [BORN] if _BORN.search(text) else []
    if any(pattern.search(text) for pattern in _NUMBERS) or any(_is_nhs(each[0]) for each in _NHS.finditer(text)):
        found.append(NUMBER)
    if is_contact:
        return found
    if any(pattern.search(text) for pattern in (_POSTCODE, _STREET, _LIVES)):
        found.append(LIVES)
    if _TITLED.search(text) or _names_somebody(text):
        found.append(NAMED)
    return found


def pathway_warnings(values: Mapping[str, Any]) -> dict[str, str]:
    """Return by field of a referral pathway the warnings on its text; fields without one are left out."""
    return {
        name: " ".join(said)
        for name, text in values.items()
        if name in _PATHWAY and isinstance(text, str)
        if (said := case_warnings(text, is_contact=_PATHWAY[name]))
    }


_PATHWAY = {
    "concern": False,
    "threshold": False,
    "legal_basis": False,
    "response_time": False,
    "first_contact": True,
    "out_of_hours": True,
    "form": True,
}
"""The texts of a pathway, and which of them say whom to ask."""
WARNINGS: Mapping[str, Callable[[Mapping[str, Any]], dict[str, str]]] = {"pathways": pathway_warnings}
"""By register: what its rows are warned of, for a form and for an import alike."""


def _names_somebody(text: str) -> bool:
    """Say whether two capitalised words stand where a person of a case would be named."""
    if any(_may_be_a_name(found[1]) for found in _BESIDE.finditer(text)):
        return True
    return any(
        _may_be_a_name(pair)
        for sentence in _SENTENCE.split(text)
        if _SOMEBODY.search(_ANYBODY.sub("", sentence))
        for pair in _pairs(sentence)
    )


def _pairs(sentence: str) -> Iterator[str]:
    return (found[1] for found in _PAIR.finditer(sentence))


def _may_be_a_name(pair: str) -> bool:
    words = [word.strip("'\u2019-").lower() for word in pair.split()]
    return not _SUBJECTS.intersection(words) and not looks_like_organisation(pair)


def _is_nhs(text: str) -> bool:
    """Say whether ten digits carry the check digit of an NHS number (NHS Data Dictionary: modulus 11)."""
    digits = [int(each) for each in text if each.isdigit()]
    weighed = sum(digit * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False))
    return (_NHS_MODULUS - weighed % _NHS_MODULUS) % _NHS_MODULUS == digits[-1]

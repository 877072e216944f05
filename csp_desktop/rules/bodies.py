"""Whether an unknown name in an owner's cell is a body's or a person's: by the words that bodies are called by."""

import re

from csp_desktop.rules.folding import fold

_BODIES = frozenset(
    {
        "academy", "agency", "association", "associations", "authority", "board", "centre", "charity", "club",
        "commission", "committee", "communities", "company", "council", "councils", "department", "directorate",
        "federation", "forum", "foundation", "group", "groups", "hospital", "housing", "landlords", "libraries",
        "library", "mosque", "mosques", "network", "nhs", "office", "organisations", "panel", "partners",
        "partnership", "pastors", "police", "probation", "project", "providers", "pubwatch", "residents", "retailers",
        "school", "schools", "sector", "service", "services", "society", "team", "teams", "trust", "trusts", "unit",
        "university", "volunteers", "ymca", "college", "colleges", "churches", "courts", "magistrates", "prison", "hmp",
        "cps", "constabulary", "ambulance", "cic", "ltd", "plc", "businesses", "traders", "shopwatch", "vru", "yot",
        "icb", "opcc", "dwp", "cab", "health", "safety", "licensing", "enforcement", "highways", "fire", "rescue",
        "alliance", "consortium", "court", "hub", "ministry", "neighbourhoods", "safeguarding",
    }
)  # fmt: skip
_ROLES = frozenset(
    {
        "adviser", "analyst", "chair", "chief", "commander", "coordinator", "director", "head", "inspector", "lead",
        "leader", "manager", "member", "officer", "representative", "secretary", "sergeant", "superintendent",
        "warden", "worker",
    }
)  # fmt: skip
_INITIALS = re.compile(r"[B-DF-HJ-NP-TV-Z]{3,6}")  # without a vowel nobody is called so: "WYP", "KNH"
_WORD = re.compile(r"[a-z0-9]+")


def looks_like_organisation(name: str) -> bool:
    """Say whether an unknown name is a body's: "Street pastors"; a post ("Housing manager") is held by a person."""
    words = set(_WORD.findall(fold(name)))
    return (bool(words & _BODIES) and not words & _ROLES) or bool(_INITIALS.fullmatch(name.strip()))

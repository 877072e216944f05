"""The words of registers' cells: official ones are known, and a hint is given for a slip of the pen alone."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csp_desktop.imports.registers.words import known_words, nearest, word_for
from csp_desktop.registers.forms import Register
from tests.csp_desktop.imports.registers.conftest import Desk

DISPOSALS = {
    "custody": (
        "Detention & Training Order (DTO)", "Detention in YOI", "Release from prison", "Prison release",
        "Life sentence",
        "Release on licence", "Immediate imprisonment", "Extended sentence", "SDS", "PSS", "Custody under 12 months",
        "Home Detention Curfew release", "Home Detention Curfew (HDC) release",
    ),
    "community_order": ("Community Order (CO)", "Youth Rehabilitation Order (YRO)", "Referral order"),
    "suspended_sentence": ("Suspended Sentence Order (SSO)", "Susp. sentence"),
    "fine": ("Court fine",),
    "discharge": ("Absolute/Conditional discharge",),
    "release_from_recall": ("Recall", "Licence recall"),
    "remand": ("Release from remand",),
    None: ("Community Resolution", "No further action", "Not custody"),
}  # fmt: skip
OUTCOMES = {
    "conviction": (
        "Convicted - Guilty plea", "Convicted at Crown Court", "Conviction - court", "Proved", "Guilty", "Found guilty",
        "Convicted (guilty plea)",
    ),
    "pending": (
        "Charged/Summonsed", "Charged", "Summonsed", "Postal requisition (pending)", "Outcome 1", "Outcome 1A",
        "Outcome 1 - Charged/Summonsed", "Remanded in custody", "Awaiting sentence",
    ),
    "youth_caution": ("Outcome 2", "2 - Youth caution"),
    "caution": ("OC3", "Outcome 3"),
    "conditional_caution": ("Outcome 2A", "OC 3A"),
    "no_further_action": (
        "Taken into consideration", "TIC", "Outcome 4", "NFA'd", "NFA\u2019d", "No suspect identified", "OC18",
        "Evidential difficulties - victim does not support", "Outcome 16: Evidential difficulties victim based",
        "Outcome 05",
    ),
    "penalty_notice": ("Outcome 6", "Penalty Notice for Disorder (PND)"),
    "community_resolution": ("Comm Res", "RJ", "OC8", "Outcome 7", "8 - Community Resolution"),
    "outcome_22": ("Outcome 22", "OC22"),
    "acquitted": ("Case withdrawn", "Not proved", "Not guilty by reason of insanity", "Not guilty (NG)"),
    "breach": ("Breach of YRO", "Breach of CO", "Breach of licence", "Breach of a Suspended Sentence Order (SSO)"),
    "recall": ("Recall to custody",),
    None: (
        "Convicted (quashed)", "Not convicted", "Breach of restraining order", "Breach of CBO", "Breach of SHPO",
        "Breach (restraining order)", "Breach of sexual harm prevention order", "Breach of DVPO", "Outcome 23",
        "Breach of criminal behaviour order",
    ),
}  # fmt: skip
GROUPS = {
    "theft": ("Burglary", "Shoplifting", "Vehicle crime", "Burglary - dwelling"),
    "criminal_damage_and_arson": ("Criminal damage", "Criminal damage & arson"),
    "violence_against_the_person": ("Violence with injury", "Violence against the person (VAP)"),
    "drug": ("Possession of drugs",),
}
SEXES = {"female": ("Females",), "male": ("Males",), "other": ("N", "Transgender")}


@pytest.mark.parametrize(
    ("section", "words"),
    [("disposal", DISPOSALS), ("outcome", OUTCOMES), ("offence_group", GROUPS), ("sex", SEXES)],
)
def test_official_words_are_known(section: str, words: dict[str | None, tuple[str, ...]]) -> None:
    found = {text: word_for(section, text) for texts in words.values() for text in texts}
    assert found == {text: meant for meant, texts in words.items() for text in texts}


@pytest.mark.parametrize(
    ("section", "text"),
    [
        ("outcome", "Not convicted"), ("outcome", "Caution refused"), ("outcome", "Unconvicted"),
        ("outcome", "Breach of restraining order"), ("disposal", "Release from Leeds"),
        ("disposal", "No further action"),
        ("disposal", "Community Resolution"), ("outcome", "Conviction withdrawn"),
        ("severity_class", "Theft to vehicle"),
    ],
)  # fmt: skip
def test_no_hint_is_given_by_a_shared_word(section: str, text: str) -> None:
    assert nearest(section, text) == ""


@pytest.mark.parametrize(
    ("section", "text", "label"),
    [
        ("outcome", "Convcted", "Conviction"), ("outcome", "Cautoin", "Caution"),
        ("outcome", "Penalty notise", "Penalty notice"),
        ("disposal", "Suspnded sentence order", "Suspended sentence"), ("sex", "Femal", "Female"),
        ("disposal", "Fien", "Fine"),
    ],
)  # fmt: skip
def test_a_slip_of_the_pen_gets_its_hint(section: str, text: str, label: str) -> None:
    assert nearest(section, text) == label


@given(text=st.sampled_from(sorted(known_words("outcome"))), denial=st.sampled_from(["Not ", "no ", "un", "Refused "]))
def test_what_denies_a_word_is_never_near_one(text: str, denial: str) -> None:
    assert nearest("outcome", denial + text) == ""


def test_an_unreadable_outcome_gets_one_sentence_and_a_true_one(
    desk: Desk, said: Callable[..., list[tuple[str, str, str]]]
) -> None:
    head = ["Nominal ID", "Offence date", "Outcome", "Conviction date"]
    words = ["Not convicted", "Breach of restraining order"]
    problems = said(
        Register.OFFENCES, [head, *([f"A{at}", "12/03/2024", word, "12/04/2024"] for at, word in enumerate(words))]
    )
    assert [(cell, level) for cell, level, _ in problems] == [("C2", "error"), ("C3", "error")]
    assert "Write one of “Conviction”" in problems[0][2]
    assert "Write the outcome of that offence" in problems[1][2]
    assert desk.number("offence") == 0

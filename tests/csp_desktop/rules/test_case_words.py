"""A text of one person's case is warned of; a text of any case is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csp_desktop.rules.case_words import BORN, LIVES, NAMED, NUMBER, case_warnings, pathway_warnings

OF_ONE = {
    "Case of Daniel Hartley, seen twice": [NAMED],
    "Concerns about Rosa Field and the house": [NAMED],
    "Speak to Mrs Hartley's neighbour": [NAMED],
    "Leanne Booth has told the school that her stepfather hits her": [NAMED],
    "Young person, DOB 12/03/2009": [BORN],
    "Born on 4 May 2011": [BORN],
    "See NHS number 943 476 5919": [NUMBER],
    "Already known: 943 476 5919": [NUMBER],
    "URN 13240198765 applies": [NUMBER],
    "Case ref CS/2024-00417": [NUMBER],
    "NI number QQ 12 34 56 C is not one, AB 12 34 56 C is": [NUMBER],
    "Lives at 14 Slaithwaite Road, Dewsbury": [LIVES],
    "Bedsit in WF13 1AB": [LIVES],
}
OF_ANY = (
    "",
    "Any child who may be at risk of Child Sexual Exploitation or Modern Slavery",
    "An adult with care and support needs who cannot protect himself or herself",
    "The person gives his or her consent; if not, speak to the Duty Officer first",
    "A case of Forced Marriage, Female Genital Mutilation or Honour Based Abuse",
    "Care Act 2014, section 42; Children Act 1989, section 47",
    "Within 2 hours if there is danger to life, else by 5pm on the next working day",
    "Concerns about West Yorkshire Police or Kirklees Council staff",
    "Where she is pregnant, refer to Social Care the same day",
    "Call 01924 326097, or 999 in an emergency",
    "More than 3 incidents in 12 months, a risk score of 14 or above",
)


@pytest.mark.parametrize("text", OF_ONE)
def test_a_text_of_one_persons_case_is_warned_of(text: str) -> None:
    assert case_warnings(text) == OF_ONE[text]


@pytest.mark.parametrize("text", OF_ANY)
def test_a_text_of_any_case_is_not(text: str) -> None:
    assert case_warnings(text) == []


def test_a_contact_has_a_name_a_number_and_an_address_but_no_case() -> None:
    contact = "Mrs Shah, Gateway to Care, 2 Market Street, Huddersfield HD1 2EW, 01484 414933"
    assert case_warnings(contact, is_contact=True) == []
    assert case_warnings(f"{contact}. DOB 1/2/2003", is_contact=True) == [BORN]


def test_each_text_of_a_pathway_is_read_as_what_it_is() -> None:
    values = {
        "concern": "Case of Daniel Hartley",
        "threshold": "Any adult",
        "first_contact": "Mrs Shah, HD1 2EW",
        "form": "URN 13240198765",
        "owner": "Mrs Shah",
        "review_date": None,
    }
    assert pathway_warnings(values) == {"concern": NAMED, "form": NUMBER}


@given(st.text(max_size=200))
def test_no_text_is_too_odd_to_be_read_and_no_warning_quotes_it(text: str) -> None:
    assert set(case_warnings(text)) <= {BORN, NUMBER, LIVES, NAMED}

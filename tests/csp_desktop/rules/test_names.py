import pytest
from hypothesis import given
from hypothesis import strategies as st

from csp_desktop.rules.names import Organisations, PartyKind, People, match_person, name_words, split_names

KNOWN = Organisations.of(
    [
        ("Kirklees Council", ["KMC"]),
        ("West Yorkshire Police", ["WYP", "Police"]),
        ("West Yorkshire Fire and Rescue Service", ["Fire and Rescue", "WYFRS"]),
        ("Barnardo's", []),
        ("Women & Girls Network", []),
        ("Health, Care and Wellbeing Trust", []),
    ]
)


def names(text: str) -> list[str]:
    return [party.name for party in split_names(text, KNOWN).names]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Amina Shah", ["Amina Shah"]),
        ("British Transport Police", ["British Transport Police"]),
        ("Humberside Police; WYP", ["Humberside Police", "West Yorkshire Police"]),
        ("the Police and Tom Briggs", ["West Yorkshire Police", "Tom Briggs"]),
        ("Fire & Rescue", ["West Yorkshire Fire and Rescue Service"]),
        ("amina.shah@example.gov.uk", ["Amina Shah"]),
        ("Amina Shah <amina.shah@example.gov.uk>", ["Amina Shah"]),
        ("All", []),
        ("Shah, Amina", ["Shah, Amina"]),
        ("Shah, A J", ["Shah, A J"]),
        ("van der Berg, Anna", ["van der Berg, Anna"]),
        ("Amina Shah, Tom Briggs", ["Amina Shah", "Tom Briggs"]),
        ("Amina Shah; Tom Briggs", ["Amina Shah", "Tom Briggs"]),
        ("Shah, Amina; Briggs, Tom", ["Shah, Amina", "Briggs, Tom"]),
        ("Amina Shah / Tom Briggs", ["Amina Shah", "Tom Briggs"]),
        ("Amina Shah\nTom Briggs", ["Amina Shah", "Tom Briggs"]),
        ("Amina Shah and Tom Briggs & Jo Lee", ["Amina Shah", "Tom Briggs", "Jo Lee"]),
        ("Amina, Tom, Jo", ["Amina", "Tom", "Jo"]),
        ("Sandy Anderson", ["Sandy Anderson"]),
        ("Insp. T Briggs (WYP)", ["Insp. T Briggs"]),
        ("Lead: Amina Shah", ["Amina Shah"]),
        ("Amina Shah (Housing, Homes and Places)", ["Amina Shah"]),
        ("Amina Shah; ; ", ["Amina Shah"]),
        ("Amina Shah; Amina Shah", ["Amina Shah"]),
    ],
)
def test_the_names_of_a_cell(text: str, found: list[str]) -> None:
    assert names(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Fire and Rescue", ["West Yorkshire Fire and Rescue Service"]),
        ("WYP / KMC", ["West Yorkshire Police", "Kirklees Council"]),
        ("Police and Fire and Rescue", ["West Yorkshire Police", "West Yorkshire Fire and Rescue Service"]),
        ("Women & Girls Network", ["Women & Girls Network"]),
        ("Health, Care and Wellbeing Trust; WYP", ["Health, Care and Wellbeing Trust", "West Yorkshire Police"]),
        ("west yorkshire  police", ["West Yorkshire Police"]),
        ("Police, Kirklees Council", ["West Yorkshire Police", "Kirklees Council"]),
    ],
)
def test_known_organisations_are_recognised_first(text: str, found: list[str]) -> None:
    parties = split_names(text, KNOWN).names
    assert [party.name for party in parties] == found
    assert {party.kind for party in parties} == {PartyKind.ORGANISATION}


def test_a_bracket_names_the_organisation_of_a_person() -> None:
    party = split_names("Insp. T Briggs (WYP)", KNOWN).names[0]
    assert (party.kind, party.organisation, party.note) == (
        PartyKind.PERSON,
        "West Yorkshire Police",
        "West Yorkshire Police",
    )


def test_a_person_beside_their_organisation_is_one_party() -> None:
    party = split_names("Tom Briggs - WYP", KNOWN).names
    assert [(each.name, each.organisation) for each in party] == [("Tom Briggs", "West Yorkshire Police")]


@pytest.mark.parametrize("text", ["Vacant", "To be recruited", "N/A", "n/a", "TBC", "-", "None", "Unassigned"])
def test_no_one_is_typed(text: str) -> None:
    parties = split_names(text, KNOWN)
    assert parties.nobody
    assert parties.names == ()


def test_a_vacancy_beside_a_name_does_not_hide_the_name() -> None:
    assert names("Amina Shah; vacant") == ["Amina Shah"]


PEOPLE = People.of(
    [(1, "Amina Shah"), (2, "Tom Briggs"), (3, "Zoë Müller"), (4, "James Thomas"), (5, "Thomas James"), (2, "T B")]
)


@pytest.mark.parametrize(
    ("name", "person"),
    [
        ("Amina Shah", 1),
        ("Shah, Amina", 1),
        ("SHAH Amina", 1),
        ("Cllr Amina Shah", 1),
        ("Insp. Tom Briggs (WYP)", 2),
        ("Zoe Muller", 3),
        ("Thomas James", 5),
        ("James Thomas", 4),
    ],
)
def test_a_person_is_known_in_either_order(name: str, person: int) -> None:
    assert match_person(name, PEOPLE).person_id == person


def test_an_initial_is_a_candidate_and_never_taken() -> None:
    match = match_person("Insp. T Briggs", PEOPLE)
    assert match.person_id is None
    assert match.candidates == (2,)
    assert match_person("Tim Briggs", PEOPLE).candidates == ()


def test_two_people_of_one_name_are_both_candidates() -> None:
    match = match_person("Amina Shah", People.of([(1, "Amina Shah"), (9, "Shah, Amina")]))
    assert match.person_id is None
    assert match.candidates == (1, 9)


WORDS = st.text("abcdefghijklmnopqrstuvwxyz", min_size=3, max_size=9).map(str.title)
MEANING_SOMETHING = {"And", "Tba", "Tbc", "Tbd", "Nil", "None", "Lead", "Leads", "With", "Support", "Owner", "Partner"}
PERSON = st.tuples(WORDS, WORDS).filter(
    lambda pair: all(
        len(name_words(word)) == 1 and word not in MEANING_SOMETHING and split_names(word).names for word in pair
    )  # a word that means nobody ("Unknown") is no part of a name
)


@given(st.lists(PERSON, min_size=1, max_size=5, unique=True), st.sampled_from(["; ", " / ", "\n", " and ", " & "]))
def test_people_joined_by_any_separator_come_apart_again(people: list[tuple[str, str]], separator: str) -> None:
    text = separator.join(f"{first} {last}" for first, last in people)
    turned = separator.join(f"{last}, {first}" for first, last in people)
    skipped = {"None", "And", "Vacant", "Nil"}
    if any(word in skipped for person in people for word in person):
        return
    wanted = [name_words(f"{first} {last}") for first, last in people]
    for written in (text, turned):
        assert [name_words(party.name) for party in split_names(written).names] == wanted


@given(st.text(max_size=120))
def test_any_text_gives_names_without_empty_ones(text: str) -> None:
    assert all(party.name.strip() for party in split_names(text, KNOWN).names)


@pytest.mark.parametrize(
    ("text", "body", "part"),
    [
        ("Kirklees Council Community Safety", "Kirklees Council", "Community Safety"),
        ("KMC Safer Neighbourhoods Team", "Kirklees Council", "Safer Neighbourhoods Team"),
        ("Kirklees Council Youth Justice Service", "Kirklees Council", "Youth Justice Service"),
        ("West Yorkshire Police Licensing", "West Yorkshire Police", "Licensing"),
    ],
)
def test_a_service_of_a_known_body_is_that_body_and_no_person(text: str, body: str, part: str) -> None:
    [party] = split_names(text, KNOWN).names
    assert (party.kind, party.name, party.note) == (PartyKind.ORGANISATION, body, part)


def test_a_person_or_a_post_beside_a_known_body_stays_one() -> None:
    for text, name in {"Amina Shah Kirklees Council": "Amina Shah", "KMC Housing Manager": "Housing Manager"}.items():
        [party] = split_names(text, KNOWN).names
        assert (party.kind, party.name, party.organisation) == (PartyKind.PERSON, name, "Kirklees Council")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Dr Ann Bee, MBE", ["Dr Ann Bee"]),
        ("Ann Bee, MBE, Q.P.M., Tom Briggs", ["Ann Bee", "Tom Briggs"]),
        ("Lee, Ma", ["Lee, Ma"]),
    ],
)
def test_letters_after_a_name_are_nobody(text: str, found: list[str]) -> None:
    assert names(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [("\ue00099\ue000 Bob", "99 Bob"), ("Bob \ue0015\ue001", "Bob 5"), ("\ue0000\ue000 WYP", "West Yorkshire Police")],
)
def test_letters_of_private_use_stand_for_nobody(text: str, found: str) -> None:
    assert names(text) == [found]

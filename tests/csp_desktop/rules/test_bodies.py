import pytest

from csp_desktop.rules.bodies import looks_like_organisation


@pytest.mark.parametrize(
    "name",
    [
        "Kirklees Council Community Safety", "Street pastors", "Fire and Rescue", "West Yorkshire Police", "NHS Trust",
        "Probation Service", "Safer Communities Partnership", "Neighbourhood Team", "Health and Wellbeing Board", "WYP",
        "Magistrates Court", "Safeguarding Hub",
    ],
)  # fmt: skip
def test_a_body_is_known_by_its_words(name: str) -> None:
    assert looks_like_organisation(name)


@pytest.mark.parametrize("name", ["Amina Shah", "Housing manager", "Fire safety officer", "Insp Briggs", "Tom", "Ash"])
def test_a_person_or_a_post_is_no_body(name: str) -> None:
    assert not looks_like_organisation(name)

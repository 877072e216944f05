"""The lists of headings: every language of them, told twice on one heading, and without false friends."""

import time
from collections import Counter
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csp_desktop.imports.fields import ActionField
from csp_desktop.imports.grid import WorkbookGrid
from csp_desktop.imports.headings import find_tables
from csp_desktop.imports.mapping import Confidence, propose_mapping
from csp_desktop.imports.synonyms import (
    LEAST,
    OWN,
    STRONG,
    WEAK,
    Wording,
    Wordings,
    normalise,
    shipped,
    shipped_list,
    spellings,
)
from models.vocabulary import HeadingLanguage

MakeGrid = Callable[..., WorkbookGrid]
ENGLISH = Wordings(shipped_list(HeadingLanguage.ENGLISH))
TEXTS = [each.text for language in HeadingLanguage for each in shipped_list(language)]


def best(heading: str, wordings: Wordings | None = None) -> ActionField | None:
    scores = (wordings or shipped()).closeness(heading)
    return max(scores, key=lambda each: scores[each], default=None)


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Cam gweithredu", ActionField.TITLE),
        ("Camau Gweithredu:", ActionField.TITLE),
        ("GWEITHRED", ActionField.TITLE),
        ("Beth fyddwn ni\u2019n ei wneud?", ActionField.TITLE),
        ("Beth fyddwn ni'n ei wneud?", ActionField.TITLE),
        ("Swyddog arweiniol", ActionField.LEAD),
        ("Swyddog(ion) arweiniol", ActionField.LEAD),
        ("Arweinydd", ActionField.LEAD),
        ("Pwy sy\u2019n gyfrifol?", ActionField.LEAD),
        ("Tîm arweiniol", ActionField.LEAD_PARTNER),
        ("Tim arweiniol", ActionField.LEAD_PARTNER),
        ("Partneriaid", ActionField.SUPPORTING_PARTNERS),
        ("Dyddiad cwblhau", ActionField.DUE),
        ("Erbyn pryd?", ActionField.DUE),
        ("Dyddiad Targed (dd/mm/bb)", ActionField.DUE),
        ("Dyddiad cychwyn", ActionField.START),
        ("Dyddiad cwblhau gwreiddiol", ActionField.BASELINE_DUE),
        ("Cynnydd", ActionField.UPDATE),
        ("Diweddariad ar gynnydd", ActionField.UPDATE),
        ("Sylwadau", ActionField.UPDATE),
        ("Statws", ActionField.STATUS),
        ("Statws CAG", ActionField.RAG),
        ("CAG", ActionField.RAG),
        ("Coch / Ambr / Gwyrdd", ActionField.RAG),
        ("Amcan", ActionField.OBJECTIVE),
        ("Thema", ActionField.THEME),
        ("Themâu", ActionField.THEME),
        ("Camau nesaf", ActionField.NEXT_STEPS),
        ("Adnoddau", ActionField.RESOURCES),
        ("Mesurau Llwyddiant", ActionField.SUCCESS_MEASURE),
        ("Canran wedi\u2019i gwblhau", ActionField.PERCENT),
        ("% wedi'i gwblhau", ActionField.PERCENT),
        ("Swyddog arweinol", ActionField.LEAD),
        ("Échéance", ActionField.DUE),
        ("Axe", ActionField.THEME),
    ],
)
def test_headings_in_welsh_and_french(heading: str, field: ActionField) -> None:
    assert best(heading) is field


def test_welsh_accents_count_for_nothing() -> None:
    assert normalise("Ŵyr â Tŷ, dŵr, ŷd, Ẃ ẁ ẅ ý") == "wyr a ty dwr yd w w w y"


def test_an_apostrophe_is_one_however_it_is_typed() -> None:
    assert spellings("Wedi'i gwblhau") == spellings("Wedi\u2019i gwblhau") == ("wedii gwblhau", "wedi i gwblhau")
    assert spellings("Lead officer") == ("lead officer",)


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Cam gweithredu / Action", ActionField.TITLE),
        ("Action\nCam gweithredu", ActionField.TITLE),
        ("Action (Cam gweithredu)", ActionField.TITLE),
        ("Cam gweithredu [Action]", ActionField.TITLE),
        ("Action Cam gweithredu", ActionField.TITLE),
        ("Lead | Arweinydd", ActionField.LEAD),
        ("Lead officer \N{EN DASH} Swyddog arweiniol", ActionField.LEAD),
        ("Swyddog Arweiniol Lead Officer", ActionField.LEAD),
        ("RAG / Statws CAG", ActionField.RAG),
        ("Cynnydd/Progress update", ActionField.UPDATE),
        ("By when? Erbyn pryd?", ActionField.DUE),
        ("Échéance / Due date", ActionField.DUE),
        ("Action / Gweithred / Titre", ActionField.TITLE),
    ],
)
def test_a_heading_in_two_languages_is_as_sure_as_in_one(heading: str, field: ActionField) -> None:
    scores = shipped().closeness(heading)
    assert max(scores, key=lambda each: scores[each]) is field
    assert scores[field] >= 0.94
    assert scores[field] <= STRONG


def test_a_doubt_in_both_languages_stays_one() -> None:
    assert shipped().closeness("Outcome / Canlyniad")[ActionField.OBJECTIVE] == pytest.approx(WEAK * 0.97)


@pytest.mark.parametrize(
    ("heading", "scores"),
    [
        ("Lead officer / agency", {"lead": 1.0, "lead_partner": 0.683}),
        ("Comments/Updates", {"update": 1.0}),
        ("Start/End", {"start": 0.831, "due": 0.75}),
        ("Action / Output", {"title": 0.75}),
    ],
)
def test_two_things_on_one_heading_are_not_one_told_twice(heading: str, scores: dict[str, float]) -> None:
    found = {field.value: round(score, 3) for field, score in shipped().closeness(heading).items()}
    assert found.items() >= scores.items()
    assert {field for field, score in found.items() if score > max(scores.values())} == set()


def test_the_same_thing_said_twice_in_one_language_is_sure() -> None:
    assert shipped().closeness("Aims/Objectives")[ActionField.OBJECTIVE] >= 0.94


def test_other_languages_change_nothing_of_a_heading_in_english() -> None:
    english = {each.text for each in shipped_list(HeadingLanguage.ENGLISH)}
    english |= {f"{text}s" for text in english} | {f"The {text} ({text})" for text in english}
    changed = {text for text in english if ENGLISH.closeness(text) != shipped().closeness(text)}
    assert changed == set()


@pytest.mark.parametrize("language", HeadingLanguage)
def test_each_list_says_a_thing_once_and_names_fields_that_exist(language: HeadingLanguage) -> None:
    listed = shipped_list(language)
    counts = Counter((each.field, spellings(each.text)) for each in listed)
    assert [key for key, count in counts.items() if count > 1] == []
    assert all(normalise(each.text) for each in listed)
    assert {each.language for each in listed} == {language}


@pytest.mark.parametrize("language", [HeadingLanguage.ENGLISH, HeadingLanguage.WELSH])
def test_english_and_welsh_name_every_field(language: HeadingLanguage) -> None:
    assert {each.field for each in shipped_list(language) if each.score == STRONG} == set(ActionField)


def test_a_withdrawn_wording_is_not_taken_by_a_near_one() -> None:
    gone = (ActionField.LEAD, "theme lead")
    kept = [each for each in shipped_list(HeadingLanguage.ENGLISH) if (each.field, normalise(each.text)) != gone]
    assert ENGLISH.closeness("Theme lead")[ActionField.LEAD] == STRONG
    without = Wordings(kept, [gone])
    assert ActionField.LEAD not in without.closeness("Theme lead:")
    assert ActionField.LEAD not in without.closeness("Theme Lead (name)")
    assert without.known("Theme lead") == frozenset()
    assert ActionField.LEAD in without.closeness("Theme lead officer")


def test_a_partnerships_own_wording_goes_before_the_programs_and_before_the_values(grid: MakeGrid) -> None:
    own = Wordings(
        [
            *shipped_list(HeadingLanguage.ENGLISH),
            Wording(ActionField.LEAD, "Deliverable owner", OWN),
            Wording(ActionField.UPDATE, "Last word", OWN),
        ]
    )
    rows = [["Action", "Lead", "Deliverable owner", "Last word"], *[["Light it", "Team A", "Jo Bo", "Green"]] * 4]
    table = find_tables(grid(rows).sheets[0], (), own)[0]
    columns = {each.heading: (each.field, each.confidence) for each in propose_mapping(table, wordings=own).columns}
    assert columns["Deliverable owner"] == (ActionField.LEAD, Confidence.CERTAIN)
    assert columns["Last word"] == (ActionField.UPDATE, Confidence.CERTAIN)
    assert columns["Lead"][0] is not ActionField.LEAD


@pytest.mark.parametrize(
    "headings",
    [
        ["Cyf", "Cam gweithredu", "Swyddog arweiniol", "Erbyn pryd", "Statws CAG", "Cynnydd"],
        ["Ref / Cyf", "Action / Cam gweithredu", "Lead / Arweinydd", "By when / Erbyn pryd", "RAG / CAG", "Cynnydd"],
        ["Ref\nCyf", "Action\nGweithred", "Lead\nArweinydd", "Due\nErbyn", "RAG\nCAG", "Progress\nCynnydd"],
    ],
)
def test_a_plan_in_welsh_or_in_both_languages_is_found_below_its_title(grid: MakeGrid, headings: Sequence[str]) -> None:
    rows = [["Cynllun Gweithredu"], [], headings, *[["1", "Trwsio'r golau", "Siân Tŷ", "31/03/2027", "G", "Iawn"]] * 3]
    table = find_tables(grid(rows).sheets[0])[0]
    mapping = propose_mapping(table)
    assert (table.header_row, table.certain) == (3, True)
    assert [each.field.value for each in mapping.columns if each.field] == [
        "source_ref",
        "title",
        "lead",
        "due",
        "rag",
        "update",
    ]


@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(TEXTS), max_size=3).map(" / ".join)))
def test_any_heading_has_a_closeness_within_bounds_and_what_is_known_is_close(heading: str) -> None:
    scores = shipped().closeness(heading)
    assert all(0.55 <= score <= STRONG for score in scores.values())
    assert shipped().known(heading) <= set(scores)
    assert LEAST < WEAK < STRONG < OWN


def test_the_widest_sheet_is_weighed_in_the_blink_of_an_eye() -> None:
    headings = [f"What the {text} of part {number} is to be" for number, text in enumerate(TEXTS[:250])]
    begun = time.process_time()
    for heading in headings:
        shipped().closeness(heading)
    assert time.process_time() - begun < 0.2

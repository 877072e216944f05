import pytest
from hypothesis import given
from hypothesis import strategies as st

from csp_desktop.imports.grid import CellError, CellValue
from csp_desktop.imports.standing import Judged, is_rag, is_status, read_rag, read_status
from models.vocabulary import LifecycleStatus, ProblemLevel


@pytest.mark.parametrize(
    ("text", "letter"),
    [
        ("Green", "G"),
        ("g", "G"),
        ("AMBER", "A"),
        ("A", "A"),
        ("Red", "R"),
        ("R ", "R"),
        ("Blue", "B"),
        ("B", "B"),
        ("Yellow", "A"),
        ("On track", "G"),
        ("off-track", "R"),
        ("At risk", "A"),
        ("3. Ongoing - delayed", "A"),
        ("1 - Green", "G"),
        ("G - on track", "G"),
        ("Green (on track)", "G"),
        ("\U0001f7e2", "G"),
        ("Green \u2191", "G"),
        ("Complete", "B"),
        ("Completed", "B"),
        ("Closed", "B"),
    ],
)
def test_ratings_arrive_as_letters_words_numbers_and_phrases(text: str, letter: str) -> None:
    parsed = read_rag(text)
    assert parsed.value is not None
    assert parsed.value.rag == letter
    assert parsed.findings == ()


@pytest.mark.parametrize(
    ("text", "letter"), [("Amber/Green", "A"), ("Amber/Red", "R"), ("AG", "A"), ("Red / Amber", "R"), ("A/R", "R")]
)
def test_of_two_ratings_the_graver_is_taken_and_said(text: str, letter: str) -> None:
    parsed = read_rag(text)
    assert parsed.value is not None
    assert parsed.value.rag == letter
    assert parsed.findings[0].level is ProblemLevel.WARNING


def test_complete_in_a_rag_column_gives_blue_and_proposes_the_lifecycle() -> None:
    assert read_rag("Complete").value == Judged(LifecycleStatus.COMPLETE, "B")
    assert read_rag("Blue").value == Judged(LifecycleStatus.COMPLETE, "B")


@pytest.mark.parametrize("text", ["N/A", "-", "TBC", "Not rated", "Grey"])
def test_a_rating_left_open_on_purpose_is_no_problem(text: str) -> None:
    assert read_rag(text).value == Judged()
    assert read_rag(text).findings == ()


@pytest.mark.parametrize("value", ["3", 3, 2.5, "Amber -> Green", "purple", "Lorem ipsum", CellError("#N/A")])
def test_what_is_no_sure_rating_is_a_problem(value: CellValue) -> None:
    parsed = read_rag(value)
    assert parsed.value is None
    assert parsed.findings[0].level is ProblemLevel.ERROR


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Not started", LifecycleStatus.NOT_STARTED),
        ("Not yet started", LifecycleStatus.NOT_STARTED),
        ("New", LifecycleStatus.NOT_STARTED),
        ("In Progress", LifecycleStatus.IN_PROGRESS),
        ("in-progress", LifecycleStatus.IN_PROGRESS),
        ("Underway", LifecycleStatus.IN_PROGRESS),
        ("Partially complete", LifecycleStatus.IN_PROGRESS),
        ("2. Started", LifecycleStatus.IN_PROGRESS),
        ("On hold", LifecycleStatus.ON_HOLD),
        ("Ongoing", LifecycleStatus.ONGOING),
        ("Complete", LifecycleStatus.COMPLETE),
        ("Project complete", LifecycleStatus.COMPLETE),
        ("Not complete", LifecycleStatus.NOT_STARTED),
        ("Closed", LifecycleStatus.CLOSED),
        ("Cancelled", LifecycleStatus.CANCELLED),
        ("No longer required", LifecycleStatus.CANCELLED),
        ("Yes", LifecycleStatus.COMPLETE),
    ],
)
def test_lifecycle_words(text: str, status: LifecycleStatus) -> None:
    parsed = read_status(text)
    assert parsed.value == Judged(status, None)
    assert parsed.findings == ()


def test_a_status_cell_may_hold_both() -> None:
    assert read_status("In progress - at risk").value == Judged(LifecycleStatus.IN_PROGRESS, "A")
    assert read_status("3. Ongoing - delayed").value == Judged(LifecycleStatus.IN_PROGRESS, "A")
    assert read_status("Green").value == Judged(None, "G")


def test_words_of_a_sentence_are_no_rating() -> None:
    assert not is_rag("Work with the green spaces team on the park by the railway station, then report back")
    assert not is_status("Work with the new team on the park by the railway station, then report to us")


@given(st.text(min_size=1, max_size=80).filter(lambda text: text.strip() != ""))
def test_any_text_gives_a_value_or_a_finding(text: str) -> None:
    for parsed in (read_rag(text), read_status(text)):
        assert parsed.value is not None or parsed.findings


@pytest.mark.parametrize(
    ("text", "judged"),
    [
        ("Coch", Judged(None, "R")),
        ("AMBR", Judged(None, "A")),
        ("Oren", Judged(None, "A")),
        ("Melyn", Judged(None, "A")),
        ("Gwyrdd", Judged(None, "G")),
        ("Gwyrdd / Green", Judged(None, "G")),
        ("Gwyrdd - ar y trywydd iawn", Judged(None, "G")),
        ("Glas", Judged(LifecycleStatus.COMPLETE, "B")),
        ("Wedi'i gwblhau", Judged(LifecycleStatus.COMPLETE, "B")),
        ("Ar y trywydd iawn", Judged(None, "G")),
        ("Ddim ar y trywydd iawn", Judged(None, "R")),
        ("Mewn perygl", Judged(None, "A")),
        ("Amherthnasol", Judged()),
    ],
)
def test_ratings_in_welsh(text: str, judged: Judged) -> None:
    assert read_rag(text).value == judged
    assert read_rag(text).findings == ()


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Ar y gweill", LifecycleStatus.IN_PROGRESS),
        ("Ar waith", LifecycleStatus.IN_PROGRESS),
        ("Wedi dechrau", LifecycleStatus.IN_PROGRESS),
        ("Wedi'i gwblhau yn rhannol", LifecycleStatus.IN_PROGRESS),
        ("Wedi'i gwblhau", LifecycleStatus.COMPLETE),
        ("Wedi\u2019i chwblhau", LifecycleStatus.COMPLETE),
        ("Wedi\u2019u cwblhau", LifecycleStatus.COMPLETE),
        ("Cwblhawyd", LifecycleStatus.COMPLETE),
        ("Heb ddechrau", LifecycleStatus.NOT_STARTED),
        ("Heb ddechrau eto", LifecycleStatus.NOT_STARTED),
        ("Heb ei gwblhau", LifecycleStatus.NOT_STARTED),
        ("Ddim wedi dechrau", LifecycleStatus.NOT_STARTED),
        ("Parhaus", LifecycleStatus.ONGOING),
        ("Yn barhaus", LifecycleStatus.ONGOING),
        ("Wedi'i ohirio", LifecycleStatus.ON_HOLD),
        ("Wedi'i ganslo", LifecycleStatus.CANCELLED),
        ("Wedi'i gau", LifecycleStatus.CLOSED),
    ],
)
def test_statuses_in_welsh(text: str, status: LifecycleStatus) -> None:
    assert read_status(text).value == Judged(status)
    assert read_status(text).findings == ()


@pytest.mark.parametrize("text", ["Green (was Red)", "Green - previously amber", "Green, last quarter Red"])
def test_what_a_rating_was_before_is_no_rating(text: str) -> None:
    assert read_rag(text).value == Judged(None, "G")
    assert read_rag(text).findings == ()


@pytest.mark.parametrize("text", ["Not red", "no longer green"])
def test_a_denied_rating_is_none(text: str) -> None:
    assert read_rag(text).value is None
    assert read_rag(text).findings[0].level is ProblemLevel.ERROR


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Complete \u2013 awaiting sign off", LifecycleStatus.COMPLETE),
        ("Not started, awaiting funding", LifecycleStatus.NOT_STARTED),
        ("In progress - contractor appointed 3 May", LifecycleStatus.IN_PROGRESS),
    ],
)
def test_what_a_status_says_besides_is_said_to_be_left_out(text: str, status: LifecycleStatus) -> None:
    parsed = read_status(text)
    assert parsed.value == Judged(status)
    assert [finding.level for finding in parsed.findings] == [ProblemLevel.WARNING]


def test_waiting_alone_is_on_hold() -> None:
    assert read_status("Awaiting funding decision").value == Judged(LifecycleStatus.ON_HOLD)
    assert read_status("Awaiting funding decision").findings == ()

"""Lines that mix scripts written from the left and from the right are drawn as their readers expect."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csp_desktop.reports.blocks import Paragraph
from csp_desktop.reports.pdf.bidi import drawn, order, parts
from csp_desktop.reports.pdf.faces import split_runs
from csp_desktop.reports.pdf.typesetter import clean
from csp_desktop.reports.pdf.writer import pdf_bytes
from tests.csp_desktop.reports.pdf_checker import check, dump
from tests.csp_desktop.reports.samples import report
from tests.csp_desktop.reports.test_pdf_text import pages_text

NAME, OTHER = "\u0645\u062d\u0645\u062f \u062e\u0627\u0646", "\u0627\u062d\u0645\u062f \u0639\u0644\u06cc"
NUMBER = "\u06f1\u06f2\u06f3"
HEBREW = "\u05e9\u05dc\u05d5\u05dd"
FIRST, LAST = NAME.split()


def seen(line: str) -> list[str]:
    """The parts of a line from left to right, each as it is read by itself."""
    found = parts(line)
    return [found[place].text for place in order([part.level for part in found])]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("The lead is Ann.", ["The lead is Ann."]),
        (f"Ask {NAME}, of housing", ["Ask ", NAME, ", of housing"]),
        (f"({NAME}) [12/34]", ["(", NAME, ") [", "12/34", "]"]),
        (f"{NAME} (12) of a", [")", "12", f"{NAME} (", " of a"]),
        (f"[a {NAME}] (b", ["[a ", NAME, "] (b"]),
        (f"{NAME}, {OTHER}", [f"{NAME}, {OTHER}"]),
        (f"{NAME} ({OTHER}) {NAME} end", [f"{NAME} ({OTHER}) {NAME}", " end"]),
        (f"{FIRST} 123 {LAST} and 456", [f" {LAST}", "123", f"{FIRST} ", " and 456"]),
        (f"{NAME} 2026-11-23 Batley", ["2026-11-23", f"{NAME} ", " Batley"]),
        (f"{NAME} 50% 10:30", ["10:30", " ", "50%", f"{NAME} "]),
        (f"\u0631\u0642\u0645 {NUMBER} and 456", [NUMBER, "\u0631\u0642\u0645 ", " and 456"]),
        (f"10 {HEBREW} b", ["10 ", HEBREW, " b"]),
        (f"{NAME} ", [NAME, " "]),
        ("", []),
    ],
)
def test_parts_stand_as_the_bidirectional_algorithm_says(line: str, expected: list[str]) -> None:
    assert seen(line) == expected


def test_what_runs_left_is_drawn_from_its_end_with_its_brackets_turned() -> None:
    assert drawn("a (b)") == "(b) a"


@given(st.text(max_size=60))
def test_no_character_is_lost_and_every_part_stands_once(line: str) -> None:
    found = parts(line)
    assert "".join(part.text for part in found) == line
    assert sorted(order([part.level for part in found])) == list(range(len(found)))
    assert "".join(run.text for run in split_runs(clean(line))) == clean(line)


def test_two_names_with_a_hyphen_between_are_read_from_the_right() -> None:
    found = pages_text(pdf_bytes(report(Paragraph(f"{NAME}-{OTHER}"))))
    assert f"{NAME}-{OTHER}" in found


def test_a_number_in_urdu_digits_is_drawn_from_the_left() -> None:
    assert NUMBER in pages_text(pdf_bytes(report(Paragraph(f"Ward {NUMBER}"))))
    assert NUMBER in pages_text(pdf_bytes(report(Paragraph(f"{NAME} {NUMBER}"))))


def test_hebrew_is_drawn_from_the_right_though_the_sans_has_it() -> None:
    content = pdf_bytes(report(Paragraph(f"Visit to {HEBREW}")))
    assert HEBREW in pages_text(content)
    assert HEBREW in dump(content)
    assert check(content) == []


def test_brackets_between_names_are_read_out_as_they_are_written() -> None:
    content = pdf_bytes(report(Paragraph(f"{NAME} ({OTHER}) {NAME}")))
    assert "".join(f"{NAME} ({OTHER}) {NAME}".split()) in "".join(dump(content).split())
    assert check(content) == []

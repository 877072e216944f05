import time

from hypothesis import given
from hypothesis import strategies as st

from csp_desktop.imports.word_marks import Mark, Piece, gone_words, is_rewritten, new_words

BEFORE = "Meet the market traders each month and write down what they say"
AFTER = "Meet the market traders every fortnight and write down what they say."


def text(pieces: tuple[Piece, ...]) -> str:
    return "".join(piece.text for piece in pieces)


def marked(pieces: tuple[Piece, ...]) -> list[tuple[str, Mark]]:
    return [(piece.text, piece.mark) for piece in pieces if piece.mark is not Mark.SAME]


def test_words_that_are_new_and_words_that_are_gone_are_marked_one_by_one() -> None:
    new, gone = new_words(BEFORE, AFTER), gone_words(BEFORE, AFTER)
    assert marked(new) == [("every fortnight", Mark.NEW), (".", Mark.NEW)]
    assert text(new) == AFTER
    assert marked(gone) == [("each month", Mark.GONE)]
    assert text(gone) == BEFORE


def test_a_day_a_name_or_a_rating_changes_as_a_whole() -> None:
    assert new_words("31 Mar 2027", "30 Apr 2027") == (Piece("30 Apr 2027", Mark.NEW),)
    assert gone_words("31 Mar 2027", "30 Apr 2027") == (Piece("31 Mar 2027", Mark.GONE),)
    assert gone_words("Amber", "") == (Piece("Amber", Mark.GONE),)
    assert new_words("Amber", "") == ()
    assert new_words("", BEFORE) == (Piece(BEFORE, Mark.NEW),)
    assert new_words("Green", "Green") == (Piece("Green"),)


def test_a_text_written_anew_has_no_marks() -> None:
    other = "Nobody came to any of those evenings, so we stopped holding them in June"
    assert is_rewritten(BEFORE, other)
    assert new_words(BEFORE, other) == (Piece(other),)
    assert gone_words(BEFORE, other) == (Piece(BEFORE),)
    assert not is_rewritten(BEFORE, AFTER)
    assert not is_rewritten("Red", "Green")


def test_line_breaks_stay_where_they_are() -> None:
    before, after = "First we met.\nThen we wrote it down.", "First we met.\nThen we wrote all of it down."
    assert text(new_words(before, after)) == after
    assert marked(new_words(before, after)) == [("all of", Mark.NEW)]


def test_texts_as_long_as_a_cell_can_hold_are_no_wait() -> None:
    for words in (490, 6_900):
        long = "word and more " * (words // 3)
        began = time.perf_counter()
        new_words(long, f"{long[:-5]}other")
        assert time.perf_counter() - began < 0.5


@given(st.text(max_size=120), st.text(max_size=120))
def test_neither_text_ever_loses_a_letter(before: str, after: str) -> None:
    assert text(new_words(before, after)) == after
    assert text(gone_words(before, after)) == before
    assert all(piece.text for piece in new_words(before, after))

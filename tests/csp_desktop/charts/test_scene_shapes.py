"""RAG marks and the chart by theme, as data: shapes differ, bars start at zero, contrast holds, every count is said."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csp_desktop.charts.measure import text_width
from csp_desktop.charts.rag import BRAG, NO_RAG_FILL, NO_RAG_INK, RagMark, rag_mark
from csp_desktop.charts.rag_by_theme import ThemeCounts, rag_by_theme, rag_by_theme_alt, rag_by_theme_parts
from csp_desktop.charts.scene import INK, MUTED, PAPER, Anchor, Line, Rectangle, Scene, Text

COUNTS = st.dictionaries(st.sampled_from(["R", "A", "G", "B", ""]), st.integers(0, 400))
NAMES = st.text(st.characters(categories=["L", "Nd", "Zs"]), min_size=1, max_size=70).filter(str.strip)
ROWS = st.lists(st.builds(ThemeCounts, NAMES, COUNTS, st.none() | COUNTS), min_size=1, max_size=8).map(tuple)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def texts(scene: Scene) -> list[Text]:
    return [primitive for primitive in scene.primitives if isinstance(primitive, Text)]


def extent(text: Text) -> tuple[float, float]:
    width = text_width(text.text, text.size, text.bold)
    left = text.at[0] - {Anchor.START: 0.0, Anchor.MIDDLE: width / 2, Anchor.END: width}[text.anchor]
    return left, left + width


@pytest.mark.parametrize("mark", BRAG)
def test_letters_can_be_read_on_their_shapes_and_edges_on_paper(mark: RagMark) -> None:
    assert contrast(mark.fill, mark.ink) >= 4.5
    assert contrast(INK, PAPER) >= 3
    assert contrast(MUTED, PAPER) >= 4.5
    assert contrast(NO_RAG_FILL, NO_RAG_INK) >= 4.5


def test_marks_differ_without_colour() -> None:
    for one, other in combinations(BRAG, 2):
        assert one.shape is not other.shape
        assert one.letter != other.letter
        assert one.word != other.word
        grey_apart = contrast(one.fill, other.fill) >= 1.3
        assert grey_apart, (one.word, other.word)


def test_a_suggested_mark_is_an_outline() -> None:
    shape, letter = rag_mark(BRAG[0], (10, 10), 8, outlined=True)
    assert getattr(shape, "fill", "") is None
    assert isinstance(letter, Text)
    assert letter.colour == INK


@given(ROWS)
def test_the_chart_stays_in_its_frame_and_loses_no_count(rows: tuple[ThemeCounts, ...]) -> None:
    scene = rag_by_theme(rows, BRAG, text_width)
    said = " ".join(text.text for text in texts(scene))
    for text in texts(scene):
        assert extent(text)[1] <= scene.width + 0.5
        assert 0 <= text.at[1] <= scene.height
        assert text.size >= 12 or text.bold
    for row in rows:
        for mark in BRAG:
            count = row.now.get(mark.letter, 0)
            assert not count or f"{mark.letter} {count:,}" in said


@given(ROWS)
def test_bars_start_at_zero_and_lengths_are_in_proportion(rows: tuple[ThemeCounts, ...]) -> None:
    scene = rag_by_theme(rows, BRAG, text_width)
    axis = [primitive for primitive in scene.primitives if isinstance(primitive, Line)]
    assert len(axis) == 1
    zero = axis[0].start[0]
    bars: dict[float, list[Rectangle]] = {}
    for primitive in scene.primitives:
        if isinstance(primitive, Rectangle) and primitive.corner[0] >= zero - 0.01 and primitive.corner[1] > 20:
            bars.setdefault(primitive.corner[1], []).append(primitive)
    lengths = [sum(part.size[0] for part in parts) for parts in bars.values()]
    assert all(min(part.corner[0] for part in parts) == pytest.approx(zero) for parts in bars.values())
    totals = [total for row in rows for total in (sum(row.now.values()), sum((row.before or {}).values())) if total]
    assert (
        sorted(length / max(lengths) for length in lengths)
        == pytest.approx(sorted(total / max(totals) for total in totals))
        or not totals
    )


def test_counts_in_thousands_leave_the_bars_their_room() -> None:
    many = {"R": 656, "A": 621, "G": 1272, "B": 683}
    scene = rag_by_theme((ThemeCounts("Reducing risk", many, {**many, "": 724}),), BRAG, text_width)
    bars = [p for p in scene.primitives if isinstance(p, Rectangle) and p.corner[1] > 20]
    assert sum(bar.size[0] for bar in bars) / 2 > scene.width / 3
    was = next(text for text in texts(scene) if text.text.startswith("was R 656"))
    assert 0 < extent(was)[0] - min(bar.corner[0] for bar in bars) < 6
    assert "G 1,272" in was.text


def test_the_words_give_the_finding_and_every_count() -> None:
    rows = (ThemeCounts("Place", {"R": 2, "": 1}, {"G": 3}), ThemeCounts("Crime", {"G": 4}))
    said = rag_by_theme_alt(rows, BRAG)
    assert said == (
        "Bar chart of 7 actions by theme and RAG. Place has the most red actions, 2. "
        "Place: 2 red, 1 with no RAG; last period 3 green. Crime: 4 green."
    )
    assert "No action is red." in rag_by_theme_alt((ThemeCounts("Crime", {"G": 1}),), BRAG)
    assert "there are no actions" in rag_by_theme_alt((ThemeCounts("Crime", {}),), BRAG)


def test_a_chart_of_many_themes_is_cut_into_parts_of_one_scale() -> None:
    rows = tuple(ThemeCounts(f"Theme {n} of a middling length in Kirklees", {"R": n, "G": 2}) for n in range(30))
    parts = rag_by_theme_parts(rows, BRAG, text_width, 370.0)
    assert len(parts) > 1
    assert all(scene.height <= 370.0 for _rows, scene in parts)
    assert tuple(row for group, _scene in parts for row in group) == rows
    assert max(len(group) for group, _scene in parts) - min(len(group) for group, _scene in parts) <= 1
    steps = set()
    for group, scene in parts:
        bars = [one for one in scene.primitives if isinstance(one, Rectangle) and one.size[1] == 19.0]
        steps.add(round(sum(bar.size[0] for bar in bars) / sum(sum(row.now.values()) for row in group), 6))
    assert len(steps) == 1


def test_a_chart_that_is_low_enough_is_one_part() -> None:
    rows = (ThemeCounts("One", {"R": 1}), ThemeCounts("Two", {"G": 1}))
    (part,) = rag_by_theme_parts(rows, BRAG, text_width, 370.0)
    assert part == (rows, rag_by_theme(rows, BRAG, text_width))
    assert len(rag_by_theme_parts(rows, BRAG, text_width, 1.0)) == 2
    assert len(rag_by_theme_parts((), BRAG, text_width, 1.0)) == 1


def test_a_very_long_theme_takes_four_lines_of_its_chart() -> None:
    scene = rag_by_theme((ThemeCounts("many words " * 400, {"R": 1}),), BRAG, text_width)
    assert scene.height < 120
    assert any(isinstance(one, Text) and one.text.endswith("\u2026") for one in scene.primitives)

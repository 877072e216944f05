"""The matrix of risks: counts where they lie, levels that grey tells apart, and the same in words and figures."""

from csp_desktop.charts.risk_matrix import risk_matrix
from csp_desktop.charts.scene import Rectangle, Text

CELLS = 25


def _luminance(colour: str) -> float:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_each_count_lies_in_its_cell() -> None:
    chart = risk_matrix({(4, 5): 2, (1, 1): 3})
    cells = [each for each in chart.scene.primitives if isinstance(each, Rectangle)][:CELLS]
    counts = {each.text: each.at for each in chart.scene.primitives if isinstance(each, Text) and each.bold}
    assert set(counts) == {"2", "3"}
    left, top = min(cell.corner[0] for cell in cells), min(cell.corner[1] for cell in cells)
    assert counts["3"][0] < left + cells[0].size[0]
    assert counts["2"][0] > counts["3"][0]
    assert top < counts["2"][1] < counts["3"][1]


def test_the_levels_are_told_apart_without_colour() -> None:
    chart = risk_matrix({})
    key = [each for each in chart.scene.primitives if isinstance(each, Rectangle)][CELLS:]
    looks = [(round(_luminance(each.fill or "#FFFFFF") / 20), each.width) for each in key]
    assert len(set(looks)) == len(looks) == 4
    words = [each.text for each in chart.scene.primitives if isinstance(each, Text)]
    assert words[-4:] == ["Low", "Medium", "High", "Very high"]


def test_it_is_told_in_words_and_figures() -> None:
    chart = risk_matrix({(4, 5): 2, (1, 1): 1, (2, 2): 0})
    assert chart.alt == "3 open risks: 2 very high, 1 low. The gravest has likelihood 4 and impact 5."
    assert chart.data.rows == ((4, 5, "Very high", 2), (1, 1, "Low", 1))
    assert risk_matrix({}).alt == "There is no open risk."

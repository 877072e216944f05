"""How far hidden cells can move, beside every table that a reader could think of."""

from hypothesis import given, settings
from hypothesis import strategies as st

from csp_desktop.reoffending.bounds import Cell, Network, with_totals
from tests.csp_desktop.reoffending.tables import TABLES, cells_of, possible_tables

FAR = 50


@st.composite
def partly_hidden(draw: st.DrawFn) -> tuple[list[list[int]], set[Cell]]:
    """Return a table and some of its cells; the total of all is not among them, so that there are ends to find."""
    table = draw(TABLES)
    cells = cells_of(with_totals(table))[:-1]
    return table, set(draw(st.lists(st.sampled_from(cells), unique=True)))


@settings(max_examples=300)
@given(partly_hidden())
def test_cells_move_exactly_as_far_as_the_tables_that_fit(case: tuple[list[list[int]], set[Cell]]) -> None:
    table, hidden = case
    counts = with_totals(table)
    network = Network(counts)

    def cost(cell: Cell) -> int | None:
        return 0 if cell in hidden else None

    possible = possible_tables(counts, hidden)
    for i, j in hidden:
        values = {each[i][j] for each in possible}
        down, _ = network.move((i, j), FAR, cost, up=False)
        up, _ = network.move((i, j), FAR, cost, up=True)
        assert (counts[i][j] - down, counts[i][j] + up) == (min(values), max(values))


def test_a_cell_beside_a_hidden_total_of_all_rises_without_end() -> None:
    counts = with_totals([[2]])
    everything = set(cells_of(counts))
    went, moved = Network(counts).move((0, 0), FAR, lambda cell: 0 if cell in everything else None, up=True)
    assert went == FAR
    assert moved == everything


def test_the_cheapest_way_is_taken() -> None:
    counts = with_totals([[1, 9, 4, 30]])
    went, moved = Network(counts).move((0, 0), 2, lambda cell: counts[cell[0]][cell[1]], up=True)
    assert went == 2
    assert moved == {(0, 0), (1, 0), (0, 2), (1, 2)}


def test_a_reader_who_knows_that_nothing_hidden_is_0_leaves_less_room() -> None:
    counts = with_totals([[1], [2]])
    hidden = {(0, 0), (1, 0), (0, 1), (1, 1)}

    def cost(cell: Cell) -> int | None:
        return 0 if cell in hidden else None

    assert Network(counts).move((0, 0), FAR, cost, up=True)[0] == 2
    assert Network(counts, least=1).move((0, 0), FAR, cost, up=True)[0] == 1


def test_totals_stand_in_the_last_column_and_row() -> None:
    assert with_totals([[1, 2], [3, 4]]) == ((1, 2, 3), (3, 4, 7), (4, 6, 10))

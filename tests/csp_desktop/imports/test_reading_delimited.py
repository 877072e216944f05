from pathlib import Path

import pytest

from csp_desktop.imports.grid import CellError, Tell
from csp_desktop.imports.reading.limits import Limits
from tests.csp_desktop.imports.reading_files import parsed, refused, written


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16-le"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32-le"),
        ("cp1252", "Windows-1252"),
    ],
)
def test_encodings_are_found_out_and_said(tmp_path: Path, encoding: str, said: str) -> None:
    text = "Action,Cost\nO\u2019Neill \u2013 caf\u00e9,\u00a3250\nplain words,7\n"
    grid = parsed(written(tmp_path, text.encode(encoding), "plan.csv"))
    assert grid.sheets[0].rows[2] == ["O\u2019Neill \u2013 caf\u00e9", "\u00a3250"]
    assert said in grid.notes[0]
    assert "O\u2019Neill" in grid.notes[1]


@pytest.mark.parametrize(
    "text",
    [
        "a,b;x,c\n1,2,3\n4,5,6\n",
        "a;b,x;c\n1;2;3\n4;5;6\n",
        "a\tb, x\tc\n1\t2\t3\n",
        "a|b|c\n1|2|3\n",
        "sep=~\na~b~c\n1~2~3\n",
        'a,"b\nb",c\n1,"2, 3",4\n',
    ],
)
def test_delimiters_are_found_out(tmp_path: Path, text: str) -> None:
    rows = parsed(written(tmp_path, text.encode(), "plan.csv")).sheets[0].rows
    assert {len(row) for row in rows.values()} == {3}


def test_a_guard_against_formulas_is_taken_off_and_no_other_quote(tmp_path: Path) -> None:
    rows = parsed(written(tmp_path, b"'=1+1,'@x,'Tis,'-7\nb,c,d,e\n", "plan.csv")).sheets[0].rows
    assert rows[1] == ["=1+1", "@x", "'Tis", "-7"]


def test_csv_rows_are_numbered_as_a_spreadsheet_shows_them(tmp_path: Path) -> None:
    rows = parsed(written(tmp_path, b'a,b\n\n"c\nd",e\nf,g\n', "plan.csv")).sheets[0].rows
    assert list(rows) == [1, 3, 4]


@pytest.mark.parametrize(("encoding", "said"), [("utf-32-le", "utf-32-le"), ("utf-32-be", "utf-32-be")])
def test_wide_letters_are_known_without_their_mark(tmp_path: Path, encoding: str, said: str) -> None:
    grid = parsed(written(tmp_path, "Action,Cost\nPatrol,5\n".encode(encoding), "plan.csv"))
    assert grid.sheets[0].rows == {1: ["Action", "Cost"], 2: ["Patrol", "5"]}
    assert said in grid.notes[0]


@pytest.mark.parametrize(
    ("content", "last"),
    [
        ("Action,Note\nPatrol,caf\u00e9".encode()[:-1], "caf"),
        ("Action,Note\nPatrol,\u201cquiet\u201d".encode()[:-1], "\u201cquiet"),
        ("\ufeffAction,Note\nPatrol,5".encode("utf-16-le")[:-1], None),
    ],
)
def test_a_file_cut_within_a_letter_says_so(tmp_path: Path, content: bytes, last: str | None) -> None:
    grid = parsed(written(tmp_path, content, "plan.csv"))
    assert grid.sheets[0].value(2, 2) == last
    assert "ends in the middle of a letter" in grid.notes[-1] or "ends in the middle of a letter" in grid.notes[-2]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_on_any_system(tmp_path: Path, end: str) -> None:
    text = end.join(["", "", "Action,Note", 'Patrol,"two', 'lines"', "Meet,x"])
    rows = parsed(written(tmp_path, text.encode(), "plan.csv")).sheets[0].rows
    assert rows == {3: ["Action", "Note"], 4: ["Patrol", "two\nlines"], 5: ["Meet", "x"]}


def test_the_line_that_names_the_delimiter_may_end_as_on_an_old_mac(tmp_path: Path) -> None:
    rows = parsed(written(tmp_path, b'"sep=~"\ra~b\rc~d\r', "plan.csv")).sheets[0].rows
    assert rows == {2: ["a", "b"], 3: ["c", "d"]}


def test_rows_of_unequal_length_are_read(tmp_path: Path) -> None:
    rows = parsed(written(tmp_path, b"Safer plan\n\na,b,c\nd,e\nf,g,h,i\nj,k,l\n", "plan.csv")).sheets[0].rows
    assert rows == {1: ["Safer plan"], 3: ["a", "b", "c"], 4: ["d", "e"], 5: ["f", "g", "h", "i"], 6: ["j", "k", "l"]}


def test_nuls_between_the_letters_are_nothing(tmp_path: Path) -> None:
    content = b"Action,Lead\nPat\x00rol,Tom\n" + b"a,b\n" * 30
    assert parsed(written(tmp_path, content, "plan.csv")).sheets[0].rows[2] == ["Patrol", "Tom"]


def test_an_error_that_was_saved_as_text_is_an_error(tmp_path: Path) -> None:
    grid = parsed(written(tmp_path, b"a,b\n#REF!,#1 priority\n", "plan.csv"))
    assert grid.sheets[0].rows[2] == [CellError("#REF!"), "#1 priority"]
    assert grid.tells == {Tell.ERRORS, Tell.UNWORKED, Tell.FORMATS}
    assert grid.notes[-1] == "Such a file does not tell: hidden rows and columns, merged cells."


LETTER = """Dear Amina,

Thank you for the plan, which we read with interest. The board met on Monday, as agreed, and asked
for two changes: first, the patrols; second, the lighting in the park, which residents raised again.

I will send the figures, once they are in, by Friday.

Yours sincerely,
Priya
"""


@pytest.mark.parametrize("name", ["letter.txt", "letter.csv", "letter.xlsx", "letter"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_letter_is_not_a_table_whatever_its_name(tmp_path: Path, name: str, end: str) -> None:
    assert "a text without columns" in refused(written(tmp_path, LETTER.replace("\n", end).encode(), name))


def test_a_list_of_lines_is_not_a_table(tmp_path: Path) -> None:
    assert "a text without columns" in refused(written(tmp_path, b"Milk\nEggs\nBread\n", "plan.csv"))


def test_a_cell_longer_than_excels_is_an_open_quote(tmp_path: Path) -> None:
    text = "a,b\nc,d\n" + 'e,"' + "x" * 32_768 + '"\n'
    assert "near row 3" in refused(written(tmp_path, text.encode(), "plan.csv"))
    assert "never closed" in refused(written(tmp_path, b'a,b\nc,"d\ne,f\n', "plan.csv"))


def test_too_many_rows_and_columns_are_refused(tmp_path: Path) -> None:
    path = written(tmp_path, b"a,b,c\n" * 20, "plan.csv")
    assert "more than 10 rows" in refused(path, Limits(rows=10))
    assert "too many columns" in refused(path, Limits(columns=2))
    assert "too large" in refused(path, Limits(cells=30))


def test_blank_rows_and_columns_to_the_end_of_the_sheet_count_for_nothing(tmp_path: Path) -> None:
    rows = "".join(f"{cells}{',' * 1_200}\n" for cells in ("Action,Lead", "Patrol,Tom"))
    sheet = parsed(written(tmp_path, (rows + ",,\n" * 60_000).encode(), "plan.csv")).sheets[0]
    assert sheet.rows == {1: ["Action", "Lead"], 2: ["Patrol", "Tom"]}
    filled = ("a,b\n" * 6).encode()
    assert "more than 5 rows" in refused(written(tmp_path, filled, "plan.csv"), Limits(rows=5))
    assert "too many columns" in refused(written(tmp_path, b"a,b\na,,,b\n", "plan.csv"), Limits(columns=3))


@pytest.mark.parametrize("letter", ["\ue000", "\x01", "\x00"])
def test_no_letter_ends_a_file_before_its_end(tmp_path: Path, letter: str) -> None:
    text = f"Action,Lead\nPatrol,Tom\n{letter}\nMeet,Ann\nWalk,{letter}Jo\n" + "Rest,Jo\n" * 40
    rows = parsed(written(tmp_path, text.encode(), "plan.csv")).sheets[0].rows
    assert [rows[row][0] for row in (2, 4, 5)] == ["Patrol", "Meet", "Walk"]


@pytest.mark.parametrize("letter", ['"', "\r", " ", "a"])
def test_a_line_that_names_no_possible_delimiter_is_a_line(tmp_path: Path, letter: str) -> None:
    rows = parsed(written(tmp_path, f"sep={letter}\nAction,Lead\nPatrol,Tom\n".encode(), "plan.csv")).sheets[0].rows
    assert ["Action", "Lead"] in rows.values()

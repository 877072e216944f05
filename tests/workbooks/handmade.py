"""Every hand-made file with what it must give: the acceptance tests of importing actions."""

from tests.workbooks.handmade_layouts import LAYOUT_CASES
from tests.workbooks.handmade_parts import Case, differences
from tests.workbooks.handmade_text import TEXT_CASES
from tests.workbooks.handmade_values import VALUE_CASES
from tests.workbooks.handmade_wild_headings import HEADING_CASES
from tests.workbooks.handmade_wild_rows import ROW_CASES
from tests.workbooks.handmade_wild_tables import TABLE_CASES

CASES: tuple[Case, ...] = (*LAYOUT_CASES, *VALUE_CASES, *TEXT_CASES, *TABLE_CASES, *HEADING_CASES, *ROW_CASES)

__all__ = ["CASES", "Case", "differences"]

"""Ranked areas in words and numbers, the same on screen and on paper."""

from decimal import ROUND_HALF_UP, Decimal

from csp_desktop.queries.hotspots import HotspotRow, Hotspots
from models.terms import AreaKind

MINUS = "\N{MINUS SIGN}"
NOT_KNOWN = "not known"
_TENTH = Decimal("0.1")
_PERCENT = 100
_KINDS = {
    AreaKind.WARD: "ward",
    AreaKind.SMALL_AREA: "small area (LSOA)",
    AreaKind.TOWN: "town",
    AreaKind.DISTRICT: "district",
    AreaKind.PLACE: "place",
}


def figure_words(value: Decimal | None) -> str:
    """Return a figure with at most one decimal, rounded half up; "" for none."""
    return "" if value is None else f"{rounded(value):,}"


def rounded(value: Decimal) -> Decimal:
    """Return a figure with at most one decimal, rounded half up."""
    whole = value.to_integral_value(ROUND_HALF_UP)
    return whole if value == whole else value.quantize(_TENTH, ROUND_HALF_UP)


def tenth(value: Decimal) -> Decimal:
    """Return a figure with one decimal, rounded half up, so that a column of them has equal decimals."""
    return value.quantize(_TENTH, ROUND_HALF_UP)


def share_words(share: Decimal | None) -> str:
    """Return a share as "12.5%", "" for none."""
    return "" if share is None else f"{tenth(share * _PERCENT)}%"


def change_words(row: HotspotRow) -> str:
    """Return how a figure changed since the year before: "+12 (+8%)", "no change"; "" where that is not known.

    A figure that is no count, such as a percentage, changes by its own unit alone.
    """
    if row.change is None or row.before is None:
        return ""
    if row.change == 0:
        return "no change"
    sign = "+" if row.change > 0 else MINUS
    said = f"{sign}{figure_words(abs(row.change))}"
    if row.before <= 0 or row.share is None:  # a share of nothing, or of less, says nothing
        return said
    percent = (abs(row.change) * _PERCENT / row.before).quantize(Decimal(1), ROUND_HALF_UP)
    return f"{said} ({sign}{percent:,}%)" if percent else f"{said} (under 1%)"


def climbed_words(row: HotspotRow) -> str:
    """Return how a rank changed since the year before: "up 2", "down 1", "the same"; "" where that is not known."""
    if row.climbed is None:
        return ""
    if row.climbed == 0:
        return "the same"
    return f"{'up' if row.climbed > 0 else 'down'} {abs(row.climbed)}"


def kind_words(kind: AreaKind) -> str:
    """Return a kind of area as it stands within a sentence."""
    return _KINDS[kind]


def what_words(found: Hotspots) -> str:
    """Return what a ranking is of: "by ward, Wards until May 2026, Jan 2025 to Dec 2025"."""
    parts = [f"by {kind_words(found.area_kind)}", found.ward_set, found.period.words if found.period else ""]
    return ", ".join(part for part in parts if part)


def finding_words(found: Hotspots) -> str:
    """Return in a sentence who stands first, and how much of the whole that is; "" where nothing is ranked."""
    if not found.rows:
        return ""
    first = [row for row in found.rows if row.rank == 1]
    names = first[0].name if len(first) == 1 else f"{first[0].name} and {len(first) - 1} more"
    share = first[0].share
    whole = f", {share_words(share)} of all" if share is not None and len(first) == 1 else ""
    return f"{names} {'has' if len(first) == 1 else 'have'} the most: {figure_words(first[0].value)}{whole}."

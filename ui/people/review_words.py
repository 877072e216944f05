"""How late a review is, in words."""

from ui.reoffending.figure_words import counted


def review_words(days: int) -> str:
    """Return how late a review is, empty for one in time: "83 days overdue"."""
    return f"{counted(days, 'day')} overdue" if days else ""

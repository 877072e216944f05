"""How a risk to delivery is graded: likelihood times impact, each from 1 to 5, and the level in a word."""

from typing_extensions import override

from models.vocabulary import Word

MOST_OF_EITHER = 5


class RiskLevel(Word):
    """How much a risk weighs, from the least."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    VERY_HIGH = "very_high"

    @property
    @override
    def label(self) -> str:
        """Return the level as people read it."""
        return self.value.replace("_", " ").capitalize()


_UP_TO = ((4, RiskLevel.LOW), (9, RiskLevel.MEDIUM), (14, RiskLevel.HIGH))


def risk_score(likelihood: int, impact: int) -> int:
    """Return likelihood times impact, from 1 to 25."""
    return likelihood * impact


def risk_level(score: int) -> RiskLevel:
    """Return the level of a score: low 1 to 4, medium 5 to 9, high 10 to 14, very high 15 to 25.

    Common practice of councils' five by five matrices; no duty sets these bounds.
    """
    return next((level for most, level in _UP_TO if score <= most), RiskLevel.VERY_HIGH)

import pytest

from ui.dialogs.strength import strength


@pytest.mark.parametrize(
    ("typed", "tone", "said"),
    [
        ("", "muted", "At least 12"),
        ("elevenchars", "warning", "1 more character is needed."),
        ("short", "warning", "7 more characters are needed."),
        ("aaaaaaaaaaaaaaaaaaaaaaa", "error", "Too regular"),
        ("abababababab", "error", "Too regular"),
        ("tr0ub4dor&3xy", "warning", "Good enough"),
        ("cat sun elm fig", "ok", "Strong."),
        ("orchardlanternseventeen", "ok", "Strong."),
    ],
)
def test_a_passphrase_is_judged_in_a_sentence(typed: str, tone: str, said: str) -> None:
    judged, sentence = strength(typed)
    assert judged == tone
    assert sentence.startswith(said)

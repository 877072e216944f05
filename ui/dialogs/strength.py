"""How good a passphrase is, said in a sentence while it is typed."""

SHORTEST = 12
COMFORTABLE = 20
FEW_LETTERS = 6


def strength(passphrase: str) -> tuple[str, str]:
    """Return the tone ("muted", "error", "warning" or "ok") and the sentence for what has been typed so far."""
    if not passphrase:
        return "muted", f"At least {SHORTEST} characters. Four words that have nothing to do with each other are good."
    missing = SHORTEST - len(passphrase.strip())
    if missing > 0:
        return "warning", f"{missing} more {'character is' if missing == 1 else 'characters are'} needed."
    if len(set(passphrase.casefold())) < FEW_LETTERS:
        return "error", "Too regular: it could be guessed by trying repeats. Use several different words."
    words = set(passphrase.casefold().split())
    if len(passphrase) >= COMFORTABLE or len(words) >= 4:  # noqa: PLR2004  (four words, as the advice says)
        return "ok", "Strong."
    return "warning", "Good enough; one more word would make it strong."

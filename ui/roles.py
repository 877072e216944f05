"""The colours by role: one table for light, dark and high contrast."""

from dataclasses import dataclass

_LINEAR_BELOW = 0.04045  # where sRGB leaves its straight part (WCAG 2.2, relative luminance)


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours by role, each ``#RRGGBB``. Text roles reach 4.5:1 on every surface they are used on; edge reaches 3:1."""

    name: str
    surface: str
    raised: str
    hover: str
    line: str
    edge: str
    text: str
    muted: str
    accent: str
    on_accent: str
    focus: str
    selection: str
    warning: str
    error: str
    ok: str

    def text_pairs(self) -> tuple[tuple[str, str], ...]:
        """Return every (text role, surface role) pair that the window uses."""
        on_page = tuple(
            (ink, ground) for ink in ("text", "muted", "accent") for ground in ("surface", "raised", "hover")
        )
        tones = tuple((ink, ground) for ink in ("warning", "error", "ok") for ground in ("surface", "raised"))
        return (*on_page, *tones, ("text", "selection"), ("muted", "selection"), ("on_accent", "accent"))


LIGHT = Theme(
    name="light",
    surface="#F5F6F8",
    raised="#FFFFFF",
    hover="#EEF2F7",
    line="#D8DDE4",
    edge="#848D99",
    text="#1A1E24",
    muted="#56606D",
    accent="#1D5FA8",
    on_accent="#FFFFFF",
    focus="#1D5FA8",
    selection="#DAE7F6",
    warning="#7A4A00",
    error="#A3161A",
    ok="#1B673A",
)
DARK = Theme(
    name="dark",
    surface="#16191D",
    raised="#1E2228",
    hover="#282D35",
    line="#39414B",
    edge="#7C8693",
    text="#E7EAEE",
    muted="#A7B0BC",
    accent="#7FB2EA",
    on_accent="#0B1A2C",
    focus="#7FB2EA",
    selection="#233F5E",
    warning="#F2C879",
    error="#FF9C94",
    ok="#86D5A2",
)
HIGH_CONTRAST = Theme(
    name="high contrast",
    surface="#000000",
    raised="#000000",
    hover="#2B2B2B",
    line="#FFFFFF",
    edge="#FFFFFF",
    text="#FFFFFF",
    muted="#FFFFFF",
    accent="#FFFF00",
    on_accent="#000000",
    focus="#FFFF00",
    selection="#003A75",
    warning="#FFD75E",
    error="#FF9C94",
    ok="#7CFF9B",
)


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of two ``#RRGGBB`` colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= _LINEAR_BELOW else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue

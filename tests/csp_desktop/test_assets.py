import io
import re

import pytest
from PIL import Image, ImageCms, ImageFont

from csp_desktop import assets

LATIN = "Wąsik, İşıl, Déjà £5 “half”"  # noqa: RUF001 - the Turkish dotless i is meant
FONTS = {
    "LiberationSans-Regular": LATIN,
    "LiberationSans-Bold": LATIN,
    "NotoNaskhArabic-Regular": "محمد حسین گل ٹ ڈ ے",
    "NotoSansGujarati-Regular": "પટેલ નયના",
    "NotoSansGurmukhi-Regular": "ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ",
}


@pytest.mark.parametrize("name", FONTS)
def test_every_font_has_the_letters_it_is_there_for(name: str) -> None:
    font = ImageFont.truetype(str(assets.font_path(name)), 20)
    missing = font.getmask("\U000effff")
    for letter in set(FONTS[name]) - {" "}:
        drawn = font.getmask(letter)
        assert (drawn.size, bytes(drawn)) != (missing.size, bytes(missing)), f"U+{ord(letter):04X}"


def test_fonts_keep_their_licences_beside_them() -> None:
    for licence in ("fonts/LICENCE-Liberation.txt", "fonts/LICENCE-Noto.txt"):
        assert "SIL OPEN FONT LICENSE" in assets.read_text(licence)


def test_fonts_stay_small() -> None:
    assert sum(file.stat().st_size for file in assets.paths("fonts", ".ttf")) < 1_400_000


def test_digits_of_the_text_font_have_one_width() -> None:
    font = ImageFont.truetype(str(assets.font_path("LiberationSans-Regular")), 100)
    assert len({font.getlength(digit) for digit in "0123456789"}) == 1


def test_icon_comes_in_every_size_windows_asks_for() -> None:
    with Image.open(io.BytesIO(assets.read_bytes("icons/csp-desktop.ico"))) as icon:
        sizes = icon.info["sizes"]
    assert {(16, 16), (20, 20), (24, 24), (32, 32), (40, 40), (48, 48), (64, 64), (256, 256)} <= sizes


def test_icon_drawing_loads_nothing_from_elsewhere() -> None:
    drawing = assets.read_text("icons/csp-desktop.svg")
    assert not re.search(r"href|url\(|<script|<image", drawing)


def test_colour_profile_is_an_rgb_display_profile() -> None:
    profile = ImageCms.ImageCmsProfile(io.BytesIO(assets.read_bytes("colour/srgb.icc"))).profile
    assert profile.xcolor_space.strip() == "RGB"
    assert profile.device_class == "mntr"
    assert profile.version < 5


@pytest.mark.parametrize("name", ["fonts/Comic.ttf", "nothing/here.txt"])
def test_a_file_that_is_not_there_is_named(name: str) -> None:
    with pytest.raises(FileNotFoundError, match=f"resources/{name}"):
        assets.read_bytes(name)

"""Every place of the window has its page of help, and the contents lead to every page."""

import re

from csp_desktop import assets
from ui.help import BY_PLACE, CONTENTS
from ui.places import PLACES


def test_every_place_has_a_page_and_the_contents_name_them_all() -> None:
    assert {place.key for place in PLACES} <= set(BY_PLACE)
    pages = {path.name for path in assets.help_path(CONTENTS).parent.glob("*.md")} - {CONTENTS}
    linked = set(re.findall(r"\]\(([a-z-]+\.md)\)", assets.help_path(CONTENTS).read_text(encoding="utf-8")))
    assert linked >= pages
    assert set(BY_PLACE.values()) <= pages

"""The partnership: its name, area, contact, logo and handling mark."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel
from typing_extensions import override

from csp_desktop.queries.plans import profile
from ui.desk import Desk
from ui.files import choose_picture
from ui.forms.setup import PROFILE, editing_profile
from ui.setup.section import Section, add_fact
from ui.theme import px
from ui.widgets import emptied

LOGO_WIDTH_PX, LOGO_HEIGHT_PX = 240, 96


class PartnershipSection(Section):
    """What every screen and report says of the partnership."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Partnership", "Who this store belongs to. It stands on every screen and every report.")
        self.add_button("Edit partnership", self.edit, "primary")
        self._facts = self.add_facts()

    @override
    def reread(self) -> None:
        about = profile(self.desk.store)
        emptied(self._facts)
        add_fact(self._facts, "Name", about.name)
        add_fact(self._facts, "Area", about.area)
        add_fact(self._facts, "Contact", about.contact)
        add_fact(self._facts, "Handling mark", about.default_marking.value)
        add_fact(self._facts, "Logo", "" if about.logo is None else _shown(about.logo))

    def edit(self) -> None:
        """Open the form of the profile."""
        self.form_asked.emit(editing_profile(self.desk.store, lambda at: choose_picture(self, at)))

    @override
    def open_again(self, name: str, ids: tuple[int, ...]) -> bool:
        if name == PROFILE:
            self.edit()
        return name == PROFILE


def _shown(logo: bytes) -> QLabel:
    shown = QLabel()
    picture = QPixmap.fromImage(QImage.fromData(logo))
    fit = (px(LOGO_WIDTH_PX), px(LOGO_HEIGHT_PX))
    shown.setPixmap(
        picture.scaled(*fit, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
    )
    shown.setAccessibleName("The partnership's logo")
    return shown

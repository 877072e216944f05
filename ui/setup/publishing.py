"""Publishing: how small a count of people may be told to the public."""

from typing_extensions import override

from csp_desktop.queries.publication import publication
from ui.desk import Desk
from ui.forms.publishing import PUBLISHING, editing_publication
from ui.setup.section import Section, add_fact
from ui.widgets import emptied


class PublishingSection(Section):
    """What a public report keeps back."""

    def __init__(self, desk: Desk) -> None:
        told = (
            "What the public form of a reoffending report keeps back. Smaller counts of people are hidden, and as many "
            "others as it takes that none of them can be worked out."
        )
        super().__init__(desk, "Publishing", told)
        self.add_button("Edit", self.edit, "primary")
        self._facts = self.add_facts()

    @override
    def reread(self) -> None:
        emptied(self._facts)
        rules = publication(self.desk.store).rules
        add_fact(self._facts, "Smallest count that is published", f"{rules.threshold:,}")

    def edit(self) -> None:
        """Open the form."""
        self.form_asked.emit(editing_publication(self.desk.store))

    @override
    def open_again(self, name: str, ids: tuple[int, ...]) -> bool:
        if name == PUBLISHING:
            self.edit()
        return name == PUBLISHING

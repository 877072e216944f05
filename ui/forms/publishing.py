"""The form of what a public report keeps back."""

from csp_desktop.commands.publication import LEAST_THRESHOLD, MOST_THRESHOLD, set_publication
from csp_desktop.queries.publication import publication
from csp_desktop.store import Store
from ui.forms.fields import NumberField, Values
from ui.forms.form import FormSpec

PUBLISHING = "publication"


def editing_publication(store: Store) -> FormSpec:
    """Return the form of the smallest count that is published."""
    now = publication(store)

    def save(values: Values) -> None:
        set_publication(store, now.version, values.number("threshold") or 0)

    field = NumberField(
        key="threshold",
        label="Smallest count that is published",
        hint="3 hides counts of one and two people. What is hidden shows as ~.",
        least=LEAST_THRESHOLD,
        most=MOST_THRESHOLD,
        value=now.rules.threshold,
    )
    return FormSpec(
        title="Edit what is published",
        fields=(field,),
        save_words="Save",
        save=save,
        again=lambda: editing_publication(store),
        name=PUBLISHING,
    )

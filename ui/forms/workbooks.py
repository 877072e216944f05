"""The form that says which update workbooks are to be made, for which period, and when they are wanted back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from typing_extensions import override

from csp_desktop.errors import CspError
from csp_desktop.exports.content import DAYS_TO_ANSWER, Timing
from csp_desktop.exports.scopes import Scope
from csp_desktop.rules.periods import Quarter
from ui.forms.fields import ChoiceField, DateField, Field, TextField, Values
from ui.forms.form import Form, FormSpec

FOR, PERIOD, BACK = "for", "period", "wanted_back"


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that workbooks can be made of: its words, and a scope for each workbook."""

    words: str
    scopes: tuple[Scope, ...]


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person wants made."""

    scopes: tuple[Scope, ...]
    timing: Timing


class MakingForm(Form):
    """The form as it stands in the pane. It goes without a question: nothing of it is saved anywhere."""

    @override
    def cancel(self) -> None:
        self.closed.emit()


def making(offers: tuple[Offer, ...], first: Offer, today: date, asked: Callable[[Wish], None]) -> FormSpec:
    """Return the form; ``first`` is chosen to begin with, and ``asked`` is called with what a person wants.

    It stays open: the place to save to is chosen after it, and a person may change their mind there.
    """

    def check(values: Values) -> Mapping[str, str]:
        refused: dict[str, str] = {}
        for key, period, back in (
            (PERIOD, values.text(PERIOD) or None, None),
            (BACK, None, values.day(BACK)),
        ):
            try:
                Timing.of(today, period, back)
            except CspError as refusal:
                refused[key] = str(refusal)
        return refused

    def save(values: Values) -> None:
        timing = Timing.of(today, values.text(PERIOD) or None, values.day(BACK))
        asked(Wish(values.one_of(FOR, Offer).scopes, timing))

    fields: tuple[Field, ...] = (
        ChoiceField(
            key=FOR,
            label="For",
            hint="For several owners you choose a folder. Each gets a file of their own, named by its number alone.",
            choices=tuple((offer, offer.words) for offer in offers),
            value=first,
        ),
        TextField(
            key=PERIOD,
            label="Period",
            hint="What they report on: a quarter, year or month, such as Q2 2026/27, 2026/27, June 2026.",
            value=Quarter.containing(today).label,
        ),
        DateField(
            key=BACK,
            label="Wanted back by",
            hint="Two weeks from today, unless you say otherwise.",
            today=today,
            value=today + timedelta(days=DAYS_TO_ANSWER),
            required=True,
        ),
    )
    return FormSpec(
        title="Make workbooks",
        fields=fields,
        save_words="Choose where to save",
        save=save,
        check=check,
        closes_on_save=False,
    )

"""The forms of the Reoffending page by name, to be opened again with what was typed before a lock."""

from collections.abc import Callable, Mapping
from datetime import date

from csp_desktop.store import Store
from models.offending import Severity
from ui.forms.cohorts import ADD_COHORT, EDIT_COHORT, adding_cohort, editing_cohort
from ui.forms.form import FormSpec
from ui.forms.lookups import (
    ADD_BENCHMARK,
    ADD_CODE,
    ADD_ENTRANTS,
    EDIT_BENCHMARK,
    EDIT_CODE,
    EDIT_ENTRANTS,
    REPLACE_WEIGHTS,
    adding_benchmark,
    adding_code,
    adding_entrants,
    editing_benchmark,
    editing_code,
    editing_entrants,
    replacing_weights,
)
from ui.forms.needs import ADD_NEED, EDIT_NEED, adding_need, editing_need
from ui.forms.offences import ADD_OFFENCE, EDIT_OFFENCE, adding_offence, editing_offence
from ui.forms.offenders import (
    ADD_MEMBER,
    EDIT_MEMBER,
    EDIT_OFFENDER,
    MERGE_OFFENDER,
    adding_member,
    editing_member,
    editing_offender,
    merging_offender,
)
from ui.forms.spells import (
    ADD_SPELL,
    ADD_STATUS,
    EDIT_SPELL,
    EDIT_STATUS,
    adding_spell,
    adding_status,
    editing_spell,
    editing_status,
)

Of = Callable[[Store, int, date], FormSpec]
OfRow = Callable[[Store, int, int, date], FormSpec]
OF_ONE: Mapping[str, Of] = {
    EDIT_COHORT: editing_cohort,
    ADD_OFFENCE: adding_offence,
    ADD_SPELL: adding_spell,
    ADD_STATUS: adding_status,
    ADD_NEED: adding_need,
    ADD_MEMBER: adding_member,
    EDIT_OFFENDER: editing_offender,
    MERGE_OFFENDER: merging_offender,
}
OF_ROW: Mapping[str, OfRow] = {
    EDIT_OFFENCE: editing_offence,
    EDIT_SPELL: editing_spell,
    EDIT_STATUS: editing_status,
    EDIT_NEED: editing_need,
    EDIT_MEMBER: editing_member,
}
LOOKUPS: Mapping[str, Callable[[Store, tuple[int, ...], date], FormSpec]] = {
    ADD_CODE: lambda store, _ids, _today: adding_code(store),
    EDIT_CODE: lambda store, ids, _today: editing_code(store, ids[0]),
    REPLACE_WEIGHTS: lambda store, ids, _today: replacing_weights(store, tuple(Severity)[ids[0]]),
    ADD_BENCHMARK: lambda store, _ids, today: adding_benchmark(store, today),
    EDIT_BENCHMARK: lambda store, ids, today: editing_benchmark(store, ids[0], today),
    ADD_ENTRANTS: lambda store, _ids, today: adding_entrants(store, today),
    EDIT_ENTRANTS: lambda store, ids, today: editing_entrants(store, ids[0], today),
}


def form_again(store: Store, name: str, ids: tuple[int, ...], today: date) -> FormSpec | None:
    """Return a form as its row stands now; None for a name that is none of these. Raises CspError for a row gone."""
    if name == ADD_COHORT:
        return adding_cohort(store, today)
    if name in LOOKUPS:
        return LOOKUPS[name](store, ids, today)
    if name in OF_ONE:
        return OF_ONE[name](store, ids[0], today)
    return OF_ROW[name](store, ids[0], ids[1], today) if name in OF_ROW else None

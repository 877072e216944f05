"""Two saves of one row meet: what a person typed, what stood there when they began, and what stands there now."""

from collections.abc import Mapping, Sequence

from ui.forms.conflict import Clash
from ui.forms.fields import Field, Values


class Meeting:
    """Merges field by field. ``clashes`` are the fields that both changed, each to something else."""

    def __init__(self, now: Sequence[Field], start: Mapping[str, object], mine: Values) -> None:
        self._theirs = starting_values(now)
        self._mine = mine.held()
        self._changed = mine.changed
        self.clashes = tuple(
            Clash(field.key, field.label, field.words(self._mine[field.key]), field.words(self._theirs[field.key]))
            for field in now
            if field.key in mine.changed
            and self._theirs[field.key] != start[field.key]
            and self._theirs[field.key] != self._mine[field.key]
        )

    def settled(self, theirs: frozenset[str]) -> Values:
        """Return what to save: mine where I changed it, but for the fields in ``theirs``; else what stands there."""
        kept = self._changed - theirs
        held = {key: self._mine[key] if key in kept else value for key, value in self._theirs.items()}
        return Values(held, frozenset(key for key in kept if held[key] != self._theirs[key]))


def starting_values(fields: Sequence[Field]) -> dict[str, object]:
    """Return what each field's editor holds before anything is typed."""
    held = {}
    for field in fields:
        editor = field.editor()
        editor.set_value(field.value)
        held[field.key] = editor.value()
        editor.deleteLater()
    return held

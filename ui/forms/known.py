"""Who is known, for forms that name people and partners: names to offer, and ids for what was typed."""

from collections.abc import Sequence
from dataclasses import dataclass

from csp_desktop.commands.actions import Supporter
from csp_desktop.commands.people import add_person
from csp_desktop.queries.people import OrganisationRow, PersonRow, list_organisations, list_people
from csp_desktop.rules.folding import fold
from csp_desktop.store import Store


@dataclass(frozen=True, slots=True)
class Known:
    """People and organisations as they stood when a form was opened."""

    people: Sequence[PersonRow]
    organisations: Sequence[OrganisationRow]

    @classmethod
    def read(cls, store: Store) -> "Known":
        """Read everyone whose data was not erased."""
        people = [person for person in list_people(store) if person.erased_certificate is None]
        return cls(people, list_organisations(store))

    @property
    def people_names(self) -> tuple[str, ...]:
        """The people's names."""
        return tuple(person.name for person in self.people)

    @property
    def all_names(self) -> tuple[str, ...]:
        """The names of people, then of organisations."""
        return (*self.people_names, *(row.name for row in self.organisations))

    @property
    def organisation_choices(self) -> tuple[tuple[object, str], ...]:
        """The organisations as a drop-down takes them."""
        return tuple((row.id, row.name) for row in self.organisations)

    def person_name(self, person_id: int | None) -> str:
        """Return a person's name, empty for none."""
        return next((person.name for person in self.people if person.id == person_id), "")

    def person_id(self, store: Store, name: str) -> int | None:
        """Return the person of this name or other name; an unknown name is added as a person, none is None."""
        if not name.strip():
            return None
        found = self._person(name)
        return add_person(store, name) if found is None else found

    def supporters(self, store: Store, names: Sequence[str]) -> list[Supporter]:
        """Return who supports by name: organisations and people who are known, else new people."""
        return [self._supporter(store, name) for name in names]

    def _supporter(self, store: Store, name: str) -> Supporter:
        person = self._person(name)
        if person is None:
            for row in self.organisations:
                if fold(name) in {fold(row.name), *map(fold, row.aliases)}:
                    return Supporter(organisation_id=row.id)
        return Supporter(person_id=person if person is not None else add_person(store, name))

    def _person(self, name: str) -> int | None:
        wanted = fold(name)
        for person in self.people:
            if wanted in {fold(person.name), *map(fold, person.aliases)}:
                return person.id
        return None

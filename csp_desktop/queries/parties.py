"""Who is meant where a row names a person or an organisation: by name, and by post where names are not published."""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from csp_desktop.registers.naming import ERASED
from models.people import Organisation, Person

UNNAMED = "an officer"
"""A person of whom neither post nor organisation is kept, where names are not published."""


@dataclass(frozen=True, slots=True)
class Party:
    """A person, an organisation, or a person who sits for an organisation; each empty or None where there is none."""

    person_id: int | None = None
    organisation_id: int | None = None
    person: str = ""
    organisation: str = ""
    job_title: str = ""

    @property
    def name(self) -> str:
        """Return the person's name, else the organisation's."""
        return self.person or self.organisation

    @property
    def post(self) -> str:
        """Return who it is without a name: "Inspector, West Yorkshire Police"."""
        if self.person_id is None:
            return self.organisation
        return ", ".join(filter(None, (self.job_title, self.organisation))) or UNNAMED

    def called(self, *, public: bool) -> str:
        """Return the name, or for the public the post."""
        return self.post if public else self.name


class Parties:
    """Everybody a row may name, read once."""

    def __init__(self, connection: Connection) -> None:
        self._organisations = dict(connection.execute(select(Organisation.id, Organisation.name)).all())
        columns = (Person.id, Person.name, Person.job_title, Person.organisation_id, Person.erased_certificate)
        self._people = {row.id: row for row in connection.execute(select(*columns))}

    def find(self, person_id: int | None, organisation_id: int | None = None) -> Party | None:
        """Return who is meant, None where nobody is. A person's own organisation stands where none is named."""
        if person_id is None and organisation_id is None:
            return None
        if person_id is None:
            return Party(None, organisation_id, organisation=self._organisation(organisation_id))
        row = self._people[person_id]
        own = organisation_id or row.organisation_id
        name = ERASED if row.erased_certificate else row.name
        return Party(person_id, own, name, self._organisation(own), row.job_title)

    def _organisation(self, organisation_id: int | None) -> str:
        return self._organisations[organisation_id] if organisation_id is not None else ""

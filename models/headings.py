"""What a partnership says of the headings that its owners use, beside the lists that come with the program."""

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Row
from models.vocabulary import HeadingLanguage, Sureness


class KnownHeading(Row):
    """A heading and the field of an action that it means, or does not mean: "withdrawn" takes a shipped one out.

    ``name`` is the heading as people write it, ``name_folded`` as an import compares it.
    """

    __tablename__ = "known_heading"
    __table_args__ = (UniqueConstraint("field", "name_folded"),)

    field: Mapped[str]
    name: Mapped[str]
    name_folded: Mapped[str]
    sureness: Mapped[Sureness] = mapped_column(default=Sureness.SURE)


class LanguageChoice(Row):
    """Whether the headings of a language are known; a language without a row is."""

    __tablename__ = "language_choice"
    __table_args__ = (UniqueConstraint("language"),)

    language: Mapped[HeadingLanguage]
    is_known: Mapped[bool]

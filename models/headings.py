"""What a partnership says of the headings that its owners use, beside the lists that come with the program."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from models.base import Row
from models.vocabulary import HeadingLanguage, Sureness


class KnownHeading(Row):
    """A heading and the field of an action that it means, or does not mean: "withdrawn" takes a shipped one out.

    ``name`` is the heading as people write it, ``name_folded`` as an import compares it. Undoing an old Step may bring
    back a second row of the same field and heading; the newer then holds.
    """

    __tablename__ = "known_heading"

    field: Mapped[str]
    name: Mapped[str]
    name_folded: Mapped[str]
    sureness: Mapped[Sureness] = mapped_column(default=Sureness.SURE)


class LanguageChoice(Row):
    """Whether the headings of a language are known; one without a row is. Of several rows the newest holds."""

    __tablename__ = "language_choice"

    language: Mapped[HeadingLanguage]
    is_known: Mapped[bool]


class ForgottenLayout(Row):
    """A layout whose memory somebody had forgotten: what it was said to hold until ``at`` counts no more.

    What is remembered of layouts is no Step's row; this is, so that forgetting can be undone and is in the history.
    """

    __tablename__ = "forgotten_layout"

    register: Mapped[str]
    fingerprint: Mapped[str]
    at: Mapped[datetime]

"""The words the field uses, as data types. Imports nothing of ours; every floor may use it.

Each enumeration's value is what is stored and printed in JSON; ``label`` is what people read.
"""

from enum import StrEnum

from typing_extensions import override


class Word(StrEnum):
    """A stored word with the label people read: ``in_progress`` is "In progress"."""

    @property
    def label(self) -> str:
        """Return the word as people read it, in sentence case."""
        return self.value.replace("_", " ").capitalize()


class LifecycleStatus(Word):
    """Where an action or milestone stands in its life; apart from RAG, which is a judgement."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    ON_HOLD = "on_hold"
    ONGOING = "ongoing"
    COMPLETE = "complete"
    CLOSED = "closed"
    CANCELLED = "cancelled"

    @property
    def is_open(self) -> bool:
        """Say whether work is still expected."""
        return self not in {LifecycleStatus.COMPLETE, LifecycleStatus.CLOSED, LifecycleStatus.CANCELLED}


class PlanKind(Word):
    """What a plan is for; both kinds share one model."""

    PARTNERSHIP = "partnership"
    TOWN_CENTRE = "town_centre"


class OrganisationKind(Word):
    """How an organisation stands to the partnership (Crime and Disorder Act 1998, section 5)."""

    RESPONSIBLE_AUTHORITY = "responsible_authority"
    CO_OPERATING = "co_operating"
    VOLUNTARY_AND_COMMUNITY = "voluntary_and_community"
    HEALTH = "health"
    HOUSING = "housing"
    BUSINESS = "business"
    OTHER = "other"

    @property
    @override
    def label(self) -> str:
        """Return the kind as people read it."""
        return "Co-operating body" if self is OrganisationKind.CO_OPERATING else super().label


class GroupKind(Word):
    """A body that meets and owns plans."""

    BOARD = "board"
    TOWN_CENTRE_GROUP = "town_centre_group"
    THEME_GROUP = "theme_group"


class DueKind(Word):
    """Why a timescale is not a date: typed non-dates, neither errors nor blank."""

    ONGOING = "ongoing"
    TO_BE_CONFIRMED = "to_be_confirmed"
    NOT_APPLICABLE = "not_applicable"
    RECURRING = "recurring"


class Marking(StrEnum):
    """Government security classification printed on every page; ``NONE`` prints nothing."""

    NONE = ""
    OFFICIAL = "OFFICIAL"
    OFFICIAL_SENSITIVE = "OFFICIAL-SENSITIVE"


class RagShape(Word):
    """The shape that carries a RAG value beside its letter, word and colour."""

    SQUARE = "square"
    CIRCLE = "circle"
    TRIANGLE = "triangle"
    DIAMOND = "diamond"


class StepKind(Word):
    """What a recorded Step was. ``FOUNDING`` filled a new store: without it there is nothing to work in."""

    FOUNDING = "founding"
    WRITE = "write"
    IMPORT = "import"
    UNDO = "undo"
    REDO = "redo"
    ACCESS = "access"
    ERASURE = "erasure"


class Change(Word):
    """What happened to one row in a Step."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


class RowOutcome(Word):
    """What an import makes of one row of the file."""

    ERROR = "error"
    CONFLICT = "conflict"
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    IGNORED = "ignored"


class Stage(Word):
    """How far the rows of a staged file are: as read, as understood, or ready to be stored."""

    CELLS = "cells"
    ENTRIES = "entries"
    NEW = "new"


class ProblemLevel(Word):
    """How grave an import's problem is: an error left a cell or row out, a warning did not."""

    ERROR = "error"
    WARNING = "warning"


class HeadingLanguage(Word):
    """A language of column headings that the program brings a list for."""

    ENGLISH = "english"
    WELSH = "welsh"
    FRENCH = "french"


class Sureness(Word):
    """What a partnership says of a heading: take it, take it and show it for confirmation, or do not know it."""

    SURE = "sure"
    TO_BE_CONFIRMED = "to_be_confirmed"
    WITHDRAWN = "withdrawn"


class ExportScope(Word):
    """What an update workbook holds: the actions that one owner leads, those of a theme, or a whole plan."""

    OWNER = "owner"
    THEME = "theme"
    PLAN = "plan"


class CellChoice(Word):
    """Whose words a cell of a returned workbook gets: the owner's, the office's, or both, one after the other."""

    THEIRS = "theirs"
    MINE = "mine"
    BOTH = "both"

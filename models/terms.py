"""The words of what a partnership runs beside its plan: town centre, meetings, evidence, measures, pathways, risks.

As in ``vocabulary``, a value is what is stored and printed in JSON, and ``label`` is what people read.
"""

from typing_extensions import override

from models.vocabulary import Word


class OperationStatus(Word):
    """Whether a day of action is to come, was held, or was called off."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


class FeedbackSource(Word):
    """Who told the partnership how a place feels."""

    RESIDENT = "resident"
    BUSINESS = "business"
    VISITOR = "visitor"
    COUNCILLOR = "councillor"
    PARTNER = "partner"
    SURVEY = "survey"
    OTHER = "other"


class MeetingStatus(Word):
    """Whether a meeting is to come, was held, or was called off."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


class AgendaKind(Word):
    """What an item of an agenda is; the order is the usual order of a meeting (other councils' minutes)."""

    APOLOGIES = "apologies"
    DECLARATIONS = "declarations"
    LAST_MINUTES = "last_minutes"
    MATTERS_ARISING = "matters_arising"
    ITEM = "item"
    ANY_OTHER_BUSINESS = "any_other_business"
    NEXT_MEETING = "next_meeting"

    @property
    @override
    def label(self) -> str:
        """Return the item as an agenda words it."""
        return _AGENDA_WORDS[self]


_AGENDA_WORDS = {
    AgendaKind.APOLOGIES: "Welcome and apologies",
    AgendaKind.DECLARATIONS: "Declarations of interest",
    AgendaKind.LAST_MINUTES: "Minutes of the last meeting",
    AgendaKind.MATTERS_ARISING: "Matters arising and action log",
    AgendaKind.ITEM: "Item",
    AgendaKind.ANY_OTHER_BUSINESS: "Any other business",
    AgendaKind.NEXT_MEETING: "Date of the next meeting",
}


class AttendanceKind(Word):
    """How somebody stood to a meeting."""

    PRESENT = "present"
    IN_ATTENDANCE = "in_attendance"
    APOLOGIES = "apologies"
    ABSENT = "absent"


class LogStatus(Word):
    """Where an entry of an action log stands. The owner completes it; the group closes it, and only the group."""

    OPEN = "open"
    COMPLETED = "completed"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class AssessmentKind(Word):
    """What an edition of the strategic intelligence assessment is: the yearly refresh, or the full review."""

    REFRESH = "refresh"
    FULL = "full"


class Topic(Word):
    """What evidence is about, as the strategic intelligence assessment orders it."""

    CRIME = "crime"
    ASB_PERSONAL = "asb_personal"
    ASB_NUISANCE = "asb_nuisance"
    ASB_ENVIRONMENTAL = "asb_environmental"
    ENVIRONMENT = "environment"
    SUBSTANCE_MISUSE = "substance_misuse"
    PERCEPTIONS = "perceptions"
    DEMOGRAPHY = "demography"

    @property
    @override
    def label(self) -> str:
        """Return the topic as people read it."""
        return _TOPIC_NAMES.get(self) or self.value.replace("_", " ").capitalize()


_TOPIC_NAMES = {
    Topic.ASB_PERSONAL: "Anti-social behaviour: personal",
    Topic.ASB_NUISANCE: "Anti-social behaviour: nuisance",
    Topic.ASB_ENVIRONMENTAL: "Anti-social behaviour: environmental",
}


class EvidenceQuality(Word):
    """How far a finding can be leaned on."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Sensitivity(Word):
    """Who may see a finding: anybody, the partnership, or those who need to."""

    PUBLIC = "public"
    PARTNERSHIP = "partnership"
    RESTRICTED = "restricted"


class PriorityRag(Word):
    """How pressing the assessment holds a priority to be."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"


class Movement(Word):
    """How a priority moved since the edition before."""

    WORSENED = "worsened"
    UNCHANGED = "unchanged"
    IMPROVED = "improved"
    NEW = "new"


class AreaKind(Word):
    """What an area is."""

    WARD = "ward"
    SMALL_AREA = "small_area"
    TOWN = "town"
    DISTRICT = "district"
    PLACE = "place"

    @property
    @override
    def label(self) -> str:
        """Return the kind as people read it."""
        return "Small area (LSOA)" if self is AreaKind.SMALL_AREA else self.value.capitalize()


class Polarity(Word):
    """Which way a measure should go."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"

    @property
    @override
    def label(self) -> str:
        """Return the polarity as people read it."""
        return {
            Polarity.HIGHER: "Higher is better",
            Polarity.LOWER: "Lower is better",
            Polarity.NEITHER: "Neither is better",
        }[self]


class Frequency(Word):
    """How often a measure is read."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    YEARLY = "yearly"

    @property
    def months(self) -> int:
        """Return how many months a period has."""
        return {Frequency.MONTHLY: 1, Frequency.QUARTERLY: 3, Frequency.YEARLY: 12}[self]


class MeasureUnit(Word):
    """What a measure's values are. All but counts are worked out of a numerator and a denominator where given."""

    COUNT = "count"
    PERCENT = "percent"
    RATE_PER_1000 = "rate_per_1000"
    RATE_PER_100000 = "rate_per_100000"
    AVERAGE = "average"
    POUNDS = "pounds"

    @property
    @override
    def label(self) -> str:
        """Return the unit as people read it."""
        return {
            MeasureUnit.COUNT: "number",
            MeasureUnit.PERCENT: "%",
            MeasureUnit.RATE_PER_1000: "per 1,000",
            MeasureUnit.RATE_PER_100000: "per 100,000",
            MeasureUnit.AVERAGE: "average",
            MeasureUnit.POUNDS: "£",
        }[self]

    @property
    def per(self) -> int:
        """Return what a numerator over its denominator is multiplied by."""
        return {
            MeasureUnit.PERCENT: 100,
            MeasureUnit.RATE_PER_1000: 1_000,
            MeasureUnit.RATE_PER_100000: 100_000,
        }.get(self, 1)


class CohortFigure(Word):
    """A figure of a reoffending cohort that can feed a measure."""

    RATE = "rate"
    REOFFENCES_PER_REOFFENDER = "reoffences_per_reoffender"
    REOFFENCES_PER_OFFENDER = "reoffences_per_offender"
    REOFFENDERS = "reoffenders"


class RiskStatus(Word):
    """Whether a risk to delivery is still watched."""

    OPEN = "open"
    CLOSED = "closed"


class KeyDateKind(Word):
    """What a date of the partnership's calendar is for."""

    ANNUAL_REFRESH = "annual_refresh"
    ASSESSMENT = "assessment"
    ORDER = "order"
    AGREEMENT = "agreement"
    CONSULTATION = "consultation"
    OTHER = "other"

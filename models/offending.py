"""The words of reoffending: cohorts, index events, offences, spells, needs, and how severity is weighed.

As in ``vocabulary``, a value is what is stored and printed in JSON, and ``label`` is what people read.
"""

from typing_extensions import override

from models.vocabulary import Word


class CohortDefinition(Word):
    """By whose rules a cohort is counted. Series of different definitions never share a line without a break."""

    LOCAL = "local"
    PROVEN_3_MONTH = "proven-3-month"
    PROVEN_12_MONTH = "proven-12-month"
    YOUTH_12_3 = "youth-12-3"
    IOM = "iom"

    @property
    @override
    def label(self) -> str:
        """Return the definition's name as people read it."""
        return _DEFINITION_NAMES[self]


_DEFINITION_NAMES = {
    CohortDefinition.LOCAL: "Local cohort",
    CohortDefinition.PROVEN_3_MONTH: "Proven reoffending, three-month cohorts",
    CohortDefinition.PROVEN_12_MONTH: "Proven reoffending, twelve-month cohort",
    CohortDefinition.YOUTH_12_3: "Youth reoffending, 12 months and 3 to be proven",
    CohortDefinition.IOM: "Integrated Offender Management",
}


class IndexRule(Word):
    """Which of a person's index events start a follow-up: the first of the period, or the first of each quarter."""

    FIRST_IN_PERIOD = "first_in_period"
    FIRST_IN_QUARTER = "first_in_quarter"


class Disposal(Word):
    """What a person received at the index event. The last four are no index event (the sentence goes on, or none)."""

    CUSTODY = "custody"
    COMMUNITY_ORDER = "community_order"
    SUSPENDED_SENTENCE = "suspended_sentence"
    FINE = "fine"
    DISCHARGE = "discharge"
    CAUTION = "caution"
    OTHER = "other"
    RELEASE_FROM_RECALL = "release_from_recall"
    TEMPORARY_RELEASE = "temporary_release"
    TRANSFER = "transfer"
    REMAND = "remand"

    @property
    def is_index_event(self) -> bool:
        """Say whether a follow-up can start here."""
        return self not in _NO_INDEX_EVENT

    @property
    def band(self) -> "DisposalBand":
        """Return the group that the Ministry of Justice publishes it under."""
        return _DISPOSAL_BANDS.get(self, DisposalBand.OTHER)


class DisposalBand(Word):
    """The four groups of index disposals that the Ministry of Justice publishes."""

    CUSTODY = "custody"
    COURT_ORDER = "court_order"
    OTHER = "other"
    CAUTION = "caution"


_NO_INDEX_EVENT = frozenset(
    {Disposal.RELEASE_FROM_RECALL, Disposal.TEMPORARY_RELEASE, Disposal.TRANSFER, Disposal.REMAND}
)
_DISPOSAL_BANDS = {
    Disposal.CUSTODY: DisposalBand.CUSTODY,
    Disposal.COMMUNITY_ORDER: DisposalBand.COURT_ORDER,
    Disposal.SUSPENDED_SENTENCE: DisposalBand.COURT_ORDER,
    Disposal.CAUTION: DisposalBand.CAUTION,
}


class OffenceOutcome(Word):
    """What became of an offence. Which of them prove it is part of a cohort's definition."""

    CONVICTION = "conviction"
    CAUTION = "caution"
    YOUTH_CAUTION = "youth_caution"
    CONDITIONAL_CAUTION = "conditional_caution"
    COMMUNITY_RESOLUTION = "community_resolution"
    PENALTY_NOTICE = "penalty_notice"
    OUTCOME_22 = "outcome_22"
    PENDING = "pending"
    ACQUITTED = "acquitted"
    QUASHED = "quashed"
    NO_FURTHER_ACTION = "no_further_action"
    BREACH = "breach"
    RECALL = "recall"


class OffenceGroup(Word):
    """The thirteen groups of offences that the Ministry of Justice publishes."""

    VIOLENCE_AGAINST_THE_PERSON = "violence_against_the_person"
    SEXUAL = "sexual"
    ROBBERY = "robbery"
    THEFT = "theft"
    CRIMINAL_DAMAGE_AND_ARSON = "criminal_damage_and_arson"
    DRUG = "drug"
    POSSESSION_OF_WEAPONS = "possession_of_weapons"
    PUBLIC_ORDER = "public_order"
    MISCELLANEOUS_CRIMES_AGAINST_SOCIETY = "miscellaneous_crimes_against_society"
    FRAUD = "fraud"
    SUMMARY_NON_MOTORING = "summary_non_motoring"
    SUMMARY_MOTORING = "summary_motoring"
    OTHER = "other"


class SeverityClass(Word):
    """A kind of offence that indices of severity give a weight to."""

    HOMICIDE = "homicide"
    ATTEMPTED_MURDER = "attempted_murder"
    RAPE = "rape"
    OTHER_SEXUAL = "other_sexual"
    VIOLENCE_WITH_INJURY = "violence_with_injury"
    VIOLENCE_WITHOUT_INJURY = "violence_without_injury"
    STALKING_AND_HARASSMENT = "stalking_and_harassment"
    DEATH_OR_INJURY_BY_DRIVING = "death_or_injury_by_driving"
    ROBBERY = "robbery"
    RESIDENTIAL_BURGLARY = "residential_burglary"
    NON_RESIDENTIAL_BURGLARY = "non_residential_burglary"
    VEHICLE_OFFENCES = "vehicle_offences"
    THEFT_OF_VEHICLE = "theft_of_vehicle"
    THEFT_FROM_VEHICLE = "theft_from_vehicle"
    THEFT_FROM_THE_PERSON = "theft_from_the_person"
    BICYCLE_THEFT = "bicycle_theft"
    SHOPLIFTING = "shoplifting"
    OTHER_THEFT = "other_theft"
    ARSON = "arson"
    CRIMINAL_DAMAGE = "criminal_damage"
    DRUG_TRAFFICKING = "drug_trafficking"
    DRUG_POSSESSION = "drug_possession"
    CANNABIS_POSSESSION = "cannabis_possession"
    WEAPONS = "weapons"
    PUBLIC_ORDER = "public_order"


class Severity(Word):
    """An index by which offences are weighed."""

    CAMBRIDGE = "cambridge"
    ONS = "ons"
    HOME_OFFICE = "home_office"

    @property
    @override
    def label(self) -> str:
        """Return the index's name as people read it."""
        return _SEVERITY_NAMES[self]


_SEVERITY_NAMES = {
    Severity.CAMBRIDGE: "Cambridge Crime Harm Index",
    Severity.ONS: "ONS Crime Severity Score",
    Severity.HOME_OFFICE: "Home Office unit cost",
}


class Sex(Word):
    """A person's sex as recorded."""

    FEMALE = "female"
    MALE = "male"
    OTHER = "other"


class IomCohort(Word):
    """The three cohorts of Integrated Offender Management."""

    FIXED = "fixed"
    FLEX = "flex"
    FREE = "free"


class IomRag(Word):
    """How active a person under Integrated Offender Management is held to be; blue is in custody."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"
    BLUE = "blue"


class SpellKind(Word):
    """What a spell is: time in custody, under Integrated Offender Management, or in an intervention."""

    CUSTODY = "custody"
    IOM = "iom"
    INTERVENTION = "intervention"

    @property
    @override
    def label(self) -> str:
        """Return the kind as people read it."""
        return "Integrated Offender Management" if self is SpellKind.IOM else self.value.capitalize()


class Pathway(Word):
    """The seven pathways out of reoffending, and the two more for women."""

    ACCOMMODATION = "accommodation"
    ATTITUDES_THINKING_AND_BEHAVIOUR = "attitudes_thinking_and_behaviour"
    CHILDREN_AND_FAMILY = "children_and_family"
    DRUGS_AND_ALCOHOL = "drugs_and_alcohol"
    EDUCATION_TRAINING_AND_EMPLOYMENT = "education_training_and_employment"
    FINANCE_BENEFIT_AND_DEBT = "finance_benefit_and_debt"
    HEALTH = "health"
    ABUSE = "abuse"
    SEX_WORKING = "sex_working"

    @property
    @override
    def label(self) -> str:
        """Return the pathway as people read it."""
        return _PATHWAY_NAMES.get(self) or self.value.replace("_", " ").capitalize()


_PATHWAY_NAMES = {
    Pathway.ATTITUDES_THINKING_AND_BEHAVIOUR: "Attitudes, thinking and behaviour",
    Pathway.EDUCATION_TRAINING_AND_EMPLOYMENT: "Education, training and employment",
    Pathway.FINANCE_BENEFIT_AND_DEBT: "Finance, benefit and debt",
}


class OffenceStanding(Word):
    """How an offence stands to an index event: it counts as a reoffence, or the first reason that it does not."""

    COUNTS = "counts"
    PENDING = "pending"
    MISSING_OFFENCE_DATE = "missing_offence_date"
    BEFORE_INDEX = "before_index"
    AFTER_FOLLOW_UP = "after_follow_up"
    AFTER_DATA_DATE = "after_data_date"
    INDEX_CASE = "index_case"
    RECALL = "recall"
    BREACH = "breach"
    OUT_OF_COURT = "out_of_court"
    ACQUITTED = "acquitted"
    QUASHED = "quashed"
    NO_FURTHER_ACTION = "no_further_action"
    OUTCOME_NOT_COUNTED = "outcome_not_counted"
    MISSING_PROOF_DATE = "missing_proof_date"
    LATE_CONVICTION = "late_conviction"

    @property
    @override
    def label(self) -> str:
        """Return the standing as people read it."""
        return _STANDING_NAMES[self]


_STANDING_NAMES = {
    OffenceStanding.COUNTS: "Counts as a reoffence",
    OffenceStanding.PENDING: "Not proven yet",
    OffenceStanding.MISSING_OFFENCE_DATE: "No offence date",
    OffenceStanding.BEFORE_INDEX: "Committed before the index date",
    OffenceStanding.AFTER_FOLLOW_UP: "Committed after follow-up ended",
    OffenceStanding.AFTER_DATA_DATE: "Committed after the data date",
    OffenceStanding.INDEX_CASE: "Part of the index case",
    OffenceStanding.RECALL: "Recall, not an offence",
    OffenceStanding.BREACH: "Breach of an order or licence",
    OffenceStanding.OUT_OF_COURT: "Other out-of-court disposal",
    OffenceStanding.ACQUITTED: "Acquitted",
    OffenceStanding.QUASHED: "Conviction quashed",
    OffenceStanding.NO_FURTHER_ACTION: "No further action",
    OffenceStanding.OUTCOME_NOT_COUNTED: "Outcome that the definition does not count",
    OffenceStanding.MISSING_PROOF_DATE: "Proven, but no date of proof",
    OffenceStanding.LATE_CONVICTION: "Proven too late",
}

"""The starter plans and the partnership they belong to, read from ``resources/starter`` as plain values.

Nothing here touches a store. A name that no starter plan has is refused with a sentence; a fault inside a file is a
bug of ours and raises ``ValueError`` naming the file and the place.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

from csp_desktop.errors import CspError
from models.vocabulary import GroupKind, Marking, OrganisationKind, PlanKind

PARTNERSHIP = "partnership"
TOWN_CENTRE = "safer-dewsbury"

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class StarterProfile:
    """The partnership's own profile, as each screen and report names it."""

    name: str
    area: str
    contact: str
    default_marking: Marking


@dataclass(frozen=True, slots=True)
class StarterOrganisation:
    """A partner organisation. ``key`` is how the starter files refer to it; ``aliases`` are how cells write it."""

    key: str
    name: str
    kind: OrganisationKind
    statutory_basis: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StarterGroup:
    """A group with the keys of the organisations that sit on it."""

    key: str
    name: str
    kind: GroupKind
    purpose: str
    formed: date | None
    formed_text: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StarterStrategy:
    """A named strategy; its owner and review date are not known from the start."""

    key: str
    name: str
    aliases: tuple[str, ...]
    summary: str


@dataclass(frozen=True, slots=True)
class StarterMeeting:
    """A meeting that was held; ``dated_text`` is what is known of its date where that is no day."""

    group: str
    held_on: date
    dated_text: str


@dataclass(frozen=True, slots=True)
class StarterWardSet:
    """A set of wards by its name alone, with the days it holds from and until."""

    name: str
    first_day: date | None
    last_day: date | None


@dataclass(frozen=True, slots=True)
class StarterPartnership:
    """Everything a new store holds beside its plans."""

    profile: StarterProfile
    organisations: tuple[StarterOrganisation, ...]
    groups: tuple[StarterGroup, ...]
    meetings: tuple[StarterMeeting, ...]
    strategies: tuple[StarterStrategy, ...]
    ward_sets: tuple[StarterWardSet, ...]


@dataclass(frozen=True, slots=True)
class StarterObjective:
    """What a theme sets out to do; ``strategy`` is a strategy's key, ``serves`` the numbers of other themes."""

    number: str
    title: str
    strategy: str | None
    serves: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StarterTheme:
    """A theme, or a strand where it lies within another; strands nest to any depth."""

    number: str
    title: str
    summary: str
    objectives: tuple[StarterObjective, ...]
    strands: tuple["StarterTheme", ...]

    def walk(self) -> Iterator["StarterTheme"]:
        """Yield this theme, then its strands, outermost first."""
        yield self
        for strand in self.strands:
            yield from strand.walk()


@dataclass(frozen=True, slots=True)
class StarterPlan:
    """A plan ready to be written. ``key`` names it; ``supersedes`` is the key of the plan it follows, or None."""

    key: str
    title: str
    kind: PlanKind
    group: str
    starts: date | None
    ends: date | None
    supersedes: str | None
    update_cycle_months: int
    themes: tuple[StarterTheme, ...]

    def walk(self) -> Iterator[StarterTheme]:
        """Yield every theme and strand, outermost first, in the plan's order."""
        for theme in self.themes:
            yield from theme.walk()


def starter_names() -> tuple[str, ...]:
    """Return the names of the partnership's starter plans, newest first: a new store begins with one of them."""
    names = {path.name.removesuffix(".toml") for path in _folder().iterdir() if path.name.endswith(".toml")}
    return tuple(sorted(names - {PARTNERSHIP, TOWN_CENTRE}, reverse=True))


def adoptable_names() -> tuple[str, ...]:
    """Return the names of the starter plans that a store in use may adopt: the partnership's, then the town centre's.

    A new store of the partnership has the town centre's from the start, beside its own.
    """
    return *starter_names(), TOWN_CENTRE


def load_starter(name: str) -> StarterPlan:
    """Return the starter plan called ``name``, or the town centre's. Raises CspError where there is none."""
    names = starter_names()
    if name not in {*names, TOWN_CENTRE}:
        choices = " or ".join(names)
        raise CspError(f"There is no starter plan called “{name}”; nothing was created. Choose {choices}.")
    return read_plan(name, _text(name), load_partnership())


def load_partnership() -> StarterPartnership:
    """Return the partnership that the starter plans belong to."""
    return read_partnership(_text(PARTNERSHIP))


def read_partnership(text: str) -> StarterPartnership:
    """Read the partnership's TOML. Raises ValueError naming the place of a fault."""
    top = _Table(PARTNERSHIP, tomllib.loads(text))
    profile = top.table("profile")
    partnership = StarterPartnership(
        profile=StarterProfile(
            name=profile.text("name"),
            area=profile.text("area"),
            contact=profile.text("contact", ""),
            default_marking=Marking(profile.text("default_marking")),
        ),
        organisations=tuple(_organisation(table) for table in top.tables("organisations")),
        groups=tuple(_group(table) for table in top.tables("groups")),
        meetings=tuple(_meeting(table) for table in top.tables("meetings")),
        strategies=tuple(_strategy(table) for table in top.tables("strategies")),
        ward_sets=tuple(_ward_set(table) for table in top.tables("ward_sets")),
    )
    keys = [item.key for item in partnership.organisations]
    _require_unique(PARTNERSHIP, "organisation", keys)
    _require_unique(PARTNERSHIP, "group", [group.key for group in partnership.groups])
    _require_unique(PARTNERSHIP, "strategy", [strategy.key for strategy in partnership.strategies])
    for group in partnership.groups:
        _require_known(f"{PARTNERSHIP}: group {group.key}", group.members, keys)
    bodies = [group.key for group in partnership.groups]
    for meeting in partnership.meetings:
        _require_known(f"{PARTNERSHIP}: meeting {meeting.held_on}", (meeting.group,), bodies)
    return partnership


def read_plan(key: str, text: str, partnership: StarterPartnership) -> StarterPlan:
    """Read one plan's TOML and check it against the partnership. Raises ValueError naming the place of a fault."""
    top = _Table(key, tomllib.loads(text))
    plan = StarterPlan(
        key=key,
        title=top.text("title"),
        kind=PlanKind(top.text("kind")),
        group=top.text("group"),
        starts=top.day("starts"),
        ends=top.day("ends"),
        supersedes=top.text("supersedes", "") or None,
        update_cycle_months=top.value("update_cycle_months", int),
        themes=tuple(_theme(table) for table in top.tables("themes")),
    )
    _check_plan(plan, partnership)
    return plan


def _check_plan(plan: StarterPlan, partnership: StarterPartnership) -> None:
    if plan.starts and plan.ends and plan.ends < plan.starts:
        raise ValueError(f"{plan.key}: ends before it starts")
    _require_known(f"{plan.key}: group", (plan.group,), [group.key for group in partnership.groups])
    if plan.supersedes is not None:
        _require_known(f"{plan.key}: supersedes", (plan.supersedes,), starter_names())
    numbers = [theme.number for theme in plan.walk()]
    _require_unique(plan.key, "theme", numbers)
    objectives = [objective for theme in plan.walk() for objective in theme.objectives]
    _require_unique(plan.key, "objective", [objective.number for objective in objectives])
    strategies = [strategy.key for strategy in partnership.strategies]
    for objective in objectives:
        place = f"{plan.key}: objective {objective.number}"
        _require_known(place, objective.serves, numbers)
        _require_known(place, () if objective.strategy is None else (objective.strategy,), strategies)


def _organisation(table: "_Table") -> StarterOrganisation:
    return StarterOrganisation(
        key=table.text("key"),
        name=table.text("name"),
        kind=OrganisationKind(table.text("kind")),
        statutory_basis=table.text("statutory_basis", ""),
        aliases=table.texts("aliases"),
    )


def _group(table: "_Table") -> StarterGroup:
    return StarterGroup(
        key=table.text("key"),
        name=table.text("name"),
        kind=GroupKind(table.text("kind")),
        purpose=table.text("purpose", ""),
        formed=table.day("formed"),
        formed_text=table.text("formed_text", ""),
        members=table.texts("members"),
    )


def _meeting(table: "_Table") -> StarterMeeting:
    return StarterMeeting(table.text("group"), table.value("held_on", date), table.text("dated_text", ""))


def _ward_set(table: "_Table") -> StarterWardSet:
    return StarterWardSet(table.text("name"), table.day("first_day"), table.day("last_day"))


def _strategy(table: "_Table") -> StarterStrategy:
    return StarterStrategy(
        key=table.text("key"),
        name=table.text("name"),
        aliases=table.texts("aliases"),
        summary=table.text("summary", ""),
    )


def _theme(table: "_Table") -> StarterTheme:
    return StarterTheme(
        number=table.text("number"),
        title=table.text("title"),
        summary=table.text("summary", ""),
        objectives=tuple(_objective(inner) for inner in table.tables("objectives")),
        strands=tuple(_theme(inner) for inner in table.tables("strands")),
    )


def _objective(table: "_Table") -> StarterObjective:
    return StarterObjective(
        number=table.text("number"),
        title=table.text("title"),
        strategy=table.text("strategy", "") or None,
        serves=table.texts("serves"),
    )


@dataclass(frozen=True, slots=True)
class _Table:
    """One TOML table and the place it stands at, so that a fault can say where."""

    place: str
    values: dict[str, Any]

    def value(self, key: str, kind: type[Value]) -> Value:
        found = self.values.get(key)
        if not isinstance(found, kind):
            raise ValueError(f"{self.place}: {key} should be a {kind.__name__}")  # noqa: TRY004 a fault of the file
        return found

    def text(self, key: str, absent: str | None = None) -> str:
        """Return a text; one without a default must be there and say something."""
        if absent is not None and key not in self.values:
            return absent
        found = self.value(key, str)
        if absent is None and not found.strip():
            raise ValueError(f"{self.place}: {key} is empty")
        return found

    def day(self, key: str) -> date | None:
        return self.value(key, date) if key in self.values else None

    def texts(self, key: str) -> tuple[str, ...]:
        return tuple(_Table(f"{self.place}: {key}", {"item": item}).text("item") for item in self.values.get(key, []))

    def table(self, key: str) -> "_Table":
        return _Table(f"{self.place}: {key}", self.value(key, dict))

    def tables(self, key: str) -> tuple["_Table", ...]:
        found = self.values.get(key, [])
        return tuple(_Table(f"{self.place}: {key} {at}", values) for at, values in enumerate(found, start=1))


def _require_unique(place: str, what: str, names: list[str]) -> None:
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError(f"{place}: {what} {', '.join(twice)} stands twice")


def _require_known(place: str, names: tuple[str, ...], known: list[str] | tuple[str, ...]) -> None:
    unknown = [name for name in names if name not in known]
    if unknown:
        raise ValueError(f"{place}: {', '.join(unknown)} is not known")


def _folder() -> Traversable:
    return resources.files("resources") / "starter"


def _text(name: str) -> str:
    return (_folder() / f"{name}.toml").read_text(encoding="utf-8")

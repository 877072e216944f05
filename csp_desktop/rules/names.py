"""Names as owners write them: several in a cell, in either order, with ranks, brackets and organisations among them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from csp_desktop.rules.bodies import looks_like_organisation
from csp_desktop.rules.folding import fold
from models.vocabulary import Word

_NOBODY = re.compile(
    r"(?:n ?/ ?a|n\.a\.?|na|none|nil|no ?one|nobody|vacan(?:t|cy)(?: post)?|post vacant|"
    r"to be (?:recruited|appointed|confirmed|agreed|decided|determined|identified|advised|filled)|tb[acd]|"
    r"t\.b\.[acd]\.?|not (?:yet )?(?:known|assigned|appointed|allocated)|unknown|unassigned|unallocated|recruiting|"
    r"awaiting (?:recruitment|appointment)|all|everyone|everybody|various|[\-\u2013\u2014?]+)\Z"
)
_TITLES = frozenset({
    "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "rev", "revd", "reverend", "sir", "dame", "lord",
    "lady", "cllr", "councillor", "alderman", "insp", "inspector", "pc", "pcso", "ps", "sgt", "sergeant", "supt",
    "superintendent", "ch", "c/insp", "c/supt", "chief", "det", "detective", "dc", "ds", "di", "dci", "dcs",
    "dsu", "acc", "dcc", "cc", "constable", "commander", "commissioner", "t/insp", "a/insp", "t/dci", "a/sgt",
    "the", "hon",
})  # fmt: skip
_AFTER_NAME = frozenset({
    "obe", "mbe", "cbe", "qpm", "jp", "phd", "ba", "ma", "bsc", "msc", "mp", "kc", "qc", "jr", "snr", "sr",
})  # fmt: skip
_PARTICLES = frozenset({
    "van", "von", "der", "den", "de", "del", "della", "di", "da", "dos", "la", "le", "el", "al", "bin", "ben",
    "st", "ter", "ten", "o",
})  # fmt: skip
_BRACKETS = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
_LABEL = re.compile(
    r"^(?:lead|leads|lead officer|support|supported by|supporting|owner|with|and|partners?|tel|email)\s*:\s*",
    re.IGNORECASE,
)
_HARD = re.compile(r"\s*(?:[;\n\r|\u2022]|/|\s&\s|\s\+\s|(?<![\w])and(?![\w]))\s*", re.IGNORECASE)
_EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_MOST_FORENAMES = 2
_LONGEST_INITIALS = 5
_WORD_BEFORE = re.compile(r"([A-Z][\w'\u2019-]*)[ ]+\Z")
_WORD_AFTER = re.compile(r"[ ]+([A-Z][\w'\u2019-]*)")
_JOINING = frozenset({"and", "the", "or", "with", "all", "local"})
_MARK = "\ue000"  # stands for a recognised organisation while the rest is cut up
_MARKED = re.compile(_MARK + r"(\d+)" + _MARK)
_HIDDEN = "\ue001"  # stands for brackets meanwhile
_NO_MARKS = str.maketrans("", "", _MARK + _HIDDEN)


class PartyKind(Word):
    """What a name in a cell stands for."""

    PERSON = "person"
    ORGANISATION = "organisation"


@dataclass(frozen=True, slots=True)
class Party:
    """One name in a cell. ``name`` is as written, without brackets (a known organisation: its own name).

    ``note`` is what stood in brackets ("WYP"); ``organisation`` is the known organisation that the note names.
    """

    kind: PartyKind
    name: str
    note: str = ""
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class Parties:
    """The names of one cell in order: the first leads, the others support. Nobody: "Vacant", "N/A" and their like."""

    names: tuple[Party, ...] = ()
    nobody: bool = False


@dataclass(frozen=True, slots=True)
class Organisations:
    """The organisations we know: their own name by each name or alias, folded; and what finds any of them in a text."""

    by_folded: Mapping[str, str]
    pattern: re.Pattern[str] | None = None

    @classmethod
    def of(cls, names: Iterable[tuple[str, Iterable[str]]]) -> "Organisations":
        """Return the organisations given as (name, aliases)."""
        known = {_with_and(each): name for name, aliases in names for each in (*aliases, name) if fold(each)}
        longest_first = sorted(known, key=len, reverse=True)
        words = "|".join(r"\s+".join(_either_and(word) for word in name.split()) for name in longest_first)
        return cls(known, re.compile(rf"(?<![\w])(?:{words})(?![\w])", re.IGNORECASE) if known else None)


def _with_and(name: str) -> str:
    """Return a body's name for looking it up: "Fire & Rescue" is "fire and rescue"."""
    return " ".join(fold(name).replace("&", " and ").split())


def _either_and(word: str) -> str:
    return r"(?:and|&)" if word == "and" else re.escape(word)


NO_ORGANISATIONS = Organisations({})


@dataclass(frozen=True, slots=True)
class People:
    """The people we know, to be found by the words of their names: as written, in any order, or by surname alone."""

    by_words: Mapping[tuple[str, ...], tuple[int, ...]]
    by_any_order: Mapping[tuple[str, ...], tuple[int, ...]]
    by_surname: Mapping[str, tuple[tuple[int, tuple[str, ...]], ...]]

    @classmethod
    def of(cls, names: Iterable[tuple[int, str]]) -> "People":
        """Return the people given as (id, name or alias); an id may come with several names."""
        by_words: dict[tuple[str, ...], dict[int, None]] = {}
        by_any_order: dict[tuple[str, ...], dict[int, None]] = {}
        by_surname: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
        for person, name in names:
            words = name_words(name)
            by_words.setdefault(words, {})[person] = None
            by_any_order.setdefault(tuple(sorted(words)), {})[person] = None
            by_surname.setdefault(words[-1] if words else "", []).append((person, words))
        return cls(
            {words: tuple(found) for words, found in by_words.items()},
            {words: tuple(found) for words, found in by_any_order.items()},
            {surname: tuple(found) for surname, found in by_surname.items()},
        )


@dataclass(frozen=True, slots=True)
class PersonMatch:
    """Who a name is: one known person, or the several it could be (then a user must say), or nobody known."""

    person_id: int | None
    candidates: tuple[int, ...] = ()


def split_names(text: str, organisations: Organisations = NO_ORGANISATIONS) -> Parties:
    """Return the names in a cell. Organisations are recognised first, so "Police and Fire" may be one of them.

    Names part at semicolons, slashes, new lines, "and" and "&". A comma parts them unless it stands once between a
    single surname and one or two forenames: "Shah, Amina" is one person.
    """
    text = text.translate(_NO_MARKS)
    if is_nobody(text):
        return Parties(nobody=True)
    whole = organisations.by_folded.get(_with_and(text))
    if whole:
        return Parties((Party(PartyKind.ORGANISATION, whole),))
    marked, known = _mark(text, organisations)
    pieces = [piece for hard in _outside_brackets(_HARD, marked) for piece in _at_commas(hard)]
    found = [party for piece in pieces for party in _parties(piece, known, organisations)]
    named = tuple(dict.fromkeys(found))
    return Parties(named, nobody=not named and any(is_nobody(piece) for piece in pieces))


def is_nobody(text: str) -> bool:
    """Say whether the text is a typed "no one": "Vacant", "To be recruited", "N/A", "TBC"."""
    return bool(_NOBODY.match(fold(text).strip(" .")))


def has_title(name: str) -> bool:
    """Say whether a name begins with a rank or title: "Insp Briggs", "Cllr Lee"."""
    words = fold(name).split()
    return len(words) > 1 and words[0].strip(".") in _TITLES - {"the"}


def name_words(name: str) -> tuple[str, ...]:
    """Return a person's name for comparing: forenames then surname, folded, without ranks, brackets, letters after."""
    plain = _BRACKETS.sub(" ", name)
    surname, comma, forenames = plain.partition(",")
    if comma and "," not in forenames:
        plain = f"{forenames} {surname}"
    words = [word.strip(".'\u2019") for word in re.split(r"[\s,]+", fold(plain)) if word.strip(".'\u2019")]
    while len(words) > 1 and words[0] in _TITLES:
        words = words[1:]
    while len(words) > 1 and words[-1] in _AFTER_NAME:
        words = words[:-1]
    return tuple(
        word.replace("\u2019", "'").replace(".", "") for word in words if word not in _TITLES or len(words) == 1
    )


def match_person(name: str, known: People | Iterable[tuple[int, str]]) -> PersonMatch:
    """Return which of the people we know (those of (id, name or alias), or of one ``People``) it is, in either order.

    One with the same words is taken; "T Briggs" for the only Briggs with a T is a candidate, never taken by itself.
    """
    words = name_words(name)
    if not words:
        return PersonMatch(None)
    people = known if isinstance(known, People) else People.of(known)
    same = people.by_words.get(words) or people.by_any_order.get(tuple(sorted(words)), ())
    if same:
        return PersonMatch(same[0] if len(same) == 1 else None, same)
    near = (person for person, other in people.by_surname.get(words[-1], ()) if _may_be(words, other))
    return PersonMatch(None, tuple(dict.fromkeys(near)))


def _may_be(words: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Say whether two names have one surname and forenames that begin alike: "t briggs" and "tom briggs"."""
    if len(words) < 2 or len(other) < 2 or words[-1] != other[-1]:  # noqa: PLR2004 - a forename and a surname
        return False
    first, second = words[0], other[0]
    return first[0] == second[0] and (len(first) == 1 or len(second) == 1)


def _mark(text: str, organisations: Organisations) -> tuple[str, list[str]]:
    """Put marks in place of the known organisations, the longest first, so that no separator cuts them."""
    known: list[str] = []
    if organisations.pattern is None:
        return text, known

    def mark(match: re.Match[str]) -> str:
        name = organisations.by_folded.get(_with_and(match[0]))
        if name is None or _is_part_of_a_name(match):
            return match[0]
        known.append(name)
        return f"{_MARK}{len(known) - 1}{_MARK}"

    return organisations.pattern.sub(mark, text), known


def _is_part_of_a_name(match: re.Match[str]) -> bool:
    """Say whether a one-word alias stands in another body's name: "British Transport Police", "Public Health"."""
    alias = match[0]
    if " " in alias or (alias.isupper() and len(alias) <= _LONGEST_INITIALS):
        return False
    beside = (_WORD_BEFORE.search(match.string, 0, match.start()), _WORD_AFTER.match(match.string, match.end()))
    return any(found is not None and fold(found[1]) not in _JOINING for found in beside)


def _outside_brackets(separator: re.Pattern[str], text: str) -> list[str]:
    """Split at the separators that stand outside brackets."""
    kept: list[str] = []

    def hide(match: re.Match[str]) -> str:
        kept.append(match[0])
        return f"{_HIDDEN}{len(kept) - 1}{_HIDDEN}"

    hidden = _BRACKETS.sub(hide, text)
    pieces = separator.split(hidden)
    shown = re.compile(f"{_HIDDEN}(\\d+){_HIDDEN}")
    return [shown.sub(lambda match: kept[int(match[1])], piece).strip(" ,.;:-") for piece in pieces]


def _at_commas(text: str) -> list[str]:
    """Split at commas, unless the one comma turns a single name: "Shah, Amina"."""
    parts = [part.strip() for part in _outside_brackets(re.compile(","), text) if part.strip()]
    if " " in text.partition(",")[0].strip():
        parts = [part for part in parts if fold(part).replace(".", "") not in _AFTER_NAME]  # "Ann Bee, MBE"
    if len(parts) == 2 and _is_turned(parts[0], parts[1]):  # noqa: PLR2004 - once, between two
        return [f"{parts[0]}, {parts[1]}"]
    return parts


def _is_turned(surname: str, forenames: str) -> bool:
    if _MARK in surname or _MARK in forenames or is_nobody(surname) or is_nobody(forenames):
        return False
    parts = _BRACKETS.sub(" ", surname).split()
    words = [word for word in parts if fold(word).strip(".") not in _PARTICLES] or parts
    given = [word for word in _BRACKETS.sub(" ", forenames).split() if fold(word).strip(".") not in _TITLES]
    return len(words) == 1 and len(given) <= _MOST_FORENAMES and not any(letter.isdigit() for letter in surname)


def _parties(piece: str, known: list[str], organisations: Organisations) -> list[Party]:
    """Return the parties of one piece: each marked organisation, and the person that is left, if any."""
    plain = _without_address(_LABEL.sub("", piece)).strip(" ,.;:-<>")
    notes = [next(group for group in match.groups() if group is not None) for match in _BRACKETS.finditer(plain)]
    rest = " ".join(_BRACKETS.sub(" ", plain).split())
    marks = [known[int(number)] for number in _MARKED.findall(rest)]
    left = " ".join(_MARKED.sub(" ", rest).split()).strip(" ,.;:-\u2013")
    note = "; ".join(_unmark(each, known) for each in notes if each.strip())
    home = next((known[int(number)] for each in notes for number in _MARKED.findall(each)), "")
    if not left:
        return [Party(PartyKind.ORGANISATION, name, note) for name in marks]
    if is_nobody(left):
        return [Party(PartyKind.ORGANISATION, name) for name in marks]
    own = organisations.by_folded.get(fold(left))
    if own:
        return [Party(PartyKind.ORGANISATION, own, note)]
    if marks and (looks_like_organisation(left) or not _is_person(left)):
        return [Party(PartyKind.ORGANISATION, name, note or left) for name in marks]
    return [Party(PartyKind.PERSON, left, note, home or next(iter(marks), ""))]


def _without_address(piece: str) -> str:
    """Return a piece without its e-mail address; one that is nothing else gives the name that it spells."""
    plain = _EMAIL.sub(" ", piece)
    address = _EMAIL.search(piece)
    if address is None or plain.strip(" ,.;:-<>()[]"):
        return plain
    return " ".join(part.capitalize() for part in re.split(r"[._]+", address[0].partition("@")[0]) if part)


def _is_person(words: str) -> bool:
    """Say whether words beside an organisation look like a person's name: two or three capitalised words."""
    parts = words.split()
    return 2 <= len(parts) <= 4 and all(part[:1].isupper() for part in parts if fold(part) not in _PARTICLES)  # noqa: PLR2004 - a name's length


def _unmark(text: str, known: list[str]) -> str:
    return _MARKED.sub(lambda match: known[int(match[1])], text).strip()

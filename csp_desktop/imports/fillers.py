"""What stands in a sheet and is no data: prompts, dashes, help and example rows, totals, footnotes, marker cells."""

import re
from collections.abc import Sequence

from csp_desktop.imports.grid import CellError, CellValue, is_blank, text_of
from csp_desktop.rules.folding import fold

_FILLER = re.compile(
    r"^(?:<[^<>]{0,40}>|\[(?:insert|select|enter|choose|add|name|date|text)[^\[\]]{0,40}\]|(?:-{2,}|_{2,}|\.{3,}|\u2026+|\*{2,}|={2,})|"
    r"(?:please )?(?:select|choose|pick)(?: (?:an?|one|your|from)\b.{0,40})?[.\u2026]*|please (?:select|choose|enter|complete|insert).{0,40}|"
    r"(?:click|tap)(?: or tap)? (?:here|to enter).{0,60}|choose an item\.?|drop ?-?down|free text)$"
)
_MARKER = re.compile(r"^(?=.{8,})(?=.*_)[A-Z0-9]+(?:[-_][A-Z0-9]+)+$")
_TOTAL = re.compile(r"^(?:grand |sub-?)?totals?\b.{0,30}$|^(?:sum|average|mean|count)\b.{0,20}$")
_NOTE = re.compile(
    r"^(?:notes?\b|n\.?b\.?\b|source\b|key\b|legend\b|footnotes?\b|\*|\u2020|last updated\b|updated\b|printed\b|version\b|page \d|prepared by\b|"
    r"produced by\b|for (?:more|further) information\b|contact\b|end of\b|\(?c\) |\u00a9|distribution\b|please note\b|rag (?:key|definitions?|status key)\b|"
    r"(?:brag|rag)\s*[:=]|official\b|document\b|signed\b|approved by\b|disclaimer\b)"
)
_EXAMPLE = re.compile(r"^(?:e\.?g\.?\b[\s:.,]|example\b|for example\b|sample\b|\(example\)|\[example\])")
_HINT = re.compile(
    r"^(?:\(?(?:free |long |short )?text\)?(?: field| only| box)?|champ texte\b.*|string|number|numeric|integer|date|date field|"
    r"\(?d{1,2}[/.\-]m{1,2}[/.\-]y{2,4}\)?|drop ?-?down(?: list| menu)?|list|mandatory|optional|required|yes/no|y/n|#[a-z][\w+]*(?:\s*\+\s*\w+)*|"
    r"(?:please )?(?:enter|insert|describe|select|choose|specify|indicate|name of|who (?:is|will)|what (?:is|will)|"
    r"when (?:is|will)|how (?:is|will)|date (?:by|of|on)|the (?:person|date|action|name))\b.*|please .*|"
    r"r/a/g|b/r/a/g|r, a or g|red/amber/green|red, amber,? (?:or )?green|blue/red/amber/green|name|role|\d+ words.*|max(?:imum)?\b.*)$"
)
_LEAST_HINTS = 2
_MOST = 0.6


def is_filler(value: CellValue) -> bool:
    """Say whether a cell is a prompt or a rule, to be read as blank: "< Select >", "---", "Please select an option"."""
    if not isinstance(value, str) or len(value) > 200:  # noqa: PLR2004 - prompts are short
        return False
    text = text_of(value)
    return bool(_FILLER.match(fold(text)) or _MARKER.match(text))


def is_void(value: CellValue) -> bool:
    """Say whether a cell holds nothing to read: blank, a filler, or a prepared formula that came to nothing."""
    return is_blank(value) or is_filler(value)


def is_prepared(value: CellValue) -> bool:
    """Say whether a cell holds what a template leaves in unused rows: nothing, a filler, zero, or an empty formula."""
    return is_void(value) or isinstance(value, CellError) or (not isinstance(value, str) and value == 0)


def is_total(text: str) -> bool:
    """Say whether a row that begins with this text is a total."""
    return bool(_TOTAL.match(fold(text)))


def is_note(text: str) -> bool:
    """Say whether a text that stands alone is a footnote, a key or a mark of the document."""
    return bool(_NOTE.match(fold(text)))


def is_example(text: str) -> bool:
    """Say whether a row that begins with this text is an example of how to fill the sheet."""
    return bool(_EXAMPLE.match(fold(text) + " "))


def are_hints(values: Sequence[CellValue]) -> bool:
    """Say whether a row right below the headings tells how to fill them: "Free text", "dd/mm/yyyy", "Enter the ..."."""
    hints = sum(isinstance(value, str) and bool(_HINT.match(fold(text_of(value)))) for value in values)
    return hints >= _LEAST_HINTS and hints >= len(values) * _MOST

"""The structure tree of a tagged PDF: what a screen reader walks, and the numbers that tie it to the pages.

Source of the rules: ISO 32000-1 section 14.7 and 14.8, ISO 14289-1 (PDF/UA-1).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

_PAGE_BITS = 20  # a page has fewer marked sequences than this many bits can count
_ID_MASK = (1 << _PAGE_BITS) - 1


class Annotation(NamedTuple):
    """A link on a page, by the name of its PDF object and its place among all annotations."""

    page: int
    name: str


@dataclass(slots=True, eq=False)
class Element:
    """One node of the tree. It joins its parent when something of it is first drawn, so order is reading order.

    ``attributes`` is raw PDF, such as ``/A<</O/Table/Scope/Row>>``; user text in it has been through pdf_text. ``kids``
    are elements, rows, marked sequences and links in reading order; ``number`` is its place in the tree, -1 before.
    """

    tag: str
    parent: "Element | None" = None
    attributes: str = ""
    kids: "list[Element | Row | int | Annotation]" = field(default_factory=list)
    number: int = -1


class Row(NamedTuple):
    """A table's row with cells of one marked sequence each: nearly all of a long table, so that none is an Element.

    Its cells take the numbers in the tree after its own, and their sequences on ``page`` from ``first``.
    """

    number: int
    parent: Element
    page: int
    first: int
    cells: int


def sequence(page: int, mcid: int) -> int:
    """Return a marked sequence as one number: pages count from 0, ids within each page."""
    return page << _PAGE_BITS | mcid


def pdf_text(text: str) -> str:
    """Return any text as a PDF string object."""
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"


SCOPE_COLUMN = "/A<</O/Table/Scope/Column>>"
SCOPE_ROW = "/A<</O/Table/Scope/Row>>"
LIST_BULLETS = "/A<</O/List/ListNumbering/Disc>>"
LIST_PLAIN = "/A<</O/List/ListNumbering/None>>"


@dataclass(slots=True)
class StructureTree:
    """The elements placed so far, and by number who owns each page's marked sequences and each annotation."""

    root: Element = field(default_factory=lambda: Element("Document", number=0))
    nodes: list[Element | Row] = field(init=False)
    count: int = 1
    owners: list[list[int]] = field(default_factory=lambda: [[]])
    annotations: list[tuple[str, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin with the document itself."""
        self.nodes = [self.root]

    @property
    def page(self) -> int:
        """Return the number of the page being drawn, from 0."""
        return len(self.owners) - 1

    def place(self, element: Element) -> None:
        """Put an element, and first its parents, at the end of the tree as it stands; once."""
        if element.number >= 0:
            return
        parent = element.parent or self.root
        self.place(parent)
        element.parent = parent
        element.number = self.count
        self.count += 1
        parent.kids.append(element)
        self.nodes.append(element)

    def own(self, element: Element) -> int:
        """Give ``element`` the next marked sequence of this page and return its id."""
        self.place(element)
        owners = self.owners[-1]
        mcid = len(owners)
        owners.append(element.number)
        element.kids.append(sequence(self.page, mcid))
        return mcid

    def own_row(self, table: Element, cells: int) -> int:
        """Give each cell of a new row of ``table`` a marked sequence, in their order, and return the first one's id."""
        self.place(table)
        owners = self.owners[-1]
        row = Row(self.count, table, self.page, len(owners), cells)
        self.count += 1 + cells
        table.kids.append(row)
        self.nodes.append(row)
        owners += range(row.number + 1, self.count)
        return row.first

    def own_annotation(self, element: Element, name: str) -> int:
        """Give ``element`` an annotation of this page and return the annotation's place among all of them."""
        self.place(element)
        element.kids.append(Annotation(self.page, name))
        self.annotations.append((name, element.number))
        return len(self.annotations) - 1

    def next_page(self) -> None:
        """Count marked sequences anew."""
        self.owners.append([])


@dataclass(frozen=True, slots=True)
class Numbers:
    """Object numbers that the tree's bodies refer to: the first free one, the pages', the annotations'."""

    first: int
    pages: list[int]
    annotations: dict[str, int]


def object_bodies(tree: StructureTree, numbers: Numbers) -> Iterator[bytes]:
    """Yield the bodies of the tree's objects from ``numbers.first`` up: its nodes, then the root, then the parents.

    There are ``tree.count`` and two. The last two are the StructTreeRoot and its ParentTree. Annotations' keys follow
    the pages' keys.
    """
    first = numbers.first
    for node in tree.nodes:
        if isinstance(node, Row):
            yield from [body.encode("ascii") for body in _row_bodies(node, numbers)]
        else:
            yield _element_body(node, first + tree.count, numbers).encode("ascii")
    pages = len(numbers.pages)
    keys = pages + len(tree.annotations)
    root = f"<</Type/StructTreeRoot/K[{first} 0 R]/ParentTree {first + tree.count + 1} 0 R/ParentTreeNextKey {keys}>>"
    yield root.encode("ascii")
    entries = [
        f"{page}[{' '.join([f'{first + owner} 0 R' for owner in owners])}]"
        for page, owners in enumerate(tree.owners[:pages])
    ]
    entries += [f"{pages + index} {first + owner} 0 R" for index, (_name, owner) in enumerate(tree.annotations)]
    yield f"<</Nums[{chr(10).join(entries)}]>>".encode("ascii")


def _row_bodies(row: Row, numbers: Numbers) -> Iterator[str]:
    """Yield a row and its cells, the first of which heads it."""
    own = numbers.first + row.number
    page = numbers.pages[row.page]
    kids = " ".join([f"{cell} 0 R" for cell in range(own + 1, own + 1 + row.cells)])
    yield f"<</S/TR/P {numbers.first + row.parent.number} 0 R/K[{kids}]>>"
    yield f"<</S/TH/P {own} 0 R/Pg {page} 0 R{SCOPE_ROW}/K {row.first}>>"
    for mcid in range(row.first + 1, row.first + row.cells):
        yield f"<</S/TD/P {own} 0 R/Pg {page} 0 R/K {mcid}>>"


def _element_body(element: Element, root: int, numbers: Numbers) -> str:
    """Return one structure element as PDF."""
    parent = numbers.first + element.parent.number if element.parent else root
    own_page = next((kid >> _PAGE_BITS for kid in element.kids if isinstance(kid, int)), None)
    shown = " ".join([_kid(kid, own_page, numbers) for kid in element.kids])
    page = "" if own_page is None else f"/Pg {numbers.pages[own_page]} 0 R"
    return f"<</S/{element.tag}/P {parent} 0 R{page}{element.attributes}/K[{shown}]>>"


def _kid(kid: Element | Row | int | Annotation, own_page: int | None, numbers: Numbers) -> str:
    """Return one kid as PDF: a number for content on the element's own page, else a reference that names its page."""
    if isinstance(kid, Element | Row):
        return f"{numbers.first + kid.number} 0 R"
    if isinstance(kid, Annotation):
        return f"<</Type/OBJR/Obj {numbers.annotations[kid.name]} 0 R/Pg {numbers.pages[kid.page]} 0 R>>"
    page, mcid = kid >> _PAGE_BITS, kid & _ID_MASK
    if page == own_page:
        return str(mcid)
    return f"<</Type/MCR/Pg {numbers.pages[page]} 0 R/MCID {mcid}>>"

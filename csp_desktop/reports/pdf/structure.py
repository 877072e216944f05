"""The structure tree of a tagged PDF: what a screen reader walks, and the numbers that tie it to the pages.

Source of the rules: ISO 32000-1 section 14.7 and 14.8, ISO 14289-1 (PDF/UA-1).
"""

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

    ``attributes`` is raw PDF, such as ``/A<</O/Table/Scope/Row>>``; user text in it has been through pdf_text.
    """

    tag: str
    parent: "Element | None" = None
    attributes: str = ""
    first: "Element | int | Annotation | None" = None
    rest: "list[Element | int | Annotation] | None" = None
    placed: bool = False

    def add(self, kid: "Element | int | Annotation") -> None:
        """Add an element, a marked sequence or a link; most elements have one kid, and need no list for it."""
        if self.first is None:
            self.first = kid
        elif self.rest is None:
            self.rest = [kid]
        else:
            self.rest.append(kid)

    @property
    def kids(self) -> "list[Element | int | Annotation]":
        """Return the kids in reading order."""
        return [] if self.first is None else [self.first, *(self.rest or ())]


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
    """The elements placed so far, and who owns each marked sequence and each annotation."""

    root: Element = field(default_factory=lambda: Element("Document", placed=True))
    elements: list[Element] = field(init=False)
    owners: list[list[Element]] = field(default_factory=lambda: [[]])
    annotations: list[tuple[str, Element]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin with the document itself."""
        self.elements = [self.root]

    @property
    def page(self) -> int:
        """Return the number of the page being drawn, from 0."""
        return len(self.owners) - 1

    def place(self, element: Element) -> None:
        """Put an element, and first its parents, at the end of the tree as it stands; once."""
        if element.placed:
            return
        parent = element.parent or self.root
        self.place(parent)
        element.placed = True
        element.parent = parent
        parent.add(element)
        self.elements.append(element)

    def own(self, element: Element) -> int:
        """Give ``element`` the next marked sequence of this page and return its id."""
        if not element.placed:
            self.place(element)
        owners = self.owners[-1]
        mcid = len(owners)
        owners.append(element)
        element.add(sequence(len(self.owners) - 1, mcid))
        return mcid

    def own_row(self, row: Element, cells: list[Element]) -> int:
        """Give each cell of a new row its marked sequence, in their order, and return the first one's id."""
        self.place(row)
        owners = self.owners[-1]
        first = len(owners)
        own = sequence(self.page, first)
        for cell in cells:
            cell.placed = True
            cell.first = own
            own += 1
        row.first, row.rest = cells[0], list[Element | int | Annotation](cells[1:])
        self.elements += cells
        owners += cells
        return first

    def own_annotation(self, element: Element, name: str) -> int:
        """Give ``element`` an annotation of this page and return the annotation's place among all of them."""
        self.place(element)
        element.add(Annotation(self.page, name))
        self.annotations.append((name, element))
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


def object_bodies(tree: StructureTree, numbers: Numbers) -> list[bytes]:
    """Return the bodies of the tree's objects from ``numbers.first`` up: elements, then the root, then the parents.

    The last two are the StructTreeRoot and its ParentTree. Annotations' keys follow the pages' keys.
    """
    number = {id(element): numbers.first + index for index, element in enumerate(tree.elements)}
    root = numbers.first + len(tree.elements)
    bodies = [_element_body(element, number, root, numbers) for element in tree.elements]
    pages = len(numbers.pages)
    keys = pages + len(tree.annotations)
    bodies.append(
        f"<</Type/StructTreeRoot/K[{numbers.first} 0 R]/ParentTree {root + 1} 0 R/ParentTreeNextKey {keys}>>".encode()
    )
    entries = [
        f"{page}[{' '.join(f'{number[id(owner)]} 0 R' for owner in owners)}]"
        for page, owners in enumerate(tree.owners[:pages])
    ]
    entries += [f"{pages + index} {number[id(element)]} 0 R" for index, (_name, element) in enumerate(tree.annotations)]
    bodies.append(f"<</Nums[{chr(10).join(entries)}]>>".encode())
    return bodies


def _element_body(element: Element, number: dict[int, int], root: int, numbers: Numbers) -> bytes:
    """Return one structure element as PDF."""
    parent = number[id(element.parent)] if element.parent else root
    only = element.first
    if isinstance(only, int) and element.rest is None:  # nearly all of them: a cell, a paragraph
        page = f"/Pg {numbers.pages[only >> _PAGE_BITS]} 0 R"
        return f"<</S/{element.tag}/P {parent} 0 R{page}{element.attributes}/K {only & _ID_MASK}>>".encode("ascii")
    kids = element.kids
    own_page = next((kid >> _PAGE_BITS for kid in kids if isinstance(kid, int)), None)
    shown = " ".join([_kid(kid, own_page, number, numbers) for kid in kids])
    page = "" if own_page is None else f"/Pg {numbers.pages[own_page]} 0 R"
    return f"<</S/{element.tag}/P {parent} 0 R{page}{element.attributes}/K[{shown}]>>".encode("ascii")


def _kid(kid: Element | int | Annotation, own_page: int | None, number: dict[int, int], numbers: Numbers) -> str:
    """Return one kid as PDF: a number for content on the element's own page, else a reference that names its page."""
    if isinstance(kid, Element):
        return f"{number[id(kid)]} 0 R"
    if isinstance(kid, Annotation):
        return f"<</Type/OBJR/Obj {numbers.annotations[kid.name]} 0 R/Pg {numbers.pages[kid.page]} 0 R>>"
    page, mcid = kid >> _PAGE_BITS, kid & _ID_MASK
    if page == own_page:
        return str(mcid)
    return f"<</Type/MCR/Pg {numbers.pages[page]} 0 R/MCID {mcid}>>"

"""Checks the structure of a tagged PDF: every rule below was broken on purpose and seen by the tests beside it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, String

GROUPING_TAGS = {"Document", "L", "LI", "Table", "TR", "TOC", "TOCI", "Reference"}
KNOWN_TAGS = GROUPING_TAGS | {"H1", "H2", "H3", "P", "Lbl", "LBody", "TH", "TD", "Caption", "Figure", "Link", "Span"}
PAINTING = {"Tj", "TJ", "'", '"', "f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "Do", "sh"}
LEVELS = {"H1": 1, "H2": 2, "H3": 3}


@dataclass
class Node:
    """A structure element as it was read."""

    tag: str
    entry: Object
    kids: list["Node"] = field(default_factory=list)
    content: list[tuple[tuple[int, int], int]] = field(default_factory=list)
    annotations: list[Object] = field(default_factory=list)
    parts: list["Node | tuple[tuple[int, int], int]"] = field(default_factory=list)

    def walk(self) -> Iterator["Node"]:
        yield self
        for kid in self.kids:
            yield from kid.walk()


def check(content: bytes) -> list[str]:
    """Return every fault found, none for a good file."""
    with pikepdf.open(BytesIO(content)) as pdf:
        faults = list(_catalog(pdf)) + list(_fonts(pdf))
        if "/StructTreeRoot" not in pdf.Root:
            return [*faults, "no structure tree"]
        tree = read_tree(pdf)
        faults += _content(pdf, tree)
        faults += _elements(tree)
        faults += _annotations(pdf, tree)
    return faults


def read_tree(pdf: pikepdf.Pdf) -> Node:
    top = pdf.Root.StructTreeRoot.K
    return _node(top[0] if isinstance(top, Array) else top)


def _node(entry: Object) -> Node:
    node = Node(str(entry.S)[1:], entry)
    kids = entry.get("/K", Array())
    for kid in kids if isinstance(kids, Array) else [kids]:
        if isinstance(kid, int):
            _add_content(node, (entry.Pg.objgen, kid))
        elif kid.get("/Type") == Name.MCR:
            _add_content(node, (kid.get("/Pg", entry.get("/Pg")).objgen, int(kid.MCID)))
        elif kid.get("/Type") == Name.OBJR:
            node.annotations.append(kid.Obj)
        else:
            below = _node(kid)
            node.kids.append(below)
            node.parts.append(below)
    return node


def _add_content(node: Node, place: tuple[tuple[int, int], int]) -> None:
    node.content.append(place)
    node.parts.append(place)


def _catalog(pdf: pikepdf.Pdf) -> Iterator[str]:
    root = pdf.Root
    if str(root.get("/Lang", "")) != "en-GB":
        yield "no language"
    if not str(pdf.docinfo.get("/Title", "")):
        yield "no title"
    if root.get("/ViewerPreferences", {}).get("/DisplayDocTitle") is not True:
        yield "the title is not displayed"
    if root.get("/MarkInfo", {}).get("/Marked") is not True:
        yield "not marked as tagged"
    if "/Outlines" not in root or "/First" not in root.Outlines:
        yield "no bookmarks"
    metadata = root.Metadata.read_bytes().decode() if "/Metadata" in root else ""
    if "<pdfuaid:part>1<" not in metadata:
        yield "no PDF/UA identification"
    if "<dc:title>" not in metadata:
        yield "no title in the metadata"


def _fonts(pdf: pikepdf.Pdf) -> Iterator[str]:
    for page in pdf.pages:
        for font in page.get("/Resources", {}).get("/Font", {}).values():
            descriptor = font.get("/FontDescriptor", {})
            if not any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")):
                yield f"font not embedded: {font.get('/BaseFont')}"
            if "/ToUnicode" not in font:
                yield f"font without ToUnicode: {font.get('/BaseFont')}"


def _content(pdf: pikepdf.Pdf, tree: Node) -> Iterator[str]:
    owned = [place for node in tree.walk() for place in node.content]
    if len(owned) != len(set(owned)):
        yield "a marked sequence has two owners"
    drawn: set[tuple[tuple[int, int], int]] = set()
    for number, page in enumerate(pdf.pages, start=1):
        yield from (f"page {number}: {fault}" for fault in _page(pdf, page, tree, drawn))
    if set(owned) - drawn:
        yield "the tree owns content that no page draws"


def _page(pdf: pikepdf.Pdf, page: pikepdf.Page, tree: Node, drawn: set[tuple[tuple[int, int], int]]) -> Iterator[str]:
    owner_of = {place: node for node in tree.walk() for place in node.content}
    if page.get("/Tabs") != Name.S:
        yield "links are not read in structure order"
    found, untagged = _sequences(page)
    if untagged:
        yield f"untagged content ({untagged})"
    listed = _parent_tree(pdf).get(int(page.get("/StructParents", -1)), Array())
    for mcid in found:
        place = (page.objgen, mcid)
        drawn.add(place)
        if place not in owner_of:
            yield f"MCID {mcid} is not in the tree"
        elif mcid >= len(listed) or listed[mcid].objgen != owner_of[place].entry.objgen:
            yield f"MCID {mcid} is not in the parent tree"


def _parent_tree(pdf: pikepdf.Pdf) -> dict[int, Object]:
    nums = pdf.Root.StructTreeRoot.ParentTree.Nums
    return {int(nums[index]): nums[index + 1] for index in range(0, len(nums), 2)}


def _sequences(page: pikepdf.Page) -> tuple[list[int], str]:
    """Return the ids on a page in drawing order, and the first operator that paints outside all of them."""
    stack: list[bool] = []
    found: list[int] = []
    untagged = ""
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in {"BDC", "BMC"}:
            properties = operands[1] if len(operands) > 1 else None
            mcid = properties.get("/MCID") if isinstance(properties, Dictionary) else None
            if mcid is not None:
                found.append(int(mcid))
            stack.append(mcid is not None or operands[0] == Name.Artifact or (bool(stack) and stack[-1]))
        elif name == "EMC":
            stack.pop()
        elif name in PAINTING and not (stack and stack[-1]):
            untagged = untagged or name
    return found, untagged or ("marked content is not closed" if stack else "")


def _elements(tree: Node) -> Iterator[str]:
    level = 0
    for node in tree.walk():
        if node.tag not in KNOWN_TAGS:
            yield f"unknown element {node.tag}"
        if node.tag in LEVELS:
            if LEVELS[node.tag] > level + 1:
                yield f"heading level skips to {node.tag}"
            level = LEVELS[node.tag]
        yield from ONE_KIND.get(node.tag, _no_fault)(node)


def _no_fault(_node: Node) -> Iterator[str]:
    yield from ()


def _figure(node: Node) -> Iterator[str]:
    if not str(node.entry.get("/Alt", "")).strip():
        yield "figure without alternative text"
    if "/BBox" not in node.entry.get("/A", {}):
        yield "figure without its box"


def _header_cell(node: Node) -> Iterator[str]:
    if "/Scope" not in node.entry.get("/A", {}):
        yield "header cell without scope"


def _span(node: Node) -> Iterator[str]:
    if str(node.entry.get("/Lang", "")) not in {"ur", "gu", "pa", "he"}:
        yield "a stretch of another script without its language"
    if not str(node.entry.get("/ActualText", "")).strip():
        yield "a stretch of another script without its text"


def _list(node: Node) -> Iterator[str]:
    if any(kid.tag != "LI" for kid in node.kids):
        yield "a list holds something that is no item"


def _table(table: Node) -> Iterator[str]:
    rows = [kid for kid in table.kids if kid.tag == "TR"]
    if len({len(row.kids) for row in rows}) != 1:
        yield "rows of unequal length"
    if not rows or any(cell.tag != "TH" for cell in rows[0].kids):
        yield "table without a header row"
    if any(not cell.content and not cell.kids for row in rows for cell in row.kids):
        yield "empty cell"


ONE_KIND: dict[str, Callable[[Node], Iterator[str]]] = {
    "Figure": _figure,
    "TH": _header_cell,
    "Table": _table,
    "L": _list,
    "Span": _span,
}


def _annotations(pdf: pikepdf.Pdf, tree: Node) -> Iterator[str]:
    parents = _parent_tree(pdf)
    owners = {annotation.objgen: node for node in tree.walk() for annotation in node.annotations}
    for page in pdf.pages:
        for annotation in page.get("/Annots", Array()):
            if not str(annotation.get("/Contents", "")).strip():
                yield "link without a description"
            owner = owners.get(annotation.objgen)
            key = int(annotation.get("/StructParent", -1))
            if owner is None or owner.tag != "Link":
                yield "link outside the tree"
            elif key not in parents or parents[key].objgen != owner.entry.objgen:
                yield "link is not in the parent tree"


def dump(content: bytes) -> str:
    """Return the structure with its text, one element a line: what a golden file keeps."""
    with pikepdf.open(BytesIO(content)) as pdf:
        tree = read_tree(pdf)
        texts = {page.objgen: _texts(page) for page in pdf.pages}
        lines: list[str] = []
        _dump(tree, texts, 0, lines)
    return "\n".join(lines) + "\n"


def _dump(node: Node, texts: dict[tuple[int, int], dict[int, str]], depth: int, lines: list[str]) -> None:
    text = _heard(node, texts).strip()
    extra = f" [{node.entry.Alt}]" if "/Alt" in node.entry else ""
    lines.append(f"{'  ' * depth}{node.tag}{extra}{': ' + text if text else ''}")
    for kid in node.kids:
        if kid.tag != "Span":
            _dump(kid, texts, depth + 1, lines)


def _heard(node: Node, texts: dict[tuple[int, int], dict[int, str]]) -> str:
    """Return an element's own text with that of the spans in it, in reading order."""
    if "/ActualText" in node.entry:
        return str(node.entry.ActualText)
    said = ""
    for part in node.parts:
        if not isinstance(part, Node):
            said += texts[part[0]][part[1]]
        elif part.tag == "Span":
            said += _heard(part, texts)
    return said


def _texts(page: pikepdf.Page) -> dict[int, str]:
    """Return the text of each marked sequence of a page, as a reader would hear it."""
    fonts = {name: _unicode(font) for name, font in page.Resources.Font.items()}
    texts: dict[int, str] = {}
    stack: list[int | None] = []
    hidden = 0
    font: dict[int, str] = {}
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in {"BDC", "BMC"}:
            properties = operands[1] if len(operands) > 1 and isinstance(operands[1], Dictionary) else Dictionary()
            if "/ActualText" in properties and stack and stack[-1] is not None:
                texts[stack[-1]] += str(properties.ActualText)
                hidden += 1
                stack.append(-1)
                continue
            mcid = properties.get("/MCID")
            stack.append(int(mcid) if mcid is not None else None)
            if mcid is not None:
                texts.setdefault(int(mcid), "")
        elif name == "EMC":
            hidden -= stack.pop() == -1
        elif name == "Tf":
            font = fonts[str(operands[0])]
        elif name in {"Tj", "TJ"} and stack and stack[-1] is not None and not hidden:
            shown = operands if name == "Tj" else [part for part in operands[0] if isinstance(part, String)]
            texts[stack[-1]] += "".join(font.get(code, "\ufffd") for part in shown for code in bytes(part))
    return texts


def _unicode(font: Object) -> dict[int, str]:
    """Read a font's ToUnicode map: one line a code, as our writer's library writes it."""
    known: dict[int, str] = {}
    lines = font.ToUnicode.read_bytes().decode("latin-1").splitlines()
    inside = False
    for line in lines:
        if line.endswith("beginbfchar"):
            inside = True
        elif line.startswith("endbfchar"):
            inside = False
        elif inside:
            parts = line.replace("<", " ").replace(">", " ").split()
            known[int(parts[0], 16)] = bytes.fromhex(parts[1]).decode("utf-16-be", "replace")
    return known

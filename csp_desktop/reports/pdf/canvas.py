"""A reportlab canvas that tags what is drawn on it, and leaves out of the tree what is decoration."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from io import BytesIO
from itertools import groupby
from typing import Any

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas
from typing_extensions import override

from csp_desktop.reports.blocks import Report
from csp_desktop.reports.pdf.assembly import assemble
from csp_desktop.reports.pdf.finish import state_facts
from csp_desktop.reports.pdf.packing import Packed, Packer
from csp_desktop.reports.pdf.structure import Element, Numbers, StructureTree, object_bodies, pdf_text
from csp_desktop.reports.pdf.typesetter import Stretch, Typesetter


class ArtifactKind(StrEnum):
    """Why something drawn is no content: page furniture, or lines and shapes of the layout."""

    PAGINATION = "Pagination"
    LAYOUT = "Layout"


class _TaggedPage(pdfdoc.PDFPage):
    """A page that names its place in the parent tree and reads its links in structure order."""

    place = 0
    packed: Packed | None = None

    @override
    def format(self, document: Any) -> bytes:
        """Return the page's dictionary in one go: reportlab's own way takes a tenth of the time of a long report."""
        fonts, pages, content = (
            pdfdoc.format(each, document)
            for each in (
                pdfdoc.PDFObjectReference(pdfdoc.BasicFonts),
                document.Reference(document.Pages),
                document.Reference(self.packed),
            )
        )
        images = b"/XObject %b" % pdfdoc.format(self.XObjects, document) if self.XObjects else b""
        links = b"/Annots %b" % pdfdoc.format(pdfdoc.PDFArray(self.Annots), document) if self.Annots else b""
        box = b"/MediaBox[0 0 %g %g]" % (self.pagewidth, self.pageheight)
        used = b"/Resources<</Font %b%b>>" % (fonts, images)
        return b"<</Type/Page/Parent %b%b%b/Contents %b%b/StructParents %d/Tabs/S>>" % (
            pages,
            box,
            used,
            content,
            links,
            self.place,
        )


class _TaggedLink(pdfdoc.PDFObject):
    """A link annotation to a bookmark; reportlab's own class has no place for StructParent."""

    __RefOnly__ = 1

    def __init__(self, rectangle: tuple[float, float, float, float], contents: str, destination: object) -> None:
        self.rectangle = rectangle
        self.contents = contents
        self.destination = destination
        self.struct_parent = 0

    def format(self, document: pdfdoc.PDFDocument) -> bytes:
        """Return the annotation's dictionary; reportlab calls this when it writes the file."""
        entries = {
            "Type": pdfdoc.PDFName("Annot"),
            "Subtype": pdfdoc.PDFName("Link"),
            "Rect": pdfdoc.PDFArray([f"{edge:.2f}" for edge in self.rectangle]),
            "Border": pdfdoc.PDFArray([0, 0, 0]),
            "F": 4,
            "Contents": pdfdoc.PDFString(self.contents),
            "Dest": self.destination,
            "StructParent": self.struct_parent,
        }
        return bytes(pdfdoc.PDFDictionary(entries).format(document))


class TaggedCanvas(Canvas):
    """Draws pages from the bottom left corner, in points. Whatever is emitted lies in a content or an artifact."""

    _code: list[str]
    _doc: pdfdoc.PDFDocument
    _preamble: str
    _bookmarkReference: Callable[[str], object]  # noqa: N815 - reportlab's name
    _addAnnotation: Callable[[_TaggedLink, str], None]  # noqa: N815 - reportlab's name

    def __init__(self, page_size: tuple[float, float], packer: Packer) -> None:
        self._packer = packer
        self._target = BytesIO()
        super().__init__(self._target, page_size, pageCompression=1, invariant=1, lang="en-GB", pdfVersion=(1, 7))
        self.tree = StructureTree()
        self.type = Typesetter(self._doc)
        self._links: list[_TaggedLink] = []

    def _make_preamble(self) -> None:
        """Leave out the initial Helvetica that reportlab sets: it would be a font that is not embedded."""
        self._preamble = ""

    def emit(self, operators: str) -> None:
        """Add operators to the page."""
        self._code.append(operators)

    def begin_content(self, element: Element) -> str:
        """Return the operator that begins a marked sequence of ``element``; the caller ends it with EMC."""
        return f"/{element.tag}<</MCID {self.tree.own(element)}>>BDC"

    def words(self, element: Element, stretches: Iterable[Stretch]) -> str:
        """Return the operators for text of ``element``; a stretch in another language is a Span of its own in it.

        They belong between BT and ET.
        """
        parts = []
        for language, group in groupby(stretches, key=lambda stretch: stretch.language):
            if not language:
                shown = " ".join([stretch.operators for stretch in group])
                parts.append(f"{self.begin_content(element)} {shown} EMC")
                continue
            for stretch in group:
                span = Element("Span", element, f"/Lang({language})/ActualText{pdf_text(stretch.text)}")
                parts.append(f"{self.begin_content(span)} {stretch.operators} EMC")
        return "\n".join(parts) or f"{self.begin_content(element)} EMC"

    @contextmanager
    def content(self, element: Element) -> Iterator[None]:
        """Draw what belongs to ``element``."""
        self.emit(self.begin_content(element))
        yield
        self.emit("EMC")

    @contextmanager
    def artifact(self, kind: ArtifactKind = ArtifactKind.LAYOUT) -> Iterator[None]:
        """Draw what a reader need not hear."""
        self.emit(f"/Artifact<</Type/{kind}>>BDC")
        yield
        self.emit("EMC")

    def bookmark(self, name: str, title: str, level: int, top: float) -> None:
        """Add a bookmark to this page at height ``top``; links may use its name before. Levels count from 0."""
        self.bookmarkPage(name, fit="XYZ", left=0, top=top)
        self.addOutlineEntry(title, name, level, closed=False)

    def link_to(self, element: Element, rectangle: tuple[float, float, float, float], contents: str, name: str) -> None:
        """Make ``rectangle`` a link to the bookmark ``name``; ``element`` is its Link in the tree."""
        link = _TaggedLink(rectangle, contents, self._bookmarkReference(name))
        key = f"link{len(self._links)}"
        self._links.append(link)
        self._addAnnotation(link, key)
        self.tree.own_annotation(element, key)

    @override
    def showPage(self) -> None:
        """Close the page and give it its place in the parent tree."""
        name = self._doc.thisPageName()
        super().showPage()
        page: Any = self._doc.idToObject[name]
        page.__class__ = _TaggedPage
        page.place = self.tree.page
        page.packed = Packed(self._packer.pack(page.stream.encode("ascii")))
        page.stream = None
        self.tree.next_page()

    def finish(self, report: Report) -> bytes:
        """Write the structure tree and what the file says about itself, and return the whole file."""
        if self._code:
            self.showPage()
        document: Any = self._doc
        self.setViewerPreference("DisplayDocTitle", "true")
        self.showOutline()
        for font in document.delayedFonts:
            font.addObjects(document)
        state_facts(document, report)
        for each in (document.Catalog, document.info):
            document.Reference(each)
        document.Outlines.prepare(document, self)
        return assemble(document, self._structure(), self._packer)

    def _structure(self) -> Iterator[bytes]:
        """Keep numbers free for the tree's objects and return their bodies, in that order."""
        document: Any = self._doc
        numbers = document.idToObjectNumberAndVersion
        page_count = len(self.tree.owners) - 1
        pages = [numbers[f"Page{index + 1}"][0] for index in range(page_count)]
        annotations = {}
        for index, (key, _element) in enumerate(self.tree.annotations):
            self._links[index].struct_parent = page_count + index
            annotations[key] = numbers[document.annotationName(key)][0]
        first = document.objectcounter + 1
        count = self.tree.count + 2
        document.objectcounter += count
        document.Catalog.StructTreeRoot = f"{first + count - 2} 0 R"
        document.Catalog.MarkInfo = pdfdoc.PDFDictionary({"Marked": "true"})
        return object_bodies(self.tree, Numbers(first, pages, annotations))

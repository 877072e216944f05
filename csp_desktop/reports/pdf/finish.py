"""What a finished PDF says about itself: what archives ask for (PDF/A-2a), true dates, the meaning of its colours.

Nothing of the time or place of its making is said: the same input gives the same bytes.
"""

import zlib
from datetime import date
from typing import Any
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfdoc

from csp_desktop import assets
from csp_desktop.reports.blocks import Report
from csp_desktop.reports.pdf.assembly import Body
from csp_desktop.reports.pdf.structure import pdf_text
from csp_desktop.reports.pdf.typesetter import clean

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>en-GB</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>CSP Desktop</xmp:CreatorTool>
<xmp:CreateDate>{when}</xmp:CreateDate><xmp:ModifyDate>{when}</xmp:ModifyDate>
<pdf:Producer>CSP Desktop</pdf:Producer>
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def state_facts(document: Any, report: Report) -> None:
    """Say title, author, subject and dates alike in both places where a PDF keeps them, and that colours are sRGB."""
    title, author, subject = (" ".join(clean(text).split()) for text in (report.title, report.author, report.subject))
    stamp = f"D:{report.data_date:%Y%m%d}000000Z"
    document.info = Body(
        f"<</Title{pdf_text(title)}/Author{pdf_text(author)}/Subject{pdf_text(subject)}/Creator(CSP Desktop)"
        f"/Producer(CSP Desktop)/CreationDate({stamp})/ModDate({stamp})>>".encode("ascii")
    )
    xmp = _XMP.format(
        title=_xml(title), author=_xml(author), subject=_xml(subject), when=_instant(report.data_date)
    ).encode("utf-8")
    document.Catalog.__class__ = _Catalogue
    document.Catalog.Metadata = document.Reference(_stream("/Type/Metadata/Subtype/XML", xmp))
    profile = zlib.compress(assets.read_bytes("colour/srgb.icc"))
    reference = document.Reference(_stream("/N 3/Filter/FlateDecode", profile)).format(document).decode()
    document.Catalog.OutputIntents = Body(
        f"[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)/Info(sRGB IEC61966-2.1)"
        f"/DestOutputProfile {reference}>>]".encode("ascii")
    )


class _Catalogue(pdfdoc.PDFCatalog):
    """A catalogue that can name the colours it means; reportlab's own has no place for that."""

    __NoDefault__ = [*pdfdoc.PDFCatalog.__NoDefault__, "OutputIntents"]  # noqa: RUF012 - as in its base class
    __Refs__ = __NoDefault__


def _stream(entries: str, content: bytes) -> Body:
    return Body(f"<<{entries}/Length {len(content)}>>\nstream\n".encode("ascii") + content + b"\nendstream")


def _xml(text: str) -> str:
    """Return text as XML allows it: escaped, without the two code points that no XML may hold."""
    return escape(text.replace("\ufffe", "").replace("\uffff", ""))


def _instant(value: date) -> str:
    return f"{value:%Y-%m-%d}T00:00:00Z"

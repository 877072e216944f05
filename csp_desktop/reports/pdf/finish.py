"""The last pass over a finished PDF: what archives ask for (PDF/A-2a), true dates, and a smaller file.

The pass adds nothing of its own time or place: the same input gives the same bytes.
"""

from datetime import date
from hashlib import sha256
from io import BytesIO
from xml.sax.saxutils import escape

import pikepdf

from csp_desktop import assets
from csp_desktop.reports.blocks import Report
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


def finish(content: bytes, report: Report) -> bytes:
    """Return the file with its metadata, colour profile and packed objects."""
    with pikepdf.open(BytesIO(content)) as pdf:
        _state_facts(pdf, report)
        _add_colour_profile(pdf)
        digest = sha256(content).digest()[:16]
        pdf.trailer.ID = pikepdf.Array([pikepdf.String(digest), pikepdf.String(digest)])
        target = BytesIO()
        pdf.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return target.getvalue()


def _state_facts(pdf: pikepdf.Pdf, report: Report) -> None:
    """Say title, author, subject and dates alike in both places where a PDF keeps them."""
    title, author, subject = (" ".join(clean(text).split()) for text in (report.title, report.author, report.subject))
    stamp = f"D:{report.data_date:%Y%m%d}000000Z"
    pdf.docinfo.Title = pikepdf.String(title)
    pdf.docinfo.Author = pikepdf.String(author)
    pdf.docinfo.Subject = pikepdf.String(subject)
    pdf.docinfo.CreationDate = pikepdf.String(stamp)
    pdf.docinfo.ModDate = pikepdf.String(stamp)
    for key in ("/Keywords", "/Trapped"):
        if key in pdf.docinfo:
            del pdf.docinfo[key]
    xmp = _XMP.format(
        title=_xml(title), author=_xml(author), subject=_xml(subject), when=_instant(report.data_date)
    ).encode("utf-8")
    pdf.Root.Metadata = pdf.make_stream(xmp, {"/Type": pikepdf.Name.Metadata, "/Subtype": pikepdf.Name.XML})


def _xml(text: str) -> str:
    """Return text as XML allows it: escaped, without the two code points that no XML may hold."""
    return escape(text.replace("\ufffe", "").replace("\uffff", ""))


def _instant(value: date) -> str:
    return f"{value:%Y-%m-%d}T00:00:00Z"


def _add_colour_profile(pdf: pikepdf.Pdf) -> None:
    """Say that the file's colours are sRGB."""
    profile = pdf.make_stream(assets.read_bytes("colour/srgb.icc"), {"/N": 3})
    intent = {
        "/Type": pikepdf.Name.OutputIntent,
        "/S": pikepdf.Name.GTS_PDFA1,
        "/OutputConditionIdentifier": pikepdf.String("sRGB"),
        "/Info": pikepdf.String("sRGB IEC61966-2.1"),
        "/DestOutputProfile": profile,
    }
    pdf.Root.OutputIntents = pikepdf.Array([pikepdf.Dictionary(intent)])

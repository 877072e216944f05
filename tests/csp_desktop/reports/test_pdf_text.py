"""User text on paper: whatever it is, it is printed, found again and never acts."""

import shutil
import subprocess
import unicodedata
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from reportlab.pdfbase.pdfdoc import PDFDocument

from csp_desktop.reports.blocks import BulletList, Column, Heading, Paragraph, Table
from csp_desktop.reports.pdf.faces import split_runs
from csp_desktop.reports.pdf.typesetter import Typesetter, clean
from csp_desktop.reports.pdf.writer import pdf_bytes
from tests.csp_desktop.reports.pdf_checker import check, dump, read_tree
from tests.csp_desktop.reports.samples import report, table

ANY_TEXT = st.text(st.characters(), min_size=1, max_size=200)
LATIN = st.text(st.characters(min_codepoint=32, max_codepoint=0x17F, exclude_categories=["Cc", "Cf"]), min_size=1)
MARKUP = '<img src="/etc/passwd"/> <para> &amp; <b>bold</b> \\( ) %PDF'
URDU = "\u0645\u062d\u0645\u062f \u062e\u0627\u0646"
GUJARATI = "\u0aaa\u0a9f\u0ac7\u0ab2"
PUNJABI = "\u0a38\u0a3f\u0a70\u0a18"


def squeezed(text: str) -> str:
    return "".join(clean(text).split())


def is_in(text: str, content: bytes) -> bool:
    return squeezed(text) in "".join(dump(content).split())


def pages_text(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    try:
        return "".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


@settings(max_examples=60)
@given(ANY_TEXT)
@example(MARKUP)
@example("\x00\x01\x1b[0m\ud800\ufffe\u202e\u200f")
@example("=HYPERLINK(1)\n\n\n   \t ")
@example("W" * 5000)
def test_any_text_is_printed_and_kept(text: str) -> None:
    said = text if text.strip() and squeezed(text) else "none"
    rows = ((said, said),)
    content = pdf_bytes(
        report(
            Heading(2, said),
            Paragraph(said),
            BulletList((said,)),
            Table(said, (Column(said), Column("b")), rows),
            title=said,
            author=said,
            subject=said,
            organisation=said,
            marking=said[:20],
        )
    )
    assert check(content) == []
    assert dump(content).replace(" ", "").replace("\n", "").count(squeezed(said)) >= 5


@settings(max_examples=60)
@given(LATIN)
def test_plain_text_can_be_copied_out_by_a_reader(text: str) -> None:
    wanted = squeezed(text)
    found = unicodedata.normalize("NFC", "".join(pages_text(pdf_bytes(report(Paragraph(text)))).split()))
    assert wanted in found


@pytest.mark.parametrize("name", [URDU, GUJARATI, PUNJABI, "Zo\u00eb \u0141ukasz \u011e\u00fcler"])
def test_names_of_kirklees_are_drawn_in_a_font_that_has_them(name: str) -> None:
    content = pdf_bytes(report(Paragraph(f"The lead is {name} of housing.")))
    assert is_in(f"The lead is {name} of housing.", content)
    with pikepdf.open(BytesIO(content)) as pdf:
        streams = b"".join(page.Contents.read_bytes() for page in pdf.pages)
    assert b"?" not in streams


@pytest.mark.parametrize(
    ("name", "language"),
    [(URDU, "ur"), ("\u0639\u0628\u062f\u0627\u0644\u0644\u06c1", "ur"), (GUJARATI, "gu"), (PUNJABI, "pa")],
)
def test_names_are_found_by_a_reader_in_the_order_they_are_written(name: str, language: str) -> None:
    people = Table("People", (Column("Name"), Column("Role")), ((name, "Lead"),))
    content = pdf_bytes(report(Heading(2, name), Paragraph(f"The lead is {name} of housing."), people))
    found = pages_text(content)
    assert found.count(name) >= 2
    assert all(found.count(word) == 3 for word in name.split())  # this reader turns two words inside an English line
    with pikepdf.open(BytesIO(content)) as pdf:
        spans = [node for node in read_tree(pdf).walk() if node.tag == "Span"]
        said = {(str(node.entry.Lang), str(node.entry.ActualText)) for node in spans}
    assert said == {(language, name)}


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed here")
@pytest.mark.parametrize("layout", [(), ("-layout",)])
@pytest.mark.parametrize("name", [URDU, GUJARATI, PUNJABI])
def test_another_reader_finds_the_names_as_well(name: str, layout: tuple[str, ...], tmp_path: Path) -> None:
    file = tmp_path / "names.pdf"
    file.write_bytes(pdf_bytes(report(Paragraph(f"The lead is {name}, of housing."))))
    asked = ["pdftotext", *layout, "-enc", "UTF-8", str(file), "-"]
    found = subprocess.run(  # noqa: S603 - the reader asked for above
        asked, capture_output=True, check=True
    ).stdout.decode("utf-8")
    assert name in "".join(sign for sign in found if unicodedata.category(sign) != "Cf")


def test_what_no_font_has_is_drawn_as_a_question_mark_and_read_out_as_it_is() -> None:
    content = pdf_bytes(report(Paragraph("Well done \U0001f600 all")))
    assert is_in("Well done \U0001f600 all", content)
    with pikepdf.open(BytesIO(content)) as pdf:
        assert b"(Well done ? all)" in pdf.pages[0].Contents.read_bytes()


def test_a_markup_path_is_never_opened() -> None:
    content = pdf_bytes(report(Paragraph(MARKUP)))
    assert is_in(MARKUP, content)
    with pikepdf.open(BytesIO(content)) as pdf:
        assert not any("/XObject" in page.Resources and len(page.Resources.XObject) for page in pdf.pages)


def test_runs_keep_a_script_together_and_give_its_outer_spaces_back() -> None:
    runs = split_runs(f"a {URDU} b")
    assert [(run.text, run.face) for run in runs] == [("a ", -1), (URDU, 0), (" b", -1)]


@given(ANY_TEXT, st.floats(20, 400))
def test_wrapping_loses_nothing_and_keeps_to_the_width(text: str, width: float) -> None:
    type_ = Typesetter(PDFDocument())
    lines = type_.wrap(text, 12, False, width)
    assert "".join("".join(lines).split()) == squeezed(text)
    assert all(type_.width(line.rstrip(), 12, False) <= width + 0.01 or len(line.strip()) == 1 for line in lines)


def test_a_row_taller_than_a_page_is_cut_between_lines_and_stays_one_row() -> None:
    story = " ".join(f"word{n}" for n in range(4000))
    rows = (table().rows[0], ("ACT-0002", story, *table().rows[1][2:]), table().rows[3])
    content = pdf_bytes(report(replace(table(), rows=rows)))
    assert check(content) == []
    assert is_in(story, content)
    assert sum(line.strip() == "TR" for line in dump(content).splitlines()) == 4

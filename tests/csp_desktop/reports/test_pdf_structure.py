"""The tagged PDF is whole, and the checker that says so sees every fault it claims to see."""

import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from csp_desktop.reports.blocks import Heading, PageBreak, Paragraph
from csp_desktop.reports.pdf.writer import pdf_bytes
from tests.csp_desktop.reports.pdf_checker import check, dump
from tests.csp_desktop.reports.samples import logo, report, table

GOLDEN = Path(__file__).parents[2] / "golden"


@pytest.fixture(scope="module")
def good() -> bytes:
    return pdf_bytes(report())


def long_report() -> bytes:
    """A report long enough for a contents page, with its links."""
    blocks = [block for n in range(25) for block in (Heading(2, f"Part {n}"), Paragraph("Words."), PageBreak())]
    return pdf_bytes(report(*blocks))


def test_a_report_with_every_block_has_no_fault(good: bytes) -> None:
    assert check(good) == []


def test_a_report_with_a_logo_has_no_fault() -> None:
    content = pdf_bytes(report(logo=logo()))
    assert check(content) == []
    assert "Figure [Logo of Kirklees Communities Partnership Board]" in dump(content)


def test_the_structure_is_as_agreed(good: bytes) -> None:
    assert dump(good) == (GOLDEN / "report_structure.txt").read_text(encoding="utf-8")


def test_the_same_report_gives_the_same_bytes(good: bytes) -> None:
    assert pdf_bytes(report()) == good


def test_every_stream_is_as_long_as_it_says_and_ends_on_a_line_of_its_own() -> None:
    content = pdf_bytes(report(logo=logo()))
    found = 0
    for match in re.finditer(rb"/Length (\d+)(?:(?!endobj)[^>])*>>\nstream\n", content):
        end = match.end() + int(match[1])
        assert content[end : end + 11] == b"\nendstream\n"
        found += 1
    assert found == len(re.findall(rb"\nstream\n", content)) > 5


PRINTED = """
import hashlib
from csp_desktop.reports.pdf.writer import pdf_bytes
from tests.csp_desktop.reports.samples import report
print(hashlib.sha256(pdf_bytes(report())).hexdigest())
"""


def test_another_process_with_another_order_of_hashes_gives_the_same_bytes(good: bytes) -> None:
    digests = {
        subprocess.run(  # noqa: S603 - this very Python
            [sys.executable, "-c", PRINTED],
            cwd=Path(__file__).parents[3],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("1", "4242")
    }
    assert digests == {hashlib.sha256(good).hexdigest()}


def test_what_was_printed_before_does_not_change_the_bytes(good: bytes) -> None:
    pdf_bytes(
        report(
            Paragraph("\u0a97\u0ac1\u0a9c\u0ab0\u0abe\u0aa4\u0ac0 \u067e\u0679\u06cc\u0644 \u0645\u062d\u0645\u062f")
        )
    )
    assert pdf_bytes(report()) == good


def test_a_table_over_pages_is_one_table_with_its_header_once() -> None:
    rows = tuple((f"ACT-{n:04}", *table().rows[0][1:]) for n in range(120))
    content = pdf_bytes(report(replace(table(), rows=rows)))
    assert check(content) == []
    lines = dump(content).splitlines()
    assert sum(line.strip() == "Table" for line in lines) == 1
    assert sum(line.strip() == "TR" for line in lines) == 121
    assert sum(line.strip() == "TH: Ref" for line in lines) == 1


def test_a_long_report_has_a_contents_page_with_links() -> None:
    content = long_report()
    assert check(content) == []
    text = dump(content)
    assert text.count("TOCI") == 25
    with pikepdf.open(BytesIO(content)) as pdf:
        assert len(pdf.pages[1].Annots) == 25


Fault = Callable[[pikepdf.Pdf], None]


def first(pdf: pikepdf.Pdf, tag: str) -> pikepdf.Object:
    return next(item for item in pdf.objects if isinstance(item, Dictionary) and item.get("/S") == Name("/" + tag))


def untagged(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0]
    page.contents_add(b"0 0 10 10 re f")


def unlisted(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0]
    page.contents_add(b"/P <</MCID 999>> BDC 0 0 10 10 re f EMC")


def forgotten_parents(pdf: pikepdf.Pdf) -> None:
    pdf.Root.StructTreeRoot.ParentTree.Nums[1] = Array()


def undrawn(pdf: pikepdf.Pdf) -> None:
    first(pdf, "P").K = Array([998])


def no_alt(pdf: pikepdf.Pdf) -> None:
    del first(pdf, "Figure")["/Alt"]


def no_box(pdf: pikepdf.Pdf) -> None:
    del first(pdf, "Figure").A["/BBox"]


def no_scope(pdf: pikepdf.Pdf) -> None:
    del first(pdf, "TH").A["/Scope"]


def no_tongue(pdf: pikepdf.Pdf) -> None:
    del first(pdf, "Span")["/Lang"]


def no_words(pdf: pikepdf.Pdf) -> None:
    del first(pdf, "Span")["/ActualText"]


def short_row(pdf: pikepdf.Pdf) -> None:
    row = first(pdf, "TR")
    del row.K[len(row.K) - 1]


def empty_cell(pdf: pikepdf.Pdf) -> None:
    first(pdf, "TD").K = Array()


def skipped_level(pdf: pikepdf.Pdf) -> None:
    first(pdf, "H2").S = Name.H3


def unknown_tag(pdf: pikepdf.Pdf) -> None:
    first(pdf, "P").S = Name.Paragraph


def no_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/Lang"]


def no_title(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo.Title = String("")


def title_hidden(pdf: pikepdf.Pdf) -> None:
    pdf.Root.ViewerPreferences.DisplayDocTitle = False


def unmarked(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/MarkInfo"]


def no_bookmarks(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/Outlines"]


def no_metadata(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/Metadata"]


def font_outside(pdf: pikepdf.Pdf) -> None:
    font = next(iter(pdf.pages[0].Resources.Font.values()))
    del font.FontDescriptor["/FontFile2"]


def no_tab_order(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0]["/Tabs"]


def no_tree(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/StructTreeRoot"]


def mute_link(pdf: pikepdf.Pdf) -> None:
    pdf.pages[1].Annots[0].Contents = String("")


def stray_link(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[1].Annots[0]["/StructParent"]


def foreign_link(pdf: pikepdf.Pdf) -> None:
    pdf.pages[1].Annots.append(
        pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 1, 1], Contents=String("x")))
    )


FAULTS: list[tuple[Fault, str]] = [
    (untagged, "untagged content"),
    (unlisted, "MCID 999 is not in the tree"),
    (forgotten_parents, "is not in the parent tree"),
    (undrawn, "owns content that no page draws"),
    (no_alt, "figure without alternative text"),
    (no_box, "figure without its box"),
    (no_scope, "header cell without scope"),
    (no_tongue, "without its language"),
    (no_words, "without its text"),
    (short_row, "rows of unequal length"),
    (empty_cell, "empty cell"),
    (skipped_level, "heading level skips"),
    (unknown_tag, "unknown element Paragraph"),
    (no_language, "no language"),
    (no_title, "no title"),
    (title_hidden, "the title is not displayed"),
    (unmarked, "not marked as tagged"),
    (no_bookmarks, "no bookmarks"),
    (no_metadata, "no PDF/UA identification"),
    (font_outside, "font not embedded"),
    (no_tab_order, "not read in structure order"),
    (no_tree, "no structure tree"),
]
LINK_FAULTS: list[tuple[Fault, str]] = [
    (mute_link, "link without a description"),
    (stray_link, "link is not in the parent tree"),
    (foreign_link, "link outside the tree"),
]


def with_fault(content: bytes, plant: Fault) -> list[str]:
    target = BytesIO()
    with pikepdf.open(BytesIO(content)) as pdf:
        plant(pdf)
        pdf.save(target)
    return check(target.getvalue())


@pytest.mark.parametrize(("plant", "seen"), FAULTS, ids=lambda value: getattr(value, "__name__", ""))
def test_the_checker_sees(good: bytes, plant: Fault, seen: str) -> None:
    assert any(seen in fault for fault in with_fault(good, plant))


@pytest.mark.parametrize(("plant", "seen"), LINK_FAULTS, ids=lambda value: getattr(value, "__name__", ""))
def test_the_checker_sees_in_links(plant: Fault, seen: str) -> None:
    assert any(seen in fault for fault in with_fault(long_report(), plant))

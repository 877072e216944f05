"""What the reports page works on: a report as it stands now, or one as it was issued; both as pages on paper."""

from dataclasses import dataclass

from csp_desktop.commands.reports import issued_pdf
from csp_desktop.queries.records import IssuedReport
from csp_desktop.reports.blocks import Report
from csp_desktop.reports.kinds import ReportKind
from csp_desktop.reports.making import ReportRequest, build_report
from csp_desktop.store import Store


@dataclass(frozen=True, slots=True)
class Made:
    """A report of a kind and its pages as a PDF. ``is_public`` says whether it leaves people out."""

    report: Report
    pdf: bytes
    is_public: bool = False
    kind: str = ReportKind.BOARD_PROGRESS


@dataclass(frozen=True, slots=True)
class Issued:
    """An issued report and its pages, byte for byte as they were."""

    row: IssuedReport
    pdf: bytes


@dataclass(frozen=True, slots=True)
class Paper:
    """Pages to save, print or view. ``words`` name them in the record of who saw them, ``name`` in a file's name."""

    words: str
    name: str
    pdf: bytes
    is_public: bool


def made(store: Store, request: ReportRequest) -> Made:
    """Make the report that was asked for. Raises CspError with a sentence."""
    from csp_desktop.reports.pdf.writer import pdf_bytes

    report = build_report(store, request)
    return Made(report, pdf_bytes(report), request.public, request.kind)


def issued(store: Store, row: IssuedReport) -> Issued:
    """Read an issued report's pages. Raises CspError where they were altered since."""
    return Issued(row, issued_pdf(store, row.id))


def paper_of(shown: Made | Issued) -> Paper:
    """Return what is saved, printed and viewed of a report."""
    if isinstance(shown, Issued):
        row = shown.row
        name = _safe(f"{row.title} {row.period} issued {row.issued_at.astimezone():%Y-%m-%d}")
        return Paper(f"the issued {row.title}, {row.period}", name, shown.pdf, is_public=False)
    return Paper(f"the {shown.report.title}", file_name(shown.report), shown.pdf, shown.is_public)


def file_name(report: Report) -> str:
    """Return a file's name for a report, without its ending: letters that no file system refuses."""
    return _safe(f"{report.title} {report.period}")


def _safe(words: str) -> str:
    return "".join(letter for letter in words.replace("/", "-") if letter.isalnum() or letter in " -_").strip()


def workbook(report: Report) -> bytes:
    """Return the report as a workbook."""
    from csp_desktop.reports.sheet import workbook_bytes

    return workbook_bytes(report)

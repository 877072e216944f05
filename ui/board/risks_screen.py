"""Risks to delivery: how many lie where in the matrix, and each with its score, its target and its review."""

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from csp_desktop.charts.chart import Caption
from csp_desktop.charts.risk_matrix import risk_matrix
from csp_desktop.queries.risks import RiskRow, by_place, list_risks
from csp_desktop.registers.forms import Register
from csp_desktop.rules.risk_levels import RiskLevel
from ui.board.detail import Detail, Fact
from ui.board.entry_forms import ask_to_add, ask_to_edit
from ui.board.kinds import place_of
from ui.board.table_screen import Look, TableScreen
from ui.charts.widget import ChartWidget
from ui.desk import Desk
from ui.entries.saving import Saving
from ui.forms.words import shown_date
from ui.reoffending.figure_words import counted
from ui.tables.columns import Column, Kind
from ui.theme import px
from ui.widgets import RowLink, label

MATRIX_PX = 290
TITLE = "Open risks by likelihood and impact"
LOOK = Look(
    title="Risks",
    name="Risks to delivery",
    about="What could keep the plan from being delivered, the gravest first. A score is likelihood times impact: low "
    "1 to 4, medium 5 to 9, high 10 to 14, very high 15 to 25.",
    empty="There are no risks yet. Add one, or bring in the spreadsheet that you keep them in.",
    register=Register.RISKS,
)


def score_words(score: int, level: RiskLevel) -> str:
    """Return a score with its level: "16 very high"."""
    return f"{score} {level.label.lower()}"


def _target(row: RiskRow) -> str:
    level = row.target_level
    return score_words(row.target_score or 0, level) if level is not None else ""


def _review(row: RiskRow) -> str:
    return f"{counted(row.review_overdue_days, 'day')} overdue" if row.review_overdue_days else ""


RISKS: tuple[Column[RiskRow], ...] = (
    Column(key="ref", heading="Ref", kind=Kind.REF, width=10, text=lambda row: row.ref, spare=3),
    Column(
        key="title",
        heading="Risk",
        width=0,
        text=lambda row: row.title,
        note=lambda row: "" if row.is_open else "closed",
    ),
    Column(
        key="score",
        heading="Score",
        width=14,
        text=lambda row: score_words(row.score, row.level),
        sort_key=lambda row: row.score,
        tooltip=lambda row: f"Likelihood {row.likelihood}, impact {row.impact}",
    ),
    Column(key="target", heading="Target", width=14, spare=2, text=_target, sort_key=lambda row: row.target_score),
    Column(key="owner", heading="Owner", width=20, spare=1, text=lambda row: row.owner),
    Column(
        key="review",
        heading="Review by",
        kind=Kind.DATE,
        width=16,
        text=lambda row: shown_date(row.review_date),
        note=_review,
        note_tone=lambda row: "error" if row.review_overdue_days else "",
        sort_key=lambda row: row.review_date.toordinal() if row.review_date else None,
    ),
)


class RisksScreen(TableScreen[RiskRow]):
    """The matrix above the table. Enter or F2 opens a risk's form."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, LOOK, RISKS)
        self.add_button = self.add_tool("Add risk", self.add, "primary")
        self.add_tool("Bring in a spreadsheet", self.register_asked.emit)
        self.saving = Saving(self, Register.RISKS)
        self.narrowed_by(
            {
                "open": ("Open", lambda row: row.is_open),
                "grave": ("High or very high", lambda row: row.is_open and row.level in _GRAVE),
                "late": ("Review overdue", lambda row: bool(row.review_overdue_days)),
                "closed": ("Closed", lambda row: not row.is_open),
            },
            "Filter by risk or owner",
        )
        self.chart = self._with_matrix()

    def _with_matrix(self) -> ChartWidget:
        drawn = risk_matrix({})
        chart = ChartWidget(drawn.scene, TITLE, drawn.alt)
        chart.setFixedWidth(px(MATRIX_PX))
        self._said = label("", wrap=True)
        words = QVBoxLayout()
        words.setSpacing(px(4))
        words.addWidget(label(TITLE, "strong", wrap=True))
        words.addWidget(self._said)
        words.addStretch()
        beside = QHBoxLayout()
        beside.setSpacing(px(20))
        beside.addWidget(chart)
        beside.addLayout(words, 1)
        self.column.insertLayout(1, beside)
        return chart

    @override
    def rows(self) -> list[RiskRow]:
        return list_risks(self.desk.store, self.desk.today())

    @override
    def row_id(self, row: RiskRow) -> int:
        return row.id

    @override
    def reread(self) -> None:
        super().reread()
        drawn = risk_matrix({place: len(held) for place, held in by_place(self.all_rows).items()})
        self.chart.show_scene(drawn.scene, TITLE, drawn.alt)
        self.chart.captioned(Caption(TITLE))
        self._said.setText(drawn.alt)

    @override
    def counts_words(self) -> str:
        now = sum(row.is_open for row in self.all_rows)
        late = sum(bool(row.review_overdue_days) for row in self.all_rows)
        overdue = f", {counted(late, 'review')} overdue" if late else ""
        return f"{counted(now, 'open risk')}{overdue}" if self.all_rows else ""

    @override
    def detail(self, row: RiskRow) -> Detail:
        links: list[Fact] = [("Puts at risk", self._link(each.table, each.id, each.name)) for each in row.at_risk]
        facts: list[Fact] = [
            ("Score now", f"{score_words(row.score, row.level)}: likelihood {row.likelihood}, impact {row.impact}"),
            ("Target", _target(row)),
            ("Cause and effect", row.description),
            ("Controls", row.controls),
            ("Owner", row.owner),
            ("Review by", shown_date(row.review_date)),
            *links,
        ]
        late = f"Its review is {_review(row)}." if row.review_overdue_days else ""
        return Detail(f"{row.ref} {row.title}", late, facts, [("Edit", partial(self.edit, row.id))])

    def _link(self, table: str, row_id: int, name: str) -> str | QWidget:
        found = place_of(table, row_id)
        if found is None:
            return name
        link = RowLink(name, partial(self.went_to.emit, *found))
        link.setProperty("link", True)  # so that it is seen to lead on among facts that do not
        return link

    def add(self) -> None:
        """Open the form of a new risk."""
        ask_to_add(self, Register.RISKS, {}, "title")

    @override
    def edit(self, row_id: int) -> None:
        ask_to_edit(self, Register.RISKS, row_id)


_GRAVE = frozenset({RiskLevel.HIGH, RiskLevel.VERY_HIGH})

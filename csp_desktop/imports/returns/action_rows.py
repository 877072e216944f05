"""The rows of a returned workbook's actions: what comes of each, its cells merged three ways."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial

from csp_desktop.exports.layout import ACTION_COLUMNS, COLUMNS, Kind
from csp_desktop.imports.changes import Amendment, Belonging, RowChange, Settling
from csp_desktop.imports.comparing import Comparer
from csp_desktop.imports.dates import DateValue
from csp_desktop.imports.import_plan import Decisions, RowPlan
from csp_desktop.imports.known import KnownAction
from csp_desktop.imports.matching import Home
from csp_desktop.imports.merged import MergedCell, Verdict
from csp_desktop.imports.problems import Problem, Read
from csp_desktop.imports.records import ActionRecord, Choices, ThemeSource
from csp_desktop.imports.returns import words
from csp_desktop.imports.returns.added_rows import Added, AddedRows
from csp_desktop.imports.returns.incoming import Incoming
from csp_desktop.imports.returns.known_export import KnownExport
from csp_desktop.imports.returns.office import Office
from csp_desktop.imports.returns.placing import Belongs, PlacedRow
from csp_desktop.imports.returns.row_merging import RowMerger, RowSides
from csp_desktop.imports.returns.sent_out import is_reworded
from csp_desktop.imports.returns.sheets import ReturnedTable
from csp_desktop.imports.returns.table_reads import TableReads
from csp_desktop.imports.returns.three_way import Comparison
from csp_desktop.imports.returns.updates import POSTED, Updates, day_in
from csp_desktop.imports.row_themes import RowTheme
from csp_desktop.imports.themes import Themes
from csp_desktop.imports.wanted import Asking
from csp_desktop.rules.folding import fold
from models.vocabulary import CellChoice, ProblemLevel, RowOutcome

NOTHING = RowChange(None, 0, is_spent=True)
_NOWHERE = Belonging(Home(None, ""), None, "", "", "")
_UNASKED = object()
_ORDER = {column.key: at for at, column in enumerate(ACTION_COLUMNS)}
_IDS = frozenset({Kind.REF, Kind.ROW_ID})


class ActionRows:
    """Plans the rows of one returned workbook's actions.

    ``proposed`` counts the headings that the plan has no theme for; ``problems`` is what there is to say of a table.
    """

    def __init__(self, export: KnownExport, office: Office, decisions: Decisions) -> None:
        self._export = export
        self._office = office
        self._decisions = decisions
        self._comparer = Comparer(office.known, Asking(office.people, office.today), office.today)
        self._merger = RowMerger(
            export,
            Comparison(office.people.organisations),
            office.words.rag_words,
            resolve=decisions.resolve,
            confirms_clears=decisions.confirms_clears,
        )
        letters = {word: letter for letter, word in office.words.rag_words.items()}
        self._updates = Updates(export, letters, office.today)
        self._incoming = Incoming(office, self._updates)
        self._themes = Themes(office.known.themes, office.known.objectives)
        self._added = AddedRows(export, office)
        self._sent: dict[str, frozenset[str | None]] = {}
        self.proposed: Counter[str] = Counter()
        self.problems: list[Problem] = []

    def take_known(self, placed: Iterable[PlacedRow]) -> None:
        """Let no added row be an action that a row with an id is; to be called before any table is planned."""
        for row in placed:
            action_id = self._office.action_of(row.row_key) if row.belongs is Belongs.KNOWN else None
            if action_id is not None:
                self._added.take(action_id)

    def plan(self, table: ReturnedTable, placed: Iterable[PlacedRow], choices: Choices) -> Iterator[RowPlan]:
        """Yield what comes of each row of a table that is an action or may become one."""
        settled = [self._settled(row) for row in placed]
        wanted = [(row.row, wanted_columns(table, row, self._export)) for row in settled]
        reads = TableReads(table, wanted, choices, self._office.words)
        self.problems.extend(reads.whole())
        for row, (_, keys) in zip(settled, wanted, strict=True):
            yield self._row(row, keys, reads)

    def _settled(self, row: PlacedRow) -> PlacedRow:
        """Return a row as the user answered which action it is."""
        if row.place not in self._decisions.answers or row.belongs not in {Belongs.COPY, Belongs.UNCLEAR}:
            return row
        answer = self._decisions.answers[row.place]
        if answer is None:
            return replace(row, belongs=Belongs.NEW, row_key="", other="")
        key = next((key for key in (row.row_key, row.other) if key and self._office.action_of(key) == answer), "")
        return replace(row, belongs=Belongs.KNOWN, row_key=key or f"A{answer}", other="")

    def _row(self, row: PlacedRow, keys: frozenset[str], reads: TableReads) -> RowPlan:
        if row.belongs is Belongs.UNCLEAR:
            one, other = self._ref(row.row_key), self._ref(row.other)
            why = words.unclear(one, other) if other else words.unlike(one)
            return self._waiting(row, reads, why, row.row_key)
        if row.belongs is Belongs.COPY:
            return self._waiting(row, reads, words.copied(self._ref(row.row_key)), row.row_key)
        if row.belongs is Belongs.NEW:
            return self._added_row(row, keys, reads)
        action_id = self._office.action_of(row.row_key)
        if action_id is None or not self._is_still(row.row_key, action_id):
            return self._gone(row, keys, reads)
        return self._known(row, row.row_key, action_id, keys, reads)

    def _is_still(self, row_key: str, action_id: int) -> bool:
        """Say whether an action is the one that went out: where only the workbook tells, its title has to bear it out.

        After a backup came back, a number may have been given again.
        """
        if not self._export.from_workbook:
            return True
        before = self._export.base.get(row_key, {}).get("title") or ""
        return is_reworded(before, str(self._office.known.actions[action_id].values["title"]))

    def _known(self, row: PlacedRow, row_key: str, action_id: int, keys: frozenset[str], reads: TableReads) -> RowPlan:
        """Return what comes of a row that is an action of the plan."""
        action = self._office.known.actions[action_id]
        if not keys and not row.adrift and not reads.covered(row.row) and self._bears_ref(row, row_key):
            return self._as_sent(row, action, reads)
        base = self._export.base.get(row_key)
        is_added = base is None  # a row that an earlier return added is compared with what it said then
        if is_added:
            base = {column: said for (key, column), said in self._export.taken.items() if key == row_key} or None
        record = reads.record(row.row, self._title(row, reads))
        cells = [reads.cell(row.row, key, record) for key in ordered(keys)]
        sides = RowSides(row_key, base, self._office.mine[action_id], action, is_added=is_added)
        merged = self._merger.merge(row.row.sheet, cells, sides, partial(self._choice, row))
        kept = self._incoming.record(record, merged, action_id)
        amendment = self._incoming.amendment(sides, kept, merged)
        change, problems = self._comparer.compare(kept, action_id, _NOWHERE, amendment)
        said = [*record.problems, *merged.problems, *problems, *self._adrift(row, reads)]
        said += self._edited_ref(row, row_key, action_id, reads)
        if base is None and self._export.base:
            said.append(
                Problem(row.row.sheet, kept.title.cell, ProblemLevel.WARNING, words.two_way(self._ref_of(action_id)))
            )
        return planned(
            replace(kept, problems=tuple(dict.fromkeys(said))), change, merged.cells, self._ref_of(action_id)
        )

    def _bears_ref(self, row: PlacedRow, row_key: str) -> bool:
        """Say whether a row still bears the Ref that it went out with."""
        return row.said.get("ref", "").upper() == (self._export.base.get(row_key, {}).get("ref") or "").upper()

    def _as_sent(self, row: PlacedRow, action: KnownAction, reads: TableReads) -> RowPlan:
        """Return a row in which nothing was touched."""
        record = ActionRecord(sheet=row.row.sheet, row=row.row.row, title=self._title(row, reads))
        change = RowChange(action.id, action.values["version"])
        return RowPlan(record, RowOutcome.UNCHANGED, str(action.values["ref"]), change)

    def _choice(self, row: PlacedRow, key: str) -> CellChoice | None:
        return self._decisions.cells.get((row.place, key))

    def _adrift(self, row: PlacedRow, reads: TableReads) -> Iterator[Problem]:
        """Yield what a row says in columns that a sort parted from it, where that is no other row's own."""
        for key in ordered(row.adrift & row.said.keys()):
            if row.said[key] not in self._sent_in(key) and COLUMNS[key].kind not in _IDS:
                message = words.adrift_cell(COLUMNS[key].heading, row.said[key])
                yield Problem(row.row.sheet, reads.address(row.row, key), ProblemLevel.ERROR, message)

    def _edited_ref(self, row: PlacedRow, row_key: str, action_id: int, reads: TableReads) -> Iterator[Problem]:
        """Yield that the Ref of a row was written over, and which of its cells lie under a merged one."""
        said, sent = row.said.get("ref", ""), self._export.base.get(row_key, {}).get("ref") or ""
        if said and sent and said.upper() != sent.upper():
            message = words.edited_ref(self._ref_of(action_id), said)
            yield Problem(row.row.sheet, reads.address(row.row, "ref"), ProblemLevel.WARNING, message)
        for key in reads.covered(row.row):
            message = words.merged_cell(COLUMNS[key].heading)
            yield Problem(row.row.sheet, reads.address(row.row, key), ProblemLevel.WARNING, message)

    def _sent_in(self, key: str) -> frozenset[str | None]:
        """Return every text of a column that went out."""
        if key not in self._sent:
            self._sent[key] = frozenset(said.get(key) for said in self._export.base.values())
        return self._sent[key]

    def _added_row(self, row: PlacedRow, keys: frozenset[str], reads: TableReads) -> RowPlan:
        """Return what comes of a row that went out with no id: an action that is there, a copy of one, or a new one."""
        text = row.said.get("theme", "")
        home = self._themes.home(text)
        answer = self._decisions.answers.get(row.place, _UNASKED)
        if isinstance(answer, int):
            self._added.take(answer)
            return self._known(row, self._added.row_key(answer), answer, keys, reads)
        added = self._added.find(row.said["title"], row.said.get("ref", ""), home)
        if answer is _UNASKED and added.action_id is not None:
            return self._known(row, added.row_key, added.action_id, keys, reads)
        if answer is _UNASKED and added.twin is not None:
            ref = self._ref_of(added.twin)
            return self._waiting(row, reads, words.twin(ref), f"A{added.twin}")
        if answer is _UNASKED and added.is_twice:
            return self._waiting(row, reads, words.twice(), "")
        theme = RowTheme(text, ThemeSource.COLUMN if text else ThemeSource.NONE, reads.address(row.row, "theme"))
        record = reads.record(row.row, self._title(row, reads), theme)
        return self._new(row, replace(record, problems=(*record.problems, *self._adrift(row, reads))), home, added)

    def _new(self, row: PlacedRow, record: ActionRecord, home: Home, added: Added) -> RowPlan:
        """Return a row that becomes a new action."""
        objective_id = self._themes.objective(record.objective.text) if record.objective else None
        if home.theme_id is None and objective_id is not None:
            home = replace(home, theme_id=self._themes.home_of(objective_id), text="")
        said = list(record.problems)
        new_theme = ""
        if home.theme_id is None and home.text:
            self.proposed[home.text] += 1
            new_theme = home.text if fold(home.text) in self._decisions.new_themes else ""
            if not new_theme:
                message = words.no_theme(self._office.plan.title, home.text)
                said.append(Problem(row.row.sheet, record.theme_cell, ProblemLevel.WARNING, message))
        if added.warning:
            said.append(Problem(row.row.sheet, record.title.cell, ProblemLevel.WARNING, added.warning))
        resembled = self._ref_of(added.resembles) if added.resembles is not None else ""
        if resembled and row.place not in self._decisions.answers:
            message = words.resembles(resembled, str(self._office.known.actions[added.resembles or 0].values["title"]))
            said.append(Problem(row.row.sheet, record.title.cell, ProblemLevel.WARNING, message))
        settles = tuple(
            Settling("", key, text, CellChoice.THEIRS)
            for key, text in row.said.items()
            if text and key not in row.adrift and COLUMNS[key].kind not in _IDS
        )
        is_kept = bool(self._export.base)
        update = self._updates.of_record(record)
        amendment = Amendment(update=update, replaces_update=True, settles=settles if is_kept else ())
        belonging = Belonging(home, objective_id, new_theme, "", "")
        recovery = day_in(record.reason.text) if record.reason else None
        if recovery:
            record = replace(record, recovery_date=Read(DateValue(recovery, recovery), "", record.title.cell))
        plain = replace(record, our_ref="", source_ref=None)
        change, problems = self._comparer.compare(plain, None, belonging, amendment)
        record = replace(plain, problems=tuple(dict.fromkeys([*said, *problems])))
        return replace(planned(record, change, (), ""), question=resembled)

    def _waiting(self, row: PlacedRow, reads: TableReads, why: str, row_key: str) -> RowPlan:
        """Return a row that does not come in until somebody says which action it is."""
        title = self._title(row, reads)
        problem = Problem(row.row.sheet, title.cell, ProblemLevel.ERROR, why)
        record = ActionRecord(sheet=row.row.sheet, row=row.row.row, title=title, problems=(problem,))
        waiting = planned(record, NOTHING, (), "")
        return replace(waiting, question=self._ref(row_key), waits=True)

    def _gone(self, row: PlacedRow, keys: Iterable[str], reads: TableReads) -> RowPlan:
        """Return a row whose action is in the plan no more: what was changed in it is shown and goes nowhere."""
        title, base = self._title(row, reads), self._export.base.get(row.row_key, {})
        ref = base.get("ref") or ""
        changed = [
            COLUMNS[key].heading
            for key in ordered(keys)
            if row.said.get(key, "") and row.said.get(key, "") != (base.get(key) or "")
        ]
        why = words.gone(ref, self._office.plan.title, changed)
        level = ProblemLevel.ERROR if changed else ProblemLevel.WARNING
        problem = Problem(row.row.sheet, title.cell, level, why)
        record = ActionRecord(sheet=row.row.sheet, row=row.row.row, title=title, problems=(problem,))
        return planned(record, NOTHING, (), "")

    def _title(self, row: PlacedRow, reads: TableReads) -> Read[str]:
        said = " ".join(row.row.text("title").split())
        text = said or (self._export.base.get(row.row_key, {}).get("title") or "")
        return Read(text, text, reads.address(row.row, "title"))

    def _ref(self, row_key: str) -> str:
        """Return our ref of a row of the workbook."""
        action_id = self._office.action_of(row_key) if row_key else None
        return (
            self._ref_of(action_id) if action_id is not None else (self._export.base.get(row_key, {}).get("ref") or "")
        )

    def _ref_of(self, action_id: int) -> str:
        return str(self._office.known.actions[action_id].values["ref"])


def wanted_columns(table: ReturnedTable, row: PlacedRow, export: KnownExport) -> frozenset[str]:
    """Return the columns of a row that are to be read: what differs from what went out; of any other row, all."""
    keys = frozenset(key for key in table.columns.values() if COLUMNS[key].kind not in _IDS) - row.adrift
    base = export.base.get(row.row_key)
    if row.belongs is not Belongs.KNOWN or base is None:
        return keys
    numbers = table.numbers

    def differs(key: str) -> bool:
        went_out, said = base.get(key, ""), row.said.get(key, "")
        if went_out is None or said == export.taken.get((row.row_key, key), went_out):
            return False
        return bool(said) or (row.row.row, numbers[key]) not in table.covered

    differing = frozenset(key for key in keys if differs(key))
    return differing | keys.intersection(POSTED) if differing.intersection(POSTED) else differing


def ordered(keys: Iterable[str]) -> list[str]:
    """Return columns in the order of the workbook."""
    return sorted(keys, key=lambda key: _ORDER.get(key, 0))


def planned(record: ActionRecord, change: RowChange, cells: tuple[MergedCell, ...], ref: str) -> RowPlan:
    """Return a row's plan under the first outcome that holds of it."""
    if any(problem.level is ProblemLevel.ERROR for problem in record.problems):
        outcome = RowOutcome.ERROR
    elif any(cell.verdict is Verdict.CONFLICT for cell in cells):
        outcome = RowOutcome.CONFLICT
    elif change.is_new:
        outcome = RowOutcome.NEW
    else:
        outcome = RowOutcome.CHANGED if change.changes else RowOutcome.UNCHANGED
    return RowPlan(record, outcome, ref, change, cells=cells)

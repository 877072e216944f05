"""What a control chart says in words: its signals and why, its finding as a text, and its figures as a table."""

from itertools import groupby

from csp_desktop.charts.chart import ChartData, Value
from csp_desktop.charts.control_page import Page, Run, lower_limit, upper_limit
from csp_desktop.reoffending.control import ControlPoint, Signal


def is_a_guess(run: Run) -> bool:
    """Say whether the limits of a run rest on few figures."""
    return run.is_tentative and any(point.limits for point in run.points)


def signals_of(page: Page) -> list[str]:
    """Return each signal in words; those that follow each other for the same reason together."""
    found = []
    every = [(point, why_signal(point, run)) for run in page.runs for point in run.points]
    for why, group in groupby(every, key=lambda pair: pair[1]):
        members = [point for point, _why in group]
        first, last = members[0], members[-1]
        if why and len(members) == 1 and first.value is not None:
            found.append(f"{first.period} {page.unit.shown(first.value)}, {why}")
        elif why:
            found.append(f"{first.period} to {last.period}, each {why}")
    return found


def why_signal(point: ControlPoint, run: Run) -> str:
    """Return why a point is a signal, "" where it is none; of two reasons the limits are told."""
    if not point.signals or point.value is None or run.centre is None:
        return ""
    side = "above" if point.value > run.centre else "below"
    if Signal.OUTSIDE in point.signals:
        return f"{side} the {'upper' if side == 'above' else 'lower'} limit"
    return f"one of eight or more in a row {side} the average"


def alt_of(page: Page) -> str:
    """Return the finding of a chart as a text."""
    points = page.points
    if not any(point.value is not None for point in points):
        return "Control chart: there are no figures."
    over = (
        f"{len(points):,} periods, {points[0].period} to {points[-1].period}" if len(points) > 1 else points[0].period
    )
    about = f"Control chart of {over}."
    signals = signals_of(page)
    found = f"Signals: {'; '.join(signals)}." if signals else "There are no signals."
    told = [about, found]
    if len(page.runs) > 1:
        changes = [f"{run.definition} from {run.points[0].period}" for run in page.runs]
        told.append(f"The definition changes, and figures cannot be compared across it: {'; '.join(changes)}.")
    return " ".join([*told, *(_told(page, run) for run in page.runs)])


def _told(page: Page, run: Run) -> str:
    """Return a run's centre, limits and latest value."""
    known = [point for point in run.points if point.value is not None]
    if not known or run.centre is None or known[-1].value is None:
        return f"{run.definition}: no figures."
    last = known[-1]
    limits = ""
    if last.limits is not None:
        limits = f", limits {page.fine.plain(last.limits.lower)} to {page.fine.plain(last.limits.upper)}"
        limits += " as a first guess" if run.is_tentative else ""
    latest = page.unit.spoken(known[-1].value)
    aim = next((target for point, target in zip(run.points, run.targets, strict=True) if point is last), None)
    target = "" if aim is None else f", target {page.fine.spoken(aim)}"
    return (
        f"{run.definition}: average {page.fine.spoken(run.centre)}{limits}, latest {latest} in {last.period}{target}."
    )


def data_of(page: Page) -> ChartData:
    """Return the figures of a chart as a table."""
    rows: list[tuple[Value, ...]] = []
    is_aimed = any(target is not None for run in page.runs for target in run.targets)
    for run in page.runs:
        for point, target in zip(run.points, run.targets, strict=True):
            value = "not known" if point.value is None else page.unit.plain(point.value)
            rest = (run.centre, lower_limit(point), upper_limit(point))
            said = [value, *("not known" if figure is None else page.fine.plain(figure) for figure in rest)]
            if is_aimed:
                said.append("none" if target is None else page.fine.plain(target))
            rows.append((point.period, *said, why_signal(point, run) or "none", run.definition))
    limits = ("Average", "Lower limit", "Upper limit", *(("Target",) if is_aimed else ()))
    return ChartData(("Period", f"Value{page.unit.heading}", *limits, "Signal", "Definition"), tuple(rows))

"""A second, deliberately naive implementation of proven reoffending, to hold the real one against.

It shares no code with the program: plain dictionaries, one person at a time, one day at a time.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from typing import Any

DAY = timedelta(days=1)
PROVEN = {"conviction", "caution", "youth_caution", "conditional_caution"}
NO_EVENT = {"release_from_recall", "temporary_release", "transfer", "remand"}


def months_later(day: date, months: int) -> date:
    """The same day of the month so many months on; a month too short for it ends on its own last day."""
    year, month = day.year, day.month
    for _ in range(months):
        month += 1
        if month > 12:
            year, month = year + 1, 1
    wanted = day.day
    while True:
        try:
            return date(year, month, wanted)
        except ValueError:
            wanted -= 1


def months_before(day: date, months: int) -> date:
    year, month = day.year, day.month
    for _ in range(months):
        month -= 1
        if month < 1:
            year, month = year - 1, 12
    wanted = day.day
    while True:
        try:
            return date(year, month, wanted)
        except ValueError:
            wanted -= 1


@cache
def window(first: date, end: date) -> frozenset[date]:
    """Every day from the first up to the end, the end not among them: counted on day by day."""
    found, at = set(), first
    while at < end:
        found.add(at)
        at += DAY
    return frozenset(found)


def is_breach(offence: dict[str, Any], rules: dict[str, Any]) -> bool:
    code = offence["code"]
    if code is not None and code["code"] in rules["breach_codes"]:
        return True
    if code is not None and code["is_breach"] is not None:
        return bool(code["is_breach"])
    return bool(offence["outcome"] == "breach")


def counts(offence: dict[str, Any], index: date, rules: dict[str, Any], data_date: date) -> bool:
    day, proof = offence["day"], offence["proof"]
    if day is None or proof is None:
        return False
    if day not in window(index, months_later(index, rules["follow_up"])):
        return False
    if day == index and (not rules["index_day"] or proof <= index):
        return False
    if offence["outcome"] not in PROVEN | {"breach"} or is_breach(offence, rules):
        return False
    return bool(proof < months_later(index, rules["follow_up"] + rules["waiting"]) and proof <= data_date)


def is_pending(offence: dict[str, Any], index: date, rules: dict[str, Any], data_date: date) -> bool:
    day, proof = offence["day"], offence["proof"]
    if day is None or day < index or day >= months_later(index, rules["follow_up"]):
        return False
    if day == index and (not rules["index_day"] or (proof is not None and proof <= index)):
        return False
    if day > data_date:
        return False
    if offence["outcome"] == "pending":
        return True
    if offence["outcome"] not in PROVEN | {"breach"} or is_breach(offence, rules) or proof is None:
        return False
    return bool(data_date < proof < months_later(index, rules["follow_up"] + rules["waiting"]))


def followed(events: list[dict[str, Any]], rules: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The events that are followed: for each person (and quarter) the first by date, then the one entered first."""
    seen = set()
    for event in sorted(events, key=lambda each: (each["index"], -each["weight"], each["number"])):
        first, last = rules["period"]
        if event["disposal"] in NO_EVENT:
            continue
        if (first and event["index"] < first) or (last and event["index"] > last):
            continue
        quarter = (event["index"].year, (event["index"].month - 1) // 3) if rules["quarterly"] else None
        if (event["person"], quarter) not in seen:
            seen.add((event["person"], quarter))
            yield event


def time_of(
    event: dict[str, Any], hits: list[dict[str, Any]], rules: dict[str, Any], data_date: date
) -> tuple[int, bool] | None:
    index = event["index"]
    until = months_later(index, rules["follow_up"])
    if months_later(index, rules["follow_up"] + rules["waiting"]) > data_date:
        until = min(until, months_before(data_date, rules["waiting"]))
    dead = event["died"] is not None and event["died"] < until
    if dead:
        until = event["died"]
    if until <= index:
        return None
    first = min((each["day"] for each in hits), default=None)
    if first is not None and (first < until or (dead and first == until)):
        return (first - index).days, True
    return (until - index).days, False


def outcomes(
    events: list[dict[str, Any]], offences: list[dict[str, Any]], rules: dict[str, Any], data_date: date
) -> dict[str, Any]:
    found: dict[str, Any] = dict.fromkeys(
        ("offenders", "reoffenders", "reoffences", "not_yet", "pending", "what_if", "early"), 0
    )
    people, harm, times = set(), [], []
    for event in followed(events, rules):
        index = event["index"]
        mine = [each for each in offences if each["person"] == event["person"]]
        hits = [each for each in mine if counts(each, index, rules, data_date)]
        waiting = [each for each in mine if is_pending(each, index, rules, data_date)]
        measurable = months_later(index, rules["follow_up"] + rules["waiting"]) <= data_date
        if measurable:
            people.add(event["person"])
            found["offenders"] += 1
            found["reoffenders"] += bool(hits)
            found["reoffences"] += len(hits)
            found["pending"] += len(waiting)
            found["what_if"] += bool(hits or waiting)
            harm += [each["code"]["weight"] for each in hits if each["code"] and each["code"]["weight"]]
        else:
            found["not_yet"] += 1
            found["early"] += bool(hits)
        times.append(time_of(event, hits, rules, data_date))
    return found | {"unique": len(people), "harm": sum(harm), "worst": max(harm, default=None), "times": times}


def survivors(times: list[tuple[int, bool]]) -> list[tuple[int, float]]:
    """The product-limit estimate after each day on which somebody reoffended, one person and day at a time."""
    share, points = 1.0, []
    for day in range(max((when for when, _ in times), default=0) + 1):
        risk = sum(when >= day for when, _ in times)
        events = sum(when == day and event for when, event in times)
        if events:
            share *= 1 - events / risk
            points.append((day, share))
    return points

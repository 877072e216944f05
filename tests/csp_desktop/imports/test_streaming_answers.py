"""What a parent believes of a child that streams: rows of plain values, and nothing of another shape."""

from datetime import date, datetime, time
from multiprocessing import Pipe
from typing import Any

import pytest

from csp_desktop.imports.grid import CellError, CellValue, MonthDate, PercentNumber, SheetGrid, Tell
from csp_desktop.imports.reading.answers import NoAnswerError, Receiver, Sender
from csp_desktop.imports.reading.stream_answers import next_heard

HASH = "0123456789abcdef" * 4
VALUES: list[CellValue] = [
    "text", None, 7, -2.5, True, date(2025, 3, 31), datetime(2025, 3, 31, 9, 30), time(9, 30), PercentNumber(0.45),  # noqa: DTZ001
    MonthDate(2025, 3, 1), CellError("#REF!"), 1 << 63,
]  # fmt: skip


def heard(*messages: object, most_of_one: int = 10**5) -> list[Any]:
    """What a parent makes of the messages of its child."""
    reading, writing = Pipe(duplex=False)
    receiver = Receiver(reading, lambda: None, 0.05, 10**6, most_of_one)
    try:
        sender = Sender(writing)
        for message in messages:
            if isinstance(message, bytes):
                writing.send_bytes(message)
            else:
                sender.send(message)  # type: ignore[arg-type]  # what a child that a file has taken over may say
        return [next_heard(receiver) for _ in messages]
    finally:
        writing.close()
        receiver.close(2)


@pytest.mark.parametrize(
    "message",
    [
        ("sheet", "Offences", True),
        ("block", ((1, VALUES), (1_048_577, ["a"]))),
        ("block", ((1, ["a", None]), (3, ["b"]))),
        ("end", "xlsx", ("Read as one.",), frozenset({Tell.ERRORS}), HASH),
        ("rows", 500, 2_000_000),
        ("refused", "It is not one."),
        ("broken", "KeyError in one.py, line 1"),
    ],
)
def test_what_a_child_may_say_is_heard_as_it_is(message: object) -> None:
    (found,) = heard(message)
    assert found == message
    if found[0] == "block":
        assert [type(value) for value in found[1][0][1]] == [type(value) for value in message[1][0][1]]  # type: ignore[index]


@pytest.mark.parametrize(
    "rows",
    [
        (),
        [(1, ["a"])],
        (1, ["a"]),
        ([1, ["a"]],),
        ((1, "a"),),
        ((1, ("a",)),),
        ((1, ["a"], 2),),
        ((1, ["a"]), (2,)),
        (("1", ["a"]),),
        ((True, ["a"]),),
        ((0, ["a"]),),
        ((2, ["a"]), (-1, ["a"])),
        ((1, [["a"]]),),
        ((1, [("a",)]),),
        ((1, [{"a": 1}]),),
        ((1, [b"a"]),),
        ((1, [1 << 70]),),
        ((1, [-(1 << 70)]),),
        ((1, [1j]),),
        ((1, [CellError(3)]),),  # type: ignore[arg-type]
        ((1, [CellError]),),
        ((1, [Tell.ERRORS]),),
        ((1, [SheetGrid("a")]),),
        ((1, ["a"]), (2, ["a", 1, ["b"]])),
    ],
)
def test_what_is_no_block_of_rows_is_not_believed(rows: object) -> None:
    with pytest.raises(NoAnswerError):
        heard(("block", rows))


@pytest.mark.parametrize(
    "message",
    [
        "sheet",
        7,
        (),
        ("sheet", b"name", False),
        ("sheet", "name", 0),
        ("sheet", "name"),
        ("rows", "1", 2),
        ("refused", None),
        ("grid", "a grid", HASH),
        ("end", "exe", (), frozenset(), HASH),
        ("end", "csv", ["note"], frozenset(), HASH),
        ("end", "csv", (1,), frozenset(), HASH),
        ("end", "csv", (), frozenset({"errors"}), HASH),
        ("end", "csv", (), {Tell.ERRORS}, HASH),
        ("end", "csv", (), frozenset(), HASH[1:]),
        ("end", "csv", (), frozenset(), "z" * 64),
    ],
)
def test_no_other_message_is_believed(message: object) -> None:
    with pytest.raises(NoAnswerError):
        heard(message)


def block_of_one(kind: str) -> bytes:
    """The pickle of a block whose one cell is an object of that kind which was made and never filled."""

    def word(text: str) -> bytes:
        return b"\x8c" + bytes([len(text)]) + text.encode()

    cell = word(CellError.__module__) + word(kind) + b"\x93)\x81"
    return b"\x80\x05" + word("block") + b"K\x01]" + cell + b"a\x86\x85\x86."


def test_an_error_without_its_code_is_not_believed() -> None:
    assert heard(block_of_one("PercentNumber")) == [("block", ((1, [0.0]),))]
    with pytest.raises(NoAnswerError):
        heard(block_of_one("CellError"))


def test_one_message_may_be_no_longer_than_its_bound_however_many_there_are() -> None:
    long = ("block", ((1, ["x" * 50_000]),))
    assert heard(long, long, long) == [long, long, long]
    with pytest.raises(NoAnswerError):
        heard(long, most_of_one=40_000)

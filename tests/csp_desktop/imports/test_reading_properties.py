"""The custom properties of a document come with its grid from every format, and never stand in its way."""

import shutil
import struct
import subprocess
import zipfile
from collections.abc import Callable
from datetime import datetime
from multiprocessing import Pipe
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from openpyxl import Workbook
from openpyxl.packaging.custom import BoolProperty, DateTimeProperty, FloatProperty, IntProperty, StringProperty

from csp_desktop.exports.layout import PROPERTY
from csp_desktop.imports.grid import CellError, WorkbookGrid
from csp_desktop.imports.reading.answers import NoAnswerError, Receiver, Sender
from csp_desktop.imports.reading.properties import LONGEST, MOST, MOST_BYTES, are_kept, kept
from csp_desktop.imports.running import open_source
from tests.csp_desktop.imports.reading_files import parsed, refused, rewritten, written, zipped
from tests.fuzzed_files import BYTES, EXAMPLES, Hurt, bounded, damaged, hurts
from tests.workbooks.ods_files import write_ods
from tests.workbooks.property_files import (
    CUSTOM,
    LINKS,
    META,
    OFFICE,
    SHEETS,
    USER_DEFINED,
    WRITERS,
    custom,
    custom_of,
    meta,
    meta_of,
    property_set,
    write_ods_meta,
    write_xls,
    write_xlsb,
    write_xlsx,
)
from tests.workbooks.xlsb_files import xlsb_parts

WriteBook = Callable[..., Path]
KEY = "EXP-0007-1a2b3c4d"


EVERY_FORMAT = pytest.mark.parametrize("kind", WRITERS)


def properties_of(path: Path) -> dict[str, str]:
    """The properties of a file that is itself read, whatever becomes of them."""
    grid = parsed(path)
    assert list(grid.sheets[0].rows.values()) == [["Action"]]
    assert are_kept(grid.properties)
    return dict(grid.properties)


@EVERY_FORMAT
def test_the_key_of_an_export_comes_with_the_file_through_the_process(tmp_path: Path, kind: str) -> None:
    path = WRITERS[kind](tmp_path / f"plan.{kind}", [("Owner", "Zoë Ward \u2013 £"), (PROPERTY, KEY)])
    grid = open_source(path).grid
    assert grid.format == kind
    assert grid.properties == {"Owner": "Zoë Ward \u2013 £", PROPERTY: KEY}


@EVERY_FORMAT
def test_of_properties_of_one_name_the_first_counts_and_blank_ones_do_not(tmp_path: Path, kind: str) -> None:
    pairs = [(PROPERTY, ""), (PROPERTY, KEY), (PROPERTY, "EXP-0008-00000000"), ("", "nameless"), ("Blank", " ")]
    assert properties_of(WRITERS[kind](tmp_path / f"plan.{kind}", pairs)) == {PROPERTY: KEY}


@EVERY_FORMAT
def test_few_are_kept_and_long_ones_are_cut(tmp_path: Path, kind: str) -> None:
    pairs = [("n" * 300, "é" * 400), *((f"name {number}", "x") for number in range(200))]
    found = properties_of(WRITERS[kind](tmp_path / f"plan.{kind}", pairs))
    assert (len(found), found["n" * LONGEST]) == (MOST, "é" * LONGEST)


@EVERY_FORMAT
def test_a_file_without_any_has_none(tmp_path: Path, kind: str) -> None:
    assert properties_of(WRITERS[kind](tmp_path / f"plan.{kind}", [])) == {}


def test_text_has_none(tmp_path: Path) -> None:
    assert parsed(written(tmp_path, b"Action,Lead\n", "plan.csv")).properties == {}


def test_openpyxl_writes_them_and_only_those_that_are_text_are_read(book: WriteBook) -> None:
    def add(made: Workbook) -> None:
        for each in (
            IntProperty(name="Number", value=7),
            FloatProperty(name="Rate", value=0.5),
            DateTimeProperty(name="Day", value=datetime(2025, 3, 31)),  # noqa: DTZ001 - a file's moment has no zone
            BoolProperty(name="Truth", value=True),
            StringProperty(name=PROPERTY, value=KEY),
        ):
            made.custom_doc_props.append(each)

    assert properties_of(book({"Plan": [["Action"]]}, add)) == {PROPERTY: KEY}
    assert properties_of(book({"Plan": [["Action"]]})) == {}


def test_values_that_are_not_text_are_left_out_of_ods_and_xls(tmp_path: Path) -> None:
    typed = (
        '<meta:user-defined meta:name="Day" meta:value-type="date">2025-03-31</meta:user-defined>'
        '<meta:user-defined meta:name="Number" meta:value-type="float">7</meta:user-defined>'
        f'<meta:user-defined meta:name="{PROPERTY}" meta:value-type="string">{KEY}</meta:user-defined>'
        "<meta:user-defined>nameless</meta:user-defined><meta:keyword>plan</meta:keyword>"
    )
    assert properties_of(write_ods_meta(tmp_path / "plan.ods", meta(typed))) == {PROPERTY: KEY}
    number = struct.pack("<Id", 5, 7.0)
    assert properties_of(write_xls(tmp_path / "plan.xls", property_set([(PROPERTY, KEY)], others=number))) == {
        PROPERTY: KEY
    }


@pytest.mark.parametrize("page", [1200, 1252, 65001])
def test_an_xls_writes_them_in_a_code_page(tmp_path: Path, page: int) -> None:
    pairs = [("Café", "£ \u2013 é"), (PROPERTY, KEY)]
    assert properties_of(write_xls(tmp_path / "plan.xls", property_set(pairs, page))) == dict(pairs)


def test_an_xls_may_write_a_value_in_wide_letters_whatever_its_code_page(tmp_path: Path) -> None:
    wide = "☃ wide\x00".encode("utf-16-le")
    narrow = struct.pack("<II", 0x1E, 15) + b"EXP-0007-1a2b3\x00"
    stream = property_set([(PROPERTY, "EXP-0007-1a2b3")])
    assert narrow in stream
    wider = struct.pack("<II", 0x1F, len(wide) // 2) + wide
    path = write_xls(tmp_path / "plan.xls", stream.replace(narrow, wider.ljust(len(narrow), b"\x00")))
    assert properties_of(path) == {PROPERTY: "☃ wide"}


def test_control_characters_are_cleaned_away(tmp_path: Path) -> None:
    text = " EXP\n_x000d__x0000_0007\t\x85"
    assert properties_of(write_xlsx(tmp_path / "plan.xlsx", custom_of([("CSP\u2028export", text)]))) == {
        "CSP export": "EXP 0007"
    }
    assert properties_of(write_xls(tmp_path / "plan.xls", property_set([("a\x01b", "c\x7fd\ne")]))) == {"a b": "c d e"}


def test_only_what_stands_directly_in_a_property_is_its_text(tmp_path: Path) -> None:
    inside = (
        '<property name="list"><vt:vector size="1" baseType="lpwstr"><vt:lpwstr>in a list</vt:lpwstr></vt:vector>'
        f'</property><property name="{PROPERTY}">\n <vt:lpwstr>{KEY}</vt:lpwstr>\n </property>'
        '<property name="old"><vt:lpstr>old</vt:lpstr></property><vt:lpwstr>outside</vt:lpwstr>'
    )
    found = properties_of(write_xlsx(tmp_path / "plan.xlsx", custom(inside)))
    assert found == {PROPERTY: KEY, "old": "old"}


def test_they_are_found_by_their_link_or_where_they_usually_are(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "plan.xlsx", custom_of([(PROPERTY, KEY)]))
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    moved = {**parts, LINKS: parts[LINKS].replace(CUSTOM.encode(), b"other/own.xml"), "other/own.xml": parts[CUSTOM]}
    del moved[CUSTOM]
    assert properties_of(zipped(path, moved)) == {PROPERTY: KEY}
    unlinked = {**parts, LINKS: parts[LINKS].replace(b"/custom-properties", b"/something-else")}
    assert properties_of(zipped(path, unlinked)) == {PROPERTY: KEY}
    dangling = {**parts, LINKS: parts[LINKS].replace(CUSTOM.encode(), b"gone.xml")}
    assert properties_of(zipped(path, dangling)) == {PROPERTY: KEY}
    del dangling[CUSTOM]
    assert properties_of(zipped(path, dangling)) == {}


def test_strict_workbooks_have_them_too(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "plan.xlsx", custom_of([(PROPERTY, KEY)]))
    strict = "http://purl.oclc.org/ooxml/officeDocument"
    rewritten(path, CUSTOM, lambda text: text.replace(OFFICE, strict).replace("custom-prop", "customProp"))
    rewritten(path, CUSTOM, lambda text: text.replace("<Properties", "<p:Properties").replace("xmlns=", "xmlns:p="))
    rewritten(path, CUSTOM, lambda text: text.replace("<property", "<p:property").replace("</property", "</p:property"))
    rewritten(path, CUSTOM, lambda text: text.replace("</Properties", "</p:Properties"))
    kinds = (f"{OFFICE}/relationships/custom-properties", f"{strict}/relationships/customProperties")
    rewritten(path, LINKS, lambda text: text.replace(*kinds).replace(CUSTOM, "docProps/own.xml"))
    with zipfile.ZipFile(path) as archive:
        parts = {name.replace(CUSTOM, "docProps/own.xml"): archive.read(name) for name in archive.namelist()}
    assert properties_of(zipped(path, parts)) == {PROPERTY: KEY}


@pytest.mark.parametrize(
    "content", ["", "no XML", custom_of([(PROPERTY, KEY)])[:-20], "<a>" * 2_000, "<Properties/>", "\x00", "<p>&b;</p>"]
)
def test_a_damaged_part_gives_none_and_no_refusal(tmp_path: Path, content: str) -> None:
    assert properties_of(write_xlsx(tmp_path / "plan.xlsx", content)) == {}
    assert properties_of(write_xlsb(tmp_path / "plan.xlsb", content)) == {}
    assert properties_of(write_ods_meta(tmp_path / "plan.ods", content)) == {}
    assert properties_of(write_xls(tmp_path / "plan.xls", content.encode())) == {}


def test_a_document_type_is_as_unsafe_there_as_anywhere(tmp_path: Path) -> None:
    content = custom_of([(PROPERTY, "&k;")]).replace("?>", f'?><!DOCTYPE a [<!ENTITY k "{KEY}">]>')
    assert "unsafe XML" in refused(write_xlsx(tmp_path / "plan.xlsx", content))


def test_a_document_type_in_a_part_of_another_name_gives_none(tmp_path: Path) -> None:
    content = custom_of([(PROPERTY, "&k;")]).replace("?>", f'?><!DOCTYPE a [<!ENTITY k "{KEY}">]>')
    path = write_xlsx(tmp_path / "plan.xlsx", custom_of([]))
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts = {**parts, LINKS: parts[LINKS].replace(CUSTOM.encode(), b"own.bin"), "own.bin": content.encode()}
    assert properties_of(zipped(path, parts)) == {}


@pytest.mark.parametrize("kind", ["xlsx", "xlsb", "ods", "xls"])
def test_giant_ones_are_left_alone_in_little_time(tmp_path: Path, kind: str) -> None:
    pairs = [(PROPERTY, KEY), *((f"name {number}", f"{number * 7_919:x}") for number in range(150_000))]
    path = WRITERS[kind](tmp_path / f"plan.{kind}", pairs)
    with bounded():
        assert properties_of(path) == {}


def test_one_giant_text_is_left_alone_and_a_long_one_cut(tmp_path: Path) -> None:
    for length, found in ((MOST_BYTES, 0), (MOST_BYTES // 2, LONGEST)):
        path = write_xlsx(tmp_path / "plan.xlsx", custom_of([(PROPERTY, "x" * length)]))
        assert properties_of(path).get(PROPERTY, "") == "x" * found


def test_properties_of_an_xls_that_all_point_to_one_long_text_take_no_time(tmp_path: Path) -> None:
    count = 60_000
    text = struct.pack("<II", 0x1E, 300_000) + b"x" * 300_000
    at = 8 + 8 * count
    listed = b"".join(struct.pack("<II", number, at) for number in range(2, count + 2))
    own = struct.pack("<II", at + len(text), count) + listed + text
    head = struct.pack("<HHI16sI", 0xFFFE, 0, 2, b"", 1) + USER_DEFINED + struct.pack("<I", 48)
    with bounded():
        assert properties_of(write_xls(tmp_path / "plan.xls", head + own)) == {}
    names = struct.pack("<I", 9_999_999) + b"".join(struct.pack("<IIcc", n, 2, b"a", b"\x00") for n in range(20_000))
    listed = struct.pack("<II", 0, at) + listed[8:]
    behind = b"".join(struct.pack("<II", n, at + len(names)) for n in range(3, count + 2))
    own = struct.pack("<II", 0, count) + listed[:8] + behind + names + text
    with bounded():
        assert properties_of(write_xls(tmp_path / "plan.xls", head + own)) == {}


WHOLE_XML = custom_of([(PROPERTY, KEY), ("Owner", "Zoë")]).encode()
WHOLE_META = meta_of([(PROPERTY, KEY), ("Owner", "Zoë")]).encode()
WHOLE_SET = property_set([(PROPERTY, KEY), ("Owner", "Zoë")], 1200)


@settings(max_examples=100 * EXAMPLES)
@given(wounds=hurts(BYTES))
def test_however_they_are_damaged_the_workbook_is_read(tmp_path: Path, wounds: list[Hurt]) -> None:
    parts = {**xlsb_parts(SHEETS), CUSTOM: damaged(WHOLE_XML, wounds)}
    properties_of(zipped(tmp_path / "plan.xlsb", parts))
    write_ods(tmp_path / "plan.ods", SHEETS)
    with zipfile.ZipFile(tmp_path / "plan.ods", "a") as archive:
        archive.writestr(META, damaged(WHOLE_META, wounds))
    properties_of(tmp_path / "plan.ods")
    with bounded():
        properties_of(write_xls(tmp_path / "plan.xls", damaged(WHOLE_SET, wounds)))


def test_properties_are_kept_clean_and_bounded() -> None:
    found = kept([("a", "\ud800b\x00c"), ("a", "d"), *((str(number), "x" * 999) for number in range(99))])
    assert are_kept(found)
    assert (len(found), found["a"], found["0"]) == (MOST, "b c", "x" * LONGEST)


def received(message: object) -> Any:
    """What a parent makes of a message of its child."""
    reading, writing = Pipe(duplex=False)
    receiver = Receiver(reading, lambda: None, 0.05, 10**6)
    try:
        if isinstance(message, bytes):
            writing.send_bytes(message)
        else:
            Sender(writing).send(message)  # type: ignore[arg-type]  # what a child that a file has taken over may say
        return receiver.receive()
    finally:
        writing.close()
        receiver.close(2)


def grid_with(properties: Any) -> WorkbookGrid:
    return WorkbookGrid("plan.xlsx", "xlsx", SHEETS, properties=properties)


def test_a_parent_takes_properties_that_are_kept() -> None:
    told = ("grid", grid_with({PROPERTY: KEY}), "0" * 64)
    assert received(told) == told


@pytest.mark.parametrize(
    "junk",
    [
        None,
        [(PROPERTY, KEY)],
        "properties",
        CellError("#REF!"),
        {PROPERTY: 7},
        {PROPERTY: None},
        {PROPERTY: b"EXP"},
        {PROPERTY: {"x": "y"}},
        {7: KEY},
        {PROPERTY: ""},
        {PROPERTY: "x" * (LONGEST + 1)},
        {"x" * (LONGEST + 1): KEY},
        {PROPERTY: "EXP\x00"},
        {PROPERTY: "EXP\nEXP"},
        {str(number): "x" for number in range(MOST + 1)},
    ],
)
def test_a_parent_takes_no_others_from_a_child_that_lies(junk: object) -> None:
    with pytest.raises(NoAnswerError):
        received(("grid", grid_with(junk), "0" * 64))


def test_a_parent_takes_no_grid_that_was_never_filled() -> None:
    def word(text: str) -> bytes:
        return b"\x8c" + bytes([len(text)]) + text.encode()

    grid = word(WorkbookGrid.__module__) + word("WorkbookGrid") + b"\x93)\x81"
    with pytest.raises(NoAnswerError):
        received(b"\x80\x05" + word("grid") + grid + word("0" * 64) + b"\x87.")


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_libreoffice_hands_them_on_in_every_format(book: WriteBook, tmp_path: Path) -> None:
    def add(made: Workbook) -> None:
        made.custom_doc_props.append(StringProperty(name=PROPERTY, value=KEY))
        made.custom_doc_props.append(StringProperty(name="Café", value="Zoë \u2013 ☃"))

    path = book({"Plan": [["Action"]]}, add)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    for kind in ("ods", "xls", "xlsx"):
        command = [
            "soffice",
            profile,
            "--headless",
            "--convert-to",
            kind,
            "--outdir",
            str(tmp_path / "saved"),
            str(path),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=120)  # noqa: S603 - our own file
        found = properties_of(tmp_path / "saved" / f"plan.{kind}")
        assert (found[PROPERTY], found["Café"]) == (KEY, "Zoë \u2013 ☃")

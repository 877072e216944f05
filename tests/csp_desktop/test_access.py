"""Keys: two secrets open the store, nothing else does, and damage is never called a wrong passphrase."""

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csp_desktop import access
from csp_desktop.access import KdfCost, KeyFile, change_passphrase, create_keys, passphrase_advice, unlock
from csp_desktop.errors import CspError, StoreDamagedError, WrongSecretError
from tests.vault import CHEAP, PASSPHRASE


def test_the_passphrase_and_the_recovery_key_give_the_same_keys() -> None:
    new = create_keys(PASSPHRASE, CHEAP)
    for secret in (PASSPHRASE, new.recovery_key):
        keys = unlock(new.file, secret)
        assert (keys.store_id, keys.data_key, keys.audit_key) == (
            new.keys.store_id,
            new.keys.data_key,
            new.keys.audit_key,
        )


def test_each_store_has_keys_of_its_own_and_the_audit_key_is_another() -> None:
    one, other = create_keys(PASSPHRASE, CHEAP), create_keys(PASSPHRASE, CHEAP)
    assert len({one.keys.data_key, other.keys.data_key, one.keys.audit_key, other.keys.audit_key}) == 4
    assert len(one.keys.data_key) == len(one.keys.audit_key) == 32
    assert one.recovery_key != other.recovery_key


def test_the_recovery_key_is_typed_back_carelessly() -> None:
    new = create_keys(PASSPHRASE, CHEAP)
    careless = new.recovery_key.lower().replace("-", " ").replace("0", "o").replace("1", "i") + "\n"
    assert unlock(new.file, careless).data_key == new.keys.data_key


@pytest.mark.parametrize(
    "secret", ["", "correct horse batterz", PASSPHRASE.upper(), PASSPHRASE.replace(" ", ""), "\ud800" * 12]
)
def test_any_other_secret_is_wrong(secret: str) -> None:
    with pytest.raises(WrongSecretError):
        unlock(create_keys(PASSPHRASE, CHEAP).file, secret)


def test_the_same_letters_from_another_keyboard_open_the_store() -> None:
    composed = "Sûreté à Noël, ça ira"
    new = create_keys(unicodedata.normalize("NFD", composed), CHEAP)
    assert unlock(new.file, composed).data_key == new.keys.data_key


@pytest.mark.parametrize("passphrase", ["", "            "])
def test_an_empty_passphrase_is_refused(passphrase: str) -> None:
    with pytest.raises(CspError, match="is empty"):
        create_keys(passphrase, CHEAP)


def test_a_short_passphrase_is_advised_against() -> None:
    assert "should have at least 12" in (passphrase_advice("eleven char") or "")
    assert "5 characters" in (passphrase_advice("short      \t   ") or "")
    assert passphrase_advice("twelve chars") is None


def test_a_new_passphrase_leaves_the_data_and_the_recovery_key() -> None:
    new = create_keys(PASSPHRASE, CHEAP)
    changed = change_passphrase(new.file, new.keys, "another twelve at least", CHEAP)
    assert unlock(changed, "another twelve at least").data_key == new.keys.data_key
    assert unlock(changed, new.recovery_key).data_key == new.keys.data_key
    with pytest.raises(WrongSecretError):
        unlock(changed, PASSPHRASE)
    with pytest.raises(CspError, match="is empty"):
        change_passphrase(new.file, new.keys, " ", CHEAP)


def test_the_file_reads_back_as_it_was_written_and_holds_no_secret() -> None:
    new = create_keys(PASSPHRASE, CHEAP)
    content = new.file.to_bytes()
    assert KeyFile.from_bytes(content) == new.file
    assert new.keys.data_key not in content
    assert PASSPHRASE.encode() not in content
    assert repr(new.keys.data_key) not in repr(new) + repr(new.keys) + repr(new.file)


@given(offset=st.integers(0), bit=st.integers(0, 7))
def test_a_flipped_bit_is_damage_and_never_a_wrong_passphrase(offset: int, bit: int) -> None:
    new = create_keys(PASSPHRASE, CHEAP)
    content = bytearray(new.file.to_bytes())
    content[offset % len(content)] ^= 1 << bit
    try:
        read = KeyFile.from_bytes(bytes(content))
    except StoreDamagedError:
        return
    assert unlock(read, PASSPHRASE).data_key == new.keys.data_key


@given(length=st.integers(0, 600))
def test_a_cut_file_is_damage(length: int) -> None:
    content = create_keys(PASSPHRASE, CHEAP).file.to_bytes().rstrip()
    with pytest.raises(StoreDamagedError):
        KeyFile.from_bytes(content[: min(length, len(content) - 1)])


@given(
    st.recursive(
        st.none() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    )
)
def test_any_other_json_is_damage(value: object) -> None:
    with pytest.raises(StoreDamagedError):
        KeyFile.from_bytes(json.dumps(value).encode())


@pytest.mark.parametrize(
    ("name", "value"), [("memory_kib", 2**40), ("memory_kib", 0), ("passes", 10**9), ("lanes", 0), ("name", "none")]
)
def test_a_cost_beyond_belief_is_refused_before_it_is_paid(name: str, value: object) -> None:
    content = json.loads(create_keys(PASSPHRASE, CHEAP).file.to_bytes())
    del content["checksum"]
    content["passphrase"]["kdf"][name] = value
    content["checksum"] = access._checksum(content)
    with pytest.raises(StoreDamagedError):
        KeyFile.from_bytes(json.dumps(content).encode())


def test_a_lowered_cost_does_not_open_the_wrap() -> None:
    content = json.loads(create_keys(PASSPHRASE, KdfCost(16, 2, 1)).file.to_bytes())
    del content["checksum"]
    content["passphrase"]["kdf"]["memory_kib"] = 8
    content["checksum"] = access._checksum(content)
    with pytest.raises(WrongSecretError):
        unlock(KeyFile.from_bytes(json.dumps(content).encode()), PASSPHRASE)


def test_a_key_file_of_a_newer_program_says_so() -> None:
    content = json.loads(create_keys(PASSPHRASE, CHEAP).file.to_bytes())
    del content["checksum"]
    content["format"] = 2
    content["checksum"] = access._checksum(content)
    with pytest.raises(CspError, match="newer version"):
        KeyFile.from_bytes(json.dumps(content).encode())


def test_the_calibrated_cost_is_never_cheap() -> None:
    cost = KdfCost.calibrated(seconds=0.001)
    assert cost.memory_kib == 64 * 1024
    assert cost.passes == 3


def test_spaces_at_the_ends_of_a_passphrase_do_not_count() -> None:
    new = create_keys(f" {PASSPHRASE}", CHEAP)
    assert unlock(new.file, f"{PASSPHRASE} \n").data_key == new.keys.data_key

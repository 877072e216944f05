"""The keys of a store: a random data key, wrapped once under the passphrase and once under the recovery key.

Each wrap is AES-256-GCM under Argon2id, with the cost kept beside it. So a wrong passphrase is told apart from a
damaged store, and a new passphrase is a new wrap, not a new store. Passphrases are compared in Unicode's composed
form (NFC): the same letters typed on another keyboard open the store.
"""

import base64
import hashlib
import json
import os
import secrets
import time
import unicodedata
import uuid
from dataclasses import dataclass, replace
from typing import Any, Self

from argon2.exceptions import HashingError
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from csp_desktop.errors import CspError, StoreDamagedError, WrongSecretError
from csp_desktop.recovery_key import looks_like_recovery_key, new_recovery_key, read_recovery_key

FORMAT = 1
KEY_BYTES, SALT_BYTES, NONCE_BYTES = 32, 16, 12
SHORTEST_PASSPHRASE = 12
LEAST_MEMORY_KIB, MOST_MEMORY_KIB = 64 * 1024, 256 * 1024
_BELIEVABLE_MEMORY_KIB, _BELIEVABLE_PASSES, _BELIEVABLE_LANES = 4 * 1024 * 1024, 4096, 64


@dataclass(frozen=True, slots=True)
class KdfCost:
    """What one guess at a passphrase costs: Argon2id's memory in KiB, passes and lanes."""

    memory_kib: int
    passes: int
    lanes: int

    @classmethod
    def calibrated(cls, seconds: float = 1.0) -> Self:
        """Measure this PC and return a cost of about ``seconds``; never less than 64 MiB and three passes."""
        lanes = min(4, os.cpu_count() or 1)
        least = cls(LEAST_MEMORY_KIB, 3, lanes)
        began = time.perf_counter()
        _stretch("calibration", bytes(SALT_BYTES), least)
        factor = seconds / max(time.perf_counter() - began, 0.001)
        memory = max(LEAST_MEMORY_KIB, min(MOST_MEMORY_KIB, int(LEAST_MEMORY_KIB * factor) // 1024 * 1024))
        return cls(memory, max(3, round(3 * factor * LEAST_MEMORY_KIB / memory)), lanes)


@dataclass(frozen=True, slots=True, repr=False)
class Keys:
    """What opens a store: its id (not secret) and the 32-byte data key. No ``repr``: it must not reach a log."""

    store_id: str
    data_key: bytes

    @property
    def audit_key(self) -> bytes:
        """The 32-byte key of the audit chain, derived from the data key."""
        hkdf = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=b"csp-desktop audit chain 1")
        return hkdf.derive(self.data_key)


@dataclass(frozen=True, slots=True)
class Wrap:
    """The data key under one secret."""

    cost: KdfCost
    salt: bytes
    nonce: bytes
    ciphertext: bytes


@dataclass(frozen=True, slots=True)
class KeyFile:
    """What lies beside a store as ``<name>.keys``: its id and the two wraps. Nothing in it is secret by itself."""

    store_id: str
    passphrase: Wrap
    recovery: Wrap

    def to_bytes(self) -> bytes:
        """Return the file's content: one line of JSON that carries its own checksum."""
        content = {
            "format": FORMAT,
            "store_id": self.store_id,
            "passphrase": _wrap_to_json(self.passphrase),
            "recovery": _wrap_to_json(self.recovery),
        }
        return json.dumps({**content, "checksum": _checksum(content)}).encode("ascii") + b"\n"

    @classmethod
    def from_bytes(cls, content: bytes) -> Self:
        """Read a key file's content. Raises StoreDamagedError where a bit of it differs from what was written."""
        try:
            read = json.loads(content)
            checksum = read.pop("checksum")
            if checksum != _checksum(read):
                raise ValueError("checksum")  # noqa: TRY301 - one way out for every kind of damage
            if read["format"] > FORMAT:
                raise CspError(
                    "The store's key file was written by a newer version of CSP Desktop. Nothing was changed. "
                    "Ask IT for the newer version."
                )
            return cls(read["store_id"], _wrap_from_json(read["passphrase"]), _wrap_from_json(read["recovery"]))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise StoreDamagedError(
                "The store's key file is damaged. Nothing was changed. "
                "Restore the newest good backup: it holds a copy of the key file."
            ) from error


@dataclass(frozen=True, slots=True, repr=False)
class NewKeys:
    """The keys of a new store, the file that keeps them, and the recovery key to print: it is kept nowhere."""

    keys: Keys
    file: KeyFile
    recovery_key: str


def create_keys(passphrase: str, cost: KdfCost) -> NewKeys:
    """Make the keys of a new store. Raises CspError for an empty passphrase."""
    require_passphrase(passphrase)
    keys = Keys(uuid.uuid4().hex, secrets.token_bytes(KEY_BYTES))
    recovery_key = new_recovery_key()
    file = KeyFile(
        keys.store_id,
        passphrase=_wrap(keys, "passphrase", passphrase, cost),
        recovery=_wrap(keys, "recovery", read_recovery_key(recovery_key), cost),
    )
    return NewKeys(keys, file, recovery_key)


def unlock(file: KeyFile, secret: str) -> Keys:
    """Open the key file with the passphrase or the recovery key, whichever ``secret`` is.

    Raises WrongSecretError where it is neither; a slip in typing a recovery key is pointed at by its group.
    """
    keys = _unwrap(file, "passphrase", file.passphrase, secret)
    if keys is None and looks_like_recovery_key(secret):
        keys = _unwrap(file, "recovery", file.recovery, read_recovery_key(secret))
    if keys is None:
        raise WrongSecretError(
            "That passphrase or recovery key does not open this store. The store is whole and nothing was changed. "
            "Check Caps Lock and the keyboard's language, then try again."
        )
    return keys


def change_passphrase(file: KeyFile, keys: Keys, passphrase: str, cost: KdfCost) -> KeyFile:
    """Return the key file under a new passphrase; the recovery key stays. Raises CspError where it is empty."""
    require_passphrase(passphrase)
    return replace(file, passphrase=_wrap(keys, "passphrase", passphrase, cost))


def require_passphrase(passphrase: str) -> None:
    """Refuse an empty passphrase. Raises CspError. How long it should be is said by ``passphrase_advice``."""
    if not _normal(passphrase):
        raise CspError("The passphrase is empty. Nothing was changed. Four unconnected words make a good one.")


def passphrase_advice(passphrase: str) -> str | None:
    """Return why a passphrase is weak, None where it is long enough.

    The window insists on it; a script chooses for itself and is only warned.
    """
    length = len(_normal(passphrase))
    if length >= SHORTEST_PASSPHRASE:
        return None
    characters = "1 character" if length == 1 else f"{length} characters"
    return (
        f"The passphrase has {characters} and should have at least {SHORTEST_PASSPHRASE}. "
        "Four unconnected words make a good one."
    )


def _normal(text: str) -> str:
    """Return a secret as it is stretched: spaces at its ends are a slip of the hand, in making and in opening."""
    return unicodedata.normalize("NFC", text).strip()


def _stretch(secret: str, salt: bytes, cost: KdfCost) -> bytes:
    try:
        return hash_secret_raw(
            _normal(secret).encode("utf-8", "surrogatepass"),
            salt,
            time_cost=cost.passes,
            memory_cost=cost.memory_kib,
            parallelism=cost.lanes,
            hash_len=KEY_BYTES,
            type=Type.ID,
        )
    except HashingError as error:
        raise CspError(
            f"Unlocking needs {cost.memory_kib // 1024} MiB of free memory, which this PC does not have now. "
            "Nothing was changed. Close other programs, then try again."
        ) from error


def _bound_to(store_id: str, kind: str, cost: KdfCost) -> bytes:
    return f"csp-desktop {FORMAT} {store_id} {kind} {cost.memory_kib} {cost.passes} {cost.lanes}".encode()


def _wrap(keys: Keys, kind: str, secret: str, cost: KdfCost) -> Wrap:
    salt, nonce = secrets.token_bytes(SALT_BYTES), secrets.token_bytes(NONCE_BYTES)
    box = AESGCM(_stretch(secret, salt, cost))
    return Wrap(cost, salt, nonce, box.encrypt(nonce, keys.data_key, _bound_to(keys.store_id, kind, cost)))


def _unwrap(file: KeyFile, kind: str, wrap: Wrap, secret: str) -> Keys | None:
    box = AESGCM(_stretch(secret, wrap.salt, wrap.cost))
    try:
        data_key = box.decrypt(wrap.nonce, wrap.ciphertext, _bound_to(file.store_id, kind, wrap.cost))
    except InvalidTag:
        return None
    return Keys(file.store_id, data_key)


def _checksum(content: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _wrap_to_json(wrap: Wrap) -> dict[str, Any]:
    cost = {
        "name": "argon2id",
        "memory_kib": wrap.cost.memory_kib,
        "passes": wrap.cost.passes,
        "lanes": wrap.cost.lanes,
    }
    binary = {"salt": wrap.salt, "nonce": wrap.nonce, "ciphertext": wrap.ciphertext}
    return {"kdf": cost, **{name: base64.b64encode(value).decode("ascii") for name, value in binary.items()}}


def _wrap_from_json(read: dict[str, Any]) -> Wrap:
    kdf = read["kdf"]
    cost = KdfCost(int(kdf["memory_kib"]), int(kdf["passes"]), int(kdf["lanes"]))
    believable = (
        8 * cost.lanes <= cost.memory_kib <= _BELIEVABLE_MEMORY_KIB
        and 1 <= cost.passes <= _BELIEVABLE_PASSES
        and 1 <= cost.lanes <= _BELIEVABLE_LANES
    )
    if kdf["name"] != "argon2id" or not believable:
        raise ValueError("cost")
    salt, nonce, ciphertext = (base64.b64decode(read[name], validate=True) for name in ("salt", "nonce", "ciphertext"))
    if (len(salt), len(nonce), len(ciphertext)) != (SALT_BYTES, NONCE_BYTES, KEY_BYTES + 16):
        raise ValueError("length")
    return Wrap(cost, salt, nonce, ciphertext)

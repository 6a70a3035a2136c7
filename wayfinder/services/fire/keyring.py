"""Who may say what: public keys of people and panels, and the files of private keys.

The keyring is the root of all trust: one JSON file that the hospital's administrator writes and
the server only reads. Private keys stay with the people; no server needs one.
"""

import json
import os
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from wayfinder.files import replace_file
from wayfinder.formats.errors import UnreadableError
from wayfinder.formats.safe_json import parse_json
from wayfinder.services.fire.envelope import Signed, decode_key
from wayfinder.services.fire.errors import DamagedFileError, FireError

APPROVE, TRIGGER, END = "approve", "trigger", "end"
RIGHTS = (APPROVE, TRIGGER, END)
"""What a key may do: approve texts, trigger the takeover, end it (ask for the end or confirm)."""
MOST_BYTES = 1_048_576
"""Largest keyring (ours)."""
SKEW = timedelta(minutes=5)
"""How far a sender's clock may have been ahead of that by which a key was taken back (ours)."""
_NAME_LENGTH = 80


@dataclass(frozen=True, slots=True)
class Signer:
    """A person or a panel that signs.

    Parameters
    ----------
    name
        Who it is; two names are two people.
    key
        Public key, as `encode_key` writes it.
    rights
        Of `RIGHTS`.
    venues
        Slugs of the venues that it is good for; empty: all.
    revoked_at
        When the key was taken back; None: it is good. What was said before holds: a fire that
        somebody announced goes on until two people end it, and one that is over stays so.
    """

    name: str
    key: str
    rights: tuple[str, ...]
    venues: tuple[str, ...] = ()
    revoked_at: datetime | None = None

    def may(self, right: str, venue: str, at: datetime | None = None) -> bool:
        """Tell whether it may do something in a venue; with ``at``, whether it might then."""
        if self.revoked_at is not None and (at is None or at > self.revoked_at + SKEW):
            return False
        return right in self.rights and (not self.venues or venue in self.venues)


@dataclass(frozen=True, slots=True)
class Keyring:
    """All who may sign.

    Parameters
    ----------
    signers
        Keys occur once each, names once among those whose key is good: who gets a new key keeps
        the name, and is the same person.
    """

    signers: tuple[Signer, ...] = ()

    def __post_init__(self) -> None:
        """Refuse one key under two names: one person would count as two."""
        for values in (
            [one.key for one in self.signers],
            [one.name.casefold() for one in self.signers if one.revoked_at is None],
        ):
            if len(set(values)) < len(values):
                raise DamagedFileError("key-twice")

    def list_signers(
        self, signed: Signed, right: str, venue: str, at: datetime | None = None
    ) -> tuple[Signer, ...]:
        """List who has signed well and may do this in a venue; with ``at``, who might then."""
        return tuple(
            one
            for one in self.signers
            if one.may(right, venue, at) and signed.is_signed_by(one.key)
        )

    def knows(self, signed: Signed) -> bool:
        """Tell whether anybody of the keyring has signed well."""
        return any(signed.is_signed_by(one.key) for one in self.signers)

    def has(self, key: str) -> bool:
        """Tell whether a public key is in it, taken back or not."""
        return any(one.key == key for one in self.signers)

    def with_signer(self, signer: Signer) -> "Keyring":
        """Return it with one more.

        Raises
        ------
        FireError
            The name, the key or a right cannot be used, or is there already.
        """
        _check(signer)
        try:
            return replace(self, signers=(*self.signers, signer))
        except DamagedFileError:
            raise FireError("key-known", name=signer.name) from None

    def with_revoked(self, name: str, at: datetime) -> "Keyring":
        """Return it with somebody's key taken back.

        Raises
        ------
        FireError
            There is nobody of that name with a key that is good.
        """
        good = [one.name for one in self.signers if one.revoked_at is None]
        if name not in good:
            raise FireError("unknown-name", name=name[:_NAME_LENGTH], known=good[:10])
        signers = (
            replace(one, revoked_at=at) if one.name == name and one.revoked_at is None else one
            for one in self.signers
        )
        return replace(self, signers=tuple(signers))


def read_keyring(path: Path) -> Keyring:
    """Read a keyring; one that is not there is empty.

    Raises
    ------
    DamagedFileError
        It cannot be read.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Keyring()
    except OSError as error:
        raise DamagedFileError("unreadable", file=path.name, problem=_say(error)) from None
    if len(data) > MOST_BYTES:
        raise DamagedFileError("too-large", most=MOST_BYTES)
    try:
        document, _ = parse_json(data, path.name)
        return Keyring(tuple(_read_signer(one) for one in document["signers"]))
    except (UnreadableError, KeyError, TypeError, FireError) as error:
        problem = str(error) if isinstance(error, FireError) else "no keyring"
        raise DamagedFileError("bad-keyring", file=path.name, problem=problem) from None


def write_keyring(path: Path, keyring: Keyring) -> None:
    """Write a keyring whole.

    Raises
    ------
    FireError
        It cannot be written.
    """
    document = {"signers": [_describe(one) for one in keyring.signers]}
    data = json.dumps(document, ensure_ascii=False, indent=1).encode("utf-8") + b"\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with replace_file(path) as file:
            file.write(data)
    except OSError as error:
        raise FireError("unwritable", file=str(path), problem=_say(error)) from None


def make_private_key(path: Path, passphrase: str | None) -> Ed25519PrivateKey:
    """Make a private key in a file that only its owner may read; an existing file stays.

    Parameters
    ----------
    path
        The file.
    passphrase
        What it is encrypted with; None: not at all, for a panel that nobody unlocks.

    Raises
    ------
    FireError
        There is a file already, or it cannot be written.
    """
    key = Ed25519PrivateKey.generate()
    lock: KeySerializationEncryption = NoEncryption()
    if passphrase is not None:
        lock = BestAvailableEncryption(passphrase.encode("utf-8"))
    data = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, lock)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise FireError("file-there", file=str(path)) from None
    except OSError as error:
        raise FireError("unwritable", file=str(path), problem=_say(error)) from None
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        with suppress(OSError):
            path.unlink()
        raise FireError("unwritable", file=str(path), problem=_say(error)) from None
    return key


def is_locked(path: Path) -> bool:
    """Tell whether a private key asks for a passphrase.

    Raises
    ------
    FireError
        The file cannot be read.
    """
    return b"ENCRYPTED" in _read(path)


def read_private_key(path: Path, passphrase: str | None) -> Ed25519PrivateKey:
    """Read a private key.

    Raises
    ------
    FireError
        It is none, or the passphrase is wrong.
    """
    data = _read(path)
    password = passphrase.encode("utf-8") if passphrase is not None else None
    try:
        key = load_pem_private_key(data, password)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise FireError("bad-private-key", file=str(path)) from None
    if not isinstance(key, Ed25519PrivateKey):
        raise FireError("bad-private-key", file=str(path))
    return key


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES)
    except OSError as error:
        raise FireError("unreadable", file=str(path), problem=_say(error)) from None


def _describe(signer: Signer) -> dict[str, Any]:
    document: dict[str, Any] = {
        "name": signer.name,
        "key": signer.key,
        "rights": list(signer.rights),
        "venues": list(signer.venues),
    }
    if signer.revoked_at is not None:
        document["revoked_at"] = signer.revoked_at.isoformat()
    return document


def _read_signer(document: Any) -> Signer:  # noqa: ANN401 - any JSON value
    known = {"name", "key", "rights", "venues", "revoked_at"}
    if not isinstance(document, dict) or set(document) - known:
        raise DamagedFileError("bad-signer")
    rights = _read_texts(document.get("rights"))
    venues = _read_texts(document.get("venues", []))
    if not isinstance(document["name"], str) or not isinstance(document["key"], str):
        raise DamagedFileError("bad-signer")
    revoked_at = _read_instant(document.get("revoked_at"))
    signer = Signer(document["name"], document["key"], rights, venues, revoked_at)
    _check(signer)
    return signer


def _read_instant(value: Any) -> datetime | None:  # noqa: ANN401 - any JSON value
    if value is None:
        return None
    try:
        instant = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise DamagedFileError("bad-signer") from None
    if instant.tzinfo is None:
        raise DamagedFileError("bad-signer")
    return instant


def _read_texts(value: Any) -> tuple[str, ...]:  # noqa: ANN401 - any JSON value
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise DamagedFileError("bad-signer")
    return tuple(value)


def _check(signer: Signer) -> None:
    if not 1 <= len(signer.name.strip()) <= _NAME_LENGTH:
        raise FireError("bad-name", name=signer.name[:_NAME_LENGTH])
    unknown = sorted(set(signer.rights) - set(RIGHTS))
    if unknown or not signer.rights:
        raise FireError("unknown-right", rights=unknown, known=list(RIGHTS))
    decode_key(signer.key)


def _say(error: OSError) -> str:
    return error.strerror or type(error).__name__

"""A text with the signatures of those who stand behind it, as it lies in a file or is sent.

What is signed are the very bytes of the payload behind a line that says what they are for, so that
nothing signed for another purpose counts here. The manner is that of DSSE
(https://github.com/secure-systems-lab/dsse), Ed25519 that of RFC 8032.
"""

import base64
import binascii
import json
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from wayfinder.formats.errors import UnreadableError
from wayfinder.formats.safe_json import parse_json
from wayfinder.services.fire.errors import DamagedFileError

_PURPOSE = b"wayfinder fire takeover 1\n"
MOST_BYTES = 65_536
"""Largest file or message (ours): texts of some thirty zones."""
_MOST_SIGNATURES = 8
_KIND = "ed25519:"
"""How a public key begins: no command takes it for an option."""


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature.

    Parameters
    ----------
    key
        Public key of who signed, as `encode_key` writes it.
    value
        64 bytes.
    """

    key: str
    value: bytes


@dataclass(frozen=True)
class Signed:
    """A payload and who signed it; whether the signatures are good is asked of `is_signed_by`.

    Parameters
    ----------
    payload
        JSON text, signed as it stands.
    signatures
        One or more.
    """

    payload: str
    signatures: tuple[Signature, ...]

    @cached_property
    def digest(self) -> str:
        """Name of the payload: its SHA-256 in hexadecimal digits."""
        return sha256(_to_bytes(self.payload)).hexdigest()

    @cached_property
    def document(self) -> dict[str, Any]:
        """The payload as a JSON object.

        Raises
        ------
        DamagedFileError
            It is none.
        """
        return _parse_object(self.payload.encode("utf-8", "surrogatepass"))

    def is_signed_by(self, key: str) -> bool:
        """Tell whether a signature of a key is there, and good."""
        return any(
            one.key == key and _verify(key, one.value, self.payload) for one in self.signatures
        )

    def signed(self, private: Ed25519PrivateKey) -> "Signed":
        """Return it with one more signature, or as it is where that key has signed already."""
        key = encode_key(private.public_key())
        if self.is_signed_by(key):
            return self
        kept = tuple(one for one in self.signatures if one.key != key)
        made = Signature(key, private.sign(_to_bytes(self.payload)))
        return replace(self, signatures=(*kept, made))

    def encode(self) -> bytes:
        """Write it as it lies in a file or is sent."""
        listed = [
            {"key": one.key, "signature": base64.b64encode(one.value).decode("ascii")}
            for one in self.signatures
        ]
        document = {"payload": self.payload, "signatures": listed}
        return json.dumps(document, ensure_ascii=False, indent=1).encode("utf-8") + b"\n"


def sign(document: dict[str, Any], private: Ed25519PrivateKey) -> Signed:
    """Sign a JSON object."""
    payload = json.dumps(document, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return Signed(payload, ()).signed(private)


def decode(data: bytes) -> Signed:
    """Read what `Signed.encode` wrote.

    Raises
    ------
    DamagedFileError
        It is something else, or cut short.
    """
    if len(data) > MOST_BYTES:
        raise DamagedFileError("too-large", most=MOST_BYTES)
    document = _parse_object(data)
    payload, listed = document.get("payload"), document.get("signatures")
    if set(document) != {"payload", "signatures"} or not isinstance(payload, str):
        raise DamagedFileError("not-signed")
    if not isinstance(listed, list) or not 1 <= len(listed) <= _MOST_SIGNATURES:
        raise DamagedFileError("not-signed")
    return Signed(payload, tuple(_read_signature(one) for one in listed))


def encode_key(key: Ed25519PublicKey) -> str:
    """Write a public key: its kind, and 43 characters of base64 for addresses."""
    return _KIND + base64.urlsafe_b64encode(key.public_bytes_raw()).decode("ascii").rstrip("=")


def decode_key(text: str) -> Ed25519PublicKey:
    """Read what `encode_key` wrote.

    Raises
    ------
    DamagedFileError
        It is no public key.
    """
    try:
        raw = base64.b64decode(text.removeprefix(_KIND) + "=", altchars=b"-_", validate=True)
        key = Ed25519PublicKey.from_public_bytes(raw)
    except (ValueError, TypeError, binascii.Error):
        raise DamagedFileError("bad-key", key=str(text)[:60]) from None
    if encode_key(key) != text:  # one key is written in one way only
        raise DamagedFileError("bad-key", key=text[:60])
    return key


def _verify(key: str, signature: bytes, payload: str) -> bool:
    try:
        decode_key(key).verify(signature, _to_bytes(payload))
    except (InvalidSignature, DamagedFileError):
        return False
    return True


def _to_bytes(payload: str) -> bytes:
    return _PURPOSE + payload.encode("utf-8", "surrogatepass")


def _read_signature(document: object) -> Signature:
    if not isinstance(document, dict) or set(document) != {"key", "signature"}:
        raise DamagedFileError("not-signed")
    key, text = document["key"], document["signature"]
    if not isinstance(key, str) or not isinstance(text, str) or len(key) > 60:
        raise DamagedFileError("not-signed")
    try:
        value = base64.b64decode(text, validate=True)
    except (ValueError, binascii.Error):
        raise DamagedFileError("not-signed") from None
    return Signature(key, value)


def _parse_object(data: bytes) -> dict[str, Any]:
    try:
        value, issues = parse_json(data, "fire")
    except UnreadableError:
        raise DamagedFileError("no-json") from None
    # of two members of a name readers may take either: nothing that is signed may say two things
    if not isinstance(value, dict) or any(one.code == "duplicate-member" for one in issues):
        raise DamagedFileError("no-json")
    return value

"""Codes of six digits that change each half minute (RFC 6238): the second factor."""

import base64
import secrets
from datetime import datetime

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

STEP_S = 30
DIGITS = 6
SLACK = 1
"""Steps that a clock may be off, each way (RFC 6238, 5.2 allows one)."""
_SECRET_BYTES = 20
"""As long as the hash, as RFC 4226 asks."""


def make_totp_secret() -> str:
    """Make a secret, in base32 as apps take it."""
    return base64.b32encode(secrets.token_bytes(_SECRET_BYTES)).decode("ascii")


def find_step(secret: str, code: str, at: datetime, *, after: int | None = None) -> int | None:
    """Return the number of the half minute whose code this is, or None where it is wrong.

    Parameters
    ----------
    secret
        In base32.
    code
        As it was typed; spaces make no difference.
    at
        Aware instant.
    after
        Only of a later half minute than this one: no code is good twice.
    """
    typed = "".join(code.split())
    if len(typed) != DIGITS or not (typed.isascii() and typed.isdigit()):
        return None
    generator = _make(secret)
    now = int(at.timestamp()) // STEP_S
    found = None
    for step in range(now - SLACK, now + SLACK + 1):
        right = secrets.compare_digest(generator.generate(step * STEP_S), typed.encode("ascii"))
        if right and (after is None or step > after):
            found = step
    return found


def make_code(secret: str, at: datetime) -> str:
    """Return the code of a moment, as an app shows it."""
    return _make(secret).generate(int(at.timestamp())).decode("ascii")


def make_uri(secret: str, name: str, issuer: str) -> str:
    """Return the address that apps read from a QR code."""
    return _make(secret).get_provisioning_uri(name, issuer)


def _make(secret: str) -> TOTP:
    key = base64.b32decode(secret)
    return TOTP(key, DIGITS, SHA1(), STEP_S)  # noqa: S303 - what RFC 6238 and all apps use

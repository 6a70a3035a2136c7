"""What all that is done for staff needs: the store, the rules, the clock."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from wayfinder.errors import CodedError
from wayfinder.services.people.passwords import Passwords
from wayfinder.store import Store

ENTRY = timedelta(minutes=10)
"""How long one may take from the password to the second factor (ours)."""
INVITE = timedelta(hours=72)
"""How long a link is good with which one sets one's password (ours)."""
KNOWN = timedelta(days=180)
"""How long a browser is known in which somebody signed in (ours)."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What the installation asks of its staff.

    Parameters
    ----------
    second_factor
        Whether everybody with a password needs a second factor.
    idle
        After how long without a request one signs in again.
    longest
        After how long one signs in again whatever happens.
    """

    second_factor: bool = True
    idle: timedelta = timedelta(minutes=30)
    longest: timedelta = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Desk:
    """Where staff sign in.

    Parameters
    ----------
    store
        The store.
    policy
        What is asked of staff.
    passwords
        Makes and checks hashes.
    clock
        The time, aware.
    """

    store: Store
    policy: Policy = field(default_factory=Policy)
    passwords: Passwords = field(default_factory=Passwords)
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Visitor:
    """Where a request comes from.

    Parameters
    ----------
    address
        Of the client, as far as the server knows it.
    browser
        The browser and system, for a list.
    known
        Secret of a browser in which somebody signed in before; empty: of none.
    """

    address: str = ""
    browser: str = ""
    known: str = ""


class StaffError(CodedError):
    """Something is refused; its words are the catalogue entry ``staff.<code>``."""

    kind = "staff"


def make_secret() -> str:
    """Make what only a browser, or who has a link, knows: 256 random bits."""
    return secrets.token_urlsafe(32)


def hash_secret(secret: str) -> str:
    """Return what is kept of a secret: with 256 random bits a fast hash is enough."""
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()

"""Passwords: argon2id, and which are guessed too soon.

OWASP ASVS 5.0, 6.2: at least eight characters (ours: twelve), any of them, nothing cut off, none
that lists of common ones would find.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST, LONGEST = 12, 256
"""Characters (ours; ASVS wants at least 8, and 64 allowed)."""
_LOOKED_AT = 72
"""Characters that zxcvbn looks at: its own bound."""
_STRONG = 3
"""Score of zxcvbn from which on a password resists guessing at a server: 10**8 tries (its docs)."""
_OWN = 6
"""Letters and digits that it has beside the words that would be tried first (ours)."""
_AT_ONCE = 2
_PATIENCE_S = 10.0


def make_hasher() -> PasswordHasher:
    """Make hashes as OWASP's cheat sheet on password storage asks: 46 MiB, and once more for good.

    One lane: a worker computes several at once.
    """
    return PasswordHasher(time_cost=2, memory_cost=47_104, parallelism=1)


class BusyError(Exception):
    """Too many passwords are looked at already."""


@dataclass(frozen=True)
class Passwords:
    """Makes and checks hashes, few at once: each takes memory and time.

    Parameters
    ----------
    hasher
        Argon2id with its cost.
    """

    hasher: PasswordHasher = field(default_factory=make_hasher)
    _turns: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(_AT_ONCE))

    def hash(self, password: str) -> str:
        """Return the hash of a password.

        Raises
        ------
        BusyError
            Too many are made already.
        """
        with self._turn():
            return self.hasher.hash(_encode(password))

    def check(self, kept: str | None, password: str) -> bool:
        """Tell whether a password is the one of a hash; without one it takes as long.

        Raises
        ------
        BusyError
            Too many are looked at already.
        """
        with self._turn():
            if kept is None:
                self.hasher.hash(_encode(password))
                return False
            try:
                return self.hasher.verify(kept, _encode(password))
            except (VerificationError, InvalidHashError):
                return False

    def is_outdated(self, kept: str) -> bool:
        """Tell whether a hash was made with another cost."""
        return self.hasher.check_needs_rehash(kept)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._turns.acquire(timeout=_PATIENCE_S):
            raise BusyError
        try:
            yield
        finally:
            self._turns.release()


def find_fault(password: str, about: tuple[str, ...]) -> str | None:
    """Return why a password cannot be taken, by code, or None.

    Parameters
    ----------
    password
        As it was typed.
    about
        Words that would be tried first: the person's name, the house's.
    """
    if len(password) < SHORTEST:
        return "password-short"
    if len(password) > LONGEST:
        return "password-long"
    if len(_leave_out(password, about)) < _OWN:
        return "password-weak"
    from zxcvbn import zxcvbn

    score = zxcvbn(password[:_LOOKED_AT], user_inputs=[word for word in about if word])["score"]
    return "password-weak" if score < _STRONG else None


def _leave_out(password: str, words: tuple[str, ...]) -> str:
    """Return the letters and digits of a password that are not those of words tried first."""
    rest = password.casefold()
    for word in words:
        for part in {word.casefold(), *word.casefold().split()}:
            if len(part) > 1:
                rest = rest.replace(part, "")
    return "".join(character for character in rest if character.isalnum())


def _encode(password: str) -> bytes:
    """Return the bytes of a password, as long as it may be: longer ones are wrong anyway."""
    return password[: LONGEST + 1].encode("utf-8", "surrogatepass")

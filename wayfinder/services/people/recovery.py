"""Recovery codes: each lets somebody in once who has lost the second factor."""

import secrets
from collections.abc import Iterable

from wayfinder.services.people.desk import Desk
from wayfinder.store.guesses import RecoveryCode

COUNT = 10
"""Codes of a person: the first character of each says which it is."""
_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Nothing that looks like something else."""
_RANDOM = 11
"""Random characters: 54 bits (ours; ASVS 5.0, 6.5.4 wants 20, hashed as a password is)."""


def make_codes() -> list[str]:
    """Make new codes as they are written down: ``3KXM-7PQA-RT2D``."""
    return [_group(f"{number}{_draw()}") for number in range(COUNT)]


def hash_codes(desk: Desk, codes: Iterable[str]) -> list[str]:
    """Return what is kept of codes."""
    return [desk.passwords.hash(_clean(code)) for code in codes]


def find_code(desk: Desk, kept: Iterable[RecoveryCode], typed: str) -> int | None:
    """Return the number of the code that was typed, or None where it is wrong or used."""
    cleaned = _clean(typed[:40])
    first = cleaned[:1]
    number = int(first) + 1 if first.isascii() and first.isdigit() else None
    code_hash = next((one.hash for one in kept if one.number == number and not one.used_at), None)
    return number if desk.passwords.check(code_hash, cleaned) else None


def _draw() -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(_RANDOM))


def _group(code: str) -> str:
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def _clean(typed: str) -> str:
    return "".join(character for character in typed.upper() if character.isalnum())

"""Wrong guesses in a row, and recovery codes: what makes guessing slow, and what helps out."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from wayfinder.store.tables import guesses, recovery_codes


@dataclass(frozen=True, slots=True)
class GuessRecord:
    """How often something was guessed in a row.

    Parameters
    ----------
    count
        Guesses without a right one between them.
    last_at
        When the last one was made.
    until
        Nothing is looked at before.
    """

    count: int
    last_at: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class RecoveryCode:
    """One recovery code.

    Parameters
    ----------
    number
        Which of the person's.
    hash
        Argon2id.
    used_at
        When it was used, or None: it is still good.
    """

    number: int
    hash: str
    used_at: datetime | None


def find_guess(connection: Connection, key_hash: str) -> GuessRecord | None:
    """Return how often something was guessed, or None: not of late."""
    chosen = sa.select(guesses.c.count, guesses.c.last_at, guesses.c.until)
    row = connection.execute(chosen.where(guesses.c.hash == key_hash)).first()
    return None if row is None else GuessRecord(*row)


def put_guess(connection: Connection, key_hash: str, record: GuessRecord) -> None:
    """Note how often something was guessed."""
    forget_guess(connection, key_hash)
    values = {"count": record.count, "last_at": record.last_at, "until": record.until}
    connection.execute(sa.insert(guesses).values(hash=key_hash, **values))


def forget_guess(connection: Connection, key_hash: str) -> None:
    """Forget what was guessed: it was right at last."""
    connection.execute(sa.delete(guesses).where(guesses.c.hash == key_hash))


def sweep_guesses(connection: Connection, before: datetime) -> None:
    """Forget what was guessed last before an instant."""
    connection.execute(sa.delete(guesses).where(guesses.c.last_at <= before))


def list_recovery_codes(connection: Connection, person_id: int) -> list[RecoveryCode]:
    """List the recovery codes of a person, those used too."""
    chosen = sa.select(recovery_codes.c.number, recovery_codes.c.hash, recovery_codes.c.used_at)
    rows = connection.execute(
        chosen.where(recovery_codes.c.person_id == person_id).order_by(recovery_codes.c.number)
    )
    return [RecoveryCode(*row) for row in rows]


def put_recovery_codes(connection: Connection, person_id: int, hashes: list[str]) -> None:
    """Let a person have these recovery codes, and no others."""
    connection.execute(sa.delete(recovery_codes).where(recovery_codes.c.person_id == person_id))
    rows = [
        {"person_id": person_id, "number": number, "hash": code_hash}
        for number, code_hash in enumerate(hashes, start=1)
    ]
    if rows:
        connection.execute(sa.insert(recovery_codes), rows)


def use_recovery_code(connection: Connection, person_id: int, number: int, *, at: datetime) -> bool:
    """Let a recovery code be used; tell whether it was still good."""
    chosen = sa.update(recovery_codes).where(
        recovery_codes.c.person_id == person_id,
        recovery_codes.c.number == number,
        recovery_codes.c.used_at.is_(None),
    )
    return connection.execute(chosen.values(used_at=at)).rowcount == 1

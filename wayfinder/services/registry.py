"""The registry of sign codes: what a plan's signs are called for good.

A code stays with its sign for ever. It is registered when a plan that carries it is imported;
signs without one get one when they are published; and at every publish and rollback the registry
follows each sign to the id that it has in the release in force: by the code in the plan, else by
its id, else by what it is called on the telephone.
"""

from collections.abc import Iterable

from sqlalchemy.engine import Connection

from wayfinder.model import Plan, Sign, list_signs
from wayfinder.model.sign_codes import clean_code, is_code, make_code
from wayfinder.services.venues import SignRecord
from wayfinder.store import ConflictError, InvalidError, Store
from wayfinder.store.signs import CodeRecord, add_code, list_codes, move_code
from wayfinder.store.venues import VenueRecord, get_venue


def read_registry(connection: Connection) -> list[SignRecord]:
    """List all codes whose venue is kept here."""
    return [
        SignRecord(record.code, record.venue, record.feature, record.ref)
        for record in list_codes(connection)
        if record.venue is not None
    ]


def list_venue_codes(store: Store, slug: str) -> list[CodeRecord]:
    """List the codes of a venue; raises UnknownError where there is no such venue."""
    with store.read() as connection:
        return list_codes(connection, get_venue(connection, slug))


def register_codes(connection: Connection, venue: VenueRecord, plan: Plan) -> int:
    """Register the codes that a plan brings, and return how many are new.

    Raises
    ------
    InvalidError
        One is no code: mistyped, most likely.
    ConflictError
        One stands on two signs of the plan, or was given out to another venue.
    """
    known = {record.code: record for record in list_codes(connection)}
    fresh = [
        sign
        for sign in _list_coded(plan)
        if not _is_own(known.get(clean_code(sign.code or "")), venue, sign)
    ]
    for sign in fresh:
        add_code(connection, venue, clean_code(sign.code or ""), sign.id, sign.ref)
    return len(fresh)


def follow_signs(connection: Connection, venue: VenueRecord, plan: Plan) -> int:
    """Let the registry follow the signs of the release in force.

    Signs that have no code get one.

    Returns
    -------
    int
        How many codes were given out.
    """
    register_codes(connection, venue, plan)
    taken = {record.code for record in list_codes(connection)}
    own = list_codes(connection, venue)
    by_code = {record.code: record for record in own}
    given = 0
    for sign in list_signs(plan):
        coded = by_code.get(clean_code(sign.code)) if sign.code else None
        record = coded or _find_record(own, sign, plan)
        if record is None:
            code = _find_free(taken)
            taken.add(code)
            add_code(connection, venue, code, sign.id, sign.ref)
            given += 1
        elif (record.feature, record.ref) != (sign.id, sign.ref):
            move_code(connection, venue, record.code, sign.id, sign.ref)
    return given


def _list_coded(plan: Plan) -> list[Sign]:
    """List the signs of a plan that carry a code; raises where one is no code, or used twice."""
    bearers: dict[str, str] = {}
    coded = [sign for sign in list_signs(plan) if sign.code]
    for sign in coded:
        code = clean_code(sign.code or "")
        if not is_code(code):
            raise InvalidError("bad-code", code=(sign.code or "")[:40], sign=sign.id)
        if code in bearers:
            raise ConflictError("code-twice", code=code, signs=[bearers[code], sign.id])
        bearers[code] = sign.id
    return coded


def _is_own(record: CodeRecord | None, venue: VenueRecord, sign: Sign) -> bool:
    if record is None:
        return False
    if record.venue != venue.slug:
        other = record.venue or ""
        raise ConflictError("code-taken", code=record.code, sign=sign.id, venue=other)
    return True


def _find_record(own: Iterable[CodeRecord], sign: Sign, plan: Plan) -> CodeRecord | None:
    """Return the record of a sign without a code in the plan: by id, else by its number."""
    records = list(own)
    same = [record for record in records if record.feature == sign.id]
    if same:
        return same[0]
    called = [
        record
        for record in records
        if sign.ref and record.ref == sign.ref and record.feature not in plan
    ]
    return called[0] if len(called) == 1 else None


def _find_free(taken: set[str]) -> str:
    number = len(taken)
    while make_code(number) in taken:
        number += 1
    return make_code(number)

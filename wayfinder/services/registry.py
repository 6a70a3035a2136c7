"""The registry of sign codes: what a plan's signs are called for good.

A code stays with its face for ever. It is registered when a plan that carries it is imported;
signs without one get one when they are published; and at every publish and rollback the registry
follows each sign to the id that it has in the release in force: by the code in the plan, else by
an id that it has or had, else by what it is called on the telephone. A plan that would give the
code of one face to another is refused.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from sqlalchemy.engine import Connection

from wayfinder.guide.names import Signs
from wayfinder.languages import LANGUAGES
from wayfinder.model import Building, Labels, Level, Plan, Sign, list_signs
from wayfinder.model.sign_codes import clean_code, is_code, make_code
from wayfinder.model.sign_records import SignPlace, SignState
from wayfinder.presets import name_category
from wayfinder.services.venues import SignRecord
from wayfinder.store import ConflictError, InvalidError, Store
from wayfinder.store.signs import CodeRecord, add_code, list_codes, update_codes
from wayfinder.store.venues import VenueRecord, get_venue


def read_registry(connection: Connection) -> list[SignRecord]:
    """List all codes whose venue is kept here, those given out last at the end."""
    return [
        SignRecord(
            code=record.code,
            venue=record.venue,
            feature=record.feature,
            ref=record.ref,
            state=record.state,
            since=record.since,
            place=record.place,
        )
        for record in sorted(list_codes(connection), key=_age)
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
        One stands on two signs of the plan, was given out to another venue, belongs to another
        sign of this one, or to one that was taken down.
    """
    coded = _list_coded(plan)
    registry = _Registry(list_codes(connection), venue, plan)
    fresh = [sign for code, sign in coded.items() if not registry.check(code, sign)]
    _add(connection, venue, fresh)
    return len(fresh)


def follow_signs(
    connection: Connection, venue: VenueRecord, plan: Plan, number: int, *, again: bool = False
) -> int:
    """Let the registry follow the signs of the release that comes into force.

    Signs that have no code get one, and where each sign is is noted.

    Parameters
    ----------
    connection
        Open for writing.
    venue
        The venue, as it was before.
    plan
        The release's plan.
    number
        The release's number.
    again
        Whether it was in force before: going back is never refused.

    Returns
    -------
    int
        How many codes were given out.

    Raises
    ------
    InvalidError, ConflictError
        As for `register_codes`; never where the release was in force before.
    """
    if again:
        taken = {record.code for record in list_codes(connection)}
        coded = _list_coded(plan)
        _add(connection, venue, (sign for code, sign in coded.items() if code not in taken))
    else:
        register_codes(connection, venue, plan)
    registry = _Registry(list_codes(connection), venue, plan)
    taken = set(registry.every)
    given = 0
    for sign in registry.signs.values():
        record = registry.find(sign)
        if record is None:
            code = _find_free(taken)
            taken.add(code)
            add_code(connection, venue, code, sign.id, sign.ref)
            given += 1
        else:
            registry.follow(record, sign)
    # those that were given out just now are placed like the others
    fresh = [one for one in list_codes(connection, venue) if one.code not in registry.every]
    registry.add(fresh)
    before = {one.code: one for one in (*registry.before, *fresh)}
    placed = list(registry.place(number))
    update_codes(connection, venue, (one for one in placed if one != before[one.code]))
    return given


def place_signs(connection: Connection, venue: VenueRecord, plan: Plan, number: int) -> None:
    """Note where the signs of a release are, for codes of which that is not known yet."""
    unknown = [one for one in list_codes(connection, venue) if one.place is None]
    placed = _Registry(unknown, venue, plan).place(number)
    update_codes(connection, venue, (one for one in placed if one.place is not None))


class _Registry:
    """The codes of a venue beside the signs of a plan.

    Parameters
    ----------
    records
        All codes there are.
    venue
        The venue.
    plan
        The plan.
    """

    def __init__(self, records: Iterable[CodeRecord], venue: VenueRecord, plan: Plan) -> None:
        self.every = {record.code: record for record in records}
        self.signs = {sign.id: sign for sign in list_signs(plan)}
        self.before = sorted((r for r in self.every.values() if r.venue == venue.slug), key=_age)
        self._own = {record.code: record for record in self.before}
        self._venue = venue
        self._plan = plan
        self._names = Signs(plan)
        # a number that two new signs have says of neither which it was
        self._refs = Counter(sign.ref for sign in self.signs.values())

    def check(self, code: str, sign: Sign) -> bool:
        """Tell whether a code that a plan gives a sign is its own; False where it is new.

        Raises
        ------
        ConflictError
            It is another's.
        """
        record = self.every.get(code)
        if record is None:
            return False
        if record.venue != self._venue.slug:
            other = record.venue or ""
            raise ConflictError("code-taken", code=code, sign=sign.id, venue=other)
        if record.feature == sign.id:
            return True
        if record.feature in self.signs:
            raise ConflictError("code-moved", code=code, sign=sign.id, other=record.feature)
        if sign.id in record.formerly:
            return True
        if record.state is SignState.REMOVED:
            raise ConflictError("code-removed", code=code, sign=sign.id, ref=record.ref or code)
        if any(sign.id == own.feature or sign.id in own.formerly for own in self._own.values()):
            raise ConflictError("code-moved", code=code, sign=sign.id, other=record.feature)
        return True

    def find(self, sign: Sign) -> CodeRecord | None:
        """Return the record of a sign, or None where it is a new one."""
        coded = self._own.get(clean_code(sign.code)) if sign.code else None
        if coded is not None:
            return coded
        newest_first = [*reversed(self._own.values())]
        for record in newest_first:
            if record.feature == sign.id:
                return record
        gone = [record for record in newest_first if record.feature not in self.signs]
        for record in gone:
            if sign.id in record.formerly:
                return record
        called = [record for record in gone if self._is_called_so(record, sign)]
        return called[0] if len(called) == 1 else None

    def _is_called_so(self, record: CodeRecord, sign: Sign) -> bool:
        """Tell whether a sign that has just gone was called what a new one is called."""
        last = record.place.release if record.place is not None else None
        return (
            bool(sign.ref)
            and record.ref == sign.ref
            and self._refs[sign.ref] == 1
            and last in {None, self._venue.published}
            and record.state is not SignState.REMOVED
        )

    def follow(self, record: CodeRecord, sign: Sign) -> None:
        """Note under which id and number the sign of a code is known now."""
        had = dict.fromkeys((*record.formerly, record.feature))
        formerly = tuple(one for one in had if one != sign.id)
        self._own[record.code] = replace(record, feature=sign.id, ref=sign.ref, formerly=formerly)

    def add(self, records: Iterable[CodeRecord]) -> None:
        """Add codes that were given out meanwhile."""
        self._own |= {record.code: record for record in records}

    def place(self, number: int) -> Iterable[CodeRecord]:
        """Yield the venue's codes, those whose sign is there with where it is now."""
        for record in self._own.values():
            sign = self.signs.get(record.feature)
            yield replace(record, place=self._locate(sign, number)) if sign else record

    def _locate(self, sign: Sign, number: int) -> SignPlace:
        level = self._plan.find(sign.level_id, Level)
        named = self._names.find_own(sign.unit_id)
        lon, lat = self._plan.frame.to_degrees(*sign.point)
        return SignPlace(
            release=number,
            level=sign.level_id,
            unit=sign.unit_id,
            place=(round(lon, 8), round(lat, 8)),
            bearing_deg=sign.bearing_deg,
            name=named.labels or _name_kind(named.category),
            floor=(level.short_name or level.name) if level else {},
            building=self._find_building(level),
        )

    def _find_building(self, level: Level | None) -> Labels:
        ids = level.building_ids if level is not None else ()
        building = self._plan.find(ids[0], Building) if len(ids) == 1 else None
        return building.name if building is not None else {}


def _age(record: CodeRecord) -> tuple[float, str]:
    return record.registered_at.timestamp(), record.code


def _name_kind(category: str) -> Mapping[str, str]:
    named = {language: name_category(category, language) for language in LANGUAGES}
    return {language: name for language, name in named.items() if name}


def _add(connection: Connection, venue: VenueRecord, signs: Iterable[Sign]) -> None:
    for sign in signs:
        add_code(connection, venue, clean_code(sign.code or ""), sign.id, sign.ref)


def _list_coded(plan: Plan) -> dict[str, Sign]:
    """Return code to sign for those of a plan that carry one.

    Raises
    ------
    InvalidError
        One is no code.
    ConflictError
        One stands on two signs.
    """
    coded: dict[str, Sign] = {}
    for sign in list_signs(plan):
        if not sign.code:
            continue
        code = clean_code(sign.code)
        if not is_code(code):
            raise InvalidError("bad-code", code=sign.code[:40], sign=sign.id)
        if code in coded:
            raise ConflictError("code-twice", code=code, signs=[coded[code].id, sign.id])
        coded[code] = sign
    return coded


def _find_free(taken: set[str]) -> str:
    number = len(taken)
    while make_code(number) in taken:
        number += 1
    return make_code(number)

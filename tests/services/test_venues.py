from dataclasses import replace
from datetime import UTC, datetime

from wayfinder.model import Closure, Conditions
from wayfinder.services.served import Served
from wayfinder.services.venues import SignRecord, Venues


def test_a_venue_is_found_by_its_slug_and_its_signs_by_their_codes(clinic: Served) -> None:
    venues = Venues([clinic])
    assert venues.find("clinic") is clinic
    assert venues.find("other") is None
    assert venues.list() == (clinic,)
    for sign in clinic.signs.values():
        assert sign.code is not None
        assert venues.find_sign(sign.code) == SignRecord(sign.code, "clinic", sign.id, sign.ref)


def test_other_conditions_share_the_network_and_change_the_version(clinic: Served) -> None:
    closed = clinic.with_conditions(Conditions((Closure("lift"),)), 7)
    assert closed.router is clinic.router
    assert closed.version != clinic.version
    assert closed.version.startswith("3-")
    assert closed.snapshot.release is clinic.snapshot.release


def test_venues_are_replaced_whole(clinic: Served) -> None:
    venues = Venues([clinic])
    before = venues.list()
    venues.put(clinic.with_conditions(Conditions(), 1))
    assert before == (clinic,)
    assert venues.find("clinic") is not clinic
    venues.drop("clinic")
    assert venues.list() == ()
    venues.put_signs([])
    assert venues.find_sign("VQAFYHP") is None
    instant = datetime(2026, 1, 1, tzinfo=UTC)
    venues.confirm(instant)
    assert venues.confirmed_at == instant


def test_a_code_is_found_in_a_release_that_is_newer_than_the_registry(clinic: Served) -> None:
    venues = Venues([clinic])
    sign = next(iter(clinic.signs.values()))
    assert sign.code is not None
    venues.put_signs([SignRecord(sign.code, "clinic", "the id that it had before")])
    assert venues.find_sign_in(clinic, sign.code.lower()) == sign
    venues.put_signs([SignRecord("AAAAAAA", "clinic", sign.id)])
    assert venues.find_sign_in(clinic, "AAAAAAA") == sign
    venues.put_signs([SignRecord(sign.code, "other", sign.id)])
    assert venues.find_sign_in(clinic, sign.code) is None


def test_each_venue_is_confirmed_by_itself(clinic: Served) -> None:
    venues = Venues([clinic, replace(clinic, slug="other")])
    first, second = (datetime(2026, 1, day, tzinfo=UTC) for day in (1, 2))
    venues.confirm(first)
    venues.confirm(second, ["other"])
    assert [venues.find_confirmed(slug) for slug in ("clinic", "other")] == [first, second]
    assert venues.confirmed_at == first
    venues.drop("clinic")
    assert venues.confirmed_at == second

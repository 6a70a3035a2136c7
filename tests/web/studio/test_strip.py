"""Staff who are signed in close from where they stand; patients' pages are as before."""

from contextlib import AbstractContextManager
from threading import get_ident

import pytest
from flask import Flask
from sqlalchemy import Connection

from tests.services.people.conftest import Clock
from tests.web.pages import SIGN
from tests.web.studio.conftest import COOKIE, KNOWN, Someone, hire, let_in, open_browser
from wayfinder.services import conditions
from wayfinder.services.people.desk import Desk
from wayfinder.services.people.roles import Role
from wayfinder.services.served import Served
from wayfinder.store import Store, UnavailableError
from wayfinder.store.conditions import ConditionDraft

STRIP = 'class="staff-strip"'
HOST = "way.example.org"


@pytest.fixture
def publisher(app: Flask, desk: Desk) -> Someone:
    return let_in(app, desk, hire(desk, "Bo", Role.PUBLISHER, venue="clinic"))


@pytest.fixture
def lift(served_clinic: Served) -> str:
    return next(unit.id for unit in served_clinic.plan.units if unit.lift)


def test_the_page_of_a_lift_leads_to_closing_it(
    publisher: Someone, desk: Desk, lift: str, served_clinic: Served
) -> None:
    page = publisher.get(f"/v/clinic/place/{lift}?lang=en")
    assert STRIP in page.text
    assert f"/studio/v/clinic/conditions/close?lang=en&amp;feature={lift}" in page.text
    assert "Close Lift 1" in page.text
    conditions.add(
        desk.store, "clinic", ConditionDraft("closure", (lift,), {}), plan=served_clinic.plan
    )
    page = publisher.get(f"/v/clinic/place/{lift}?lang=en")
    assert "Lift 1: out of service. Reopen" in page.text


def test_the_page_of_a_sign_leads_to_what_is_near(publisher: Someone) -> None:
    page = publisher.get(f"/s/{SIGN}?lang=en").text
    assert "Close Lift 1" in page
    assert f"sign={SIGN}" in page
    assert f"/studio/v/clinic/signs/{SIGN}" in page


def test_nobody_keeps_what_staff_are_shown(publisher: Someone, lift: str) -> None:
    for path in (f"/v/clinic/place/{lift}", f"/s/{SIGN}"):
        answer = publisher.get(path)
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Cookie" in answer.headers["Vary"]
        assert "ETag" not in answer.headers
        assert "Set-Cookie" not in answer.headers
        tagged = open_plain(publisher).get(path).headers["ETag"]
        again = publisher.client.get(path, headers={**publisher.headers, "If-None-Match": tagged})
        assert again.status_code == 200


def open_plain(who: Someone) -> Someone:
    return open_browser(who.client.application, who.desk)


def test_patients_get_the_page_as_it_is_and_nobody_is_looked_up(
    app: Flask, desk: Desk, lift: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    patient = open_browser(app, desk)
    once = open_browser(app, desk)  # somebody of the staff, signed out: the browser is known
    once.client.set_cookie(KNOWN, "secret", domain=HOST, secure=True)
    read, here = Store.read, get_ident()

    def refuse(store: Store) -> AbstractContextManager[Connection]:
        if get_ident() == here:  # servers of other tests may still answer theirs
            pytest.fail("the store was read")
        return read(store)

    monkeypatch.setattr(Store, "read", refuse)
    for path in (f"/v/clinic/place/{lift}", f"/s/{SIGN}", "/v/clinic"):
        bare, known = patient.get(path), once.get(path)
        assert bare.get_data() == known.get_data()
        assert bare.headers["ETag"] == known.headers["ETag"]
        assert bare.headers["Cache-Control"] == "no-cache"
        assert STRIP not in bare.text


@pytest.mark.parametrize("secret", ["", "x", "x" * 99, "x" * 101])
def test_a_cookie_that_opens_nothing_changes_nothing(
    app: Flask, desk: Desk, lift: str, secret: str
) -> None:
    who, patient = open_browser(app, desk), open_browser(app, desk)
    who.client.set_cookie(COOKIE, secret, domain=HOST, secure=True)
    path = f"/v/clinic/place/{lift}"
    assert who.get(path).get_data() == patient.get(path).get_data()


def test_only_who_may_do_something_here_sees_it(app: Flask, desk: Desk, lift: str) -> None:
    path = f"/v/clinic/place/{lift}?lang=en"
    for role, organisation, venue, seen in (
        (Role.VIEWER, "default", "clinic", False),
        (Role.ADMIN, "other", None, False),
        (Role.ADMIN, "default", "annex", False),
        (Role.EDITOR, "default", None, True),
        (Role.ADMIN, "default", None, True),
    ):
        name = f"{role} {organisation} {venue}"
        page = let_in(app, desk, hire(desk, name, role, organisation, venue)).get(path).text
        assert (STRIP in page) is seen, name
        # who draws and may not close is not offered to
        assert ("Close Lift 1" in page) is (seen and role.covers(Role.PUBLISHER)), name


def test_a_session_that_is_over_shows_nothing(publisher: Someone, clock: Clock, lift: str) -> None:
    path = f"/v/clinic/place/{lift}"
    assert STRIP in publisher.get(path).text
    clock.pass_by(hours=13)
    assert STRIP not in publisher.get(path).text


def test_a_database_that_is_away_keeps_the_page_as_for_everybody(
    publisher: Someone, lift: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Store) -> None:
        raise UnavailableError("unreachable", problem="")

    monkeypatch.setattr(Store, "read", refuse)
    answer = publisher.get(f"/v/clinic/place/{lift}")
    assert answer.status_code == 200
    assert STRIP not in answer.text

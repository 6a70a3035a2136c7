"""The organisation's own sign-in, by the pages."""

from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from flask import Flask
from pydantic import SecretStr

from tests.services.people.conftest import Clock
from tests.services.people.provider import CLIENT_ID, CLIENT_SECRET, Organisation, serve
from tests.web.conftest import BASE_URL
from tests.web.studio.conftest import find_room, hire, let_in, open_browser
from wayfinder.services.people.desk import Desk
from wayfinder.services.people.roles import Role
from wayfinder.settings import Settings


@pytest.fixture
def organisation(
    app: Flask, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Organisation]:
    """Return an organisation's server, which this application knows."""
    with serve(Organisation(now=clock.now.timestamp())) as server:
        settings = Settings(
            base_url=BASE_URL,
            oidc_issuer=server.url,
            oidc_client_id=CLIENT_ID,
            oidc_client_secret=SecretStr(CLIENT_SECRET),
            oidc_label="清河统一登录",
        )
        monkeypatch.setattr(find_room(app), "settings", settings)
        monkeypatch.setattr(find_room(app), "_provider", None)
        yield server


def test_one_goes_there_and_comes_back(app: Flask, desk: Desk, organisation: Organisation) -> None:
    hire(desk, "Li An")
    who = open_browser(app, desk)
    assert "清河统一登录" in who.get("/studio/sign-in?next=/studio/account").text
    there = who.get("/studio/sign-in/single?next=/studio/account")
    assert there.status_code == 303
    assert there.headers["Location"].startswith(f"{organisation.url}/authorize?")
    assert who.get("/studio/").status_code == 303  # not in yet
    back = organisation.give_code(there.headers["Location"])
    # browsers say that this request comes from elsewhere, as it does
    path = f"/studio/sign-in/back?{urlencode(back)}"
    done = who.client.get(path, headers={"Sec-Fetch-Site": "cross-site"})
    assert (done.status_code, done.headers["Location"]) == (303, "/studio/account")
    assert "Li An" in who.get("/studio/account").text
    # a second time it is good for nothing
    assert who.get(path).status_code == 422


def test_an_admin_unlinks_an_account_that_was_made_anew_there(
    app: Flask, desk: Desk, organisation: Organisation
) -> None:
    staff = hire(desk, "Li An", Role.VIEWER)
    assert come_by(app, desk, organisation) == "/studio/"
    admin = let_in(app, desk, hire(desk, "Wang Bo"))
    organisation.claims = {"sub": "u-2"}
    path = f"/studio/o/default/people/{staff.id}"
    assert 'name="identity"' in admin.get(path).text
    admin.send(f"{path}/reset")
    assert come_by(app, desk, organisation) is None
    admin.send(f"{path}/reset", identity="1")
    assert 'name="identity"' not in admin.get(path).text
    assert "unlinked Li An" in admin.get("/studio/o/default/log?lang=en").text
    assert come_by(app, desk, organisation) == "/studio/"


def come_by(app: Flask, desk: Desk, organisation: Organisation) -> str | None:
    """Go there and come back in a new browser; return where that leads, None: nowhere."""
    who = open_browser(app, desk)
    back = organisation.give_code(who.get("/studio/sign-in/single").headers["Location"])
    return who.get(f"/studio/sign-in/back?{urlencode(back)}").headers.get("Location")


def test_nobody_is_sent_there_by_another_site(
    app: Flask, desk: Desk, organisation: Organisation
) -> None:
    assert organisation.url
    who = open_browser(app, desk)
    answer = who.client.get("/studio/sign-in/single", headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers


def test_who_is_nobody_here_is_told_so(app: Flask, desk: Desk, organisation: Organisation) -> None:
    who = open_browser(app, desk)
    there = who.get("/studio/sign-in/single?lang=en")
    back = urlencode({**organisation.give_code(there.headers["Location"]), "lang": "en"})
    answer = who.get(f"/studio/sign-in/back?{back}")
    assert answer.status_code == 422
    assert "Ask an admin to add you" in answer.text
    assert who.secret == ""


def test_without_it_there_is_no_way_there(app: Flask, desk: Desk) -> None:
    who = open_browser(app, desk)
    assert "single" not in who.get("/studio/sign-in").text
    assert who.get("/studio/sign-in/single").status_code == 422
    assert who.get("/studio/sign-in/back?code=x&state=y").status_code == 422

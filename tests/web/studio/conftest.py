"""The studio over a store with two organisations; people who are signed in, at any role."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.services.people.conftest import GOOD, SHELL, Clock
from tests.services.uploads.files import share_nursery
from tests.web.conftest import Client
from wayfinder.formats import read_plan
from wayfinder.resources import floorplans_dir
from wayfinder.services import releases
from wayfinder.services.attempts import Attempts
from wayfinder.services.background import Background
from wayfinder.services.comparing import Comparisons
from wayfinder.services.drafts import Desk as Drafts
from wayfinder.services.people import roster
from wayfinder.services.people.desk import Desk, Policy
from wayfinder.services.people.invitations import take
from wayfinder.services.people.passwords import Passwords, make_hasher
from wayfinder.services.people.roles import Role, Staff
from wayfinder.services.people.sessions import find_session
from wayfinder.services.served import Served
from wayfinder.services.uploads import Uploads
from wayfinder.services.venues import Venues
from wayfinder.settings import Settings
from wayfinder.store import open_store
from wayfinder.store.venues import make_venue
from wayfinder.web.app import create_app
from wayfinder.web.studio.room import KEY, Room

OURS = {"Sec-Fetch-Site": "same-origin"}
COOKIE, KNOWN = "__Host-wayfinder", "__Host-wayfinder-known"
AGENT = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


class Form(HTMLParser):
    """Finds the fields of a page's forms: action to name and value."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: dict[str, dict[str, str]] = {}
        self._action = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "form":
            self._action = values.get("action") or ""
            self.forms[self._action] = {}
        elif tag == "input" and values.get("name") and self._action in self.forms:
            self.forms[self._action][values["name"] or ""] = values.get("value") or ""


@dataclass
class Someone:
    """A browser in front of the studio, with its cookies."""

    client: FlaskClient
    desk: Desk
    staff: Staff | None = None
    headers: dict[str, str] = field(default_factory=lambda: {**OURS, "User-Agent": AGENT})

    def get(self, path: str, **kwargs: Any) -> TestResponse:  # noqa: ANN401 - as werkzeug's
        """Open a page."""
        return self.client.get(path, headers=self.headers, **kwargs)

    def send(self, path: str, **fields: str) -> TestResponse:
        """Send a form, with the token that a page of this session has."""
        token = find_token(self.get("/studio/sign-in?next=x") if not self.staff else self.open())
        return self.client.post(path, data={"csrf": token, **fields}, headers=self.headers)

    def open(self) -> TestResponse:
        """Open some page that has a form."""
        return self.get("/studio/account")

    @property
    def secret(self) -> str:
        """What the session's cookie holds."""
        cookie = self.client.get_cookie(COOKIE, "way.example.org")
        return "" if cookie is None else cookie.value


def find_token(response: TestResponse) -> str:
    """Return the token of a page's forms, or nothing."""
    page = Form()
    page.feed(response.text)
    return next((fields["csrf"] for fields in page.forms.values() if "csrf" in fields), "")


@pytest.fixture(scope="session")
def studio_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a store with the clinic published, another venue, and another organisation."""
    path = tmp_path_factory.mktemp("studio") / "store.sqlite3"
    store = open_store(str(path))
    releases.import_plan(store, "clinic", read_plan(floorplans_dir() / "clinic").plan)
    releases.publish(store, "clinic")
    with store.write() as connection:
        make_venue(connection, "annex", "default", {})
        make_venue(connection, "elsewhere", "other", {"en": "Other"})
    store.close()
    return path


@pytest.fixture
def clock() -> Clock:
    """Return a clock that is turned by hand."""
    return Clock()


@pytest.fixture(scope="session")
def passwords() -> Passwords:
    """Return what makes hashes that cost nothing."""
    hasher = type(make_hasher())(time_cost=1, memory_cost=8, parallelism=1)
    return Passwords(hasher)


@pytest.fixture(scope="session")
def studio_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where the store of all tests lies, one after the other."""
    return tmp_path_factory.mktemp("studio") / "store.sqlite3"


@pytest.fixture(scope="session")
def studio_app(
    studio_template: Path, studio_path: Path, served_clinic: Served, settings: Settings
) -> Iterator[Flask]:
    """Return an application with the studio, made once: that takes a second."""
    shutil.copyfile(studio_template, studio_path)
    store = open_store(str(studio_path))
    made = create_app(Venues([served_clinic]), settings, store=store)
    find_room(made).uploads = Uploads(studio_path.parent / "uploads", share_nursery())
    yield made
    store.close()


@pytest.fixture
def app(
    studio_app: Flask,
    studio_template: Path,
    studio_path: Path,
    clock: Clock,
    passwords: Passwords,
) -> Flask:
    """Return an application with the studio, its store as new; a second factor is asked for."""
    room = find_room(studio_app)
    store = room.desk.store
    store.close()
    for suffix in ("-wal", "-shm"):
        studio_path.with_name(studio_path.name + suffix).unlink(missing_ok=True)
    shutil.copyfile(studio_template, studio_path)
    room.desk = Desk(store, Policy(), passwords, clock)
    room.tries, room.own_tries = (Attempts(30, most_in_all=10_000) for _ in range(2))
    room.drafts, room.background = Drafts(store), Background(store, starts=False)
    room.comparisons = Comparisons(store, room.drafts)
    return studio_app


def find_room(app: Flask) -> Room:
    """Return what the studio of an application has."""
    room = app.extensions[KEY]
    assert isinstance(room, Room)
    return room


@pytest.fixture
def desk(app: Flask) -> Desk:
    """Return where staff sign in."""
    return find_room(app).desk


def open_browser(app: Flask, desk: Desk) -> Someone:
    """Open a browser in which nobody is signed in."""
    return Someone(Client(app, app.response_class, use_cookies=True), desk)


def hire(
    desk: Desk,
    name: str,
    role: Role = Role.ADMIN,
    organisation: str = "default",
    venue: str | None = None,
) -> Staff:
    """Add somebody with a password."""
    made = roster.add(desk, name, role, organisation, venue, by=SHELL)
    take(desk, made.secret, GOOD)
    return Staff.of(roster.find_named(desk, name))


def let_in(app: Flask, desk: Desk, staff: Staff) -> Someone:
    """Open a browser in which somebody is signed in, without the pages that lead there."""
    from tests.services.people.conftest import HERE
    from wayfinder.services.people.sign_in import complete
    from wayfinder.store.people import find_person

    with desk.store.write() as connection:
        person = find_person(connection, staff.id)
        assert person is not None
        entered = complete(connection, desk, person, HERE)
    assert find_session(desk, entered.secret) is not None
    someone = open_browser(app, desk)
    someone.client.set_cookie(COOKIE, entered.secret, domain="way.example.org", secure=True)
    someone.staff = staff
    return someone


@pytest.fixture
def browser_of(app: Flask, desk: Desk) -> Someone:
    """Return a browser in which nobody is signed in."""
    return open_browser(app, desk)


@pytest.fixture
def admin(app: Flask, desk: Desk) -> Someone:
    """Return a browser in which an admin of the organisation is signed in."""
    return let_in(app, desk, hire(desk, "Li An"))

"""Staff from a shell: added with a link, listed, given roles, reset, removed."""

import re
from collections.abc import Iterator

import pytest

from tests.cli.conftest import Run
from wayfinder.services.people import roster
from wayfinder.services.people.desk import Desk
from wayfinder.services.people.invitations import find_invited, take
from wayfinder.store import Store, open_store
from wayfinder.store.audit import list_entries
from wayfinder.store.people import add_identity
from wayfinder.store.venues import make_venue


@pytest.fixture(autouse=True)
def _own_store(store_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAYFINDER_DATABASE_URL", store_url)
    monkeypatch.setenv("WAYFINDER_BASE_URL", "https://way.example.org")


@pytest.fixture(params=["sqlite"])
def backend(request: pytest.FixtureRequest) -> str:
    """Take SQLite where a test does not ask for both."""
    return str(request.param)


@pytest.fixture
def opened(store_url: str) -> Iterator[Store]:
    store = open_store(store_url)
    yield store
    store.close()


def add_venue(store: Store, slug: str, organisation: str) -> None:
    with store.write() as connection:
        make_venue(connection, slug, organisation, {})


def list_roles(run: Run, name: str) -> list[tuple[str, str | None, str]]:
    people = {person["name"]: person for person in run("user", "list", "--json").json["people"]}
    return [(one["organisation"], one["venue"], one["role"]) for one in people[name]["roles"]]


@pytest.mark.parametrize("backend", ["sqlite", "postgresql"], indirect=True)
def test_the_first_admin_of_an_empty_store_gets_a_link(run: Run, opened: Store) -> None:
    done = run("user", "add", "Li An", "--role", "admin")
    assert done.code == 0
    link = re.fullmatch(r"https://way\.example\.org/studio/invitation/(\S{43})\n", done.out)
    assert link is not None
    assert "Li An" in done.err
    assert find_invited(Desk(opened), link[1]).name == "Li An"
    assert list_roles(run, "Li An") == [("default", None, "admin")]
    with opened.read() as connection:
        (entry,) = list_entries(connection, "default")
    assert (entry.action, entry.person_id) == ("person-added", None)
    assert link[1] not in str(entry)


def test_a_role_is_for_the_venue_that_is_named_and_its_organisation(
    run: Run, opened: Store
) -> None:
    add_venue(opened, "house", "a")
    add_venue(opened, "elsewhere", "b")
    refused = run("user", "add", "Li An", "--role", "editor")
    assert refused.code == 2
    assert "--organisation" in refused.err
    assert run("user", "add", "Li An", "--role", "editor", "--venue", "elsewhere").code == 0
    done = run("user", "role", "li an", "viewer", "--organisation", "a")
    assert done.out == "Li An: Viewer (a) and Editor (b/elsewhere)\n"
    assert run("user", "role", "Li An", "none", "--venue", "elsewhere").code == 0
    assert list_roles(run, "Li An") == [("a", None, "viewer")]
    assert "has no role any more" in run("user", "role", "Li An", "none", "--organisation", "a").out
    assert run("user", "add", "Bo", "--role", "editor", "--venue", "nowhere").code == 1
    mixed = run("user", "add", "Bo", "--role", "editor", "--venue", "house", "--organisation", "b")
    assert mixed.code == 1


def test_a_reset_ends_the_password_and_keeps_the_second_factor(run: Run, opened: Store) -> None:
    run("user", "add", "Li An", "--role", "admin")
    desk = Desk(opened)
    link = run("user", "reset", "Li An").out.strip().rpartition("/")[2]
    take(desk, link, "quiet-lamp-under-42-stairs")
    assert "password only" in run("user", "list").out
    again = run("user", "reset", "li an", "--second-factor")
    assert again.code == 0
    person = roster.find_named(desk, "Li An")
    assert (person.password_hash, person.totp_secret) == (None, None)
    assert "has not set a password yet" in run("user", "list").out


def test_a_reset_unlinks_the_organisations_own_sign_in_where_that_is_asked_for(
    run: Run, opened: Store
) -> None:
    run("user", "add", "Li An", "--role", "admin")
    desk = Desk(opened)
    with opened.write() as connection:
        add_identity(connection, roster.find_named(desk, "Li An").id, "https://id.example", "u-1")
    assert run("user", "reset", "Li An").code == 0
    assert roster.find_named(desk, "Li An").is_linked
    assert run("user", "reset", "Li An", "--single-sign-on").code == 0
    assert not roster.find_named(desk, "Li An").is_linked


def test_who_is_removed_leaves_the_name_free(run: Run) -> None:
    run("user", "add", "Li An", "--role", "admin")
    taken = run("user", "add", "LI  AN", "--role", "viewer")
    assert taken.code == 2
    assert "taken" in taken.err
    assert run("user", "remove", "Li An").out == "Li An has been removed.\n"
    assert run("user", "list").out == ""
    assert run("user", "remove", "Li An").code == 1
    assert run("user", "add", "Li An", "--role", "viewer").code == 0
    assert list_roles(run, "Li An") == [("default", None, "viewer")]


@pytest.mark.parametrize("name", ["", "  ", "a\x1b[31m", "x" * 65])
def test_what_is_no_name_is_refused(run: Run, name: str) -> None:
    refused = run("user", "add", name, "--role", "viewer")
    assert refused.code == 2
    assert "\x1b" not in refused.err
    assert run("user", "list").out == ""


def test_it_is_said_in_chinese(run: Run) -> None:
    done = run("user", "add", "李安", "--role", "publisher", "--language", "zh-Hans")
    assert done.err.startswith("把这个链接交给李安，用它设置密码。")
    assert run("user", "list", "--language", "zh-Hans").out == (
        "李安 · 可发布 (default) · 尚未设置密码\n"
    )

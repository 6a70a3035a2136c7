"""Nobody gets to what is not theirs: every address, every role, every foreign id, 404."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from werkzeug.routing import Rule

from tests.heard import make_report
from tests.services.people.conftest import SHELL
from tests.web.studio.conftest import Someone, hire, let_in, open_browser
from wayfinder.services.drafts import Desk as Drafts
from wayfinder.services.drafts import open_draft
from wayfinder.services.people import roster
from wayfinder.services.people.desk import Desk
from wayfinder.services.people.roles import Role, Staff
from wayfinder.services.people.sessions import list_own
from wayfinder.store.audit import list_entries
from wayfinder.store.conditions import ConditionDraft, add_condition, list_sets
from wayfinder.store.feedback import add_report, list_reports
from wayfinder.store.venues import get_venue
from wayfinder.web.studio.access import API, NEEDS, Need, Reach

FOREIGN = {"organisation": "other", "slug": "elsewhere"}
"""What belongs to others, by the name of the part of an address; a new name needs its value."""
UNKNOWN = {"organisation": "nowhere", "slug": "nowhere"}
THINGS = {
    "sign": "3333333",
    "batch": "20200101-000000-0000",
    "file": "signs.pdf",
    "display": "3333333A",
    "number": 999,
    "state": "r999",
    "schedule_id": 999,
    "condition_id": 999,
    "set_id": 999,
    "report_id": 999,
}
"""Names of things that there are nowhere."""
STRANGE = {"organisation": "\x00", "slug": "a\x00b"}


@dataclass(frozen=True)
class World:
    """People of two organisations."""

    app: Flask
    desk: Desk
    stranger: Staff
    """Admin of the other organisation."""


@pytest.fixture
def world(app: Flask, desk: Desk) -> World:
    return World(app, desk, hire(desk, "Stranger", Role.ADMIN, "other"))


def list_rules(app: Flask) -> Iterator[tuple[Rule, Need]]:
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("studio."):
            yield rule, NEEDS[rule.endpoint.removeprefix("studio.")]


def make_path(app: Flask, rule: Rule, values: dict[str, str | int]) -> str:
    adapter = app.url_map.bind("way.example.org")
    known = {**THINGS, **values}
    chosen = {name: known[name] for name in rule.arguments}  # a KeyError: give the name a value
    return adapter.build(rule.endpoint, chosen)


def ask(who: Someone, rule: Rule, path: str, token: str) -> int:
    method = "POST" if "POST" in (rule.methods or ()) else "GET"
    data = {"csrf": token} if method == "POST" else None
    return who.client.open(path, method=method, data=data, headers=who.headers).status_code


def find_foreign_ids(world: World) -> dict[str, str | int]:
    """Return ids of what belongs to the other organisation."""
    let_in(world.app, world.desk, world.stranger)
    (session,) = list_own(world.desk, world.stranger)
    with world.desk.store.read() as connection:
        entry = list_entries(connection, "other")[0]
    return {
        "person_id": world.stranger.id,
        "session_id": session.id,
        "entry_id": entry.id,
        "secret": "not-a-secret",
        "report_id": add_report_of(world.desk, "elsewhere"),
        "draft_id": open_draft(Drafts(world.desk.store), "elsewhere", "New wing", who=SHELL).id,
        "job_id": "0" * 32,
        "image_id": 1,
        **add_conditions_of(world.desk, "elsewhere"),
    }


def add_conditions_of(desk: Desk, slug: str) -> dict[str, int]:
    """Let something hold in a venue, in a set, and return the ids of both."""
    with desk.store.write() as connection:
        venue = get_venue(connection, slug)
        draft = ConditionDraft("closure", ("somewhere",), {})
        made = add_condition(connection, venue, draft, set_name="night")
        return {"condition_id": made.id, "set_id": list_sets(connection, venue)[0].id}


def add_report_of(desk: Desk, slug: str) -> int:
    """Let somebody report something at a venue, and return its number."""
    with desk.store.write() as connection:
        venue = get_venue(connection, slug)
        add_report(connection, venue, make_report(), key=slug)
        return list_reports(connection, venue)[0].id


def make_people(desk: Desk) -> dict[str, Staff]:
    """Add somebody of every role, of the whole organisation and of one venue."""
    found = {f"{role}": hire(desk, f"All {role}", role) for role in Role}
    for role in Role:
        found[f"{role} of a venue"] = hire(desk, f"One {role}", role, venue="clinic")
    return found


def test_every_view_says_who_may_use_it(app: Flask) -> None:
    views = {rule.endpoint.removeprefix("studio.") for rule, _ in list_rules(app)}
    assert views == set(NEEDS)
    for rule, need in list_rules(app):
        # what an address is about is in it, under the name that `let_in` looks for
        assert ("organisation" in rule.arguments) == (need.reach is Reach.ORGANISATION), rule
        assert ("slug" in rule.arguments) == (need.reach is Reach.VENUE), rule


def test_what_belongs_to_others_does_not_exist(world: World, *, run_all: bool) -> None:
    ids = find_foreign_ids(world)
    found: dict[str, int] = {}
    count = 0
    places: tuple[dict[str, str], ...] = (FOREIGN, UNKNOWN, STRANGE)
    for name, staff in make_people(world.desk).items():
        who = let_in(world.app, world.desk, staff)
        token = read_token(who)
        for rule, need in list_rules(world.app):
            if need.reach not in {Reach.ORGANISATION, Reach.VENUE}:
                continue
            for place in places:
                path = make_path(world.app, rule, {**place, **ids})
                status = ask(who, rule, path, token)
                count += 1
                if status != 404:
                    found[f"{name}: {path}"] = status
        if not run_all:
            places = (FOREIGN,)  # what nobody has differs by role even less
    assert found == {}
    assert count >= 8 * 3 * 10


def test_foreign_ids_in_ones_own_organisation_do_not_exist(world: World) -> None:
    ids = find_foreign_ids(world)
    who = let_in(world.app, world.desk, hire(world.desk, "Li An"))
    token = read_token(who)
    own: dict[str, str | int] = {"organisation": "default", "slug": "clinic"}
    found = {}
    for rule, need in list_rules(world.app):
        named = rule.arguments - {"organisation", "slug"}
        if not named or need.reach in {Reach.OPEN, Reach.ENTERING}:
            continue
        path = make_path(world.app, rule, {**ids, **own})
        found[path] = ask(who, rule, path, token)
    assert found
    assert {path: status for path, status in found.items() if status != 404} == {}
    # and nothing happened to anybody
    assert roster.find_named(world.desk, "Stranger").password_hash is not None
    assert len(list_own(world.desk, world.stranger)) == 1


def test_a_role_that_is_not_enough_is_told_so(world: World) -> None:
    found: dict[str, int] = {}
    own: dict[str, str | int] = {"organisation": "default", "slug": "clinic"}
    for name, staff in make_people(world.desk).items():
        who = let_in(world.app, world.desk, staff)
        role, token = Role(name.partition(" ")[0]), read_token(who)
        for rule, need in list_rules(world.app):
            if need.reach not in {Reach.ORGANISATION, Reach.VENUE} or role.covers(need.role):
                continue
            numbers = dict.fromkeys(("entry_id", "report_id", "draft_id", "image_id"), 1)
            ids: dict[str, str | int] = {"person_id": staff.id, "job_id": "0" * 32, **numbers}
            path = make_path(world.app, rule, {**own, **ids})
            status = ask(who, rule, path, token)
            if status != 403:
                found[f"{name}: {path}"] = status
    assert found == {}


def test_whoever_is_not_signed_in_is_sent_to_do_so(world: World) -> None:
    who = open_browser(world.app, world.desk)
    values: dict[str, str | int] = {"organisation": "default", "slug": "clinic"}
    ids = find_foreign_ids(world)
    for rule, need in list_rules(world.app):
        if need.reach is Reach.OPEN:
            continue
        path = make_path(world.app, rule, {**ids, **values})
        method = "POST" if "GET" not in (rule.methods or ()) else "GET"
        answer = who.client.open(path, method=method, headers=who.headers)
        if path.startswith(API):  # programs are told so
            assert answer.status_code == 401, path
            continue
        assert answer.status_code == 303, path
        assert answer.headers["Location"].partition("?")[0] == "/studio/sign-in"


def test_an_admin_of_one_venue_sees_nobody_of_another(world: World) -> None:
    clinic = hire(world.desk, "Clinic Admin", Role.ADMIN, venue="clinic")
    annex = hire(world.desk, "Annex Editor", Role.EDITOR, venue="annex")
    everywhere = hire(world.desk, "Everywhere", Role.EDITOR)
    colleague = hire(world.desk, "Colleague", Role.EDITOR, venue="clinic")
    who = let_in(world.app, world.desk, clinic)
    page = who.get("/studio/o/default/people").text
    assert "Colleague" in page
    assert "Annex Editor" not in page
    assert "Everywhere" not in page
    token = read_token(who)
    for staff, status in ((annex, 404), (everywhere, 404), (colleague, 200)):
        path = f"/studio/o/default/people/{staff.id}"
        assert who.get(path).status_code == status
        reset = who.client.post(f"{path}/reset", data={"csrf": token}, headers=who.headers)
        assert reset.status_code == status
    assert "Annex Editor" not in who.get("/studio/o/default/log").text
    assert who.get("/studio/v/annex").status_code == 404
    # nor can they give anything elsewhere
    for place in ("", "annex", "elsewhere"):
        fields = {"csrf": token, "name": f"New {place}", "role": "viewer", "venue": place}
        answer = who.client.post("/studio/o/default/people/add", data=fields, headers=who.headers)
        assert answer.status_code == 422
    assert "annex" not in who.get("/studio/").text


def test_who_is_shared_with_others_is_not_to_be_taken_over(world: World) -> None:
    shared = hire(world.desk, "Shared", Role.EDITOR)
    roster.set_role(world.desk, shared.id, Role.ADMIN, "other", by=SHELL)
    who = let_in(world.app, world.desk, hire(world.desk, "Li An"))
    page = who.get(f"/studio/o/default/people/{shared.id}").text
    assert "other" not in page
    token = read_token(who)
    for action in ("reset", "remove", "sign-out"):
        path = f"/studio/o/default/people/{shared.id}/{action}"
        answer = who.client.post(path, data={"csrf": token}, headers=who.headers)
        assert answer.status_code == 422
    assert roster.find_named(world.desk, "Shared").password_hash is not None
    # but what they may here can be taken
    path = f"/studio/o/default/people/{shared.id}/role"
    fields = {"csrf": token, "role": "none", "venue": ""}
    answer = who.client.post(path, data=fields, headers=who.headers)
    assert answer.headers["Location"] == "/studio/o/default/people"
    (left,) = roster.find_named(world.desk, "Shared").memberships
    assert left.organisation == "other"


@pytest.mark.parametrize("stage", ["password", "enrol"])
def test_half_a_sign_in_opens_nothing(world: World, stage: str) -> None:
    staff = hire(world.desk, "Li An")
    who = let_in(world.app, world.desk, staff)
    with world.desk.store.write() as connection:
        from wayfinder.store.staff_sessions import change_session

        (session,) = list_own(world.desk, staff)
        change_session(connection, session.id, stage=stage)
    values: dict[str, str | int] = {"organisation": "default", "slug": "clinic"}
    numbers = dict.fromkeys(("entry_id", "draft_id", "image_id"), 1)
    ids: dict[str, str | int] = {"person_id": staff.id, "session_id": session.id, **numbers}
    ids["job_id"] = "0" * 32
    goal = "/studio/sign-in/code" if stage == "password" else "/studio/account/second-factor"
    token = read_token(who, goal)
    for rule, need in list_rules(world.app):
        if need.reach in {Reach.OPEN, Reach.ENTERING}:
            continue
        path = make_path(world.app, rule, {**values, **ids})
        method = "POST" if "POST" in (rule.methods or ()) else "GET"
        data = {"csrf": token} if method == "POST" else None
        answer = who.client.open(path, method=method, data=data, headers=who.headers)
        if path.startswith(API):
            assert answer.status_code == 401, path
            continue
        assert (answer.status_code, answer.headers["Location"]) == (303, goal), path


def read_token(who: Someone, path: str = "/studio/account") -> str:
    from tests.web.studio.conftest import find_token

    token = find_token(who.get(path))
    assert token
    return token

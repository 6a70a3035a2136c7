"""Nobody gets to what is not theirs: every address, every role, every foreign id, 404."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.routing import Rule

from tests.heard import make_report
from tests.services.people.conftest import SHELL, Clock
from tests.web.studio.conftest import Someone, find_room, find_token, hire, let_in, open_browser
from tests.web.studio.others import (
    KEY,
    ORGANISATION,
    SLUG,
    TOKEN,
    Ids,
    fill_folders,
    fill_store,
    read_all,
)
from tests.web.studio.work import prepare
from wayfinder.services.drafts import open_draft
from wayfinder.services.people import roster
from wayfinder.services.people.desk import Desk, Policy
from wayfinder.services.people.passwords import Passwords
from wayfinder.services.people.roles import Role, Staff
from wayfinder.services.people.sessions import list_own
from wayfinder.services.served import Served
from wayfinder.services.sign_work.batches import Batches
from wayfinder.services.sign_work.names import CHANGES
from wayfinder.services.uploads import Uploads
from wayfinder.settings import Settings
from wayfinder.store import open_store
from wayfinder.store.feedback import add_report, list_reports
from wayfinder.store.staff_sessions import change_session
from wayfinder.store.venues import get_venue
from wayfinder.web.studio.access import API, NEEDS, Need, Reach

FOREIGN = {"organisation": ORGANISATION, "slug": SLUG}
"""What belongs to others, by the name of the part of an address; a new name needs its value."""
NOBODYS = (
    {"organisation": "nowhere", "slug": "nowhere"},
    {"organisation": "\x00", "slug": "a\x00b"},
)
PLACED = frozenset({Reach.ORGANISATION, Reach.VENUE})
OWN = {"organisation": "default", "slug": "clinic"}
NAMED = (
    ("set_sign_states", {"sign": "{sign}", "become": "printed"}),
    ("order_batch", {"kind": CHANGES, "key": KEY}),
    ("start_wrong_signs", {"against": "{number}"}),
    ("start_sign_plan", {"draft": "{draft_id}"}),
    ("take_sign_plan", {"key": KEY}),
    ("compare_releases", {"from": "1", "to": "{number}"}),
    ("revoke_token", {"name": TOKEN}),
    ("revoke_token", {"name": TOKEN, "venue": SLUG}),
    ("merge_reports", {"other": "{report_id}"}),
    ("draw_state", {"other": "{state}", "level": "{level}"}),
    ("show_directory", {"draft": "{draft_id}"}),
    ("get_directory_csv", {"draft": "{draft_id}"}),
    ("get_directory_xlsx", {"draft": "{draft_id}"}),
    ("bring_sheet", {"draft": "{draft_id}"}),
)
"""Views with a form or a query that names what belongs to others."""
HINTED = (
    ("list_conditions", {"done": "{entry_id}"}),
    ("choose_closing", {"done": "{entry_id}"}),
    ("list_audit", {"before": "{entry_id}"}),
    ("list_feedback", {"state": "{report_id}"}),
    ("show_sign_plan", {"draft": "{draft_id}"}),
    ("show_wrong_signs", {"against": "{number}"}),
)
"""Views with a query of which only what is one's own is heeded."""
SECRETS = ("Stranger", "New wing", "Paint", TOKEN, f"/v/{SLUG}")
"""What a page about what belongs to others would say."""
SHOWN = {
    "person_id": "show_person",
    "draft_id": "list_draft_history",
    "number": "show_release",
    "state": "draw_state",
    "job_id": "get_upload",
    "image_id": "get_picture",
    "sign": "show_sign",
    "batch": "show_batch",
    "file": "fetch_batch_file",
    "display": "show_display",
    "report_id": "show_report",
}
"""Part of an address to a view that shows what it is an id of."""
DONE_WITH = {
    "condition_id": "end_condition",
    "set_id": "remove_set",
    "entry_id": "undo_entry",
    "schedule_id": "call_off",
    "session_id": "end_session",
    "work_id": "try_again",
}
"""Part of an address to a view that does something with it, in a venue that is not served."""


@dataclass(frozen=True)
class World:
    """People of two organisations."""

    app: Flask
    desk: Desk
    stranger: Staff
    """Admin of the other organisation."""
    ids: Ids
    """Ids of what the other organisation has, by the name of the part of an address."""


@pytest.fixture(scope="session")
def full_store(
    studio_template: Path,
    passwords: Passwords,
    served_clinic: Served,
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[Path, Staff, Ids]:
    """Make a store in which the other organisation has one of everything."""
    path = tmp_path_factory.mktemp("others") / "store.sqlite3"
    shutil.copyfile(studio_template, path)
    store = open_store(str(path))
    ids = fill_store(store, served_clinic.plan)
    stranger = hire(Desk(store, Policy(), passwords, Clock()), "Stranger", organisation="other")
    store.close()
    return path, stranger, ids


@pytest.fixture
def world(
    app: Flask,
    desk: Desk,
    full_store: tuple[Path, Staff, Ids],
    studio_path: Path,
    settings: Settings,
    tmp_path: Path,
) -> Iterator[World]:
    """Return a world in which nothing is done in the background."""
    path, stranger, ids = full_store
    desk.store.close()
    shutil.copyfile(path, studio_path)
    room = find_room(prepare(app, settings, tmp_path))
    kept, room.uploads = room.uploads, Uploads(tmp_path / "uploads")
    let_in(app, desk, stranger)
    (session,) = list_own(desk, stranger)
    brought = fill_folders(Batches(room.settings.work_folder, 2), room.uploads, stranger.id)
    known: Ids = {"person_id": stranger.id, "session_id": session.id, "secret": "not-a-secret"}
    yield World(app, desk, stranger, {**ids, **brought, **known})
    room.uploads = kept


def list_rules(app: Flask) -> Iterator[tuple[Rule, Need]]:
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("studio."):
            yield rule, NEEDS[rule.endpoint.removeprefix("studio.")]


def make_path(app: Flask, rule: Rule, values: Ids) -> str:
    adapter = app.url_map.bind("way.example.org")
    chosen = {name: values[name] for name in rule.arguments}  # a KeyError: give the name a value
    return adapter.build(rule.endpoint, chosen)


def ask(who: Someone, rule: Rule, path: str, token: str, **fields: str) -> int:
    method = "POST" if "POST" in (rule.methods or ()) else "GET"
    is_form = method == "POST"
    data, query = ({"csrf": token, **fields}, None) if is_form else (None, fields)
    answer = who.client.open(
        path, method=method, data=data, query_string=query, headers=who.headers
    )
    return answer.status_code


def make_people(desk: Desk) -> dict[str, Staff]:
    """Add somebody of every role, of the whole organisation and of one venue."""
    found = {f"{role}": hire(desk, f"All {role}", role) for role in Role}
    for role in Role:
        found[f"{role} of a venue"] = hire(desk, f"One {role}", role, venue="clinic")
    return found


def read_others(world: World) -> dict[str, list[Any]]:
    with world.desk.store.read() as connection:
        return read_all(connection)


def make_own_ids(world: World) -> Ids:
    """Return ids of what is one's own, where an address has others beside it."""
    draft = open_draft(find_room(world.app).drafts, "clinic", "Ours", who=SHELL)
    with world.desk.store.write() as connection:
        venue = get_venue(connection, "clinic")
        add_report(connection, venue, make_report(), key="ours")
        report_id = list_reports(connection, venue)[0].id
        return {"draft_id": draft.id, "report_id": report_id, "state": "r1"}


def test_every_view_says_who_may_use_it(app: Flask) -> None:
    views = {rule.endpoint.removeprefix("studio.") for rule, _ in list_rules(app)}
    assert views == set(NEEDS)
    for rule, need in list_rules(app):
        # what an address is about is in it, under the name that `let_in` looks for
        assert ("organisation" in rule.arguments) == (need.reach is Reach.ORGANISATION), rule
        assert ("slug" in rule.arguments) == (need.reach is Reach.VENUE), rule


def test_what_belongs_to_others_does_not_exist(world: World, *, run_all: bool) -> None:
    people = make_people(world.desk)
    if not run_all:  # who has most, and who has least
        people = {name: people[name] for name in (f"{Role.ADMIN}", f"{Role.VIEWER} of a venue")}
    rules = [rule for rule, need in list_rules(world.app) if need.reach in PLACED]
    # what nobody has differs by address and role even less
    cases = [(FOREIGN, rules), *((place, rules[:: 1 if run_all else 9]) for place in NOBODYS)]
    before = read_others(world)
    found: dict[str, int] = {}
    count = 0
    for name, staff in people.items():
        who = let_in(world.app, world.desk, staff)
        token = read_token(who)
        for place, asked in cases:
            for rule in asked:
                path = make_path(world.app, rule, {**world.ids, **place})
                found[f"{name}: {path}"] = ask(who, rule, path, token)
                count += 1
    assert {path: status for path, status in found.items() if status != 404} == {}
    assert count >= 2 * 120
    assert read_others(world) == before


def test_foreign_ids_in_ones_own_organisation_do_not_exist(world: World) -> None:
    who = let_in(world.app, world.desk, hire(world.desk, "Li An"))
    token, own = read_token(who), make_own_ids(world)
    before = read_others(world)
    found = {}
    for rule, need in list_rules(world.app):
        named = rule.arguments - {"organisation", "slug"}
        if not named or need.reach in {Reach.OPEN, Reach.ENTERING}:
            continue
        mixed = {**world.ids, **own} if named == {"draft_id", "image_id"} else world.ids
        for ids in (world.ids, mixed):
            path = make_path(world.app, rule, {**ids, **OWN})
            found[path] = ask(who, rule, path, token, level=str(world.ids["level"]))
    assert len(found) > 60
    assert {path: status for path, status in found.items() if status != 404} == {}
    # and nothing happened to anybody
    assert read_others(world) == before
    assert roster.find_named(world.desk, "Stranger").password_hash is not None
    assert len(list_own(world.desk, world.stranger)) == 1


def test_foreign_ids_are_those_of_what_there_is(world: World) -> None:
    rules = {rule.endpoint.removeprefix("studio."): rule for rule, _ in list_rules(world.app)}
    parts = {part for rule in rules.values() for part in rule.arguments}
    assert parts == {*SHOWN, *DONE_WITH, "organisation", "slug", "secret"}
    who = let_in(world.app, world.desk, world.stranger)
    token = read_token(who)
    for endpoint in SHOWN.values():
        path = make_path(world.app, rules[endpoint], {**world.ids, **FOREIGN})
        with who.get(path, query_string={"level": world.ids["level"]}) as answer:
            assert answer.status_code == 200, path
    for endpoint in DONE_WITH.values():
        path = make_path(world.app, rules[endpoint], {**world.ids, **FOREIGN})
        # 409: no worker of this test serves it
        assert ask(who, rules[endpoint], path, token) in {303, 409}, path


@pytest.mark.parametrize(("endpoint", "fields"), NAMED)
def test_foreign_ids_in_forms_do_not_exist(
    world: World, endpoint: str, fields: dict[str, str]
) -> None:
    who = let_in(world.app, world.desk, hire(world.desk, "Li An"))
    rule = next(one for one, _ in list_rules(world.app) if one.endpoint == f"studio.{endpoint}")
    path = make_path(world.app, rule, {**world.ids, **OWN, **make_own_ids(world)})
    given = {key: text.format_map(world.ids) for key, text in fields.items()}
    before = read_others(world)
    assert ask(who, rule, path, read_token(who), **given) == 404
    assert read_others(world) == before


def test_foreign_ids_in_a_query_show_and_offer_nothing(world: World) -> None:
    who = let_in(world.app, world.desk, hire(world.desk, "Li An"))
    rules = {rule.endpoint.removeprefix("studio."): rule for rule, _ in list_rules(world.app)}
    for endpoint, fields in HINTED:
        path = make_path(world.app, rules[endpoint], {**world.ids, **OWN})
        query = {key: text.format_map(world.ids) for key, text in fields.items()}
        answer = who.get(path, query_string={**query, "lang": "en"})
        assert answer.status_code == 200, path
        assert [text for text in SECRETS if text in answer.text] == [], path
        undoing = (f'/undo/{world.ids["entry_id"]}"', f"/{world.ids['entry_id']}/undo")
        assert not any(text in answer.text for text in undoing), path


def test_a_role_that_is_not_enough_is_told_so(world: World, *, run_all: bool) -> None:
    found: dict[str, int] = {}
    for name, staff in make_people(world.desk).items():
        role, _, of_a_venue = name.partition(" ")
        if of_a_venue and not run_all:
            continue
        who = let_in(world.app, world.desk, staff)
        token = read_token(who)
        for rule, need in list_rules(world.app):
            if need.reach not in PLACED or Role(role).covers(need.role):
                continue
            path = make_path(world.app, rule, {**world.ids, **OWN})
            status = ask(who, rule, path, token)
            if status != 403:
                found[f"{name}: {path}"] = status
    assert found == {}


def test_whoever_is_not_signed_in_is_sent_to_do_so(world: World) -> None:
    who = open_browser(world.app, world.desk)
    for rule, need in list_rules(world.app):
        if need.reach is Reach.OPEN:
            continue
        path = make_path(world.app, rule, {**world.ids, **OWN})
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
        (session,) = list_own(world.desk, staff)
        change_session(connection, session.id, stage=stage)
    goal = "/studio/sign-in/code" if stage == "password" else "/studio/account/second-factor"
    token = read_token(who, goal)
    for rule, need in list_rules(world.app):
        if need.reach in {Reach.OPEN, Reach.ENTERING}:
            continue
        path = make_path(world.app, rule, {**world.ids, **OWN})
        method = "POST" if "POST" in (rule.methods or ()) else "GET"
        data = {"csrf": token} if method == "POST" else None
        answer = who.client.open(path, method=method, data=data, headers=who.headers)
        if path.startswith(API):
            assert answer.status_code == 401, path
            continue
        assert (answer.status_code, answer.headers["Location"]) == (303, goal), path


def read_token(who: Someone, path: str = "/studio/account") -> str:
    token = find_token(who.get(path))
    assert token
    return token

"""An admin's pages: somebody is added, gets roles, is reset, goes; the log says so and undoes."""

import re

import pytest
from flask import Flask

from tests.services.people.conftest import GOOD
from tests.web.studio.conftest import Someone, find_token, hire, let_in
from wayfinder.services.people import roster
from wayfinder.services.people.desk import Desk
from wayfinder.services.people.invitations import find_invited
from wayfinder.services.people.roles import Role
from wayfinder.services.people.sessions import find_session
from wayfinder.store import UnknownError

PEOPLE = "/studio/o/default/people"


def find_link(page: str) -> str:
    found = re.search(r'value="https://way\.example\.org/studio/invitation/(\S{43})"', page)
    assert found is not None
    return found[1]


def find_role(desk: Desk, name: str, venue: str | None = None) -> str | None:
    memberships = roster.find_named(desk, name).memberships
    return next((one.role for one in memberships if one.venue == venue), None)


def test_somebody_is_added_and_the_link_is_shown_this_once(admin: Someone, desk: Desk) -> None:
    answer = admin.send(f"{PEOPLE}/add", name="陈晓明", role="editor", venue="clinic")
    link = find_link(answer.text)
    assert answer.headers["Cache-Control"] == "no-store"
    assert find_invited(desk, link).name == "陈晓明"
    assert find_role(desk, "陈晓明", "clinic") == "editor"
    page = admin.get(PEOPLE).text
    assert "陈晓明" in page
    assert link not in page
    again = admin.send(f"{PEOPLE}/add", name="陈 晓明", role="viewer", venue="")
    assert again.status_code == 422
    assert 'value="陈 晓明"' in again.text  # what was typed is still there


def test_a_name_is_text_and_nothing_else(admin: Someone) -> None:
    name = '<img src=x onerror="alert(1)">{{7*7}}'
    admin.send(f"{PEOPLE}/add", name=name, role="viewer", venue="")
    for page in (admin.get(PEOPLE).text, admin.get("/studio/o/default/log").text):
        assert "<img src=x" not in page
        assert "&lt;img src=x" in page
        assert "{{7*7}}" in page


@pytest.mark.parametrize("role", ["owner", "", "ADMIN", "none "])
def test_there_are_no_other_roles(admin: Someone, desk: Desk, role: str) -> None:
    answer = admin.send(f"{PEOPLE}/add", name="Bo", role=role, venue="")
    assert answer.status_code == 422
    with pytest.raises(UnknownError):
        roster.find_named(desk, "Bo")


def test_a_role_changes_is_said_and_is_taken_back(app: Flask, admin: Someone, desk: Desk) -> None:
    staff = hire(desk, "Bo", Role.VIEWER)
    theirs = let_in(app, desk, staff)
    token = find_token(theirs.open())
    path = f"{PEOPLE}/{staff.id}"
    done = admin.send(f"{path}/role", role="editor", venue="")
    assert done.headers["Location"] == path
    assert "权限已更改" in admin.get(path).text
    assert "权限已更改" not in admin.get(path).text
    assert find_role(desk, "Bo") == "editor"
    before = theirs.secret
    assert theirs.get("/studio/").status_code == 200
    assert theirs.secret not in {"", before}  # their session has a new secret
    fields = {"csrf": token, "current": "no"}  # and the page that was open is still good
    sent = theirs.client.post("/studio/account/password", data=fields, headers=theirs.headers)
    assert sent.status_code == 422
    log = admin.get("/studio/o/default/log").text
    undo = re.search(r'action="(/studio/o/default/log/\d+/undo)"', log)
    assert undo is not None
    admin.send(undo[1])
    assert find_role(desk, "Bo") == "viewer"
    assert "已撤销" in admin.get("/studio/").text
    admin.send(undo[1])
    assert "不能撤销" in admin.get("/studio/").text


def test_who_is_reset_is_out_and_comes_in_by_the_link(
    app: Flask, admin: Someone, desk: Desk
) -> None:
    staff = hire(desk, "Bo", Role.VIEWER)
    theirs = let_in(app, desk, staff)
    link = find_link(admin.send(f"{PEOPLE}/{staff.id}/reset").text)
    assert find_session(desk, theirs.secret) is None
    assert roster.find_named(desk, "Bo").password_hash is None
    assert find_invited(desk, link).id == staff.id


def test_who_is_removed_is_gone(app: Flask, admin: Someone, desk: Desk) -> None:
    staff = hire(desk, "Bo", Role.VIEWER)
    theirs = let_in(app, desk, staff)
    admin.send(f"{PEOPLE}/{staff.id}/remove")
    assert theirs.get("/studio/").status_code == 303
    assert ">Bo<" not in admin.get(PEOPLE).text
    assert "移除了 Bo" in admin.get("/studio/o/default/log").text


def test_who_has_no_role_any_more_is_given_one_again_or_removed(
    app: Flask, admin: Someone, desk: Desk
) -> None:
    staff = hire(desk, "Bo", Role.VIEWER, venue="clinic")
    theirs, path = let_in(app, desk, staff), f"{PEOPLE}/{staff.id}"
    done = admin.send(f"{path}/role", role="none", venue="clinic")
    assert done.headers["Location"] == path
    assert theirs.get("/studio/").status_code == 303  # signed out
    assert "No role any more" in admin.get(f"{path}?lang=en").text
    assert re.search(r">Bo<.*No role", admin.get(f"{PEOPLE}?lang=en").text, re.DOTALL)
    stranger = let_in(app, desk, hire(desk, "Stranger", organisation="other"))
    for organisation in ("default", "other"):
        there = f"/studio/o/{organisation}/people/{staff.id}"
        assert stranger.get(there).status_code == 404
        for act in ("role", "reset", "sign-out", "remove"):
            answer = stranger.send(f"{there}/{act}", role="admin", venue="")
            assert answer.status_code == 404, act
    admin.send(f"{path}/role", role="editor", venue="")
    assert find_role(desk, "Bo") == "editor"
    admin.send(f"{path}/role", role="none", venue="")
    assert admin.send(f"{path}/remove").headers["Location"] == PEOPLE
    assert admin.send(f"{PEOPLE}/add", name="Bo", role="viewer", venue="").status_code == 200


def test_somebody_is_signed_out_everywhere(app: Flask, admin: Someone, desk: Desk) -> None:
    staff = hire(desk, "Bo", Role.VIEWER)
    theirs = let_in(app, desk, staff)
    admin.send(f"{PEOPLE}/{staff.id}/sign-out")
    assert theirs.get("/studio/").status_code == 303
    assert find_session(desk, admin.secret) is not None


def test_an_admin_does_not_shut_themselves_out(admin: Someone, desk: Desk) -> None:
    assert admin.staff is not None
    path = f"{PEOPLE}/{admin.staff.id}"
    assert admin.send(f"{path}/role", role="none", venue="").status_code == 422
    assert admin.send(f"{path}/remove").status_code == 422
    assert find_role(desk, "Li An") == "admin"


def test_the_log_of_one_person_is_found_from_theirs(admin: Someone, desk: Desk) -> None:
    staff = hire(desk, "Bo", Role.VIEWER)
    assert admin.staff is not None
    page = admin.get(f"{PEOPLE}/{staff.id}?lang=en").text
    link = re.search(r'href="(/studio/o/default/log[^"]*who=Bo[^"]*)"', page)
    assert link is not None
    log = admin.get(link[1].replace("&amp;", "&")).text
    assert "<strong>Bo</strong> set a password" in log
    assert "<strong>Li An</strong>" not in log
    assert admin.get("/studio/o/default/log?who=%00%ff").status_code == 200


def test_a_number_that_is_none_shows_the_newest(admin: Someone) -> None:
    for before in ("1", "0", "-1", "x", "99999999999999999999", ""):
        assert admin.get(f"/studio/o/default/log?before={before}").status_code == 200


def test_one_changes_ones_own_password_and_ends_other_sessions(
    app: Flask, admin: Someone, desk: Desk
) -> None:
    assert admin.staff is not None
    other = let_in(app, desk, admin.staff)
    wrong = admin.send("/studio/account/sessions/end-others", current="no")
    assert wrong.status_code == 422
    assert find_session(desk, other.secret) is not None
    admin.send("/studio/account/sessions/end-others", current=GOOD)
    assert find_session(desk, other.secret) is None
    new = "seven-green-kettles-boil"
    fields, before = {"current": GOOD, "password": new, "again": new}, admin.secret
    assert admin.send("/studio/account/password", **fields).status_code == 303
    assert admin.secret != before
    assert find_session(desk, before) is None
    assert "密码已修改" in admin.open().text
    assert admin.send("/studio/account/password", **fields).status_code == 422


def test_a_database_that_is_away_is_said(
    admin: Someone, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from wayfinder.store import UnavailableError

    def fail() -> None:
        raise UnavailableError("unreachable", problem="secret details")

    monkeypatch.setattr(desk.store, "read", fail)
    answer = admin.get("/studio/")
    assert answer.status_code == 503
    assert "数据库暂时没有回应" in answer.text
    assert "secret details" not in answer.text

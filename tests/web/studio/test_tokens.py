"""Tokens of other systems: made by admins, shown once, good where they may give them."""

import re

from flask import Flask

from tests.web.studio.conftest import Someone, find_token, hire, let_in
from wayfinder.services import tokens
from wayfinder.services.people.desk import Desk
from wayfinder.services.people.roles import Role

PATH = "/studio/o/default/tokens"


def make(who: Someone, **fields: object) -> str:
    data = {"csrf": find_token(who.open()), "name": "lift monitor", "venue": "clinic", **fields}
    return who.client.post(f"{PATH}/make?lang=en", data=data, headers=who.headers).text


def test_a_token_is_shown_once_and_good_for_what_was_chosen(admin: Someone, desk: Desk) -> None:
    page = make(admin, scope=["conditions"], days="30")
    found = re.search(r'id="token" value="(wf_[\w-]+)"', page)
    assert found is not None
    token = found[1]
    assert "/api/v1/venues/clinic/conditions" in page
    assert tokens.check_token(desk.store, token, "conditions", "clinic") is not None
    assert tokens.check_token(desk.store, token, "displays", "clinic") is None
    assert tokens.check_token(desk.store, token, "conditions", "annex") is None
    listed = admin.get(f"{PATH}?lang=en").text
    assert "lift monitor" in listed
    assert token not in listed
    assert token not in admin.get("/studio/o/default/log").text


def test_a_token_is_taken_back_for_good(admin: Someone, desk: Desk) -> None:
    page = make(admin, scope=["conditions"])
    token = re.findall(r"wf_[\w-]{20,}", page)[0]
    assert admin.send(f"{PATH}/revoke", name="lift monitor").status_code == 303
    assert tokens.check_token(desk.store, token, "conditions", "clinic") is None
    assert "revoked" in admin.get(f"{PATH}?lang=en").text
    assert admin.send(f"{PATH}/revoke", name="lift monitor").status_code == 404


def test_what_makes_no_sense_is_said(admin: Someone) -> None:
    assert "Choose where the token works" in make(admin, venue="elsewhere", scope=["conditions"])
    assert "Choose where the token works" in make(admin, days="7", scope=["conditions"])
    assert 'role="alert"' in make(admin)
    make(admin, scope=["conditions"])
    assert 'role="alert"' in make(admin, scope=["conditions"])


def test_what_another_hospital_calls_its_token_is_free_here(admin: Someone, desk: Desk) -> None:
    theirs = tokens.make_token(desk.store, "lift monitor", venue="elsewhere")
    own = re.findall(r"wf_[\w-]{20,}", make(admin, scope=["conditions"]))[0]
    annex = re.findall(r"wf_[\w-]{20,}", make(admin, venue="annex", scope=["conditions"]))[0]
    sent = admin.send(f"{PATH}/revoke", name="lift monitor", venue="annex")
    assert sent.status_code == 303
    assert tokens.find_good(desk.store, annex, "conditions") is None
    assert tokens.find_good(desk.store, own, "conditions") is not None
    assert admin.send(f"{PATH}/revoke", name="lift monitor", venue="elsewhere").status_code == 404
    assert tokens.find_good(desk.store, theirs, "conditions") is not None
    page = admin.get(f"{PATH}?lang=en").text
    assert '<input type="hidden" name="venue" value="clinic">' in page


def test_an_admin_of_one_venue_sees_no_other_tokens(app: Flask, desk: Desk) -> None:
    for name, venue in (("annex monitor", "annex"), ("everywhere", None), ("other", "elsewhere")):
        tokens.make_token(desk.store, name, venue=venue)
    who = let_in(app, desk, hire(desk, "Clinic Admin", Role.ADMIN, venue="clinic"))
    page = who.get(PATH).text
    for name in ("annex monitor", "everywhere", "other"):
        assert name not in page
        assert who.send(f"{PATH}/revoke", name=name).status_code == 404
    assert 'role="alert"' in make(who, venue="annex", scope=["conditions"])
    assert all(one.revoked_at is None for one in tokens.list_all(desk.store))

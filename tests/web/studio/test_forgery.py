"""What another site makes a browser send is refused, and no page of the studio is kept."""

import re

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.web.studio.conftest import OURS, Someone, find_token, hire, let_in, open_browser
from tests.web.test_security import Inline, list_scores, read_policy, score
from wayfinder.services.people.desk import Desk
from wayfinder.services.people.sessions import find_session

OUTSIDE = ("/studio/sign-in", "/studio/invitation/none")
PAGES = (
    "/studio/invitation/none",
    "/studio/",
    "/studio/v/clinic",
    "/studio/v/none",
    "/studio/account",
    "/studio/account/second-factor",
    "/studio/o/default/people",
    "/studio/o/default/people/1",
    "/studio/o/default/log",
    "/studio/o/none/log",
)


FOREIGN: tuple[dict[str, str], ...] = (
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "none"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "https://way.example.org"},
    {"Origin": "https://evil.example"},
    {"Origin": "https://way.example.org.evil.example"},
    {"Origin": "null"},
    {"Origin": "https://["},
    {},
)


def test_what_comes_from_elsewhere_is_refused(admin: Someone, desk: Desk) -> None:
    token = find_token(admin.open())
    for headers in FOREIGN:
        answer = admin.client.post("/studio/sign-out", data={"csrf": token}, headers=headers)
        assert answer.status_code == 400
        assert find_session(desk, admin.secret) is not None
        fields = {"name": "x", "password": "y", "csrf": token}
        assert admin.client.post("/studio/sign-in", data=fields, headers=headers).status_code == 400


@pytest.mark.parametrize("headers", [OURS, {"Origin": "https://way.example.org"}])
def test_what_comes_from_our_page_is_taken(
    admin: Someone, desk: Desk, headers: dict[str, str]
) -> None:
    token, secret = find_token(admin.open()), admin.secret
    answer = admin.client.post("/studio/sign-out", data={"csrf": token}, headers=headers)
    assert answer.status_code == 303
    assert find_session(desk, secret) is None


def test_the_token_is_of_this_session_alone(app: Flask, desk: Desk, admin: Someone) -> None:
    other = find_token(let_in(app, desk, hire(desk, "Bo")).open())
    own = find_token(admin.open())
    assert own != find_token(admin.open())  # another each time: nothing for compression to tell
    for token in ("", "x", other, "é", ".", own[:-1], f"0{own}", own.partition(".")[2]):
        answer = admin.client.post("/studio/sign-out", data={"csrf": token}, headers=OURS)
        assert answer.status_code == 400
    assert find_session(desk, admin.secret) is not None
    assert admin.secret not in admin.open().text


def test_a_program_may_send_the_token_as_a_header(admin: Someone) -> None:
    headers = {**OURS, "X-Wayfinder-Token": find_token(admin.open())}
    assert admin.client.post("/studio/sign-out", headers=headers).status_code == 303


def list_pages(app: Flask, desk: Desk, admin: Someone, query: str = "") -> dict[str, TestResponse]:
    stranger = open_browser(app, desk)
    found = {address: stranger.get(address + query) for address in OUTSIDE}
    return {**found, **{address: admin.get(address + query) for address in PAGES}}


def test_pages_are_guarded_and_kept_by_nobody(app: Flask, desk: Desk, admin: Someone) -> None:
    for answer in list_pages(app, desk, admin).values():
        check_guarded(answer)


def check_guarded(answer: TestResponse) -> None:
    scores = dict(list_scores(answer))
    assert score(answer) >= 130, scores
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Cookie" in answer.headers["Vary"]
    assert answer.headers["Referrer-Policy"] == "same-origin"
    page = Inline()
    page.feed(answer.text)
    assert page.refused == []
    assert page.styles == []
    assert read_policy(answer)["form-action"] == ["'self'"]
    for target in page.fetched:
        assert target.startswith(("/", "#", "otpauth://")), target
        assert not target.startswith("//")


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_pages_are_in_the_language_that_was_chosen(
    app: Flask, desk: Desk, admin: Someone, language: str
) -> None:
    for answer in list_pages(app, desk, admin, f"?lang={language}").values():
        check_language(answer.text, language)


def check_language(text: str, language: str) -> None:
    assert f'<html lang="{language}">' in text
    main = text[text.index("<main") : text.index("</main>")]
    said = re.sub(r"<[^>]+>", " ", main)
    chinese = re.findall(r"[\u4e00-\u9fff]+", said)
    if language == "en":
        assert set(chinese) <= {"青禾诊所"}, chinese
    else:
        assert chinese
    # and links keep it
    links = re.findall(r'href="(/studio/[^"]*)"', main)
    assert all(f"lang={language}" in link for link in links), links


def test_other_faces_have_no_cookies_and_send_no_address(app: Flask, admin: Someone) -> None:
    assert app.blueprints["studio"] is not None
    for path in ("/v/clinic", "/", "/api/v1/venues", "/nowhere"):
        answer = admin.get(path)
        assert "Set-Cookie" not in answer.headers
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "Cookie" not in answer.headers.get("Vary", "")


def test_a_cookie_that_is_no_secret_is_nobodys(app: Flask, desk: Desk) -> None:
    for value in ("", "x", "x" * 5000, "é", "a;b"):
        who = open_browser(app, desk)
        answer = who.client.get(
            "/studio/", headers={"Cookie": f"__Host-wayfinder={value}"}, follow_redirects=False
        )
        assert answer.status_code == 303

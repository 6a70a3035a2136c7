"""Coming in by the pages: the link, the second factor, the password and the code, and going."""

import re

from flask import Flask

from tests.services.people.conftest import GOOD, SHELL, Clock
from tests.web.studio.conftest import (
    COOKIE,
    KNOWN,
    OURS,
    Someone,
    find_room,
    find_token,
    hire,
    open_browser,
)
from wayfinder.services.attempts import Attempts
from wayfinder.services.people import roster
from wayfinder.services.people.desk import Desk
from wayfinder.services.people.roles import Role
from wayfinder.services.people.sessions import find_session
from wayfinder.services.people.totp import make_code

WEAK, WRONG = "hospital2026!", "not it"


def post(who: Someone, path: str, page: str = "", **fields: str) -> tuple[int, str, str]:
    """Send the form of a page; return the status, the page, and where it leads."""
    token = find_token(who.get(page or path))
    answer = who.client.post(path, data={"csrf": token, **fields}, headers=who.headers)
    return answer.status_code, answer.text, answer.headers.get("Location", "")


def read_secret(page: str) -> str:
    found = re.search(r'class="secret"[^>]*>([A-Z2-7 ]+)<', page)
    assert found is not None
    return found[1].replace(" ", "")


def set_up(app: Flask, desk: Desk, clock: Clock, name: str) -> tuple[Someone, str]:
    """Return the browser in which somebody has been signed in, and the secret of their codes."""
    who = open_browser(app, desk)
    post(who, "/studio/sign-in", name=hire(desk, name).name, password=GOOD)
    path = "/studio/account/second-factor"
    secret = read_secret(who.get(path).text)
    assert post(who, path, code=make_code(secret, clock.now))[0] == 200
    post(who, "/studio/sign-out", "/studio/account")
    clock.pass_by(seconds=31)
    return who, secret


def make_strict(most: int) -> Attempts:
    """Return a count of which no minute ends."""
    return Attempts(most, most_in_all=1000, clock=lambda: 0.0)


def flood(app: Flask, desk: Desk, *, known: str = "") -> None:
    """Guess at many names from the one address until no more is looked at."""
    who = open_browser(app, desk)
    if known:
        who.client.set_cookie(KNOWN, known, domain="way.example.org", secure=True)
    found = {
        post(who, "/studio/sign-in", name=f"nobody {number}", password=WRONG)[0]
        for number in range(6)
    }
    assert found == {422, 429}
    assert post(who, "/studio/sign-in", name="nobody", password=WRONG)[0] == 429


def test_a_new_person_comes_in_by_the_link_and_again_by_password_and_code(
    app: Flask, desk: Desk, clock: Clock
) -> None:
    link = roster.add(desk, "李安", Role.ADMIN, "default", by=SHELL).secret
    who = open_browser(app, desk)
    path = f"/studio/invitation/{link}"
    assert "李安" in who.get(path).text
    assert post(who, path, password=GOOD, again=GOOD + "x")[0] == 422
    assert post(who, path, password=WEAK, again=WEAK)[0] == 422
    assert post(who, path, password=GOOD, again=GOOD)[2] == "/studio/account/second-factor"
    page = who.get("/studio/account/second-factor").text
    assert who.get("/studio/", follow_redirects=True).request.path.endswith("second-factor")
    secret = read_secret(page)
    assert f"secret={secret}" in page
    path = "/studio/account/second-factor"
    assert post(who, path, code="000000")[0] == 422
    status, page, _ = post(who, path, code=make_code(secret, clock.now))
    codes = re.findall(r"<li>([0-9A-Z-]{14})</li>", page)
    assert (status, len(codes)) == (200, 10)
    assert who.get("/studio/").status_code == 200
    assert who.get(f"/studio/invitation/{link}").status_code == 410
    # out, and in again
    assert post(who, "/studio/sign-out", "/studio/account")[2] == "/studio/sign-in"
    assert who.get("/studio/account").headers["Location"] == (
        "/studio/sign-in?next=%2Fstudio%2Faccount"
    )
    done = post(who, "/studio/sign-in", name="李安", password=GOOD, next="/studio/account")
    assert done[2] == "/studio/sign-in/code?next=/studio/account"
    clock.pass_by(seconds=31)
    code = make_code(secret, clock.now)
    assert post(who, "/studio/sign-in/code", code="123456")[0] == 422
    done = post(who, "/studio/sign-in/code", code=code, next="/studio/account")
    assert done[2] == "/studio/account"
    assert "Firefox · Windows" in who.get("/studio/account").text


def test_cookies_are_the_browsers_alone(browser_of: Someone, desk: Desk) -> None:
    hire(desk, "Li An")
    answer = browser_of.client.post(
        "/studio/sign-in", data={"name": "li an", "password": GOOD}, headers=OURS
    )
    (cookie,) = answer.headers.getlist("Set-Cookie")
    assert cookie.startswith(f"{COOKIE}=")
    parts = set(cookie.split("; ")[1:])
    assert parts == {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"}
    assert KNOWN not in cookie  # not before the second factor was right


def test_the_secret_changes_with_every_step(app: Flask, desk: Desk, clock: Clock) -> None:
    staff = hire(desk, "Li An")
    who = open_browser(app, desk)
    post(who, "/studio/sign-in", name=staff.name, password=GOOD)
    first = who.secret
    page = who.get("/studio/account/second-factor").text
    code = make_code(read_secret(page), clock.now)
    post(who, "/studio/account/second-factor", code=code)
    assert who.secret not in {"", first}
    assert find_session(desk, first) is None


def test_who_is_wrong_is_told_no_more_than_that(browser_of: Someone, desk: Desk) -> None:
    hire(desk, "Li An")
    pages = []
    for name in ("Li An", "Nobody"):
        status, page, _ = post(browser_of, "/studio/sign-in", name=name, password=WRONG)
        assert status == 422
        pages.append(page.replace(name, ""))
    assert pages[0] == pages[1]


def test_a_page_says_how_long_to_wait(browser_of: Someone, desk: Desk) -> None:
    hire(desk, "Li An")
    for _ in range(5):
        assert post(browser_of, "/studio/sign-in", name="Li An", password=WRONG)[0] == 422
    status, page, _ = post(browser_of, "/studio/sign-in", name="Li An", password=GOOD)
    assert status == 429
    assert re.search(r"等 1 秒", page)


def test_who_floods_an_address_shuts_out_no_browser_that_is_known(
    app: Flask, desk: Desk, clock: Clock
) -> None:
    owner, secret = set_up(app, desk, clock, "Li An")
    begun, other_secret = set_up(app, desk, clock, "Wang Bo")
    begun.client.delete_cookie(KNOWN, domain="way.example.org")
    assert post(begun, "/studio/sign-in", name="Wang Bo", password=GOOD)[0] == 303
    find_room(app).tries = make_strict(4)
    flood(app, desk)
    answer = post(owner, "/studio/sign-in", name="Li An", password=GOOD)
    assert (answer[0], answer[2]) == (303, "/studio/sign-in/code")
    answer = post(owner, "/studio/sign-in/code", code=make_code(secret, clock.now))
    assert (answer[0], answer[2]) == (303, "/studio/")
    # who has shown the password goes on too, and a link that was handed over is taken
    answer = post(begun, "/studio/sign-in/code", code=make_code(other_secret, clock.now))
    assert (answer[0], answer[2]) == (303, "/studio/")
    link = roster.add(desk, "Chen", Role.VIEWER, "default", by=SHELL).secret
    new = open_browser(app, desk)
    assert post(new, f"/studio/invitation/{link}", password=GOOD, again=GOOD)[0] == 303


def test_no_cookie_of_ones_own_making_gets_around_the_limit(
    app: Flask, desk: Desk, clock: Clock
) -> None:
    owner, _ = set_up(app, desk, clock, "Li An")
    find_room(app).tries = make_strict(4)
    flood(app, desk, known="forged")
    for known in ("another", "x" * 43, "x" * 500):
        who = open_browser(app, desk)
        who.client.set_cookie(KNOWN, known, domain="way.example.org", secure=True)
        assert post(who, "/studio/sign-in", name="Li An", password=GOOD)[0] == 429
    # nor does one that was good: after half a year the browser is a stranger
    clock.pass_by(days=181)
    assert post(owner, "/studio/sign-in", name="Li An", password=GOOD)[0] == 429


def test_a_known_browser_uses_up_nothing_but_its_own_tries(
    app: Flask, desk: Desk, clock: Clock
) -> None:
    first, _ = set_up(app, desk, clock, "Li An")
    second, _ = set_up(app, desk, clock, "Wang Bo")
    find_room(app).own_tries = make_strict(4)
    cookie = first.client.get_cookie(KNOWN, "way.example.org")
    assert cookie is not None
    flood(app, desk, known=cookie.value)
    assert post(first, "/studio/sign-in", name="Li An", password=GOOD)[0] == 429
    assert post(second, "/studio/sign-in", name="Wang Bo", password=GOOD)[0] == 303
    unknown = open_browser(app, desk)
    assert post(unknown, "/studio/sign-in", name="Li An", password=GOOD)[0] == 303


ELSEWHERE = (
    "https://evil.example/",
    "//evil.example/",
    "/studio//evil.example",
    "/studio/\\evil.example",
    "/v/clinic",
    "javascript:alert(1)",
    "/studio/sign-out",
    "/studio/\n",
    "x" * 600,
)


def test_nobody_is_sent_elsewhere(admin: Someone) -> None:
    for goal in ELSEWHERE:
        answer = admin.get("/studio/sign-in", query_string={"next": goal})
        assert answer.headers["Location"] == "/studio/", goal


def test_signing_out_ends_the_session_for_good(admin: Someone, desk: Desk) -> None:
    secret = admin.secret
    assert find_session(desk, secret) is not None
    answer = admin.send("/studio/sign-out")
    assert answer.headers["Location"] == "/studio/sign-in"
    assert admin.secret == ""
    assert find_session(desk, secret) is None


def test_a_session_ends_after_half_an_hour_without_and_twelve_hours_with_use(
    admin: Someone, clock: Clock
) -> None:
    for _ in range(24):
        clock.pass_by(minutes=29)
        assert admin.get("/studio/").status_code == 200
    clock.pass_by(minutes=24)
    assert admin.get("/studio/").status_code == 303


def test_an_idle_session_ends(admin: Someone, clock: Clock) -> None:
    clock.pass_by(minutes=30)
    assert admin.get("/studio/").status_code == 303


def test_who_was_signed_out_is_told_that_a_form_was_not_taken(admin: Someone, clock: Clock) -> None:
    clock.pass_by(minutes=30)
    sent = admin.send("/studio/v/clinic/drafts/open?lang=en", name="New wing")
    assert sent.headers["Location"] == "/studio/sign-in?lang=en&unsent=1"
    assert "what you sent was not taken" in admin.get(sent.headers["Location"]).text
    assert "unsent" not in admin.get("/studio/v/clinic").headers["Location"]
    assert "unsent" not in admin.send("/studio/sign-out").headers["Location"]


def test_a_program_is_told_by_status(browser_of: Someone) -> None:
    answer = browser_of.get("/studio/api/nothing")
    assert answer.status_code == 404
    assert "not-found" in answer.text
    assert answer.mimetype == "application/json"

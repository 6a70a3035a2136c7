"""Every answer is guarded: MDN's table of scores, hosts, forged headers, nothing inline."""

import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.web.conftest import BASE_URL
from tests.web.pages import EXAMPLES, LEVEL
from wayfinder.services.served import Served
from wayfinder.services.venues import Venues
from wayfinder.settings import Settings
from wayfinder.web.app import create_app
from wayfinder.web.security import hash_style

WRONG = (
    "/nowhere",
    "/v/nowhere",
    "/v/clinic/place/nowhere",
    "/v/clinic/go/nowhere/PED",
    "/s/7777777",
    "/static/0123456789/nothing.css",
    "/api/v1/nowhere",
    "/api/v1/venues/nowhere",
    "/api/v1/venues/clinic/route",
    "/api/v1/venues/clinic/route?from=REG&to=PED&profile=flying",
    f"/api/v1/venues/clinic/levels/{LEVEL}.svg?width=1",
)
ALL = (*EXAMPLES, *WRONG)

# Scores of the tests of MDN's HTTP Observatory that an answer alone decides; a test that is left
# out needs a whole site. (https://github.com/mdn/mdn-http-observatory, charts of the grader)
CSP_SCORES = {
    "no-unsafe-default-src-none": 10,
    "no-unsafe": 5,
    "unsafe-inline-in-style-src-only": 0,
    "unsafe-eval": -10,
    "unsafe-inline": -20,
    "not-implemented": -25,
}


FULL = 130
"""All that an answer can get: 100, and rewards for policy, referrer, framing and isolation."""


def read_policy(response: TestResponse) -> Mapping[str, list[str]]:
    parts = response.headers.get("Content-Security-Policy", "").split(";")
    return {words[0]: words[1:] for part in parts if (words := part.split())}


def judge_policy(policy: Mapping[str, list[str]]) -> str:
    if not policy:
        return "not-implemented"
    default = policy.get("default-src", ["*"])
    scripts, styles = policy.get("script-src", default), policy.get("style-src", default)
    broad = {"*", "http:", "https:", "data:", "'unsafe-inline'"}
    if broad & set(scripts) or {"*", "http:", "https:"} & set(policy.get("object-src", default)):
        return "unsafe-inline"
    if "'unsafe-eval'" in scripts:
        return "unsafe-eval"
    if broad & set(styles):
        return "unsafe-inline-in-style-src-only"
    return "no-unsafe-default-src-none" if default == ["'none'"] else "no-unsafe"


def list_scores(response: TestResponse) -> Iterator[tuple[str, int]]:
    headers, policy = response.headers, read_policy(response)
    yield "csp", CSP_SCORES[judge_policy(policy)]
    yield "cookies", -40 if "Set-Cookie" in headers else 0
    yield "cors", -50 if headers.get("Access-Control-Allow-Origin") == "*" else 0
    private = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}
    yield "referrer-policy", 5 if headers.get("Referrer-Policy") in private else 0
    age = re.search(r"max-age=(\d+)", headers.get("Strict-Transport-Security", ""))
    half_a_year = 15_768_000
    yield "hsts", -20 if age is None else 0 if int(age[1]) >= half_a_year else -10
    yield "nosniff", 0 if headers.get("X-Content-Type-Options") == "nosniff" else -5
    framed = policy.get("frame-ancestors")
    yield "framing", 5 if framed == ["'none'"] else 0 if "X-Frame-Options" in headers else -20
    own = headers.get("Cross-Origin-Resource-Policy") in {"same-origin", "same-site"}
    yield "corp", 10 if own else 0


def score(response: TestResponse) -> int:
    """Add up as the Observatory does: rewards count from 90 up only."""
    scores = dict(list_scores(response))
    without_rewards = 100 + sum(points for points in scores.values() if points < 0)
    rewards = sum(points for points in scores.values() if points > 0)
    return without_rewards + (rewards if without_rewards >= 90 else 0)


@pytest.mark.parametrize("address", ALL)
def test_the_observatory_gives_full_marks(client: FlaskClient, address: str) -> None:
    response = client.get(address)
    assert score(response) >= FULL, dict(list_scores(response))


@pytest.mark.parametrize(
    ("name", "value", "lost"),
    [
        ("Content-Security-Policy", "script-src 'unsafe-inline' *", 35),
        ("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'", 10),
        ("Set-Cookie", "a=b", 40),
        ("Strict-Transport-Security", "max-age=60", 10),
        ("Referrer-Policy", "unsafe-url", 5),
        ("Cross-Origin-Resource-Policy", "cross-origin", 10),
    ],
)
def test_the_observatory_would_notice(
    client: FlaskClient, name: str, value: str, lost: int
) -> None:
    response = client.get("/healthz")
    response.headers[name] = value
    assert score(response) <= FULL - lost


def test_unchanged_answers_are_guarded_too(client: FlaskClient) -> None:
    first = client.get("/v/clinic")
    again = client.get("/v/clinic", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert score(again) >= FULL


@pytest.mark.parametrize("address", ALL)
def test_no_cookie_and_no_other_site_in_any_header(client: FlaskClient, address: str) -> None:
    response = client.get(address, headers={"Cookie": "session=1"})
    assert "Set-Cookie" not in response.headers
    assert "Cookie" not in response.headers.get("Vary", "")
    for _, value in response.headers:
        assert "://" not in value, value


class Inline(HTMLParser):
    """Finds what a strict policy would refuse, and what is fetched."""

    def __init__(self) -> None:
        super().__init__()
        self.refused: list[str] = []
        self.styles: list[str] = []
        self.fetched: list[str] = []
        self._in_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.refused += [f"{tag} {name}" for name in values if name == "style" or name[:2] == "on"]
        self.refused += [tag for bad in ("iframe", "object", "embed", "base") if tag == bad]
        data = values.get("type") == "application/json"
        if tag == "script" and "src" not in values and not data:
            self.refused.append("inline script")
        self._in_style = self._in_style or tag == "style"
        named = ("src", "href", "action", "srcset", "data", "poster", "xlink:href", "formaction")
        self.fetched += [value for name in named if (value := values.get(name))]

    def handle_data(self, data: str) -> None:
        if self._in_style:
            self.styles.append(data)

    def handle_endtag(self, tag: str) -> None:
        self._in_style = self._in_style and tag != "style"


@pytest.mark.parametrize("address", ALL)
def test_nothing_in_a_page_is_what_its_policy_refuses(client: FlaskClient, address: str) -> None:
    response = client.get(address)
    if not response.content_type.startswith(("text/html", "image/svg")):
        return
    page = Inline()
    page.feed(response.text)
    assert page.refused == []
    allowed = read_policy(response)["style-src"]
    for style in page.styles:
        assert f"'sha256-{hash_style(style)}'" in allowed
    for target in page.fetched:
        parts = urlsplit(target)
        assert parts.scheme in {"", "tel"}, target
        assert parts.netloc == "", target


def test_http_promises_nothing_about_https(served_clinic: Served) -> None:
    app = create_app(Venues([served_clinic]), Settings(base_url="http://way.example.org"))
    response = app.test_client().get("/healthz", headers={"Host": "way.example.org"})
    assert "Strict-Transport-Security" not in response.headers


# --- hosts ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "host",
    [
        "way.example.org",
        "way.example.org.",
        "WAY.Example.ORG",
        "way.example.org:443",
        "Way.example.org.:8080",
    ],
)
def test_the_own_name_is_answered_however_it_is_written(app: Flask, host: str) -> None:
    assert app.test_client().get("/v/clinic", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "",
        "evil.example",
        "way.example.org.evil.example",
        "evil.way.example.org",
        "way.example.org@evil.example",
        "evil.example/way.example.org",
        "way.example.org\\@evil.example",
        "way.example.org evil.example",
        "way.example.org, evil.example",
        "way.example.org:evil",
        "way.example.org:99999999",
        "way.example.org..",
        "[::1",
        "127.0.0.1",
        "xn--wy-via.example.org",
        "w" * 5000,
    ],
)
def test_no_other_name_is(app: Flask, host: str) -> None:
    response = app.test_client().get("/v/clinic", headers={"Host": host})
    assert response.status_code == 400
    assert "evil" not in response.text
    assert score(response) >= FULL


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_probes_ask_by_address(app: Flask, path: str) -> None:
    assert app.test_client().get(path, headers={"Host": "10.1.2.3:8000"}).status_code == 200


def test_another_name_is_answered_where_it_is_set(served_clinic: Served) -> None:
    settings = Settings(base_url=BASE_URL, hosts=("kiosk.local",))
    client = create_app(Venues([served_clinic]), settings).test_client()
    assert client.get("/v/clinic", headers={"Host": "kiosk.local"}).status_code == 200


FORGED = {
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Server": "evil.example",
    "X-Forwarded-Proto": "gopher",
    "X-Forwarded-Prefix": "/evil",
    "X-Forwarded-For": "6.6.6.6",
    "X-Host": "evil.example",
    "X-Original-URL": "/evil",
    "X-Rewrite-URL": "/evil",
    "Forwarded": "host=evil.example;proto=https",
}


@pytest.mark.parametrize("address", EXAMPLES)
def test_forged_headers_of_a_proxy_change_nothing(client: FlaskClient, address: str) -> None:
    plain, forged = client.get(address), client.get(address, headers=FORGED)
    assert forged.status_code == plain.status_code
    assert "evil" not in forged.text
    assert forged.headers.get("Location") == plain.headers.get("Location")


@pytest.mark.parametrize("host", ["way.example.org", "WAY.EXAMPLE.ORG.:8443"])
@pytest.mark.parametrize("address", EXAMPLES)
def test_no_address_is_built_from_the_host(app: Flask, address: str, host: str) -> None:
    text = app.test_client().get(address, headers={"Host": host}).text
    for built in re.findall(r"https?://[^/\"'<\s)]+", text, re.IGNORECASE):
        # what names vocabularies is no address that anybody asks for
        assert built in {BASE_URL, BASE_URL.upper(), "http://www.w3.org"}, built

"""Whatever comes, the answer is a page that helps or a documented error; nothing gets through."""

import json
import re
import shutil
from itertools import cycle
from pathlib import Path
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from tests.web.conftest import BASE_URL, make_client
from tests.web.pages import EXAMPLES, LEVEL, SIGN
from wayfinder.formats import read_plan
from wayfinder.model import Release
from wayfinder.resources import floorplans_dir
from wayfinder.services.served import make_served
from wayfinder.services.venues import Venues
from wayfinder.settings import Settings
from wayfinder.web.app import create_app

HOSTILE = ('"><img src=x onerror=alert(1)>', "{{1237*89}}", "</script><script>alert(1)</script>")


@pytest.mark.parametrize(
    "path",
    [
        "//evil.example",
        "//evil.example/%2e%2e",
        "///evil.example",
        "/\\evil.example",
        "/%5cevil.example",
        "/%2f%2fevil.example",
        "//evil.example/v/clinic",
        "/v/clinic//evil.example",
        "/v//evil.example",
        "/s//evil.example",
        "/%0d%0aLocation:%20//evil.example",
    ],
)
def test_no_redirect_leads_away(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    location = response.headers.get("Location", "")
    assert not location or re.match(r"/(?![/\\])", location), location
    assert response.status_code in {200, 302, 303, 308, 404}
    assert "\n" not in location


@pytest.mark.parametrize(
    "path",
    [
        "/static/x/../../pyproject.toml",
        "/static/x/%2e%2e/%2e%2e/pyproject.toml",
        "/static/x/..%2f..%2fpyproject.toml",
        "/static/x/%252e%252e%252fpyproject.toml",
        "/static/x//etc/passwd",
        "/static/x/phone/../README.md",
        "/static/x/README.md",
        "/static/x/phone/%00.js",
        "/v/clinic/floor/../../../etc/passwd",
        "/v/clinic/map/..%2f..%2fetc%2fpasswd.svg",
        "/api/v1/venues/clinic/levels/..%2f..%2fetc%2fpasswd.svg",
        "/v/..%2f..%2fetc%2fpasswd",
    ],
)
def test_nothing_outside_is_reached(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert "[project]" not in response.text
    assert "root:" not in response.text


@pytest.mark.parametrize("size", [1_000, 30_000, 300_000])
@pytest.mark.parametrize(
    "address",
    [
        "/v/clinic/search?q={}",
        "/v/clinic?start={}",
        "/v/clinic/go/{}",
        "/v/clinic/go/REG/{}",
        "/v/clinic/place/{}",
        "/v/clinic/category/{}",
        "/s/{}",
        "/v/{}",
        "/api/v1/venues/clinic/places?q={}",
        "/api/v1/venues/clinic/places/{}",
        "/api/v1/venues/clinic/route?from={}&to=PED",
        "/api/v1/venues/clinic/signs/{}",
        "/api/v1/venues/{}",
        "/?{}",
    ],
)
def test_enormous_questions_are_answered_shortly(
    client: FlaskClient, address: str, size: int
) -> None:
    response = client.get(address.format("%E5%8E%95" * (size // 9)))
    expected = {200, 302, 400, 404} if size < 8000 else {414}
    assert response.status_code in expected
    assert len(response.data) < 60_000


@pytest.mark.parametrize(
    "address", ["/v/clinic/go/" + "/".join(["REG"] * 500), "/v/clinic/go/" + "x/" * 5000]
)
def test_enormous_visits_are_cut_or_refused(client: FlaskClient, address: str) -> None:
    response = client.get(address)
    assert response.status_code in {200, 400, 404, 414}
    assert len(response.data) < 100_000


def test_many_parameters_are_ignored_by_pages_and_refused_by_the_api(client: FlaskClient) -> None:
    many = "&".join(f"p{number}={number}" for number in range(900))
    assert client.get(f"/v/clinic?{many}").status_code == 200
    assert client.get(f"/api/v1/venues?{many}").status_code == 400


@pytest.mark.parametrize(
    "query",
    [
        "profile=flying",
        "lang=tlh",
        "lang=../../etc",
        "theme=pink",
        "look=%00",
        "from=weixin&isappinstalled=0",
    ],
)
@pytest.mark.parametrize("address", [a for a in EXAMPLES if a.startswith(("/v/", "/s/", "/S/"))])
def test_pages_ignore_what_does_not_exist(client: FlaskClient, address: str, query: str) -> None:
    joint = "&" if "?" in address else "?"
    assert client.get(f"{address}{joint}{query}").status_code == 200


def test_a_place_of_nowhere_helps(client: FlaskClient) -> None:
    for address in (
        "/v/nowhere",
        "/v/clinic/place/nowhere",
        "/v/clinic/floor/nowhere",
        "/s/nowhere",
    ):
        response = client.get(address, headers={"Accept-Language": "en"})
        assert response.status_code == 404
        assert 'lang="en"' in response.text
        assert re.search(r'href="/v/clinic|href="/"', response.text), address


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PROPFIND", "get", "EVIL"])
def test_strange_methods_are_refused(client: FlaskClient, method: str) -> None:
    assert client.open("/v/clinic", method=method).status_code in {200, 405}


def test_a_crash_shows_nothing(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*_: object, **__: object) -> None:
        raise RuntimeError("the secret of the house")

    monkeypatch.setattr(Venues, "find", crash)
    for address in ("/v/clinic", "/api/v1/venues/clinic/now"):
        response = client.get(address)
        assert response.status_code == 500
        assert "secret" not in response.text
        assert "Traceback" not in response.text
        assert "RuntimeError" not in response.text


# --- names are text ------------------------------------------------------------------------------


def poison(folder: Path) -> None:
    """Give everything in a plan that has a name a hostile one; ids and codes stay."""
    names = cycle(HOSTILE)
    for file in folder.glob("*.geojson"):
        collection = json.loads(file.read_text("utf-8"))
        for feature in collection["features"]:
            properties = feature["properties"]
            for key in ("name", "short_name", "alt_name"):
                if properties.get(key):
                    properties[key] = dict.fromkeys(properties[key], next(names))
        file.write_text(json.dumps(collection), "utf-8")


@pytest.fixture(scope="module")
def poisoned(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    folder = tmp_path_factory.mktemp("plan") / "clinic"
    shutil.copytree(floorplans_dir() / "clinic", folder)
    poison(folder)
    venues = Venues([make_served("clinic", Release(read_plan(folder).plan, 1))])
    return make_client(create_app(venues, Settings(base_url=BASE_URL)))


@pytest.mark.parametrize("address", EXAMPLES)
def test_names_stay_text(poisoned: FlaskClient, address: str) -> None:
    response = poisoned.get(address)
    assert response.status_code in {200, 302}
    if response.content_type.startswith("application/json"):
        json.loads(response.text)
    elif response.content_type.startswith(("text/html", "image/svg")):
        assert "<img src=x" not in response.text
        assert "<script>alert" not in response.text
        assert "</script><script>" not in response.text
        assert "110093" not in response.text  # the product, which no time of a day looks like


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize(
    "address",
    [
        "/v/clinic/search?q={}",
        "/v/clinic/go/{}",
        "/v/clinic/go/REG/{}",
        "/v/clinic/place/{}",
        "/v/clinic?start={}",
        "/s/{}",
        "/api/v1/venues/clinic/places?q={}",
        "/api/v1/venues/clinic/route?from=REG&to={}",
    ],
)
def test_questions_stay_text(client: FlaskClient, address: str, text: str) -> None:
    response = client.get(address.format(quote(text, safe="")))
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    if response.content_type.startswith("application/json"):
        json.loads(response.text)
    else:
        assert "<img src=x" not in response.text
        assert "<script>alert" not in response.text


@given(
    st.sampled_from(["/v/{}", "/s/{}", "/v/clinic/{}", "/api/v1/{}", "/static/{}", "/{}"]),
    st.text(max_size=60),
)
def test_any_address_is_answered(anything: FlaskClient, pattern: str, text: str) -> None:
    response = anything.get(pattern.format(quote(text, errors="surrogatepass")))
    assert response.status_code < 500


@pytest.fixture(scope="module")
def anything() -> FlaskClient:
    plan = read_plan(floorplans_dir() / "clinic").plan
    venues = Venues([make_served("clinic", Release(plan, 1))])
    return make_client(create_app(venues, Settings(base_url=BASE_URL, access_log=False)))


def test_the_level_and_the_sign_of_the_examples_are_there(client: FlaskClient) -> None:
    assert client.get(f"/v/clinic/floor/{LEVEL}").status_code == 200
    assert client.get(f"/s/{SIGN}").status_code == 200

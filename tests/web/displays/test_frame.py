"""What displays keep, how they know it for ours, in which language they speak."""

import re
from hashlib import sha256

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from wayfinder.web.displays.stamp import HEADER
from wayfinder.web.displays.words import read_words, write_words
from wayfinder.web.site import KEY

KINDS = ("kiosk", "board")
NOT_FOUND = 404


@pytest.fixture
def paths(app: Flask) -> dict[str, str]:
    """Return the address of a display of each kind."""
    records = app.extensions[KEY].venues.list_displays("clinic")
    return {str(record.kind): f"/{record.kind}/{record.id}" for record in records}


def is_marked(response: TestResponse) -> bool:
    return response.headers.get(HEADER) == sha256(response.data).hexdigest()


@pytest.mark.parametrize("kind", KINDS)
def test_all_that_is_kept_is_there_and_marked(
    client: FlaskClient, paths: dict[str, str], kind: str
) -> None:
    kept = client.get(f"{paths[kind]}/kept")
    assert is_marked(kept)
    document = kept.get_json()
    assert len(set(document["files"])) == len(document["files"])
    for address in document["files"]:
        response = client.get(address)
        assert response.status_code == 200, address
        assert is_marked(response), address


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_that_a_page_loads_is_missing(
    client: FlaskClient, paths: dict[str, str], kind: str
) -> None:
    files = set(client.get(f"{paths[kind]}/kept").get_json()["files"])
    for language in ("zh-Hans", "en"):
        page = f"{paths[kind]}?lang={language}"
        assert page in files
        text = client.get(page).get_data(as_text=True)
        loaded = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', text))
        assert loaded
        assert loaded <= files


@pytest.mark.parametrize("accepted", ["identity", "gzip", "br", "zstd"])
def test_the_mark_is_that_of_the_content_before_it_is_compressed(
    client: FlaskClient, paths: dict[str, str], accepted: str
) -> None:
    plain = client.get(paths["board"])
    packed = client.get(paths["board"], headers={"Accept-Encoding": accepted})
    assert packed.headers[HEADER] == plain.headers[HEADER] == sha256(plain.data).hexdigest()
    assert (packed.headers.get("Content-Encoding") or "identity") == accepted


def test_what_is_unchanged_keeps_the_mark_that_the_browser_has(
    client: FlaskClient, paths: dict[str, str]
) -> None:
    first = client.get(f"{paths['board']}/kept")
    again = client.get(f"{paths['board']}/kept", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert HEADER not in again.headers


def test_the_worker_may_work_for_any_display(client: FlaskClient) -> None:
    worker = client.get("/display/sw.js")
    assert worker.headers["Service-Worker-Allowed"] == "/"
    assert worker.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("kind", KINDS)
def test_a_display_speaks_its_own_language_first_whoever_asks(
    client: FlaskClient, paths: dict[str, str], kind: str
) -> None:
    def ask(query: str = "") -> str:
        page = client.get(paths[kind] + query, headers={"Accept-Language": "en"})
        found = re.search(r'<html lang="([^"]+)"', page.get_data(as_text=True))
        return found[1] if found else ""

    assert ask() == "zh-Hans"
    assert ask("?lang=en") == "en"
    assert ask("?lang=fr") == "zh-Hans"


def test_an_id_counts_in_any_case_and_for_its_kind_only(
    client: FlaskClient, paths: dict[str, str]
) -> None:
    assert client.get(paths["board"].lower()).status_code == 200
    code = paths["board"].rpartition("/")[2]
    assert client.get(f"/kiosk/{code}").status_code == NOT_FOUND
    assert client.get(f"/kiosk/{code}/kept").status_code == NOT_FOUND
    assert client.get("/board/DXXXXXXX").status_code == NOT_FOUND


def test_words_of_scripts_cannot_end_their_element() -> None:
    written = write_words(("zh-Hans", "en"), ("display", "kiosk"))
    assert "<" not in written
    words = read_words("en", ("display",))
    assert words["display.map-of"]
    assert all(key.startswith("display.") for key in words)

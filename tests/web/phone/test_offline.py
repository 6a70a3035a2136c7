"""The worker, the manifest, the page for when there is no network; what the scripts weigh."""

import io
import json
import re
from html.parser import HTMLParser

import pytest
from flask.testing import FlaskClient
from PIL import Image

from wayfinder.guide.catalogues import LANGUAGES
from wayfinder.guide.step import Direction, StepKind
from wayfinder.resources import static_dir
from wayfinder.web.assets import Assets
from wayfinder.web.phone.scripts import read_words, write_words

MOST_SCRIPT_BYTES = 31_500
"""Ours: all modules and the worker, each compressed by itself."""
MODULES = [path for path in sorted((static_dir() / "phone").glob("*.js")) if path.name != "sw.js"]


def test_the_worker_answers_for_all_pages_and_is_asked_for_again(client: FlaskClient) -> None:
    answer = client.get("/sw.js")
    assert answer.status_code == 200
    assert answer.content_type.startswith("text/javascript")
    assert answer.headers["Cache-Control"] == "no-cache"
    assert (
        client.get("/sw.js", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    )
    assert answer.get_data() == (static_dir() / "phone" / "sw.js").read_bytes()


@pytest.mark.parametrize(("language", "name"), [("en", "Qinghe Clinic"), ("zh-Hans", "青禾诊所")])
def test_a_phone_can_put_the_pages_on_its_home_screen(
    client: FlaskClient, language: str, name: str
) -> None:
    answer = client.get(f"/manifest.webmanifest?venue=clinic&lang={language}")
    assert answer.content_type.startswith("application/manifest+json")
    document = json.loads(answer.get_data())
    assert document["name"] == name
    assert document["lang"] == language
    assert document["start_url"] == f"/v/clinic?lang={language}"
    assert (document["display"], document["scope"]) == ("standalone", "/")
    assert {icon["purpose"] for icon in document["icons"]} == {"any", "maskable"}
    for icon in document["icons"]:
        picture = Image.open(io.BytesIO(client.get(icon["src"]).get_data()))
        assert "{}x{}".format(*picture.size) == icon["sizes"]
    assert client.get(document["start_url"]).status_code == 200


@pytest.mark.parametrize("venue", ["", "nowhere", '"><img src=x>', "../etc"])
def test_a_manifest_for_no_venue_begins_at_the_list_of_venues(
    client: FlaskClient, venue: str
) -> None:
    answer = client.get("/manifest.webmanifest", query_string={"venue": venue})
    assert json.loads(answer.get_data())["start_url"].partition("?")[0] == "/"


def test_the_page_for_no_network_has_a_picture_of_every_step(client: FlaskClient) -> None:
    answer = client.get("/v/clinic/offline?lang=en")
    assert answer.status_code == 200
    drawn = set(re.findall(r'data-icon="([^"]+)"', answer.text))
    turns = {str(one) for one in Direction} - {"up", "down"}
    assert drawn == turns | {str(one) for one in StepKind} - {"turn", "depart"}
    assert 'data-page="offline"' in answer.text
    assert client.get("/v/nowhere/offline").status_code == 404


class _Scripts(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[dict[str, str | None]] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "script":
            self.found.append(dict(attrs))

    def handle_data(self, data: str) -> None:
        if data.lstrip().startswith("{"):
            self.words = data


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_has_one_module_and_its_words_as_data(client: FlaskClient, language: str) -> None:
    parser = _Scripts()
    parser.feed(client.get(f"/s/VQAFYHP?lang={language}").text)
    data, module = parser.found
    assert data == {"type": "application/json", "id": "wf-words"}
    assert module["type"] == "module"
    assert re.fullmatch(r"/static/[0-9a-f]+/phone/page\.js", module["src"] or "")
    assert json.loads(parser.words) == read_words(language)


def test_words_cannot_end_their_element() -> None:
    for language in LANGUAGES:
        assert not set(write_words(language)) & set("<>&\u2028\u2029")


def test_everything_that_a_script_says_has_words_and_nothing_else() -> None:
    source = "".join(path.read_text("utf-8") for path in MODULES)
    said = set(re.findall(r'\bsay\("([^"]+)"', source))
    assert len(said) > 20
    words = set(read_words("en"))
    assert said <= words
    ages = {f"contact.{age}" for age in ("old", "stale", "ended")}
    # live.js puts them together of what it is and what became of it
    news = {f"change.{what}-{how}" for what in ("machine", "place") for how in ("closed", "open")}
    made = ages | news | {"app"}
    assert [key for key in words - made if f'"{key}"' not in source] == []


def test_the_scripts_are_small() -> None:
    assets = Assets(static_dir())
    scripts = [assets.find(n) for n in assets.list_names("phone") if n.endswith(".js")]
    sizes = [len(script.encodings["br"]) for script in scripts if script is not None]
    assert len(sizes) == len(MODULES) + 1
    assert sum(sizes) < MOST_SCRIPT_BYTES


def test_the_scripts_set_no_text_as_html() -> None:
    sinks = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|srcdoc"
    )
    for path in MODULES:
        assert not sinks.search(path.read_text("utf-8")), path.name

"""Every page is closed HTML that a strict policy lets through and a screen reader can read."""

import re
from itertools import pairwise

import pytest
from flask.testing import FlaskClient

from tests.web.pages import EXAMPLES, SIGN
from tests.web.phone.html import Element
from tests.web.phone.test_home import read

PAGES = [
    (example, 200)
    for example in EXAMPLES
    if example.startswith(("/v/", "/s/")) and ".svg" not in example and "/map/" not in example
] + [
    ("/nowhere", 404),
    ("/v/none", 404),
    ("/s/VQAFYHQ", 404),
    (f"/v/clinic/go/{SIGN}/nowhere", 404),
    (f"/v/clinic/go/{SIGN}/PED?profile=bed", 200),
    (f"/v/clinic/emergency?here={SIGN}", 200),
    ("/v/clinic/parking?car=1-02", 200),
    (f"/v/clinic?here={SIGN}", 200),
    ("/v/clinic?start=zzz", 200),
]


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
@pytest.mark.parametrize(("address", "status"), PAGES)
def test_a_page_is_sound(client: FlaskClient, address: str, status: int, language: str) -> None:
    page = read(client, address, status, language)
    assert_strict(page)
    assert_readable(page, language)
    assert_whole(page)


def assert_strict(page: Element) -> None:
    """Nothing inline that runs or styles, nothing from elsewhere."""
    for element in page.walk():
        assert element.tag != "style"
        assert "style" not in element.attributes
        assert not [name for name in element.attributes if name.startswith("on")]
        for name in ("src", "href", "action"):
            value = element.attributes.get(name, "/")
            shared = element.parent is not None and element.parent.has("class", "share-link")
            assert value.startswith(("/", "#", "?", "tel:")) or shared, value
            assert not value.startswith("//")
        if element.tag == "script":
            assert element.attributes.get("type") in {"module", "application/json"}


def assert_readable(page: Element, language: str) -> None:
    """One heading of the first level, names for all that can be pressed, labels for fields."""
    assert page.get("html").attributes["lang"] == language
    assert len(page.list("h1")) == 1
    assert page.get("title").text
    assert len(page.list("main")) == 1
    assert page.get("a", class_="skip").attributes["href"] == "#main"
    for pressed in (*page.list("a"), *page.list("button")):
        assert pressed.text or pressed.attributes.get("aria-label"), pressed.attributes
    labelled = {label.attributes.get("for") for label in page.list("label")}
    for name in ("input", "select", "textarea"):
        for one in page.list(name):
            assert one.attributes.get("type") == "hidden" or one.attributes["id"] in labelled
    levels = [int(one.tag[1]) for one in page.walk() if re.fullmatch("h[1-6]", one.tag)]
    assert all(after - before <= 1 for before, after in pairwise(levels))


def assert_whole(page: Element) -> None:
    """No id twice, no reference to nothing, no word missing."""
    ids = [one.attributes["id"] for one in page.walk() if "id" in one.attributes]
    assert len(ids) == len(set(ids))
    for element in page.walk():
        for name in ("aria-labelledby", "aria-describedby", "for"):
            for wanted in element.attributes.get(name, "").split():
                assert wanted in ids, wanted
        href = element.attributes.get("href", "")
        if href.startswith("#") and element.tag in {"a", "use"}:
            assert href[1:] in ids, href
    assert "web." not in page.text
    assert "None" not in page.text.replace("Nonesuch", "")
    assert not re.search(r"\{\w*\}", page.get("main").text)

"""Preferences travel in the address and in nothing else."""

import pytest
from flask.testing import FlaskClient

from tests.web.pages import EXAMPLES, SIGN
from tests.web.phone.html import parse
from tests.web.phone.test_home import read

CHOSEN = "lang=en&look=elder&theme=dark&profile=wheelchair"
PAGES = [
    example
    for example in EXAMPLES
    if example.startswith(("/v/", "/s/")) and ".svg" not in example and "/map/" not in example
]


@pytest.mark.parametrize("address", PAGES)
def test_links_keep_what_was_chosen(client: FlaskClient, address: str) -> None:
    separator = "&" if "?" in address else "?"
    page = read(client, f"{address}{separator}{CHOSEN}", language="zh-CN")
    root = page.get("html")
    assert root.attributes["lang"] == "en"
    assert root.attributes["data-look"] == "elder"
    assert root.attributes["data-theme"] == "dark"
    links = [link.attributes for link in page.list("a")]
    own = [
        link["href"]
        for link in links
        if link["href"].startswith("/") and "data-pref" not in link and "http" not in link["href"]
    ]
    shared = [link.text for link in page.list("p", class_="share-link")]
    assert own
    for href in own:
        if shared and "look" not in href:
            continue  # what is shared says who travels, not how somebody reads
        for part in CHOSEN.split("&"):
            assert part in href, href
    for form in page.list("form"):
        fields = {field.attributes["name"]: field.attributes for field in form.list("input")}
        assert fields["lang"]["value"] == "en"
        assert fields["look"]["value"] == "elder"


@pytest.mark.parametrize("address", PAGES)
def test_what_nobody_chose_is_in_no_link(client: FlaskClient, address: str) -> None:
    page = read(
        client, f"{address}{'&' if '?' in address else '?'}from=groupmessage&isappinstalled=0"
    )
    for link in page.list("a"):
        href = link.attributes["href"]
        assert "groupmessage" not in href
        if "data-pref" not in link.attributes:
            assert "lang=" not in href
            assert "look=" not in href


def test_each_choice_can_be_made_and_undone_on_the_page(client: FlaskClient) -> None:
    page = read(client, f"/v/clinic/go/{SIGN}/PED?profile=wheelchair&look=elder-24&theme=dark")
    choices = {
        (link.attributes["data-pref"], link.attributes["data-value"]): link.attributes
        for link in page.list("a")
        if "data-pref" in link.attributes
    }
    assert choices["lang", "zh-Hans"]["href"].count("lang=zh-Hans") == 1
    assert choices["lang", "zh-Hans"]["lang"] == "zh-Hans"
    assert "look" not in choices["look", ""]["href"]
    assert "profile=walk" in choices["profile", "walk"]["href"]
    assert "profile" not in choices["profile", "easy"]["href"]
    assert "theme" not in choices["theme", ""]["href"]
    current = {key for key, link in choices.items() if link.get("aria-current")}
    assert current == {("profile", "wheelchair"), ("look", "elder-24"), ("theme", "dark")}
    for link in choices.values():
        assert client.get(link["href"]).status_code == 200


@pytest.mark.parametrize(
    ("query", "profile"),
    [
        ("", "walk"),
        ("?look=elder", "easy"),
        ("?look=elder&profile=walk", "walk"),
        ("?look=elder-30&profile=wheelchair", "wheelchair"),
        ("?profile=easy", "easy"),
    ],
)
def test_who_wants_large_letters_is_spared_the_stairs(
    client: FlaskClient, query: str, profile: str
) -> None:
    page = read(client, f"/v/clinic/go/{SIGN}/PED{query}")
    chosen = {
        link.attributes["data-value"]
        for link in page.list("a")
        if link.attributes.get("data-pref") == "profile" and link.attributes.get("aria-current")
    }
    assert chosen == {profile}


@pytest.mark.parametrize(
    "query",
    [
        "lang=xx",
        "lang=" + "x" * 2000,
        "profile=unknown",
        "look=%3Cb%3E",
        "theme=neon",
        "here=%00%0A",
        "here=VQAFYHQ",
        "here=" + "9" * 500,
        "at=yesterday",
        "order=worst",
        "from=timeline&isappinstalled=0",
    ],
)
def test_what_cannot_be_is_as_if_it_was_not_given(client: FlaskClient, query: str) -> None:
    for address in ("/v/clinic", f"/v/clinic/go/{SIGN}/PED", "/v/clinic/search"):
        response = client.get(f"{address}?{query}")
        assert response.status_code == 200
        parse(response.text)


def test_the_language_is_that_of_the_header_and_both_are_complete(client: FlaskClient) -> None:
    chinese = read(client, "/v/clinic", language="zh-CN,zh;q=0.9,en;q=0.8")
    assert chinese.get("html").attributes["lang"] == "zh-Hans"
    assert chinese.get("h1").text == "您要去哪里？"
    english = read(client, "/v/clinic", language="fr, en-US;q=0.5")
    assert english.get("h1").text == "Where would you like to go?"


def test_no_page_sets_anything_on_the_phone(client: FlaskClient) -> None:
    for address in PAGES:
        assert "Set-Cookie" not in client.get(address).headers

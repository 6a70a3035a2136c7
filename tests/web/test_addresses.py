"""Addresses are promises: the list of them, and an answer at each."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.pages import ADDRESSES, EXAMPLES


def test_the_addresses_are_those_of_the_list(app: Flask) -> None:
    assert {rule.rule for rule in app.url_map.iter_rules()} == set(ADDRESSES)


@pytest.mark.parametrize("address", EXAMPLES)
def test_there_is_an_answer(client: FlaskClient, address: str) -> None:
    response = client.get(address)
    # the only venue is shown at once
    assert response.status_code == (302 if address == "/" else 200)
    if address == "/":
        assert response.headers["Location"].startswith("/v/clinic")


@pytest.mark.parametrize("address", EXAMPLES)
def test_head_says_what_get_says(client: FlaskClient, address: str) -> None:
    got, head = client.get(address), client.head(address)
    assert head.status_code == got.status_code
    assert head.content_type == got.content_type
    assert head.data == b""


@pytest.mark.parametrize("address", EXAMPLES)
def test_what_nobody_may_do_is_405_and_says_what_one_may(client: FlaskClient, address: str) -> None:
    response = client.put(address)
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]

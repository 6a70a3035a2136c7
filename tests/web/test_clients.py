"""Who asks: told apart by address, also behind a proxy, and by nothing that they say themselves."""

import pytest
from flask import Flask, request

from tests.web.conftest import BASE_URL
from wayfinder.services.served import Served
from wayfinder.services.venues import Venues
from wayfinder.settings import Settings
from wayfinder.web.app import create_app
from wayfinder.web.security import find_client, get_client

PROXIES = ("127.0.0.1/32", "10.0.0.0/8", "fd00::/8")


@pytest.mark.parametrize(
    ("peer", "forwarded", "found"),
    [
        ("203.0.113.5", "", "203.0.113.5"),
        ("203.0.113.5", "6.6.6.6", "203.0.113.5"),  # no proxy of ours: it may say what it likes
        ("127.0.0.1", "203.0.113.5", "203.0.113.5"),
        ("127.0.0.1", "6.6.6.6, 203.0.113.5", "203.0.113.5"),
        ("127.0.0.1", "6.6.6.6, 203.0.113.5, 10.1.2.3", "203.0.113.5"),
        ("fd00::1", "2001:db8::1", "2001:db8::1"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "nonsense", "127.0.0.1"),
        ("127.0.0.1", "203.0.113.5, nonsense", "127.0.0.1"),
        ("127.0.0.1", "10.9.9.9", "10.9.9.9"),
        ("", "6.6.6.6", ""),
        ("unix:", "6.6.6.6", "unix:"),
    ],
)
def test_the_last_one_that_no_proxy_of_ours_stands_for(
    peer: str, forwarded: str, found: str
) -> None:
    assert find_client(peer, forwarded, PROXIES) == found


@pytest.mark.parametrize(("proxies", "found"), [((), "10.0.0.1"), (("10.0.0.1",), "203.0.113.5")])
def test_it_is_told_views_and_nothing_else_is(
    served_clinic: Served, proxies: tuple[str, ...], found: str
) -> None:
    app = create_app(Venues([served_clinic]), Settings(base_url=BASE_URL, proxies=proxies))
    seen = ask(app, {"X-Forwarded-For": "203.0.113.5", "X-Forwarded-Proto": "gopher"})
    assert seen == [found]


def ask(app: Flask, headers: dict[str, str]) -> list[str]:
    seen: list[str] = []

    def note() -> None:
        seen.append(get_client(request.environ))
        assert not [name for name in request.environ if "FORWARDED" in name]

    app.before_request(note)
    peer = {"REMOTE_ADDR": "10.0.0.1"}
    answer = app.test_client().get("/healthz", headers=headers, environ_base=peer)
    assert answer.status_code == 200
    return seen

"""Which language is answered in."""

import pytest
from flask.testing import FlaskClient

from wayfinder.web.language import find_spoken, negotiate


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh-Hans"),
        ("zh", "zh-Hans"),
        ("zh-Hant-TW", "zh-Hans"),
        ("en-GB,en;q=0.9", "en"),
        ("de,en;q=0.5,zh;q=0.4", "en"),
        ("de,zh;q=0.5,en;q=0.4", "zh-Hans"),
        ("de, fr;q=0.5", "en"),
        ("en;q=0, zh", "zh-Hans"),
        ("EN-us", "en"),
        ("*", None),
        ("de, *;q=0.1", None),
        ("", None),
        (";;;,,,q=", None),
        ("../../etc/passwd", None),
    ],
)
def test_headers(header: str, language: str | None) -> None:
    assert negotiate(header) == language


@pytest.mark.parametrize("tag", ["zh", "zh_CN", "ZH-hans", "en", "en-GB-oxendict"])
def test_tags_that_are_spoken(tag: str) -> None:
    assert find_spoken(tag) in {"zh-Hans", "en"}


@pytest.mark.parametrize("tag", ["de", "", "zhx", "english", "e", "en-" + "x" * 50])
def test_tags_that_are_not(tag: str) -> None:
    assert find_spoken(tag) is None


def test_what_is_asked_goes_before_the_header(client: FlaskClient) -> None:
    english = client.get("/nowhere?lang=en", headers={"Accept-Language": "zh"})
    unknown = client.get("/nowhere?lang=tlh", headers={"Accept-Language": "en"})
    nothing = client.get("/nowhere")
    assert '<html lang="en"' in english.text
    assert '<html lang="en"' in unknown.text
    assert '<html lang="zh-Hans"' in nothing.text

"""Static files: kept for a year under an address that changes with them."""

import gzip
import re
from pathlib import Path

import brotli
import pytest
from flask.testing import FlaskClient

from wayfinder.resources import static_dir
from wayfinder.web.assets import Assets

NAME = "api/docs.css"


def make_folder(folder: Path, style: str = "a{}") -> Assets:
    (folder / "phone").mkdir(exist_ok=True)
    (folder / "map").mkdir(exist_ok=True)
    (folder / "phone" / "page.css").write_text(style * 100, "utf-8")
    (folder / "phone" / "page.js").write_text("export {}", "utf-8")
    (folder / "phone" / "notes.md").write_text("secret", "utf-8")
    (folder / "map" / "light.json").write_text("{}", "utf-8")
    return Assets(folder)


def test_the_address_changes_with_the_folder_and_with_nothing_else(tmp_path: Path) -> None:
    before = make_folder(tmp_path)
    same = make_folder(tmp_path)
    after = make_folder(tmp_path, "b{}")
    assert before.get_path("phone/page.css") == same.get_path("phone/page.css")
    assert before.get_path("phone/page.css") != after.get_path("phone/page.css")
    # modules name each other by relative addresses: one hash for all of them
    assert before.get_path("phone/page.js") != after.get_path("phone/page.js")
    assert before.get_path("map/light.json") == after.get_path("map/light.json")


def test_no_rule_is_lost_with_a_selector_that_a_browser_does_not_know() -> None:
    for path in static_dir().rglob("*.css"):
        style = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL)
        for selectors in re.findall(r"([^{}@]*:has\([^{}]*)\{", style):
            parts = re.split(r",(?![^()]*\))", selectors)  # and not those of :is(a, b)
            assert all(":has(" in part for part in parts), f"{path.name}: {selectors}"


def test_only_what_browsers_need_is_served(tmp_path: Path) -> None:
    assets = make_folder(tmp_path)
    assert assets.list_names("phone") == ("phone/page.css", "phone/page.js")
    assert assets.find("phone/notes.md") is None
    with pytest.raises(LookupError, match=r"notes\.md"):
        assets.get_path("phone/notes.md")


def test_a_current_address_is_kept_for_a_year_and_an_old_one_is_not(client: FlaskClient) -> None:
    current = client.get(Assets(static_dir()).get_path(NAME))
    old = client.get(f"/static/0123456789/{NAME}")
    assert current.data == old.data == (static_dir() / NAME).read_bytes()
    assert current.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert old.headers["Cache-Control"] == "no-cache"
    assert current.content_type == "text/css; charset=utf-8"


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [("br, gzip", "br"), ("gzip, deflate", "gzip"), ("identity", None), ("br;q=0, gzip", "gzip")],
)
def test_it_is_compressed_as_the_browser_can(
    client: FlaskClient, accepted: str, encoding: str | None
) -> None:
    response = client.get(f"/static/0/{NAME}", headers={"Accept-Encoding": accepted})
    assert response.headers.get("Content-Encoding") == encoding
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[encoding]
    assert unpack(response.data) == (static_dir() / NAME).read_bytes()
    assert "Accept-Encoding" in response.headers["Vary"]

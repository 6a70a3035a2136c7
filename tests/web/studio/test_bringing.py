"""New venues, plans and pictures come in by forms; what is wrong with them is said."""

import re
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from tests.services.uploads.files import make_imdf, make_pdf, make_picture
from tests.web.studio.bringing import follow, list_actions, post
from tests.web.studio.bringing import no_files as no_files  # noqa: PLC0414 - a fixture
from tests.web.studio.conftest import Someone, find_room, find_token, hire, let_in, open_browser
from wayfinder.formats import read_plan as read_file
from wayfinder.formats.imdf_write import write_imdf
from wayfinder.resources import floorplans_dir
from wayfinder.services import plan_images
from wayfinder.services.drafts import list_drafts, read_plan
from wayfinder.services.people.desk import Desk
from wayfinder.services.people.roles import Role
from wayfinder.services.plan_images import list_images
from wayfinder.services.uploads import UploadError
from wayfinder.store.audit import list_entries
from wayfinder.web.studio.bodies import MOST_BYTES

SITE = {
    "slug": "east",
    "name-zh-Hans": "东院",
    "name-en": "East Campus",
    "lat": "30.27, 120.15",
    "zone": "Asia/Shanghai",
    "width": "200",
}


def test_a_venue_begins_with_nothing(app: Flask, admin: Someone) -> None:
    room = find_room(app)
    assert "/studio/o/default/new" in admin.get("/studio/").text
    assert admin.get("/studio/new").headers["Location"] == "/studio/o/default/new"
    answer = post(admin, "/studio/o/default/new", start="empty", **SITE)
    (draft,) = list_drafts(room.drafts, "east")
    assert answer.headers["Location"] == f"/studio/v/east/drafts/{draft.id}/edit"
    plan = read_plan(room.drafts, "east", draft.id).plan
    assert plan.venue is not None
    assert dict(plan.venue.name) == {"zh-Hans": "东院", "en": "East Campus"}
    assert (plan.frame.lon, plan.frame.lat) == (120.15, 30.27)
    assert plan.venue.wayfinder["time_zone"] == "Asia/Shanghai"
    (level,) = plan.levels
    shape = plan.find_geometry_m(level.id)
    assert shape is not None
    assert shape.area == pytest.approx(200 * 200, rel=0.001)
    assert list_actions(room.desk)[:2] == ["draft-opened", "venue-made"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"slug": "East Wing"}, "small letters"),
        ({"slug": "clinic"}, "clinic"),
        ({"lat": "abc"}, "no number"),
        ({"lat": "99, 9"}, "between -85 and 85"),
        ({"zone": ""}, "time zone"),
        ({"zone": "Mars/Olympus"}, "time zone"),
        ({"width": "3"}, "wide"),
        ({"name-zh-Hans": "", "name-en": " "}, "name"),
        ({"start": "sideways"}, "begin with"),
        ({"start": "picture"}, "Choose one first"),
        ({"start": "plan"}, "Choose one first"),
        ({"start": "picture", "pages": "x"}, "no list of pages"),
    ],
)
def test_what_cannot_be_is_said_and_kept_in_the_form(
    app: Flask, admin: Someone, change: dict[str, str], said: str
) -> None:
    fields = {"start": "empty", **SITE, **change}
    answer = post(admin, "/studio/o/default/new?lang=en", **fields)
    assert answer.status_code == 422
    alert = re.search(r'role="alert"[^>]*>.*?<span>(.*?)</span>', answer.text, re.DOTALL)
    assert alert is not None
    assert said in alert[1]
    assert f'value="{fields["slug"]}"' in answer.text
    with find_room(app).desk.store.read() as connection:
        assert "east" not in {entry.venue for entry in list_entries(connection, "default")}


def test_who_is_admin_of_one_venue_makes_no_other(app: Flask, desk: Desk) -> None:
    who = let_in(app, desk, hire(desk, "Clinic Admin", Role.ADMIN, venue="clinic"))
    assert "/new" not in who.get("/studio/").text
    assert who.get("/studio/new").status_code == 403
    assert who.get("/studio/o/default/new").status_code == 403
    assert post(who, "/studio/o/default/new", start="empty", **SITE).status_code == 403


def test_a_venue_begins_with_a_picture(app: Flask, admin: Someone) -> None:
    room = find_room(app)
    answer = post(
        admin,
        "/studio/o/default/new",
        (make_pdf(2, (400, 200)), "楼层.pdf"),
        start="picture",
        pages="1-2",
        **SITE,
    )
    page = follow(admin, answer)
    (draft,) = list_drafts(room.drafts, "east")
    assert page.request.path == f"/studio/v/east/drafts/{draft.id}/images"
    # nothing of it is published, and it has its name and its time all the same
    home = admin.get("/studio/v/east?lang=en").text
    assert "East Campus" in home
    assert "East Campus" in admin.get("/studio/?lang=en").text
    (image, _) = list_images(room.desk.store, "east")
    local = image.made_at.astimezone(ZoneInfo("Asia/Shanghai"))
    assert f"{local:%Y-%m-%d %H:}" in admin.get("/studio/v/east/drafts").text
    first, second = list_images(room.desk.store, "east")
    assert [first.name, second.name] == ["楼层.pdf · 1", "楼层.pdf · 2"]
    # as large as the site at first
    assert first.width_px * first.placement["m_per_px"] == pytest.approx(200, rel=0.01)
    assert page.text.count("data-placing") == 2
    picture = admin.get(f"/studio/v/east/images/{first.id}/picture")
    assert (picture.status_code, picture.mimetype) == (200, "image/webp")
    assert list_actions(room.desk)[0] == "image-brought"
    assert list(room.uploads._folder.iterdir()) == []


@pytest.mark.parametrize("start", ["empty", "picture"])
def test_a_form_that_is_sent_twice_makes_one_venue(app: Flask, admin: Someone, start: str) -> None:
    room, path = find_room(app), "/studio/o/default/new"
    key = re.search(r'name="key" value="([^"]+)"', admin.get(path).text)
    assert key is not None
    fields = {**SITE, "start": start, "key": key[1]}
    sent = (make_pdf(1, (40, 20)), "a.pdf")
    first = follow(admin, post(admin, path, sent, **fields))
    again = follow(admin, post(admin, path, sent, **fields))
    assert again.request.path == first.request.path
    assert len(list_drafts(room.drafts, "east")) == 1
    assert len(list_images(room.desk.store, "east")) == (1 if start == "picture" else 0)
    # another form is another venue
    other = post(admin, f"{path}?lang=en", sent, **SITE, start=start)
    assert other.status_code == 422
    assert f'value="{key[1]}"' not in other.text


@pytest.mark.parametrize("died", ["add_plan_image", "amend"])
def test_who_is_killed_while_a_venue_is_made_leaves_all_of_it_or_nothing(
    app: Flask, admin: Someone, monkeypatch: pytest.MonkeyPatch, died: str
) -> None:
    room, path = find_room(app), "/studio/o/default/new"

    def die(*_: object, **__: object) -> None:
        raise UploadError("lost")  # what whoever looks next finds

    where: object = plan_images if died == "add_plan_image" else room.uploads
    sent, fields = (make_pdf(1, (40, 20)), "a.pdf"), {**SITE, "start": "picture"}
    key = "00000000-0000-4000-8000-000000000000"
    with monkeypatch.context() as patch:
        patch.setattr(where, died, die)
        page = follow(admin, post(admin, path, sent, **fields, key=key))
    if died == "add_plan_image":
        assert page.status_code == 422
        assert f'value="{key}"' in page.text
        assert "venue-made" not in list_actions(room.desk)
        page = follow(admin, post(admin, path, sent, **fields, key=key))
    (draft,) = list_drafts(room.drafts, "east")
    assert page.request.path == f"/studio/v/east/drafts/{draft.id}/images"
    assert len(list_images(room.desk.store, "east")) == 1


@pytest.mark.parametrize("start", ["picture", "plan"])
def test_a_file_that_cannot_be_read_makes_no_venue(app: Flask, admin: Someone, start: str) -> None:
    sent = (b"\x00\x01", "a.bin")
    page = follow(admin, post(admin, "/studio/o/default/new?lang=en", sent, start=start, **SITE))
    assert page.status_code == 422
    assert "a.bin" in page.text or "This picture cannot be read" in page.text
    # what was typed is there once more
    assert all(f'value="{SITE[name]}"' in page.text for name in ("slug", "name-zh-Hans", "width"))
    assert "venue-made" not in list_actions(find_room(app).desk)
    assert admin.get("/studio/v/east").status_code == 404
    assert list(find_room(app).uploads._folder.iterdir()) == []


def test_a_venue_begins_with_a_plan(app: Flask, admin: Someone) -> None:
    sent = (make_imdf(), "house.zip")
    page = follow(admin, post(admin, "/studio/o/default/new?lang=en", sent, start="plan", **SITE))
    assert page.request.path.startswith("/studio/v/east/import/")
    assert "all of it is new" in page.text
    assert list_actions(find_room(app).desk)[0] == "venue-made"
    # the form was sent twice: nobody is told that it is there already
    again = follow(admin, post(admin, "/studio/o/default/new?lang=en", sent, start="plan", **SITE))
    assert again.request.path.startswith("/studio/v/east/import/")
    assert list_actions(find_room(app).desk).count("venue-made") == 1


def test_a_picture_is_measured_moved_and_taken_away(app: Flask, admin: Someone) -> None:
    room = find_room(app)
    post(admin, "/studio/o/default/new", start="empty", **SITE)
    (draft,) = list_drafts(room.drafts, "east")
    path = f"/studio/v/east/drafts/{draft.id}/images"
    follow(admin, post(admin, path, (make_picture(size=(400, 200)), "plan.png")))
    (image,) = list_images(room.desk.store, "east")
    line = {"x1": "100", "y1": "150", "x2": "100", "y2": "50", "length_m": "20"}
    one = f"{path}/{image.id}"
    answer = post(admin, f"{one}/measure", **line, along="east")
    assert answer.headers["Location"] == f"{path}#image-{image.id}"
    (image,) = list_images(room.desk.store, "east")
    assert image.placement["m_per_px"] == pytest.approx(0.2)
    assert image.placement["turn_deg"] == pytest.approx(90)
    numbers = {"x_m": "1.5", "y_m": "-2", "m_per_px": "0.1", "turn_deg": "370", "opacity": "40"}
    post(admin, f"{one}/place", **numbers)
    (image,) = list_images(room.desk.store, "east")
    assert dict(image.placement) == {
        "x_m": 1.5,
        "y_m": -2.0,
        "m_per_px": 0.1,
        "turn_deg": 10.0,
        "opacity": 0.4,
    }
    for where, fields in (
        ("measure", {**line, "x2": "101", "y2": "149"}),
        ("measure", {**line, "length_m": ""}),
        ("place", {**numbers, "m_per_px": "0"}),
    ):
        assert post(admin, f"{one}/{where}", **fields).status_code == 422
    found = admin.get("/studio/api/v/east/images").json
    assert found is not None
    (described,) = found["images"]
    assert described["extent_m"] == [-18.5, -12.0, 21.5, 8.0]
    moved = admin.client.post(
        f"/studio/api/v/east/images/{image.id}/placement",
        json={"x_m": 3, "opacity": 1},
        headers={**admin.headers, "X-Wayfinder-Token": find_token(admin.open())},
    )
    assert moved.json is not None
    assert (moved.json["placement"]["x_m"], moved.json["placement"]["y_m"]) == (3.0, -2.0)
    # no floor that nobody has drawn, and measuring, placing and dragging are noted as one
    astray = {"level": "no floor of this venue"}
    admin.client.post(
        f"/studio/api/v/east/images/{image.id}/placement",
        json=astray,
        headers={**admin.headers, "X-Wayfinder-Token": find_token(admin.open())},
    )
    assert list_images(room.desk.store, "east")[0].level == image.level
    assert list_actions(room.desk)[:2] == ["image-placed", "image-brought"]
    post(admin, f"{one}/remove")
    assert list_images(room.desk.store, "east") == []


def test_a_plan_becomes_a_draft_after_a_look(app: Flask, admin: Someone) -> None:
    room = find_room(app)
    path = "/studio/v/clinic/import"
    page = follow(admin, post(admin, f"{path}?lang=en", (make_imdf(), "house.zip")))
    assert "Compared with release 1" in page.text
    counted = re.findall(r"<strong>\d+</strong> ([a-z ]+)</li>", page.text)
    assert counted == ["floor", "rooms and corridors", "doors", "facilities", "departments"]
    assert list_drafts(room.drafts, "clinic") == []
    answer = post(admin, f"{page.request.path}?lang=en", name="A house")
    assert list_drafts(room.drafts, "clinic") == []
    page = follow(admin, answer)
    (draft,) = list_drafts(room.drafts, "clinic")
    assert page.request.path == f"/studio/v/clinic/drafts/{draft.id}"
    assert "The draft “A house” is made" in page.text
    assert "Imported a plan" in page.text
    assert (draft.name, draft.head) == ("A house", 1)
    assert "A" in read_plan(room.drafts, "clinic", draft.id).plan
    assert list(room.uploads._folder.iterdir()) == []
    assert admin.get(answer.headers["Location"]).status_code == 404


def test_a_plan_that_brings_nothing_new_becomes_no_draft(
    app: Flask, admin: Someone, tmp_path: Path
) -> None:
    path = "/studio/v/clinic/import"
    plan = read_file(floorplans_dir() / "clinic").plan
    sent = write_imdf(plan, tmp_path / "same.zip").read_bytes()
    page = follow(admin, post(admin, f"{path}?lang=en", (sent, "same.zip")))
    assert "The same as release 1" in page.text
    answer = follow(admin, post(admin, f"{page.request.path}?lang=en"))
    assert answer.status_code == 422
    assert "no draft is needed" in answer.text
    assert not any(one.is_open for one in list_drafts(find_room(app).drafts, "clinic"))


def test_a_plan_may_be_thrown_away(app: Flask, admin: Someone) -> None:
    page = follow(admin, post(admin, "/studio/v/annex/import?lang=en", (make_imdf(), "house.zip")))
    assert "all of it is new" in page.text
    post(admin, f"{page.request.path}/drop")
    assert admin.get(page.request.path).status_code == 404
    assert list_drafts(find_room(app).drafts, "annex") == []


def test_what_cannot_be_read_says_why(admin: Someone) -> None:
    page = follow(admin, post(admin, "/studio/v/clinic/import?lang=en", (b"\x00\x01", "a.bin")))
    assert page.status_code == 422
    assert "a.bin" in page.text
    assert "Try again" in page.text


def test_what_somebody_brought_is_theirs_alone(app: Flask, desk: Desk, admin: Someone) -> None:
    page = follow(admin, post(admin, "/studio/v/clinic/import", (make_imdf(), "house.zip")))
    other = let_in(app, desk, hire(desk, "Bo", Role.EDITOR))
    assert other.get(page.request.path).status_code == 404
    assert admin.get(page.request.path.replace("clinic", "annex")).status_code == 404
    assert admin.get(page.request.path).status_code == 200


def test_large_bodies_are_taken_where_files_are_and_from_whoever_is_signed_in(
    app: Flask, admin: Someone
) -> None:
    data = bytes(100_000)
    assert post(admin, "/studio/v/clinic/import", (data, "a.zip")).status_code == 303
    assert post(admin, "/studio/v/clinic/drafts/open", (data, "a.zip")).status_code == 413
    assert set(MOST_BYTES) <= {rule.endpoint.partition(".")[2] for rule in app.url_map.iter_rules()}
    large = admin.client.post(
        "/studio/v/clinic/directory?lang=en",
        data=bytes(9 * 2**20),
        headers=admin.headers,
        content_type="multipart/form-data; boundary=x",
    )
    assert large.status_code == 413
    assert "larger than 8 MB" in large.text
    nobody = open_browser(app, admin.desk)
    answer = nobody.client.post(
        "/studio/v/clinic/import", data={"file": (BytesIO(data), "a.zip")}, headers=nobody.headers
    )
    assert answer.headers["Location"].startswith("/studio/sign-in")

"""The page of plan images: what its forms send is what they show."""

from uuid import uuid4

from flask import Flask

from tests.services.uploads.files import make_picture
from tests.web.phone.html import parse
from tests.web.studio.bringing import follow, post
from tests.web.studio.bringing import no_files as no_files  # noqa: PLC0414 - a fixture
from tests.web.studio.conftest import Someone, find_room
from wayfinder.edit import parse_action
from wayfinder.services.drafts import Sent, append, open_draft
from wayfinder.services.plan_images import list_images
from wayfinder.store.audit import Actor


def read_form(page: str, ending: str) -> dict[str, str]:
    """Return what a browser sends of a form that nobody touches, but for its token."""
    form = next(
        one
        for one in parse(page).list("form")
        if one.attributes["action"].partition("?")[0].endswith(ending)
    )
    fields = {
        one.attributes["name"]: one.attributes.get("value", "")
        for one in form.list("input")
        if one.attributes["name"] != "csrf"
    }
    for choice in form.list("select"):
        options = choice.list("option")
        chosen = next((one for one in options if "selected" in one.attributes), options[0])
        fields[choice.attributes["name"]] = chosen.attributes["value"]
    return fields


def test_an_image_of_another_drafts_floor_stays_under_it(app: Flask, admin: Someone) -> None:
    room, who, level = find_room(app), Actor("Li An"), str(uuid4())
    first = open_draft(room.drafts, "clinic", "A", who=who)
    action = parse_action(
        {"kind": "add-level", "id": level, "ordinal": 7, "short_name": {"en": "7"}}
    )
    append(room.drafts, "clinic", first.id, action, Sent("person:1", "key", 0))
    path = f"/studio/v/clinic/drafts/{first.id}/images"
    follow(admin, post(admin, path, (make_picture(size=(40, 20)), "seven.png"), level=level))
    (image,) = list_images(room.desk.store, "clinic")
    assert image.level == level

    second = open_draft(room.drafts, "clinic", "B", who=who)
    path = f"/studio/v/clinic/drafts/{second.id}/images"
    fields = read_form(admin.get(f"{path}?lang=en").text, f"/{image.id}/place")
    post(admin, f"{path}/{image.id}/place", **{**fields, "x_m": "3.5"})
    (image,) = list_images(room.desk.store, "clinic")
    assert (image.level, image.placement["x_m"]) == (level, 3.5)
    # who chooses a floor of this draft gets it
    floor = next(
        one.attributes["value"]
        for one in parse(admin.get(path).text).get("select", name="level").list("option")
        if one.attributes["value"]
    )
    post(admin, f"{path}/{image.id}/place", **{**fields, "level": floor})
    assert list_images(room.desk.store, "clinic")[0].level == floor


def test_before_an_image_is_removed_it_is_said_what_is_lost(app: Flask, admin: Someone) -> None:
    room = find_room(app)
    draft = open_draft(room.drafts, "clinic", "A", who=Actor("Li An"))
    path = f"/studio/v/clinic/drafts/{draft.id}/images"
    follow(admin, post(admin, path, (make_picture(size=(40, 20)), "east.png")))
    (image,) = list_images(room.desk.store, "clinic")
    action = f"{path}/{image.id}/remove"
    for language, lost in (("en", "placed, turned and scaled is lost"), ("zh-Hans", "一起丢失")):
        page = parse(admin.get(f"{path}?lang={language}").text)
        leads_there = [one.attributes["action"].startswith(action) for one in page.list("form")]
        asks = [
            (one, form)
            for one in page.list("details")
            for form in one.list("form")
            if form.attributes["action"].startswith(action)
        ]
        assert sum(leads_there) == len(asks) == 1
        ((question, form),) = asks
        assert "open" not in question.attributes
        assert not question.get("summary").list("button")
        assert lost in form.text
        assert image.name in form.get("button", type="submit").text
    post(admin, action)
    assert list_images(room.desk.store, "clinic") == []

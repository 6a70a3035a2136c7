"""Rows of the directory come into force by themselves only where no draft has them."""

from flask import Flask

from tests.web.studio.conftest import Someone, find_room
from tests.web.studio.test_bringing import find_id, follow, post
from wayfinder.services.background import run_waiting
from wayfinder.services.drafts import list_drafts, open_draft
from wayfinder.store.audit import Actor


def test_rows_of_a_draft_do_not_come_into_force_past_it(app: Flask, admin: Someone) -> None:
    room, path = find_room(app), "/studio/v/clinic/directory"
    one = find_id(admin, "Paediatrics")
    draft = open_draft(room.drafts, "clinic", "Wing", who=Actor("Bo"))
    sent = (f"id,name:en\n{one},Children".encode(), "a.csv")
    page = follow(admin, post(admin, f"{path}?lang=en", sent, draft=f"{draft.id}"))
    refused = post(admin, f"{page.request.path}?lang=en", to="publish", row="2", note="Renamed")
    assert refused.status_code == 422
    assert "compared with a draft" in refused.text
    assert run_waiting(admin.desk.store) == 0
    assert find_id(admin, "Paediatrics") == one
    assert list_drafts(room.drafts, "clinic")[0].head == 0

"""The directory goes out as a table, and rows of it come in again by forms."""

import csv
from io import StringIO

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.services.people.conftest import Clock
from tests.web.studio.bringing import follow, post
from tests.web.studio.bringing import no_files as no_files  # noqa: PLC0414 - a fixture
from tests.web.studio.conftest import Someone, find_room, hire, let_in
from wayfinder.services.background import run_waiting
from wayfinder.services.drafts import discard_draft, list_drafts, open_draft, read_plan
from wayfinder.services.people.desk import Desk
from wayfinder.services.people.roles import Role
from wayfinder.store.audit import Actor


def make_sheet(who: Someone, path: str, *rows: tuple[str, ...]) -> TestResponse:
    """Bring a table of some rows, and look at what it says otherwise."""
    data = "\n".join(",".join(row) for row in rows).encode()
    return follow(who, post(who, f"{path}?lang=en", (data, "places.csv")))


def find_id(who: Someone, name: str) -> str:
    """Return the id of a place, as the table that goes out has it."""
    text = who.get("/studio/v/clinic/directory.csv?lang=en").get_data().decode("utf-8-sig")
    (row,) = (row for row in csv.reader(StringIO(text)) if name in row)
    return row[0]


def test_the_directory_goes_out_as_a_table(admin: Someone) -> None:
    page = admin.get("/studio/v/clinic/directory?lang=en")
    assert "55 places" in page.text
    for ending, start in (("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK")):
        answer = admin.get(f"/studio/v/clinic/directory.{ending}")
        assert answer.get_data().startswith(start)
        assert f'filename="clinic-2030-05-01.{ending}"' in answer.headers["Content-Disposition"]
    empty = admin.get("/studio/v/annex/directory?lang=en")
    assert "0 places" in empty.text


def test_rows_that_are_ticked_come_into_a_draft(app: Flask, admin: Someone) -> None:
    room, path = find_room(app), "/studio/v/clinic/directory"
    one, other = find_id(admin, "Paediatrics"), find_id(admin, "Pharmacy")
    page = make_sheet(
        admin, path, ("id", "name:en", "phon"), (one, "Children", ""), (other, "Drugs", "")
    )
    assert "Did you mean “Telephone”" in page.text
    assert page.text.count('name="row"') == 2
    assert post(admin, page.request.path, to="draft").status_code == 422
    answer = post(admin, page.request.path, to="draft", row="2")
    (draft,) = list_drafts(room.drafts, "clinic")
    assert answer.headers["Location"] == f"/studio/v/clinic/drafts/{draft.id}"
    plan = read_plan(room.drafts, "clinic", draft.id).plan
    assert (plan[one].name["en"], plan[other].name["en"]) == ("Children", "Pharmacy")
    # and again, into the same draft
    page = follow(
        admin,
        post(admin, path, (f"id,name:en\n{other},Drugs".encode(), "a.csv"), draft=f"{draft.id}"),
    )
    post(admin, page.request.path, to="draft", row="2")
    assert read_plan(room.drafts, "clinic", draft.id).plan[other].name["en"] == "Drugs"


@pytest.mark.parametrize("to", ["draft", "publish"])
def test_rows_that_are_sent_twice_become_one_draft(
    app: Flask, admin: Someone, monkeypatch: pytest.MonkeyPatch, to: str
) -> None:
    room, path = find_room(app), "/studio/v/clinic/directory"
    page = make_sheet(admin, path, ("id", "name:en"), (find_id(admin, "Paediatrics"), "Children"))
    fields = {"to": to, "row": "2", "note": "Renamed"}
    with monkeypatch.context() as patch:
        # both were sent before either was done
        patch.setattr(room.uploads, "drop", lambda _: None)
        first = post(admin, page.request.path, **fields)
        assert post(admin, page.request.path, **fields).headers["Location"] == first.location
    room.uploads.drop(room.uploads.get(page.request.path.rpartition("/")[2]))
    assert post(admin, page.request.path, **fields).headers["Location"] == first.location
    (draft,) = list_drafts(room.drafts, "clinic")
    assert (draft.head, f"/{draft.id}" in first.headers["Location"]) == (1, True)
    assert post(admin, page.request.path, to=to, row="3", note="x").status_code == 404
    assert run_waiting(admin.desk.store) == (1 if to == "publish" else 0)


def test_a_draft_of_a_table_has_the_day_that_it_is_there(
    app: Flask, desk: Desk, clock: Clock
) -> None:
    clock.pass_by(hours=9)
    admin, path = let_in(app, desk, hire(desk, "Ann")), "/studio/v/clinic/directory"
    one = find_id(admin, "Paediatrics")
    page = make_sheet(admin, path, ("id", "name:en"), (one, "Children"))
    post(admin, page.request.path, to="draft", row="2")
    (draft,) = list_drafts(find_room(app).drafts, "clinic")
    assert draft.name.endswith(" 2030-05-02")


def test_a_publisher_puts_rows_into_force_at_once(app: Flask, desk: Desk, admin: Someone) -> None:
    path = "/studio/v/clinic/directory"
    one = find_id(admin, "Paediatrics")
    editor = let_in(app, desk, hire(desk, "Bo", Role.EDITOR))
    page = make_sheet(editor, path, ("id", "name:en"), (one, "Children"))
    assert 'value="publish"' not in page.text
    sent = post(editor, page.request.path, to="publish", row="2", note="x")
    assert sent.status_code == 403
    page = make_sheet(admin, path, ("id", "name:en"), (one, "Children"))
    assert post(admin, page.request.path, to="publish", row="2").status_code == 422
    answer = post(admin, page.request.path, to="publish", row="2", note="Children's ward renamed")
    where = answer.headers["Location"]
    assert "data-background" in admin.get(where).text
    assert run_waiting(admin.desk.store) == 1
    assert find_id(admin, "Children") == one
    assert "Published as release 2" in admin.get(f"{where}?lang=en").text


def test_rows_that_cannot_come_into_force_stay_in_their_draft(app: Flask, admin: Someone) -> None:
    room, path = find_room(app), "/studio/v/clinic/directory"
    page = make_sheet(admin, path, ("id", "name:en"), (find_id(admin, "Paediatrics"), "Children"))
    answer = post(admin, page.request.path, to="publish", row="2", note="Renamed")
    (draft,) = list_drafts(room.drafts, "clinic")
    who = Actor("Bo")
    discard_draft(room.drafts, "clinic", draft.id, who=who)
    run_waiting(admin.desk.store)
    said = admin.get(f"{answer.headers['Location']}?lang=en").text
    assert "It was not published" in said
    assert f"/studio/v/clinic/drafts/{draft.id}" in said


def test_a_table_that_is_none_says_why(admin: Someone) -> None:
    page = make_sheet(admin, "/studio/v/clinic/directory", ("name", "hours"), ("A", "24/7"))
    assert page.status_code == 422
    assert "no column of ids" in page.text
    assert post(admin, "/studio/v/clinic/directory").status_code == 422


def test_a_table_may_say_nothing_new(app: Flask, admin: Someone) -> None:
    one = find_id(admin, "Paediatrics")
    page = make_sheet(admin, "/studio/v/clinic/directory", ("id", "name:en"), (one, "Paediatrics"))
    assert "No difference" in page.text
    post(admin, page.request.path, to="nowhere")
    assert list(find_room(app).uploads._folder.iterdir()) == []


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

"""The directory goes out as a table, and rows of it come in again by forms."""

import csv
import re
from datetime import UTC, datetime
from io import StringIO

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.services.people.conftest import SHELL, Clock
from tests.web.studio.bringing import follow, post
from tests.web.studio.bringing import no_files as no_files  # noqa: PLC0414 - a fixture
from tests.web.studio.conftest import Someone, find_room, hire, let_in
from tests.web.studio.drawing import read_text
from wayfinder.edit.directory import Row, UpdateDirectory
from wayfinder.model import Plan
from wayfinder.services.background import run_waiting
from wayfinder.services.drafts import (
    Sent,
    append,
    discard_draft,
    list_drafts,
    merge,
    open_draft,
    publish_draft,
    read_plan,
    schedule_draft,
)
from wayfinder.services.people.desk import Desk
from wayfinder.services.people.roles import Role
from wayfinder.store.audit import Actor
from wayfinder.web.studio import directory

PATH = "/studio/v/clinic/directory"


def make_sheet(who: Someone, path: str, *rows: tuple[str, ...]) -> TestResponse:
    """Bring a table of some rows, and look at what it says otherwise."""
    data = "\n".join(",".join(row) for row in rows).encode()
    return follow(who, post(who, f"{path}?lang=en", (data, "places.csv")))


def find_id(who: Someone, name: str) -> str:
    """Return the id of a place, as the table that goes out has it."""
    text = who.get("/studio/v/clinic/directory.csv?lang=en").get_data().decode("utf-8-sig")
    (row,) = (row for row in csv.reader(StringIO(text)) if name in row)
    return row[0]


def list_marks(page: TestResponse, *, ticked: bool = False) -> list[str]:
    """List what the page sends for its rows, or for those that are ticked as it comes."""
    found = re.findall(r'name="row" value="(\d+-[0-9a-f]+)"( checked)?', page.text)
    return [mark for mark, checked in found if checked or not ticked]


def find_mark(page: TestResponse) -> str:
    """Return what the page sends for its first row."""
    return list_marks(page)[0]


def read_taken(app: Flask, answer: TestResponse) -> Plan:
    """Return the plan of the draft that rows went into."""
    assert answer.status_code == 303, answer.text
    draft = answer.headers["Location"].partition("?")[0].rpartition("/")[2]
    return read_plan(find_room(app).drafts, "clinic", int(draft)).plan


def open_wing(app: Flask) -> int:
    """Open a draft, and return its id."""
    return open_draft(find_room(app).drafts, "clinic", "Wing", who=SHELL).id


def change(app: Flask, draft: int, row: Row) -> None:
    """Let Bo change what is known of a place in a draft."""
    drafts = find_room(app).drafts
    head = read_plan(drafts, "clinic", draft).draft.head
    sent = Sent("bo", f"bo-{head}", head)
    append(drafts, "clinic", draft, UpdateDirectory(rows=(row,)), sent)


def change_in_force(app: Flask, row: Row) -> None:
    """Let Bo publish something else of a place."""
    draft = open_wing(app)
    change(app, draft, row)
    publish_draft(find_room(app).drafts, "clinic", draft, 1, who=SHELL, checked=())


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
    answer = post(admin, page.request.path, to="draft", row=find_mark(page))
    (draft,) = list_drafts(room.drafts, "clinic")
    assert answer.headers["Location"] == f"/studio/v/clinic/drafts/{draft.id}"
    plan = read_plan(room.drafts, "clinic", draft.id).plan
    assert (plan[one].name["en"], plan[other].name["en"]) == ("Children", "Pharmacy")
    # and again, into the same draft
    page = follow(
        admin,
        post(admin, path, (f"id,name:en\n{other},Drugs".encode(), "a.csv"), draft=f"{draft.id}"),
    )
    post(admin, page.request.path, to="draft", row=find_mark(page))
    assert read_plan(room.drafts, "clinic", draft.id).plan[other].name["en"] == "Drugs"


@pytest.mark.parametrize("to", ["draft", "publish"])
def test_rows_that_are_sent_twice_become_one_draft(
    app: Flask, admin: Someone, monkeypatch: pytest.MonkeyPatch, to: str
) -> None:
    room, path = find_room(app), "/studio/v/clinic/directory"
    page = make_sheet(admin, path, ("id", "name:en"), (find_id(admin, "Paediatrics"), "Children"))
    fields = {"to": to, "row": find_mark(page), "note": "Renamed"}
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
    post(admin, page.request.path, to="draft", row=find_mark(page))
    (draft,) = list_drafts(find_room(app).drafts, "clinic")
    assert draft.name.endswith(" 2030-05-02")


def test_a_publisher_puts_rows_into_force_at_once(app: Flask, desk: Desk, admin: Someone) -> None:
    path = "/studio/v/clinic/directory"
    one = find_id(admin, "Paediatrics")
    editor = let_in(app, desk, hire(desk, "Bo", Role.EDITOR))
    page = make_sheet(editor, path, ("id", "name:en"), (one, "Children"))
    assert 'value="publish"' not in page.text
    refused = post(editor, page.request.path, to="publish", row=find_mark(page), note="x")
    assert refused.status_code == 403
    page = make_sheet(admin, path, ("id", "name:en"), (one, "Children"))
    sent = {"to": "publish", "row": find_mark(page)}
    assert post(admin, page.request.path, **sent).status_code == 422
    answer = post(admin, page.request.path, **sent, note="Children's ward renamed")
    where = answer.headers["Location"]
    assert "data-background" in admin.get(where).text
    assert run_waiting(admin.desk.store) == 1
    assert find_id(admin, "Children") == one
    assert "Published as release 2" in admin.get(f"{where}?lang=en").text


def test_rows_that_cannot_come_into_force_stay_in_their_draft(app: Flask, admin: Someone) -> None:
    room, path = find_room(app), "/studio/v/clinic/directory"
    page = make_sheet(admin, path, ("id", "name:en"), (find_id(admin, "Paediatrics"), "Children"))
    answer = post(admin, page.request.path, to="publish", row=find_mark(page), note="Renamed")
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
    fields = {"to": "publish", "row": find_mark(page), "note": "Renamed"}
    refused = post(admin, f"{page.request.path}?lang=en", **fields)
    assert refused.status_code == 422
    assert "compared with a draft" in refused.text
    assert run_waiting(admin.desk.store) == 0
    assert find_id(admin, "Paediatrics") == one
    assert list_drafts(room.drafts, "clinic")[0].head == 0


@pytest.mark.parametrize(
    ("where", "to"),
    [("force", "draft"), ("force", "publish"), ("draft", "draft"), ("merged", "draft")],
)
def test_a_row_that_says_something_else_by_now_is_not_taken(
    app: Flask, admin: Someone, where: str, to: str
) -> None:
    drafts = find_room(app).drafts
    one, other = find_id(admin, "Paediatrics"), find_id(admin, "Pharmacy")
    draft = None if where == "force" else open_wing(app)
    sheet = f"id,name:en,phone\n{one},Children,\n{other},Drugs,\n".encode()
    asked = {} if draft is None else {"draft": f"{draft}"}
    page = follow(admin, post(admin, f"{PATH}?lang=en", (sheet, "a.csv"), **asked))
    shown = list_marks(page)
    row = Row(feature=one, phone="+86 571 77")
    if draft is not None and where == "draft":
        change(app, draft, row)
    else:
        change_in_force(app, row)
    if draft is not None and where == "merged":
        merge(drafts, "clinic", draft, Sent("bo", "merge", 0))
    before = list_drafts(drafts, "clinic")
    path, note = f"{page.request.path}?lang=en", "Renamed"
    again = post(admin, path, to=to, row=shown, note=note)
    assert again.status_code == 409
    assert "Nothing was taken over: since you looked at row 2, somebody" in read_text(again)
    assert "Changed since you looked" in again.text
    assert "+86 571 77</del>" in again.text
    assert list_drafts(drafts, "clinic") == before
    assert run_waiting(admin.desk.store) == 0
    # the other stays ticked, and both are taken by who has seen how they are now
    assert list_marks(again, ticked=True) == shown[1:]
    plan = read_taken(app, post(admin, path, to=to, row=list_marks(again), note=note))
    assert (plan[one].name["en"], plan[other].name["en"]) == ("Children", "Drugs")
    assert not plan[one].properties.get("phone")


@pytest.mark.parametrize("where", ["force", "draft"])
def test_who_is_quicker_by_a_moment_keeps_what_they_did(
    app: Flask, admin: Someone, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    one = find_id(admin, "Paediatrics")
    draft = open_wing(app) if where == "draft" else None
    asked = {} if draft is None else {"draft": f"{draft}"}
    sheet = f"id,name:en,phone\n{one},Children,\n".encode()
    page = follow(admin, post(admin, f"{PATH}?lang=en", (sheet, "a.csv"), **asked))
    name = "begin_draft" if draft is None else "append"
    put = getattr(directory, name)

    def send(row: Row) -> TestResponse:
        """Send the form, and let Bo be there first once it was looked at."""

        def put_second(*args: object, **kwargs: object) -> object:
            monkeypatch.setattr(directory, name, put)
            if draft is None:
                change_in_force(app, row)
            else:
                change(app, draft, row)
            return put(*args, **kwargs)

        monkeypatch.setattr(directory, name, put_second)
        return post(admin, f"{page.request.path}?lang=en", to="draft", row=find_mark(page))

    page = send(Row(feature=one, phone="+86 571 77"))
    assert page.status_code == 409
    assert "since you looked at row 2" in page.text
    # what the table says nothing of is none of its business
    plan = read_taken(app, send(Row(feature=one, hours="24/7")))
    assert (plan[one].name["en"], plan[one].hours) == ("Children", "24/7")
    assert not plan[one].properties.get("phone")


def test_a_row_that_says_nothing_new_any_more_is_told(app: Flask, admin: Someone) -> None:
    one = find_id(admin, "Paediatrics")
    page = make_sheet(admin, PATH, ("id", "name:en"), (one, "Children"))
    change_in_force(app, Row(feature=one, names={"en": "Children"}))
    again = post(admin, f"{page.request.path}?lang=en", to="draft", row=find_mark(page))
    assert again.status_code == 409
    assert "Row 2 is no longer in the list" in again.text
    assert "No difference" in again.text


def test_who_publishes_rows_is_told_what_else_that_did(app: Flask, admin: Someone) -> None:
    drafts, one = find_room(app).drafts, find_id(admin, "Paediatrics")
    planned, at = open_wing(app), datetime(2040, 1, 2, tzinfo=UTC)
    change(app, planned, Row(feature=one, phone="+86 571 77"))
    schedule_draft(drafts, "clinic", planned, 1, at, who=SHELL, checked=())
    page = make_sheet(admin, PATH, ("id", "name:en"), (one, "Children"))
    answer = post(
        admin, page.request.path, to="publish", row=find_mark(page), note="Children's ward"
    )
    run_waiting(admin.desk.store)
    where = answer.headers["Location"].partition("?")[0]
    said = read_text(admin.get(f"{where}?lang=en"))
    assert "When it was published, one planned release lacked what it brought" in said
    assert "发布时，有 1 个已排定的版本不含这次的修改" in admin.get(f"{where}?lang=zh-Hans").text

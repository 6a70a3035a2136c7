"""What is found in a plan that was read, and where that fails."""

from datetime import UTC, datetime

import pytest
from flask import Flask

from tests.services.uploads.files import make_imdf
from tests.web.studio.bringing import post
from tests.web.studio.conftest import Form, Someone, find_room
from wayfinder.services.background import run_waiting
from wayfinder.services.people.desk import Desk
from wayfinder.store.jobs import claim_job, end_job


def test_a_look_that_failed_is_tried_again_by_a_form_and_never_by_a_look(
    app: Flask, desk: Desk, admin: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(find_room(app).background, "_poke", lambda: None)
    brought = post(admin, "/studio/v/clinic/import", (make_imdf(), "house.zip"))
    uploads = find_room(app).uploads
    job_id = brought.headers["Location"].partition("?")[0].rpartition("/")[2]
    job = uploads.find(job_id)
    assert job is not None
    uploads.wait(job, 60)
    path, now = f"/studio/v/clinic/import/{job_id}", datetime.now(UTC)
    admin.get(path)
    with desk.store.write() as connection:
        work = claim_job(connection, "runner", now)
        assert work is not None
        problem = {"code": "store.job-failed", "values": {}}
        end_job(connection, work.id, "runner", problem=problem, now=now)
    for address in (f"{path}?lang=en", f"{path}?again=1&lang=en"):
        failed = admin.get(address)
        assert (failed.status_code, "Try once more" in failed.text) == (422, True)
    form = Form()
    form.feed(failed.text)
    (again,) = [action for action in form.forms if path in action]
    answer = admin.send(again)
    assert "data-wait" in admin.get(answer.headers["Location"]).text
    assert run_waiting(desk.store) == 1
    assert "Compared with release 1" in admin.get(f"{path}?lang=en").text

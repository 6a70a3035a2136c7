"""Bringing files by the forms of the studio, and going on until they were read."""

import re
import shutil
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.web.studio.conftest import Someone, find_room, find_token
from wayfinder.services.background import run_waiting
from wayfinder.services.people.desk import Desk
from wayfinder.store.audit import list_entries

PATIENCE = 200


@pytest.fixture(autouse=True)
def no_files(app: Flask) -> None:
    """Let nothing lie there that another test brought."""
    shutil.rmtree(find_room(app).uploads._folder, ignore_errors=True)


def post(
    who: Someone,
    path: str,
    sent: tuple[bytes, str] | None = None,
    /,
    **fields: str | list[str],
) -> TestResponse:
    """Send a form, with a file and its name where there is one."""
    form: dict[str, Any] = {"csrf": find_token(who.open()), **fields}
    if sent is not None:
        form["file"] = (BytesIO(sent[0]), sent[1])
    return who.client.post(path, data=form, headers=who.headers, content_type="multipart/form-data")


def follow(who: Someone, answer: TestResponse) -> TestResponse:
    """Go where an answer leads, until a file was read."""
    for _ in range(PATIENCE):
        assert answer.status_code == 303, answer.text
        answer = who.get(answer.headers["Location"])
        if answer.status_code != 303 and "data-wait" not in answer.text:
            return answer
        if "data-wait" in answer.text:
            address = re.search(r'data-wait="([^"]+)"', answer.text)
            assert address is not None
            while not (who.get(address[1]).json or {})["over"]:
                run_waiting(who.desk.store)
            answer = who.get(address[1].replace("/api", ""))
            if answer.status_code != 303:
                return answer
    raise AssertionError("it is not read")


def list_actions(desk: Desk) -> list[str]:
    with desk.store.read() as connection:
        return [entry.action for entry in list_entries(connection, "default")]

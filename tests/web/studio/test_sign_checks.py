"""Wrong signs: from which release they were printed, and when that is a guess."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

from tests.web.phone.html import Element, parse
from tests.web.studio.conftest import Someone, find_room, hire, let_in
from tests.web.studio.test_signs import SIGNS, publish_renamed
from tests.web.studio.work import prepare, read
from wayfinder.services.people.desk import Desk
from wayfinder.services.people.roles import Role
from wayfinder.services.sign_work.batches import Batches, BatchOrder, BatchRecord
from wayfinder.settings import Settings


def find_chosen(page: str) -> tuple[str, list[Element]]:
    """Return the release that is chosen, and what says that it is a guess."""
    choice = parse(page).get("select", name="against")
    chosen = next(one for one in choice.list("option") if "selected" in one.attributes)
    assert ("aria-describedby" in choice.attributes) == bool(parse(page).list(id="guess"))
    return chosen.attributes["value"], parse(page).list(id="guess")


def test_where_no_batch_was_printed_the_release_is_said_to_be_a_guess(
    app: Flask,
    settings: Settings,
    desk: Desk,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    studio = prepare(app, settings, tmp_path)
    editor: Someone = let_in(studio, desk, hire(desk, "Bo", Role.EDITOR))
    publish_renamed(desk)
    number, said = find_chosen(read(editor, f"{SIGNS}/wrong"))
    assert number == "1"
    assert "Release 1 is only a guess" in said[0].text
    assert "只是猜测" in editor.get(f"{SIGNS}/wrong?lang=zh-Hans").text
    # who has chosen does not guess
    assert find_chosen(read(editor, f"{SIGNS}/wrong?against=1")) == ("1", [])

    batches = Batches(find_room(studio).settings.work_folder, 2)
    record = batches.add("clinic", BatchOrder(), who="Bo")
    monkeypatch.setattr(BatchRecord, "release", 1)
    assert find_chosen(read(editor, f"{SIGNS}/wrong"))[1]  # made is not printed
    batches.note_printed(record, who="Bo", at=datetime.now(UTC))
    assert find_chosen(read(editor, f"{SIGNS}/wrong")) == ("1", [])

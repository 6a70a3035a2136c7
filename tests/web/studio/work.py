"""What tests of pages about long work share: the studio with a folder, in which nothing starts."""

from pathlib import Path

from flask import Flask

from tests.web.studio.conftest import Someone, find_room
from wayfinder.services.background import Background, run_waiting
from wayfinder.services.people.desk import Desk
from wayfinder.settings import Settings


class Waiting(Background):
    """Starts nothing by itself: the tests say when."""

    def _poke(self) -> None:
        pass


def prepare(app: Flask, settings: Settings, tmp_path: Path) -> Flask:
    """Give the studio a folder for what is made; what is asked for waits."""
    room = find_room(app)
    room.settings = settings.model_copy(update={"work_dir": tmp_path / "work", "batches_kept": 2})
    room.background = Waiting(room.desk.store)
    return app


def read(someone: Someone, path: str) -> str:
    """Return a page in English."""
    answer = someone.get(f"{path}{'&' if '?' in path else '?'}lang=en")
    assert answer.status_code == 200, answer.text
    return answer.text


def work(desk: Desk) -> None:
    """Do the one thing that waits."""
    assert run_waiting(desk.store) == 1

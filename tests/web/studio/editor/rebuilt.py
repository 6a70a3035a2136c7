"""How soon the network follows an edit: ``python -m tests.web.studio.editor.rebuilt``.

Moves corners on the sample hospital's largest floor, over HTTP in one process, and prints how long
the edit, the network of that floor, a route and the issues take to be answered: the median on the
clock, the longest, and the median of processor time.
"""

import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from http import HTTPStatus
from pathlib import Path
from statistics import median
from typing import Any

from flask import Flask

from tests.services.people.conftest import SHELL
from tests.web.studio.conftest import find_room, find_token, hire, let_in
from tests.web.studio.editor.frames import find_largest_level
from wayfinder.formats import read_plan
from wayfinder.model import Plan, Unit
from wayfinder.resources import floorplans_dir
from wayfinder.services import releases
from wayfinder.services.drafts import open_draft
from wayfinder.services.people.roles import Role
from wayfinder.services.venues import Venues
from wayfinder.settings import Settings
from wayfinder.store import open_store
from wayfinder.web.app import create_app

_EDITS = 12
_STEP_M = 0.05
_BASE_URL = "https://way.example.org"


def list_edits(plan: Plan, level_id: str) -> Iterator[dict[str, Any]]:
    """Yield edits that move the first corner of one room after the other, a little and back."""
    for unit in plan.list_on(level_id, Unit):
        if unit.geometry is None or unit.geometry["type"] != "Polygon":
            continue
        lon, lat = unit.geometry["coordinates"][0][0][:2]
        x, y = plan.frame.to_metres(lon, lat)
        there = [round(one, 9) for one in plan.frame.to_degrees(x + _STEP_M, y)]
        for start, end in (([lon, lat], there), (there, [lon, lat])):
            yield {"kind": "move-vertices", "feature": unit.id, "moves": [[start, end]]}


def make_app(folder: Path, plan: Plan) -> tuple[Flask, int]:
    """Make an application with a draft of a plan."""
    store = open_store(str(folder / "store.sqlite3"))
    releases.import_plan(store, "hospital", plan)
    releases.publish(store, "hospital")
    settings = Settings(base_url=_BASE_URL, access_log=False)
    app = create_app(Venues(), settings, store=store)
    return app, open_draft(find_room(app).drafts, "hospital", "Measured", who=SHELL).id


def measure(folder: Path, plan: Plan) -> dict[str, list[tuple[float, float]]]:
    """Return what answers took, in seconds on the clock and of the processor, by the question."""
    app, draft_id = make_app(folder, plan)
    desk = find_room(app).desk
    who = let_in(app, desk, hire(desk, "Ann", Role.EDITOR))
    headers = {**who.headers, "X-Wayfinder-Token": find_token(who.open())}
    path = f"/studio/api/v/hospital/drafts/{draft_id}"
    level = find_largest_level(plan)
    rooms = [unit.id for unit in plan.list_on(level, Unit) if unit.category == "room"]
    took: dict[str, list[tuple[float, float]]] = {
        "edit": [],
        "network": [],
        "route": [],
        "issues": [],
    }

    def clock(what: str, ask: Callable[[], Any]) -> Any:  # noqa: ANN401 - an answer
        began, busy = time.perf_counter(), time.process_time()
        answer = ask()
        took[what].append((time.perf_counter() - began, time.process_time() - busy))
        return answer

    def send(action: dict[str, Any], seen: int) -> Any:  # noqa: ANN401 - an answer
        given = {"key": f"key-{len(took['edit'])}", "seen": seen, "action": action}
        return who.client.post(f"{path}/actions", json=given, headers=headers)

    who.get(f"{path}/network?level={level}")  # the first one is of the whole plan
    seen = 0
    for action in list_edits(plan, level):
        if len(took["edit"]) >= _EDITS:
            break
        done = clock("edit", partial(send, action, seen))
        if done.status_code != HTTPStatus.OK:  # a corner that others have in the middle of a wall
            took["edit"].pop()
            continue
        seen = done.get_json()["number"]
        clock("network", lambda: who.get(f"{path}/network?level={level}"))
        clock("route", lambda: who.get(f"{path}/route?from={rooms[0]}&to={rooms[-1]}"))
        clock("issues", lambda: who.get(f"{path}/issues"))
    return took


def main() -> None:
    """Measure and print."""
    plan = read_plan(floorplans_dir() / "hospital").plan
    folder = Path(tempfile.mkdtemp())
    try:
        for what, found in measure(folder, plan).items():
            clock, busy = zip(*found, strict=True)
            sys.stdout.write(
                f"{what}: {median(clock):.2f} s, at most {max(clock):.2f} s;"
                f" processor {median(busy):.2f} s\n"
            )
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()

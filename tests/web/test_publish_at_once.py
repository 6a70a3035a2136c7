"""A publish is one moment for every client: no answer holds a bit of two releases."""

import json
import re
import sys
import threading
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.serving import Server, serve_store
from wayfinder.formats import read_plan
from wayfinder.model import Level, Occupant, Plan
from wayfinder.resources import floorplans_dir
from wayfinder.services import releases
from wayfinder.store import Store, open_store

ROUTE = "/api/v1/venues/clinic/route?from=VQAFYHP&to=PED&lang=en"
ADDRESSES = (
    ROUTE,
    "/v/clinic/go/VQAFYHP/PED?lang=en",
    "/api/v1/venues/clinic/levels",
    "/api/v1/venues/clinic/steps?to=PED&lang=en",
)
LAST = 9
_MARK = re.compile(r"R(\d+)x")

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX's"),
]


def mark(plan: Plan, number: int) -> Plan:
    """Write the number of a release into each name that is shown."""
    named = [
        one.with_properties(name={tag: f"{text} R{number}x" for tag, text in one.name.items()})
        for one in (*plan.list_of(Occupant), *plan.list_of(Level))
    ]
    return plan.with_features(*named)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(str(tmp_path / "wayfinder.sqlite3"))
    yield opened
    opened.close()


def test_no_answer_holds_a_bit_of_two_releases(
    store: Store, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    plan = read_plan(floorplans_dir() / "clinic").plan
    kept = {
        number: releases.import_plan(store, "clinic", mark(plan, number)).release.hash
        for number in range(1, LAST + 1)
    }
    releases.publish(store, "clinic", 1)
    seen: dict[str, set[int]] = defaultdict(set)
    wrong: list[str] = []
    over = threading.Event()

    def look(server: Server, address: str) -> None:
        while not over.is_set():
            answer = server.get(address)
            body = answer.body.decode("utf-8", "replace")
            found = {int(number) for number in _MARK.findall(body)}
            is_whole = answer.status == 200 and len(found) == 1
            if address == ROUTE and is_whole:
                is_whole = kept[min(found)] == json.loads(body)["release"]
            if not is_whole:
                wrong.append(f"{address}: {answer.status} {sorted(found)}")
            seen[address] |= found

    with serve_store(tmp_path, tmp_path_factory.mktemp("server"), workers=2) as server:
        clients = [threading.Thread(target=look, args=(server, one)) for one in ADDRESSES]
        for client in clients:
            client.start()
        for number in range(2, LAST + 1):
            releases.publish(store, "clinic", number)
            over.wait(2.5)
            if number % 3 == 0:
                releases.roll_back(store, "clinic", 1)
                over.wait(2.5)
        over.set()
        for client in clients:
            client.join()
    assert wrong == []
    # they did come, one after the other, to all
    assert all({1, LAST} <= numbers for numbers in seen.values()), seen

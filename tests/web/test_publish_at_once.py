"""A publish is one moment for every client: no answer holds a bit of two releases."""

import re
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Self

import pytest

from tests.serving import Answer, Server, serve_store
from wayfinder.formats import read_plan
from wayfinder.model import DisplayKind, Level, Occupant, Plan
from wayfinder.resources import floorplans_dir
from wayfinder.services import conditions, releases
from wayfinder.store import Store, open_store
from wayfinder.store.conditions import ConditionDraft
from wayfinder.store.displays import list_displays

ADDRESSES = (
    "/api/v1/venues/clinic/route?from=VQAFYHP&to=PED&lang=en",
    "/v/clinic/go/VQAFYHP/PED?lang=en",
    "/api/v1/venues/clinic/levels",
    "/api/v1/venues/clinic/steps?to=PED&lang=en",
    "/api/v1/venues/clinic/now?lang=en",
    "/api/v1/displays/{kiosk}/now",
    "/kiosk/{kiosk}?lang=en",
    "/kiosk/{kiosk}/kept",
    "/kiosk/{kiosk}/places",
    "/kiosk/{kiosk}/details",
    "/kiosk/{kiosk}/way/walk/{place}",
    "/kiosk/{kiosk}/ways/walk",
    "/board/{board}?lang=en",
    "/board/{board}/kept",
)
LAST = 9
_MARK = re.compile(r"R(\d+)x")
_VERSION = re.compile(r"(?<![0-9a-f-])(\d+)-([0-9a-f]{12})-\d")
_DIGEST = re.compile(r"\b[0-9a-f]{18}\b")
_PATIENCE_S = 120.0
_REST_S = 0.05
"""Between two questions of a client: boards are drawn meanwhile."""

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


class Clients:
    """Who asks for an address each, again and again, and what they were told.

    Parameters
    ----------
    server
        Whom they ask.
    addresses
        What they ask for.
    kept
        Number of a release to its hash.
    """

    def __init__(self, server: Server, addresses: list[str], kept: Mapping[int, str]) -> None:
        self.wrong: list[str] = []
        self.seen: dict[str, set[int]] = {one: set() for one in addresses}
        self.digests: dict[tuple[str, str], set[int]] = defaultdict(set)
        self.over = threading.Event()
        self._server = server
        self._kept = kept
        self._threads = [threading.Thread(target=self._look, args=(one,)) for one in addresses]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        for thread in self._threads:
            thread.join()

    def wait_for(self, number: int) -> None:
        """Wait until all were told something of a release."""
        until = time.monotonic() + _PATIENCE_S
        while late := [one for one, numbers in self.seen.items() if number not in numbers]:
            assert self.wrong == []
            assert time.monotonic() < until, (number, late)
            self.over.wait(0.1)

    def _look(self, address: str) -> None:
        while not self.over.wait(_REST_S):
            answer = self._server.get(address, timeout_s=_PATIENCE_S)
            if answer.status == 503 and "/ways/" in address:  # they are being made
                assert answer.body == b""
                self.over.wait(0.5)
                continue
            found = self._list_releases(answer)
            if answer.status != 200 or len(found) != 1:
                self.wrong.append(f"{address}: {answer.status} {sorted(found)}")
                continue
            self.seen[address] |= found
            digests = _DIGEST.findall(answer.headers["etag"])
            if address.endswith("/kept"):
                digests += _DIGEST.findall(answer.body.decode())
            for digest in digests:
                self.digests[address, digest] |= found

    def _list_releases(self, answer: Answer) -> set[int]:
        """List the releases of which an answer says something."""
        body = answer.body.decode("utf-8", "replace")
        short = {digest.partition(":")[2][:12]: number for number, digest in self._kept.items()}
        found = {int(number) for number in _MARK.findall(body)}
        found |= {number for number, digest in self._kept.items() if digest in body}
        for number, digest in _VERSION.findall(body):
            found |= {int(number), short[digest]}
        return found


def find_place(plan: Plan, code: str) -> str:
    """Return the id of the place that a hospital's own system calls by a code."""
    return next(one.id for one in plan.list_of(Occupant) if one.codes.get("his") == code)


def list_addresses(store: Store, plan: Plan) -> list[str]:
    """List what phones, displays and other systems ask for."""
    with store.read() as connection:
        named = {str(one.kind): one.id for one in list_displays(connection)}
    assert set(named) == {str(kind) for kind in DisplayKind}
    return [one.format(**named, place=find_place(plan, "PED")) for one in ADDRESSES]


def test_no_answer_holds_a_bit_of_two_releases(
    store: Store, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    plan = read_plan(floorplans_dir() / "clinic").plan
    kept = {
        number: releases.import_plan(store, "clinic", mark(plan, number)).release.hash
        for number in range(1, LAST + 1)
    }
    releases.publish(store, "clinic", 1)
    # /now names a place then
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    closed = ConditionDraft("closure", (find_place(plan, "ECG"),), {"en": "Works"}, tomorrow)
    conditions.add(store, "clinic", closed)
    folder, addresses = tmp_path_factory.mktemp("server"), list_addresses(store, plan)
    with (
        serve_store(tmp_path, folder, workers=2) as server,
        Clients(server, addresses, kept) as clients,
    ):
        clients.wait_for(1)
        for number in range(2, LAST + 1):
            releases.publish(store, "clinic", number)
            clients.over.wait(2.5)
            if number % 3 == 0:
                releases.roll_back(store, "clinic", 1)
                clients.over.wait(2.5)
        # they do come, one after the other, to all
        releases.publish(store, "clinic", LAST)
        clients.wait_for(LAST)
    assert clients.wrong == []
    # what a client has of one release is not what another one is
    assert {key: found for key, found in clients.digests.items() if len(found) > 1} == {}

"""What patients notice of work beside the server: ``python -m tests.web.studio.noticed``.

Serves the sample hospital with two workers, asks for ways at a steady rate from a process of its
own, and prints how long answers take: alone, while what a draft does to everybody is worked out
as it always is, and the same at the priority of the workers.
"""

import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from tests.drafted import ANN, Hand, drop
from wayfinder.bench.load import Load, make_load
from wayfinder.bench.questions import list_questions
from wayfinder.bench.servers import serve_ours
from wayfinder.formats import read_plan
from wayfinder.model import Opening, Release
from wayfinder.resources import floorplans_dir
from wayfinder.services import releases
from wayfinder.services.background import Background
from wayfinder.services.background.background import CHILD
from wayfinder.services.drafts import Desk, open_draft
from wayfinder.services.impact.asking import ask_draft_impact
from wayfinder.services.served import make_served
from wayfinder.store import Store, open_store

_SLUG = "house"
_RATE, _ASKED, _ROUNDS = 60.0, 2000, 3
_LONGEST_S = 300.0
_BESIDES = {
    "alone": "",
    "beside the server (nice 10)": CHILD,
    "at the workers' priority": "tests.web.studio.noticed",
}


def work(store: Store, draft: Hand, number: int, child: str) -> float:
    """Work out what a draft does to everybody, and return how many seconds that took."""
    background = Background(store, child=child)
    started = time.monotonic()
    ask_draft_impact(background, store, _SLUG, draft.draft, number, who="ann")
    background.wait(_LONGEST_S)
    job = ask_draft_impact(background, store, _SLUG, draft.draft, number, who="ann")
    assert job is not None
    assert job.state == "done", job.problem
    return time.monotonic() - started


def load_while(
    port: int, paths: list[str], doing: Callable[[], float] | None
) -> tuple[Load, float]:
    """Ask for ways for a while, or for as long as something takes."""
    if doing is None:
        return make_load(port, paths, seconds=15.0, rate=_RATE), 0.0
    took: list[float] = []
    thread = threading.Thread(target=lambda: took.append(doing()))
    thread.start()
    loads = []
    while thread.is_alive():
        loads.append(make_load(port, paths, seconds=5.0, rate=_RATE))
    thread.join()
    whole = Load(
        tuple(one for load in loads for one in load.started_s),
        tuple(one for load in loads for one in load.latency_s),
        sum(load.failed for load in loads),
        sum(load.bytes for load in loads),
        sum(load.took_s for load in loads),
    )
    return whole, took[0]


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> None:
    """Measure, and print a table."""
    plan = read_plan(floorplans_dir() / "hospital").plan
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "wayfinder.sqlite3"
        store = open_store(str(database))
        releases.import_plan(store, _SLUG, plan)
        releases.publish(store, _SLUG)
        paths, _ = list_questions(make_served(_SLUG, Release(plan, 1)), _ASKED)
        desk = Desk(store)
        hand = Hand(desk, open_draft(desk, _SLUG, "measured", who=ANN).id, "ann")
        doors = iter([one.id for one in plan.list_of(Opening)])
        with serve_ours(database) as (port, _):
            make_load(port, paths, seconds=_LONGEST_S, most=2 * _ASKED)  # trees are grown
            say("| | ways a second | median ms | 95 % | 99 % | longest | failed | work took s |")
            say("|---|--:|--:|--:|--:|--:|--:|--:|")
            for _ in range(_ROUNDS):
                for name, child in _BESIDES.items():
                    hand.do(drop(next(doors)))
                    number = hand.seen

                    def doing(number: int = number, child: str = child) -> float:
                        return work(store, hand, number, child)

                    found, took_s = load_while(port, paths, doing if child else None)
                    figures = (found.percentile_ms(percent) for percent in (50, 95, 99, 100))
                    said = " | ".join(f"{one:.1f}" for one in figures)
                    say(f"| {name} | {found.rate:.0f} | {said} | {found.failed} | {took_s:.0f} |")
        store.close()


if __name__ == "__main__":
    if len(sys.argv) > 1:
        from wayfinder.services.background import child as module

        module.NICE = 0
        module.main()
    else:
        main()

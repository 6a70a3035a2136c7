"""What the workers of a server take of memory: with nothing, with venues, after load."""

import math
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from wayfinder.bench.load import make_load
from wayfinder.bench.questions import list_questions
from wayfinder.bench.report import Claim, Section
from wayfinder.bench.servers import WORKERS, serve_ours
from wayfinder.bench.worlds import Worlds
from wayfinder.formats import read_plan
from wayfinder.model import Plan, Release, list_signs
from wayfinder.resources import floorplans_dir
from wayfinder.services import releases
from wayfinder.services.served import make_served
from wayfinder.store import open_store

LIMIT_MIB = 300
_LOAD_S, _QUICK_LOAD_S = 60.0, 1.0
_QUESTIONS = 40_000
_PATIENCE_S, _CALM = 90, 4
_ROOM = 1.25
"""A venue beside another one may take so many times what it takes alone: allocators round up."""


def weigh_worker_mib(server: int, workers: int = WORKERS) -> float:
    """Return what a worker takes, in MiB: all processes of a server, divided by its workers.

    A page that was made before the workers were forked, and that none wrote to since, is one page
    however many have it; so it counts once, as do the files of programs and libraries. The process
    that looks after the workers counts as well. NaN where the system has no ``/proc``.

    Parameters
    ----------
    server
        Process id of the server.
    workers
        How many it has.
    """
    children = Path(f"/proc/{server}/task/{server}/children")
    if not children.exists():
        return float("nan")
    own, files = 0.0, 0.0
    for process in (str(server), *children.read_text("ascii").split()):
        figures = _read_figures(Path(f"/proc/{process}/smaps_rollup"))
        # Pss divides a page by those who have it; libraries would look smaller the more programs
        # of other people use them, so of files the largest process counts whole
        own += figures["Pss"] - figures["Pss_File"]
        files = max(files, figures["Rss"] - figures["Anonymous"])
    return (own + files) / 1024 / workers


def _read_figures(path: Path) -> Mapping[str, int]:
    """Read the figures of a process by name, in KiB."""
    lines = (line.split() for line in path.read_text("ascii").splitlines()[1:])
    return {words[0].rstrip(":"): int(words[1]) for words in lines}


def measure_memory(worlds: Worlds) -> Iterator[Section]:
    """Measure what a worker takes, and what a second venue adds."""
    names = ("clinic", "clinic") if worlds.quick else ("hospital", "clinic")
    first, second = (read_plan(floorplans_dir() / name).plan for name in names)
    if worlds.quick:  # the codes of signs belong to one venue
        first = first.without(*(sign.id for sign in list_signs(first)))
    load_s = _QUICK_LOAD_S if worlds.quick else _LOAD_S
    worlds.say("weighing workers")
    (nothing,), (alone,) = _weigh({}), _weigh({"b": second})
    both, loaded = _weigh({"a": first, "b": second}, load_s=load_s)
    (ready,) = _weigh({"a": first})
    if math.isnan(nothing):
        note = "MISSING: memory, which this system does not tell (no /proc)."
        yield Section("memory", "Memory", ("what",), (), (), (note,))
        return
    title = f"Memory of a worker, {WORKERS} of them"
    rows = (
        ("nothing published", nothing),
        (names[1], alone),
        (names[0], ready),
        (f"{names[0]} and {names[1]}", both),
        (f"the same after {load_s:.0f} s of questions", loaded),
    )
    claims = (
        Claim("MiB a worker, after all of it", loaded, LIMIT_MIB),
        Claim(
            "times what it takes alone, a second venue", (both - ready) / (alone - nothing), _ROOM
        ),
    )
    note = (
        "All processes of the server, the one that looks after the workers among them, what they "
        "share counted once, divided by the workers."
    )
    yield Section("memory", title, ("published", "MiB"), rows, claims, (note,))


def _weigh(plans: Mapping[str, Plan], *, load_s: float = 0.0) -> Sequence[float]:
    """Weigh a worker that serves some venues by name; also after load on the first, if any."""
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "wayfinder.sqlite3"
        store = open_store(f"sqlite:///{database.as_posix()}")
        for slug, plan in plans.items():
            releases.import_plan(store, slug, plan)
            releases.publish(store, slug)
        store.close()
        # with nothing published it is never ready for traffic
        ready = "/readyz" if plans else "/healthz"
        with serve_ours(database, ready=ready) as (port, server):
            found = [_settle(server)]
            if load_s:
                slug, plan = next(iter(plans.items()))
                served = make_served(slug, Release(plan, 1))
                questions, _ = list_questions(served, _QUESTIONS)
                make_load(port, questions, seconds=load_s)
                found.append(weigh_worker_mib(server))
            return found


def _settle(server: int) -> float:
    """Return what a worker takes once it changes no more: one answers before all are ready."""
    found = [weigh_worker_mib(server)]
    while len(found) < _PATIENCE_S and not math.isnan(found[0]):
        time.sleep(1)
        found.append(weigh_worker_mib(server))
        if len(found) > _CALM and max(found[-_CALM:]) - min(found[-_CALM:]) < 1:
            break
    return found[-1]

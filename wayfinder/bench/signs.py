"""Printing signs: a thousand A4 faces with a map each, made and read back."""

import multiprocessing
import os
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from wayfinder.bench.memory import weigh_worker_mib
from wayfinder.bench.report import Claim, Section
from wayfinder.bench.worlds import Worlds
from wayfinder.formats import read_plan
from wayfinder.model import Amenity, Plan, Release, list_signs
from wayfinder.model.sign_codes import make_code
from wayfinder.resources import floorplans_dir
from wayfinder.services.batch_orders import Wish
from wayfinder.services.served import make_served
from wayfinder.services.sign_batches import make_batch

_FULL, _QUICK = 1_000, 10
_LIMIT_S, _LIMIT_MIB = 60.0, 500.0
_BASE = "https://way.example.org"
_FIRST_CODE = 50_000
_EVERY_S = 0.25

Measured = tuple[int, float, float, float, float, int]
"""Signs, seconds of drawing, of reading back, of processors for all of it, MiB at most, bytes."""


def measure_signs(worlds: Worlds) -> Iterator[Section]:
    """Measure how fast signs are drawn and read back, and what that takes of memory."""
    wanted = _QUICK if worlds.quick else _FULL
    worlds.say(f"printing {wanted} signs")
    # afresh, so that nothing else that is measured counts as theirs
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, context) as pool:
        name = "clinic" if worlds.quick else "hospital"
        signs, drawing_s, reading_s, cpu_s, mib, size = pool.submit(_print, name, wanted).result()
    speeds = (drawing_s, signs / drawing_s, reading_s, signs / reading_s)
    row = (signs, *speeds, cpu_s, mib, size / 1e6)
    claims = (
        Claim(f"seconds for {signs} A4 signs with a map, as PDF", drawing_s, _LIMIT_S),
        Claim("MiB, all processes together", mib, _LIMIT_MIB),
    )
    note = (
        "The signs of the sample but its directories, which are large sheets, each several times "
        "with codes of their own; one process draws "
        "beside the one that finds what each sign says. Reading back is timed by itself; seconds "
        "of processors are those of both for all of it, plans and lists too. On a machine that "
        "does other things as well, seconds say little."
    )
    speeds_of = ("drawn in s", "signs a s", "read back in s", "codes a s")
    columns = ("signs", *speeds_of, "processor s", "MiB", "MB")
    yield Section("signs", "Printing signs", columns, (row,), claims, (note,))


def _print(name: str, wanted: int) -> Measured:
    """Print signs, in a process of their own."""
    plan = multiply_signs(read_plan(floorplans_dir() / name).plan, wanted)
    served = make_served(name, Release(plan))
    heaviest = [0.0]
    done = threading.Event()

    def weigh() -> None:
        while not done.wait(_EVERY_S):
            with suppress(OSError):  # a process that has just ended
                heaviest[0] = max(heaviest[0], weigh_worker_mib(os.getpid(), workers=1))

    watch = threading.Thread(target=weigh)
    watch.start()
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "signs"
        begun_s = sum(os.times()[:4])
        try:
            batch = make_batch(served, Wish(output=output, size="A4", base=_BASE))
        finally:
            done.set()
            watch.join()
        cpu_s = sum(os.times()[:4]) - begun_s
        size = sum(path.stat().st_size for path in output.iterdir())
    return len(batch.made), batch.drawing_s, batch.reading_s, cpu_s, heaviest[0], size


def multiply_signs(plan: Plan, wanted: int) -> Plan:
    """Hang the signs of a plan in turn until there are so many, each with a code of its own.

    Directories are left out.
    """
    # a directory lists the whole house on a large sheet: it is no A4 sign
    faces = [plan.find(sign.id, Amenity) for sign in list_signs(plan) if not sign.directory]
    known = [face for face in faces if face is not None]
    copies = [
        replace(known[number % len(known)], id=f"face-{number}").with_wayfinder(
            sign_code=make_code(_FIRST_CODE + number), ref=f"X{number}"
        )
        for number in range(wanted)
    ]
    return plan.without(*(sign.id for sign in list_signs(plan))).with_features(*copies)
